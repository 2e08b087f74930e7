"""A project comes back from its file equal, or the file is refused in one plain sentence."""

from __future__ import annotations

import hashlib
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from core.board import Factor
from core.edits import apply
from core.errors import UserError
from core.files import archive
from core.files.project_file import is_project, read_project, write_project
from core.project import Project, equal
from core.text import Bilingual
from tests.project_edits import projects


@pytest.fixture
def saved(tmp_path: Path, sample_project: Project) -> Path:
    path = tmp_path / "a.balassa"
    write_project(sample_project, path)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def rewritten(path: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None]) -> Path:
    """The file with changed parts and a manifest that lists them truly."""
    parts = parts_of(path)
    manifest = json.loads(parts.pop("manifest.json"))
    change(parts, manifest)
    known = {"sha256", "size"}
    manifest["parts"] = {
        name: manifest["parts"].get(name, {}).get("lie")
        or {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in parts.items()
        if name != "mimetype"
    }
    assert all(entry.keys() == known for entry in manifest["parts"].values())
    with zipfile.ZipFile(path, "w") as file:
        for name, data in {"mimetype": parts.pop("mimetype"), "manifest.json": json.dumps(manifest), **parts}.items():
            file.writestr(name, data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_project(path)
    sentence = str(caught.value)
    assert "Traceback" not in sentence
    assert "\n" not in sentence
    return sentence


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(projects)
def test_any_project_comes_back_equal_and_gives_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, project: Project
) -> None:
    folder = tmp_path_factory.mktemp("files")
    write_project(project, folder / "a.balassa")
    back = read_project(folder / "a.balassa")
    assert equal(back, project)
    write_project(back, folder / "b.balassa")
    assert (folder / "a.balassa").read_bytes() == (folder / "b.balassa").read_bytes()


def test_the_sample_comes_back_equal_from_a_readable_zip(saved: Path, sample_project: Project) -> None:
    assert equal(read_project(saved), sample_project)
    with zipfile.ZipFile(saved) as file:
        first = file.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}
        assert file.testzip() is None
    parts = parts_of(saved)
    manifest = json.loads(parts["manifest.json"])
    assert manifest["version"] == [1, 0]
    assert manifest["uuid"] == "sample"
    for name, listed in manifest["parts"].items():
        assert hashlib.sha256(parts[name]).hexdigest() == listed["sha256"]
    assert "中国" in parts["tables/table3.json"].decode()
    assert is_project(saved)


def test_half_of_a_surrogate_pair_in_a_text_does_not_stop_a_save(tmp_path: Path, sample_project: Project) -> None:
    factor = Factor("new", "S", Bilingual("pasted \ud83d", "字"))
    project = apply(sample_project, "add_factor", factor=factor)
    write_project(project, tmp_path / "a.balassa")
    assert equal(read_project(tmp_path / "a.balassa"), project)


def test_an_id_of_any_characters_becomes_a_plain_part_name(tmp_path: Path, sample_project: Project) -> None:
    strange = ["../../evil", "A", "a", "表", "C:\\x", "x" * 300]
    tables = tuple(replace(sample_project.tables[0], id=each) for each in strange)
    project = replace(sample_project, tables=tables)
    write_project(project, tmp_path / "a.balassa")
    assert equal(read_project(tmp_path / "a.balassa"), project)


