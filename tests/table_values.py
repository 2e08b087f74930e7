"""Strategies of hypothesis for tables and for what they are made of."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import numpy as np
from hypothesis import strategies as st

from core.origin import Area, Origin, OriginSheet
from core.table import DIMENSIONS, LAYOUTS, Key, Label, Mark, Periods, Source, Table, new_table
from core.text import Bilingual
from core.units import Unit

Draw = Callable[[st.SearchStrategy[Any]], Any]

texts = st.text(max_size=12)
bilinguals = st.builds(Bilingual, texts, texts)
names = st.builds(Bilingual, st.text(min_size=1, max_size=8).filter(str.strip), texts)
numbers = st.floats(allow_nan=False, allow_infinity=False)
cells = st.one_of(st.none(), numbers, st.integers(-3, 3).map(float))
units = st.sampled_from([Unit(), Unit("%"), Unit("USD", 1e8), Unit("USD", 1e9), Unit("CNY", 1e8), Unit("t", 1e3)])
sources = st.builds(
    Source,
    st.sampled_from(["source", "s1", "s2"]),
    bilinguals,
    texts,
    st.dictionaries(st.sampled_from(["file", "sheet"]), texts),
)
new_ids = st.text("abcdefgh", min_size=1, max_size=3).map("new-".__add__)
label_ids = {
    "reporter": ("CHN", "IND", "WLD"),
    "partner": ("", "USA", "WLD"),
    "sector": ("services", "goods", "total"),
    "measure": ("exports", "imports", "widgets"),
}
years = st.integers(1990, 2030)


def _label(dimension: str, label_id: str) -> Label:
    role = {"WLD": "world", "total": "total"}.get(label_id, "")
    return Label(label_id, Bilingual(label_id.title(), f"{dimension}{label_id}"), role)


keys = st.tuples(*(st.sampled_from(label_ids[dimension]) for dimension in DIMENSIONS))
labels = MappingProxyType(
    {each: tuple(_label(each, label_id) for label_id in label_ids[each] if label_id) for each in DIMENSIONS}
)


@st.composite
def origins(draw: Draw, count: int, periods: list[int]) -> tuple[Origin, ...]:
    """None, or one import whose columns are periods and whose rows are series."""
    if not (count and periods and draw(st.booleans())):
        return ()
    lines = np.arange(count, dtype=np.int32)[None, :] + draw(st.integers(1, 9))
    columns = np.arange(len(periods), dtype=np.int32)[:, None] + 1
    area = Area(
        0, np.arange(count, dtype=np.int32), np.array(periods, dtype=np.int32), lines, columns,
        np.ones((1, 1), dtype=np.int32),
    )  # fmt: skip
    return (Origin((OriginSheet(draw(st.sampled_from(["a.csv", "b.xlsx"])), draw(texts)),), (area,)),)


@st.composite
def tables(draw: Draw, ids: st.SearchStrategy[str] = new_ids, kind: str = "") -> Table:
    """A small table, of years or else of months; every series has other labels."""
    chosen: list[Key] = draw(st.lists(keys, unique=True, max_size=5))
    kind = kind or draw(st.sampled_from(["year", "year", "month"]))
    some = years if kind == "year" else st.builds(lambda year, month: year * 100 + month, years, st.integers(1, 12))
    periods = draw(st.lists(some, unique=True, max_size=4).map(sorted))
    positions = {each: {label.id: at for at, label in enumerate(labels[each])} | {"": -1} for each in DIMENSIONS}
    columns = {each: [positions[each][key[at]] for key in chosen] for at, each in enumerate(DIMENSIONS)}
    own_units = draw(st.lists(units, min_size=1, max_size=3, unique=True))
    columns["unit"] = [draw(st.integers(0, len(own_units) - 1)) for _ in chosen]
    column = st.lists(
        st.one_of(numbers, st.just(float("nan")), st.just(-0.0)), min_size=len(chosen), max_size=len(chosen)
    )
    marks = {}
    imported = draw(origins(len(chosen), periods))
    columns["place"] = list(range(len(chosen))) if imported else [-1] * len(chosen)
    if chosen and periods:
        where = st.tuples(st.integers(0, len(chosen) - 1), st.integers(0, len(periods) - 1))
        marks = draw(st.dictionaries(where, st.builds(Mark, st.sampled_from(["text", "error"]), texts), max_size=2))
    return new_table(
        draw(ids),
        draw(names),
        labels,
        columns,
        Periods(kind, tuple(periods)),
        [draw(column) for _ in periods],
        units=tuple(own_units),
        sources=(draw(sources),),
        note=draw(bilinguals),
        layout=draw(st.sampled_from(LAYOUTS)),
        marks=MappingProxyType(marks),
        origin=imported,
    )
