from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.bangla.normalise import display
from bot.values.calls import Change, Numbered, OneOf, OpenQuestion, Value, call
from bot.values.chats import Role
from bot.values.messages import Reply, plain
from bot.values.wording import Wording
from handlers.command import Command, Request
from handlers.router import NoSuchCommand, Route, Router
from tests.fakes.world import router

ROUTER = router()
UNTIL = datetime(2026, 4, 14, tzinfo=UTC)


def _route(text: str) -> tuple[str, str, bool]:
    """Return the command, and what its name or alias leaves.

    The flag tells whether the text named none.
    """
    route = ROUTER.route(text) or ROUTER.led(display(text).strip())
    assert not isinstance(route, NoSuchCommand)
    if route is None:
        return "search", display(text).strip(), True
    given = [value.name for value in (route.given or {}).values() if isinstance(value, OneOf)]
    given += [value.field for value in (route.given or {}).values() if isinstance(value, Change)]
    return route.command.name, route.argument or " ".join(given), False


@pytest.mark.parametrize(
    ("text", "command", "argument"),
    [
        ("/latest 5", "latest", "5"),
        ("/latest@khobor_bot 5", "latest", "5"),
        ("সর্বশেষ ৫", "latest", "৫"),
        ("সর্বশেষ খবর", "latest", ""),
        ("তাজা খবর", "latest", ""),
        ("khobor", "latest", ""),
        ("KHOBOR 3", "latest", "3"),
        ("ট্যাগ ইরান", "tag", "ইরান"),
        ("/tag ইরান ৩", "tag", "ইরান ৩"),
        ("/ট্যাগ ইরান", "tag", "ইরান"),
        ("ফলো করুন ইরান", "follow", "ইরান"),
        ("ফলো ইরান", "follow", "ইরান"),
        ("ফলো বন্ধ ইরান", "unfollow", "ইরান"),
        ("আরো", "more", ""),
        ("আজকের খবর", "today", ""),
        ("পুরো খবর ২", "read", "২"),
        ("বাংলা", "language", "bn"),
        ("English", "language", "en"),
        ("ভাষা en", "language", "en"),
        ("খবর আসছে না", "status", ""),
        ("?", "help", ""),
        ("  /start   ", "start", ""),
    ],
)
def test_names_aliases_and_numbers_lead_to_their_command(text: str, command: str, argument: str) -> None:
    assert _route(text) == (command, argument, False)


ALIASES = {
    "start": "শুরু, স্টার্ট, start, shuru, suru",
    "help": "সাহায্য, হেল্প, কীভাবে, কিভাবে, নির্দেশনা, help, hlp, sahajjo, shahajjo, kivabe, ?",
    "tag ইরান": "বিষয়, ট্যাগ, টপিক, tag, topic, bishoy, bisoy",
    "topics": "বিভাগ, বিভাগগুলো, বিষয়গুলো, আলোচিত, ট্রেন্ডিং, topics, tags, sections, bivag, bibhag, alochito, trending",
    "follow ইরান": "ফলো, ফলো করুন, ফলো করো, সাবস্ক্রাইব, অনুসরণ, follow, folow, sub, subscribe",
    "unfollow ইরান": "আনফলো, ফলো বন্ধ, আনসাবস্ক্রাইব, unfollow, unsub, unsubscribe",
    "mute ইরান": "বাদ, বাদ দিন, বাদ দাও, মিউট, mute, bad dao, bad din",
    "unmute ইরান": "ফিরিয়ে আনুন, unmute",
    "following": "আমার তালিকা, তালিকা, আমার বিষয়, যা ফলো করছি, following, my, list, subs, subscriptions, "
    "amar list, amar talika",
    "settings": "সেটিংস, সেটিং, সেটিঙস, settings, setting, setings",
    "quiet না": "নীরব সময়, নীরব, চুপ, সাইলেন্ট, quiet, nirob, chup, silent, dnd",
    "stop": "বন্ধ, বন্ধ করুন, বন্ধ করো, থামুন, থামো, স্টপ, stop, off, bondho, bondo, thamo",
    "pause": "বিরতি, pause, biroti",
    "resume": "চালু, চালু করুন, আবার চালু, আবার শুরু, resume, on, chalu, abar chalu",
    "language": "ভাষা, language, lang, vasha, bhasha",
    "language bn": "বাংলা, bangla",
    "language en": "ইংরেজি, ইংলিশ, english",
    "status": "অবস্থা, খবর আসছে না, খবর পাচ্ছি না, status, obostha, khobor ashe na, khobor ase na",
    "why": "কেন পেলাম, কেন এল, why, keno pelam",
    "settings erase": "আমার তথ্য মুছুন, forgetme",
}


