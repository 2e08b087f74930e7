"""What the Data tab shows while the project has no table: the ways to get one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.text import _


class EmptyPage(QWidget):
    """Says what to do; the key for pasting works anywhere on it."""

    new_requested = Signal()
    import_requested = Signal()
    paste_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Three buttons below a sentence."""
        super().__init__(parent)
        self.setObjectName("emptyPage")
        self.setAccessibleName(_("No table yet"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = QLabel(_("No table yet.\nDrop files here, paste a table, or make a new one."))
        words.setObjectName("noTable")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setProperty("muted", True)
        row = QHBoxLayout()
        row.addStretch(1)
        for name, label, signal in (
            ("emptyImport", _("Import…"), self.import_requested),
            ("emptyPaste", _("Paste as table…"), self.paste_requested),
            ("emptyNew", _("New table…"), self.new_requested),
        ):
            button = QPushButton(label)
            button.setObjectName(name)
            button.setAccessibleName(label)
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        paste = QAction(_("Paste as table…"), self)
        paste.setObjectName("pasteIntoNothing")
        paste.setShortcuts(QKeySequence.StandardKey.Paste)
        paste.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.triggered.connect(self.paste_requested)
        self.addAction(paste)
        box = QVBoxLayout(self)
        box.setSpacing(12)
        box.addStretch(1)
        box.addWidget(words)
        box.addLayout(row)
        box.addStretch(1)
