"""How each ending changes its row and its chat, field by field.

Whatever is not named stays as it was.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.values.chats import Target
from bot.values.delivery import (
    Again,
    Arrived,
    ChatGone,
    ChatMoved,
    Dead,
    Dropped,
    Ending,
    Failed,
    Form,
    Hold,
    Keep,
    Lane,
    Later,
    Left,
    Post,
    Ref,
    Settlement,
    SubjectKind,
    ThreadClosed,
    Why,
)
from bot.values.lists import Listed
from storage.driver.connection import micros
from tests.delivery.crowd import ACCOUNT, Stage, a_stage
from tests.fakes.world import START

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.values.delivery import Delivery

pytestmark = pytest.mark.anyio
NOW, SOON, LATER = START, START + timedelta(minutes=5), START + timedelta(hours=3)
ROW = [
    "state",
    "lane",
    "due_at",
    "tries",
    "unsure",
    "owner",
    "shown",
    "message_id",
    "sent_to",
    "form",
    "sent_at",
    "reason",
    "round_id",
    "place_id",
]
CHAT = ["external_id", "state", "reason", "cap_used", "hour_used", "not_before", "digest_at", "digest_from"]
HERE = Target(ACCOUNT, "0", account=ACCOUNT)
ADDRESS = '["0", ""]'
BEFORE = {"unsure": 1, "reason": "quiet", "lane": 2, "due_at": 7}
"""What the row brings with it."""
LYING = {"message_id": "m0", "sent_to": ADDRESS, "form": "text", "sent_at": 1000, "shown": 1}
"""And where a message lies there already: of version 1, while the subject is at 2."""
FREE = {"owner": None, "tries": 0}
BACK = {"cap_used": 4, "hour_used": 2}
"""Counted against the chat when it was claimed, and given back."""


@dataclass(frozen=True)
class Case:
    """An ending, and what becomes of row and chat."""

    ending: Ending
    row: Mapping[str, object]
    chat: Mapping[str, object]
    lying: bool = False
    changes: str = ""
    """What happens to the database while the message is on its way."""


def _ended(state: str, reason: Why) -> dict[str, object]:
    return {"state": state, "reason": reason.value, **FREE}


def _arrived(**more: object) -> dict[str, object]:
    values = {"state": "sent", "due_at": 0, "shown": 1, "message_id": "m9", "sent_to": ADDRESS, "form": "photo"}
    return {**values, "sent_at": micros(NOW), "reason": None, **FREE, **more}


def _waits(due: int, **more: object) -> dict[str, object]:
    return {"state": "waiting", "due_at": due, **FREE, **more}


SENT = Arrived(Ref(HERE, "m9", Form.PHOTO), 1)
EDITED = Arrived(Ref(HERE, "m0"), 2)
MOVED_ON = "UPDATE subjects SET version = 2"
OWED = "UPDATE subjects SET version = 2, must = 2"
WAVE = "INSERT INTO fanouts (subject_id, wave, due_at, done) SELECT id, 'edit', 99, {} FROM subjects"
CORRECTION = {"state": "waiting", "lane": Lane.CORRECTION.value}
CASES = {
    "arrived": Case(SENT, _arrived(), {}),
    "arrived, and revised meanwhile": Case(SENT, _arrived(**CORRECTION), {}, changes=MOVED_ON),
    "arrived, and revised meanwhile, with a wave to come": Case(
        SENT, _arrived(**CORRECTION, due_at=99), {}, changes=f"{MOVED_ON}; {WAVE.format(0)}"
    ),
    "arrived, and revised meanwhile, its wave over": Case(
        SENT, _arrived(**CORRECTION), {}, changes=f"{MOVED_ON}; {WAVE.format(1)}"
    ),
    "arrived, and corrected meanwhile: now, not with the wave": Case(
        SENT, _arrived(**CORRECTION), {}, changes=f"{OWED}; {WAVE.format(0)}"
    ),
    "arrived, and withdrawn meanwhile": Case(
        SENT,
        _arrived(state="waiting", lane=Lane.WITHDRAWAL.value),
        {},
        changes=f"{OWED}; UPDATE subjects SET state = 'withdrawn'",
    ),
    "edited": Case(EDITED, {"state": "sent", "due_at": 0, "shown": 2, "reason": None, **FREE}, {}, lying=True),
    "edited, and revised once more": Case(
        EDITED,
        {"state": "waiting", "lane": Lane.CORRECTION.value, "due_at": 0, "shown": 2, "reason": None, **FREE},
        {},
        lying=True,
        changes="UPDATE subjects SET version = 3",
    ),
    "hold": Case(Hold(LATER), _waits(micros(LATER)), {"not_before": micros(LATER), **BACK}),
    "later": Case(Later(LATER), _waits(micros(LATER)), BACK),
    "later than never": Case(Later(NOW), _waits(0), BACK),
    "again": Case(Again(LATER), _waits(micros(LATER)), BACK),
    "again, at once": Case(Again(NOW - timedelta(seconds=1)), _waits(0), BACK),
    "again, and perhaps it arrived": Case(Again(SOON, doubtful=True), _waits(micros(SOON), unsure=2), {}),
    "kept": Case(Keep(), {"state": "sent", "reason": None, "shown": 2, **FREE}, {}, lying=True),
    "left": Case(
        Left(Why.CAP, LATER), _ended("left", Why.CAP), {"digest_at": micros(LATER), "digest_from": "before", **BACK}
    ),
    "left, the chat's own digest comes": Case(
        Left(Why.CAP, LATER), _ended("left", Why.CAP), BACK, changes="UPDATE chats SET digest_at = 50, digest_from = 0"
    ),
    "left, and soon": Case(
        Left(Why.STALE, SOON, soon=True),
        _ended("left", Why.STALE),
        {"digest_at": micros(SOON), **BACK},
        changes=f"UPDATE chats SET digest_at = {micros(LATER)}, digest_from = 0",
    ),
    "left, and soon, the chat's own comes sooner": Case(
        Left(Why.STALE, SOON, soon=True),
        _ended("left", Why.STALE),
        BACK,
        changes="UPDATE chats SET digest_at = 50, digest_from = 0",
    ),
    "left, by a chat whose digests went further": Case(
        Left(Why.CAP, LATER),
        _ended("left", Why.CAP),
        {"digest_at": micros(LATER), **BACK},
        changes="UPDATE chats SET digest_from = 1000",
    ),
    "dropped": Case(Dropped(Why.EMPTY), _ended("dropped", Why.EMPTY), BACK),
    "dead": Case(Dead(Why.REFUSED), _ended("dead", Why.REFUSED), BACK),
    "failed": Case(Failed(Why.TOO_OLD), _ended("sent", Why.TOO_OLD), {}, lying=True),
    "gone": Case(ChatGone("blocked"), _ended("dropped", Why.GONE), {"state": "gone", "reason": "blocked", **BACK}),
    "gone, an edit": Case(
        ChatGone("blocked"), _ended("sent", Why.GONE), {"state": "gone", "reason": "blocked"}, lying=True
    ),
    "closed": Case(
        ThreadClosed("no right"),
        _ended("dropped", Why.THREAD_CLOSED),
        {"state": "paused", "reason": "no right", **BACK},
    ),
    "closed, an edit": Case(
        ThreadClosed("no right"),
        _ended("sent", Why.THREAD_CLOSED),
        {"state": "paused", "reason": "no right"},
        lying=True,
    ),
    "moved": Case(ChatMoved("new"), _waits(0), {"external_id": "new", **BACK}),
}


async def _read(stage: Stage, subject: int, chat: int) -> tuple[dict[str, object], dict[str, object]]:
    (row,) = await stage.sql(
        f"SELECT {', '.join(ROW)} FROM deliveries WHERE subject_id = ? AND chat_id = ?", subject, chat
    )
    (of_chat,) = await stage.sql(f"SELECT {', '.join(CHAT)} FROM chats WHERE id = ?", chat)
    return dict(zip(ROW, row, strict=True)), dict(zip(CHAT, of_chat, strict=True))


async def _claimed(stage: Stage, *, lying: bool = False, reader: str = "0") -> Delivery:
    """Let a story's row be claimed, with something in every field."""
    await stage.reader(reader)
    article = await stage.story("খবর")
    await stage.world.spread()
    number = (await stage.subject(article)).id
    if lying:
        await stage.sql("UPDATE subjects SET version = 2, must = 2 WHERE id = ?", number)
    values = {**BEFORE, **(LYING if lying else {})}
    await stage.sql(f"UPDATE deliveries SET {', '.join(f'{name} = ?' for name in values)}", *values.values())
    await stage.sql("UPDATE chats SET digest_at = NULL, digest_from = NULL")
    claimed = await stage.world.core.store.deliveries.settle_and_claim(
        ACCOUNT, "me", NOW, settled=(), shares=lambda _: {Lane.NORMAL: 9}, judge=lambda _: Post(counts=False)
    )
    await stage.sql("UPDATE chats SET cap_used = 5, hour_used = 3")
    return next(delivery for delivery, _ in claimed)


