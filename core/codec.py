"""Values of the project as JSON and back; one codec for files, the journal and the sample."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

from core.table import DIMENSIONS, SERIES_COLUMNS, Label, Mark, Periods, Source, Table, new_table
from core.text import Bilingual
from core.units import Unit

Value = TypeVar("Value")


class Malformed(ValueError):
    """The data do not have the shape of the value; the message says where."""


def encode(value: Any) -> Any:
    """A value of the project as plain JSON data."""
    if isinstance(value, Table):
        return _encode_table(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: encode(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): encode(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [encode(each) for each in value]
    return value


def decode(kind: type[Value], data: Any, where: str = "") -> Value:
    """JSON data as a value of the given type. Unknown fields are passed over; raises `Malformed`."""
    value: Value = _decode(kind, data, where)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, data: Any, where: str) -> Any:
    if kind is Any:
        return data
    if kind is Table:
        return _decode_table(data, where)
    if kind is Bilingual and isinstance(data, str):
        return Bilingual.from_json(data)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        if data is None and NoneType in arguments:
            return None
        return _decode(next(each for each in arguments if each is not NoneType), data, where)
    if is_dataclass(kind):
        return _decode_dataclass(kind, data, where)
    if origin is tuple:
        _expect(isinstance(data, list | tuple), where, "a list")
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_decode(arguments[0], each, f"{where}[{n}]") for n, each in enumerate(data))
        _expect(len(data) == len(arguments), where, f"{len(arguments)} entries")
        return tuple(_decode(each, part, where) for each, part in zip(arguments, data, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        _expect(isinstance(data, Mapping), where, "an object")
        return {arguments[0](key): _decode(arguments[1], each, f"{where}.{key}") for key, each in data.items()}
    if kind is float:
        _expect(isinstance(data, int | float) and not isinstance(data, bool) and math.isfinite(data), where, "a number")
        return float(data)
    _expect(isinstance(data, kind) and not (kind is int and isinstance(data, bool)), where, kind.__name__)
    return data


def _decode_dataclass(kind: Any, data: Any, where: str) -> Any:
    _expect(isinstance(data, Mapping), where, "an object")
    hints = _hints(kind)
    values = {}
    for each in fields(kind):
        if each.name in data:
            values[each.name] = _decode(hints[each.name], data[each.name], f"{where}.{each.name}".lstrip("."))
        else:
            _expect(each.default is not MISSING or each.default_factory is not MISSING, where, each.name)
    return kind(**values)


def _expect(right: bool, where: str, what: str) -> None:
    if not right:
        raise Malformed(f"{where or 'top'}: expected {what}")


def _encode_table(table: Table) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": encode(table.title),
        "note": encode(table.note),
        "layout": table.layout,
        "units": encode(table.units),
        "sources": encode(table.sources),
        "labels": {dimension: encode(table.labels[dimension]) for dimension in DIMENSIONS},
        "series": {name: table.series.codes(name).tolist() for name in SERIES_COLUMNS},
        "periods": encode(table.periods),
        "values": [[None if math.isnan(v) else v for v in table.column(p).tolist()] for p in range(len(table.values))],
        "marks": [[series, period, mark.kind, mark.raw] for (series, period), mark in table.marks.items()],
    }


def _decode_table(data: Any, where: str) -> Table:
    _expect(isinstance(data, Mapping), where, "an object")
    try:
        return new_table(
            _decode(str, data["id"], f"{where}.id"),
            _decode(Bilingual, data["title"], f"{where}.title"),
            _decode(Mapping[str, tuple[Label, ...]], data["labels"], f"{where}.labels"),
            _decode(Mapping[str, tuple[int, ...]], data["series"], f"{where}.series"),
            _decode(Periods, data["periods"], f"{where}.periods"),
            [np.array(column, dtype=np.float64) for column in data["values"]],
            units=_decode(tuple[Unit, ...], data["units"], f"{where}.units"),
            sources=_decode(tuple[Source, ...], data["sources"], f"{where}.sources"),
            note=_decode(Bilingual, data.get("note", ""), f"{where}.note"),
            layout=_decode(str, data.get("layout", "years_down"), f"{where}.layout"),
            marks=MappingProxyType({(int(s), int(p)): Mark(str(k), str(r)) for s, p, k, r in data.get("marks", ())}),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Malformed(f"{where}: {error}") from error
