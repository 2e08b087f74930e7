"""What people think of a finding is part of the project: dismissed for a reason, kept, restored; rows for reports."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from core.checks.finding import Finding, Level, Spot
from core.codec import decode
from core.edits import apply
from core.errors import UserError
from core.files.project_file import read_project, write_project
from core.project import Analysis, Project, equal
from core.review import Row, counted, counts, dismissed, level_word, lines, rows, standing
from core.text import Bilingual, text

WHERE = (Bilingual("Table A", "表甲"), "2009")
ERROR = Finding("source", WHERE, text("{a} < 0", a=1), Level.ERROR, text("{a} > 0", a=2), text("{a} = 0", a=3))
NOTE = Finding("sum", WHERE, text("{a}", a=4), Level.NOTE, spots=(Spot("t", ("A", "", "s", "exports"), 2009),))


def test_a_finding_is_dismissed_for_a_reason_and_restored(sample_project: Project) -> None:
    once = apply(sample_project, "dismiss_finding", key="k", reason="  printed so ")
    assert once.analysis.dismissed == {"k": "printed so"}
    assert apply(once, "dismiss_finding", key="k", reason="printed so") is once
    assert equal(apply(once, "restore_finding", key="k"), sample_project)
    assert apply(once, "restore_finding", key="other") is once


def test_a_finding_is_not_dismissed_without_a_reason(sample_project: Project) -> None:
    with pytest.raises(UserError, match="Write why the finding is no problem"):
        apply(sample_project, "dismiss_finding", key="k", reason=" ")


def test_the_reason_is_saved_with_the_project(sample_project: Project, tmp_path: Path) -> None:
    once = apply(sample_project, "dismiss_finding", key="k", reason="查过原书")
    write_project(once, tmp_path / "a.balassa")
    assert equal(read_project(tmp_path / "a.balassa"), once)


def test_a_file_from_before_the_checks_opens_with_nothing_dismissed(sample_project: Project, tmp_path: Path) -> None:
    write_project(sample_project, tmp_path / "a.balassa")
    with zipfile.ZipFile(tmp_path / "a.balassa") as archive:
        analysis = json.loads(archive.read("settings.json"))["analysis"]
    del analysis["dismissed"]
    assert decode(Analysis, analysis).dismissed == {}


def test_dismissed_findings_are_told_apart(sample_project: Project) -> None:
    project = apply(sample_project, "dismiss_finding", key=ERROR.key, reason="printed so")
    assert standing(project, [ERROR, NOTE]) == (NOTE,)
    assert dismissed(project, [ERROR, NOTE]) == (ERROR,)
    assert counts([ERROR, NOTE, NOTE]) == {"error": 1, "warning": 0, "note": 2}


def test_counts_and_levels_are_read_as_words() -> None:
    assert [str(counted("error", number)) for number in (0, 1, 1200)] == ["0 errors", "1 error", "1,200 errors"]
    assert [str(counted(level, 1)) for level in ("warning", "note")] == ["1 warning", "1 note"]
    assert [str(counted(level, 2)) for level in ("warning", "note")] == ["2 warnings", "2 notes"]
    assert level_word("warning", "en") == "Warning"


def test_a_report_gets_rows_in_both_languages_with_those_dismissed_at_the_end(sample_project: Project) -> None:
    project = apply(sample_project, "dismiss_finding", key=ERROR.key, reason="printed so")
    last = rows(project, [ERROR, NOTE])[-1]
    assert last == Row(
        Bilingual("Error", level_word("error", "zh")),
        Bilingual("Table A, 2009", "表甲、2009"),
        Bilingual("1 < 0", "1 < 0"),
        Bilingual("2 > 0", "2 > 0"),
        Bilingual("3 = 0", "3 = 0"),
        "printed so",
    )
    assert [row.dismissed for row in rows(project, [ERROR, NOTE])] == ["", "printed so"]


def test_lines_for_scripts_are_sorted_by_level(sample_project: Project) -> None:
    assert list(lines(sample_project, [NOTE, ERROR], "en")) == ["error: Table A, 2009: 1 < 0", "note: Table A, 2009: 4"]


def test_scripts_and_reports_are_told_all_that_a_finding_stands_for(sample_project: Project) -> None:
    leader = replace(NOTE, also=(ERROR,))
    told = ["error: Table A, 2009: 1 < 0", "note: Table A, 2009: 4"]
    assert list(lines(sample_project, [leader], "en")) == told
    assert [row.what.en for row in rows(sample_project, [leader])] == ["4", "1 < 0"]
    project = apply(sample_project, "dismiss_finding", key=NOTE.key, reason="printed so")
    assert list(lines(project, [leader], "en")) == [
        "dismissed: Table A, 2009: 4 (dismissed: printed so)",
        "dismissed: Table A, 2009: 1 < 0 (dismissed: printed so)",
    ]
    assert [row.dismissed for row in rows(project, [leader])] == ["printed so"] * 2
