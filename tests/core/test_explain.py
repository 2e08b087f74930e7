"""“Explain this number”: what is said leads to the number, and every part of it to where it stands."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.analysis import analyse
from core.edits import apply
from core.explain import Cell, Explanation, Wanted, explain, printed, sections, sentence, tabular
from core.files.build import build
from core.files.mapping import SheetMapping
from core.indices import indices
from core.project import Analysis, Project, Study
from core.results import LineKey, Results
from core.table import Label, Periods, new_table
from core.text import LANGUAGES, Bilingual
from core.units import Unit
from tests.core.explained import SECTORS, bilateral, explained, project
from tests.core.files.sheets import sheet

GOLDEN = Path(__file__).parent / "golden" / "worldbank.csv"
CHINA: LineKey = ("rca", "", "worldbank", "CHN", "", "services")
OPTIONS: tuple[dict[str, object], ...] = (
    {},
    {"world": "excluding"},
    {"world_rows": "sum", "total": "sum"},
    {"universe": ("s1", "s2")},
    {"missing": "zero"},
    {"against": "base"},
)


def everything(results: Results, year: int) -> list[Explanation]:
    """A value of each index and component in each table that has it, not always the first one."""
    found = []
    for table in results.tables.values():
        for index in indices():
            for component in (indices()[index].components or ("",)) if index in table.available else ():
                lines = list(table.lines(index, component))
                found += [explained(results, line.key, year) for line in (lines[0], lines[-1])]
    return found


def section(explanation: Explanation, name: str) -> list[str]:
    """The rows of a part as text."""
    (found,) = [each for each in sections(explanation) if each.id == name]
    shown = [
        [each.said if isinstance(each.said, str) else each.said.show("en") for each in pieces]
        for _depth, pieces in found.rows
    ]
    return [" ".join(filter(None, row)) for row in shown]


def worked_out(formula: str) -> float:
    """An evaluation of its own of what a reader sees, by Python's arithmetic."""
    text = formula.translate(str.maketrans({"−": "-", "×": "*", "^": "", "[": "(", "]": ")", "≥": ">="}))
    text = text.replace("²", "**2").replace(")(1 /", ")**(1 /")
    while "|" in text:
        text = re.sub(r"\|([^|]*)\|", r"abs(\1)", text)
    text = re.sub(r"ln ([\d.]+|\([^()]*\))", r"ln(\1)", text)
    return float(eval(text, {"__builtins__": {}, "abs": abs, "ln": math.log}))


@pytest.fixture(scope="module")
def sample_results(sample_project: Project) -> Results:
    return analyse(sample_project)


@pytest.fixture(scope="module")
def full() -> Results:
    return analyse(project())


def test_the_sentence_says_the_value_with_its_numbers_its_sources_and_how_it_is_read(sample_results: Results) -> None:
    # The value: tests/core/golden/worldbank.csv, computed from the World Bank's figures outside of this program.
    with GOLDEN.open(encoding="utf-8") as stream:
        (golden,) = [row for row in csv.DictReader(stream) if (row["year"], row["reporter"]) == ("2020", "CHN")]
    said = sentence(explained(sample_results, CHINA, 2020), "en")
    value, numbers = said.split(" is ")[1].split(" (")[0], said.split(" = ")[1].split(" (world")[0]
    assert float(value.removesuffix(" =")) == pytest.approx(float(golden["rca"]), abs=0.0005)
    assert numbers == "(228.883 / 2738.898) / (5344.725 / 22549.953)"
    assert worked_out(numbers) == pytest.approx(float(golden["rca"]), abs=0.00005)
    assert said.startswith("China's RCA in services in 2020 is 0.353 = ")
    assert "world including" in said
    assert "The World Bank: World Development Indicators" in said
    assert "version commit 01a34e8b" in said
    assert said.endswith("no revealed advantage [Balassa (1965); World Bank, WITS trade indicators].")


def test_the_sentence_in_chinese_has_the_same_numbers_and_chinese_names(sample_results: Results) -> None:
    said = sentence(explained(sample_results, CHINA, 2020), "zh")
    for part in ("中国", "服务", "0.353", "(228.883 / 2738.898)", "世界银行《世界发展指标》", "不具显性比较优势"):
        assert part in said


