"""Takes the screenshots of docs/images: each tab of the sample project, in both languages and themes."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.sample import sample  # noqa: E402 - the project is not installed
from gui.application import Desk, make_application  # noqa: E402
from gui.background import Background  # noqa: E402
from gui.preferences import Preferences  # noqa: E402
from gui.prompts import QtPrompts  # noqa: E402

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
                preferences.beside = True
                desk.rebuild()
                desk.window.workspace.show_indices()
                _settle(desk)
                desk.window.grab().save(str(folder / f"beside-{language}-{theme}.png"))
                preferences.beside = False
        desk.close()
    _settle_application(application)


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
