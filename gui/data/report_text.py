"""The closing report of an import in words: what came out of the files, and what became of everything else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.files.report import Report
from core.numbers import exact, grouped
from core.text import Bilingual, text
from gui.data.origin import sheet_named
from gui.text import _, language, show

LISTED = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the report; `cell` and `raw` are those of a mark that the table keeps in one of its cells."""

    words: str
    cell: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and the lines below it; without lines the heading says everything."""

    title: str
    entries: tuple[Entry, ...] = ()


def sections(report: Report, files: Sequence[tuple[str, str]]) -> tuple[Section, ...]:
    """The report from what matters most; `files` are file and sheet of each part of the table."""
    found = [
        Section(_outcome(report)),
        Section(_("Files and sheets: {count}").format(count=len(files)), _files(files)),
        *(Section(show(note)) for note in report.notes),
        _missing(report),
        *_texts(report),
        *_duplicates(report),
        *_left(report),
        *_names(report),
    ]
    return tuple(each for each in found if each.title)


def as_text(title: str, parts: Iterable[Section]) -> str:
    """The whole report for the clipboard."""
    lines = [title, ""]
    for part in parts:
        lines.append(part.title)
        lines += [f"    {entry.words}" for entry in part.entries]
    return "\n".join(lines) + "\n"


def _outcome(report: Report) -> str:
    span = "–".join(dict.fromkeys((report.periods[0], report.periods[-1]))) if report.periods else ""
    words = _("{cells} numbers in {series} series").format(cells=_count(report.cells), series=_count(report.series))
    words += f" · {span}" if span else ""
    if report.empty:
        words += " · " + _("places without a number: {count}").format(count=_count(report.empty))
    return words


def _files(files: Sequence[tuple[str, str]]) -> tuple[Entry, ...]:
    by_file: dict[str, list[str]] = {}
    for file, sheet in files:
        by_file.setdefault(file, []).append(sheet)
    entries = []
    for file, sheets in by_file.items():
        named = [sheet for sheet in dict.fromkeys(sheets) if sheet_named(file, sheet)]
        entries.append(Entry(f"{file}: {show(text('{names}', names=tuple(named)))}" if named else file))
    return tuple(entries)


def _missing(report: Report) -> Section:
    total = sum(report.missing.values())
    if not total:
        return Section("")
    marks = sorted(report.missing.items(), key=lambda each: -each[1])
    entries = (Entry(f"“{mark}” × {_count(times)}" if mark else _count(times)) for mark, times in marks)
    return Section(_("Marks of missing values: {count}").format(count=_count(total)), tuple(entries))


def _texts(report: Report) -> Iterable[Section]:
    count = max(report.text_count, len(report.texts))
    if count:
        entries = [Entry(f"{cell}  “{raw}”", cell, raw) for cell, raw in report.texts]
        title = _("Cells that were no numbers, kept as marks: {count}").format(count=_count(count))
        yield Section(title, _cut(entries, count))
    if report.error_count:
        yield Section(_("Errors of the spreadsheet among them: {count}").format(count=_count(report.error_count)))
    if report.uncalculated:
        words = _("Formulas without a value, imported as missing: {count}. Save the file in a spreadsheet program.")
        yield Section(words.format(count=_count(report.uncalculated)))
    if report.near_zero:
        words = _("More than zero but less than half of the unit shown, imported as 0: {count}")
        yield Section(words.format(count=_count(report.near_zero)))


def _duplicates(report: Report) -> Iterable[Section]:
    count = max(report.duplicate_count, len(report.duplicates))
    if count:
        entries = [
            Entry(
                _("{series}, {period}: {first} in {first_cell}, {second} in {second_cell}").format(
                    series=_series(each.series),
                    period=each.period,
                    first=grouped(exact(each.first_value)),
                    first_cell=_place(each.first.sheet, each.first.cell),
                    second=grouped(exact(each.second_value)),
                    second_cell=_place(each.second.sheet, each.second.cell),
                )
            )
            for each in report.duplicates
        ]
        title = _("Different numbers for the same series and period: {count}").format(count=_count(count))
        yield Section(title, _cut(entries, count))


def _left(report: Report) -> Iterable[Section]:
    if report.rows_left:
        by_reason: dict[str, list[int]] = {}
        for row, reason in report.rows_left:
            by_reason.setdefault(show(reason), []).append(row)
        entries = (Entry(f"{spans(rows)}: {reason}") for reason, rows in by_reason.items())
        yield Section(_("Rows left out: {count}").format(count=_listed(report.rows_left)), tuple(entries))
    if report.columns_left:
        entries = (Entry(f"“{column}”") for column in report.columns_left)
        yield Section(_("Columns left out: {count}").format(count=_listed(report.columns_left)), tuple(entries))


def _names(report: Report) -> Iterable[Section]:
    if report.aggregates:
        by_dimension: dict[str, list[Bilingual]] = {}
        for dimension, name in report.aggregates:
            by_dimension.setdefault(dimension, []).append(name)
        words = {"reporter": _("Economy"), "partner": _("Partner"), "sector": _("Sector"), "measure": _("Measure")}
        entries = (
            Entry(f"{words.get(each, each)}: {show(text('{names}', names=tuple(names)))}")
            for each, names in by_dimension.items()
        )
        yield Section(_("Totals and groups: {count}").format(count=_listed(report.aggregates)), tuple(entries))
    if report.suggestions:
        entries = (
            Entry(_("“{name}” may be {known}").format(name=each.name, known=show(each.shown)))
            for each in report.suggestions
        )
        yield Section(
            _("Names that were not recognised: {count}").format(count=_listed(report.suggestions)), (*entries,)
        )


def spans(rows: Sequence[int]) -> str:
    """Numbers of rows as people write them: "1–4, 9"."""
    rows = sorted(set(rows))
    starts = [rows[0], *(after for before, after in pairwise(rows) if after > before + 1)]
    ends = [*(before for before, after in pairwise(rows) if after > before + 1), rows[-1]]
    named = tuple(str(a) if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True))
    return show(text("{names}", names=named))


def _cut(entries: list[Entry], count: int) -> tuple[Entry, ...]:
    """The lists of a report hold the first ones only; the rest is counted."""
    rest = count - len(entries)
    return (*entries, Entry(_("… and {count} more").format(count=_count(rest)))) if rest > 0 else tuple(entries)


def _listed(found: Sequence[object]) -> str:
    """How many there are; some lists of a report end after their first hundred entries and are not counted on."""
    return _count(len(found)) if len(found) < LISTED else _("{count} or more").format(count=LISTED)


def _place(sheet: str, cell: str) -> str:
    return f"{sheet}!{cell}" if sheet else cell


def _series(names: Sequence[Bilingual]) -> str:
    return " · ".join(name.show(language()) for name in names if name.show(language()))


def _count(count: int) -> str:
    return grouped(str(count))
