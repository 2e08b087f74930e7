"""Figures laid out on pages, in the style of an office."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.core.files.roundtrips import wording
from tests.core.files.roundtrips.styles import UNITS, Style
from tests.core.files.roundtrips.truths import DIMENSIONS, Item, Place, Truth

Cell = str | float | None
Row = list[Cell]


@dataclass
class Page:
    """A sheet: its rows, the areas that are merged (first and last row and column), and whether it is hidden."""

    name: str
    rows: list[Row]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    figures: list[int] = field(default_factory=list)
    """The rows of figures."""


def pages_of(truth: Truth, style: Style, seed: int) -> list[Page]:
    """The pages of a publication: those of figures, and what stands beside them."""
    split = "measure" if style.flow == "sheet" else style.sheets
    pages = []
    if split == "year":
        pages += [_Page(truth, style, seed, {}, when).page(str(when)) for when in truth.periods]
    elif split:
        items = truth.items[split]
        pages += [
            _Page(truth, style, seed, {split: item}, None).page(_tab(item.name(style.language))) for item in items
        ]
    else:
        name = "Data" if style.language == "en" else "数据"
        pages.append(
            _stacked(
                name, [_Page(truth, style, seed, {"measure": each}, None).page(name) for each in truth.items["measure"]]
            )
            if style.flow == "blocks"
            else _Page(truth, style, seed, {}, None).page(name)
        )
    if style.contents_sheet:
        listed: list[Row] = [["Contents"], *[[page.name, wording.TABLE[style.language]] for page in pages]]
        pages.insert(0, Page("Contents", listed))
    if style.hidden_sheet:
        pages.append(Page("calc", [["a", "b"], [1.0, 2.0], [3.0, 4.0]], hidden=True))
    return pages


def _stacked(name: str, pages: list[Page]) -> Page:
    """Tables one below the other, each with what stands above and below it."""
    whole = Page(name, [])
    for page in pages:
        start = len(whole.rows)
        whole.rows += [*page.rows, []]
        whole.merged += [(r + start, c, last + start, d) for r, c, last, d in page.merged]
        whole.figures += [start + row for row in page.figures]
    return whole


def _tab(name: str) -> str:
    return "".join(each for each in name if each not in "[]:*?/\\")[:31].strip("' ")


class _Page:
    def __init__(self, truth: Truth, style: Style, seed: int, fixed: dict[str, Item], when: int | None) -> None:
        self.truth, self.style, self.fixed, self.when = truth, style, fixed, when
        self.seed = seed
        self.zh = style.language == "zh"
        self.items = {each: (fixed[each],) if each in fixed else items for each, items in truth.items.items()}
        self.periods = (when,) if when is not None else truth.periods
        self.unit = self.draw("unit").choice(UNITS[style.language][style.unit])
        self.merged: list[tuple[int, int, int, int]] = []

    def draw(self, what: str) -> random.Random:
        """The same draws for one thing, whatever the others are."""
        return random.Random(f"{what} {self.seed}")

    def page(self, name: str) -> Page:
        heads, body = self.table()
        width = max(len(row) for row in [*heads, *body])
        above = self.above(width)
        below = wording.footers(self.style.language, self.style.footers)
        if self.style.blank_between and above:
            above.append([])
        if self.style.repeated_header and len(body) > 3:
            body[len(body) // 2 : len(body) // 2] = [list(row) for row in heads]
        start = len(above) + self.style.blank_rows
        rows = [*([[]] * self.style.blank_rows), *above, *heads, *body, *([[]] if below else []), *below]
        left = self.style.blank_columns
        rows = [[None] * left + list(row) for row in rows]
        if self.style.trailing:
            rows = [row + [None] * (left + width - len(row) + 1) for row in rows]
        merged = [(r + start, c + left, s + start, d + left) for r, c, s, d in self.merged]
        first = start + len(heads)
        figures = [first + at for at, row in enumerate(body) if len(row) == width and row not in heads]
        return Page(name, rows, merged, figures=figures)

    # ---- what stands above ----

    def above(self, width: int) -> list[Row]:
        style = self.style
        rows: list[Row] = [[self.title()]]
        unit = wording.unit_line(style.language, self.unit, self.draw("unit line"))
        lines: list[Row] = [[each] for each in wording.LINES[style.language]]
        rows += [[] if at % 3 == 1 else lines[at % len(lines)] for at in range(style.preamble)]
        if style.unit_place == "line":
            right = self.draw("right").random() < 0.3 and style.format in {"xlsx", "ods"}
            rows.append([None] * (width - 1) + [unit] if right else [unit])
        if style.unit_place == "pair":
            rows.append([wording.UNIT[style.language], self.unit])
        if style.constants == "pair":
            said = [each for each in self.truth.constant() if each in {"reporter", "partner"}]
            rows += [[wording.header(each, style, 0), self.items[each][0].name(style.language)] for each in said]
        return rows

    def title(self) -> str:
        style = self.style
        by = next((each for each in self.truth.varying() if each != "measure" and len(self.items[each]) > 1), "")
        flows = self.items["measure"]
        flow = flows[0].name(style.language) if len(flows) == 1 and style.flow in {"title", "sheet", "blocks"} else ""
        reporter = self.items["reporter"][0] if len(self.items["reporter"]) == 1 else None
        where = reporter.name(style.language) if reporter and style.constants == "title" else ""
        sector = self.fixed.get("sector")
        by = "selected" if style.selected else by
        when = self.periods[0] if style.layout in {"cross", "matrix"} else None
        unit = self.unit if style.unit_place == "title" else ""
        return wording.title(style.language, flow, where, by, sector, when, unit)

    # ---- the table ----

    def table(self) -> tuple[list[Row], list[Row]]:
        style = self.style
        across: list[str] = {
            "across": ["year"],
            "down": [each for each in self.varying() if each != "year"][:1],
            "long": [],
            "cross": [],
            "matrix": ["partner"],
        }[style.layout]
        if style.flow in {"header", "levels", "below"} and "measure" not in across and style.layout != "matrix":
            across = ["measure", *across] if style.flow == "levels" else [*across, "measure"]
        rows = [each for each in (*DIMENSIONS, "year") if each not in across]
        shown = [each for each in rows if len(self.values(each)) > 1 or self.is_column(each)]
        if style.layout in {"down", "long"} and "year" in rows:
            shown = [each for each in shown if each != "year"]
            shown = (
                ["year", *shown] if style.layout == "down" or self.draw("first").random() < 0.4 else [*shown, "year"]
            )
        heading = style.flow == "heading" and "measure" in rows
        if heading:
            shown = [each for each in shown if each != "measure"]
            rows = ["measure", *[each for each in rows if each != "measure"]]
        columns = list(itertools.product(*(self.values(each) for each in across)))
        heads = self.heads(shown, across, columns)
        body: list[Row] = []
        last = None
        for combination in self.ordered(itertools.product(*(self.values(each) for each in rows)), rows):
            said = dict(zip(rows, combination, strict=True))
            if heading and said["measure"] != last:
                last = said["measure"]
                body.append([*([None] * int(style.rank)), wording.flow(last, style)])
            numbers = [self.number({**said, **dict(zip(across, column, strict=True))}) for column in columns]
            if all(each == "skip" for each in numbers):
                continue
            label = [cell for each in shown for cell in self.label(each, said[each])]
            body.append(
                [*self.before(len(body)), *label, *self.behind(), *(None if n == "skip" else n for n in numbers)]
            )
            if style.notes_column:
                body[-1].append("revised" if len(body) == 2 else None)
        if style.headings:
            body.insert(0, [None] * int(style.rank) + ["其中：" if self.zh else "of which:"])
        return heads, body

    def varying(self) -> list[str]:
        """Dimensions with several items, economies before sectors before flows."""
        return [each for each in DIMENSIONS if len(self.items.get(each, ())) > 1] or ["measure"]

    def values(self, each: str) -> Sequence[Item | int]:
        if each == "year":
            return tuple(reversed(self.periods)) if self.style.newest_first else self.periods
        found = list(self.items.get(each, ()) or (Item("", "", ""),))
        if self.style.shuffled and each != "measure":
            self.draw(f"order {each}").shuffle(found)
        return tuple(found)

    def ordered(self, rows: object, names: list[str]) -> list[tuple[Item | int, ...]]:
        """The rows; of a list in any order where it is shuffled."""
        found: list[tuple[Item | int, ...]] = list(rows)  # type: ignore[call-overload]
        if self.style.layout == "long" and self.style.shuffled:
            self.draw("rows").shuffle(found)
        if self.style.layout == "down":
            at = names.index("year")
            found.sort(key=lambda row: self.values("year").index(row[at]))
        return found

    def is_column(self, each: str) -> bool:
        if each == "measure":
            return self.style.flow == "column"
        return each == "reporter" and self.style.constants == "column" and self.style.layout in {"across", "long"}

    def before(self, row: int) -> Row:
        return [float(row + 1)] if self.style.rank else []

    def behind(self) -> Row:
        cells: Row = ["年度" if self.zh else "Annual"] if self.style.frequency_column else []
        return [*cells, self.unit] if self.style.unit_place == "column" else cells

    def heads(self, shown: list[str], across: list[str], columns: list[tuple[Item | int, ...]]) -> list[Row]:
        style = self.style
        names: Row = [wording.RANK[style.language]] if style.rank else []
        for each in shown:
            names += self.label_heads(each)
        if style.frequency_column:
            names.append("频率" if self.zh else "Frequency")
        if style.unit_place == "column":
            names.append(wording.UNIT[style.language])
        unit = self.unit if style.unit_place == "header" else ""
        behind: Row = ["备注" if self.zh else "Notes"] if style.notes_column else []
        if not across:
            return [[*names, wording.value(style, unit), *behind]]
        if style.flow in {"levels", "below"} and "measure" in across:
            upper: Row = []
            lower: Row = []
            for at, column in enumerate(columns):
                said = dict(zip(across, column, strict=True))
                flow = wording.flow(said.pop("measure"), style)
                other = wording.column(list(said.values()), style, "", truth=self.truth)
                over, under = (flow, other) if style.flow == "levels" else (other, flow)
                fresh = not at or columns[at - 1][0] != column[0]
                upper.append(over if fresh else None)
                lower.append(under)
            size = len(columns) // len(self.values(across[0]))
            for at in range(0, len(columns), size):
                if size > 1:
                    self.merged.append((0, len(names) + at, 0, len(names) + at + size - 1))
            return [[*([None] * len(names)), *upper], [*names, *lower, *behind]]
        found: Row = [wording.column(column, style, unit, truth=self.truth) for column in columns]
        return [[*names, *found, *behind]]

    def label_heads(self, each: str) -> Row:
        name: Cell = None if self.style.no_corner else wording.header(each, self.style, self.style.header)
        if each == "year" and self.style.split_period:
            return list(wording.split_heads(self.truth.kind, self.style.language))
        code = wording.code_header(each, self.style, self.truth.sectors)
        if not self.coded(each):
            return [name]
        return {"code": [code], "both": [code, name]}.get(self.style.labels, [name])

    def coded(self, each: str) -> bool:
        return each in {"reporter", "partner", "sector"} and all(item.code for item in self.truth.items[each])

    def label(self, each: str, item: Item | int) -> Row:
        if isinstance(item, int):
            if self.style.split_period:
                return list(wording.split_period(self.truth.kind, item, self.style))
            return [wording.period(self.truth.kind, item, self.style)]
        if each == "measure":
            return [wording.flow(item, self.style)]
        name = item.name(self.style.language)
        if self.style.bilingual and item.en != item.zh and each != "sector":
            name = f"{item.zh} {item.en}"
        elif self.style.marks == "labels" and self.draw(f"mark {item.id}").random() < 0.2:
            name += self.draw("sign").choice((" (1)", "*", "¹"))
        if self.style.padded:
            name = f"  {name}\u00a0"
        if not self.coded(each):
            return [name]
        joined = f"{item.code} {name.strip()}" if each == "sector" else f"{name.rstrip()} ({item.code})"
        return {"code": [item.code], "both": [item.code, name], "joined": [joined]}.get(self.style.labels, [name])

    def number(self, said: dict[str, Item | int]) -> Cell:
        """The figure as it is printed, or "skip" where there can be none."""
        ids = [getattr(said[each], "id", "") for each in DIMENSIONS]
        place: Place = (ids[0], ids[1], ids[2], ids[3], int(said["year"]))  # type: ignore[arg-type]
        if place not in self.truth.cells:
            return "skip"
        value = self.truth.cells[place]
        if value is None:
            return self.style.missing or None
        marked = self.style.marks == "values" and self.draw(f"mark {place}").random() < 0.1
        mark = self.draw("value mark").choice((" (1)", " e", "*", " p")) if marked else ""
        style = self.style
        if not (mark or style.thousands or style.numbers_as_text or style.format not in {"xlsx", "ods"}):
            return value
        text = f"{value:,.2f}" if style.thousands else f"{value:.2f}"
        text = text.rstrip("0").rstrip(".")
        text = text.replace("-", style.negative)
        if style.decimal_comma:
            text = text.translate(str.maketrans(",.", ".,"))
        return text + mark
