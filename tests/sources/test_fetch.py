from __future__ import annotations

import asyncio
import gzip
import random
import tracemalloc
import zlib
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import anyio
import pytest

from bot.sources.addresses import Allow
from bot.sources.failure import FetchError, Reason
from bot.sources.fetch import LARGE_AT_ONCE, MAX_REDIRECTS, SMALL, Fetched, Fetcher, Timeouts
from bot.sources.network import resolve
from tests.shared import shared_path
from tests.sources.servers import PUBLIC, Names, Server, Time, Wires, answer, drips, hangs, resets, sends, serving

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.sources.servers import Script

AGENT = "khobor-test (+https://khobor.test/)"
NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
SOON = Timeouts(resolve=0.05, connect=0.05, read=0.05, total=0.05)


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


def allowing(*servers: Server, hosts: tuple[str, ...] = ("127.0.0.1",)) -> Allow:
    return Allow(frozenset((host, server.port) for server in servers for host in hosts))


def fetcher(*servers: Server, **options: Any) -> Fetcher:  # noqa: ANN401 - whatever a fetcher takes
    return Fetcher(user_agent=AGENT, allow=allowing(*servers), now=lambda: NOW, **options)


def outside(*ports: int, **options: Any) -> Fetcher:  # noqa: ANN401 - whatever a fetcher takes
    """Return a fetcher that allows nothing private.

    Every name is public, and every wire leads here.
    """
    given: dict[str, Any] = {"resolver": _any_public, "network": Wires(*ports), "sleep": Time().sleep} | options
    return Fetcher(user_agent=AGENT, now=lambda: NOW, **given)


async def _any_public(_host: str, _port: int) -> list[str]:
    return [PUBLIC]


async def get(page: bytes | Script, **options: Any) -> Fetched:  # noqa: ANN401 - whatever a fetcher takes
    async with serving(page) as server, fetcher(server, **options) as client:
        return await client.get(server.url())


async def failing(page: bytes | Script, **options: Any) -> FetchError:  # noqa: ANN401 - whatever a fetcher takes
    with pytest.raises(FetchError) as caught:
        await get(page, **options)
    return caught.value


@asynccontextmanager
async def refused(reason: Reason) -> AsyncGenerator[None]:
    with pytest.raises(FetchError) as caught:
        yield
    assert caught.value.reason is reason


# --- what is asked and what comes back ---


async def test_a_page_comes_back_with_its_headers() -> None:
    page = answer(
        body="খবর".encode(),
        Content_Type='Text/HTML; charset="UTF-8"',
        ETag='W/"a\xe9b"',
        Last_Modified="yesterday, about noon",
        Cache_Control="public, max-age=300",
    )
    got = await get(page)
    assert (got.status, got.body.decode()) == (200, "খবর")
    assert (got.content_type, got.charset) == ("text/html", "UTF-8")
    assert (got.etag, got.last_modified) == ('W/"a\xe9b"', "yesterday, about noon")
    assert (got.max_age, got.moved_permanently_to, got.downgraded) == (300, None, False)


async def test_a_page_without_headers_has_none() -> None:
    got = await get(answer(body=b"x"))
    assert (got.content_type, got.charset, got.etag, got.last_modified, got.max_age) == (None,) * 5


async def test_a_request_says_who_asks_and_keeps_no_cookie() -> None:
    async with serving(answer(Set_Cookie="a=b; Path=/")) as server, fetcher(server) as client:
        await client.get(server.url("/?q=খবর#part"))
        await client.get(server.url())
    first, second = server.seen
    assert first.target == "/?q=%E0%A6%96%E0%A6%AC%E0%A6%B0"
    assert first.headers["host"] == f"127.0.0.1:{server.port}"
    assert first.headers["user-agent"] == AGENT
    assert first.headers["accept-encoding"] == "gzip, deflate"
    assert first.headers.keys() == second.headers.keys() == {"host", "user-agent", "accept", "accept-encoding"}
    assert first.connection == second.connection


