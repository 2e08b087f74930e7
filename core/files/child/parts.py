"""Which part of an xlsx holds which sheet."""

from __future__ import annotations

import posixpath
from xml.etree import ElementTree

from core.files.archive import Archive, Damaged
from core.files.gate import xml_pieces

_MOST_BYTES = 16 * 2**20


def sheet_parts(archive: Archive) -> dict[str, str]:
    """Names of parts by name of the sheet, in the order of the workbook; raises Damaged where one is missing."""
    names = {name.casefold(): name for name in archive.names}
    tops = [target for kind, target in _links(archive, names, "/").values() if kind.endswith("/officeDocument")]
    book = posixpath.normpath(posixpath.join("/", tops[0] if tops else "xl/workbook.xml"))
    links = _links(archive, names, book)
    parts = {}
    for sheet in _root(archive, names.get(book.lstrip("/").casefold())).iter():
        if not sheet.tag.endswith("}sheet") and sheet.tag != "sheet":
            continue
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(book), links.get(link or "", ("", ""))[1])).lstrip(
            "/"
        )
        found = names.get(target.casefold())
        if found is None:
            raise Damaged(f"{sheet.get('name')}: no part {target}")
        parts[sheet.get("name", "")] = found
    return parts


def _links(archive: Archive, names: dict[str, str], part: str) -> dict[str, tuple[str, str]]:
    """Kind and target of the links of a part, by id."""
    folder, name = posixpath.split(part)
    listed = names.get(posixpath.join(folder, "_rels", f"{name}.rels").lstrip("/").casefold())
    if listed is None:
        return {}
    return {
        link.get("Id", ""): (link.get("Type", ""), link.get("Target", ""))
        for link in _root(archive, listed).iter()
        if link.tag.endswith("Relationship")
    }


def _root(archive: Archive, name: str | None) -> ElementTree.Element:
    if name is None or archive.size(name) > _MOST_BYTES:
        raise Damaged("no workbook")
    try:
        return ElementTree.fromstring(b"".join(xml_pieces(archive, name)))
    except ElementTree.ParseError as error:
        raise Damaged(f"{name}: {error}") from error
