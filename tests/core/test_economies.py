"""Economies are recognised by names and codes; what is only similar is suggested and never taken."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.economies import economies, economy, looks_aggregate, suggestions
from core.measures import known_place, place_label
from core.naming import named
from core.places import DATA
from core.project import Project
from core.table import Label
from core.text import Bilingual


def the_id(text: str, *, codes: bool = False) -> str:
    found = economy(text, codes=codes)
    return found.id if found else ""


ISO_3166 = tuple(csv.DictReader((DATA / "economies.csv").read_text("utf-8").splitlines()[4:]))


def test_iso_3166_is_complete() -> None:
    """ISO 3166-1 has 249 entries since 2011."""
    assert len(ISO_3166) == len({row["id"] for row in ISO_3166}) == len({row["numeric"] for row in ISO_3166}) == 249


def test_every_entry_of_iso_3166_is_found_by_its_names_and_codes() -> None:
    for row in ISO_3166:
        for text in (row["id"], row["en"], row["zh"], row["en"].upper()):
            assert the_id(text) == row["id"]
        for code in (row["id"].lower(), row["alpha2"], row["numeric"], str(int(row["numeric"]))):
            assert the_id(code, codes=True) == row["id"]


# Spellings of UN Comtrade, World Bank, ITC Trade Map, WTO Stats, Eurostat, UNdata and China's customs.
@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (
            "CHN",
            "China|CHINA|P.R. China|China, mainland|China except Hong Kong|中国大陆|中国|People's Republic of China",
        ),
        ("HKG", "Hong Kong|China, Hong Kong SAR|Hong Kong, China|Hong Kong SAR, China|中国香港|香港|中国 香港"),
        ("MAC", "Macao|Macau|China, Macao SAR|Macao SAR, China|澳门|中国澳门"),
        (
            "TWN",
            "Taiwan, Province of China|Chinese Taipei|Taipei, Chinese|Other Asia, nes|Taiwan, China|中国台湾|台湾省",
        ),
        ("KOR", "Korea, Rep.|Republic of Korea|Korea, Republic of|South Korea|Rep. of Korea|大韩民国|Korea (Rep.)"),
        ("PRK", "Korea, Dem. People's Rep.|Democratic People's Republic of Korea|Dem. People's Rep. of Korea|DPRK"),
        (
            "COD",
            "Congo, Dem. Rep.|Democratic Republic of the Congo|Dem. Rep. of the Congo|DR Congo|刚果(金)|刚果（金）",
        ),
        ("COG", "Congo, Rep.|Republic of Congo|Congo - Brazzaville|刚果(布)"),
        ("TUR", "Turkey|Türkiye|Turkiye|TURKEY|土耳其"),
        ("CIV", "Côte d'Ivoire|Cote d’Ivoire|Ivory Coast|CÔTE D'IVOIRE|Côte d´Ivoire|科特迪瓦|象牙海岸"),
        ("SWZ", "Eswatini|Swaziland"),
        ("MKD", "North Macedonia|Macedonia, FYR|TFYR of Macedonia|Macedonia, North"),
        ("CZE", "Czechia|Czech Republic|Czech Rep."),
        ("CPV", "Cabo Verde|Cape Verde"),
        ("GBR", "United Kingdom|UK|U.K.|Great Britain|英国"),
        ("USA", "United States|United States of America|US|U.S.|USA|The United States|美国|美利坚合众国|ＵＳＡ"),
        ("RUS", "Russia|Russian Federation|俄罗斯|俄罗斯联邦"),
        ("VNM", "Vietnam|Viet Nam|越南"),
        ("LAO", "Lao PDR|Laos|Lao People's Dem. Rep.|Lao People's Democratic Republic"),
        ("IRN", "Iran|Iran, Islamic Rep.|Iran (Islamic Republic of)"),
        ("BOL", "Bolivia|Bolivia (Plurinational State of)|Bolivia, Plurinational State of"),
        ("VEN", "Venezuela, RB|Venezuela (Bolivarian Republic of)|Venezuela, Bolivarian Republic of"),
        ("FSM", "Micronesia, Fed. Sts.|Micronesia (Federated States of)|FS Micronesia"),
        ("MDA", "Moldova|Rep. of Moldova|Republic of Moldova"),
        ("SYR", "Syria|Syrian Arab Republic"),
        ("TZA", "Tanzania|United Rep. of Tanzania|Tanzania, United Republic of"),
        ("GMB", "Gambia|Gambia, The|The Gambia"),
        ("BHS", "Bahamas|Bahamas, The"),
        ("KNA", "St. Kitts and Nevis|Saint Kitts & Nevis|Saint Kitts and Nevis"),
        ("SVK", "Slovak Republic|Slovakia"),
        ("KGZ", "Kyrgyz Republic|Kyrgyzstan"),
        ("YEM", "Yemen, Rep.|Yemen"),
        ("EGY", "Egypt, Arab Rep.|Egypt"),
        ("TLS", "Timor-Leste|East Timor|东帝汶"),
        ("BRN", "Brunei|Brunei Darussalam|文莱"),
        ("PSE", "State of Palestine|West Bank and Gaza|Palestine, State of|巴勒斯坦"),
        ("VIR", "US Virgin Isds|Virgin Islands (U.S.)|United States Virgin Islands"),
        ("XKX", "Kosovo|Kosovo*|Kosovo (under UNSCR 1244/99)|科索沃|XKX"),
        ("SCG", "Serbia and Montenegro|Serbia and Montenegro (...2005)|塞黑"),
        ("SUN", "USSR (...1990)|Fmr USSR|Soviet Union|苏联"),
        ("YUG", "Fmr Yugoslavia|Yugoslavia|南斯拉夫"),
        ("CSK", "Czechoslovakia|Czechoslovakia (...1992)"),
        ("DDR", "Dem. Rep. of Germany (...1990)|East Germany"),
        ("ANT", "Neth. Antilles|Netherlands Antilles (...2010)"),
        ("BLX", "Belgium-Luxembourg|Belgium-Luxembourg (...1998)"),
        ("SDF", "Sudan (before 2012)|Fmr Sudan|Sudan (...2011)"),
        ("SDN", "Sudan|苏丹"),
        # Names as the International Monetary Fund's Direction of Trade Statistics print them.
        ("CHN", "China, P.R.: Mainland|China,P.R.:Mainland"),
        ("HKG", "China, P.R.: Hong Kong|China,P.R.:Hong Kong"),
        ("MAC", "China, P.R.: Macao"),
        ("VEN", "Venezuela, Rep. Bolivariana de"),
        ("ABW", "Aruba, Kingdom of the Netherlands"),
        ("STP", "São Tomé and Príncipe, Dem. Rep. of"),
        ("NCL", "French Territories: New Caledonia"),
        ("POL", "Poland, Rep. of"),
    ],
)
def test_an_economy_is_known_by_the_spellings_that_data_use(wanted: str, names: str) -> None:
    assert {name: the_id(name) for name in names.split("|")} == dict.fromkeys(names.split("|"), wanted)


# UN Comtrade and CEPII BACI (country_codes) where they differ from ISO 3166-1 or go beyond it.
@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("842", "USA"), ("251", "FRA"), ("381", "ITA"), ("579", "NOR"), ("699", "IND"), ("757", "CHE"), ("490", "TWN"),
        ("S19", "TWN"), ("58", "BLX"), ("56", "BEL"), ("056", "BEL"), ("4", "AFG"), ("891", "SCG"), ("810", "SUN"),
        ("0", "WLD"), ("W00", "WLD"), ("97", "EUU"), ("899", "areas-nes"), ("837", "bunkers"), ("838", "free-zones"),
        ("839", "special"), ("711", "SACU"), ("XKV", "XKX"), ("KSV", "XKX"), ("NA", "NAM"), ("na", "NAM"),
        ("EL", "GRC"), ("UK", "GBR"), ("ROM", "ROU"), ("ZAR", "COD"), ("R20", "europe-efta-nes"),
    ],
)  # fmt: skip
def test_a_column_of_codes_may_be_of_several_bodies(code: str, wanted: str) -> None:
    assert the_id(code, codes=True) == wanted


@pytest.mark.parametrize("text", ["NA", "IN", "IT", "NO", "0", "842", "chn", "per", "and", "can"])
def test_short_texts_and_numbers_are_codes_only_where_codes_stand(text: str) -> None:
    assert economy(text) is None


@pytest.mark.parametrize("mark", ["(1)", " (12)", "¹", "*", " 2/", " (a)", "†", "[3]"])
def test_a_footnote_mark_is_no_part_of_a_name(mark: str) -> None:
    assert the_id("Viet Nam" + mark) == "VNM"


def test_a_name_that_says_the_same_twice_is_that_name() -> None:
    assert the_id("ASEAN (Association of Southeast Asian Nations)") == "ASEAN"
    assert the_id("China (CHN)") == "CHN"
    assert the_id("CAN (Andean Community)") == ""


def test_two_economies_never_share_a_name_or_a_code() -> None:
    for each in economies():
        for text in (each.name.en, each.name.zh):
            assert economy(text) is each
        for code in (each.id, *each.codes):
            assert economy(code, codes=True) is each


def test_each_economy_and_group_has_a_name_in_both_languages() -> None:
    assert not [each for each in economies() if not each.name.en or not each.name.zh]


# World Bank, Eurostat, UNCTADstat and Chinese sources.
@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("EUU", "European Union|EU|EU27|EU27_2020|EU-27|欧盟|欧盟27国|European Union - 27 countries (from 2020)|EUU"),
        ("EU28", "EU28|EU-28|European Union (28 countries)|EU28 (European Union)"),
        ("EMU", "Euro area|Eurozone|欧元区|EA20"),
        ("EA19", "EA19|Euro area - 19 countries (2015-2022)"),
        ("ARB", "Arab World|ARB"),
        ("HIC", "High income|High-income economies (World Bank)|高收入国家"),
        ("EAS", "East Asia & Pacific|EAS"),
        ("EAP", "East Asia & Pacific (excluding high income)|EAP"),
        ("LDC", "Least developed countries: UN classification|LDCs (Least developed countries)|最不发达国家"),
        ("OED", "OECD members|OECD|经合组织"),
        ("ASEAN", "ASEAN|东盟"),
        ("BRICS", "BRICS|金砖国家"),
        ("BRI", "一带一路沿线国家|“一带一路”沿线国家|Belt and Road"),
        ("africa", "Africa|非洲"),
        ("developing", "Developing economies|发展中经济体|Developing countries"),
        ("areas-nes", "Areas, nes|Areas nes|Area Nes"),
        ("bunkers", "Bunkers|Ship stores and bunkers"),
        ("unspecified", "Unspecified|不详"),
    ],
)
def test_a_group_has_an_id_and_a_role_of_its_own(wanted: str, names: str) -> None:
    for name in names.split("|"):
        found = economy(name)
        assert found is not None, name
        assert (found.id, found.role) == (wanted, "aggregate")


@pytest.mark.parametrize("name", ["World", "WORLD", "The World", "World total", "All countries", "世界", "全球", "WLD"])
def test_the_world_is_the_world(name: str) -> None:
    found = economy(name)
    assert found is not None
    assert (found.id, found.name, found.role) == ("WLD", Bilingual("World", "世界"), "world")


@pytest.mark.parametrize(
    "name",
    [
        "Low-income developing economies", "Other Africa", "Rest of the world", "Caribbean countries, nes",
        "Africa excluding South Africa", "Total Asia", "Western Asia and Northern Africa", "LDCs: Islands",
        "Selected exporters of petroleum", "Countries not elsewhere specified", "Extra-EU28 trade", "G-10",
        "AMU (Arab Maghreb Union)", "其他国家", "其他", "亚洲合计", "非洲其他国家", "新兴经济体合计",
        "欧盟成员国", "未列明地区",
    ],
)  # fmt: skip
def test_a_group_in_no_list_is_known_by_its_words(name: str) -> None:
    assert looks_aggregate(name)


def test_the_name_of_an_economy_never_looks_like_a_group() -> None:
    names = [name for each in economies() if not each.role for name in (each.name.en, each.name.zh)]
    assert not [name for name in names if looks_aggregate(name)]


@pytest.mark.parametrize(
    "name",
    [
        "Guangdong", "Bavaria", "New South Wales", "Minas Gerais", "South Africa, Rep. of", "China except Hong Kong",
        "Hong Kong Special Administrative Region", "Other Asia, nes", "浙江省", "内蒙古自治区", "中非共和国", "美国",
    ],
)  # fmt: skip
def test_a_place_never_looks_like_a_group(name: str) -> None:
    assert not looks_aggregate(name)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Korea", {"KOR", "PRK"}), ("Congo", {"COD", "COG"}), ("Untied States", {"USA"}), ("Argentinia", {"ARG"}),
        ("Republic of China", {"CHN"}), ("格鲁几亚", {"GEO"}),
    ],
)  # fmt: skip
def test_what_is_only_similar_is_suggested_and_not_taken(name: str, ids: set[str]) -> None:
    assert economy(name) is None
    assert ids <= {each.id for each in suggestions(name)}


@pytest.mark.parametrize("name", ["", "..", "Furniture", "Quarterly report of the third division"])
def test_nothing_is_suggested_for_what_is_like_no_economy(name: str) -> None:
    assert suggestions(name) == ()


@given(st.text(max_size=300))
def test_any_text_is_an_economy_or_none(text: str) -> None:
    found = economy(text, codes=True) or economy(text)
    assert found is None or looks_aggregate(found.name.en) == bool(found.role)


@pytest.mark.parametrize("text", ["*" * 100_000 + "x", "(1)" * 50_000 + "x", " " * 100_000 + "x", "a" * 100_000])
def test_a_text_of_any_length_is_looked_up_at_once(text: str) -> None:
    assert economy(text[:-1] + "(y") is None
    assert suggestions(text) == ()
    assert not looks_aggregate(text)
    assert not looks_aggregate(text[:190] + "x")


def test_a_recognised_name_has_the_names_of_the_tables() -> None:
    assert place_label("reporter", "china, hong kong sar") == Label("HKG", Bilingual("Hong Kong, China", "中国香港"))
    assert place_label("partner", "W00", codes=True).role == "world"
    assert place_label("partner", "Other Africa") == Label("other africa", Bilingual("Other Africa"), "aggregate")
    assert place_label("partner", "Atlantis") == Label("atlantis", Bilingual("Atlantis"))
    assert known_place("partner", "Atlantis") is None


def test_an_economy_that_the_project_calls_otherwise_is_still_that_economy(sample_project: Project) -> None:
    found = named(sample_project, "reporter", "Republic of India")
    assert found.id == "IND"
    assert found == sample_project.label("reporter", "IND")
