"""Errors that nobody expected: logged with their traceback, told once, and the application stays alive."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal

from core.about import NAME, VERSION
from gui.prompts import Prompts
from gui.text import _

logger = logging.getLogger(__name__)


class Faults(QObject):
    """The three hooks of Python lead here. Safe from any thread, and from a paint that fails again and again."""

    _happened = Signal(str)

    def __init__(self, prompts: Prompts) -> None:
        """Nothing happens before `install`."""
        super().__init__()
        self._prompts = prompts
        self._told: set[str] = set()
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over from Python's own hooks."""
        sys.excepthook = self.report
        threading.excepthook = self._from_thread

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an error, and tell of it once for each place where it arose."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        frames = traceback.extract_tb(trace)
        place = f"{kind.__name__} {frames[-1].name}:{frames[-1].lineno}" if frames else kind.__name__
        if place not in self._told:
            self._told.add(place)
            logger.error("unexpected error, %s %s", NAME, VERSION, exc_info=(kind, error, trace))
            self._happened.emit(f"{kind.__name__}: {error}")

    def _from_thread(self, raised: threading.ExceptHookArgs) -> None:
        if raised.exc_value is not None:
            self.report(raised.exc_type, raised.exc_value, raised.exc_traceback)

    def _tell(self, what: str) -> None:
        sentence = _("Something went wrong inside the program. Your work is kept; save it now. Details: {what}")
        self._prompts.tell(NAME, sentence.format(what=what))


def log_folder() -> Path:
    """Where the log is kept."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)) / "log"


def log_to_file() -> None:
    """Keep the last megabytes of log records; a folder that cannot be written to is no reason not to start."""
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log_folder() / "balassa.log", maxBytes=2**20, backupCount=4, encoding="utf-8")
    except OSError:
        logging.basicConfig(level=logging.WARNING)
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
