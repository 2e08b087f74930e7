"""How near sectors are to each other, without ever holding all pairs of many sectors."""

from __future__ import annotations

import numpy as np

from core.complexity.network import Network
from core.table import Floats

BLOCK = 96
"""Sectors whose pairs are divided at once, few enough for them to stay in the cache."""


def proximity(net: Network, diagonal: float) -> Floats:
    """φ (p × p): the lower of the two conditional probabilities to have one sector given the other."""
    near: Floats = net.matrix.T @ net.matrix
    for start in range(0, net.ubiquity.size, BLOCK):
        rows = slice(start, start + BLOCK)
        near[rows] /= np.maximum.outer(net.ubiquity[rows], net.ubiquity)
    np.fill_diagonal(near, diagonal)
    return near


def spread(values: Floats, net: Network, diagonal: float) -> Floats:
    """`values` (any × p) times the proximity matrix, any × p.

    φ_kl = Σ_c M_ck M_cl / max(u_k, u_l) depends on the pair only through the larger ubiquity u. So sectors are taken
    by falling ubiquity, all of one ubiquity at once: what acts on them is one matrix over the economies, a sum over
    the sectors of larger ubiquity, each divided by its own, and over all others, divided by theirs. From one ubiquity
    to the next it changes by the others times 1 / u_next − 1 / u. That costs about 2n / p of the product with φ, and
    no memory for φ.
    """
    if not net.ubiquity.size:
        return values
    order = np.argsort(-net.ubiquity, kind="stable")
    matrix, ubiquity, sorted_values = net.matrix.T[order], net.ubiquity[order], values.T[order]
    starts = np.flatnonzero(np.diff(ubiquity, prepend=np.inf))
    others = matrix.T @ sorted_values
    acting, step = others / ubiquity[0], np.empty_like(others)
    sums = np.empty_like(sorted_values)
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), ubiquity.size], strict=True):
        if start:
            np.multiply(others, 1 / ubiquity[start] - 1 / ubiquity[start - 1], out=step)
            acting += step
        here = matrix[start:end]
        np.matmul(here, acting, out=sums[start:end])
        np.matmul(here.T, sorted_values[start:end], out=step)
        others -= step
    sums += (diagonal - 1) * sorted_values
    result = np.empty_like(sums)
    result[order] = sums
    return result.T


def density(net: Network, diagonal: float) -> Floats:
    """The share of the proximities of a sector that lead to sectors the economy is present in (n × p)."""
    sums = spread(np.vstack((net.matrix, np.ones(net.ubiquity.size))), net, diagonal)
    share: Floats = sums[:-1]
    share /= sums[-1]
    return share


def outlook_gain(net: Network, sectors: Floats, diagonal: float) -> Floats:
    """What a sector the economy lacks would bring nearer to it, valued by `sectors` (p); 0 where it is present."""
    lacking = 1 - net.matrix
    nearness = spread(np.ones((1, net.ubiquity.size)), net, diagonal)
    gain = spread(lacking * (sectors / nearness), net, diagonal)
    gain *= lacking
    return gain
