"""An error that nobody expected: logged, told once for each place, and the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from gui.faults import Faults


def fail() -> None:
    raise ZeroDivisionError("inside")


def raised() -> tuple[type[BaseException], BaseException, Any]:
    try:
        fail()
    except ZeroDivisionError:
        kind, error, trace = sys.exc_info()
        assert kind is not None
        assert error is not None
        return kind, error, trace
    raise AssertionError


def test_an_error_is_logged_and_told_once_however_often_it_comes(
    qapp: QApplication, prompts: Any, caplog: pytest.LogCaptureFixture
) -> None:
    faults = Faults(prompts)
    for _round in range(3):
        faults.report(*raised())
    QApplication.processEvents()
    assert len(prompts.told) == 1
    assert "ZeroDivisionError: inside" in prompts.told[0]
    records = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(records) == 1
    assert records[0].exc_info is not None
    caplog.clear()


def test_an_error_in_a_thread_is_told_in_the_thread_of_the_window(
    qapp: QApplication, prompts: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = Faults(prompts)
    monkeypatch.setattr(threading, "excepthook", faults._from_thread)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert prompts.told == []
    QApplication.processEvents()
    assert len(prompts.told) == 1
    caplog.clear()
