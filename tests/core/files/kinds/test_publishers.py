"""Files in the shapes of publishers; the numbers are made up for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.units import Unit
from tests.core.files.kinds.making import MILLION, USD, Drawn, archive, found, text_file, workbook

WORLD_BANK = """
"Data Source","World Development Indicators",

"Last Updated Date","2021-02-17",

"Country Name","Country Code","Indicator Name","Indicator Code","2018","2019","2020",
"Aruba","ABW","Exports of goods and services (current US$)","NE.EXP.GNFS.CD","1.5","2","",
"Arab World","ARB","Exports of goods and services (current US$)","NE.EXP.GNFS.CD","","30","",
"World","WLD","Exports of goods and services (current US$)","NE.EXP.GNFS.CD","400","500","",
"""
WORLD_BANK_TABLE = Drawn(
    (2018, 2019, 2020),
    {
        ("ABW", "", "", "exports"): [1.5, 2, None],
        ("ARB", "", "", "exports"): [None, 30, None],
        ("WLD", "", "", "exports"): [400, 500, None],
    },
    USD,
)


def test_a_world_bank_csv_with_four_lines_above_the_header(tmp_path: Path) -> None:
    read = found(text_file(tmp_path / "API_NE.EXP.GNFS.CD_DS2_en_csv_v2.csv", WORLD_BANK, "utf-8-sig"))
    assert read.table == WORLD_BANK_TABLE
    roles = {each.id: each.role for each in read.one.labels["reporter"]}
    assert roles == {"ABW": "", "ARB": "aggregate", "WLD": "world"}


def test_a_world_bank_zip_with_two_lists_of_metadata(tmp_path: Path) -> None:
    countries = """
"Country Code","Region","IncomeGroup","SpecialNotes","TableName",
"ABW","Latin America & Caribbean","High income","","Aruba",
"ARB","","","Arab World aggregate.","Arab World",
"""
    indicator = """
"INDICATOR_CODE","INDICATOR_NAME","SOURCE_NOTE","SOURCE_ORGANIZATION",
"NE.EXP.GNFS.CD","Exports of goods and services (current US$)","Exports represent all goods.","World Bank",
"""
    read = found(
        archive(
            tmp_path / "API_NE.EXP.GNFS.CD_DS2_en_csv_v2.zip",
            {
                "Metadata_Indicator_API_NE.EXP.GNFS.CD_DS2.csv": indicator,
                "API_NE.EXP.GNFS.CD_DS2.csv": WORLD_BANK,
                "Metadata_Country_API_NE.EXP.GNFS.CD_DS2.csv": countries,
            },
        )
    )
    assert read.table == WORLD_BANK_TABLE
    assert len(read.left) == 2
    assert all(name.startswith("Metadata") for name in read.left)


def test_baci_keeps_the_zeros_of_its_codes_and_its_numeric_countries(tmp_path: Path) -> None:
    content = """
t,i,j,k,v,q
2019,156,842,010121,12.5,3
2019,156,842,850110,7,0.25
2020,156,842,010121,13,NA
2020,251,490,010121,2,1
"""
    read = found(text_file(tmp_path / "BACI_HS92_Y2019_V202201.csv", content))
    assert read.table.periods == (2019, 2020)
    exports = {key[:3]: numbers for key, numbers in read.table.series.items() if key[3] == "exports"}
    assert exports == {
        ("CHN", "USA", "010121"): [12.5, 13],
        ("CHN", "USA", "850110"): [7, None],
        ("FRA", "TWN", "010121"): [None, 2],
    }
    assert {key[3] for key in read.table.series} <= {"exports", "quantity_exports"}


def test_an_atlas_download_leaves_its_numbering_of_countries_out(tmp_path: Path) -> None:
    content = """
