"""A code means something else in each classification: a merge that may mix two of them says so."""

from __future__ import annotations

import pytest

from core.files.merging import compare, refreshed
from core.table import Label, Periods, Table, new_table
from core.text import Bilingual


def table(title: str, code: str, en: str, zh: str = "") -> Table:
    """Exports of one sector in one year."""
    return new_table(
        title.casefold(),
        Bilingual(title),
        {"sector": [Label(code, Bilingual(en, zh))], "measure": [Label("exports", Bilingual("Exports"))]},
        {"sector": [0], "measure": [0]},
        Periods("year", (2015,)),
        [[1.0]],
    )


def notes(mine: tuple[str, ...], theirs: tuple[str, ...]) -> list[str]:
    return [str(note) for note in compare(table("Here", *mine), table("There", *theirs)).notes]


def test_the_same_code_for_unlike_sectors_is_doubted() -> None:
    """85 is electrical machinery in the Harmonized System and footwear in SITC Rev. 4."""
    (note,) = notes(("85", "85 Electrical machinery and equipment"), ("85", "85 Footwear"))
    assert note == (
        "“85 Electrical machinery and equipment” and “85 Footwear” have the same code. "
        "Make sure that “Here” and “There” are of one classification."
    )
    assert len(notes(("85", "", "85 电机、电气设备"), ("85", "", "85 鞋靴"))) == 1


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("85", "85 Electrical machinery and equipment"), ("85", "Electrical machinery")),
        (("85", "85 Electrical machinery", "85 电机"), ("85", "", "85 电机、电气设备")),
        (("85", "85 Electrical machinery"), ("85", "", "85 鞋靴")),
        (("85", "85"), ("85", "85 Footwear")),
        (("steel", "Steel"), ("steel", "Iron products")),
    ],
)
def test_names_that_are_alike_or_cannot_be_compared_are_not_doubted(
    mine: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    assert notes(mine, theirs) == []


def test_a_refresh_does_not_doubt_names_that_a_person_gave() -> None:
    assert (
        refreshed(table("Here", "85", "Our best sector"), table("There", "85", "85 Electrical machinery")).notes == ()
    )