async def _settle(stage: Stage, delivery: Delivery, ending: Ending, *, counted: bool = True, owner: str = "me") -> None:
    one = Settlement(delivery, ending, counted=counted)
    await stage.world.core.store.deliveries.settle_and_claim(
        ACCOUNT, owner, NOW, settled=[one], shares=lambda _: {}, judge=lambda _: Keep()
    )


def _changed(before: dict[str, object], after: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in after.items() if value != before[name]}


@pytest.mark.parametrize("name", CASES)
async def test_an_ending_changes_what_the_table_says_and_nothing_else(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    async with a_stage(tmp_path) as stage:
        delivery = await _claimed(stage, lying=case.lying)
        for statement in filter(None, case.changes.split("; ")):
            await stage.sql(statement)
        row, chat = await _read(stage, delivery.subject.id, delivery.chat.id)
        assert (row["state"], row["owner"], row["tries"]) == ("sending", "me", 1)
        await _settle(stage, delivery, case.ending, counted=not case.lying)
        row_after, chat_after = await _read(stage, delivery.subject.id, delivery.chat.id)
        expected = {key: value for key, value in case.row.items() if value != row[key]}
        assert _changed(row, row_after) == expected
        of_chat = {key: delivery.subject.id - 1 if value == "before" else value for key, value in case.chat.items()}
        assert _changed(chat, chat_after) == of_chat


async def test_a_digest_begins_with_the_story_that_was_left_and_none_before_it(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.sql("UPDATE counters SET value = 7 WHERE name = 'subject'")
        delivery = await _claimed(stage)
        await _settle(stage, delivery, Left(Why.CAP, LATER))
        assert (delivery.subject.id, await stage.sql("SELECT digest_from FROM chats")) == (8, [(7,)])


def test_the_table_holds_every_ending() -> None:
    kinds = {type(case.ending) for case in CASES.values()}
    assert kinds == set(Ending.__args__)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.chat.items() >= BACK.items()])
