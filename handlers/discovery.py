"""Finding commands: a file that is put into handlers/commands is found, and nothing else must know of it."""

from __future__ import annotations

import importlib
import pkgutil

import handlers.commands
from handlers.command import Command


def discover() -> dict[str, Command]:
    """Find every command: each module of handlers.commands that has a COMMAND, by name."""
    found: dict[str, Command] = {}
    for module in pkgutil.iter_modules(handlers.commands.__path__):
        command = getattr(importlib.import_module(f"{handlers.commands.__name__}.{module.name}"), "COMMAND", None)
        if isinstance(command, Command):
            found[command.name] = command
    return found
