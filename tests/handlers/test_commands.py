from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

import pytest

from bot.intake import first_run
from bot.values.calls import call
from bot.values.chats import Language, Role
from bot.values.messages import Choice, Traits
from handlers.dialogue import PASSING
from handlers.discovery import discover
from handlers.platforms.console.render import render
from handlers.speaking import NOT_ALLOWED
from tests.fakes.world import World, a_world
from tests.handlers import saying

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.messages import Reply

pytestmark = pytest.mark.anyio


def _text(reply: Reply, language: Language = Language.BANGLA) -> str:
    return "\n".join(line.text for line in render(reply.message, language, 74))


async def _five(world: World) -> None:
    for number, word in enumerate(("এক", "দুই", "তিন", "চার", "পাঁচ", "ছয়", "সাত"), 1):
        world.clock.go(minutes=10)
        await world.add(f"খবর নম্বর {word} এল", f"সেতুর কথা {word}।", tags=("সেতু",) if number % 2 else ())


async def test_latest_lists_the_newest_first_and_more_goes_on(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _five(world)
        first = _text(await world.say("/latest"))
        assert re.findall(r"^([১-৯])  খবর নম্বর (\S+)", first, re.MULTILINE) == [
            ("১", "সাত"), ("২", "ছয়"), ("৩", "পাঁচ"), ("৪", "চার"), ("৫", "তিন"),
        ]  # fmt: skip
        assert "আরও" in first
        second = _text(await world.say("আরও"))
        assert re.findall(r"^([১-৯])  খবর নম্বর (\S+)", second, re.MULTILINE) == [("৬", "দুই"), ("৭", "এক")]
        end = await world.say("more")
        assert "এ পর্যন্তই।" in _text(end)
        assert end.message.rows == ((Choice("📰 সর্বশেষ", call("latest")),),)
        assert "খবর নম্বর এক এল" in _text(await world.say("৭"))
        assert "১ থেকে ৭ পর্যন্ত" in _text(await world.say("৯"))


async def test_an_article_that_arrives_meanwhile_moves_no_page(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _five(world)
        await world.say("/latest 2")
        world.clock.go(minutes=1)
        await world.add("একেবারে নতুন")
        assert re.findall(r"নম্বর (\S+)", _text(await world.say("আরও"))) == ["পাঁচ", "চার", "তিন", "দুই", "এক"]
        assert "খবর নম্বর সাত এল" in _text(await world.say("১"))


async def test_the_list_outlives_a_restart(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _five(world)
        await world.say("সর্বশেষ ৩")
    async with a_world(tmp_path) as world:
        assert "খবর নম্বর ছয় এল" in _text(await world.say("২"))
        assert re.findall(r"নম্বর (\S+)", _text(await world.say("আরও")))[0] == "চার"


async def test_a_list_of_one_is_its_card(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _five(world)
        drawn = _text(await world.say("/latest 1"))
        assert "১  খবর নম্বর সাত এল" in drawn
        assert "   সেতুর কথা সাত।" in drawn
        assert "নদী পত্রিকা" in drawn


@pytest.mark.parametrize("text", ["/tag সেতু", "ট্যাগ সেতু", "সেতু", "সেতুর", "বিষয় সেতুতে", "topic সেতু"])
async def test_a_tag_is_found_by_name_and_by_its_endings(tmp_path: Path, text: str) -> None:
    async with a_world(tmp_path) as world:
        await _five(world)
        drawn = _text(await world.say(text))
        assert "‘সেতু’ নিয়ে খবর" in drawn
        assert re.findall(r"নম্বর (\S+)", drawn) == ["সাত", "পাঁচ", "তিন", "এক"]


async def test_a_word_that_is_no_tag_answers_from_headline_and_text_and_says_so(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _five(world)
        assert "‘নম্বর’ নামে কোনো বিষয় নেই।" in _text(await world.say("/tag নম্বর"))
        bare = _text(await world.say("নম্বর"))
        assert "নামে কোনো বিষয় নেই" not in bare
        assert "‘নম্বর’ খুঁজে ৭টি খবর পাওয়া গেছে" in bare
        nothing = _text(await world.say("হাতি"))
        assert "‘হাতি’ নিয়ে কিছু পেলাম না।" in nothing
        assert "ফলো হাতি" in nothing


async def test_a_tag_takes_a_number(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _five(world)
        assert re.findall(r"নম্বর (\S+)", _text(await world.say("/tag সেতু ২"))) == ["সাত", "পাঁচ"]


async def test_an_outlet_by_either_name_and_in_latest(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _five(world)
        for text in ("নদী পত্রিকা", "nodi", "/latest 5 Nodi", "সর্বশেষ নদী পত্রিকা"):
            assert "নদী পত্রিকা থেকে সর্বশেষ" in _text(await world.say(text))
        await world.core.store.outlets.ensure("পাহাড় বার্তা")
        assert "পাহাড় বার্তা থেকে এখনো কিছু আসেনি।" in _text(await world.say("/latest পাহাড় বার্তা"))


async def test_today_shows_what_is_new_once_and_opens_by_its_numbers(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _five(world)
        first = _text(await world.say("/today"))
        assert re.findall(r"নম্বর (\S+)", first) == ["সাত", "ছয়", "পাঁচ", "চার", "তিন", "দুই", "এক"]
        assert "মঙ্গলবার, ১৪ এপ্রিল ২০২৬ · ১ বৈশাখ ১৪৩৩" in first
        assert "খবর নম্বর ছয় এল" in _text(await world.say("২"))
        assert "শেষবার দেখার পর নতুন কিছু আসেনি।" in _text(await world.say("আজকের খবর"))


async def test_a_line_of_today_says_what_a_headline_hides(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        body = "কোচ রহিম শেখ দলের পরপর পাঁচ হারের দায় নিয়ে পদ ছেড়েছেন। রোববার ঢাকায় তিনি এ ঘোষণা দেন।"
        await world.add("যে কারণে পদ ছাড়লেন কোচ রহিম", body)
        lines = _text(await world.say("/today"))
        assert "কোচ রহিম শেখ দলের পরপর পাঁচ হারের দায় নিয়ে পদ ছেড়েছেন" in " ".join(lines.split())
        assert "যে কারণে" not in lines
        assert "যে কারণে পদ ছাড়লেন কোচ রহিম" in _text(await world.say("/latest"))


async def test_read_without_a_list_and_a_forgotten_article(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert "কোন তালিকা থেকে?" in _text(await world.say("৩"))
        assert "খবরটি আর জমা নেই" in _text(await world.say("/read #99"))
        assert "খবরটি আর জমা নেই" in _text(await world.say("/read #" + "9" * 40))


async def test_whole_text_only_where_the_source_allows_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        body = "প্রথম বাক্য এখানে।\n\nদ্বিতীয় অনুচ্ছেদ।\n\nতৃতীয় অনুচ্ছেদ।\n\nচতুর্থ অনুচ্ছেদ শুধু পুরো খবরে।"
        await world.add("যার লেখা দেখানো যায়", body)
        await world.say("/latest 1")
        assert "চতুর্থ অনুচ্ছেদ" in _text(await world.say("১"))
        feed = b"""<rss version="2.0"><channel><title>f</title><item><title>\xe0\xa6\xab\xe0\xa6\xbf\xe0\xa6\xa1</title>
        <link>https://f.example/1</link><description>a b. c d. e f.</description></item></channel></rss>"""
        world.network.pages["https://f.example/feed"] = feed
        await world.say("/addsource https://f.example/feed ফিড পত্রিকা")
        await world.say("/latest ফিড পত্রিকা")
        drawn = _text(await world.say("১"))
        assert "মূল খবর: https://f.example/1" in drawn


async def test_follow_shows_its_volume_and_can_be_undone(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _five(world)
        assert "এখনো কিছু ফলো করছেন না।" in _text(await world.say("/following"))
        drawn = _text(await world.say("ফলো সেতু"))
        assert "‘সেতু’ ফলো করছেন। সপ্তাহে প্রায় ৪টি খবর।" in drawn
        assert "ফলো বন্ধ" in drawn
        assert "আগে থেকেই ফলো করছেন" in _text(await world.say("follow সেতুর"))
        await world.say("ফলো সব")
        await world.say("ফলো নদী পত্রিকা")
        assert re.findall(r"^   (সেতু|সব খবর|নদী পত্রিকা)$", _text(await world.say("তালিকা")), re.MULTILINE) == [
            "সেতু", "সব খবর", "নদী পত্রিকা",
        ]  # fmt: skip
        assert "‘সব খবর’ ফলো বন্ধ।" in _text(await world.say("ফলো বন্ধ সব খবর"))
        assert "‘সেতু’ ফলো বন্ধ।" in _text(await world.say("unfollow সেতু"))
        assert "‘সেতু’ ফলো করছিলেন না।" in _text(await world.say("unfollow সেতু"))


@pytest.mark.parametrize("text", ["/follow", "/follow \u200d", "/follow ক", "/follow !!", "/tag", "/tag \u200c"])
async def test_a_missing_or_empty_name_is_asked_for(tmp_path: Path, text: str) -> None:
    async with a_world(tmp_path) as world:
        drawn = _text(await world.say(text))
        assert "কোন বিষয়?" in drawn or "অন্তত দুটি অক্ষর" in drawn


async def test_topics_lists_the_busiest_tags(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert "বিষয় আসেনি" in _text(await world.say("/topics"))
        await _five(world)
        assert "সেতু: ৪টি খবর" in _text(await world.say("বিভাগ"))


async def test_topics_names_the_sections_that_have_news(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("শেষ ওভারে জয়", categories=("খেলাধুলা",))
        await world.add("দাম কমল", categories=("অর্থনীতি",))
        drawn = _text(await world.say("/topics"))
        assert "   অর্থনীতি · খেলা\n" in drawn
        assert "অর্থনীতি · খেলা" in drawn
        await world.say("English")
        assert "Economy · Sport" in _text(await world.say("/topics"), Language.ENGLISH)


async def test_language_changes_what_is_said_and_stays(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _five(world)
        assert "English from now on." in _text(await world.say("English"), Language.ENGLISH)
        assert "Latest news" in _text(await world.say("/latest"), Language.ENGLISH)
        assert "There is no /latst. Did you mean /latest?" in _text(await world.say("/latst"), Language.ENGLISH)
        assert "এখন থেকে বাংলায়।" in _text(await world.say("/language bn"))


async def test_status_tells_what_came_and_what_waits(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert "এখনো কোনো খবর আসেনি।" in _text(await world.say("/status"))
        await world.at_once()
        await world.say("ফলো সব")
        await _five(world)
        await world.spread()
        drawn = _text(await world.say("অবস্থা"))
        assert "পাঠানো বাকি ৭টি।" in drawn
        assert "জমা আছে ৭টি খবর।" in drawn


async def test_start_and_help_name_only_what_is_there(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert "স্বাগতম! এটি ‘খবর’।" in _text(await world.say("/start"))
        named = set(re.findall(r"/(\w+)", _text(await world.say("সাহায্য"))))
        assert named
        assert named <= set(discover())


async def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert "এখনো কোনো খবর আসেনি। প্রথম খবর এলেই এখানে দেখাব।" in _text(await world.say("/latest"))


@pytest.mark.parametrize("role", list(Role))
async def test_each_command_answers_those_who_may_and_nobody_else(tmp_path: Path, role: Role) -> None:
    async with a_world(tmp_path) as world:
        for name, command in discover().items():
            reply = await world.say(f"/{name}", person=f"who-asks-{name}", role=role)
            refused = reply.message.brief == NOT_ALLOWED.bn
            assert refused is (role < command.role), name
            assert reply.message.brief != PASSING.bn, f"{name} fails on an empty archive"


@pytest.mark.parametrize(
    "text",
    [
        "\u200d\u200c",
        "🦜" * 50,
        '"',
        "*",
        'NEAR("a" "b")',
        "headline:x",
        "'; DROP TABLE articles; --",
        "ক" * 299,
        "a " * 140,
        "\x00",
        "()",
        "-",
    ],
)
async def test_odd_texts_are_answered_and_never_an_error(tmp_path: Path, text: str) -> None:
    async with a_world(tmp_path) as world:
        await _five(world)
        names = ("tag", "latest", "follow", "read", "unfollow", "mute", "unmute", "settings", "quiet", "pause", "why")
        for asked in (text, *(f"/{name} {text}" for name in names)):
            reply = await world.say(asked)
            assert reply.message.brief != PASSING.bn, asked
            assert reply.message.parts


async def test_a_text_that_is_too_long_is_told_so(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert "এত লম্বা লেখা" in _text(await world.say("ক" * 301))


async def test_samples_never_leave_the_console(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await first_run.fill(world.core.store, world.core.clock())
        for text in ("/latest", "/today", "ক্রিকেট", "/read #1"):
            here, elsewhere = await world.say(text), await world.say(text, traits=Traits(), person="elsewhere")
            assert "নমুনা" in _text(here)
            assert "নমুনা" not in _text(elsewhere)


async def test_a_locked_database_is_told_in_plain_words_and_reading_goes_on(tmp_path: Path) -> None:
    async with a_world(tmp_path, busy=0.01) as world:
        await _five(world)
        await world.say("/status")
        other = sqlite3.connect(tmp_path / "khobor.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert (await world.say("/follow সেতু")).message.brief == PASSING.bn
        assert "জমা আছে ৭টি খবর।" in _text(await world.say("/status"))
        assert "খবর নম্বর সাত এল" in _text(await world.say("/latest"))
        other.execute("ROLLBACK")
        other.close()
        assert "ফলো করছেন" in _text(await world.say("/follow সেতু"))


async def test_in_english_our_own_name_is_written_in_latin_letters(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.say("/language en")
        assert "How to use Khobor" in saying.text(await world.say("/help"), Language.ENGLISH)
        await world.say("/language bn")
        assert "‘খবর’ কীভাবে ব্যবহার করবেন" in saying.text(await world.say("/help"))
