"""The choice how years for the indices are made of the months, quarters or days of a table."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from core.annual import how, is_cumulative, offered, rule_of, rule_text
from core.table import Table
from core.text import Text, text
from gui.session import Session
from gui.text import _, show, tip


class YearsBox(QComboBox):
    """Nothing is chosen at first: a sum of months that lack one would be a wrong year."""

    def __init__(self, session: Session) -> None:
        """Empty until `show_table`."""
        super().__init__()
        self.setObjectName("tableYears")
        self.setAccessibleName(_("Years for the indices"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._session = session
        self._table = ""
        self.activated.connect(self._choose)

    def show_table(self, table: Table) -> bool:
        """The rules that the table can have, and its own; False where it has years already, or none."""
        rules = offered(table)
        self._table = table.id
        kind = table.periods.kind
        names = [show(text("Years: {rule}", rule=rule_text(rule, kind))) for rule in rules]
        if [self.itemText(at) for at in range(self.count())] != names:
            self.clear()
            for rule, name in zip(rules, names, strict=True):
                self.addItem(name, rule)
        self.setCurrentIndex(self.findData(rule_of(self._session.project, table)))
        self.setToolTip(tip(_("Years for the indices"), *map(show, self._hints(table))))
        return bool(rules)

    def _choose(self, at: int) -> None:
        self._session.attempt("set_annual_rule", table=self._table, rule=self.itemData(at))

    def _hints(self, table: Table) -> list[Text]:
        """What was chosen, and what helps to choose."""
        said = how(self._session.project, table)
        found = [said] if said is not None else []
        cumulative = tuple(label.name for label in table.labels["measure"] if is_cumulative(label))
        if cumulative:
            found.append(text("Cumulative since the beginning of the year: {measures}.", measures=cumulative))
        return found
