"""XML Spreadsheet 2003, as Excel and databases write it, becomes sheets like any workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UserError
from core.files.child.spreadsheetml import read_spreadsheetml
from core.files.readers import read

HEAD = '<?xml version="1.0"{}?>\n<?mso-application progid="Excel.Sheet"?>\n'
BOOK = (
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:html="http://www.w3.org/TR/REC-html40">{}</Workbook>'
)
FIRST, THIRD = ' ss:Index="1"', ' ss:Index="3"'
ACROSS, FORMULA = ' ss:MergeAcross="2"', ' ss:Formula="=1+1"'


def cell(value: object, kind: str = "String", about: str = "") -> str:
    return f'<Cell{about}><Data ss:Type="{kind}">{value}</Data></Cell>'


def sheet(rows: str, name: str = "数据", after: str = "") -> str:
    return f'<Worksheet ss:Name="{name}"><Table>{rows}</Table>{after}</Worksheet>'


def written(path: Path, sheets: str, encoding: str = "utf-8", said: str = "") -> Path:
    head = HEAD.format(f' encoding="{said}"' if said else "")
    path.write_bytes((head + BOOK.format(sheets)).encode(encoding))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read(path)
    return str(caught.value)


def test_cells_of_every_type_are_read(tmp_path: Path) -> None:
    row = "".join([
        cell("国家 &amp; x"), cell("2009", "Number"), cell("-1.5E3", "Number"), cell("1", "Boolean"),
        cell("2018-07-06T00:00:00.000", "DateTime"), cell("2018-07-06T12:30:00.000", "DateTime"),
        cell("#DIV/0!", "Error"), "<Cell/>", cell("007"),
    ])  # fmt: skip
    (found,) = read(written(tmp_path / "a.xls", sheet(f"<Row>{row}</Row>"))).sheets
    assert found.name == "数据"
    assert found.rows == (
        ("国家 & x", 2009.0, -1500.0, "TRUE", "2018-07-06", "2018-07-06 12:30:00", "#DIV/0!", None, "007"),
    )


def test_indexes_and_merged_cells_move_what_follows(tmp_path: Path) -> None:
    rows = (
        f'<Row ss:Index="3">{cell("a", about=ACROSS)}{cell("b")}</Row>'
        f'<Row ss:Span="1"/><Row>{cell(1, "Number", THIRD)}{cell("c")}</Row>'
    )
    (found,) = read(written(tmp_path / "a.xml", sheet(rows))).sheets
    assert found.rows == ((), (), ("a", None, None, "b"), (), (), (None, None, 1.0, "c"))
    assert found.merged == ((2, 0, 2, 2),)


def test_hidden_parts_and_formulas_without_a_value_are_told(tmp_path: Path) -> None:
    rows = (
        f'<Column/><Column ss:Hidden="1" ss:Span="1"/><Row>{cell(1, "Number") * 4}</Row>'
        f'<Row ss:Hidden="1">{cell(2, "Number", FORMULA)}'
        '<Cell ss:Formula="=RC[-1]"/></Row>'
    )
    options = "<x:WorksheetOptions><x:Visible>SheetVeryHidden</x:Visible></x:WorksheetOptions>"
    first, second = read(written(tmp_path / "a.xml", sheet(rows) + sheet("", "more", options))).sheets
    assert (first.hidden_columns, first.hidden_rows, first.uncalculated) == ({1, 2}, {1}, 1)
    assert (first.hidden, second.hidden) == (False, True)


def test_bold_letters_belong_to_a_text_and_comments_do_not(tmp_path: Path) -> None:
    data = (
        '<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>Ex</B>ports</ss:Data>'
        '<Comment ss:Author="x"><ss:Data ss:Type="String">note</ss:Data></Comment></Cell></Row>'
    )
    assert read(written(tmp_path / "a.xml", sheet(data))).sheets[0].rows == (("Exports",),)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8-sig", ""), ("utf-16", "utf-16"), ("utf-16-le", ""), ("gb18030", "GB2312"), ("gbk", "gbk")],
)
def test_the_encoding_is_what_the_file_says(tmp_path: Path, encoding: str, said: str) -> None:
    path = written(tmp_path / "a.xls", sheet(f"<Row>{cell('出口额')}</Row>"), encoding, said)
    assert read(path).sheets[0].rows == (("出口额",),)


@pytest.mark.parametrize(
    "content",
    [
        HEAD.format("") + '<!DOCTYPE x [<!ENTITY a "b">]>' + BOOK.format(sheet(f"<Row>{cell('&a;')}</Row>")),
        HEAD.format("") + BOOK.format(sheet("<Row>"))[:-30],
        HEAD.format("") + BOOK.format(""),
        HEAD.format(' encoding="no-such"') + BOOK.format(sheet("")),
        HEAD.format("") + BOOK.format(sheet("", "A") + sheet("", "A")),
    ],
)
def test_broken_and_hostile_ones_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.xls"
    path.write_text(content, "utf-8")
    assert "is damaged" in refusal(path)


@pytest.mark.parametrize("at", ['ss:Index="999999999"', 'ss:Index="1048577"', 'ss:Index="16385"'])
def test_cells_that_lie_too_far_apart_are_refused(tmp_path: Path, at: str) -> None:
    rows = f"<Row>{cell(1, 'Number')}</Row><Row {at}>{cell(1, 'Number', ' ' + at)}</Row>"
    assert "is too large to import" in refusal(written(tmp_path / "a.xls", sheet(rows)))


def test_an_index_that_leads_back_does_not_overwrite(tmp_path: Path) -> None:
    rows = f"<Row>{cell('a')}{cell('b', about=FIRST)}</Row>"
    (found,) = read_spreadsheetml(written(tmp_path / "a.xls", sheet(rows)), 100)
    assert list(found.codes)[1:] == ["a", "b"]


def test_other_xml_is_still_refused_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text('<?xml version="1.0"?><mes:Structure xmlns:mes="http://sdmx.org"/>', "utf-8")
    assert "is an XML file" in refusal(path)
