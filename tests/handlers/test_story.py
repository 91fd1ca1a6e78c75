from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest

from bot.articles.card.card import card
from bot.articles.card.view import View
from bot.editing import stories
from bot.values.articles import DHAKA, FullText
from bot.values.calls import Call, OneOf
from bot.values.chats import CardStyle, ChatKind, Language, TermKind
from bot.values.messages import Choice, Copies, Link, Reply, Shares
from handlers.layout import fits
from handlers.speaking import NOT_IN_GROUP
from tests.fakes.world import PRESSED, World, a_world
from tests.handlers.saying import choice, choices, text

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
BODY = "প্রথম বাক্যটি এখানে শেষ হলো। দ্বিতীয় বাক্যটি এখানে শেষ হলো। তৃতীয়টি এখানে শেষ হলো।"


LAST = ("📤 শেয়ার", "❔ কেন পেলাম", "⚠️ ভুল চোখে পড়েছে", "‹ ফিরে যান")


def _address(choice: Choice) -> str:
    return choice.does.address if isinstance(choice.does, Link) else ""


async def _card(world: World, style: CardStyle = CardStyle.SUMMARY) -> Reply:
    saved = await world.add("পদ্মায় নৌকাডুবি, উদ্ধার চলছে", BODY, tags=("পদ্মা", "নৌকা"))
    return await world.press_on(f"story #{saved.article_id} {style}")


