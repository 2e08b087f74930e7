"""What a detection leaves open: questions that an import shows and does not wait for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from core.files.cells import read_header, unit_and_name, words
from core.files.mapping import NO_UNIT
from core.files.parts import Part, Use
from core.measures import measure_label, measures
from core.text import Text, text

_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_MOST = 20_000
_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Question:
    """`kind` names the field of a mapping that answers it: "unit", "year", "measure", "missing", "decimal", "rows"."""

    kind: str
    text: Text


def questions(part: Part) -> tuple[Question, ...]:
    """What nothing in the file says, and what was only guessed from the numbers; each has a safe default."""
    found = []
    if not all(_says_unit(use) for use in part.uses):
        found.append(Question("unit", text("The unit is not stated.")))
    if not all(use.mapping.says("year") or use.mapping.year is not None or use.mapping.headings for use in part.uses):
        found.append(Question("year", text("No year is stated.")))
    if not all(_says_measure(use) for use in part.uses):
        found.append(Question("measure", text("Whether these are exports or imports is not stated.")))
    codes = dict.fromkeys(each for use in part.uses for each in use.mapping.missing if _NUMBER.fullmatch(each))
    if codes:
        found.append(Question("missing", text("{codes} is taken for a missing value.", codes=tuple(codes))))
    if any(_is_ambiguous(use) for use in part.uses):
        found.append(Question("decimal", text("Numbers such as 1,234 are read as thousands.")))
    hidden = sum(len(use.sheet.hidden_rows) for use in part.uses)
    if hidden:
        found.append(Question("rows", text("{count} hidden rows are imported like the others.", count=hidden)))
    if any("summed" in use.mapping.columns for use in part.uses):
        found.append(Question("columns", text("The list is long, so its values are added up over the partners.")))
    return tuple(found)


def _heads(use: Use) -> Iterable[str]:
    mapping, rows = use.mapping, use.sheet.rows
    for row in range(mapping.header, mapping.first):
        for at, role in enumerate(mapping.columns):
            if role == "value" and (header := words(rows.cell(row, at))):
                yield header


def _labels(use: Use, dimension: str) -> set[str]:
    columns = [at for at, role in enumerate(use.mapping.columns) if role == dimension]
    rows = range(use.mapping.first, min(use.mapping.end, use.mapping.first + 200))
    return {words(use.sheet.rows.cell(row, at)) for row in rows for at in columns} - {""}


def _says_unit(use: Use) -> bool:
    mapping = use.mapping
    if mapping.says("unit") or mapping.unit != NO_UNIT:
        return True
    heads = [read_header(header) for header in _heads(use)]
    names = {*_labels(use, "measure"), *(head.name for head in heads), mapping.measure} - {""}
    stated = any(head.unit is not None for head in heads) or any(unit_and_name(name)[1] is not None for name in names)
    money = [name for name in names if (known := measures().get(measure_label(name).id)) and known.unit == "money"]
    return stated or (bool(names) and not money and bool(mapping.units))


def _says_measure(use: Use) -> bool:
    named = "year" in use.mapping.levels and any(read_header(each).name for each in _heads(use))
    return bool(use.mapping.measure) or use.mapping.says("measure") or named


def _is_ambiguous(use: Use) -> bool:
    """Whether all texts of numbers with a comma are such as "1,234", which may be thousands or a decimal comma."""
    if use.mapping.decimal != ".":
        return False
    grid = use.sheet.rows
    columns = [at for at, role in enumerate(use.mapping.columns) if role == "value"]
    texts = grid.texts[use.mapping.first : use.mapping.end][:, columns]
    used = np.unique(texts[: max(1, _MOST // max(1, len(columns)))])
    held = [grid.strings[code - 1].strip() for code in used.tolist() if code]
    commas = [each for each in held if "," in each]
    points = any("." in each and each.replace(".", "").replace(",", "").isdigit() for each in held)
    return bool(commas) and not points and all(_GROUPS.fullmatch(each) for each in commas)
