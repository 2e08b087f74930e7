"""What becomes of the answer of an index: every value that cannot be given is missing with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from core.indices.registry import Index, Input
from core.status import UNDEFINED, Marked, Status, Statuses
from core.structure import Mask, is_whole
from core.table import Floats

Read = Mapping[str, tuple[Floats, Statuses]]
Shape = tuple[int, int]


def judged(
    index: Index, answer: Floats | Marked, read: Read, shape: Shape, excluding: bool = False
) -> tuple[Floats, Statuses]:
    """Values and statuses of one component over the rows and columns of the index, both read-only.

    `excluding` says that the world was read without the reporter.
    """
    values, own = (answer.values, answer.statuses) if isinstance(answer, Marked) else (answer, None)
    values = _shaped(np.asarray(values, dtype=np.float64), index, shape)
    inputs, otherwise = (
        _of_economies(index, read, shape)
        if index.mixes_economies
        else (_worst(index, read, shape, excluding), Status.NO_TRADE)
    )
    undefined = ~np.isfinite(values)
    if inputs is None and own is None and not undefined.any():
        statuses = np.zeros(shape, dtype=np.uint8)
        return _sealed(values, statuses)
    statuses = np.zeros(shape, dtype=np.uint8) if inputs is None else np.array(np.broadcast_to(inputs, shape))
    if own is not None:
        statuses = np.maximum(statuses, _shaped(own, index, shape)).astype(np.uint8)
    fine = statuses < UNDEFINED
    statuses[fine & np.isnan(values)] = np.broadcast_to(otherwise, shape)[fine & np.isnan(values)]
    statuses[fine & np.isinf(values)] = Status.ZERO_BASE
    kept = np.where(statuses >= UNDEFINED, np.nan, values)
    return _sealed(kept, statuses)


def _shaped(array: Any, index: Index, shape: Shape) -> Any:
    """An array over the rows and columns of the index; pairs of economies stand as rows."""
    if index.dimensions == ("economy", "economy"):
        array = np.reshape(array, (-1, 1))
    return array if array.shape == shape else np.broadcast_to(array, shape)


def _sealed(values: Floats, statuses: Statuses) -> tuple[Floats, Statuses]:
    values = values if values.flags.owndata else values.copy()
    statuses = statuses if statuses.flags.owndata else statuses.copy()
    values.setflags(write=False)
    statuses.setflags(write=False)
    return values, statuses


def _worst(index: Index, read: Read, shape: Shape, excluding: bool) -> Statuses | None:
    """The worst status among the inputs of each place, None where all is fine everywhere."""
    worst: Statuses | None = None
    for each, values, statuses in _inputs(index, read):
        found = [statuses] if statuses.any() else []
        if not each.is_index and (values < 0).any():
            found.append(np.where(values < 0, np.uint8(Status.NEGATIVE_FLOW), np.uint8(0)))
        world = read.get("world_" + each.parameter)
        if world is not None and not each.whose and (above := _above(values, world[0], excluding)).any():
            found.append(np.where(above, np.uint8(Status.ABOVE_WORLD), np.uint8(0)))
        for one in found:
            fitted = _fitted(one, shape)
            worst = fitted if worst is None else np.maximum(worst, fitted)
    return worst


def _above(own: Floats, world: Floats, excluding: bool) -> Any:
    """Where an economy exceeds the world: it does if nothing is left of the world without it, and less."""
    return world < 0 if excluding else own > world


def _inputs(index: Index, read: Read) -> Iterator[tuple[Input, Floats, Statuses]]:
    return ((each, *read[each.parameter]) for each in index.inputs)


def _fitted(statuses: Statuses, shape: Shape) -> Statuses:
    """Statuses for results of another shape: along a side that differs the worst holds for all."""
    for axis in (0, 1):
        if statuses.shape[axis] not in {1, shape[axis]}:
            statuses = statuses.max(axis=axis, keepdims=True)
    return statuses


def _of_economies(index: Index, read: Read, shape: Shape) -> tuple[Statuses | None, Statuses | Status]:
    """Statuses where all economies are looked at together, and the one of values that are missing beyond them.

    A missing flow makes all results of the year missing, for every result rests on every flow; where they rest on two
    economies, or on the flows of one, the index itself carries what is missing to its results. An economy that lacks
    what is no flow, such as its income, is left out by the index, and the results say that they are without it.
    """
    apart = index.dimensions == ("economy", "economy") or "reporters" in index.special
    worst: Statuses | None = None
    otherwise = Status.NO_TRADE
    for each, values, statuses in _inputs(index, read):
        bad = int(statuses.max(initial=0))
        if not each.is_index:
            if bad >= UNDEFINED and is_whole(each.what):
                found = np.full((1, 1), Status.PARTIAL, dtype=np.uint8)
                worst = found if worst is None else np.maximum(worst, found)
                otherwise = Status(max(otherwise, bad)) if int(statuses.min(initial=255)) >= UNDEFINED else otherwise
            elif bad >= UNDEFINED:
                otherwise = Status(max(otherwise, bad))
                if not apart:
                    return np.full(shape, bad, dtype=np.uint8), otherwise
            elif (values < 0).any():
                found = np.full((1, 1), Status.NEGATIVE_FLOW, dtype=np.uint8)
                worst = found if worst is None else np.maximum(worst, found)
        elif bad:
            found = _narrowed(statuses, shape)
            worst = found if worst is None else np.maximum(worst, found)
    return worst, _of_either(index, read) if index.dimensions == ("economy", "economy") else otherwise


def _of_either(index: Index, read: Read) -> Statuses:
    """For each pair of economies what is missing of one of the two; where nothing is, there was no trade."""
    worst = {each.parameter: statuses.max(axis=1, keepdims=True) for each, _, statuses in _inputs(index, read)}
    count = max(map(len, worst.values()))
    whole = complete_pairs(index, {name: each < UNDEFINED for name, each in worst.items()}, count)
    found = np.zeros(count, dtype=np.uint8)
    for each in worst.values():
        found = np.maximum(found, each[:, 0])
    either: Statuses = np.maximum.outer(found, found).reshape(-1, 1)
    return np.where(whole, np.uint8(Status.NO_TRADE), either)


def complete_pairs(index: Index, complete: Mapping[str, Mask], count: int) -> Mask:
    """Which pairs of economies, one below the other, lack nothing, from which economies lack nothing of each input.

    The index itself says by what it leaves missing which input it reads of which of the two.
    """
    ones = {each.parameter: np.ones((count, 1)) for each in index.inputs}
    for name, mask in complete.items():
        ones[name][~np.broadcast_to(mask, (count, 1))] = np.nan
    with np.errstate(all="ignore"):
        answer: Floats = index.function(**ones)
    found: Mask = ~np.isnan(answer).reshape(-1, 1)
    return found


def _narrowed(statuses: Statuses, shape: Shape) -> Statuses:
    """Along a side that the results do not have, a reason holds where it holds for every place."""
    for axis in (0, 1):
        if shape[axis] == 1 and statuses.shape[axis] != 1:
            statuses = statuses.min(axis=axis, keepdims=True)
        elif statuses.shape[axis] not in {1, shape[axis]}:
            return np.zeros((1, 1), dtype=np.uint8)
    return statuses
