"""Finds commands: a file put into handlers/commands is one.

No other file names it.
"""

from __future__ import annotations

import importlib
import pkgutil

import handlers.commands
from handlers.command import Command


def discover() -> dict[str, Command]:
    """Return every command by name.

    Each module of handlers.commands that has a COMMAND.
    """
    found: dict[str, Command] = {}
    for module in pkgutil.iter_modules(handlers.commands.__path__):
        command = getattr(importlib.import_module(f"{handlers.commands.__name__}.{module.name}"), "COMMAND", None)
        if isinstance(command, Command):
            found[command.name] = command
    return found
