"""Readers of spreadsheets: each turns one kind of file into plain grids, and adding a file here adds its reader."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from core.errors import UserError, refuse
from core.files.grid import Cell, Row, Sheets

Tick = Callable[[], None]
"""Called now and then while a file is read; raises to stop the reading."""

MOST_BYTES = 200 * 2**20
MOST_CELLS = 5_000_000
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Reader:
    """How files with some suffixes are read."""

    name: str
    suffixes: tuple[str, ...]
    function: Callable[[Path, str, Tick], Sheets]


Function = TypeVar("Function", bound=Callable[[Path, str, Tick], Sheets])
_READERS: dict[str, Reader] = {}


def reader(name: str, suffixes: tuple[str, ...]) -> Callable[[Function], Function]:
    """Register a function of path, encoding ("" to find it out) and tick."""

    def register(function: Function) -> Function:
        for suffix in suffixes:
            _READERS[suffix] = Reader(name, suffixes, function)
        return function

    return register


@cache
def readers() -> Mapping[str, Reader]:
    """The readers by suffix. Every file of this package is imported."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return _READERS


def read(path: Path, encoding: str = "", tick: Tick = lambda: None) -> Sheets:
    """The grids of a file; raises UserError with one plain sentence where it cannot be read."""
    known = readers()
    try:
        with path.open("rb") as stream:
            start = stream.read(8)
        size = path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from error
    if start.startswith(_OLE):
        raise refuse(
            "“{name}” is an old Excel workbook (.xls) or protected by a password. Save it as .xlsx without a "
            "password and import that.",
            name=path.name,
        )
    found = known.get(path.suffix.casefold())
    if found is None:
        raise refuse(
            "“{name}” is of a kind that Balassa does not read. Save it as .xlsx or .csv and import that.",
            name=path.name,
        )
    if size == 0:
        raise refuse("“{name}” is empty.", name=path.name)
    if size > MOST_BYTES:
        raise too_large(path)
    try:
        return found.function(path, encoding, tick)
    except OSError as error:
        raise _unreadable(path, error) from error
    except MemoryError as error:
        raise too_large(path) from error


def too_large(path: Path) -> UserError:
    """What a reader raises at the limits."""
    return refuse(
        "“{name}” is too large to import: at most {cells} cells. Cut it into parts.",
        name=path.name,
        cells=f"{MOST_CELLS:,}",
    )


def trimmed(cells: list[Cell]) -> Row:
    """A row without the empty cells at its end."""
    end = len(cells)
    while end and (cells[end - 1] is None or cells[end - 1] == ""):
        end -= 1
    return tuple(cells[:end])


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
