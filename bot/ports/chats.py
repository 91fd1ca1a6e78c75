"""What the core asks about chats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.values.chats import ChatKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.values.calls import Call
    from bot.values.chats import AuditLine, Chat, ChatState, Preferences, Subscription, Target, Term
    from bot.values.lists import LastShown, Listed
    from bot.values.reports import ReaderReport


class Chats(Protocol):
    """Chats and what they chose."""

    async def ensure(self, target: Target, now: datetime, kind: ChatKind = ChatKind.PRIVATE) -> Chat:
        """Return the chat at that address, made if new.

        An address that the chat had before it moved counts too. A new chat has the defaults. From now on the target's
        account serves it. A private chat goes by its person's own number.
        """

    async def find(self, target: Target) -> Chat | None:
        """Return the chat at that address, if there is one."""

    async def prefer(self, chat_id: int, preferences: Preferences, digest_at: datetime | None) -> None:
        """Store what a chat chose, and when its next digest is due.

        A chat without a digest pending covers news from now on.
        """

    async def set_state(self, chat_id: int, state: ChatState, reason: str, now: datetime, account: str = "") -> None:
        """Say whether anything is sent to a chat.

        Rows that wait for a chat that is not active are dropped. With an ``account`` this is about that account alone:
        another that serves the chat by now goes on.
        """

    async def pause(self, chat_id: int, until: datetime | None, digest_at: datetime | None) -> None:
        """Send nothing until then, or go on now if None.

        A digest at ``digest_at`` takes what came meanwhile.
        """

    async def resume(self, chat_id: int, digest_at: datetime | None, now: datetime) -> None:
        """Send again; a digest begins at what comes from now on."""

    async def move(self, target: Target, external_id: str) -> bool:
        """Give the chat at an address its new one.

        Returns whether the new one had a row of its own before.
        """

    async def seen_today(self, chat_id: int, subject_id: int) -> None:
        """Keep up to which subject this chat has looked at the day."""

    async def exported(self, chat_id: int, now: datetime) -> None:
        """Note that a chat's own data was given."""

    async def count(self) -> int:
        """Return how many active chats follow something."""


class Accounts(Protocol):
    """The bots that ran here."""

    async def begin(self, platform: str, bot_id: str) -> str:
        """Return the name that a bot's deliveries and locks go by.

        A bot that was retired serves its chats again.
        """

    async def others(self, name: str) -> list[str]:
        """Return the other bots of its platform that are not retired."""

    async def retire(self, name: str) -> int:
        """Retire a bot; return how many chats it leaves.

        Nothing is sent to them until they meet another bot.
        """


class Subscriptions(Protocol):
    """Who follows what, and leaves out what."""

    async def follow(self, chat_id: int, subscription: Subscription, now: datetime, digest_at: datetime | None) -> bool:
        """Follow or mute a term, replacing the last choice.

        Return whether anything changed. A chat's first term begins its digests, the first at ``digest_at``, and its
        slow start. A term that nobody followed before is matched to the articles of the last two days, so that looking
        at the day shows them.
        """

    async def unfollow(self, chat_id: int, term: Term) -> Subscription | None:
        """Delete a chat's choice about a term and return it.

        News that was queued by then still comes.
        """

    async def lift(self, now: datetime) -> int:
        """Bring back what was muted until ``now``; return how many.

        A term that was followed before is followed again, any other is forgotten.
        """

    async def of_chat(self, chat_id: int) -> list[Subscription]:
        """Return what a chat follows and mutes, oldest choice first."""

    async def volume(self, term: Term, now: datetime) -> float:
        """Return how many articles a day a term brings.

        The last seven days count.
        """

    async def share(self, word: str, newest: int) -> float:
        """Return which part of the newest articles hold a word."""


class Audit(Protocol):
    """What admins did."""

    async def record(self, line: AuditLine) -> None:
        """Write one line."""

    async def recent(self, limit: int) -> list[AuditLine]:
        """Return the last lines, the newest first."""


class Erasing(Protocol):
    """Erases people and chats.

    All that names them and all that they typed goes. Their fingerprints stay beside the archive and in newer backups
    until no older backup is kept.
    """

    async def person(self, actor: str, chat_id: int, now: datetime) -> None:
        """Erase somebody, platform:ID, with their inbox.

        The text of a report that led to a change of a story stays, without their name.
        """

    async def chat(self, chat_id: int, now: datetime) -> None:
        """Erase a chat of several people; their own stays."""

    async def purge(self, before: datetime) -> None:
        """Forget who was erased before then.

        Copies that the program made itself before then are removed.
        """


class ReaderReports(Protocol):
    """What readers report. Editors are named as platform:ID."""

    async def add(self, report: ReaderReport, editors: Sequence[str], now: datetime) -> bool:
        """Keep a report; return whether an editor is told.

        Reports of an hour are gathered into one message for each editor whose inbox can be reached; without such it is
        kept until `tell_kept`.
        """

    async def tell_kept(self, editors: Sequence[str], now: datetime) -> None:
        """Tell editors what reached nobody so far."""

    async def since(self, actor: str, since: datetime) -> int:
        """Return how many somebody sent since then."""

    async def of_person(self, actor: str) -> list[ReaderReport]:
        """Return what somebody reported, oldest first."""

    async def of_message(self, subject_id: int) -> list[ReaderReport]:
        """Return what stands in a message to editors, oldest first.

        Reports that were closed since are left out.
        """

    async def of_article(self, article_id: int) -> list[ReaderReport]:
        """Return what was reported of an article, oldest first."""

    async def close(self, article_id: int, by: str) -> None:
        """Say that an article stays as it is."""


class Calls(Protocol):
    """Stored calls of buttons without room for them.

    They answer after a restart too.
    """

    async def keep(self, calls: Sequence[Call], now: datetime) -> None:
        """Keep calls by their ids; those known are younger again."""

    async def find(self, call_id: str) -> Call | None:
        """Return the call of an id; None if it is too old."""

    async def find_old(self, choice_id: str) -> tuple[str, str] | None:
        """Return the command and argument of a version 0.1 id.

        No such ids are made any more.
        """

    async def purge(self, now: datetime) -> None:
        """Forget what has not been drawn for 90 days."""


class Shown(Protocol):
    """What was shown to whom: lists, labels, questions.

    ``person`` "" is everybody in a chat.
    """

    async def keep(self, chat_id: int, person: str, shown: LastShown, now: datetime) -> None:
        """Store what somebody was shown last.

        Without a list, the list before it stays theirs.
        """

    async def last(self, chat_id: int, person: str) -> LastShown:
        """Return what was last shown to somebody.

        The list is theirs or everybody's in the chat; the labels and the question are their own.
        """

    async def listed(self, list_id: str) -> Listed | None:
        """Return the list of an id; None if it is too old."""

    async def purge(self, now: datetime) -> None:
        """Forget lists that have not been drawn for 90 days."""
