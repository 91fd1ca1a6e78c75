from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import pytest

from bot.clockwork.supervision import supervised
from bot.intake import polling
from bot.running.cli.polling import poll_once, polled_in_words
from bot.sources.failure import Reason
from bot.values.articles import Query
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
ADDRESS = "https://outlet.example/feed"


def _feed(*titles: str) -> bytes:
    items = "".join(f"<item><title>{title}</title><link>https://o.example/{title}</link></item>" for title in titles)
    return f'<rss version="2.0"><channel><title>f</title>{items}</channel></rss>'.encode()


async def _until(world: World, count: int) -> None:
    with anyio.fail_after(10):
        while len(await world.core.store.articles.page(Query(), 99)) < count:
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
