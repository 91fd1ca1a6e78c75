"""What a look at a feed costs.

A known item costs nothing of its own, a new one few statements; all that is stored is one hop.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.sources.worker import Drafted
    from bot.values.articles import Sighting
    from storage.store import SqliteStore

pytestmark = pytest.mark.anyio
ADDRESS = "https://outlet.example/feed"


class Counted:
    """Counts drafts, statements, and ways to the driver and back."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.drafts: list[str] = []
        self.statements: list[str] = []
        self.hops = 0
        taking = world.core.pipeline._taking
        draft = taking._draft

        async def counted(sightings: Sequence[Sighting]) -> Drafted:
            self.drafts += [one.entry.title for one in sightings]
            return await draft(sightings)

        monkeypatch.setattr(taking, "_draft", counted)
        store: SqliteStore = world.core.store  # type: ignore[assignment]
        writer = store._database._writer.raw
        execute = writer._execute

        async def hop(*given: object, **named: object) -> object:
            self.hops += 1
            return await execute(*given, **named)  # type: ignore[no-untyped-call]

        monkeypatch.setattr(writer, "_execute", hop)
        self._connections = (writer, *(reader.raw for reader in store._database._readers))

    async def watch(self) -> None:
        for connection in self._connections:
            await connection.set_trace_callback(self._told)
        self.hops = 0

    def _told(self, statement: str) -> None:
        # What a trigger does is told as a comment, or as the statement that set it off, again.
        if not statement.startswith("--") and statement != (self.statements or [""])[-1]:
            self.statements.append(statement)


def _feed(*numbers: int, text: str = "") -> bytes:
    items = "".join(
        f"<item><title>খবর {n}</title><link>https://outlet.example/{n}</link><guid>g{n}</guid>"
        f"<category>নদী</category><category>সেতু</category><description>নদীর খবর {n} {text}</description></item>"
        for n in numbers
    )
    return f'<rss version="2.0"><channel><title>ফিড {numbers[0]} {text}</title>{items}</channel></rss>'.encode()


async def test_a_known_item_costs_no_draft_and_no_statement_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_world(tmp_path) as world:
        await world.follow("reader")
        world.network.pages[ADDRESS] = _feed(*range(50))
        await world.say(f"/addsource {ADDRESS} কাগজ")
        (source,) = await world.core.store.sources.all()
        counted = Counted(world, monkeypatch)
        await counted.watch()
        world.network.pages[ADDRESS] = _feed(*range(1, 51))
        turn = await world.core.pipeline.poll(source)
        assert (turn.new, turn.revised) == (1, 0)
        assert counted.drafts == ["খবর 50"]
        saving, health = "\n".join(counted.statements).split("COMMIT", 1)
        # A trigger's text holds the word too.
        assert len(re.findall(r"^BEGIN", saving, re.MULTILINE)) == 1, "one transaction stores them"
        assert health.count("BEGIN") == 1, "and one how the source fares"
        assert len(counted.statements) <= 19
        assert counted.hops == 2, "one stores them, one notes how the source fares"

        counted.statements.clear()
        (source,) = await world.core.store.sources.all()
        world.network.pages[ADDRESS] = _feed(*range(1, 51)) + b" "
        turn = await world.core.pipeline.poll(source)
        assert (turn.new, turn.revised) == (0, 0)
        assert len(counted.statements) <= 5, "one look at all names, and how the source fares"
        assert len(counted.drafts) == 1


async def test_ten_new_items_are_one_transaction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_world(tmp_path) as world:
        world.network.pages[ADDRESS] = _feed(1)
        await world.say(f"/addsource {ADDRESS} কাগজ")
        (source,) = await world.core.store.sources.all()
        counted = Counted(world, monkeypatch)
        await counted.watch()
        world.network.pages[ADDRESS] = _feed(*range(1, 12))
        assert (await world.core.pipeline.poll(source)).new == 10
        assert [one for one in counted.statements if one.startswith("BEGIN")] == ["BEGIN IMMEDIATE"] * 2
        assert len(counted.statements) <= 19 + 9 * 8, "each costs eight more at most"


async def test_a_changed_item_is_drafted_once_and_known_from_then_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_world(tmp_path) as world:
        world.network.pages[ADDRESS] = _feed(1, 2)
        await world.say(f"/addsource {ADDRESS} কাগজ")
        counted = Counted(world, monkeypatch)
        for text in ("বদলানো", "বদলানো "):
            world.network.pages[ADDRESS] = _feed(2, text=text)
            (source,) = await world.core.store.sources.all()
            await world.core.pipeline.poll(source)
        assert counted.drafts == ["খবর 2"]
