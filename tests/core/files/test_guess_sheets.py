"""Tables as offices publish them are recognised; each was drawn after a real one, with numbers made up."""

from __future__ import annotations

import pytest

from core.files.grid import Cell, Sheet, sheet_of
from core.files.guess import guess
from core.files.importing import known_labels
from core.files.mapping import Labels, SheetMapping
from core.units import Unit
from tests.core.files.sheets import imported, series_of, sheet


@pytest.fixture(scope="module")
def known() -> Labels:
    return known_labels(None)


def roles(mapping: SheetMapping) -> list[str]:
    return list(mapping.columns)


def test_a_label_only_row_below_the_years_belongs_to_the_header(known: Labels) -> None:
    text = """
    Data extracted on 11/10/2023
    Dataset: | Share of the EU in world trade
    Time frequency | | Annual
    External trade indicator | | Exports in million US$
    Standard International Trade Classification (SITC Rev. 4, 2006) | | Raw materials
    |
    TIME | 2002 | 2003
    GEO (Labels) | |
    Brazil | 1 | 2
    Canada | 3 | :
    |
    Special value | |
    : | not available |
    """
    mapping = guess(sheet(text), known)
    assert (mapping.levels, mapping.end, mapping.missing) == (("year", "ignore"), 10, (":",))
    assert (mapping.measure, mapping.sector, mapping.unit) == ("Exports", "Raw materials", Unit("USD", 1e6))
    assert mapping.title == "Share of the EU in world trade"
    table, report = imported(text, known)
    assert series_of(table) == {
        ("BRA", "", "raw materials", "exports"): [1, 2],
        ("CAN", "", "raw materials", "exports"): [3, None],
    }
    assert dict(report.missing) == {":": 1}


def test_a_heading_without_numbers_is_no_series(known: Labels) -> None:
    text = """
    PRODUCT -   Primary products
    PARTNER -       China
    YEAR | 1995 | 1996
    ECONOMY | |
    Individual economies | _ | _
    World | 1 | 2
    Africa | 3 | ..
    """
    mapping = guess(sheet(text), known)
    assert (mapping.partner, mapping.sector, mapping.skipped) == ("China", "Primary products", (4,))
    assert set(mapping.missing) == {"_", ".."}


def test_labels_without_numbers_stay_series(known: Labels) -> None:
    text = "Country Name | Country Code | 2009 | 2010\nChina | CHN | 1 | 2\nAndorra | AND | |\nWorld | WLD | 3 | 4"
    table, _ = imported(text, known)
    assert [table.key(at)[0] for at in range(3)] == ["CHN", "AND", "WLD"]


def test_of_codes_and_names_one_pair_is_chosen(known: Labels) -> None:
    text = """
    refYear | reporterCode | reporterISO | reporterDesc | flowCode | flowDesc | cmdCode | cmdDesc | qty | primaryValue
    2022 | 156 | CHN | China | M | Import | 01 | Animals | 7 | 5
    2022 | 156 | CHN | China | X | Export | 01 | Animals | 8 | 6
    2022 | 276 | DEU | Germany | X | Export | 01 | Animals | 9 | 7
    """
    mapping = guess(sheet(text), known)
    assert roles(mapping) == [
        "year", "ignore", "reporter_code", "reporter", "ignore", "measure", "sector_code", "sector", "ignore", "value",
    ]  # fmt: skip
    assert mapping.unit == Unit("USD")


def test_numbers_beside_an_explicit_value_are_no_values(known: Labels) -> None:
    rows: list[tuple[Cell, ...]] = [("exporter", "importer", "pair_id", "year", "trade", "DIST", "RTA")]
    for year in (1986.0, 1990.0):
        for at, (one, other) in enumerate((("POL", "ARG"), ("SWE", "ARG"), ("DNK", "ARG")), 1):
            rows.append((one, other, float(at), year, 3.5 * at, 12_224.9, 0.0))
    labels = (("trade", "Nominal trade flows in current US dollars"), ("DIST", "Distance in kilometers"))
    mapping = guess(Sheet("gravity", sheet_of("", rows).rows, words=labels), known)
    assert roles(mapping) == ["reporter_code", "partner_code", "ignore", "year", "value", "ignore", "ignore"]
    assert (mapping.measure, mapping.unit, mapping.orientation) == ("Exports", Unit("USD"), "long")


