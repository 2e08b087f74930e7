"""Whatever bytes a file holds, it is read or refused in one plain sentence."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.files.child.process import kept
from core.files.readers import read, read_pasted
from tests.core.files.fuzzing import mutations, outcome, seeds


@pytest.mark.parametrize("seed", range(5))
def test_broken_files_of_every_format_are_read_or_refused_in_words(tmp_path: Path, seed: int) -> None:
    (tmp_path / "seeds").mkdir()
    whole = seeds(tmp_path / "seeds")
    read_ones = refused = 0
    with kept():
        for data in mutations(whole, 100, seed):
            path = tmp_path / "broken"
            path.write_bytes(data)
            sentence = outcome(path)
            read_ones, refused = read_ones + (not sentence), refused + bool(sentence)
    assert min(read_ones, refused) > 5, "the mutations break nothing, or everything"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, kept():
        path = Path(folder) / "any.csv"
        path.write_bytes(data)
        outcome(path)


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"]), max_size=6).filter(lambda cell: cell[:1] != "'")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    st.sampled_from(",;\t|"),
)
def test_quoted_cells_come_back_as_they_were_written(rows: list[list[str]], encoding: str, separator: str) -> None:
    lines = (separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes("\r\n".join(lines).encode(encoding))
        found = read(path, encoding.removesuffix("-sig"), separator).sheets[0].rows
    for row, cells in enumerate(rows):
        assert [found.cell(row, column) for column in range(len(cells))] == [cell or None for cell in cells]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_copied_text_is_a_sheet_or_refused(text: str) -> None:
    with contextlib.suppress(UserError):
        read_pasted(text, "Clipboard")