def test_every_formula_without_sums_leads_from_its_numbers_to_the_value(full: Results) -> None:
    without = set()
    for each in everything(full, 2011):
        if each.filled and "Σ" not in each.filled:
            made_of_results = any(operand.index or operand.symbol == "S_i" for operand in each.operands)
            shown = 10.0 ** -(each.entry.decimals + 2 * (each.entry.unit == "%"))
            near = shown / 100 if made_of_results else 1e-8
            assert worked_out(each.filled) == pytest.approx(each.value, rel=1e-8, abs=near), each.filled
        elif "Σ" not in each.entry.formula and each.fine and not each.component.en:
            without.add(each.wanted.key[0])
    assert without == {"eci", "pci"}  # eigenvectors have no numbers to fill in


def test_of_several_forms_of_a_formula_the_one_in_force_is_filled_in(full: Results) -> None:
    key = next(full.tables["pairs"].lines("tii")).key
    usual, other = explained(full, key, 2011), explained(full, key, 2011, tii_world="less_reporter")
    assert other.value != pytest.approx(usual.value)
    for each in (usual, other):
        assert worked_out(each.filled) == pytest.approx(each.value)
    assert "−" in other.filled
    assert "−" not in usual.filled


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_the_series_behind_an_input_add_up_to_it_under_all_settings(options: dict[str, object]) -> None:
    checked = 0
    for each in everything(analyse(project(**options)), 2011):
        for operand in each.operands:
            if operand.index is None and operand.parameter not in {"span", ""}:
                total = math.fsum(part.value for part in operand.parts) + operand.rest
                assert total == pytest.approx(operand.value), (each.wanted, operand.parameter)
                checked += 1
            for part in operand.parts:
                assert math.fsum(cell.value for cell in part.cells) * part.factor == pytest.approx(part.value)
        for terms in each.terms:
            for row in terms.rows:
                for value, cell in zip(row.values, row.behind, strict=True):
                    if isinstance(cell, Cell):
                        assert cell.value == pytest.approx(value)
                        checked += 1
    assert checked > 300


def test_every_cell_is_the_one_that_its_number_stands_in(full: Results) -> None:
    tables = {table.id: table for table in full.project.tables}
    cells = {
        (cell.table, cell.key, cell.period): cell
        for each in everything(full, 2011)
        for operand in each.operands
        for part in operand.parts
        for cell in part.cells
    }
    assert len(cells) > 100
    for (table, key, period), cell in cells.items():
        found = tables[table]
        assert found.value(found.find(key), found.period(period)) == cell.value


def test_a_number_from_a_file_is_traced_to_its_cell() -> None:
    grid = replace(sheet("Country | 2015 | 2016\nChina | 1 | 2\nIndia | 3 | 4"), file="figures.xlsx")
    levels, columns = ("year",), ("reporter", "value", "value")
    mapping = SheetMapping("Title", 0, levels, columns, len(grid.rows), measure="Exports", unit=Unit("USD", 1e6))
    imported = build([(grid, mapping)], {}, "t")[0]
    results = analyse(Project("p", Bilingual("P"), tables=(imported,)))
    said = explained(results, ("growth_exports", "", "t", "IND", "", ""), 2016)
    assert said.filled == "4 / 3 − 1"
    assert [part.cells[0].trace.cell for each in said.operands for part in each.parts if part.cells[0].trace] == [
        "C3",
        "B3",
    ]
    assert "figures.xlsx" in section(said, "inputs")[0]


def test_terms_from_a_file_name_their_cells_and_the_file() -> None:
    grid = replace(sheet("Sector | 2015 | 2016\nCoal | 1 | 2\nSteel | 3 | 4"), file="figures.xlsx")
    mapping = SheetMapping(
        "Title", 0, ("year",), ("sector", "value", "value"), len(grid.rows), measure="Exports", unit=Unit("USD", 1e6)
    )
    imported = build([(grid, mapping)], {}, "t")[0]
    said = explained(analyse(Project("p", Bilingual("P"), tables=(imported,))), ("hhi", "", "t", "", "", ""), 2016)
    assert section(said, "terms0")[1:3] == ["Steel 4 C3", "Coal 2 C2"]
    assert section(said, "sources")[-1].startswith("Imported from “figures.xlsx”, ")


