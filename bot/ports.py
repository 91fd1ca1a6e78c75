"""What the core asks of the world: small protocols; each docstring says what the implementer guarantees."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.model import ChatKind
from bot.outbox import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime, timedelta

    from bot.bangla.phonetics import Guess
    from bot.calls import Call
    from bot.lists import LastShown, Listed
    from bot.messages import Message, Traits
    from bot.model import (
        Article,
        AuditLine,
        Chat,
        ChatState,
        Cursor,
        Draft,
        FullText,
        Outlet,
        Preferences,
        Push,
        Query,
        Saved,
        Source,
        SourceState,
        Subscription,
        Tag,
        Target,
        Term,
    )
    from bot.outbox import (
        Candidate,
        Decision,
        Delivery,
        DeskChange,
        Fanout,
        Fate,
        Lane,
        Reach,
        Ref,
        Round,
        Settlement,
        Subject,
    )


# --- storage ---
# Every method is one transaction; a cancelled one is either whole or not there. `now` is passed in, aware.
# A database that cannot be used raises bot.errors.StorageError, whose text says what to do.


class Articles(Protocol):
    """The archive."""

    async def save(self, draft: Draft, source: Source, now: datetime, *, push: Push) -> Saved:
        """Store a draft: new, a revision of the article that shares an alias with it, or nothing new.

        A new article, what it offers and that it is to be spread are written in one transaction; ``push`` says how it
        may reach readers. A revision that changes its card begins a wave of edits.
        If the aliases of a draft lead to two articles, the older keeps all and the younger is shown no more.
        The first article that is no sample takes every sample away.
        """

    async def unknown(self, drafts: Sequence[Draft]) -> int:
        """Return how many of these share no alias with anything stored."""

    async def get(self, article_id: int) -> Article | None:
        """Return one article, following it if it was joined to an older one."""

    async def many(self, article_ids: Sequence[int]) -> list[Article]:
        """Return the articles that exist, in the order asked for."""

    async def page(self, query: Query, limit: int, after: Cursor | None = None) -> list[Article]:
        """Return at most ``limit`` articles, newest first by (at, id), behind ``after``.

        Words match as prefixes of the words of headline and text, all of them, on ``key()`` texts; of articles that
        hold them the newest few hundred are looked at, the better answers first, as by `ranked`.
        """

    async def ranked(
        self, query: Query, limit: int, after: Cursor | None = None
    ) -> tuple[list[Article], Cursor | None]:
        """Return what holds the words of ``query``, and where the next page begins; None if there is no more.

        Articles whose headline holds the words come before those whose text does, and these before those that hold
        longer words which begin so; the newest first among equals.
        """

    async def beside(self, article: Article, words: Sequence[str], limit: int) -> list[Article]:
        """Return the newest stories that share a tag with one, or have any of these words in their headline."""

    async def how_many(self, query: Query) -> int:
        """Return how many of the newest few hundred articles hold the words of ``query``."""

    async def count(self) -> int:
        """Return how many articles there are, samples left out."""

    async def newest(self) -> Article | None:
        """Return the article that was first seen last."""


class Outlets(Protocol):
    """Publishers and the names they go by."""

    async def ensure(
        self, name: str, *, name_en: str = "", country: str = "BD", zone: str = "", also: Sequence[str] = ()
    ) -> Outlet:
        """Return the outlet of any of these names (by ``key()``), made if there is none; it learns them all."""

    async def find(self, name: str) -> Outlet | None:
        """Return the outlet that a reader means by ``name`` (either name, by ``key()``)."""

    async def known(self) -> int:
        """Return how many outlets are known by name, with or without articles."""

    async def get(self, outlet_id: int) -> Outlet | None:
        """Return one outlet."""

    async def all(self) -> list[tuple[Outlet, int]]:
        """Return the outlets that have articles or an active source, with their number of articles, busiest first."""


class Sources(Protocol):
    """Where articles come from, and when each is due."""

    async def add(
        self, kind: str, address: str | None, outlet: Outlet | None, *, full_text: FullText, now: datetime
    ) -> Source:
        """Return the source of that address (or that kind and outlet, without one), made if there is none.

        One that was removed earlier comes back, due at once.
        """

    async def get(self, source_id: int) -> Source | None:
        """Return one source."""

    async def all(self) -> list[Source]:
        """Return all sources that have an address, by outlet."""

    async def due(self, now: datetime, limit: int) -> list[Source]:
        """Return active sources whose next poll is at or before ``now``, the most overdue first."""

    async def polled(self, source: Source) -> None:
        """Store a source's health and its next poll after a turn."""

    async def set_state(self, source_id: int, state: SourceState, now: datetime) -> None:
        """Pause or resume; a resumed source is due at once."""

    async def remove(self, source_id: int, now: datetime) -> None:
        """Forget a source; its articles stay."""


