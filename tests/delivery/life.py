"""Readers, stories, editors, clocks and crashes in any order.

Some things must hold whatever the order was. A plain account is kept beside the real engine: who is owed what, what
arrived where, how often a doubt was sown.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.delivery.decide import decide, quiet_hours
from bot.delivery.drawing import Drawer
from bot.delivery.lanes import shares
from bot.ports.platform import Postponed, Sent, Unavailable, Unknown
from bot.subscriptions import choosing
from bot.values.articles import Entry, Push
from bot.values.chats import Breaking, Mode, Subscription, Term, TermKind
from bot.values.delivery import EditorChange, Post
from tests.delivery.crowd import ACCOUNT, Stage, line
from tests.fakes.world import EVERYTHING

if TYPE_CHECKING:
    from bot.ports.platform import SendResult

TAG = Term(TermKind.TAG, "নদী", "নদী")
READERS = ("এক", "দুই", "তিন")
FOLLOWS = {"এক": EVERYTHING, "দুই": EVERYTHING, "তিন": TAG}
ANSWERS = ("sent", "arrived unheard", "lost unheard", "unavailable", "later")
KINDS = (Push.NOW, Push.DIGEST, Push.BREAKING, Push.BATCH, Push.NONE)
DAYS = 3
Pair = tuple[int, str]


@dataclass
class Story:
    """A story as the account knows it."""

    subject: int
    article: int
    headline: str
    at: datetime
    withdrawn: bool = False


@dataclass
class Watermark:
    """How a digest by the time of the last one would fare.

    The usual way, for comparison.
    """

    mark: datetime
    told: Counter[int] = field(default_factory=Counter)

    def fire(self, stories: list[Story], now: datetime) -> None:
        """Tell what came after the last digest and not after now."""
        self.told.update(one.subject for one in stories if self.mark < one.at <= now)
        self.mark = now


class Life:
    """One run of things happening."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.stories: list[Story] = []
        self.owed: set[Pair] = set()
        self.doubts: Counter[Pair] = Counter()
        self.copies: Counter[Pair] = Counter()
        self.names: dict[int, str] = {}
        self.loud_at_night: list[Pair] = []
        self.unsure_digests: set[Pair] = set()
        self.watermarks: dict[str, Watermark] = {}
        self.digests_from: dict[str, int | None] = {}
        self.count = 0
        self._hook()

    def _hook(self) -> None:
        """See every post that arrives, and whether its reader sleeps."""
        send = self.stage.platform.send

        async def seen(target, message, key, *, silent=False, answers=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            subject, chat = int(key.split("-")[1]), self.names[int(key.split("-")[2])]
            result = await send(target, message, key, silent=silent, answers=answers)
            if isinstance(result, Unknown):
                self.doubts[subject, chat] += 1
            if isinstance(result, Sent) or (isinstance(result, Unknown) and result.reason == "arrived"):
                self.copies[subject, chat] += 1
            if not silent and await self._sleeps(chat):
                self.loud_at_night.append((subject, chat))
            return result

        self.stage.platform.send = seen  # type: ignore[method-assign]

    async def _sleeps(self, name: str) -> bool:
        chat = await self.stage.chat(name)
        return quiet_hours(chat).covers(self.now, ZoneInfo(chat.zone))

    @property
    def now(self) -> datetime:
        """The clock's moment, right or wrong."""
        return self.stage.world.clock()

    async def begin(self) -> None:
        """Let the readers follow what they follow.

        One at once and two by digest.
        """
        for name in READERS:
            chat = await self.stage.chat(name)
            self.names[chat.id] = name
            await choosing.follow(self.stage.world.core.store, chat, Subscription(FOLLOWS[name]), self.now)
            self.watermarks[name] = Watermark(self.now)
            self.digests_from[name] = (await self.stage.chat(name)).digest_from
        await self.stage.sql("UPDATE chats SET slow_until = NULL, cap = 1000")
        await self.prefer("এক", mode=Mode.NOW, digest_times=())

    # --- what may happen ---

    async def story(self, push: Push, *, tagged: bool) -> None:
        """Let a story come."""
        self.count += 1
        headline = f"খবর {self.count}"
        tags = ("নদী",) if tagged else ()
        world = self.stage.world
        entry: dict[str, object] = {"url": f"https://o.example/{self.count}", "tags": tags}
        draft = replace(world.draft(_entry(headline, entry)), published=None)
        saved = await world.core.store.articles.save(draft, world.source, self.now, push=push)
        subject = await self.stage.subject(saved.article_id)
        self.stories.append(Story(subject.id, saved.article_id, headline, self.now))
        # What is for digests alone is owed to who has them; the first reader gets everything at once and has none.
        whom = {Push.NONE: (), Push.DIGEST: READERS[1:], Push.BATCH: READERS[1:]}.get(push, READERS)
        self.owed |= {(subject.id, name) for name in whom if tagged or FOLLOWS[name] is EVERYTHING}

    async def change(self, which: int, how: str) -> None:
        """Revise, correct, announce or withdraw one of the stories."""
        if not self.stories:
            return
        one = self.stories[which % len(self.stories)]
        subjects = self.stage.world.core.store.subjects
        if one.withdrawn:
            return
        if how == "withdraw":
            one.withdrawn = True
            await subjects.withdraw(one.subject, "ভুল", "", line("withdraw"), self.now)
        elif how == "announce":
            await subjects.announce(one.subject, line("breaking"), self.now, loud=True)
        else:
            self.count += 1
            one.headline = f"ঠিক {self.count}"
            change = EditorChange("ভুল ছিল", headline=one.headline)
            await subjects.correct(one.subject, change, line("correct"), self.now)

    async def prefer(self, name: str, **chosen: object) -> None:
        """Let a reader choose otherwise.

        News that came by then has its rows first.
        """
        await self.spread()
        chat = await self.stage.chat(name)
        wanted = replace(chat.preferences, **chosen)  # type: ignore[arg-type]
        await choosing.prefer(self.stage.world.core.store, chat, wanted, self.now)

    async def pause(self, name: str, hours: int) -> None:
        """Let a reader take a break, or end it."""
        await self.spread()
        store, chat = self.stage.world.core.store, await self.stage.chat(name)
        if hours:
            await choosing.pause(store, chat, self.now + timedelta(hours=hours), self.now)
        else:
            await choosing.resume(store, chat, self.now)

    async def spread(self) -> None:
        """Let what is due become rows.

        The watermark fires when the real digest does.
        """
        await self.stage.world.spread()
        for name in READERS:
            covered = (await self.stage.chat(name)).digest_from
            if covered != self.digests_from[name]:
                self.digests_from[name] = covered
                self.watermarks[name].fire(self.stories, self.now)

    async def turn(self, answers: list[str]) -> None:
        """Send what is due; the platform answers as told, then well."""
        self.stage.platform.answers = [_answer(answer) for answer in answers]
        await self.spread()
        await self.stage.step()
        self.stage.platform.answers = []

    async def crash(self, arrived: int) -> None:
        """Die with rows claimed, of which the first ``arrived`` have gone out.

        Another sender takes over.
        """
        await self.spread()
        store = self.stage.world.core.store
        held = await store.deliveries.settle_and_claim(
            ACCOUNT,
            "the dead",
            self.now,
            settled=(),
            shares=lambda present: shares(6, present),
            judge=lambda delivery: decide(delivery, self.now),
        )
        drawer = Drawer(store, self.stage.platform.traits, "খবর")
        for place, (delivery, what) in enumerate(held):
            if not isinstance(what, Post):
                continue
            pair = (delivery.subject.id, self.names[delivery.chat.id])
            self.doubts[pair] += 1
            drawn = await drawer.draw(delivery, self.now)
            if place < arrived and drawn is not None:
                key = f"0-{delivery.subject.id}-{delivery.chat.id}"
                await self.stage.platform.send(delivery.target, drawn.message, key, silent=what.silent)
        await self.stage.restarted().take_over()

    def go(self, **by: float) -> None:
        """Let time pass, or the clock be set."""
        self.stage.go(**by)

    # --- what must hold ---

    async def settle_down(self) -> None:
        """Let time pass, with a platform that takes everything.

        Until nothing waits and every digest has come.
        """
        for name in READERS:
            await self.pause(name, 0)
        for turn in range(80):
            await self.turn([])
            waiting = await self.stage.sql("SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'sending')")
            # Three days, and then on until the last has slept: by the hour, for the digests of readers whose nights
            # differ may wait at every third.
            if turn > DAYS * 8 and waiting == [(0,)]:
                return
            self.go(hours=3 if turn < DAYS * 8 else 1)

    async def check(self) -> None:
        """See that nothing was lost, nothing doubled without a doubt.

        Everything shows what it must, too.
        """
        assert await self.stage.sql("SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'sending')") == [(0,)]
        assert self.loud_at_night == []
        covered = await self._covered()
        excused = await self._excused()
        for pair in self.owed:
            if self._story(pair[0]).withdrawn:
                continue
            assert self.copies[pair] or covered[pair] or pair in excused, f"{pair} was lost"
        for pair, copies in self.copies.items():
            assert copies <= 1 + self.doubts[pair], f"{pair} came {copies} times"
            assert copies <= 2, f"{pair} came {copies} times"
            assert not (covered[pair] and copies) or self.doubts[pair], f"{pair} came, and in a digest too"
        for pair, times in covered.items():
            assert times == 1, f"{pair} stands in {times} digests"
        await self._all_show_what_they_must()

    def _story(self, subject: int) -> Story:
        return next(one for one in self.stories if one.subject == subject)

    async def _covered(self) -> Counter[Pair]:
        rows = await self.stage.sql("SELECT chat_id, items FROM digests WHERE items IS NOT NULL")
        return Counter(
            (number, self.names[int(str(chat))]) for chat, items in rows for number in json.loads(str(items))
        )

    async def _excused(self) -> set[Pair]:
        """Return what stood in a digest that may have arrived.

        Nobody knows whether it did; it is not sent a third time.
        """
        rows = await self.stage.sql(
            "SELECT g.chat_id, g.from_id, g.to_id FROM digests g JOIN deliveries d ON d.subject_id = g.subject_id "
            "AND d.chat_id = g.chat_id WHERE d.state = 'dropped' AND d.reason = 'doubtful'"
        )
        return {
            (one.subject, self.names[int(str(chat))])
            for chat, start, end in rows
            for one in self.stories
            if one.subject <= int(str(end)) or int(str(start)) < one.subject
        }

    async def _all_show_what_they_must(self) -> None:
        rows = await self.stage.sql(
            "SELECT d.subject_id, d.chat_id, d.message_id FROM deliveries d JOIN subjects s ON s.id = d.subject_id "
            "WHERE s.kind = 'story' AND d.message_id IS NOT NULL AND d.reason IS NULL"
        )
        for subject, chat, message_id in rows:
            one = self._story(int(str(subject)))
            brief = self.stage.platform.lies[self.names[int(str(chat))]][str(message_id)].brief
            assert one.headline in brief, (one, brief)
            assert brief.startswith("[প্রত্যাহার]") is one.withdrawn, (one, brief)

    def watermark_failed(self) -> bool:
        """Return whether digests by time would have failed somebody.

        They would have skipped or doubled a story.
        """
        told = [mark.told for mark in self.watermarks.values()]
        return any(times > 1 for one in told for times in one.values())


def _entry(headline: str, fields: dict[str, object]) -> Entry:
    return Entry(title=headline, body=(f"{headline} একটি বাক্য।",), **fields)  # type: ignore[arg-type]


def _answer(what: str) -> SendResult:
    match what:
        case "sent":
            return Sent("")
        case "arrived unheard":
            return Unknown("arrived")
        case "lost unheard":
            return Unknown("lost")
        case "later":
            return Postponed(timedelta(seconds=20))
        case _:
            return Unavailable("down")


CHOICES: tuple[dict[str, object], ...] = (
    {"zone": "Europe/London"},
    {"zone": "Australia/Lord_Howe"},
    {"zone": "Pacific/Apia"},
    {"zone": "Asia/Dhaka"},
    {"digest_times": (time(7, 30),)},
    {"digest_times": (time(8), time(13), time(21))},
    {"quiet_from": time(0), "quiet_to": time(0)},
    {"quiet_from": time(22), "quiet_to": time(9)},
    {"breaking": Breaking.NEVER},
    {"breaking": Breaking.DAY},
    {"breaking": Breaking.MINE},
    {"updates": False},
)
"""What readers choose: never «always breaking», so that nothing may sound at night."""
