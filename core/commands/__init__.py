"""The headless side: the commands that need no display, for batch users and scripts."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from core.about import FILE_SUFFIX, NAME, VERSION
from core.analysis import analyse
from core.checks import check_project
from core.commands.answers import add_options
from core.commands.explain import add_explain, explanations, for_reading
from core.commands.inputs import read_input, summary
from core.commands.settings import add_settings, under_settings
from core.errors import UserError, refuse
from core.files.atomic import atomic_write
from core.files.project_file import write_project
from core.files.tidy import Field, csv_chunks, data_rows, result_rows, write_csv, write_xlsx
from core.findings import Level, import_findings, project_findings
from core.indices import indices
from core.project import Project
from core.results import Results
from core.review import lines, standing
from core.text import LANGUAGES, Text, text

FINE, FOUND, BAD = 0, 1, 2
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
    """Indices of a project or a spreadsheet, one value a row, or some numbers explained."""
    out = _output(options, (".txt",) if options.explain else (".csv",))
    wanted = _wanted(options.index)
    project = _project(for_reading(options) if options.explain else options)
    results = analyse(under_settings(project, options.set))
    if not any(True for index in wanted for _line in results.lines(index)):
        raise refuse(
            "Nothing can be computed from “{name}”. {reason}", name=options.input.name, reason=_why(results, wanted)
        )
    if options.explain:
        _put_text(explanations(results, wanted, options), out)
    else:
        _put(result_rows(results, wanted, options.lang), out)
    return FINE


def convert(options: argparse.Namespace) -> int:
    """The data of a project or a spreadsheet, one value a row, or as a project."""
    out = _output(options, (".csv", ".xlsx", FILE_SUFFIX))
    project = _project(options)
    if out is not None and out.suffix.casefold() == FILE_SUFFIX:
        write_project(project, out)
    elif out is not None and out.suffix.casefold() == ".xlsx":
        write_xlsx(data_rows(project, options.lang), out)
    else:
        _put(data_rows(project, options.lang), out)
    return FINE


def check(options: argparse.Namespace) -> int:
    """Findings of an import, of the data and of the board, one a line; exit 1 if any is more than a note.

    Findings that were dismissed in the project are listed with their reason and do not count.
    """
    out = _output(options, (".txt",))
    found = read_input(options, only_looks=True)
    findings = [*import_findings(options.input.name, found.imported, found.left)]
    if found.imported:
        said = {(each.kind, str(each.text)) for each in findings}
        findings += [each for each in check_project(found.project) if (each.kind, str(each.text)) not in said]
    else:
        findings += project_findings(found.project, analyse(found.project))
    _put_text("".join(f"{each}\n" for each in lines(found.project, findings, options.lang)), out)
    doubtful = [each for each in standing(found.project, findings) if each.level != Level.NOTE]
    return FOUND if doubtful else FINE


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = MappingProxyType(
    {"compute": compute, "convert": convert, "check": check}
)
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
        below.add_argument("input", type=Path, metavar="INPUT", help=f"a {FILE_SUFFIX} project or a spreadsheet")
        below.add_argument("--out", type=Path, metavar="FILE", help="where to write; stdout without it")
        below.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the labels")
        add_options(below)
        below.set_defaults(run=function)
        if function is compute:
            below.add_argument("--index", default="", metavar="ID,ID", help=f"some of: {', '.join(indices())}")
            add_settings(below)
            add_explain(below)
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


def _project(options: argparse.Namespace) -> Project:
    """The project to work on; what an import guessed and left out is said on stderr."""
    found = read_input(options)
    for left in found.left:
        reason = str(left.reason)
        _say(reason if left.sheet.name in reason else f"Sheet “{left.sheet.name}”: {reason}")
    for each in found.imported:
        _say(summary(each, needs_years=options.run is compute and not options.annual))
    return found.project


def _why(results: Results, wanted: Sequence[str]) -> Text | str:
    """The reasons why the first of the wanted indices cannot be computed."""
    for table in results.tables.values():
        for index in wanted:
            for lacking in table.lacking(index):
                return text("{index}: {reason}.", index=indices()[index].entry.symbol, reason=lacking.reason)
    return text("It holds no table with years.")


def _put(rows: Iterable[Sequence[Field]], out: Path | None) -> None:
    if out is not None:
        write_csv(rows, out)
        return
    for chunk in csv_chunks(rows):
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def _put_text(text: str, out: Path | None) -> None:
    content = text.encode("utf-8", "replace")
    if out is not None:
        atomic_write(out, content)
        return
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
