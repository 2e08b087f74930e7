"""The one way in which files are written: all of the new file, or the old one as it was."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import secrets
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from core.errors import UserError, refuse

Writer = Callable[[BinaryIO], None]

_ATTEMPTS, _PAUSE = 10, 0.1
"""Windows: an indexer, a virus scanner or a cloud client may hold the old file for a moment."""
_PIECE = 4 * 2**20
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
_NAMES = {errno.ENAMETOOLONG, errno.EINVAL}


def atomic_write(path: Path, data: bytes | Writer) -> None:
    """Put `data`, or what a function writes to a stream, in place of `path`; a link is followed.

    Whatever happens before the end, the old file stays whole. Raises UserError where the system refuses.
    """
    try:
        _write(Path(os.path.realpath(path)), data)
    except OSError as error:
        raise _explained(error, path) from error


class Whole(io.RawIOBase):
    """A raw file that writes all bytes or raises: a short write, as on a full disk, is no success."""

    def __init__(self, raw: io.RawIOBase) -> None:
        """`raw` is closed with this stream."""
        super().__init__()
        self._raw = raw
        self.end = 0
        """How long the file must be in the end."""

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._raw.seek(offset, whence)

    def write(self, data: object) -> int:
        view = memoryview(data).cast("B")  # type: ignore[arg-type]
        done = 0
        while done < len(view):
            written = self._raw.write(view[done : done + _PIECE])
            if not written:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            done += written
        self.end = max(self.end, self._raw.tell())
        return done

    def close(self) -> None:
        self._raw.close()
        super().close()


def replace_patiently(source: Path, target: Path, replace: Callable[[Path, Path], None] = os.replace) -> None:
    """`os.replace`, tried again for a second where another program holds the target (Windows only does that)."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return replace(source, target)
        except PermissionError:
            if not os.access(target.parent, os.W_OK):
                raise
            threading.Event().wait(_PAUSE)
    return replace(source, target)


def _write(target: Path, data: bytes | Writer) -> None:
    mode = _mode_of(target)
    with _temporary(target.parent, private=mode is not None) as (temporary, raw):
        whole = Whole(raw)
        with io.BufferedWriter(whole) as stream:
            if isinstance(data, bytes):
                stream.write(data)
            else:
                data(stream)
            stream.flush()
            os.fsync(raw.fileno())
            if os.fstat(raw.fileno()).st_size != whole.end:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if mode is not None:
            temporary.chmod(mode)
        replace_patiently(temporary, target)
    _sync_folder(target.parent)


def _mode_of(target: Path) -> int | None:
    """The permissions of the old file; None where there is none. Refuses what must not be replaced."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(found.st_mode)


@contextlib.contextmanager
def _temporary(folder: Path, *, private: bool) -> Iterator[tuple[Path, io.FileIO]]:
    """A new file in the same folder, gone afterwards unless it was moved. Only ours to read until it has its mode."""
    path = folder / f".balassa-{secrets.token_hex(8)}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    raw = io.FileIO(os.open(path, flags, 0o600 if private else 0o666), "w")
    try:
        yield path, raw
    finally:
        with contextlib.suppress(OSError):
            raw.close()
        with contextlib.suppress(OSError):
            path.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can do that for folders."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _explained(error: OSError, path: Path) -> UserError:
    """One plain sentence: what, where, what to do."""
    name, folder = path.name, str(path.absolute().parent)
    if isinstance(error, IsADirectoryError):
        return refuse("“{name}” is a folder. Choose the name of a file in it.", name=name)
    if error.errno in _FULL:
        return refuse("“{name}” was not saved: the disk is full. Free some space, or save in another place.", name=name)
    if error.errno in _GONE:
        return refuse(
            "“{name}” was not saved: there is no folder “{folder}”. Save in another place.",
            name=name,
            folder=folder,
        )
    if error.errno in _NAMES:
        return refuse("“{name}” was not saved: the system does not take this name. Choose another.", name=name)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return refuse(
            "“{name}” was not saved: it or the folder “{folder}” is protected, or another program holds the "
            "file. Save in another place.",
            name=name,
            folder=folder,
        )
    return refuse(
        "“{name}” was not saved: the system said “{reason}”. Save in another place.",
        name=name,
        reason=error.strerror or type(error).__name__,
    )
