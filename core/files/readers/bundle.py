"""Reads zip files with tables inside, as statistical offices hand out: every table becomes sheets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from core.errors import UserError, refuse
from core.files.archive import Archive
from core.files.grid import Sheet, Sheets
from core.files.progress import Tick, tick_at
from core.files.scratch import no_room, scratch
from core.text import Text, text

SUFFIXES = (
    ".csv",
    ".tsv",
    ".tab",
    ".txt",
    ".xlsx",
    ".xlsm",
    ".xlsb",
    ".xls",
    ".ods",
    ".dta",
    ".parquet",
    ".htm",
    ".html",
)
_MOST_MEMBERS = 200
_LEFT = ("__macosx/", ".")


def read_bundle(path: Path, archive: Archive, member: Callable[[Path], Sheets], tick: Tick) -> Sheets:
    """The sheets of all members with a known suffix; `member` reads one of them. Others are named in the notes."""
    names = [name for name in archive.names if not name.casefold().startswith(_LEFT)]
    tables = [name for name in names if name.casefold().endswith(SUFFIXES)]
    if not tables or len(tables) > _MOST_MEMBERS:
        raise refuse(
            "“{name}” holds no tables that Balassa reads, or more than {most}. Unpack it and import what you need.",
            name=path.name,
            most=_MOST_MEMBERS,
        )
    sheets: list[Sheet] = []
    notes: list[Text] = []
    problems: list[UserError] = []
    encoding = separator = ""
    folder = _folder(path)
    for number, name in enumerate(tables):
        file = folder / str(number) / _plain(archive.shown(name))
        found = None
        try:
            found = member(_unpacked(archive, name, file, tick))
        except UserError as error:
            problems.append(error)
            notes.append(text("“{name}” was left out of the archive: {reason}", name=file.name, reason=error.message))
            continue
        finally:
            if found is None or not any(sheet.stream for sheet in found.sheets):
                file.unlink(missing_ok=True)
        sheets += [replace(sheet, name=_name(sheet, file, found), file=path.name) for sheet in found.sheets]
        notes += found.notes
        encoding, separator = encoding or found.encoding, separator or found.separator
    if problems and not sheets:
        raise problems[0]
    others = tuple(archive.shown(name) for name in names if name not in tables)
    if others:
        notes.append(text("Files in the archive that hold no tables were left out: {names}", names=others[:20]))
    return Sheets(path.name, tuple(sheets), encoding, separator, tuple(notes))


def _unpacked(archive: Archive, name: str, file: Path, tick: Tick) -> Path:
    size, done = archive.size(name), 0
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            for piece in archive.pieces(name):
                tick_at(tick, done, size)
                done += stream.write(piece)
    except OSError as error:  # of writing; what cannot be read is damaged
        raise no_room() from error
    return file


def _name(sheet: Sheet, file: Path, found: Sheets) -> str:
    """The name of the member, with that of the sheet where it has several."""
    return file.stem if len(found.sheets) == 1 else f"{file.stem}: {sheet.name}"


def _plain(name: str) -> str:
    """The last part of a name, without what some system does not allow in one."""
    last = PurePosixPath(name).name.rstrip(". ")
    return "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"/\\|?*') or "table.csv"


def _folder(path: Path) -> Path:
    """Where the members of an archive are unpacked; long texts stay there until the application ends."""
    about = path.stat()
    key = hashlib.sha256(f"{path.absolute()} {about.st_size} {about.st_mtime_ns}".encode()).hexdigest()[:16]
    return scratch() / key
