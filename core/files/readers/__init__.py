"""Readers of spreadsheets: what a file is decides its content, not its name; each kind becomes plain grids."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from core.errors import UserError, refuse
from core.files.archive import Damaged, Excessive, Locked, opened
from core.files.gate import MOST_BYTES, admit
from core.files.grid import Cell, Sheets
from core.files.progress import Tick
from core.files.readers.bundle import read_bundle
from core.files.readers.kinds import HEAD, kind_of, kind_of_archive, kind_of_ole
from core.files.readers.parsed import damaged, locked, notes_on, read_parsed, too_large
from core.files.readers.text import read_pasted, read_text

__all__ = ["Cell", "Tick", "glance", "read", "read_pasted"]

_MARKS, _MARK_BYTES = ("~$", ".~lock."), 1024
"""Files that Excel, WPS and LibreOffice put beside an open one."""

Found = TypeVar("Found")


def read(path: Path, encoding: str = "", separator: str = "", tick: Tick = lambda: None) -> Sheets:
    """The grids of a file; raises UserError with one plain sentence where it cannot be read.

    `encoding` and `separator` are what a person chose for a text file, "" to find them out. Of a text that is too
    long to be held, the sheet has the first rows and a `TextStream`.
    """
    return _guarded(path, lambda: _read(path, encoding, separator, tick, _bundle))


def glance(path: Path, encoding: str = "", separator: str = "", tick: Tick = lambda: None) -> Sheets | None:
    """The first rows of a large file, to be shown while all of it is read; None where `read` is as quick.

    Nothing is decided by them: the encoding may turn out to be another, and cells to be text or number.
    """
    from core.files.readers.glances import first_rows

    return _guarded(path, lambda: first_rows(path, encoding, separator, tick))


def kind_of_file(path: Path) -> str:
    """What a file is, as one word; raises UserError for what nobody reads, OSError and Damaged."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if path.name.startswith(_MARKS) and len(head) < _MARK_BYTES:
        raise refuse(
            "“{name}” only says that somebody has another file open. Choose the file “{other}” instead.",
            name=path.name,
            other=path.name.removeprefix("~$").removeprefix(".~lock.").rstrip("#"),
        )
    if not head:
        raise refuse("“{name}” is empty.", name=path.name)
    kind = kind_of(head)
    if kind == "ole":
        kind = kind_of_ole(path)
    elif kind == "zip":
        _not_too_long(path)
        with opened(path) as archive:
            admit(archive, path)
            kind = kind_of_archive(archive)
    if kind in _REFUSED:
        raise _REFUSED[kind](path)
    if kind not in {"text", "stata", "parquet"}:
        _not_too_long(path)
    return kind


def _read(path: Path, encoding: str, separator: str, tick: Tick, bundle: Callable[..., Sheets]) -> Sheets:
    kind = kind_of_file(path)
    tick()
    if kind == "text":
        return read_text(path, encoding, separator, tick)
    if kind == "bundle":
        return bundle(path, encoding, separator, tick)
    found = read_parsed(path, kind, tick, encoding)
    if kind not in {"xlsx", "xlsb", "ods"}:
        return found
    with opened(path) as archive:
        return Sheets(found.file, found.sheets, notes=notes_on(archive))


def _bundle(path: Path, encoding: str, separator: str, tick: Tick) -> Sheets:
    def member(file: Path) -> Sheets:
        return _guarded(file, lambda: _read(file, encoding, separator, tick, _no_bundle))

    with opened(path) as archive:
        return read_bundle(path, archive, member, tick)


def _no_bundle(path: Path, *_others: object) -> Sheets:
    raise refuse("“{name}” is an archive in an archive. Unpack it and import the files you need.", name=path.name)


def _guarded(path: Path, function: Callable[[], Found]) -> Found:
    """What a function returns; whatever it raises for a bad file becomes one sentence."""
    try:
        return function()
    except OSError as error:
        raise _unreadable(path, error) from error
    except (MemoryError, Excessive) as error:
        raise too_large(path) from error
    except Locked as error:
        raise locked(path) from error
    except Damaged as error:
        raise damaged(path) from error


def _not_too_long(path: Path) -> None:
    if path.stat().st_size > MOST_BYTES:
        raise refuse(
            "“{name}” is larger than {most} MB. Save the sheet you need as .csv and import that.",
            name=path.name,
            most=MOST_BYTES // 2**20,
        )


def _unreadable(path: Path, error: OSError) -> UserError:
    if isinstance(error, FileNotFoundError):
        return refuse("There is no file “{name}” in “{folder}”.", name=path.name, folder=str(path.absolute().parent))
    if isinstance(error, IsADirectoryError) or path.is_dir():
        return refuse("“{name}” is a folder. Choose a file in it.", name=path.name)
    if isinstance(error, PermissionError):
        return refuse(
            "“{name}” cannot be read: it is protected, or another program holds it. Close it there and try again.",
            name=path.name,
        )
    return refuse(
        "“{name}” cannot be read: the system said “{reason}”.",
        name=path.name,
        reason=error.strerror or type(error).__name__,
    )


_REFUSED: dict[str, Callable[[Path], UserError]] = {
    "numbers": lambda path: refuse(
        "“{name}” was made by Numbers. Choose File ▸ Export To ▸ Excel there, and import that file.", name=path.name
    ),
    "pdf": lambda path: refuse(
        "“{name}” is a PDF, which holds no cells. Look for the same table as .xlsx or .csv at its publisher.",
        name=path.name,
    ),
    "encrypted": locked,
    "damaged": damaged,
    "document": lambda path: refuse(
        "“{name}” is a document, no spreadsheet. Copy its table into a spreadsheet and import that.", name=path.name
    ),
    "image": lambda path: refuse(
        "“{name}” is a picture. Type its figures into a spreadsheet and import that.", name=path.name
    ),
    "packed": lambda path: refuse("“{name}” is packed. Unpack it and import the file inside.", name=path.name),
    "xml": lambda path: refuse(
        "“{name}” is an XML file. Open it in Excel, save it as .xlsx and import that.", name=path.name
    ),
}
