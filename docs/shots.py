"""Takes the screenshots of docs/images: each tab of the sample project and an import, in both languages."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtWidgets import QDockWidget  # noqa: E402 - the project is not installed

from core.explain.explanation import Wanted  # noqa: E402 - the project is not installed
from core.files.importing import import_tables  # noqa: E402
from core.files.merging import compare  # noqa: E402
from core.sample import sample  # noqa: E402
from gui.application import Desk, make_application  # noqa: E402
from gui.background import Background  # noqa: E402
from gui.importing.conflicts import ConflictDialog  # noqa: E402
from gui.importing.dialog import ImportDialog, import_files  # noqa: E402
from gui.preferences import Preferences  # noqa: E402
from gui.prompts import QtPrompts  # noqa: E402

FIGURES = """Exports of services (US$ million)
Figures made up for this picture

Country,2018,2019,2020,2021,2022
China,2334,2455,2352,3384,3691
India,2050,2146,2031,2407,3092
Ireland,2158,2529,2846,3381,..
U.S.A.,8622,8911,7263,8010,9287
South Corea,1037,1037,895,1207,n.a. (3)
World,58903,61922,51891,61850,71275
Source: made-up figures
"""
PICTURES = [("en", "light"), ("zh", "light"), ("en", "dark"), ("zh", "dark")]


def main(folder: Path) -> None:
    """Write <tab>-<language>-<theme>.png for each tab, and the tabs side by side."""
    folder.mkdir(parents=True, exist_ok=True)
    application = make_application()
    with tempfile.TemporaryDirectory() as temporary:
        preferences = Preferences(Path(temporary) / "settings.ini")
        preferences.language, preferences.theme = PICTURES[0]
        desk = Desk(application, sample(), Background(), QtPrompts(), preferences)
        desk.window.show()
        _settle(desk)
        desk.window.workspace.swot.add_lines([("tc", "", "table3", "CHN", "", "services")], "W")
        desk.window.workspace.swot.add_lines([("tc", "", "table1", "CHN", "", "telecom_computer_information")], "S")
        for language, theme in PICTURES:
            preferences.language, preferences.theme = language, theme
            desk.rebuild()
            workspace = desk.window.workspace
            desk.window.resize(1280, 800)
            workspace.data.show_table("table3")
            workspace.indices.show_index("tc")
            tabs = {"data": workspace.show_data, "indices": workspace.show_indices, "swot": workspace.show_swot}
            for name, show in tabs.items():
                show()
                _settle(desk)
                desk.window.grab().save(str(folder / f"{name}-{language}-{theme}.png"))
            if theme == "light":
                _explanations(desk, lambda name, language=language: folder / f"{name}-{language}-light.png")
                preferences.beside = True
                desk.rebuild()
                desk.window.workspace.show_indices()
                _settle(desk)
                desk.window.grab().save(str(folder / f"beside-{language}-{theme}.png"))
                preferences.beside = False
                desk.rebuild()
                _import(desk, Path(temporary), lambda name, language=language: folder / f"{name}-{language}-light.png")
        desk.close()
    _settle_application(application)


def _explanations(desk: Desk, picture: Callable[[str], Path]) -> None:
    """What the data checks found, two settings compared, a number explained, and the description of an index."""
    workspace = desk.window.workspace
    workspace.show_findings()
    _settle(desk)
    desk.window.grab().save(str(picture("findings")))
    workspace.data.findings.set_open(False)
    workspace.show_indices()
    workspace.indices.show_index("rca")
    workspace.indices.options.compare("world", "excluding")
    _settle(desk)
    desk.window.grab().save(str(picture("comparison")))
    workspace.indices.options.end()
    workspace.indices.below.setCurrentIndex(1)
    _settle(desk)
    desk.window.grab().save(str(picture("about")))
    workspace.indices.below.setCurrentIndex(0)
    workspace.explain(Wanted(("rca", "", "worldbank", "CHN", "", "services"), 2020))
    _settle(desk)
    desk.window.grab().save(str(picture("explain")))
    for panel in desk.window.findChildren(QDockWidget):
        panel.close()
    workspace.indices.show_index("tc")


def _import(desk: Desk, folder: Path, picture: Callable[[str], Path]) -> None:
    """A file in the wizard, the report on what came out, and the conflicts with a later copy of the file."""
    path = folder / "services.csv"
    path.write_text(FIGURES, encoding="utf-8")

    def ask(dialog: ImportDialog) -> bool:
        dialog.resize(1180, 740)
        dialog.show()
        dialog.bench.finish()
        _settle(desk)
        dialog.grab().save(str(picture("import")))
        return True

    (added,) = import_files(desk.session, QtPrompts(), [path], desk.window, ask)
    desk.window.resize(1280, 800)
    desk.window.workspace.show_data()
    desk.window.workspace.data.show_imported(added)
    _settle(desk)
    desk.window.grab().save(str(picture("report")))
    path.write_text(FIGURES.replace("2352", "2806").replace("9287", "9288").replace("2846", "2801"), encoding="utf-8")
    (later,) = import_tables(path, desk.session.project)
    before = desk.session.project.table(added)
    assert before is not None
    conflicts = ConflictDialog(compare(before, later), desk.window)
    conflicts.resize(1180, 440)
    conflicts.show()
    _settle(desk)
    conflicts.grab().save(str(picture("conflicts")))
    conflicts.close()
    desk.session.undo()


def _settle(desk: Desk) -> None:
    desk.session.wait()
    from PySide6.QtWidgets import QApplication

    for _round in range(20):
        QApplication.processEvents()


def _settle_application(application: object) -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del application


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
