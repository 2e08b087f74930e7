"""Codes of classifications have names; what stands for all of a classification is the total."""

from __future__ import annotations

import pytest

from core.measures import place_label
from core.sectors import is_total_code, is_total_name, nested, sector
from core.table import Label
from core.text import Bilingual


def test_the_chapters_of_the_harmonized_system_are_complete() -> None:
    """Chapters 01 to 97 without 77, which is reserved, and 99 for what is not specified."""
    found = [code for code in (f"{number:02}" for number in range(100)) if sector(code, "hs")]
    assert found == [f"{number:02}" for number in range(1, 100) if number not in {77, 98}]


@pytest.mark.parametrize("scheme", ["hs", "hs_sections", "sitc", "ebops"])
def test_each_sector_has_a_name_in_both_languages(scheme: str) -> None:
    codes = ["01", "85", "I", "XXI", "0", "9", "SA", "SL"]
    found = [each for code in codes if (each := sector(code, scheme))]
    assert len(found) == 2
    assert all(each.name.en and each.name.zh for each in found)


def test_a_code_keeps_its_leading_zero() -> None:
    assert place_label("sector", "01", scheme="hs") == Label("01", Bilingual("01 Live animals", "01 活动物"))


def test_a_number_means_nothing_where_the_classification_is_unknown() -> None:
    assert sector("01") is None
    assert place_label("sector", "01") == Label("01", Bilingual("01"))


def test_the_letters_of_services_are_known_without_a_classification() -> None:
    found = sector("sc")
    assert found is not None
    assert found.label == Bilingual("SC Transport", "SC 运输")
    assert place_label("sector", "SC", codes=True).id == "SC"


@pytest.mark.parametrize(
    "name",
    [
        "Total", "TOTAL", "All products", "Total - all products", "TOTAL - All products", "All products (TOTAL)",
        "Total - Total of all HS commodities", "总额", "合计", "总计", "所有商品",
    ],
)  # fmt: skip
def test_all_products_are_the_total(name: str) -> None:
    assert is_total_name(name)
    assert place_label("sector", name) == Label("total", Bilingual("Total", "总计"), "total")


@pytest.mark.parametrize("code", ["TOTAL", "S", "200", "_T"])
def test_codes_of_totals_are_the_total_where_codes_stand(code: str) -> None:
    """UN Comtrade: 200 is the total of EBOPS 2002, S that of EBOPS 2010."""
    assert is_total_code(code)
    assert place_label("sector", code, codes=True).role == "total"
    assert place_label("sector", "200").role == ""


@pytest.mark.parametrize("name", ["Total services", "Goods", "Other", "999999", "99", "All other products", "85"])
def test_a_part_is_not_the_total(name: str) -> None:
    assert not is_total_name(name)
    assert place_label("sector", name, codes=True, scheme="hs").role == ""


@pytest.mark.parametrize(
    ("codes", "inside"),
    [
        (("84", "85", "8517", "851712", "TOTAL"), {"8517", "851712"}),
        (("8517", "851712", "8542"), {"851712"}),
        (("0", "00", "001", "7", "78", "784"), {"00", "001", "78", "784"}),
        (("01", "011", "10"), {"011"}),
        (("SC", "SC1", "SD", "SDA", "S"), {"SC1", "SDA"}),
        (tuple(str(number) for number in range(1, 121)), set()),
        (("steel", "steel products", "S"), set()),
    ],
)
def test_a_code_within_another_is_told_from_a_number_of_a_list(codes: tuple[str, ...], inside: set[str]) -> None:
    """HS: two more digits for each level; SITC and ISIC: one more, and some codes begin with 0; EBOPS: letters."""
    assert nested(codes) == inside
