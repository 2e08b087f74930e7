"""Fixtures of the tests of the core."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.files.project_file import write_project
from core.project import Project


@pytest.fixture
def saved(tmp_path: Path, sample_project: Project) -> Path:
    path = tmp_path / "sample.balassa"
    write_project(sample_project, path)
    return path
