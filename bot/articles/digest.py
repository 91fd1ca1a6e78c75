"""A digest as one message."""
# A first version to let others go on; the helper that owns this file replaces it.

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import Heading, Item, Items, Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.articles.view import View
    from bot.model import Chat
    from bot.outbox import Candidate


def head_of(found: Sequence[Candidate], chat: Chat, now: datetime) -> str:
    """Name a digest."""
    del found, chat, now
    return "সকালের খবর একনজরে"


def rank(found: Sequence[Candidate], view: View) -> list[Candidate]:
    """Put what may be shown in order, the most important first."""
    del view
    return sorted(found, key=lambda one: (-one.follows, -one.subject.id))


def digest(ranked: Sequence[Candidate], view: View, *, head: str) -> Message:
    """Draw a digest."""
    del view
    items = tuple(
        Item(place, one.article.headline, one.article.url, "", one.article.id)
        for place, one in enumerate(ranked[:10], 1)
    )
    return Message((Heading(head), Items(items)), brief=head)
