"""The chat platforms: one folder each, found by being there."""

from __future__ import annotations

import importlib
import pkgutil

from handlers.platform import PlatformKind


def platforms() -> dict[str, PlatformKind]:
    """Find every chat platform.

    Each folder here whose ``platform`` module has a PLATFORM.
    """
    found = {}
    for folder in pkgutil.iter_modules(__path__):
        kind = importlib.import_module(f"{__name__}.{folder.name}.platform").PLATFORM
        if isinstance(kind, PlatformKind):
            found[kind.name] = kind
    return found
