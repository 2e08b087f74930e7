"""What rows and columns of a sheet can be, and what came out of it, in words."""

from __future__ import annotations

from collections import Counter

from core.files.cells import words
from core.files.report import Duplicate, Place, Report
from core.headers import Names
from core.numbers import grouped
from core.table import Table
from gui.text import _, language, show

_MOST = 3
"""Examples that a sentence names."""
_ASKED = {
    "The unit of {measures} is not stated.",
    "Nothing says what the numbers measure; they are called “{name}”.",
}
"""Notes that stand among the questions of an import already."""
_LISTED = 100
"""A report that lists so many may have left out more."""


def roles() -> dict[str, str]:
    """Names of the roles of columns and header rows."""
    return {
        "ignore": _("Not imported"),
        "reporter": _("Economy"),
        "partner": _("Partner"),
        "sector": _("Sector"),
        "measure": _("Measure"),
        "reporter_code": _("Economy code"),
        "partner_code": _("Partner code"),
        "sector_code": _("Sector code"),
        "measure_code": _("Measure code"),
        "year": _("Years"),
        "within_year": _("Month or quarter"),
        "value": _("Numbers"),
        "unit": _("Unit"),
        "scale": _("Scale"),
        "mark": _("Marks"),
        "summed": _("Added up"),
    }


def said_of_columns() -> dict[str, str]:
    """What a role means, for those whose name does not say it."""
    return {
        "reporter": _("The economy that the figures are of"),
        "partner": _("The economy with which it trades"),
        "year": _("Years, months, quarters or dates"),
        "within_year": _("The month or quarter within the year of another column"),
        "scale": _("By what the numbers are to be multiplied, such as “millions” or 6"),
        "mark": _("Flags and notes that belong to the numbers"),
        "summed": _("Rows that differ in nothing else are added up"),
    }


def orientations() -> dict[str, str]:
    """Names of the ways in which a sheet can lie; the list with one number a row lies as years down do."""
    return {
        "across": _("Years across"),
        "down": _("Years down, or a list"),
        "one_year": _("One year for all"),
    }


def ways_with_twice() -> dict[str, str]:
    """What can become of different values for one place."""
    return {
        "": _("Not decided yet"),
        "first": _("Take the first"),
        "last": _("Take the last"),
        "sum": _("Add them up"),
    }


def meanings() -> dict[str, str]:
    """What colours of the preview mean."""
    return {
        "header": _("Header"),
        "labels": _("Labels"),
        "year": _("Years"),
        "missing": _("Missing"),
        "text": _("No number"),
        "skipped": _("Left out"),
    }


def span(report: Report) -> str:
    """First and last period; "no years" for a table without."""
    named = [period for period in report.periods if period]
    return "–".join(dict.fromkeys((named[0], named[-1]))) if named else _("no years")


def short(report: Report) -> str:
    """What came out, for a list of tables."""
    return _("{series} series, {span}").format(series=_count(report.series), span=span(report))


def outcome(report: Report) -> list[str]:
    """What came out and what became of everything else, a sentence a line."""
    said = [
        _("{series} series, {span}. Numbers: {cells}, empty: {empty}.").format(
            series=_count(report.series), span=span(report), cells=_count(report.cells), empty=_count(report.empty)
        )
    ]
    said += _marks(report)
    said += _left_out(report)
    said += contradictions(report)
    if report.aggregates:
        names = [show(name) for _dimension, name in report.aggregates]
        said.append(
            _("Totals and groups, left out of sums and rankings: {count} ({some}).").format(
                count=len(names), some=_some(names)
            )
        )
    said += [show(note) for note in report.notes if note.message not in _ASKED]
    return said


def _marks(report: Report) -> list[str]:
    said = []
    if report.missing:
        marks = [f"“{mark}” {_count(count)}" for mark, count in report.missing.items()]
        said.append(
            _("Marks taken for missing values: {count} ({some}).").format(
                count=_count(sum(report.missing.values())), some=_some(marks)
            )
        )
    if report.texts:
        cells = [f"{cell} “{raw}”" for cell, raw in report.texts]
        said.append(
            _("Texts instead of numbers: {count} ({some}). They are kept as marks.").format(
                count=_count(report.text_count or len(report.texts)), some=_some(cells)
            )
        )
    if report.error_count:
        said.append(_("Cells with an error of the spreadsheet: {count}.").format(count=report.error_count))
    if report.near_zero:
        said.append(_("Taken for zero, because it is written as nearly zero: {count}.").format(count=report.near_zero))
    if report.uncalculated:
        said.append(
            _("Formulas without a value: {count}. Open the file where it was made and save it again.").format(
                count=report.uncalculated
            )
        )
    return said


def _left_out(report: Report) -> list[str]:
    said = []
    if report.rows_left:
        reasons = Counter(show(reason.values.get("reason", reason)) for _row, reason in report.rows_left)
        counted = [f"{reason} {count}" for reason, count in reasons.most_common()]
        sentence = _("Rows left out: {count} ({some}).")
        if len(report.rows_left) >= _LISTED:
            sentence, counted = _("Rows left out: {count} or more ({some})."), list(map(str, reasons))
        said.append(sentence.format(count=len(report.rows_left), some=_some(counted)))
    if report.columns_left:
        said.append(
            _("Columns left out: {count} ({some}).").format(
                count=len(report.columns_left), some=_some([each or "–" for each in report.columns_left])
            )
        )
    return said


def twice(duplicate: Duplicate) -> str:
    """One pair of cells that contradict each other."""
    several = duplicate.first.sheet != duplicate.second.sheet
    named = [*map(show, duplicate.series), duplicate.period]
    return _("{a} says {first}, {b} says {second}: {what}").format(
        first=words(duplicate.first_value),
        a=_place(duplicate.first, several),
        second=words(duplicate.second_value),
        b=_place(duplicate.second, several),
        what=" · ".join(part for part in named if part),
    )


def _place(place: Place, several: bool) -> str:
    return f"{place.sheet}!{place.cell}" if several else place.cell


def contradictions(report: Report) -> list[str]:
    """How many values contradict each other, with the first of them."""
    if not report.duplicate_count:
        return []
    said = [_("Different values for one place: {count}.").format(count=report.duplicate_count)]
    return said + [f"    {twice(each)}" for each in report.duplicates[:_MOST]]


def series_names(table: Table, most: int) -> list[str]:
    """The first series as people call them, with their units."""
    names = Names(table)
    found = []
    for series in range(min(len(table.series), most)):
        parts = [show(part) for part in names.parts(series, ("reporter", "partner", "sector", "measure"))]
        unit = table.unit(series).show(language())
        found.append(" · ".join(part for part in parts if part != "–") + (f" ({unit})" if unit else ""))
    if len(table.series) > most:
        found.append(_("… and {count} more").format(count=len(table.series) - most))
    return found


def _count(number: int) -> str:
    return grouped(str(number))


def _some(names: list[str]) -> str:
    return _(", ").join(names[:_MOST]) + (" …" if len(names) > _MOST else "")
