"""The .balassa file: a zip with JSON inside, readable without Balassa and the same bytes for the same project.

A part or a settings key that this version does not know is kept verbatim and written back. A version that adds
what must not be lost in this way raises `MIN_READER`, and older ones then refuse the file.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from core.about import FORMAT_VERSION, MIME_TYPE, NAME, VERSION
from core.board import Board
from core.codec import Malformed, decode, encode
from core.errors import UserError, refuse
from core.files.archive import Archive, Damaged, Excessive, opened
from core.files.atomic import atomic_write
from core.files.integrity import checked_project
from core.project import Analysis, Project, Study
from core.table import Table
from core.text import Bilingual

MIN_READER = (1, 0)
"""The oldest format whose readers may open what this version writes."""

_DATE = (1980, 1, 1, 0, 0, 0)
_SETTINGS, _BOARD, _MANIFEST, _MIME = "settings.json", "board.json", "manifest.json", "mimetype"
_SETTINGS_KEYS = {"title", "study", "analysis", "tables"}
_BOARD_KEYS = {"title", "objective", "factors", "strategies", "recommendations"}


def write_project(project: Project, path: Path) -> None:
    """Save; raises UserError and leaves the old file whole where that fails."""
    parts = _parts(project)
    atomic_write(path, lambda stream: _write_zip(stream, project, parts))


def read_project(path: Path) -> Project:
    """Open; raises UserError with one plain sentence for anything that is no whole project of this version."""
    try:
        with opened(path) as archive:
            return checked_project(_read(archive, path))
    except FileNotFoundError as error:
        raise refuse("There is no file “{name}” in “{folder}”.", **_place(path)) from error
    except IsADirectoryError as error:
        raise refuse("“{name}” is a folder. Choose a file in it.", name=path.name) from error
    except OSError as error:
        raise refuse(
            "“{name}” cannot be read: the system said “{reason}”.", name=path.name, reason=error.strerror or ""
        ) from error
    except Excessive as error:
        raise refuse("“{name}” holds far more than a project does, so it was not opened.", name=path.name) from error
    except Damaged as error:
        raise _no_project(path) from error
    except (Malformed, ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
        raise refuse("“{name}” is damaged. Open an older copy of it.", name=path.name) from error


def is_project(path: Path) -> bool:
    """True for a file that begins as ours do, whatever its name."""
    try:
        with path.open("rb") as stream:
            return stream.read(30 + len(_MIME) + len(MIME_TYPE))[30:] == (_MIME + MIME_TYPE).encode()
    except OSError:
        return False


def _parts(project: Project) -> dict[str, bytes]:
    extra = project.extra
    names = [_part_name(table.id) for table in project.tables]
    settings = {
        "title": encode(project.title),
        "study": encode(project.study),
        "analysis": encode(project.analysis),
        "tables": names,
    }
    parts = {
        _SETTINGS: _json({**settings, **extra.get("settings", {})}),
        _BOARD: _json({**encode(project.board), **extra.get("board", {})}),
    }
    for name, table in zip(names, project.tables, strict=True):
        parts[name] = _json(encode(table))
    return {**extra.get("parts", {}), **parts}


def _part_name(table_id: str) -> str:
    """A plain name whatever the id holds: some systems take neither capitals apart nor colons."""
    if re.fullmatch(r"[a-z0-9_-]{1,64}", table_id):
        return f"tables/{table_id}.json"
    return f"tables/t-{hashlib.sha256(table_id.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"


def _json(data: Any) -> bytes:
    try:
        return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which a paste can bring in, only exists escaped
        return json.dumps(data, allow_nan=False, separators=(",", ":")).encode()


def _write_zip(stream: BinaryIO, project: Project, parts: Mapping[str, bytes]) -> None:
    manifest = {
        "format": NAME.lower(),
        "version": list(FORMAT_VERSION),
        "min_reader": list(MIN_READER),
        "application": {"name": NAME, "version": VERSION},
        "uuid": project.id,
        "parts": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)} for name, data in parts.items()
        },
    }
    with zipfile.ZipFile(stream, "w") as file:
        _add(file, _MIME, MIME_TYPE.encode(), zipfile.ZIP_STORED)
        _add(file, _MANIFEST, json.dumps(manifest, indent=1).encode(), zipfile.ZIP_DEFLATED)
        for name, data in parts.items():
            _add(file, name, data, zipfile.ZIP_DEFLATED)


def _add(file: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.create_system, entry.external_attr, entry.compress_type = 3, 0o600 << 16, method
    file.writestr(entry, data, compresslevel=1)


def _read(archive: Archive, path: Path) -> Project:
    if _MIME not in archive.names or archive.read(_MIME).strip() != MIME_TYPE.encode():
        raise _no_project(path)
    manifest = _loads(_part(archive, _MANIFEST))
    _check_version(manifest, path)
    parts = {}
    for name, listed in manifest["parts"].items():
        data = _part(archive, name)
        if len(data) != listed["size"] or hashlib.sha256(data).hexdigest() != listed["sha256"]:
            raise refuse(
                "“{name}” is damaged: its part “{part}” is not what was saved. Open an older copy of it.",
                name=path.name,
                part=name,
            )
        parts[name] = data
    return _decoded(str(manifest["uuid"]), parts)


def _part(archive: Archive, name: str) -> bytes:
    """A part of a file that is certainly ours: where it cannot be read, the project is damaged."""
    try:
        return archive.read(name)
    except Excessive:
        raise
    except Damaged as error:
        raise Malformed(str(error)) from error


def _decoded(uuid: str, parts: dict[str, bytes]) -> Project:
    settings, board = _loads(parts.pop(_SETTINGS)), _loads(parts.pop(_BOARD))
    tables = tuple(decode(Table, _loads(parts.pop(name)), name) for name in settings["tables"])
    unknown = {
        "parts": parts,
        "settings": {key: value for key, value in settings.items() if key not in _SETTINGS_KEYS},
        "board": {key: value for key, value in board.items() if key not in _BOARD_KEYS},
    }
    return Project(
        id=uuid,
        title=decode(Bilingual, settings["title"], "title"),
        study=decode(Study, settings["study"], "study"),
        tables=tables,
        board=decode(Board, board, "board"),
        analysis=decode(Analysis, settings["analysis"], "analysis"),
        extra={kind: found for kind, found in unknown.items() if found},
    )


def _loads(data: bytes) -> Any:
    """JSON in which every number is finite."""
    return json.load(io.BytesIO(data), parse_constant=_no_number, parse_float=_finite)


def _no_number(text: str) -> float:
    raise Malformed(f"{text} is no number")


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _no_number(text)


def _check_version(manifest: Any, path: Path) -> None:
    version, needed = tuple(manifest["version"]), tuple(manifest["min_reader"])
    if version[0] <= FORMAT_VERSION[0] and needed <= FORMAT_VERSION:
        return
    raise refuse(
        "“{name}” was written by Balassa {writer}; this is Balassa {ours}, which cannot read it. Install version "
        "{writer} or newer.",
        name=path.name,
        writer=str(manifest["application"]["version"]),
        ours=VERSION,
    )


def _no_project(path: Path) -> UserError:
    return refuse("“{name}” is no Balassa project. To take figures from a spreadsheet, import it.", name=path.name)


def _place(path: Path) -> dict[str, str]:
    return {"name": path.name, "folder": str(path.absolute().parent)}
