"""From a text to the command that is run with its values.

If none is run, the answer says why; the tests ask who may, wherever it is asked.
"""

from __future__ import annotations

import dataclasses
from itertools import product
from typing import TYPE_CHECKING

import pytest

from bot.values.calls import Call, Count, ListAt, OneOf, Text, call
from bot.values.chats import ChatKind, ChatState, Role
from bot.values.messages import Asks, Reply, plain
from bot.values.wording import Wording
from handlers.command import Command, Request
from handlers.context import Services
from handlers.dialogue import ASKED_FOR, LONGEST, OLD_BUTTON, PASSING, Dialogue
from handlers.discovery import discover
from handlers.params import TextParam
from handlers.router import TOO_LONG, NoSuchCommand, Route, Router
from handlers.speaking import NOT_ALLOWED, NOT_IN_GROUP
from tests.fakes.world import PRESSED, World, a_world, chat_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
COMMANDS = discover()
WORDS = TextParam(name="words")
SENTENCE = "ঢাকার বৃষ্টিতে নদী আর সেতু"


async def _nothing(_request: Request) -> Reply:
    return Reply(plain("হলো"))


def _command(name: str, *aliases: str, **more: object) -> Command:
    return Command(name, Wording("x", "x"), _nothing, aliases, params=(WORDS,), **more)  # type: ignore[arg-type]


async def _request(world: World, *, listed: str = "") -> Request:
    services = Services.of(world.core)
    return Request(await world.chat(), "console:local", Role.OWNER, world.clock(), PRESSED, services, listed=listed)


# --- aliases ---


def test_an_alias_stands_in_front_of_something_and_has_four_words_at_most() -> None:
    router = Router({**COMMANDS, "four": _command("four", "এক দুই তিন চার"), "five": _command("five", "ক খ গ ঘ ঙ")})
    assert router.led("এক দুই তিন চার পাঁচ") == Route(router.commands["four"], "পাঁচ")
    assert router.led("এক দুই তিন চার") is None
    assert router.led("ক খ গ ঘ ঙ চ") is None
    assert router.led("সর্বশেষ") is None
    assert router.led("") is None


def test_the_longest_alias_leads() -> None:
    router = Router({**COMMANDS, "one": _command("one", "সাদা"), "two": _command("two", "সাদা কালো")})
    assert router.led("সাদা কালো ছবি") == Route(router.commands["two"], "ছবি")
    assert router.led("সাদা ছবি") == Route(router.commands["one"], "ছবি")


@pytest.mark.parametrize(("text", "nearest"), [("/latst", "latest"), ("/halp me", "help"), ("/সর্বশেস৯", "latest")])
def test_what_names_nothing_has_a_nearest(text: str, nearest: str) -> None:
    router = Router(COMMANDS)
    name = text[1:].split(maxsplit=1)[0]
    assert router.route(text) == NoSuchCommand(name)
    assert router.nearest(name, Role.READER) == nearest


def test_what_is_like_nothing_has_no_nearest() -> None:
    assert Router({}).nearest("x", Role.OWNER) == ""
    assert Router(COMMANDS).nearest("xyz", Role.OWNER) == ""


