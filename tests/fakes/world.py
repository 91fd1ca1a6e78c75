"""A whole core on a real database file.

Its clock stands still and its network is a dictionary.
"""

from __future__ import annotations

import dataclasses
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from bot.articles.draft import make_draft
from bot.delivery.decide import decide
from bot.delivery.engine import Engine
from bot.delivery.lanes import shares
from bot.editing.sources import SourceEditor
from bot.intake.pipeline import Pipeline
from bot.ports.platform import Pace, Sent
from bot.running.core import Core
from bot.running.settings import Settings
from bot.sources.failure import FetchError, Reason
from bot.sources.fetch import Fetched
from bot.sources.worker import Drafted, draft_here, parse_here
from bot.subscriptions import choosing
from bot.values.articles import DHAKA, Draft, Entry, FullText, Push, Saved, Source
from bot.values.chats import Chat, ChatKind, Mode, Role, Subscription, Target, Term, TermKind
from bot.values.delivery import Post
from bot.values.messages import Choice, Message, Reply, Traits
from handlers.buttons import Buttons
from handlers.context import Services
from handlers.dialogue import Dialogue
from handlers.discovery import discover
from handlers.router import Router
from tests.fakes.engines import an_engine, provide

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.ports.platform import SendResult
    from bot.ports.store import Store
    from bot.sources.kind import Parsed, SourceContext
    from bot.values.articles import Sighting
    from bot.values.delivery import Ref

Seed: TypeAlias = "Callable[[World], Awaitable[None]]"
START = datetime(2026, 4, 14, 6, 0, tzinfo=UTC)
TRAITS = Traits(bangla_dates=True, tags_on_cards=True, samples=True)
PRESSED = Traits(buttons=True, reply_keyboard=True, deep_link="https://chat.example/?start={start}")
EVERYTHING = Term(TermKind.ALL)


def chat_of(person: str) -> Target:
    """Return the address of somebody's console."""
    return Target("console", person, account=f"console:{person}")


class StoppedClock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def go(self, **by: float) -> None:
        self.now += timedelta(**by)


class Network:
    """Addresses and what is there: bytes, or the reason why nothing is."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | Reason] = {}
        self.asked: list[str] = []

    async def __call__(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, public_only: bool = False
    ) -> Fetched:
        del etag, last_modified, public_only
        self.asked.append(url)
        page = self.pages.get(url, Reason.NOT_FOUND)
        if isinstance(page, Reason):
            raise FetchError(page, f"{url}: {page.value}")
        return Fetched(url, 200, page, None, None, None, None, None, None)


async def parse_now(body: bytes, context: SourceContext, kind_name: str | None = None) -> tuple[str, Parsed]:
    """Parse in this process: the worker has its own tests."""
    return parse_here(body, context, kind_name)


async def draft_now(sightings: Sequence[Sighting]) -> Drafted:
    """Draft in this process, likewise."""
    return Drafted(draft_here(sightings))


@cache
def router() -> Router:
    return Router(discover())


@lru_cache(maxsize=4096)
def _drafted(entry: Entry, source: str, now: datetime) -> Draft:
    """Draft an entry, each once: hundreds of tests share a few."""
    return make_draft(entry, source, now)


@cache
def _settings() -> Settings:
    """Read the settings of all worlds, once.

    Reading them takes longer than most commands. A test asks faster than anybody; too fast has tests of its own.
    """
    return Settings(questions_a_minute=6000, _env_file=None)


@dataclass
class World:
    """A core and what it stands on."""

    core: Core
    clock: StoppedClock
    network: Network
    source: Source
    sent: list[tuple[Target, Message, str]] = field(default_factory=list)

    async def sql(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Change or read the database by hand.

        Both engines are given the same spelling.
        """
        return await self.core.store._database.write(  # type: ignore[attr-defined, no-any-return]
            lambda db: db.rows(statement, *values)
        )

    def dialogue(self, traits: Traits = TRAITS) -> Dialogue:
        """Return what answers on a platform with these traits."""
        services = Services.of(self.core)
        return Dialogue(router(), services, self.clock, traits)

    async def say(self, text: str, *, person: str = "local", role: Role = Role.OWNER, traits: Traits = TRAITS) -> Reply:
        """Write something in somebody's chat and return the answer."""
        return await self.dialogue(traits).reply(chat_of(person), f"console:{person}", role, text)

    async def press(
        self,
        choice: Choice,
        *,
        person: str = "local",
        role: Role = Role.READER,
        kind: ChatKind = ChatKind.PRIVATE,
        traits: Traits = PRESSED,
    ) -> Reply:
        """Press a choice by what its button sends back.

        A button has room for 64 bytes.
        """
        buttons = Buttons(self.core.store, 64)
        data = buttons.data(choice)
        await buttons.keep(self.clock())
        return await self.press_on(data, person=person, role=role, kind=kind, traits=traits)

    async def press_on(
        self,
        data: str,
        *,
        person: str = "local",
        role: Role = Role.READER,
        kind: ChatKind = ChatKind.PRIVATE,
        traits: Traits = PRESSED,
    ) -> Reply:
        """Press a button that sends this back."""
        pressed = await Buttons(self.core.store, 64).read(data)
        return await self.dialogue(traits).press(chat_of(person), f"console:{person}", role, pressed, kind)

    async def spread(self) -> None:
        """Let everything that is due become rows: waves over chats, digests."""
        await self.core.engine.step()

    async def owed(self, person: str = "local") -> list[int]:
        """Let what is due become rows and claim those of somebody.

        Return the articles that are new to them.
        """
        await self.spread()
        claimed = await self.core.store.deliveries.settle_and_claim(
            chat_of(person).account,
            "test",
            self.clock(),
            settled=(),
            shares=lambda present: shares(99, present),
            judge=lambda delivery: decide(delivery, self.clock()),
        )
        return [delivery.subject.article_id or 0 for delivery, what in claimed if isinstance(what, Post)]

    async def chat(self, person: str = "local") -> Chat:
        """Return somebody's chat."""
        return await self.core.store.chats.ensure(chat_of(person), self.clock())

    async def at_once(self, person: str = "local", **chosen: object) -> Chat:
        """Let somebody have news as it comes.

        At any hour and without a cap, unless told otherwise.
        """
        chat = await self.chat(person)
        values: dict[str, object] = {
            "mode": Mode.NOW,
            "digest_times": (),
            "quiet_from": time(0),
            "quiet_to": time(0),
            "cap": 1000,
            **chosen,
        }
        preferences = dataclasses.replace(chat.preferences, **values)  # type: ignore[arg-type]
        await choosing.prefer(self.core.store, chat, preferences, self.clock())
        return await self.chat(person)

    async def follow(self, person: str, term: Term = EVERYTHING, **more: object) -> Chat:
        """Let somebody follow something."""
        chat = await self.chat(person)
        subscription = Subscription(term, **more)  # type: ignore[arg-type]
        await choosing.follow(self.core.store, chat, subscription, self.clock())
        return await self.chat(person)

    async def add(self, headline: str, body: str = "", *, push: bool = True, **fields: object) -> Saved:
        """Store an article as a source would bring it."""
        values: dict[str, object] = {"url": f"https://outlet.example/{abs(hash(headline))}", **fields}
        entry = Entry(title=headline, body=tuple(body.split("\n\n")) if body else (), **values)  # type: ignore[arg-type]
        return await self.core.store.articles.save(
            self.draft(entry), self.source, self.clock(), push=Push.NOW if push else Push.NONE
        )

    def draft(self, entry: Entry) -> Draft:
        """Clean an entry as the pipeline does."""
        return _drafted(entry, str(self.source.id), self.clock())


