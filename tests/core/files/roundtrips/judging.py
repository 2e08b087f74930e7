"""What came out of a publication, against what went in."""

from __future__ import annotations

import dataclasses
import math
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.files.importing import detect, import_part, known_labels
from core.files.questions import questions
from core.files.readers import read
from core.measures import plain
from core.table import Label, Table
from core.units import Unit
from tests.core.files.roundtrips.pages import Page, pages_of
from tests.core.files.roundtrips.styles import Style
from tests.core.files.roundtrips.truths import DIMENSIONS, FLOWS, Item, Place, Truth, true_figures
from tests.core.files.roundtrips.writing import written

OUTCOMES = ("right", "less", "asked", "left out", "refused", "WRONG")
"""Right; right but without an economy or flow that only a title tells; wrong, and the import asks about it; cells or
rows are missing, and the report says so; refused; wrong without a word."""
KNOWN = known_labels(None)


@dataclass(frozen=True)
class Verdict:
    outcome: str
    why: str = ""


@dataclass
class Read:
    """All tables of a publication, as cells by place in units of the base."""

    cells: dict[Place, float]
    bases: set[str]
    kinds: set[str]
    asked: set[str]
    told: list[str]
    """Cells, rows, columns and sheets that were left out, in words."""
    refused: list[str]
    twice: int = 0
    unknown: bool = False
    """Whether a name that the catalogues know came out as it was printed."""
    undivided: bool = False
    """Whether "Norway exports" came out as a measure of its own: true as it stands, but of less use."""


def truth_of(style: Style, seed: int) -> Truth:
    return true_figures(seed, style.shape, style.kind, style.flows, style.aggregates, style.unit, style.gaps)


def published(style: Style, seed: int) -> list[Page]:
    return pages_of(truth_of(style, seed), style, seed)


def verdict(style: Style, seed: int) -> Verdict:
    """Publishes figures, imports the file without any correction, and compares."""
    truth, pages = truth_of(style, seed), published(style, seed)
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), pages, style.format)
        detected = detect([read(path)], KNOWN)
        imported = [import_part(part, KNOWN) for part in detected.parts]
    found = Read({}, set(), set(), set(), [], [])
    figures = {page.name for page in pages if page.figures} if style.format == "xlsx" else set()
    found.told += [str(each.reason) for each in detected.left if each.sheet.name in figures or not figures]
    for each in imported:
        found.asked |= {question.kind for question in questions(each.part)}
        if each.table is None:
            found.refused.append(str(each.problem))
            continue
        _add(found, each.table, truth)
        report = each.report
        assert report is not None
        data = {row + 1 for page in pages for row in page.figures}
        found.told += [f"{at}: {text}" for at, text in report.texts]
        found.told += [f"row {row}: {reason}" for row, reason in report.rows_left if row in data]
        found.told += [f"column {name}" for name in report.columns_left if name not in _OTHER_COLUMNS]
    if not found.cells:
        return Verdict("refused", "; ".join([*found.refused, *found.told])[:200])
    return _compared(truth, style, found)


_MARKS = (" (1)", "*", "¹")
_MARKED = re.compile(r"[(*]|\D1$")
_OTHER_COLUMNS = {"No.", "序号", "Frequency", "频率", "Notes", "备注", ""}


def _add(found: Read, table: Table, truth: Truth) -> None:
    names = {each: _names(truth.items.get(each, ())) for each in DIMENSIONS}
    found.kinds.add(table.periods.kind)
    for series in range(len(table.series)):
        unit = table.unit(series)
        found.bases.add(unit.base)
        labels = {each: table.label(each, series) for each in DIMENSIONS}
        said = [_item(names[each], label) for each, label in labels.items()]
        found.unknown |= any(label is not None and _MARKED.search(label.id) for label in labels.values())
        apart = _taken_apart(labels["measure"], truth) if said[3].startswith("?") else {}
        if apart:
            said = [apart.get(each, said[at]) for at, each in enumerate(DIMENSIONS)]
            found.undivided = True
        for value, when in zip(table.row(series).tolist(), table.periods.values, strict=True):
            if math.isnan(value):
                continue
            place: Place = (said[0], said[1], said[2], said[3], when)
            found.twice += place in found.cells
            found.cells[place] = value * unit.scale


def _names(items: tuple[Item, ...]) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for item in items:
        spelled = (
            item.id,
            item.en,
            item.zh,
            f"{item.code} {item.en}",
            f"{item.code} {item.zh}",
            f"{item.zh} {item.en}",
        )
        names = (item.en, item.zh, f"{item.zh} {item.en}")
        spelled += (item.en[:31].strip(), item.zh[:31].strip())  # as long as the name of a sheet can be
        spelled += tuple(f"{name}{mark}" for name in names for mark in _MARKS)
        spelled += tuple(f"{name}{mark} ({item.code})" for name in names for mark in ("", *_MARKS))
        known |= {plain(each): item.id for each in spelled}
        if item.id == "WLD":
            known |= {"total": "WLD"}
    return known


def _item(names: Mapping[str, str], label: Label | None) -> str:
    if label is None:
        return ""
    for each in (label.id, label.name.en, label.name.zh):
        if plain(each) in names:
            return names[plain(each)]
    return f"?{label.id}"


