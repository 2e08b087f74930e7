"""The row above a chart: which tables, economies, sectors and years, which bands, and under which settings."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from core.charts import EVERY_YEAR, Choice, Offer, Selection
from core.indices.catalogue import BandSet
from core.indices.registry import Index
from core.project import Study
from gui.indices.flow_layout import FlowLayout
from gui.indices.options_button import OptionsButton
from gui.indices.picker import DOWN, Picker, below
from gui.text import _, show, tip

NOTHING = Offer({}, frozenset())


class FilterBar(QWidget):
    """Holds the choice of lines (view state) and tells which bands and settings a person wants (edits)."""

    changed = Signal()
    """`choice` is another one now."""
    bands_chosen = Signal(str)
    """Id of a band set, "" for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Pickers that have nothing to pick from stay hidden."""
        super().__init__(parent)
        self.choice = Choice()
        self.tables = Picker("pickTables", _("Tables"), study=False)
        self.reporters = Picker("pickEconomies", _("Economies"), study=True)
        self.partners = Picker("pickPartners", _("Partners"), study=True)
        self.sectors = Picker("pickSectors", _("Sectors"), study=True)
        self.tables.chosen.connect(self._tables_chosen)
        self.reporters.chosen.connect(self._reporters_chosen)
        self.partners.chosen.connect(self._partners_chosen)
        self.sectors.chosen.connect(self._sectors_chosen)
        self.years = QToolButton()
        self.years.setObjectName("pickYears")
        self.years.setAccessibleName(_("Years"))
        self.years.clicked.connect(self._open_years)
        self._years_menu = QMenu(self.years)
        self._years_group = QActionGroup(self)
        self._years_group.triggered.connect(self._years_chosen)
        self.bands = QComboBox()
        self.bands.setObjectName("pickBands")
        self.bands.setAccessibleName(_("Bands"))
        self.bands.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.bands.activated.connect(self._bands_activated)
        label = QLabel(_("Bands"))
        label.setBuddy(self.bands)
        self._bands_box = QWidget()
        box = QHBoxLayout(self._bands_box)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(label)
        box.addWidget(self.bands)
        self.options = OptionsButton()
        self._pickers = (self.tables, self.reporters, self.partners, self.sectors)
        layout = FlowLayout(self)
        for widget in (*self._pickers, self.years, self._bands_box, self.options):
            layout.addWidget(widget)

    def show_selection(self, selection: Selection, study: Study, years: tuple[int, ...], index: Index) -> None:
        """What can be chosen now for an index, and what is drawn."""
        two: dict[tuple[str, ...], str] = {
            ("economy", "economy"): _("Other economies"),
            ("sector", "sector"): _("Other sectors"),
        }
        others = two[index.dimensions] if index.dimensions in two else _("Partners")
        self.tables.offer(selection.tables)
        self.reporters.offer(selection.reporters)
        self.partners.offer(selection.partners, others)
        self.sectors.offer(selection.sectors)
        self.years.show()
        self._show_years(study, years)

    def show_nothing(self) -> None:
        """Without a chart only the settings are left: one of them may be why there is none."""
        for picker in self._pickers:
            picker.offer(NOTHING)
        self.years.hide()
        self._bands_box.hide()

    def show_bands(self, sets: tuple[BandSet, ...], chosen: BandSet | None) -> None:
        """The band sets of an index."""
        self._bands_box.setVisible(bool(sets))
        self.bands.clear()
        for each in sets:
            self.bands.addItem(show(each.name), each.id)
            self.bands.setItemData(self.bands.count() - 1, tip(show(each.source)), 3)
        self.bands.addItem(_("None"), "")
        self.bands.setCurrentIndex(max(0, self.bands.findData(chosen.id if chosen else "")))
        self.bands.setToolTip(tip(show(chosen.source)) if chosen else "")

    def _show_years(self, study: Study, years: tuple[int, ...]) -> None:
        span = _span((years[0], years[-1])) if years else "–"
        self.years.setText(_("Years: {span}").format(span=span) + DOWN)
        self._years_menu.clear()
        window = study.window
        suggested = _("As in the study ({span})").format(span=_span(window) if window else _("all years"))
        entries: list[tuple[str, tuple[int, int] | None]] = [(suggested, None), (_("All years"), EVERY_YEAR)]
        if self.choice.window is not None and self.choice.window != EVERY_YEAR:
            entries.append((span, self.choice.window))
        for text, value in entries:
            action = QAction(text, self._years_group)
            action.setCheckable(True)
            action.setData(value)
            action.setChecked(self.choice.window == value)
            self._years_menu.addAction(action)

    def _take(self, choice: Choice) -> None:
        if choice != self.choice:
            self.choice = choice
            self.changed.emit()

    def _tables_chosen(self, ids: tuple[str, ...] | None) -> None:
        self._take(replace(self.choice, tables=ids or ()))

    def _reporters_chosen(self, ids: tuple[str, ...] | None) -> None:
        self._take(replace(self.choice, reporters=ids))

    def _partners_chosen(self, ids: tuple[str, ...] | None) -> None:
        self._take(replace(self.choice, partners=ids))

    def _sectors_chosen(self, ids: tuple[str, ...] | None) -> None:
        self._take(replace(self.choice, sectors=ids))

    def _years_chosen(self, action: QAction) -> None:
        window = action.data()
        self._take(replace(self.choice, window=None if window is None else (window[0], window[1])))

    def _open_years(self) -> None:
        self._years_menu.popup(below(self.years))

    def _bands_activated(self, at: int) -> None:
        self.bands_chosen.emit(str(self.bands.itemData(at)))


def _span(window: tuple[int, int]) -> str:
    return f"{window[0]}–{window[1]}" if window[0] != window[1] else str(window[0])
