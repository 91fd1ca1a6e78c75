"""Chats for a benchmark.

All of them follow everything at once, at any hour, without a cap.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNT = "telegram"
_CHATS = """
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO chats (platform, external_id, account, language, zone, mode, digest_times, quiet_from, quiet_to, cap,
    created_at) SELECT 'telegram', 100000000 + i, ?, 'bn', 'Asia/Dhaka', 3, '', 0, 0, 1000000, 0 FROM n
"""
_FOLLOW = "INSERT INTO subscriptions (term_id, chat_id, created_at) SELECT t.id, c.id, 0 FROM terms t, chats c"


def fill(path: Path, chats: int) -> None:
    """Add so many chats to a new archive."""
    with sqlite3.connect(path) as raw:
        raw.execute(_CHATS, (chats, ACCOUNT))
        raw.execute("INSERT INTO terms (kind, value, name) VALUES ('all', '', '')")
        raw.execute(_FOLLOW)
    raw.close()
