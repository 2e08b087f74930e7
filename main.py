"""Balassa: opens the window, or does one headless command and ends."""

from __future__ import annotations

import sys

if __name__ == "__main__" and sys.argv[1:] == ["read-sheets"]:  # the child of the import, before anything heavy loads
    from core.files.child.serve import serve

    serve()
    sys.exit(0)

import multiprocessing
import os
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Run with the arguments behind the program's name; returns the exit code."""
    # On a busy machine the threads of OpenBLAS wait for each other many times longer than our matrices take.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if arguments[:1] == ["self-test"]:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from gui.self_test import run as self_test

        return self_test(arguments[1:])
    if arguments:
        from core.commands import COMMANDS
        from core.commands import run as command

        if arguments[0] in COMMANDS or arguments[0].startswith("-"):
            return command(arguments)
    from gui.application import start

    return start(Path(arguments[0]) if arguments else None)


def _give_output_a_place() -> None:
    """A windowed executable has no stdout and no stderr; writing there must not end the program."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for the whole run


if __name__ == "__main__":
    multiprocessing.freeze_support()
    _give_output_a_place()
    sys.exit(main(sys.argv[1:]))
