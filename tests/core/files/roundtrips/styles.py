"""How an office publishes: one choice for each of the things that differ between publications."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from core.units import Unit

TEXTS = ("csv", "semicolon", "tsv", "gb18030", "utf-16")
FORMATS = (*TEXTS, "xlsx", "ods", "html")
UNITS: dict[str, dict[Unit, tuple[str, ...]]] = {
    "en": {
        Unit("USD"): ("US$", "USD", "US dollars"),
        Unit("USD", 1e3): ("US$ thousand", "Thousand US dollars", "US Dollar thousand", "1000 USD"),
        Unit("USD", 1e6): ("Million US$", "US$ million", "Millions of US dollars", "USD mn"),
        Unit("USD", 1e9): ("Billion US$", "US$ billion", "billions of US dollars"),
        Unit("EUR", 1e6): ("Million EUR", "EUR million", "Mio EUR"),
    },
    "zh": {
        Unit("USD"): ("美元",),
        Unit("USD", 1e3): ("千美元",),
        Unit("USD", 1e4): ("万美元",),
        Unit("USD", 1e6): ("百万美元",),
        Unit("USD", 1e8): ("亿美元",),
        Unit("CNY", 1e8): ("亿元", "亿元人民币"),
        Unit("CNY", 1e4): ("万元",),
    },
}


@dataclass(frozen=True)
class Style:
    """The defaults are the plainest publication there is."""

    format: str = "xlsx"
    language: str = "en"
    layout: str = "across"
    shape: str = "economies"
    kind: str = "year"
    flows: int = 1
    flow: str = "title"
    """Where flows are told: title, column, header, levels (above the periods), below (under them), sheet, heading,
    blocks (a table for each, one below the other)."""
    unit_place: str = "title"
    """title, line, header, column, pair, none."""
    unit: Unit = field(default_factory=lambda: Unit("USD", 1e6))
    constants: str = "title"
    """Where an only reporter is told: title, pair, column."""
    sheets: str = ""
    """A sheet for each "year" or "sector"."""
    period: int = 0
    """Which of the ways to write a period."""
    header: int = 0
    """Which of the words for the header of a label column."""
    labels: str = "name"
    """name, code, both, joined."""
    aggregates: bool = False
    newest_first: bool = False
    shuffled: bool = False
    gaps: bool = False
    missing: str = ""
    thousands: bool = False
    decimal_comma: bool = False
    numbers_as_text: bool = False
    marks: str = ""
    """Where footnote marks stand: labels, values, periods."""
    preamble: int = 0
    """Number of lines between the title and the table, blank ones among them."""
    footers: int = 0
    blank_rows: int = 0
    blank_columns: int = 0
    blank_between: bool = False
    trailing: bool = False
    rank: bool = False
    notes_column: bool = False
    frequency_column: bool = False
    headings: bool = False
    hidden_sheet: bool = False
    contents_sheet: bool = False
    repeated_header: bool = False
    bilingual: bool = False
    no_corner: bool = False
    """Nothing stands over the labels."""
    padded: bool = False
    """Labels are indented, with hard blanks."""
    split_period: bool = False
    """Year and month, or quarter, in two columns."""
    selected: bool = False
    """The partners are called countries, and only the title says what they are: "Exports of China to …"."""
    negative: str = "-"


def random_style(seed: int) -> Style:
    """A publication that can exist: choices that exclude each other are put right."""
    draw = random.Random(f"style {seed}")

    def sometimes(chance: float) -> bool:
        return draw.random() < chance

    language = draw.choice(("en", "en", "zh"))
    file = draw.choice((*FORMATS, "xlsx", "xlsx", "csv"))
    if file == "gb18030":
        language = "zh"
    shape = draw.choice(("economies", "partners", "sectors", "bilateral", "detail", "country"))
    layouts = {
        "economies": ("across", "across", "down", "long", "cross"),
        "partners": ("across", "across", "down", "long", "cross"),
        "sectors": ("across", "across", "down", "long", "cross"),
        "bilateral": ("long", "matrix", "across"),
        "detail": ("long", "across", "cross"),
        "country": ("down", "down", "across", "long"),
    }[shape]
    layout = draw.choice(layouts)
    kind = draw.choice(("year", "year", "year", "quarter", "month")) if layout not in {"cross", "matrix"} else "one"
    flows = 1 if layout == "matrix" else draw.choice((2, 2, 3)) if shape == "country" else draw.choice((1, 1, 2, 2, 3))
    book = file == "xlsx"
    ways = {
        "across": ["column", "header", "levels", "heading", "below", "blocks"],
        "down": ["header", "levels", "blocks"],
        "long": ["column", "header"],
        "cross": ["header", "header", "column"],
        "matrix": ["title"],
    }[layout]
    if shape == "country":
        ways = {"across": ["column"], "down": ["header"], "long": ["column", "header"]}[layout]
    if book and shape != "country":
        ways.append("sheet")
    if flows == 1 and layout != "matrix":
        ways = [way for way in ways if way not in {"levels", "heading", "below", "blocks"}] + ["title", "title"]
    flow = draw.choice(ways)
    places = ["title", "line", "line", "none"] + (["column"] if layout in {"across", "long"} else [])
    if (flow == "header" and layout != "matrix") or layout == "long":
        places += ["header", "header"]
    if shape != "economies":
        places.append("pair")
    sheets = ""
    if book and flow != "sheet" and sometimes(0.25):
        if layout == "cross":
            sheets = "year"
        elif shape == "detail" and layout == "across":
            sheets = "sector"
    if sheets == "year":
        kind = "year"
    more = random.Random(f"more {seed}")
    labels = draw.choice(("name", "name", "code", "both", "joined"))
    rank, frequency = (layout == "across" and sometimes(0.1)), (layout in {"across", "long"} and sometimes(0.1))
    constants = draw.choice(("title", "pair", "column") if layout in {"across", "long"} else ("title", "pair"))
    lone = labels in {"name", "joined"} and not rank and not frequency and shape in {"economies", "partners", "sectors"}
    lone = lone and flow != "column" and constants != "column" and layout in {"across", "down"}
    return Style(
        format=file,
        language=language,
        layout=layout,
        shape=shape,
        kind=kind,
        flows=flows,
        flow=flow,
        unit_place=draw.choice(places),
        unit=draw.choice(list(UNITS[language])),
        constants=constants,
        sheets=sheets,
        period=draw.randrange(6),
        header=draw.randrange(4),
        labels=labels,
        aggregates=sometimes(0.4),
        newest_first=sometimes(0.2),
        shuffled=sometimes(0.3),
        gaps=sometimes(0.7),
        missing=draw.choice(("", "", "..", "-", "—", "n/a", ":", "…", "NA")),
        thousands=sometimes(0.3),
        decimal_comma=file == "semicolon" and sometimes(0.7),
        numbers_as_text=sometimes(0.2),
        marks=draw.choice(("", "", "", "labels", "values", "periods")),
        preamble=draw.choice((0, 0, 1, 2, 4)),
        footers=draw.choice((0, 0, 1, 3)),
        blank_rows=draw.choice((0, 0, 0, 1, 3)),
        blank_columns=draw.choice((0, 0, 0, 0, 1, 2)),
        blank_between=sometimes(0.3),
        trailing=file in TEXTS and sometimes(0.2),
        rank=rank,
        notes_column=layout == "across" and sometimes(0.1),
        frequency_column=frequency,
        headings=layout == "across" and flow != "heading" and sometimes(0.1),
        hidden_sheet=book and sometimes(0.1),
        contents_sheet=book and sometimes(0.15),
        repeated_header=layout == "across" and sometimes(0.05),
        bilingual=language == "zh" and sometimes(0.15),
        no_corner=lone and flow != "heading" and more.random() < 0.2,
        padded=more.random() < 0.1,
        split_period=layout == "long" and kind in {"month", "quarter"} and more.random() < 0.4,
        selected=shape == "partners" and flow == "title" and constants == "title" and more.random() < 0.4,
        negative=more.choice(("-", "-", "−")),
    )