class RecordingPlatform:
    """A platform that takes everything, or answers as scripted.

    It serves one person's console.
    """

    name = "console"
    traits = TRAITS
    pace = Pace()

    def __init__(self, *answers: SendResult, person: str = "reader") -> None:
        self.account = f"console:{person}"
        self.answers = list(answers)
        self.sent: list[tuple[Target, Message, str]] = []
        self.silent: list[bool] = []
        self.edited: list[tuple[Ref, Message]] = []

    async def send(
        self, target: Target, message: Message, key: str, *, silent: bool = False, answers: Ref | None = None
    ) -> SendResult:
        del answers
        self.sent.append((target, message, key))
        self.silent.append(silent)
        return self.answers.pop(0) if self.answers else Sent(f"m{len(self.sent)}")

    async def edit(self, ref: Ref, message: Message) -> SendResult:
        self.edited.append((ref, message))
        return self.answers.pop(0) if self.answers else Sent(ref.message_id)


_SOWN: dict[Seed, datetime] = {}


async def _sow(folder: Path, seed: Seed) -> None:
    async with a_world(folder) as world:
        await seed(world)
        _SOWN[seed] = world.clock.now


@asynccontextmanager
async def a_world(
    folder: Path,
    *,
    busy: float = 5.0,
    seed: Seed | None = None,
    opened: AbstractAsyncContextManager[Store] | None = None,
) -> AsyncIterator[World]:
    """Open a world in a folder.

    The same folder again is the same database. A new one is as ``seed`` leaves it, which runs once for all tests. An
    archive somewhere else may be ``opened`` instead.
    """
    clock, network = StoppedClock(), Network()
    if seed is not None:
        await provide(folder / "khobor.db", seed, lambda path: _sow(path.parent, seed))
        clock.now = _SOWN[seed]
    settings = _settings().model_copy(update={"database_path": folder / "khobor.db"})
    async with opened or an_engine(settings.database_path, busy=busy, durable=False) as store:
        pipeline = Pipeline(store, network, parse_now, clock, timedelta(minutes=15), draft=draft_now)
        engine = Engine(store, clock, {})
        core = Core(settings, store, pipeline, SourceEditor(store, pipeline, clock), engine, clock, network)
        outlet = await store.outlets.ensure("নদী পত্রিকা", name_en="Nodi", zone=DHAKA)
        source = await store.sources.add("test", None, outlet, full_text=FullText.ALLOWED, now=clock())
        yield World(core, clock, network, source)
