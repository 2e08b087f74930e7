"""The self-test: drives the application without a person, from source or packaged, and says what it saw."""

from __future__ import annotations

import logging
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QObject, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFileOpenEvent, QFontDatabase
from PySide6.QtWidgets import QWidget

from core.about import FILE_SUFFIX, NAME, VERSION
from core.claims import State, worst
from core.indices import indices
from core.places import DATA
from core.project import Project, equal
from core.sample import sample
from core.text import translator
from gui.application import Application, Desk, make_application
from gui.background import Background
from gui.formula import typeset
from gui.preferences import Preferences
from gui.prompts import Answer
from gui.style import FONT_FAMILY

_EXPORTS = ("CHN", "", "services", "exports")


class _Silent:
    """Prompts for a run without a person: chooses prepared files, and fails on a message."""

    def __init__(self) -> None:
        self.path: Path | None = None

    def open_file(self, title: str, filters: str) -> Path | None:
        return self.path

    def open_files(self, title: str, filters: str) -> tuple[Path, ...]:
        return (self.path,) if self.path is not None else ()

    def save_file(self, title: str, filters: str, suggestion: str) -> Path | None:
        return self.path

    def unsaved(self, name: str) -> Answer:
        return Answer.DISCARD

    def ask_text(self, title: str, label: str, text: str = "") -> str | None:
        return None

    def tell(self, title: str, text: str) -> None:
        raise AssertionError(text)


