"""Answers that are none, to every method that the bot calls.

Each costs a line at most, and whoever comes next is answered.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING

import pytest

from bot.delivery import breaker, throttle
from bot.subscriptions import choosing
from bot.values.chats import Mode, Subscription, Target, Term, TermKind
from tests.e2e.telegram_bot import running
from tests.fakes.telegram import FakeTelegram, Fault
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.fakes.telegram.chats import Chat
    from tests.fakes.world import World

pytestmark = pytest.mark.anyio
WAITING = "SELECT 1 FROM deliveries WHERE state IN ('waiting', 'sending')"
FAST = {"telegram_per_second": 1000}
REFUSED = "400 and a list of parameters"
"""A refusal in words that nobody knows is taken for one of the message, which then goes plain, or not there."""
NOT_CARRIED_OUT = ("204", "502 in HTML")
"""Nobody knows that nothing was carried out."""
DEEP = "[" * 200_000


def _refusal(status: int, description: object, **parameters: object) -> tuple[int, str]:
    said = {"ok": False, "error_code": status, "description": description, "parameters": parameters or None}
    return status, json.dumps(said)


ODD: dict[str, tuple[int, str]] = {
    "null": (0, '{"ok": true, "result": null}'),
    "a list": (0, '{"ok": true, "result": [{"message_id": 5}]}'),
    "a number": (0, '{"ok": true, "result": 5}'),
    "a word": (0, '{"ok": true, "result": "word"}'),
    "an empty object": (0, '{"ok": true, "result": {}}'),
    "all of another type": (0, '{"ok": true, "result": {"message_id": [], "status": [], "id": {}, "file_path": 7}}'),
    "no result": (0, '{"ok": true}'),
    "a refusal with 200": (200, '{"ok": false}'),
    "an object in a list": (0, '[{"ok": true, "result": {}}]'),
    "HTML": (0, "<html>hello</html>"),
    "half": (0, '{"ok": true, "resu'),
    "nothing": (0, ""),
    "half a letter": (0, "\\ud800"),
    "too deep": (0, DEEP),
    "too deep, refused": (400, DEEP),
    "204": (204, ""),
    "302": (302, "<html>elsewhere</html>"),
    "400 and no word": (400, '{"ok": false}'),
    "400 and a list": _refusal(400, ["a", "list"]),
    "400 and a list of parameters": (400, '{"ok": false, "description": "Bad Request: x", "parameters": [5]}'),
    "400 and a text of parameters": (400, '{"ok": false, "description": null, "parameters": "x"}'),
    "moved to a word": _refusal(400, "Bad Request: moved", migrate_to_chat_id="abc"),
    "moved to a list": _refusal(400, "Bad Request: moved", migrate_to_chat_id=[5]),
    "500 and a number": _refusal(500, 5),
    "502 in HTML": (502, "<html>bad gateway</html>"),
    **{
        f"429 and {said}": (429, f'{{"ok": false, "error_code": 429, "parameters": {{"retry_after": {said}}}}}')
        for said in ("-5", "NaN", "1e308", "1e999", '"abc"', "null", "[]", "{}", "true")
    },
    "429 in HTML": (429, "<html>slow down</html>"),
}


async def _asks(telegram: FakeTelegram, reader: Chat) -> None:
    await telegram.says(reader, "/help")


async def _exports(telegram: FakeTelegram, reader: Chat) -> None:
    await telegram.says(reader, "/export")


async def _presses(telegram: FakeTelegram, reader: Chat) -> None:
    await telegram.presses(reader, reader.last.rows[0][0]["text"])


async def _types(telegram: FakeTelegram, reader: Chat) -> None:
    await telegram.types("ইরান", by=reader.id)


async def _speaks(telegram: FakeTelegram, reader: Chat) -> None:
    await telegram.says(reader, "/language en")


async def _channel(telegram: FakeTelegram, reader: Chat) -> None:
    channel = telegram.channel(-100_000 - reader.id)
    channel.members[reader.id] = "creator"
    await telegram.says(reader, f"/channel {channel.id}")


async def _group(telegram: FakeTelegram, reader: Chat) -> None:
    group = telegram.group(-100_000 - reader.id, admins=(reader.id,))
    await telegram.says(group, "/settings", by=reader.id)


METHODS: dict[str, tuple[str, Callable[[FakeTelegram, Chat], Awaitable[None]]]] = {
    "sendMessage": ("", _asks),
    "sendDocument": ("ফলো সব", _exports),
    "editMessageText": ("/settings", _presses),
    "answerCallbackQuery": ("/settings", _presses),
    "answerInlineQuery": ("", _types),
    "setMyCommands": ("", _speaks),
    "getChat": ("", _channel),
    "getChatMember": ("", _channel),
    "getChatMember in a group": ("", _group),
}
"""What calls a method, and what is said before."""


@pytest.mark.parametrize("method", METHODS)
async def test_answers_that_are_none_cost_a_line_each(
    tmp_path: Path, method: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "USUAL_WAIT", 0.0)
    before, act = METHODS[method]
    async with FakeTelegram() as telegram, a_world(tmp_path) as world, running(world, telegram, **FAST):
        readers = [telegram.private(number) for number in range(100, 100 + len(ODD))]
        if before:
            for reader in readers:
                await telegram.says(reader, before)
            await telegram.until(lambda: all(reader.messages for reader in readers))
        caplog.clear()
        telegram.faults += [
            Fault(method.split(maxsplit=1)[0], status=status, body=body) for status, body in ODD.values()
        ]
        for reader in readers:
            await act(telegram, reader)
        await telegram.until(lambda: not any(fault.times for fault in telegram.faults))
        last = telegram.private(7)
        await telegram.says(last, "/help")
        await telegram.until(lambda: bool(last.messages))
    lines = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert not any(one.exc_info for one in lines)
    assert len(lines) <= len(ODD), [one.getMessage() for one in lines]


async def _followed(world: World, number: int) -> None:
    chat = await world.core.store.chats.ensure(Target("telegram", str(number)), world.clock())
    await choosing.follow(world.core.store, chat, Subscription(Term(TermKind.ALL), mode=Mode.NOW), world.clock())


async def _states(world: World) -> dict[str, tuple[object, ...]]:
    found = await world.sql(
        "SELECT c.external_id, d.state, d.reason, d.unsure FROM deliveries d JOIN chats c ON c.id = d.chat_id"
    )
    return {str(number): (state, str(reason), unsure) for number, state, reason, unsure in found}


@pytest.mark.parametrize("times", [1, 2])
async def test_a_push_that_is_answered_oddly_is_posted_twice_at_most_and_never_waits_for_ever(
    tmp_path: Path, times: int, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "USUAL_WAIT", 0.0)
    monkeypatch.setattr(breaker, "ENOUGH", 1000)
    async with FakeTelegram() as telegram, a_world(tmp_path) as world:
        chats = {name: telegram.private(number) for number, name in enumerate(ODD, 100)}
        for name, (status, body) in ODD.items():
            await _followed(world, chats[name].id)
            telegram.faults.append(Fault("sendMessage", chats[name].id, times, status, body=body))
        async with running(world, telegram, **FAST):
            await world.add("নদীর ঘাটে নতুন সেতু")
            await world.spread()
            async with asyncio.timeout(60):
                while any(one.times for one in telegram.faults) or await world.sql(WAITING):
                    world.clock.go(seconds=3)
                    await asyncio.sleep(0.02)
            states = await _states(world)
    ended = {name: (len(chat.messages), *states[str(chat.id)]) for name, chat in chats.items()}
    for name, (status, _) in ODD.items():
        lying, state, reason, unsure = ended[name]
        if not status:  # carried out, and nobody knows
            assert (lying, state, unsure) == (2, "sent" if times == 1 else "left", times), ended
        elif name == REFUSED:
            assert (lying, state) in ((1, "sent"), (0, "dead")), ended
        elif name in NOT_CARRIED_OUT:
            assert (state, unsure) == ("sent" if times == 1 else "left", times), ended
        else:
            assert (lying, state, reason, unsure) == (1, "sent", "None", 0), (name, ended)
    assert not any(one.exc_info for one in caplog.records)
