"""“Explain this number”: any value of an index with its formula filled in, and all that stands behind it."""

from core.explain.build import explain
from core.explain.explanation import Cell, Explanation, Operand, Part, Reading, Term, Terms, Wanted
from core.explain.printing import printed, tabular
from core.explain.wording import Piece, Section, result, sections, sentence, subject

__all__ = [
    "Cell",
    "Explanation",
    "Operand",
    "Part",
    "Piece",
    "Reading",
    "Section",
    "Term",
    "Terms",
    "Wanted",
    "explain",
    "printed",
    "result",
    "sections",
    "sentence",
    "subject",
    "tabular",
]
