"""The catalogue is what people read about an index: complete, in two languages, and true to the function."""

from __future__ import annotations

import ast
import math
import random
import re
from pathlib import Path

import latex2mathml.converter
import numpy as np
import pytest

from core.definitions import families, found, inputs, range_of, sections
from core.indices import indices
from core.indices.catalogue import Band, BandSet, Entry
from core.indices.registry import Index
from core.places import ROOT
from core.reference_pages import pages
from core.text import Bilingual

ALL = list(indices().values())
FAMILY_ORDERS = {
    "share_balance": range(10, 30),
    "comparative_advantage": range(30, 60),
    "growth": range(80, 100),
    "intra_industry": range(100, 110),
    "openness": range(110, 130),
    "structure": range(130, 150),
    "bilateral": range(150, 170),
    "decomposition": range(170, 180),
    "complexity": range(180, 210),
    "unit_value": range(210, 220),
    "composite": range(220, 230),
}
LETTERS = (
    "Big Delta bar begin cdot end frac ge hat lambda ldots le left ln mathbf mathrm mathsf max min ne overline phi"
)
LETTERS += " propto qquad quad right sigma sqrt sum tfrac tilde times varphi"
KNOWN_TO_EVERYBODY = {r"\,", r"\;", r"\\", r"\{", r"\}"} | {f"\\{name}" for name in LETTERS.split()}
"""Commands of amsmath that MathJax, KaTeX and the library of the window set alike."""
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

each_index = pytest.mark.parametrize("index", ALL, ids=[each.id for each in ALL])


def bare(mathematics: str) -> str:
    """Mathematics without what only sets it: "X_(k,t−1)", "X_{k,t-1}" and "X_{k, t-1}" are the same symbol."""
    found = re.sub(r"\\(mathrm|mathsf|mathbf|left|right|,|;|quad|qquad)", "", mathematics)
    found = re.sub(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda power: "^" + power[1].translate(SUPERSCRIPTS), found)
    found = found.replace("−", "-").replace(r"\Delta", "Δ").replace(r"\lambda", "λ").replace(r"\varphi", "φ")
    return re.sub(r"[\s(){}]", "", found)


def both(text: Bilingual) -> bool:
    return bool(text.en.strip()) and bool(re.search(r"[\u4e00-\u9fff]", text.zh))


@each_index
def test_an_entry_says_everything_in_two_languages(index: Index) -> None:
    entry = index.entry
    for text in (entry.name, entry.notes, entry.meaning, entry.caveats):
        assert both(text), text
    assert entry.formula
    assert entry.latex
    assert len(entry.range) == 2
    assert entry.unit in {"", "%", "money"}
    assert entry.family in families()
    assert entry.order in FAMILY_ORDERS[entry.family]
    assert not entry.name.en.endswith(f"({entry.symbol})"), "the symbol is shown behind the name"


def test_symbols_and_places_in_the_catalogue_are_unique() -> None:
    assert len({each.entry.symbol for each in ALL}) == len({each.entry.order for each in ALL}) == len(ALL)


def test_each_file_of_the_catalogue_belongs_to_an_index() -> None:
    assert {path.stem for path in (ROOT / "data/indices").glob("*.toml")} == set(indices())


@each_index
def test_the_formula_is_mathematics_that_every_program_knows(index: Index) -> None:
    latex = index.entry.latex
    assert set(re.findall(r"\\[A-Za-z]+|\\.", latex)) <= KNOWN_TO_EVERYBODY
    assert latex.isascii()
    assert "\\" not in latex2mathml.converter.convert(latex), "an unknown command is left as it is"


@each_index
def test_symbols_stand_for_the_inputs_and_stand_in_both_forms_of_the_formula(index: Index) -> None:
    entry, parameters = index.entry, {each.parameter for each in index.inputs}
    assert parameters <= set(entry.symbols) | ({*parameters} if "chosen" in index.special else set())
    assert set(entry.symbols) <= parameters | set(index.special) | set(index.own_options)
    assert len(set(entry.symbols.values())) == len(entry.symbols)
    # Where a formula adds up over sectors or economies, its two forms write the indices of a symbol differently.
    sums = index.mixes_economies or index.components or "Σ" in entry.formula
    for symbol in entry.symbols.values():
        assert re.search(rf"(?<![A-Za-z]){re.escape(symbol)}(?![A-Za-z0-9])", entry.formula), symbol
        sought = re.match(r"[A-Za-z]+|.", symbol)[0] if sums else symbol  # type: ignore[index]
        assert bare(sought) in bare(entry.latex), symbol


