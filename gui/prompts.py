"""Every dialog that asks or tells; injected, so that tests answer instead of clicking."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLabel, QMessageBox, QWidget

from gui.text import _


class Answer(Enum):
    """What a person chose when asked about unsaved changes."""

    SAVE = auto()
    DISCARD = auto()
    CANCEL = auto()


class Prompts(Protocol):
    """The questions that the application asks."""

    def open_file(self, title: str, filters: str) -> Path | None:
        """Choose an existing file; None for cancelled."""

    def open_files(self, title: str, filters: str) -> tuple[Path, ...]:
        """Choose one or more existing files; none for cancelled."""

    def save_file(self, title: str, filters: str, suggestion: str) -> Path | None:
        """Choose where to write."""

    def unsaved(self, name: str) -> Answer:
        """Ask what to do with changes that are not saved."""

    def ask_text(self, title: str, label: str, text: str = "") -> str | None:
        """Ask for one line; None for cancelled."""

    def tell(self, title: str, text: str) -> None:
        """Say one sentence."""


class QtPrompts:
    """Prompts on the screen, above the active window. Text from files is shown as plain text."""

    def _parent(self) -> QWidget | None:
        return QApplication.activeWindow()

    def open_file(self, title: str, filters: str) -> Path | None:
        """The system's own dialog."""
        name, _filter = QFileDialog.getOpenFileName(self._parent(), title, "", filters)
        return Path(name) if name else None

    def open_files(self, title: str, filters: str) -> tuple[Path, ...]:
        """The system's own dialog."""
        names, _filter = QFileDialog.getOpenFileNames(self._parent(), title, "", filters)
        return tuple(map(Path, names))

    def save_file(self, title: str, filters: str, suggestion: str) -> Path | None:
        """The system's own dialog; it asks before it replaces a file."""
        name, _filter = QFileDialog.getSaveFileName(self._parent(), title, suggestion, filters)
        return Path(name) if name else None

    def unsaved(self, name: str) -> Answer:
        """Save, Don't save, Cancel."""
        box = self._box(QMessageBox.Icon.Question, name, _("Save the changes to “{name}”?").format(name=name))
        save = box.addButton(_("Save"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(_("Don't save"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.exec()
        chosen = box.clickedButton()
        return Answer.SAVE if chosen is save else Answer.DISCARD if chosen is discard else Answer.CANCEL

    def ask_text(self, title: str, label: str, text: str = "") -> str | None:
        """A line edit."""
        box = QInputDialog(self._parent())
        box.setWindowTitle(title)
        box.setLabelText(label)
        box.setTextValue(text)
        for each in box.findChildren(QLabel):
            each.setTextFormat(Qt.TextFormat.PlainText)
        accepted = box.exec() == QInputDialog.DialogCode.Accepted
        box.deleteLater()
        return box.textValue() if accepted else None

    def tell(self, title: str, text: str) -> None:
        """A message with one button."""
        box = self._box(QMessageBox.Icon.Warning, title, text)
        box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def _box(self, kind: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
        box = QMessageBox(kind, title, text, QMessageBox.StandardButton.NoButton, self._parent())
        box.setTextFormat(Qt.TextFormat.PlainText)
        return box
