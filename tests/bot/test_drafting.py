"""An entry that stops its worker is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.articles.draft import draft_cleaned
from bot.articles.identity import sight
from bot.intake.drafting import Drafting
from bot.sources.worker import MOST, MOST_TEXT, Drafted, batches
from bot.values.articles import Entry, Source, SourceState
from bot.values.errors import BudgetError, WorkerDiedError
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.values.articles import Sighting
    from bot.values.wording import Wording

pytestmark = pytest.mark.anyio
ADDRESS = "https://outlet.example/feed"
BOMB, FAULT = "বোমা", "অদ্ভুত"


class FragileWorker:
    """Drafts, and dies over an entry that says so."""

    def __init__(self, error: type[Exception] = WorkerDiedError, each: float = 0.0) -> None:
        self.error = error
        self.each = each  # seconds of CPU that an entry takes
        self.calls: list[int] = []

    async def __call__(self, sightings: Sequence[Sighting]) -> Drafted:
        self.calls.append(len(sightings))
        if any(BOMB in one.entry.title for one in sightings):
            raise self.error("on purpose")
        drafts = [None if FAULT in one.entry.title else draft_cleaned(one.entry, "1") for one in sightings]
        return Drafted(drafts, self.each * len(sightings))


def _sightings(*titles: str) -> list[Sighting]:
    return [sight(Entry(title, url=f"https://n.example/{n}"), "1") for n, title in enumerate(titles)]


@pytest.mark.parametrize("error", [WorkerDiedError, BudgetError])
@pytest.mark.parametrize("place", [0, 7, 19])
async def test_a_batch_is_halved_until_the_entry_is_found(error: type[Exception], place: int) -> None:
    titles = [f"খবর {n}" for n in range(20)]
    titles[place] = BOMB
    worker = FragileWorker(error)
    drafting = Drafting(worker)
    drafts = [draft.headline async for some in drafting.batches(_sightings(*titles)) for draft in some]
    assert drafts == [title for title in titles if title != BOMB]
    assert [one.entry.title for one in drafting.undrafted] == [BOMB]
    assert drafting.killers == 1
    assert len(worker.calls) <= 12


async def test_a_worker_that_dies_once_over_an_innocent_entry_costs_nothing() -> None:
    # The system may end a process for anybody's memory; only who kills a second worker is set aside.
    deaths = [WorkerDiedError, BudgetError]

    async def unlucky(sightings: Sequence[Sighting]) -> Drafted:
        if deaths:
            raise deaths.pop()("by chance")
        return Drafted([draft_cleaned(one.entry, "1") for one in sightings])

    drafting = Drafting(unlucky)
    drafts = [draft.headline async for some in drafting.batches(_sightings("এক")) for draft in some]
    assert (drafts, drafting.undrafted, drafting.killers) == ([], _sightings("এক"), 1)
    deaths.append(WorkerDiedError)
    drafting = Drafting(unlucky)
    drafts = [draft.headline async for some in drafting.batches(_sightings("এক")) for draft in some]
    assert (drafts, drafting.undrafted, drafting.killers) == (["এক"], [], 0)


async def test_two_such_entries_end_the_work() -> None:
    worker = FragileWorker()
    drafting = Drafting(worker)
    titles = [BOMB if n % 3 == 0 else f"খবর {n}" for n in range(300)]
    drafts = [draft.headline async for some in drafting.batches(_sightings(*titles)) for draft in some]
    assert drafting.killers == 2
    assert len(worker.calls) <= 15, "whoever fills a feed with such entries costs two searches"
    assert len(drafts) < 10


async def test_what_cannot_be_drafted_costs_itself_alone() -> None:
    drafting = Drafting(FragileWorker())
    drafts = [draft async for some in drafting.batches(_sightings("এক", FAULT, "দুই")) for draft in some]
    assert [draft.headline for draft in drafts] == ["এক", "দুই"]
    assert ([one.entry.title for one in drafting.undrafted], drafting.killers) == ([FAULT], 0)


@pytest.mark.parametrize(
    ("allowance", "each", "calls"), [(10.0, 0.05, 4), (9.0, 0.05, 3), (1.0, 0.05, 1), (-1.0, 0.05, 1), (10.0, 0.0, 6)]
)
async def test_a_look_drafts_what_its_allowance_lasts_for_and_one_batch_at_least(
    allowance: float, each: float, calls: int
) -> None:
    worker = FragileWorker(each=each)
    drafting = Drafting(worker, allowance)
    drafts = [one async for some in drafting.batches(_sightings(*map(str, range(6 * MOST)))) for one in some]
    assert worker.calls == [MOST] * calls
    assert (len(drafts), drafting.left) == (MOST * calls, MOST * (6 - calls))


async def test_time_that_a_search_used_up_counts() -> None:
    worker = FragileWorker(BudgetError)
    drafting = Drafting(worker, allowance=10.0)
    titles = [BOMB, *map(str, range(3 * MOST))]
    drafts = [one async for some in drafting.batches(_sightings(*titles)) for one in some]
    assert (len(drafts), drafting.left) == (MOST - 1, 2 * MOST + 1)


def test_a_call_is_given_so_many_entries_and_so_much_text() -> None:
    small = _sightings(*map(str, range(2 * MOST + 1)))
    assert [len(some) for some in batches(small)] == [MOST, MOST, 1]
    large = [sight(Entry("ক", ("খ" * 60_000,), url=f"https://n.example/{n}"), "1") for n in range(7)]
    assert all(sum(len(one.entry.body[0]) for one in some) <= MOST_TEXT for some in batches(large))
    assert [len(some) for some in batches(large)] == [3, 3, 1]
    assert [len(some) for some in batches([large[0], *small[:2]])] == [3]


# --- a source, and what its admin hears ---


def _feed(*titles: str) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>https://outlet.example/{n}</link></item>" for n, title in enumerate(titles)
    )
    return f'<rss version="2.0"><channel><title>ফিড</title>{items}</channel></rss>'.encode()


class Told:
    """What admins were told."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch, worker: FragileWorker | None = None) -> None:
        self.said: list[str] = []
        pipeline = world.core.pipeline
        if worker is not None:
            monkeypatch.setattr(pipeline._taking, "_draft", worker)
        for one in (pipeline, pipeline._taking):
            monkeypatch.setattr(one, "_tell", self)

    async def __call__(self, wording: Wording, **values: str | int) -> None:
        self.said.append(wording.bn.format(**values))


