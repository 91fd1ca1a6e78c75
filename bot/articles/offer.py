"""What an article offers to whoever looks for it or follows something: its words, the tags it says, its section."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from bot.articles.names.gazetteer import BANGLADESH, INDIA
from bot.articles.topic_guess import by_words
from bot.articles.topics import topic
from bot.bangla.endings import bases
from bot.bangla.normalise import key
from bot.bangla.words import compounds, indexed, split
from bot.values.articles import Offer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bot.values.articles import Draft

COUNTRIES = (BANGLADESH, INDIA)
"""In which a section's name may mean different things; an outlet of any other country is read as Bangladesh's."""
_LONGEST = 6
"""Words of a tag that is known in a headline."""
_HEAD = 3
"""Code points that every form of a word begins with."""


def offer(draft: Draft) -> Offer:
    """Work out what a draft offers; nothing of the archive is needed for it."""
    body = "\n".join(draft.body)
    return Offer(
        indexed=(indexed(draft.headline), indexed(body)),
        words=(" ".join(split(draft.headline)), " ".join(split(body))),
        names=tuple(sorted(spoken(draft.headline))),
        tags=tuple(key(tag) for tag in draft.tags),
        topics=(_section(draft, BANGLADESH), _section(draft, INDIA)),
        said=blake2b(f"{key(draft.headline)}\n{key(body)}".encode(), digest_size=12).hexdigest(),
    )


def section(offered: Offer, country: str) -> str | None:
    """Return the section of a draft in an outlet of that country."""
    return offered.topics[COUNTRIES.index(INDIA if country == INDIA else BANGLADESH)]


def _section(draft: Draft, country: str) -> str | None:
    return topic(draft.categories, draft.url, country) or by_words(draft.headline, draft.body, country)


def spelled(names: Iterable[str]) -> set[str]:
    """Return names that mean a tag by another spelling wherever they stand; “al” and “who” in a headline do not."""
    return {name for name in names if not name.isascii()}


def spoken(headline: str) -> set[str]:
    """Return the tag keys that a headline says.

    Each word, each word without a usual ending, and runs of several words, the last one likewise. Whole words, never
    beginnings of words: who follows the tag বাংলা is not told of every বাংলাদেশ.
    """
    said = split(headline)
    found = {base for word in compounds(headline) for base in bases(word)}
    for at, word in enumerate(said):
        ends = bases(word)
        for size in range(min(_LONGEST, at + 1)):
            before = "".join(f"{one} " for one in said[at - size : at])
            found |= {f"{before}{end}" for end in ends}
    return found


def says(headline: str, names: Collection[str]) -> bool:
    """Tell whether a headline says any of these tag keys: what `spoken` lists, asked of a few names."""
    said, compounded = _heard(headline)
    for name in names:
        *before, last = name.split(" ")
        for at in range(len(before), len(said)) if len(before) < _LONGEST else ():
            stands = said[at].startswith(last[:_HEAD]) and said[at - len(before) : at] == before
            if stands and last in bases(said[at]):
                return True
    return any(not ends.isdisjoint(names) for ends in compounded)


@lru_cache(maxsize=2048)
def _heard(headline: str) -> tuple[list[str], list[frozenset[str]]]:
    """Part a headline; a page of a topic asks the same newest headlines three times, and so does the next reader."""
    return split(headline), [frozenset(bases(word)) for word in compounds(headline)]
