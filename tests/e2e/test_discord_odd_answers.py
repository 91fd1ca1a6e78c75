"""Answers that are none, from Discord's API.

Each costs a line at most, nothing is posted twice, and afterwards all is there.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING

import pytest

from bot.clockwork import supervision
from bot.delivery import breaker, throttle
from handlers.context import Services
from handlers.platforms.discord import gateway, inboxes
from handlers.platforms.discord.running import run
from tests.e2e.discord_server import ROUTER, a_server
from tests.fakes.discord import FakeDiscord, Fault
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
ODD: dict[str, tuple[int, str]] = {
    "null": (200, "null"),
    "a list": (200, '[{"id": "5"}]'),
    "a number": (200, "5"),
    "a word": (200, '"word"'),
    "an empty object": (200, "{}"),
    "all of another type": (200, '{"id": [], "message": 5, "url": 7, "shards": "x", "threads": {}, "username": {}}'),
    "a number for an object": (200, '{"id": "abc"}'),
    "HTML": (200, "<html>hello</html>"),
    "half": (200, '{"id": "1'),
    "nothing": (200, ""),
    "too deep": (200, "[" * 200_000),
    "302": (302, "<html>elsewhere</html>"),
    "500 and a list": (500, "[]"),
    "500 and odd words": (500, '{"message": [5], "code": "x", "errors": 7}'),
    "502": (502, "<html>bad gateway</html>"),
    **{
        f"429 and {said}": (429, f'{{"retry_after": {said}, "global": "x"}}')
        for said in ("-5", "NaN", "1e308", '"abc"', "null", "[]")
    },
    "429 in HTML": (429, "<html>slow down</html>"),
}

TAKEN = ("an empty object", "all of another type", "a number for an object")
"""With 200 and an object an interaction is answered, whatever else the platform says of it."""


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"FIRST_WAIT": 0.01, "LONGEST_WAIT": 0.05, "READY_WITHIN": 0.0}.items():
        monkeypatch.setattr(gateway, name, value)
    monkeypatch.setattr(inboxes, "GAP", 0.0)
    monkeypatch.setattr(throttle, "USUAL_WAIT", 0.0)
    monkeypatch.setattr(breaker, "ENOUGH", 1000)


def _fault(route: str, name: str) -> Fault:
    status, body = ODD[name]
    return Fault(route, status=status, body=body, headers={"Retry-After": "0"})


def _loud(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.exc_info]


@pytest.mark.parametrize("kind", ["messages", "threads"])
async def test_a_push_is_there_once_after_odd_answers(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    async with a_server(tmp_path) as server:
        there = server.there
        channel = server.channel if kind == "messages" else there.channel(server.guild, "ফোরাম", tags=("খেলা",))
        await server.has_everything(channel)
        await server.world.sql("UPDATE chats SET slow_until = NULL, cap = 1000, quiet_from = 0, quiet_to = 0")
        for number, name in enumerate(ODD):
            fault = _fault(f"POST /channels/{channel.id}/{kind}", name)
            there.faults.append(fault)
            await server.world.add(f"{number} নম্বর খবর: নদীর ঘাটে নতুন সেতু {number * 7919}")
            await server.world.spread()
            async with asyncio.timeout(30):
                while fault.times or await server.world.sql("SELECT 1 FROM deliveries WHERE state <> 'sent'"):
                    server.world.clock.go(seconds=5)
                    await asyncio.sleep(0.02)
        found = await server.world.sql("SELECT count(*), count(DISTINCT message_id) FROM deliveries")
        assert found == [(len(ODD), len(ODD))]
        lying = (
            len(channel.messages)
            if kind == "messages"
            else len([one for one in server.guild.channels.values() if one.parent is channel])
        )
        assert lying == len(ODD)
    assert _loud(caplog) == []


@pytest.mark.parametrize("name", [name for name in ODD if name not in TAKEN])
async def test_an_answer_comes_after_an_odd_one(tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture) -> None:
    async with a_server(tmp_path) as server:
        server.there.faults.append(_fault("POST /interactions/", name))
        assert "কীভাবে ব্যবহার করবেন" in json.dumps((await server.asks("help")).components, ensure_ascii=False)
    assert _loud(caplog) == []
    assert len([one for one in caplog.records if one.levelno >= logging.WARNING]) <= 1


@pytest.mark.parametrize("route", ["GET /gateway/bot", "GET /users/@me", "GET /applications/[^/]*/commands"])
@pytest.mark.parametrize("name", ["null", "a list", "an empty object", "all of another type", "HTML", "too deep"])
async def test_a_beginning_that_is_answered_oddly_begins_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, route: str, name: str
) -> None:
    monkeypatch.setattr(supervision, "FIRST_WAIT", 0.01)
    async with FakeDiscord() as there, a_world(tmp_path) as world:
        monkeypatch.setenv("DISCORD_BOT_TOKEN", there.token)
        monkeypatch.setenv("DISCORD_API_BASE", there.api_base)
        there.faults.append(_fault(route, name))
        task = asyncio.create_task(run(world.core, ROUTER, Services.of(world.core), {}))
        try:
            await there.connected()
            await there.until(lambda: there.commands)
        finally:
            task.cancel()
            await asyncio.wait({task})
    assert _loud(caplog) == []
