"""The indices: each is one pure function in one file of this package and one entry in data/indices."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from core.indices.registry import Index, registered


@cache
def indices() -> Mapping[str, Index]:
    """All indices by id in the order of the catalogue. Every file of this package is imported: adding one adds it."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return registered()
