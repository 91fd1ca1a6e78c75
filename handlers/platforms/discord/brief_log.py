"""Keeps the library's log to a line where no traceback explains more."""

from __future__ import annotations

import logging

import aiohttp
import discord

from bot.values.errors import PlatformError

PASSING = (PlatformError, discord.DiscordException, aiohttp.ClientError, OSError)
"""Errors of a network or a platform, which no traceback explains."""


def _brief(record: logging.LogRecord) -> bool:
    """Leave the kind of a passing error, and pass every record on."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, PASSING):
        record.msg, record.args = f"{record.getMessage()}: {type(error).__name__}", ()
        record.exc_info = record.exc_text = None
    return True


def be_brief() -> None:
    """Let a dial that fails cost a line, not sixty."""
    for name in ("discord.client", "discord.shard"):
        # Of one function the logger keeps one.
        logging.getLogger(name).addFilter(_brief)