async def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "ALL_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert (await get(answer(body=b"direct"))).body == b"direct"


async def test_a_304_gets_the_etag_verbatim_and_gives_back_what_was_sent() -> None:
    etag, date = 'W/"\xe9, a"', "Tue, 24 Nov 2026 06:00:00 +0600"
    async with serving(answer(304)) as server, fetcher(server) as client:
        got = await client.get(server.url(), etag=etag, last_modified=date)
    assert server.seen[0].headers["if-none-match"] == etag
    assert server.seen[0].headers["if-modified-since"] == date
    assert (got.status, got.body, got.etag, got.last_modified) == (304, b"", etag, date)


async def test_a_304_that_names_a_new_etag_gives_that() -> None:
    async with serving(answer(304, ETag='"new"')) as server, fetcher(server) as client:
        assert (await client.get(server.url(), etag='"old"')).etag == '"new"'


async def test_a_304_to_an_unconditional_request_is_a_fault() -> None:
    assert (await failing(answer(304))).reason is Reason.STATUS


@pytest.mark.parametrize("etag", ["", "a\r\nX-Evil: 1", "ই", " a", "a\0", "\ud800"])
async def test_an_etag_that_cannot_stand_in_a_header_is_not_sent(etag: str) -> None:
    async with serving(answer()) as server, fetcher(server) as client:
        await client.get(server.url(), etag=etag)
    assert "if-none-match" not in server.seen[0].headers


@pytest.mark.parametrize("agent", ["", " ", "খবর", "a\r\nX: y"])
def test_a_user_agent_must_fit_a_header(agent: str) -> None:
    with pytest.raises(ValueError, match="user agent"):
        Fetcher(user_agent=agent)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("max-age=60", 60),
        ('private, MAX-AGE="60"', 60),
        ("s-maxage=9, max-age=0", 0),
        ("x-max-age=5", None),
        ("no-cache, max-age=60", None),
        ("max-age=60, no-store", None),
        ("max-age=-1", None),
        ("max-age=soon", None),
        ("max-age=999999999999999999", 2**31),
        ("public", None),
    ],
)
async def test_max_age_is_read_from_cache_control(header: str, seconds: int | None) -> None:
    assert (await get(answer(Cache_Control=header))).max_age == seconds


# --- private networks ---


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1", "0.0.0.0", "10.0.0.1",  # noqa: S104
     "100.64.0.1", "169.254.169.254", "[fd00::1]", "[64:ff9b::7f00:1]", "192.0.2.1"],
)  # fmt: skip
async def test_a_private_address_is_refused_in_every_form(host: str) -> None:
    wires = Wires(9)
    async with outside(network=wires, resolver=resolve) as client:
        for url in (f"http://{host}/", f"https://{host}/"):
            async with refused(Reason.REFUSED_ADDRESS):
                await client.get(url)
    assert wires.dialled == []


@pytest.mark.parametrize(
    "answers", [["127.0.0.1"], [PUBLIC, "10.0.0.5"], ["::ffff:10.0.0.5"], ["fd00::1", PUBLIC], ["x"]]
)
async def test_a_name_with_a_private_address_is_refused_unless_every_address_is_public(answers: list[str]) -> None:
    wires = Wires(9)
    with pytest.raises(FetchError) as caught:
        async with outside(network=wires, resolver=Names(inside_test=[answers])) as client:
            await client.get("http://inside.test/")
    assert caught.value.reason is Reason.REFUSED_ADDRESS
    assert "10.0.0.5" not in str(caught.value)
    assert wires.dialled == []


async def test_a_name_is_looked_up_once_for_a_connection_and_that_address_is_dialled() -> None:
    names = Names(rebinding_test=[[PUBLIC], ["127.0.0.1"]])
    async with serving(answer()) as server:
        wires = Wires(server.port)
        async with outside(network=wires, resolver=names) as client:
            await client.get("http://rebinding.test/")
            await client.get("http://rebinding.test/")
    assert names.asked == ["rebinding.test"]
    assert wires.dialled == [(PUBLIC, 80)]


