"""The headless commands; golden/README.md names the sources of the numbers."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import openpyxl
import pytest

from core.about import VERSION
from core.commands import BAD, COMMANDS, FINE, run
from core.edits import apply
from core.files.project_file import read_project, write_project
from core.files.tidy import csv_chunks
from core.files.workbook import SAMPLE
from core.numbers import rounded
from core.project import Project, equal
from core.table import Label, Mark, Periods, new_table
from core.text import Bilingual
from core.units import Unit
from tests.core.commands_run import Rows, computed, one, refused, rows_of, written

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent / "golden"
TABLE1 = "Services trade of China by category, 2017"
TABLE3 = "China's services exports and imports, 2009–2018"
TABLE4 = "Services exports of China and the world, 2015–2017"
WORLD_BANK = "Services and goods trade of China, its peers and the world, 2005–2020"
COUNTRIES = {"CHN": "China", "IND": "India", "IRL": "Ireland", "USA": "United States"}


def golden(name: str) -> Rows:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# ---- compute ----


@pytest.mark.parametrize("source", ["project", "workbook"])
def test_compute_gives_the_published_numbers(saved: Path, tmp_path: Path, source: str) -> None:
    rows = computed(saved if source == "project" else SAMPLE, tmp_path)
    for each in golden("paper_table3.csv"):
        found = one(rows, index="tc", table=TABLE3, year=each["year"], sector="Services", reporter="China")
        assert float(found["value"]) == pytest.approx(float(each["tc8"]), abs=5e-9)
        assert rounded(float(found["value"]), 2) == each["tc2"]
    for each in golden("paper_table4.csv"):
        found = one(rows, index="ims", table=TABLE4, year=each["year"], reporter="China")
        assert float(found["value"]) == pytest.approx(float(each["ims8"]), abs=5e-9)
        assert found["variant"] == "world=stated"
    for each in golden("worldbank.csv"):
        for index in ("rca", "tc", "ims"):
            found = one(
                rows, index=index, table=WORLD_BANK, year=each["year"], reporter=COUNTRIES[each["reporter"]],
                sector="Services",
            )  # fmt: skip
            assert float(found["value"]) == pytest.approx(float(each[index]), abs=1e-4)
    rca = one(rows, index="rca", table=WORLD_BANK, year="2020", reporter="China", sector="Services")
    assert rca["variant"] == "world=stated;total=sum of 2"


def test_compute_gives_tc_of_each_category(saved: Path, tmp_path: Path, sample_project: Project) -> None:
    rows = computed(saved, tmp_path, "--index", "tc")
    names = {label.id: label.name.en for label in sample_project.tables[0].labels["sector"]}
    for each in golden("paper_table1.csv"):
        found = one(rows, table=TABLE1, sector=names[each["sector"]])
        assert float(found["value"]) == pytest.approx(float(each["tc6"]), abs=5e-7)


def test_a_row_says_everything_about_its_value(saved: Path, tmp_path: Path) -> None:
    rows = computed(saved, tmp_path)
    assert list(rows[0]) == [
        "index", "component", "variant", "table", "reporter", "partner", "sector", "year", "value", "unit", "status",
    ]  # fmt: skip
    value = (1435.7 - 1489.2) / (1435.7 + 1489.2)
    assert one(rows, index="tc", table=TABLE3, year="2009") == {
        "index": "tc", "component": "", "variant": "", "table": TABLE3, "reporter": "China", "partner": "",
        "sector": "Services", "year": "2009", "value": repr(value), "unit": "1", "status": "ok",
    }  # fmt: skip
    balance = one(rows, index="balance", table=TABLE3, year="2009")
    assert (balance["unit"], float(balance["value"])) == ("US$ 100 million", 1435.7 - 1489.2)
    first = one(rows, index="growth_exports", table=TABLE3, year="2009")
    assert (first["value"], first["status"], first["unit"]) == ("", "missing: earlier year", "1")


def test_the_chosen_indices_come_alone_and_in_the_order_asked_for(saved: Path, tmp_path: Path) -> None:
    rows = computed(saved, tmp_path, "--index", "rca, tc")
    assert list(dict.fromkeys(row["index"] for row in rows)) == ["rca", "tc"]


def test_labels_are_chinese_where_that_is_asked_for(saved: Path, tmp_path: Path) -> None:
    rows = computed(saved, tmp_path, "--index", "balance", "--lang", "zh")
    found = one(rows, table="中国服务进出口额，2009—2018年", year="2009")
    assert (found["reporter"], found["sector"], found["unit"]) == ("中国", "服务", "亿美元")


def test_without_a_file_the_rows_go_to_stdout(
    saved: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["compute", str(saved), "--index", "tc"]) == FINE
    said = capfdbinary.readouterr()
    assert said.err == b""
    assert rows_of(said.out) == computed(saved, tmp_path, "--index", "tc")


def test_every_number_reads_back_as_it_was_computed(saved: Path, tmp_path: Path, sample_project: Project) -> None:
    from core.analysis import analyse

    exact = {
        (line.reporter.name.en, line.sector.name.en, year): value
        for line in analyse(sample_project).tables["worldbank"].lines("rca")
        for year, value in zip(line.years, line.values.tolist(), strict=True)
    }
    for row in computed(saved, tmp_path, "--index", "rca"):
        assert float(row["value"]) == exact[row["reporter"], row["sector"], int(row["year"])]


# ---- convert ----


def test_convert_lists_every_cell(saved: Path, tmp_path: Path, sample_project: Project) -> None:
    out = tmp_path / "data.csv"
    assert run(["convert", str(saved), "--out", str(out)]) == FINE
    rows = rows_of(out.read_bytes())
    assert list(rows[0]) == [
        "table", "reporter", "partner", "sector", "measure", "year", "value", "unit", "mark"
    ]  # fmt: skip
    assert len(rows) == sum(len(table.series) * len(table.values) for table in sample_project.tables)
    assert one(rows, table=TABLE3, measure="Imports", year="2018") == {
        "table": TABLE3, "reporter": "China", "partner": "", "sector": "Services", "measure": "Imports",
        "year": "2018", "value": "5250.4", "unit": "US$ 100 million", "mark": "",
    }  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "balassa"])
def test_what_convert_writes_can_be_computed_from(saved: Path, tmp_path: Path, suffix: str) -> None:
    between = tmp_path / f"between.{suffix}"
    assert run(["convert", str(SAMPLE), "--out", str(between)]) == FINE
    ours, theirs = computed(between, tmp_path), computed(saved, tmp_path)
    key = ("index", "table", "reporter", "sector", "year")
    assert {tuple(row[name] for name in key): row["value"] for row in ours} == {
        tuple(row[name] for name in key): row["value"] for row in theirs
    }


def test_a_converted_project_is_the_project(saved: Path, tmp_path: Path, sample_project: Project) -> None:
    assert run(["convert", str(saved), "--out", str(tmp_path / "copy.balassa")]) == FINE
    assert equal(read_project(tmp_path / "copy.balassa"), sample_project)


def hostile() -> Project:
    """Names that a spreadsheet would compute, missing numbers, marks, finer periods."""
    table = new_table(
        "t",
        Bilingual("=cmd|'/c calc'!A1"),
        {
            "reporter": [Label("a", Bilingual("@SUM(1)")), Label("b", Bilingual("-3"))],
            "measure": [Label("exports", Bilingual("+x"))],
        },
        {"reporter": [0, 1], "measure": [0, 0]},
        Periods("quarter", (20091, 20092)),
        [[-3.7, float("nan")], [0.1 + 0.2, 1e300]],
        units=(Unit("USD", 1e9),),
    )  # fmt: skip
    return Project("p", tables=(replace(table, marks=MappingProxyType({(1, 0): Mark("text", "=1+1")})),))


def test_texts_are_kept_from_being_formulas_and_numbers_stay_numbers(tmp_path: Path) -> None:
    write_project(hostile(), tmp_path / "a.balassa")
    assert run(["convert", str(tmp_path / "a.balassa"), "--out", str(tmp_path / "a.csv")]) == FINE
    lines = (tmp_path / "a.csv").read_text("utf-8").splitlines()
    assert lines == [
        "table,reporter,partner,sector,measure,period,value,unit,mark",
        "'=cmd|'/c calc'!A1,'@SUM(1),,,'+x,2009Q1,-3.7,US$ billion,",
        "'=cmd|'/c calc'!A1,'@SUM(1),,,'+x,2009Q2,0.30000000000000004,US$ billion,",
        "'=cmd|'/c calc'!A1,'-3,,,'+x,2009Q1,,US$ billion,text: =1+1",
        "'=cmd|'/c calc'!A1,'-3,,,'+x,2009Q2,1e+300,US$ billion,",
    ]
    assert run(["convert", str(tmp_path / "a.balassa"), "--out", str(tmp_path / "a.xlsx")]) == FINE
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    found = [[(cell.value, cell.data_type) for cell in row] for row in book.worksheets[0].iter_rows()]
    book.close()
    assert all(kind != "f" for row in found for _, kind in row)
    assert found[1][6] == (-3.7, "n")


@pytest.mark.parametrize("text", ["=x", "+x", "-x", "@x", "\tx", "\rx", "＝x"])
def test_every_sign_that_starts_a_formula_is_escaped(text: str) -> None:
    assert next(csv_chunks([(text, 1.0)])).decode().strip('"').startswith("'")


# ---- bad input and usage ----


def test_a_missing_input_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in ("gone.balassa", "gone.xlsx"):
        assert refused(capsys, "compute", str(tmp_path / name)).startswith(f"There is no file “{name}” in “")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.balassa", b"no project", "is no Balassa project"),
        ("a.csv", b"a,b\nc,d\n", "The sheet “a” holds no numbers."),
        ("a.csv", b"", "“a.csv” is empty."),
        ("a.xlsx", b"PK\x03\x04x", "is no Excel workbook, or it is damaged"),
        ("a.xlsx", b"%PDF-1.7\n", "is a PDF"),
    ],
)
def test_an_input_that_cannot_be_used_says_why(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert words in refused(capsys, "convert", str(tmp_path / name))


def test_a_project_of_a_newer_version_is_refused(
    capsys: pytest.CaptureFixture[str], saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.files import project_file

    monkeypatch.setattr(project_file, "FORMAT_VERSION", (0, 9))
    assert "Install version" in refused(capsys, "compute", str(saved))


def test_an_unwritable_place_is_named_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], saved: Path, tmp_path: Path
) -> None:
    out = tmp_path / "gone" / "out.csv"
    assert "there is no folder" in refused(capsys, "compute", str(saved), "--out", str(out))
    (tmp_path / "folder.csv").mkdir()
    assert "is a folder" in refused(capsys, "compute", str(saved), "--out", str(tmp_path / "folder.csv"))


def test_an_unknown_index_and_an_unknown_suffix_are_named(capsys: pytest.CaptureFixture[str], saved: Path) -> None:
    said = refused(capsys, "compute", str(saved), "--index", "tc,nonsense")
    assert said.startswith("There is no index “nonsense”. Known are: tc, ims, ")
    assert refused(capsys, "compute", str(saved), "--out", "x.pdf") == "“x.pdf” must end in one of: .csv."
    assert ".csv, .xlsx, .balassa" in refused(capsys, "convert", str(saved), "--out", "x")


def test_the_input_is_never_overwritten(capsys: pytest.CaptureFixture[str], saved: Path) -> None:
    before = saved.read_bytes()
    assert "will not be overwritten" in refused(capsys, "convert", str(saved), "--out", str(saved))
    assert saved.read_bytes() == before


def test_where_nothing_can_be_computed_the_reason_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Year,Imports\n2009,1\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["compute", str(path), "--index", "tc"]) == BAD
    assert capsys.readouterr().err.endswith("Nothing can be computed from “a.csv”. TC: needs exports.\n")


def test_what_an_import_left_out_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, "Year,Exports (US$ billion),Imports\n2009,1,..\n2010,2,secret\n2011,5,3\n2012,5,4\n")
    assert run(["compute", str(path), "--out", str(tmp_path / "o.csv")]) == FINE
    assert capsys.readouterr().err == (
        "Sheet “a”: 2 series, 2009–2012, US$ billion, unit not stated; numbers: 6; empty: 1; "
        "texts instead of numbers: 1; marks of missing values: “..” 1.\n"
        "The unit of imports is not stated.\n"
        "A unit that is not stated can be given with --unit.\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [["compute"], ["compute", "a.csv", "--nonsense"], ["compute", "a.csv", "--lang", "fr"], ["nonsense"], ["--x"], []],
)
def test_wrong_usage_gets_one_sentence(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert "--help” shows what is possible." in refused(capsys, *arguments)


def test_help_and_version_are_no_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == FINE
    assert capsys.readouterr().out == f"Balassa {VERSION}\n"
    assert run(["compute", "--help"]) == FINE
    assert "--index" in capsys.readouterr().out
    assert set(COMMANDS) == {"compute", "convert", "check"}


def test_a_command_needs_no_display_and_loads_no_qt(saved: Path) -> None:
    code = (
        "import sys\n"
        "for name in ('PySide6', 'gui', 'openpyxl', 'xlsxwriter', 'pandas'): sys.modules[name] = None\n"
        "from core.commands import run\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "compute", str(saved), "--index", "tc"], cwd=ROOT, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (FINE, b"")
    assert len(rows_of(done.stdout)) > 10


def test_a_reader_that_has_seen_enough_ends_the_command_quietly(tmp_path: Path, sample_project: Project) -> None:
    project = apply(sample_project, "add_tables", tables=tuple(
        replace(sample_project.tables[3], id=f"copy{n}") for n in range(100)
    ))  # fmt: skip
    write_project(project, tmp_path / "big.balassa")
    code = "import sys\nfrom core.commands import run\nsys.exit(run(sys.argv[1:]))"
    child = subprocess.Popen(
        [sys.executable, "-c", code, "convert", str(tmp_path / "big.balassa")],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stderr is not None
    assert child.stdout.readline().startswith(b"table,")
    child.stdout.close()
    said = child.stderr.read()
    child.stderr.close()
    assert (child.wait(), said) == (FINE, b"")
