"""Many chats on one account of a scripted platform.

The test makes the sender's moments.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.delivery.pacing import Pacer
from bot.delivery.sender import Sender
from bot.ports.platform import Pace, Sent
from bot.values.chats import AuditLine, Chat, ChatKind, ChatState, Mode, Preferences, Subscription, Target
from tests.fakes.world import EVERYTHING, START, TRAITS, World, a_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from bot.ports.platform import SendResult
    from bot.values.delivery import DeliveryState, Ref, Subject
    from bot.values.messages import Message

ACCOUNT = "crowd"
PATIENT = 20.0
"""Seconds after which a sender that waits for something real is a failure, not a slow machine."""


def line(what: str, target: str = "") -> AuditLine:
    """Write what an editor did."""
    return AuditLine(START, "editor", what, target)


def _short(brief: str) -> str:
    """Return a headline without its outlet and the mark of a correction."""
    return brief.removesuffix(" (নদী পত্রিকা)")


class Crowd:
    """The platform.

    It keeps what lies in each chat, and answers as it is told to, else well.
    """

    name = ACCOUNT
    account = ACCOUNT

    def __init__(self, pace: Pace | None = None) -> None:
        self.pace = pace or Pace()
        self.traits = TRAITS
        self.answers: list[SendResult] = []
        """The next answers, in order."""
        self.rule: Callable[[str], SendResult | None] = lambda _: None
        """What is answered for a chat, if anything but well."""
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        """What happens once, while the next message is on its way."""
        self.asked: list[tuple[str, str, str]] = []
        """Every request: chat, text in one line, key ("" for an edit)."""
        self.silent: list[bool] = []
        self.lies: dict[str, dict[str, Message]] = {}
        self.bell = asyncio.Event()
        """Rung by every request."""
        self.answered: list[Ref | None] = []

    async def send(
        self, target: Target, message: Message, key: str, *, silent: bool = False, answers: Ref | None = None
    ) -> SendResult:
        self.asked.append((target.external_id, message.brief, key))
        self.silent.append(silent)
        self.answered.append(answers)
        result = await self._result(target.external_id, f"m{len(self.asked)}")
        if isinstance(result, Sent):
            self.lies.setdefault(target.external_id, {})[result.ref] = message
        return result

    async def edit(self, ref: Ref, message: Message) -> SendResult:
        self.asked.append((ref.target.external_id, message.brief, ""))
        result = await self._result(ref.target.external_id, ref.message_id)
        if isinstance(result, Sent):
            self.lies.setdefault(ref.target.external_id, {})[ref.message_id] = message
        return result

    async def _result(self, chat: str, message_id: str) -> SendResult:
        self.bell.set()
        if self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            await happens()
        answer = self.answers.pop(0) if self.answers else self.rule(chat) or Sent("")
        return Sent(message_id, answer.form) if isinstance(answer, Sent) else answer

    def shows(self, chat: str = "0") -> list[str]:
        """Return what lies in a chat, in one line each.

        Without the outlet.
        """
        return [_short(message.brief) for message in self.lies.get(chat, {}).values()]

    @property
    def posts(self) -> list[tuple[str, str]]:
        """Every try to post: chat and text."""
        return [(chat, _short(brief)) for chat, brief, key in self.asked if key]

    @property
    def edits(self) -> list[tuple[str, str]]:
        """Every try to edit: chat and text."""
        return [(chat, _short(brief)) for chat, brief, key in self.asked if not key]


@dataclass
class Stage:
    """A world with a crowd in it."""

    world: World
    platform: Crowd
    alerts: list[str] = field(default_factory=list)
    ticks: float = 1000.0
    rests: Counter[float] = field(default_factory=Counter)
    """How often the sender rested, by how long it wanted to: no time passes in it."""

    def __post_init__(self) -> None:
        self.sender = self.restarted()

    def restarted(self, pacer: Pacer | None = None, holds: Callable[[], bool] = lambda: True) -> Sender:
        """Return the sender of a process that has just begun.

        Its pacer keeps to the platform's pace.
        """

        async def alert(text: str) -> None:
            self.alerts.append(text)

        self.sender = Sender(
            self.world.core.store,
            self.platform,
            "me",
            self.world.clock,
            pacer=pacer or Pacer(self.platform.pace, time=lambda: self.ticks),
            alert=alert,
            ticks=lambda: self.ticks,
            rest=self._rest,
            holds=holds,
        )
        return self.sender

    async def _rest(self, seconds: float) -> None:
        self.rests[seconds] += 1
        self.platform.bell.set()
        await asyncio.sleep(0)

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait until the sender, which runs beside, has done something."""
        async with asyncio.timeout(PATIENT):
            while not happened():
                self.platform.bell.clear()
                await self.platform.bell.wait()

    async def rested(self, seconds: float, times: int = 1) -> None:
        """Wait until the sender has rested so often more."""
        enough = self.rests[seconds] + times
        await self.until(lambda: self.rests[seconds] >= enough)

    def go(self, **by: float) -> None:
        """Let time pass, on the clock and in fact."""
        before = self.world.clock()
        self.world.clock.go(**by)
        self.ticks += (self.world.clock() - before).total_seconds()

    async def step(self) -> int:
        """Send what is due by now."""
        async with asyncio.timeout(PATIENT):
            return await self.sender.step()

    async def pass_on(self) -> int:
        """Let what is due become rows and be sent."""
        await self.world.spread()
        return await self.step()

    async def through(self, times: int, **by: float) -> int:
        """Turn again and again with so much time between.

        Return how many arrived.
        """
        arrived = 0
        for _ in range(times):
            arrived += await self.pass_on()
            self.go(**by)
        return arrived

    async def chat(self, name: str = "0") -> Chat:
        """Return a chat of the crowd."""
        return await self.world.core.store.chats.ensure(Target(ACCOUNT, name, account=ACCOUNT), self.world.clock())

    async def reader(self, name: str = "0", kind: ChatKind = ChatKind.PRIVATE, **chosen: object) -> Chat:
        """Make a chat that gets everything at once, at any hour."""
        store, clock = self.world.core.store, self.world.clock
        chat = await store.chats.ensure(Target(ACCOUNT, name, account=ACCOUNT), clock(), kind)
        awake = Preferences().quiet_from
        values: dict[str, object] = {
            "mode": Mode.NOW,
            "digest_times": (),
            "quiet_from": awake,
            "quiet_to": awake,
            "cap": 1000,
            **chosen,
        }
        await store.chats.prefer(chat.id, Preferences(**values), None)  # type: ignore[arg-type]
        await store.subscriptions.follow(chat.id, Subscription(EVERYTHING), clock(), None)
        # Not in its first day, or six an hour would be all that it gets.
        await self.sql("UPDATE chats SET slow_until = NULL WHERE id = ?", chat.id)
        return await self.chat(name)

    async def readers(self, number: int) -> list[Chat]:
        """Make so many of them."""
        return [await self.reader(str(name)) for name in range(number)]

    async def sql(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Change or read the database by hand."""
        return await self.world.sql(statement, *values)

    async def states(self) -> dict[str, int]:
        """Return how many rows of stories are in each state."""
        rows = await self.sql(
            "SELECT d.state, count(*) FROM deliveries d JOIN subjects s ON s.id = d.subject_id "
            "WHERE s.kind = 'story' GROUP BY 1"
        )
        return {str(state): int(str(n)) for state, n in rows}

    async def fate(self, article: int, name: str = "0") -> tuple[DeliveryState | None, str]:
        """Return what became of an article in a chat."""
        subject = await self.subject(article)
        fate = await self.world.core.store.deliveries.why((await self.chat(name)).id, subject.id)
        return fate.state, fate.reason.value if fate.reason else ""

    async def subject(self, article: int) -> Subject:
        """Return the subject that an article is."""
        found = await self.world.core.store.subjects.of_article(article)
        assert found is not None
        return found

    async def state_of(self, name: str = "0") -> ChatState:
        """Return whether a chat is active."""
        return (await self.chat(name)).state

    async def withdraw(self, article: int) -> None:
        """Take an article back, as an editor does."""
        subject = await self.subject(article)
        await self.world.core.store.subjects.withdraw(subject.id, "ভুল", "", line("withdraw"), self.world.clock())

    async def revise(self, address: str, headline: str) -> None:
        """Let a source change a headline."""
        await self.world.add(headline, url=f"https://outlet.example/{address}")

    async def story(self, headline: str, address: str = "1") -> int:
        """Let a story come; return its article."""
        saved = await self.world.add(headline, url=f"https://outlet.example/{address}")
        return saved.article_id


@asynccontextmanager
async def a_stage(folder: Path, *, pace: Pace | None = None, busy: float = 5.0) -> AsyncIterator[Stage]:
    """Open a world with a crowd.

    The same folder again is the same database.
    """
    async with a_world(folder, busy=busy) as world:
        yield Stage(world, Crowd(pace))
