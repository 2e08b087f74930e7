"""The headless side: the commands that need no display, for batch users and scripts."""

from __future__ import annotations

import argparse
import os
import sys
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from core.about import FILE_SUFFIX, NAME, VERSION
from core.analysis import analyse
from core.errors import UserError, refuse
from core.files.importing import Imported, detect, import_part, known_labels, tables_of
from core.files.project_file import is_project, read_project, write_project
from core.files.readers import read
from core.files.tidy import Field, csv_chunks, data_rows, result_rows, write_csv, write_xlsx
from core.indices import indices
from core.project import Project
from core.results import Results
from core.text import LANGUAGES, Bilingual, Text, text

FINE, BAD = 0, 2
"""Exit codes: all is well, something was found, bad input or usage."""


def run(arguments: Sequence[str]) -> int:
    """Do one command; returns the exit code. Whatever is wrong is one sentence on stderr."""
    try:
        options = _parser().parse_args(list(arguments))
        run_command: Callable[[argparse.Namespace], int] = options.run
        return run_command(options)
    except UserError as error:
        _say(str(error))
        return BAD
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except SystemExit as asked:  # --help and --version
        return int(asked.code or 0)


def compute(options: argparse.Namespace) -> int:
    """Indices of a project or a spreadsheet, one value a row."""
    out = _output(options, (".csv",))
    wanted = _wanted(options.index)
    project = _project(options.input)
    results = analyse(project)
    if not any(True for index in wanted for _line in results.lines(index)):
        raise refuse(
            "Nothing can be computed from “{name}”. {reason}", name=options.input.name, reason=_why(results, wanted)
        )
    _put(result_rows(results, wanted, options.lang), out)
    return FINE


def convert(options: argparse.Namespace) -> int:
    """The data of a project or a spreadsheet, one value a row, or as a project."""
    out = _output(options, (".csv", ".xlsx", FILE_SUFFIX))
    project = _project(options.input)
    if out is not None and out.suffix.casefold() == FILE_SUFFIX:
        write_project(project, out)
    elif out is not None and out.suffix.casefold() == ".xlsx":
        write_xlsx(data_rows(project, options.lang), out)
    else:
        _put(data_rows(project, options.lang), out)
    return FINE


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = MappingProxyType({"compute": compute, "convert": convert})
"""The commands by the word that calls them; the docstring of each is its help."""


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong as everything here does."""

    def error(self, message: str) -> NoReturn:
        raise refuse(
            "{problem}. “{program} --help” shows what is possible.", problem=_sentence(message), program=self.prog
        )


def _parser() -> _Parser:
    parser = _Parser(prog=NAME.lower(), description=f"{NAME} {VERSION}. Without a command the window opens.")
    parser.add_argument("--version", action="version", version=f"{NAME} {VERSION}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, function in COMMANDS.items():
        below = commands.add_parser(name, help=function.__doc__, description=function.__doc__)
        below.add_argument("input", type=Path, metavar="INPUT", help=f"a {FILE_SUFFIX} project, or .xlsx, .csv, .txt")
        below.add_argument("--out", type=Path, metavar="FILE", help="where to write; stdout without it")
        below.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the labels")
        below.set_defaults(run=function)
        if function is compute:
            below.add_argument("--index", default="", metavar="ID,ID", help=f"some of: {', '.join(indices())}")
    return parser


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:].rstrip(".")


def _wanted(chosen: str) -> list[str]:
    """The indices asked for, in the order of the catalogue's ids as they were named; all without a choice."""
    known = list(indices())
    wanted = list(dict.fromkeys(each.strip() for each in chosen.split(",") if each.strip()))
    for each in wanted:
        if each not in known:
            raise refuse("There is no index “{index}”. Known are: {known}.", index=each, known=tuple(known))
    return wanted or known


def _output(options: argparse.Namespace, suffixes: tuple[str, ...]) -> Path | None:
    """Where to write, refused before any work is done."""
    out: Path | None = options.out
    if out is None:
        return None
    if out.suffix.casefold() not in suffixes:
        raise refuse("“{name}” must end in one of: {suffixes}.", name=out.name, suffixes=suffixes)
    if out.exists() and options.input.exists() and out.samefile(options.input):
        raise refuse("“{name}” is the input and will not be overwritten. Choose another file.", name=out.name)
    return out


def _project(path: Path) -> Project:
    """A project file as it is, or a spreadsheet as the best guess reads it; what was guessed is said on stderr."""
    if path.suffix.casefold() == FILE_SUFFIX or is_project(path):
        return read_project(path)
    known = known_labels(None)
    detected = detect([read(path)], known)
    imported = [import_part(part, known) for part in detected.parts]
    tables = tables_of(detected, imported, path.name)
    for left in detected.left:
        _say(str(left.reason))
    for each in imported:
        _say(_summary(each))
    return Project(uuid.uuid4().hex, Bilingual(path.stem), tables=tables)


def _summary(imported: Imported) -> str:
    """What an import made of a sheet, for the terminal, which speaks English."""
    report = imported.report
    if report is None:
        return str(imported.problem)
    span = "–".join(dict.fromkeys((report.periods[0], report.periods[-1])))
    texts = f"; texts instead of numbers: {len(report.texts)}" if report.texts else ""
    said = f"Sheet “{imported.part.name}”: {report.series} series, {span}{texts}."
    return "\n".join([said, *map(str, report.notes)])


def _why(results: Results, wanted: Sequence[str]) -> Text | str:
    """The reasons why the first of the wanted indices cannot be computed."""
    for table in results.tables.values():
        for lacking in table.lacking:
            if lacking.index in wanted:
                symbol = indices()[lacking.index].entry.symbol
                return text("{index}: {reason}.", index=symbol, reason=lacking.reason)
    return text("It holds no table with years.")


def _put(rows: Iterable[Sequence[Field]], out: Path | None) -> None:
    if out is not None:
        write_csv(rows, out)
        return
    for chunk in csv_chunks(rows):
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
