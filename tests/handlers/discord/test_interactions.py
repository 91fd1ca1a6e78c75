"""Interactions as they come, and the answers as they go.

Without a gateway, over a real connection.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from bot.values.calls import call
from bot.values.chats import Mode, Target
from bot.values.messages import Asks, Message, Reply, paragraph, plain
from bot.values.wording import Wording
from handlers import service
from handlers.admission import Admission
from handlers.buttons import Buttons
from handlers.command import Command, Request
from handlers.context import Services
from handlers.discovery import discover
from handlers.platforms.discord import interactions, setup
from handlers.platforms.discord.account import DiscordAccount
from handlers.platforms.discord.custom_ids import ROOM
from handlers.platforms.discord.inboxes import Inboxes
from handlers.platforms.discord.interactions import Interactions
from handlers.platforms.discord.known import Known
from handlers.platforms.discord.rest import Rest
from handlers.router import Router
from handlers.service import AccountService, TasksBeside
from tests.fakes.world import World, a_world
from tests.handlers.discord.api import Asked, Says, ScriptedApi, facts_of
from tests.handlers.discord.reading import check, every, labels, texts, visible

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from bot.ports.platform import SendResult

pytestmark = pytest.mark.anyio
COMMANDS = discover()
CHANNEL, INBOX = Target("discord", "70"), Target("discord", "8")
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"
EPHEMERAL = 1 << 6
MANAGE = str(1 << 5)


class _Channels(Known):
    """What the gateway has told of channel 70."""

    def __init__(self) -> None:
        super().__init__()
        self.lacking: tuple[str, ...] = ()

    def missing(self, number: str) -> tuple[str, ...] | None:
        return self.lacking if number == "70" else None

    def channel(self, number: str) -> Any:  # noqa: ANN401 - stands in for the library's
        return type("Channel", (), {"name": "খবর-ঘর"})() if number == "70" else None

    def is_in(self, number: str, guild: str) -> bool:
        return (number, guild) == ("70", "77")

    def outage(self, number: str) -> bool:
        del number
        return False


@dataclass
class _Stage:
    world: World
    api: ScriptedApi
    talks: Interactions
    tasks: TasksBeside
    seen: _Channels
    count: int = 0
    answers: list[Asked] = field(default_factory=list)

    async def does(self, kind: int, data: Mapping[str, Any], **more: Any) -> list[Asked]:  # noqa: ANN401 - as it comes
        """Let somebody do something; return what was answered."""
        self.count += 1
        before = len(self.api.asked)
        member = {"user": {"id": more.pop("by", "8")}, "permissions": more.pop("rights", "0")}
        raw = {"id": f"i{self.count}", "token": f"t{self.count}", "application_id": "5", "type": kind, "data": data}
        place = {"guild_id": "77", "channel": {"id": "70", "type": 0}, "member": member}
        if more.pop("private", False):
            place = {"channel": {"id": "600", "type": 1}, "user": member["user"]}
        await self.talks.handle({**raw, **place, **more})
        # What is opened and said in somebody's inbox has its own tests.
        self.answers = [one for one in self.api.asked[before:] if one.path.startswith(("/interactions", "/webhooks"))]
        for one in self.answers:
            if (shown := self.shown(one)) is not None:
                check(shown)
        return self.answers

    async def types(self, name: str, *, rights: str = "0", private: bool = False, **options: Any) -> Asked:  # noqa: ANN401
        filled = [{"name": one, "value": value} for one, value in options.items()]
        return (await self.does(2, {"name": name, "options": filled}, rights=rights, private=private))[0]

    async def presses(self, label: str, *, on: Asked | None = None, number: str = "3", **more: Any) -> Asked:  # noqa: ANN401
        asked = on or self.answers[0]
        found = [one for one in every(self.shown(asked) or []) if one.get("label") == label]
        assert found, labels(self.shown(asked) or [])
        flags = (asked.body.get("data") or asked.body).get("flags", 0)
        pressed = {"id": number, "flags": flags}
        await self.does(3, {"custom_id": found[0]["custom_id"], "component_type": 2}, message=pressed, **more)
        return self.answers[0]

    @staticmethod
    def shown(asked: Asked) -> list[Any] | None:
        body = asked.body or {}
        components = (body.get("data") or body).get("components")
        return components if body.get("type") != 9 else None

    def text(self, asked: Asked | None = None) -> str:
        return visible("\n".join(texts(self.shown(asked or self.answers[0]) or [])))


def _flags(asked: Asked) -> int:
    return int((asked.body.get("data") or asked.body)["flags"])


@asynccontextmanager
async def _stage(folder: Path, *, extra: Mapping[str, Command] | None = None) -> AsyncIterator[_Stage]:
    async with ScriptedApi() as api, a_world(folder) as world:
        rest = Rest(api.base, "token")
        await rest.open()
        commands = {**COMMANDS, **(extra or {})}
        services = Services.of(world.core)
        account = DiscordAccount(rest, facts_of(Known(), rest), Buttons(world.core.store, ROOM), world.clock)

        async def post(target: Target, message: Message) -> SendResult:
            return await account.send(target, message, "")

        inboxes, seen, tasks = Inboxes(world.core, rest, "discord", post), _Channels(), TasksBeside()
        serving = AccountService(world.core, Router(commands), services, account, inboxes.open)
        serving.beside = tasks.begin
        talks = Interactions(
            world.core, rest, Buttons(world.core.store, ROOM), serving, commands, services, inboxes,
            setup.Setup(world.core, seen, "discord"), account.edit,
        )  # fmt: skip
        try:
            yield _Stage(world, api, talks, tasks, seen)
        finally:
            await tasks.finish()
            await rest.close()


async def _follows(world: World, target: Target) -> list[str]:
    chat = await world.core.store.chats.find(target)
    return [one.term.name for one in await world.core.store.subscriptions.of_chat(chat.id)] if chat else []


# --- who sees an answer ---


async def test_a_list_is_for_all_and_settings_for_who_asked(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        await stage.world.add("পদ্মায় নৌকাডুবি", BODY)
        answer = await stage.types("latest")
        assert answer.path == "/interactions/i1/t1/callback"
        assert (answer.body["type"], _flags(answer) & EPHEMERAL) == (4, 0)
        assert "পদ্মায় নৌকাডুবি" in stage.text(answer)
        settings = await stage.types("settings", rights=MANAGE)
        assert _flags(settings) & EPHEMERAL
        assert "সেটিংস" in stage.text(settings)
        private = await stage.types("settings", private=True)
        assert not _flags(private) & EPHEMERAL


async def test_a_press_in_a_channel_is_answered_to_one_person_and_leaves_the_card_alone(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        await stage.world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        card = await stage.types("latest")
        whole = await stage.presses("📖 পুরো খবর", on=card)
        assert (whole.body["type"], bool(_flags(whole) & EPHEMERAL)) == (4, True)
        folded = await stage.presses("গুটিয়ে নিন", on=whole)
        assert folded.body["type"] == 7, "what one person alone sees changes in place"


LONG_BODY = "\n\n".join(f"{n} নম্বর অনুচ্ছেদ। " + "নদীর পাড়ের *কথা* এখানে শেষ। " * 12 for n in range(30))


@pytest.mark.parametrize("private", [False, True])
async def test_a_whole_story_comes_in_parts_and_folds_with_all_of_them(tmp_path: Path, *, private: bool) -> None:
    async with _stage(tmp_path) as stage:
        await stage.world.add("পদ্মায় নৌকাডুবি", LONG_BODY, tags=("পদ্মা",))
        card = await stage.types("latest", private=private)
        begun = len(stage.api.asked)
        await stage.presses("📖 পুরো খবর", on=card, private=private)
        said = [one for one in stage.api.asked[begun:] if one.method == "POST"]
        pieces = [stage.shown(one) or [] for one in said]
        for piece in pieces:
            check(piece)
        whole = "\n".join(visible("\n".join(texts(piece))) for piece in pieces)
        assert all(f"{number} নম্বর অনুচ্ছেদ।" in whole for number in range(30))
        assert len(pieces) > 2
        assert ["গুটিয়ে নিন" in str(labels(piece)) for piece in pieces] == [False] * (len(pieces) - 1) + [True]
        assert all(bool(_flags(one) & EPHEMERAL) is not private for one in said)
        begun = len(stage.api.asked)
        number = _number(said[-1], stage)
        await stage.presses("গুটিয়ে নিন", on=said[-1], number=number, private=private)
        gone = [one.path for one in stage.api.asked[begun:] if one.method == "DELETE"]
        assert len(gone) == len(pieces) - 1
        changed = [one for one in stage.api.asked[begun:] if one.method != "DELETE" and stage.shown(one)]
        assert "📖 পুরো খবর" in str(labels(stage.shown(changed[-1]) or []))


def _number(asked: Asked, stage: _Stage) -> str:
    """Return the number that the platform gave a message."""
    return str(stage.api.asked.index(asked) + 1)


async def test_in_private_a_card_changes_in_place(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        await stage.world.add("পদ্মায় নৌকাডুবি", BODY)
        card = await stage.types("latest", private=True)
        whole = await stage.presses("📖 পুরো খবর", on=card, private=True)
        assert whole.body["type"] == 7


# --- whose news ---


async def test_many_presses_one_after_another_are_all_answered(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        await stage.world.add("পদ্মায় নৌকাডুবি", "এক।", tags=("নদী",))
        await stage.world.add("নদীতে মেলা", "এক।", url="https://outlet.example/2")
        stage.talks.service.admission = Admission(ticks=lambda: 0.0)
        shown = await stage.types("latest", private=True)
        for _ in range(16):
            assert "আস্তে" not in stage.text(await stage.presses("১", on=shown, private=True))


async def test_a_member_follows_for_themselves_and_never_for_the_channel(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        await stage.world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        card = await stage.types("latest")
        followed = await stage.presses("➕ ফলো", on=card)
        assert _flags(followed) & EPHEMERAL
        assert "এখন থেকে ‘পদ্মা’ ফলো করছেন।" in stage.text(followed)
        assert stage.text(followed).endswith("খবর আপনার ইনবক্সে (ডিএম) যাবে; এই চ্যানেলে কিছু বদলাবে না।")
        assert (await _follows(stage.world, INBOX), await _follows(stage.world, CHANNEL)) == (["পদ্মা"], [])
        await stage.presses("ফলো বন্ধ", on=followed)
        assert await _follows(stage.world, INBOX) == []


async def test_the_menu_behind_the_dots_is_about_ones_own(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        await stage.world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        menu = await stage.presses("⋯", on=await stage.types("latest"))
        taken = await stage.presses("➕ পদ্মা", on=menu)
        assert taken.body["type"] == 7
        assert ["✓ পদ্মা"] in labels(stage.shown(taken) or [])
        assert stage.text(stage.answers[1]) == "এখন থেকে ‘পদ্মা’ ফলো করছেন।"
        assert (await _follows(stage.world, INBOX), await _follows(stage.world, CHANNEL)) == (["পদ্মা"], [])


async def test_for_the_channel_only_who_manages_the_server_follows(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        refused = await stage.types("follow", topic="ইরান", where="here")
        assert "শুধু সার্ভারের অ্যাডমিনরা" in stage.text(refused)
        done = await stage.types("follow", rights=MANAGE, topic="ইরান", where="here")
        assert "‘ইরান’ ফলো করছেন।" in stage.text(done)
        assert "ইনবক্সে" not in stage.text(done)
        assert (await _follows(stage.world, CHANNEL), await _follows(stage.world, INBOX)) == (["ইরান"], [])
        await stage.presses("ফলো বন্ধ", on=done, rights=MANAGE)
        assert await _follows(stage.world, CHANNEL) == []


async def test_whom_the_server_lets_use_settings_may_press_them_too(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        panel = await stage.types("settings")
        assert "সেটিংস" in stage.text(panel)
        opened = await stage.presses("🗞 কার্ড: সংক্ষেপে", on=panel)
        await stage.presses("শিরোনাম", on=opened)
        chat = await stage.world.core.store.chats.find(CHANNEL)
        assert chat is not None
        assert chat.preferences.style == "headline"
        await stage.presses("🗞 কার্ড: সংক্ষেপে", on=panel, by="11")
        assert "শুধু সার্ভারের অ্যাডমিনরা" in stage.text()


# --- questions ---


async def test_a_question_is_answered_in_a_window(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        times = await stage.presses(
            "⏰ কখন পাঠাব: সকাল ৮টা, রাত ৯টা", on=await stage.types("settings", rights=MANAGE), rights=MANAGE
        )
        asks = await stage.presses("নিজে লিখব", on=times, rights=MANAGE)
        window = await stage.presses("✍️ নিজে লিখব", on=asks, rights=MANAGE)
        assert window.body["type"] == 9
        custom_id = window.body["data"]["custom_id"]
        assert custom_id == "#?1.settings:change=+time,missing=-value"
        written = [{"type": 1, "components": [{"type": 4, "custom_id": "text", "value": "সকাল ৭টা, রাত ১০টা"}]}]
        await stage.does(
            5, {"custom_id": custom_id, "components": written}, rights=MANAGE, message={"flags": EPHEMERAL}
        )
        chat = await stage.world.core.store.chats.find(CHANNEL)
        assert chat is not None
        assert [one.hour for one in chat.preferences.digest_times] == [7, 22]


async def test_buttons_and_windows_of_the_version_before_go_on(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        await stage.world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        window = await stage.does(3, {"custom_id": "2:?settings time", "component_type": 2}, rights=MANAGE)
        assert window[0].body["data"]["custom_id"] == "?settings time"
        written = [{"type": 1, "components": [{"type": 4, "custom_id": "text", "value": "সকাল ৭টা"}]}]
        await stage.does(5, {"custom_id": "?settings time", "components": written}, rights=MANAGE)
        chat = await stage.world.core.store.chats.find(CHANNEL)
        assert chat is not None
        assert [one.hour for one in chat.preferences.digest_times] == [7]
        await stage.does(3, {"custom_id": "#follow tag:পদ্মা now", "component_type": 2}, rights=MANAGE)
        (followed,) = await stage.world.core.store.subscriptions.of_chat(chat.id)
        assert (followed.term.name, followed.mode) == ("পদ্মা", Mode.NOW)


async def test_what_is_being_typed_gets_suggestions(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        await stage.world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        options = [{"name": "topic", "value": "pod", "focused": True}]
        (answer,) = await stage.does(4, {"name": "follow", "options": options})
        assert answer.body == {"type": 8, "data": {"choices": [{"name": "পদ্মা (৭ দিনে ১টি)", "value": "tag:পদ্মা"}]}}
        (none,) = await stage.does(4, {"name": "today", "options": []})
        assert none.body["data"]["choices"] == []


# --- in time ---


async def _slowly(_request: Request) -> Reply:
    await _slowly.goes.wait()  # type: ignore[attr-defined]
    return Reply(plain("শেষ"))


SLOW = Command(name="slow", summary=Wording("ধীর", "Slow"), run=_slowly)


async def test_what_takes_long_is_promised_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _slowly.goes = asyncio.Event()  # type: ignore[attr-defined]
    monkeypatch.setattr(interactions, "SOON", 0.0)
    async with _stage(tmp_path, extra={"slow": SLOW}) as stage:
        asking = asyncio.create_task(stage.types("slow"))
        await stage.api.until(1)
        assert stage.api.asked[0].body == {"type": 5, "data": {}}
        _slowly.goes.set()  # type: ignore[attr-defined]
        await asking
        assert (stage.answers[1].method, stage.answers[1].path) == ("PATCH", "/webhooks/5/t1/messages/@original")
        assert stage.text(stage.answers[1]) == "শেষ"


async def _fails(_request: Request) -> Reply:
    raise RuntimeError("a fault")


async def _asks(_request: Request) -> Reply:
    return Reply(Message((paragraph("কী?"),), "কী?"), then=plain("আরও কিছু"), asks=Asks(call("tag"), "topic"))


async def test_what_fails_is_told_in_plain_words(tmp_path: Path) -> None:
    fails = Command(name="fails", summary=Wording("x", "x"), run=_fails)
    async with _stage(tmp_path, extra={"fails": fails}) as stage:
        await stage.types("fails")
        assert stage.text().startswith("একটু সমস্যা হচ্ছে।")
        stage.api.answers.append(Says(200, {}))
        old = await stage.does(3, {"custom_id": "nothing #1", "component_type": 2}, message={"flags": 0})
        assert "পুরোনো" in stage.text(old[0])


async def test_what_follows_an_answer_follows_it(tmp_path: Path) -> None:
    asks = Command(name="asks", summary=Wording("x", "x"), run=_asks)
    async with _stage(tmp_path, extra={"asks": asks}) as stage:
        await stage.types("asks")
        assert [one.path for one in stage.answers] == ["/interactions/i1/t1/callback", "/webhooks/5/t1"]
        assert labels(stage.shown(stage.answers[0]) or []) == [["✍️ নিজে লিখব"]]


async def test_how_something_goes_on_is_shown_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "LOOK", 0.0)
    left = [plain("বাকি ১"), plain("বাকি ১"), plain("শেষ")]

    async def look() -> Message | None:
        return left.pop(0) if left else None

    async def begin(_request: Request) -> Reply:
        return Reply(plain("বাকি ২"), live=look)

    goes = Command(name="goes", summary=Wording("x", "x"), run=begin)
    async with _stage(tmp_path, extra={"goes": goes}) as stage:
        await stage.types("goes")
        await stage.tasks.finish()
        edits = [stage.text(one) for one in stage.api.asked if one.method == "PATCH"]
        assert edits == ["বাকি ১", "শেষ"]


async def test_who_has_no_inbox_is_told_that_it_went_wrong(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        stage.api.answers.append(Says(400, {"message": "no", "code": 50035}))
        await stage.types("follow", topic="ইরান")
        assert stage.text().startswith("একটু সমস্যা হচ্ছে।")


@pytest.mark.parametrize(
    "first",
    [
        Says(429, {"message": "slower", "retry_after": 0.01}, {"Via": "1.1", "X-RateLimit-Scope": "user"}),
        Says(500, {"message": "Internal Server Error", "code": 0}),
        Says(503, "<html>later</html>"),
        Says(0),
    ],
    ids=["429", "500", "503", "cut"],
)
async def test_an_answer_is_not_lost_at_a_429_or_a_500(tmp_path: Path, first: Says) -> None:
    async with _stage(tmp_path) as stage:
        stage.api.answers = [first]
        await stage.types("help")
        assert [one.path for one in stage.answers] == [stage.answers[0].path] * 2
        assert "কীভাবে ব্যবহার করবেন" in stage.text(stage.answers[1])


async def test_what_was_answered_by_a_lost_try_is_answered(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        stage.api.answers = [Says(0), Says(400, {"message": "already acknowledged", "code": 40060})]
        await stage.types("help")
        assert len(stage.answers) == 2, "no apology follows"


async def test_an_answer_that_is_refused_goes_as_bare_text(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        await stage.world.add("পদ্মায় নৌকাডুবি", BODY)
        stage.api.answers.append(Says(400, {"message": "Invalid Form Body", "code": 50035}))
        await stage.types("latest")
        bare = stage.answers[1].body["data"]
        assert bare["content"].startswith("**পদ্মায় নৌকাডুবি**")
        assert "components" not in bare


async def test_an_interaction_that_was_answered_already_is_no_fault(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        stage.api.answers.append(Says(400, {"message": "already acknowledged", "code": 40060}))
        await stage.types("help")
        assert len(stage.answers) == 1


# --- /setup ---


async def test_setting_up_takes_three_choices_in_one_message(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        first = await stage.types("setup", rights=MANAGE)
        assert (stage.text(first), bool(_flags(first) & EPHEMERAL)) == ("কোন চ্যানেলে খবর যাবে?", True)
        select = next(one for one in every(stage.shown(first) or []) if one["type"] == 8)
        mine = {"message": {"flags": EPHEMERAL}, "rights": MANAGE}
        (second,) = await stage.does(3, {"custom_id": select["custom_id"], "values": ["70"]}, **mine)
        assert second.body["type"] == 7
        assert labels(stage.shown(second) or []) == [
            ["প্রধান খবর, দিনে দুবার"],
            ["ব্রেকিং, এলেই", "খেলা, এলেই"],
            ["নিজেদের সংবাদমাধ্যম"],
        ]
        third = await stage.presses("খেলা, এলেই", on=second, rights=MANAGE)
        assert stage.text(third) == "কার্ড কেমন হবে?"
        done = await stage.presses("ছবিসহ", on=third, rights=MANAGE)
        assert stage.text(done) == "✅ দেখা, লেখা, লিংক: সব অনুমতি আছে। #খবর-ঘর তৈরি।"
        assert await _follows(stage.world, CHANNEL) == ["খেলা"]


async def test_a_right_that_is_missing_is_named_and_looked_for_again(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        stage.seen.lacking = ("embed_links",)
        mine = {"message": {"flags": EPHEMERAL}, "rights": MANAGE}
        (third,) = await stage.does(3, {"custom_id": "!what 70 main"}, **mine)
        refused = await stage.presses("শিরোনাম", on=third, rights=MANAGE)
        assert stage.text(refused) == (
            "❌ #খবর-ঘর চ্যানেলে এই অনুমতি নেই: লিংক (Embed Links)। চ্যানেল সেটিংসে চালু করে ‘আবার দেখুন’ চাপুন।"
        )
        stage.seen.lacking = ()
        await stage.presses("আবার দেখুন", on=refused, rights=MANAGE)
        assert stage.text().startswith("✅")


async def test_setting_up_anew_takes_the_place_of_what_a_setup_chose(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        mine = {"message": {"flags": EPHEMERAL}, "rights": MANAGE}
        await stage.types("follow", rights=MANAGE, topic="মেঘনা", where="here")
        await stage.does(3, {"custom_id": "!look 70 sport summary"}, **mine)
        await stage.does(3, {"custom_id": "!look 70 main summary"}, **mine)
        assert sorted(await _follows(stage.world, CHANNEL)) == ["", "মেঘনা"]


async def test_an_outlet_of_ones_own_is_chosen_from_those_there_are(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        await stage.world.add("পদ্মায় নৌকাডুবি", BODY)
        mine = {"message": {"flags": EPHEMERAL}, "rights": MANAGE}
        (asks,) = await stage.does(3, {"custom_id": "!what 70 own"}, **mine)
        select = next(one for one in every(stage.shown(asks) or []) if one["type"] == 3)
        assert [one["label"] for one in select["options"]] == ["নদী পত্রিকা"]
        (look,) = await stage.does(
            3, {"custom_id": select["custom_id"], "values": [select["options"][0]["value"]]}, **mine
        )
        await stage.presses("সংক্ষেপে", on=look, rights=MANAGE)
        assert await _follows(stage.world, CHANNEL) == ["নদী পত্রিকা"]


@pytest.mark.parametrize("sent", ["!look 71 main summary", "!check 71", "!what 71 own", "!where 71", "!own 71 1"])
async def test_a_channel_of_another_server_is_set_up_by_nobody_here(tmp_path: Path, sent: str) -> None:
    async with _stage(tmp_path) as stage:
        mine = {"message": {"flags": EPHEMERAL}, "rights": MANAGE}
        await stage.does(3, {"custom_id": sent}, **mine)
        assert stage.text() == "চ্যানেলটি পাওয়া গেল না, অথবা আপনি সেখানে অ্যাডমিন নন।"
        assert await stage.world.core.store.chats.find(Target("discord", "71")) is None


async def test_nobody_else_presses_the_buttons_of_a_setup(tmp_path: Path) -> None:
    async with _stage(tmp_path) as stage:
        await stage.does(3, {"custom_id": "!look 70 main summary"}, message={"flags": 0})
        assert "শুধু সার্ভারের অ্যাডমিনরা" in stage.text()
        assert await stage.world.core.store.chats.find(CHANNEL) is None
