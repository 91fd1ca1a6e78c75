"""Writes the log to standard error: one line an event, no secrets."""

from __future__ import annotations

import logging
import re
import sys

# Tokens stand in addresses and headers of chat platforms; whatever looks like one is not printed.
_SECRET = re.compile(r"(?<!\d)\d{6,}+:[\w-]{30,}|(?<![\w-])[\w-]{23,}+\.[\w-]{6}\.[\w-]{27,}|(?<=://)[^/\s@]+(?=@)")

OTHERS = (
    *("aiohttp", "aiosqlite", "apscheduler", "asyncio", "discord", "httpcore", "httpx", "psycopg", "telegram"),
    "trafilatura",
)
"""Libraries whose logs go no deeper than warnings: they print requests and statements with all that is in them."""


class Redacted(logging.Formatter):
    """Formats a record without anything like a token or password."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return _SECRET.sub("***", super().format(record))


def configure(level: str) -> None:
    """Send log lines of ``level`` and above to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacted("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in OTHERS:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