country_id,country_iso3_code,product_id,product_hs92_code,year,export_value,import_value
156,CHN,650,0101,2019,120,80
156,CHN,651,8501,2019,7,9
404,KEN,650,0101,2019,0,5
156,CHN,650,0101,2020,130,85
"""
    assert found(text_file(tmp_path / "hs92_country_product_year_4.csv", content)).table == Drawn(
        (2019, 2020),
        {
            ("CHN", "", "0101", "exports"): [120, 130],
            ("CHN", "", "0101", "imports"): [80, 85],
            ("CHN", "", "8501", "exports"): [7, None],
            ("CHN", "", "8501", "imports"): [9, None],
            ("KEN", "", "0101", "exports"): [0, None],
            ("KEN", "", "0101", "imports"): [5, None],
        },
    )


def test_balanced_trade_in_services(tmp_path: Path) -> None:
    content = """
Reporter,Partner,Flow,Item_code,Year,Balanced_value
CHN,USA,X,S,2019,100.5
CHN,USA,M,S,2019,90
CHN,WLD,X,S,2019,1000
CHN,USA,X,SC,2019,20
CHN,USA,X,S,2020,80.25
"""
    assert found(text_file(tmp_path / "OECD-WTO_BATIS_BPM6.csv", content)).table == Drawn(
        (2019, 2020),
        {
            ("CHN", "USA", "total", "exports"): [100.5, 80.25],
            ("CHN", "USA", "total", "imports"): [90, None],
            ("CHN", "WLD", "total", "exports"): [1000, None],
            ("CHN", "USA", "SC", "exports"): [20, None],
        },
    )


def test_of_reported_and_balanced_values_none_is_lost_or_mixed(tmp_path: Path) -> None:
    content = """
Reporter,Partner,Flow,Item_code,Year,Reported_value,Balanced_value
CHN,USA,X,S,2019,101,100.5
CHN,USA,M,S,2019,,90
"""
    read = found(text_file(tmp_path / "OECD-WTO_BATIS_BPM6.csv", content))
    series = {key: numbers for key, numbers in read.table.series.items() if key[:3] == ("CHN", "USA", "total")}
    assert len({key[3] for key in series}) == len(series)
    imported = [numbers for numbers in series.values() if numbers != [None]]
    left = " ".join(read.report.columns_left)
    if "Reported_value" in left:
        assert sorted(imported) == [[90.0], [100.5]]
    else:
        assert sorted(imported) == [[90.0], [100.5], [101.0]]


def test_oecd_with_its_flags_and_powers_of_ten(tmp_path: Path) -> None:
    content = """
LOCATION,Country,FLOW,Flow,TIME,Time,Unit Code,Unit,PowerCode Code,PowerCode,Value,Flag Codes,Flags
"AUS","Australia","EXP","Exports","2018","2018","USD","US Dollar","6","Millions",257.3,"",""
"AUS","Australia","EXP","Exports","2019","2019","USD","US Dollar","6","Millions",271,"B","Break"
"AUS","Australia","IMP","Imports","2018","2018","USD","US Dollar","6","Millions",235.5,"P","Provisional value"
"""
    read = found(text_file(tmp_path / "MEI_TRD.csv", content))
    table = read.table
    assert table.periods == (2018, 2019)
    assert table.series == {("AUS", "", "", "exports"): [257.3, 271], ("AUS", "", "", "imports"): [235.5, None]}
    assert table.unit == MILLION
    assert set(table.marks) == {(("AUS", "", "", "exports"), 2019), (("AUS", "", "", "imports"), 2018)}


def test_sdmx_columns_with_status_and_multiplier(tmp_path: Path) -> None:
    content = """