async def test_a_name_that_turns_private_is_refused_on_the_next_connection() -> None:
    names = Names(rebinding_test=[[PUBLIC], ["127.0.0.1"]])
    async with serving(answer(Connection="close")) as server:
        wires = Wires(server.port)
        async with outside(network=wires, resolver=names) as client:
            await client.get("http://rebinding.test/")
            async with refused(Reason.REFUSED_ADDRESS):
                await client.get("http://rebinding.test/")
    assert names.asked == ["rebinding.test"] * 2
    assert wires.dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize("target", ["http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://inside.test/"])
async def test_a_redirect_to_a_private_address_is_refused(target: str) -> None:
    names = Names(outside_test=[[PUBLIC]], inside_test=[["10.0.0.5"]])
    async with serving(answer(302, Location=target)) as server:
        wires = Wires(server.port)
        async with outside(network=wires, resolver=names) as client, refused(Reason.REFUSED_ADDRESS):
            await client.get("http://outside.test/")
    assert wires.dialled == [(PUBLIC, 80)]


async def test_a_redirect_from_outside_to_an_allowed_private_address_is_refused() -> None:
    async with serving(answer(302, Location="http://127.0.0.1:7/secret")) as server:
        wires = Wires(server.port)
        allow = Allow(frozenset({("127.0.0.1", 7)}))
        async with outside(network=wires, allow=allow) as client, refused(Reason.REFUSED_ADDRESS):
            await client.get("http://outside.test/")
    assert wires.dialled == [(PUBLIC, 80)]


async def test_what_the_operator_allows_is_open_to_addresses_that_an_admin_typed_alone() -> None:
    names = Names(intern_test=[["127.0.0.1"]])
    async with serving(answer(body=b"x")) as server:
        allow = allowing(server, hosts=("127.0.0.1", "intern.test"))
        async with Fetcher(user_agent=AGENT, allow=allow, resolver=names) as client:
            for host in ("127.0.0.1", "intern.test"):
                assert (await client.get(server.url(host=host))).body == b"x"
                seen = len(server.seen)
                async with refused(Reason.REFUSED_ADDRESS):
                    await client.public(server.url(host=host))
                async with refused(Reason.REFUSED_ADDRESS):
                    await client.get(server.url(host=host), public_only=True)
                assert len(server.seen) == seen


async def test_one_allowed_endpoint_redirects_to_no_other() -> None:
    async with serving(answer(body=b"secret")) as hidden:
        out = answer(302, Location=hidden.url())
        pages = {"/in": answer(302, Location="/here"), "/here": answer(body=b"x"), "/out": out}
        async with serving(pages) as server, fetcher(server, hidden) as client:
            assert (await client.get(server.url("/in"))).body == b"x"
            async with refused(Reason.REFUSED_ADDRESS):
                await client.get(server.url("/out"))
    assert hidden.seen == []


async def test_a_large_body_waits_for_room_and_a_small_one_does_not() -> None:
    go = asyncio.Event()

    async def large(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + b"x" * (SMALL + 1))
        await writer.drain()
        await go.wait()
        writer.close()

    async with serving({"/large": large, "/": answer(body=b"x")}) as server, outside(server.port) as client:
        many = [asyncio.create_task(client.get(f"http://h{n}.test/large")) for n in range(LARGE_AT_ONCE + 2)]
        while client._large.value:  # noqa: ASYNC110 - their bytes come over a real socket
            await asyncio.sleep(0)
        assert (await client.get("http://quick.test/")).body == b"x"
        go.set()
        assert {len(one.body) for one in await asyncio.gather(*many)} == {SMALL + 1}


async def test_a_redirect_waits_for_its_host_within_its_own_time() -> None:
    async with (
        serving(answer(302, Location="http://slow.test/")) as server,
        outside(server.port, timeouts=Timeouts(total=0.2)) as client,
        client._turns.turn("slow.test", gap=False),
        refused(Reason.TIMEOUT),
    ):
        await asyncio.create_task(client.get("http://other.test/"))


