"""Indices worked out number by number in exact fractions, from the definitions of the field.

Nothing here comes from the program: sums are loops, and each formula stands as a handbook prints it. Slow, and meant
to be read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import permutations
from typing import Any

from tests.core.oracle.by_hand import ByHand, Missing, Number, Undefined
from tests.core.oracle.worlds import ROLES, World

Row = tuple[str, str]


def over(a: Number, b: Number) -> Number:
    if b == 0:
        raise Undefined
    return a / b


def tc(w: ByHand, row: Row, k: str, t: int) -> Number:
    x, m = w.number("exports", row, k, t), w.number("imports", row, k, t)
    return over(x - m, x + m)


def ims(w: ByHand, row: Row, k: str, t: int) -> Number:
    return over(w.number("exports", row, k, t), w.world_towards("exports", row, k, t, True))


def _four(w: ByHand, row: Row, k: str, t: int) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    return (
        w.number("exports", row, k, t),
        w.total("exports", row, t),
        w.world_towards("exports", row, k, t, False),
        w.world_towards("exports", row, "∑", t, False),
    )


def rca(w: ByHand, row: Row, k: str, t: int) -> Number:
    x, total, world, whole = _four(w, row, k, t)
    return over(over(x, total), over(world, whole))


def arca(w: ByHand, row: Row, k: str, t: int) -> Number:
    x, total, world, whole = _four(w, row, k, t)
    return over(x, total) - over(world, whole)


def _both(w: ByHand, row: Row, k: str, t: int) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    return (
        w.number("exports", row, k, t),
        w.total("exports", row, t),
        w.number("imports", row, k, t),
        w.total("imports", row, t),
    )


def nxrca(w: ByHand, row: Row, k: str, t: int) -> Number:
    x, total_x, m, total_m = _both(w, row, k, t)
    return over(x, total_x) - over(m, total_m)


def lafay(w: ByHand, row: Row, k: str, t: int) -> Number:
    x, total_x, m, total_m = _both(w, row, k, t)
    trade = total_x + total_m
    if trade == 0:
        raise Undefined
    return 100 * ((x - m) - (total_x - total_m) * (x + m) / trade) / trade


def growth_exports(w: ByHand, row: Row, k: str, t: int) -> Number:
    now, before = w.number("exports", row, k, t), w.number("exports", row, k, w.earlier(t))
    if before <= 0:
        raise Undefined
    return now / before - 1


def contribution_exports(w: ByHand, row: Row, k: str, t: int) -> Number:
    then = w.earlier(t)
    now, before = w.number("exports", row, k, t), w.number("exports", row, k, then)
    total = w.total("exports", row, then)
    if total <= 0:
        raise Undefined
    return (now - before) / total


def openness(w: ByHand, row: Row, k: str, t: int) -> Number:
    x, m = w.number("exports", row, k, t), w.number("imports", row, k, t)
    return over(x + m, w.number("gdp", (row[0], ""), "", t))


def _flows(w: ByHand, row: Row, t: int, *measures: str) -> list[list[Fraction]]:
    parts = w.parts(*measures)
    if len(parts) < 2:
        raise Missing
    return [[w.number(measure, row, k, t) for k in parts] for measure in measures]


def _shares(flows: list[Fraction]) -> list[Fraction]:
    whole = sum(flows)
    if whole <= 0:
        raise Undefined
    return [each / whole for each in flows]


def hhi(w: ByHand, row: Row, t: int) -> Number:
    return sum(share**2 for share in _shares(_flows(w, row, t, "exports")[0]))


def theil(w: ByHand, row: Row, t: int) -> Number:
    flows = _flows(w, row, t, "exports")[0]
    shares = _shares(flows)
    if min(shares) < 0:
        raise Undefined
    n = sum(each != 0 for each in flows) if w.option("hhi_n", "classification") == "nonzero" else len(flows)
    return math.fsum(float(s) * math.log(n * s) for s in shares if s)


def diversification_unctad(w: ByHand, row: Row, t: int) -> Number:
    own = _flows(w, row, t, "exports")[0]
    world = [w.world_towards("exports", row, k, t, False) for k in w.parts("exports")]
    return sum(abs(a - b) for a, b in zip(_shares(own), _shares(world), strict=True)) / 2


def gl_aggregate(w: ByHand, row: Row, t: int) -> Number:
    out, into = _flows(w, row, t, "exports", "imports")
    unmatched = sum(abs(a - b) for a, b in zip(out, into, strict=True))
    return 1 - over(unmatched, sum(out) + sum(into))


def share_decomposition(w: ByHand, row: Row, t: int) -> dict[str, Number]:
    sides = []
    for year in (t, w.earlier(t)):
        own = _flows(w, row, year, "exports")[0]
        sides.append((own, [w.world_towards("exports", row, k, year, True) for k in w.parts("exports")]))
    found = []
    for own, world in sides:
        if sum(world) == 0 or any(b == 0 and a != 0 for a, b in zip(own, world, strict=True)):
            raise Undefined
        shares = [a / b if b else Fraction(0) for a, b in zip(own, world, strict=True)]
        found.append((shares, [b / sum(world) for b in world]))
    (s1, w1), (s0, w0) = found
    each = list(zip(s0, s1, w0, w1, strict=True))
    return {
        "competitiveness": sum(wa * (sb - sa) for sa, sb, wa, wb in each),
        "structure": sum(sa * (wb - wa) for sa, sb, wa, wb in each),
        "adaptation": sum((sb - sa) * (wb - wa) for sa, sb, wa, wb in each),
    }


def share_effect(w: ByHand, row: Row, t: int, part: str) -> Number:
    return share_decomposition(w, row, t)[part]


def tii(w: ByHand, row: Row, t: int) -> Number:
    if row not in w.pairs:
        raise Missing
    i, j = row
    flow, all_out = w.total("exports", row, t), w.everywhere("exports", i, "∑", t)
    bought, world = w.everywhere("imports", j, "∑", t), w.everybodys("imports", "∑", t)
    if w.option("tii_world", "world") == "less_reporter":
        world -= w.everywhere("imports", i, "∑", t)
    if world < 0:
        raise Undefined
    return over(over(flow, all_out), over(bought, world))


def _basket(w: ByHand, measure: str, who: str, parts: list[str], t: int) -> list[Fraction]:
    if len(parts) < 2 or len(w.singles) < 2:
        raise Missing
    return [w.everywhere(measure, who, k, t) for k in parts]


def _in_common(a: list[Fraction], b: list[Fraction]) -> Number:
    if sum(a) == 0 or sum(b) == 0:
        raise Undefined
    return 1 - sum(abs(x / sum(a) - y / sum(b)) for x, y in zip(a, b, strict=True)) / 2


def tci(w: ByHand, i: str, j: str, t: int) -> Number:
    parts = w.parts("exports", *([] if w.mirrored("imports") else ["imports"]))
    return 100 * _in_common(_basket(w, "exports", i, parts, t), _basket(w, "imports", j, parts, t))


def similarity(w: ByHand, i: str, j: str, t: int) -> Number:
    parts = w.parts("exports")
    return _in_common(_basket(w, "exports", i, parts, t), _basket(w, "exports", j, parts, t))


def sophistication(w: ByHand, t: int) -> tuple[dict[str, Number | None], dict[str, Number | None]]:
    """PRODY by sector and EXPY by economy; None where it is undefined. One missing flow makes all missing.

    An economy of unknown income is left out of PRODY.
    """
    parts = w.parts("exports")
    baskets = {who: _basket(w, "exports", who, parts, t) for who in w.singles}
    incomes = {}
    for who in w.singles:
        with suppress(Missing):
            incomes[who] = w.income(who, t)
    if not incomes:
        raise Missing
    weights: dict[str, list[Fraction] | None] = {}
    for who in incomes:
        basket = baskets[who]
        whole = sum(basket)
        if not any(basket):
            weights[who] = [Fraction(0)] * len(parts)
        else:
            weights[who] = [x / whole for x in basket] if whole else None
    prody: dict[str, Number | None] = {}
    for n, k in enumerate(parts):
        column = [None if row is None else row[n] for row in weights.values()]
        spoilt = any(row is None and baskets[who][n] != 0 for who, row in weights.items())
        whole = sum(each for each in column if each is not None)
        earned = sum(incomes[who] * each for who, each in zip(weights, column, strict=True) if each is not None)
        prody[k] = None if spoilt or whole == 0 else earned / whole
    expy: dict[str, Number | None] = {}
    for who, basket in baskets.items():
        whole = sum(basket)
        lost = any(x != 0 and prody[k] is None for x, k in zip(basket, parts, strict=True))
        worth = sum(x * (prody[k] or 0) for x, k in zip(basket, parts, strict=True))
        expy[who] = None if whole == 0 or lost else worth / whole
    return prody, expy


EFFECTS = ("competitiveness", "structure", "adaptation")
BY_SECTOR: dict[str, Callable[[ByHand, Row, str, int], Number]] = {
    each.__name__: each for each in (tc, ims, rca, arca, nxrca, lafay, growth_exports, contribution_exports, openness)
}
BY_ROW: dict[str, Callable[[ByHand, Row, int], Number]] = {
    each.__name__: each for each in (hhi, theil, diversification_unctad, gl_aggregate, tii)
}
BY_PAIR: dict[str, Callable[[ByHand, str, str, int], Number]] = {each.__name__: each for each in (tci, similarity)}
Answer = Number | str
Place = tuple[str, str, str, str, str, int]
"""Index, component, reporter, partner, sector and year."""


def answers(world: World) -> Iterator[tuple[Place, Answer]]:
    """Each index at each place and year: a number, "missing" or "undefined"."""
    w = ByHand(world)
    for year in world.years:
        for row in w.rows:
            if ROLES.get(row[0]) != "world":
                yield from _of_row(w, row, year)
        for i, j in permutations(w.singles, 2):
            for name, formula in BY_PAIR.items():
                yield (name, "", i, j, "", year), said(formula, w, i, j, year)
        yield from _of_all(w, year)


def said(formula: Callable[..., Number], *arguments: Any) -> Answer:
    """What a formula gives, or why it gives nothing."""
    try:
        return formula(*arguments)
    except Missing:
        return "missing"
    except Undefined:
        return "undefined"


def _of_row(w: ByHand, row: Row, year: int) -> Iterator[tuple[Place, Answer]]:
    for name, formula in BY_SECTOR.items():
        for sector in w.sectors:
            yield (name, "", *row, sector, year), said(formula, w, row, sector, year)
    for name, whole in BY_ROW.items():
        yield (name, "", *row, "", year), said(whole, w, row, year)
    for part in EFFECTS:
        yield ("share_decomposition", part, *row, "", year), said(share_effect, w, row, year, part)


def _of_all(w: ByHand, year: int) -> Iterator[tuple[Place, Answer]]:
    try:
        prody, expy = sophistication(w, year)
    except Missing:
        prody, expy = dict.fromkeys(w.parts("exports"), Fraction()), dict.fromkeys(w.singles, Fraction())
        found: dict[str, Answer] = dict.fromkeys((*prody, *expy), "missing")
    else:
        found = {each: "undefined" if number is None else number for each, number in (prody | expy).items()}
    for sector in prody:
        yield ("prody", "", "", "", sector, year), found[sector]
    for who in expy:
        yield ("expy", "", who, "", "", year), found[who]
