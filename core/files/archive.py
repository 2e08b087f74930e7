"""Zip files of others, opened with suspicion: few entries, plain names, a limit that counts while it inflates."""

from __future__ import annotations

import contextlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

MOST_ENTRIES = 5_000
MOST_BYTES = 2**30
_PIECE = 2**20
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED, _UTF8 = 0x1, 0x800
_STRANGE = re.compile(r"^[/\\]|\\|:|\x00|(^|/)\.\.?(/|$)|//|[\x01-\x1f]")


class Damaged(Exception):
    """The archive cannot be read; the message is for the log, people get a sentence of the caller."""


class Excessive(Damaged):
    """The archive holds more than any honest file does."""


class Locked(Damaged):
    """The archive is protected by a password."""


class Archive:
    """The entries of a zip file. Reading all of them yields at most `most_bytes`."""

    def __init__(self, file: zipfile.ZipFile, most_bytes: int = MOST_BYTES) -> None:
        """Checks names and number of the entries; raises Damaged, Locked or Excessive."""
        self._file = file
        self._left = most_bytes
        entries = file.infolist()
        names = [entry.filename for entry in entries]
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > most_bytes:
            raise Excessive(f"{len(entries)} entries")
        if len({name.casefold() for name in names}) != len(names):
            raise Damaged("two entries of one name")
        for entry in entries:
            if _STRANGE.search(entry.filename) or entry.orig_filename != entry.filename:
                raise Damaged(f"strange name {entry.filename!r}")
            if entry.flag_bits & _ENCRYPTED:
                raise Locked(entry.filename)
            if entry.compress_type not in _METHODS:
                raise Damaged(f"{entry.filename}: unknown compression")
        self.names = tuple(name for name in names if not name.endswith("/"))

    @property
    def bytes_inflated(self) -> int:
        """What the entries claim to hold together."""
        return sum(entry.file_size for entry in self._file.infolist())

    def size(self, name: str) -> int:
        """What an entry claims to hold."""
        return self._file.getinfo(name).file_size

    def shown(self, name: str) -> str:
        """A name as it was meant: Chinese Windows writes GBK without saying so."""
        if self._file.getinfo(name).flag_bits & _UTF8:
            return name
        try:
            return name.encode("cp437").decode("gb18030")
        except UnicodeError:
            return name

    def pieces(self, name: str) -> Iterator[bytes]:
        """One entry in pieces; raises Damaged where it is missing or broken, Excessive beyond the limit."""
        try:
            with self._file.open(name) as stream:
                while piece := stream.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise Excessive(name)
                    yield piece
        except (KeyError, OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
            raise Damaged(f"{name}: {error}") from error

    def read(self, name: str) -> bytes:
        """One entry as a whole; raises like `pieces`."""
        return b"".join(self.pieces(name))


@contextlib.contextmanager
def opened(path: Path, most_bytes: int = MOST_BYTES) -> Iterator[Archive]:
    """The archive at `path`; raises Damaged where it is none, OSError where it cannot be read."""
    with path.open("rb") as stream:
        try:
            file = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
            raise Damaged(str(error)) from error
        with file:
            yield Archive(file, most_bytes)
