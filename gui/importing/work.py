"""Reads files and builds their tables outside the window's thread; what is wanted and what is done may differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from core.errors import UserError
from core.files.cells import number_of
from core.files.grid import Sheet, Sheets
from core.files.guess import guess, guess_again
from core.files.importing import Answers, Detected, Imported, corrected, detect, import_part
from core.files.mapping import Labels, SheetMapping
from core.files.parts import Left, Part, Use, join
from core.table import Table
from core.text import Text, text
from gui.background import Runner
from gui.importing.meter import Meter, Stopped
from gui.importing.sources import Source, Tick

Answer = TypeVar("Answer")
Recall = Callable[[Sheet], SheetMapping | None]
_LOOK = 300
"""Rows of a sheet that are searched for a number before it is offered for correction."""


@dataclass(frozen=True, slots=True)
class Again:
    """A person says how a sheet lies, or which row is its (last) header; the rest is to be guessed from there."""

    at: int
    orientation: str = ""
    header: int | None = None


@dataclass(slots=True, eq=False)
class Candidate:
    """A table that may come out: the part that is wanted, the newest result, and what a person decided."""

    part: Part
    result: Imported
    chosen: bool
    off: frozenset[int] = frozenset()
    """Sheets of the part that are not wanted."""
    again: Again | None = None
    target: str = ""
    """The id of the table into which it goes; "" for a new one."""
    dismissed: set[tuple[str, str]] = field(default_factory=set)
    """Names, with their dimension, of which a person said that they do not mean what was suggested."""
    wanted: Part = field(init=False)

    def __post_init__(self) -> None:
        self.wanted = self.result.part

    @property
    def settled(self) -> bool:
        """Whether the result is that of what is wanted."""
        return self.again is None and self.result.part is self.wanted

    def take(self, part: Part, off: frozenset[int]) -> None:
        """Want something else."""
        self.part, self.off, self.again = part, off, None
        left = tuple(use for at, use in enumerate(part.uses) if at not in off)
        self.wanted = part if not off or not left else Part(left)


class Workbench(QObject):
    """The tables that can be made of some files. `changed` says that there is something new to show."""

    changed = Signal()

    def __init__(
        self,
        sources: Sequence[Source],
        known: Labels,
        runner: Runner,
        recall: Recall = lambda _: None,
        parent: QObject | None = None,
    ) -> None:
        """Nothing is read before `read`. `recall` finds the remembered mapping of a sheet."""
        super().__init__(parent)
        self.sources, self.known, self._runner, self._recall = tuple(sources), known, runner, recall
        self.candidates: list[Candidate] = []
        self.left: list[Left] = []
        self.files: tuple[Sheets, ...] = ()
        self.problem: Text | None = None
        self.reading = False
        self.provisional = False
        """Whether what is shown is only the beginning of the files."""
        self._round = 0
        """Counts the jobs; one that is not the newest stops at its next tick."""
        self._meter: Meter | None = None

    @property
    def name(self) -> str:
        """What people call what is imported."""
        return self.sources[0].name if len(self.sources) == 1 else ""

    @property
    def hopeless(self) -> bool:
        """Whether there is nothing to show, and `problem` says why."""
        return self.problem is not None and not self.candidates and not self.left

    @property
    def busy(self) -> bool:
        """Whether results are still to come."""
        return self.reading or not all(each.settled for each in self.candidates)

    @property
    def fraction(self) -> float | None:
        """How far the present step of the work is, from 0 to 1; None where nobody knows."""
        return self._meter.fraction if self._meter is not None else None

    @property
    def chosen(self) -> tuple[tuple[Candidate, Table], ...]:
        """The candidates that are to be imported, with their tables."""
        return tuple((each, each.result.table) for each in self.candidates if each.chosen and each.result.table)

    def text_of(self, sheet: Sheet) -> Sheets | None:
        """The file of a sheet, if it is a text of which encoding and separator can be chosen."""
        return next((each for each in self.files if each.file == sheet.file and each.encoding), None)

    # ---- what a person wants ----

    def read(self) -> None:
        """Read the files: first their beginning where the whole takes longer, then all of it."""
        self.reading, self.problem = True, None
        if self.candidates or self.left:
            self._read_all()
        else:
            self._run(self._glance, self._take_glance)

    def read_as(self, file: str, encoding: str, separator: str) -> None:
        """Read again with an encoding and a separator for one of the files."""
        self.sources = tuple(
            source.written_in(encoding, separator) if source.name == file else source for source in self.sources
        )
        self.read()
        self.changed.emit()

    def correct(self, candidate: Candidate, at: int, mapping: SheetMapping) -> None:
        """A person says what a sheet means."""
        candidate.take(corrected(candidate.part, at, mapping), candidate.off)
        self._build()

    def guess_again(self, candidate: Candidate, again: Again) -> None:
        """A person says how a sheet lies; the rest is guessed from there."""
        candidate.again = again
        self._build()

    def choose_sheets(self, candidate: Candidate, off: frozenset[int]) -> None:
        """Leave sheets of a table out, or take them in again."""
        candidate.chosen = len(off) < len(candidate.part.uses)
        if off != candidate.off and candidate.chosen:
            candidate.take(candidate.part, off)
            self._build()
        else:
            self.changed.emit()

    def split(self, candidate: Candidate, places: Sequence[int]) -> None:
        """Make a table of its own of some sheets."""
        uses = candidate.part.uses
        inside = tuple(uses[at] for at in places)
        rest = tuple(use for at, use in enumerate(uses) if at not in places)
        if not inside or not rest:
            return
        candidate.take(Part(rest), frozenset())
        new = Part(inside)
        self.candidates.insert(self.candidates.index(candidate) + 1, Candidate(new, Imported(Part(())), True))
        self.candidates[self.candidates.index(candidate) + 1].take(new, frozenset())
        self._build()

    def join(self, candidates: Sequence[Candidate]) -> None:
        """Make one table of several."""
        first, *others = candidates
        first.take(join(each.part for each in candidates), frozenset())
        first.chosen = True
        self.candidates = [each for each in self.candidates if each not in others]
        self._build()

    def adopt(self, left: Left, header: int | None = None) -> None:
        """Import a sheet that was left out, if a mapping can be guessed for it; else say why not."""
        self.reading = True
        self._run(lambda tick: (left, self._adopted(left.sheet, header, tick)), self._take_adopted)
        self.changed.emit()

    def finish(self) -> None:
        """Wait for what runs."""
        self._runner.wait()

    def stop(self) -> None:
        """Let what runs end at its next tick; nothing is reported any more."""
        self._round += 1
        self._runner.leave()

    # ---- reading ----

    def _glance(self, tick: Tick) -> tuple[tuple[Sheets, ...], Detected] | None:
        found = tuple(sheets for source in self.sources if (sheets := source.glance(tick)) is not None)
        return (found, detect(found, self.known, Answers(), tick, self._recall)) if found else None

    def _take_glance(self, answer: tuple[tuple[Sheets, ...], Detected] | Text | None) -> None:
        if answer is not None and not isinstance(answer, Text):
            self.files, detected = answer
            self.candidates = [Candidate(part, Imported(part), False) for part in detected.parts]
            self.left = list(detected.left)
            self.provisional = bool(self.candidates)
        self.changed.emit()
        self._read_all()

    def _read_all(self) -> None:
        self._run(self._read, self._take_files)

    def _read(self, tick: Tick) -> tuple[tuple[Sheets, ...], Detected, list[Imported]]:
        found = tuple(source.read(tick) for source in self.sources)
        detected = detect(found, self.known, Answers(), tick, self._recall)
        return found, detected, [import_part(part, self.known, tick) for part in detected.parts]

    def _take_files(self, answer: tuple[tuple[Sheets, ...], Detected, list[Imported]] | Text) -> None:
        self.reading = False
        self.problem = answer if isinstance(answer, Text) else _why_nothing(answer[0], answer[1])
        if self.provisional and self.problem is not None:
            self.candidates, self.left = [], []
        self.provisional = False
        if self.problem is None and not isinstance(answer, Text):
            self.files, detected, imported = answer
            self.candidates = [Candidate(each.part, each, each.table is not None) for each in imported]
            self.left = list(detected.left)
        self.changed.emit()

    def _adopted(self, sheet: Sheet, header: int | None, tick: Tick) -> Imported:
        try:
            part = Part((Use(sheet, guess(sheet, self.known, "", header)),))
        except UserError as error:
            return Imported(Part(()), problem=error.message)
        return import_part(part, self.known, tick)

    def _take_adopted(self, answer: tuple[Left, Imported] | Text) -> None:
        self.reading = False
        if isinstance(answer, Text):
            self.problem = answer
        else:
            left, made = answer
            at = self.left.index(left)
            if made.part.uses:
                del self.left[at]
                self.candidates.append(Candidate(made.part, made, made.table is not None))
            elif made.problem is not None:
                self.left[at] = Left(left.sheet, made.problem)
        self.changed.emit()

    # ---- building ----

    def _build(self) -> None:
        """Build all that is not settled, because a newer job takes the place of one that waits."""
        wanted = [(each, each.wanted, each.again) for each in self.candidates if not each.settled]

        def job(tick: Tick) -> list[tuple[Candidate, Part, Again | None, Part, Imported]]:
            return [(each, part, again, *self._built(each, part, again, tick)) for each, part, again in wanted]

        self._run(job, self._take_results)
        self.changed.emit()

    def _built(self, candidate: Candidate, part: Part, again: Again | None, tick: Tick) -> tuple[Part, Imported]:
        """The whole part, guessed again where that was asked for, and what came of the sheets that are wanted."""
        if again is None:
            return candidate.part, import_part(part, self.known, tick)
        use = candidate.part.uses[again.at]
        try:
            mapping = guess_again(use.sheet, self.known, use.mapping, again.orientation, again.header)
        except UserError as error:
            return candidate.part, Imported(part, problem=error.message)
        whole = corrected(candidate.part, again.at, mapping)
        left = tuple(use for at, use in enumerate(whole.uses) if at not in candidate.off)
        return whole, import_part(Part(left) if candidate.off else whole, self.known, tick)

    def _take_results(self, answer: list[tuple[Candidate, Part, Again | None, Part, Imported]] | Text) -> None:
        if isinstance(answer, Text):
            self.problem = answer
        else:
            for candidate, part, again, whole, result in answer:
                if candidate.wanted is part and candidate.again == again:
                    candidate.chosen |= candidate.result.table is None and result.table is not None
                    candidate.part, candidate.again = whole, None
                    candidate.result, candidate.wanted = result, result.part
        self.changed.emit()

    def _run(self, job: Callable[[Tick], Answer], done: Callable[[Answer | Text], None]) -> None:
        self._round += 1
        mine = self._round
        meter = self._meter = Meter(lambda: self._round == mine)

        def guarded() -> tuple[Answer | Text] | None:
            try:
                return (job(meter),)
            except UserError as error:
                return (error.message,)
            except Stopped:
                return None

        def report(answer: tuple[Answer | Text] | None) -> None:
            if answer is not None and self._round == mine:
                done(answer[0])

        self._runner.run(guarded, report)


def _why_nothing(found: Sequence[Sheets], detected: Detected) -> Text | None:
    """Why files have nothing that a person could correct into a table; None where they have."""
    if detected.parts or any(map(_holds_a_number, detected.left)):
        return None
    if detected.left:
        return detected.left[0].reason
    return text("“{name}” has no sheet with cells.", name=found[0].file if found else "")


def _holds_a_number(left: Left) -> bool:
    return any(number_of(cell) is not None for row in left.sheet.rows[:_LOOK] for cell in row)
