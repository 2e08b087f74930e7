"""The rules that keep the code as it is meant to be."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("core", "gui", "tests", "bench", "docs", "resources")
SOURCES = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
SOURCES += [ROOT / "main.py", ROOT / "dev.py"]
PRODUCT = [path for path in SOURCES if path.relative_to(ROOT).parts[0] in {"core", "gui", "main.py"}]


def test_all_of_core_imports_where_qt_is_blocked() -> None:
    code = (
        "import sys, pkgutil, importlib\n"
        "for name in ('PySide6', 'pyqtgraph', 'shiboken6', 'gui'): sys.modules[name] = None\n"
        "import core\n"
        "for found in pkgutil.walk_packages(core.__path__, 'core.'): importlib.import_module(found.name)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = {path.name: count for path in SOURCES if (count := len(path.read_text("utf-8").splitlines())) > 400}
    assert not long


def test_the_main_window_stays_below_two_hundred_and_fifty_lines() -> None:
    assert len((ROOT / "gui" / "main_window.py").read_text("utf-8").splitlines()) <= 250


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("QUndoStack", {"gui/session.py"}),
        ("QFileDialog", {"gui/prompts.py"}),
        ("QMessageBox", {"gui/prompts.py"}),
    ],
)
def test_only_one_module_uses(name: str, allowed: set[str]) -> None:
    users = {path.relative_to(ROOT).as_posix() for path in PRODUCT if f"{name}" in imported_names(path)}
    assert users <= allowed


def imported_names(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}


def test_only_the_indices_tab_draws_with_pyqtgraph() -> None:
    users = {path.parent.relative_to(ROOT).as_posix() for path in PRODUCT if "pyqtgraph" in path.read_text("utf-8")}
    assert users <= {"gui/indices", "gui"}, users


def test_every_message_for_translation_is_written_where_it_is_used() -> None:
    """What stands in a variable or an f-string is never extracted, and stays English."""
    wrong = [
        f"{path.name}:{node.lineno}"
        for path in PRODUCT
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"_", "text", "refuse"}
        and node.args
        and not isinstance(node.args[0], ast.Constant)
    ]
    assert not wrong


def test_no_module_is_called_after_nothing() -> None:
    banned = {"utils", "helpers", "common", "manager"}
    assert not [path for path in SOURCES if path.stem in banned]