class Chats(Protocol):
    """Chats and what they chose."""

    async def ensure(self, target: Target, now: datetime, kind: ChatKind = ChatKind.PRIVATE) -> Chat:
        """Return the chat at that address or that was there before it moved, made with the defaults if it is new."""

    async def find(self, target: Target) -> Chat | None:
        """Return the chat at that address, if there is one."""

    async def prefer(self, chat_id: int, preferences: Preferences, digest_at: datetime | None) -> None:
        """Keep what a chat chose, and when its next digest is due; one that has none pending covers from now on."""

    async def set_state(self, chat_id: int, state: ChatState, reason: str, now: datetime) -> None:
        """Say whether anything is sent to a chat; what waits for one that is not active is dropped with it."""

    async def pause(self, chat_id: int, until: datetime | None, digest_at: datetime | None) -> None:
        """Send nothing until then (None: go on now); a digest at ``digest_at`` takes what came meanwhile."""

    async def resume(self, chat_id: int, digest_at: datetime | None, now: datetime) -> None:
        """Send again; a digest begins at what comes from now on."""

    async def seen_today(self, chat_id: int, subject_id: int) -> None:
        """Keep up to which subject this chat has looked at the day."""

    async def forget(self, chat_id: int) -> None:
        """Erase a chat with all that it chose and was sent."""

    async def count(self) -> int:
        """Return how many active chats follow something."""


class Subscriptions(Protocol):
    """Who follows what, and leaves out what."""

    async def follow(self, chat_id: int, subscription: Subscription, now: datetime, digest_at: datetime | None) -> bool:
        """Follow or leave out, in place of what the chat chose for that term before; return whether anything changed.

        A chat's first one begins its digests, the first at ``digest_at``, and its slow start. A term that nobody
        followed before is matched to the articles of the last two days, so that looking at the day shows them.
        """

    async def unfollow(self, chat_id: int, term: Term) -> Subscription | None:
        """Forget a chat's choice about a term; return what it was. What was queued by then still comes."""

    async def of_chat(self, chat_id: int) -> list[Subscription]:
        """Return what a chat follows and leaves out, in the order it was chosen."""

    async def volume(self, term: Term, now: datetime) -> float:
        """Return how many articles a day that term brought over the last seven days."""

    async def share(self, word: str, newest: int) -> float:
        """Return which part of the newest articles hold a word."""


class Tags(Protocol):
    """Tags as outlets gave them; several spellings of one are one."""

    async def find(self, keys: Sequence[str]) -> Tag | None:
        """Return the tag with articles that goes by the key that stands first in ``keys``; a hidden one is none."""

    async def named(self, name: str) -> Tag | None:
        """Return the tag that goes by a name, as admins see it: a hidden one too, and one without articles."""

    async def get(self, tag_id: int) -> Tag | None:
        """Return the tag of that number, or the one that it was joined to."""

    async def busiest(self, now: datetime, limit: int) -> list[Tag]:
        """Return the tags with most articles in the last seven days; if there are none, of all time. None is hidden."""

    async def hidden(self, limit: int) -> list[Tag]:
        """Return tags that are hidden, the youngest first."""

    async def followers(self, name: str) -> int:
        """Return how many chats follow what goes by a name."""


