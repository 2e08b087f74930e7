"""Which encoding a text is in: the whole file decides, and no letter is ever replaced silently."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from core.errors import UserError, refuse
from core.files.progress import Tick, tick_at

ENCODINGS = ("utf-8", "gb18030", "big5", "cp1252", "latin-1", "utf-16")
"""What a person may choose instead of the encoding that was found."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE = 4 * 2**20
_PAIRS = re.compile(rb"([\x81-\xfe])([\x30-\x39][\x81-\xfe][\x30-\x39]|[\x40-\xfe])")
_ENOUGH = 100_000
_SCAN = 2**20


def encoding_of(path: Path, chosen: str, tick: Tick, most: int = 0) -> str:
    """Python's name of the encoding, "-sig" where the file has a mark of it; `most` bytes decide, 0 means all.

    Raises UserError where the file is in none, or not in the chosen one.
    """
    with path.open("rb") as stream:
        start = stream.read(_SCAN)
    if chosen:
        if chosen.replace("_", "-").lower() in {"utf-8", "utf8"} and start.startswith(codecs.BOM_UTF8):
            chosen = "utf-8-sig"
        try:
            fits = _decodes(chosen, _pieces(path, most, tick))
        except LookupError:
            fits = False
        if not fits:
            raise refuse(
                "“{name}” is not written in {encoding}. Choose another encoding.", name=path.name, encoding=chosen
            )
        return chosen
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return _sure(path, encoding, most, tick)
    if b"\0" in start:
        return _sure(path, _wide(start), most, tick)
    if _decodes("utf-8", _pieces(path, most, tick)):
        return "utf-8"
    if _is_chinese(_pieces(path, most, tick)) and _decodes("gb18030", _pieces(path, most, tick)):
        return "gb18030"
    return "cp1252" if _decodes("cp1252", _pieces(path, most, tick)) else _sure(path, "latin-1", most, tick)


def unknown(path: Path) -> UserError:
    """What is raised where a text is in no encoding."""
    return refuse("“{name}” is in no encoding that Balassa knows. Save it as UTF-8 and import that.", name=path.name)


def _sure(path: Path, encoding: str, most: int, tick: Tick) -> str:
    if not encoding or not _decodes(encoding, _pieces(path, most, tick)):
        raise unknown(path)
    return encoding


def _pieces(path: Path, most: int, tick: Tick) -> Iterator[bytes]:
    """The file; an end that `most` cuts off is marked by an empty piece behind it."""
    whole = path.stat().st_size
    left = most or whole + 1
    with path.open("rb") as stream:
        while piece := stream.read(min(_PIECE, left)):
            tick_at(tick, stream.tell(), min(most, whole) if most else whole)
            yield piece
            left -= len(piece)
            if left <= 0:
                yield b""
                return


def _decodes(encoding: str, pieces: Iterable[bytes]) -> bool:
    """Whether all is text in the encoding; Latin-1 has a letter for every byte, but controls are none."""
    decoder, cut = codecs.getincrementaldecoder(encoding)(), False
    try:
        for piece in pieces:
            cut = not piece
            decoded = decoder.decode(piece)
            if "\0" in decoded or (encoding == "latin-1" and _CONTROLS.search(decoded)):
                return False
        if not cut:
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def _wide(start: bytes) -> str:
    """UTF-16 without a mark has its zeros in every second byte; anything else with zeros is no text."""
    odd, even = start[1::2].count(0), start[0::2].count(0)
    if odd > 20 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 20 * odd else ""


def _is_chinese(pieces: Iterable[bytes]) -> bool:
    """Whether the bytes beyond ASCII are mostly characters of the first level of GB 2312, or its punctuation.

    Western text rarely decodes as GB 18030 at all, and where it does, to rare characters.
    """
    seen = common = 0
    for piece in pieces:
        pairs = _PAIRS.findall(piece)
        seen += len(pairs)
        common += sum(
            1 for lead, trail in pairs if trail >= b"\xa1" and (b"\xb0" <= lead <= b"\xd7" or lead <= b"\xa3")
        )
        if seen > _ENOUGH:
            break
    return common >= 0.7 * seen > 0
