from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest

from bot.editing import stories
from bot.values.chats import Breaking, ChatKind, ChatState, Language, Mode, Preferences, TermKind
from bot.values.messages import MessageState, ReplyKeyboard
from handlers.router import Route
from tests.fakes.world import PRESSED, World, a_world, router
from tests.handlers.saying import choice, choices, text

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.messages import Reply

pytestmark = pytest.mark.anyio


async def _through(world: World, *labels: str) -> Reply:
    reply = await world.say("/start", traits=PRESSED)
    for label in labels:
        reply = await world.press(choice(reply, label))
    return reply


async def _follows(world: World) -> set[str]:
    chosen = await world.core.store.subscriptions.of_chat((await world.chat()).id)
    return {one.term.value or one.term.kind.value for one in chosen}


async def test_the_first_screen_asks_where_one_is_and_keeps_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        reply = await _through(world)
        assert "স্বাগতম! এটি ‘খবর’।" in text(reply)
        assert [one.label for one in choices(reply)] == [
            *("🇧🇩 বাংলাদেশ", "🇮🇳 ভারত", "🇸🇦 সৌদি আরব", "🇦🇪 আমিরাত", "🇲🇾 মালয়েশিয়া", "🇶🇦 কাতার"),
            *("🇴🇲 ওমান", "🇰🇼 কুয়েত", "🇬🇧 যুক্তরাজ্য", "🇮🇹 ইতালি", "🇺🇸 যুক্তরাষ্ট্র", "🌍 অন্য দেশ"),
            *("🌐 English", "⚡ প্রশ্ন ছাড়াই শুরু করুন"),
        ]
        assert await _follows(world) == set()


