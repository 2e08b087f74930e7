"""Titles and headers that say who trades with whom: "Exports of China to Japan", "中国自日本进口"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.economies import economy
from core.files.cells import unit_and_name, words
from core.measures import measure_label, measures
from core.sectors import is_total_name

_GOODS = r"(?:(?:all )?(?:goods|services|merchandise|commodities|products)(?: and (?:goods|services))?)"
_FLOW = (
    r"(?:(?:total|merchandise|goods|services|bilateral|annual|value of) )*(?P<flow>export|import)(?:ed|s)?(?: values?)?"
)
_END = r"(?:[\s,;:(–—-]+(?:by|in|during|18|19|20)\b.*|,.*|\s*[:;]?)$"
_FORMS = tuple(
    re.compile(form + _END, re.IGNORECASE)
    for form in (
        rf"{_FLOW}(?: of {_GOODS})? (?:of|by) (?P<reporter>[^,;:]+?)(?: (?P<way>to|from)(?: (?P<partner>[^,;:]+?))?)?",
        rf"{_FLOW}(?: of {_GOODS})? (?P<way>from) (?P<reporter>[^,;:]+?) to(?: (?P<partner>[^,;:]+?))?",
        rf"(?P<reporter>[^,;:]+?)(?:['’]s?)? {_FLOW}(?: of {_GOODS})?(?: (?P<way>to|from)(?: (?P<partner>[^,;:]+?))?)?",
    )
)
_SEVERAL = re.compile(
    r"(?:the |its |all |selected |main |major |top |individual |principal |other |trading |partner |\d+ )*"
    r"(?:countries|economies|partners|destinations|markets|origins|regions|suppliers)(?: and (?:regions|territories))?",
    re.IGNORECASE,
)
_SEVERAL_ZH = re.compile(
    r"(?:部分|主要|各|所有|若干|其他|前\w{1,2})*(?:国家和地区|国家|地区|贸易伙伴|伙伴|经济体|市场)"
)
_TRADE = re.compile(
    r"(?:[\w-]+ )*trade(?: balance)? of (?P<reporter>[^,;:]+?)"
    + _END
    + r"|(?P<zh>[\u3400-\u9fff（）()]{2,12}?)[分按][\u3400-\u9fff]{2,6}?的?(?:进出口|贸易)(?:总?[额值])?.*",
    re.IGNORECASE,
)
_NAMED = (
    re.compile(r"(?P<name>\S.*?) (?P<flow>export|import)s?(?: values?)?", re.IGNORECASE),
    re.compile(r"(?P<name>.*?[\u3400-\u9fff)）]) ?(?P<flow>出口|进口)(?:总?[额值]|金额)?"),
)
_BY = re.compile(
    r"\bby (?:main |major |type of )?(?:(?P<sector>product|commodit|sector|industr|item|categor|good|service|section"
    r"|chapter)|trading partner|partner|destination|origin)"
    r"|[分按](?:(?P<zh>商品|产品|行业|部门|类别|种类)|贸易伙伴|国别|国家)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]")
_BEFORE = re.compile(r"^(?:(?:table|figure|panel)\s*[\w.\-]*[.:]?\s+|(?:18|19|20)\d\d\s*[:,]?\s+)+", re.IGNORECASE)
_BEFORE_ZH = re.compile(r"^(?:表\s*[\d\-.]+\s*|\d{4}年?(?:[-—~至]\d{4}年)?\s*)+")
_NAME_ZH = r"(?P<reporter>[\u3400-\u9fff（）()]{2,12}?)"
_OTHER_ZH = r"(?P<partner>[\u3400-\u9fff（）()]{2,12}?)"
_GOODS_ZH, _END_ZH = "的?(?:货物|商品|服务)?", "(?:总?[额值]|金额)?(?:[分按].*)?"
_ZH = tuple(
    re.compile(_NAME_ZH + form + _END_ZH)
    for form in (
        rf"[对向]{_OTHER_ZH}{_GOODS_ZH}(?P<flow>出口)",
        rf"(?P<partner>)(?:[分按][\u3400-\u9fff]{{2,6}}?)?{_GOODS_ZH}(?P<flow>出口|进口)",
        rf"[自从由]{_OTHER_ZH}{_GOODS_ZH}(?P<flow>进口)",
    )
)


@dataclass(frozen=True, slots=True)
class Traded:
    """Who exports or imports; the partner is "" where none is named."""

    measure: str
    reporter: str
    partner: str = ""
    open: bool = False
    """Whether the words end in "to" or "from", so that what stands below are the partners."""


@lru_cache(maxsize=4096)
def traded(text: str) -> Traded | None:
    """What a title or header says, where its names are those of economies that are known; else None."""
    if len(text) > 200:
        return None
    title = unit_and_name(words(text))[0]
    found = _traded(_BRACKETS.sub("", title))
    return found if found is not None or not _BRACKETS.search(title) else _traded(title)


def _traded(written: str) -> Traded | None:
    bare = _BEFORE.sub("", written)
    for form in _FORMS:
        found = form.fullmatch(bare)
        if found is None or (reporter := _one(found["reporter"])) is None:
            continue
        several = found["partner"] is None or _SEVERAL.fullmatch(found["partner"]) is not None
        partner = "" if several else _known(found["partner"])
        if partner is not None:
            measure = "Exports" if found["flow"].lower() == "export" else "Imports"
            return Traded(measure, reporter, partner, bool(found["way"]) and not partner)
    bare = _BEFORE_ZH.sub("", written)
    for form in _ZH:
        found = form.fullmatch(bare)
        if found and (reporter := _one(found["reporter"])):
            several = not found["partner"] or _SEVERAL_ZH.fullmatch(found["partner"]) is not None
            partner = "" if several else _known(found["partner"])
            if partner is not None:
                measure = "Exports" if found["flow"] == "出口" else "Imports"
                return Traded(measure, reporter, partner, bool(found["partner"]) and not partner)
    found = _TRADE.fullmatch(bare)
    reporter = _one(found["reporter"] or found["zh"]) if found else None
    return Traded("", reporter) if reporter else None


@lru_cache(maxsize=4096)
def named_flow(text: str) -> tuple[str, str] | None:
    """What a header such as "Albania export value" or "旅行出口额" names, and the flow of it; else None."""
    written = unit_and_name(words(text))[0]
    found = next((each for form in _NAMED if (each := form.fullmatch(written))), None)
    if found is None or (measure_label(written).id in measures() and not is_total_name(found["name"])):
        return None
    return found["name"], "Exports" if found["flow"].lower() in {"export", "出口"} else "Imports"


def dimension_of_flows(texts: Sequence[str], title: str) -> str:
    """The dimension of what stands before "exports" in all of some headers; "" where they are plain measures."""
    named = [named_flow(text) for text in texts]
    names = [each[0] for each in named if each is not None]
    if len(names) < len(named) or all(map(is_total_name, names)):
        return ""
    if all(economy(name) is not None for name in names):
        return "economy"
    return "sector" if by_dimension(title) == "sector" else ""


def by_dimension(text: str) -> str:
    """What a title says that its table is broken down by: "sector", "partner" or ""."""
    found = _BY.search(text)
    return "" if found is None else "sector" if found["sector"] or found["zh"] else "partner"


def _known(name: str) -> str | None:
    """A name that the table of economies knows, without an article; None for another text."""
    bare = re.sub(r"^the ", "", name.strip(), flags=re.IGNORECASE)
    return next((each for each in (name.strip(), bare) if len(each) > 1 and economy(each) is not None), None)


def _one(name: str) -> str | None:
    """The same for a single economy: a group may be the title of a list of its members."""
    known = _known(name)
    found = economy(known) if known else None
    return known if found is not None and not found.role else None
