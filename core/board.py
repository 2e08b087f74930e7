"""The SWOT board as one read-only value: factors with evidence, strategies that cite them, recommendations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.text import Bilingual

QUADRANTS = ("S", "W", "O", "T")
STRATEGY_TYPES = ("SO", "WO", "ST", "WT")
OPERATORS = ("<", "<=", ">", ">=")
QUANTIFIERS = ("all", "last", "any")
TRANSFORMS = ("level", "change")


@dataclass(frozen=True, slots=True)
class Claim:
    """A testable statement about one series of results: "TC of services in table 3, 2009–2018, all, < 0".

    `transform` "change" tests last minus first of the window. An open end of `window` is None.
    """

    index: str
    table: str
    reporter: str = ""
    partner: str = ""
    sector: str = ""
    component: str = ""
    transform: str = "level"
    window: tuple[int | None, int | None] = (None, None)
    quantifier: str = "all"
    operator: str = "<"
    threshold: float = 0.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the claim's numbers were when it was made or affirmed; `margin` is the distance from the threshold."""

    taken: str
    values: Mapping[int, float] = field(default_factory=dict)
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What backs a factor: a live claim with its snapshot, or a citation or text in words."""

    id: str
    kind: str
    note: Bilingual = Bilingual()
    claim: Claim | None = None
    snapshot: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """A strength, weakness, opportunity or threat. Its code ("W2") is its place; its id never changes."""

    id: str
    quadrant: str
    text: Bilingual
    note: Bilingual = Bilingual()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Strategy:
    """An SO, WO, ST or WT strategy; `cites` are ids of factors of any quadrant."""

    id: str
    type: str
    title: Bilingual
    text: Bilingual = Bilingual()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A group of actions that carries out strategies and answers factors."""

    id: str
    title: Bilingual
    actions: tuple[Bilingual, ...] = ()
    strategies: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Board:
    """All of it, in the order shown; the order inside a quadrant is the order in the tuple."""

    title: Bilingual = Bilingual()
    objective: Bilingual = Bilingual()
    factors: tuple[Factor, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()

    def quadrant(self, quadrant: str) -> tuple[Factor, ...]:
        """The factors of one quadrant in order."""
        return tuple(factor for factor in self.factors if factor.quadrant == quadrant)

    def of_type(self, strategy_type: str) -> tuple[Strategy, ...]:
        """The strategies of one cell in order."""
        return tuple(strategy for strategy in self.strategies if strategy.type == strategy_type)

    def factor(self, factor_id: str) -> Factor | None:
        """The factor with this id."""
        return next((factor for factor in self.factors if factor.id == factor_id), None)

    def strategy(self, strategy_id: str) -> Strategy | None:
        """The strategy with this id."""
        return next((strategy for strategy in self.strategies if strategy.id == strategy_id), None)

    def codes(self) -> dict[str, str]:
        """The codes that people see ("W2", "SO1", "P3") by id, from the present order."""
        codes: dict[str, str] = {}
        for quadrant in QUADRANTS:
            codes |= {factor.id: f"{quadrant}{n}" for n, factor in enumerate(self.quadrant(quadrant), 1)}
        for kind in STRATEGY_TYPES:
            codes |= {strategy.id: f"{kind}{n}" for n, strategy in enumerate(self.of_type(kind), 1)}
        return codes | {each.id: f"P{n}" for n, each in enumerate(self.recommendations, 1)}

    def cited_by(self, factor_id: str) -> tuple[Strategy, ...]:
        """The strategies that cite a factor."""
        return tuple(strategy for strategy in self.strategies if factor_id in strategy.cites)
