from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ports.platform import Gone, Lost, Sent, Unavailable
from bot.values.delivery import Form
from bot.values.messages import DrawnAs, Message, plain
from handlers.parts import DrawnMessages, change_parts, joined, parted, send_parts
from handlers.placing import parts_above, with_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ports.platform import SendResult

pytestmark = pytest.mark.anyio
IDS = st.lists(st.integers(1, 2**63).map(str), min_size=1, max_size=6, unique=True)
PARTS = st.lists(st.text(min_size=1), min_size=1, max_size=6)


@dataclass
class Chat:
    """What lies in a chat; the ``breaks``-th request fails."""

    breaks: int = 99
    lies: dict[str, str] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)
    asked: int = 0

    def _ask(self) -> None:
        self.asked += 1
        if self.asked == self.breaks:
            raise OSError("gone")

    async def send(self, place: int, part: str) -> str:
        self._ask()
        self.places.append(place)
        number = str(max(map(int, self.lies), default=0) + 1)
        self.lies[number] = part
        return number

    async def failed(self, error: Exception) -> SendResult:
        return Unavailable(str(error))

    async def change(self, one: str, part: str) -> SendResult:
        try:
            self._ask()
        except OSError:
            return Gone("gone")
        self.lies[one] = part
        return Sent(one)

    async def more(self, parts: Sequence[str]) -> SendResult:
        return await send_parts(parts, self.send, self.failed)

    async def remove(self, one: str) -> SendResult:
        return Sent(one) if self.lies.pop(one, None) is not None else Lost("gone already")


@given(IDS)
def test_a_message_is_known_by_its_parts(ids: list[str]) -> None:
    assert parted(joined(ids)) == tuple(ids)


@given(PARTS, st.integers(1, 8), st.sampled_from(Form))
async def test_what_arrived_stays_and_a_first_part_that_fails_says_why(
    parts: list[str], breaks: int, form: Form
) -> None:
    chat = Chat(breaks)
    result = await send_parts(parts, chat.send, chat.failed, form)
    arrived = min(len(parts), breaks - 1)
    assert list(chat.lies.values()) == parts[:arrived]
    assert chat.places == list(range(arrived))
    assert result == (Sent(joined(list(chat.lies)), form) if arrived else Unavailable("gone"))
    assert chat.asked == min(len(parts), breaks), "nothing is sent behind what failed"


@given(PARTS, PARTS)
async def test_a_change_shows_all_of_it_and_leaves_nothing_of_before(before: list[str], after: list[str]) -> None:
    chat = Chat()
    sent = await send_parts(before, chat.send, chat.failed)
    assert isinstance(sent, Sent)
    result = await change_parts(sent.ref, after, chat.change, chat.remove, chat.more, Form.PHOTO)
    assert result == Sent(joined([str(number + 1) for number in range(len(after))]), Form.PHOTO)
    assert list(chat.lies.values()) == after


@given(PARTS, PARTS, st.integers(1, 6))
async def test_a_change_that_fails_says_so_and_goes_no_further(before: list[str], after: list[str], at: int) -> None:
    chat = Chat()
    sent = await send_parts(before, chat.send, chat.failed)
    assert isinstance(sent, Sent)
    chat.asked, chat.breaks = 0, at
    result = await change_parts(sent.ref, after, chat.change, chat.remove, chat.more)
    fails = at <= min(len(before), len(after))
    assert isinstance(result, Gone) is fails
    if fails:
        assert len(chat.lies) == len(before), "nothing is taken away"


async def test_a_part_that_is_gone_already_keeps_nothing_from_being_taken_away() -> None:
    chat = Chat(lies={"1": "ক", "3": "গ"})
    assert await change_parts("1 2 3", ["নতুন"], chat.change, chat.remove, chat.more) == Sent("1")
    assert chat.lies == {"1": "নতুন"}


async def test_a_story_that_was_folded_is_whole_again_when_it_changes() -> None:
    chat = Chat()
    assert isinstance(await chat.more(["ক", "খ", "গ"]), Sent)
    del chat.lies["2"], chat.lies["3"]

    async def change(one: str, part: str) -> SendResult:
        return await chat.change(one, part) if one in chat.lies else Lost("gone")

    result = await change_parts("1 2 3", ["ক২", "খ২", "গ২"], change, chat.remove, chat.more)
    assert isinstance(result, Sent)
    assert [chat.lies[one] for one in parted(result.ref)] == ["ক২", "খ২", "গ২"]


@given(st.from_regex(r"\A[\^]?1\.[a-z]{2,8}(:[a-z]+=[*nc-][a-z0-9]{0,6})?\Z"), IDS)
def test_a_button_names_the_parts_above_it(data: str, ids: list[str]) -> None:
    above = sorted(ids, key=int)
    assert parts_above(with_parts(data, above, 1000)) == (data, tuple(above))
    assert parts_above(data) == (data, ())
    assert len(with_parts(data, above, 20)) <= max(20, len(data))


def test_messages_are_drawn_once_for_each_key_and_form_and_the_oldest_is_forgotten() -> None:
    drawn: list[str] = []
    kept = DrawnMessages[str](most=2)

    def of(version: int | None, form: Form | None = None) -> None:
        drawn_as = DrawnAs(1, 2, version, ()) if version is not None else None
        message = Message(plain("খবর").parts, drawn_as=drawn_as)

        def draw() -> list[str]:
            drawn.append(f"{version} {form}")
            return ["খবর"]

        assert kept.of(message, draw, form) == ["খবর"]

    for version in (1, 1, 2, 1, 2):
        of(version)
    assert drawn == ["1 None", "2 None"]
    of(1, Form.PHOTO)
    of(1, Form.PHOTO)
    of(2)
    of(1)
    assert drawn == ["1 None", "2 None", f"1 {Form.PHOTO}", "1 None"], "the first was forgotten for the third"
    of(None)
    of(None)
    assert len(drawn) == 6, "what has no key is drawn each time"
