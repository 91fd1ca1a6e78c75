"""What is pressed, filled in or typed is one call with values.

Nothing is parted from words a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.editing import stories
from bot.values.articles import Entry, FullText, Push
from bot.values.calls import Call, Change, OneOf, call
from bot.values.chats import ChatKind, Mode, Role, Subscription, Term, TermKind
from bot.values.delivery import EditorChange
from bot.values.messages import Choice, Choices, Reply, Traits
from handlers.buttons import Buttons
from handlers.dialogue import PASSING
from handlers.discovery import discover
from tests.fakes.world import PRESSED, TRAITS, World, a_world, chat_of
from tests.handlers.saying import choice, choices, text

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
COMMANDS = discover()
ALONE = Traits(buttons=True, answers_alone=True)


async def _news(world: World) -> None:
    for number, word in enumerate(("এক", "দুই", "তিন", "চার", "পাঁচ", "ছয়", "সাত"), 1):
        await world.add(f"সেতুর খবর {word}", "সেতু নিয়ে একটি কথা। আরেকটি কথা আছে।", tags=("সেতু", "নৌকা")[: 1 + number % 2])
        world.clock.go(minutes=1)


async def _chosen(world: World, person: str = "local") -> list[Subscription]:
    return await world.core.store.subscriptions.of_chat((await world.chat(person)).id)


# --- a name that ends in a number ---


@pytest.mark.parametrize("said", ["/latest চ্যানেল ২৪", "সর্বশেষ চ্যানেল ২৪", "/latest Channel 24", "/latest 5 চ্যানেল ২৪"])
async def test_an_outlet_whose_name_ends_in_a_number_is_no_count(tmp_path: Path, said: str) -> None:
    async with a_world(tmp_path) as world:
        outlet = await world.core.store.outlets.ensure("চ্যানেল ২৪", name_en="Channel 24")
        source = await world.core.store.sources.add("tv", None, outlet, full_text=FullText.LINK, now=world.clock())
        draft = world.draft(Entry(title="চ্যানেলের খবর", url="https://tv.example/1"))
        await world.core.store.articles.save(draft, source, world.clock(), push=Push.NONE)
        await _news(world)
        answer = text(await world.say(said))
        assert "চ্যানেলের খবর" in answer
        assert "সেতুর খবর" not in answer


async def test_a_tag_whose_name_ends_in_a_number_is_no_count(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        for number in range(3):
            await world.add(f"বিশ্বকাপের কথা {number}", "একটি কথা।", tags=("বিশ্বকাপ ২০২৬",))
        assert "‘বিশ্বকাপ ২০২৬’ নিয়ে খবর" in text(await world.say("/tag বিশ্বকাপ ২০২৬"))
        assert text(await world.say("/tag বিশ্বকাপ ২০২৬ ২")).count("বিশ্বকাপের কথা") == 2
        assert text(await world.say("/tag সেতু ২")).count("সেতুর খবর") == 2


# --- what an editor writes is taken as it stands ---


async def test_a_stroke_in_a_headline_is_a_part_of_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        number = (await world.add("পুরোনো শিরোনাম", "একটি কথা।")).article_id
        await world.say(f"/correct #{number} headline")
        await world.say("সেতু খুলছে | সরাসরি = দেখুন: এখানে")
        await world.say("কারণ | একটি কাটা দাগ")
        await world.say("শুধু কার্ড")
        article = await world.core.store.articles.get(number)
        assert article is not None
        assert article.correction is not None
        assert (article.headline, article.correction.reason) == (
            "সেতু খুলছে | সরাসরি = দেখুন: এখানে",
            "কারণ | একটি কাটা দাগ",
        )


async def test_a_stroke_in_a_reason_is_a_part_of_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        number = (await world.add("ভুল খবর একটি", "একটি কথা।")).article_id
        await world.say(f"/withdraw #{number} যাচাই হয়নি | go")
        await world.say("প্রত্যাহার করুন")
        (line,) = await world.core.store.audit.recent(1)
        assert (line.what, line.after) == ("withdraw", "যাচাই হয়নি | go")


# --- a button says what it wishes ---


async def test_a_cards_button_follows_what_it_said_whatever_the_card_has_become(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        number = (await world.add("নৌকাডুবি", "একটি কথা।", tags=("পদ্মা", "নৌকা"))).article_id
        card = await world.press_on(f"1.story:story=n{number},form=-menu,style=-summary")
        story = await stories.find(world.core.store, number)
        assert story is not None
        change = EditorChange("ভুল বিষয়", tags=("মেঘনা", "লঞ্চ"))
        await stories.correct(world.core.store, story, change, "me", world.clock(), tell=False)
        assert (await world.press(choice(card, "➕ পদ্মা"))).toast == "এখন থেকে ‘পদ্মা’ ফলো করছেন।"
        assert [one.term.name for one in await _chosen(world)] == ["পদ্মা"]


@pytest.mark.parametrize("label", ["➕ পদ্মা", "🔕 পদ্মা বাদ দিন", "🔕 নদী পত্রিকা বাদ"])
async def test_a_double_tap_does_not_take_itself_back(tmp_path: Path, label: str) -> None:
    async with a_world(tmp_path) as world:
        number = (await world.add("নৌকাডুবি", "একটি কথা।", tags=("পদ্মা",))).article_id
        menu = await world.press_on(f"1.story:story=n{number},form=-menu,style=-summary")
        await world.press(choice(menu, label))
        once = await _chosen(world)
        await world.press(choice(menu, label))
        assert await _chosen(world) == once
        assert len(once) == 1


@pytest.mark.parametrize("label", ["খেলা", "প্রধান খবর"])
async def test_a_double_tap_on_a_tick_of_the_first_screens_stays(tmp_path: Path, label: str) -> None:
    async with a_world(tmp_path) as world:
        country = choice(await world.say("/start", traits=PRESSED), "🇧🇩 বাংলাদেশ")
        what = await world.press(country)
        wanted = [one for one in choices(what) if one.label.removeprefix("✓ ") == label]
        await world.press(wanted[0])
        once = await _chosen(world)
        await world.press(wanted[0])
        assert await _chosen(world) == once


# --- a button names its result ---


async def test_no_two_undoings_have_one_name(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        followed = await world.say("ফলো সেতু")
        assert choice(followed, "ফলো বন্ধ").does.command == "unfollow"  # type: ignore[union-attr]
        gone = await world.say("ফলো বন্ধ সেতু")
        assert choice(gone, "আবার ফলো করুন").does.command == "follow"  # type: ignore[union-attr]
        muted = await world.say("বাদ সেতু")
        assert choice(muted, "বাদ তুলে নিন").does.command == "unmute"  # type: ignore[union-attr]
        back = await world.say("ফিরিয়ে আনুন সেতু")
        assert choice(back, "আবার বাদ দিন").does.command == "mute"  # type: ignore[union-attr]
        labels = [one.label for reply in (followed, gone, muted, back) for one in choices(reply)]
        assert "ফিরিয়ে আনুন" not in labels


# --- every name that is shown can be pressed ---


async def test_every_section_topic_and_outlet_that_is_shown_can_be_pressed(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        await world.add("খেলার খবর", "একটি কথা।", categories=("খেলা",))
        topics = await world.say("/topics", traits=PRESSED)
        assert {one.label for one in choices(topics)} == {"খেলা", "সেতু", "নৌকা"}
        assert "খেলার খবর" in text(await world.press(choice(topics, "খেলা")))
        sources = await world.say("/sources", traits=PRESSED)
        assert [one.label for one in choices(sources)] == ["নদী পত্রিকা"]
        assert "নদী পত্রিকা থেকে সর্বশেষ" in text(await world.press(choice(sources, "নদী পত্রিকা")))


# --- what a label says, typed back, does it ---


async def test_a_label_of_the_last_answer_comes_before_every_alias(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        await world.say("ফলো সেতু")
        # Without the answer that offers it this asks which one.
        assert "‘সেতু’ ফলো বন্ধ।" in text(await world.say("ফলো বন্ধ"))
        assert "‘সেতু’ ফলো করছেন।" in text(await world.say("আবার ফলো করুন"))
        await world.say("/help")
        assert "কোন বিষয়?" in text(await world.say("ফলো বন্ধ")), "only the last answer's"


async def test_a_label_is_typed_with_its_sign_or_without(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        for typed in ("➕ সেতু ফলো করুন", "সেতু ফলো করুন"):
            await world.say("/tag সেতু", traits=PRESSED)
            assert "‘সেতু’" in text(await world.say(typed, traits=PRESSED))
            assert [one.term.name for one in await _chosen(world)] == ["সেতু"]
        await world.say("/latest", traits=PRESSED)
        assert "৬" in text(await world.say("আরও ›", traits=PRESSED))


async def test_a_sign_that_means_something_is_no_ornament(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        number = (await world.add("নৌকাডুবি", "একটি কথা।", tags=("পদ্মা",))).article_id
        await world.press_on(f"1.story:story=n{number},form=-menu,style=-summary")
        await world.say("পদ্মা", traits=PRESSED)
        assert await _chosen(world) == [], "a name asks for news, though «➕ পদ্মা» stood there"


async def test_a_label_is_only_for_whom_it_was_shown(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        club, dialogue = chat_of("club"), world.dialogue()
        await dialogue.reply(club, "console:me", Role.CHAT_ADMIN, "/follow সেতু", kind=ChatKind.GROUP)
        await dialogue.reply(club, "console:you", Role.CHAT_ADMIN, "এলেই", kind=ChatKind.GROUP)
        assert (await _chosen(world, "club"))[0].mode is Mode.INHERIT
        await dialogue.reply(club, "console:me", Role.CHAT_ADMIN, "এলেই", kind=ChatKind.GROUP)
        assert (await _chosen(world, "club"))[0].mode is Mode.NOW


async def test_a_question_is_answered_by_whom_it_was_asked(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        club, dialogue = chat_of("club"), world.dialogue()
        await dialogue.reply(club, "console:me", Role.CHAT_ADMIN, "/mute", kind=ChatKind.GROUP)
        await dialogue.reply(club, "console:you", Role.CHAT_ADMIN, "নৌকা", kind=ChatKind.GROUP)
        assert await _chosen(world, "club") == []
        await dialogue.reply(club, "console:me", Role.CHAT_ADMIN, "নৌকা", kind=ChatKind.GROUP)
        assert [one.exclude for one in await _chosen(world, "club")] == [True]


# --- all that can be drawn ---

SAID = (
    *("/start", "/help", "/latest", "/today", "/topics", "/sources", "/search সেতু", "/search অজানাশব্দ", "/tag সেতু"),
    *("/tag", "/tag কখনোনেই", "/follow", "/follow সেতু এলেই", "/unfollow", "/mute সেতু", "/mute", "/unmute"),
    *("/following", "/settings", "/settings erase", "/quiet", "/pause", "/resume", "/stop", "/status", "/why #1"),
    *("/language", "/district", "/district ঢাকা বিভাগ", "/report #2", "/read 1", "/read #2", "/breaking #2"),
    *("/correct #2", "/correct #2 headline নতুন", "কারণ", "/withdraw #2 ভুল তথ্য", "/reach #2", "/hidetag নৌকা"),
    *("/showtag", "/renametag নৌকা = ডিঙি", "/mergetag ডিঙি = সেতু", "/more", "/keyboard", "/addsource", "/pollnow"),
)


def _drawn(reply: Reply) -> list[Choice]:
    messages = [reply.message, *([reply.then] if reply.then is not None else [])]
    parts = [part for message in messages for part in message.parts if isinstance(part, Choices)]
    found = [one for part in parts for row in part.rows for one in row]
    return [*found, Choice("", reply.asks.call)] if reply.asks is not None else found


def _shape(does: Call) -> tuple[object, ...]:
    """Two choices that differ only in numbers and names are one kind."""
    return (
        does.command,
        *((name, value if isinstance(value, OneOf | Change) else type(value)) for name, value in does.values),
    )


@pytest.mark.parametrize("traits", [PRESSED, ALONE, TRAITS], ids=["in chats", "for one", "typed"])
async def test_every_choice_that_can_be_drawn_finds_its_command(tmp_path: Path, traits: Traits) -> None:
    async with a_world(tmp_path) as world:
        await _news(world)
        buttons, seen, waiting = Buttons(world.core.store, 64), set[object](), list[Choice]()
        for said in SAID:
            waiting += _drawn(await world.say(said, traits=traits))
        while waiting:
            one = waiting.pop()
            if not isinstance(one.does, Call) or _shape(one.does) in seen:
                continue
            seen.add(_shape(one.does))
            command = COMMANDS[one.does.command]
            for name, value in one.does.values:
                param = command.param(name)
                assert param is not None, (one.label, name)
                assert isinstance(value, param.takes), (one.label, name, value)
            data = buttons.data(one)
            await buttons.keep(world.clock())
            assert await buttons.read(data) == one.does, one.label
            if one.does != call("settings", change=Change("erase", OneOf("yes"))):
                waiting += _drawn(await world.press(one, role=Role.OWNER, traits=traits))
        assert len(seen) > 100


def test_every_parameter_of_every_command_has_a_name_of_its_own() -> None:
    for command in COMMANDS.values():
        names = [param.name for param in command.params]
        assert len(set(names)) == len(names), command.name
        assert all(name.isalpha() and name.islower() for name in names), command.name
        assert sum(param.many and not param.asked_only for param in command.params if not param.until) <= 1, (
            command.name
        )


async def test_a_button_that_holds_what_no_parameter_takes_is_answered_in_plain_words(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        for data in (
            "read:number=-x",
            "follow:topic=c5",
            "settings:change=+gone-x",
            "pause:span=-gone",
            "more:list=c1",
        ):
            assert (await world.press_on(f"1.{data}")).message.brief != PASSING.bn


async def test_a_term_is_followed_by_its_kind(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.press_on("1.follow:topic=ssport,when=-now")
        assert await _chosen(world) == [Subscription(Term(TermKind.TOPIC, "sport", "খেলা"), mode=Mode.NOW)]
