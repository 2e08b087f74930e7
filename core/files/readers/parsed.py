"""Reads what a child process parses: workbooks, web pages, data frames. Every failure is one plain sentence."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from pathlib import Path

from core.errors import UserError, refuse
from core.files.archive import Archive
from core.files.child.process import Failed, TooLong, ask
from core.files.child.serve import MOST_SECONDS
from core.files.gate import MOST_CELLS
from core.files.grid import Sheet, Sheets
from core.files.progress import Tick
from core.files.readers.encodings import encoding_of
from core.text import Text, text

_log = logging.getLogger(__name__)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_HEAD = 65_536
_CHINESE = {"gb2312", "gbk", "gb_2312", "gb_2312-80", "x-gbk"}


def read_parsed(path: Path, kind: str, tick: Tick, encoding: str = "", rows: int = 0) -> Sheets:
    """The sheets of a file of this kind. `rows` of a data frame are read at most, 0 means all."""
    if kind == "html":
        encoding = _encoding_of_page(path, encoding, tick)
    request = {"path": str(path.absolute()), "kind": kind, "cells": MOST_CELLS, "encoding": encoding, "rows": rows}
    try:
        answer = ask({**request, "bytes": rows * _HEAD}, tick)
    except TooLong as error:
        raise refuse(
            "Reading “{name}” took more than {seconds} seconds and was stopped. Cut the file into parts.",
            name=path.name,
            seconds=MOST_SECONDS,
        ) from error
    except Failed as error:
        _log.info("the child failed: %s", error)
        raise refuse(
            "“{name}” cannot be read: it is damaged, or needs more memory than is safe. Open it in the program that "
            "made it, save it as .xlsx or .csv and import that.",
            name=path.name,
        ) from error
    if answer.problem:
        _log.info("refused as %s: %s", answer.problem, answer.detail)
        raise _refusal(answer.problem, path, kind)
    sheets = tuple(_named(sheet, path, number) for number, sheet in enumerate(answer.sheets, 1))
    return Sheets(path.name, sheets, encoding if kind == "html" else "")


def notes_on(archive: Archive) -> tuple[Text, ...]:
    """What an archive holds beside its cells, which is left out."""
    names = [name.casefold() for name in archive.names]
    found = []
    if any(name.endswith("vbaproject.bin") or name.startswith(("xl/macrosheets/", "basic/")) for name in names):
        found.append(text("The macros of the workbook were not run."))
    if any(name.startswith("xl/externallinks/") for name in names):
        found.append(text("Links to other workbooks were not followed; the values saved with them were read."))
    if any(name.startswith(("xl/charts/", "xl/chartsheets/", "xl/media/", "xl/embeddings/")) for name in names):
        found.append(text("Charts, pictures and embedded objects were left out."))
    return tuple(found)


def too_large(path: Path) -> UserError:
    """What is raised at the limits."""
    return refuse(
        "“{name}” is too large to import: at most {cells} cells. Cut it into parts.",
        name=path.name,
        cells=f"{MOST_CELLS:,}",
    )


def damaged(path: Path) -> UserError:
    """What is raised for a workbook that is none."""
    return refuse(
        "“{name}” is no Excel workbook, or it is damaged. Open it in Excel, save it again and import that.",
        name=path.name,
    )


def locked(path: Path) -> UserError:
    """What is raised for a file with a password."""
    return refuse("“{name}” is protected by a password. Save it without a password and import that.", name=path.name)


def _refusal(problem: str, path: Path, kind: str) -> UserError:
    if problem == "large":
        return too_large(path)
    if problem == "locked":
        return locked(path)
    if problem == "no-table":
        return refuse(
            "“{name}” is a web page without a table. Open it in Excel, save it as .xlsx and import that.",
            name=path.name,
        )
    if problem == "no-parquet":
        return refuse(
            "“{name}” is a parquet file, which needs the package pyarrow. Save it as .csv and import that.",
            name=path.name,
        )
    if kind == "stata":
        return refuse(
            "“{name}” is no Stata file, or it is damaged. Save it again in Stata, or as .csv, and import that.",
            name=path.name,
        )
    if kind == "parquet":
        return refuse("“{name}” is a damaged parquet file. Save it as .csv and import that.", name=path.name)
    return damaged(path)


def _named(sheet: Sheet, path: Path, number: int) -> Sheet:
    """A sheet without a name, as in a web page, is called after the file."""
    name = sheet.name.strip() or (path.stem if number == 1 else f"{path.stem} {number}")
    return replace(sheet, name=name, file=path.name)


def _encoding_of_page(path: Path, chosen: str, tick: Tick) -> str:
    """What the page says of itself, if that is true; else as in a text."""
    with path.open("rb") as stream:
        declared = _CHARSET.search(stream.read(_HEAD))
    if not chosen and declared:
        said = declared[1].decode("ascii").lower()
        said = {"iso-8859-1": "cp1252", "windows-1252": "cp1252"}.get(said, "gb18030" if said in _CHINESE else said)
        try:
            return encoding_of(path, said, tick)
        except UserError:
            _log.info("the page is not in %s as it says", said)
    return encoding_of(path, chosen, tick).removesuffix("-sig")