def calculated(entry: Entry, values: dict[str, float]) -> float | None:
    """The value of the formula as it is written; None where it needs sums or words."""
    known = {symbol: values[parameter] for parameter, symbol in entry.symbols.items()}
    parts = re.split("(" + "|".join(sorted(map(re.escape, known), key=len, reverse=True)) + ")", entry.formula)
    text = "".join(f"({known[part]!r})" if part in known else part for part in parts).partition(" = ")[2]
    text = re.sub(r"\|([^|]+)\|", r"abs(\1)", text).replace("²", "**2").replace("^", "**")
    text = re.sub(r"ln (\([^()]+\))", r"log(\1)", text)
    text = text.translate(str.maketrans({"−": "-", "×": "*", "[": "(", "]": ")"}))
    text = re.sub(r"(?<=\)) (?=\()", " * ", text)
    if re.search(r"[^-0-9.e+*/() absolg]", text):
        return None
    tree = ast.parse(text, mode="eval")
    return float(eval(compile(tree, entry.symbol, "eval"), {"abs": abs, "log": math.log}))


def test_the_formula_as_it_is_written_gives_what_the_function_gives() -> None:
    draw = random.Random(4)
    checked = set()
    for index in ALL:
        if index.own_options or set(index.special) - {"span"} or index.components or index.mixes_economies:
            continue
        # Values of the world and of totals are larger, as they are in any table.
        values = {
            each.parameter: draw.uniform(1, 2) * 10 ** (each.parameter.count("world") + each.parameter.count("total"))
            for each in index.inputs
        } | dict.fromkeys(index.special, 3.0)
        written = calculated(index.entry, values)
        if written is None:
            continue
        arrays = {name: value if name == "span" else np.full((1, 1), value) for name, value in values.items()}
        given = index.function(**arrays)
        found = np.asarray(getattr(given, "values", given))
        assert found.item() == pytest.approx(written, rel=1e-12, abs=1e-12), index.id
        checked.add(index.id)
    assert checked >= {
        *(
            "tc",
            "balance",
            "coverage",
            "ims",
            "rca",
            "rsca",
            "arca",
            "nrca_yu",
            "rxa",
            "rmp",
            "rta",
            "rc",
            "ca",
            "nxrca",
        ),
        *("lafay", "growth_exports", "growth_imports", "contribution_exports", "contribution_imports", "gl", "miit"),
        *("growth_share_exports", "growth_share_imports", "openness", "export_dependence", "import_dependence"),
        *("import_penetration", "export_orientation"),
    }


@each_index
def test_components_are_named(index: Index) -> None:
    assert tuple(index.entry.components) == index.components
    assert all(both(name) for name in index.entry.components.values())


@each_index
def test_band_sets_name_their_source(index: Index) -> None:
    assert len({each.id for each in index.entry.bands}) == len(index.entry.bands)
    for bands in index.entry.bands:
        assert both(bands.name)
        assert both(bands.source)
        assert bands.closed in {"left", "right"}
        assert len(bands.bands) > 1
        assert all(both(band.name) for band in bands.bands)
        own = ("By definition", "Derived from", "Common")
        assert bands.source.en.startswith(own) or re.search(r"\b(1[89]|20)\d\d\b|\w\.\w+/", bands.source.en), bands.id


@each_index
def test_literature_can_be_found(index: Index) -> None:
    for reference in index.entry.references:
        assert re.search(r"\b(1[89]|20)\d\d\b|\w\.\w+/|World Bank|International Trade Centre|IMF", reference), reference
        assert "[" not in reference


@each_index
def test_other_names_are_others(index: Index) -> None:
    entry = index.entry
    assert len(set(entry.aliases)) == len(entry.aliases)
    assert not {entry.symbol, entry.name.en, entry.name.zh} & set(entry.aliases)


