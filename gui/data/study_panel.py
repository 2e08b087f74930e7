"""What the study is about: home, peers, subject sector, years, and which table serves for which measure."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.indices import indices
from core.panel import measure_name
from core.project import Project, Study
from core.table import Label, Table
from core.text import Bilingual
from gui.session import Session
from gui.text import _, show

_ID = Qt.ItemDataRole.UserRole
_PEERS_SHOWN = 5


class StudyPanel(QWidget):
    """Edits the study; follows undo and every other change of the project."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Shows the study of the session's project."""
        super().__init__(parent)
        self.setObjectName("studyPanel")
        self._session = session
        self._home = _combo("studyHome", _("Home economy"))
        self._peers = QListWidget()
        self._sector = _combo("studySector", _("Subject sector"))
        self._all_years = QCheckBox(_("All years"))
        self._first, self._last = (
            _combo("studyFirstYear", _("First year"), 3),
            _combo("studyLastYear", _("Last year"), 3),
        )
        self._base = _combo("studyBaseYear", _("Base year"))
        self._bindings = QFormLayout()
        self._bound: dict[str, QComboBox] = {}
        self._lay_out()
        self._home.activated.connect(self._home_chosen)
        self._peers.itemChanged.connect(self._peers_chosen)
        self._sector.activated.connect(self._sector_chosen)
        self._all_years.clicked.connect(self._all_years_chosen)
        self._first.activated.connect(self._first_chosen)
        self._last.activated.connect(self._last_chosen)
        self._base.activated.connect(self._base_chosen)
        session.project_changed.connect(self._follow)
        self._fill()

    def _lay_out(self) -> None:
        heading = QLabel(_("Study"))
        heading.setProperty("heading", True)
        self._peers.setObjectName("studyPeers")
        self._peers.setAccessibleName(_("Peers"))
        self._peers.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._all_years.setObjectName("studyAllYears")
        span = QHBoxLayout()
        span.addWidget(self._first, 1)
        span.addWidget(QLabel("–"))
        span.addWidget(self._last, 1)
        years = QVBoxLayout()
        years.setSpacing(4)
        years.addWidget(self._all_years)
        years.addLayout(span)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(_("Home"), self._home)
        form.addRow(_("Peers"), self._peers)
        form.addRow(_("Sector"), self._sector)
        form.addRow(_("Years"), years)
        form.addRow(_("Base year"), self._base)
        self._bindings_heading = QLabel(_("Where a table lacks a measure, take it from:"))
        self._bindings_heading.setWordWrap(True)
        self._bindings_heading.setProperty("muted", True)
        self._bindings.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(heading)
        box.addLayout(form)
        box.addWidget(self._bindings_heading)
        box.addLayout(self._bindings)
        box.addStretch(1)

    def _follow(self, before: Project, after: Project) -> None:
        if before.study != after.study or _other_names(before, after):
            self._fill()

    def _fill(self) -> None:
        project = self._session.project
        study = project.study
        nobody = ("", _("– not chosen –"))
        economies = [label for label in project.labels("reporter") if not label.role]
        _fill_combo(self._home, [nobody, *_pairs(economies)], study.home)
        self._fill_peers(economies, study)
        sectors = [label for label in project.labels("sector") if label.role != "total"]
        _fill_combo(self._sector, [nobody, *_pairs(sectors)], study.sector)
        years = _years(project)
        first, last = study.window or (years[0], years[-1]) if years else (0, 0)
        pairs = [(str(year), str(year)) for year in years]
        _fill_combo(self._first, pairs, str(first))
        _fill_combo(self._last, pairs, str(last))
        for each in (self._first, self._last):
            each.setEnabled(study.window is not None)
        self._all_years.setChecked(study.window is None)
        self._all_years.setEnabled(bool(years))
        base = "" if study.base_year is None else str(study.base_year)
        _fill_combo(self._base, [("", _("– first year –")), *pairs], base)
        self._fill_bindings(project)

    def _fill_peers(self, economies: list[Label], study: Study) -> None:
        blocker = QSignalBlocker(self._peers)
        gone = [Label(peer, Bilingual(peer)) for peer in study.peers if all(peer != each.id for each in economies)]
        labels = [label for label in [*economies, *gone] if label.id != study.home]
        shown = [self._peers.item(row).data(_ID) for row in range(self._peers.count())]
        if shown != [(label.id, show(label.name)) for label in labels]:
            self._peers.clear()
            for label in labels:
                item = QListWidgetItem(show(label.name), self._peers)
                item.setData(_ID, (label.id, show(label.name)))
                item.setFlags(
                    Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                )
            if labels:
                self._peers.setCurrentRow(0)
        for row in range(self._peers.count()):
            item = self._peers.item(row)
            chosen = item.data(_ID)[0] in study.peers
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        line = self._peers.sizeHintForRow(0) if self._peers.count() else self.fontMetrics().lineSpacing()
        self._peers.setFixedHeight(line * max(min(self._peers.count(), _PEERS_SHOWN), 2) + 6)
        blocker.unblock()

    def _fill_bindings(self, project: Project) -> None:
        choices = _bindable(project)
        if list(self._bound) != list(choices):
            while self._bindings.rowCount():
                self._bindings.removeRow(0)
            self._bound = {}
            for measure, tables in choices.items():
                name = show(measure_name(tables[0], measure)) if tables else measure
                combo = _combo(f"studyBinding_{measure}", name)
                combo.activated.connect(self._binding_chosen)
                self._bound[measure] = combo
                self._bindings.addRow(name, combo)
        for measure, tables in choices.items():
            pairs = [("", _("– nowhere –")), *((table.id, show(table.title)) for table in tables)]
            _fill_combo(self._bound[measure], pairs, project.study.bindings.get(measure, ""))
        self._bindings_heading.setVisible(bool(choices))

    def _home_chosen(self) -> None:
        """A peer that becomes home changes places with it, so that the economies compared stay the same."""
        home, study = str(self._home.currentData()), self._session.project.study
        peers = [study.home if peer == home else peer for peer in study.peers]
        self._change(home=home, peers=tuple(peer for peer in peers if peer))

    def _peers_chosen(self) -> None:
        items = [self._peers.item(row) for row in range(self._peers.count())]
        self._change(peers=tuple(each.data(_ID)[0] for each in items if each.checkState() == Qt.CheckState.Checked))

    def _sector_chosen(self) -> None:
        self._change(sector=str(self._sector.currentData()))

    def _all_years_chosen(self, everything: bool) -> None:
        years = _years(self._session.project)
        self._change(window=None if everything or not years else (years[0], years[-1]))

    def _first_chosen(self) -> None:
        first, last = self._window()
        self._change(window=(first, max(first, last)))

    def _last_chosen(self) -> None:
        first, last = self._window()
        self._change(window=(min(first, last), last))

    def _window(self) -> tuple[int, int]:
        return int(self._first.currentData()), int(self._last.currentData())

    def _base_chosen(self) -> None:
        year = str(self._base.currentData())
        self._change(base_year=int(year) if year else None)

    def _binding_chosen(self) -> None:
        bindings = dict(self._session.project.study.bindings)
        for measure, combo in self._bound.items():
            table = str(combo.currentData())
            if table:
                bindings[measure] = table
            else:
                bindings.pop(measure, None)
        self._change(bindings=bindings)

    def _change(self, **changes: object) -> None:
        """One edit; what was refused is shown as it was."""
        study: Study = replace(self._session.project.study, **changes)  # type: ignore[arg-type] # names are checked by the callers
        if not self._session.attempt("set_study", study=study):
            self._fill()