REF_AREA,COUNTERPART_AREA,FLOW,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,UNIT_MULT
FRA,WLD,X,2020,10.5,A,USD,9
FRA,WLD,X,2021,11,p,USD,9
FRA,DEU,M,2021,3,b,USD,9
"""
    table = found(text_file(tmp_path / "data.csv", content)).table
    assert table.periods == (2020, 2021)
    assert table.series == {("FRA", "WLD", "", "exports"): [10.5, 11], ("FRA", "DEU", "", "imports"): [None, 3]}
    assert table.unit == Unit("USD", 1e9)
    assert {(("FRA", "WLD", "", "exports"), 2021), (("FRA", "DEU", "", "imports"), 2021)} <= set(table.marks)


def test_eurostat_with_flags_beside_numbers(tmp_path: Path) -> None:
    content = "geo\\time\t2019 \t2020 \t2021 \nDE\t10.5 \t11 b\t: \nFR\t: c\t7.25 p\t8 e\n"
    read = found(text_file(tmp_path / "exports.tsv", content))
    table = read.table
    assert table.periods == (2019, 2020, 2021)
    assert table.series == {("DEU", "", "", "exports"): [10.5, 11, None], ("FRA", "", "", "exports"): [None, 7.25, 8]}
    assert table.marks == {
        (("DEU", "", "", "exports"), 2020): ("flag", "11 b"),
        (("FRA", "", "", "exports"), 2020): ("flag", "7.25 p"),
        (("FRA", "", "", "exports"), 2021): ("estimated", "8 e"),
    }
    assert sum(read.report.missing.values()) == 2


def test_census_months_below_their_year_with_revisions(tmp_path: Path) -> None:
    rows = [
        ["U.S. International Trade in Goods and Services"],
        ["[In millions of dollars. Details may not equal totals due to rounding. (R) - Revised.]"],
        [],
        ["Period", "Balance", None, "Exports", None, "Imports", None],
        [None, "Total", "Services", "Total", "Services", "Total", "Services"],
        ["2022"],
        ["Jan. - Dec.", -30, 3, 210, 21, 240, 18],
        ["January", -10, 1, 100, 10, 110, 9],
        ["February (R)", -20, 2, 110, 11, 130, 9],
        ["2023"],
        ["January", -12, 1.5, 105, 12, 117, 10.5],
        ["NOTE: Data are on a balance of payments basis."],
    ]
    read = found(workbook(tmp_path / "exh1.xlsx", {"Exhibit 1": rows}))
    table = read.table
    assert (table.kind, table.periods) == ("month", (202201, 202202, 202301))
    assert {key[2:]: numbers for key, numbers in table.series.items()} == {
        ("total", "stated_balance"): [-10, -20, -12],
        ("services", "stated_balance"): [1, 2, 1.5],
        ("total", "exports"): [100, 110, 105],
        ("services", "exports"): [10, 11, 12],
        ("total", "imports"): [110, 130, 117],
        ("services", "imports"): [9, 9, 10.5],
    }
    assert table.unit == MILLION
    assert 6 in {row for row, _ in read.report.rows_left} | {row - 1 for row, _ in read.report.rows_left}


@pytest.mark.parametrize("above", ["Reporter: China", "Reporting economy,China", "报告国：中国"])
def test_a_line_above_the_table_says_whose_numbers_they_are(tmp_path: Path, above: str) -> None:
    content = f"{above}\nUnit : US Dollar thousand\n\nProduct,2019,2020\nTOTAL,5,7\n01,1,2\n"
    assert found(text_file(tmp_path / "exports.csv", content)).table == Drawn(
        (2019, 2020),
        {("CHN", "", "total", "exports"): [5, 7], ("CHN", "", "01", "exports"): [1, 2]},
        Unit("USD", 1e3),
    )


def test_comtrade_of_old_with_its_names_in_words(tmp_path: Path) -> None:
    content = """
Classification,Year,Period,Aggregate Level,Trade Flow Code,Trade Flow,Reporter Code,Reporter,Reporter ISO,\
Partner Code,Partner,Partner ISO,Commodity Code,Commodity,Qty Unit Code,Netweight (kg),Trade Value (US$),Flag
H4,2015,2015,2,1,Import,156,China,CHN,0,World,WLD,01,Animals; live,1,500,1000,0
H4,2015,2015,2,2,Export,156,China,CHN,0,World,WLD,01,Animals; live,1,250,600,0
H4,2015,2015,2,2,Export,156,China,CHN,842,USA,USA,01,Animals; live,1,,75,0
H4,2016,2016,2,2,Export,156,China,CHN,842,USA,USA,01,Animals; live,1,,80,0
H4,2015,2015,0,2,Export,156,China,CHN,0,World,WLD,TOTAL,All Commodities,1,,9000,0
"""
    table = found(text_file(tmp_path / "comtrade.csv", content)).table
    assert table == Drawn(
        (2015, 2016),
        {
            ("CHN", "WLD", "01", "imports"): [1000, None],
            ("CHN", "WLD", "01", "exports"): [600, None],
            ("CHN", "USA", "01", "exports"): [75, 80],
            ("CHN", "WLD", "total", "exports"): [9000, None],
        },
        USD,
    )


def test_wto_statistics_as_a_long_list(tmp_path: Path) -> None:
    content = """
