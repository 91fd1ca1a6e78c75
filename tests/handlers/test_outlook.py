"""Screens say what will happen.

Whatever was chosen, stopped or left, no screen promises news that does not come.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.editing import stories
from bot.values.chats import ChatKind, Language, Mode, Role
from bot.values.messages import Traits
from tests.fakes.world import PRESSED, World, a_world, chat_of
from tests.handlers.saying import choice, choices, text

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.messages import Reply

pytestmark = pytest.mark.anyio
SCREENS = ("/settings", "/status", "/following", "/start", "/follow সেতু", "/resume")
"""Every screen that says when something comes."""
BENGALI_DIGITS = re.compile("[০-৯]")
ENDING = ("/settings সময় শুধু ব্রেকিং", "/settings ব্রেকিং একদম না")
"""Two choices, each of them sensible, that together bring nothing."""
LISTS = ("/latest", "/tag সেতু", "/search সেতু", "/today", "/topics")


async def _news(world: World) -> None:
    for number in range(1, 8):
        await world.add(f"সেতুর কাজ {number} এগোল", "সেতুর কাজ এগিয়েছে। নদীর পাড়ে মেলা।", tags=("সেতু",))


async def _says(world: World, *texts: str) -> Reply:
    for said in texts[:-1]:
        await world.say(said, traits=PRESSED)
    return await world.say(texts[-1], traits=PRESSED)


@pytest.mark.parametrize("screen", SCREENS[:-1])
async def test_while_stopped_nothing_is_promised(tmp_path: Path, screen: str) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        drawn = text(await _says(world, "/follow সেতু", "/stop", screen))
        assert "পরের বার" not in drawn
        assert "বন্ধ" in drawn


@pytest.mark.parametrize("screen", SCREENS[:-1])
async def test_on_a_break_it_says_until_when(tmp_path: Path, screen: str) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        drawn = text(await _says(world, "/follow সেতু", "/pause ৮ ঘণ্টা", screen))
        assert "বিরতি চলছে" in drawn
        assert "পরের বার" not in drawn


@pytest.mark.parametrize("screen", SCREENS)
async def test_only_breaking_and_never_breaking_is_nothing(tmp_path: Path, screen: str) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        reply = await _says(world, "/follow সেতু", *ENDING, screen)
        assert "এভাবে কোনো খবরই আসবে না।" in text(reply)
        assert {"ব্রেকিং চালু করুন", "⏰ সময় বদলান"} <= {one.label for one in choices(reply)}
        await world.press(choice(reply, "ব্রেকিং চালু করুন"))
        assert "কোনো খবরই" not in text(await _says(world, screen))


@pytest.mark.parametrize("last", ENDING)
async def test_the_choice_that_ends_all_news_says_so_at_once(tmp_path: Path, last: str) -> None:
    others = [one for one in ENDING if one != last]
    async with a_world(tmp_path) as world:
        assert "কোনো খবরই" not in text(await _says(world, "/follow সেতু", *others))
        assert "এভাবে কোনো খবরই আসবে না।" in text(await _says(world, last))


async def test_one_topic_by_breaking_alone_and_no_breaking_says_so(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        assert "কোনো খবরই" in text(await _says(world, "/settings ব্রেকিং একদম না", "/follow সেতু শুধু ব্রেকিং"))
        await world.follow("local", mode=Mode.DIGEST)
        assert "কোনো খবরই" not in text(await _says(world, "/settings"))


async def test_who_takes_only_breaking_is_promised_no_digest(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _says(world, "/follow সেতু", "/settings সময় শুধু ব্রেকিং")
        for screen in SCREENS:
            assert "পরের বার" not in text(await _says(world, screen)), screen


async def test_unfollow_offers_only_what_is_followed(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        reply = await _says(world, "/unfollow")
        assert "এখনো কিছু ফলো করছেন না।" in text(reply)
        assert not [one.label for one in choices(reply) if "বন্ধ" in one.label]
        reply = await _says(world, "/follow সেতু", "/unfollow")
        assert [one.label for one in choices(reply)] == ["ফলো বন্ধ সেতু", "‹ থাক"]


@pytest.mark.parametrize("traits", [PRESSED, Traits(buttons=True, answers_alone=True)])
async def test_keys_are_offered_only_where_there_are_such(tmp_path: Path, traits: Traits) -> None:
    async with a_world(tmp_path) as world:
        panel = await world.say("/settings", traits=traits)
        assert ("⌨️ কিবোর্ড লুকান" in [one.label for one in choices(panel)]) is traits.reply_keyboard
        start = await world.say("/start", traits=traits)
        done = await world.press(choice(start, "⚡ প্রশ্ন ছাড়াই শুরু করুন"), traits=traits)
        assert (done.then is not None) is traits.reply_keyboard


async def test_an_english_chat_gets_english_digits_and_keys(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        reply = await _says(world, "/language en")
        assert reply.message.reply_keyboard is not None
        assert "Latest" in reply.message.reply_keyboard.rows[0][0]
        for said in LISTS:
            assert (await _says(world, said)).message.language is Language.ENGLISH, said
        back = await _says(world, "/settings")
        changed = await world.press(choice(back, "🌐 বাংলা"))
        assert changed.then is not None
        assert changed.then.reply_keyboard is not None
        assert "সর্বশেষ" in changed.then.reply_keyboard.rows[0][0]
        done = await world.press(choice(await _says(world, "/start"), "🌐 English"))
        done = await world.press(choice(done, "⚡ Start without questions"))
        assert done.message.language is Language.ENGLISH
        assert not BENGALI_DIGITS.search(text(done, Language.ENGLISH).replace("সেতুর কাজ", ""))
        assert "latest stories" in text(done, Language.ENGLISH)


async def test_what_a_withdrawal_means_repeats_no_headline(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        saved = await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।")
        await _says(world, "/follow সব খবর", "/latest")
        story = await stories.find(world.core.store, saved.article_id)
        assert story is not None
        await stories.withdraw(world.core.store, story, "ভুল ছিল", "me", world.clock())
        card = await _says(world, f"/read #{saved.article_id}")
        reply = await world.press(choice(card, "❔ এর মানে কী"))
        assert "আর শেয়ার করবেন না।" in text(reply)
        assert "নৌকাডুবি" not in text(reply)
        assert reply.passing


async def test_help_in_a_group_says_what_a_group_can_do(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.core.store.chats.ensure(chat_of("group"), world.clock(), ChatKind.GROUP)
        traits = Traits(buttons=True, deep_link=PRESSED.deep_link, mention="@khobor_bot")
        reply = await world.say("/help", person="group", role=Role.READER, traits=traits)
        drawn = text(reply)
        assert "@khobor_bot ইরান" in drawn
        assert "অ্যাডমিন" in drawn
        assert "/following" not in drawn
        assert "English" not in [one.label for one in choices(reply)]
        lines = [line for line in drawn.splitlines() if "/" in line or "@" in line]
        assert len([line for line in lines if "https" not in line]) == 5


@pytest.mark.parametrize("said", ["/withdraw 1 ভুল ছিল", "/correct 1", "/breaking ১"])
async def test_an_editors_bare_number_is_a_place_of_the_list(tmp_path: Path, said: str) -> None:
    async with a_world(tmp_path) as world:
        await world.follow("local")
        await _news(world)
        assert "কোন তালিকা থেকে?" in text(await _says(world, said))
        drawn = text(await _says(world, "/latest", said))
        assert "সেতুর কাজ 7 এগোল" in drawn
        assert "সেতুর কাজ 1 এগোল" not in drawn
        assert "সেতুর কাজ 1 এগোল" in text(await _says(world, said.replace("1", "#1").replace("১", "#১")))
        assert "এই তালিকায়" in text(await _says(world, "/latest", said.replace("1", "99").replace("১", "৯৯")))
