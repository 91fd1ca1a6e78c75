from __future__ import annotations

import asyncio
import json
import socket
import traceback
from contextlib import asynccontextmanager
from email import message_from_bytes
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, TelegramError

from handlers.platforms.telegram import transport
from handlers.platforms.telegram.posting import PostDoubtfulError, PostNotSentError
from handlers.platforms.telegram.transport import AiohttpRequest
from tests.handlers.telegram.server import SENT, TOKEN, begun, cut, refused, said, serving, silent

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from email.message import Message

    from tests.handlers.telegram.server import Answer, Server

SECRET = TOKEN.partition(":")[2]


@asynccontextmanager
async def _bot(server: Server, **how: Any) -> AsyncGenerator[Bot]:  # noqa: ANN401 - the transport's settings
    bot = Bot(TOKEN, base_url=server.base, request=AiohttpRequest(**how), get_updates_request=AiohttpRequest())
    async with bot:
        yield bot


async def _send(bot: Bot, **fields: object) -> Any:  # noqa: ANN401 - the Bot API's answer
    return await bot.do_api_request("SendMessage", api_kwargs={"chat_id": "7", "text": "খবর", **fields})


async def _fails(server: Server, url: str = "", *, written: bool = False, **how: Any) -> TelegramError:  # noqa: ANN401
    """Post once and return the error.

    Neither it nor a traceback may hold the token.
    """
    async with AiohttpRequest(**how) as request:
        with pytest.raises(TelegramError) as caught:
            await (request.post_written(url or server.url(), b"{}") if written else request.post(url or server.url()))
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    return caught.value


# --- what is sent ---


async def test_a_request_is_json_with_bengali_as_it_is() -> None:
    async with serving(said(SENT)) as server, _bot(server) as bot:
        assert (
            await _send(bot, reply_markup={"inline_keyboard": [[{"text": "ক", "url": "https://x"}]]}) == SENT["result"]
        )
        request = server.seen[-1]
    assert (request.method, request.target) == ("POST", f"/bot{TOKEN}/SendMessage")
    assert request.headers["content-type"] == "application/json"
    assert "খবর".encode() in request.body
    assert json.loads(request.body) == {
        "chat_id": "7",
        "text": "খবর",
        "reply_markup": {"inline_keyboard": [[{"text": "ক", "url": "https://x"}]]},
    }


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        (b'{"ok":true,"result":{"message_id":5}}', 5),
        (b'{"ok":true,"result":{"message_id":61,"date":1}}', 61),
        (b'{"result": {"date": 1, "message_id": 7}, "ok": true}', 7),
        (b'{"ok":true,"result":true}', 0),
    ],
)
async def test_what_is_written_goes_as_it_is_and_the_number_of_the_message_is_read(answer: bytes, number: int) -> None:
    body = '{"chat_id":"7","text":"খবর"}'.encode()
    async with serving(said(answer)) as server, AiohttpRequest() as request:
        assert await request.post_written(server.url(), body) == number
        seen = server.seen[-1]
    assert (seen.method, seen.target, seen.body) == ("POST", f"/bot{TOKEN}/SendMessage", body)
    assert seen.headers["content-type"] == "application/json"


async def test_half_a_character_does_not_stop_a_message() -> None:
    async with serving(said(SENT)) as server, _bot(server) as bot:
        await _send(bot, text="ক\ud83dখ")
        assert json.loads(server.seen[-1].body)["text"] == "ক?খ"


async def test_files_go_as_a_form() -> None:
    async with serving(said(SENT)) as server, _bot(server) as bot:
        files = {
            "photo": InputFile(b"\x89PNG", 'ছবি "১".png'),
            "thumb": InputFile(BytesIO(b"small"), "t.jpg", attach=True),
        }
        await bot.do_api_request(
            "SendPhoto", api_kwargs={"chat_id": 7, "caption": "খবর", "reply_markup": {"a": [1]}, **files}
        )
        request = server.seen[-1]
    form = message_from_bytes(f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode() + request.body)
    parts = {part.get_param("name", header="content-disposition"): part for part in form.walk() if part is not form}
    content = {name: _content(part) for name, part in parts.items()}
    assert content["chat_id"] == b"7"
    assert content["caption"] == "খবর".encode()
    assert content["reply_markup"] == b'{"a": [1]}'
    assert content["photo"] == b"\x89PNG"
    assert 'filename="ছবি'.encode() in request.body, "a name is written as it is"
    assert content[content["thumb"].decode().removeprefix("attach://")] == b"small"


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


