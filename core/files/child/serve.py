"""The child's loop: one request as a line of JSON, one answer as a file, until there are no more lines."""

from __future__ import annotations

import gc
import json
import os
import sys
from array import array
from pathlib import Path
from typing import Any

from core.files.child.packing import Refused, packed, refusal

NO_ROOM = 74
"""With which the child ends where it cannot write its answer."""
MOST_MEMORY = 2 * 2**30
MOST_SECONDS = 60
WORKBOOKS = {"xlsx", "xlsb", "ods", "xls"}


def serve() -> None:
    """Answer until standard input ends."""
    gc.disable()  # rows of cells hold no cycles, and looking for some takes a third of the time
    _limit_itself()
    try:
        requests = os.fdopen(os.dup(0), "rb")
    except OSError:  # started by hand from a window, without anything to read from
        return
    with Path(os.devnull).open("r+b") as nothing:  # what libraries print belongs to nobody
        for descriptor in (0, 1):
            os.dup2(nothing.fileno(), descriptor)
    with requests:
        for line in requests:
            try:
                request = json.loads(line)
                path, answer = Path(request["path"]), Path(request["answer"])
            except (ValueError, LookupError, TypeError):  # typed by hand
                return
            _answer(path, answer, request)


def _answer(path: Path, answer: Path, request: dict[str, Any]) -> None:
    pieces: list[bytes | array[float] | array[int]]
    try:
        pieces = packed(_sheets(path, request))
    except MemoryError:
        pieces = [*refusal("large")]
    except Refused as error:
        pieces = [*refusal(*map(str, error.args))]
    except Exception as error:  # noqa: BLE001 - parsers fail in a hundred ways, and all mean the same
        pieces = [*refusal("damaged", f"{type(error).__name__}: {error}")]
    part = answer.with_suffix(".part")
    try:
        with part.open("wb") as stream:
            for piece in pieces:
                stream.write(piece)
        part.replace(answer)
    except OSError:
        sys.exit(NO_ROOM)


def _sheets(path: Path, request: dict[str, Any]) -> list[Any]:
    """The sheets, by the parser of the kind; parsers load when they are needed."""
    kind = request["kind"]
    if kind in WORKBOOKS:
        from core.files.child.workbooks import read_workbook

        return read_workbook(path, kind, request["cells"])
    if kind == "spreadsheetml":
        from core.files.child.spreadsheetml import read_spreadsheetml

        return read_spreadsheetml(path, request["cells"])
    if kind == "html":
        from core.files.child.web import read_html

        return read_html(path, request["encoding"], request["cells"], request["bytes"])
    from core.files.child.frames import read_parquet, read_stata

    reader = {"stata": read_stata, "parquet": read_parquet}[kind]
    return [reader(path, request["cells"], request["rows"])]


def _limit_itself() -> None:
    """On Linux the child cannot get more memory or time than this; elsewhere the application sees to it."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
