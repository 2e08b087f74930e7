"""The labels of a series as one number, so that series are found and sorted in bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import refuse
from core.table import DIMENSIONS, Label

Keys = NDArray[np.int64]
_BITS = 63


@dataclass(frozen=True, slots=True)
class Packing:
    """How many bits the codes of each dimension take; 0 stands for no label, else one more than the code."""

    bits: Mapping[str, int]
    shifts: Mapping[str, int]

    @classmethod
    def of(cls, labels: Mapping[str, Sequence[Label]]) -> Packing:
        """As wide as the labels of a table need it; raises UserError where they do not fit into one number."""
        bits = {each: len(labels[each]).bit_length() for each in DIMENSIONS}
        shifts = {each: sum(bits[other] for other in DIMENSIONS[at + 1 :]) for at, each in enumerate(DIMENSIONS)}
        if sum(bits.values()) > _BITS:
            most = max(len(labels[each]) for each in DIMENSIONS)
            raise refuse("The table would have too many labels: more than {count}.", count=f"{most - 1:,}")
        return cls(bits, shifts)

    def key(self, codes: Mapping[str, int]) -> int:
        """The number of some codes, −1 for none; numbers of different dimensions add up."""
        return sum((code + 1) << self.shifts[dimension] for dimension, code in codes.items())

    def keys(self, codes: Mapping[str, NDArray[np.signedinteger]], count: int) -> Keys:
        """The numbers of `count` rows."""
        keys = np.zeros(count, dtype=np.int64)
        for dimension, each in codes.items():
            keys += (each.astype(np.int64) + 1) << self.shifts[dimension]
        return keys

    def codes(self, keys: Keys, dimension: str) -> Keys:
        """The codes of one dimension, −1 for none."""
        found: Keys = ((keys >> self.shifts[dimension]) & ((1 << self.bits[dimension]) - 1)) - 1
        return found

    def unpacked(self, key: int) -> dict[str, int]:
        """The codes of one series by dimension, −1 for none."""
        return {each: ((key >> self.shifts[each]) & ((1 << self.bits[each]) - 1)) - 1 for each in DIMENSIONS}
