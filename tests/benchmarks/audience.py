"""Chats for a benchmark.

All of them follow everything at once, at any hour, without a cap.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNT = "telegram"
_CHATS = """
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO chats (platform, external_id, account, language, zone, mode, digest_times, quiet_from, quiet_to, cap,
    created_at) SELECT 'telegram', 100000000 + i, ?, 'bn', 'Asia/Dhaka', 3, '', 0, 0, 1000000, 0 FROM n
"""
_CHATS_ON_SERVER = """
INSERT INTO chats (platform, external_id, account, language, zone, mode, digest_times, quiet_from, quiet_to, cap,
    created_at) SELECT 'telegram', CAST(100000000 + i AS text), %s, 'bn', 'Asia/Dhaka', 3, '', 0, 0, 1000000, 0
    FROM generate_series(CAST(%s AS bigint), CAST(%s AS bigint)) i
"""
_EVERYTHING = "INSERT INTO terms (kind, value, name) VALUES ('all', '', '')"
_FOLLOW = (
    "INSERT INTO subscriptions (term_id, chat_id, created_at) "
    "SELECT t.id, c.id, 0 FROM terms t, chats c WHERE t.kind = 'all'"
)


def fill(path: Path, chats: int) -> None:
    """Add so many chats to a new archive."""
    with sqlite3.connect(path) as raw:
        raw.execute(_CHATS, (chats, ACCOUNT))
        raw.execute(_EVERYTHING)
        raw.execute(_FOLLOW)
    raw.close()


def fill_server(address: str, chats: int, accounts: tuple[str, ...] = (ACCOUNT,)) -> None:
    """Add so many chats to a new archive on a server.

    Each account serves a part of them.
    """
    with psycopg.connect(address) as raw:
        for at, account in enumerate(accounts):
            raw.execute(_CHATS_ON_SERVER, (account, at * chats // len(accounts) + 1, (at + 1) * chats // len(accounts)))
        raw.execute(_EVERYTHING)
        raw.execute(_FOLLOW)
