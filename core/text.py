"""Texts that are translated when they are shown, and texts that users write in two languages."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from core.places import RESOURCES

LANGUAGES = ("en", "zh")
_CATALOGUES = {"zh": "zh_CN"}


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """English is the language of the source; any other language falls back to it."""
    folder = RESOURCES / "locale" / _CATALOGUES.get(language, language) / "LC_MESSAGES"
    compiled = Path(folder) / "balassa.mo"
    if not compiled.is_file():
        return gettext.NullTranslations()
    with compiled.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def translator(language: str) -> Callable[[str], str]:
    """The function that translates a message id into `language`."""
    return _catalogue(language).gettext


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text that a user or a data file writes in English, Chinese or both."""

    en: str = ""
    zh: str = ""

    def show(self, language: str) -> str:
        """The text in `language`; where that is empty, the other one."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)

    def with_text(self, language: str, text: str) -> Bilingual:
        """A copy in which one language says `text`."""
        return Bilingual(self.en, text) if language == "zh" else Bilingual(text, self.zh)

    @staticmethod
    def from_json(data: Any) -> Bilingual:
        """Accepts a mapping with "en" and "zh", and a plain string (then English)."""
        if isinstance(data, str):
            return Bilingual(data)
        return Bilingual(str(data.get("en", "")), str(data.get("zh", "")))


@dataclass(frozen=True, slots=True)
class Text:
    """A message of the application with its values, translated when it is shown.

    Values may be numbers, strings, `Bilingual` or further `Text`; tuples of them are joined by commas.
    """

    message: str
    values: dict[str, Any] = field(default_factory=dict)

    def show(self, language: str) -> str:
        """The message in `language` with its values filled in."""
        values = {name: _shown(value, language) for name, value in self.values.items()}
        return translator(language)(self.message).format(**values)

    def __str__(self) -> str:
        """English, for logs and exceptions."""
        return self.show("en")


def text(message: str, **values: Any) -> Text:
    """A `Text`; this is the call that the extraction of messages looks for."""
    return Text(message, values)


def _shown(value: Any, language: str) -> Any:
    if isinstance(value, Text | Bilingual):
        return value.show(language)
    if isinstance(value, tuple | list):
        separator = "、" if language == "zh" else ", "
        return separator.join(str(_shown(each, language)) for each in value)
    return value
