"""What the core asks of the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime

    from bot.values.appearances import Appearance, AppearanceEnding, DueAppearance
    from bot.values.chats import AuditLine, Chat, Target
    from bot.values.delivery import (
        Candidate,
        Decision,
        Delivery,
        EditorChange,
        Fanout,
        Lane,
        Round,
        SentStory,
        Settlement,
        Subject,
    )
    from bot.values.reach import AudienceShare, Fate, Reach


def sender_lock(account: str) -> str:
    """Name the lock that whoever sends for an account holds."""
    return f"sender-{account}"


class Subjects(Protocol):
    """What can be sent, and what editors do to it.

    Each action writes its audit line in its own transaction.
    """

    async def get(self, subject_id: int) -> Subject | None:
        """Return one subject."""

    async def of_article(self, article_id: int) -> Subject | None:
        """Return the first subject that an article is."""

    async def announce(self, subject_id: int, line: AuditLine, now: datetime, *, loud: bool) -> bool:
        """Mark as breaking.

        Chats that had it not yet get it, rows that wait go first. Return False, and do nothing, if the line's
        idempotency key was used.
        """

    async def correct(
        self, subject_id: int, change: EditorChange, line: AuditLine, now: datetime, *, tell: bool = False
    ) -> bool:
        """Put something right in an article.

        Every card and digest that shows it changes; ``tell`` adds a note with the reason to each. Return False, and do
        nothing, if the line's idempotency key was used.
        """

    async def withdraw(
        self, subject_id: int, reason: str, by: str, line: AuditLine, now: datetime, *, tell: bool = False
    ) -> None:
        """Take an article back everywhere.

        It leaves every list, and is struck wherever it was sent.
        """

    async def stop(self, subject_id: int, reason: str) -> None:
        """Send it to nobody any more: every form of it was refused."""

    async def alert(self, text: str, targets: Sequence[Target], now: datetime) -> None:
        """Tell these chats something in our own words, before other news."""

    async def note(self, parent_id: int, text: str, now: datetime) -> int:
        """Make a silent line in answer to ``parent_id``.

        It goes to the chats that were sent the parent. Return its number.
        """

    async def audience(self, subject_id: int) -> list[AudienceShare]:
        """Return how many chats a breaking story goes to.

        The chats are counted by quiet hours and zone.
        """

    async def reach(self, subject_id: int, now: datetime) -> Reach:
        """Return how far a story or its newest change has come.

        A digest that shows the story counts as a chat like others. While the story is being spread, chats that it has
        not come to yet are waiting. Here and below a story is all reports of it.
        """

    async def shown_in(self, subject_id: int) -> int:
        """Return how many chats show a story now.

        They show it on cards or in digests; a change of the story would touch them all.
        """

    async def missed(self, subject_id: int, limit: int) -> list[tuple[Chat, str]]:
        """Return chats that still show an older version, and why."""

    async def purge(self, now: datetime, limit: int) -> int:
        """Delete rows of subjects past editing; return how many.

        Their counts stay.
        """


class Fanouts(Protocol):
    """Writes a subject's rows, window by window.

    One transaction for a million stops every writer.
    """

    window: int | None
    """Chats in one step where no writer waits for its end; None: as many as the clock allows."""

    async def pending(self, now: datetime) -> list[Fanout]:
        """Return what is to be spread now, the most urgent first."""

    async def step(self, fanout: Fanout, width: int, backlog: frozenset[str]) -> tuple[Fanout, int] | None:
        """Write the rows of the next ``width`` chats by number.

        Return how far the wave is and how many rows were written; None if another process is at it. Private chats of an
        account in ``backlog`` get no row for ordinary news, but a digest soon.
        """

    async def waiting(self) -> dict[str, int]:
        """Return how many rows wait for each account."""


class Digests(Protocol):
    """Rounds: windows of subjects that touch each other.

    Because they touch, nothing is skipped and nothing comes twice.
    """

    async def fire(self, now: datetime, following: Callable[[Chat], datetime | None], limit: int) -> int:
        """Begin rounds for at most ``limit`` due chats.

        Each next due as ``following`` says; return how many.
        A round that has not been sent by then gives its window to the new one.
        """

    async def round(self, subject_id: int, chat_id: int) -> Round | None:
        """Return the window of a chat's digest."""

    async def candidates(self, chat: Chat, from_id: int, to_id: int, limit: int) -> list[Candidate]:
        """Return what a chat's digest may show, newest first.

        It comes from that window and from what was left for the digest earlier. Subjects in a live row, and those that
        the chat leaves out, are not among it.
        """

    async def day(self, chat: Chat, limit: int) -> list[Candidate]:
        """Return what came since this chat last looked, pushed or not.

        If it follows nothing, return all news.
        """

    async def subjects(self, subject_ids: Sequence[int], chat_id: int) -> list[Candidate]:
        """Return what stands in a sent digest, as ordered.

        Withdrawn subjects are among it and say so.
        """

    async def mend(self, now: datetime, following: Callable[[Chat], datetime | None]) -> int:
        """Set digests anew that are due too late; return how many.

        They lie more than 50 hours ahead, where a wrong clock put them.
        """


class Deliveries(Protocol):
    """The outbox: one row for each subject that a chat shows."""

    async def settle_and_claim(
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
        """Requeue what is held for this account, as doubtful.

        Return how many rows that were. The caller has the account's lock and sends nothing just now, so whatever is
        held was left by a sender that died.
        """

    async def counts(self, chat_id: int, now: datetime) -> tuple[int, int]:
        """Return how many subjects a chat was sent and waits for.

        The first number covers the last seven days, digests included.
        """

    async def sent(self, chat_id: int, since: datetime) -> list[SentStory]:
        """Return the stories that a chat was sent since then, oldest first.

        Those in digests are among them.
        """

    async def why(self, chat_id: int, subject_id: int) -> Fate:
        """Return what became of a subject in a chat.

        It also says which terms of the subject the chat follows.
        """

    async def last(self, chat_id: int) -> int | None:
        """Return the story that this chat was sent last."""

    async def forgive(self, chat_ids: Sequence[int], now: datetime) -> None:
        """Take back that these chats are gone.

        Rows that were dropped with them wait again.
        """

    async def mend(self, latest: datetime) -> int:
        """Make due now what waits beyond ``latest``.

        A clock that was wrong put it there. Waits that platforms asked for beyond that moment are forgotten too. Return
        how many deliveries were moved.
        """

    async def gate(self, account: str) -> datetime | None:
        """Return until when this account sends nothing, as its platform asked."""

    async def shut(self, account: str, until: datetime, reason: str) -> None:
        """Send nothing for this account until then; it outlives a restart."""


class Appearances(Protocol):
    """Messages beside the outbox that show stories: shared cards, answers."""

    async def keep(self, appearances: Sequence[Appearance]) -> None:
        """Note what messages show now.

        Each in place of what it showed before.

        One that shows no story is forgotten; one whose story was corrected since it was drawn is to be changed.
        """

    async def due(self, account: str, now: datetime, limit: int) -> list[DueAppearance]:
        """Return what is to be changed, the longest due first."""

    async def settle(self, endings: Sequence[AppearanceEnding]) -> None:
        """Write how changes ended.

        An appearance that is to be changed again meanwhile waits still.
        """

    async def purge(self, now: datetime, limit: int) -> int:
        """Forget what is too old to be changed; return how many."""
