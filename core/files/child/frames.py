"""Files of data frames: Stata and parquet. The names of the variables become the first row."""

from __future__ import annotations

import importlib.util
import warnings
from array import array
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from core.files.child.packing import Packed, Refused

if TYPE_CHECKING:
    import pandas as pd


def read_stata(path: Path, most_cells: int, most_rows: int) -> Packed:
    """Values with their labels; `words` holds the labels of the variables and of the data."""
    from pandas.io.stata import StataReader

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # remarks about labels and encodings of old versions
        try:
            with StataReader(path, convert_categoricals=True) as reader:
                frame, labels = _read(reader, most_rows), reader.variable_labels()
                title = reader.data_label
        except ValueError:  # value labels that are not unique
            with StataReader(path, convert_categoricals=False) as reader:
                frame, labels = _read(reader, most_rows), reader.variable_labels()
                title = reader.data_label
    sheet = _packed(path.stem, frame, most_cells)
    sheet.words = [(name, label) for name, label in [*labels.items(), ("", title)] if label]
    return sheet


def _read(reader: Iterable[pd.DataFrame], most_rows: int) -> pd.DataFrame:
    frame: pd.DataFrame = reader.read(nrows=most_rows or None)  # type: ignore[attr-defined]
    return frame


def read_parquet(path: Path, most_cells: int, most_rows: int) -> Packed:
    """Only where pyarrow is installed, which the application does not bring."""
    if importlib.util.find_spec("pyarrow") is None:
        raise Refused("no-parquet")
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    if file.metadata.num_rows * file.metadata.num_columns > most_cells and not most_rows:
        raise Refused("large")
    if most_rows:
        batch = next(file.iter_batches(batch_size=most_rows), None)
        table = batch if batch is not None else file.schema_arrow.empty_table()
    else:
        table = file.read(use_threads=False)
    # What pandas noted for itself would make columns an index, which is no part of the sheet.
    return _packed(path.stem, table.to_pandas(ignore_metadata=True), most_cells)


def _packed(name: str, frame: pd.DataFrame, most_cells: int) -> Packed:
    import numpy as np
    import pandas as pd

    height, width = frame.shape
    if not width:
        raise Refused("damaged", "no variables")
    if (height + 1) * width > most_cells:
        raise Refused("large")
    sheet = Packed(name, height + 1, width)
    for at, header in enumerate(frame.columns):
        column = frame.iloc[:, at]
        if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
            numbers = np.concatenate([[np.nan], column.to_numpy(np.float64, na_value=np.nan)])
            texts = np.zeros(height + 1, np.int32)
            texts[0] = sheet.codes[str(header)]
            sheet.numbers.extend(array("d", numbers.tobytes()))
            sheet.texts.extend(array("i", texts.tobytes()))
        else:
            values = column.astype(object)
            sheet.add([str(header), *(None if missing else _plain(value)
                                      for value, missing in zip(values, column.isna(), strict=True))])  # fmt: skip
    return sheet


def _plain(value: object) -> object:
    """Dates of pandas are dates of Python already; bytes are texts of old files, decimals are sums of money."""
    if isinstance(value, Decimal):
        return float(value)
    return value.decode("latin-1") if isinstance(value, bytes) else value
