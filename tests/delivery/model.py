"""What must be true of delivery, said plainly: the chats' choices, the stories, and what a platform saw of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.delivery.decide import BEYOND_CAP, BREAKING_FOR
from bot.messages import Heading, Items, Message, Paragraph, Style
from bot.model import Breaking, ChatState, Mode, Push
from bot.ports import Closed, Gone, Lost, Pace, Postponed, Refused, Scope, Sent, Unavailable, Unknown
from bot.subscriptions.times import Quiet
from tests.delivery.crowd import ACCOUNT
from tests.fakes.world import TRAITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.model import Chat, Preferences, Subscription, Target, Term
    from bot.outbox import Fanout, Ref
    from bot.ports import SendResult

Pair = tuple[int, int]
"""A subject and a chat, by their numbers."""
_HEADLINE = re.compile(r"s(\d+)v(\d+)")
NORMAL_WAVES = ("first", "breaking")


def headline(story: int, version: int) -> str:
    """Name a story so that its text says which one it is and how new."""
    return f"খবর s{story}v{version}"


def named(text: str) -> tuple[int, int] | None:
    """Read which story a text is, and how new."""
    found = _HEADLINE.search(text)
    return (int(found[1]), int(found[2])) if found else None


@dataclass
class Story:
    """A story as its source and its editors made it."""

    number: int
    subject: int
    terms: frozenset[Term]
    push: Push
    at: datetime
    version: int = 1
    must: int = 1
    """The oldest version that may lie anywhere."""
    update: int = 1
    """The oldest that may lie where updates are wanted."""
    desk: int | None = None
    """The version of an editor's headline, over whatever the source says."""
    breaking_at: datetime | None = None
    withdrawn: bool = False


@dataclass
class Reader:
    """A chat's choices, and what became of it."""

    id: int
    name: str
    chat: Chat
    follows: dict[Term, Subscription] = field(default_factory=dict)
    not_before: datetime | None = None
    always_updates: bool = True
    cap_day: str = ""
    cap_used: int = 0
    cap_unsure_until: datetime | None = None
    """The clock or the zone was changed, so that a day's count may have begun anew."""

    @property
    def preferences(self) -> Preferences:
        return self.chat.preferences

    def match(self, terms: frozenset[Term]) -> Mode | None:
        """Return in which manner something on these terms comes; None if it does not, or is left out."""
        chosen = [one for term, one in self.follows.items() if term in terms]
        if not chosen or any(one.exclude for one in chosen):
            return None
        return max(one.mode or self.preferences.mode for one in chosen)

    def leaves_out(self, terms: frozenset[Term]) -> bool:
        return any(one.exclude for term, one in self.follows.items() if term in terms)

    def asleep(self, now: datetime) -> bool:
        quiet = Quiet(self.preferences.quiet_from, self.preferences.quiet_to)
        return quiet.covers(now, ZoneInfo(self.preferences.zone))

    def on_break(self, now: datetime) -> bool:
        return self.chat.paused_until is not None and now < self.chat.paused_until


@dataclass
class Seen:
    """What the platform remembers of one message."""

    chat: str
    subject: int
    message: Message


class Board:
    """The platform: it keeps what lies in each chat, and answers by a script, else well."""

    name = ACCOUNT
    account = ACCOUNT
    traits = TRAITS
    pace = Pace(slots=4)

    def __init__(self, watch: Callable[[str, int, Target], None]) -> None:
        self.script: list[str] = []
        self.lies: dict[str, Seen] = {}
        self.known: set[str] = set()
        """Messages whose number a living sender was told."""
        self.posts: Counter[Pair] = Counter()
        self.doubts: Counter[Pair] = Counter()
        self.spoilt: set[tuple[str, str]] = set()
        """Chats of which an edit was answered with this."""
        self._watch = watch

    async def send(
        self, target: Target, message: Message, key: str, *, silent: bool = False, answers: Ref | None = None
    ) -> SendResult:
        del silent, answers
        subject, chat = (int(part) for part in key.split("-")[1:])
        self._watch("post", subject, target)
        answer = self.script.pop(0) if self.script else "sent"
        if answer in ("sent", "swallowed"):
            number = self.arrive(target, message, (subject, chat))
            if answer == "sent":
                self.known.add(number)
                return Sent(number)
        if answer in ("unknown", "swallowed"):
            self.doubts[subject, chat] += 1
        return _answer(answer)

    def arrive(self, target: Target, message: Message, pair: Pair) -> str:
        """Let a message lie there."""
        self._watch("arrived", pair[0], target)
        self.posts[pair] += 1
        number = f"m{len(self.lies) + 1}"
        self.lies[number] = Seen(target.external_id, pair[0], message)
        return number

    async def edit(self, ref: Ref, message: Message) -> SendResult:
        self._watch("edit", 0, ref.target)
        assert self.lies[ref.message_id].chat == ref.target.external_id
        answer = self.script.pop(0) if self.script else "sent"
        if answer in ("sent", "swallowed"):
            self.lies[ref.message_id].message = message
        if answer == "unavailable":
            answer = "lost"
        self.spoilt.add((ref.target.external_id, answer))
        return Sent(ref.message_id) if answer == "sent" else _answer(answer)


def _answer(name: str) -> SendResult:
    match name:
        case "wait":
            return Postponed(timedelta(minutes=20), Scope.CHAT)
        case "wait all":
            return Postponed(timedelta(minutes=5), Scope.ACCOUNT)
        case "wait unsaid":
            return Postponed(timedelta(seconds=40))
        case "gone":
            return Gone("blocked")
        case "closed":
            return Closed("no right")
        case "refused":
            return Refused("bad format")
        case "unavailable":
            return Unavailable("503")
        case "lost":
            return Lost("no such message")
        case _:
            return Unknown("no answer")