async def test_other_ports_need_a_permission() -> None:
    async with serving(answer()) as server, outside(server.port) as client:
        async with refused(Reason.REFUSED_ADDRESS):
            await client.get("http://outside.test:8080/")
        assert (await client.get("http://outside.test:8080/", any_port=True)).status == 200


async def test_two_names_on_one_address_share_no_connection() -> None:
    names = Names(one_test=[["127.0.0.1"]], two_test=[["127.0.0.1"]])
    async with serving(answer()) as server:
        allow = allowing(server, hosts=("one.test", "two.test"))
        async with Fetcher(user_agent=AGENT, allow=allow, resolver=names) as client:
            for host in ("one.test", "two.test", "one.test"):
                await client.get(server.url(host=host))
    assert [(seen.connection, seen.headers["host"]) for seen in server.seen] == [
        (0, f"one.test:{server.port}"),
        (1, f"two.test:{server.port}"),
        (0, f"one.test:{server.port}"),
    ]


async def test_tls_is_asked_for_by_name_and_not_by_address() -> None:
    hello = bytearray()

    async def listen(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        hello.extend(await reader.read(4096))

    async with serving(b"", unread=listen) as server, outside(server.port) as client, refused(Reason.UNREACHABLE):
        await client.get("https://outside.test/")
    assert b"outside.test" in hello
    assert PUBLIC.encode() not in hello


async def test_an_address_that_refuses_is_followed_by_the_next() -> None:
    other = "2606:4700::1111"
    async with serving(answer()) as server:
        wires = Wires(server.port, dead=[other])
        async with outside(network=wires, resolver=Names(a_test=[[other, PUBLIC]])) as client:
            await client.get("http://a.test/")
    assert wires.dialled == [(other, 80), (PUBLIC, 80)]


# --- redirects ---


async def follow(**pages: bytes) -> tuple[Fetched, Server]:
    async with serving({f"/{name}": page for name, page in pages.items()}) as server, fetcher(server) as client:
        return await client.get(server.url("/a")), server


@pytest.mark.parametrize(
    ("first", "second", "moved"),
    [(301, 308, True), (308, 301, True), (301, 302, False), (302, 301, False), (307, 307, False), (303, 303, False)],
)
async def test_a_move_is_permanent_if_every_hop_was(first: int, second: int, *, moved: bool) -> None:
    got, server = await follow(a=answer(first, Location="/b"), b=answer(second, Location="c"), c=answer(body=b"here"))
    assert (got.body, got.url) == (b"here", server.url("/c"))
    assert got.moved_permanently_to == (server.url("/c") if moved else None)


async def test_conditions_go_along_to_where_the_redirects_end() -> None:
    pages = {"/a": answer(301, Location="/b"), "/b": answer(304)}
    async with serving(pages) as server, fetcher(server) as client:
        got = await client.get(server.url("/a"), etag='"x"')
    assert (got.status, got.moved_permanently_to) == (304, server.url("/b"))
    assert server.seen[1].headers["if-none-match"] == '"x"'


async def test_a_bare_bengali_slug_in_a_redirect_is_followed() -> None:
    pages = {
        "/a": answer(302, Location="/খবর".encode().decode("latin-1")),
        "/%E0%A6%96%E0%A6%AC%E0%A6%B0": answer(body=b"x"),
    }
    async with serving(pages) as server, fetcher(server) as client:
        assert (await client.get(server.url("/a"))).body == b"x"


async def test_five_redirects_are_followed_and_a_loop_ends() -> None:
    pages = {f"/{n}": answer(302, Location=f"/{n + 1}") for n in range(MAX_REDIRECTS)}
    pages |= {f"/{MAX_REDIRECTS}": answer(), "/loop": answer(302, Location="/loop")}
    async with serving(pages) as server, fetcher(server) as client:
        assert (await client.get(server.url("/0"))).status == 200
        async with refused(Reason.TOO_MANY_REDIRECTS):
            await client.get(server.url("/loop"))


async def test_a_step_down_from_https_is_noted() -> None:
    pages = {
        "/a": answer(301, Location="http://b.test/b"),
        "/b": answer(301, Location="https://b.test/c"),
        "/c": answer(),
    }
    async with serving(pages) as server, outside(network=Wires(server.port, plain=True)) as client:
        assert (await client.get("https://a.test/a")).downgraded
        assert not (await client.get("http://a.test/b")).downgraded


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("", Reason.STATUS),
        ("ftp://a.test/", Reason.BAD_ADDRESS),
        ("http://user:s3cret@127.0.0.1/", Reason.BAD_ADDRESS),
        ("http://[/", Reason.BAD_ADDRESS),
        ("http://\xd7/", Reason.BAD_ADDRESS),
        ("http://127.1/", Reason.REFUSED_ADDRESS),
    ],
)
async def test_a_redirect_to_nonsense_is_an_error(location: str, reason: Reason) -> None:
    error = await failing(answer(302, Location=location))
    assert error.reason is reason
    assert "s3cret" not in str(error)


