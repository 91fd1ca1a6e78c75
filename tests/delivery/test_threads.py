"""Topics of a chat.

Each has its news, until the topic, or the chat, takes nothing any more.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.ports.platform import Closed
from bot.subscriptions import choosing
from bot.values.chats import ChatKind, ChatState, Mode, Subscription, Term, TermKind
from bot.values.delivery import DeliveryState, EditorChange
from tests.delivery.crowd import Crowd, Stage, a_stage, line
from tests.fakes.world import EVERYTHING, a_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.ports.platform import SendResult
    from bot.values.chats import Target
    from bot.values.delivery import Ref
    from bot.values.messages import Message

pytestmark = pytest.mark.anyio
RIVER = Term(TermKind.TAG, "নদী", "নদী")
WORDS = Term(TermKind.KEYWORD, "বাঁধ", "বাঁধ")
CHAT, OUTLETS, TAGS, WORDED = "", "7", "8", "9"
"""Threads of the chat; "" is the chat itself."""


class Forum(Crowd):
    """A platform whose chats have topics.

    A closed topic takes neither messages nor changes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.closed: set[str] = set()
        self.went: list[str] = []
        """The thread of each message that arrived, in order."""
        self.tried: list[str] = []
        """The thread of each request."""

    async def send(
        self, target: Target, message: Message, key: str, *, silent: bool = False, answers: Ref | None = None
    ) -> SendResult:
        self.tried.append(target.thread)
        if target.thread in self.closed:
            return Closed("TOPIC_CLOSED")
        self.went.append(target.thread)
        return await super().send(target, message, key, silent=silent, answers=answers)

    async def edit(self, ref: Ref, message: Message) -> SendResult:
        self.tried.append(ref.target.thread)
        if ref.target.thread in self.closed:
            return Closed("TOPIC_CLOSED")
        return await super().edit(ref, message)


@asynccontextmanager
async def _a_forum(folder: Path) -> AsyncIterator[tuple[Stage, Forum]]:
    """Open a world with one group.

    All in the chat itself, its outlet in one topic, a tag in another.
    """
    async with a_world(folder) as world:
        forum = Forum()
        stage = Stage(world, forum)
        await stage.reader("0", ChatKind.GROUP)
        assert world.source.outlet is not None
        await _follow(stage, Term(TermKind.OUTLET, str(world.source.outlet.id)), OUTLETS)
        await _follow(stage, RIVER, TAGS)
        yield stage, forum


async def _follow(stage: Stage, term: Term, thread: str, mode: Mode = Mode.INHERIT) -> None:
    chat, now = await stage.chat(), stage.world.clock()
    await stage.world.core.store.subscriptions.follow(chat.id, Subscription(term, mode=mode, thread=thread), now, None)


async def _story(stage: Stage, headline: str = "খবর", *tags: str) -> int:
    saved = await stage.world.add(headline, url=f"https://outlet.example/{headline.replace(' ', '-')}", tags=tags)
    return saved.article_id


async def _places(stage: Stage) -> dict[str, tuple[str, str]]:
    rows = await stage.sql("SELECT thread, state, reason FROM places")
    return {str(thread): (str(state), str(reason)) for thread, state, reason in rows}


async def test_a_story_goes_once_to_the_place_of_the_nearest_thing_that_is_followed(tmp_path: Path) -> None:
    async with _a_forum(tmp_path) as (stage, forum):
        await _follow(stage, WORDS, WORDED)
        await _story(stage, "সেতু খুলল")
        await _story(stage, "সেতু ভাঙল", "নদী")
        await _story(stage, "নদীর খবর")
        await _story(stage, "বাঁধ ভাঙল")
        await _story(stage, "বাঁধ জাগল", "নদী")
        assert await stage.pass_on() == 5
        assert forum.went == [OUTLETS, TAGS, TAGS, WORDED, TAGS]


async def test_the_place_is_that_of_the_nearest_and_the_manner_that_of_the_strongest(tmp_path: Path) -> None:
    async with _a_forum(tmp_path) as (stage, forum):
        await _follow(stage, RIVER, TAGS, Mode.DIGEST)
        await _story(stage, "খবর", "নদী")
        assert await stage.pass_on() == 1
        assert forum.went == [TAGS]
        await stage.world.core.store.subscriptions.unfollow((await stage.chat()).id, RIVER)
        await _story(stage, "পরের", "নদী")
        assert await stage.pass_on() == 1
        assert forum.went == [TAGS, OUTLETS]


