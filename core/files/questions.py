"""What a detection leaves open: questions that an import shows and does not wait for."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from core.files.cells import read_header
from core.files.parts import Part, Use, headers, says_unit
from core.text import Text, text

_GROUPS = {",": re.compile(r"[-+−–]?[1-9]\d{0,2},\d{3}"), ".": re.compile(r"[-+−–]?[1-9]\d{0,2}\.\d{3}")}
_NOTED = re.compile(r"\s*(?:[(\[].*|[*†‡a-z]+)$")
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
    if not all(says_unit(use) for use in part.uses):
        found.append(Question("unit", text("The unit is not stated.")))
    if not all(use.mapping.says("year") or use.mapping.year is not None or use.mapping.headings for use in part.uses):
        found.append(Question("year", text("No year is stated.")))
    if not all(_says_measure(use) for use in part.uses):
        found.append(Question("measure", text("Whether these are exports or imports is not stated.")))
    codes = dict.fromkeys(each for use in part.uses for each in use.mapping.missing if _NUMBER.fullmatch(each))
    if codes:
        found.append(Question("missing", text("{codes} is taken for a missing value.", codes=tuple(codes))))
    if any(is_ambiguous(use, ",") for use in part.uses):
        found.append(Question("decimal", text("Numbers such as 1,234 are read as thousands.")))
    if any(is_ambiguous(use, ".") for use in part.uses):
        thousands = any(use.mapping.decimal == "," for use in part.uses)
        found.append(
            Question(
                "decimal",
                text("Numbers such as 1.234 are read as thousands.")
                if thousands
                else text("Numbers such as 1.234 are read with three decimals."),
            )
        )
    hidden = sum(len(use.sheet.hidden_rows) for use in part.uses)
    if hidden:
        found.append(Question("rows", text("{count} hidden rows are imported like the others.", count=hidden)))
    if any("summed" in use.mapping.columns for use in part.uses):
        found.append(Question("columns", text("The list is long, so its values are added up over the partners.")))
    return tuple(found)


def _says_measure(use: Use) -> bool:
    named = "year" in use.mapping.levels and any(read_header(each).name for each in headers(use))
    return bool(use.mapping.measure) or use.mapping.says("measure") or named


def is_ambiguous(use: Use, sign: str) -> bool:
    """Whether all texts of numbers with a comma or point are such as "1,234", thousands or a number with decimals."""
    if use.mapping.decimal != "." and sign == ",":
        return False
    grid = use.sheet.rows
    columns = [at for at, role in enumerate(use.mapping.columns) if role == "value"]
    texts = grid.texts[use.mapping.first : use.mapping.end][:, columns]
    used = np.unique(texts[: max(1, _MOST // max(1, len(columns)))])
    held = [_NOTED.sub("", grid.strings[code - 1].strip()) for code in used.tolist() if code]
    signs = [each for each in held if sign in each and any(map(str.isdigit, each))]
    other = "." if sign == "," else ","
    others = any(other in each and each.replace(".", "").replace(",", "").isdigit() for each in held)
    return bool(signs) and not others and all(_GROUPS[sign].fullmatch(each) for each in signs)