# --- bodies ---


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"news", mtime=0)),
        ("deflate", zlib.compress(b"news")),
        ("deflate", zlib.compress(b"news")[2:-4]),
    ],
)
async def test_a_packed_body_is_unpacked(encoding: str, body: bytes) -> None:
    assert (await get(answer(body=body, Content_Encoding=encoding))).body == b"news"


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("br", b"\x0b\x02\x80news\x03"),
        ("zstd", b""),
        ("gzip", b"news"),
        ("gzip", gzip.compress(b"news", mtime=0)[:-3]),
        ("gzip, gzip", b""),
    ],
)
async def test_a_body_packed_otherwise_or_badly_is_refused(encoding: str, body: bytes) -> None:
    assert (await failing(answer(body=body, Content_Encoding=encoding))).reason is Reason.BAD_ENCODING


async def test_a_length_above_the_cap_is_refused_before_the_body() -> None:
    error = await failing(hangs(b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"), cap=1000)
    assert error.reason is Reason.TOO_LARGE
    assert "1,000 bytes" in str(error)


@pytest.mark.parametrize("packed", [False, True])
async def test_an_endless_body_stops_at_the_cap_with_its_memory_bounded(*, packed: bool) -> None:
    cap = 1 << 20
    squeeze = zlib.compressobj(9, wbits=-15)
    block = bytes(1 << 16)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
    if packed:
        block = squeeze.compress(bytes(1 << 20)) + squeeze.flush(zlib.Z_FULL_FLUSH)
        head += b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08" + bytes(6) + b"\xff"
    else:
        head += b"\r\n"
    sent = 0

    async def pour(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(head)
        while sent < 1 << 30:
            writer.write(block)
            await writer.drain()
            sent += len(block)

    tracemalloc.start()
    try:
        error = await failing(pour, cap=cap)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert error.reason is Reason.TOO_LARGE
    assert peak < 4 * cap
    assert sent < 64 << 20  # what fits into the kernel's buffers; the pouring ended with the connection


# --- servers that misbehave ---


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (sends(b""), Reason.NETWORK),
        (sends(b"SSH-2.0-OpenSSH_9.6\r\n"), Reason.NETWORK),
        (sends(b"HTTP/9.9 abc OK\r\n\r\n"), Reason.NETWORK),
        (sends(b"\xff\xfe\x00\r\n\r\n"), Reason.NETWORK),
        (sends(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"), Reason.NETWORK),
        (sends(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde"), Reason.NETWORK),
        (sends(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), Reason.NETWORK),
        (sends(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), Reason.NETWORK),
        (sends(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"), Reason.NETWORK),
        (sends(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"), Reason.NETWORK),
        (sends(b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n"), Reason.NETWORK),
        (sends(b"HTTP/1.1 200 OK\r\nX: \x00\r\n\r\n"), Reason.NETWORK),
        (sends(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000), Reason.NETWORK),
        (sends(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000), Reason.NETWORK),
        (sends(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"), Reason.NETWORK),
        (resets, Reason.NETWORK),
        (answer(204), Reason.STATUS),
        (answer(206, b"x"), Reason.STATUS),
        (answer(300, Location="/"), Reason.STATUS),
        (answer(418), Reason.STATUS),
        (answer(999), Reason.STATUS),
        (answer(401), Reason.FORBIDDEN),
        (answer(403, b"no"), Reason.FORBIDDEN),
        (answer(404), Reason.NOT_FOUND),
        (answer(410), Reason.GONE),
        (answer(429), Reason.RATE_LIMITED),
        (answer(500), Reason.SERVER),
        (answer(503, b"down"), Reason.SERVER),
        (answer(503, Retry_After="nonsense"), Reason.SERVER),
        (answer(503, Retry_After="60"), Reason.RATE_LIMITED),
        (answer(522, Server="cloudflare"), Reason.SERVER),
    ],
)  # fmt: skip
async def test_every_misbehaviour_has_its_reason_and_a_line_that_says_what_to_do(
    page: bytes | Script, reason: Reason
) -> None:
    error = await failing(page)
    assert error.reason is reason
    assert str(error).startswith(error.detail)
    assert str(error).isprintable()
    assert "127.0.0.1" in str(error)
    assert len(str(error)) > len(error.detail) + 10


async def test_random_bytes_are_a_fetch_error_or_a_page() -> None:
    """Also behind a good start.

    Each server's bytes come from a seed, so that a failure can be had again.
    """
    starts = [
        b"",
        b"HTTP/1.1 ",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 302 X\r\nLocation: ",
    ]
    pages: dict[str, bytes | Script] = {}
    for number, start in enumerate(starts * 8):
        pages[f"/{number}"] = sends(start + random.Random(number).randbytes(200) + b"\r\n\r\n")  # noqa: S311 - a seed
    outcomes: set[object] = set()
    async with serving(pages) as server, fetcher(server) as client:
        for path in pages:
            try:
                outcomes.add((await client.get(server.url(path))).status)
            except FetchError as error:
                outcomes.add(error.reason)
    assert outcomes


async def test_nobody_listening_is_unreachable() -> None:
    async with serving(b"") as server:
        pass
    async with fetcher(server) as client, refused(Reason.UNREACHABLE):
        await client.get(server.url())


@pytest.mark.parametrize("names", [Names(), Names(a_test=[[]])])
async def test_a_name_without_an_address_is_unreachable(names: Names) -> None:
    async with outside(9, resolver=names) as client, refused(Reason.UNREACHABLE):
        await client.get("http://a.test/")


async def test_the_systems_own_look_up_knows_this_machine() -> None:
    assert set(await resolve("localhost", 80)) <= {"127.0.0.1", "::1"}


async def test_https_to_a_server_that_speaks_no_tls_is_unreachable() -> None:
    async with (
        serving(b"", unread=sends(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as server,
        outside(server.port) as client,
    ):
        with pytest.raises(FetchError, match=r"a\.test") as caught:
            await client.get("https://a.test/")
    assert caught.value.reason is Reason.UNREACHABLE


@pytest.mark.parametrize(
    "page",
    [
        hangs(),
        hangs(b"HTTP/1.1 200 OK\r\n"),
        hangs(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"),
        drips(b"HTTP/1.1 200 OK\r\n\r\n"),
        drips(b"HTTP/1.1 200 OK\r\nX: "),
        drips(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    ],
)
async def test_a_server_that_hangs_or_drips_ends_by_the_total_deadline(page: Script) -> None:
    slow = Timeouts(resolve=60, connect=60, read=60, total=0.05)
    assert (await failing(page, timeouts=slow)).reason is Reason.TIMEOUT


async def test_each_wait_has_its_own_limit() -> None:
    slow = Timeouts(total=60, read=0.02)
    assert (await failing(hangs(), timeouts=slow)).reason is Reason.TIMEOUT


async def test_an_error_page_that_hangs_still_has_its_status() -> None:
    error = await failing(hangs(b"HTTP/1.1 403 No\r\nContent-Length: 9\r\n\r\nab"), timeouts=Timeouts(read=0.5))
    assert error.reason is Reason.FORBIDDEN


@pytest.mark.parametrize("total", [60, 0.05])
async def test_a_handshake_that_hangs_ends_and_leaves_no_socket(total: float) -> None:
    times = Timeouts(connect=0.05 if total == 60 else 60, total=total)
    async with (
        serving(b"", unread=hangs()) as server,
        outside(server.port, timeouts=times) as client,
        refused(Reason.TIMEOUT),
    ):
        await client.get("https://a.test/")


async def test_a_name_server_that_hangs_ends() -> None:
    async def never(_host: str, _port: int) -> list[str]:
        await anyio.sleep_forever()
        raise AssertionError

    async with outside(9, resolver=never, timeouts=SOON) as client, refused(Reason.TIMEOUT):
        await client.get("http://a.test/")


async def test_cancellation_passes_through_and_the_host_can_be_asked_again() -> None:
    came = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        came.set()
        await reader.read()

    async with serving({"/hang": hang, "/": answer(body=b"x")}) as server, fetcher(server) as client:
        task = asyncio.create_task(client.get(server.url("/hang")))
        await came.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await client.get(server.url())).body == b"x"
        assert not client._turns._lines


# --- errors that say when to come back, and walls ---


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("0", timedelta()),
        ("120", timedelta(minutes=2)),
        ("86401", timedelta(hours=24)),
        ("9" * 5000, timedelta(hours=24)),
        (format_datetime(NOW + timedelta(hours=1), usegmt=True), timedelta(hours=1)),
        ("Wed, 25 Nov 2026 13:00:00 +0600", timedelta(hours=1)),
        ("Wed, 25 Nov 2026 07:00:00 -0000", timedelta(hours=1)),
        (format_datetime(NOW - timedelta(hours=1), usegmt=True), timedelta()),
        ("Wed, 25 Nov 2099 06:00:00 GMT", timedelta(hours=24)),
        ("Wed, 99 Nov 2026 06:00:00 GMT", None),
        ("Wed, 25 Nov 2026 06:00:00 +9999999999", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("\xb2", None),
        ("", None),
    ],
)
async def test_retry_after_is_seconds_or_a_date_and_at_most_a_day(value: str, wait: timedelta | None) -> None:
    error = await failing(answer(429, Retry_After=value))
    assert (error.reason, error.retry_after) == (Reason.RATE_LIMITED, wait)


async def test_retry_after_means_nothing_elsewhere() -> None:
    assert (await failing(answer(404, Retry_After="60"))).retry_after is None


BLOCKED = b"""<!DOCTYPE html><html class="no-js"><head><title>Attention Required! | Cloudflare</title>
<link rel="stylesheet" id="cf_styles-css" href="/cdn-cgi/styles/cf.errors.css"></head><body><div id="cf-error-details">
<h1>Sorry, you have been blocked</h1></div></body></html>"""
CHALLENGE = (
    b"<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>"
)


@pytest.mark.parametrize("status", [403, 429, 503])
@pytest.mark.parametrize(
    "page", [BLOCKED, CHALLENGE, b"error code: 1020", b"<title>Sucuri WebSite Firewall - Access Denied"]
)
async def test_a_wall_is_recognised_by_its_page(status: int, page: bytes) -> None:
    error = await failing(answer(status, page, Server="cloudflare"))
    assert error.reason is Reason.BLOCKED
    assert "Cloudflare" in str(error)


async def test_a_wall_is_recognised_by_its_header_and_keeps_the_wait() -> None:
    error = await failing(answer(429, b"", Cf_Mitigated="challenge", Retry_After="60"))
    assert (error.reason, error.retry_after) == (Reason.BLOCKED, timedelta(minutes=1))


async def test_a_packed_wall_is_recognised_and_only_its_start_is_read() -> None:
    page = gzip.compress(CHALLENGE + bytes(10_000_000))
    assert (await failing(answer(403, page, Content_Encoding="gzip"), cap=1000)).reason is Reason.BLOCKED


@pytest.mark.parametrize("encoding", ["br", "gzip"])
async def test_an_error_page_that_cannot_be_unpacked_still_has_its_status(encoding: str) -> None:
    assert (await failing(answer(403, b"junk", Content_Encoding=encoding))).reason is Reason.FORBIDDEN


async def test_an_outlets_own_refusal_behind_cloudflare_is_no_wall() -> None:
    page = b'{"code":"rest_forbidden"}<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'
    assert (await failing(answer(403, page, Server="cloudflare"))).reason is Reason.FORBIDDEN


async def test_the_wall_that_was_captured_is_recognised() -> None:
    page = shared_path("captures", "html", "cloudflare_403.html").read_bytes()
    assert (await failing(answer(403, page))).reason is Reason.BLOCKED


@pytest.mark.parametrize(
    "url", ["http://user:s3cret@127.0.0.1/", "http:/user:s3cret@x/", "ftp://u:s3cret@x", "http://u:s3cret@[/", "s3cret"]
)
async def test_no_error_repeats_a_password(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        async with fetcher() as client:
            await client.get(url)
    assert caught.value.reason is Reason.BAD_ADDRESS
    assert "s3cret" not in f"{caught.value} {caught.value.detail}"


# --- politeness ---


async def test_requests_to_one_host_keep_a_gap_and_other_hosts_do_not_wait() -> None:
    time = Time()
    async with serving(answer()) as server, outside(server.port, gap=2.0, clock=time, sleep=time.sleep) as client:
        await client.get("http://a.test/1")
        time.moment += 0.5
        await client.get("http://b.test/1")
        assert time.slept == []
        await client.get("http://a.test/2")
        assert time.slept == [1.5]
        time.moment += 2.0
        await client.get("http://a.test/3")
    assert time.slept == [1.5]


async def test_a_redirect_on_one_host_keeps_the_gap_too() -> None:
    time = Time()
    pages = {"/a": answer(301, Location="/b"), "/b": answer()}
    async with serving(pages) as server, outside(server.port, gap=2.0, clock=time, sleep=time.sleep) as client:
        await client.get("http://a.test/a")
    assert time.slept == [2.0]


async def test_allowed_hosts_have_no_gap() -> None:
    time = Time()
    async with serving(answer()) as server, fetcher(server, clock=time, sleep=time.sleep) as client:
        await client.get(server.url())
        await client.get(server.url())
    assert time.slept == []


async def test_one_request_at_a_time_goes_to_a_host_and_a_host_that_hangs_holds_no_other() -> None:
    came, go = asyncio.Event(), asyncio.Event()

    async def wait(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.set()
        await go.wait()
        writer.write(answer(body=b"slow"))
        await writer.drain()
        writer.close()

    async with serving({"/slow": wait, "/": answer(body=b"x")}) as server, outside(server.port) as client:
        slow = asyncio.create_task(client.get("http://slow.test/slow"))
        await came.wait()
        behind = asyncio.create_task(client.get("http://slow.test/"))
        assert (await client.get("http://quick.test/")).body == b"x"
        assert [seen.headers["host"] for seen in server.seen] == ["slow.test", "quick.test"]
        go.set()
        assert ((await slow).body, (await behind).body) == (b"slow", b"x")


async def test_hosts_at_rest_are_forgotten() -> None:
    time = Time()
    async with outside(9, network=Wires(9, dead=[PUBLIC]), gap=2.0, clock=time, sleep=time.sleep) as client:
        for number in range(300):
            time.moment += 0.1
            async with refused(Reason.UNREACHABLE):
                await client.get(f"http://host{number}.test/")
        assert not client._turns._lines
        assert len(client._turns._ended) <= 21
        assert not client._transport._pool.connections
