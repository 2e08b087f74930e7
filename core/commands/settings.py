"""Settings of the analysis on the command line: `--set world=excluding`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from core.edits import apply
from core.errors import refuse
from core.options import Option, options
from core.project import Project


def add_settings(parser: argparse.ArgumentParser) -> None:
    """The option; it may stand more than once."""
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=f"a setting of the analysis in place of the project's; names: {', '.join(options())}",
    )


def under_settings(project: Project, given: Sequence[str]) -> Project:
    """The project under the settings that were given. Raises UserError for one that is not known or cannot be so."""
    for each in given:
        name, sign, written = (part.strip() for part in each.partition("="))
        if not sign or name not in options():
            raise refuse(
                "“{given}” is no setting. Write --set NAME=VALUE with one of: {names}.",
                given=each,
                names=tuple(options()),
            )
        project = apply(project, "set_option", name=name, value=_read(options()[name], written))
    return project


def _read(option: Option, written: str) -> Any:
    """Lists are separated by commas, an index and its direction by a colon; the option itself says what is wrong."""
    if option.kind == "choice":
        for each in option.choices:
            if _same(each.value, written):
                return each.value
        values = tuple(str(each.value) for each in option.choices)
        raise refuse(
            "“{value}” is no value of “{name}”. Write one of: {values}.", value=written, name=option.id, values=values
        )
    if option.kind == "number":
        return _number(written)
    parts = tuple(part.strip() for part in written.split(",") if part.strip())
    if option.kind == "sectors":
        return parts
    return tuple(
        (index.strip(), (direction or "higher").strip()) for index, _, direction in (p.partition(":") for p in parts)
    )


def _same(value: str | float, written: str) -> bool:
    return value == (written if isinstance(value, str) else _number(written))


def _number(written: str) -> float | str:
    try:
        return float(written)
    except ValueError:
        return written
