"""The command that looks for doubts: what it prints of imports, data and board, and what its exit code says."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.board import Claim, Evidence
from core.checks import check_project
from core.checks.finding import Level
from core.commands import FINE, FOUND, run
from core.edits import apply
from core.files.project_file import write_project
from core.files.workbook import SAMPLE
from core.project import Project
from core.review import standing
from tests.core.commands_run import checked, refused, written

IMPORT_2009 = "error: China's services exports and imports, 2009–2018, China, Services, Imports, 2009: "
"""The paper prints 1489.2 for 2009; the World Bank's series, which it follows in the other years, has 1589.2."""


def settled(project: Project, reason: str = "looked up") -> Project:
    """The project after somebody dismissed all that is more than a note."""
    for each in check_project(project):
        if each.level != Level.NOTE:
            project = apply(project, "dismiss_finding", key=each.key, reason=reason)
    return project


def board_lines(lines: list[str]) -> list[str]:
    return [line for line in lines if ": Board, " in line]


def test_nothing_is_found_in_a_clean_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, "Year,Exports (US$ million)\n2009,1\n2010,2\n")
    assert checked(capsys, path) == (FINE, [])


def test_what_is_doubtful_in_a_spreadsheet_is_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    numbers = "".join(f"{year},{year / 7},{year / 9}\n" for year in range(2009, 2019))
    path = written(tmp_path, f"Year,Exports (US$ million),Imports\n{numbers}2019,secret,#DIV/0!\n")
    code, lines = checked(capsys, path)
    assert code == FOUND
    for line in (
        "a.csv, sheet “a”: The unit of imports is not stated.",
        "a.csv, sheet “a”, B12: “secret” is no number.",
        "a.csv, sheet “a”, C12: “#DIV/0!” is an error of the spreadsheet.",
    ):
        assert [each.partition(": ")[2] for each in lines].count(line) == 1
    assert sum("The unit of imports is not stated." in line for line in lines) == 1
    assert checked(capsys, path, "--lang", "zh")[0] == FOUND


def test_values_that_contradict_each_other_are_listed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, "Reporter,Year,Exports (US$)\nChina,2009,1\nChina,2009,2\nChina,2010,4\n")
    code, lines = checked(capsys, path)
    assert code == FOUND
    assert [each.partition(": ")[2] for each in lines] == [
        "a.csv, sheet “a”, C2: China, Exports, 2009 is 1 here and 2 in C3."
    ]


def test_each_line_begins_with_its_level_in_any_language(capsys: pytest.CaptureFixture[str], saved: Path) -> None:
    for language in ("en", "zh"):
        _code, lines = checked(capsys, saved, "--lang", language)
        levels = [line.partition(":")[0] for line in lines]
        assert set(levels) == {"error", "warning", "note"}
        assert levels == sorted(levels, key=["error", "warning", "note"].index)


@pytest.mark.parametrize("source", ["project", "workbook"])
def test_the_mistyped_import_of_the_paper_is_found(
    capsys: pytest.CaptureFixture[str], saved: Path, source: str
) -> None:
    code, lines = checked(capsys, saved if source == "project" else SAMPLE)
    assert code == FOUND
    (line,) = [each for each in lines if each.startswith(IMPORT_2009)]
    assert "1489.2" in line
    assert "1589.2" in line


def test_notes_alone_are_no_reason_to_fail(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, sample_project: Project
) -> None:
    """Table 1 is printed in whole 100 million RMB: travel's parts give 19825, the paper prints 19826."""
    for table in ("table3", "table4", "worldbank"):
        sample_project = apply(sample_project, "remove_table", table=table)
    write_project(sample_project, tmp_path / "a.balassa")
    code, lines = checked(capsys, tmp_path / "a.balassa")
    assert code == FINE
    assert any("19825" in line for line in lines)
    assert all(line.startswith("note: ") for line in lines)


def test_dismissed_findings_are_listed_last_with_their_reason_and_do_not_count(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, sample_project: Project
) -> None:
    doubtful = [each for each in check_project(sample_project) if each.level != Level.NOTE]
    write_project(settled(sample_project), tmp_path / "a.balassa")
    code, lines = checked(capsys, tmp_path / "a.balassa")
    assert code == FINE
    last = lines[-len(doubtful) :]
    assert all(line.startswith("dismissed: ") and line.endswith(" (dismissed: looked up)") for line in last)
    assert not any(line.startswith(("error", "warning", "dismissed")) for line in lines[: -len(doubtful)])


def test_a_dismissed_finding_comes_back_when_its_numbers_change(sample_project: Project) -> None:
    """Another wrong number at the same place is another finding: 1489.2 was dismissed, 1488.2 was not."""
    project = settled(sample_project)
    key = ("CHN", "", "services", "imports")
    worse = apply(project, "set_cells", table="table3", series=(key,), periods=(2009,), values=((1488.2,),))
    again = [each for each in standing(worse, check_project(worse)) if each.level != Level.NOTE]
    assert ("table3", key, 2009) in {
        (each.spots[0].table, each.spots[0].series, each.spots[0].period) for each in again
    }


def test_claims_on_the_board_are_tested(
    capsys: pytest.CaptureFixture[str], saved: Path, tmp_path: Path, sample_project: Project
) -> None:
    """TC of China's services is below 0 from 2009 to 2018 in the paper's Table 3."""
    assert board_lines(checked(capsys, saved)[1]) == []
    claim = Claim("tc", "table3", "CHN", "", "services", window=(2009, 2018), operator="<", threshold=0.0)
    factor = sample_project.board.factors[0]
    with_claim = apply(sample_project, "add_evidence", factor=factor.id, evidence=Evidence("e", "claim", claim=claim))
    write_project(with_claim, tmp_path / "fine.balassa")
    assert board_lines(checked(capsys, tmp_path / "fine.balassa")[1]) == []
    key = ("CHN", "", "services", "exports")
    broken = apply(with_claim, "set_cells", table="table3", series=(key,), periods=(2018,), values=((9e9,),))
    write_project(broken, tmp_path / "broken.balassa")
    code, lines = checked(capsys, tmp_path / "broken.balassa")
    assert code == FOUND
    assert [line.partition(": ")[2] for line in board_lines(lines)] == [
        f"Board, {factor.text.en}: TC, 2009–2018, all years < 0: no longer supported."
    ]


def test_what_an_import_said_of_a_table_is_kept_with_the_project(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    numbers = "".join(f"{year},{year / 7}\n" for year in range(2009, 2019))
    path = written(tmp_path, f"Year,Exports (US$ million)\n{numbers}2019,secret\n")
    assert run(["convert", str(path), "--out", str(tmp_path / "a.balassa")]) == FINE
    code, lines = checked(capsys, tmp_path / "a.balassa")
    assert code == FOUND
    assert "a, B12: “secret” is no number." in [line.partition(": ")[2] for line in lines]


def test_the_findings_go_to_a_file_and_bad_input_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, "Year,Exports\n2009,1\n2010,2\n")
    assert run(["check", str(path), "--out", str(tmp_path / "o.txt")]) == FOUND
    (line,) = (tmp_path / "o.txt").read_text("utf-8").splitlines()
    assert line.endswith(": a.csv, sheet “a”: The unit of exports is not stated.")
    assert "holds no numbers" in refused(capsys, "check", str(written(tmp_path, "a,b\nc,d\n")))