def _taken_apart(label: Label | None, truth: Truth) -> Mapping[str, str]:
    """What a measure of its own says in one name: an item of the truth, and a flow."""
    name = label.id if label is not None else ""
    flow = next((item.id for item in FLOWS if item.en.lower()[:-1] in name or item.zh in name), "")
    named = [
        (len(spelled), each, item.id)
        for each in ("reporter", "partner", "sector")
        for item in truth.items.get(each, ())
        for spelled in (plain(item.en), plain(item.zh))
        if name.startswith(spelled)
    ]
    return {max(named)[1]: max(named)[2], "measure": flow} if named and flow else {}


def _compared(truth: Truth, style: Style, found: Read) -> Verdict:
    none = found.kinds == {"none"}
    stated = style.unit_place != "none"
    scale = truth.unit.scale if stated else 1.0
    wanted = {place: value * scale for place, value in truth.cells.items() if value is not None}
    less = ""
    for at, dimension in enumerate(DIMENSIONS):
        only = truth.items.get(dimension, ())
        if len(only) == 1 and any(not place[at] for place in found.cells):
            found.cells = {
                (*place[:at], place[at] or only[0].id, *place[at + 1 :]): value  # type: ignore[misc]
                for place, value in found.cells.items()
            }
            less += f" no {dimension}"
    if none and len(truth.periods) == 1:
        wanted = {(*place[:4], 0): value for place, value in wanted.items()}  # type: ignore[misc]
        less += " no year"
    elif found.kinds != {"year" if truth.kind == "one" else truth.kind}:
        return _wrong(found, f"periods are {found.kinds}", {"year"})
    bases = {truth.unit.base if stated else ""}
    if found.undivided:
        whole = [place for place in wanted if place[2] == "total" and (*place[:2], "", *place[3:]) in found.cells]
        for place in whole:  # "Total exports" are exports
            wanted[*place[:2], "", *place[3:]] = wanted.pop(place)
    if found.twice:
        return _wrong(found, f"{found.twice} cells twice", set())
    extra = [place for place in found.cells if place not in wanted]
    missing = [place for place in wanted if place not in found.cells]
    if extra:
        measures = {place[3] for place in extra}
        if measures <= {"", "?value"} and {place[:3] for place in extra} <= {place[:3] for place in wanted}:
            return _wrong(found, f"measure {measures}", {"measure"})
        return _wrong(found, f"cells that are not true: {extra[:2]}; missing: {missing[:2]}; {found.told[:2]}", set())
    differ = [place for place, value in found.cells.items() if not math.isclose(value, wanted[place], rel_tol=1e-9)]
    if found.bases != bases or differ:
        what = f"unit {found.bases} for {bases}"
        if differ:
            is_now, was = found.cells[differ[0]], wanted[differ[0]]
            what += f"; {len(differ)} of {len(wanted)} differ: {differ[0]} is {is_now:g}, was {was:g}"
        return _wrong(found, what, {"unit"} if "" in found.bases else {"decimal"})
    if missing:
        if found.told or found.refused:
            return Verdict("left out", f"{len(missing)} of {len(wanted)}: {[*found.told, *found.refused][:2]}")
        return Verdict("WRONG", f"{len(missing)} of {len(wanted)} cells missing without a word: {missing[:2]}")
    less += " unknown names" if found.unknown else ""
    less += " not taken apart" if found.undivided else ""
    return Verdict("less", less.strip()) if less else Verdict("right")


def _wrong(found: Read, why: str, excuses: set[str]) -> Verdict:
    asked = found.asked & excuses
    return Verdict("asked" if asked else "WRONG", f"{why} (asked: {sorted(found.asked)})")


PLAINER: Mapping[str, Callable[[Style], bool]] = {
    "layout": lambda style: False,
    "unit": lambda style: False,
    "kind": lambda style: style.layout not in {"cross", "matrix"} and not style.split_period,
    "shape": lambda style: (
        style.layout in {"across", "down", "long"}
        and style.flow != "heading"
        and not style.selected
        and not style.sheets
    ),
    "flows": lambda style: style.flow in {"title", "column", "header"} and style.shape != "country",
    "flow": lambda style: style.flows == 1,
    "constants": lambda style: True,
    "unit_place": lambda style: True,
    "language": lambda style: style.unit in {Unit("USD"), Unit("USD", 1e3), Unit("USD", 1e6)},
    "format": lambda style: True,
}


def minimal(style: Style, seed: int) -> Style:
    """The plainest style with which the import of these figures still goes wrong."""
    plainest = Style()
    changed = True
    while changed:
        changed = False
        for each in dataclasses.fields(Style):
            value = getattr(plainest, each.name)
            if getattr(style, each.name) == value or not PLAINER.get(each.name, lambda _: True)(style):
                continue
            if each.name == "format" and len(published(style, seed)) > 1:
                continue
            trial = dataclasses.replace(style, **{each.name: value})
            if verdict(trial, seed).outcome == "WRONG":
                style, changed = trial, True
    return style


def described(style: Style) -> str:
    """What differs from the plainest style."""
    plainest = Style()
    said = [(each.name, getattr(style, each.name)) for each in dataclasses.fields(Style)]
    return ", ".join(f"{name}={value}" for name, value in said if value != getattr(plainest, name)) or "plain"
