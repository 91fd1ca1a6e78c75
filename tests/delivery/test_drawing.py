"""A drawn message has a key.

Whoever is shown the same gets the same, and nothing else has that key.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from bot.ports.platform import Refused
from bot.values.chats import CardStyle, Language
from handlers.buttons import Buttons
from handlers.platforms.telegram import render
from handlers.platforms.telegram.account import TelegramAccount
from tests.delivery.crowd import a_stage

if TYPE_CHECKING:
    from pathlib import Path

    from bot.values.messages import Message
    from tests.delivery.crowd import Stage

pytestmark = pytest.mark.anyio


def _messages(stage: Stage) -> list[Message]:
    """Return all that lies anywhere."""
    return [message for lying in stage.platform.lies.values() for message in lying.values()]


def _agree(messages: list[Message]) -> None:
    """Check that messages are equal exactly if their keys are."""
    by_slug = {message.drawn_as: message for message in messages}
    assert None not in by_slug
    assert all(by_slug[message.drawn_as] == message for message in messages)
    assert all((one == other) is (one.drawn_as == other.drawn_as) for one in messages for other in messages)


async def test_chats_that_see_the_same_share_a_key_and_others_do_not(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(3)
        await stage.reader("english", language=Language.ENGLISH)
        await stage.reader("headlines", style=CardStyle.HEADLINE)
        for address in "12":
            await stage.world.add(
                f"নদীর খবর {address}", "প্রথম বাক্যটি এখানে আছে।", url=f"https://outlet.example/{address}"
            )
        await stage.through(3, minutes=1)
        messages = _messages(stage)
        assert len(messages) == 10
        _agree(messages)
        assert len({message.drawn_as for message in messages}) == 6


async def test_every_version_has_its_own_key(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.readers(2)
        article = await stage.story("খবর")
        await stage.pass_on()
        shown = [_messages(stage)[0]]
        await stage.revise("1", "নতুন খবর")
        await stage.through(3, minutes=11)
        shown.append(_messages(stage)[0])
        await stage.withdraw(article)
        await stage.through(3, minutes=11)
        shown.append(_messages(stage)[0])
        assert len({message.drawn_as for message in shown}) == 3
        _agree(shown)


async def test_what_was_refused_and_goes_plain_has_another_key(tmp_path: Path) -> None:
    async with a_stage(tmp_path) as stage:
        await stage.reader()
        await stage.story("খবর")
        seen: list[Message] = []
        send = stage.platform.send

        async def noting(*arguments: object, **more: object) -> object:
            seen.append(arguments[1])  # type: ignore[arg-type]
            return await send(*arguments, **more)  # type: ignore[arg-type]

        stage.platform.send = noting  # type: ignore[method-assign, assignment]
        stage.platform.answers = [Refused("can't parse entities")]
        await stage.through(2, seconds=1)
        assert len(seen) == 2
        assert seen[0].drawn_as != seen[1].drawn_as


async def test_a_platform_draws_by_the_key_and_never_confuses_what_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    real = render.render

    def noting(message: Message, *arguments: object, **more: object) -> object:
        drawn.append(message.brief)
        return real(message, *arguments, **more)  # type: ignore[arg-type]

    async with a_stage(tmp_path) as stage:
        await stage.reader()
        await stage.story("খবর")
        await stage.pass_on()
        (message,) = _messages(stage)
        monkeypatch.setattr(render, "render", noting)
        account = _account(stage)
        for _ in range(3):
            # Another object of the same content, as after the drawer forgot it.
            assert account._drawn(dataclasses.replace(message))
        assert len(drawn) == 1
        other = dataclasses.replace(message, brief="অন্য", parts=message.parts[:1], drawn_as=None)
        assert account._drawn(other) != account._drawn(message)


def _account(stage: Stage) -> TelegramAccount:
    bot = type("Named", (), {"username": "khobor_bot"})()
    return TelegramAccount(bot, Buttons(stage.world.core.store, 64), stage.world.clock, stage.platform.pace)
