"""An explanation in words: one sentence to copy, and pages of rows for a terminal, a panel or a spreadsheet."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.explain.explanation import Cell, Citation, Explanation, Operand, Part, Reading, Terms, Wanted
from core.explain.filling import readable
from core.explain.words import in_sentence, possessive
from core.numbers import grouped
from core.status import Status, status_text
from core.structure import inline
from core.text import Bilingual, Text, text
from core.units import Unit

_DETAILS = re.compile(r"[;；。]| \((?!\d{4}\b)|（(?!\d{4})|\. ")
_STATEMENT = re.compile(r": (?=[a-z])|[：。]|\. ")
"""Where the name of a source of data ends, and where that of a band set ends and what it says begins."""

Said = Text | Bilingual | str


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """Something said, and the cell or the other value that it leads to."""

    said: Said
    leads_to: Cell | Wanted | None = None
    value: float | None = None
    """The number that is said, where it is one."""


@dataclass(frozen=True, eq=False, slots=True)
class Section:
    """A heading with rows of pieces; `depth` of a row is how far it stands below another."""

    id: str
    heading: Text
    rows: tuple[tuple[int, tuple[Piece, ...]], ...]


def subject(explanation: Explanation) -> Text:
    """What is explained: "China’s RCA in services in 2020"."""
    said = {
        "owner": possessive(explanation.economy),
        "economy": explanation.economy,
        "symbol": symbol(explanation),
        "partner": explanation.partner,
        "sector": in_sentence(explanation.sector),
        "year": explanation.year,
    }
    named = explanation.economy != Bilingual(), explanation.partner != Bilingual(), explanation.sector != Bilingual()
    return Text(_SUBJECTS[named].message, said)


_SUBJECTS = {
    (False, False, False): text("{symbol} in {year}"),
    (False, False, True): text("{symbol} of {sector} in {year}"),
    (False, True, False): text("{symbol} towards {partner} in {year}"),
    (False, True, True): text("{symbol} of {sector} towards {partner} in {year}"),
    (True, False, False): text("{owner} {symbol} in {year}"),
    (True, False, True): text("{owner} {symbol} in {sector} in {year}"),
    (True, True, False): text("{owner} {symbol} with {partner} in {year}"),
    (True, True, True): text("{owner} {symbol} with {partner} in {sector} in {year}"),
}


def symbol(explanation: Explanation) -> Said:
    """The index, and which of its components."""
    if explanation.component == Bilingual():
        return explanation.entry.symbol
    return text("{symbol} ({component})", symbol=explanation.entry.symbol, component=inline(explanation.component))


def result(explanation: Explanation) -> Said:
    """The value as it is shown everywhere, with the unit of an amount."""
    if explanation.unit is None:
        return explanation.shown
    return text("{value} {unit}", value=explanation.shown, unit=explanation.unit.name)


def sentence(explanation: Explanation, language: str) -> str:
    """One sentence that can be copied: the value with its numbers, what they rest on, and how it is read."""
    if not explanation.fine:
        return _missing(explanation).show(language)
    said = {
        "subject": subject(explanation),
        "value": result(explanation),
        "formula": f" = {explanation.filled}" if explanation.filled else "",
        "basis": "",
        "reading": "",
    }
    parts = [phrase(each, language) for each in explanation.basis]
    parts += [each.show(language) for each in cited(explanation)]
    if parts:
        said["basis"] = text(" ({basis})", basis=("；" if language == "zh" else "; ").join(parts))
    if explanation.chosen is not None:
        said["reading"] = text(
            ": {band} [{source}]",
            band=inline(explanation.chosen.band.name),
            source=_until(_STATEMENT, explanation.chosen.bands.source),
        )
    if explanation.status != Status.OK:
        warning = status_text(explanation.status)
        return text("{subject} is {value}{formula}{basis}{reading}. Careful: {warning}.", **said, warning=warning).show(
            language
        )
    return text("{subject} is {value}{formula}{basis}{reading}.", **said).show(language)


def _missing(explanation: Explanation) -> Text:
    reasons = tuple(each.reason for each in explanation.lacks) or (status_text(explanation.status),)
    said = {"subject": subject(explanation), "reason": reasons[0]}
    if explanation.advice is None:
        return text("{subject} has no value: {reason}.", **said)
    return text("{subject} has no value: {reason}. {advice}", **said, advice=explanation.advice)


def phrase(said: Text | Bilingual, language: str) -> str:
    """A sentence as a part of another one."""
    shown = said.show(language).rstrip(".。")
    return inline(Bilingual(shown)).en if language == "en" else shown


def cited(explanation: Explanation) -> tuple[Text | Bilingual, ...]:
    """The sources in short, once for each vintage; the title of the table where its series name none."""
    names: dict[str, dict[Bilingual, None]] = {}
    for each in explanation.sources:
        name = _until(_DETAILS, each.text) if each.text != Bilingual() else each.table
        names.setdefault(each.vintage, {})[name] = None
    return tuple(
        text("{source}, version {vintage}", source=_together(found), vintage=vintage) if vintage else _together(found)
        for vintage, found in names.items()
    )


def _together(names: Iterable[Bilingual]) -> Bilingual:
    """Several sources of one publisher, whose name is said once."""
    return Bilingual(
        ", ".join(dict.fromkeys(piece for each in names for piece in each.show("en").split(", "))),
        "，".join(dict.fromkeys(piece for each in names for piece in each.show("zh").split("，"))),
    )


def _until(end: re.Pattern[str], source: Bilingual) -> Bilingual:
    """The beginning of a source note: who says so, without what they say."""
    return Bilingual(*(end.split(each, maxsplit=1)[0].strip(" .,，") for each in (source.en, source.zh)))


def sections(explanation: Explanation) -> tuple[Section, ...]:
    """All that is known, part by part; empty parts are left out."""
    made = (
        ("formula", text("Formula"), _formula(explanation)),
        ("missing", text("Why there is no value"), _why(explanation)),
        ("inputs", text("Inputs"), _inputs(explanation)),
        *((f"terms{at}", text("Terms"), _terms(each)) for at, each in enumerate(explanation.terms)),
        ("basis", text("Settings and denominators"), ((0, (Piece(each),)) for each in explanation.basis)),
        ("reading", text("How to read it"), _readings(explanation)),
        ("sources", text("Sources"), (row for each in explanation.sources for row in _source(each))),
    )
    kept = (Section(name, heading, tuple(rows)) for name, heading, rows in made)
    return tuple(each for each in kept if each.rows)


Rows = Iterator[tuple[int, tuple[Piece, ...]]]


def _formula(explanation: Explanation) -> Rows:
    entry = explanation.entry
    if entry.formula:
        yield 0, (Piece(entry.formula),)
    if explanation.filled and explanation.fine:
        said = {"symbol": entry.symbol, "numbers": explanation.filled, "value": result(explanation)}
        yield 0, (Piece(text("{symbol} = {numbers} = {value}", **said)),)
    if entry.notes != Bilingual():
        yield 0, (Piece(entry.notes),)


def _why(explanation: Explanation) -> Rows:
    if explanation.status != Status.OK:
        yield 0, (Piece(status_text(explanation.status)),)
    for each in explanation.lacks:
        yield 0, (Piece(each.reason, each.cell),)
    if explanation.advice is not None:
        yield 0, (Piece(explanation.advice),)


def _inputs(explanation: Explanation) -> Rows:
    """Symbol, words, number, unit and origin of each input, and below it the series of a sum."""
    for each in explanation.operands:
        yield (
            0,
            (
                Piece(each.symbol),
                Piece(each.words, each.index),
                _number(each.value),
                _unit(each.unit),
                _origin(each, explanation),
            ),
        )
        if each.how is not None:
            for part in each.parts:
                cell = part.cells[0] if part.cells else None
                name, number = Piece(part_name(part)), _number(part.value, cell)
                yield 1, (Piece(""), name, number, _unit(part.unit), _place(part.cells, explanation))
            if each.count > len(each.parts):
                more = text("{count} more", count=f"{each.count - len(each.parts):,}")
                yield 1, (Piece(""), Piece(more), _number(each.rest), _unit(each.unit), Piece(""))


def _unit(unit: Unit | None) -> Piece:
    return Piece(unit.name if unit is not None else "")


def _place(cells: tuple[Cell, ...], explanation: Explanation) -> Piece:
    """Where a part stands, where that is not only the same cell of the same table that its number leads to."""
    plain = len(cells) == 1 and cells[0].table == explanation.wanted.key[2] and cells[0].trace is None
    return Piece("") if plain else Piece(*_cell(cells, explanation))


def _origin(operand: Operand, explanation: Explanation) -> Piece:
    """The only cell behind an input, or how it was made from several."""
    if operand.index is not None:
        return Piece(text("explain"), operand.index)
    if operand.how is not None:
        return Piece(operand.how)
    return Piece(*_cell(operand.parts[0].cells, explanation)) if operand.parts else Piece("")


def _cell(cells: tuple[Cell, ...], explanation: Explanation) -> tuple[Said, Cell | None]:
    if not cells:
        return "", None
    if len(cells) > 1:
        return text("{count} periods of {table}", count=len(cells), table=_title(cells[0], explanation)), cells[0]
    return where(cells[0], explanation), cells[0]


def _title(cell: Cell, explanation: Explanation) -> Bilingual | Text:
    """The table of a cell; that of the result is known already."""
    return text("this table") if cell.table == explanation.wanted.key[2] else cell.title


def where(cell: Cell, explanation: Explanation) -> Text:
    """Where a number stands: in its table, and in the file that it was imported from."""
    said = {"table": _title(cell, explanation), "period": cell.name}
    trace = cell.trace
    if trace is None:
        return text("{table}, {period}", **said)
    if trace.rows > 1:
        return text("{table}, {period}: “{file}”, sum of {rows} rows", **said, file=trace.file, rows=trace.rows)
    if trace.file.rpartition(".")[0] in {"", trace.sheet}:
        return text("{table}, {period}: “{file}”, cell {cell}", **said, file=trace.file, cell=trace.cell)
    return text(
        "{table}, {period}: “{file}”, {sheet}, cell {cell}", **said, file=trace.file, sheet=trace.sheet, cell=trace.cell
    )


def part_name(part: Part) -> Said:
    """What tells one part from the others: the names of economy, partner and sector that are there."""
    names = [each for each in part.names if each != Bilingual()]
    return Bilingual(*(" · ".join(each.show(language) for each in names) for language in ("en", "zh")))


def _terms(terms: Terms) -> Rows:
    """A row for each term; behind its numbers the cells of the file that they were imported from."""
    columns = [Piece(_column(*each)) for each in zip(terms.symbols, terms.words, strict=True)]
    imported = any(_address(each) for row in terms.rows for each in row.behind)
    yield 0, (_unit(terms.unit), *columns, *([Piece(text("Cells"))] if imported else []))
    for row in terms.rows:
        addresses = Piece(" ".join(map(_address, row.behind)))
        yield 0, (Piece(row.name), *map(_number, row.values, row.behind), *([addresses] if imported else []))
    if terms.count > len(terms.rows):
        more = text("{count} more", count=f"{terms.count - len(terms.rows):,}")
        yield 0, (Piece(more), *map(_sum, terms.rest))
    if terms.sums:
        yield 0, (Piece(text("Sum")), *map(_sum, terms.sums))


def _address(behind: Cell | Wanted | None) -> str:
    return behind.trace.cell if isinstance(behind, Cell) and behind.trace is not None else ""


def _column(symbol: str, words: Text) -> Text:
    return text("{symbol}: {words}", symbol=symbol, words=words) if symbol else words


def _sum(value: float) -> Piece:
    return _number(value) if math.isfinite(value) else Piece("")


def _number(value: float, behind: Cell | Wanted | None = None) -> Piece:
    return Piece(amount(value), behind, value)


def amount(value: float) -> str:
    """A number in full, with thousands grouped for reading."""
    said = readable(value)
    return "−" + grouped(said[1:]) if said.startswith("−") else grouped(said)


def _readings(explanation: Explanation) -> Rows:
    if explanation.neutral is not None:
        yield 0, (Piece(explanation.neutral),)
    for each in explanation.readings:
        yield 0, (Piece(reading(each)),)
        yield 1, (Piece(text("Source: {source}", source=each.bands.source)),)


def reading(each: Reading) -> Text:
    """A band with its ends and the name of its set."""
    return text("{band} {interval}, by “{bands}”", band=each.band.name, interval=each.interval, bands=each.bands.name)


def _source(each: Citation) -> Rows:
    yield 0, (Piece(each.table),)
    if each.text != Bilingual():
        yield 1, (Piece(each.text),)
    if each.vintage:
        yield 1, (Piece(text("Version: {vintage}", vintage=each.vintage)),)
    for file, sheet in each.files:
        yield 1, (Piece(text("Imported from “{file}”, {sheet}", file=file, sheet=sheet)),)
