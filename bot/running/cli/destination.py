"""Finds where an archive is moved, without a typed password."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.values.errors import SettingsError

if TYPE_CHECKING:
    from bot.running.settings import Settings

_PASSWORD = re.compile(r"//[^@]*:[^@]*@|password\s*=")
"""A password in an address, however wrongly that is written."""
_HOW = "Write MOVE_TO=postgresql://user:password@host:5432/name into .env, and run `khobor move` without --to."


def destination(typed: str | None, settings: Settings) -> str:
    """Return the address or file that was typed, else the set one.

    Raises:
        SettingsError: nothing was, or a password was typed; it is not quoted.
    """
    if typed is None:
        if settings.move_to is None:
            raise SettingsError(f"where to? {_HOW} Without a password, or for a file, --to does.")
        return settings.move_to.get_secret_value()
    if _PASSWORD.search(typed):
        raise SettingsError(
            "a password on the command line is seen by everybody on this machine (ps) and kept by the shell. "
            f"{_HOW} It is better to change the one that was typed."
        )
    return typed