class Aliases(Protocol):
    """What admins do to tags. Each action writes its audit line in its own transaction, and none if nothing changed."""

    async def merge(self, name: str, into: Tag, line: AuditLine) -> bool:
        """Make a name, known or not, a spelling of another tag; return whether that is new.

        From then on the other answers for it and new articles get it. Articles, spellings and what chats chose move in
        short transactions, and if that is cut off, when storage is opened next. A chat that followed either follows the
        one, once, as it chose for that, and if it did not, as it chose for the other.
        """

    async def rename(self, tag: Tag, name: str, line: AuditLine) -> bool:
        """Call a tag otherwise, wherever it is shown from now on; False if another tag goes by that name."""

    async def hide(self, tag: Tag, line: AuditLine, *, hidden: bool) -> None:
        """Show a tag on no card and in no list, or show it again; who follows it goes on getting it."""


class Subjects(Protocol):
    """What can be sent, and what editors do to it. Each action writes its audit line in its own transaction."""

    async def get(self, subject_id: int) -> Subject | None:
        """Return one subject."""

    async def of_article(self, article_id: int) -> Subject | None:
        """Return the subject that an article is."""

    async def announce(self, subject_id: int, line: AuditLine, now: datetime, *, loud: bool) -> None:
        """Mark as breaking: chats that had it not yet get it, rows that wait go first."""

    async def correct(self, subject_id: int, desk: DeskChange, line: AuditLine, now: datetime) -> None:
        """Put something right in an article; every card and digest that shows it changes."""

    async def withdraw(self, subject_id: int, reason: str, by: str, line: AuditLine, now: datetime) -> None:
        """Take an article back everywhere: out of every list, and struck wherever it was sent."""

    async def stop(self, subject_id: int, reason: str) -> None:
        """Send it to nobody any more: every form of it was refused."""

    async def alert(self, text: str, targets: Sequence[Target], now: datetime) -> None:
        """Tell these chats something in our own words, before other news."""

    async def note(self, parent_id: int, text: str, now: datetime) -> int:
        """Make a silent line in answer to ``parent_id``, for the chats that were sent it; return its number."""

    async def audience(self, subject_id: int, now: datetime) -> tuple[int, int]:
        """Return how many chats a breaking story goes to, and how many of these have quiet hours just now."""

    async def reach(self, subject_id: int, now: datetime) -> Reach:
        """Return how far a story, or the newest change to it, has come; digests that show it are chats like others."""

    async def shown_in(self, subject_id: int) -> int:
        """Return how many chats show a story now, on cards or in digests: what a change of it would touch."""

    async def missed(self, subject_id: int, limit: int) -> list[tuple[Chat, str]]:
        """Return chats that still show an older version, each with the reason why."""

    async def purge(self, now: datetime, limit: int) -> int:
        """Delete rows of subjects that can no longer be edited, keeping their counts; return how many rows went."""


class Fanouts(Protocol):
    """From a subject to its rows, a window of chats at a time: one transaction for a million stops every writer."""

    async def pending(self, now: datetime) -> list[Fanout]:
        """Return what is to be spread now, the most urgent first."""

    async def step(self, fanout: Fanout, width: int, backlog: frozenset[str]) -> tuple[Fanout, int]:
        """Write the rows of the next ``width`` chat numbers; return how far it is, and how many rows were written.

        Private chats of an account in ``backlog`` get no row for ordinary news, but a digest soon.
        """

    async def waiting(self) -> dict[str, int]:
        """Return how many rows wait for each account."""


class Digests(Protocol):
    """Rounds: windows of subjects that touch each other, so that nothing is skipped and nothing comes twice."""

    async def fire(self, now: datetime, following: Callable[[Chat], datetime | None], limit: int) -> int:
        """Begin a round for at most ``limit`` chats that are due, each next due as ``following`` says; return how many.

        A round that has not been sent by then gives its window to the new one.
        """

    async def round(self, subject_id: int, chat_id: int) -> Round | None:
        """Return the window of a chat's digest."""

    async def candidates(self, chat: Chat, from_id: int, to_id: int, limit: int) -> list[Candidate]:
        """Return what a digest of that window may show the chat, what was left for it earlier included, newest first.

        What stands in a live row is not among them, nor what the chat leaves out.
        """

    async def day(self, chat: Chat, limit: int) -> list[Candidate]:
        """Return what came since this chat last looked at the day, pushed or not; all news, if it follows nothing."""

    async def subjects(self, subject_ids: Sequence[int]) -> list[Candidate]:
        """Return what stands in a digest that was sent, in the order asked for; withdrawn ones are there, as such."""

    async def next_at(self) -> datetime | None:
        """Return when the next digest of any chat is due."""

    async def mend(self, now: datetime, following: Callable[[Chat], datetime | None]) -> int:
        """Set digests anew that are due more than 50 hours ahead, by a clock that was wrong; return how many."""