async def test_a_card_carries_three_buttons_until_more_is_asked_for(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        reply = await _card(world)
        assert [one.label for one in choices(reply)] == ["📖 পুরো খবর", "🔗 মূল খবর", "⋯"]
        reply = await world.press(choice(reply, "📖 পুরো খবর"))
        assert reply.replaces
        assert [one.label for one in choices(reply)] == ["গুটিয়ে নিন", "🔗 মূল খবর", "⋯"]
        assert "তৃতীয়টি এখানে শেষ হলো।" in " ".join(text(reply).split())
        headline = await _card(world, CardStyle.HEADLINE)
        assert [one.label for one in choices(headline)] == ["সংক্ষেপে", "📖 পুরো খবর", "🔗 মূল খবর", "⋯"]


async def test_behind_the_dots_one_follows_and_leaves_out_with_a_word_and_takes_it_back(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        menu = await world.press(choice(await _card(world), "⋯"))
        labels = [one.label for one in choices(menu)]
        assert labels == ["➕ পদ্মা", "➕ নৌকা", "🔕 পদ্মা বাদ দিন", "🔕 নদী পত্রিকা বাদ", *LAST]
        followed = await world.press(choice(menu, "➕ পদ্মা"))
        assert (followed.toast, followed.replaces) == ("এখন থেকে ‘পদ্মা’ ফলো করছেন।", True)
        assert choices(followed)[0].label == "✓ পদ্মা"
        assert (await world.press(choice(followed, "✓ পদ্মা"))).toast == "‘পদ্মা’ ফলো বন্ধ।"
        muted = await world.press(choice(menu, "🔕 নদী পত্রিকা বাদ"))
        assert muted.toast == "নদী পত্রিকা থেকে খবর আর আসবে না।"
        (left_out,) = await world.core.store.subscriptions.of_chat((await world.chat()).id)
        assert (left_out.term.kind, left_out.exclude) == (TermKind.OUTLET, True)
        back = await world.press(choice(muted, "‹ ফিরে যান"))
        assert [one.label for one in choices(back)] == ["📖 পুরো খবর", "🔗 মূল খবর", "⋯"]


async def test_a_story_is_passed_on_by_its_link(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        menu = await world.press(choice(await _card(world), "⋯"))
        whatsapp, copy, chat, back = choices(await world.press(choice(menu, "📤 শেয়ার")))
        assert unquote(_address(whatsapp)).startswith("https://wa.me/?text=পদ্মায় নৌকাডুবি, উদ্ধার চলছে\nনদী পত্রিকা\nhttps")
        assert isinstance(copy.does, Copies)
        assert (copy.does.text.startswith("https://outlet.example/"), chat.does) == (True, Shares("#1"))
        assert [one.label for one in choices(await world.press(back))][-4:] == list(LAST)


async def test_a_story_that_was_withdrawn_meanwhile_is_shown_as_that(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        reply = await _card(world)
        article = await world.core.store.articles.newest()
        assert article is not None
        story = await stories.find(world.core.store, article.id)
        assert story is not None
        await stories.withdraw(world.core.store, story, "ভুল ছিল", "me", world.clock())
        assert "প্রত্যাহার করা হয়েছে" in text(await world.press(choice(reply, "📖 পুরো খবর")))


@pytest.mark.parametrize(
    "said", ["story", "story #", "story #999 full", "story x y z", "story #99999999999999999999 menu"]
)
async def test_a_button_for_nothing_answers_sensibly(tmp_path: Path, said: str) -> None:
    async with a_world(tmp_path) as world:
        assert "খবরটি আর জমা নেই" in text(await world.press_on(said))


async def test_an_unknown_button_says_that_it_is_old(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        reply = await world.press_on("gone #1")
        assert reply.private
        assert "এই বাটনটি পুরোনো হয়ে গেছে।" in text(reply)


async def test_who_is_no_admin_of_a_group_changes_nothing_there(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        saved = await world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        reply = await world.press_on(f"story #{saved.article_id} menu summary take 0", kind=ChatKind.GROUP)
        assert " ".join(text(reply).split()) == NOT_IN_GROUP.bn
        assert await world.core.store.subscriptions.of_chat((await world.chat()).id) == []


async def _drawn(world: World, kind: ChatKind, full_text: FullText = FullText.ALLOWED) -> list[tuple[str, str]]:
    await world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
    article = await world.core.store.articles.newest()
    assert article is not None
    view = View(Language.BANGLA, ZoneInfo(DHAKA), world.clock(), PRESSED, kind)
    drawn = card(replace(article, full_text=full_text), CardStyle.SUMMARY, view)
    return [(one.label, _address(one)) for one in choices(Reply(drawn))]


async def test_among_many_a_card_changes_nothing_and_leads_to_ones_own_news(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        (original, address), mine = await _drawn(world, ChatKind.GROUP)
        assert (original, address.startswith("https://outlet.example/")) == ("🔗 মূল খবর", True)
        assert mine == ("📲 নিজের জন্য", "https://chat.example/?start=a_1")
        assert (await _drawn(world, ChatKind.CHANNEL))[1][0] == "📲 নিজের খবর বেছে নিন"


async def test_a_text_that_is_the_outlets_is_read_there(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        drawn = await _drawn(world, ChatKind.PRIVATE, FullText.LINK)
        assert [label for label, _ in drawn] == ["🔗 পুরো খবর: নদী পত্রিকা", "⋯"]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "name",
    ["পদ্মা", "সংযুক্ত আরব আমিরাত", "মুক্তিযুদ্ধবিষয়ক মন্ত্রণালয়", "দক্ষিণ এশীয় আঞ্চলিক সহযোগিতা সংস্থা"],
)
async def test_every_label_behind_the_dots_fits_its_row(tmp_path: Path, name: str, language: Language) -> None:
    async with a_world(tmp_path) as world:
        await world.at_once(language=language)
        tags = (name, f"নতুন {name}", f"আরেক {name}")
        saved = await world.add("পদ্মায় নৌকাডুবি", BODY, tags=tags)
        menu = await world.press_on(f"story #{saved.article_id} menu")
        for wish in (None, "follow", "mute"):
            if wish is not None:
                menu = await world.press(next(one for one in choices(menu) if _wishes(one, wish)))
            rows = menu.message.rows
            assert [len(row) for row in rows[:2]] == [3, 2]
            assert [one.label for row in rows for one in row if not fits(one.label, len(row))] == []


def _wishes(one: Choice, wish: str) -> bool:
    return isinstance(one.does, Call) and one.does.get("wish") == OneOf(wish)
