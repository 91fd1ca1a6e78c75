"""What platforms, disks and clocks do to us.

Nothing is lost silently or said a third time.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery import rounds, sender
from bot.delivery.breaker import ENOUGH, PROBE_EVERY, PROBES
from bot.ports.platform import Barred, Closed, Gone, Moved, Pace, Postponed, Scope, Sent, Unavailable, Unknown
from bot.values.chats import ChatState
from bot.values.delivery import DeliveryState
from bot.values.errors import StorageError
from storage.driver.connection import micros
from tests.delivery.crowd import ACCOUNT, a_stage

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)


# --- what a platform answers ---


async def test_a_message_whose_answer_was_lost_comes_at_most_once_more_and_after_half_a_minute(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        article = await stage.story("খবর")
        stage.platform.answers = [Unknown("no answer")]
        assert await stage.pass_on() == 0
        stage.go(seconds=29)
        assert await stage.step() == 0
        stage.go(seconds=32)
        assert await stage.step() == 1
        assert stage.platform.posts == [("0", "খবর")] * 2
        assert len({key for *_, key in stage.platform.asked}) == 1
        subject = await stage.subject(article)
        reach = await stage.world.core.store.subjects.reach(subject.id, stage.world.clock())
        assert reach.unknown == 1, "where the first copy lies nobody knows"


MARK = "আগেও পেয়ে থাকতে পারেন"


@pytest.mark.parametrize("answer", [Unknown("half an answer"), Unknown("502 of a proxy")])
async def test_what_was_doubtful_twice_comes_in_a_digest_and_not_a_third_time(tmp_path: Path, answer: Unknown) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        article = await stage.story("খবর")
        stage.platform.answers = [answer, answer]
        await stage.through(3, minutes=2)
        assert [text for _, text in stage.platform.posts][:2] == ["খবর"] * 2
        assert await stage.fate(article) == (DeliveryState.LEFT, "doubtful")
        await stage.through(2, minutes=2)
        assert len(stage.platform.posts) == 3
        assert stage.platform.posts[2][1] != "খবর"
        assert "খবর" in str(stage.platform.lies["0"]), "its digest names it"
        assert MARK in str(stage.platform.lies["0"]), "and says that it may have come"
        await stage.through(5, minutes=30)
        assert len(stage.platform.posts) == 3, "at most two posts, and then one marked line"


async def test_what_was_doubtful_once_and_then_put_off_is_marked_too(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        await stage.story("খবর")
        stage.platform.answers = [Unknown("half an answer")]
        await stage.pass_on()
        await stage.sql("UPDATE chats SET quiet_from = 0, quiet_to = 1439")
        await stage.through(2, minutes=2)
        assert len(stage.platform.posts) == 1
        await stage.sql("UPDATE chats SET quiet_from = 0, quiet_to = 0, digest_at = 1")
        await stage.through(2, minutes=2)
        assert MARK in str(stage.platform.lies["0"])


async def test_what_was_never_doubtful_is_not_marked(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        await stage.sql("UPDATE chats SET quiet_from = 0, quiet_to = 1439")
        await stage.story("খবর")
        await stage.pass_on()
        await stage.sql("UPDATE chats SET quiet_from = 0, quiet_to = 0, digest_at = 1")
        await stage.through(2, minutes=2)
        assert "খবর" in str(stage.platform.lies["0"])
        assert MARK not in str(stage.platform.lies["0"])


async def test_an_adapter_that_breaks_while_it_sends_leaves_a_doubt(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        await stage.story("খবর")

        async def breaks() -> None:
            raise ValueError("an answer that nobody expected")

        stage.platform.meanwhile = breaks
        assert await stage.pass_on() == 0
        assert await stage.sql("SELECT unsure FROM deliveries") == [(1,)]
        stage.go(minutes=2)
        assert await stage.step() == 1


async def test_a_storm_of_failures_is_waited_out_with_longer_and_longer_waits(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(3)
        await stage.story("খবর")
        stage.platform.rule = lambda _: Unavailable("500")
        await stage.world.spread()
        tries = []
        for _ in range(45):
            before = len(stage.platform.asked)
            await stage.step()
            tries.append(len(stage.platform.asked) - before)
            stage.go(minutes=1)
        assert sum(tries[:15]) > sum(tries[15:30]), "it becomes more patient"
        assert sum(tries) < 3 * 20
        stage.platform.rule = lambda _: None
        assert await stage.through(14, minutes=1) == 3
        assert [stage.platform.shows(name) for name in "012"] == [["খবর"]] * 3
        assert await stage.sql("SELECT sum(unsure), max(tries) FROM deliveries") == [(0, 0)], "none of it was a doubt"


async def test_what_failed_for_more_than_two_hours_comes_in_a_digest_once_the_platform_is_back(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        article = await stage.story("খবর")
        stage.platform.rule = lambda _: Unavailable("503")
        await stage.through(30, minutes=11)
        assert (await stage.fate(article))[0] is DeliveryState.LEFT
        stage.platform.rule = lambda _: None
        await stage.through(4, minutes=11)
        assert len(stage.platform.lies["0"]) == 1
        assert "খবর" in str(stage.platform.lies["0"])


async def test_a_chat_that_has_to_wait_an_hour_stops_no_other_and_asks_no_more(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        await stage.story("আগের", "0")
        assert await stage.pass_on() == 2
        stage.go(seconds=1)  # both had a message a second ago, so a refusal means the chat
        await stage.story("খবর")
        stage.platform.rule = lambda chat: Postponed(HOUR) if chat == "0" else None
        assert await stage.pass_on() == 1
        await stage.story("পরের", "2")
        asked = len(stage.platform.asked)
        assert await stage.pass_on() == 1
        assert [chat for chat, _ in stage.platform.posts[asked:]] == ["1"], "the other story waits with the first"
        stage.platform.rule = lambda _: None
        stage.restarted()
        await stage.sender.take_over()
        assert await stage.step() == 0
        stage.go(minutes=61)
        assert await stage.through(3, minutes=1) >= 1
        assert await stage.sql("SELECT count(*) FROM deliveries WHERE state NOT IN ('sent', 'left')") == [(0,)]
        assert "পরের" in str(stage.platform.lies["0"])


async def test_an_account_that_has_to_wait_an_hour_sends_nothing_even_after_a_restart(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(3)
        await stage.story("খবর")
        stage.platform.answers = [Postponed(HOUR, Scope.ACCOUNT)] * 3
        assert await stage.pass_on() == 0
        asked = len(stage.platform.asked)
        stage.go(minutes=30)
        assert await stage.step() == 0
    async with a_stage(tmp_path) as stage:
        stage.go(minutes=30)
        await stage.sender.take_over()
        assert await stage.step() == 0
        assert stage.platform.asked == []
        assert asked == 1, "the others were not even begun"
        stage.go(minutes=31)
        assert await stage.step() == 3
        assert await stage.sql("SELECT sum(unsure) FROM deliveries") == [(0,)]


async def test_what_waited_for_its_turn_when_an_account_was_stopped_is_given_back_at_once(tmp_path: Path) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=2)) as stage:
        await stage.readers(9)
        await stage.story("খবর")
        stage.platform.answers = [Postponed(HOUR, Scope.ACCOUNT)]
        await stage.pass_on()
        assert await stage.sql("SELECT count(*) FROM deliveries WHERE state = 'sending'") == [(0,)]
        assert len(stage.platform.asked) <= 2
        stage.go(minutes=61)
        await stage.through(3, minutes=1)
        assert all("খবর" in str(stage.platform.lies[str(name)]) for name in range(9))


async def test_a_revoked_token_in_mid_push_touches_no_chat_and_goes_on_once_it_is_mended(tmp_path: Path) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=1)) as stage:
        await stage.readers(6)
        await stage.story("খবর")
        stage.platform.answers = [Sent(""), Sent(""), Barred("401 Unauthorized")]
        assert await stage.pass_on() == 2
        assert len(stage.platform.asked) == 3
        assert len(stage.alerts) == 1
        assert "401 Unauthorized" in stage.alerts[0]
        assert [await stage.state_of(str(name)) for name in range(6)] == [ChatState.ACTIVE] * 6
        assert await stage.step() == 0
        assert len(stage.platform.asked) == 3
        stage.go(minutes=2)
        assert await stage.through(2, minutes=2) == 4
        assert [stage.platform.shows(str(name)) for name in range(6)] == [["খবর"]] * 6


async def test_when_half_of_all_chats_seem_gone_at_once_none_is_believed(tmp_path: Path) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=4)) as stage:
        await stage.readers(2 * ENOUGH)
        await stage.story("খবর")
        stage.platform.rule = lambda chat: Gone("blocked") if int(chat) % 2 else None
        await stage.pass_on()
        assert len(stage.alerts) == 1
        gone = await stage.sql("SELECT count(*) FROM chats WHERE state = 'gone'")
        assert gone == [(0,)], "who was marked is marked back"
        states = await stage.states()
        assert set(states) == {"sent", "waiting"}
        asked = len(stage.platform.asked)
        stage.go(seconds=PROBE_EVERY + 1)
        await stage.step()
        assert len(stage.platform.asked) <= asked + 1, "one at a time is tried"
        stage.platform.rule = lambda _: None
        await stage.through(PROBES + 6, seconds=PROBE_EVERY + 1)
        assert all(stage.platform.shows(str(name)) == ["খবর"] for name in range(2 * ENOUGH))


async def test_a_withdrawal_that_seemed_to_meet_gone_chats_is_tried_again_when_they_are_back(tmp_path: Path) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=4)) as stage:
        await stage.readers(ENOUGH)
        article = await stage.story("খবর")
        assert await stage.pass_on() == ENOUGH
        await stage.withdraw(article)
        stage.platform.rule = lambda chat: Gone("blocked") if int(chat) % 2 else None
        await stage.pass_on()
        assert len(stage.alerts) == 1
        stage.platform.rule = lambda _: None
        await stage.through(PROBES + 6, seconds=PROBE_EVERY + 1)
        assert all(stage.platform.shows(str(name)) == ["[প্রত্যাহার] খবর"] for name in range(ENOUGH))


async def test_a_chat_that_is_gone_gets_nothing_more_and_loses_what_waits(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        first, second = await stage.story("এক", "1"), await stage.story("দুই", "2")
        stage.platform.rule = lambda chat: Gone("blocked") if chat == "0" else None
        await stage.pass_on()
        await stage.through(3, hours=1)
        assert await stage.state_of("0") is ChatState.GONE
        assert [await stage.fate(one) for one in (first, second)] == [(DeliveryState.DROPPED, "gone")] * 2
        assert len([chat for chat, _ in stage.platform.posts if chat == "0"]) <= 2


async def test_a_closed_chat_is_paused_and_keeps_what_it_follows(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        chat = await stage.reader()
        article = await stage.story("খবর")
        stage.platform.answers = [Closed("no right to write")]
        await stage.pass_on()
        assert await stage.state_of() is ChatState.PAUSED
        assert await stage.fate(article) == (DeliveryState.DROPPED, "place")
        assert len(await stage.world.core.store.subscriptions.of_chat(chat.id)) == 1


async def test_a_chat_that_moves_while_its_rows_wait_gets_them_at_the_new_address(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        chat = await stage.reader("old")
        for number in range(3):
            await stage.story(f"খবর {number}", str(number))
        stage.platform.rule = lambda name: Moved("new") if name == "old" else None
        await stage.through(2, seconds=1)
        assert stage.platform.shows("new") == ["খবর 0", "খবর 1", "খবর 2"]
        assert stage.platform.shows("old") == []
        assert (await stage.chat("new")).id == chat.id
        assert (await stage.chat("old")).id == chat.id, "the old address leads to it"


async def test_a_chat_whose_new_address_was_known_before_it_moved_gets_each_story_once(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        older = await stage.reader("old", cap=77)
        await stage.reader("new")
        for number in range(3):
            await stage.story(f"খবর {number}", str(number))
        await stage.world.spread()
        # Everything waits for both by now; the older learns that it is the other.
        await stage.sql("UPDATE deliveries SET due_at = 9e15 WHERE chat_id <> ?", older.id)
        stage.platform.rule = lambda name: Moved("new") if name == "old" else None
        await stage.step()
        await stage.sql("UPDATE deliveries SET due_at = 0 WHERE state = 'waiting'")
        await stage.through(2, seconds=1)
        assert sorted(stage.platform.shows("new")) == ["খবর 0", "খবর 1", "খবর 2"]
        merged = await stage.chat("new")
        assert (merged.id, merged.preferences.cap) == (older.id, 77)
        assert await stage.sql("SELECT count(*) FROM chats WHERE platform = ?", ACCOUNT) == [(1,)]


async def test_ten_chats_are_never_joined_on_one_servers_word(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        older = await stage.reader("known")
        names = [str(number) for number in range(10)]
        for name in names:
            await stage.reader(name)
        article = await stage.story("খবর")
        stage.platform.rule = lambda name: Moved("known" if name in names[:5] else "new") if name in names else None
        await stage.through(3, minutes=5)
        chats = await stage.sql("SELECT count(*) FROM chats WHERE platform = ?", ACCOUNT)
        assert (chats, (await stage.chat("known")).id) == ([(11,)], older.id)
        assert (stage.platform.shows("known"), stage.platform.shows("new")) == (["খবর"], ["খবর"])
        subject = await stage.subject(article)
        ends = await stage.sql(
            "SELECT state, reason, count(*) FROM deliveries WHERE subject_id = ? GROUP BY 1, 2 ORDER BY 1", subject.id
        )
        assert ends == [("dropped", "moved", 9), ("sent", None, 2)]


async def test_what_is_on_its_way_to_both_addresses_of_a_chat_that_moves_is_held_by_nobody_after(
    tmp_path: Path,
) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader("old")
        await stage.reader("new")
        await stage.story("খবর")
        stage.platform.rule = lambda name: Moved("new") if name == "old" else None
        await stage.through(3, minutes=5)
        assert await stage.sql("SELECT DISTINCT state FROM deliveries") == [("sent",)]
        assert stage.platform.shows("new") == ["খবর"]


async def test_a_card_from_before_the_move_stays_and_is_counted_as_moved(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader("old")
        article = await stage.story("খবর")
        assert await stage.pass_on() == 1
        stage.platform.rule = lambda name: Moved("new") if name == "old" else None
        await stage.withdraw(article)
        await stage.through(3, minutes=5)
        subject = await stage.subject(article)
        reach = await stage.world.core.store.subjects.reach(subject.id, stage.world.clock())
        assert [(why.value, n) for why, n in reach.failed] == [("moved", 1)]


# --- what people write ---


async def test_a_zone_that_does_not_exist_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        before = (await stage.world.chat()).zone
        for text in ("/settings zone Mars/Base", "/settings zone Nowhere", "/settings zone ../etc/passwd"):
            assert (await stage.world.say(text)).message.parts
        assert (await stage.world.chat()).zone == before


async def test_a_zone_that_ceased_to_exist_stops_neither_its_chat_nor_the_others(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        chats = await stage.readers(2)
        await stage.sql("UPDATE chats SET zone = 'Mars/Base', digest_at = 1, digest_from = 0 WHERE id = ?", chats[0].id)
        await stage.sql("UPDATE chats SET digest_at = 1, digest_from = 0 WHERE id = ?", chats[1].id)
        article = await stage.story("খবর")
        await stage.through(2, minutes=1)
        assert [(await stage.fate(article, name))[0] for name in "01"] == [DeliveryState.SENT] * 2
        subject = await stage.subject(article)
        assert await stage.world.core.store.subjects.audience(subject.id) == []


@pytest.mark.parametrize("text", ["/quiet 25-7", "/quiet 23:61-7", "/quiet ৯৯–১", "/settings digest 24:30"])
async def test_a_time_that_does_not_exist_is_refused_and_changes_nothing(tmp_path: Path, text: str) -> None:
    async with a_stage(tmp_path) as stage:
        before = (await stage.world.chat()).preferences
        assert (await stage.world.say(text)).message.parts
        assert (await stage.world.chat()).preferences == before


async def test_quiet_hours_that_are_empty_are_none(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader(quiet_from=time(12), quiet_to=time(12))  # noon: it is that just now
        await stage.story("খবর")
        assert await stage.pass_on() == 1


async def test_digests_whose_times_fall_into_overlapping_quiet_hours_come_once_at_their_end(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        chat = await stage.reader()
        now = stage.world.clock()
        await stage.sql(
            "UPDATE chats SET digest_times = '60,120,1410', quiet_from = 1380, quiet_to = 420, mode = 1 WHERE id = ?",
            chat.id,
        )
        chat = await stage.chat()
        slots = []
        for _ in range(3):
            now = rounds.following(now)(chat) or now
            slots.append(now)
        assert {(slot + timedelta(hours=6)).strftime("%H:%M") for slot in slots} == {"07:00"}
        assert slots[1] - slots[0] == timedelta(days=1)


@pytest.mark.parametrize(
    "words", ["ক", "ক" * 500, "শব্দ " * 250, ".*+?[](){}|^$\\", "\u200d\u200c\u200d", "(?=a)*", "%_'\";--"]
)
async def test_a_keyword_that_is_none_is_answered_and_brings_nothing(tmp_path: Path, words: str) -> None:
    async with a_stage(tmp_path) as stage:
        reply = await stage.world.say(f"/follow {words}")
        assert reply.message.parts
        for text in ("খবর ক", "কক কথা", "plain words (?=a)"):
            await stage.world.add(text)
        assert await stage.world.owed() == []


# --- disks, locks, clocks, copies ---


@pytest.mark.sqlite
async def test_on_a_full_disk_nothing_more_is_claimed_and_what_arrived_is_settled_later(
    tmp_path: Path,
) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=2)) as stage:
        await stage.readers(12)
        await stage.story("খবর")
        await stage.world.spread()
        database = stage.world.core.store._database  # type: ignore[attr-defined]
        fills = "CREATE TABLE filler AS SELECT value, zeroblob(4000) AS room FROM json_each('[1,2,3]')"

        full: list[int] = []

        async def fill() -> None:
            # A trigger writes more than there is room for, so that every settling meets a full disk.
            await database.write(lambda db: db.rows(fills))
            await database.write(
                lambda db: db.rows(
                    "CREATE TRIGGER greedy AFTER UPDATE ON deliveries BEGIN "
                    "INSERT INTO filler SELECT value, zeroblob(40000) FROM json_each('[1,2,3,4,5,6,7,8,9]'); END"
                )
            )
            pages = (await database._writer.rows("PRAGMA page_count"))[0][0]
            full.append(len(stage.platform.asked))
            await database._writer.rows(f"PRAGMA max_page_count = {pages}")

        stage.platform.meanwhile = fill
        running = asyncio.ensure_future(stage.sender.run())
        await stage.until(lambda: len(stage.platform.asked) >= 3)
        await stage.rested(sender.TROUBLE, 3)
        asked = len(stage.platform.asked)
        assert asked <= full[0] + 3, "no more than were claimed before it was full"
        await database._writer.rows("PRAGMA max_page_count = 1000000")
        await database.write(lambda db: db.rows("DROP TRIGGER greedy"))
        await stage.until(lambda: len(stage.platform.asked) >= 12)
        await stage.rested(sender.LOOK)
        running.cancel()
        await asyncio.wait({running})
        assert [stage.platform.shows(str(name)) for name in range(12)] == [["খবর"]] * 12
        assert len(stage.platform.asked) == 12
        assert await stage.states() == {"sent": 12}


@pytest.mark.sqlite
async def test_while_another_process_holds_the_database_nothing_is_sent_twice_or_lost(
    tmp_path: Path,
) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=2), busy=0.02) as stage:
        await stage.readers(12)
        await stage.story("খবর")
        await stage.world.spread()
        other = sqlite3.connect(tmp_path / "khobor.db", isolation_level=None)

        async def hold() -> None:
            other.execute("BEGIN IMMEDIATE")

        stage.platform.meanwhile = hold
        running = asyncio.ensure_future(stage.sender.run())
        await stage.until(lambda: len(stage.platform.asked) >= 3)
        await stage.rested(sender.TROUBLE, 3)
        assert len(stage.platform.asked) <= 3
        other.execute("ROLLBACK")
        other.close()
        await stage.until(lambda: len(stage.platform.asked) >= 12)
        await stage.rested(sender.LOOK)
        running.cancel()
        await asyncio.wait({running})
        assert len(stage.platform.asked) == 12
        assert await stage.states() == {"sent": 12}


@pytest.mark.sqlite
async def test_a_turn_that_meets_a_locked_database_says_so_and_the_next_one_settles(tmp_path: Path) -> None:
    async with a_stage(tmp_path, busy=0.02) as stage:
        await stage.reader()
        await stage.story("খবর")
        await stage.world.spread()
        other = sqlite3.connect(tmp_path / "khobor.db", isolation_level=None)

        async def hold() -> None:
            other.execute("BEGIN IMMEDIATE")

        stage.platform.meanwhile = hold
        with pytest.raises(StorageError):
            await stage.step()
        other.execute("ROLLBACK")
        other.close()
        await stage.step()
        assert len(stage.platform.asked) == 1
        assert await stage.states() == {"sent": 1}


@pytest.mark.sqlite
async def test_chats_that_seem_gone_while_the_database_is_locked_are_marked_back_once_it_is_free(
    tmp_path: Path,
) -> None:
    async with a_stage(tmp_path, pace=Pace(slots=4), busy=0.02) as stage:
        await stage.readers(ENOUGH + 10)
        await stage.story("খবর")
        await stage.world.spread()
        other = sqlite3.connect(tmp_path / "khobor.db", isolation_level=None)
        stage.platform.rule = lambda _: Gone("blocked")

        async def hold() -> None:
            other.execute("BEGIN IMMEDIATE")

        running = asyncio.ensure_future(stage.sender.run())
        await stage.until(lambda: len(stage.platform.asked) >= ENOUGH - 6)
        stage.platform.meanwhile = hold
        await stage.rested(sender.TROUBLE, 3)
        other.execute("ROLLBACK")
        other.close()
        await stage.until(lambda: bool(stage.alerts))
        await stage.rested(sender.LOOK)
        running.cancel()
        await asyncio.wait({running})
        assert await stage.sql("SELECT count(*) FROM chats WHERE state = 'gone'") == [(0,)]


@pytest.mark.parametrize("jump", [{"hours": -1}, {"days": 1}])
async def test_a_clock_that_jumps_loses_nothing_and_doubles_nothing(tmp_path: Path, jump: dict[str, float]) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        await stage.story("আগের", "0")
        await stage.world.spread()
        await stage.story("পরের", "1")
        stage.world.clock.go(**jump)  # and the true time stands
        await stage.through(3, minutes=1)
        for name in "01":
            shown = str(list(stage.platform.lies[name].values()))
            assert "আগের" in shown
            assert "পরের" in shown
        assert await stage.sql("SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'sending')") == [(0,)]
        posted = len(stage.platform.posts)
        stage.world.clock.go(**{unit: -by for unit, by in jump.items()})
        await stage.through(3, minutes=1)
        assert len(stage.platform.posts) == posted
        await stage.story("নতুন", "2")
        await stage.through(2, minutes=1)
        assert len(stage.platform.posts) == posted + 2


async def test_a_digest_that_a_wrong_clock_put_far_ahead_is_set_anew(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        chat = await stage.reader(digest_times=(time(8), time(21)))
        far = stage.world.clock() + timedelta(days=400)
        await stage.sql("UPDATE chats SET digest_at = ? WHERE id = ?", micros(far), chat.id)
        await stage.world.core.engine.tidy()
        assert (await stage.chat()).digest_at == stage.world.clock() + timedelta(hours=9)


@pytest.mark.sqlite
async def test_an_older_copy_sends_nothing_that_may_have_been_sent_and_keeps_it_for_digests(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        article = await stage.story("খবর")
        await stage.world.spread()
        await stage.sql("UPDATE sources SET last_ok_at = 1")
    backup = tmp_path / "backup"
    shutil.copy(tmp_path / "khobor.db", backup)
    async with a_stage(tmp_path) as stage:
        epoch = stage.world.core.store.epoch
        await stage.step()
        await stage.story("পরের", "2")
        assert await stage.pass_on() == 1
        assert not await stage.world.core.store.is_older()
    shutil.copy(backup, tmp_path / "khobor.db")
    async with a_stage(tmp_path) as stage:
        store = stage.world.core.store
        assert await store.is_older()
        assert await store.restored(stage.world.clock()) == 1
        assert not await store.is_older()
        assert store.epoch != epoch, "a number that is given again must not look like the old message"
        assert await stage.pass_on() == 0
        assert await stage.fate(article) == (DeliveryState.LEFT, "restored")
        assert await stage.sql("SELECT last_ok_at FROM sources") == [(None,)], "looked at as for the first time"


async def test_ten_edits_in_a_row_are_one_at_once_and_one_after_ten_minutes(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        await stage.story("খবর 0")
        assert await stage.pass_on() == 1
        for number in range(1, 11):
            await stage.revise("1", f"খবর {number}")
            await stage.pass_on()
            stage.go(seconds=30)
        assert [text for _, text in stage.platform.edits] == ["খবর 1"]
        stage.go(minutes=6)
        await stage.pass_on()
        assert [text for _, text in stage.platform.edits] == ["খবর 1", "খবর 10"]
        assert len(stage.platform.posts) == 1
        stage.go(minutes=3)
        await stage.revise("1", "খবর 11")
        await stage.pass_on()
        assert stage.platform.shows() == ["খবর 10"]
        stage.go(minutes=8)
        await stage.pass_on()
        assert stage.platform.shows() == ["খবর 11"], "the ten before it do not make it wait longer"
