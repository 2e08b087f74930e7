"""`compute --explain`: the explanation on the terminal, for a project and for a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.commands import FINE, run
from tests.core.commands_run import refused, written

CHINA = ("--index", "rca", "--reporter", "China", "--sector", "services")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(["compute", *arguments, "--explain"]) == FINE
    return capsys.readouterr().out


def test_a_number_of_the_sample_is_explained(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, str(saved), *CHINA, "--year", "2020")
    assert text.startswith("China's RCA in services in 2020 is 0.353 = (228.883 / 2738.898) / (5344.725 / 22549.953)")
    assert "sum of 2 series" in text
    assert text.count("RCA in services in") == 1


def test_without_a_year_it_is_the_latest_one(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, str(saved), *CHINA).startswith("China's RCA in services in 2020 ")


def test_names_may_be_codes_or_chinese(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = said(capsys, str(saved), *CHINA)
    assert said(capsys, str(saved), "--index", "rca", "--reporter", "chn", "--sector", "服务") == wanted


def test_several_numbers_follow_each_other(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, str(saved), "--index", "rca,rsca", "--sector", "services", "--year", "2019")
    assert text.count(" in services in 2019 is ") == 8


def test_the_text_goes_to_a_file(saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "why.txt"
    said(capsys, str(saved), *CHINA, "--lang", "zh", "--out", str(out))
    assert "不具显性比较优势" in out.read_text(encoding="utf-8")


def test_too_many_numbers_are_refused_with_what_to_do(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentence = refused(capsys, "compute", str(saved), "--explain")
    assert "20 is the most" in sentence
    assert "--index" in sentence


def test_a_name_that_nothing_has_is_refused_with_those_that_are_known(
    saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = refused(capsys, "compute", str(saved), "--explain", "--index", "rca", "--reporter", "Chna")
    assert sentence == "Nothing is called “Chna” here. Known are: China, India, Ireland, United States."


def test_a_year_that_is_not_there_is_refused(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "No number fits" in refused(capsys, "compute", str(saved), "--explain", *CHINA, "--year", "1950")


def test_a_spreadsheet_is_explained_with_its_cells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "Country,Flow,2019,2020\nChina,Exports,8,9\nChina,Imports,2,3\n", "trade.csv")
    text = said(capsys, str(source), "--index", "tc", "--reporter", "China", "--year", "2020")
    assert "TC = (9 − 3) / (9 + 3) = 0.5" in text
    assert "trade.csv”, cell D2" in text


def test_a_spreadsheet_without_a_year_takes_the_one_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = written(tmp_path, "Country,Exports,Imports\nChina,9,3\nIndia,2,3\n", "trade.csv")
    text = said(capsys, str(source), "--index", "tc", "--reporter", "China", "--year", "2020")
    assert text.startswith("China's TC in 2020 is 0.5")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "gone.csv" in refused(capsys, "compute", str(tmp_path / "gone.csv"), "--explain")