async def test_what_a_closed_topic_does_not_take_comes_in_the_chat_itself_and_other_topics_stay(tmp_path: Path) -> None:
    async with _a_forum(tmp_path) as (stage, forum):
        forum.closed = {TAGS}
        for number in range(3):
            await _story(stage, f"খবর {number}", "নদী")
        assert await stage.pass_on() == 3
        assert forum.went == [CHAT] * 3
        assert forum.tried.count(TAGS) == 1, "it is asked once and not for each story"
        assert await _places(stage) == {OUTLETS: ("open", ""), TAGS: ("closed", "TOPIC_CLOSED")}
        await _story(stage, "সেতু")
        await _story(stage, "নদীর জল")
        assert await stage.pass_on() == 2
        assert sorted(forum.went[3:]) == [CHAT, OUTLETS]
        assert await stage.state_of() is ChatState.ACTIVE


async def test_a_card_stays_where_it_lies_and_is_changed_there(tmp_path: Path) -> None:
    async with _a_forum(tmp_path) as (stage, forum):
        article = await _story(stage, "নদী", "নদী")
        await stage.pass_on()
        await _follow(stage, RIVER, OUTLETS)
        subject, change = await stage.subject(article), EditorChange("ভুল", headline="ঠিক নদী")
        await stage.world.core.store.subjects.correct(subject.id, change, line("correct"), stage.world.clock())
        await stage.world.core.store.subjects.note(subject.id, "ঠিক করা হলো", stage.world.clock())
        await stage.through(2, minutes=11)
        assert forum.tried == [TAGS] * 3, "its correction, and the note that answers it, go there too"
        assert stage.platform.shows()[0] == "ঠিক নদী"


@pytest.mark.parametrize("known", [False, True])
async def test_a_card_in_a_topic_that_was_closed_is_counted_as_not_reached_and_stops_nothing_else(
    tmp_path: Path, known: bool
) -> None:
    async with _a_forum(tmp_path) as (stage, forum):
        article = await _story(stage, "খবর", "নদী")
        await stage.pass_on()
        forum.closed = {TAGS}
        if known:
            await _story(stage, "আরেক", "নদী")
            assert await stage.pass_on() == 1
        tried = forum.tried.count(TAGS)
        await stage.withdraw(article)
        await stage.through(3, minutes=11)
        assert forum.tried.count(TAGS) == tried + 1, "it is tried once"
        assert await stage.fate(article) == (DeliveryState.SENT, "place")
        assert await stage.state_of() is ChatState.ACTIVE
        subject = await stage.subject(article)
        reach = await stage.world.core.store.subjects.reach(subject.id, stage.world.clock())
        assert [(why.value, n) for why, n in reach.failed] == [("place", 1)]
        await _story(stage, "পরের", "নদী")
        assert await stage.pass_on() == 1
        assert forum.went[-1] == CHAT


async def test_where_topic_and_chat_are_closed_each_is_asked_once_and_the_chat_rests(tmp_path: Path) -> None:
    async with _a_forum(tmp_path) as (stage, forum):
        forum.closed = {TAGS, CHAT}
        article = await _story(stage, "খবর", "নদী")
        await _story(stage, "পরের")
        await stage.through(3, minutes=11)
        assert forum.tried.count(TAGS) == forum.tried.count(CHAT) == 1
        chat = await stage.chat()
        assert (chat.state, chat.reason) == (ChatState.PAUSED, "TOPIC_CLOSED")
        assert await stage.fate(article) == (DeliveryState.DROPPED, "place")


async def test_a_right_that_was_taken_away_costs_one_request_and_given_back_all_goes_on(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader("0", ChatKind.CHANNEL)
        await stage.reader("1")
        stage.platform.rule = lambda chat: Closed("no right to write") if chat == "0" else None
        lost = [await stage.story(f"খবর {number}", str(number)) for number in range(3)]
        assert await stage.pass_on() == 3
        assert [chat for chat, _ in stage.platform.posts].count("0") == 1
        assert [await stage.fate(one) for one in lost] == [
            (DeliveryState.DROPPED, "place"),
            *[(DeliveryState.DROPPED, "stopped")] * 2,
        ]
        chat = await stage.chat()
        assert (chat.state, chat.reason) == (ChatState.PAUSED, "no right to write")
        assert [one.term for one in await stage.world.core.store.subscriptions.of_chat(chat.id)] == [EVERYTHING]
        stage.platform.rule = lambda _: None
        await choosing.resume(stage.world.core.store, chat, stage.world.clock())
        await stage.story("পরের", "9")
        assert await stage.pass_on() == 2
        assert stage.platform.shows("0") == ["পরের"], "from now on, and nothing of what was missed"


async def test_a_card_that_may_not_be_changed_any_more_pauses_the_chat_and_is_counted(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        article = await stage.story("খবর")
        await stage.pass_on()
        stage.platform.rule = lambda chat: Closed("no right to write") if chat == "0" else None
        await stage.withdraw(article)
        await stage.through(2, minutes=11)
        assert len(stage.platform.edits) == 2
        assert await stage.fate(article) == (DeliveryState.SENT, "place")
        assert [await stage.state_of(name) for name in "01"] == [ChatState.PAUSED, ChatState.ACTIVE]
