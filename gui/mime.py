"""What is dragged inside the application: ids as JSON, so that any view and any test can read it."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData

FACTORS = "application/x-balassa-factors+json"
STRATEGIES = "application/x-balassa-strategies+json"
LINES = "application/x-balassa-lines+json"
"""Lines of results: {"project": id, "lines": [[index, component, table, reporter, partner, sector], …]}."""


def pack(kind: str, project: str, text: str = "", **content: Any) -> QMimeData:
    """Mime data of one kind; `text` is what other programs get."""
    data = QMimeData()
    payload = json.dumps({"project": project, **content}, ensure_ascii=False).encode()
    data.setData(kind, QByteArray(payload))
    if text:
        data.setText(text)
    return data


def unpack(data: QMimeData, kind: str, project: str) -> dict[str, Any] | None:
    """The content of our own mime data, or None where it is of another kind, damaged, or of another project."""
    if not data.hasFormat(kind):
        return None
    try:
        content = json.loads(bytes(data.data(kind).data()))
    except ValueError:
        return None
    if not isinstance(content, dict) or content.get("project") != project:
        return None
    return content
