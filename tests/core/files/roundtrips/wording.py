"""The words of an office: titles, headers, periods, footers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from tests.core.files.roundtrips.styles import Style
from tests.core.files.roundtrips.truths import Item, Truth

TABLE = {"en": "Table of trade", "zh": "贸易统计表"}
UNIT = {"en": "Unit", "zh": "单位"}
RANK = {"en": "No.", "zh": "序号"}
LINES = {
    "en": ("Annual statistics of foreign trade", "Release date: 14 March 2024", "Customs basis, current prices"),
    "zh": ("对外贸易统计资料", "发布日期：2024年3月14日", "按当年价格计算"),
}
_FOOTERS = {
    "en": (
        "Source: National Statistical Office",
        "Note: Figures for 2016 and 2017 were revised. Totals may not add up due to rounding.",
        "* Preliminary figures",
    ),
    "zh": ("数据来源：海关总署", "注：2016年和2017年数据为修订数。", "* 为初步数据"),
}
_HEADERS = {
    "en": {
        "reporter": ("Reporter", "Economy", "Country", "Reporting economy"),
        "partner": ("Partner", "Trading partner", "Partner economy", "Partner country"),
        "sector": ("Product", "Commodity", "Sector", "Category"),
        "measure": ("Flow", "Trade flow", "Indicator", "Flow"),
        "year": ("Year", "Period", "Time", "Date"),
    },
    "zh": {
        "reporter": ("国家", "经济体", "国家和地区", "报告国"),
        "partner": ("贸易伙伴", "伙伴国", "贸易伙伴国", "伙伴"),
        "sector": ("商品", "产品", "类别", "商品名称"),
        "measure": ("流向", "贸易流向", "指标", "流向"),
        "year": ("年份", "时间", "时期", "日期"),
    },
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BY = {
    "en": {"reporter": "economy", "partner": "partner", "sector": "product"},
    "zh": {"reporter": "分国家", "partner": "分贸易伙伴", "sector": "分商品"},
}
_FLOWS = frozenset({"exports", "imports", "stated_balance"})
_KINDS = {"en": {"exports": "Exports", "imports": "Imports"}, "zh": {"exports": "出口额", "imports": "进口额"}}
_BALANCE = {"en": "Trade balance", "zh": "贸易差额"}


def title(language: str, flow: str, where: str, by: str, sector: Item | None, when: int | None, unit: str) -> str:
    """What stands on top: "Exports of China by partner, 2019 (Million US$)"."""
    if language == "zh":
        date = f"{when}年" if when is not None else ""
        if by == "selected":
            text = f"{date}{where}{'对' if flow == '出口' else '自'}主要国家（地区）{flow}额"
            return f"{text}（{unit}）" if unit else text
        about = f"{sector.zh}" if sector else ""
        text = f"{date}{where}{_BY['zh'].get(by, '')}{about}{flow or '贸易'}{'额' if flow else '统计'}"
        return f"{text}（{unit}）" if unit else text
    if by == "selected":
        text = f"{flow} of {where} {'to' if flow == 'Exports' else 'from'} selected countries"
        text += f", {when}" if when is not None else ""
        return f"{text} ({unit})" if unit else text
    text = flow or "Trade"
    if sector:
        text += f" of {sector.en}"
    if where:
        text += f" of {where}"
    if by:
        text += f" by {_BY['en'][by]}"
    if when is not None:
        text += f", {when}"
    return f"{text} ({unit})" if unit else text


def unit_line(language: str, unit: str, draw: random.Random) -> str:
    if language == "zh":
        return draw.choice((f"单位：{unit}", f"（单位：{unit}）", f"计量单位：{unit}"))
    return draw.choice((f"Unit: {unit}", f"In {unit}", f"({unit})", f"Unit : {unit}"))


def footers(language: str, count: int) -> list[list[str | float | None]]:
    return [[each] for each in _FOOTERS[language][:count]]


def header(dimension: str, style: Style, which: int) -> str:
    if dimension == "reporter" and style.shape == "bilateral":
        return "报告国" if style.language == "zh" else "Reporter"
    if dimension == "partner" and style.selected:
        return ("国家（地区）", "国别", "国家", "国别（地区）")[which] if style.language == "zh" else "Country"
    text = _HEADERS[style.language][dimension][which % 4]
    return f"{text} {_HEADERS['en'][dimension][which % 4]}" if style.bilingual else text


def code_header(dimension: str, style: Style, sectors: str) -> str:
    if dimension == "sector":
        if sectors == "hs":
            return "HS编码" if style.language == "zh" else "HS code"
        return "代码" if style.language == "zh" else "Code"
    plain = _HEADERS[style.language][dimension][style.header % 4]
    if dimension == "reporter" and style.shape == "bilateral":
        plain = header(dimension, style, 0)
    return f"{plain}代码" if style.language == "zh" else f"{plain} code"


def value(style: Style, unit: str) -> str:
    text = "数值" if style.language == "zh" else "Value"
    if not unit:
        return text
    return f"{text}（{unit}）" if style.language == "zh" else f"{text} ({unit})"


def flow(item: Item | int, style: Style) -> str:
    if isinstance(item, int):
        raise TypeError(item)
    return item.name(style.language)


def period(kind: str, when: int, style: Style, *, header: bool = False) -> str | float:
    """A period alone. A year may be a number."""
    mark = " (p)" if header and style.marks == "periods" and when % 3 == 0 else ""
    way = style.period
    if kind in {"year", "one"}:
        forms: list[str | float] = [f"{when}", float(when), f"{when}", f"{when} [YR{when}]", f"FY{when}", float(when)]
        if style.language == "zh":
            forms = [f"{when}", float(when), f"{when}年", f"{when}年", f"{when}年度", f"{when}"]
        form = forms[way]
        return f"{when}{mark}" if mark else form
    year, part = (when // 10, when % 10) if kind == "quarter" else (when // 100, when % 100)
    if kind == "quarter":
        if style.language == "zh":
            chinese = "一二三四"[part - 1]
            return (f"{year}年第{chinese}季度", f"{year}年{part}季度", f"{year}Q{part}", f"{year}年{chinese}季度")[
                way % 4
            ]
        return (
            f"{year}Q{part}",
            f"{year}-Q{part}",
            f"Q{part} {year}",
            f"{year} Q{part}",
            f"Q{part}-{year}",
            f"{year}q{part}",
        )[way]
    if style.language == "zh":
        return (
            f"{year}年{part}月",
            f"{year}-{part:02d}",
            f"{year}{part:02d}",
            f"{year}年{part:02d}月",
            f"{year}.{part:02d}",
            f"{year}/{part:02d}",
        )[way]
    name = _MONTHS[part - 1]
    return (
        f"{year}-{part:02d}",
        f"{name} {year}",
        f"{name}-{year % 100:02d}",
        f"{year}{part:02d}",
        f"{year}M{part:02d}",
        f"{year}/{part:02d}",
    )[way]


def column(said: Sequence[Item | int], style: Style, unit: str, truth: Truth) -> str | float:
    """The header of a column of figures."""
    when = next((each for each in said if isinstance(each, int)), None)
    named = [each for each in said if not isinstance(each, int)]
    flows = [each for each in named if each.id in _FLOWS]
    places = [each for each in named if each.id not in _FLOWS]
    if flows and truth.kind == "month":
        style = replace(style, period=style.period % 2)  # nobody writes 202401 and a word in one cell
    time = period(truth.kind, when, style, header=True) if when is not None else ""
    if len(said) == 1 and when is not None:
        return time
    text = ""
    if flows:
        balance = flows[0].id == "stated_balance"
        name = _BALANCE[style.language] if balance else _KINDS[style.language][flows[0].id]
        if style.language == "zh":
            bare = when_text(time).removesuffix(" (p)")
            mark = when_text(time)[len(bare) :].strip()
            text = f"{bare}{name}{mark}" if when is not None else flows[0].zh if style.period % 2 else name
        elif when is None:
            text = name if style.period % 2 or balance else f"{name[:-1]} value"
        elif balance:
            text = f"{name} {when_text(time)}"
        else:
            text = (f"{name} {when_text(time)}", f"{name[:-1]}ed value in {when_text(time)}")[style.period % 2]
    if places:
        name = places[0].name(style.language)
        text = f"{name} {text}".strip() if style.language == "en" else f"{name}{text}"
    if unit:
        text += f"（{unit}）" if style.language == "zh" else f", {unit}" if when is not None else f" ({unit})"
    return text


def when_text(time: str | float) -> str:
    return f"{time:.0f}" if isinstance(time, float) else time


def split_heads(kind: str, language: str) -> tuple[str, str]:
    if language == "zh":
        return "年份", "月份" if kind == "month" else "季度"
    return "Year", "Month" if kind == "month" else "Quarter"


def split_period(kind: str, when: int, style: Style) -> tuple[str | float, str | float]:
    """Year and month in two cells."""
    year, part = divmod(when, 100 if kind == "month" else 10)
    way = style.period % 3
    if kind == "month":
        return float(year), (float(part), f"{part:02d}", f"{part}月" if style.language == "zh" else _MONTHS[part - 1])[
            way
        ]
    return float(year), (
        float(part),
        f"Q{part}",
        f"{'一二三四'[part - 1]}季度" if style.language == "zh" else f"Q{part}",
    )[way]