class _Noise(logging.Handler):
    """Collects log records and Qt messages that a healthy run does not have."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())

    def qt(self, kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        harmless = "does not support propagateSizeHints" in message
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg} and not harmless:
            self.heard.append(message)


class _Run:
    def __init__(self, application: Application, folder: Path) -> None:
        self.application, self.folder = application, folder
        self.prompts = _Silent()
        self.preferences = Preferences(folder / "settings.ini")
        self.preferences.language = "en"
        self.preferences.theme = "light"
        self.desk = Desk(application, sample(), Background(), self.prompts, self.preferences)
        self.first: Project = self.desk.session.project

    def steps(self) -> list[tuple[str, Callable[[], str]]]:
        return [
            ("references are counted", _canary),
            ("font and catalogues", self.resources),
            ("window", self.window),
            ("tabs", self.tabs),
            ("indices", self.indices),
            ("import", self.import_workbook),
            ("parsers of files", self.parsers),
            ("import of a bomb", self.refuse_bomb),
            ("headless compute", self.compute),
            ("edit, claim and undo", self.edit),
            ("save and open", self.save),
            ("Chinese", self.chinese),
            ("undo all", self.undo_all),
            ("open from the file manager", self.open_from_outside),
        ]

    def resources(self) -> str:
        assert FONT_FAMILY in QFontDatabase.families(), "the Han font is not there"
        assert translator("zh")("Data") != "Data", "the Chinese catalogue is not there"
        assert all(typeset(index.entry.latex).width > 0 for index in indices().values()), "formulas cannot be set"
        return f"{FONT_FAMILY}, zh_CN"

    def window(self) -> str:
        self.desk.window.show()
        self.pump()
        assert self.desk.window.isVisible()
        return self.desk.window.windowTitle()

    def tabs(self) -> str:
        work, seen = self.desk.window.workspace, []
        for show, tab in (
            (work.show_data, work.data),
            (work.show_indices, work.indices),
            (work.show_swot, work.swot),
        ):
            show()
            self.pump()
            assert _painted(tab), f"{tab.objectName()} shows nothing"
            seen.append(tab.objectName())
        return ", ".join(seen)

    def indices(self) -> str:
        self.desk.session.wait()
        line = self.desk.session.results.find(("rca", "", "worldbank", "CHN", "", "services"))
        assert line is not None
        assert abs(line.values[-1] - 0.3526) < 1e-4, line.values[-1]
        return f"RCA of China's services in {line.years[-1]}: {line.values[-1]:.4f}"

    def import_workbook(self) -> str:
        from core.files.importing import import_tables

        tables = import_tables(DATA / "sample.xlsx", self.desk.session.project)
        assert len(tables) == 4, len(tables)
        self.desk.session.apply("add_tables", tables=tables)
        self.pump()
        self.desk.session.undo()
        return f"{len(tables)} tables"

    def parsers(self) -> str:
        """Each parser loads in the child: openpyxl for a workbook in UTF-16, lxml for a page, pandas for Stata."""
        import zipfile

        import pandas as pd

        from core.files.readers import read

        sheet, page, frame = (self.folder / name for name in ("wide 表.xlsx", "page.xls", "frame.dta"))
        with zipfile.ZipFile(DATA / "sample.xlsx") as plain, zipfile.ZipFile(sheet, "w") as wide:
            for name in plain.namelist():
                xml = plain.read(name)
                is_sheet = name.startswith("xl/worksheets/sheet")
                wide.writestr(name, xml.decode().replace("UTF-8", "UTF-16").encode("utf-16") if is_sheet else xml)
        page.write_text("<table><tr><td>2009</td></tr></table>", "utf-8")
        pd.DataFrame({"year": [2009]}).to_stata(frame, write_index=False)
        heights = [sum(len(each.rows) for each in read(path).sheets) for path in (sheet, page, frame)]
        assert heights == [sum(len(each.rows) for each in read(DATA / "sample.xlsx").sheets), 1, 2], heights
        return f"{heights} rows"

    def refuse_bomb(self) -> str:
        """Cells in the first and in the last corner would make a parser reserve terabytes."""
        import xlsxwriter

        from core.errors import UserError
        from core.files.readers import read

        path = self.folder / "corner.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Data")
            sheet.write(0, 0, 2009)
            sheet.write(1_048_575, 16_383, 1)
        try:
            read(path)
        except UserError as error:
            return f"{path.stat().st_size} bytes refused: {error}"
        raise AssertionError("a workbook of 17 billion cells was read")

    def compute(self) -> str:
        from core.commands import run as command

        out = self.folder / "indices.csv"
        code = command(["compute", str(DATA / "sample.xlsx"), "--index", "tc,rca", "--out", str(out)])
        assert code == 0, code
        return f"{len(out.read_text('utf-8').splitlines()) - 1} rows"

    def edit(self) -> str:
        session = self.desk.session
        self.desk.window.workspace.swot.add_lines([("tc", "", "table3", "CHN", "", "services")], "W")
        session.apply("set_cells", table="table3", series=(_EXPORTS,), periods=(2018,), values=((5300.0,),))
        session.wait()
        self.pump()
        factor = session.project.board.quadrant("W")[-1]
        broken = worst(factor, session.results)
        session.undo()
        session.wait()
        session.apply("set_layout", table="table3", layout="years_across")
        session.apply("cite", strategy="so1", factors=(factor.id,))
        assert broken is State.CONTRADICTED, broken
        assert worst(factor, session.results) is State.SUPPORTED
        return "a claim broke and was supported again"

    def save(self) -> str:
        self.prompts.path = self.folder / f"测试 project{FILE_SUFFIX}"
        assert self.desk.documents.save_as()
        before = self.desk.session.project
        assert not self.desk.documents.modified
        from core.files.project_file import read_project

        assert equal(read_project(self.prompts.path), before), "the file is not what was saved"
        return f"{self.prompts.path.stat().st_size} bytes"

    def chinese(self) -> str:
        self.preferences.language = "zh"
        self.desk.rebuild()
        self.pump()
        save = QCoreApplication.translate("QPlatformTheme", "Save")
        assert save == "保存", f"Qt's own dialogs say {save}"
        return self.desk.window.windowTitle()

    def undo_all(self) -> str:
        steps = 0
        while self.desk.session.stack.canUndo():
            self.desk.session.undo()
            steps += 1
        self.desk.session.wait()
        self.pump()
        assert self.desk.session.project is self.first
        return f"{steps} steps"

    def open_from_outside(self) -> str:
        """As macOS asks the running program to open a file."""
        path = self.prompts.path
        assert path is not None
        self.application.file_asked.connect(self.desk.open_at_start)
        self.application.sendEvent(self.application, QFileOpenEvent(str(path)))
        self.pump()
        assert self.desk.documents.path == path, self.desk.documents.path
        return path.name

    def pump(self) -> None:
        """Let the results arrive and everything be painted."""
        self.desk.session.wait()
        for _round in range(3):
            self.application.processEvents()


def run(arguments: list[str]) -> int:
    """Run all steps; the report goes to the file behind --out, else to stdout. 0 where all is well."""
    out = Path(arguments[arguments.index("--out") + 1]) if "--out" in arguments[:-1] else None
    noise = _Noise()
    logging.getLogger().addHandler(noise)
    qInstallMessageHandler(noise.qt)
    lines = [f"{NAME} {VERSION}, Python {sys.version.split()[0]}, {'packaged' if _packaged() else 'from source'}"]
    failed = False
    with tempfile.TemporaryDirectory(prefix="balassa") as folder:
        application = make_application()
        run_ = _Run(application, Path(folder))
        for name, step in run_.steps():
            try:
                lines.append(f"ok    {name}: {step()}")
            except Exception:  # noqa: BLE001 - whatever goes wrong is the report
                failed = True
                lines.append(f"FAIL  {name}: {traceback.format_exc()}")
        run_.desk.close()
    for message in noise.heard:
        failed = True
        lines.append(f"FAIL  warning: {message}")
    lines.append("self-test failed" if failed else "self-test passed")
    report = "\n".join(lines) + "\n"
    if out is None:
        sys.stdout.write(report)
    else:
        out.write_text(report, encoding="utf-8")
    qInstallMessageHandler(None)
    return 1 if failed else 0


def _packaged() -> bool:
    return hasattr(sys, "_MEIPASS")


def _painted(widget: QWidget) -> bool:
    """Whether the widget shows more than one colour."""
    image = widget.grab().toImage()
    step_x, step_y = max(1, image.width() // 40), max(1, image.height() // 40)
    colours = {image.pixel(x, y) for x in range(0, image.width(), step_x) for y in range(0, image.height(), step_y)}
    return len(colours) > 3


def _canary() -> str:
    """PySide6 6.12 on Python 3.11 takes one reference to None too many for each call and soon aborts."""
    holder = QObject()
    before = sys.getrefcount(None)
    for _round in range(500):
        holder.parent()
    lost = before - sys.getrefcount(None)
    assert lost < 50, f"PySide6 loses references: {lost} in 500 calls"
    return f"{lost} lost in 500 calls"
