"""Answers over a connection of ours, however they are cut into packets.

Connections are kept or not.
"""

from __future__ import annotations

import asyncio
import itertools
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from handlers.platforms.telegram import posting
from handlers.platforms.telegram.posting import KeptConnection, PostAnswer, PostDoubtfulError, Posting, PostNotSentError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.anyio
BODY = '{"ok":true,"result":"খবর"}'.encode()
LENGTH = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)
CHUNKED = b"HTTP/1.1 429 Too Many\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (
    BODY[:5],
    len(BODY) - 5,
    BODY[5:],
)
ENDLESS = b"HTTP/1.0 502 Bad\r\nServer: x\r\n\r\n" + BODY
WHOLE = {LENGTH: 200, CHUNKED: 429}


class _Wire(asyncio.Transport):
    """Where a line writes to."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.aborted = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written.append(bytes(data))

    def abort(self) -> None:
        self.aborted = True


async def _line() -> tuple[KeptConnection, _Wire, asyncio.Task[PostAnswer]]:
    line, wire = KeptConnection(60.0), _Wire()
    line.connection_made(wire)
    asking = asyncio.ensure_future(line.ask(b"POST"))
    await asyncio.sleep(0)
    assert wire.written == [b"POST"]
    return line, wire, asking


@given(st.sampled_from(list(WHOLE)), st.lists(st.integers(0, 200), max_size=6))
async def test_an_answer_is_the_same_however_it_is_cut(answer: bytes, cuts: list[int]) -> None:
    line, wire, asking = await _line()
    places = sorted({min(cut, len(answer)) for cut in cuts} | {0, len(answer)})
    for start, end in itertools.pairwise(places):
        assert not asking.done()
        line.data_received(answer[start:end])
        await asyncio.sleep(0)
    assert await asking == PostAnswer(WHOLE[answer], BODY)
    assert line.reusable
    assert not wire.aborted


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 204 No Content\r\n\r\n", b"HTTP/1.1 304 Not\r\nContent-Length: 5\r\n\r\n"]
)
async def test_an_answer_that_has_no_body_is_not_waited_for(answer: bytes) -> None:
    line, _, asking = await _line()
    line.data_received(answer)
    assert await asking == PostAnswer(int(answer[9:12]), b"")


async def test_a_word_on_the_way_is_no_answer() -> None:
    line, _, asking = await _line()
    line.data_received(b"HTTP/1.1 100 Continue\r\n\r\n" * 5000)
    assert not asking.done()
    line.data_received(LENGTH)
    assert await asking == PostAnswer(200, BODY)


async def test_what_ends_with_the_connection_is_whole_then() -> None:
    line, _, asking = await _line()
    line.data_received(ENDLESS)
    await asyncio.sleep(0)
    assert not asking.done()
    line.connection_lost(None)
    assert await asking == PostAnswer(502, BODY)
    assert not line.reusable


@pytest.mark.parametrize(
    "broken",
    [
        b"SMTP ready\r\n",
        b"HTTP/1.1 abc What\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * posting.LONGEST_HEAD,
    ],
)
async def test_what_is_no_answer_ends_the_connection(broken: bytes) -> None:
    line, wire, asking = await _line()
    line.data_received(broken)
    with pytest.raises(ValueError, match=r"."):
        await asking
    assert wire.aborted
    assert not line.reusable


@pytest.mark.parametrize("read", [b"", LENGTH[:20], LENGTH[:-1], CHUNKED[:-1]])
async def test_a_connection_that_breaks_before_the_end_answers_nothing(read: bytes) -> None:
    line, _, asking = await _line()
    if read:
        line.data_received(read)
    line.connection_lost(None)
    with pytest.raises(ConnectionResetError):
        await asking


async def test_who_is_cancelled_leaves_no_answer_for_the_next() -> None:
    line, wire, asking = await _line()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert wire.aborted
    assert not line.reusable


async def test_what_nobody_asked_for_ends_the_connection() -> None:
    line, wire, asking = await _line()
    line.data_received(LENGTH)
    await asking
    line.data_received(LENGTH)
    assert wire.aborted
    assert not line.reusable


async def test_a_long_answer_is_read_through_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []
    real = posting._answer

    def counting(read: bytes, *, ended: bool = False) -> PostAnswer | None:
        reads.append(len(read))
        return real(read, ended=ended)

    monkeypatch.setattr(posting, "_answer", counting)
    line, _, asking = await _line()
    body = b"x" * 1_000_000
    line.data_received(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body))
    for start in range(0, len(body), 10_000):
        line.data_received(body[start : start + 10_000])
    assert (await asking).body == body
    assert len(reads) <= 3


# --- connections ---


@dataclass
class _Server:
    answers: list[bytes]
    port: int = 0
    connections: int = 0
    seen: list[bytes] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                self.seen.append(head + await reader.readexactly(size))
                answer = self.answers.pop(0) if self.answers else LENGTH
                writer.write(answer)
                if b"Connection: close" in answer:
                    break
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def _posting(
    *answers: bytes, connections: int = 2, within: float = 10.0
) -> AsyncIterator[tuple[Posting, _Server]]:
    there = _Server(list(answers))
    server = await asyncio.start_server(there.serve, "127.0.0.1", 0)
    there.port = server.sockets[0].getsockname()[1]
    origin = URL(f"http://127.0.0.1:{there.port}")
    posts = Posting(origin, connections, connect_within=5.0, answered_within=within)
    async with server:
        yield posts, there
        posts.close()


async def test_a_post_is_what_servers_expect_and_connections_are_used_again_and_bounded() -> None:
    async with _posting() as (posts, server):
        answers = await asyncio.gather(*(posts.post(b"/bot1/sendMessage", b'{"n":%d}' % n) for n in range(20)))
        assert answers == [PostAnswer(200, BODY)] * 20
        assert server.connections <= 2
        assert len(server.seen) == 20
        head, _, body = server.seen[0].partition(b"\r\n\r\n")
        assert head.startswith(b"POST /bot1/sendMessage HTTP/1.1\r\n")
        assert b"\r\nHost: 127.0.0.1:%d\r\n" % server.port in head
        assert b"\r\nContent-Type: application/json\r\n" in head
        assert body.startswith(b'{"n":')


async def test_a_server_that_closes_is_asked_over_another_connection() -> None:
    closing = LENGTH.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)
    async with _posting(closing, closing, connections=1) as (posts, server):
        for _ in range(3):
            assert await posts.post(b"/", b"{}") == PostAnswer(200, BODY)
        assert server.connections == 3


async def test_a_connection_that_lay_idle_for_long_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "KEPT", -1.0)
    async with _posting(connections=1) as (posts, server):
        for _ in range(2):
            assert await posts.post(b"/", b"{}") == PostAnswer(200, BODY)
        assert server.connections == 2


async def test_a_late_answer_is_a_doubt_and_its_connection_is_given_up() -> None:
    async with _posting(b"HTTP/1.1 200 OK\r\n", connections=1, within=0.01) as (posts, server):
        with pytest.raises(PostDoubtfulError, match="TimeoutError"):
            await posts.post(b"/", b"{}")
        posts._answered_within = 10.0
        assert await posts.post(b"/", b"{}") == PostAnswer(200, BODY)
        assert server.connections == 2


async def test_nobody_there_means_not_sent() -> None:
    async with _posting() as (posts, _):
        pass
    with pytest.raises(PostNotSentError, match="ECONNREFUSED"):
        await posts.post(b"/", b"{}")
