"""Fields of plain lines of text as numbers, eight bytes at a time: no text is made of any of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_PAD = 16
_LINE = ord("\n")
Words = NDArray[np.uint64]
Places = NDArray[np.int64]


def _word(byte: int) -> np.uint64:
    return np.uint64(int.from_bytes(bytes([byte] * 8), "little"))


_KEPT = np.array([0, *(((1 << 64) - 1) >> 8 * (8 - w) << 8 * (8 - w) for w in range(1, 9))], dtype=np.uint64)
"""By width: the last bytes of a word, which stand highest in it."""
_FILL = np.array([int.from_bytes(b"0" * (8 - w) + bytes(w), "little") for w in range(9)], dtype=np.uint64)
_TENS = 10.0 ** np.arange(9)


@dataclass(frozen=True, eq=False, slots=True)
class Fields:
    """The fields of a block of whole lines with the same number of fields: where each begins and ends."""

    data: NDArray[np.uint8]
    words: Words
    """The eight bytes that begin at each byte."""
    first: Places
    ends: Places
    """Lines × fields."""
    windows: int
    """1 where lines end with a carriage return."""

    def span(self, at: int) -> tuple[Places, Places]:
        """The end of a field in each line, and its width."""
        last = at == self.ends.shape[1] - 1
        end = self.ends[:, at] - (self.windows if last else 0)
        begin = self.ends[:, at - 1] + 1 if at else self.first
        return end, end - begin

    def words_of(self, at: int) -> Words | None:
        """Fields of up to eight bytes as words that are equal where the fields are; None where one is longer."""
        end, width = self.span(at)
        return None if len(width) and int(width.max()) > 8 else self._last(end, width)

    def integers(self, at: int, fixed: int = 0) -> Places | None:
        """Fields of one to eight digits as numbers; None where one is anything else.

        All have `fixed` digits, or for 0 no leading zeros. In a sorted list a field often says what the one above it
        says, and only what differs is read.
        """
        end, width = self.span(at)
        if int(width.max()) > 8 or int(width.min()) < 1:
            return None
        word = self._last(end, width)
        runs = np.flatnonzero(np.concatenate([[True], word[1:] != word[:-1]]))
        several = 4 * len(runs) < len(word)
        if several:
            end, width = end[runs], width[runs]
        wrong = width != fixed if fixed else (self.data[end - width] == ord("0")) & (width > 1)
        if bool(wrong.any()):
            return None
        numbers, right = self._digits(end, width)
        if not bool(right.all()):
            return None
        return np.repeat(numbers, np.diff(runs, append=len(word))) if several else numbers

    def numbers(self, at: int) -> tuple[NDArray[np.float64], Places]:
        """Fields as numbers, NaN for empty ones, and the lines whose field has to be read another way."""
        end, width = self.span(at)
        word = self._last(end, np.minimum(width, 8))
        apart = word ^ _word(ord("."))
        dots = (apart - _word(1)) & ~apart & _word(0x80)
        lowest = np.bitwise_count((dots & (~dots + np.uint64(1))) - np.uint64(1)).astype(np.int64)
        dotted = dots != 0
        decimals = np.where(dotted, 7 - lowest // 8, 0)
        whole = width - decimals - dotted
        low, right = self._digits(end, decimals)
        high, right_too = self._digits(end - decimals - dotted, np.minimum(whole, 8))
        values = (high * _TENS[decimals] + low) / _TENS[decimals]
        odd = ~(right & right_too) | (whole > 8) | (whole < 0) | ((whole + decimals == 0) & (width > 0))
        values[(width == 0) | odd] = np.nan
        return values, np.flatnonzero(odd)

    def text(self, line: int, at: int, encoding: str) -> str:
        """One field as it is written."""
        end, width = self.span(at)
        return bytes(self.data[int(end[line] - width[line]) : int(end[line])]).decode(encoding)

    def _last(self, end: Places, width: Places) -> Words:
        found: Words = self.words[end - 8] & _KEPT[width]
        return found

    def _digits(self, end: Places, width: Places) -> tuple[Places, NDArray[np.bool_]]:
        """Up to eight digits before `end`, and where they are digits; multiplication adds neighbours up in pairs."""
        width = np.maximum(width, 0)
        word = self._last(end, width) | _FILL[width]
        right = ((word & _word(0xF0)) == _word(0x30)) & (((word + _word(6)) & _word(0xF0)) == _word(0x30))
        word = ((word & _word(0x0F)) * np.uint64(2561)) >> np.uint64(8)
        word = ((word & np.uint64(0x00FF00FF00FF00FF)) * np.uint64(6553601)) >> np.uint64(16)
        word = ((word & np.uint64(0x0000FFFF0000FFFF)) * np.uint64(42949672960001)) >> np.uint64(32)
        return word.astype(np.int64), right


def fields_of(block: bytes, separator: str) -> Fields | None:
    """The fields of whole lines; None where lines have different numbers of fields, or quotes."""
    if b'"' in block:
        return None
    data = np.frombuffer(bytes(_PAD) + block, dtype=np.uint8)
    ends = np.flatnonzero(data <= max(ord(separator), _LINE)) if separator in ",\t" else np.empty(0, dtype=np.int64)
    ends = ends[_PAD:]
    lines = data[ends] == _LINE
    if not len(ends) or not bool((lines | (data[ends] == ord(separator))).all()):
        ends = np.flatnonzero((data == ord(separator)) | (data == _LINE))
        lines = data[ends] == _LINE
    count = block[: block.index(b"\n")].count(separator.encode()) + 1
    if len(ends) % count:
        return None
    places = ends.reshape(-1, count)
    if not bool(lines[count - 1 :: count].all()) or int(lines.sum()) != len(places):
        return None
    first = np.concatenate([[_PAD], places[:-1, -1] + 1])
    words = np.lib.stride_tricks.as_strided(
        np.frombuffer(data, dtype="<u8", count=1), shape=(len(data) - 7,), strides=(1,), writeable=False
    )
    windows = int(data[places[0, -1] - 1] == ord("\r"))
    if windows and not bool((data[places[:, -1] - 1] == ord("\r")).all()):
        return None
    return Fields(data, words, first, places, windows)
