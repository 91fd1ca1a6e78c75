"""A dialogue: chat, labels, question, length of a text."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.values.calls import Call, OpenQuestion, Text, Unread, call
from bot.values.chats import ChatKind, Language, Role
from bot.values.lists import Listed
from bot.values.messages import Asks, Choice, Choices, Message, Reply, plain
from bot.values.wording import Wording
from handlers.command import Audience, Command, Request
from handlers.context import Services
from handlers.dialogue import OLD_BUTTON, PASSING, Dialogue
from handlers.discovery import discover
from handlers.params import TextParam
from handlers.router import TOO_LONG, Router
from tests.fakes.world import PRESSED, World, a_world, chat_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.values.messages import Traits

pytestmark = pytest.mark.anyio
WORDS = TextParam(name="words")
WHO = "console:x"
TEN_MINUTES = 600


@dataclass
class Scene:
    """One command on one platform, and what it was asked."""

    world: World
    reply: Reply = field(default_factory=lambda: Reply(plain("হলো")))
    got: list[Request] = field(default_factory=list)
    traits: Traits = PRESSED
    account: str = ""
    services: Services | None = None

    def dialogue(self, **about: object) -> Dialogue:
        async def run(request: Request) -> Reply:
            self.got.append(request)
            return self.reply

        command = Command("do", Wording("x", "x"), run, params=(WORDS,), **about)  # type: ignore[arg-type]
        router = Router({**discover(), "do": command})
        services = self.services or Services.of(self.world.core)
        return Dialogue(router, services, self.world.clock, self.traits, self.account)

    async def press(self, pressed: Call | None = None, *, typed: bool = False, **about: object) -> Reply:
        asked = call("do") if pressed is None else pressed
        dialogue = self.dialogue(**about)
        return await dialogue.press(chat_of("x"), WHO, Role.READER, asked, ChatKind.PRIVATE, typed=typed)

    async def say(self, text: str, **more: object) -> Reply:
        return await self.dialogue().reply(chat_of("x"), WHO, Role.READER, text, **more)  # type: ignore[arg-type]

    async def fill(self, text: str, missing: str = "words", command: str = "do", **about: object) -> Reply:
        asked = call(command), {missing: text}
        return await self.dialogue(**about).fill(chat_of("x"), WHO, Role.READER, *asked, ChatKind.PRIVATE, None)

    async def met(self) -> bool:
        return await self.world.core.store.chats.find(chat_of("x")) is not None


# --- whether a chat is made ---


@pytest.mark.parametrize(
    ("changes", "typed", "made"), [(False, False, False), (False, True, True), (True, False, True)]
)
async def test_who_only_looks_makes_no_chat(tmp_path: Path, changes: bool, typed: bool, made: bool) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world)
        await scene.press(typed=typed, changes_chat=changes)
        assert await scene.met() is made
        assert bool(scene.got[0].chat.id) is made
        assert scene.got[0].chat.id >= 0


async def test_who_looks_where_the_chat_is_known_is_shown_things_as_there(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world)
        chat = await world.chat("x")
        await scene.press()
        assert scene.got[0].chat == chat


async def test_whoever_writes_is_met(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world)
        await scene.say("/do")
        assert await scene.met()


@pytest.mark.parametrize(
    ("command", "changes", "made"), [("do", False, False), ("do", True, True), ("gone", True, False)]
)
async def test_a_field_makes_a_chat_if_it_changes_one(tmp_path: Path, command: str, changes: bool, made: bool) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world)
        await scene.fill("সাদা", command=command, changes_chat=changes)
        assert await scene.met() is made


@pytest.mark.parametrize(("given", "kept"), [("", "console:9"), ("console:x", "console:x")])
async def test_a_chat_is_met_by_the_account_that_answers(tmp_path: Path, given: str, kept: str) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world, account="console:9")
        target = dataclasses.replace(chat_of("x"), account=given)
        await scene.dialogue().reply(target, WHO, Role.READER, "/do")
        assert scene.got[0].chat.account == kept


@pytest.mark.parametrize(
    ("asks", "alone", "made"), [(True, False, True), (True, True, False), (False, False, False), (False, True, False)]
)
async def test_a_question_that_is_answered_by_typing_makes_a_chat(
    tmp_path: Path, asks: bool, alone: bool, made: bool
) -> None:
    async with a_world(tmp_path) as world:
        reply = Reply(plain("কী?"), asks=Asks(call("do"), "words") if asks else None)
        scene = Scene(world, reply, traits=dataclasses.replace(PRESSED, answers_alone=alone))
        await scene.press()
        assert await scene.met() is made


# --- what editors hear once they are met ---


@dataclass
class _Reports:
    told: list[Sequence[str]] = field(default_factory=list)

    async def tell_kept(self, admins: Sequence[str], now: datetime) -> None:
        del now
        self.told.append(admins)


@pytest.mark.parametrize(
    ("role", "kind", "known", "told"),
    [
        (Role.ADMIN, ChatKind.PRIVATE, True, True),
        (Role.OWNER, ChatKind.PRIVATE, True, True),
        (Role.EDITOR, ChatKind.PRIVATE, True, False),
        (Role.READER, ChatKind.PRIVATE, True, False),
        (Role.ADMIN, ChatKind.GROUP, True, False),
        (Role.ADMIN, ChatKind.PRIVATE, False, False),
        (Role.READER, ChatKind.PRIVATE, False, False),
    ],
)
async def test_an_admin_in_private_hears_what_was_kept(
    tmp_path: Path, role: Role, kind: ChatKind, known: bool, told: bool
) -> None:
    async with a_world(tmp_path) as world:
        reports, services = _Reports(), Services.of(world.core)
        store = _With(services.store, reader_reports=reports)
        scene = Scene(world, services=dataclasses.replace(services, store=store))  # type: ignore[arg-type]
        if known:
            await world.chat("x")
        await scene.dialogue().press(chat_of("x"), WHO, role, call("do"), kind)
        assert bool(reports.told) is told


class _With:
    """A store, but for some of its parts."""

    def __init__(self, store: object, **parts: object) -> None:
        self._store, self._parts = store, parts

    def __getattr__(self, name: str) -> object:
        return self._parts[name] if name in self._parts else getattr(self._store, name)


# --- labels and lists ---

LISTED = Listed(ids=(1, 2), first=1, end=2)
OTHER = Listed(ids=(1,), first=1, end=1)


def _shown(listed: Listed | None) -> Reply:
    again = Choice("সাদা পাতা", call("do", words=Text("পরের")))
    return Reply(Message((Choices(((again,),)),), brief="তালিকা", listed=listed))


@pytest.mark.parametrize(
    ("last", "answered", "meant"),
    [
        (LISTED, "", True),
        (LISTED, LISTED.id, True),
        (LISTED, OTHER.id, False),
        (None, "", True),
        (None, OTHER.id, False),
    ],
)
async def test_a_label_is_one_of_the_message_that_is_answered(
    tmp_path: Path, last: Listed | None, answered: str, meant: bool
) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world, _shown(last))
        await scene.say("/do")
        reply = await scene.say("সাদা পাতা", listed=answered)
        assert (len(scene.got) == 2) is meant
        assert reply.message != plain(PASSING.bn)


async def test_labels_end_with_the_next_answer(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world, _shown(None))
        await scene.say("/do")
        scene.reply = Reply(plain("আর কিছু না"))
        await scene.say("/do")
        await scene.say("সাদা পাতা")
        assert len(scene.got) == 2


class _Shown:
    """What was shown, and how often something was kept."""

    def __init__(self, inner: object) -> None:
        self._inner, self.kept = inner, 0

    def __getattr__(self, name: str) -> object:
        self.kept += name == "keep"
        return getattr(self._inner, name)


async def test_nothing_is_written_where_nothing_is_shown(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        services = Services.of(world.core)
        shown = _Shown(services.store.shown)
        store = _With(services.store, shown=shown)
        scene = Scene(world, services=dataclasses.replace(services, store=store))  # type: ignore[arg-type]
        await scene.say("/do")
        assert shown.kept == 0
        scene.reply = _shown(LISTED)
        await scene.say("/do")
        assert shown.kept == 1


# --- the language of the answer ---


@pytest.mark.parametrize(("whom", "language"), [(Audience.CHAT, Language.ENGLISH), (Audience.CHANNEL, Language.BANGLA)])
async def test_an_answer_is_in_the_language_that_the_chat_has_behind_it(
    tmp_path: Path, whom: Audience, language: Language
) -> None:
    async with a_world(tmp_path) as world:
        chat = await world.chat("x")

        async def change(_request: Request) -> Reply:
            chosen = dataclasses.replace(chat.preferences, language=Language.ENGLISH)
            await world.core.store.chats.prefer(chat.id, chosen, None)
            return Reply(plain("done"))

        command = Command("do", Wording("x", "x"), change, params=(WORDS,), audience=whom)
        dialogue = Dialogue(Router({**discover(), "do": command}), Services.of(world.core), world.clock, PRESSED)
        reply = await dialogue.press(chat_of("x"), WHO, Role.READER, call("do"), ChatKind.PRIVATE)
        assert reply.message.language is language


# --- how long a text may be ---


def _is_refused(reply: Reply) -> bool:
    return reply.message == plain(TOO_LONG.bn)


@pytest.mark.parametrize(
    ("longest", "size", "refused"), [(9, 9, False), (9, 10, True), (9000, 5000, False), (9000, 5001, True)]
)
async def test_a_field_and_a_button_hold_so_much(tmp_path: Path, longest: int, size: int, refused: bool) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world)
        assert _is_refused(await scene.fill("ক" * size, longest=longest)) is refused
        for words in (Text("ক" * size), Unread("ক" * size)):
            pressed = await scene.press(call("do", words=words), longest=longest)
            assert _is_refused(pressed) is (size > longest)


async def test_a_call_without_words_is_never_too_long(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert not _is_refused(await Scene(world).press(longest=0))


@pytest.mark.parametrize(
    ("size", "quoted", "looked_at"), [(5000, False, 5000), (5001, False, 0), (5000, True, 5000), (5001, True, 5000)]
)
async def test_a_message_is_looked_at_up_to_five_thousand_letters(
    tmp_path: Path, size: int, quoted: bool, looked_at: int
) -> None:
    got: list[Call] = []

    async def search(request: Request) -> Reply:
        got.append(request.call)
        return Reply(plain("হলো"))

    async with a_world(tmp_path) as world:
        commands = {name: dataclasses.replace(command, longest=9000) for name, command in discover().items()}
        commands["search"] = dataclasses.replace(commands["search"], run=search)
        dialogue = Dialogue(Router(commands), Services.of(world.core), world.clock, PRESSED)
        reply = await dialogue.reply(chat_of("x"), WHO, Role.READER, "ক" * size, quoted=quoted)
        assert _is_refused(reply) is (looked_at == 0)
        words = [value.words for one in got if isinstance(value := one.get("words"), Text)]
        assert not quoted or [len(one) for one in words] == [looked_at]


# --- what goes wrong is for whoever pressed ---


async def test_a_failure_is_told_to_one_alone(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:

        async def fail(_request: Request) -> Reply:
            raise RuntimeError

        command = Command("do", Wording("x", "x"), fail)
        dialogue = Dialogue(Router({**discover(), "do": command}), Services.of(world.core), world.clock, PRESSED)
        reply = await dialogue.press(chat_of("x"), WHO, Role.READER, call("do"), ChatKind.GROUP)
        assert (reply.message, reply.private) == (plain(PASSING.bn), True)


@pytest.mark.parametrize(("command", "missing"), [("gone", "words"), ("do", "gone")])
async def test_a_field_of_what_is_no_more_is_told_so(tmp_path: Path, command: str, missing: str) -> None:
    async with a_world(tmp_path) as world:
        reply = await Scene(world).fill("সাদা", missing, command)
        assert (reply.message, reply.private) == (plain(OLD_BUTTON.bn), True)


@pytest.mark.parametrize(
    ("asked", "seconds", "text", "answers"),
    [
        (False, 1, "৭", False),
        (True, 1, "৭", True),
        (True, 1, "/latest", False),
        (True, 1, "সাত", False),
        (True, 0, "৭", False),
        (True, -1, "৭", False),
    ],
)
async def test_what_answers_a_question(tmp_path: Path, asked: bool, seconds: int, text: str, answers: bool) -> None:
    async with a_world(tmp_path) as world:
        until = world.clock() + timedelta(seconds=seconds)
        question = OpenQuestion(call("latest"), "count", until) if asked else None
        assert Scene(world).dialogue().is_answer(question, text) is answers


@pytest.mark.parametrize(("seconds", "answered"), [(TEN_MINUTES - 1, True), (TEN_MINUTES, False)])
async def test_a_question_waits_ten_minutes(tmp_path: Path, seconds: int, answered: bool) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world, Reply(plain("কী?"), asks=Asks(call("do"), "words")))
        await scene.say("/do")
        world.clock.go(seconds=seconds)
        await scene.say("সাদা কাগজ")
        assert [one.call for one in scene.got[1:]] == ([call("do", words=Text("সাদা কাগজ"))] if answered else [])
