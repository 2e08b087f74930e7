"""A page of the window whose content is built when it is first needed, so that the window appears sooner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

Content = TypeVar("Content", bound=QWidget)


class LatePage(QWidget, Generic[Content]):
    """Holds one widget; `content` builds it on the first call, and so does showing the page."""

    def __init__(self, build: Callable[[QWidget], Content], parent: QWidget) -> None:
        """`build` gets the page as parent."""
        super().__init__(parent)
        self._build = build
        self._content: Content | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    @property
    def built(self) -> bool:
        """Whether the content exists already."""
        return self._content is not None

    @property
    def content(self) -> Content:
        """The widget itself."""
        if self._content is None:
            self._content = self._build(self)
            layout = self.layout()
            if layout is not None:
                layout.addWidget(self._content)
                self._content.show()  # a layout would do it one event later, which is seen as a flash
        return self._content

    def showEvent(self, event: QShowEvent) -> None:
        """Nobody ever sees an empty page."""
        assert self.content is not None
        super().showEvent(event)
