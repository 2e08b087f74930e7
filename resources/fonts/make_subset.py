"""Makes the fonts of this folder from Noto Sans CJK: python make_subset.py NotoSansCJK-Regular.ttc ...

Charts, reports and systems without a Chinese font use them: pictures are the same everywhere, a PDF can be
searched. Qt writes the lowest code point of a glyph into a PDF; therefore the Kangxi radicals
(U+2E80-2FDF), whose glyphs are those of everyday characters, and all layout features are left out.
Debian has the source in its package fonts-noto-cjk; fonttools is in requirements-dev.txt.
"""

import sys
from pathlib import Path

from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Balassa Sans SC"
SOURCE = "Noto Sans CJK SC"
BLOCKS = (
    (0x20, 0x17F),  # Latin: Basic, Latin-1, Extended-A
    (0x391, 0x3C9),  # Greek
    (0x2010, 0x2044),  # general punctuation
    (0x20AC, 0x20AC),  # euro
    (0x2103, 0x2122),  # letter-like: degree Celsius, numero, trade mark
    (0x2150, 0x217F),  # number forms
    (0x2190, 0x2199),  # arrows
    (0x21D0, 0x21D4),  # double arrows
    (0x2200, 0x22A5),  # mathematical operators
    (0x2460, 0x2473),  # circled numbers
    (0x2500, 0x25FF),  # boxes, blocks, shapes
    (0x2605, 0x2606),  # stars
    (0x2713, 0x2717),  # check marks
    (0x3000, 0x301F),  # CJK punctuation
    (0xFF01, 0xFF5E),  # full-width forms
    (0xFFE0, 0xFFE6),  # full-width signs
)
# Doubles whose glyph belongs to another character, which a PDF would then call by the wrong name.
DOUBLES = {0x2012, 0x2027, 0x2035, 0x2215, 0x301C}
# What the source lacks (or draws as another character): made from these, at a scale, moved up.
SMALL = {
    **{0x2080 + digit: (str(digit), 0.6, -170) for digit in range(10)},
    **{ord(small): (letter, 0.6, -170) for small, letter in zip("₊₋ᵢⱼₖₙₜ", "+−ijknt", strict=True)},
    **{ord(small): (letter, 0.6, 300) for small, letter in zip("⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0456789+−n", strict=True)},
    ord("•"): ("●", 0.4, 228),
    ord("✗"): ("×", 1.4, -150),
}
PLACES = range(0x410, 0x450)  # Cyrillic, which is not among the blocks: its glyphs make room for the small ones
NAME, STYLE, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6


def characters() -> set[int]:
    """Return the blocks above and the 6,763 characters of GB 2312."""
    hanzi = {
        ord(character)
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
        for character in bytes((row, cell)).decode("gb2312", "ignore")
    }
    return hanzi.union(*(range(first, last + 1) for first, last in BLOCKS)) - DOUBLES


def subset(font: TTFont, wanted: set[int]) -> None:
    """Leave only the wanted characters, without layout features, hints and tables for vertical lines."""
    options = Options(hinting=False, notdef_outline=True, layout_features=[], name_languages=[0x409])
    options.name_IDs = [0, NAME, STYLE, UNIQUE, FULL, 5, POSTSCRIPT, 13, 14]
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)


def add_small(font: TTFont) -> None:
    """Draw the characters of SMALL into the glyphs of PLACES, which nothing else needs."""
    glyphs, cmap, drawn = font.getGlyphSet(), font.getBestCmap(), font["CFF "].cff.topDictIndex[0].CharStrings
    for place, (code, (letter, scale, up)) in zip(PLACES, SMALL.items(), strict=False):
        source, target = cmap[ord(letter)], cmap[place]
        advance, bearing = (round(scale * value) for value in font["hmtx"][source])
        old = drawn[target]
        pen = T2CharStringPen(advance - old.private.nominalWidthX, glyphs)
        glyphs[source].draw(TransformPen(pen, (scale, 0, 0, scale, 0, up)))
        drawn[target] = pen.getCharString(old.private, old.globalSubrs)
        font["hmtx"][target] = (advance, bearing)
        for table in font["cmap"].tables:
            if table.cmap.pop(place, None):
                table.cmap[code] = target  # in place of a double, too


def rename(font: TTFont) -> str:
    """Give the font its own name, as the licence asks for; return the name of its file."""
    style = font["name"].getDebugName(STYLE)
    names = {NAME: FAMILY, STYLE: style, FULL: f"{FAMILY} {style}", POSTSCRIPT: f"BalassaSansSC-{style}"}
    names[UNIQUE] = f"{names[FULL]}, from {SOURCE} {font['name'].getDebugName(5).split(';')[0]}"
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [names[POSTSCRIPT]]
    cff.topDictIndex[0].FamilyName, cff.topDictIndex[0].FullName = FAMILY, names[FULL]
    for part in cff.topDictIndex[0].FDArray:
        part.FontName = part.FontName.replace("NotoSansCJKjp", "BalassaSansSC")
    return f"{names[POSTSCRIPT]}.otf"


def main(sources: list[str]) -> None:
    """Write one font beside this file for each collection."""
    for source in sources:
        faces = [face for face in TTCollection(source) if face["name"].getDebugName(NAME) == SOURCE]
        font = faces[0]
        font.recalcTimestamp = False
        places = set(PLACES[: len(SMALL)])
        subset(font, characters() | places)
        add_small(font)
        path = Path(__file__).with_name(rename(font))
        font.save(path)
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, {len(font.getBestCmap())} characters")


if __name__ == "__main__":
    main(sys.argv[1:])