async def _look(world: World, *titles: str) -> tuple[Source, int]:
    world.network.pages[ADDRESS] = _feed(*titles)
    (source,) = await world.core.store.sources.all()
    turn = await world.core.pipeline.poll(source)
    (source,) = await world.core.store.sources.all()
    return source, turn.new


async def test_an_entry_is_set_aside_once_and_the_next_makes_its_source_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_world(tmp_path) as world:
        world.network.pages[ADDRESS] = _feed("খবর")
        await world.say(f"/addsource {ADDRESS} কাগজ")
        worker = FragileWorker()
        told = Told(world, monkeypatch, worker)
        source, new = await _look(world, "খবর", "নতুন", BOMB, "আরও")
        assert (new, source.state, len(told.said)) == (2, SourceState.ACTIVE, 1)
        assert BOMB in told.said[0]
        assert len(source.set_aside) == 1

        worker.calls.clear()
        source, new = await _look(world, "খবর", "নতুন", BOMB, "আরও", "পরে")
        assert (new, len(told.said), len(worker.calls)) == (1, 1, 1), "it is not tried again"

        source, new = await _look(world, "খবর", "নতুন", BOMB, "আরও", "পরে", f"{BOMB} দুই")
        assert source.state is SourceState.HELD
        assert "/resumesource" in told.said[-1]
        assert await world.core.store.sources.due(world.clock(), 9) == []
        assert "অ্যাডমিনের অপেক্ষায়" in str(await world.say("/sources"))

        await world.say(f"/resumesource {source.id}")
        source, new = await _look(world, "খবর", "সব ঠিক", BOMB)
        assert (source.state, new) == (SourceState.ACTIVE, 0)


