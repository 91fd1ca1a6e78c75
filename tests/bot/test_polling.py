from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import pytest

from bot.clockwork.supervision import WELL, supervised
from bot.intake import polling
from bot.intake.pipeline import LARGE_AT_ONCE, SHORTLY
from bot.running.cli.polling import poll_once, polled_in_words
from bot.sources.failure import Reason
from bot.values.articles import Query, SourceState
from bot.values.errors import StorageError
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

    from bot.intake.pipeline import PollResult
    from bot.sources.fetch import Fetched
    from bot.sources.kind import Parsed, SourceContext

pytestmark = pytest.mark.anyio
ADDRESS = "https://outlet.example/feed"


def _feed(*titles: str) -> bytes:
    items = "".join(f"<item><title>{title}</title><link>https://o.example/{title}</link></item>" for title in titles)
    return f'<rss version="2.0"><channel><title>f</title>{items}</channel></rss>'.encode()


async def _until(world: World, count: int, *, minutes: int = 0) -> None:
    with anyio.fail_after(10):
        while len(await world.core.store.articles.page(Query(), 99)) < count:
            world.clock.go(minutes=minutes)
            await anyio.lowlevel.checkpoint()


async def test_what_is_due_is_polled_in_the_background_by_one_of_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "EVERY", 0.01)
    async with a_world(tmp_path) as world, anyio.create_task_group() as group:
        world.network.pages[ADDRESS] = _feed("এক")
        await world.say(f"/addsource {ADDRESS} কাগজ")
        before = len(world.network.asked)
        world.network.pages[ADDRESS] = _feed("এক", "দুই")
        world.clock.go(hours=1)
        for _ in range(2):
            group.start_soon(polling.poll_for_ever, world.core.store, world.core.pipeline, world.core.clock)
        await _until(world, 2)
        assert len(world.network.asked) == before + 1, "one of the two left it to the other"
        group.cancel_scope.cancel()


class Hanging:
    """A network in which one host never answers."""

    def __init__(self, world: World, host: str) -> None:
        self.world, self.host = world, host
        self.asked: list[str] = []
        self.came = anyio.Event()

    async def __call__(self, url: str, **_: object) -> Fetched:
        self.asked.append(url)
        if self.host in url:
            self.came.set()
            await anyio.sleep_forever()
        return await self.world.network(url)


async def _many(world: World, count: int, host: str) -> None:
    for number in range(count):
        address = f"https://{host.format(number)}/feed{number}"
        world.network.pages[address] = _feed(f"{host[:4]}{number}")
        await world.say(f"/addsource {address} {host[:4]}{number}")


async def test_a_host_that_hangs_holds_one_place_and_no_other_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "EVERY", 0.01)
    monkeypatch.setattr(polling, "AT_ONCE", 2)
    async with a_world(tmp_path) as world:
        await _many(world, 9, "slow.example")
        await _many(world, 5, "good{}.example")
        world.clock.go(hours=1)
        network = Hanging(world, "slow.example")
        monkeypatch.setattr(world.core.pipeline, "_fetch", network)
        for number in range(5):
            world.network.pages[f"https://good{number}.example/feed{number}"] = _feed(f"নতুন{number}")
        async with anyio.create_task_group() as group:
            group.start_soon(polling.poll_for_ever, world.core.store, world.core.pipeline, world.core.clock)
            await network.came.wait()
            await _until(world, 19)
            for number in range(5):
                world.network.pages[f"https://good{number}.example/feed{number}"] = _feed(f"পরে{number}")
            await _until(world, 24, minutes=20)
            assert sum("slow" in url for url in network.asked) == 1, "no round is waited for, and none is asked twice"
            group.cancel_scope.cancel()


async def test_a_source_that_was_paused_while_it_stood_in_its_line_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "EVERY", 0.01)
    async with a_world(tmp_path) as world:
        await _many(world, 3, "slow.example")
        first, second, third = await world.core.store.sources.all()
        world.clock.go(hours=1)
        asked: list[str] = []
        came, go = anyio.Event(), anyio.Event()

        async def fetch(url: str, **_: object) -> Fetched:
            asked.append(url)
            came.set()
            await go.wait()
            return await world.network(url)

        monkeypatch.setattr(world.core.pipeline, "_fetch", fetch)
        async with anyio.create_task_group() as group:
            group.start_soon(polling.poll_for_ever, world.core.store, world.core.pipeline, world.core.clock)
            await came.wait()
            left = [one for one in (first, second, third) if one.address != asked[0]]
            await world.core.store.sources.set_state(left[0].id, SourceState.PAUSED, world.clock())
            go.set()
            with anyio.fail_after(10):
                while len(asked) < 2:
                    await anyio.lowlevel.checkpoint()
            assert asked[1] == left[1].address
            group.cancel_scope.cancel()