class Deliveries(Protocol):
    """The outbox: one row for each subject that a chat is to be shown."""

    async def turn(
        self,
        account: str,
        owner: str,
        now: datetime,
        *,
        settled: Sequence[Settlement],
        shares: Callable[[Collection[Lane]], Mapping[Lane, int]],
        judge: Callable[[Delivery], Decision],
    ) -> list[tuple[Delivery, Decision]]:
        """Settle what ended and claim what is due, in one transaction.

        ``shares`` says how many rows to take of each lane that has some. Each row that is claimed counts a try, belongs
        to ``owner`` until settled, and is judged; what is not to be posted or edited is settled at once; all are
        returned.
        Settling compares what was shown with what the subject is now: if that changed the row waits again.
        """

    async def take_over(self, account: str) -> int:
        """Make what is held for this account wait again, as doubtful; return how many.

        Who calls has the account's lock and sends nothing just now, so what is held was left by a sender that died.
        """

    async def next_due(self, account: str) -> datetime | None:
        """Return when the next row that waits for its time is due."""

    async def counts(self, chat_id: int, now: datetime) -> tuple[int, int]:
        """Return how many were sent to a chat in the last seven days, digests included, and how many wait."""

    async def why(self, chat_id: int, subject_id: int) -> Fate:
        """Return what became of a subject in a chat, and what of it the chat follows."""

    async def last(self, chat_id: int) -> int | None:
        """Return the story that this chat was sent last."""

    async def forgive(self, chat_ids: Sequence[int], now: datetime) -> None:
        """Take back that these chats are gone; what was dropped with them waits again."""

    async def mend(self, latest: datetime) -> int:
        """Ask anew, now, about whatever waits for a moment after ``latest``: a clock that was wrong put it there.

        What platforms asked to wait so long for is forgotten with it. Returns how many deliveries waited.
        """

    async def gate(self, account: str) -> datetime | None:
        """Return until when this account sends nothing, as its platform asked."""

    async def shut(self, account: str, until: datetime, reason: str) -> None:
        """Send nothing for this account until then; it outlives a restart."""


class Audit(Protocol):
    """What admins did."""

    async def record(self, line: AuditLine) -> None:
        """Write one line."""

    async def recent(self, limit: int) -> list[AuditLine]:
        """Return the last lines, the newest first."""


class Calls(Protocol):
    """What buttons stand for, where a button has no room for it; they answer after a restart too."""

    async def keep(self, calls: Sequence[Call], now: datetime) -> None:
        """Keep calls by their ids; those known are younger again."""

    async def find(self, call_id: str) -> Call | None:
        """Return the call of an id; None if it is too old."""

    async def find_old(self, choice_id: str) -> tuple[str, str] | None:
        """Return the command and argument of an id that version 0.1 kept; none is made any more."""

    async def purge(self, now: datetime) -> None:
        """Forget what has not been drawn for 90 days."""


class Shown(Protocol):
    """What was shown to whom: lists, labels, open questions. ``person`` "" is everybody in a chat."""

    async def keep(self, chat_id: int, person: str, shown: LastShown, now: datetime) -> None:
        """Keep what somebody was shown last; without a list the one before stays theirs."""

    async def last(self, chat_id: int, person: str) -> LastShown:
        """Return the list last shown to somebody or to everybody there, and the labels and question of their own."""

    async def listed(self, list_id: str) -> Listed | None:
        """Return the list of an id; None if it is too old."""

    async def purge(self, now: datetime) -> None:
        """Forget lists that have not been drawn for 90 days."""