def test_single_letters_are_roles_only_together(known: Labels) -> None:
    baci = sheet("t | i | j | k | v | q\n2019 | 156 | 842 | 010121 | 1.5 | 2\n2020 | 156 | 842 | 010121 | 2.5 | 3")
    mapping = guess(baci, known)
    assert roles(mapping) == ["year", "reporter_code", "partner_code", "sector_code", "value", "ignore"]
    assert (mapping.measure, mapping.unit) == ("Exports", Unit("USD", 1e3))
    other = guess(sheet("Year | i | v\n2019 | 1 | 2\n2020 | 3 | 4"), known)
    assert roles(other) == ["year", "value", "value"]


def test_a_remark_for_each_date_and_flags_are_no_labels_and_no_series(known: Labels) -> None:
    text = """
    Tariff action | Date | US tariffs | Chinese tariffs | Trade war
    Section 201 | 2018-02-07 | 3.1 | 8 |
    Section 232 | 2018-03-23 | 3.8 | 8 |
    Retaliation | 2018-07-06 | 6.7 | 10 | 1
    Second list | 2018-08-23 | 8.2 | 12 | 1
    """
    mapping = guess(sheet(text), known)
    assert roles(mapping) == ["ignore", "year", "value", "value", "ignore"]


def test_the_unit_of_a_column_is_not_that_of_growth(known: Labels) -> None:
    text = """
    年份 | 进口量 | 增长率 | 出口量 | 增长率 | 单位 | 国家
    2018 | 100 | 0.1 | 50 | 0.07 | 万吨 | 中国
    2019 | 110 | 0.077 | 60 | 0.13 | 万吨 | 中国
    """
    table, _ = imported(text, known)
    units = {table.key(at)[3]: table.unit(at) for at in range(4)}
    assert units["quantity_imports"] == Unit("t", 1e4)
    assert units["进口量 增长率"] == units["出口量 增长率"] == Unit()
    assert {table.key(at)[0] for at in range(4)} == {"CHN"}


def test_a_code_that_other_numbers_exclude_is_proposed_as_missing(known: Labels) -> None:
    rows = "\n".join(f"C{at} | {at} | {-99 if at % 3 else at}" for at in range(1, 12))
    assert guess(sheet("Country | 2009 | 2010\n" + rows), known).missing == ("-99",)
    rows = "\n".join(f"C{at} | {-at} | {-99 if at % 3 else -200 - at}" for at in range(1, 12))
    assert guess(sheet("Country | 2009 | 2010\n" + rows), known).missing == ()


def test_the_header_of_each_page_is_no_data(known: Labels) -> None:
    text = "Country | 2009 | 2010\nChina | 1 | 2\nCountry | 2009 | 2010\nIndia | 3 | 4"
    assert guess(sheet(text), known).skipped == (2,)


def test_years_written_once_stand_over_several_columns(known: Labels) -> None:
    text = """
    国家 | 2020年 | | 2021年 |
         | 出口额（亿美元） | 进口额（亿美元） | 出口额（亿美元） | 进口额（亿美元）
    中国 | 1 | 2 | 3 | 4
    印度 | 5 | 6 | 7 | 8
    """
    table, _ = imported(text, known)
    assert table.units == (Unit("USD", 1e8),)
    assert series_of(table) == {
        ("CHN", "", "", "exports"): [1, 3],
        ("CHN", "", "", "imports"): [2, 4],
        ("IND", "", "", "exports"): [5, 7],
        ("IND", "", "", "imports"): [6, 8],
    }


def test_a_matrix_has_partners_in_its_columns(known: Labels) -> None:
    table, _ = imported("Exports 2015\nCountry | China | India\nChina | 0 | 1\nIndia | 2 | 0", known)
    assert series_of(table)["CHN", "IND", "", "exports"] == [1]
    assert table.periods.values == (2015,)


def test_a_list_of_years_is_no_table(known: Labels) -> None:
    from core.errors import UserError

    with pytest.raises(UserError, match="no numbers but years"):
        guess(sheet("Dimension | Label\nGeo | Brazil\nTime | 2002\nTime | 2003\nTime | 2004"), known)


def test_a_person_who_says_how_a_sheet_lies_is_followed(known: Labels) -> None:
    grid = sheet("Year | 2001 | 2002\n2009 | 1 | 2\n2010 | 3 | 4")
    assert guess(grid, known, "down").orientation == "down"