async def test_what_was_not_counted_is_not_given_back_nor_below_nothing(tmp_path: Path, name: str) -> None:
    async with a_stage(tmp_path) as stage:
        delivery = await _claimed(stage)
        await _settle(stage, delivery, CASES[name].ending, counted=False)
        assert await stage.sql("SELECT cap_used, hour_used FROM chats") == [(5, 3)]
    (tmp_path / "none").mkdir()
    async with a_stage(tmp_path / "none") as stage:
        delivery = await _claimed(stage)
        await stage.sql("UPDATE chats SET cap_used = 0, hour_used = 0")
        await _settle(stage, delivery, CASES[name].ending)
        assert await stage.sql("SELECT cap_used, hour_used FROM chats") == [(0, 0)]


@pytest.mark.parametrize("ending", [SENT, Hold(LATER), Again(SOON), Keep(), Left(Why.CAP, LATER), Dropped(Why.EMPTY)])
async def test_a_row_that_somebody_else_holds_is_left_alone(tmp_path: Path, ending: Ending) -> None:
    async with a_stage(tmp_path) as stage:
        delivery = await _claimed(stage)
        row, _ = await _read(stage, delivery.subject.id, delivery.chat.id)
        await _settle(stage, delivery, ending, owner="another")
        assert (await _read(stage, delivery.subject.id, delivery.chat.id))[0] == row


