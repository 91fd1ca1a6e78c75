from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search import meaning
from bot.values import call_text
from bot.values.calls import Call, Change, Count, Lasting, ListAt, Numbered, OneOf, Text, Unread, Where, call
from bot.values.chats import AuditLine, Term, TermKind
from bot.values.messages import Choice
from bot.values.topics import TOPICS
from handlers import button_data
from handlers.buttons import Buttons, OldButton
from storage.chats.calls import KEPT
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.calls import Value

pytestmark = pytest.mark.anyio
LONG = call("follow", topic=Term(TermKind.TAG, "মুক্তিযুদ্ধের ইতিহাস", "মুক্তিযুদ্ধের ইতিহাস"))
KEYS = st.from_regex(r"[a-z0-9][a-z0-9 -]{0,12}", fullmatch=True)
PACKED = st.one_of(
    st.builds(Count, st.integers(0, 10**9)),
    st.builds(Numbered, st.integers(0, 10**15)),
    st.builds(ListAt, st.integers(0, 999), st.from_regex(r"[A-Za-z0-9_-]{16}", fullmatch=True)),
    st.builds(OneOf, KEYS),
    st.builds(Lasting, st.integers(0, 10**9)),
    st.builds(Change, st.sampled_from(["time", "quiet"]), st.none() | st.builds(OneOf, KEYS)),
    st.builds(Where, st.from_regex(r"-?[0-9]{1,14}", fullmatch=True)),
    st.just(Term(TermKind.ALL)),
    st.sampled_from([meaning.section_term(topic.slug) for topic in TOPICS]),
)
ANY = PACKED | st.one_of(
    st.builds(Text, st.text()),
    st.builds(Unread, st.text()),
    st.builds(Change, st.text(), st.builds(Text, st.text())),
    st.builds(Term, st.sampled_from(TermKind), st.text(), st.text()),
)
NAMES = st.from_regex(r"[a-z]{1,8}", fullmatch=True)


def _calls(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Call]:
    given_values = st.dictionaries(NAMES, values, max_size=3).map(lambda found: tuple(found.items()))
    return st.builds(Call, st.from_regex(r"[a-z]{1,12}", fullmatch=True), given_values)


async def _kept(world: World, wanted: Call) -> str:
    buttons = Buttons(world.core.store, 64)
    data = buttons.data(Choice("", wanted))
    await buttons.keep(world.clock())
    return data


@pytest.mark.parametrize("wanted", [call("latest"), call("read", number=Numbered(12)), LONG])
async def test_what_a_button_sends_back_is_the_call_again(tmp_path: Path, wanted: Call) -> None:
    async with a_world(tmp_path) as world:
        data = await _kept(world, wanted)
        assert len(data.encode()) <= 64
        assert await Buttons(world.core.store, 64).read(data) == wanted


async def test_one_call_in_many_chats_is_one_row(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert await _kept(world, LONG) == await _kept(world, LONG)
        rows = await world.core.store._database.read(lambda db: db.rows("SELECT id FROM calls"))  # type: ignore[attr-defined]
        assert len(rows) == 1


async def test_a_tag_stands_in_a_button_by_its_number_even_after_it_was_joined(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("এক", tags=("ঝুমকোলতা",))
        await world.add("দুই", tags=("ঝুমকা",))
        term = await meaning.term(world.core.store, "ঝুমকোলতা")
        data = await _kept(world, call("follow", topic=term))
        assert data == f"1.follow:topic=t{term.tag_id}"
        into = await world.core.store.tags.named("ঝুমকা")
        assert into is not None
        line = AuditLine(world.clock(), "me", "mergetag", "ঝুমকোলতা")
        assert await world.core.store.aliases.merge("ঝুমকোলতা", into, line)
        found = await Buttons(world.core.store, 64).read(data)
        assert found == call("follow", topic=Term(TermKind.TAG, into.key, "ঝুমকা"))


async def test_an_outlet_stands_in_a_button_by_its_number(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        term = await meaning.term(world.core.store, "নদী পত্রিকা")
        assert await Buttons(world.core.store, 64).read(f"1.mute:topic=o{term.value}") == call("mute", topic=term)


@pytest.mark.parametrize(
    "data",
    [
        "1.",
        "1.follow:",
        "1.follow:topic",
        "1.follow:topic=t999999999",
        "1.mute:topic=o999",
        "1.x:a=z1",
        "1.x:a=lshort",
        "~",
    ],
)
async def test_what_no_button_holds_is_none(tmp_path: Path, data: str) -> None:
    async with a_world(tmp_path) as world:
        read = await Buttons(world.core.store, 64).read(data)
        assert read is None or read == Call("follow")


async def test_a_button_of_the_version_before_is_known_as_that(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert await Buttons(world.core.store, 64).read("story #12 full") == OldButton("story", "#12 full")


async def test_what_was_not_drawn_for_months_is_forgotten_and_says_so(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        data = await _kept(world, LONG)
        await world.core.store.calls.purge(world.clock() + KEPT - timedelta(days=1))
        assert await Buttons(world.core.store, 64).read(data) is not None
        await world.core.store.calls.purge(world.clock() + KEPT + timedelta(days=1))
        assert await Buttons(world.core.store, 64).read(data) is None


@given(_calls(ANY))
def test_no_button_holds_more_than_there_is_room_for(wanted: Call) -> None:
    data = Buttons(None, 64).data(Choice("x", wanted))  # type: ignore[arg-type]
    assert 1 <= len(data.encode()) <= 64


@given(_calls(ANY))
def test_a_call_is_read_as_it_was_written(wanted: Call) -> None:
    assert call_text.read(call_text.write(wanted)) == wanted


@given(_calls(PACKED))
async def test_tokens_are_read_as_they_were_packed(wanted: Call) -> None:
    data = button_data.pack(wanted)
    assert data is not None
    assert await button_data.unpack(data, None) == wanted  # type: ignore[arg-type]
