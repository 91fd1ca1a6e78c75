"""Buttons of version 0.1 that lie in chats.

Each kind, recorded from that version, does today what it did then.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.subscriptions import choosing
from bot.values.chats import ChatKind, Preferences, Role, Subscription, Target, Term, TermKind
from handlers.buttons import Buttons
from handlers.dialogue import OLD_BUTTON, PASSING
from tests.fakes.world import PRESSED, World, a_world
from tests.handlers.saying import text

if TYPE_CHECKING:
    from bot.values.messages import Reply

pytestmark = pytest.mark.anyio
RECORDED = json.loads((Path(__file__).parent / "recorded" / "callbacks.json").read_text(encoding="utf-8"))
HERE, WHO = Target("telegram", "7"), "telegram:7"
PLACES = ("এক", "দুই", "তিন", "চার", "পাঁচ", "ছয়", "সাত", "আট")
LONG = "মুক্তিযুদ্ধের ইতিহাস ও সংস্কৃতি"
SENTENCES = "{n} নম্বর কথা এখানে শেষ হলো। দ্বিতীয় বাক্যটি এখানে শেষ হলো। তৃতীয়টি এখানে শেষ হলো।"


async def _seed(world: World) -> None:
    """Make the chat as it was when the buttons were recorded."""
    for number, word in enumerate(PLACES, 1):
        tags = ("সেতু", LONG) if number % 2 else ("সেতু", "নৌকা")
        body = "সেতু নিয়ে " + SENTENCES.format(n=word)
        await world.add(f"সেতুর খবর নম্বর {word} এল", body, tags=tags, url=f"https://outlet.example/{number}")
        world.clock.go(minutes=1)
    chat = await world.core.store.chats.ensure(HERE, world.clock())
    for chosen in (
        Subscription(Term(TermKind.TAG, "নৌকা", "নৌকা")),
        Subscription(Term(TermKind.KEYWORD, "ক্রিকেট", "ক্রিকেট"), exclude=True),
    ):
        await choosing.follow(world.core.store, chat, chosen, world.clock())
    await world.dialogue(PRESSED).reply(HERE, WHO, Role.OWNER, "/latest")


async def _pressed(world: World, one: dict[str, Any]) -> Reply:
    for row in one.get("kept", ()):
        await world.core.store._database.write(  # type: ignore[attr-defined]
            lambda db, row=row: db.rows("INSERT INTO choices VALUES (?, ?, ?, 1) ON CONFLICT DO NOTHING", *row)
        )
    pressed = await Buttons(world.core.store, 64).read(one["data"])
    return await world.dialogue(PRESSED).press(HERE, WHO, Role.OWNER, pressed, ChatKind.PRIVATE)


@pytest.mark.parametrize("one", RECORDED, ids=lambda one: one["kind"])
async def test_an_old_button_does_what_it_did(one: dict[str, Any], tmp_path: Path) -> None:
    async with a_world(tmp_path, seed=_seed) as world:
        reply = await _pressed(world, one)
        said = text(reply)
        assert OLD_BUTTON.bn not in " ".join(said.split())
        assert PASSING.bn not in " ".join(said.split())
        store = world.core.store
        chat = await store.chats.ensure(HERE, world.clock())
        chosen = await store.subscriptions.of_chat(chat.id)
        usual = dataclasses.asdict(Preferences())
        changed = {
            name: str(value)
            for name, value in dataclasses.asdict(chat.preferences).items()
            if str(value) != str(usual[name])
        }
        assert [[sub.term.kind.value, sub.term.value, sub.exclude, int(sub.mode)] for sub in chosen] == one["chosen"]
        assert changed == one["preferences"]
        assert (chat.state.value, chat.paused_until is not None) == (one["state"], one["paused"])
        assert (reply.replaces, reply.toast) == (one["replaces"], one["toast"])
        asked = (await store.shown.last(chat.id, WHO)).question
        assert (asked.call.command if asked is not None else "") == one["asks"]
        assert [[line.what, line.target, line.after] for line in await store.audit.recent(3)] == one["audit"]
