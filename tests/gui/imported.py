"""Tables as an import leaves them, with their origin and report, for tests that look at what is shown of both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np

from core.codec import encode
from core.files.build import build
from core.files.guess import guess
from core.files.importing import known_labels
from core.files.readers import read
from core.files.report import Duplicate, Place, Report
from core.origin import Area, Origin
from core.provenance import origin_sheet
from core.table import Mark, Table
from core.text import Bilingual, text

REPORT = Report(
    series=4,
    periods=("2009", "2018"),
    cells=39,
    empty=1,
    texts=(("C5", "n.a."),),
    text_count=1,
    missing={"..": 7},
    near_zero=2,
    uncalculated=3,
    rows_left=((1, text("Above the table.")), (2, text("Above the table.")), (9, text("Without a period."))),
    columns_left=("Notes <b>1</b>",),
    aggregates=(("reporter", Bilingual("World", "世界")),),
    duplicates=(Duplicate((Bilingual("China", "中国"),), "2017", Place("Data", "D7"), 1.5, Place("Data", "D9"), 2.5),),
    duplicate_count=1,
    repeated=4,
)


def as_imported(table: Table, file: str = "services.xlsx", sheet: str = "Data", mark: str = "n.a.") -> Table:
    """The table as if series stood in rows from 5 on and periods in columns from C on; C5 holds a text."""
    count, periods = len(table.series), len(table.periods.values)
    area = Area(
        0,
        np.arange(count, dtype=np.int32),
        np.array(table.periods.values, dtype=np.int32),
        np.arange(4, 4 + count, dtype=np.int32).reshape(1, -1),
        np.arange(2, 2 + periods, dtype=np.int32).reshape(-1, 1),
        np.ones((1, 1), dtype=np.int32),
    )
    from core.files.mapping import SheetMapping

    mapping = SheetMapping("Services", 3, ("year",), ("reporter", "sector", *["value"] * periods), 4 + count)
    values = [np.array(table.column(at)) for at in range(periods)]
    values[0][0] = np.nan
    return replace(
        table.with_columns(values),
        series=replace(table.series, place=np.arange(count, dtype=np.int32)),
        marks=MappingProxyType({(0, 0): Mark("text", mark)}),
        origin=(Origin((origin_sheet(file, sheet, mapping),), (area,), encode(REPORT)),),
    )


def imported_from(path: Path, table_id: str = "read") -> Table:
    """The first sheet of a file as the detection reads it, with its mapping kept."""
    known = known_labels(None)
    found = read(path)
    sheet = replace(found.sheets[0], file=found.file)
    mapping = guess(sheet, known)
    return build([(sheet, mapping)], known, table_id)[0]
