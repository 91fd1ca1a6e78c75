"""What is one statement on a server is one in a file."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from storage.driver import in_view
from storage.driver.connection import AtOnce, Of

pytestmark = pytest.mark.sqlite
_LAST = "SELECT max(id) FROM a"
MADE = AtOnce(
    (
        ("INSERT INTO a (word) VALUES (?) RETURNING id", ("এক ? ' \0",)),
        ("INSERT INTO b (a_id, n) SELECT ?, j.value FROM ints(?) j WHERE j.value <> '?'", (Of(0, _LAST), "[4, 5]")),
        ("UPDATE c SET n = greatest(n, ?)", (7,)),
    ),
    f"SELECT 0, ({_LAST})",
)


@pytest.fixture
def raw() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.executescript(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, word TEXT); CREATE TABLE b (a_id INT, n INT CHECK (n > 0)); "
        "CREATE TABLE c (n INT); INSERT INTO c VALUES (1)"
    )
    return made


def _all(raw: sqlite3.Connection) -> list[tuple[object, ...]]:
    return raw.execute("SELECT a.id, a.word, b.n, c.n FROM a JOIN b ON b.a_id = a.id JOIN c ORDER BY 1, 3").fetchall()


def test_each_part_writes_its_table_and_reads_what_an_earlier_returned(raw: sqlite3.Connection) -> None:
    with closing(raw):
        for number in (1, 2):
            assert in_view.run(raw, MADE) == [(0, number)]
        word = "এক ? ' \0"
        assert _all(raw) == [(1, word, 4, 7), (1, word, 5, 7), (2, word, 4, 7), (2, word, 5, 7)]


def test_it_is_all_of_it_or_nothing(raw: sqlite3.Connection) -> None:
    with closing(raw):
        in_view.run(raw, MADE)
        before = _all(raw)
        wrong = (MADE.parts[0], (MADE.parts[1][0], (Of(0, _LAST), "[4, 0]")), MADE.parts[2])
        with pytest.raises(sqlite3.IntegrityError):
            in_view.run(raw, AtOnce(wrong, MADE.told))
        assert _all(raw) == before


def test_what_a_transaction_took_back_is_made_anew(raw: sqlite3.Connection) -> None:
    with closing(raw):
        raw.execute("BEGIN")
        in_view.run(raw, MADE)
        raw.execute("ROLLBACK")
        assert _all(raw) == []
        assert in_view.run(raw, MADE) == [(0, 1)]


def test_a_table_that_is_missing_is_said(raw: sqlite3.Connection) -> None:
    absent = AtOnce((("INSERT INTO nowhere VALUES (?)", (1,)), ("DELETE FROM a", ())))
    with closing(raw):
        for _ in range(2):
            with pytest.raises(sqlite3.OperationalError, match=r"no such table: (main\.)?nowhere"):
                in_view.run(raw, absent)
