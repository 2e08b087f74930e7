"""What is unpacked goes when the application ends, and what a crash left behind at the next start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import UserError
from core.files import scratch as module
from core.files.readers import read
from core.files.scratch import scratch
from core.places import ROOT
from tests.core.files import spreadsheets as made


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of temporary files that nobody else uses."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    module._folder.cache_clear()
    yield place
    module._folder.cache_clear()


def other(place: Path, ends: str) -> subprocess.Popen[str]:
    """Another run of the application, which has made its folder and says so."""
    code = f"import os, sys\nfrom core.files.scratch import scratch\nprint(scratch(), flush=True)\n{ends}"
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(place), "TEMP": str(place), "TMP": str(place)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_run_that_ends_leaves_nothing(place: Path) -> None:
    done = other(place, "(scratch() / 'a.csv').write_text('x')")
    done.communicate(timeout=50)
    assert list(place.iterdir()) == []


def test_what_a_crash_left_behind_goes_at_the_next_start_and_a_running_one_keeps_its_own(place: Path) -> None:
    crashed = other(place, "(scratch() / 'a.csv').write_text('x'); os._exit(1)")
    assert crashed.stdout is not None
    left = Path(crashed.communicate(timeout=50)[0].strip())
    running = other(place, "sys.stdin.read()")
    assert running.stdout is not None
    kept = Path(running.stdout.readline().strip())
    (place / "balassa-of-another-program").mkdir()
    mine = scratch()
    assert not left.exists()
    assert sorted(place.iterdir()) == sorted([kept, mine, place / "balassa-of-another-program"])
    running.communicate(timeout=50)
    assert not kept.exists()


def test_a_folder_that_the_system_has_tidied_away_is_made_again() -> None:
    first = scratch()
    shutil.rmtree(first)
    assert scratch() != first
    assert scratch().is_dir()


def test_a_folder_of_temporary_files_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    book = made.xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    bundle = made.packed(tmp_path / "a.zip", {"a.csv": "a,b\n"})
    for path in (book, bundle):
        with pytest.raises(UserError) as caught:
            read(path)
        assert str(caught.value).startswith("There is no room for temporary files in “")


def test_a_full_disk_while_an_archive_is_unpacked_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = made.packed(tmp_path / "a.zip", {"a.csv": "a,b\n"})

    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    scratch()
    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(UserError, match="no room for temporary files"):
        read(bundle)
