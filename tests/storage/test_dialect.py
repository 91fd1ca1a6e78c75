"""One text for two engines: what each of them is given."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storage.driver.dialect import for_postgresql, for_sqlite


@pytest.mark.parametrize(
    ("sql", "sqlite", "postgresql"),
    [
        ("SELECT a FROM t WHERE b = ?", "SELECT a FROM t WHERE b = ?", "SELECT a FROM t WHERE b = %s"),
        ("(SELECT value FROM ints(?))", "(SELECT value FROM json_each(?))", "(SELECT value FROM ints(%s))"),
        ("SELECT j.key FROM pairs(?) j", "SELECT j.key FROM json_each(?) j", "SELECT j.key FROM pairs(%s) j"),
        ("greatest(a, least(b, ?))", "max(a, min(b, ?))", "greatest(a, least(b, %s))"),
        ("max(a)", "max(a)", "max(a)"),
        ("t CROSS JOIN u ON u.id = t.id", "t CROSS JOIN u ON u.id = t.id", "t JOIN u ON u.id = t.id"),
        ("FROM t INDEXED BY t_due WHERE a", "FROM t INDEXED BY t_due WHERE a", "FROM t WHERE a"),
        ("a LIKE 'x%?' AND b % 2 = ?", "a LIKE 'x%?' AND b % 2 = ?", "a LIKE 'x%%?' AND b %% 2 = %s"),
        ("'it''s ?' = ?", "'it''s ?' = ?", "'it''s ?' = %s"),
        ("json_list(n.name)", "json_group_array(n.name)", "coalesce(CAST(json_agg(n.name) AS TEXT), '[]')"),
        ("SELECT a FROM t WHERE b FOR UPDATE OF t SKIP LOCKED", "SELECT a FROM t WHERE b",
         "SELECT a FROM t WHERE b FOR UPDATE OF t SKIP LOCKED"),
        ("(SELECT a FROM t FOR SHARE) x", "(SELECT a FROM t) x", "(SELECT a FROM t FOR SHARE) x"),
        ("SELECT a FROM t FOR NO KEY UPDATE", "SELECT a FROM t", "SELECT a FROM t FOR NO KEY UPDATE"),
        ("points(a), at_least(b)", "points(a), at_least(b)", "points(a), at_least(b)"),
    ],
)  # fmt: skip
def test_each_engine_gets_its_spelling(sql: str, sqlite: str, postgresql: str) -> None:
    assert (for_sqlite(sql), for_postgresql(sql)) == (sqlite, postgresql)


# What one engine alone understands; `storage/driver` speaks to SQLite itself.
_OF_ONE = re.compile(
    r"\biif\(|\bjson_(each|group_array|extract|array)\(|\bOR (IGNORE|REPLACE)\b|\bchanges\(\)|\bunixepoch\(|"
    r"\b(max|min)\([^()]*,|\bNOT (\w+\.)?(hidden|exclude|excluded|done|retired)\b|ON CONFLICT DO UPDATE|\bILIKE\b|::\w"
)


def test_no_statement_has_words_of_one_engine() -> None:
    root = Path(__file__).resolve().parents[2] / "storage"
    files = [path for path in root.rglob("*.py") if path.parent.name != "driver"]
    assert len(files) > 30
    found = [
        (path.name, line.strip())
        for path in files
        for line in path.read_text(encoding="utf-8").splitlines()
        if any(_OF_ONE.search(text) for text in re.findall(r'"([^"]*)"', line))
    ]
    assert not found