async def test_one_tap_is_enough(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        reply = await _through(world, "⚡ প্রশ্ন ছাড়াই শুরু করুন")
        assert "সব তৈরি।" in text(reply)
        assert "বিষয়: প্রধান খবর\nসময়: সকাল ৮টা ও রাত ৯টা" in text(reply).replace("   ", "")
        assert await _follows(world) == {"all"}
        chat = await world.chat()
        assert chat.preferences == Preferences()
        assert chat.digest_at is not None


async def test_the_lasting_keys_come_behind_it_and_each_is_understood(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        then = (await _through(world, "⚡ প্রশ্ন ছাড়াই শুরু করুন")).then
        assert then is not None
        assert then.reply_keyboard is not None
        led = [router().route(text) for row in then.reply_keyboard.rows for text in row]
        assert [route.command.name for route in led if isinstance(route, Route)] == [
            "latest",
            "today",
            "search",
            "settings",
        ]
        assert (await world.press_on("keyboard off")).message.reply_keyboard == ReplyKeyboard()


async def test_four_taps_at_most_choose_everything(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        reply = await _through(world, "🇮🇳 ভারত", "খেলা", "কলকাতা", "ঠিক আছে ›", "⚡ এলেই", "🌙 হ্যাঁ, ব্রেকিং আসুক শব্দ ছাড়া")
        assert "বিষয়: প্রধান খবর, খেলা, কলকাতা" in text(reply)
        chosen = (await world.chat()).preferences
        assert (chosen.zone, chosen.mode, chosen.breaking) == ("Asia/Kolkata", Mode.NOW, Breaking.ALWAYS)
        assert (chosen.quiet_from, chosen.quiet_to) == (time(23), time(7))
        main = (await world.core.store.subscriptions.of_chat((await world.chat()).id))[0]
        # The most important of everything: at once that would be everything.
        assert (main.term.kind, main.mode) == (TermKind.ALL, Mode.DIGEST)


async def test_digests_are_not_asked_about_nights(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert "সব তৈরি।" in text(await _through(world, "🇧🇩 বাংলাদেশ", "ঠিক আছে ›", "☀️ শুধু সকালে, একসঙ্গে"))
        assert (await world.chat()).preferences.digest_times == (time(8),)


async def test_only_breaking_news_has_no_middle_way_at_night(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        reply = await _through(world, "🇧🇩 বাংলাদেশ", "ঠিক আছে ›", "🔴 শুধু ব্রেকিং")
        assert [one.label for one in choices(reply)] == ["🌙 হ্যাঁ, রাত ১১টা–সকাল ৭টা", "🔔 না, সব সময় পাঠান"]


async def test_a_tick_is_taken_back_and_nothing_ticked_is_the_main_news(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        reply = await _through(world, "🇧🇩 বাংলাদেশ", "খেলা", "✓ খেলা", "✓ প্রধান খবর")
        assert await _follows(world) == set()
        await world.press(choice(reply, "ঠিক আছে ›"))
        assert await _follows(world) == {"all"}


async def test_english_draws_the_same_screen_again(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        reply = await _through(world, "🌐 English")
        assert reply.replaces
        assert "Which country are you in?" in text(reply, Language.ENGLISH)
        assert (await world.chat()).language is Language.ENGLISH
        assert "🌐 English" not in [one.label for one in choices(reply)]
        back = await world.press(choice(reply, "🌐 বাংলা"))
        assert "আপনি কোন দেশে আছেন?" in text(back)
        assert "🌐 English" in [one.label for one in choices(back)]
        assert (await world.chat()).language is Language.BANGLA


@pytest.mark.parametrize(
    ("country", "said", "zone"),
    [
        ("🇺🇸 যুক্তরাষ্ট্র", "রাত ২টা", "America/New_York"),
        ("🇺🇸 যুক্তরাষ্ট্র", "রাত ১১টা", "America/Los_Angeles"),
        ("🌍 অন্য দেশ", "সকাল ৮টা", "Europe/Rome"),
        ("🌍 অন্য দেশ", "15:00", "Asia/Tokyo"),
        ("🌍 অন্য দেশ", "সকাল ১১:৪৫", "Asia/Kathmandu"),
        ("🌍 অন্য দেশ", "১১.৩০", "Asia/Kolkata"),
        ("🌍 অন্য দেশ", "4 pm", "Australia/Sydney"),
    ],
)
async def test_elsewhere_the_hour_tells_the_zone(tmp_path: Path, country: str, said: str, zone: str) -> None:
    async with a_world(tmp_path) as world:
        assert "এখন কয়টা বাজে?" in text(await _through(world, country))
        reply = await world.say(said, traits=PRESSED)
        assert "এই এলাকার সময় ধরা হলো" in text(reply)
        assert "কোন খবর চান?" in text(reply)
        assert (await world.chat()).preferences.zone == zone


async def test_what_is_no_hour_asks_for_news_and_the_question_can_be_left(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        reply = await _through(world, "🌍 অন্য দেশ")
        assert "স্বাগতম" in text(await world.press(choice(reply, "‹ ফিরে যান")))
        assert await _follows(world) == set()


@pytest.mark.parametrize(("link", "said"), [("a_999", "আর জমা নেই"), ("t_1_9", "আর জমা নেই"), ("o_99", "আর জমা নেই")])
async def test_a_link_to_what_is_gone_says_so(tmp_path: Path, link: str, said: str) -> None:
    async with a_world(tmp_path) as world:
        reply = await world.say(f"/start {link}", traits=PRESSED)
        assert said in text(reply)
        assert [one.label for one in choices(reply)] == ["📰 সর্বশেষ"]


async def test_a_link_to_a_withdrawn_story_shows_that_it_was(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        saved = await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।", tags=("পদ্মা",))
        story = await stories.find(world.core.store, saved.article_id)
        assert story is not None
        await stories.withdraw(world.core.store, story, "ভুল ছিল", "me", world.clock())
        reply = await world.say(f"/start a_{saved.article_id}", traits=PRESSED)
        assert "খবরটি প্রত্যাহার করা হয়েছে" in text(reply)
        assert reply.message.state is MessageState.WITHDRAWN


async def test_who_was_here_before_is_no_stranger(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _through(world, "⚡ প্রশ্ন ছাড়াই শুরু করুন")
        reply = await world.say("/start", traits=PRESSED)
        assert "আবার দেখে ভালো লাগল। আগের তালিকা আছে।" in text(reply)
        assert "পরের বার: রাত ৯টা" in text(reply)
        await world.say("/stop", traits=PRESSED)
        reply = await world.say("/start", traits=PRESSED)
        assert "খবর পাঠানো বন্ধ আছে।" in text(reply)
        assert "পরের বার" not in text(reply)
        # Who arranges everything anew wants it to come.
        done = await world.press(choice(await world.press(choice(reply, "নতুন করে সাজান")), "⚡ প্রশ্ন ছাড়াই শুরু করুন"))
        assert "সব তৈরি।" in text(done)
        assert (await world.chat()).state is ChatState.ACTIVE


async def test_a_link_to_a_story_shows_it_and_offers_more_like_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        saved = await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।", tags=("পদ্মা",))
        reply = await world.say(f"/start a_{saved.article_id}", traits=PRESSED)
        assert "পদ্মায় নৌকাডুবি" in text(reply)
        assert [one.label for one in choices(reply)][-2:] == ["➕ পদ্মা ফলো করুন", "সব সাজিয়ে নিন"]
        assert "স্বাগতম" in text(await world.press(choice(reply, "সব সাজিয়ে নিন")))
        assert await _follows(world) == set()


async def test_a_link_to_a_tag_or_an_outlet_lists_what_there_is(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        saved = await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবেছে।", tags=("নৌকা", "পদ্মা"))
        await world.add("পদ্মার চরে মেলা", "মেলা বসেছে।", tags=("পদ্মা",))
        await world.add("মেঘনায় ইলিশ", "ইলিশ ধরা পড়ছে।", tags=("মেঘনা",))
        about = await world.say(f"/start t_{saved.article_id}_1", traits=PRESSED)
        assert "‘পদ্মা’ নিয়ে খবর" in text(about)
        assert "মেঘনায়" not in text(about)
        await world.press(choice(about, "➕ পদ্মা ফলো করুন"))
        outlet = world.source.outlet
        assert outlet is not None
        listed = await world.say(f"/start o_{outlet.id}", traits=PRESSED)
        assert all(headline in text(listed) for headline in ("পদ্মায়", "মেঘনায়"))
        await world.press(choice(listed, f"➕ {outlet.name} ফলো করুন"))
        assert await _follows(world) == {"পদ্মা", str(outlet.id)}


@pytest.mark.parametrize("payload", ["a_x", "zzz", "a", "a_", "ref", "t_x_1"])
async def test_a_link_to_nothing_is_a_welcome(tmp_path: Path, payload: str) -> None:
    async with a_world(tmp_path) as world:
        assert "স্বাগতম" in text(await world.say(f"/start {payload}", traits=PRESSED))


async def test_in_a_group_no_step_of_it_changes_anything(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        reply = await world.say("/start", traits=PRESSED)
        await world.core.store.erasing.chat((await world.chat()).id, world.clock())
        await world.press(choice(reply, "⚡ প্রশ্ন ছাড়াই শুরু করুন"), kind=ChatKind.GROUP)
        assert await _follows(world) == set()
