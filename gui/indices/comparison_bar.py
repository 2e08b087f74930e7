"""The strip above a chart that compares two settings: what is compared, and how to end it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from core.text import Bilingual, Text
from gui.text import _, show


class ComparisonBar(QFrame):
    """Hidden while nothing is compared."""

    taken = Signal()
    """The other setting shall be the one in force."""
    left = Signal()
    """The comparison shall end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Both answers are one click."""
        super().__init__(parent)
        self.setObjectName("comparisonBar")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(_("Comparison of two settings"))
        self.label = QLabel()
        self.label.setObjectName("comparisonText")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.take = QPushButton(_("Use the dashed one"))
        self.take.setObjectName("useCompared")
        self.take.setToolTip(_("Compute the index this way from now on"))
        self.take.clicked.connect(self.taken)
        self.leave = QPushButton(_("End comparison"))
        self.leave.setObjectName("endComparison")
        self.leave.setToolTip(_("Back to one line for each (Esc)"))
        self.leave.clicked.connect(self.left)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 6, 4)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.take)
        layout.addWidget(self.leave)
        self.hide()

    def say(self, ours: Text | Bilingual, other: Text | Bilingual) -> None:
        """Name the two settings."""
        self.label.setText(_("Solid: {ours}. Dashed: {other}.").format(ours=show(ours), other=show(other)))