Indicator Code,Indicator,Reporting Economy Code,Reporting Economy,Partner Economy Code,Partner Economy,\
Product/Sector Code,Product/Sector,Period Code,Period,Frequency Code,Frequency,Unit Code,Unit,Year,Value Flag,Value
ITS_CS_AX6,Commercial services exports by main sector,156,China,000,World,S,Memo item: Commercial services,A,Annual,A,\
Annual,USM,Million US dollar,2019,,281651
ITS_CS_AX6,Commercial services exports by main sector,156,China,000,World,S,Memo item: Commercial services,A,Annual,A,\
Annual,USM,Million US dollar,2020,E,278084
ITS_CS_AX6,Commercial services exports by main sector,842,United States of America,000,World,S,\
Memo item: Commercial services,A,Annual,A,Annual,USM,Million US dollar,2019,,853270
"""
    read = found(text_file(tmp_path / "WtoData.csv", content))
    table = read.table
    assert table.periods == (2019, 2020)
    assert {(key[0], key[1], key[3]): numbers for key, numbers in table.series.items()} == {
        ("CHN", "WLD", "exports"): [281651, 278084],
        ("USA", "WLD", "exports"): [853270, None],
    }
    assert table.unit == MILLION
    assert {place[1] for place in table.marks} == {2020}


def test_an_office_with_four_header_rows_and_decimal_commas(tmp_path: Path) -> None:
    content = """
Foreign trade statistics
Exports and imports: Germany, years, countries
;;2019;2019;2020;2020
;;Exports: Value;Imports: Value;Exports: Value;Imports: Value
;;EUR thousand;EUR thousand;EUR thousand;EUR thousand
Code;Country;;;;
FR;France;1.000,5;2.000;3;-
CN;China;96;110,25;95,9;117,4
__________
(C)opyright Statistical Office, 2021 | as of 03.05.2021
"""
    read = found(text_file(tmp_path / "51000-0003.csv", content, "cp1252"))
    table = read.table
    assert table.periods == (2019, 2020)
    found_series = {frozenset(key) - {"DEU", "total", ""}: numbers for key, numbers in table.series.items()}
    assert found_series == {
        frozenset({"FRA", "exports"}): [1000.5, 3],
        frozenset({"FRA", "imports"}): [2000, None],
        frozenset({"CHN", "exports"}): [96, 95.9],
        frozenset({"CHN", "imports"}): [110.25, 117.4],
    }
    assert table.unit == Unit("EUR", 1e3)
    assert dict(read.report.missing) == {"-": 1}


def test_a_sdmx_csv_of_eurostat(tmp_path: Path) -> None:
    content = """
DATAFLOW,LAST UPDATE,freq,unit,stk_flow,partner,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG
ESTAT:EXT_LT(1.0),15/09/23 11:00:00,A,MIO_EUR,EXP,WORLD,DE,2020,10.5,
ESTAT:EXT_LT(1.0),15/09/23 11:00:00,A,MIO_EUR,EXP,WORLD,DE,2021,11,p
ESTAT:EXT_LT(1.0),15/09/23 11:00:00,A,MIO_EUR,IMP,WORLD,EL,2021,,c
"""
    table = found(text_file(tmp_path / "ext_lt_linear.csv", content)).table
    exports, imports = ("DEU", "WLD", "", "exports"), ("GRC", "WLD", "", "imports")
    assert (table.periods, table.series) == ((2020, 2021), {exports: [10.5, 11], imports: [None, None]})
    assert table.unit == Unit("EUR", 1e6)
    assert (exports, 2021) in table.marks
