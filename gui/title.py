"""The title of the window: the document and what its study is about."""

from __future__ import annotations

from core.about import NAME
from core.project import Project
from gui.text import _, show


def window_title(name: str, project: Project) -> str:
    """For example "Name[*] — China: Services, against India, 2009–2018 — Balassa"; [*] is Qt's modified mark."""
    about = study_line(project)
    return f"{name}[*] — {about} — {NAME}" if about else f"{name}[*] — {NAME}"


def study_line(project: Project) -> str:
    """The study in one line; "" where nothing is set."""
    study = project.study

    def named(dimension: str, label_id: str) -> str:
        label = project.label(dimension, label_id)
        return show(label.name) if label else label_id

    parts = [named("reporter", study.home) if study.home else "", named("sector", study.sector) if study.sector else ""]
    line = _(": ").join(part for part in parts if part)
    if study.peers:
        peers = _(", ").join(named("reporter", peer) for peer in study.peers)
        line += _(" against {peers}").format(peers=peers) if line else peers
    if study.window is not None:
        line += _(", {first}–{last}").format(first=study.window[0], last=study.window[1])
    return line
