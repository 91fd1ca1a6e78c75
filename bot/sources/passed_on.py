"""Passes on to workers an environment without secrets."""

from __future__ import annotations

import os
from functools import partial

from anyio import open_process, to_process

_PLACES = ("PATH", "PATHEXT", "HOME", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
_NAMES = frozenset((*_PLACES, "LANG", "LANGUAGE", "TZ", "TZDIR"))
"""Where programs, libraries, files and zones are; whatever else is set may be a token."""
_BEGINNINGS = ("LC_", "PYTHON", "MALLOC_")


def passed_on() -> dict[str, str]:
    """Return what a worker is told of this process's environment."""
    return {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _NAMES or name.upper().startswith(_BEGINNINGS)
    }


def keep_secrets() -> None:
    """Let workers begin without the tokens that this process was given.

    anyio begins them with all that stands in the environment, where others of this user, a library's report and a
    dump of the worker show it; it has no parameter for that.
    """
    vars(to_process)["open_process"] = partial(open_process, env=passed_on())
