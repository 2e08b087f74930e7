"""What rows and columns of a sheet can be, and what came out of it, in words."""

from __future__ import annotations

from core.files.report import Report
from core.headers import Names
from core.table import Table
from gui.text import _, language, show

_MOST_TEXTS = 3


def roles() -> dict[str, str]:
    """Names of the roles of columns and header rows."""
    return {
        "ignore": _("Not imported"),
        "reporter": _("Economy"),
        "partner": _("Partner"),
        "sector": _("Sector"),
        "measure": _("Measure"),
        "year": _("Years"),
        "value": _("Numbers"),
        "unit": _("Unit"),
        "mark": _("Marks"),
    }


def orientations() -> dict[str, str]:
    """Names of the ways in which a sheet can lie; the list with one number a row lies as years down do."""
    return {
        "across": _("Years across"),
        "down": _("Years down, or a list"),
        "one_year": _("One year for all numbers"),
    }


def outcome(report: Report) -> str:
    """What came out, in one or two sentences."""
    span = "–".join(dict.fromkeys((report.periods[0], report.periods[-1])))
    said = [
        _("{series} series, {span}. Numbers: {cells}, empty: {empty}.").format(
            series=report.series, span=span, cells=report.cells, empty=report.empty
        )
    ]
    if report.texts:
        some = _(", ").join(f"{cell} “{raw}”" for cell, raw in report.texts[:_MOST_TEXTS])
        more = "" if len(report.texts) <= _MOST_TEXTS else " …"
        said.append(
            _("Texts instead of numbers: {count} ({some}). They are kept as marks.").format(
                count=len(report.texts), some=some + more
            )
        )
    said += [show(note) for note in report.notes]
    return "\n".join(said)


def short(report: Report) -> str:
    """The same for a list of sheets."""
    span = "–".join(dict.fromkeys((report.periods[0], report.periods[-1])))
    return _("{series} series, {span}").format(series=report.series, span=span)


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
