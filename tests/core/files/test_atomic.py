"""Files are replaced whole or not at all, whatever stops the writing."""

from __future__ import annotations

import errno
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from core.errors import UserError
from core.files.atomic import Whole, atomic_write, replace_patiently

ROOT = Path(__file__).resolve().parents[3]
WRITER = """
import sys
from pathlib import Path
from core.files.project_file import write_project
from core.sample import sample
from core.edits import apply
project, path, value = sample(), Path(sys.argv[1]), 0.0
while True:
    value += 1
    project = apply(project, "set_cells", table="table3", series=(("CHN", "", "services", "exports"),),
                    periods=(2018,), values=((value,),))
    write_project(project, path)
    sys.stdout.write(f"{value}\\n")
    sys.stdout.flush()
"""


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".tmp")]


def test_the_new_bytes_take_the_place_of_the_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "测试 文件 €.balassa"
    atomic_write(path, b"one")
    atomic_write(path, b"two")
    assert path.read_bytes() == b"two"
    assert leftovers(tmp_path) == []


def test_a_writer_gets_a_stream_in_which_it_can_seek(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"

    def write(stream: BinaryIO) -> None:
        with zipfile.ZipFile(stream, "w") as file:
            file.writestr("part", b"x" * 5_000_000)

    atomic_write(path, write)
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        assert len(file.read("part")) == 5_000_000


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL does not exist on Windows")
def test_a_killed_writer_leaves_a_whole_project(tmp_path: Path) -> None:
    from core.files.project_file import read_project

    path, rng, values = tmp_path / "a.balassa", random.Random(22), []
    for _ in range(20):
        child = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE)
        assert child.stdout is not None
        for _line in range(rng.randint(1, 4)):
            acknowledged = float(child.stdout.readline())
        os.set_blocking(child.stdout.fileno(), False)
        for _turn in range(rng.randint(0, 20_000)):  # somewhere in the middle of the next writes
            pass
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        table = read_project(path).table("table3")
        assert table is not None
        found = table.value(table.find(("CHN", "", "services", "exports")), table.period(2018))
        assert found >= acknowledged
        values.append(found)
    assert len(set(values)) > 1


@pytest.mark.parametrize(
    ("code", "words"), [(errno.ENOSPC, "disk is full"), (errno.EDQUOT, "disk is full"), (errno.EIO, "Save in another")]
)
def test_a_write_that_fails_in_the_middle_keeps_the_old_file(tmp_path: Path, code: int, words: str) -> None:
    path = tmp_path / "a.balassa"
    path.write_bytes(b"old")

    def write(stream: BinaryIO) -> None:
        stream.write(b"new" * 1000)
        raise OSError(code, os.strerror(code))

    with pytest.raises(UserError, match=words) as caught:
        atomic_write(path, write)
    assert "“a.balassa”" in str(caught.value)
    assert path.read_bytes() == b"old"
    assert leftovers(tmp_path) == []


def test_an_error_of_the_writer_itself_passes_and_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.balassa"
    path.write_bytes(b"old")

    def write(stream: BinaryIO) -> None:
        stream.write(b"new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        atomic_write(path, write)
    assert path.read_bytes() == b"old"
    assert leftovers(tmp_path) == []


class Short(io.RawIOBase):
    """A raw file that takes at most some bytes at a time, and then none: a disk that fills up."""

    def __init__(self, at_once: int, room: int) -> None:
        super().__init__()
        self.at_once, self.room, self.held = at_once, room, bytearray()

    def write(self, data: object) -> int:
        taken = bytes(memoryview(data)[: min(self.at_once, self.room)])  # type: ignore[arg-type]
        self.room -= len(taken)
        self.held += taken
        return len(taken)

    def tell(self) -> int:
        return len(self.held)


def test_short_writes_are_continued_until_every_byte_is_there() -> None:
    raw = Short(at_once=7, room=1000)
    whole = Whole(raw)
    assert whole.write(b"0123456789" * 10) == 100
    assert (bytes(raw.held), whole.end) == (b"0123456789" * 10, 100)


def test_a_disk_that_takes_no_more_is_an_error_and_no_short_success() -> None:
    with pytest.raises(OSError, match="No space") as caught:
        Whole(Short(at_once=7, room=50)).write(b"x" * 51)
    assert caught.value.errno == errno.ENOSPC


def test_the_bytes_of_the_file_are_counted_before_it_replaces_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.balassa"
    path.write_bytes(b"old")
    real = os.fsync

    def losing(descriptor: int) -> None:
        real(descriptor)
        if os.fstat(descriptor).st_size:
            os.truncate(descriptor, 2)

    monkeypatch.setattr(os, "fsync", losing)
    with pytest.raises(UserError, match="disk is full"):
        atomic_write(path, b"new bytes")
    assert path.read_bytes() == b"old"


def test_a_full_disk_is_named_and_the_old_file_stays(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("only Linux has a disk that is always full")
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(OSError, match="No space"):
        Whole(full).write(b"x")


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real" / "a.balassa", tmp_path / "link.balassa"
    real.parent.mkdir()
    real.write_bytes(b"old")
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("this system lets only administrators make links")
    atomic_write(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_the_permissions_of_the_old_file_are_kept(tmp_path: Path) -> None:
    path, fresh = tmp_path / "a.balassa", tmp_path / "b.balassa"
    path.write_bytes(b"old")
    path.chmod(0o640)
    atomic_write(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o640
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    atomic_write(fresh, b"new")
    assert fresh.stat().st_mode == plain.stat().st_mode


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"is a folder\. Choose the name of a file in it\."):
        atomic_write(tmp_path, b"x")


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no folder") as caught:
        atomic_write(tmp_path / "gone" / "a.balassa", b"x")
    assert str(tmp_path / "gone") in str(caught.value)


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="there is no folder"):
        atomic_write(tmp_path / "file" / "a.balassa", b"x")


def test_a_name_that_the_system_does_not_take_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not take this name"):
        atomic_write(tmp_path / ("x" * 300), b"x")


PROTECTED = """
import os, sys
from pathlib import Path
from core.errors import UserError
from core.files.atomic import atomic_write
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    atomic_write(Path(sys.argv[1]), b"new")
except UserError as error:
    sys.stdout.write(str(error))
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user can reach, which pytest's own folders are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.parametrize("protected", ["folder", "file"])
def test_an_unwritable_place_gets_one_sentence(open_folder: Path, protected: str) -> None:
    path = open_folder / "a.balassa"
    path.write_bytes(b"old")
    path.chmod(0o444 if protected == "file" else 0o666)
    open_folder.chmod(0o777 if protected == "file" else 0o555)
    done = subprocess.run(
        [sys.executable, "-c", PROTECTED, str(path)], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    open_folder.chmod(0o755)
    assert done.stdout.startswith("“a.balassa” was not saved: it or the folder")
    assert done.stdout.endswith("Save in another place.")
    assert path.read_bytes() == b"old"
    assert leftovers(open_folder) == []


def test_a_target_that_another_program_holds_for_a_moment_is_tried_again(tmp_path: Path) -> None:
    source, target, calls = tmp_path / "a", tmp_path / "b", []
    source.write_bytes(b"new")

    def held(a: Path, b: Path) -> None:
        calls.append(a)
        if len(calls) < 3:
            raise PermissionError(errno.EACCES, "held by an indexer")
        a.replace(b)

    replace_patiently(source, target, held)
    assert target.read_bytes() == b"new"
    assert len(calls) == 3
