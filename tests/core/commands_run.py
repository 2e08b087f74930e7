"""Running the headless commands in a test, and reading what they write."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from core.commands import BAD, FINE, run

Rows = list[dict[str, str]]


def rows_of(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def computed(source: Path, tmp_path: Path, *options: str) -> Rows:
    out = tmp_path / "out.csv"
    assert run(["compute", str(source), "--out", str(out), *options]) == FINE
    return rows_of(out.read_bytes())


def one(rows: Rows, **wanted: str) -> dict[str, str]:
    (found,) = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    return found


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(arguments) == BAD
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    assert "Traceback" not in said.err
    return said.err.rstrip("\n")


def written(folder: Path, content: str, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def converted(source: Path, *options: str) -> Rows:
    out = source.with_suffix(".out.csv")
    assert run(["convert", str(source), "--out", str(out), *options]) == FINE
    return rows_of(out.read_bytes())


def checked(capsys: pytest.CaptureFixture[str], source: Path, *options: str) -> tuple[int, list[str]]:
    capsys.readouterr()
    code = run(["check", str(source), *options])
    return code, capsys.readouterr().out.splitlines()
