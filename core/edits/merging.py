"""Edits that bring another table into one of the project: a merge, and a refresh from the file it came from."""

from __future__ import annotations

from core.edits import edit
from core.edits.tables import change_table
from core.files.merging import Cells, merged, renewed
from core.project import Project
from core.table import Table
from core.text import text


@edit(text("Merge tables"))
def merge_table(project: Project, table: str, new: Table, rule: str, by_hand: Cells = ()) -> Project:
    """Merge `new`, which is no table of the project, into one that is; see `core.files.merging.merged`."""
    return change_table(project, table, lambda before: merged(before, new, rule, by_hand))


@edit(text("Import again"))
def refresh_table(project: Project, table: str, new: Table, by_hand: Cells = (), remove: bool = False) -> Project:
    """Give a table what its file says now; cells `by_hand` stay. See `core.files.merging.renewed`."""
    return change_table(project, table, lambda before: renewed(before, new, by_hand, remove))
