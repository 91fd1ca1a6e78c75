"""Draws what chats are shown of a subject.

It draws when a row is claimed, and keeps the message for other chats that see the same.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never
from zoneinfo import ZoneInfo

from bot.articles.card.card import card, note, plain_card
from bot.articles.card.digest import digest, head_of, rank
from bot.articles.card.reported import reported
from bot.articles.card.view import View
from bot.articles.card.withdrawn import withdrawn
from bot.values.delivery import SubjectKind, SubjectState
from bot.values.messages import DrawnAs, plain

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports.store import Store
    from bot.values.articles import Article
    from bot.values.chats import Chat, Language
    from bot.values.delivery import Candidate, Delivery, Subject
    from bot.values.lists import Listed
    from bot.values.messages import Message, Traits

KEPT = 2000
"""Drawn messages that are kept: some hundred subjects in the few styles and zones that chats have."""
LOOKED_AT = 500
"""Subjects that one digest looks at, the newest first."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn message.

    ``covered`` are the subjects that a digest covers, ``listed`` is the list that the chat remembers of it.
    """

    message: Message
    covered: tuple[int, ...] = ()
    listed: Listed | None = None
    simple: bool = False
    """Without links and styles, because the platform refused it with them."""


class Drawer:
    """Draws for one platform."""

    def __init__(self, store: Store, traits: Traits, bot_name: str) -> None:
        """Draw what ``store`` has for a platform's traits."""
        self._store = store
        self._traits = traits
        self._bot_name = bot_name
        self._kept: OrderedDict[DrawnAs, Drawn] = OrderedDict()
        self._articles: OrderedDict[tuple[int, int], Article | None] = OrderedDict()
        self._plain: set[DrawnAs] = set()

    async def draw(self, delivery: Delivery, now: datetime) -> Drawn | None:
        """Draw a delivery; None if there is nothing to say."""
        if delivery.subject.kind is SubjectKind.DIGEST:
            return await self._digest(delivery)
        drawn_as = self._drawn_as(delivery)
        if (kept := self._kept.get(drawn_as)) is not None:
            return kept
        simple = drawn_as in self._plain
        message = await self._message(delivery, now, simple=simple)
        if message is None:
            return None
        shown_as = drawn_as._replace(look=(*drawn_as.look, "plain")) if simple else drawn_as
        return self._keep(drawn_as, Drawn(replace(message, drawn_as=shown_as), simple=simple))

    def plainer(self, delivery: Delivery, drawn: Drawn) -> bool:
        """Draw a subject plainer from now on.

        This holds for every chat that sees the same. Return False if it was plain already.
        """
        drawn_as = self._drawn_as(delivery)
        if drawn.simple or delivery.subject.kind is not SubjectKind.STORY:
            return False
        self._plain.add(drawn_as)
        self._kept.pop(drawn_as, None)
        return True

    def _drawn_as(self, delivery: Delivery) -> DrawnAs:
        """Return what the message is cached under.

        A platform refuses a form, not a chat: `plainer` marks this, so that all who see the same get it plain.
        """
        subject, chosen = delivery.subject, delivery.chat.preferences
        breaking = subject.breaking_at is not None
        look = (delivery.chat.kind, chosen.language, chosen.zone, chosen.style, chosen.picture)
        state = (subject.state, breaking, chosen.called_role if breaking else "")
        return DrawnAs(subject.id, subject.article_id, subject.version, (*state, *look))

    def _keep(self, drawn_as: DrawnAs, drawn: Drawn) -> Drawn:
        self._kept[drawn_as] = drawn
        if len(self._kept) > KEPT:
            old, _ = self._kept.popitem(last=False)
            self._plain.discard(old)
        return drawn

    async def _message(self, delivery: Delivery, now: datetime, *, simple: bool) -> Message | None:
        subject, view = delivery.subject, self._view(delivery.chat, now)
        match subject.kind:
            case SubjectKind.STORY:
                return await self._story(delivery, view, now, simple=simple)
            case SubjectKind.REPORTS:
                return await self._reports(subject.id, view)
            case SubjectKind.NOTE:
                return await self._note(subject, delivery.chat.language)
            case SubjectKind.POST | SubjectKind.DIGEST:
                return plain(subject.text)
            case _ as never:
                assert_never(never)

    async def _note(self, subject: Subject, language: Language) -> Message | None:
        """Draw a line about a story.

        If the story was withdrawn since, only the line that says so is drawn.
        """
        parent = await self._store.subjects.get(subject.parent_id) if subject.parent_id is not None else None
        withdrawn = parent is not None and parent.state is SubjectState.WITHDRAWN
        if withdrawn and parent is not None and parent.text != subject.text:
            return None
        return note(subject.text, language, withdrawn=withdrawn)

    async def _story(self, delivery: Delivery, view: View, now: datetime, *, simple: bool) -> Message | None:
        subject = delivery.subject
        article = await self._article(subject.id, subject.version, subject.article_id)
        if article is None:
            return None
        if subject.state is SubjectState.WITHDRAWN:
            at = subject.changed_at or now
            return withdrawn(article, subject.text, subject.by, view, at=at, bot_name=self._bot_name)
        if simple:
            return plain_card(article, view)
        breaking = subject.breaking_at is not None
        # A wave of edits that is due in some minutes has its time noted already.
        revised = min(subject.changed_at or now, now) if subject.version > subject.must else None
        chosen = delivery.chat.preferences
        drawn = card(article, chosen.style, view, breaking=breaking, revised_at=revised)
        return replace(drawn, calls=chosen.called_role) if breaking else drawn

    async def _reports(self, subject_id: int, view: View) -> Message | None:
        """Draw what readers reported; None if nothing of it is left."""
        found = [
            (report, article)
            for report in await self._store.reader_reports.of_message(subject_id)
            if (article := await self._store.articles.get(report.article_id)) is not None
        ]
        return reported(found, view.language) if found else None

    async def _article(self, subject_id: int, version: int, article_id: int | None) -> Article | None:
        drawn = (subject_id, version)
        if drawn not in self._articles:
            self._articles[drawn] = await self._store.articles.get(article_id) if article_id is not None else None
            if len(self._articles) > KEPT:
                self._articles.popitem(last=False)
        return self._articles[drawn]

    async def _digest(self, delivery: Delivery) -> Drawn | None:
        """Draw a digest.

        The first time it is drawn from its window, later from what stood in it.
        """
        chat, subject = delivery.chat, delivery.subject
        window = await self._store.digests.round(subject.id, chat.id)
        if window is None:
            return None
        # As it was when it was due: a digest that is drawn again has the same head.
        view = self._view(chat, subject.created_at)
        if window.items is not None:
            again = await self._store.digests.subjects(window.items, chat.id)
            return self._digest_of(again, again, chat, view, subject.created_at) if again else None
        found = await self._store.digests.candidates(chat, window.from_id, window.to_id, LOOKED_AT)
        return self._digest_of(rank(found, view), found, chat, view, subject.created_at) if found else None

    def _digest_of(
        self, ranked: list[Candidate], found: list[Candidate], chat: Chat, view: View, now: datetime
    ) -> Drawn:
        message = digest(ranked, view, head=head_of(found, chat, now, view))
        covered = tuple(one.subject.id for one in ranked)
        return Drawn(message, covered, message.listed)

    def _view(self, chat: Chat, now: datetime) -> View:
        picture = chat.preferences.picture
        return View(chat.language, ZoneInfo(chat.zone), now, self._traits, chat.kind, picture)