ANSWERS = (
    *("sent", "sent", "sent", "unknown", "swallowed", "swallowed", "unavailable", "unavailable"),
    *("wait", "wait all", "wait unsaid", "gone", "closed", "refused"),
)


def headings(message: Message) -> Iterator[tuple[int, int, bool]]:
    """Say which stories a message shows, how new, and whether struck: notices of what stood before do not count."""
    for part in message.parts:
        match part:
            case Heading(text):
                yield from _one(text, struck=False)
            case Paragraph(lines):
                for span in (span for line in lines for span in line if span.style is Style.STRUCK):
                    yield from _one(span.text, struck=True)
            case Items(items):
                for item in items:
                    yield from _one(item.text, struck=item.struck)
            case _:
                pass


def _one(text: str, *, struck: bool) -> Iterator[tuple[int, int, bool]]:
    if (found := named(text)) is not None:
        yield (*found, struck)


class Model:
    """The reference: what is owed, and what may be sent now."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.readers: dict[int, Reader] = {}
        self.stories: dict[int, Story] = {}
        """By subject."""
        self.owed: dict[Pair, str] = {}
        """Stories that a chat followed when they came; with why it is not owed any more, "" while it is."""
        self.passed: defaultdict[Pair, list[tuple[str, Mode | None, bool]]] = defaultdict(list)
        """What a chat wanted of a story each time that a wave came by it: wave, manner, whether it was left out."""

    def by_name(self, name: str) -> Reader:
        return next(one for one in self.readers.values() if one.name == name)

    def came(self, story: Story) -> None:
        """Note to whom a new story is owed."""
        self.stories[story.subject] = story
        for reader in self.readers.values():
            mode = reader.match(story.terms)
            if story.push is Push.NONE or reader.chat.state is not ChatState.ACTIVE or mode in (None, Mode.BREAKING):
                continue
            pushed = story.push in (Push.NOW, Push.BREAKING) and mode is Mode.NOW
            if pushed or reader.preferences.digest_times:
                self.owed[story.subject, reader.id] = ""

    def waive(self, reader: Reader, why: str, *, rows: frozenset[int] = frozenset(), all_of_it: bool = True) -> None:
        """Note that what a chat is owed is owed no more; of what has no row only what it does not follow any more."""
        for (subject, chat), waived in self.owed.items():
            if chat != reader.id or waived:
                continue
            wanted = reader.match(self.stories[subject].terms) in (Mode.NOW, Mode.DIGEST)
            if all_of_it or (not wanted and subject not in rows):
                self.owed[subject, chat] = why

    def wave(self, fanout: Fanout, high: int | None = None) -> None:
        """Note what the chats want that a wave is about to come by."""
        if fanout.wave.value not in NORMAL_WAVES:
            return
        story = self.stories[fanout.subject_id]
        for reader in self.readers.values():
            if fanout.cursor < reader.id and (high is None or reader.id <= high):
                seen = (fanout.wave.value, reader.match(story.terms), reader.leaves_out(story.terms))
                self.passed[story.subject, reader.id].append(seen)

    # --- what may be sent now ---

    def watch(self, what: str, subject: int, target: Target) -> None:
        """Look at a message that is on its way, or that has arrived."""
        now, reader = self.clock(), self.by_name(target.external_id)
        if what != "arrived":
            assert reader.not_before is None or now >= reader.not_before, "the platform asked to wait"
        if what == "edit":
            return
        assert reader.chat.state is ChatState.ACTIVE, "nothing new to a chat that was stopped or is gone"
        assert not reader.on_break(now), "nothing new on a break"
        story = self.stories.get(subject)
        if story is None:  # a digest or a note
            assert not reader.asleep(now), "a digest or a note in quiet hours"
            return
        assert not story.withdrawn, "nothing that was withdrawn is posted"
        breaking = self._is_breaking(story, reader, now)
        self._may_have(story, reader, breaking=breaking)
        assert not reader.asleep(now) or (breaking and reader.preferences.breaking is Breaking.ALWAYS), "quiet hours"
        if what == "arrived":
            self._count(reader, now, breaking=breaking)

    def _is_breaking(self, story: Story, reader: Reader, now: datetime) -> bool:
        wish = reader.preferences.breaking
        if story.breaking_at is None or wish is Breaking.NEVER or now - story.breaking_at > BREAKING_FOR:
            return False
        return wish is not Breaking.MINE or any(mode is not None for _, mode, _ in self.passed[story.subject, reader.id])

    def _may_have(self, story: Story, reader: Reader, *, breaking: bool) -> None:
        passed = self.passed[story.subject, reader.id]
        assert any(not left_out for _, _, left_out in passed), "left out when it was spread"
        if not breaking:
            asked = [mode for wave, mode, _ in passed if wave == "first"]
            late = [mode for wave, mode, _ in passed if wave == "breaking"]
            assert Mode.NOW in asked or any(mode is not None for mode in late), "nobody asked for it at once"

    def _count(self, reader: Reader, now: datetime, *, breaking: bool) -> None:
        day = now.astimezone(ZoneInfo(reader.preferences.zone)).date().isoformat()
        if reader.cap_day != day:
            reader.cap_day, reader.cap_used = day, 0
        reader.cap_used += 1
        if reader.cap_unsure_until is None or now > reader.cap_unsure_until:
            assert reader.cap_used <= reader.preferences.cap + BEYOND_CAP * breaking, "over the cap"
