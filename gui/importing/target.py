"""Into which table an import goes, and what a merge would change there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from core.errors import UserError
from core.files.merging import Cells, Comparison, compare, merged
from core.table import Table
from gui.importing.work import Candidate
from gui.text import _, show

Decide = Callable[[Comparison, QWidget], tuple[str, Cells] | None]
"""Asks a person what becomes of conflicts: rule and cells by hand, None for cancelled."""
Decision = tuple[str, Cells]


class TargetBox(QComboBox):
    """A new table, or one of the project with the same kind of periods."""

    picked = Signal(str)
    """The id of a table, "" for a new one."""

    def __init__(self, tables: Sequence[Table], parent: QWidget | None = None) -> None:
        """`tables` are those of the project."""
        super().__init__(parent)
        self._tables = {table.id: table for table in tables}
        self._kind = ""
        self.setObjectName("importTarget")
        self.setAccessibleName(_("Into which table"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.addItem(_("A new table"), "")
        self.activated.connect(self._pick)

    def show_candidate(self, candidate: Candidate | None) -> None:
        """Offer the tables into which what came out can be merged."""
        table = candidate.result.table if candidate is not None else None
        kind = table.periods.kind if table is not None else self._kind
        with QSignalBlocker(self):
            if kind != self._kind:
                self._kind = kind
                while self.count() > 1:
                    self.removeItem(1)
                for each in self._tables.values():
                    if each.periods.kind == kind:
                        self.addItem(show(each.title), each.id)
            target = candidate.target if candidate is not None else ""
            self.setCurrentIndex(max(self.findData(target), 0))

    def table(self, candidate: Candidate) -> Table | None:
        """The table into which a candidate goes; None for a new one."""
        return self._tables.get(candidate.target)

    def _pick(self) -> None:
        self.picked.emit(str(self.currentData()))


def said_of_merge(into: Table, table: Table) -> tuple[list[str], str]:
    """What a merge would do, in sentences; and why it cannot be done, if so."""
    try:
        found = compare(into, table)
    except UserError as error:
        return [], show(error.message)
    said = _(
        "Into “{title}”: {series} new series, {periods} new periods, {filled} gaps filled, {equal} equal values, "
        "{conflicts} different values."
    ).format(
        title=show(into.title),
        series=len(found.added_series),
        periods=len(found.added_periods),
        filled=found.filled,
        equal=found.equal,
        conflicts=len(found.conflicts),
    )
    return [said, *map(show, found.notes)], ""


def decided(
    box: TargetBox, chosen: Sequence[tuple[Candidate, Table]], decide: Decide, parent: QWidget
) -> dict[int, Decision] | None:
    """For each that is merged, by its place in `chosen`: the rule. None where a person cancelled.

    Raises UserError where a merge cannot be done. What goes into one table one after the other is compared so.
    """
    found: dict[int, Decision] = {}
    now: dict[str, Table] = {}
    for at, (candidate, table) in enumerate(chosen):
        into = now.get(candidate.target) or box.table(candidate)
        if into is None:
            continue
        comparison = compare(into, table)
        answer = decide(comparison, parent) if len(comparison.conflicts) else ("keep", ())
        if answer is None:
            return None
        found[at] = answer
        now[candidate.target] = merged(into, table, *answer)
    return found


def ask_about_conflicts(comparison: Comparison, parent: QWidget) -> Decision | None:
    """The dialog of the conflicts."""
    from gui.importing.conflicts import ConflictDialog

    return ConflictDialog(comparison, parent).ask()