# --- understanding ---


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("৩", call("read", number=ListAt(3, "abc"))),
        (" 12 ", call("read", number=ListAt(12, "abc"))),
        ("১২৩৪", call("read", number=ListAt(1234, "abc"))),
        ("১২৩৪৫", call("read", number=ListAt(1234, "abc"))),
        ("/latest ৫", call("latest", count=Count(5))),
        ("/latest", call("latest")),
        ("বাংলা", call("language", to=OneOf("bn"))),
        ("ঢাকার বৃষ্টি", call("search", words=Text("ঢাকার বৃষ্টি"), sense=OneOf("any"))),
        ("বন্ধ স্কুল", call("search", words=Text("বন্ধ স্কুল"), sense=OneOf("any"))),
    ],
)
async def test_a_text_comes_to_a_call(tmp_path: Path, text: str, understood: Call) -> None:
    async with a_world(tmp_path) as world:
        found = await Router(COMMANDS).understand(text, await _request(world, listed="abc"))
        assert isinstance(found, Call)
        if understood.command == "latest":
            assert found.command == "latest"
            assert (Count(5) in dict(found.values).values()) is bool(understood.values)
        else:
            assert found == understood


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("ফলো ইরান", "follow"),
        ("চুপ না", "quiet"),
        ("বিরতি ৮ ঘণ্টা", "pause"),
        ("নীরব ঘাতক", "search"),
        ("বাদ পড়লেন অধিনায়ক", "search"),
        ("ইরানের খবর আর পাঠাবেন না", "mute"),
    ],
)
async def test_a_sentence_is_led_by_its_words_or_is_a_question(tmp_path: Path, text: str, command: str) -> None:
    async with a_world(tmp_path) as world:
        await world.add("ইরান নিয়ে আলোচনা", "ইরান নিয়ে আলোচনা চলছে।", tags=("ইরান",))
        found = await Router(COMMANDS).understand(text, await _request(world))
        assert isinstance(found, Call), text
        assert found.command == command