def test_parts_and_keys_of_a_newer_minor_version_are_kept_verbatim(saved: Path, tmp_path: Path) -> None:
    def newer(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
        parts["charts.json"] = b'{"kept": [1, 2.50, "x"]}  '
        parts["pictures/a.png"] = bytes(range(256))
        parts["settings.json"] = json.dumps(json.loads(parts["settings.json"]) | {"report": {"paper": "A4"}}).encode()
        parts["board.json"] = json.dumps(json.loads(parts["board.json"]) | {"scores": [1]}).encode()
        manifest["version"] = [1, 7]

    project = read_project(rewritten(saved, newer))
    edited = apply(project, "set_title", title=Bilingual("Changed"))
    write_project(edited, tmp_path / "b.balassa")
    parts = parts_of(tmp_path / "b.balassa")
    assert parts["charts.json"] == b'{"kept": [1, 2.50, "x"]}  '
    assert parts["pictures/a.png"] == bytes(range(256))
    assert json.loads(parts["settings.json"])["report"] == {"paper": "A4"}
    assert json.loads(parts["board.json"])["scores"] == [1]
    assert equal(read_project(tmp_path / "b.balassa"), edited)


@pytest.mark.parametrize("key", ["version", "min_reader"])
def test_a_project_of_a_newer_version_names_the_version_that_is_needed(saved: Path, key: str) -> None:
    def newer(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
        manifest[key] = [2, 0]
        manifest["application"] = {"name": "Balassa", "version": "3.1.4"}

    sentence = refusal(rewritten(saved, newer))
    assert "written by Balassa 3.1.4" in sentence
    assert sentence.endswith("Install version 3.1.4 or newer.")


@pytest.mark.parametrize(
    "content", [b"", b"PK\x05\x06" + bytes(18), b"just a text\n", b"PK\x03\x04 broken", bytes(5000)]
)
def test_a_file_that_is_no_project_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.balassa"
    path.write_bytes(content)
    assert refusal(path) == "“notes.balassa” is no Balassa project. To take figures from a spreadsheet, import it."
    assert not is_project(path)


def test_a_zip_of_another_kind_is_no_project(tmp_path: Path) -> None:
    path = tmp_path / "a.balassa"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<x/>")
    assert "is no Balassa project" in refusal(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.balassa").startswith("There is no file “gone.balassa” in “")
    assert "cannot be read" in refusal(tmp_path) or "is a folder" in refusal(tmp_path)


def test_a_part_that_was_changed_is_named(saved: Path) -> None:
    def lie(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
        before = manifest["parts"]["tables/table3.json"]
        parts["tables/table3.json"] = parts["tables/table3.json"].replace(b"1435.7", b"1435.8")
        manifest["parts"]["tables/table3.json"] = {"lie": before}

    sentence = refusal(rewritten(saved, lie))
    assert "its part “tables/table3.json” is not what was saved" in sentence


def _changed(name: str, **values: Any) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    def change(parts: dict[str, bytes], manifest: dict[str, Any]) -> None:
        parts[name] = json.dumps(json.loads(parts[name]) | values).encode()

    return change


def _raw(name: str, data: bytes) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    return lambda parts, manifest: parts.update({name: data})


FACTOR = {"id": "f", "quadrant": "S", "text": "x"}
CLAIM = {"index": "tc", "table": "table3", "operator": "?"}


@pytest.mark.parametrize(
    "change",
    [
        _raw("board.json", b"{"),
        _raw("board.json", b"[" * 100_000),
        _raw("board.json", b"\xff\xfe"),
        _raw("settings.json", b"[]"),
        _raw("settings.json", b"{}"),
        _raw("settings.json", b'{"title": NaN}'),
        lambda parts, manifest: parts.pop("board.json"),
        lambda parts, manifest: parts.pop("tables/table1.json"),
        lambda parts, manifest: manifest.pop("version"),
        lambda parts, manifest: manifest.update(version="1"),
        lambda parts, manifest: manifest.update(version=[]),
        lambda parts, manifest: manifest.pop("uuid"),
        _changed("settings.json", tables=["tables/table1.json", "tables/table1.json"]),
        _changed("settings.json", tables=["manifest.json"]),
        _changed("settings.json", study={"window": [1]}),
        _changed("tables/table3.json", layout="sideways"),
        _changed("tables/table3.json", periods={"kind": "moon", "values": list(range(2009, 2019))}),
        _changed("tables/table3.json", periods={"kind": "year", "values": [2009] * 10}),
        _changed("tables/table3.json", values=[[1.0, 2.0]]),
        _changed("tables/table3.json", values=[["a", "b"]] * 10),
        _changed("tables/table3.json", marks=[[99, 0, "text", ""]]),
        _changed("tables/table3.json", units=[]),
        _changed("tables/table3.json", units=[{"base": "USD", "scale": 10**400}]),
        _raw("tables/table3.json", b'{"units": [{"base": "USD", "scale": 1e999}]}'),
        _changed("board.json", factors=[FACTOR, FACTOR]),
        _changed("board.json", factors=[FACTOR | {"quadrant": "X"}]),
        _changed("board.json", factors=[FACTOR | {"evidence": [{"id": "e", "kind": "claim", "claim": CLAIM}]}]),
        _changed("board.json", strategies=[{"id": "s", "type": "SO", "title": "x", "cites": ["gone"]}]),
        _changed("board.json", recommendations=[{"id": "r", "title": "x", "strategies": ["gone"]}]),
    ],
)  # fmt: skip
def test_a_malformed_part_is_refused(saved: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None]) -> None:
    sentence = refusal(rewritten(saved, change))
    assert sentence.startswith("“a.balassa” is damaged")
    assert sentence.endswith("Open an older copy of it.")


@pytest.mark.parametrize("name", ["../evil.json", "/etc/passwd", "a\\b.json", "C:evil", "tables/../../x", "a//b"])
def test_strange_names_in_the_zip_are_refused(saved: Path, name: str) -> None:
    with zipfile.ZipFile(saved, "a") as file:
        file.writestr(name, b"x")
    assert "is no Balassa project" in refusal(saved)


def test_two_entries_of_one_name_are_refused(saved: Path) -> None:
    with zipfile.ZipFile(saved, "a") as file, pytest.warns(UserWarning, match="Duplicate name"):
        file.writestr("board.json", b"{}")
    assert "is no Balassa project" in refusal(saved)


def test_too_many_entries_are_refused(saved: Path) -> None:
    with zipfile.ZipFile(saved, "a") as file:
        for number in range(archive.MOST_ENTRIES):
            file.writestr(f"extra/{number}", b"")
    assert "holds far more than a project does" in refusal(saved)


def test_a_bomb_is_refused_before_it_is_unpacked(saved: Path) -> None:
    with zipfile.ZipFile(saved, "a", zipfile.ZIP_DEFLATED) as file, file.open("bomb.json", "w") as stream:
        for _ in range(1025):
            stream.write(bytes(2**20))
    assert "holds far more than a project does" in refusal(saved)


def test_what_is_inflated_is_counted_even_where_the_directory_lies(saved: Path) -> None:
    with zipfile.ZipFile(saved) as file:
        opened = archive.Archive(file, most_bytes=40_000)
        assert opened.read("board.json")
        assert opened.read("board.json")
        with pytest.raises(archive.Excessive):
            opened.read("board.json")


def test_every_truncation_and_flipped_bit_is_opened_or_refused_in_words(saved: Path, sample_project: Project) -> None:
    whole, rng, sentences = saved.read_bytes(), random.Random(7), set()
    damaged = [whole[:length] for length in range(0, len(whole), 512)]
    for _ in range(300):
        changed = bytearray(whole)
        changed[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
        damaged.append(bytes(changed))
    for content in damaged:
        saved.write_bytes(content)
        try:
            opened = read_project(saved)
        except UserError as error:
            sentences.add(str(error))
        else:
            assert equal(opened, sample_project)
    assert all("“a.balassa”" in each for each in sentences)


def test_a_refused_save_leaves_the_file_that_was_there(saved: Path, sample_project: Project, tmp_path: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(UserError, match="there is no folder"):
        write_project(sample_project, tmp_path / "gone" / "a.balassa")
    with pytest.raises(UserError, match="is a folder"):
        write_project(sample_project, tmp_path)
    assert saved.read_bytes() == before
