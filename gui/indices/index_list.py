"""The list of all indices by family; those that no table can feed are grey and say why, others how they are set."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from core.charts import computable, lacking, settings_aside
from core.definitions import families
from core.indices import indices
from core.project import Project
from core.results import Results
from core.text import Bilingual
from gui.indices.index_rows import CHOSEN, COUNT, ID, POSSIBLE, SETTINGS, SYMBOL, IndexRows
from gui.text import _, show, tip


class IndexList(QTreeWidget):
    """Symbol and name of each index in the order of the catalogue, below the families, which open and close."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Filled from the registry; `show_results` says what can be computed."""
        super().__init__(parent)
        self.setObjectName("indexList")
        self.setAccessibleName(_("Indices"))
        self.setItemDelegate(IndexRows(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._chosen = ""
        self._wanted: Collection[str] | None = None
        self._only_possible = False
        self._closed: set[str] = set()
        self._fill()
        self.currentItemChanged.connect(self._current_changed)
        self.itemClicked.connect(self._clicked)
        self.itemExpanded.connect(lambda item: self._closed.discard(str(item.data(0, ID))))
        self.itemCollapsed.connect(lambda item: self._closed.add(str(item.data(0, ID))))

    def _fill(self) -> None:
        headings: dict[str, QTreeWidgetItem] = {}
        for index in indices().values():
            family = index.entry.family
            if family not in headings:
                heading = QTreeWidgetItem([show(families().get(family, Bilingual(family)))])
                heading.setData(0, ID, family)
                heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
                headings[family] = heading
                self.addTopLevelItem(heading)
                heading.setExpanded(True)
            item = QTreeWidgetItem([show(index.entry.name)])
            item.setData(0, ID, index.id)
            item.setData(0, SYMBOL, index.entry.symbol)
            item.setData(0, POSSIBLE, True)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{index.entry.symbol} {item.text(0)}")
            headings[family].addChild(item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names wrap at the width of the list, so rows change their height with it."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def show_results(self, results: Results, project: Project) -> None:
        """Grey out what cannot be computed, with the reasons as tooltip."""
        for item in self._items():
            index = str(item.data(0, ID))
            possible = computable(results, index, project)
            name = f"{item.data(0, SYMBOL)} · {item.text(0)}"
            reasons = [] if possible else [show(each) for each in lacking(results, index, project)]
            settings = _("; ").join(show(each) for each in settings_aside(index, results.project))
            item.setData(0, POSSIBLE, possible)
            item.setData(0, SETTINGS, settings)
            item.setToolTip(0, tip(name, settings, *(reasons and [_("Cannot be computed:"), *reasons[:10]])))
            item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, _("; ").join(filter(None, [settings, *reasons])))
        for heading, below in self._families():
            some = sum(bool(each.data(0, POSSIBLE)) for each in below)
            heading.setData(0, POSSIBLE, some > 0)
            heading.setData(0, COUNT, f"{some}/{len(below)}")
            counted = _("{count} of {all} can be computed").format(count=some, all=len(below))
            heading.setToolTip(0, tip(heading.text(0), counted))
            heading.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, counted)
        self._sift()

    def current(self) -> str:
        """The chosen index; "" for none."""
        return self._chosen

    def choose(self, index: str) -> None:
        """Make an index the current one, and open its family."""
        item = self._item(index)
        if item is not None:
            item.parent().setExpanded(True)
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def first_possible(self) -> str:
        """The first index with a value somewhere; "" where there is none."""
        return next((str(item.data(0, ID)) for item in self._items() if item.data(0, POSSIBLE)), "")

    def possible(self, index: str) -> bool:
        """False where it is grey."""
        item = self._item(index)
        return item is not None and bool(item.data(0, POSSIBLE))

    def shown(self) -> list[str]:
        """The indices that the search and the limit to computable ones leave, from the top."""
        return [str(item.data(0, ID)) for item in self._items() if not item.isHidden()]

    def show_only(self, wanted: Collection[str] | None) -> None:
        """Hide the other indices and open all families; None shows all again."""
        self._wanted = wanted
        self._sift()

    @property
    def only_possible(self) -> bool:
        """Whether indices without values are hidden; the chosen one never is."""
        return self._only_possible

    @only_possible.setter
    def only_possible(self, only: bool) -> None:
        self._only_possible = only
        self._sift()

    @property
    def closed(self) -> frozenset[str]:
        """The families that a person closed."""
        return frozenset(self._closed)

    @closed.setter
    def closed(self, families_: Collection[str]) -> None:
        self._closed = set(families_)
        self._sift()

    def _sift(self) -> None:
        with QSignalBlocker(self):
            for heading, below in self._families():
                for item in below:
                    index = str(item.data(0, ID))
                    possible = not self._only_possible or item.data(0, POSSIBLE) or index == self._chosen
                    item.setHidden(not possible or (self._wanted is not None and index not in self._wanted))
                heading.setHidden(all(item.isHidden() for item in below))
                heading.setExpanded(self._wanted is not None or heading.data(0, ID) not in self._closed)

    def _families(self) -> Iterator[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]]:
        for at in range(self.topLevelItemCount()):
            heading = self.topLevelItem(at)
            assert heading is not None
            yield heading, [heading.child(row) for row in range(heading.childCount())]

    def _items(self) -> Iterator[QTreeWidgetItem]:
        return (item for _heading, below in self._families() for item in below)

    def _item(self, index: str) -> QTreeWidgetItem | None:
        return next((item for item in self._items() if item.data(0, ID) == index), None)

    def _clicked(self, item: QTreeWidgetItem) -> None:
        if item.parent() is None:
            item.setExpanded(not item.isExpanded())

    def _current_changed(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        """A heading can be reached to open or close it, and leaves the index that is chosen."""
        if item is None or item.parent() is None:
            return
        self._chosen = str(item.data(0, ID))
        for heading, below in self._families():
            heading.setData(0, CHOSEN, item.data(0, SYMBOL) if item in below else "")
            for each in below:
                each.setData(0, CHOSEN, each is item)
        self.chosen.emit(self._chosen)
