"""Which number stands behind a piece of evidence."""

from __future__ import annotations

from core.board import Evidence, Factor
from core.claims import Check, check
from core.explain import Wanted
from core.results import Results


def number_behind(evidence: Evidence, result: Check) -> Wanted | None:
    """The last number of a claim: the first one at which it fails, where it does; None for evidence without a claim."""
    claim = evidence.claim
    if claim is None:
        return None
    key = claim.index, claim.component, claim.table, claim.reporter, claim.partner, claim.sector
    latest = result.latest
    year = result.failing[0] if result.failing else latest[0] if latest is not None else claim.window[1]
    return Wanted(key, year) if year is not None else None


def number_of(factor: Factor, results: Results) -> Wanted | None:
    """The number behind the first evidence of a factor that has one."""
    found = (number_behind(each, check(each, results)) for each in factor.evidence)
    return next((each for each in found if each is not None), None)
