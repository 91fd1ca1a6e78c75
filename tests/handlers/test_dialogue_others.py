"""A dialogue: mended questions, talk among members, files, forwarded texts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.values.calls import Call, Text, call
from bot.values.chats import ChatKind, Role
from bot.values.delivery import Ref
from bot.values.messages import Asks, Choice, Choices, Message, Reply, plain
from bot.values.wording import Wording
from handlers.attached import Attachment
from handlers.command import Command, Request
from handlers.context import Context, Services
from handlers.dialogue import ASKED_FOR, Dialogue
from handlers.discovery import discover
from handlers.mending import Mending
from handlers.params import Suggestion, TextParam
from handlers.router import Router
from tests.fakes.world import PRESSED, World, a_world, chat_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
WORDS = TextParam(name="words")
WHO = "console:x"
HERE = chat_of("x")


class Scene:
    """Commands that say what they were asked."""

    def __init__(self, world: World, reply: Reply | None = None) -> None:
        self.world = world
        self.reply = reply or Reply(plain("হলো"))
        self.got: list[Request] = []

    async def _run(self, request: Request) -> Reply:
        self.got.append(request)
        return self.reply

    @property
    def dialogue(self) -> Dialogue:
        files = ("text/plain",)
        ours = (
            Command("do", Wording("x", "x"), self._run, ("সাদা কালো",), params=(WORDS,), longest=9000),
            Command("acts", Wording("x", "x"), self._run, changes_chat=True),
            Command("takes", Wording("x", "x"), self._run, params=(WORDS,), takes=files),
        )
        router = Router({**discover(), **{one.name: one for one in ours}})
        return Dialogue(router, Services.of(self.world.core), self.world.clock, PRESSED)

    async def say(self, text: str, **more: object) -> Reply:
        return await self.dialogue.reply(HERE, WHO, Role.READER, text, **more)  # type: ignore[arg-type]

    @property
    def calls(self) -> list[Call]:
        return [request.call for request in self.got]


# --- a question whose words were changed ---


@pytest.mark.parametrize(
    ("text", "ran"),
    [
        ("/do কাগজ", True),
        ("/acts", False),
        ("/nosuch", False),
        ("/do " + "ক" * 4996, True),
        ("/do " + "ক" * 4997, False),
    ],
)
async def test_a_mended_question_is_answered_if_it_only_asks_to_be_shown(tmp_path: Path, text: str, ran: bool) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world)
        reply = await scene.dialogue.mend(HERE, WHO, text, ChatKind.PRIVATE)
        assert (reply is not None) is ran
        assert len(scene.got) == ran
        assert reply is None or (reply.message, reply.reads) == (plain("হলো"), True)
        assert await world.core.store.chats.find(HERE) is None, "who only looks is not met"


def test_a_question_is_mended_within_a_minute() -> None:
    ticks = [100.0]
    mending = Mending(lambda: ticks[0])
    answer = Ref(HERE, "9")
    mending.note("x", "1", answer)
    ticks[0] += 60.0
    assert (mending.find("x", "1"), mending.find("x", "2"), mending.find("y", "1")) == (answer, None, None)
    ticks[0] += 0.1
    assert mending.find("x", "1") is None


@pytest.mark.parametrize(("text", "known"), [("/do", True), ("/latest 5", True), ("/nosuch", False)])
async def test_a_slash_names_a_command_of_ours_or_not(tmp_path: Path, text: str, known: bool) -> None:
    async with a_world(tmp_path) as world:
        assert Scene(world).dialogue.knows(text) is known


# --- what members say to one another ---


def _shown() -> Reply:
    again = Choice("সবুজ পাতা", call("do", words=Text("পরের")))
    return Reply(Message((Choices(((again,),)),), brief="তালিকা"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("কী হলো?", True),
        ("৩", True),
        ("/do", True),
        ("সর্বশেষ", True),
        ("সাদা কালো", True),
        ("সাদা কালো ছবি", True),
        ("সবুজ পাতা", True),
        ("খুব ভালো খবর", False),
        ("", False),
    ],
)
async def test_what_is_said_under_a_card_is_meant_for_us_or_not(tmp_path: Path, text: str, meant: bool) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world, _shown())
        await scene.say("/do")
        assert await scene.dialogue.is_meant(HERE, WHO, text) is meant


async def test_where_nothing_was_shown_talk_is_talk(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert not await Scene(world).dialogue.is_meant(HERE, WHO, "সবুজ পাতা")


@pytest.mark.parametrize(("seconds", "meant"), [(-1, True), (0, False)])
async def test_the_answer_to_a_question_is_meant_for_us(tmp_path: Path, seconds: int, meant: bool) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world, Reply(plain("কী?"), asks=Asks(call("do"), "words")))
        await scene.say("/do")
        world.clock.go(seconds=ASKED_FOR.total_seconds() + seconds)
        assert await scene.dialogue.is_meant(HERE, WHO, "হলুদ কাগজ") is meant


# --- files ---


async def _bytes() -> bytes:
    return b"x"


FILE = Attachment("a.txt", "text/plain", 1, _bytes)


@pytest.mark.parametrize(
    ("text", "command"), [("/takes", "takes"), ("/do", ""), ("/nosuch", ""), ("কথা", ""), ("", ""), ("  ", "")]
)
async def test_a_file_goes_to_the_command_beside_it(tmp_path: Path, text: str, command: str) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world)
        reply = await scene.dialogue.attached(HERE, WHO, Role.READER, text, FILE)
        assert [one.command for one in scene.calls] == ([command] if command else [])
        assert (reply is not None) is bool(command)
        assert [one.attached for one in scene.got] == ([FILE] if command else [])


@pytest.mark.parametrize(
    ("asking", "seconds", "taken"), [("takes", -1, True), ("takes", 0, False), ("do", -1, False), ("gone", -1, False)]
)
async def test_a_file_answers_a_question_that_takes_one(tmp_path: Path, asking: str, seconds: int, taken: bool) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world, Reply(plain("ফাইল?"), asks=Asks(call(asking), "words")))
        await scene.say("/do")
        scene.got.clear()
        world.clock.now += ASKED_FOR + timedelta(seconds=seconds)
        await scene.dialogue.attached(HERE, WHO, Role.READER, "", FILE)
        assert scene.calls == ([call("takes")] if taken else [])


# --- what was forwarded ---


async def test_a_forwarded_headline_opens_its_story_and_other_words_are_looked_for(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        saved = await world.add("পদ্মায় নৌকাডুবি, ২১ যাত্রীকে জীবিত উদ্ধার", "নৌকাটি ডুবেছে।")
        article = await world.core.store.articles.get(saved.article_id)
        assert article is not None
        opened = await Scene(world).say("পদ্মায় নৌকাডুবি, ২১ যাত্রীকে জীবিত উদ্ধার", quoted=True)
        assert "নৌকাটি ডুবেছে।" in str(opened.message.parts)
        await world.add("চর জাগল মোহনায়", "চরটি বড়।")
        linked = await Scene(world).say("মোহনায়", quoted=True, links=(article.url or "",))
        assert "নৌকাটি ডুবেছে।" in str(linked.message.parts)
        assert "চরটি বড়।" not in str(linked.message.parts), "which the word alone would find"
        other = await Scene(world).say("একেবারে অন্য কথা", quoted=True)
        assert "কিছু পেলাম না" in str(other.message.parts)


@pytest.mark.parametrize(
    ("text", "looked_for"),
    [
        ("ক" * 30, "ক" * 30),
        ("ক" * 31, "ক" * 30),
        ("এক লাইন\n" + "খ" * 22, "এক লাইন\n" + "খ" * 22),
        ("এক লাইন\n" + "খ" * 23, "এক লাইন"),
    ],
)
async def test_of_a_long_forwarded_text_the_first_line_is_looked_for(
    tmp_path: Path, text: str, looked_for: str
) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world)
        commands = {**discover(), "search": Command("search", Wording("x", "x"), scene._run, longest=30)}
        dialogue = Dialogue(Router(commands), Services.of(world.core), world.clock, PRESSED)
        await dialogue.reply(HERE, WHO, Role.READER, f"/{text}", quoted=True)
        (value,) = [one.get("words") for one in scene.calls]
        assert isinstance(value, Text)
        assert value.words == looked_for


@pytest.mark.parametrize(("role", "given"), [(Role.READER, ()), (Role.ADMIN, (("ইরান", "ইরান"),))])
async def test_suggestions_are_for_whoever_may_give_the_command(
    tmp_path: Path, role: Role, given: tuple[tuple[str, str], ...]
) -> None:
    asked: list[Context] = []

    async def suggest(request: Context, text: str) -> tuple[Suggestion, ...]:
        asked.append(request)
        return (Suggestion(text, text),)

    async with a_world(tmp_path) as world:
        scene = Scene(world)
        command = Command("rules", Wording("x", "x"), scene._run, role=Role.ADMIN)
        about = (HERE, WHO, role, ChatKind.PRIVATE, command, suggest)
        assert [(one.label, one.value) for one in await scene.dialogue.suggest(*about, "ইরান")] == list(given)
        assert await world.core.store.chats.find(HERE) is None
        assert [request.chat.id for request in asked] == [0] * len(given)
        await scene.say("সাদা কালো")
        known = await world.core.store.chats.find(HERE)
        assert known is not None
        await scene.dialogue.suggest(*about, "ইরান")
        assert [request.chat.id for request in asked[1:]] == [known.id] * len(given)


async def test_a_file_that_is_only_looked_at_makes_no_chat(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        scene = Scene(world)
        reply = await scene.dialogue.attached(HERE, WHO, Role.READER, "/takes নদী", FILE)
        assert reply is not None
        assert await world.core.store.chats.find(HERE) is None