class Vocabulary(Protocol):
    """The words of the archive, asked by how they sound. What came since is counted before each answer."""

    async def nearest(self, word: str, limit: int) -> list[Guess]:
        """Return the words that are likely meant by one in Roman letters, or misspelt, the likeliest first."""

    async def base(self, word: str) -> str:
        """Return a noun without its endings, as far as the archive knows the rest: ব্যাংক for ব্যাংকে."""

    async def count(self, word: str) -> int:
        """Return how often a word stands in the archive."""

    async def counts(self, words: Collection[str]) -> dict[str, int]:
        """Return how often each of these words stands in the archive."""

    async def refresh(self) -> None:
        """Count some of the articles that came since."""


class Store(Protocol):
    """The whole of storage."""

    articles: Articles
    outlets: Outlets
    sources: Sources
    chats: Chats
    subscriptions: Subscriptions
    tags: Tags
    aliases: Aliases
    subjects: Subjects
    fanouts: Fanouts
    digests: Digests
    deliveries: Deliveries
    audit: Audit
    calls: Calls
    shown: Shown
    vocabulary: Vocabulary
    epoch: int
    """A number of this copy of the archive: another one after a restore, so that no idempotency key comes twice."""

    def lock(self, name: str) -> AbstractAsyncContextManager[bool]:
        """Try for a lock that one process holds at a time; the kernel frees it when that process dies.

        Enters with True when it was got, with False when another process has it.
        """

    async def check(self) -> None:
        """Prove that it can be written just now, changing nothing; StorageError says why not."""

    async def changed(self) -> int:
        """Return a number that changes once any process has written."""

    async def is_older(self) -> bool:
        """Tell whether this is an older copy than was here before, by what `note` wrote down beside it."""

    async def note(self) -> None:
        """Write down how far the archive is, for `is_older`."""

    async def restored(self, now: datetime) -> int:
        """Say that this is an older copy: what waits may have been sent, so it is left to digests; return how many.

        Every source is looked at as if for the first time, so that what it had meanwhile is stored and not pushed.
        """


# --- a chat platform ---


class Scope(StrEnum):
    """Whom a platform asks to wait."""

    CHAT = "chat"
    ACCOUNT = "account"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived, under this id; of a message in several parts it names all of them, as the adapter likes."""

    ref: str
    form: Form = Form.TEXT


@dataclass(frozen=True, slots=True)
class Postponed:
    """The platform asks to wait; this uses up no attempt."""

    wait: timedelta
    scope: Scope = Scope.UNSAID


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat can no longer be reached, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The topic, thread or channel takes nothing: closed, archived, or no right to write there."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat goes by another address now."""

    external_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will not take this message in any chat, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Lost:
    """There is no such message to edit any more, or it can no longer be edited."""

    reason: str


@dataclass(frozen=True, slots=True)
class Barred:
    """The platform does not know us (a revoked token) or talks to another process: no chat's fault."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unavailable:
    """It was certainly not delivered; try again later."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not have arrived."""

    reason: str


SendResult = Sent | Postponed | Gone | Closed | Moved | Refused | Lost | Barred | Unavailable | Unknown


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform may be spoken to, as data that it declares."""

    per_second: float | None = None
    """Messages a second over the whole account, replies included; None: no limit."""
    slots: int = 30
    """Requests in flight, or still counted by the platform's window, at once."""
    chat_gap: float = 0.0
    """Seconds between two messages to one chat."""
    group_per_minute: int | None = None
    """Messages a minute to one group or channel."""


class Platform(Protocol):
    """A chat platform, as one account of it; adapters add no retries of their own."""

    name: str
    account: str
    traits: Traits
    pace: Pace

    async def send(
        self, target: Target, message: Message, key: str, *, silent: bool = False, answers: Ref | None = None
    ) -> SendResult:
        """Show a message in a chat. ``key`` is the same for every try of the same message.

        ``silent``: without a sound; ``answers``: in answer to that message, where it still lies there.
        """

    async def edit(self, ref: Ref, message: Message) -> SendResult:
        """Make a message that was sent show another text; one that shows it already is well (Sent)."""
