"""What two engines would silently do differently, they do alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.values.articles import FullText, Query, QueryKind
from bot.values.chats import ChatKind, Subscription, Target, Term, TermKind
from bot.values.errors import StorageError
from tests.storage.invented import ALL, NOW, an_archive, draft

if TYPE_CHECKING:
    from pathlib import Path

    from storage.driver.connection import Connection, Row

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("sql", "values", "found"),
    [
        # Shifted as an int of four bytes, a rank would be 0 or an error.
        ("SELECT CAST(CASE WHEN 1 = 1 THEN 2 ELSE 1 END AS BIGINT) << 40", (), 2 << 40),
        ("SELECT CAST(? AS BIGINT) + 1", (2**62,), 2**62 + 1),
        ("SELECT sum(j.value) FROM ints(?) j", ("[1, 2]",), 3),
        ("SELECT count(*) FROM ints(?) j", ("[]",), 0),
        ("SELECT greatest(1, 3), least(1, 3)", (), (3, 1)),
        ("SELECT coalesce(sum(n), 0) FROM vocabulary", (), 0),
    ],
)
async def test_numbers_are_whole_and_large(tmp_path: Path, sql: str, values: tuple[object, ...], found: object) -> None:
    async with an_archive(tmp_path) as archive:
        row = await archive.store._database.read(lambda db: db.row(sql, *values))
        assert row is not None
        assert tuple(row) == (found if isinstance(found, tuple) else (found,))
        # A sum may come as another type of number; it is a whole one for whoever writes it down.
        assert json.dumps([int(one) for one in row])


async def test_a_number_too_large_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        with pytest.raises((StorageError, OverflowError)):
            await archive.store._database.write(
                lambda db: db.rows("INSERT INTO counters (name, value) VALUES ('large', ?)", 2**63)
            )
        rows = await archive.store._database.read(lambda db: db.rows("SELECT 1 FROM counters WHERE name = 'large'"))
        assert rows == []
        await archive.store.check()


async def test_texts_are_ordered_and_compared_by_their_code_points(tmp_path: Path) -> None:
    words = ["ক", "Ä", "a", "B", "খ", "Z", "z", "১", "ক্ষ", "-", "কা", "অ"]
    async with an_archive(tmp_path) as archive:
        for name in words:
            await archive.store.outlets.ensure(name)
        rows = await archive.store._database.read(lambda db: db.rows("SELECT name FROM outlets ORDER BY name"))
        found = [name for (name,) in rows]
        assert found == sorted(found)
        assert len(found) > 8
        upper = "SELECT count(*) FROM outlets WHERE name > ?"
        assert await archive.store._database.read(lambda db: db.rows(upper, "z")) == [
            (sum(1 for word in found if word > "z"),)
        ]
        listed = json.dumps(words, ensure_ascii=False)
        select = "SELECT value FROM texts(?) ORDER BY value"
        rows = await archive.store._database.read(lambda db: db.rows(select, listed))
        assert [name for (name,) in rows] == sorted(words)


async def test_conditions_are_true_or_false_whatever_they_are_written_as(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        rows = await archive.store._database.read(lambda db: db.rows("SELECT 1 = 1, 1 = 2, NULL = 1"))
        assert [None if one is None else bool(one) for one in rows[0]] == [True, False, None]
        # A truth value that goes in stands as a number in the table.
        await archive.store._database.write(lambda db: db.rows("INSERT INTO counters VALUES ('true', ?)", True))  # noqa: FBT003
        rows = await archive.store._database.read(lambda db: db.rows("SELECT value FROM counters WHERE name = 'true'"))
        assert rows == [(1,)]


async def test_what_has_no_value_stands_where_it_is_said_to(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        store = archive.store
        # Sources are listed by their outlet, which some have not; both engines list them alike, and all of them.
        for name in ("খ", "ক"):
            outlet = await store.outlets.ensure(name)
            await store.sources.add("feed", f"https://{ord(name)}.example/f", outlet, full_text=FullText.LINK, now=NOW)
        assert [one.outlet.name if one.outlet else "" for one in await store.sources.all()] == ["", "ক", "খ"]


async def test_a_pattern_is_taken_by_its_letters(tmp_path: Path) -> None:
    # Nothing is sought by LIKE, which folds case on one engine alone; names are found by their keys.
    async with an_archive(tmp_path) as archive:
        await archive.store.outlets.ensure("The Daily Star")
        for name in ("the daily star", "THE DAILY STAR"):
            assert await archive.store.outlets.find(name) is not None
        assert await archive.store.outlets.find("the_daily%") is None


@pytest.mark.parametrize("odd", ["\0", "\ufffe", "\U0010ffff", "\\u0000", "%s ? {}", "'; --", "\x1f\x7f"])
async def test_no_letter_stops_a_story_or_a_reader(tmp_path: Path, odd: str) -> None:
    async with an_archive(tmp_path) as archive:
        store = archive.store
        await archive.follow(ALL)
        body = (f"ইলিশ {odd} এক।",)
        what = draft(f"নদী {odd}ভাঙন", f"n.example/{odd}", tags=(f"মাছ{odd}",), body=body, publisher="ক")
        number = (await archive.save(what)).article_id
        assert await archive.claimed() == [number]
        found, _ = await store.articles.ranked(Query(QueryKind.WORDS, f"ইলিশ{odd}"), 5)
        assert len(found) <= 1
        for term in (Term(TermKind.TAG, f"মাছ{odd}", f"মাছ{odd}"), Term(TermKind.KEYWORD, f"ইলিশ{odd}", f"ইলিশ{odd}")):
            await store.subscriptions.follow(archive.reader.id, Subscription(term), NOW, None)
        chat = await store.chats.ensure(Target("telegram", f"7{odd}", account="telegram"), NOW, ChatKind.GROUP)
        assert await store.chats.find(chat.target) is not None
        await store.vocabulary.refresh()


async def test_what_is_written_for_each_row_of_values_says_which_wrote(tmp_path: Path) -> None:
    sql = (
        "UPDATE counters SET value = counters.value + CAST(j.value ->> 1 AS BIGINT), name = j.value ->> 2 "
        "FROM items(?) j WHERE counters.name = j.value ->> 0"
    )

    async def work(db: Connection) -> tuple[set[int], set[int], list[Row]]:
        await db.many("INSERT INTO counters (name, value) VALUES (?, ?)", [("j.value ->> 0", 1), ("two ?", 2**40)])
        done = await db.each(sql, [("j.value ->> 0", 5, "it's"), ("nobody", 1, "x"), ("two ?", -1, "two ?")])
        rows = await db.rows("SELECT name, value FROM counters WHERE name IN ('it''s', 'two ?') ORDER BY name")
        return done, await db.each(sql, []), rows

    async with an_archive(tmp_path) as archive:
        done, none, rows = await archive.store._database.write(work)
        assert (done, none) == ({0, 2}, set())
        assert [tuple(row) for row in rows] == [("it's", 6), ("two ?", 2**40 - 1)]
