"""Reads text files with separators: finds out encoding and separator, keeps every cell as text."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from core.errors import UserError, refuse
from core.files.gate import LAST_COLUMN, MOST_CELLS
from core.files.grid import Grid, Sheet, Sheets, TextStream
from core.files.progress import Tick, tick_at
from core.files.readers.encodings import ENCODINGS, encoding_of

__all__ = ["ENCODINGS", "SEPARATORS", "read_pasted", "read_text"]

SEPARATORS = "\t;|,"
"""Among which the separator is found; a person may choose any other character."""
MOST_HELD = 30 * 2**20
"""Bytes; of a longer text only the first rows are held, and the rest is a `TextStream`."""
HELD_ROWS = 3_000
_SAMPLE = 200_000
_BATCH = 5_000
_END = "\ue0ff\ue0fe\ue0ff"
"""A line behind the last one: where it comes back inside a longer text, a quote was never closed."""
_ESCAPED = re.compile(r"'[=+\-@\t\r＝]")


def read_text(path: Path, encoding: str, separator: str, tick: Tick, rows: int = 0) -> Sheets:
    """One sheet, called after the file. `rows` are read at most, 0 means all."""
    size = path.stat().st_size
    used = encoding_of(path, encoding, tick, _SAMPLE * 4 if rows else 0)
    with path.open("r", encoding=used, newline="") as stream:
        sample = stream.read(_SAMPLE)
        complete = not stream.read(1)
    if size > MOST_HELD and "\n" not in sample and "\r" not in sample:
        raise too_wide(path)
    separator = separator or _separator(sample, complete)
    held = rows or (HELD_ROWS if size > MOST_HELD else 0)
    grid = _grid(path, used, separator, held, tick)
    if grid is None:
        held = HELD_ROWS
        grid = _grid(path, used, separator, held, tick)
    if grid is None:
        raise too_wide(path)
    stream_of = TextStream(path, used, separator, size) if held and (len(grid) >= held or size > MOST_HELD) else None
    sheet = Sheet(path.stem, grid, stream=stream_of, file=path.name)
    return Sheets(path.name, (sheet,), used.removesuffix("-sig"), separator)


def read_pasted(text: str, name: str) -> Sheets:
    """A block from the clipboard: cells separated by tabs, else as in a text file. `name` stands for the file."""
    text = text.removeprefix("\ufeff").replace("\0", "")
    separator = "\t" if "\t" in text else _separator(text[:_SAMPLE], len(text) <= _SAMPLE)
    path = Path(name)
    grid = _rows_held(io.StringIO(text, newline=""), separator, 0, path, lambda: None)
    if grid is None:
        raise refuse("What was copied is too large to paste: at most {cells} cells.", cells=f"{MOST_CELLS:,}")
    return Sheets(name, (Sheet(name, grid, file=name),), "", separator)


def too_wide(path: Path) -> UserError:
    """What is raised for rows that no spreadsheet could hold."""
    return refuse(
        "“{name}” has rows of more than {columns} cells. Choose another separator, or cut it into parts.",
        name=path.name,
        columns=f"{LAST_COLUMN:,}",
    )


def _grid(path: Path, encoding: str, separator: str, rows: int, tick: Tick) -> Grid | None:
    """The first rows, 0 for all; None where these are too many cells to be held."""
    with path.open("rb") as file, io.TextIOWrapper(file, encoding, newline="") as stream:
        size = 0 if rows else path.stat().st_size
        return _rows_held(stream, separator, rows, path, lambda: tick_at(tick, file.tell(), size))


def _rows_held(stream: Iterable[str], separator: str, most: int, path: Path,
               tick: Tick) -> Grid | None:  # fmt: skip
    rows: list[list[str]] = []
    cells = width = 0
    reader = csv.reader(itertools.chain(stream, [_END]), delimiter=separator)
    try:
        while batch := list(itertools.islice(reader, min(_BATCH, most - len(rows)) if most else _BATCH)):
            tick()
            rows += batch
            cells += sum(map(len, batch))
            width = max(width, *map(len, batch))
            if width > LAST_COLUMN:
                raise too_wide(path)
            if cells > MOST_CELLS or width * len(rows) > MOST_CELLS:
                return None
    except csv.Error as error:
        raise _unsplit(path, reader.line_num) from error
    if rows and rows[-1] == [_END]:
        rows.pop()
    elif rows and rows[-1][-1].endswith(_END):
        raise _unsplit(path, reader.line_num - rows[-1][-1].count("\n"))
    while rows and not any(rows[-1]):
        rows.pop()
    return _interned(rows, width)


def _interned(rows: list[list[str]], width: int) -> Grid:
    """The grid; equal texts are held once. `rows` are made equally long."""
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    codes: defaultdict[str, int] = defaultdict(itertools.count(1).__next__, {"": 0})
    flat = itertools.chain.from_iterable(rows)
    texts = np.fromiter(map(codes.__getitem__, flat), np.int32, len(rows) * width).reshape(len(rows), width)
    strings = list(codes)[1:]
    for at, text in enumerate(strings):
        if text[0] == "'" and _ESCAPED.match(text):
            strings[at] = text[1:]  # the apostrophe that keeps a spreadsheet from taking a text for a formula
    return Grid(np.broadcast_to(np.nan, texts.shape), texts, tuple(strings))


def _unsplit(path: Path, line: int) -> UserError:
    return refuse(
        "Line {line} of “{name}” cannot be split into cells. Look for a quotation mark that is never closed.",
        line=line,
        name=path.name,
    )


def _separator(sample: str, complete: bool) -> str:
    """The separator under which most rows have the same number of fields, quotes honoured; else a comma.

    Tabs hardly ever stand inside a field, but commas do stand inside of numbers.
    """
    if not complete:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    best, found = (0.0, 0), ","
    for separator in SEPARATORS:
        try:
            rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if any(row)]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = count / len(rows), width
        if separator == "\t" and count >= len(rows) / 2:
            return separator
        if score > best:
            best, found = score, separator
    return found
