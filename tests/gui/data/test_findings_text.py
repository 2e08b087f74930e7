"""Every kind of finding that a check can make has a name for people."""

from __future__ import annotations

import ast

import pytest

from core.places import DATA
from gui.data.findings_text import kind_name

CHECKS = sorted((DATA.parent / "core" / "checks").glob("*.py"))


def kinds() -> set[str]:
    """The kinds that stand in the source of the checks: `Finding("kind", …)`, `more(view, "kind", …)`, `kind = …`."""
    found: set[str] = set()
    for path in CHECKS:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            given: list[ast.expr] = []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                given = node.args[:1] if node.func.id == "Finding" else node.args[1:2] if node.func.id == "more" else []
            elif isinstance(node, ast.Assign) and any(
                isinstance(each, ast.Name) and each.id == "kind" for each in node.targets
            ):
                given = list(ast.walk(node.value))  # type: ignore[arg-type] # only constants are taken below
            found |= {
                each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)
            } - {"sector"}
    return found


def test_the_kinds_are_found_in_the_source() -> None:
    assert {"sum", "splice", "source", "above world"} <= kinds()


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_kind_has_a_name(kind: str) -> None:
    assert kind_name(kind) != kind