async def test_other_chats_and_other_stories_are_left_alone(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        delivery = await _claimed(stage)
        other = await stage.reader("9")
        await stage.story("আরেক খবর", "2")
        await stage.world.spread()
        await stage.sql(
            "UPDATE deliveries SET owner = 'me', state = 'sending' WHERE chat_id = ? OR subject_id <> ?",
            *(other.id, delivery.subject.id),
        )
        rest = "SELECT * FROM deliveries WHERE NOT (subject_id = ? AND chat_id = ?)"
        before = await stage.sql(rest, delivery.subject.id, delivery.chat.id)
        assert before
        for ending in (SENT, Again(SOON), Keep(), ChatGone("blocked")):
            await _settle(stage, delivery, ending)
            assert await stage.sql(rest, delivery.subject.id, delivery.chat.id) == before


async def test_a_chat_that_holds_moves_what_waits_for_it_and_no_later_row(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        delivery = await _claimed(stage)
        others = [await stage.story(f"খবর {number}", str(number)) for number in range(2, 5)]
        await stage.world.spread()
        first, second, third = [(await stage.subject(article)).id for article in others]
        await stage.sql("UPDATE deliveries SET due_at = ? WHERE subject_id = ?", micros(LATER) + 1, second)
        await stage.sql("UPDATE deliveries SET state = 'sent' WHERE subject_id = ?", third)
        await _settle(stage, delivery, Hold(LATER))
        asked = "SELECT due_at FROM deliveries WHERE subject_id IN (?, ?, ?) ORDER BY subject_id"
        due = await stage.sql(asked, first, second, third)
        assert due == [(micros(LATER),), (micros(LATER) + 1,), (0,)]


async def test_a_topic_that_is_closed_gives_its_row_to_the_chat_itself(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        delivery = await _claimed(stage)
        in_topic = replace(delivery, target=replace(HERE, thread="5"))
        _, chat = await _read(stage, delivery.subject.id, delivery.chat.id)
        await _settle(stage, in_topic, ThreadClosed("TOPIC_CLOSED"))
        row, after = await _read(stage, delivery.subject.id, delivery.chat.id)
        assert (row["state"], row["owner"], row["due_at"]) == ("waiting", None, 0)
        assert _changed(chat, after) == BACK, "the chat itself takes news"
        closed = "SELECT chat_id, thread, state, reason FROM places"
        assert await stage.sql(closed) == [(delivery.chat.id, "5", "closed", "TOPIC_CLOSED")]
        await stage.sql("UPDATE deliveries SET state = 'sending', owner = 'me', message_id = 'm0'")
        lying = replace(in_topic, target=HERE, ref=Ref(replace(HERE, thread="5"), "m0"))
        await _settle(stage, lying, ThreadClosed("TOPIC_DELETED"))
        row, _ = await _read(stage, delivery.subject.id, delivery.chat.id)
        assert (row["state"], row["reason"]) == ("sent", "place"), "what lies in it stays as it is"
        assert await stage.sql(closed) == [(delivery.chat.id, "5", "closed", "TOPIC_DELETED")]


async def test_what_was_on_its_way_to_a_chat_that_became_another_is_that_ones(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        gone = await _claimed(stage)
        other = await stage.reader("new")
        await stage.story("আরেক খবর", "2")
        await stage.world.spread()
        claimed = await stage.world.core.store.deliveries.settle_and_claim(
            ACCOUNT, "me", NOW, settled=(), shares=lambda _: {Lane.NORMAL: 9}, judge=lambda _: Post(counts=False)
        )
        stays = next(one for one, _ in claimed if one.chat.id == other.id)
        await stage.sql("DELETE FROM deliveries WHERE chat_id = ?", other.id)
        await stage.sql("UPDATE deliveries SET chat_id = ? WHERE chat_id = ?", other.id, gone.chat.id)
        await stage.sql(
            "INSERT INTO chat_aliases (platform, external_id, chat_id) VALUES (?, ?, ?)", ACCOUNT, "0", other.id
        )
        await stage.sql("DELETE FROM chats WHERE id = ?", gone.chat.id)
        await stage.world.core.store.deliveries.settle_and_claim(
            *(ACCOUNT, "me", NOW),
            settled=[Settlement(gone, SENT), Settlement(stays, replace(SENT, ref=Ref(HERE, "m5")))],
            shares=lambda _: {},
            judge=lambda _: Keep(),
        )
        rows = await stage.sql("SELECT subject_id, message_id FROM deliveries WHERE chat_id = ? ORDER BY 1", other.id)
        assert rows == [(gone.subject.id, "m9"), (stays.subject.id, "m5")]


@pytest.mark.parametrize("kind", SubjectKind)
async def test_reports_are_seen_when_the_message_that_holds_them_arrived(tmp_path: Path, kind: SubjectKind) -> None:
    async with a_stage(tmp_path) as stage:
        delivery = await _claimed(stage)
        report = "INSERT INTO reports (article_id, text, at, subject_id) SELECT id, 'ভুল', 1, ? FROM articles"
        await stage.sql(report, delivery.subject.id)
        await _settle(stage, replace(delivery, subject=replace(delivery.subject, kind=kind)), SENT)
        assert await stage.sql("SELECT state FROM reports") == [("seen" if kind is SubjectKind.REPORTS else "new",)]


# --- digests ---


async def _digest(stage: Stage, *, items: str | None = None) -> tuple[Delivery, int]:
    """Claim a digest's row, with a story behind it that was left.

    Return it and the story's subject.
    """
    delivery = await _claimed(stage)
    await _settle(stage, delivery, Left(Why.CAP, LATER))
    left = delivery.subject.id
    number = left + 100
    await stage.sql(
        "INSERT INTO subjects (id, kind, version, must, state, created_at, closes_at) "
        "VALUES (?, 'digest', 1, 1, 'open', ?, 9e15)",
        *(number, micros(NOW)),
    )
    await stage.sql(
        "INSERT INTO deliveries (subject_id, chat_id, account, lane, state, owner) "
        "VALUES (?, ?, ?, 3, 'sending', 'me')",
        *(number, delivery.chat.id, ACCOUNT),
    )
    await stage.sql("INSERT INTO digests (subject_id, chat_id, from_id, to_id, items) VALUES (?, ?, 10, 20, ?)",
                    *(number, delivery.chat.id, items))  # fmt: skip
    subject = replace(delivery.subject, id=number, kind=SubjectKind.DIGEST)
    return replace(delivery, subject=subject, lane=Lane.DIGEST), left


SHOWN = "SELECT l.state FROM shown s JOIN lists l ON l.id = s.list_id WHERE s.person = ''"
TOLD = Arrived(Ref(HERE, "m9"), 1, (7, 3), Listed((7, 3), end=2))


async def test_a_digest_that_arrived_is_what_it_told_and_what_was_left_is_told(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        digest, left = await _digest(stage)
        told = replace(TOLD, covered=(left, 3))
        another = "INSERT INTO digests (subject_id, chat_id, from_id, to_id) SELECT ?, ?, 0, 1"
        await stage.sql(another, digest.subject.id, (await stage.reader("9")).id)
        await stage.sql(another, 1, digest.chat.id)
        await _settle(stage, digest, told, counted=False)
        items = await stage.sql("SELECT items FROM digests WHERE items IS NOT NULL OR from_id = 10")
        assert items == [(json.dumps([left, 3]),)], "neither another round's nor another chat's"
        assert await stage.sql("SELECT subject_id, round_id FROM deliveries ORDER BY 1") == [
            (left, digest.subject.id),
            (digest.subject.id, None),
        ]
        ((shown,),) = await stage.sql(SHOWN)
        assert json.loads(str(shown))[0] == [7, 3]
        assert await stage.sql("SELECT state, message_id FROM deliveries WHERE subject_id > ?", left) == [
            ("sent", "m9")
        ]


@pytest.mark.parametrize("spoilt", ["state = 'sent'", "round_id = 1", "subject_id = 50"])
async def test_a_digest_takes_nothing_that_was_not_left_to_it(tmp_path: Path, spoilt: str) -> None:
    async with a_stage(tmp_path) as stage:
        digest, left = await _digest(stage)
        await stage.sql(f"UPDATE deliveries SET {spoilt} WHERE subject_id = ?", left)
        before = await stage.sql("SELECT * FROM deliveries WHERE subject_id <> ?", digest.subject.id)
        await _settle(stage, digest, replace(TOLD, covered=(left,)), counted=False)
        assert await stage.sql("SELECT * FROM deliveries WHERE subject_id <> ?", digest.subject.id) == before


async def test_a_digest_drawn_again_tells_nothing_anew(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        digest, _ = await _digest(stage, items="[5]")
        await _settle(stage, replace(digest, ref=Ref(HERE, "m0")), TOLD, counted=False)
        assert await stage.sql("SELECT items FROM digests") == [("[5]",)]
        assert await stage.sql(SHOWN) == []


async def test_a_digest_without_a_list_leaves_the_one_that_the_chat_remembers(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        digest, _ = await _digest(stage)
        await stage.sql("INSERT INTO lists VALUES ('old', '[]', 1)")
        await stage.sql("INSERT INTO shown SELECT id, '', 'old', '[]', 1 FROM chats")
        await _settle(stage, digest, replace(TOLD, listed=None), counted=False)
        assert await stage.sql(SHOWN) == [("[]",)]


REFUSED = Dead(Why.REFUSED)
WINDOW = "INSERT INTO digests (subject_id, chat_id, from_id, to_id, items) SELECT 900, id, {}, {}, {} FROM chats"
BEGUN = "INSERT INTO deliveries (subject_id, chat_id, account, lane, state) SELECT 900, id, account, 3, '{}' FROM chats"


@pytest.mark.parametrize(
    ("more", "windows", "chat"),
    [
        ("", [], (10, "soon")),
        ("UPDATE chats SET digest_from = 20, digest_at = 50", [], (10, 50)),
        ("UPDATE chats SET digest_from = 5, digest_at = 50", [], (5, 50)),
        (f"{WINDOW.format(20, 30, 'NULL')}; {BEGUN.format('waiting')}", [(10, 30)], None),
        (f"{WINDOW.format(20, 30, 'NULL')}; {BEGUN.format('sending')}", [(20, 30)], None),
        (f"{WINDOW.format(20, 30, 'NULL')}", [(20, 30)], None),
        (f"{WINDOW.format(20, 30, repr('[]'))}; {BEGUN.format('waiting')}", [(20, 30)], None),
        (f"{WINDOW.format(21, 30, 'NULL')}; {BEGUN.format('waiting')}", [(21, 30)], None),
        (WINDOW.format(0, 10, repr("[]")), [(0, 10)], (10, "soon")),
        (WINDOW.format(0, 20, repr("[]")), [(0, 20)], (10, "soon")),
    ],
)
async def test_the_window_of_a_refused_digest_goes_on_to_the_next(
    tmp_path: Path, more: str, windows: list[tuple[int, int]], chat: tuple[int, object] | None
) -> None:
    async with a_stage(tmp_path) as stage:
        digest, _ = await _digest(stage)
        await stage.sql("UPDATE chats SET digest_from = NULL, digest_at = NULL")
        for statement in filter(None, more.split("; ")):
            await stage.sql(statement)
        await _settle(stage, digest, REFUSED, counted=False)
        assert await stage.sql("SELECT from_id, to_id FROM digests") == windows
        soon = micros(NOW + timedelta(hours=12))
        expected = (None, None) if chat is None else (chat[0], soon if chat[1] == "soon" else chat[1])
        assert await stage.sql("SELECT digest_from, digest_at FROM chats") == [expected]


async def test_any_other_end_of_a_digest_keeps_its_window(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        digest, _ = await _digest(stage)
        await _settle(stage, digest, Dropped(Why.DOUBTFUL), counted=False)
        assert await stage.sql("SELECT from_id, to_id FROM digests") == [(10, 20)]


async def test_ten_chats_are_not_joined_on_one_servers_word(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        for number in range(10):
            await stage.reader(str(number))
        await stage.story("খবর")
        await stage.world.spread()
        claimed = await stage.world.core.store.deliveries.settle_and_claim(
            ACCOUNT, "me", NOW, settled=(), shares=lambda _: {Lane.NORMAL: 99}, judge=lambda _: Post(counts=False)
        )
        assert len(claimed) == 10
        await stage.world.core.store.deliveries.settle_and_claim(
            *(ACCOUNT, "me", NOW),
            settled=[Settlement(delivery, ChatMoved("one and the same")) for delivery, _ in claimed],
            shares=lambda _: {},
            judge=lambda _: Post(counts=False),
        )
        assert await stage.sql("SELECT count(*) FROM chats") == [(10,)]
        fates = await stage.sql("SELECT state, count(*) FROM deliveries GROUP BY state ORDER BY state")
        assert fates == [("dropped", 9), ("waiting", 1)]
