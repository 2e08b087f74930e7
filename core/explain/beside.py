"""What a value rests on beside its inputs: sums of them that its formula names, and results that are tied to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from core.complexity.network import network
from core.complexity.ordering import centred_sectors
from core.explain.explanation import Operand, Term, Terms, Wanted
from core.indices.registry import Input
from core.options import value as value_of
from core.status import Status
from core.table import Floats
from core.text import Bilingual, Text, text
from core.units import Unit

if TYPE_CHECKING:
    from core.explain.inputs import Inputs, Read

_TIED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "eci": ("pci", "PCI_k"),
        "fitness": ("product_fitness", "Q_k"),
        "density": ("proximity", "φ_lk"),
        "cog": ("proximity", "φ_lk"),
    }
)
"""Results that stand in the formula of an index, or whose mean it is, without being inputs; and their symbols."""
ADVANTAGE = "(X_ik / X_i) / (W_k / W)"
"""The symbol of the RCA among the economies and sectors themselves."""
STANDARDISED = ("S_i", "mean(S)", "sd(S)")
"""The symbols of a sum that is standardised, of its mean and of its deviation."""
_MOST_TIED = 1_000_000
"""Numbers beyond which such a result is not computed for the sake of an explanation."""
_RANKED = (("economy",), ("economy", "sector"), ("sector",))
_PERCENT = Unit("%")


@dataclass(frozen=True, eq=False, slots=True)
class Margin:
    """A number for each place of an input that follows from all of that input."""

    symbol: str
    words: Text
    values: Floats
    unit: Unit | None
    how: Text | None = None


def tied(inputs: Inputs) -> Iterator[tuple[str, Input, Floats]]:
    """The results beside the inputs of an index, each with its symbol, as an input of that name would be."""
    id_, symbol = _TIED.get(inputs.index.id, ("", ""))
    if not id_ or id_ not in inputs.found.available or inputs.found.available[id_].size > _MOST_TIED:
        return
    values, _statuses = inputs.found.computed(id_, inputs.year).parts[""]
    if id_ == "proximity":
        values = values.copy()
        np.fill_diagonal(values, value_of(inputs.project.analysis.options, "phi_diagonal"))
    yield symbol, Input(id_, id_, is_index=True), values


def threshold(inputs: Inputs) -> Iterator[Operand]:
    """The threshold, where the index compares with one."""
    symbol = inputs.index.entry.symbols.get("threshold", "")
    if symbol and "threshold" in inputs.index.own_options:
        value = float(value_of(inputs.project.analysis.options, "threshold"))
        yield Operand("", symbol, text("threshold of the RCA"), value, Status.OK, None, None)


def margins(inputs: Inputs, read: Read) -> Iterator[Margin]:
    """What follows from an input and stands in the formula beside it."""
    if read.input.what == "pci" and is_centred(inputs):
        words = text("PCI before the mean of the ECI is subtracted")
        yield Margin(read.symbol, words, _centred(inputs)[read.places[1]], None)
    elif read.input.what == "proximity" and inputs.index.id == "cog":
        words = text("sum of the proximities to all sectors")
        yield Margin("Σ_m φ_lm", words, np.nansum(read.values, axis=1)[read.places[1]], None)
    elif "threshold" in inputs.index.own_options and not read.input.is_index:
        yield from _of_specialisation(inputs, read)


def _of_specialisation(inputs: Inputs, read: Read) -> Iterator[Margin]:
    """The sums over sectors, over economies and over both that a specialisation is made of, and the RCA from them."""
    values, (rows, columns) = read.values, read.places
    economies, sectors = values.shape
    over_sectors, over_economies = values.sum(axis=1), values.sum(axis=0)
    whole = float(values.sum())
    unit = inputs.found.unit
    said = {"measure": inputs.structure.name(read.input.what), "year": read.year}
    own = inputs.words(read.input, int(rows[0]), int(columns[0]), values.shape, read.year).values
    economy = own["economy"] if len(set(rows.tolist())) == 1 else text("each economy")
    sector = own["sector"] if len(set(columns.tolist())) == 1 else text("each sector")
    each, count = np.full(len(rows), whole), f"{economies * sectors:,}"
    with np.errstate(all="ignore"):
        advantage = (values[rows, columns] / over_sectors[rows]) / (over_economies[columns] / whole)
    words = text("{measure} of {economy} in all sectors, {year}", **said, economy=economy)
    yield Margin("X_i", words, over_sectors[rows], unit, text("sum of {count} sectors", count=f"{sectors:,}"))
    words = text("{measure} of all economies in {sector}, {year}", **said, sector=sector)
    yield Margin("W_k", words, over_economies[columns], unit, text("sum of {count} economies", count=f"{economies:,}"))
    words = text("{measure} of all economies in all sectors, {year}", **said)
    yield Margin("W", words, each, unit, text("sum of {count} series", count=count))
    if not read.one:
        yield Margin(ADVANTAGE, text("RCA among these economies and sectors"), advantage, None)


def is_centred(inputs: Inputs) -> bool:
    """Whether an index reads the complexity of sectors before its mean was chosen."""
    chosen = value_of(inputs.project.analysis.options, "complexity_norm")
    reads = {each.what for each in inputs.index.inputs}
    return "pci" in reads and "complexity_norm" in inputs.index.own_options and chosen == "growth_lab"


def _centred(inputs: Inputs) -> Floats:
    """That complexity for all sectors; NaN outside the connected part."""
    numbers = inputs.found.inputs(inputs.index.id, inputs.year)
    net = network(numbers["presence"][0])
    found = np.full(numbers["pci"][0].shape[1], np.nan)
    if net.columns.any():
        found[net.columns] = centred_sectors(numbers["pci"][0][0, net.columns], net)
    return found


def outlook(inputs: Inputs) -> Iterator[Operand]:
    """The sum over the sectors before it was standardised over the economies, with their mean and deviation."""
    if not is_standardised(inputs):
        return
    numbers = inputs.found.inputs(inputs.index.id, inputs.year)
    present, density = numbers["presence"][0], numbers["density"][0]
    terms = (1 - present) * density * _centred(inputs)
    inside = np.isfinite(terms).any(axis=1)
    sums = np.where(inside, np.nansum(terms, axis=1), np.nan)
    among = sums[inside]
    said = (
        (text("sum of (1 − M_ik) d_ik PCI_k over the sectors"), sums[inputs.row]),
        (text("mean of these sums over the economies"), among.mean() if among.size else np.nan),
        (text("deviation of these sums over the economies"), among.std() if among.size else np.nan),
    )
    for symbol, (words, value) in zip(STANDARDISED, said, strict=True):
        yield Operand("", symbol, words, float(value), Status.OK, None, None)


def is_standardised(inputs: Inputs) -> bool:
    """Whether the sums of an index are standardised over the economies in the end."""
    return is_centred(inputs) and inputs.index.dimensions == ("economy",)


def form(inputs: Inputs) -> str:
    """The formula under the settings that change it."""
    if is_standardised(inputs):
        return "{} = ({} − {}) / {}".format(inputs.index.entry.symbol, *STANDARDISED)
    strictly = value_of(inputs.project.analysis.options, "threshold_side") == "above"
    formula = inputs.index.entry.formula
    return formula.replace("≥", ">") if strictly else formula


def single(margin: Margin) -> bool:
    """Whether it is one number for all places."""
    return margin.how is not None and len(set(margin.values.tolist())) == 1


def as_operand(margin: Margin) -> Operand:
    """One number as an input."""
    return Operand("", margin.symbol, margin.words, float(margin.values[0]), Status.OK, margin.unit, margin.how)


def components(inputs: Inputs) -> Iterator[Terms]:
    """All components of a decomposition with what they add up to."""
    index, key = inputs.index, inputs.wanted.key
    if not index.components:
        return
    parts = inputs.found.computed(index.id, inputs.year).parts
    scale = 100.0 if index.entry.unit == "%" else 1.0
    rows = []
    for component in index.components:
        wanted = Wanted((key[0], component, *key[2:]), inputs.year, inputs.wanted.settings)
        value = float(parts[component][0][inputs.row, inputs.column]) * scale
        rows.append(Term(index.entry.components.get(component, Bilingual(component)), (value,), (wanted,)))
    unit = _PERCENT if scale != 1 else inputs.found.unit
    words = (text("components that add up to the change"),)
    yield Terms((index.entry.symbol,), words, unit, tuple(rows), len(rows), (), (sum(row.values[0] for row in rows),))


def standing(inputs: Inputs, value: float) -> Text | None:
    """Where a value stands among those of all economies, or of all sectors, that were computed together."""
    kinds = inputs.index.dimensions
    if kinds not in _RANKED or inputs.index.components:
        return None
    values, _statuses = inputs.found.computed(inputs.index.id, inputs.year).parts[""]
    among = values[0] if kinds == ("sector",) else values[:, inputs.column]
    among = among[np.isfinite(among)]
    if len(np.unique(among)) < 3:
        return None
    said = {"rank": f"{1 + int((among > value).sum()):,}", "count": f"{len(among):,}"}
    if kinds == ("sector",):
        return text("Number {rank} of {count} sectors, the highest first", **said)
    return text("Number {rank} of {count} economies, the highest first", **said)


def world_of_its_own(inputs: Inputs) -> Text | None:
    """How many economies and sectors an index of complexity was computed from: these and no others are its world."""
    if inputs.index.entry.family != "complexity":
        return None
    sectors = len(inputs.scopes.columns(inputs.index))
    said = {"economies": f"{len(inputs.structure.economies):,}", "sectors": f"{sectors:,}"}
    return text("From {economies} economies and {sectors} sectors together.", **said)


def compared_with(inputs: Inputs) -> Text | None:
    """The earlier year that a value looks back at."""
    when = next((each.when for each in inputs.index.inputs if each.when), "")
    return text("Compared with {year}.", year=inputs.when(when)) if when else None
