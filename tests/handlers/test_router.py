from __future__ import annotations

import pytest

from bot.messages import Reply, plain
from bot.wording import Wording
from handlers.command import Command, Request
from handlers.discovery import discover
from handlers.router import NoSuchCommand, Route, Router

ROUTER = Router(discover())


def _route(text: str) -> tuple[str, str, bool]:
    route = ROUTER.route(text)
    assert isinstance(route, Route)
    return route.command.name, route.argument, route.bare


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
        ("৩", "read", "৩"),
        ("3", "read", "3"),
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


@pytest.mark.parametrize("text", ["ইরান", "বাংলা একাডেমি", "আজ বৃষ্টি", "আরও বৃষ্টি", "বিভাগীয় শহর", "শুরু হলো মেলা", "help me"])
def test_what_names_no_command_is_looked_up(text: str) -> None:
    assert _route(text) == ("tag", text, True)


def test_spellings_that_look_alike_are_alike() -> None:
    # য় as one code point, ো as two.
    assert _route("বিষ\u09df ইরান")[0] == "tag"
    assert _route("আর\u09c7\u09be")[0] == "more"


@pytest.mark.parametrize(
    ("text", "name", "nearest"), [("/latst", "latst", "latest"), ("/folow2 x", "folow2", "follow")]
)
def test_only_a_slash_is_answered_with_the_nearest_command(text: str, name: str, nearest: str) -> None:
    assert ROUTER.route(text) == NoSuchCommand(name, nearest)


@pytest.mark.parametrize("text", ["/", "//", "/ ", "/@bot", "/\u200d"])
def test_an_empty_command_is_no_accident(text: str) -> None:
    assert isinstance(ROUTER.route(text), (NoSuchCommand, Route))


async def _nothing(request: Request) -> Reply:
    return Reply(plain(request.argument))


def test_two_commands_cannot_claim_one_alias() -> None:
    commands = {name: Command(name, Wording("ক", "a"), _nothing, aliases=("একই",)) for name in ("one", "two")}
    with pytest.raises(ValueError, match="একই"):
        Router(commands)