@pytest.mark.parametrize("to", ALIASES)
def test_every_word_for_a_command_leads_to_it(to: str) -> None:
    name, _, argument = to.partition(" ")
    for alias in ALIASES[to].split(", "):
        if ROUTER.commands[name].params and argument in ("ইরান", "না"):
            assert _route(f"{alias} {argument}") == (name, argument, False)
            assert _route(alias) == (name, "", False)
        else:
            assert _route(alias) == (name, argument, False)


@pytest.mark.parametrize(
    ("text", "command", "argument"),
    [
        ("বিরতি ৮ ঘণ্টা", "pause", "৮ ঘণ্টা"),
        ("সেটিংস ব্রেকিং শুধু দিনে", "settings", "ব্রেকিং শুধু দিনে"),
        ("why 3", "why", "3"),
        ("কেন পেলাম ৩", "why", "৩"),
        ("/pause চুক্তি", "pause", "চুক্তি"),
        ("/why console:reader #5", "why", "console:reader #5"),
        ("/follow\nইরান", "follow", "ইরান"),
    ],
)
def test_an_argument_goes_with_its_command(text: str, command: str, argument: str) -> None:
    assert _route(text) == (command, argument, False)


@pytest.mark.parametrize(
    "text", ["বিরতি চুক্তি", "why iran war", "সেটিংস বদলানোর খবর", "বন্ধ স্কুল", "চালু হলো সেতু", "on air", "নীরব ঘাতক"]
)
def test_everyday_words_in_front_of_others_are_a_question(text: str) -> None:
    assert _route(text) == ("search", text, True)


def _asked(command: str, missing: str, **values: Value) -> OpenQuestion:
    return OpenQuestion(call(command, **values), missing, UNTIL)


@pytest.mark.parametrize(
    ("text", "fits"),
    [("ইরান", True), ("৩", True), ("  পদ্মা  সেতু ", True), ("/latest", False), ("সাহায্য", False), ("বাদ ইরান", False)],
)
def test_an_answer_names_no_command(text: str, fits: bool) -> None:
    assert (ROUTER.missing(_asked("follow", "topic"), text) is not None) is fits


def test_an_answer_must_fit_what_was_asked() -> None:
    assert ROUTER.missing(_asked("settings", "value", change=Change("time")), "সকাল ৮টা") is not None
    assert ROUTER.missing(_asked("settings", "value", change=Change("erase")), "ইরান") is None
    assert ROUTER.missing(_asked("pause", "span"), "ইরান") is None
    assert ROUTER.missing(_asked("pause", "gone"), "ইরান") is None
    assert ROUTER.missing(_asked("gone", "topic"), "ইরান") is None


@pytest.mark.parametrize("text", ["ভুল খবর", "সর্বশেষ", "বন্ধ"])
def test_where_any_words_are_asked_for_a_command_is_an_answer(text: str) -> None:
    assert ROUTER.missing(_asked("report", "text", story=Numbered(1)), text) is not None
    assert ROUTER.missing(_asked("report", "text", story=Numbered(1)), f"/{text}") is None


@pytest.mark.parametrize("text", ["ইরান", "বাংলা একাডেমি", "আজ বৃষ্টি", "আরও বৃষ্টি", "বিভাগীয় শহর", "শুরু হলো মেলা", "help me"])
def test_what_names_no_command_is_looked_up(text: str) -> None:
    assert _route(text) == ("search", text, True)


def test_spellings_that_look_alike_are_alike() -> None:
    # য় as one code point, ো as two.
    assert _route("বিষ\u09df ইরান")[0] == "tag"
    assert _route("আর\u09c7\u09be")[0] == "more"


@pytest.mark.parametrize(
    ("text", "name", "nearest"),
    [
        ("/latst", "latst", "latest"),
        ("/folow2 x", "folow2", "follow"),
        ("/tax", "tax", "tag"),
        ("/audit", "audit", ""),
        ("/x", "x", ""),
    ],
)
def test_only_a_slash_is_answered_with_the_nearest_command(text: str, name: str, nearest: str) -> None:
    assert ROUTER.route(text) == NoSuchCommand(name)
    assert ROUTER.nearest(name, Role.READER) == nearest


def test_readers_are_led_to_no_command_that_they_may_not_use() -> None:
    assert ROUTER.nearest("withdrw", Role.EDITOR) == "withdraw"
    assert ROUTER.nearest("withdrw", Role.READER) == ""


@pytest.mark.parametrize("text", ["/", "//", "/ ", "/@bot", "/\u200d"])
def test_an_empty_command_is_no_accident(text: str) -> None:
    assert isinstance(ROUTER.route(text), (NoSuchCommand, Route))


async def _nothing(request: Request) -> Reply:
    return Reply(plain(request.call.command))


def test_two_commands_cannot_claim_one_alias() -> None:
    commands = {name: Command(name, Wording("ক", "a"), _nothing, aliases=("একই",)) for name in ("one", "two")}
    with pytest.raises(ValueError, match="একই"):
        Router(commands)