async def test_a_text_is_as_long_as_its_command_takes(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        request = await _request(world)
        router = Router(
            {**COMMANDS, "long": _command("long", longest=20), "search": _command("search", longest=len(SENTENCE))}
        )
        for size, fits in ((20, True), (21, False)):
            found = await router.understand("/long " + "ক" * (size - 6), request)
            assert isinstance(found, Call) is fits
        assert isinstance(await router.understand(SENTENCE, request), Call)
        refused = await router.understand(f"{SENTENCE}ন", request)
        assert isinstance(refused, Reply)
        assert refused.message == request.reply(TOO_LONG).message


async def test_what_stands_behind_an_exact_alias_is_read_instead(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        request = await _request(world)
        exact = {"সাদা": {"words": Text("জমানো")}}
        router = Router({**COMMANDS, "exact": _command("exact", exact=exact)})
        assert await router.understand("সাদা", request) == call("exact", words=Text("জমানো"))
        assert await router.understand("/সাদা নতুন", request) == call("exact", words=Text("নতুন"))
        assert await router.understand("/exact", request) == call("exact")


async def test_what_names_nothing_is_answered_with_the_nearest(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        reply = await Router(COMMANDS).understand("/latst", await _request(world))
        assert isinstance(reply, Reply)
        assert "/latest" in str(reply.message)


# --- who may ---

KINDS = (ChatKind.PRIVATE, ChatKind.GROUP, ChatKind.CHANNEL)


@pytest.mark.parametrize("needs", ["nothing", "the chat", "an admin"])
async def test_who_may(tmp_path: Path, needs: str) -> None:
    roles, ranks = (Role.READER, Role.CHAT_ADMIN, Role.ADMIN), (None, Role.READER, Role.CHAT_ADMIN)
    async with a_world(tmp_path) as world:
        for role, kind, ranked in product(roles, KINDS, ranks):
            await _may(world, needs, role, kind, ranked)


async def _may(world: World, needs: str, role: Role, kind: ChatKind, ranked: Role | None) -> None:
    """Let somebody press what needs a role, somewhere."""
    asked: list[Role] = []
    person = f"{role}-{kind}-{ranked}"

    async def rank() -> Role:
        assert ranked is not None
        asked.append(ranked)
        return ranked

    command = _command("do", changes_chat=needs == "the chat", role=Role.ADMIN if needs == "an admin" else Role.READER)
    dialogue = Dialogue(Router({**COMMANDS, "do": command}), Services.of(world.core), world.clock, PRESSED)
    with_rank = rank if ranked is not None else None
    reply = await dialogue.press(chat_of(person), "console:x", role, call("do"), kind, with_rank)
    shared, public = kind is not ChatKind.PRIVATE, kind is ChatKind.CHANNEL
    matters = shared and (public or needs == "the chat") and role < Role.CHAT_ADMIN
    assert bool(asked) is (matters and ranked is not None), "the platform is asked only once it matters"
    stands = max(role, ranked) if matters and ranked is not None else role
    if (needs == "an admin" and stands < Role.ADMIN) or (public and stands < Role.CHAT_ADMIN):
        refusal = NOT_ALLOWED
    elif needs == "the chat" and shared and stands < Role.CHAT_ADMIN:
        refusal = NOT_IN_GROUP
    else:
        assert reply == Reply(plain("হলো"))
        return
    assert reply.message == plain(refusal.bn)
    assert reply.private


# --- what goes wrong, and what was asked ---


async def test_what_a_button_no_longer_means_is_said_to_whoever_pressed(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        dialogue = world.dialogue()
        for pressed in (None, call("gone")):
            reply = await dialogue.press(chat_of("x"), "console:x", Role.READER, pressed, ChatKind.PRIVATE)
            assert reply.private
            assert reply.message == plain(OLD_BUTTON.bn)


async def test_a_command_that_fails_is_told_in_plain_words(tmp_path: Path) -> None:
    async def fails(_request: Request) -> Reply:
        raise ValueError("what nobody should read")

    command = dataclasses.replace(_command("do"), run=fails)
    async with a_world(tmp_path) as world:
        dialogue = Dialogue(Router({**COMMANDS, "do": command}), Services.of(world.core), world.clock, PRESSED)
        reply = await dialogue.reply(chat_of("x"), "console:x", Role.READER, "/do")
        assert reply.message == plain(PASSING.bn)


async def test_a_message_that_is_too_long_is_looked_at_no_further(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        for size, longest in ((LONGEST + 1, True), (LONGEST, False)):
            command = dataclasses.replace(_command("do"), longest=2 * LONGEST)
            dialogue = Dialogue(Router({**COMMANDS, "do": command}), Services.of(world.core), world.clock, PRESSED)
            reply = await dialogue.reply(chat_of("x"), "console:x", Role.READER, "/do " + "ক" * (size - 4))
            assert (reply.message == plain(TOO_LONG.bn)) is longest


async def test_a_quoted_text_commands_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.dialogue().reply(chat_of("x"), "console:x", Role.READER, "/stop", quoted=True)
        assert (await world.chat("x")).state is ChatState.ACTIVE
        short = Router({**COMMANDS, "search": _command("search", longest=30)})
        dialogue = Dialogue(short, Services.of(world.core), world.clock, PRESSED)
        for said in ("ক" * 30, "ক" * 31, f"ক\n{'খ' * 9000}"):
            reply = await dialogue.reply(chat_of("x"), "console:x", Role.READER, said, quoted=True)
            assert reply.message != plain(TOO_LONG.bn), "of a long one its first line is looked for"


async def test_a_headline_behind_the_word_is_checked_and_alone_it_opens_its_story(tmp_path: Path) -> None:
    headline = "পদ্মায় নৌকাডুবি, ২১ যাত্রীকে জীবিত উদ্ধার"
    async with a_world(tmp_path) as world:
        await world.add(headline, "নৌকাটি ডুবেছে।")
        checked = await world.say(f"/verify {headline}")
        assert (await world.say(f"যাচাই {headline}")).message == checked.message
        assert (await world.say(headline)).message != checked.message


@pytest.mark.parametrize(("seconds", "answered"), [(-1, True), (0, False)])
async def test_a_question_waits_ten_minutes(tmp_path: Path, seconds: int, answered: bool) -> None:
    got: list[Call] = []

    async def ask(request: Request) -> Reply:
        got.append(request.call)
        return Reply(plain("কী?"), asks=Asks(call("do"), "words"))

    command = dataclasses.replace(_command("do"), run=ask)
    async with a_world(tmp_path) as world:
        dialogue = Dialogue(Router({**COMMANDS, "do": command}), Services.of(world.core), world.clock, PRESSED)
        await dialogue.reply(chat_of("x"), "console:x", Role.READER, "/do")
        world.clock.go(seconds=ASKED_FOR.total_seconds() + seconds)
        await dialogue.reply(chat_of("x"), "console:x", Role.READER, "সাদা কাগজ")
        assert got == [call("do"), *([call("do", words=Text("সাদা কাগজ"))] if answered else [])]
