"""/verify: what stands here of a headline or a card.

It says what differs, never that it is genuine or fake.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.values.calls import Text, call
from tests.fakes.world import World, a_world
from tests.handlers.saying import choice, text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.values.messages import Reply

pytestmark = pytest.mark.anyio
HEADLINE = "পদ্মা সেতুতে টোল বাড়ল ২০ টাকা"


def _said(reply: Reply) -> str:
    return " ".join(text(reply).split())


@asynccontextmanager
async def _archive(folder: Path) -> AsyncIterator[World]:
    async with a_world(folder) as world:
        await world.add(HEADLINE, "সেতু কর্তৃপক্ষ জানায়, টোল ২০ টাকা বাড়ল। কাল থেকে কার্যকর।")
        await world.add("চট্টগ্রাম বন্দরে ধর্মঘট হচ্ছে না", "শ্রমিকেরা কাজে ফিরেছেন।")
        yield world


@pytest.mark.parametrize("asked", [f"/verify {HEADLINE}", f"যাচাই {HEADLINE}", f"যাচাই করুন {HEADLINE}!"])
async def test_a_headline_that_is_here_is_named_with_its_outlet(tmp_path: Path, asked: str) -> None:
    async with _archive(tmp_path) as world:
        said = _said(await world.say(asked))
        assert "এই শিরোনামে খবর আছে, দিয়েছে নদী পত্রিকা:" in said
        assert HEADLINE in said


async def test_a_number_that_differs_is_named(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        said = _said(await world.say("/verify পদ্মা সেতুতে টোল বাড়ল ৫০ টাকা"))
        assert "কাছের খবরটি নিচে। আপনার লেখায় ৫০, খবরে ২০।" in said


async def test_words_that_differ_are_named(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        said = _said(await world.say("/verify পদ্মা সেতুতে টোল বাড়ল হেলিকপ্টার"))
        assert "এতে নেই: ‘হেলিকপ্টার’। মিলিয়ে দেখুন।" in said


async def test_what_may_say_the_opposite_is_said(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        said = _said(await world.say("/verify চট্টগ্রাম বন্দরে ধর্মঘট হচ্ছে"))
        assert "এর কথা উল্টো হতে পারে; পুরোটা পড়ে দেখুন।" in said


async def test_another_outlet_than_the_card_says(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        await world.core.store.outlets.ensure("সাগর বার্তা")
        said = _said(await world.say(f"/verify {HEADLINE} | সাগর বার্তা"))
        assert "‘সাগর বার্তা’ থেকে এমন খবর পাওয়া যায়নি। কাছের খবরটি দিয়েছে নদী পত্রিকা:" in said


async def test_old_news_is_called_old(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        world.clock.go(days=60)
        assert "খবরটি পুরোনো: মঙ্গলবার, ১৪ এপ্রিল ২০২৬।" in _said(await world.say(f"/verify {HEADLINE}"))


async def test_what_is_not_here_is_not_called_false(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        reply = await world.say("/verify মঙ্গল গ্রহে ধান চাষ শুরু করল নাসা")
        said = _said(reply)
        assert "এমন কোনো খবর পাওয়া যায়নি; দেখা হয়েছে ১টি সংবাদমাধ্যম" in said
        assert "না পাওয়া মানেই ভুল নয়" in said
        assert choice(reply, "🔎 খুঁজুন").does == call("search", words=Text("মঙ্গল গ্রহে ধান"))


async def test_too_few_words_and_none_are_asked_for(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        assert "শিরোনাম বা কার্ডের কথাগুলো লিখে পাঠান।" in _said(await world.say("/verify"))
        assert "এই শিরোনামে খবর আছে" in _said(await world.say(HEADLINE))
        assert "অন্তত তিনটি শব্দ" in _said(await world.say("/verify টোল"))


async def test_a_pasted_headline_offers_to_be_checked(tmp_path: Path) -> None:
    async with _archive(tmp_path) as world:
        reply = await world.say(HEADLINE)
        assert choice(reply, "যাচাই করুন").does == call("verify", words=Text(HEADLINE))
        assert "বোঝা" not in _said(reply)
