"""An explanation in words: one sentence to copy, and pages of rows for a terminal, a panel or a spreadsheet."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from core.explain.beside import ADVANTAGE
from core.explain.explanation import Cell, Citation, Explanation, Operand, Part, Reading, Terms, Wanted
from core.explain.filling import SHORT, readable
from core.explain.words import in_sentence, possessive
from core.indices import indices
from core.numbers import grouped
from core.status import Status, status_text
from core.structure import inline
from core.text import Bilingual, Text, text
from core.units import Unit

_DETAILS = re.compile(r"[;；。]| \((?!\d{4}\b)|（(?!\d{4})(?![A-Za-z ]+）)|(?<![A-Z])\. ")
_STATEMENT = re.compile(r": (?=[a-z\d])|[：。]|(?<![A-Z])\. ")
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
    named = explanation.economy != Bilingual(), explanation.partner != Bilingual(), explanation.sector != Bilingual()
    said = {
        "owner": possessive(explanation.economy),
        "economy": explanation.economy,
        "symbol": symbol(explanation, inside=named[0]),
        "partner": explanation.partner if named[0] else in_sentence(explanation.partner),
        "sector": in_sentence(explanation.sector),
        "year": explanation.year,
    }
    if indices()[explanation.wanted.key[0]].dimensions == ("sector", "sector"):
        return Text(_TWO_SECTORS.message, said)
    return Text(_SUBJECTS[named].message, said)


_TWO_SECTORS = text("{symbol} between {sector} and {partner} in {year}")
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


def symbol(explanation: Explanation, *, inside: bool = False) -> Said:
    """The index, and which of its components; inside a sentence a word such as "Density" begins small."""
    own = explanation.entry.symbol
    name = inline(Bilingual(own, own)) if inside else own
    if explanation.component == Bilingual():
        return name
    return text("{symbol} ({component})", symbol=name, component=inline(explanation.component))


def result(explanation: Explanation) -> Said:
    """The value as it is shown everywhere, with the unit of an amount."""
    if explanation.unit is None:
        return explanation.shown
    name = explanation.unit.name
    if any(map(str.isdigit, name.en)):
        return Bilingual(f"{explanation.shown} ({name.en})", f"{explanation.shown}{name.zh}")
    return text("{value} {unit}", value=explanation.shown, unit=name)


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


_OF_ALL = frozenset({Status.UNCONNECTED, Status.TOO_FEW})
"""Reasons that lie in all economies together, not in the input of one of them."""


def _missing(explanation: Explanation) -> Text:
    reason = status_text(explanation.status)
    if explanation.lacks and explanation.status not in _OF_ALL:
        reason = explanation.lacks[0].reason
    said = {"subject": subject(explanation), "reason": reason}
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
        lines = _lines(each.text) if each.text != Bilingual() else (each.table,)
        names.setdefault(each.vintage, {}).update((_until(_DETAILS, line), None) for line in lines)
    return tuple(
        text("{source}, version {vintage}", source=_together(found), vintage=vintage) if vintage else _together(found)
        for vintage, found in names.items()
    )


def _lines(said: Bilingual) -> tuple[Bilingual, ...]:
    """The notes of a text that has one in each line."""
    pairs = zip_longest(said.en.splitlines(), said.zh.splitlines(), fillvalue="")
    return tuple(Bilingual(*map(str.strip, pair)) for pair in pairs if any(map(str.strip, pair)))


def _together(names: Iterable[Bilingual]) -> Bilingual:
    """Several sources of one publisher, whose name is said once."""
    return Bilingual(
        ", ".join(dict.fromkeys(piece for each in names for piece in each.show("en").split(", "))),
        "，".join(dict.fromkeys(piece for each in names for piece in re.split("，|, ", each.show("zh")))),
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
        *((f"terms{at}", _heading(each, explanation), _terms(each)) for at, each in enumerate(explanation.terms)),
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
                _number(each.value, computed=not each.parts and each.how is None),
                _unit(each.unit),
                _origin(each, explanation),
            ),
        )
        if each.how is not None:
            for part in each.parts:
                cell = part.cells[0] if part.cells else None
                name, number = Piece(part_name(part)), _number(part.value, cell)
                yield 1, (Piece(""), name, number, _unit(part.unit), _place(part, explanation))
            if each.count > len(each.parts):
                more = text("{count} more", count=f"{each.count - len(each.parts):,}")
                yield 1, (Piece(""), Piece(more), _number(each.rest), _unit(each.unit), Piece(""))


def _unit(unit: Unit | None) -> Piece:
    return Piece(unit.name if unit is not None else "")


def _place(part: Part, explanation: Explanation) -> Piece:
    """Where a part stands, where that is not only the same cell of the same table that its number leads to."""
    cells = part.cells
    plain = len(cells) == 1 and cells[0].table == explanation.wanted.key[2] and cells[0].trace is None
    return Piece("") if plain and _as_it_stands(part) else Piece(*_cell(part, explanation))


def _origin(operand: Operand, explanation: Explanation) -> Piece:
    """The only cell behind an input, or how it was made from several."""
    if operand.index is not None:
        return Piece(text("explain"), operand.index)
    if operand.how is not None:
        return Piece(operand.how)
    return Piece(*_cell(operand.parts[0], explanation)) if operand.parts else Piece("")


def _as_it_stands(part: Part) -> bool:
    """Whether the number is that of its cells, which may be in another unit."""
    return abs(part.factor) == 1 or not math.isfinite(part.factor)


def _cell(part: Part, explanation: Explanation) -> tuple[Said, Cell | None]:
    """Where a part stands, with the number that stands there where that is in another unit."""
    if not part.cells:
        return "", None
    cell = part.cells[0]
    if len(part.cells) > 1:
        place = text("{count} periods of {table}", count=len(part.cells), table=_title(cell, explanation))
        return place if _as_it_stands(part) else text("{place}, in {unit}", place=place, unit=cell.unit.name), cell
    place = where(cell, explanation)
    if _as_it_stands(part) or math.isnan(cell.value):
        return place, cell
    return text("{place}: {value} {unit}", place=place, value=amount(cell.value), unit=cell.unit.name), cell


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


def _heading(terms: Terms, explanation: Explanation) -> Text:
    own = _of_results(terms) and terms.symbols == (explanation.entry.symbol,)
    return text("Components") if own else text("Terms")


def _of_results(terms: Terms) -> bool:
    return any(isinstance(each, Wanted) for row in terms.rows for each in row.behind[:1])


def _terms(terms: Terms) -> Rows:
    """A row for each term; behind its numbers the cells of the file that they were imported from."""
    columns = [Piece(_column(*each)) for each in zip(terms.symbols, terms.words, strict=True)]
    imported = any(_address(each) for row in terms.rows for each in row.behind)
    yield 0, (_unit(terms.unit), *columns, *([Piece(text("Cells"))] if imported else []))
    for row in terms.rows:
        addresses = Piece(" ".join(map(_address, row.behind)))
        numbers = (
            _number(value, behind, computed=symbol == ADVANTAGE or (behind is None and terms.unit is None))
            for value, behind, symbol in zip(row.values, row.behind, terms.symbols, strict=True)
        )
        yield 0, (Piece(row.name), *numbers, *([addresses] if imported else []))
    if terms.count > len(terms.rows):
        more = text("{count} more", count=f"{terms.count - len(terms.rows):,}")
        yield 0, (Piece(more), *map(_sum, terms.rest))
    if terms.sums:
        yield 0, (Piece(text("Sum")), *(_sum(each, computed=_of_results(terms)) for each in terms.sums))


def _address(behind: Cell | Wanted | None) -> str:
    return behind.trace.cell if isinstance(behind, Cell) and behind.trace is not None else ""


def _column(symbol: str, words: Text) -> Text:
    return text("{symbol}: {words}", symbol=symbol, words=words) if symbol else words


def _sum(value: float, *, computed: bool = False) -> Piece:
    return _number(value, computed=computed) if math.isfinite(value) else Piece("")


def _number(value: float, behind: Cell | Wanted | None = None, *, computed: bool = False) -> Piece:
    return Piece(amount(value, computed=computed or isinstance(behind, Wanted)), behind, value)


def amount(value: float, *, computed: bool = False) -> str:
    """A number in full, with thousands grouped for reading; shorter where it was computed and has no last digit."""
    said = readable(value)
    if computed and sum(map(str.isdigit, said.lstrip("−0."))) > SHORT + 3:
        said = readable(value, SHORT)
    return "−" + grouped(said[1:]) if said.startswith("−") else grouped(said)


def _readings(explanation: Explanation) -> Rows:
    for said in (explanation.neutral, explanation.standing):
        if said is not None:
            yield 0, (Piece(said),)
    for each in explanation.readings:
        yield 0, (Piece(reading(each)),)
        yield 1, (Piece(text("Source: {source}", source=each.bands.source)),)


def reading(each: Reading) -> Text:
    """A band with its ends and the name of its set."""
    return text("{band} {interval}, by “{bands}”", band=each.band.name, interval=each.interval, bands=each.bands.name)


def _source(each: Citation) -> Rows:
    yield 0, (Piece(each.table),)
    for line in _lines(each.text):
        yield 1, (Piece(line),)
    if each.vintage:
        yield 1, (Piece(text("Version: {vintage}", vintage=each.vintage)),)
    for file, sheet in each.files:
        yield 1, (Piece(text("Imported from “{file}”, {sheet}", file=file, sheet=sheet)),)
