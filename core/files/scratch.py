"""The folder for what is unpacked while the application runs; what a crash left behind goes at the next start."""

from __future__ import annotations

import atexit
import contextlib
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import IO

from core.errors import UserError, refuse

_PREFIX = "balassa-"
_LOCK = "in-use"


def scratch() -> Path:
    """The folder of this run; raises UserError where there is no room for one."""
    try:
        if not _folder().is_dir():  # a system that tidies up has taken it
            _folder.cache_clear()
        return _folder()
    except OSError as error:
        raise no_room() from error


def no_room() -> UserError:
    """What is raised where the folder of temporary files is full or protected."""
    try:
        folder = tempfile.gettempdir()
    except OSError:
        folder = "TMPDIR"
    return refuse(
        "There is no room for temporary files in “{folder}”. Free some space there and try again.", folder=folder
    )


@cache
def _folder() -> Path:
    _forget_the_dead(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    lock = (folder / _LOCK).open("wb")
    _locked(lock)
    atexit.register(_leave, lock, folder)
    return folder


def _forget_the_dead(place: Path) -> None:
    """Remove the folders of runs that ended without removing them: nobody holds their locks."""
    for folder in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            with (folder / _LOCK).open("r+b") as lock:
                dead = _locked(lock)
            if dead:
                shutil.rmtree(folder, ignore_errors=True)


def _leave(lock: IO[bytes], folder: Path) -> None:
    lock.close()
    shutil.rmtree(folder, ignore_errors=True)


if sys.platform == "win32":

    def _locked(file: IO[bytes]) -> bool:
        """Lock an open file; False where another process has it. The system frees it when the process ends."""
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _locked(file: IO[bytes]) -> bool:
        """Lock an open file; False where another process has it. The system frees it when the process ends."""
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
