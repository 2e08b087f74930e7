"""`compute --explain`: some numbers with everything behind them, as text."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from core.about import FILE_SUFFIX
from core.errors import refuse
from core.explain import explain, printed
from core.files.project_file import is_project
from core.indices import indices
from core.measures import plain
from core.results import LineKey, Results
from core.table import Label
from core.table_results import TableResults
from core.text import LANGUAGES, Bilingual

MOST = 20
"""Numbers explained at once; of more nobody reads the explanations."""
SIDES = ("reporter", "partner", "sector")


def add_explain(parser: argparse.ArgumentParser) -> None:
    """The option, and what others mean beside it."""
    parser.add_argument(
        "--explain",
        action="store_true",
        help="explain numbers instead of listing them: those of --year (else the latest), --reporter, --partner"
        " and --sector",
    )


def for_reading(options: argparse.Namespace) -> argparse.Namespace:
    """The options without those that choose a number here and would say something about the file elsewhere.

    The year of a spreadsheet that states none is both.
    """
    path = options.input
    stored = path.suffix.casefold() == FILE_SUFFIX or is_project(path)
    return argparse.Namespace(**(vars(options) | dict.fromkeys((*SIDES, "year") if stored else SIDES)))


def explanations(results: Results, wanted: Sequence[str], options: argparse.Namespace) -> str:
    """The numbers that were chosen, explained one after the other. Raises UserError for too many and for none."""
    keys = list(_keys(results, wanted, options))
    if len(keys) > MOST:
        raise refuse(
            "That would explain {count} numbers; {most} is the most. Choose with --index, --reporter, --partner"
            " and --sector.",
            count=f"{len(keys):,}",
            most=MOST,
        )
    said = [each for key in keys if (each := _explained(results, key, options)) is not None]
    if not said:
        raise refuse("No number fits what was chosen. Leave out --year, --reporter, --partner or --sector.")
    return "\n\n".join(said) + "\n"


def _explained(results: Results, key: LineKey, options: argparse.Namespace) -> str | None:
    line = results.find(key)
    if line is None:
        return None
    there = np.flatnonzero(np.isfinite(line.values))
    year = options.year if options.year is not None else line.years[int(there[-1]) if len(there) else -1]
    explanation = explain(results, key, year)
    return printed(explanation, options.lang) if explanation is not None else None


def _keys(results: Results, wanted: Sequence[str], options: argparse.Namespace) -> Iterator[LineKey]:
    """The lines that were chosen, found without computing any."""
    known: dict[str, dict[str, Label]] = {side: {} for side in SIDES}
    found = [
        key
        for table in results.tables.values()
        for index in wanted
        if index in table.available
        for key in _of_table(table, index, options, known)
    ]
    for side in SIDES:
        name = getattr(options, side)
        if name and known[side] and not any(_called(each, name) for each in known[side].values()):
            names = tuple(each.name for each in known[side].values() if each.name != Bilingual())
            raise refuse("Nothing is called “{name}” here. Known are: {known}.", name=name, known=names)
    yield from found


def _of_table(
    table: TableResults, index: str, options: argparse.Namespace, known: dict[str, dict[str, Label]]
) -> Iterator[LineKey]:
    axes, mask = table.axes_of(index), table.available[index]
    for side, labels in zip(SIDES, (*zip(*axes.rows, strict=True), axes.sectors), strict=True):
        known[side] |= {each.id: each for each in labels if each.id}
    rows = [at for at, (r, p) in enumerate(axes.rows) if _fits(r, options.reporter) and _fits(p, options.partner)]
    columns = [at for at, each in enumerate(axes.sectors) if _fits(each, options.sector)]
    for row in rows:
        for column in columns:
            if mask[row, column]:
                reporter, partner = axes.rows[row]
                sector = axes.sectors[column].id
                for component in _components(index):
                    yield index, component, table.table, reporter.id, partner.id, sector


def _components(index: str) -> Iterable[str]:
    return indices()[index].components or ("",)


def _fits(label: Label, name: str | None) -> bool:
    """Whether a label is the one that was chosen; a side that an index does not have fits every choice."""
    return not name or not label.id or _called(label, name)


def _called(label: Label, name: str) -> bool:
    return plain(name) in {plain(label.id), *(plain(label.name.show(language)) for language in LANGUAGES)}
