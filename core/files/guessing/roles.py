"""What the columns of a sheet are, by the words above them and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from core.economies import economy
from core.files.cells import part_of_year, period_of, unit_and_name
from core.files.guessing.dimensions import codes_of_their_own, dimension_of, without_copies
from core.files.guessing.heads import has_word, letter_roles, roles_of, says_value, tidied
from core.files.guessing.look import Look
from core.measures import plain, role_words
from core.table import DIMENSIONS

_ORDER = ("reporter", "partner", "sector", "measure", "unit", "scale", "mark", "within_year")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9.\-_]{0,11}")
_ISO = re.compile(r"[A-Z]{2,3}")
_NEXT_TO_NOTHING = 2
"""Texts in a column that a measure heads, which may be remarks in place of numbers."""
_PLACES = ("reporter", "partner")
_PRODUCT_CODE = re.compile(r"(?:\d{2}|\d{4}|\d{6}|\d{8}|\d{10}|TOTAL|AG\d)")
_VALUE_ORDER = ("balanced value", "final value", "primaryvalue", "primary value", "obs value", "trade value")


def column_roles(look: Look, top: int, row: int, columns: Sequence[int], *, values: bool) -> dict[int, str]:
    """Roles of columns under the header rows `top` to `row`; what is missing is ignored.

    `values` says whether columns of numbers among them are values, or labels such as codes.
    """
    return _Roles(look, top, row, columns, values).found


class _Roles:
    def __init__(self, look: Look, top: int, row: int, columns: Sequence[int], values: bool) -> None:
        self.look, self.top, self.row, self.columns, self.values = look, top, row, columns, values
        self.headers = {at: look.header(top, row, at) for at in columns}
        self.rest = without_copies(look, row, columns, self.headers, single=top == row)
        self.found: dict[int, str] = {}
        self._by_words()
        self._partners_by_code()
        self._values()
        self._names_of_codes()
        self._by_content()
        self._pairs()
        for code in codes_of_their_own(self.look, self.row, self.found):
            self.found[code] = "ignored"
        self._apart()

    def _free(self) -> list[int]:
        return [at for at in self.rest if at not in self.found]

    # ---- by words ----

    def _by_words(self) -> None:
        letters = letter_roles([self.look.words(self.row, at) for at in range(self.look.width)])
        self.found |= {at: role for at, role in letters.items() if at in self.columns and role != "year"}
        wanted = {at: [each for each in roles_of(self.headers[at]) if each != "year"] for at in self._free()}
        exporters = any(
            "reporter" in roles and tidied(self.headers[at]).startswith("export") for at, roles in wanted.items()
        )
        for role in _ORDER:
            named = [at for at, roles in wanted.items() if role in roles and at not in self.found]
            if role == "reporter" and exporters:
                named.sort(key=lambda at: not tidied(self.headers[at]).startswith(("export", "reporter")))
            named = [at for at in named if self._fits(at, role)]
            if named:
                self.found[self._best(named, role)] = role
        self._flow(wanted)
        for dimension in DIMENSIONS:
            named = [at for at, roles in wanted.items() if f"{dimension}_code" in roles and at not in self.found]
            named = [at for at in named if self.look.texts(self.row, at)]
            self._code(dimension, named)
        self._lone_codes(wanted)
        self._second_names(wanted)
        if "reporter" not in self.found.values() and "reporter_code" not in self.found.values():
            importers = {at for at in self.headers if tidied(self.headers[at]).startswith(("import", "进口"))}
            self.found |= {at: "reporter" for at, role in self.found.items() if role == "partner" and at in importers}
        self.found |= {
            at: "ignored" for at, roles in wanted.items() if roles[:1] == ["ignored"] and at not in self.found
        }

    def _partners_by_code(self) -> None:
        """A "Country" that says the same as a "Partner code" beside it is the partner."""
        at_role = {role: at for at, role in self.found.items()}
        code, name = at_role.get("partner_code"), at_role.get("reporter")
        if code is None or name is None or {"partner", "reporter_code"} & at_role.keys():
            return
        if self._same(code, name):
            self.found[name] = "partner"

    def _fits(self, at: int, role: str) -> bool:
        """Whether a column can be what its header says."""
        if role == "within_year":
            texts = self.look.texts(self.row, at)
            numbered = tidied(self.headers[at]) in role_words()["quarter"] and all(map(str.isdigit, texts))
            return len({*texts}) > 1 and all(part_of_year(text) for text in texts) and not numbered
        if role == "mark":
            return not all(text.replace(".", "").isdigit() for text in self.look.texts(self.row, at))
        if role == "unit":
            return not self._numbers(at) and not tidied(self.headers[at]).startswith(("qty", "quantity", "alt qty"))
        return role not in DIMENSIONS or bool(self.look.texts(self.row, at)) or not self.values

    def _best(self, named: Sequence[int], role: str) -> int:
        """Of several columns that are called so, the one with names rather than codes, and that tells rows apart."""
        if role not in DIMENSIONS:
            return named[0]
        return max(named, key=lambda at: (self._names(at), len({*self.look.texts(self.row, at)}) > 1, -named.index(at)))

    def _names(self, at: int) -> bool:
        texts = self.look.texts(self.row, at)
        return bool(texts) and not all(_CODE.fullmatch(text) for text in texts)

    def _flow(self, wanted: dict[int, list[str]]) -> None:
        """A column of exports and imports is a measure; of its name and its code the name."""
        named = [at for at, roles in wanted.items() if "flow" in roles and at not in self.found]
        named += [at for at, roles in wanted.items() if "flow" in [*roles] and self.found.get(at) == "measure"]
        if not named:
            return
        flows = [at for at in named if self._share(at, "measure") > 0.3] or named
        best = max(flows, key=lambda at: (self._names(at), -at))
        if "measure" in self.found.values() and self.found.get(best) != "measure":
            if best in flows and self._only_flows(best):
                self.found[best] = "measure"
            return
        self.found[best] = "measure"
        self.found |= {at: "ignored" for at in named if at != best}
        codes = [at for at, roles in wanted.items() if "flow" in roles or "measure_code" in roles]
        self.found |= {at: "ignored" for at in codes if at != best and tidied(self.headers[at]).startswith("flow")}

    def _only_flows(self, at: int) -> bool:
        """Whether a column says only exports or imports, which completes another one: "Export" and "Trade value"."""
        texts = {*self.look.texts(self.row, at)}
        others = [other for other, role in self.found.items() if role == "measure"]
        own = all(self.look.names.knows("measure", text) for text in texts)
        return bool(texts) and own and not any(self._share(other, "measure") > 0 for other in others)

    def _code(self, dimension: str, named: Sequence[int]) -> None:
        if not named:
            return
        best = max(named, key=lambda at: (not self._numbers(at) or dimension == "sector", self._is_code(at), -at))
        self.found[best] = f"{dimension}_code"
        self.found |= {at: "ignored" for at in named if at != best}

    def _second_names(self, wanted: dict[int, list[str]]) -> None:
        """Columns called like a dimension that another column has: its codes, or nothing that is needed."""
        for at, roles in wanted.items():
            dimension = next((role for role in roles if role in DIMENSIONS), "")
            if not dimension or at in self.found or dimension not in self.found.values():
                continue
            name = next(other for other, role in self.found.items() if role == dimension)
            free = f"{dimension}_code" not in self.found.values()
            self.found[at] = f"{dimension}_code" if free and self._same(at, name) else "ignored"

    def _is_code(self, at: int) -> bool:
        """Whether a header speaks of a classification, rather than of a numbering of its own."""
        return bool(re.search(r"iso|hs|sitc|cmd|code", tidied(self.headers[at])))

    def _lone_codes(self, wanted: dict[int, list[str]]) -> None:
        """A column called "Code" belongs to the names beside it."""
        for at, roles in wanted.items():
            if roles[:1] == ["code"] and at not in self.found:
                beside = {other: self.found.get(other, "") for other in (at + 1, at - 1)}
                fitting = (
                    role for other, role in beside.items()
                    if role in DIMENSIONS and (role != "measure" or self._same(at, other))
                )  # fmt: skip
                dimension = next(fitting, "")
                if dimension and f"{dimension}_code" not in self.found.values():
                    self.found[at] = f"{dimension}_code"
                elif (not dimension and not self._numbers(at)) or self._coded_products(at):
                    self.found[at] = "sector_code"

    # ---- numbers ----

    def _values(self) -> None:
        if not self.values:
            return
        named = [at for at in self._free() if "value" in roles_of(self.headers[at]) and self._can_be_value(at)]
        if not named and {"reporter", "reporter_code"} & {*self.found.values()} and self._has("partner"):
            named = [
                at
                for at in self._free()
                if tidied(self.headers[at]) in {"trade", "flow", "trade flow"} and self._can_be_value(at)
            ]
        named += [at for at, role in self.found.items() if role == "value"]
        known = [at for at in self._free() if at not in named and self._is_measure(at)]
        numeric = [at for at in self._free() if at not in named and at not in known and self._numbers(at)]
        counters = [at for at in numeric if not self.headers[at] and at == self.columns[0] and self._is_counter(at)]
        self.found |= dict.fromkeys(counters, "ignored")
        numeric = [at for at in numeric if at not in counters]
        if len(named) > 1 and self._are_grouped(named):
            named, numeric = [], [*named, *numeric]
        if named and not known:
            if self._has("measure") or len(named) > 1:
                named.sort(key=lambda at: _rank(tidied(self.headers[at])))
                self.found |= dict.fromkeys(named[1:], "ignored")
                named = named[:1]
            self.found |= dict.fromkeys(named, "value") | dict.fromkeys(numeric, "ignored")
            return
        series = [at for at in numeric if not self._is_flag(at) and not self._is_id(at)]
        if named and known:
            series = [at for at in series if not self._has("partner")]
        gaps = [at for at in self._free() if self.headers[at] and self.look.holds_gaps(self.row, at, signs=True)]
        series = self._only_money(series) if not named and not known else series
        named = self._only_money(named) if self._has("measure") else named
        chosen = [*named, *known, *series]
        left = [at for at in (*numeric, *gaps) if at not in chosen and at not in gaps]
        self.found |= dict.fromkeys([*chosen, *gaps] if chosen or not numeric else numeric, "value")
        self.found |= {at: "ignored" for at in left if at not in self.found}

    def _are_grouped(self, columns: Sequence[int]) -> bool:
        """Whether columns with the same name stand below different ones: "Value" below "Exports" and "Imports"."""
        for row in range(self.top, self.row):
            above, carried = list[str](), ""
            for at in self.columns:
                carried = self.look.words(row, at) or carried
                above += [carried] if at in columns else []
            if all(above) and len({*above}) == len(above):
                return True
        return False

    def _only_money(self, columns: list[int]) -> list[int]:
        """Of amounts in money, weights and quantities of one flow the money, where a header is not more than that."""
        money = [at for at in columns if self._is_money(at)]
        rest = [at for at in columns if at not in money]
        if len(money) == 1 and rest and all(has_word(self.headers[at], "quantities") for at in rest):
            return money
        return columns

    def _is_money(self, at: int) -> bool:
        name, unit = unit_and_name(self.headers[at])
        return unit is not None and unit.is_money and (not name or says_value(name) or plain(name) == "trade")

    def _has(self, dimension: str) -> bool:
        return bool({dimension, f"{dimension}_code"} & {*self.found.values()})

    def _can_be_value(self, at: int) -> bool:
        return self.look.holds_numbers(self.row, at, share=0.1) or self.look.holds_gaps(self.row, at)

    def _is_measure(self, at: int) -> bool:
        name = unit_and_name(self.headers[at])[0]
        if not any(self.look.names.knows("measure", each) for each in (name, tidied(name)) if each):
            return False
        return self._can_be_value(at) or len(self.look.texts(self.row, at)) <= _NEXT_TO_NOTHING

    def _numbers(self, at: int) -> bool:
        return self.look.holds_numbers(self.row, at)

    def _is_flag(self, at: int) -> bool:
        """Whether a column is 1 or blank, or 1 or 0, in many rows: it marks rows and measures nothing."""
        rows, found, blanks = self.look.below(self.row), set[float](), 0
        for each in rows:
            number = self.look.number(each, at)
            blanks += number is None
            if number is not None:
                found.add(number)
            if len(found) > 2:
                return False
        return (len(rows) >= 3 and found == {1.0} and blanks > 0) or (len(rows) >= 8 and found == {0.0, 1.0})

    def _is_id(self, at: int) -> bool:
        words_ = tidied(self.headers[at]).split()
        return bool(words_) and words_[-1] in {"id", "code", "no", "代码", "编码"}

    # ---- by what they hold ----

    def _by_content(self) -> None:
        """Texts left of the numbers, and codes, as far as they are needed to tell the rows apart."""
        end = min((at for at, role in self.found.items() if role == "value"), default=self.look.width)
        if not self.values:
            end = min([end, *(at for at in self.look.columns if at not in self.columns)])
        free = [at for at in self._free() if at < end]
        texts = [at for at in free if not self._numbers(at)]
        for at in texts:
            held = [text for text in self.look.texts(self.row, at) if period_of(text) is None]
            parts = sum(part_of_year(text) is not None for text in held)
            if parts >= 0.6 * len(held) > 0 and len({*held}) > 1 and not self._has("within_year"):
                self.found[at] = "within_year"
                continue
            share = self._share(at, "reporter")
            if share >= 0.5 and (dimension := next((each for each in _PLACES if not self._has(each)), "")):
                self.found[at] = dimension
        numeric = [at for at in free if at not in texts] if not self.values else []
        for at in [*texts, *numeric]:
            if at in self.found or (at in numeric and {*self.found.values()} & {*DIMENSIONS}):
                continue
            held = self.look.texts(self.row, at)
            if self._says_nothing(at, held):
                continue
            if dimension := "sector" if at in numeric else self._dimension(at, held):
                self.found[at] = dimension

    def _apart(self) -> None:
        """A text right of the numbers without which several rows would say the same."""
        if not self.values:
            return
        years = [at for at in self.look.columns if at not in self.columns]
        labels = [
            at for at, role in self.found.items() if role.removesuffix("_code") in DIMENSIONS or role == "within_year"
        ]
        rows = self.look.below(self.row)

        def different(columns: Sequence[int]) -> int:
            return len({tuple(self.look.words(row, at) for at in columns) for row in rows})

        for at in [each for each in self._free() if not self._numbers(each)]:
            before = [*years, *labels]
            held = self.look.texts(self.row, at)
            if before and len(held) > 0.8 * len(rows) and different(before) < different([*before, at]) == len(rows):
                if dimension := dimension_of(self.look, held, self.found.values(), ("sector", "partner", "reporter")):
                    self.found[at] = dimension
                return

    def _is_counter(self, at: int) -> bool:
        """Whether a column without a name numbers the rows."""
        numbers = [self.look.number(row, at) for row in self.look.near(self.row)]
        held = [each for each in numbers if each is not None]
        whole = all(each.is_integer() and each >= 0 for each in held) and len(held) == len(numbers)
        return whole and held[:1] in ([0.0], [1.0]) and all(a < b for a, b in pairwise(held))

    def _says_nothing(self, at: int, held: Sequence[str]) -> bool:
        """Whether a column is a remark: one text for all rows, or one for each row that other columns tell apart."""
        if not held or {text.casefold() for text in held} <= {"true", "false", "yes", "no", "c", "n"}:
            return True
        others = [other for other, role in self.found.items() if role in DIMENSIONS or role.endswith("_code")]
        others += [other for other in self.look.columns if other not in self.columns and self.values]
        if not others:
            return False
        if len({*held}) == 1 and len(held) > 1:
            return not roles_of(self.headers[at])
        rows = self.look.below(self.row)
        keys = [tuple(self.look.words(each, other) for other in others) for each in rows]
        return len(rows) > 1 and len({*keys}) == len(keys)

    def _dimension(self, at: int, held: Sequence[str]) -> str:
        if any(roles_of(self.headers[at])[:1] == (each,) for each in ("code", "ignored")):
            return ""
        return dimension_of(self.look, held, self.found.values())

    def _share(self, at: int, dimension: str) -> float:
        """How many of the different texts of a column the dimension knows."""
        held = dict.fromkeys(self.look.texts(self.row, at))
        codes = bool(held) and sum(_ISO.fullmatch(text) is not None for text in held) > 0.6 * len(held)
        hits = sum(
            self.look.names.knows(dimension, text)
            or (codes and dimension in _PLACES and economy(text, codes=True) is not None)
            for text in held
        )
        return hits / len(held) if held else 0.0

    def _coded_products(self, at: int) -> bool:
        held = self.look.texts(self.row, at)
        return len({*held}) > 1 and all(_PRODUCT_CODE.fullmatch(text) for text in held)

    def _pairs(self) -> None:
        """A column of codes that a header only called by a name, beside one of names, and the reverse."""
        for dimension in ("reporter", "partner", "sector"):
            at = next((at for at, role in self.found.items() if role == dimension), None)
            if at is None or f"{dimension}_code" in self.found.values():
                continue
            for other in (at - 1, at + 1):
                if other in self._free() and self._is_code_of(other, at, dimension):
                    self.found[other] = f"{dimension}_code"
                    break
            if f"{dimension}_code" not in self.found.values() and dimension != "sector":
                held = {*self.look.texts(self.row, at)}
                if held and all(_ISO.fullmatch(text) for text in held) and self._share(at, "reporter") >= 0.5:
                    self.found[at] = f"{dimension}_code"

    def _names_of_codes(self) -> None:
        """Beside codes that a header announces, the texts that say the same in words."""
        for at, role in list(self.found.items()):
            dimension = role.removesuffix("_code")
            if dimension == role or dimension in self.found.values():
                continue
            for other in (at + 1, at - 1):
                if other in self._free() and not self._numbers(other) and self._same(at, other):
                    self.found[other] = dimension
                    break

    def _same(self, code: int, name: int) -> bool:
        """Whether two columns tell the rows apart in the same way."""
        pairs = {(self.look.words(at, code), self.look.words(at, name)) for at in self.look.below(self.row)}
        pairs = {pair for pair in pairs if all(pair)}
        return 1 < len(pairs) == len({pair[0] for pair in pairs}) == len({pair[1] for pair in pairs})

    def _is_code_of(self, code: int, name: int, dimension: str) -> bool:
        """Whether two columns say the same, the one in codes."""
        codes = {text for at in self.look.below(self.row) if (text := self.look.words(at, code))}
        if not self._same(code, name):
            return False
        return all(_CODE.fullmatch(each) for each in codes) and (dimension == "sector" or any(map(str.isalpha, codes)))


def _rank(header: str) -> int:
    return next((n for n, start in enumerate(_VALUE_ORDER) if header.startswith(start)), len(_VALUE_ORDER))
