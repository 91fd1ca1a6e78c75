"""What may happen once happens once, however often its button is pressed."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from bot.values.chats import Role
from bot.values.messages import Choice, Choices
from handlers.platforms.discord import gateway
from tests.e2e import discord_bot, telegram_bot
from tests.e2e.discord_bot import Asking
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import World, a_world
from tests.handlers.discord.gateway import ScriptedGateway, message
from tests.handlers.discord.reading import every, texts, visible
from tests.handlers.saying import text

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.messages import Reply
    from tests.fakes.telegram.chats import Chat, Shown

pytestmark = pytest.mark.anyio
BEFORE, FIRST, SECOND = "পদ্মায় নৌকাডুবি", "মেঘনায় নৌকাডুবি", "যমুনায় নৌকাডুবি"
CARD_ONLY, SEND = "শুধু কার্ড", "🔴 পাঠান"
CHANGED, GOES = "বদলানো হলো।", "পাঠানো শুরু হলো"
SAME, NOW = "কার্ডে এখনই তা-ই আছে।", f"এখন আছে: {SECOND}"
ALREADY = "খবরটি আগেই ব্রেকিং হিসেবে পাঠানো হয়েছে।"


async def _a_story(world: World) -> int:
    await world.follow("reader")
    return (await world.add(BEFORE, "নৌকাটি ডুবেছে।")).article_id


async def _done(world: World, what: str) -> int:
    return [line.what for line in await world.core.store.audit.recent(20)].count(what)


async def _headline(world: World, number: int) -> str:
    article = await world.core.store.articles.get(number)
    assert article is not None
    return article.headline


# --- console ---


def _choice(reply: Reply, label: str) -> Choice:
    rows = [row for part in reply.message.parts if isinstance(part, Choices) for row in part.rows]
    return next(choice for row in rows for choice in row if choice.label == label)


async def _confirmed(world: World, number: int, headline: str) -> Choice:
    await world.say(f"/correct #{number} headline: {headline}")
    return _choice(await world.say("নামটি ভুল ছিল"), CARD_ONLY)


async def test_on_the_console(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        number = await _a_story(world)
        first = await _confirmed(world, number, FIRST)
        assert CHANGED in text(await world.say(CARD_ONLY))
        assert SAME in text(await world.press(first, role=Role.OWNER))
        await _confirmed(world, number, SECOND)
        assert CHANGED in text(await world.say(CARD_ONLY))
        assert NOW in text(await world.press(first, role=Role.OWNER))
        assert (await _headline(world, number), await _done(world, "correct")) == (SECOND, 2)


async def test_two_presses_at_one_moment(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        number = await _a_story(world)
        send = _choice(await world.say(f"/breaking #{number}"), SEND)
        said = sorted(map(text, await asyncio.gather(*(world.press(send, role=Role.OWNER) for _ in range(5)))))
        assert [GOES in one for one in said].count(True) == 1
        assert [ALREADY in one for one in said].count(True) == 4
        card = await _confirmed(world, number, FIRST)
        said = list(map(text, await asyncio.gather(*(world.press(card, role=Role.OWNER) for _ in range(5)))))
        assert [CHANGED in one for one in said].count(True) == 1
        assert (await _done(world, "breaking"), await _done(world, "correct")) == (1, 1)


async def test_a_button_from_before_tokens_asks_again(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        number = await _a_story(world)
        card = await _confirmed(world, number, FIRST)
        old = dataclasses.replace(card, does=card.does.without("once"))  # type: ignore[union-attr]
        asked = await world.press(old, role=Role.OWNER)
        assert await _done(world, "correct") == 0
        assert CHANGED in text(await world.press(_choice(asked, CARD_ONLY), role=Role.OWNER))


# --- Telegram ---


async def _said(telegram: FakeTelegram, chat: Chat, words: str) -> Shown:
    lying = len(chat.messages)
    await telegram.says(chat, words)
    await telegram.until(lambda: len(chat.messages) > lying)
    return chat.last


async def _sent_back(telegram: FakeTelegram, chat: Chat, shown: Shown, data: str) -> str:
    """Press what a message held, though it may hold it no more."""
    before, toasts = (len(chat.messages), shown.edits), len(telegram.toasts)
    await telegram.sends_back(chat, shown, data)
    await telegram.until(lambda: len(telegram.toasts) > toasts and (len(chat.messages), shown.edits) != before)
    return shown.text if shown.edits != before[1] else chat.last.text


def _edited_by(world: World, admin: str) -> None:
    settings = world.core.settings.model_copy(update={"admins": (admin,)})
    world.core = dataclasses.replace(world.core, settings=settings)


async def test_on_telegram(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        _edited_by(world, "telegram:7")
        number, editor = await _a_story(world), telegram.private(7)
        held: list[tuple[Shown, str]] = []
        async with telegram_bot.running(world, telegram):
            for headline in (FIRST, SECOND):
                await _said(telegram, editor, f"/correct #{number} headline: {headline}")
                confirm = await _said(telegram, editor, "নামটি ভুল ছিল")
                held.append((confirm, confirm.button(CARD_ONLY)["callback_data"]))
                assert CHANGED in await _sent_back(telegram, editor, *held[-1])
            assert NOW in await _sent_back(telegram, editor, *held[0])
            assert SAME in await _sent_back(telegram, editor, *held[1])
            asked = await _said(telegram, editor, f"/breaking #{number}")
            send = asked.button(SEND)["callback_data"]
            assert GOES in await _sent_back(telegram, editor, asked, send)
            assert ALREADY in await _sent_back(telegram, editor, asked, send)
        assert (await _headline(world, number), await _done(world, "correct")) == (SECOND, 2)
        assert await _done(world, "breaking") == 1


# --- Discord ---


async def _written(there: ScriptedGateway, words: str) -> dict[str, Any]:
    lying = len(there.posted.get("600", {}))
    await there.tell("MESSAGE_CREATE", message(100 + lying, words))
    await there.until(lambda: len(there.posted.get("600", {})) > lying)
    return list(there.posted["600"].values())[-1]


def _text(body: dict[str, Any]) -> str:
    return visible("\n".join(texts(body["components"])))


async def test_on_discord(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "READY_WITHIN", 0.0)
    async with ScriptedGateway() as there, a_world(tmp_path) as world:
        _edited_by(world, "discord:8")
        number, editor = await _a_story(world), Asking(there)
        held: list[dict[str, Any]] = []
        async with discord_bot.running(world, there):
            for headline in (FIRST, SECOND):
                await _written(there, f"/correct #{number} headline: {headline}")
                held.append(await _written(there, "নামটি ভুল ছিল"))
                assert any(one.get("label") == CARD_ONLY for one in every(held[-1]["components"]))
                assert CHANGED in _text(await editor.presses(held[-1], CARD_ONLY))
            assert NOW in _text(await editor.presses(held[0], CARD_ONLY))
            assert SAME in _text(await editor.presses(held[1], CARD_ONLY))
            asked = await _written(there, f"/breaking #{number}")
            assert GOES in _text(await editor.presses(asked, SEND))
            assert ALREADY in _text(await editor.presses(asked, SEND))
        assert (await _headline(world, number), await _done(world, "correct")) == (SECOND, 2)
        assert await _done(world, "breaking") == 1
