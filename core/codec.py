"""Values of the project as JSON and back; one codec for files, the journal and the sample."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

from core.origin import Area, Origin, OriginSheet
from core.table import DIMENSIONS, SERIES_COLUMNS, Codes, Label, Mark, Periods, Source, Table, frozen, new_table
from core.text import Bilingual, Text
from core.units import Unit

Value = TypeVar("Value")


class Malformed(ValueError):
    """The data do not have the shape of the value; the message says where."""


def encode(value: Any) -> Any:
    """A value of the project as plain JSON data."""
    if isinstance(value, Table):
        return _encode_table(value)
    if isinstance(value, np.ndarray):
        return _encode_codes(value)
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
    if kind is Text:
        return _decode_text(data, where)
    if kind is np.ndarray:
        return _decode_codes(data, where)
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
        "series": {name: table.series.codes(name).tolist() for name in SERIES_COLUMNS if name != "place"},
        "periods": encode(table.periods),
        "values": [[None if math.isnan(v) else v for v in table.column(p).tolist()] for p in range(len(table.values))],
        "marks": [[series, period, mark.kind, mark.raw] for (series, period), mark in table.marks.items()],
        **({"place": _encode_codes(table.series.place), "origin": encode(table.origin)} if table.origin else {}),
    }


def _decode_table(data: Any, where: str) -> Table:
    _expect(isinstance(data, Mapping), where, "an object")
    try:
        return new_table(
            _decode(str, data["id"], f"{where}.id"),
            _decode(Bilingual, data["title"], f"{where}.title"),
            _decode(Mapping[str, tuple[Label, ...]], data["labels"], f"{where}.labels"),
            _decode_series(data, where),
            _decode(Periods, data["periods"], f"{where}.periods"),
            [np.array(column, dtype=np.float64) for column in data["values"]],
            units=_decode(tuple[Unit, ...], data["units"], f"{where}.units"),
            sources=_decode(tuple[Source, ...], data["sources"], f"{where}.sources"),
            note=_decode(Bilingual, data.get("note", ""), f"{where}.note"),
            layout=_decode(str, data.get("layout", "years_down"), f"{where}.layout"),
            marks=MappingProxyType({(int(s), int(p)): Mark(str(k), str(r)) for s, p, k, r in data.get("marks", ())}),
            origin=tuple(_decode_origin(each, f"{where}.origin") for each in data.get("origin", ())),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Malformed(f"{where}: {error}") from error


def _decode_series(data: Any, where: str) -> dict[str, Any]:
    _expect(isinstance(data["series"], Mapping), f"{where}.series", "an object")
    series = {name: _integers(codes, f"{where}.series.{name}") for name, codes in data["series"].items()}
    if "place" in data:
        series["place"] = _decode_codes(data["place"], f"{where}.place")
    return series


def _integers(data: Any, where: str) -> Codes:
    """A list of millions of codes, without a look at each of them in Python."""
    _expect(isinstance(data, list) and set(map(type, data)) <= {int}, where, "whole numbers")
    given = np.array(data, dtype=np.int64)
    _expect(bool((np.abs(given) < 2**31).all()), where, "smaller numbers")
    codes: Codes = frozen(given.astype(np.int32))
    return codes


# ---- where numbers come from ----

_MOST_CODES = 2**26
"""Numbers in one array: a few bytes of a damaged file could claim billions."""
_ARRAYS = ("places", "periods", "rows", "columns", "counts", "without")


def _encode_codes(array: Codes) -> dict[str, Any]:
    """Codes as they are, or as the first one and pairs of a step and how often it comes; whichever is shorter."""
    flat = array.ravel()
    if not flat.size:
        return {"shape": [*array.shape]}
    steps = np.diff(flat.astype(np.int64))
    starts = np.flatnonzero(np.concatenate([[True], steps[1:] != steps[:-1]])) if steps.size else steps
    lengths = np.diff(np.append(starts, steps.size))
    if 2 * len(starts) >= len(flat):
        return {"shape": [*array.shape], "codes": flat.tolist()}
    pairs = np.stack([steps[starts], lengths], axis=1).ravel().tolist()
    return {"shape": [*array.shape], "first": int(flat[0]), "steps": pairs}


def _decode_codes(data: Any, where: str) -> Codes:
    try:
        shape = tuple(int(each) for each in data["shape"])
        size = math.prod(shape)
        _expect(len(shape) in {1, 2} and min(shape) >= 0 and size <= _MOST_CODES, where, "a smaller array")
        if not size:
            return np.empty(shape, dtype=np.int32)
        if "codes" in data:
            flat = np.array(data["codes"], dtype=np.int64)
        else:
            pairs = np.array(data["steps"], dtype=np.int64).reshape(-1, 2)
            _expect(bool((pairs[:, 1] > 0).all()) and sum(pairs[:, 1].tolist()) == size - 1, where, "as many steps")
            flat = np.concatenate([[int(data["first"])], np.repeat(pairs[:, 0], pairs[:, 1])]).cumsum()
        _expect(bool((np.abs(flat) < 2**31).all()), where, "smaller numbers")
        codes: Codes = frozen(flat.astype(np.int32).reshape(shape))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Malformed(f"{where}: {error}") from error
    return codes


def _decode_origin(data: Any, where: str) -> Origin:
    sheets = _decode(tuple[OriginSheet, ...], data["sheets"], f"{where}.sheets")
    areas = tuple(_decode_area(each, len(sheets), f"{where}.areas") for each in data["areas"])
    return Origin(sheets, areas, _decode(Mapping[str, Any], data["report"], f"{where}.report"))


def _decode_area(data: Any, sheets: int, where: str) -> Area:
    sheet = _decode(int, data["sheet"], where)
    arrays = {name: _decode_codes(data[name], f"{where}.{name}") for name in _ARRAYS}
    area = Area(sheet, **arrays)
    for codes in (area.rows, area.columns, area.counts):
        fits = codes.ndim == 2 and codes.shape[0] in {1, len(area.periods)} and codes.shape[1] in {1, len(area.places)}
        _expect(fits, where, "periods × series")
    _expect(area.places.ndim == area.periods.ndim == 1 and area.without.shape[1:] == (2,), where, "lists")
    _expect(0 <= sheet < sheets, where, "a sheet")
    return area


# ---- messages ----


def _decode_text(data: Any, where: str) -> Text:
    """A message that was kept: what its values were shows from their shape."""
    _expect(isinstance(data, Mapping) and isinstance(data.get("message"), str), where, "a message")
    values = _decode(Mapping[str, Any], data.get("values", {}), where)
    message = data["message"]
    return Text(message, {name: _text_value(each, where) for name, each in values.items()})


def _text_value(data: Any, where: str) -> Any:
    if isinstance(data, list | tuple):
        return tuple(_text_value(each, where) for each in data)
    if isinstance(data, Mapping):
        return _decode_text(data, where) if "message" in data else Bilingual.from_json(data)
    return data
