"""Finds stories by what readers paste.

They paste a story's address, its headline with an outlet's name behind it, or a forwarded caption. Nothing that is
pasted is fetched. Signs and spaces of a headline make no difference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.articles.address import canonical_address
from bot.bangla.phonetic_sounds import is_word
from bot.bangla.words import split
from bot.search.likeness import LEAST_WORDS, is_same, likeness, squeezed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ports.store import Store
    from bot.values.articles import Article, Outlet

NEAR: Final = 0.6
"""So much of a headline's words, and of the text's, must agree for it to be near."""
SHOWN: Final = 3
RAREST: Final = 5
"""Words that a headline is found by."""
COMMON: Final = 3_000
"""A word that stands oftener is not one to find headlines by, if there are rarer ones."""
UNCOUNTED: Final = 300
_LOOKED_AT: Final = 20
_READ: Final = 60
"""Words of a text that are looked at: a headline stands in front."""
_ADDRESSES: Final = 3
_LINES: Final = 6
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_CLOSING: Final = ".,;:!?)]}>»’”'\"।"


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a pasted text is.

    It is stories, the page of an outlet that is not here, or a page of an unknown site.
    """

    articles: tuple[Article, ...] = ()
    exact: bool = True
    long: bool = False
    """Whether the text is longer than a headline."""
    outlet: Outlet | None = None


async def pasted(store: Store, text: str) -> Pasted | None:
    """Find the story whose address or headline is pasted.

    Return None if the text holds neither.
    """
    addresses = [found.rstrip(_CLOSING) for found in _ADDRESS.findall(text)[:_ADDRESSES]]
    for address in addresses:
        if (article := await _at(store, address)) is not None:
            return Pasted((article,))
    rest = _ADDRESS.sub("\n", text)
    if same := await same_headline(store, rest):
        return Pasted(tuple(same[:SHOWN]))
    if not addresses:
        return None
    outlet = await store.outlets.of_site(addresses[0]) or await store.outlets.at(_host(addresses[0]))
    return Pasted(outlet=outlet)


async def same_headline(store: Store, text: str) -> list[Article]:
    """Return the stories whose headline a text holds.

    It is the text, begins it, or is a line of it.
    """
    lines = [line for line in text.split("\n") if line.strip()][:_LINES]
    for line in dict.fromkeys((" ".join(lines), *lines)) if len(lines) > 1 else lines:
        words = split(line)[:_READ]
        if len(words) < LEAST_WORDS:
            continue
        near = await store.articles.headed(await _rarest(store, words), _LOOKED_AT)
        found = [one for one in near if is_same(one.headline, line)]
        if found:
            longest = max(len(squeezed(one.headline)) for one in found)
            return [one for one in found if len(squeezed(one.headline)) == longest]
    return []


async def nearest(store: Store, text: str) -> list[tuple[float, Article]]:
    """Return the stories whose headlines share most words.

    The best comes first; each has its share.
    """
    words = split(_ADDRESS.sub(" ", text))[:_READ]
    found = await store.articles.headed(await _rarest(store, words), _LOOKED_AT)
    ranked = sorted(((likeness(words, split(one.headline)), one) for one in found), key=lambda pair: -pair[0])
    return [(like, one) for like, one in ranked if like >= NEAR]


async def _rarest(store: Store, words: Sequence[str]) -> list[str]:
    """Return the words that find a headline, rarest first.

    A Bengali word counts only if it stands in the archive.
    """
    counts = await store.vocabulary.counts(set(words))
    there = [word for word in dict.fromkeys(words) if counts[word] or not is_word(word)]
    # Numbers and Latin words are not counted; they are taken for words of the middle.
    ordered = sorted(there, key=lambda word: (counts[word] or UNCOUNTED, -len(word)))[:RAREST]
    return [word for word in ordered if counts[word] <= COMMON] or ordered[:1]


async def _at(store: Store, address: str) -> Article | None:
    whole = address if "//" in address else f"https://{address}"
    canonical = canonical_address(whole)
    return await store.articles.at(canonical) if canonical is not None else None


def _host(address: str) -> str:
    canonical = canonical_address(
        (address if "//" in address else f"https://{address}").split("?")[0].rstrip("/") + "/x"
    )
    return canonical.split("/")[0] if canonical else ""
