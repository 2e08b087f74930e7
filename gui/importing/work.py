"""Reads a file and builds its tables outside the window's thread; what is wanted and what is done may differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from core.errors import UserError
from core.files.grid import Sheet, Sheets
from core.files.guess import guess_again
from core.files.importing import Detected, Imported, Left, Part, Use, detect, import_part
from core.files.mapping import Labels, SheetMapping
from core.files.readers import read
from core.table import Table
from core.text import Text, text
from gui.background import Runner

Answer = TypeVar("Answer")


class Stopped(Exception):
    """The person does not want the work any more."""


@dataclass(slots=True)
class Candidate:
    """A sheet: the mapping that is wanted, the newest result, and whether it is to be imported."""

    sheet: Sheet
    mapping: SheetMapping | None
    result: Imported
    chosen: bool
    again: tuple[str, int | None] | None = None
    """Orientation and header row from which the mapping is to be guessed again."""

    @property
    def settled(self) -> bool:
        """Whether the result is that of the mapping that is wanted."""
        uses = self.result.part.uses
        return self.again is None and (not uses or uses[0].mapping is self.mapping)


class Workbench(QObject):
    """The sheets of one file. `changed` says that there is something new to show."""

    changed = Signal()

    def __init__(self, path: Path, known: Labels, runner: Runner, parent: QObject | None = None) -> None:
        """Nothing is read before `read`."""
        super().__init__(parent)
        self.path, self._known, self._runner = path, known, runner
        self.candidates: list[Candidate] = []
        self.encoding = ""
        self.problem: Text | None = None
        self.reading = False
        self._stopped = False

    @property
    def busy(self) -> bool:
        """Whether results are still to come."""
        return self.reading or not all(each.settled for each in self.candidates)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the chosen sheets that have one."""
        chosen = (each.result.table for each in self.candidates if each.chosen)
        return tuple(table for table in chosen if table is not None)

    def read(self, encoding: str = "") -> None:
        """Read the file, in an encoding where one is given."""
        self.reading = True
        self._run(lambda: self._read(encoding), self._take_sheets)

    def correct(self, candidate: Candidate, mapping: SheetMapping) -> None:
        """A person says what the sheet means."""
        candidate.mapping, candidate.again = mapping, None
        self._build()

    def guess_again(self, candidate: Candidate, orientation: str, header: int | None) -> None:
        """A person says how the sheet lies; the rest is guessed from there."""
        candidate.again = orientation, header
        self._build()

    def stop(self) -> None:
        """End what runs; nothing is reported any more."""
        self._stopped = True
        self._runner.wait()

    def _read(self, encoding: str) -> tuple[Sheets, Detected, list[Imported]]:
        found = read(self.path, encoding, self._tick)
        detected = detect([found], self._known, tick=self._tick)
        return found, detected, [import_part(part, self._known, self._tick) for part in detected.parts]

    def _take_sheets(self, answer: tuple[Sheets, Detected, list[Imported]] | Text) -> None:
        self.reading = False
        self.problem = answer if isinstance(answer, Text) else _why_nothing(answer[0], answer[1])
        if self.problem is None and not isinstance(answer, Text):
            found, detected, imported = answer
            self.encoding = found.encoding
            made = [
                Candidate(each.part.uses[0].sheet, each.part.uses[0].mapping, each, each.table is not None)
                for each in imported
            ]
            self.candidates = made + [_left(each) for each in detected.left]
        self.changed.emit()

    def _build(self) -> None:
        """Build all that is not settled, because a newer job takes the place of one that waits."""
        wanted = [(each, each.mapping, each.again) for each in self.candidates if not each.settled]

        def job() -> list[tuple[Candidate, SheetMapping | None, tuple[str, int | None] | None, Imported]]:
            return [(each, mapping, again, self._import(each, mapping, again)) for each, mapping, again in wanted]

        self._run(job, self._take_results)
        self.changed.emit()

    def _import(
        self, candidate: Candidate, mapping: SheetMapping | None, again: tuple[str, int | None] | None
    ) -> Imported:
        try:
            if again is not None and mapping is not None:
                mapping = guess_again(candidate.sheet, self._known, mapping, *again)
        except UserError as error:
            return Imported(candidate.result.part, problem=error.message)
        assert mapping is not None
        return import_part(Part((Use(candidate.sheet, mapping),)), self._known, self._tick)

    def _take_results(
        self, answer: list[tuple[Candidate, SheetMapping | None, tuple[str, int | None] | None, Imported]] | Text
    ) -> None:
        if isinstance(answer, Text):
            self.problem = answer
        else:
            for candidate, mapping, again, result in answer:
                if candidate.mapping is mapping and candidate.again == again:
                    candidate.chosen |= candidate.result.table is None and result.table is not None
                    candidate.mapping, candidate.again, candidate.result = result.part.uses[0].mapping, None, result
        self.changed.emit()

    def _tick(self) -> None:
        if self._stopped:
            raise Stopped

    def _run(self, job: Callable[[], Answer], done: Callable[[Answer | Text], None]) -> None:
        def guarded() -> Answer | Text | None:
            try:
                return job()
            except UserError as error:
                return error.message
            except Stopped:
                return None

        def report(answer: Answer | Text | None) -> None:
            if answer is not None and not self._stopped:
                done(answer)

        self._runner.run(guarded, report)


def _candidate(made: Imported) -> Candidate:
    use = made.part.uses[0]
    return Candidate(use.sheet, use.mapping, made, made.table is not None)


def _left(left: Left) -> Candidate:
    return Candidate(left.sheet, None, Imported(Part(()), problem=left.reason), False)


def _why_nothing(found: Sheets, detected: Detected) -> Text | None:
    """Why a file has nothing that a person could correct into a table; None where it has."""
    if detected.parts:
        return None
    return detected.left[0].reason if detected.left else text("“{name}” has no sheet with cells.", name=found.file)
