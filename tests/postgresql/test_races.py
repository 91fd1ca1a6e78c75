"""Two writers at once end as if one had come second."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from bot.delivery.rounds import following
from bot.ports.delivery import sender_lock
from bot.values.articles import FullText, Outcome, Push
from bot.values.chats import AuditLine, ChatKind, Mode, Preferences, Subscription, Target, Term, TermKind
from bot.values.delivery import EditorChange, Post, Settlement, SubjectKind
from bot.values.errors import StorageError
from bot.values.reports import ReaderReport
from storage.delivery import digests, settling
from storage.editing import aliases, joined_terms
from storage.rows import subject_rows
from tests.postgresql.interleaved import both, waits_or_ends
from tests.storage.invented import ALL, AWAKE, HERE, NOW, an_archive, arrived, draft, tag

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.delivery import Delivery
    from storage.driver.connection import Connection, Row
    from storage.store import Tables
    from tests.storage.invented import Archive

pytestmark = pytest.mark.anyio
ROWS = "SELECT state, shown FROM deliveries"
# What must not be: the lock and the comparison in one statement, which compares with what was before the wait.
IN_ONE = (
    "WITH held AS (SELECT id FROM subjects WHERE id = ? FOR SHARE) UPDATE deliveries SET shown = 1, message_id = 'm', "
    "owner = NULL, state = CASE WHEN (SELECT version FROM subjects s WHERE s.id = deliveries.subject_id) = 1 "
    "THEN 'sent' ELSE 'waiting' END WHERE subject_id IN (SELECT id FROM held) AND state = 'sending'"
)


async def _asked(archive: Archive, sql: str, *values: object) -> list[Row]:
    return await archive.store._database.read(lambda db: db.rows(sql, *values))


async def _claimed(archive: Archive) -> Delivery:
    await archive.follow(ALL)
    await archive.save(draft("বাঁধ ভাঙল", "n.example/1"))
    (delivery,) = await archive.due()
    return delivery


async def _settle_during_a_change(archive: Archive, delivery: Delivery, *, well: bool) -> None:
    """Revise, settle meanwhile, and run the wave before that is committed."""
    database = archive.store._database
    changed, told, settled, ended = (asyncio.Event() for _ in range(4))

    async def change(db: Connection) -> None:
        await subject_rows.change(db, delivery.subject.article_id or 0, NOW, must=True)
        changed.set()
        await told.wait()

    async def settle(db: Connection) -> None:
        if well:
            await settling.settle(db, [Settlement(delivery, arrived())], "me", NOW)
        else:
            await db.rows(IN_ONE, delivery.subject.id)
        settled.set()
        await ended.wait()

    changing = asyncio.ensure_future(database.write(change))
    await changed.wait()
    settling_now = asyncio.ensure_future(database.write(settle))
    assert await waits_or_ends(database, settling_now)
    told.set()
    await changing
    await settled.wait()
    await archive.spread()
    ended.set()
    await settling_now


async def test_what_is_revised_while_it_is_settled_is_edited(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await _settle_during_a_change(archive, await _claimed(archive), well=True)
        assert await _asked(archive, ROWS) == [("waiting", 1)]
        (edit,) = await archive.due()
        await archive.settle(edit, arrived(shown=2))
        assert await _asked(archive, ROWS) == [("sent", 2)]


async def test_a_lock_within_the_statement_that_writes_loses_the_race(tmp_path: Path) -> None:
    # Why settling locks its subjects by a statement of its own: so the card would be stale for ever.
    async with an_archive(tmp_path) as archive:
        await _settle_during_a_change(archive, await _claimed(archive), well=False)
        await archive.spread()
        assert await _asked(archive, ROWS) == [("sent", 1)]
        assert await _asked(archive, "SELECT version FROM subjects") == [(2,)]


async def test_a_change_waits_for_what_is_being_settled(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        delivery = await _claimed(archive)

        async def settle(tables: Tables) -> None:
            await tables.deliveries.settle_and_claim(
                HERE.account,
                "me",
                NOW,
                settled=[Settlement(delivery, arrived())],
                shares=lambda _: {},
                judge=lambda _: pytest.fail("nothing is claimed"),
            )

        line = AuditLine(NOW, "me", "correct", "#1")
        change = archive.store.subjects.correct(delivery.subject.id, EditorChange("ভুল", headline="ঠিক"), line, NOW)
        await both(archive, settle, change)
        await archive.spread()
        assert await _asked(archive, ROWS) == [("waiting", 1)]


async def test_a_later_number_is_seen_only_after_an_earlier_one(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        database = archive.store._database
        before = (await _asked(archive, digests._COVERED))[0][0]
        numbers: list[int] = []

        async def first(_: Tables) -> None:
            entered, leave = asyncio.Event(), asyncio.Event()

            async def add(db: Connection) -> int:
                number = await subject_rows.add(db, SubjectKind.POST, NOW)
                entered.set()
                await leave.wait()
                return number

            one = asyncio.ensure_future(database.write(add))
            await entered.wait()
            two = asyncio.ensure_future(database.write(lambda db: subject_rows.add(db, SubjectKind.POST, NOW)))
            assert await waits_or_ends(database, two), "the next number is given out before this one is seen"
            assert (await _asked(archive, digests._COVERED))[0][0] == before
            leave.set()
            numbers.extend((await one, await two))

        await first(archive.store)
        assert numbers == [before + 1, before + 2]


async def test_every_number_up_to_the_counter_is_seen_whoever_looks(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        database, ended, gaps = archive.store._database, False, set[tuple[int, ...]]()
        look = (
            "SELECT value, (SELECT count(*) FROM subjects WHERE id <= value), (SELECT coalesce(max(id), 0) "
            "FROM subjects) FROM counters WHERE name = 'subject'"
        )

        async def add() -> None:
            for number in range(8):
                fails = number % 4 == 3

                async def work(db: Connection, *, fails: bool = fails) -> None:
                    await subject_rows.add(db, SubjectKind.POST, NOW)
                    if fails:
                        raise KeyError

                with suppress(KeyError):
                    await database.write(work)

        async def watch() -> None:
            while not ended:
                (row,) = await _asked(archive, look)
                gaps.update([row] if len(set(row)) > 1 else [])

        watching = [asyncio.ensure_future(watch()) for _ in range(2)]
        try:
            await asyncio.gather(*(add() for _ in range(4)))
        finally:
            ended = True
            await asyncio.wait(watching)
        assert gaps == set()
        assert await _asked(archive, "SELECT count(*), max(id) FROM subjects") == [(24, 24)]


async def test_one_article_of_two_collectors_is_one(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        # The first article of all makes the part of the index that it is in, and others wait for that.
        await archive.save(draft("আগে", "n.example/0"))
        what = draft("জোড়া", "n.example/1", tags=("নদী",), publisher="কাগজ")

        async def save(tables: Tables) -> Outcome:
            return (await tables.articles.save(what, archive.source, NOW, push=Push.NOW)).outcome

        assert await both(archive, save, save(archive.store)) == (Outcome.NEW, Outcome.UNCHANGED)
        for table in ("articles WHERE id > 1", "subjects WHERE id > 1", "tags WHERE key = 'নদী'"):
            assert await _asked(archive, f"SELECT count(*) FROM {table}") == [(1,)]
        assert archive.store._database.again["ConflictError"] == 1  # type: ignore[union-attr]


async def test_two_revisions_at_once_are_two(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("এক", "n.example/1"))

        async def save(tables: Tables, headline: str) -> Outcome:
            what = draft(headline, "n.example/1")
            return (await tables.articles.save(what, archive.source, NOW, push=Push.NOW)).outcome

        found = await both(archive, lambda tables: save(tables, "দুই নম্বর"), save(archive.store, "তিন নম্বর খবর"))
        assert found == (Outcome.REVISED, Outcome.REVISED)
        rows = await _asked(archive, "SELECT number, headline FROM revisions ORDER BY number")
        assert rows == [(1, "এক"), (2, "দুই নম্বর"), (3, "তিন নম্বর খবর")]


async def test_a_withdrawal_and_a_revision_at_once_both_stay(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("এক", "n.example/1"))
        line = AuditLine(NOW, "me", "withdraw", "#1")

        async def revise(tables: Tables) -> None:
            await tables.articles.save(draft("দুই নম্বর", "n.example/1"), archive.source, NOW, push=Push.NOW)

        await both(archive, revise, archive.store.subjects.withdraw(1, "ভুল", "", line, NOW))
        assert await _asked(archive, "SELECT state, headline FROM articles") == [("withdrawn", "দুই নম্বর")]
        assert await _asked(archive, "SELECT state, version FROM subjects") == [("withdrawn", 3)]


@pytest.mark.parametrize("saved_first", [False, True])
async def test_who_follows_while_a_story_is_stored_is_offered_it(tmp_path: Path, *, saved_first: bool) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("আগে", "n.example/0", tags=("নদী",)))

        async def save(tables: Tables) -> None:
            await tables.articles.save(draft("নদী", "n.example/1", tags=("নদী",)), archive.source, NOW, push=Push.NOW)

        async def follow(tables: Tables) -> None:
            for term in (tag("নদী"), Term(TermKind.KEYWORD, "নদী", "নদী")):
                await tables.subscriptions.follow(archive.reader.id, Subscription(term), NOW, None)

        if saved_first:
            await both(archive, save, follow(archive.store))
        else:
            await both(archive, follow, save(archive.store))
        rows = await _asked(
            archive,
            "SELECT t.kind FROM subject_terms o JOIN terms t ON t.id = o.term_id WHERE o.subject_id = 2 ORDER BY 1",
        )
        assert rows == [("keyword",), ("tag",)]


async def test_whoever_follows_what_another_stops_following_goes_on_doing_so(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        store, term = archive.store, Term(TermKind.KEYWORD, "ইলিশ", "ইলিশ")
        other = await store.chats.ensure(Target("console", "অন্য", account="console:অন্য"), NOW)
        await archive.follow(term)

        async def follow(tables: Tables) -> None:
            await tables.subscriptions.follow(other.id, Subscription(term), NOW, None)

        await both(archive, follow, store.subscriptions.unfollow(archive.reader.id, term))
        assert [one.term.value for one in await store.subscriptions.of_chat(other.id)] == ["ইলিশ"]

        async def unfollow(tables: Tables) -> None:
            await tables.subscriptions.unfollow(other.id, term)

        await both(archive, unfollow, follow(store))
        assert [one.term.value for one in await store.subscriptions.of_chat(other.id)] == ["ইলিশ"]


async def test_what_two_make_at_once_is_made_once(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        store = archive.store
        new = Target("telegram", "900", account="telegram")

        async def sources(tables: Tables, address: str) -> int:
            return (await tables.sources.add("feed", address, None, full_text=FullText.LINK, now=NOW)).id

        async def chats(tables: Tables) -> int:
            return (await tables.chats.ensure(new, NOW, ChatKind.PRIVATE)).id

        async def outlets(tables: Tables) -> int:
            return (await tables.outlets.ensure("নতুন কাগজ", name_en="Notun Kagoj", sites=["https://k.example/"])).id

        async def accounts(tables: Tables) -> str:
            return await tables.accounts.begin("telegram", "77")

        async def places(tables: Tables) -> bool:
            term = Subscription(tag("নদী"), thread="5")
            return await tables.subscriptions.follow(archive.reader.id, term, NOW, None)

        async def tokens(tables: Tables) -> bool:
            line = replace(AuditLine(NOW, "me", "breaking", "#1"), idempotency_key="once")
            return await tables.subjects.announce(1, line, NOW, loud=True)

        await archive.save(draft("এক", "n.example/1"))
        one, other = await both(
            archive, lambda tables: sources(tables, "https://x.example/f"), sources(store, "http://www.x.example/f")
        )
        assert one == other
        for make in (chats, outlets):
            one, other = await both(archive, make, make(store))
            assert one == other, make.__name__
        name, again = await both(archive, accounts, accounts(store))
        assert name == again
        assert await both(archive, places, places(store)) == (True, False)
        assert await both(archive, tokens, tokens(store)) == (True, False)
        for table in ("persons WHERE user_id = '900'", "places", "terms", "outlets", "fanouts WHERE wave = 'breaking'"):
            assert await _asked(archive, f"SELECT count(*) FROM {table}") == [(1,)], table


async def test_readers_reports_of_two_at_once_are_all_told(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        store = archive.store
        await archive.save(draft("এক", "n.example/1"))

        async def report(tables: Tables, person: str) -> bool:
            return await tables.reader_reports.add(ReaderReport(person, 1, "ভুল", NOW), ["console:পাঠক"], NOW)

        await both(archive, lambda tables: report(tables, "telegram:1"), report(store, "telegram:2"))
        assert await _asked(archive, "SELECT count(*), count(DISTINCT subject_id) FROM reports") == [(2, 1)]


async def test_a_digest_and_its_chats_new_times_at_once(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        store, chat = archive.store, archive.reader.id
        await archive.follow(ALL)
        await store.chats.prefer(chat, Preferences(mode=Mode.DIGEST), NOW - timedelta(minutes=1))
        await archive.save(draft("এক", "n.example/1"), push=False)
        ahead = NOW + timedelta(hours=5)

        async def prefer(tables: Tables) -> None:
            await tables.chats.prefer(chat, AWAKE, ahead)

        await both(archive, prefer, store.digests.fire(NOW, following(NOW), 9))
        assert await _asked(archive, "SELECT count(*) FROM digests") == [(0,)], "it is due later by now"

        async def fire(tables: Tables) -> int:
            return await tables.digests.fire(ahead, following(ahead), 9)

        assert sorted(await both(archive, fire, fire(store))) == [0, 1]
        assert await _asked(archive, "SELECT count(*) FROM digests") == [(1,)]
        assert await _asked(archive, "SELECT digest_from FROM chats") == [(1,)]


async def test_two_that_claim_at_once_share_what_is_due(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        for number in range(8):
            await archive.save(draft(f"খবর {number}", f"n.example/{number}"))
        await archive.spread()

        async def claim(tables: Tables, owner: str) -> list[int]:
            found = await tables.deliveries.settle_and_claim(
                *(HERE.account, owner, NOW),
                settled=[],
                shares=lambda lanes: dict.fromkeys(lanes, 5),
                judge=lambda _: Post(),
            )
            return [one.subject.id for one, _ in found]

        one, other = await both(archive, lambda tables: claim(tables, "a"), claim(archive.store, "b"))
        assert (one, other) == ([1, 2, 3, 4, 5], [6, 7, 8])


async def test_a_chat_that_goes_while_rows_are_written_leaves_none_behind(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        store = archive.store
        await archive.follow(ALL)
        await archive.save(draft("এক", "n.example/1"))
        (wave,) = await store.fanouts.pending(NOW)

        async def erase(tables: Tables) -> None:
            await tables.erasing.chat(archive.reader.id, NOW)

        await both(archive, erase, store.fanouts.step(wave, 2000, frozenset()))
        assert await _asked(archive, "SELECT count(*) FROM deliveries") == [(0,)]


async def test_words_of_a_story_that_is_stored_late_are_counted(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        store = archive.store

        async def early(tables: Tables) -> int:
            return (
                await tables.articles.save(draft("ইলিশ", "n.example/1"), archive.source, NOW, push=Push.NOW)
            ).article_id

        async def late() -> int:
            found = await store.articles.save(draft("পদ্মা", "n.example/2"), archive.source, NOW, push=Push.NOW)
            await store.vocabulary.refresh()
            return found.article_id

        one, other = await both(archive, early, late())
        assert one < other
        await store.vocabulary.refresh()
        assert await store.vocabulary.counts(["ইলিশ", "পদ্মা"]) == {"ইলিশ": 1, "পদ্মা": 1}


async def test_a_tag_of_a_story_that_is_stored_while_tags_are_joined_is_kept(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        store = archive.store
        await archive.save(draft("এক", "n.example/1", tags=("নদী", "গাঙ")))
        into = await store.tags.named("নদী")
        assert into is not None

        async def save(tables: Tables) -> None:
            await tables.articles.save(draft("দুই", "n.example/2", tags=("গাঙ",)), archive.source, NOW, push=Push.NOW)

        await both(archive, save, store.aliases.merge("গাঙ", into, AuditLine(NOW, "me", "merge", "গাঙ")))
        rows = await _asked(archive, "SELECT article_id FROM article_tags WHERE tag_id = ? ORDER BY 1", into.id)
        assert rows == [(1,), (2,)]


async def test_two_that_move_the_readers_of_one_tag_lose_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joined_terms, "ROWS", 1)
    async with an_archive(tmp_path) as archive:
        store, database = archive.store, archive.store._database
        await archive.save(draft("এক", "n.example/1", tags=("খাল", "নদী")))
        for number in range(3):
            chat = await store.chats.ensure(Target("console", str(number), account=f"console:{number}"), NOW)
            await store.subscriptions.follow(chat.id, Subscription(tag("খাল")), NOW, None)
            if not number:
                await store.subscriptions.follow(chat.id, Subscription(tag("নদী")), NOW, None)
        (old,) = await _asked(archive, "SELECT id FROM terms WHERE value = 'খাল'")
        moved, ended = asyncio.Event(), asyncio.Event()

        async def move(db: Connection) -> None:
            await joined_terms._move(db, old=old[0])
            moved.set()
            await ended.wait()

        await _join(archive, "খাল", "নদী")
        moving = asyncio.ensure_future(database.write(move))
        await moved.wait()
        # It chose the same reader as the first, and must not take the next one away instead.
        beside = asyncio.ensure_future(database.write(partial(joined_terms._move, old=old[0])))
        assert await waits_or_ends(database, beside)
        ended.set()
        await asyncio.gather(moving, beside)
        await joined_terms.settle(database)
        assert await store.tags.followers("নদী") == 3


async def _join(archive: Archive, name: str, into: str) -> None:
    kept = await archive.store.tags.named(into)
    assert kept is not None
    await archive.store._database.write(partial(aliases._join, folded=name, kept=kept.id))


async def test_a_digest_that_is_settled_while_a_story_in_it_changes_is_drawn_again(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        store, chat = archive.store, archive.reader.id
        await archive.follow(ALL)
        await store.chats.prefer(chat, Preferences(mode=Mode.DIGEST), NOW)
        await archive.save(draft("এক", "n.example/1"))
        await archive.spread()
        await store.digests.fire(NOW, following(NOW), 9)
        (digest,) = await archive.due()
        line = AuditLine(NOW, "me", "withdraw", "#1")
        await store.subjects.withdraw(1, "ভুল", "", line, NOW)
        waves = [one for one in await store.fanouts.pending(NOW) if one.wave == "digests"]

        async def settle(tables: Tables) -> None:
            told = arrived()
            ending = replace(told, covered=(1,))
            await tables.deliveries.settle_and_claim(
                *(HERE.account, "me", NOW),
                settled=[Settlement(digest, ending)],
                shares=lambda _: {},
                judge=lambda _: Post(),
            )

        await both(archive, settle, store.fanouts.step(waves[0], 2000, frozenset()))
        rows = await _asked(archive, "SELECT state FROM deliveries WHERE subject_id = ?", digest.subject.id)
        assert rows == [("waiting",)]
        assert json.loads((await _asked(archive, "SELECT items FROM digests"))[0][0]) == [1]


async def test_a_deadlock_is_run_again_and_counted(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        database = archive.store._database
        other = await archive.store.chats.ensure(Target("console", "অন্য", account="console:অন্য"), NOW)
        numbers = [archive.reader.id, other.id]
        at_the_second = [asyncio.Event(), asyncio.Event()]

        async def work(db: Connection, mine: int) -> None:
            await db.rows("SET LOCAL deadlock_timeout = '10ms'")
            await db.rows("UPDATE chats SET cap_used = cap_used + 1 WHERE id = ?", numbers[mine])
            at_the_second[mine].set()
            await at_the_second[1 - mine].wait()
            await db.rows("UPDATE chats SET cap_used = cap_used + 1 WHERE id = ?", numbers[1 - mine])

        await asyncio.gather(*(database.write(lambda db, mine=mine: work(db, mine)) for mine in range(2)))  # type: ignore[misc]
        assert await _asked(archive, "SELECT sum(cap_used) FROM chats") == [(4,)]
        assert database.again["DeadlockDetected"] >= 1  # type: ignore[union-attr]


async def test_a_sender_whose_lease_was_taken_claims_and_settles_nothing(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.follow(ALL)
        for number in range(2):
            await archive.save(draft(f"খবর {number}", f"n.example/{number}"))
        async with archive.store.lock(sender_lock(HERE.account)) as ours:
            assert ours
            (one, _) = await archive.due()
            taken = "UPDATE leases SET owner = 'another', epoch = epoch + 1 RETURNING epoch"
            assert await archive.store._database.write(lambda db: db.rows(taken)) == [(2,)]
            with pytest.raises(StorageError, match="another's by now"):
                await archive.settle(one, arrived())
        assert await _asked(archive, "SELECT DISTINCT state FROM deliveries") == [("sending",)]
        assert await archive.store.deliveries.take_over(HERE.account) == 2