async def test_nobody_holds_a_place_while_its_host_rests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "AT_ONCE", 1)
    async with a_world(tmp_path) as world:
        await _many(world, 3, "slow.example")
        await _many(world, 2, "good{}.example")
        wake = anyio.Event()

        async def rest(url: str) -> None:
            if "slow" in url:
                await wake.wait()

        monkeypatch.setattr(world.core.pipeline, "_rest", rest)
        done: list[str] = []

        def told(turn: PollResult) -> None:
            done.append(turn.source.address or "")
            if len(done) == 2:
                wake.set()

        await polling.poll_side_by_side(world.core.pipeline, await world.core.store.sources.all(), told)
        assert ["good" in address for address in done] == [True, True, False, False, False]


async def test_large_feeds_that_find_no_room_come_a_minute_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_world(tmp_path) as world:
        await _many(world, LARGE_AT_ONCE + 1, "good{}.example")
        go, waiting = anyio.Event(), 0
        parse = world.core.pipeline._parse

        async def slow(body: bytes, context: SourceContext, kind_name: str | None = None) -> tuple[str, Parsed]:
            nonlocal waiting
            waiting += 1
            if waiting == LARGE_AT_ONCE + 2:
                go.set()
            await go.wait()
            return await parse(body, context, kind_name)

        def told(turn: PollResult) -> None:
            if turn.problem:
                go.set()

        monkeypatch.setattr(world.core.pipeline, "_parse", slow)
        monkeypatch.setattr("bot.intake.pipeline.SMALL", 10)
        for number in range(LARGE_AT_ONCE + 1):
            world.network.pages[f"https://good{number}.example/feed{number}"] = _feed(f"নতুন{number}")
        turns = await polling.poll_side_by_side(world.core.pipeline, await world.core.store.sources.all(), told)
        assert waiting == LARGE_AT_ONCE
        (left,) = [turn.source for turn in turns if turn.problem]
        again = await world.core.store.sources.get(left.id)
        assert again is not None
        assert again.next_poll_at == world.clock() + SHORTLY
        assert (again.failures, again.body_hash) == (0, left.body_hash)
        # Somebody may ask for a look at a source while another look at it goes on.
        go = anyio.Event()
        both: list[PollResult] = []
        world.network.pages[str(again.address)] = _feed("আরও নতুন")

        async def look() -> None:
            both.append(await world.core.pipeline.poll(again))
            go.set()

        async with anyio.create_task_group() as group:
            group.start_soon(look)
            group.start_soon(look)
        assert [turn.problem for turn in both] == [None, None]


async def test_a_task_that_fails_begins_again_and_one_that_ends_is_done() -> None:
    waits: list[float] = []
    runs = 0

    async def work() -> None:
        nonlocal runs
        runs += 1
        if runs < 4:
            raise OSError("on purpose")

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    await supervised("a task", work, sleep=sleep)
    assert runs == 4
    assert len(waits) == 3
    assert all(0.5 * 2**n <= wait <= 1.5 * 2**n for n, wait in enumerate(waits))


async def test_what_ran_well_for_a_while_begins_again_as_after_its_first_failure() -> None:
    waits: list[float] = []
    now = 0.0

    async def work() -> None:
        nonlocal now
        if len(waits) == 6:
            return
        # Three failures at once; then each run is a good one.
        now += 0 if len(waits) < 3 else WELL
        raise OSError("on purpose")

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    await supervised("a task", work, sleep=sleep, ticks=lambda: now)
    assert waits[2] >= 2
    assert all(wait <= 1.5 for wait in (waits[0], *waits[3:])), (
        "a lease that is lost once a day makes nobody wait for a minute"
    )


async def test_a_database_that_is_away_is_said_once_and_tried_each_second(caplog: pytest.LogCaptureFixture) -> None:
    waits: list[float] = []

    async def work() -> None:
        if len(waits) < 8:
            # As a group of tasks hands it on.
            raise ExceptionGroup("tasks", [StorageError("the server is being restarted")])

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    await supervised("polling", work, sleep=sleep, plain=(StorageError,), passing=(StorageError,))
    assert all(wait <= 1.5 for wait in waits)
    assert [one.getMessage() for one in caplog.records] == ["polling waits: the server is being restarted"]
    assert caplog.records[0].exc_info is None


async def test_a_round_tells_each_failure_and_many_alike_in_one_line(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        for number in range(9):
            address = f"https://o{number}.example/feed"
            world.network.pages[address] = _feed(f"খবর{number}")
            await world.say(f"/addsource {address} কাগজ{number}")
            world.network.pages[address] = Reason.UNREACHABLE if number < 7 else Reason.TIMEOUT
        world.network.pages["https://o8.example/feed"] = _feed("খবর8", "নতুন")
        told = polled_in_words(await poll_once(world.core)).splitlines()
        assert len(told) == 4
        assert told[0].startswith("7 sources failed alike, the first with: ")
        assert "কাগজ6" in told[1]
        assert told[2].startswith("কাগজ7: ")
        assert told[3] == "9 sources: 1 new, 0 changed, 8 failed."
