"""Screens of a Telegram chat, as a designer would have them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.e2e.telegram_bot import a_bot, running
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.telegram.chats import Chat, Shown

pytestmark = pytest.mark.anyio
BODY = "নৌকাটি সকালে ঘাট ছেড়েছিল। মাঝনদীতে সেটি উল্টে যায়। উদ্ধারে নেমেছে ফায়ার সার্ভিস।"
GROUP, ADMIN, EDITOR = -100300, 8, 7


@dataclass
class Reader:
    """Somebody in a chat, and the screens they see."""

    telegram: FakeTelegram
    chat: Chat
    by: int = 0

    async def writes(self, text: str, **more: object) -> Shown:
        """Write something and return the answer."""
        before = max(self.chat.messages, default=0)
        await self.telegram.says(self.chat, text, by=self.by, **more)  # type: ignore[arg-type]
        await self.telegram.until(lambda: max(self.chat.messages, default=0) > before)
        return self.chat.last

    async def presses(self, label: str, on: Shown) -> Shown:
        """Press a button and return what answers.

        It is the same message, or one below.
        """
        last, edits = max(self.chat.messages), on.edits
        await self.telegram.presses(self.chat, label, on=on, by=self.by)
        await self.telegram.until(lambda: on.edits > edits or max(self.chat.messages) > last)
        return on if on.edits > edits else self.chat.last


async def _news(world: World, *names: str) -> None:
    for name in names or ("পদ্মা", "মেঘনা"):
        await world.add(f"{name} নিয়ে খবর এসেছে", BODY, tags=(name,))


async def test_the_list_of_what_is_followed_opens_in_the_panel_and_leads_back(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _news(world)
        reader = Reader(telegram, telegram.private(5))
        for text in ("ফলো পদ্মা", "ফলো মেঘনা এলেই", "/mute যমুনা"):
            await reader.writes(text)
        panel = await reader.writes("/settings")
        assert await reader.presses("📋 যা ফলো করছেন: ২টি", panel) is panel
        assert "নামে চাপলে ফলো বন্ধ হবে।" in panel.text
        assert panel.labels == [["পদ্মা ✕", "মেঘনা ✕"], ["➕ নতুন বিষয়", "🔕 যা বাদ আছে"], ["‹ ফিরে যান"]]
        # The list is drawn anew, with the way back from what was just done.
        assert await reader.presses("পদ্মা ✕", panel) is panel
        assert panel.text.startswith("‘পদ্মা’ ফলো বন্ধ।")
        assert panel.labels[:2] == [["আবার ফলো করুন"], ["মেঘনা ✕"]]
        assert await reader.presses("‹ ফিরে যান", panel) is panel
        assert ["📋 যা ফলো করছেন: ১টি"] in panel.labels
        assert await reader.presses("⏸ বিরতি নিন", panel) is panel
        assert panel.labels[-1] == ["‹ ফিরে যান"]


async def test_the_panel_is_laid_out_as_it_was_drawn(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _news(world)
        reader = Reader(telegram, telegram.private(5))
        await reader.writes("ফলো পদ্মা")
        panel = await reader.writes("/settings")
        assert panel.text.splitlines()[-1].startswith("পরের বার: রাত ৯টা · ")
        assert ["🌍 এলাকা: ঢাকা", "🌐 English"] in panel.labels
        rows = {
            "⏰ কখন পাঠাব: সকাল ৮টা, রাত ৯টা": [
                ["✓ দিনে দুবার", "শুধু সকালে"],
                ["শুধু রাতে", "এলেই"],
                ["শুধু ব্রেকিং", "সপ্তাহে এক দিন"],
                ["নিজে লিখব"],
            ],
            "🌙 নীরব সময়: রাত ১১টা–সকাল ৭টা": [
                ["✓ রাত ১১টা–সকাল ৭টা"],
                ["রাত ১০টা–সকাল ৬টা"],
                ["নীরব সময় লাগবে না", "নিজে লিখব"],
            ],
            "⚡ এলেই পাঠাব: দিনে সর্বোচ্চ ২০টি": [["১০টি", "✓ ২০টি", "৪০টি"], ["নিজে লিখব"]],
        }
        for label, wanted in rows.items():
            opened = await reader.presses(label, panel)
            assert opened.labels == [*wanted, ["‹ ফিরে যান"]]
            await reader.presses("‹ ফিরে যান", panel)


async def test_english_buttons_begin_with_a_capital_and_typed_they_still_work(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _news(world)
        reader = Reader(telegram, telegram.private(5))
        await reader.writes("/language en")
        followed = await reader.writes("follow পদ্মা")
        assert followed.text.startswith("Now following ‘পদ্মা’. ")
        for shown in (
            followed,
            await reader.writes("help"),
            await reader.writes("settings"),
            await reader.writes("stop"),
        ):
            small = [label for row in shown.labels for label in row if label.lstrip("⏰⚡🌐📋🔴⏸🧹‹ ")[:1].islower()]
            assert small == []
        assert (await reader.writes("Switch on again")).text.startswith("News is on again.")


async def test_topics_are_no_wall(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        names = [f"{letter}নগর" for letter in "কখগঘচছজটঠডত"]
        await _news(world, *names)
        shown = await Reader(telegram, telegram.private(5)).writes("/topics")
        assert "কনগর ১টি · " in shown.text
        assert len(shown.text.splitlines()) < len(names)
        assert sorted(label for row in shown.labels[1:] for label in row) == sorted(names)


async def test_what_may_be_followed_says_so_by_a_sign(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _news(world)
        reader = Reader(telegram, telegram.private(5))
        offered = await reader.writes("/following")
        assert offered.labels == [["➕ পদ্মা", "➕ মেঘনা"], ["‹ ফিরে যান"]]
        assert ["➕ ফলো করুন"] in (await reader.writes("যমুনা সেতু")).labels
        # Its words, typed back, follow what the message was about.
        assert "এখন থেকে ‘যমুনা সেতু’ ফলো করছেন।" in (await reader.writes("ফলো করুন")).text


async def test_a_question_in_a_group_says_how_it_is_answered(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _news(world)
        group = telegram.group(GROUP, admins=(ADMIN,))
        member, admin = Reader(telegram, group, 5), Reader(telegram, group, ADMIN)
        how = "উত্তরটি এই বার্তার রিপ্লাই হিসেবে লিখুন।"
        asked = await member.writes("/search")
        assert how in asked.text
        bot = {"message_id": asked.id, "date": 1, "chat": group.as_json(), "from": telegram.bot, "text": asked.text}
        assert "পদ্মা" in (await member.writes("পদ্মা", reply_to_message=bot)).text
        # What is pressed needs no such word, and in private every text arrives.
        await admin.writes("/settings")
        erasing = await admin.presses("🧹 এই গ্রুপের সব মুছুন", group.last)
        assert how not in erasing.text
        assert how not in (await Reader(telegram, telegram.private(6)).writes("/search")).text


async def test_editors_find_their_work_behind_the_dots(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        _edited_by(world, EDITOR)
        saved = await world.add("পদ্মায় নৌকাডুবি", BODY, tags=("পদ্মা",))
        async with running(world, telegram):
            editor, reader = Reader(telegram, telegram.private(EDITOR)), Reader(telegram, telegram.private(5))
            card = await editor.writes("পদ্মা")
            await editor.presses("⋯", card)
            work = [[f"#{saved.article_id}, কপি করুন"], ["🔴 ব্রেকিং", "✏️ সংশোধনী", "🚫 প্রত্যাহার"]]
            assert card.labels[-3:-1] == work
            assert card.button(work[0][0])["copy_text"] == {"text": f"#{saved.article_id}"}
            asked = await editor.presses("🚫 প্রত্যাহার", card)
            assert asked.text == "কারণটি এক বাক্যে লিখুন; পাঠক এটি দেখবেন।"
            # Whoever thinks better of it is not held to the question.
            assert (await editor.presses("‹ থাক", asked)).text == "ঠিক আছে, কিছু বদলানো হয়নি।"
            assert "নিয়ে কিছু পেলাম না" in (await editor.writes("ভুল ছবি দেওয়া")).text
            seen = await reader.presses("⋯", await reader.writes("পদ্মা"))
            assert not [row for row in seen.labels if row in work]


def _edited_by(world: World, *people: int) -> None:
    admins = tuple(f"telegram:{number}" for number in people)
    world.core = dataclasses.replace(world.core, settings=world.core.settings.model_copy(update={"admins": admins}))


async def test_reports_on_several_stories_are_told_apart(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        _edited_by(world, EDITOR)
        ids = [(await world.add(f"{name} নিয়ে খবর এসেছে", BODY)).article_id for name in ("পদ্মা", "মেঘনা")]
        async with running(world, telegram):
            editor, reader = Reader(telegram, telegram.private(EDITOR)), Reader(telegram, telegram.private(5))
            for text in (f"#{ids[0]} নাম ভুল", f"#{ids[1]} তারিখ ভুল", f"#{ids[0]} ছবি ভুল"):
                await reader.writes(f"/report {text}")
            # Nobody had been met: what was kept comes when the first of them does.
            await editor.writes("/help")
            await telegram.until(lambda: any("তারিখ ভুল" in text for text in editor.chat.texts))
            told = next(one for one in editor.chat.messages.values() if "তারিখ ভুল" in one.text)
            assert "‘নাম ভুল’\n‘ছবি ভুল’\n১. পদ্মা নিয়ে খবর এসেছে" in told.text
            assert f"২. মেঘনা নিয়ে খবর এসেছে (নদী পত্রিকা) · #{ids[1]}" in told.text
            assert [row for row in told.labels if "২. ঠিক আছে" in row]
            asked = await editor.presses("২. ✏️ সংশোধনী", told)
            assert asked.text.startswith("মেঘনা নিয়ে খবর এসেছে")


async def test_an_unknown_command_is_not_taken_for_another(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (_, telegram):
        reader = Reader(telegram, telegram.private(5))
        assert (await reader.writes("/audit")).text == "‘/audit’ নামে কিছু নেই। সব কমান্ড: /help"
        assert len((await reader.writes("/" + "a" * 4000)).text) < 80
        assert (await reader.writes("/latst")).text == "‘/latst’ নামে কিছু নেই। /latest চাইছিলেন?"
        # No reader is led to what only editors may do.
        assert (await reader.writes("/withdrw")).text == "‘/withdrw’ নামে কিছু নেই। সব কমান্ড: /help"


async def test_a_list_of_one_story_says_so(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _news(world)
        reader = Reader(telegram, telegram.private(5))
        await reader.writes("/latest 1")
        assert (await reader.writes("৩")).text == "এই তালিকায় একটিই খবর; সেটি খুলতে লিখুন: ১"


async def test_the_main_stories_are_called_so_wherever_they_are_named(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _news(world)
        reader = Reader(telegram, telegram.private(5))
        begun = await reader.presses("⚡ প্রশ্ন ছাড়াই শুরু করুন", await reader.writes("/start"))
        assert "বিষয়: প্রধান খবর" in begun.text
        await telegram.until(lambda: any(one.keys for one in reader.chat.messages.values()))
        listed = await reader.writes("/following")
        assert listed.labels[0] == ["প্রধান খবর ✕"]
        assert "সব খবর" not in listed.text
        await reader.presses("প্রধান খবর ✕", listed)
        assert listed.text.startswith("‘প্রধান খবর’ ফলো বন্ধ।")
        assert "এখন থেকে ‘প্রধান খবর’ ফলো করছেন।" in (await reader.writes("ফলো প্রধান খবর")).text
        # Everything, as it comes, is another thing.
        assert "এখন থেকে ‘সব খবর’ ফলো করছেন।" in (await reader.writes("ফলো সব এলেই")).text
        assert (await reader.writes("/following")).labels[0] == ["সব খবর ✕"]


async def test_ones_district_is_shown_once_it_is_set(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await world.add("সুরমায় পানি বাড়ছে", BODY, tags=("সিলেট",))
        reader = Reader(telegram, telegram.private(5))
        asked = await reader.writes("আমার জেলার খবর")
        assert "জেলার নাম লিখে পাঠান।" in asked.text
        assert asked.labels[-1] == ["‹ থাক"]
        await reader.writes("সিলেট")
        assert "সুরমায় পানি বাড়ছে" in (await reader.writes("আমার জেলার খবর")).text
        assert "জেলার নাম লিখে পাঠান।" in (await reader.writes("জেলা বদলান")).text


async def test_nothing_under_a_groups_digest_changes_the_group(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await _news(world)
        today = await Reader(telegram, telegram.group(GROUP, admins=(ADMIN,)), 5).writes("/today")
        assert today.labels == [["📲 নিজের খবর বেছে নিন"]]
        assert "পদ্মা নিয়ে খবর এসেছে" in today.text


async def test_what_a_note_says_has_the_digits_of_its_script(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        body = "আগামী শনিবার থেকে মেট্রোরেল রাত ১১টা পর্যন্ত চলবে। সকালের প্রথম ট্রেন ছাড়বে ৬টায়।"
        await world.add("ঢাকায় মেট্রোরেলের নতুন সময়সূচি, চলবে রাত ১১টা পর্যন্ত", body)
        reader = Reader(telegram, telegram.private(5))
        assert "‘১০টা’ ছাড়া পাওয়া গেল:" in (await reader.writes("রাত ১০টা–সকাল ৬টা")).text


async def test_a_place_that_is_no_district_shows_its_news(tmp_path: Path) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        await world.add("পায়রা বন্দরে জাহাজ ভিড়েছে", BODY, tags=("পায়রা বন্দর",))
        reader = Reader(telegram, telegram.private(5))
        shown = await reader.writes("/district পায়রা বন্দর")
        assert shown.text.startswith("‘পায়রা বন্দর’ জেলার তালিকায় নেই। ‘পায়রা বন্দর’ নিয়ে খবর:")
        assert "জাহাজ ভিড়েছে" in shown.text
        assert "নামে কোনো জেলা নেই" in (await reader.writes("/district অচেনাপুরনগর")).text