async def test_connections_are_kept_and_bounded() -> None:
    async with serving(said(SENT)) as server, _bot(server, connections=2) as bot:
        await asyncio.gather(*(_send(bot) for _ in range(20)))
        await _send(bot)
        assert server.connections <= 2
        assert len(server.seen) == 22


async def test_a_file_is_fetched() -> None:
    async with serving(b"", photo=said(b"\x00\x01")) as server, AiohttpRequest() as request:
        assert await request.retrieve(f"{server.base}/photo") == b"\x00\x01"


# --- what was not sent ---


@pytest.mark.parametrize("written", [False, True])
async def test_a_refused_connection_was_not_sent(written: bool) -> None:
    async with serving(said(SENT)) as server:
        pass
    error = await _fails(server, written=written)
    assert isinstance(error, PostNotSentError)
    assert "ECONNREFUSED" in str(error)


@pytest.mark.parametrize("written", [False, True])
async def test_a_name_that_nobody_knows_was_not_sent(monkeypatch: pytest.MonkeyPatch, written: bool) -> None:
    async def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async with serving(said(SENT)) as server:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
        error = await _fails(server, f"http://nowhere.example/bot{TOKEN}/SendMessage", written=written)
    assert isinstance(error, PostNotSentError)


async def test_who_gets_no_connection_was_not_sent() -> None:
    async with serving(silent) as server, AiohttpRequest(connections=1) as request:
        first = asyncio.create_task(request.post(server.url()))
        await server.came.wait()
        with pytest.raises(PostNotSentError):
            await request.post(server.url(), connect_timeout=0.01, pool_timeout=0.0)
        first.cancel()
        assert len(server.seen) == 1


async def test_without_encryption_nothing_was_sent() -> None:
    async with serving(said(SENT)) as server:
        encrypted = server.url().replace("http:", "https:")
        error = await _fails(server, encrypted, connect_within=0.02, pool_within=0.0)
        assert isinstance(error, PostNotSentError)
        assert server.seen == []


async def test_a_transport_that_is_closed_sends_nothing() -> None:
    async with serving(said(SENT)) as server:
        request = AiohttpRequest()
        with pytest.raises(PostNotSentError):
            await request.post(server.url())
        async with request:
            await request.initialize()
            await request.post(server.url())
        with pytest.raises(PostNotSentError):
            await request.post(server.url())
        async with request:
            await request.post(server.url())
        await request.shutdown()
        assert len(server.seen) == 2


@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize("status", [301, 403, 404, 407, 413, 429])
async def test_what_something_before_the_platform_refuses_was_not_sent(status: int, written: bool) -> None:
    page = f"<html>/bot{TOKEN}/SendMessage</html>".encode()
    async with serving(said(page, status, Location="/elsewhere")) as server:
        error = await _fails(server, written=written)
        assert isinstance(error, PostNotSentError)
        assert str(status) in str(error)
        assert len(server.seen) == 1, "no redirect is followed"


# --- what may have been sent ---


