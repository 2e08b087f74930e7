"""Texts and numbers in the language of the window; the window is rebuilt when the language changes."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable

from PySide6.QtCore import QLocale

from core.numbers import grouped, rounded
from core.text import Bilingual, Text, translator

_LOCALES = {"en": QLocale(QLocale.Language.English), "zh": QLocale(QLocale.Language.Chinese)}


class _Current:
    """The one language of the process; set by the application before it builds a window."""

    language = "en"


def set_language(language: str) -> None:
    """Choose the language of everything that is built from now on."""
    _Current.language = language


def language() -> str:
    """The language of the window: "en" or "zh"."""
    return _Current.language


def _(message: str) -> str:
    """A text of the interface in the window's language."""
    return translator(_Current.language)(message)


def show(text: Text | Bilingual | str) -> str:
    """Anything of the core that people read, in the window's language."""
    return text if isinstance(text, str) else text.show(_Current.language)


def sentences(said: Iterable[Text | Bilingual | str]) -> str:
    """Sentences one after the other; a Chinese full stop brings its own space."""
    return ("" if _Current.language == "zh" else " ").join(show(each) for each in said)


def locale() -> QLocale:
    """For dates and sizes."""
    return _LOCALES[_Current.language]


def number(value: float, decimals: int) -> str:
    """A number with that many decimals, rounded half up, thousands grouped; "" for NaN."""
    return grouped(rounded(value, decimals)) if math.isfinite(value) else ""


def tip(*lines: str) -> str:
    """A tooltip that shows texts of users and files as they are; Qt takes what looks like HTML for HTML."""
    text = "<br>".join(html.escape(line).replace("\n", "<br>") for line in lines if line)
    return f"<p style='white-space:pre-wrap'>{text}</p>" if text else ""
