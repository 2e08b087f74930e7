"""The live chart: curves follow edits, gaps stay gaps, and bands and texts are what catalogue and data say."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.charts import Choice
from core.text import Bilingual
from gui.indices.axes import ValueAxis
from gui.indices.curves import Curve, to_float64
from gui.indices.tab import IndicesTab
from gui.session import Session
from gui.style import colours
from gui.text import set_language

GOLDEN = Path(__file__).parents[2] / "core" / "golden" / "paper_table3.csv"
HOME = ("tc", "", "table3", "CHN", "", "services")
Edit = Callable[[int, float | None], None]


def home_curve(tab: IndicesTab) -> Curve:
    curve = tab.view.curve(HOME)
    assert curve is not None
    return curve


def points(tab: IndicesTab) -> dict[int, float]:
    x, y = home_curve(tab).path.getData()
    return {int(year): float(value) for year, value in zip(x, y, strict=True)}


def test_the_curve_of_table_3_passes_through_the_values_of_the_paper(tab: IndicesTab) -> None:
    with GOLDEN.open(encoding="utf-8", newline="") as stream:
        expected = {int(row["year"]): float(row["tc8"]) for row in csv.DictReader(stream)}
    assert points(tab) == pytest.approx(expected, abs=5e-9)


def test_an_edit_moves_the_point_and_undo_moves_it_back(tab: IndicesTab, session: Session, set_import: Edit) -> None:
    before = points(tab)
    set_import(2018, 2668.4)
    assert points(tab)[2018] == 0.0
    assert {year: value for year, value in points(tab).items() if year != 2018} == {
        year: value for year, value in before.items() if year != 2018
    }
    session.undo()
    assert points(tab) == before
    session.redo()
    assert points(tab)[2018] == 0.0


def test_an_edit_leaves_the_other_curves_their_arrays(tab: IndicesTab, set_import: Edit) -> None:
    others = [line.key for line in tab.view.chart.lines if line.key != HOME]
    before = [tab.view.curve(key).path.yData for key in others]
    set_import(2018, 2668.4)
    assert all(tab.view.curve(key).path.yData is data for key, data in zip(others, before, strict=True))


def test_a_cleared_cell_leaves_a_gap_that_no_line_crosses(tab: IndicesTab, set_import: Edit) -> None:
    set_import(2013, None)
    assert np.isnan(points(tab)[2013])
    path = home_curve(tab).path.getPath()
    across = [
        (path.elementAt(at - 1).x, path.elementAt(at).x)
        for at in range(1, path.elementCount())
        if path.elementAt(at).isLineTo()
    ]
    assert (2011, 2012) in across
    assert (2014, 2015) in across
    assert not [pair for pair in across if 2013 in pair or (pair[0] < 2013 < pair[1])]


def test_a_point_between_two_gaps_keeps_a_marker_on_any_chart(tab: IndicesTab, set_import: Edit) -> None:
    set_import(2009, None)
    set_import(2011, None)
    curve = home_curve(tab)
    line = tab.view.chart.line(HOME)
    curve.dress(0, lines=100)
    curve.set_values(to_float64(tab.view.chart.years), line, 1.0)
    assert curve.markers.getData()[0].tolist() == [2010]


def test_what_is_no_number_stops_at_the_gate() -> None:
    assert np.isnan(to_float64([1, None, 3])[1])
    assert to_float64(np.array([1, 2], dtype=object)).dtype == np.float64
    with pytest.raises(ValueError, match="could not convert"):
        to_float64(["a text"])
    with pytest.raises(ValueError, match="one row"):
        to_float64([[1.0], [2.0]])


def test_years_are_whole_numbers_at_every_zoom(tab: IndicesTab) -> None:
    axis = tab.view.year_axis
    for first, last, size in ((2005, 2020, 900), (2005, 2020, 120), (2009.2, 2010.9, 700), (2010.1, 2010.4, 700)):
        for _spacing, values in axis.tickValues(first, last, size):
            assert all(value == int(value) and first <= value <= last for value in values)
            assert axis.tickStrings(values, 1.0, 1.0) == [str(int(value)) for value in values]
    assert axis.tickStrings([2010.5, 2011.0], 1.0, 0.5) == ["", "2011"]
    assert [len(values) for _, values in axis.tickValues(2005, 2020, 120)] == [2]


def test_ticks_of_values_are_written_like_all_numbers(qapp: QApplication) -> None:
    axis = ValueAxis()
    assert axis.tickStrings([-2000.0, 0.0, 2000.0], 1.0, 2000.0) == ["-2,000", "0", "2,000"]
    assert axis.tickStrings([-0.2, 0.2], 1.0, 0.2) == ["-0.2", "0.2"]
    (spacing, values), *none = axis.tickValues(-0.5, 0.4, 240)
    assert (spacing, none) == (0.2, [])
    assert values == pytest.approx([-0.4, -0.2, 0.0, 0.2, 0.4])


def test_the_bands_follow_the_choice_and_undo(qtbot: QtBot, tab: IndicesTab, session: Session) -> None:
    assert tab.view.backdrop.names == ["Net importer", "Balanced or net exporter"]
    tab.bar.bands.setFocus()
    qtbot.keyClick(tab.bar.bands, Qt.Key.Key_Down)
    assert session.project.analysis.bands == {"tc": "six_bands"}
    assert len(tab.view.backdrop.names) == 6
    assert "Six bands at ±0.3 and ±0.6" in tab.view.caption.text()
    assert "jendow.com.tw" in tab.view.caption.text()
    assert tab.view.caption.isVisible()
    qtbot.keyClick(tab.bar.bands, Qt.Key.Key_Down)
    assert session.project.analysis.bands == {"tc": "ntb"}
    qtbot.keyClick(tab.bar.bands, Qt.Key.Key_Down)
    assert session.project.analysis.bands == {"tc": ""}
    assert tab.view.backdrop.names == []
    assert not tab.view.caption.isVisible()
    session.undo()
    session.undo()
    session.undo()
    assert len(tab.view.backdrop.names) == 2
    assert tab.bar.bands.currentData() == "sign"


def test_the_bands_are_shaded_where_their_cut_points_lie(tab: IndicesTab) -> None:
    picture = tab.view.plot.grab().toImage()
    view = tab.view.plot.getPlotItem().getViewBox()
    ratio = picture.devicePixelRatio()

    def colour_at(value: float) -> QColor:
        place = tab.view.plot.mapFromScene(view.mapViewToScene(QPointF(2020.6, value)))
        return picture.pixelColor(int(place.x() * ratio), int(place.y() * ratio))

    assert colour_at(0.05).name() == colours().bands[-1]
    assert colour_at(-0.05).name() == colours().bands[0]


def test_names_of_bands_have_room_beside_the_curves(tab: IndicesTab) -> None:
    view = tab.view.plot.getPlotItem().getViewBox()
    last = view.mapViewToScene(QPointF(2020, 0)).x()
    assert view.sceneBoundingRect().right() - last >= tab.view.backdrop.names_width(-0.5, 0.4)


def test_text_of_a_file_never_becomes_markup(qtbot: QtBot, tab: IndicesTab, session: Session) -> None:
    evil = "<img src='file:///etc/hostname'> & <b>bold</b>"
    session.apply("set_title", title=Bilingual(evil))
    session.apply("set_table_title", table="table3", title=Bilingual(evil))
    assert tab.view.legend.names[0] == f"China ({evil})"
    tooltip = tab.model.data(tab.model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tooltip
    assert "&lt;img" in tooltip
    assert "<img" not in tab.view.footnote.toolTip()
    assert tab.view.title.textFormat() == Qt.TextFormat.PlainText
    assert tab.view.hover.textFormat() == Qt.TextFormat.PlainText
    tab.view.axis.set_title(evil)
    assert tab.view.axis.label.toPlainText().strip() == evil
    picture = tab.grab()
    assert not picture.isNull()


def test_the_mouse_near_a_point_reads_its_value(qtbot: QtBot, tab: IndicesTab) -> None:
    view = tab.view.plot.getPlotItem().getViewBox()
    place = tab.view.plot.mapFromScene(view.mapViewToScene(QPointF(2018, -0.3260595)))
    qtbot.mouseMove(tab.view.plot.viewport(), QPoint(place.x() + 3, place.y() - 2))
    assert tab.view.hover.isVisible()
    assert "2018: -0.33" in tab.view.hover.text()
    assert "Net importer" in tab.view.hover.text()
    assert tab.view.plot.viewport().rect().contains(tab.view.hover.geometry())
    far = tab.view.plot.mapFromScene(view.mapViewToScene(QPointF(2006, -0.42)))
    qtbot.mouseMove(tab.view.plot.viewport(), far)
    assert not tab.view.hover.isVisible()


def test_the_point_that_an_edit_moved_wears_a_ring(tab: IndicesTab, set_import: Edit) -> None:
    set_import(2018, 2668.4)
    rings = tab.view._rings
    assert [x.tolist() for x in rings.getData()] == [[2018], [0.0]]
    tab.show_index("rca")
    assert len(rings.getData()[0]) == 0


def test_zooming_by_hand_is_kept_by_edits_until_everything_is_asked_for(
    qtbot: QtBot, tab: IndicesTab, set_import: Edit
) -> None:
    view = tab.view.plot.getPlotItem().getViewBox()
    whole = view.viewRange()
    assert not tab.view.whole.isVisible()
    centre = tab.view.plot.viewport().rect().center()
    turn = QWheelEvent(
        QPointF(centre),
        QPointF(tab.view.plot.viewport().mapToGlobal(centre)),
        QPoint(0, 0),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(tab.view.plot.viewport(), turn)
    zoomed = view.viewRange()
    assert zoomed != whole
    set_import(2018, 100.0)
    assert view.viewRange() == zoomed
    qtbot.mouseClick(tab.view.whole, Qt.MouseButton.LeftButton)
    assert view.viewRange()[1][1] >= 0.9
    assert not tab.view.whole.isVisible()


def test_a_small_edit_moves_the_curve_and_not_the_axis(tab: IndicesTab, set_import: Edit) -> None:
    view = tab.view.plot.getPlotItem().getViewBox()
    before = view.viewRange()
    set_import(2018, 5000.0)
    assert view.viewRange() == before
    set_import(2018, 10.0)
    assert view.viewRange()[1][1] > 0.99


def test_a_hundred_updates_and_all_indices_leave_no_items_behind(tab: IndicesTab, set_import: Edit) -> None:
    everything = Choice(sectors=())
    tab.bar.choice = everything
    tab.bar.changed.emit()
    for each in ("ims", "rca", "balance", "growth_exports", "tc"):
        tab.show_index(each)
    scene = tab.view.plot.scene()
    before = len(scene.items())
    for step in range(100):
        set_import(2018, 4000.0 + step)
    for each in ("ims", "rca", "balance", "growth_exports", "tc"):
        tab.show_index(each)
    assert len(scene.items()) == before
    assert len(tab.view._curves) == len(tab.view.chart.lines) == 18


def test_a_click_in_the_legend_selects_the_line_and_another_releases_it(qtbot: QtBot, tab: IndicesTab) -> None:
    places, _rest = tab.view.legend._places(tab.view.legend.width())
    qtbot.mouseClick(tab.view.legend, Qt.MouseButton.LeftButton, pos=places[2].center())
    assert [key[3] for key in tab.table.selected_keys()] == ["IND"]
    india = tab.view.curve(tab.table.selected_keys()[0])
    assert india.path.opts["pen"].widthF() > home_curve(tab).path.opts["pen"].widthF()
    qtbot.mouseClick(tab.view.legend, Qt.MouseButton.LeftButton, pos=places[2].center())
    assert tab.table.selected_keys() == []
    assert india.path.opts["pen"].widthF() == home_curve(tab).path.opts["pen"].widthF()


def test_more_names_than_three_rows_are_counted(tab: IndicesTab) -> None:
    tab.bar.sectors.chosen.emit(())
    legend = tab.view.legend
    places, rest = legend._places(420)
    assert rest + len(places) - 1 == len(legend.names) == 18
    assert legend.heightForWidth(420) <= 3 * legend._row()
    assert all(place.right() <= 420 for place in places[:-1])


@pytest.fixture
def chinese() -> Iterator[None]:
    set_language("zh")
    yield
    set_language("en")


@pytest.mark.usefixtures("chinese")
def test_in_chinese_lines_and_bands_have_chinese_names(tab: IndicesTab) -> None:
    assert tab.view.legend.names[2:] == ["印度", "爱尔兰", "美国"]
    assert tab.view.backdrop.names == ["净进口", "平衡或净出口"]
    assert "贸易竞争力指数" in tab.view.title.text()


def test_per_cent_is_drawn_times_a_hundred(tab: IndicesTab, session: Session) -> None:
    tab.show_index("ims")
    curve = tab.view.curve(("ims", "", "table4", "CHN", "", "services"))
    # golden/paper_table4.csv, in per cent
    assert curve.path.getData()[1] == pytest.approx([4.474144, 4.256841, 4.288366], abs=1e-6)
    assert tab.view.axis.labelText == "IMS (%)"


def test_a_table_of_one_year_is_drawn_as_points(tab: IndicesTab, session: Session) -> None:
    project = session.project
    session.open(replace(project, id="other", tables=project.tables[:1]))
    assert len(tab.view.chart.lines) == 13
    assert [round(float(curve.markers.getData()[0][0])) for curve in tab.view._curves[:13]] == [2017] * 13
    low, high = tab.view.plot.getPlotItem().getViewBox().viewRange()[0]
    assert low < 2017 < high