async def test_a_parse_that_kills_its_worker_twice_in_a_day_makes_its_source_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_world(tmp_path) as world:
        world.network.pages[ADDRESS] = _feed("খবর")
        await world.say(f"/addsource {ADDRESS} কাগজ")
        told = Told(world, monkeypatch)

        async def dies(*_: object) -> None:
            raise WorkerDiedError("on purpose")

        monkeypatch.setattr(world.core.pipeline, "_parse", dies)
        states = []
        for hours in (0, 30, 1):
            world.clock.go(hours=hours)
            states.append((await _look(world, f"নতুন {hours}"))[0].state)
        assert states == [SourceState.ACTIVE, SourceState.ACTIVE, SourceState.HELD]
        assert len(told.said) == 1


async def test_who_uses_up_their_time_comes_ever_more_seldom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_world(tmp_path) as world:
        world.network.pages[ADDRESS] = _feed("খবর")
        await world.say(f"/addsource {ADDRESS} কাগজ")

        async def slow(*_: object) -> None:
            raise BudgetError("on purpose")

        parse = world.core.pipeline._parse
        monkeypatch.setattr(world.core.pipeline, "_parse", slow)
        waits = []
        for turn in range(8):
            source, _ = await _look(world, f"নতুন {turn}")
            assert source.next_poll_at is not None
            waits.append((source.next_poll_at - world.clock()).total_seconds() / 60)
        assert waits[0] <= 18
        assert all(minutes >= 12 * 2**turn for turn, minutes in enumerate(waits[:5]))
        assert max(waits) <= 6 * 60 * 1.2
        monkeypatch.setattr(world.core.pipeline, "_parse", parse)
        source, _ = await _look(world, "ঠিক হলো")
        assert source.next_poll_at is not None
        assert (source.next_poll_at - world.clock()).total_seconds() / 60 <= 18


# --- more than one look can take ---


async def _looks(world: World, worker: FragileWorker, body: bytes) -> list[tuple[int, int]]:
    """Look at a feed until nothing is left.

    Return what each look stored, and what it offered the reader.
    """
    found = []
    world.network.pages[ADDRESS] = body
    (source,) = await world.core.store.sources.all()
    for _ in range(9):
        worker.calls.clear()
        turn = await world.core.pipeline.poll(source)
        found.append((turn.new, len(await world.owed("reader"))))
        (source,) = await world.core.store.sources.all()
        if not source.unfinished:
            break
        assert turn.problem is None
        assert "বাকিটা পরের বার" in str(await world.say("/sources"))
    return found


async def test_what_is_over_one_looks_time_comes_with_the_next_and_nobody_is_rung_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_world(tmp_path) as world:
        await world.at_once("reader")
        await world.follow("reader")
        world.network.pages[ADDRESS] = _feed("খবর")
        await world.say(f"/addsource {ADDRESS} কাগজ")
        Told(world, monkeypatch, worker := FragileWorker(each=0.07))
        body = _feed("খবর", *(f"নতুন {n}" for n in range(2 * MOST + 5)))
        assert await _looks(world, worker, body) == [(2 * MOST, 0), (5, 0)], "the end of a flood is no news"
        assert await world.core.store.articles.count() == 2 * MOST + 6
        worker.calls.clear()
        assert (await _look(world, "খবর", "সত্যিই নতুন"))[1] == 0
        assert worker.calls == [1], "what is whole is not read again, and what changes is"


async def test_a_first_look_that_takes_several_reaches_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_world(tmp_path) as world:
        await world.at_once("reader")
        await world.follow("reader")
        Told(world, monkeypatch, worker := FragileWorker(each=0.15))
        body = _feed(*(f"খবর {n}" for n in range(2 * MOST + 5)))
        world.network.pages[ADDRESS] = body
        await world.say(f"/addsource {ADDRESS} কাগজ")
        assert await _looks(world, worker, body) == [(MOST, 0), (5, 0)]
        assert await world.core.store.articles.count() == 2 * MOST + 5
        world.network.pages[ADDRESS] = _feed(*(f"খবর {n}" for n in range(2 * MOST + 6)))
        (source,) = await world.core.store.sources.all()
        assert (await world.core.pipeline.poll(source)).new == 1
        assert len(await world.owed("reader")) == 1
