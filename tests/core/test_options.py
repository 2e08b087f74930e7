"""Settings of the analysis: what can be chosen, how it is kept, and what it does to numbers and to charts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.analysis import analyse
from core.charts import DIFFERENCE, OTHER, OURS, Chart, Choice, comparison_chart, line_chart
from core.codec import decode, encode
from core.edits import apply, decode_arguments
from core.errors import UserError
from core.files.project_file import read_project, write_project
from core.indices import indices
from core.options import composed_of, concerning, in_words, options, set_aside, shown, value
from core.project import Analysis, Project, equal
from core.results import LineKey
from core.text import Bilingual

RCA: LineKey = ("rca", "", "worldbank", "CHN", "", "services")
THREE = (("tc", "higher"), ("ims", "higher"), ("rca", "higher"))


def with_option(project: Project, name: str, chosen: Any) -> Project:
    return apply(project, "set_option", name=name, value=chosen)


def world_compared(project: Project, previous: Chart | None = None) -> Chart:
    return comparison_chart(analyse(project), "rca", Choice(), "world", "excluding", project, previous)


# ---- the catalogue of options ----


def test_every_option_has_both_names_an_explanation_and_a_default_that_it_accepts() -> None:
    for option in options().values():
        for said in (option.name, option.about, *(each.name for each in option.choices)):
            assert said.en, option.id
            assert said.zh, option.id
        assert option.take(option.default) == option.default
        assert option.kind in {"choice", "number", "sectors", "indices"}
        assert bool(option.choices) == (option.kind == "choice")
        assert len({each.name for each in option.choices}) == len(option.choices)
    assert len({option.order for option in options().values()}) == len(options())


def test_every_option_that_an_index_takes_is_in_the_catalogue() -> None:
    taken = {name for index in indices().values() for name in index.options}
    assert taken <= set(options())


def test_the_composite_is_made_of_the_indices_that_studies_use_most_where_nothing_is_chosen() -> None:
    """reference/indices.md 2: TC and RCA in 11 and IMS in 8 of 13 studies."""
    assert value({}, "composite") == THREE


def test_phrases_say_what_they_are_values_of() -> None:
    assert shown("world", "excluding") == Bilingual("World excluding the reporter", "世界不含该经济体")
    assert shown("threshold", 1.5).show("en") == "Threshold of the RCA: 1.5"
    names = {"a": Bilingual("Travel", "旅行")}
    assert shown("universe", ("a", "b"), names).show("en") == "All sectors are: Travel, b"
    assert shown("universe", ()).show("en") == "All sectors of the table"
    lower = shown("composite", (("rca", "higher"), ("import_dependence", "lower"))).show("en")
    assert lower.startswith("Indices of the composite: RCA, ")
    assert lower.endswith("(lower is better)")


def test_a_reader_is_told_what_was_changed_and_what_is_a_part_of_a_definition() -> None:
    chosen = {"world": "excluding", "missing": "zero", "tii_world": "less_reporter"}
    assert set_aside(chosen, ("threshold", "missing", "world")) == ("world", "missing"), "in the catalogue's order"
    said = [each.show("en") for each in in_words(chosen, ("threshold", "missing", "world"))]
    assert said == ["Threshold of the RCA: 1", "World excluding the reporter", "Missing counts as zero"]


def test_an_index_has_the_options_that_can_change_it() -> None:
    assert "world" in concerning(indices()["rca"], {})
    assert "world" in concerning(indices()["rsca"], {}), "through the RCA that it reads"
    assert "world" not in concerning(indices()["rxa"], {}), "Vollrath's form excludes the reporter already"
    assert "world" not in concerning(indices()["tc"], {})
    assert list(concerning(indices()["rca"], {})) == [each for each in options() if each in indices()["rca"].options]


# ---- what is kept ----


@pytest.mark.parametrize(
    ("name", "chosen", "kept"),
    [
        ("world", "excluding", "excluding"),
        ("phi_diagonal", 0, 0.0),
        ("threshold", 2, 2.0),
        ("universe", ["services"], ("services",)),
        ("composite", [["tc", "higher"], ["openness", "lower"]], (("tc", "higher"), ("openness", "lower"))),
    ],
)
def test_a_setting_is_kept_and_its_default_is_not(
    sample_project: Project, name: str, chosen: object, kept: object
) -> None:
    after = with_option(sample_project, name, chosen)
    assert after.analysis.options == {name: kept}
    assert value(after.analysis.options, name) == after.analysis.options[name]
    again = with_option(after, name, options()[name].default)
    assert again.analysis.options == {}
    assert with_option(again, name, options()[name].default) is again


def test_settings_survive_a_file_and_the_journal(sample_project: Project, tmp_path: Path) -> None:
    project = with_option(with_option(sample_project, "universe", ("services",)), "composite", THREE[:2])
    write_project(project, tmp_path / "p.balassa")
    read = read_project(tmp_path / "p.balassa")
    assert equal(read.analysis, project.analysis)
    assert value(read.analysis.options, "composite") == THREE[:2]
    said = json.loads(json.dumps(encode({"name": "composite", "value": THREE[:2]})))
    arguments = decode_arguments("set_option", said)
    assert equal(apply(sample_project, "set_option", **arguments).analysis.options, {"composite": THREE[:2]})


def test_what_another_version_wrote_is_kept_and_does_no_harm(sample_project: Project) -> None:
    written = {"options": {"world": "the moon", "colour": "red", "threshold": "high"}}
    project = replace(sample_project, analysis=decode(Analysis, written))
    assert value(project.analysis.options, "world") == "including"
    assert value(project.analysis.options, "threshold") == 1.0
    assert set_aside(project.analysis.options, options()) == ()
    after = with_option(project, "missing", "zero")
    assert after.analysis.options == {"world": "the moon", "colour": "red", "threshold": "high", "missing": "zero"}


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("weather", "fine", "There is no setting “weather”."),
        ("world", "half", "“World” must be one of: World including the reporter, World excluding the reporter."),
        ("phi_diagonal", True, "must be one of"),
        ("threshold", 0, "“Threshold of the RCA” must be a number above 0."),
        ("threshold", float("nan"), "must be a number above 0"),
        ("threshold", True, "must be a number above 0"),
        ("universe", "services", "“All sectors” must be a list of sectors."),
        ("universe", ["bananas"], "No table has a sector “bananas”."),
        ("universe", ["total"], "is a total already"),
        ("composite", [["tc", "higher"]], "must name two or more different indices"),
        ("composite", [["tc", "higher"], ["tc", "lower"]], "must name two or more different indices"),
        ("composite", [["tc", "higher"], ["rca", "up"]], "must say for each index whether higher or lower is better"),
        ("composite", [["tc", "higher"], ["hhi", "lower"]], "“Indices of the composite” cannot hold “hhi”."),
        ("composite", [["tc", "higher"], [["x"], "lower"]], "must name two or more different indices"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(sample_project: Project, name: str, wrong: object, said: str) -> None:
    with pytest.raises(UserError) as refused:
        with_option(sample_project, name, wrong)
    assert said in str(refused.value)


def test_a_sector_is_not_counted_beside_the_group_that_holds_it(sample_project: Project) -> None:
    table = sample_project.table("worldbank")
    assert table is not None
    labels = dict(table.labels)
    services, goods = labels["sector"]
    labels["sector"] = (replace(services, id="85"), replace(goods, id="8517"))
    project = replace(sample_project, tables=(replace(table, labels=labels),))
    with pytest.raises(UserError) as refused:
        with_option(project, "universe", ("85", "8517"))
    assert "is a part of another chosen sector" in str(refused.value)


def test_a_composite_is_never_made_of_composites_or_of_indices_without_sectors() -> None:
    assert {"tc", "ims", "rca", "rsca"} <= set(composed_of())
    assert not {"hhi", "eci", "composite", "share_decomposition"} & set(composed_of())


# ---- what it does to numbers, and to charts ----


def test_without_the_reporter_in_the_world_the_rca_of_china_in_2020_is_lower(sample_project: Project) -> None:
    """reference/indices.md 5, computed there from unrounded World Bank figures: 0.3526 and 0.3236."""
    chart = world_compared(sample_project)
    ours, other, difference = chart.rows[:3]
    assert [each.key for each in (ours, other, difference)] == [RCA] * 3
    assert [each.side for each in (ours, other, difference)] == [OURS, OTHER, DIFFERENCE]
    assert ours.values[-1] == pytest.approx(0.3526, abs=1e-4)
    assert other.values[-1] == pytest.approx(0.3236, abs=1e-4)
    assert difference.values[-1] == pytest.approx(0.3236 - 0.3526, abs=1e-4)
    after = line_chart(analyse(with_option(sample_project, "world", "excluding")), "rca")
    assert np.array_equal(after.lines[0].values, other.values)


def test_each_series_is_drawn_twice_in_one_colour_and_named_by_its_setting(sample_project: Project) -> None:
    chart = world_compared(sample_project)
    names = [line.name.show("en") for line in chart.lines[:2]]
    assert names == ["China · world including the reporter", "China · world excluding the reporter"]
    assert chart.lines[1].name.show("zh") == "中国 · 世界不含该经济体"
    assert [line.side for line in chart.lines] == [OURS, OTHER] * 4
    assert chart.lines[0].slot == chart.lines[1].slot
    assert len(chart.rows) == 12
    assert chart.footnote[0].show("en") == "Solid lines: world including the reporter."
    assert chart.footnote[1].show("en") == "Dashed lines: world excluding the reporter."


def test_the_footnote_says_by_which_settings_the_numbers_were_made(sample_project: Project) -> None:
    said = [each.show("en") for each in line_chart(analyse(sample_project), "rca").footnote]
    assert "World excluding the reporter." not in said
    changed = with_option(sample_project, "world", "excluding")
    assert "World excluding the reporter." in [each.show("en") for each in line_chart(analyse(changed), "rca").footnote]


def test_the_footnote_of_a_comparison_tells_the_rules_apart(sample_project: Project) -> None:
    results = analyse(sample_project)
    chart = comparison_chart(results, "rca", Choice(), "world_rows", "sum")
    said = [each.show("en") for each in chart.footnote]
    assert "World as stated, or else summed: World exports: as stated in the table." in said
    assert "World as the sum of the economies: World exports: sum of 4 economies." in said
    assert "Total exports: sum of 2 sectors." in said


def test_an_edit_leaves_the_lines_of_a_comparison_alone_that_it_does_not_concern(sample_project: Project) -> None:
    before = analyse(sample_project)
    first = comparison_chart(before, "rca", Choice(), "world", "excluding")
    assert comparison_chart(before, "rca", Choice(), "world", "excluding", previous=first) is first
    series = (("CHN", "", "services", "exports"),)
    edited = apply(sample_project, "set_cells", table="worldbank", series=series, periods=(2020,), values=((300.0,),))
    second = comparison_chart(analyse(edited, before), "rca", Choice(), "world", "excluding", previous=first)
    assert second.made_from is first.made_from
    assert [new is old for new, old in zip(second.rows, first.rows, strict=True)] == [False] * 3 + [True] * 9
    other = comparison_chart(before, "rca", Choice(), "missing", "zero", previous=first)
    assert other.made_from is not first.made_from


def test_a_comparison_shows_what_only_one_of_two_settings_gives(sample_project: Project) -> None:
    """Without stated totals the world has none; the sum of the sectors is there, so only our lines are drawn."""
    chart = comparison_chart(analyse(sample_project), "rca", Choice(), "total", "stated")
    assert [line.side for line in chart.lines] == [OURS] * 4
    assert len(chart.rows) == 4
    other_way = analyse(with_option(sample_project, "total", "stated"))
    chart = comparison_chart(other_way, "rca", Choice(), "total", "automatic")
    assert [line.side for line in chart.lines] == [OTHER] * 4
    assert chart.years[-1] == 2020


def test_the_universe_of_sectors_moves_the_total(sample_project: Project) -> None:
    """With services as everything, an economy exports nothing but services, as does the world: RCA is 1."""
    after = with_option(sample_project, "universe", ("services",))
    line = analyse(after).find(RCA)
    assert line is not None
    assert line.values[-1] == pytest.approx(1.0, rel=1e-12)


def test_what_is_compared_is_what_the_setting_gives_once_it_is_chosen(sample_project: Project) -> None:
    """Every index that the sample has, under every other value of every option that it depends on."""
    results = analyse(sample_project)
    moved = 0
    for name, other in others():
        chosen = analyse(with_option(sample_project, name, other))
        for index in indices().values():
            if name not in concerning(index, {}):
                continue
            chart = comparison_chart(results, index.id, Choice(), name, other)
            there = [line for line in chart.lines if line.side == OTHER]
            wanted = {line.key: line.values for line in line_chart(chosen, index.id).lines}
            assert {line.key for line in there} == set(wanted), (index.id, name)
            for line in there:
                found = line.values[np.isfinite(line.values)]
                assert np.array_equal(found, wanted[line.key][np.isfinite(wanted[line.key])]), (index.id, name)
            moved += any(each is not None and bool(np.nansum(np.abs(each.values))) for each in chart.below)
    assert moved > 30


def others() -> Iterator[tuple[str, Any]]:
    """Each option with each of its values beside the default, or one where they are countless."""
    countless = {"threshold": 1.5, "universe": ("services",), "composite": (("tc", "higher"), ("rca", "lower"))}
    for option in options().values():
        if option.id in countless:
            yield option.id, countless[option.id]
        yield from ((option.id, each.value) for each in option.choices if each.value != option.default)
