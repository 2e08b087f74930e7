"""A name means the label that is known, in this table, in the project or in the catalogue; else a new one."""

from __future__ import annotations

from dataclasses import replace

from core.edits import apply
from core.naming import named, unnamed
from core.project import Project
from core.table import Label
from core.text import Bilingual


def test_a_name_in_either_language_finds_the_label_of_the_project(sample_project: Project) -> None:
    assert named(sample_project, "reporter", "india").id == "IND"
    assert named(sample_project, "reporter", "印度").id == "IND"
    assert named(sample_project, "reporter", "IND").id == "IND"


def test_a_measure_of_the_catalogue_is_found_by_its_aliases(sample_project: Project) -> None:
    assert named(sample_project, "measure", "出口额").id == "exports"
    assert named(sample_project, "measure", "GDP").id == "gdp"


def test_a_new_name_gets_a_label_of_its_own(sample_project: Project) -> None:
    label = named(sample_project, "sector", "Textiles & clothing")
    assert label.name == Bilingual("Textiles & clothing")
    assert sample_project.label("sector", label.id) is None


def test_a_name_that_another_label_had_once_is_a_new_label(sample_project: Project) -> None:
    renamed = apply(sample_project, "rename_label", dimension="sector", label="goods", name=Bilingual("Merchandise"))
    label = named(renamed, "sector", "Goods")
    assert label.id != "goods"
    assert renamed.label("sector", label.id) is None


def test_the_table_itself_is_asked_first(sample_project: Project) -> None:
    table = sample_project.tables[0]
    own = replace(table, labels={**table.labels, "sector": (Label("mine", Bilingual("Goods")),)})
    assert named(sample_project, "sector", "Goods", own).id == "mine"


def test_names_for_new_labels_are_not_taken_yet() -> None:
    taken = [Label("a", Bilingual("Series 2", "序列2")), Label("b", Bilingual("Exports"))]
    assert unnamed("measure", "c", taken).name.en == "Series 3"
    assert unnamed("measure", "c", taken[:1]).name.en == "Series 3"
    assert unnamed("measure", "c", taken[1:]).name.en == "Series 2"
