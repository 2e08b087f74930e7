"""Dialogs about series: a new one, and the source of those that are selected."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import refuse
from core.headers import distinct_names
from core.table import DIMENSIONS, Key, Label, Source, Table
from core.text import Bilingual
from gui.data.form_dialog import FormDialog, NameBox, TextBox, UnitBox
from gui.data.table_model import fresh_id
from gui.session import Session
from gui.text import _, language, show


class AddSeriesDialog(FormDialog):
    """Names economy, partner, sector and measure of a new series of a table."""

    def __init__(self, session: Session, table: Table, like: Key | None, parent: QWidget | None) -> None:
        """`like` is the series whose names the fields start with."""
        super().__init__(_("Add series"), _("Add"), parent)
        self.setObjectName("addSeriesDialog")
        self._session, self._table = session, table
        names = {
            "reporter": _("Economy"),
            "partner": _("Partner"),
            "sector": _("Sector"),
            "measure": _("Measure"),
        }
        self._boxes: dict[str, NameBox] = {}
        for dimension in DIMENSIONS:
            box = NameBox(session.project, dimension, table, optional=dimension != "measure")
            box.setCurrentText(_shown_name(table, dimension, like))
            self._boxes[dimension] = box
            self.add_field(f"series{dimension.title()}", names[dimension], box)
        series = table.find(like) if like else -1
        self._unit = UnitBox(session.project, table.unit(series) if series >= 0 else table.units[0])
        self.add_field("seriesUnit", _("Unit"), self._unit)

    def attempt(self) -> None:
        """Add the series, with its unit, as one step."""
        labels = {dimension: box.label() for dimension, box in self._boxes.items()}
        if labels["measure"] is None:
            raise refuse("Name what the series measures.")
        reporter, partner, sector, measure = (label.id if label else "" for label in labels.values())
        key = (reporter, partner, sector, measure)
        if self._table.find(key) >= 0:
            raise refuse("The table has this series already.")
        unit, merge = self._unit.unit(), fresh_id()
        units = self._table.units
        known = units.index(unit) if unit in units else 0
        given = {dimension: (label,) for dimension, label in labels.items() if label}
        self._session.apply("add_series", merge=merge, table=self._table.id, series=(key,), labels=given, unit=known)
        if unit not in units:
            self._session.apply("set_unit", merge=merge, table=self._table.id, unit=unit, series=(key,))


class SourceDialog(FormDialog):
    """The source note and the vintage of some series."""

    def __init__(self, session: Session, table: Table, series: tuple[Key, ...], parent: QWidget | None) -> None:
        """Starts with the source of the first of them."""
        super().__init__(_("Source of the selected series"), _("Set source"), parent)
        self.setObjectName("sourceDialog")
        self._session, self._table, self._series = session, table, series
        self._source = table.source(table.find(series[0]))
        self._text = TextBox(show(self._source.text), 5)
        self.add_field("sourceText", _("Source"), self._text)
        self._vintage = QLineEdit(self._source.vintage)
        self._vintage.setPlaceholderText(_("for example: database of 2024-05, second release"))
        self.add_field("sourceVintage", _("Vintage"), self._vintage)

    def attempt(self) -> None:
        """Correct the source where all its series are selected; else these series get one of their own."""
        words, vintage = self._text.toPlainText().strip(), self._vintage.text().strip()
        old = self._source
        text = old.text if words == show(old.text) else old.text.with_text(language(), words)
        if text == old.text and vintage == old.vintage:
            source = old
        elif self._all_selected():
            source = Source(old.id, text, vintage, old.origin)
        else:
            other = next((each for each in self._table.sources if _says(each, words, vintage)), None)
            source = other or Source(fresh_id(), Bilingual().with_text(language(), words), vintage)
        self._session.apply("set_source", table=self._table.id, source=source, series=self._series)

    def _all_selected(self) -> bool:
        table, codes = self._table, self._table.series.source
        chosen = [table.find(key) for key in self._series]
        code = int(codes[chosen[0]])
        return int((codes == code).sum()) == int((codes[chosen] == code).sum())


def _says(source: Source, words: str, vintage: str) -> bool:
    return show(source.text) == words and source.vintage == vintage


def _shown_name(table: Table, dimension: str, key: Key | None) -> str:
    """The name of a label as the headers show it."""
    wanted = key[DIMENSIONS.index(dimension)] if key else ""
    labels: tuple[Label, ...] = table.labels[dimension]
    for label, name in zip(labels, distinct_names(labels), strict=True):
        if label.id == wanted:
            return show(name)
    return ""