def test_the_world_without_the_economy_is_its_figure_less_that_of_the_economy(sample_results: Results) -> None:
    # 5344.725 − 228.883 and the value 0.324: reference figures of the World Bank, golden/worldbank.csv and README.
    said = explained(sample_results, CHINA, 2020, world="excluding")
    world = next(each for each in said.operands if each.parameter == "world_exports")
    assert said.shown == "0.324"
    assert world.value == pytest.approx(5344.725 - 228.883)
    assert [part.value for part in world.parts] == pytest.approx([5344.725, -228.883])
    assert "the world without China" in str(world.words)
    assert "world excluding" in sentence(said, "en")


def test_an_index_made_from_another_leads_to_the_value_of_that_one(sample_results: Results) -> None:
    said = explained(sample_results, ("rsca", *CHINA[1:]), 2020, world="excluding")
    (operand,) = said.operands
    assert operand.index == Wanted(CHINA, 2020, (("world", "excluding"),))
    assert explained(sample_results, operand.index.key, 2020, world="excluding").value == operand.value


def test_of_a_sum_over_sectors_the_largest_terms_are_listed_and_the_others_added_up() -> None:
    figures = [float(n * n) for n in range(1, 31)]
    sectors = [Label(f"s{n}", Bilingual(f"Sector {n}")) for n in range(1, 31)]
    table = new_table(
        "t",
        Bilingual("T"),
        {
            "reporter": [Label("CHN", Bilingual("China"))],
            "sector": sectors,
            "measure": [Label("exports", Bilingual("Exports"))],
        },
        {"reporter": [0] * 30, "sector": range(30), "measure": [0] * 30},
        Periods("year", (2020,)),
        [figures],
    )
    said = explained(analyse(Project("p", tables=(table,))), ("hhi", "", "t", "CHN", "", ""), 2020)
    (terms,) = said.terms
    assert said.filled == "Σ (X_k / X)²"
    assert terms.count == 30
    assert [row.values[0] for row in terms.rows] == sorted(figures, reverse=True)[: len(terms.rows)]
    assert terms.rows[0].name == Bilingual("Sector 30")
    assert terms.rest[0] == sum(sorted(figures)[: 30 - len(terms.rows)])
    assert terms.sums == (sum(figures),)
    assert section(said, "terms0")[-2:] == [f"{30 - len(terms.rows)} more {terms.rest[0]:,.0f}", "Sum 9,455"]


def test_every_band_set_says_its_reading_with_its_source(sample_results: Results) -> None:
    said = explained(sample_results, CHINA, 2020)
    assert [each.bands for each in said.readings] == list(said.entry.bands)
    for each in said.readings:
        assert each.band is each.bands.find(said.value)
        assert str(each.bands.source.en) in " ".join(section(said, "reading"))
    assert section(said, "reading")[0] == "Below the neutral value 1"


def test_the_sentence_uses_the_band_set_that_the_project_shows(sample_project: Project) -> None:
    project = apply(sample_project, "set_bands", index="rca", bands="four_bands")
    said = sentence(explained(analyse(project), CHINA, 2020), "en")
    assert ": weak [Commonly used in Chinese studies" in said


def test_a_year_made_of_months_leads_to_all_of_them_and_says_so() -> None:
    table = new_table(
        "t",
        Bilingual("Customs"),
        {
            "reporter": [Label("CHN", Bilingual("China"))],
            "measure": [Label(each, Bilingual(each.title())) for each in ("exports", "imports")],
        },
        {"reporter": [0, 0], "measure": [0, 1]},
        Periods("month", tuple(202001 + month for month in range(12))),
        [[float(month), 2.0] for month in range(1, 13)],
    )
    made = Project("p", tables=(table,), analysis=Analysis(annual={"t": "sum"}))
    said = explained(analyse(made), ("tc", "", "t", "CHN", "", ""), 2020)
    (part,) = said.operands[0].parts
    assert said.filled == "(78 − 24) / (78 + 24)"
    assert [cell.period for cell in part.cells] == list(table.periods.values)
    assert "Years of Customs: sum of the twelve months." in map(str, said.basis)


def test_what_one_measure_over_another_gives_is_said_with_both() -> None:
    said = explained(analyse(project()), ("prody", "", "alone", "", "", "s1"), 2011)
    wealth = next(each for each in said.terms if each.symbols[0] == "y_i" or "y_i" in each.symbols)
    gdp = next(t for t in project().tables if t.id == "alone")
    over, under = (gdp.value(gdp.find(("AAA", "", "", each)), 1) for each in ("gdp", "population"))
    values = {row.name.en: row.values[wealth.symbols.index("y_i")] for row in wealth.rows}
    assert values["Aland"] == pytest.approx(over / under)


