"""Finds the section, tag or outlet that a name means.

It finds an outlet's section too. Names may have case endings.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.articles import topics
from bot.articles.names import gazetteer
from bot.bangla.normalise import display, key
from bot.search import meaning
from bot.search.grammar import objects
from bot.values.articles import Query, QueryKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.ports.store import Store
    from bot.values.topics import Topic

MOST = 6
"""Words of a name; a longer text is a sentence."""


_FROM = frozenset(map(key, ("থেকে", "থিকা", "হতে", "এর", "-এর", "from", "theke", "er")))
"""What stands between an outlet and a section: যুগান্তর থেকে খেলার."""


async def query(store: Store, text: str) -> Query | None:
    """Return what a whole text names.

    If nothing, return an outlet and a section, or a tag and a section, that stand beside each other.
    """
    words = [word for word in display(text).split() if key(word) not in _FROM]
    if not words or len(words) > MOST:
        return None
    if (whole := await _one(store, text)) is not None:
        return whole
    for first, second in _halves(words):
        for name, other in ((first, second), (second, first)):
            topic = section(other)
            if topic is not None and (found := await _filtered(store, name)) is not None:
                return replace(found, topic=topic.slug)
    return None


def section(text: str) -> Topic | None:
    """Return the section that a text names, in any case: খেলার, রাজনীতিতে."""
    for name in objects.plain(text):
        if (found := meaning.section(name)) is not None:
            return found
    return _loosely(text)


def _loosely(text: str) -> Topic | None:
    """Return the section that goes by «X জগৎ» or «X বিষয়ক».

    `topics` knows it with খবর behind it.
    """
    words = key(text).split()
    part = words[0] if words else ""
    return None if part in topics.PARTS else topics.named(f"{text} খবর") if len(words) == 1 else None


async def outlet(store: Store, text: str) -> Query | None:
    """Return the outlet that a text names in any case.

    Examples are যুগান্তরের and নয়া দিগন্তে.
    """
    for name in objects.plain(text):
        if (found := await meaning.outlet(store, name)) is not None:
            return found
    return None


async def _one(store: Store, text: str) -> Query | None:
    if (topic := section(text)) is not None:
        return Query(QueryKind.TOPIC, topic.slug, topic.name.bn)
    if (known := await meaning.known(store, text)) is not None:
        return known
    return await outlet(store, text)


async def _filtered(store: Store, name: str) -> Query | None:
    if (found := await outlet(store, name)) is not None:
        return found
    if gazetteer.home(objects.plain(name)[-1]) is None and gazetteer.home(name) is None:
        return None
    tag = await store.tags.find(meaning.tag_keys(name))
    return Query(QueryKind.TAG, tag.key, tag.name) if tag is not None else None


def _halves(words: list[str]) -> Iterator[tuple[str, str]]:
    for at in range(1, len(words)):
        yield " ".join(words[:at]), " ".join(words[at:])