@each_index
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_definition_has_no_holes(index: Index, language: str) -> None:
    for section in sections(index):
        for text in (section.heading, *(words for _, words in section.lines)):
            said = text if isinstance(text, str) else text.show(language)
            assert said
            assert not re.search(r"\{[a-z]+\}", said)


def test_inputs_are_said_in_words() -> None:
    said = {symbol: words.show("en") for symbol, words in inputs(indices()["rca"])}  # type: ignore[union-attr]
    assert said == {
        "X_k": "exports of the sector",
        "X": "total exports",
        "W_k": "exports of the sector (world)",
        "W": "total exports (world)",
    }
    assert inputs(indices()["openness"])[-1][1] == Bilingual("GDP", "国内生产总值")
    assert inputs(indices()["growth_exports"])[1][1].show("en") == "exports of the sector (year before)"


def test_a_range_is_open_at_infinity_and_in_per_cent_where_values_are() -> None:
    assert range_of(indices()["ims"].entry) == "[0%, 100%]"
    assert range_of(indices()["balance"].entry).show("en") == "(−∞, ∞), neutral value 0"
    assert range_of(indices()["rca"].entry).show("en") == "[0, W / W_k], neutral value 1"


def test_brackets_say_to_which_band_a_cut_point_belongs() -> None:
    names = tuple(Band(upper, Bilingual(str(upper))) for upper in (-0.5, 1.0, math.inf))
    left = BandSet("a", Bilingual("a"), Bilingual("a"), "left", names)
    right = BandSet("a", Bilingual("a"), Bilingual("a"), "right", names)
    assert left.intervals(False) == ("(−∞, −0.5)", "[−0.5, 1)", "[1, ∞)")
    assert right.intervals(True) == ("(−∞, −50%]", "(−50%, 100%]", "(100%, ∞)")
    assert left.find(-0.5) == names[1]
    assert right.find(-0.5) == names[0]


def test_an_index_is_found_by_symbol_name_other_name_and_family() -> None:
    assert found("") == found("  ") == set(indices())
    assert found("ntb") == found("可比净出口") == {"tc"}
    assert found("vollrath EXPORT") == {"rxa"}
    assert found("openness") >= {"openness", "import_penetration"}
    assert found("no such thing") == set()


@pytest.mark.parametrize(
    ("words", "index"),
    [
        *(("贸易竞争力", "tc"), ("TSC", "tc"), ("NTB", "tc"), ("TCI", "tc"), ("TCI", "tci")),
        *(("MS", "ims"), ("比较优势", "rca"), ("Balassa", "rca"), ("RSCA", "rsca"), ("Vollrath", "rta")),
        *(
            ("TBC", "lafay"),
            ("专业化", "diversification_unctad"),
            ("MI", "nxrca"),
            ("集中度", "hhi"),
            ("HHI", "hhi"),
            ("GL", "gl"),
        ),
        *(("互补", "tci"), ("互补", "drysdale"), ("结合度", "tii"), ("TII", "tii"), ("相似", "similarity")),
        *(("CMS", "cms_jepma"), ("恒定市场份额", "cms_jepma"), ("机会前景", "coi"), ("产品密度", "density")),
        *(("熵权", "composite"), ("依存度", "openness"), ("出口复杂度", "expy"), ("产业内", "gl_corrected")),
    ],
)
def test_an_index_is_found_by_what_chinese_papers_call_it(words: str, index: str) -> None:
    assert index in found(words)


def test_the_reference_pages_are_up_to_date() -> None:
    folder: Path = ROOT / "docs/indices"
    written = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    assert written == pages(), "type: python dev.py docs"


def test_every_index_has_its_place_on_the_pages_of_both_languages() -> None:
    made = pages()
    for index in ALL:
        page = index.entry.family.replace("_", "-")
        for ending, language in ((".md", "en"), (".zh.md", "zh")):
            assert f'<a id="{index.id}"></a>' in made[page + ending]
            assert f"({page}{ending}#{index.id})" in made["README" + ending]
            assert index.entry.name.show(language) in made["README" + ending]


@each_index
def test_a_verdict_stands_only_where_bands_are_read(index: Index) -> None:
    assert index.entry.better in {"", "higher"}
    assert index.entry.bands or not index.entry.better
    assert not (index.entry.symmetric and index.dimensions[0] != index.dimensions[-1])
