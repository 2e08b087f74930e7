"""Files and texts that come from outside: what is dropped on the window, opened by the system, or in the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QWidget

from core.about import FILE_SUFFIX
from core.errors import refuse
from core.text import Text, text
from gui.style import bold, colours
from gui.text import _, show

FORMATS = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.tab *.txt *.htm *.html *.xml *.dta *.parquet *.zip"
MOST_CELLS = 5_000_000
"""A longer text in the clipboard is a file, which can be read in pieces."""
_EDGE = 14


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is to be done with some files: one project is opened, the others are imported into it."""

    project: Path | None
    data: tuple[Path, ...]
    refused: tuple[Text, ...]
    """Why the rest is left alone, one sentence for each."""


def sorted_out(paths: Sequence[Path]) -> Incoming:
    """Which of the files are projects, which are data, and which can be neither."""
    project, data, refused = None, [], []
    for path in dict.fromkeys(paths):
        if path.is_dir():
            refused.append(text("“{name}” is a folder. Choose the files in it.", name=path.name))
        elif not path.is_file():
            refused.append(text("There is no file “{name}” any more.", name=path.name))
        elif path.suffix.lower() != FILE_SUFFIX:
            data.append(path)
        elif project is None:
            project = path
        else:
            refused.append(text("“{name}” was not opened: open one project at a time.", name=path.name))
    return Incoming(project, tuple(data), tuple(refused))


def local_files(data: QMimeData) -> tuple[Path, ...]:
    """The files of a drag; none where it carries something else, as drags inside the window do."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


def clipboard_files() -> tuple[Path, ...]:
    """The files that were copied in a file manager."""
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()  # None while it is empty
    return local_files(data) if data is not None else ()


def clipboard_text() -> str:
    """The plain text of the clipboard; raises UserError where there is none, or more than can be read at once."""
    pasted = QGuiApplication.clipboard().text()
    if not pasted.strip():
        raise refuse("The clipboard holds no text. Copy the cells of a table first.")
    if pasted.count("\t") + pasted.count("\n") > MOST_CELLS:
        raise refuse(
            "The clipboard holds more than {most} cells. Save them as a file and import that.", most=f"{MOST_CELLS:,}"
        )
    return pasted


class DropSheet(QWidget):
    """Lies over the window while files hover above it, says what a drop would do, and takes the drop.

    Without it the fields of the window would take a file for text.
    """

    dropped = Signal(object)
    """A tuple of paths."""

    def __init__(self, parent: QWidget) -> None:
        """Hidden until `enter`."""
        super().__init__(parent)
        self.setObjectName("dropSheet")
        self.setAcceptDrops(True)
        self._paths: tuple[Path, ...] = ()
        self._words = ""
        self.hide()

    def enter(self, event: QDragEnterEvent) -> None:
        """Show what would happen to the files of a drag; drags without files, or below a dialog, are left alone."""
        self._paths = local_files(event.mimeData())
        if not self._paths or QApplication.activeModalWidget() is not None:
            event.ignore()
            return
        self._words = _announced(sorted_out(self._paths))
        self.setAccessibleName(self._words)
        _copy(event)
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.update()

    def drop(self, event: QDropEvent) -> None:
        """Take the files."""
        self.hide()
        paths = local_files(event.mimeData())
        if paths:
            _copy(event)
            self.dropped.emit(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """The pointer is above the sheet instead of the window now."""
        self.enter(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """The files went elsewhere."""
        self.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """The files are let go."""
        self.drop(event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A drag of which no end was heard must not leave the window covered."""
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A veil with a dashed frame, and the sentence in the middle."""
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(c.window)
        veil.setAlphaF(0.82)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(c.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE), 10, 10)
        painter.setFont(bold(self.font()))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = self.rect().adjusted(4 * _EDGE, 4 * _EDGE, -4 * _EDGE, -4 * _EDGE)
        words = QRectF(painter.boundingRect(room, int(flags), self._words)).adjusted(-20, -12, 20, 12)
        painter.setPen(QPen(QColor(c.border), 1))
        painter.setBrush(QColor(c.surface))
        painter.drawRoundedRect(words, 8, 8)
        painter.setPen(QColor(c.text))
        painter.drawText(room, int(flags), self._words)
        painter.end()


def _copy(event: QDropEvent) -> None:
    """Never a move: that would let the other program remove its file."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def _announced(incoming: Incoming) -> str:
    """What a drop would do, in a line for each thing."""
    said = []
    if incoming.project is not None:
        said.append(_("Open the project “{name}”").format(name=incoming.project.stem))
    if len(incoming.data) == 1:
        said.append(_("Import “{name}”").format(name=incoming.data[0].name))
    elif incoming.data:
        said.append(_("Import {count} files").format(count=len(incoming.data)))
    return "\n".join(said or [show(why) for why in incoming.refused[:3]])