def test_of_a_composite_the_weights_are_said_with_the_indices_and_their_sources(full: Results) -> None:
    said = explained(full, ("composite", "", "alone", "AAA", "", "s1"), 2011)
    assert [str(each.words) for each in said.operands if each.symbol == "w"] == ["weight of RCA", "weight of TC"]
    assert sum(each.value for each in said.operands if each.symbol == "w") == pytest.approx(1)
    assert {each.index.key[0] for each in said.operands if each.index} == {"rca", "tc"}
    assert [each.vintage for each in said.sources] == ["2013"]


def test_trade_between_economies_is_said_from_the_one_to_each_other(full: Results) -> None:
    said = explained(full, ("cms_leamer_stern", "growth", "pairs", "AAA", "", ""), 2011)
    words = [str(each) for terms in said.terms for each in terms.words]
    assert "exports of Aland to each partner, 2011" in words
    assert "imports of each economy, 2010" in words


def test_pairs_of_economies_are_said_from_the_one_to_the_other(full: Results) -> None:
    said = explained(full, ("tii_sector", "", "pairs", "AAA", "BBB", "s2"), 2011)
    words = [str(each.words) for each in said.operands]
    assert words[0] == "exports of Aland to Boland in sector 2, 2011"
    assert any(each.startswith("imports of Boland in sector 2") for each in words)
    assert sentence(said, "en").startswith("Aland's TII_k with Boland in sector 2 in 2011 is ")


def test_a_comparison_of_two_economies_has_a_column_for_each(full: Results) -> None:
    said = explained(full, ("similarity", "", "alone", "AAA", "CCC", ""), 2011)
    (terms,) = said.terms
    assert [str(each) for each in terms.words] == ["exports of Aland, 2011", "exports of Coland, 2011"]
    assert {row.name for row in terms.rows} == {each.name for each in SECTORS}


def test_what_is_not_among_the_results_is_not_explained(sample_results: Results) -> None:
    assert explain(sample_results, CHINA, 1990) is None
    assert explain(sample_results, ("rca", "", "gone", "CHN", "", "services"), 2020) is None
    assert explain(sample_results, ("rca", "", "table3", "CHN", "", "services"), 2018) is None


def test_everything_can_be_printed_and_copied_in_both_languages(full: Results) -> None:
    for each in everything(full, 2012):
        for language in LANGUAGES:
            lines = printed(each, language).split("\n")
            assert lines[0] == sentence(each, language)
            assert all(lines)
            assert not re.search(r"[{}\t]", lines[0])
            assert each.shown in tabular(each, language) or not each.fine


def test_a_copied_table_has_numbers_for_a_spreadsheet_and_no_formulas(sample_results: Results) -> None:
    said = explained(sample_results, CHINA, 2020)
    rows = [row.split("\t") for row in tabular(said, "en").split("\n")]
    inputs = {row[0]: row for row in rows if row[0] in {"X_k", "X", "W_k", "W"}}
    assert [inputs[each][2] for each in ("X_k", "X", "W_k", "W")] == ["228.883", "2738.898", "5344.725", "22549.953"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    nasty = replace(said, economy=Bilingual("=1+1"), table=Bilingual("a\tb\nc"))
    assert not any(cell.startswith("=") for row in tabular(nasty, "en").split("\n") for cell in row.split("\t"))


def test_many_series_are_explained_by_the_largest_and_the_sum_of_the_rest() -> None:
    wide = replace(bilateral(), id="wide")
    made = Project("p", tables=(wide,), study=Study(home="AAA"))
    said = explained(analyse(made), ("tii", "", "wide", "AAA", "BBB", ""), 2011)
    whole = next(each for each in said.operands if each.parameter == "global_total_imports")
    values = [abs(part.value) for part in whole.parts]
    assert whole.count == 48
    assert len(values) < 20
    assert values == sorted(values, reverse=True)
    column = wide.column(1)
    imports = np.array([wide.key(at)[3] == "imports" for at in range(len(wide.series))])
    assert whole.value == pytest.approx(float(column[imports].sum()))
