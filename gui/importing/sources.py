"""What an import reads: a file, or a block of text that was pasted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from core.files.grid import Sheets
from core.files.readers import glance, read
from core.files.readers.text import read_pasted

Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A file by its path, or a text with the name under which it is shown."""

    path: Path | None = None
    pasted: str = ""
    title: str = ""
    encoding: str = ""
    separator: str = ""

    @property
    def name(self) -> str:
        """The name of the file without its folder."""
        return self.path.name if self.path is not None else self.title

    def written_in(self, encoding: str, separator: str) -> Source:
        """The same, with what a person says of a text; "" to find it out."""
        return replace(self, encoding=encoding, separator=separator)

    def glance(self, tick: Tick) -> Sheets | None:
        """The beginning; None where all of it is read as quickly."""
        return glance(self.path, self.encoding, self.separator, tick) if self.path is not None else None

    def read(self, tick: Tick) -> Sheets:
        """All of it; raises UserError where it cannot be read."""
        if self.path is None:
            return read_pasted(self.pasted, self.title)
        return read(self.path, self.encoding, self.separator, tick)