def _combo(name: str, words: str, letters: int = 6) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setAccessibleName(words)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(letters)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return combo


def _fill_combo(combo: QComboBox, pairs: list[tuple[str, str]], chosen: str) -> None:
    """Values and their names; a value that is chosen but unknown stays visible by itself."""
    if all(value != chosen for value, _name in pairs) and chosen:
        pairs = [*pairs, (chosen, chosen)]
    if [(combo.itemData(at), combo.itemText(at)) for at in range(combo.count())] != pairs:
        combo.clear()
        for value, name in pairs:
            combo.addItem(name, value)
    combo.setCurrentIndex(next((at for at, (value, _name) in enumerate(pairs) if value == chosen), -1))


def _pairs(labels: list[Label]) -> list[tuple[str, str]]:
    return [(label.id, show(label.name)) for label in labels]


def _years(project: Project) -> list[int]:
    """The years of all tables, and those that the study names."""
    years = {year for table in project.tables if table.periods.kind == "year" for year in table.periods.values}
    named = {*(project.study.window or ()), *({project.study.base_year} - {None})}
    return sorted(years | {year for year in named if year is not None})


def _bindable(project: Project) -> dict[str, list[Table]]:
    """Measures that an index reads, that some table lacks and others have, with those others; and bound ones."""
    read = dict.fromkeys(measure for index in indices().values() for _when, measure in sorted(index.reads))
    found: dict[str, list[Table]] = {}
    for measure in dict.fromkeys([*read, *project.study.bindings]):
        tables = [table for table in project.tables if any(each.id == measure for each in table.labels["measure"])]
        if measure in project.study.bindings or 0 < len(tables) < len(project.tables):
            found[measure] = tables
    return found


def _other_names(before: Project, after: Project) -> bool:
    """True where tables, their titles, labels or periods are others: what the fields of the panel offer."""
    if before.tables is after.tables:
        return False
    if len(before.tables) != len(after.tables):
        return True
    return any(
        a.id != b.id or a.title != b.title or a.labels is not b.labels or a.periods is not b.periods
        for a, b in zip(before.tables, after.tables, strict=True)
    )
