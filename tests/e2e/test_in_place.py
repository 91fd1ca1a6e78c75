"""What is pressed under news comes below it.

A press in an answer is answered in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.editing import stories
from bot.subscriptions import choosing
from bot.values.chats import Mode, Subscription, Target, Term, TermKind
from tests.e2e.telegram_bot import a_bot

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.telegram import FakeTelegram
    from tests.fakes.telegram.chats import Chat
    from tests.fakes.world import World

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"


async def _reader(world: World, telegram: FakeTelegram, mode: Mode) -> Chat:
    chat = await world.core.store.chats.ensure(Target("telegram", "7"), world.clock())
    await choosing.follow(world.core.store, chat, Subscription(Term(TermKind.ALL), mode=mode), world.clock())
    return telegram.private(7)


async def _press(telegram: FakeTelegram, chat: Chat, label: str) -> None:
    toasts = len(telegram.toasts)
    messages, edits = len(chat.messages), chat.last.edits
    await telegram.presses(chat, label)
    await telegram.until(lambda: len(telegram.toasts) > toasts)
    await telegram.until(lambda: len(chat.messages) > messages or chat.last.edits > edits)


async def test_a_digest_stays_when_its_settings_are_opened_and_these_change_in_place(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        chat = await _reader(world, telegram, Mode.DIGEST)
        for number in range(3):
            await world.add(f"নদীর খবর {number}", BODY)
        await world.core.store._database.write(  # type: ignore[attr-defined]
            lambda db: db.rows("UPDATE chats SET digest_at = 1, digest_from = 0")
        )
        await world.spread()
        await telegram.until(lambda: bool(chat.messages))
        digest, told = chat.last, chat.last.text
        (settings,) = [label for row in digest.labels for label in row if label.startswith("⚙️")]
        await _press(telegram, chat, settings)
        assert (digest.text, digest.edits) == (told, 0), "the news stands as it stood"
        panel = chat.last
        assert panel is not digest
        (breaking,) = [label for row in panel.labels for label in row if label.startswith("🔴")]
        await _press(telegram, chat, breaking)
        assert chat.last is panel, "a panel's own choices stay in it"
        assert panel.edits == 1


async def test_a_breaking_card_stays_when_less_of_it_is_asked_for(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        chat = await _reader(world, telegram, Mode.NOW)
        saved = await world.add("পদ্মায় নৌকাডুবি", BODY)
        story = await stories.find(world.core.store, saved.article_id)
        assert story is not None
        await stories.announce(world.core.store, story, "me", world.clock(), loud=True)
        await world.spread()
        await telegram.until(lambda: bool(chat.messages))
        card, told = chat.last, chat.last.text
        assert told.startswith("🔴 ব্রেকিং: পদ্মায় নৌকাডুবি")
        await _press(telegram, chat, "🔴 ব্রেকিং কমান")
        assert (card.text, card.edits) == (told, 0)
        assert chat.last is not card
        panel = chat.last
        await _press(telegram, chat, panel.labels[0][0])
        assert chat.last is panel
        await telegram.presses(chat, "📖 পুরো খবর", on=card)
        await telegram.until(lambda: card.edits == 1)
        assert "ফায়ার সার্ভিস" in card.text, "the card itself unfolds where it lies"
