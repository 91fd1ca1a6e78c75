"""The fake of Telegram refuses and tells what the platform does.

It is asked by bare requests, as any library may send them.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.faults import Fault, Refusal, Windows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    Ask = Callable[..., Coroutine[Any, Any, Any]]

pytestmark = pytest.mark.anyio
GROUP, FORUM = -100200, -100300


@asynccontextmanager
async def _asking(telegram: FakeTelegram) -> AsyncIterator[Ask]:
    """Give a function that asks for a method.

    It returns the result, or the code of a refusal and what was said.
    """
    async with aiohttp.ClientSession() as session:

        async def ask(method: str, **values: object) -> object:
            async with session.post(f"{telegram.base}/bot{telegram.token}/{method}", json=values) as answer:
                told = await answer.json()
            return told["result"] if told["ok"] else (told["error_code"], told["description"].partition(": ")[2])

        yield ask


async def test_of_two_that_poll_the_older_is_told_of_the_conflict() -> None:
    async with FakeTelegram() as telegram, _asking(telegram) as ask:
        older = asyncio.create_task(ask("getUpdates", timeout=30))
        await telegram.until_polled()
        newer = asyncio.create_task(ask("GETUPDATES", timeout=30))
        code, said = await older
        assert (code, "terminated by other getUpdates request" in said) == (409, True)
        await telegram.says(telegram.private(7), "পদ্মা")
        (update,) = await newer
        assert update["message"]["text"] == "পদ্মা"
        # What was confirmed does not come again, and a kind that nobody asked for is not made.
        assert await ask("getUpdates", offset=update["update_id"] + 1, allowed_updates=["callback_query"]) == []
        await telegram.says(telegram.private(7), "মেঘনা")
        assert await ask("getUpdates", offset=0) == []


async def test_texts_captions_documents_and_buttons_have_their_limits() -> None:
    async with FakeTelegram() as telegram, _asking(telegram) as ask:
        reader, photo = telegram.private(7), "https://outlet.example/1.jpg"
        sent = await ask("sendmessage", chat_id=7, text="খ" * 4096)
        assert await ask("SendMessage", chat_id=7, text="খ" * 4097) == (400, "message is too long")
        await ask("sendPhoto", chat_id=7, photo=photo, caption="খ" * 1024)
        assert await ask("sendPhoto", chat_id=7, photo=photo, caption="খ" * 1025) == (
            400,
            "message caption is too long",
        )
        assert await ask("editMessageText", chat_id=7, message_id=reader.last.id, text="খ") == (
            400,
            "there is no text in the message to edit",
        )
        edit = {"chat_id": 7, "message_id": sent["message_id"]}
        await ask("editMessageText", **edit, text="নদী")
        assert (await ask("editMessageText", **edit, text="নদী"))[1].startswith("message is not modified")
        assert (await ask("editMessageText", chat_id=7, message_id=1, text="খ"))[1] == "message to edit not found"
        for button, said in (
            ({"text": "খ", "callback_data": "খ" * 22}, "BUTTON_DATA_INVALID"),
            ({"text": "", "callback_data": "x"}, "BUTTON_TEXT_EMPTY"),
        ):
            refused = await ask("sendMessage", chat_id=7, text="খ", reply_markup={"inline_keyboard": [[button]]})
            assert refused == (400, said)
        assert (await ask("sendMessage", chat_id=7, text="<b>খ", parse_mode="HTML"))[0] == 400
        assert await ask("sendDocument", chat_id=7, document="x") == (400, "there is no document in the request")
        assert (await ask("nosuchmethod"))[0] == 404


async def test_who_may_not_be_written_to_is_said_in_the_platforms_words() -> None:
    async with FakeTelegram() as telegram, _asking(telegram) as ask:
        forum, group = telegram.group(FORUM, topics=(5, 6)), telegram.group(GROUP)
        forum.topics[6] = False
        assert (await ask("sendMessage", chat_id=FORUM, message_thread_id=5, text="খ"))["message_thread_id"] == 5
        assert await ask("sendMessage", chat_id=FORUM, message_thread_id=7, text="খ") == (
            400,
            "message thread not found",
        )
        assert (await ask("sendMessage", chat_id=FORUM, message_thread_id=6, text="খ"))[0] == 400
        group.moved_to = -100500
        assert (await ask("sendMessage", chat_id=GROUP, text="খ"))[1] == (
            "group chat was upgraded to a supergroup chat"
        )
        telegram.private(7).blocked = True
        assert await ask("sendMessage", chat_id=7, text="খ") == (403, "bot was blocked by the user")
        assert await ask("sendMessage", chat_id=99, text="খ") == (400, "chat not found")
        telegram.faults += [Fault("sendMessage", 7, status=status, description="X: x") for status in (429, 500)]
        assert [(await ask("sendMessage", chat_id=7, text="খ"))[0] for _ in range(3)] == [429, 500, 403]


async def test_a_chat_takes_one_a_second_a_group_twenty_a_minute_and_all_together_thirty() -> None:
    async with FakeTelegram(strict=True, second=0.0) as telegram, _asking(telegram) as ask:
        telegram.group(GROUP)
        sent = [await ask("sendMessage", chat_id=GROUP, text=f"খ {number}") for number in range(21)]
        assert [isinstance(one, tuple) for one in sent] == [False] * 20 + [True]
        assert sent[-1][0] == 429
    windows = Windows(1.0)
    for chat in range(1, 31):
        windows.admit(chat, 100.0, new=True)
    for chat, now, new in ((31, 100.9, True), (1, 101.9, True), (1, 101.95, True), (2, 101.95, False)):
        refused = (chat, now) in ((31, 100.9), (1, 101.95))
        with pytest.raises(Refusal) if refused else nullcontext():
            windows.admit(chat, now, new=new)
