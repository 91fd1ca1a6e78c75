"""Updates with every field put wrong, by polling and by the webhook.

None costs more than a line, and whoever comes next is answered.
"""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import socket
import time
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from handlers.platforms.telegram.webhook import HEADER, PATH, secret
from tests.drawing import drawn
from tests.e2e.telegram_bot import running
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.anyio
MISSING = object()
WRONG: tuple[Any, ...] = (None, "x", "5", 3, -1.5, [], [{}], ["x"], {}, {"id": []}, True, 10**30, MISSING)
"""What stands in the place of a field."""
FAST = {"telegram_per_second": 1000}
FIRST = 20_000
"""Whoever an odd update comes from is somebody else each time: none is too fast."""


def _user(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "পাঠক", "username": "pathok", "language_code": "bn"}


def _message(number: int, **more: object) -> dict[str, Any]:
    chat = {"id": number, "type": "private", "first_name": "পাঠক"}
    return {"message_id": number, "date": int(time.time()), "chat": chat, "from": _user(number), **more}


def _kinds(number: int) -> dict[str, dict[str, Any]]:
    """Return an honest update of every kind that the bot asks for."""
    buttons = {"inline_keyboard": [[{"text": "আরও", "callback_data": "1.latest"}]]}
    ours = {"id": 1, "is_bot": True, "first_name": "খবর", "username": "khobor_bot"}
    group = {"id": -number, "type": "supergroup", "title": "পাড়া"}
    link = {"type": "text_link", "offset": 0, "length": 3, "url": "https://paper.example/1"}
    shown = _message(number, text="তালিকা", reply_markup=buttons) | {"from": ours}
    file = {"file_id": "f", "file_unique_id": "f", "file_name": "a.txt", "mime_type": "text/plain", "file_size": 9}
    about = {"chat": group, "from": _user(number), "date": 1}
    return {
        "message": _message(number, text="ইরান", entities=[link], reply_to_message=shown),
        "edited_message": _message(number, text="/latest 3"),
        "document": _message(number, caption="দেখুন", document=file, media_group_id="album"),
        "forwarded": _message(
            number, text="ইরান", forward_origin={"type": "user", "date": 1, "sender_user": _user(number)}
        ),
        "in_topic": _message(number, text="/latest@khobor_bot", message_thread_id=5, is_topic_message=True)
        | {"chat": group, "sender_chat": group},
        "moved": _message(number, migrate_to_chat_id=-number - 10**9) | {"chat": group},
        "channel_post": _message(number, text="/latest", sender_chat={**group, "type": "channel"})
        | {"chat": {**group, "type": "channel"}},
        "callback_query": {
            "id": f"p{number}",
            "from": _user(number),
            "chat_instance": "1",
            "data": "1.latest",
            "message": shown,
        },
        "inline_query": {"id": f"i{number}", "from": _user(number), "query": "ইরান", "offset": ""},
        "chosen_inline_result": {
            "result_id": "1.1790000000",
            "from": _user(number),
            "query": "",
            "inline_message_id": f"m{number}",
        },
        "my_chat_member": {
            **about,
            "old_chat_member": {"user": ours, "status": "left"},
            "new_chat_member": {"user": ours, "status": "administrator", "can_post_messages": True},
        },
    }


NAMED = {"document": "message", "forwarded": "message", "in_topic": "message", "moved": "message"}


def _places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in pairs:
        yield (*path, name)
        yield from _places(inner, (*path, name))


def _odd() -> Iterator[dict[str, Any]]:
    """Return updates of every kind, each field put wrong."""
    number = FIRST
    for kind, honest in _kinds(number).items():
        for path in ((), *_places(honest)):
            for wrong in WRONG:
                number += 1
                update = {NAMED.get(kind, kind): copy.deepcopy(_kinds(number)[kind])}
                inner: Any = update
                *way, last = (NAMED.get(kind, kind), *path)
                for step in way:
                    inner = inner[step]
                if wrong is MISSING:
                    del inner[last]
                else:
                    inner[last] = wrong
                yield update


def _loud(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.exc_info or one.levelno >= logging.ERROR]


async def test_an_update_of_any_shape_is_passed_over_by_polling(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeTelegram() as telegram, a_world(tmp_path) as world, running(world, telegram, **FAST):
        reader, every = telegram.private(7), list(_odd())
        odd = drawn(every, 400)
        readers = [telegram.private(number) for number in range(FIRST + 1, FIRST + 1 + len(every))]
        for update in odd:
            await telegram.update(**update)
        await telegram.says(reader, "/help")
        await telegram.until(lambda: bool(reader.messages))
        assert reader.texts[0].startswith("‘খবর’"), reader.texts
        assert any(one.messages for one in readers), "none was read"
    assert len(every) >= 1000
    assert _loud(caplog) == []
    assert len(caplog.records) <= len(odd), "one line each at most"


async def test_an_update_of_any_shape_is_passed_over_by_the_webhook(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    how = {**FAST, "telegram_webhook_url": "https://bot.example", "telegram_webhook_port": port}
    address, odd = f"http://127.0.0.1:{port}{PATH}", drawn(_odd(), 400)
    whole = [{"update_id": number, **update} for number, update in enumerate(odd, 1)]
    unnumbered = [{**whole[0], "update_id": wrong} for wrong in WRONG if wrong is not MISSING]
    not_updates: tuple[object, ...] = (None, [], 5, "x")
    deep = b"[" * 100_000
    async with FakeTelegram() as telegram, a_world(tmp_path) as world, running(world, telegram, **how):
        reader = telegram.private(7)
        await telegram.until(lambda: telegram.hooked)
        with pytest.raises(OSError):  # noqa: PT011 - whichever way the system says that nobody listens there
            await asyncio.open_connection("127.0.0.2", port)
        async with aiohttp.ClientSession(headers={HEADER: secret(telegram.token)}) as session:

            async def post(body: bytes) -> int:
                async with session.post(address, data=body) as answer:
                    return answer.status

            bodies = [json.dumps(one).encode() for one in (*whole, *unnumbered, *not_updates)]
            statuses = [await post(body) for body in (*bodies, deep, b"\xff", b"", b'{"update_id": 1e400}')]
            assert set(statuses) == {200}, "what is not confirmed comes again for ever"
            honest = {"update_id": len(odd) + 1, "message": _message(7, text="/help")}
            assert await post(json.dumps(honest).encode()) == 200
        await telegram.until(lambda: bool(reader.messages))
    assert _loud(caplog) == []
