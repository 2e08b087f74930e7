"""Settings of the analysis on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.commands_run import computed, one, refused


def test_a_setting_changes_the_numbers_and_is_said_in_the_variant(saved: Path, tmp_path: Path) -> None:
    """The reference moves China's 2020 value from 0.353 to 0.324 when the world leaves it out."""
    wanted = {"reporter": "China", "sector": "Services", "year": "2020"}
    plain = one(computed(saved, tmp_path, "--index", "rca"), **wanted)
    other = one(computed(saved, tmp_path, "--index", "rca", "--set", "world=excluding"), **wanted)
    assert (round(float(plain["value"]), 3), round(float(other["value"]), 3)) == (0.353, 0.324)
    assert (plain["variant"], other["variant"]) == (
        "world=stated;total=sum of 2",
        "world=stated excluding the reporter;total=sum of 2",
    )


def test_numbers_lists_and_directions_are_read(saved: Path, tmp_path: Path) -> None:
    settings = ("--set", "threshold=0.5", "--set", "composite=tc,rca:lower", "--set", "universe=services,goods")
    rows = computed(saved, tmp_path, "--index", "presence,composite", *settings)
    variants = {row["index"]: row["variant"] for row in rows}
    assert "threshold=0.5" in variants["presence"]
    assert "universe=services+goods" in variants["presence"]
    assert "composite=tc higher+rca lower" in variants["composite"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("world", "“world” is no setting. Write --set NAME=VALUE"),
        ("nothing=1", "“nothing=1” is no setting. Write --set NAME=VALUE"),
        ("world=half", "“half” is no value of “world”. Write one of: including, excluding."),
        ("threshold=much", "“Threshold of the RCA” must be a number above 0."),
    ],
)
def test_what_is_no_setting_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], saved: Path, given: str, said: str
) -> None:
    assert refused(capsys, "compute", str(saved), "--set", given).startswith(said)
