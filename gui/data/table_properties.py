"""What is known about a table beside its numbers: title, note, unit, sources and their vintage, in both languages."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QTabWidget, QWidget

from core.table import Source, Table
from core.text import Bilingual, text
from core.units import Unit
from gui.data.form_dialog import FormDialog, TextBox, UnitBox
from gui.data.table_model import fresh_id
from gui.session import Session
from gui.text import _, language, show


class TableProperties(FormDialog):
    """Edits the description of a table as one step; the names of its series are edited in the grid."""

    def __init__(self, session: Session, table: Table, parent: QWidget | None) -> None:
        """Both languages side by side in tabs, the window's language first."""
        super().__init__(_("Table properties"), _("Apply"), parent)
        self.setObjectName("tableProperties")
        self._session, self._table = session, table
        self._at = 0
        self._sources = list(table.sources)
        self._pages = {name: _Page(table, name) for name in sorted(("en", "zh"), key=lambda each: each != language())}
        tabs = QTabWidget()
        tabs.setObjectName("propertiesLanguage")
        tabs.setAccessibleName(_("Language"))
        for name, page in self._pages.items():
            tabs.addTab(page, {"en": "English", "zh": "中文"}[name])
        self.form.addRow(tabs)
        self._choice = QComboBox()
        for number, source in enumerate(table.sources, 1):
            self._choice.addItem(_source_name(number, source))
        self._choice.activated.connect(self._show_source)
        self.add_field("propertiesSource", _("Source shown above"), self._choice)
        self.form.setRowVisible(self._choice, len(table.sources) > 1)
        self._vintage = QLineEdit(table.sources[0].vintage)
        self._vintage.setPlaceholderText(_("for example: database of 2024-05, second release"))
        self.add_field("propertiesVintage", _("Vintage of the source"), self._vintage)
        self._unit = UnitBox(session.project, table.units[0])
        self.add_field("propertiesUnit", _("Unit"), self._unit)
        if len(table.units) > 1:
            others = tuple(each.name for each in table.units[1:] if each != Unit())
            note = QLabel(show(text("Series in other units keep theirs: {units}.", units=others)))
            note.setTextFormat(Qt.TextFormat.PlainText)
            note.setWordWrap(True)
            note.setProperty("muted", True)
            self.form.addRow("", note)

    def attempt(self) -> None:
        """Apply what has changed; the first step that is refused says why, and nothing before it can be."""
        self._keep_source()
        unit, merge, table = self._unit.unit(), fresh_id(), self._table
        title, note = (Bilingual(*(self._pages[each].values()[at] for each in ("en", "zh"))) for at in (0, 1))
        self._session.apply("set_table_title", merge=merge, table=table.id, title=title)
        self._session.apply("set_table_note", merge=merge, table=table.id, note=note)
        for code, source in enumerate(self._sources):
            if source != table.sources[code]:
                self._set_source(code, source, merge)
        if unit != table.units[0]:
            set_default_unit(self._session, table, unit, merge)

    def _set_source(self, code: int, source: Source, merge: str) -> None:
        """The first source belongs to the table, the others are found through one of their series."""
        table = self._table
        if code == 0:
            self._session.apply("set_source", merge=merge, table=table.id, source=source)
            return
        used = (table.series.source == code).nonzero()[0]
        if len(used):
            key = table.key(int(used[0]))
            self._session.apply("set_source", merge=merge, table=table.id, source=source, series=(key,))

    def _show_source(self, at: int) -> None:
        self._keep_source()
        self._at = at
        source = self._sources[at]
        self._vintage.setText(source.vintage)
        for name, page in self._pages.items():
            page.source.setPlainText(source.text.en if name == "en" else source.text.zh)

    def _keep_source(self) -> None:
        old = self._sources[self._at]
        words = Bilingual(*(self._pages[each].values()[2] for each in ("en", "zh")))
        self._sources[self._at] = Source(old.id, words, self._vintage.text().strip(), old.origin)


class _Page(QWidget):
    """Title, note and source in one language."""

    def __init__(self, table: Table, name: str) -> None:
        super().__init__()
        english = name == "en"
        self.title = QLineEdit(table.title.en if english else table.title.zh)
        self.note = TextBox(table.note.en if english else table.note.zh, 4)
        first = table.sources[0].text
        self.source = TextBox(first.en if english else first.zh, 4)
        form = QFormLayout(self)
        for field, part, words in (
            (self.title, "Title", _("Title")),
            (self.note, "Note", _("Note")),
            (self.source, "Source", _("Source")),
        ):
            field.setObjectName(f"properties{part}_{name}")
            field.setAccessibleName(words)
            form.addRow(words, field)

    def values(self) -> tuple[str, str, str]:
        """Title, note and source as they stand in the fields."""
        return self.title.text().strip(), self.note.toPlainText().strip(), self.source.toPlainText().strip()


def set_default_unit(session: Session, table: Table, unit: Unit, merge: str) -> None:
    """Another unit for all series that have the table's own; series with other units keep theirs. One step."""
    session.apply("set_unit", merge=merge, table=table.id, unit=unit)
    for code, other in enumerate(table.units):
        used = (table.series.unit == code).nonzero()[0]
        if code and len(used):
            keys = tuple(table.key(series) for series in used.tolist())
            session.apply("set_unit", merge=merge, table=table.id, unit=other, series=keys)


def _source_name(number: int, source: Source) -> str:
    words = " ".join(show(source.text).split())
    return f"{number}: {words[:60]}…" if len(words) > 60 else f"{number}: {words}"
