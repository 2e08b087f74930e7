"""How near sectors are to each other, without ever holding all pairs of many sectors."""

from __future__ import annotations

import numpy as np

from core.complexity.network import Network
from core.table import Floats

BLOCK = 96
"""Sectors taken at once: enough for fast products of matrices, few enough for pairs of them to stay in the cache."""


def proximity(net: Network, diagonal: float) -> Floats:
    """φ (p × p): the lower of the two conditional probabilities to have one sector given the other."""
    return _proximity(net.matrix, net.ubiquity, diagonal)


def _proximity(matrix: Floats, ubiquity: Floats, diagonal: float) -> Floats:
    near = matrix.T @ matrix
    for start in range(0, ubiquity.size, BLOCK):
        rows = slice(start, start + BLOCK)
        near[rows] /= np.maximum.outer(ubiquity[rows], ubiquity)
    np.fill_diagonal(near, diagonal)
    return near


def spread(values: Floats, net: Network, diagonal: float) -> Floats:
    """`values` (any × p) times the proximity matrix, any × p.

    φ_kl = Σ_c M_ck M_cl / max(u_k, u_l) depends on the pair only through the larger ubiquity u. Where sectors are
    many, they are taken in blocks by falling ubiquity: all sectors before a block have the larger one, all after it
    the smaller, so each side acts on the block through one matrix over the economies. Only pairs within a block need
    their proximities. That costs about 2n / p of the product with φ, and no memory for φ.
    """
    if net.matrix.shape[1] <= net.matrix.shape[0]:
        return values @ proximity(net, diagonal)
    order = np.argsort(-net.ubiquity, kind="stable")
    matrix, ubiquity, sorted_values = net.matrix[:, order], net.ubiquity[order], values[:, order]
    blocks = [slice(start, start + BLOCK) for start in range(0, order.size, BLOCK)]
    sums = np.empty_like(sorted_values)
    seen = np.zeros((values.shape[0], matrix.shape[0]))
    for block in blocks:
        here, own, level = matrix[:, block], sorted_values[:, block], ubiquity[block]
        sums[:, block] = seen @ here + own @ _proximity(here, level, diagonal)
        seen += (own / level) @ here.T
    seen[:] = 0
    for block in reversed(blocks):
        here = matrix[:, block]
        sums[:, block] += (seen @ here) / ubiquity[block]
        seen += sorted_values[:, block] @ here.T
    result = np.empty_like(sums)
    result[:, order] = sums
    return result


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