@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize(
    "answer",
    [
        cut,
        begun(b"HTTP/1.1 200 OK\r\nContent-"),
        begun(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":true'),
        said(f"<html>/bot{TOKEN}/SendMessage</html>".encode(), 502),
        said(b"", 504),
        said([{"ok": False}], 500),
        said(f"/bot{TOKEN}/".encode()),
        said(b'{"ok":true,"result":'),
        said({"ok": True}),
        said([]),
        b"not HTTP at all\r\n\r\n",
    ],
)
async def test_an_answer_that_does_not_come_or_says_nothing_is_doubtful(
    answer: Answer, caplog: pytest.LogCaptureFixture, written: bool
) -> None:
    caplog.set_level(0)
    async with serving(answer) as server:
        error = await _fails(server, written=written)
        assert isinstance(error, PostDoubtfulError)
        assert len(server.seen) == 1, "nothing is sent twice"
    assert SECRET not in caplog.text


async def test_an_answer_that_takes_too_long_is_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(silent) as server:
        assert isinstance(await _fails(server, read_within=0.01), PostDoubtfulError)
        monkeypatch.setattr(transport, "WRITE_WITHIN", 0.0)
        assert isinstance(await _fails(server, written=True, read_within=0.01), PostDoubtfulError)
        async with AiohttpRequest() as request:
            with pytest.raises(PostDoubtfulError):
                await request.post(server.url(), read_timeout=0.01)


async def test_a_body_that_nobody_reads_does_not_hang() -> None:
    files = {"photo": InputFile(bytes(20_000_000))}
    async with serving(b"", unread=True) as server, AiohttpRequest(connect_within=0.5, pool_within=0.0) as request:
        bot = Bot(TOKEN, base_url=server.base, request=request)
        with pytest.raises(PostDoubtfulError):
            await bot.do_api_request("SendPhoto", api_kwargs=files, read_timeout=0.01, write_timeout=0.01)


async def test_a_cut_connection_is_replaced() -> None:
    async with serving(said(SENT), SendPhoto=cut) as server, _bot(server) as bot:
        with pytest.raises(PostDoubtfulError):
            await bot.do_api_request("SendPhoto")
        assert await _send(bot) == SENT["result"]


async def test_being_cancelled_is_no_error_of_the_network() -> None:
    async with serving(silent) as server, AiohttpRequest() as request:
        task = asyncio.create_task(request.post(server.url()))
        await server.came.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


# --- the platform's own words ---


@pytest.mark.parametrize("written", [False, True])
async def test_the_platforms_own_words_are_the_librarys_errors(written: bool) -> None:
    async with serving(refused(400, "Bad Request: chat not found")) as server:
        error = await _fails(server, written=written)
        assert (type(error), str(error)) == (BadRequest, "Chat not found")
    async with serving(refused(500, "Internal Server Error: restart")) as server:
        error = await _fails(server, written=written)
        assert (type(error), str(error)) == (NetworkError, "Internal Server Error: restart")


# --- a proxy ---


async def test_a_proxy_is_asked_with_its_password() -> None:
    async with serving(said(SENT)) as proxy:
        async with AiohttpRequest(proxy=f"http://me:word@127.0.0.1:{proxy.port}") as request:
            await request.post(f"http://api.example/bot{TOKEN}/SendMessage")
        (seen,) = proxy.seen
    assert seen.target == f"http://api.example/bot{TOKEN}/SendMessage"
    assert seen.headers["proxy-authorization"] == "Basic bWU6d29yZA=="


async def test_what_a_proxy_does_not_let_through_was_not_sent() -> None:
    async with serving(said(b"", 407)) as proxy:
        behind = f"http://me:hidden@127.0.0.1:{proxy.port}"
        error = await _fails(proxy, f"https://api.example/bot{TOKEN}/SendMessage", proxy=behind)
        assert isinstance(error, PostNotSentError)
        assert [(seen.method, seen.target) for seen in proxy.seen] == [("CONNECT", "api.example:443")]
        assert "hidden" not in str(error)


async def test_a_proxy_that_hangs_up_has_sent_nothing() -> None:
    async with serving(cut) as proxy:
        error = await _fails(proxy, f"https://api.example/bot{TOKEN}/x", proxy=f"http://127.0.0.1:{proxy.port}")
        assert isinstance(error, PostNotSentError)


@pytest.mark.parametrize(
    "proxy", ["socks5://me:hidden@host:1", "host:3128", "http://", "http://me:hidden@[x", "ftp://x"]
)
def test_a_proxy_that_cannot_be_used_is_said_without_its_password(proxy: str) -> None:
    with pytest.raises(ValueError, match="the proxy has to be") as caught:
        AiohttpRequest(proxy=proxy)
    assert "hidden" not in str(caught.value)


def test_no_proxy_is_none() -> None:
    assert AiohttpRequest(proxy="").read_timeout == 60.0
