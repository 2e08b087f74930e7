"""Dialogs about whole tables: a new one."""

from __future__ import annotations

import datetime

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QSpinBox, QWidget

from core.errors import refuse
from core.measures import measures
from core.naming import named
from core.project import Project
from core.table import Label, Periods, Table, new_table
from core.text import Bilingual
from core.units import Unit
from gui.data.form_dialog import FormDialog, NameBox, TextBox, UnitBox
from gui.data.table_model import fresh_id
from gui.session import Session
from gui.text import _, language, show

_MOST_YEARS = 1000


class NewTableDialog(FormDialog):
    """Title, economy, sectors, measures, years and unit of a table to type numbers into."""

    def __init__(self, session: Session, parent: QWidget | None) -> None:
        """Starts with the home economy and the subject sector of the study, and the years of the other tables."""
        super().__init__(_("New table"), _("Add table"), parent)
        self.setObjectName("newTableDialog")
        self._session = session
        self.table_id = fresh_id()
        project = session.project
        study = project.study
        self._title = QLineEdit()
        self._title.setPlaceholderText(_("for example: Exports and imports of services"))
        self.add_field("newTitle", _("Title"), self._title)
        self._economy = NameBox(project, "reporter", optional=True)
        self._economy.setCurrentText(_name(project, "reporter", study.home))
        self.add_field("newEconomy", _("Economy"), self._economy)
        self._sectors = TextBox(_name(project, "sector", study.sector), 3)
        self._sectors.setPlaceholderText(_("one name in each line"))
        self.add_field("newSectors", _("Sectors, one in each line"), self._sectors)
        self._measures = _measure_list(project)
        self.add_field("newMeasures", _("Measures"), self._measures)
        first, last = _span(project)
        self._first, self._last = _year(first), _year(last)
        years = QWidget()
        row = QHBoxLayout(years)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._first)
        row.addWidget(QLabel("–"))
        row.addWidget(self._last)
        row.addStretch(1)
        self.add_field("newYears", _("Years"), years)
        self._first.setObjectName("newFirstYear")
        self._first.setAccessibleName(_("First year"))
        self._last.setObjectName("newLastYear")
        self._last.setAccessibleName(_("Last year"))
        money = [unit for table in project.tables for unit in table.units if unit.is_money]
        self._unit = UnitBox(project, money[0] if money else Unit("USD", 1e6))
        self.add_field("newUnit", _("Unit of money"), self._unit)
        self._title.setFocus()

    def attempt(self) -> None:
        """Add the empty table."""
        self._session.apply("add_table", table=self._table())

    def _table(self) -> Table:
        title = self._title.text().strip()
        if not title:
            raise refuse("A table needs a title.")
        first, last = self._first.value(), self._last.value()
        if not 0 <= last - first < _MOST_YEARS:
            raise refuse("The last year lies before the first, or too far from it.")
        project = self._session.project
        economy = self._economy.label()
        names = [line.strip() for line in self._sectors.toPlainText().splitlines() if line.strip()]
        sectors = {label.id: label for label in (named(project, "sector", name) for name in names)}
        chosen = self._chosen()
        if not chosen:
            raise refuse("Choose at least one measure.")
        money = self._unit.unit()
        units = list(dict.fromkeys([money, *(_unit_of(each, money) for each in chosen)]))
        pairs = [(sector, measure) for sector in range(max(len(sectors), 1)) for measure in range(len(chosen))]
        return new_table(
            self.table_id,
            Bilingual().with_text(language(), title),
            {"reporter": (economy,) if economy else (), "sector": (*sectors.values(),), "measure": chosen},
            {
                "reporter": [0 if economy else -1] * len(pairs),
                "sector": [sector if sectors else -1 for sector, _measure in pairs],
                "measure": [measure for _sector, measure in pairs],
                "unit": [units.index(_unit_of(chosen[measure], money)) for _sector, measure in pairs],
            },
            Periods("year", tuple(range(first, last + 1))),
            [np.full(len(pairs), np.nan)] * (last - first + 1),
            units=tuple(units),
        )

    def _chosen(self) -> tuple[Label, ...]:
        items = (self._measures.item(row) for row in range(self._measures.count()))
        return tuple(
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked
        )


def _measure_list(project: Project) -> QListWidget:
    """The measures of the project and of the catalogue, exports and imports chosen."""
    found = {label.id: label for label in project.labels("measure")}
    labels = {each.id: found.get(each.id, Label(each.id, each.name)) for each in measures().values()} | found
    box = QListWidget()
    for label in labels.values():
        item = QListWidgetItem(show(label.name), box)
        item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        chosen = label.id in {"exports", "imports"}
        item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        item.setData(Qt.ItemDataRole.UserRole, label)
    box.setCurrentRow(0)
    box.setFixedHeight(box.sizeHintForRow(0) * 5 + 12)
    return box


def _unit_of(measure: Label, money: Unit) -> Unit:
    """Money is in the table's unit; what the catalogue measures otherwise is not."""
    known = measures().get(measure.id)
    kind = known.unit if known else "money"
    return money if kind == "money" else Unit("%") if kind == "percent" else Unit()


def _year(value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(1000, 9999)
    box.setValue(value)
    return box


def _span(project: Project) -> tuple[int, int]:
    """The years that the study looks at, those of the tables, or the last ten."""
    if project.study.window is not None:
        return project.study.window
    years = [year for table in project.tables if table.periods.kind == "year" for year in table.periods.values]
    this = datetime.datetime.now().astimezone().year
    return (min(years), max(years)) if years else (this - 10, this - 1)


def _name(project: Project, dimension: str, label_id: str) -> str:
    label = project.label(dimension, label_id)
    return show(label.name) if label else ""
