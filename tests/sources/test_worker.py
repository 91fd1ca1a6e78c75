"""The worker process: limits, and what hostile bytes come to."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import sys
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import pytest
from anyio import to_process
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.articles.draft import draft_cleaned, draft_sighting
from bot.articles.identity import sight
from bot.sources import worker
from bot.sources.kind import SourceContext, kinds
from bot.sources.worker import KEPT, MEMORY, SECONDS, draft, parse, parse_here
from bot.values.articles import Entry
from bot.values.errors import BudgetError, ParseError, WorkerDiedError
from tests.warm import cold

if TYPE_CHECKING:
    from bot.values.articles import Draft, Sighting

CONTEXT = SourceContext("https://khabar.example/feed", None, None, datetime(2026, 11, 23, 12, tzinfo=UTC))
TEXT = "মধুপুর গ্রামের তরুণেরা নদীর পাড়ে একটি পাঠাগার খুলেছেন, যেখানে প্রতিদিন বিকেলে বই পড়া যাবে।"
PAGE = (
    "<html><head><title>পাঠাগার</title></head><body><h1>নদীর পাড়ে পাঠাগার খুলল</h1>"
    f"<p>{TEXT}</p><p>{TEXT} আবারও।</p></body></html>"
).encode()
FEED = "<rss><channel><title>খবরঘর</title><item><title>পাঠাগার</title><link>https://khabar.example/1</link></item></channel></rss>".encode()
# Some seconds of work, whatever the machine.
LONG = (
    "<rss><channel>"
    + "".join(f"<item><title>পাঠাগার {n}</title><description>{TEXT * 160}</description></item>" for n in range(500))
    + "</channel></rss>"
).encode()[: kinds()["feed"].max_bytes]


async def test_the_worker_parses_and_cleans() -> None:
    name, parsed = await parse(PAGE, CONTEXT)
    assert name == "page"
    assert (name, parsed) == parse_here(PAGE, CONTEXT)


async def test_an_error_comes_back_as_it_was() -> None:
    with pytest.raises(ParseError, match="empty body"):
        await parse(b"", CONTEXT)


async def test_a_parse_that_never_ends_is_stopped_and_others_go_on() -> None:
    await parse(FEED, CONTEXT)
    with pytest.raises(ParseError, match=r"took longer than 0\.5 seconds"):
        await parse(LONG, CONTEXT, seconds=0.5)
    assert (await parse(FEED, CONTEXT))[0] == "feed"


def _loaded(module: str) -> bool:
    return module in sys.modules


async def test_a_worker_loads_nothing_of_the_program_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    main = Path(worker.__file__).parents[1] / "__main__.py"
    monkeypatch.setitem(vars(sys.modules["__main__"]), "__file__", str(main))
    run = partial(worker._run, "asking", seconds=10.0, memory=MEMORY, limiter=None)
    assert (await run(_loaded, ("bot.articles.draft",)))[0]
    assert not (await run(_loaded, ("bot.app",)))[0]


async def test_others_are_read_while_one_is_stuck() -> None:
    ended = False

    async def stuck() -> None:
        nonlocal ended
        await parse(LONG, CONTEXT, seconds=600)
        ended = True

    async with anyio.create_task_group() as group:
        group.start_soon(stuck)
        await anyio.wait_all_tasks_blocked()
        assert (await parse(FEED, CONTEXT, limiter=anyio.CapacityLimiter(2)))[0] == "feed"
        assert not ended
        group.cancel_scope.cancel()


@pytest.mark.skipif(sys.platform == "win32", reason="no resource limits")
async def test_a_parse_that_takes_all_memory_fails_alone() -> None:
    # One that has loaded its libraries already needs too little more.
    with cold(), pytest.raises(ParseError, match=r"memory|can't be read"):
        await parse(b"{" + b" " * 3_000_000, CONTEXT, memory=20 * 1024 * 1024)
    # That worker may be gone, or have too little to hear of its next job: one more source may suffer, none after it.
    with suppress(ParseError):
        await parse(FEED, CONTEXT)
    assert (await parse(FEED, CONTEXT))[0] == "feed"


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
async def test_a_worker_that_somebody_ends_costs_its_source_nothing() -> None:
    await parse(FEED, CONTEXT)
    pid = await to_process.run_sync(_pid)  # the idle worker used last is the next one's too

    async def killed() -> None:
        # It is given to another worker, whose time it uses up.
        with pytest.raises(ParseError, match="took longer"):
            await parse(LONG, CONTEXT, seconds=1)

    async with anyio.create_task_group() as group:
        group.start_soon(killed)
        await anyio.wait_all_tasks_blocked()
        os.kill(pid, signal.SIGKILL)
    assert (await parse(FEED, CONTEXT))[0] == "feed"


async def test_whoever_waits_for_a_worker_uses_up_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    await parse(FEED, CONTEXT)
    places = anyio.CapacityLimiter(1)
    begun: list[bool] = []
    fail_after = anyio.fail_after

    def noted(seconds: float) -> AbstractContextManager[anyio.CancelScope]:
        begun.append(places.statistics().borrowers[0] is not holder)
        return fail_after(seconds)

    holder = object()
    monkeypatch.setattr(anyio, "fail_after", noted)
    await places.acquire_on_behalf_of(holder)
    async with anyio.create_task_group() as group:
        group.start_soon(partial(parse, FEED, CONTEXT, limiter=places))
        await anyio.wait_all_tasks_blocked()
        assert not begun
        places.release_on_behalf_of(holder)
    assert begun == [True]


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
async def test_work_within_a_library_ends_with_its_cpu() -> None:
    with pytest.raises(BudgetError, match="took longer"):
        await parse(("ক" * 100_000 + "।").encode() * 20, CONTEXT, seconds=0.001)
    assert (await parse(FEED, CONTEXT))[0] == "feed"


@pytest.mark.skipif(sys.platform == "win32", reason="no resource limits")
async def test_a_worker_that_grew_too_large_is_not_used_again_and_the_next_knows_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with cold():  # /proc is looked at
        await parse(FEED, CONTEXT)
        before = await to_process.run_sync(_pid)
        filled, _ = await worker._run("filling", _filled, (KEPT,), 10, MEMORY * 4, None)
        assert filled == KEPT
        assert (await parse(FEED, CONTEXT))[0] == "feed"
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:canary")
        filled, _ = await worker._run("filling", _filled, (KEPT,), 10, MEMORY * 4, None)
        assert (await parse(FEED, CONTEXT))[0] == "feed"
        after = await to_process.run_sync(_pid)
        assert after != before
        shown = Path(f"/proc/{after}/environ"), Path(f"/proc/{after}/cmdline")
        assert not any(b"canary" in path.read_bytes() for path in shown if path.exists())
        assert set(await to_process.run_sync(_told)) <= {*os.environ} - {"TELEGRAM_BOT_TOKEN"}


async def test_entries_are_drafted_as_they_are_here() -> None:
    seen = parse_here(FEED, dataclasses.replace(CONTEXT, scope="7"))[1].sightings
    drafted = await draft(seen)
    assert drafted.drafts == [draft_cleaned(one.entry, "7") for one in seen]
    assert 0 < drafted.spent < SECONDS


def test_a_fault_over_one_entry_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    made = draft_sighting

    def fragile(sighting: Sighting) -> Draft:
        if sighting.entry.title == "অদ্ভুত":
            raise ZeroDivisionError
        return made(sighting)

    monkeypatch.setattr("bot.sources.worker.draft_sighting", fragile)
    seen = [sight(Entry(title, url=f"https://n.example/{title}"), "1") for title in ("এক", "অদ্ভুত", "দুই")]
    assert [made and made.headline for made in worker.draft_here(seen)] == ["এক", None, "দুই"]


def _told() -> list[str]:
    return [*os.environ]


def _pid() -> int:
    return os.getpid()


def _filled(size: int) -> int:
    return len(bytearray(b"x") * size)


def _bomb() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    item = "<item><title>&e11;</title><guid>1</guid></item>"
    return f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><rss><channel>{item}</channel></rss>'.encode()


LONE_SURROGATES = b'[{"id":"\\ud800","title":"\\udfff x","content_text":"\\ud800","url":"http://\\ud800/"}]'
ODD_JSON_LD = (
    b'{"@type":["NewsArticle",5,null],"headline":{"a":1},"author":[[],{},null],"image":[{"url":[1]}],"publisher":[[]],'
    b'"keywords":5,"articleBody":["a"],"@graph":{"@graph":[1]}}'
)


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>" + b"<div>" * 100_000 + TEXT.encode(),
        b"<rss><channel>" + b"<a>" * 20_000,
        _bomb(),
        b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 100_000,
        b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":NaN,"title":"x"},{"id":' + b"9" * 5000 + b"}]}",
        b'{"version":"https://jsonfeed.org/version/1.1","items":' + LONE_SURROGATES + b"}",
        b'{"title":"a","body":"b"}\n' + b'{"a":' * 50_000,
        b'<html><head><script type="application/ld+json">' + b"[" * 100_000 + b"</script></head><body>x",
        b'<html><head><script type="application/ld+json">' + ODD_JSON_LD + b"</script></head><body>x",
        b'<html><head><link rel=canonical href="http://[::1"><title>x</title></head><body><h1>a headline</h1>',
        ("ফেসবুক " * 40_000).encode(),
        ("| " * 200_000).encode(),
        ("ঢাকা, " * 40_000).encode(),
        ("‘" * 200_000).encode(),
        ("প্রকাশ: " * 20_000).encode(),
        b"a\n" * 200_000,
        b"9" * 300_000,
    ],
    ids=range(17),
)
def test_hostile_bytes_are_bounded(body: bytes) -> None:
    try:
        _, parsed = parse_here(body, CONTEXT)
    except ParseError as error:
        assert "can't be read (" not in str(error)  # noqa: PT017 - that would be a library's own exception
    else:
        assert sum(len(text) for entry in parsed.entries for text in (entry.title, *entry.body)) < 3_000_000
        json.dumps([[entry.title, *entry.body] for entry in parsed.entries], ensure_ascii=False).encode()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=2000), st.sampled_from([None, "utf-16", "cp1252", "nonsense"]))
def test_random_bytes(body: bytes, charset: str | None) -> None:
    _read(body, charset)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([PAGE, FEED]), st.lists(st.tuples(st.integers(0, 600), st.binary(max_size=6)), max_size=6))
def test_spoilt_bytes(body: bytes, changes: list[tuple[int, bytes]]) -> None:
    for place, piece in changes:
        body = body[:place] + piece + body[place + len(piece) + 1 :]
    for kind in (None, *kinds()):
        _read(body, None, kind)


def _read(body: bytes, charset: str | None, kind: str | None = None) -> None:
    try:
        parse_here(body, SourceContext(None, None, charset, CONTEXT.now), kind)
    except ParseError as error:
        assert "can't be read (" not in str(error)  # noqa: PT017 - that would be a library's own exception


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
async def test_what_ends_every_worker_is_an_error_of_its_source() -> None:
    with pytest.raises(WorkerDiedError, match="crashed its process"):
        await worker._run("dying", _dies, (), 10, MEMORY, None)
    assert (await parse(FEED, CONTEXT))[0] == "feed"


def _dies() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
