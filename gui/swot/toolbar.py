"""The toolbar of the SWOT tab: views, commands on the selected cards, and how the evidence stands."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from gui.swot.cell import TARGET
from gui.swot.commands import Commands
from gui.swot.glyphs import icon
from gui.swot.summary import Summary
from gui.text import _


class Toolbar(QToolBar):
    """Every command by a single click; in a narrow window the words give way."""

    tows = Signal(bool)
    """True for the 3×3 board, False for the four quadrants alone."""

    def __init__(self, commands: Commands, summary: Summary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("swotToolbar")
        self.setIconSize(QSize(16, 16))
        self._summary = summary
        group = QActionGroup(self)
        for name, label in (("viewTows", _("TOWS 3×3")), ("viewSwot", _("SWOT 2×2"))):
            action = QAction(label, group)
            action.setObjectName(name)
            action.setCheckable(True)
            action.setChecked(name == "viewTows")
            self.addAction(action)
        group.triggered.connect(self._view_chosen)
        self.addSeparator()
        for name in ("newBelow", "editCard", "moveUp", "moveDown"):
            self.addAction(commands.actions[name])
        self._menus = [
            self._menu_button("moveButton", _("Move to…"), "move", commands.moves),
            self._menu_button("citeButton", _("Cite…"), "link", commands.links),
        ]
        self.addAction(commands.actions["evidence"])
        self.addAction(commands.actions["deleteCard"])
        spacer = QWidget(self)
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spacer)
        self.addWidget(summary)
        self.show_panel = QAction(icon("panel"), _("Inspector"), self)
        self.show_panel.setObjectName("showInspector")
        self.show_panel.setCheckable(True)
        self.show_panel.setChecked(True)
        self.addAction(self.show_panel)
        for action in self.actions():
            button = self.widgetForAction(action)
            if not button.objectName() and action.objectName():
                button.setObjectName(f"{action.objectName()}Button")
                button.setMinimumSize(TARGET, TARGET)

    def set_compact(self, compact: bool) -> None:
        """Signs and numbers without words."""
        self._summary.set_compact(compact)
        style = Qt.ToolButtonStyle
        for button in self._menus:
            button.setToolButtonStyle(style.ToolButtonIconOnly if compact else style.ToolButtonTextBesideIcon)

    def _view_chosen(self, action: QAction) -> None:
        self.tows.emit(action.objectName() == "viewTows")

    def _menu_button(self, name: str, label: str, sign: str, menu: QMenu) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIcon(icon(sign))
        button.setText(label)
        button.setToolTip(label)
        button.setAccessibleName(label)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.addWidget(button)
        return button
