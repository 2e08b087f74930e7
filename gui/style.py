"""Colours, fonts and icons of the window in its light and dark theme."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from core.places import RESOURCES


@dataclass(frozen=True, slots=True)
class Colours:
    """Everything that is painted takes its colour from here; text on `window` and `surface` has 4.5:1 or more."""

    dark: bool
    window: str
    surface: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    accent_text: str
    selection: str
    good: str
    warning: str
    bad: str
    quadrants: dict[str, str]
    """Accent of S, W, O, T and of SO, WO, ST, WT."""
    series: tuple[str, ...]
    """For curves, safe for colour-blind readers (Okabe and Ito 2008, darkened or lightened for contrast)."""
    bands: tuple[str, ...]
    """Shades behind a chart from the lowest band to the highest, where higher is better; picked evenly."""
    steps: tuple[str, ...]
    """The same where no band is better than another."""


LIGHT = Colours(
    dark=False,
    window="#f4f5f7", surface="#ffffff", raised="#fafbfc", border="#d5d9e0", text="#1d2530", muted="#5a6675",
    accent="#1f5fa8", accent_text="#ffffff", selection="#d6e6f8", good="#1b7a4b", warning="#96600a", bad="#b3261e",
    quadrants={"S": "#1b7a4b", "W": "#b3541e", "O": "#1f5fa8", "T": "#8a2f6b",
               "SO": "#2b6f7f", "WO": "#6a5a24", "ST": "#4c5a8f", "WT": "#7a3b45"},
    series=("#0060a8", "#c94f00", "#007a57", "#a8447f", "#8a6d00", "#3a8fc4", "#5c5c5c", "#7a3fb0"),
    bands=("#f7ded8", "#f8ead9", "#f3f3ea", "#e2f0e6", "#d2e9dc"),
    steps=("#f5f6f9", "#edf1f8", "#e5ecf7", "#dee9f6", "#d8e5f6"),
)  # fmt: skip
DARK = Colours(
    dark=True,
    window="#1b1f26", surface="#232831", raised="#2a303a", border="#3d4552", text="#e8ecf2", muted="#a3aebd",
    accent="#6fb0f2", accent_text="#10161f", selection="#31486a", good="#63cf98", warning="#e5b356", bad="#ff8a80",
    quadrants={"S": "#63cf98", "W": "#f0a070", "O": "#7fb8f5", "T": "#e195c8",
               "SO": "#79c4d4", "WO": "#d3c074", "ST": "#a8b4ee", "WT": "#e59aa6"},
    series=("#5fb4f2", "#ff9a4d", "#3fd0a0", "#e69ac8", "#e6cf4d", "#9fd4f7", "#c4c4c4", "#c59af0"),
    bands=("#43292a", "#42352a", "#35352d", "#2a3b31", "#24443a"),
    steps=("#272c35", "#293141", "#2b374d", "#2b3b56", "#2d4062"),
)  # fmt: skip


def colours() -> Colours:
    """The colours of the theme that the application shows now."""
    return DARK if _Theme.dark else LIGHT


class _Theme:
    dark = False


FONT_FAMILY = "Balassa Sans SC"


def load_fonts() -> None:
    """The Han font that ships with the application, behind the system's own fonts."""
    for path in sorted((RESOURCES / "fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(path))


def apply_theme(application: QApplication, theme: str) -> None:
    """Dress the application; `theme` is "light", "dark" or "system"."""
    if theme == "system":
        _Theme.dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    else:
        _Theme.dark = theme == "dark"
    application.setStyle("Fusion")
    application.setPalette(_palette(colours()))
    sheet = (RESOURCES / "style.qss").read_text(encoding="utf-8")
    for name in Colours.__slots__:
        value = getattr(colours(), name)
        if isinstance(value, str):
            sheet = sheet.replace(f"@{name};", f"{value};")
    sheet = sheet.replace("@icons", (RESOURCES / "icons").as_posix()).replace("@theme", _theme_name())
    application.setStyleSheet(sheet)
    font = application.font()
    families = [family for family in font.families() if family != FONT_FAMILY]
    font.setFamilies([*families, FONT_FAMILY])
    application.setFont(font)


def _theme_name() -> str:
    return "dark" if _Theme.dark else "light"


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in {
        roles.Window: c.window, roles.WindowText: c.text, roles.Base: c.surface, roles.AlternateBase: c.raised,
        roles.Text: c.text, roles.Button: c.raised, roles.ButtonText: c.text, roles.ToolTipBase: c.raised,
        roles.ToolTipText: c.text, roles.Highlight: c.selection, roles.HighlightedText: c.text,
        roles.PlaceholderText: c.muted, roles.Link: c.accent, roles.Light: c.raised, roles.Midlight: c.border,
        roles.Mid: c.border, roles.Dark: c.border, roles.Shadow: c.border, roles.Accent: c.accent,
    }.items():  # fmt: skip
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.muted))
    return palette


def icon(name: str, colour: str = "") -> QIcon:
    """An icon of resources/icons in the colour of the text; `currentColor` in the file is replaced."""
    path = Path(RESOURCES / "icons" / f"{name}.svg")
    svg = path.read_bytes().replace(b"currentColor", (colour or colours().text).encode())
    renderer = QSvgRenderer(QByteArray(svg))
    pixmap = QPixmap(64, 64)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, 64, 64))
    painter.end()
    return QIcon(pixmap)


def bold(font: QFont) -> QFont:
    """A bold copy of a font."""
    copy = QFont(font)
    copy.setBold(True)
    return copy
