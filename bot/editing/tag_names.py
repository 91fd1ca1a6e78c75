"""Lets admins merge, rename and hide tags.

Each action leaves a line in the audit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.bangla.normalise import display, key
from bot.values.chats import AuditLine
from bot.values.wording import Wording

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports.store import Store
    from bot.values.articles import Tag

UNKNOWN = Wording(
    "‘{tag}’ নামে কোনো বিষয় নেই। কার্ডে যেমন আছে, সেভাবে লিখুন।", "There is no topic called ‘{tag}’. Write it as cards do."
)


class Weight(NamedTuple):
    """What hangs on a name: its articles, and chats that follow it."""

    articles: int
    readers: int

    def __str__(self) -> str:
        """Write it for the audit."""
        return f"{self.articles} articles, {self.readers} readers"


def pair(first: str, second: str) -> tuple[str, str] | None:
    """Return two names as they are kept; None if either is none."""
    one, other = (" ".join(display(name).split()) for name in (first, second))
    return (one, other) if key(one) and key(other) and "=" not in other else None


async def weight(store: Store, name: str) -> Weight:
    """Count what goes by a name."""
    tag = await store.tags.named(name)
    return Weight(tag.articles if tag else 0, await store.tags.followers(name))


async def merge(store: Store, name: str, into: Tag, actor: str, now: datetime) -> bool:
    """Make one tag of two; return whether they were two."""
    line = AuditLine(now, actor, "mergetag", name, before=str(await weight(store, name)), after=into.name)
    return await store.aliases.merge(name, into, line)


async def rename(store: Store, tag: Tag, name: str, actor: str, now: datetime) -> bool:
    """Call a tag otherwise; return whether nothing else goes by that name."""
    return await store.aliases.rename(tag, name, AuditLine(now, actor, "renametag", tag.name, tag.name, name))


async def show(store: Store, tag: Tag, actor: str, now: datetime, *, hidden: bool) -> None:
    """Show a tag nowhere, or show it again."""
    states = {True: "hidden", False: "shown"}
    what = "hidetag" if hidden else "showtag"
    line = AuditLine(now, actor, what, tag.name, before=states[tag.hidden], after=states[hidden])
    await store.aliases.hide(tag, line, hidden=hidden)
