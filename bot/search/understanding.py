"""From what a reader wrote to a question for the archive: a section, a tag, an outlet, else words.

Words in Roman letters, and Bengali ones that nobody wrote so, are understood by how they sound; what was understood is
said, with what else it may have been.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from bot.bangla.normalise import display, key
from bot.bangla.phonetics import SURE
from bot.bangla.words import split
from bot.search import meaning, question
from bot.values.articles import Query, QueryKind

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.bangla.phonetics import Guess
    from bot.ports.store import Store
    from bot.search.question import Wish

OTHERS = 3
"""How many other ways to understand a question are offered."""
NEAREST = 3
LIKELY = 90.0
"""A guess that costs more is none: what is typed is no word of the archive."""
_TRIED = 4
_ROMAN = re.compile("[A-Za-z]")
_QUOTES = '"“”‘’'


@dataclass(frozen=True, slots=True)
class Found:
    """A question for the archive; ``read_as`` is what was understood where that is not what was typed."""

    query: Query
    read_as: str = ""
    others: tuple[str, ...] = ()


async def find(store: Store, text: str, now: datetime, zone: ZoneInfo) -> Found:
    """Understand a question: of a section, a tag, an outlet, else of words."""
    wish = question.read(text, now, zone)
    if not key(wish.text).strip():
        return Found(Query(since=wish.since, until=wish.until))
    if not wish.without and (named := await _named(store, wish.text)) is not None:
        return Found(_dated(named, wish))
    spelt = await _by_sound(store, wish.text)
    if spelt is None:
        return Found(await _in_words(store, wish, _typed(text)))
    words, others = spelt
    named = await meaning.known(store, words) if not wish.without else None
    heard = replace(wish, text=words)
    query = _dated(named, wish) if named is not None else await _in_words(store, heard, words)
    return Found(query, words, others)


async def words(store: Store, text: str, now: datetime, zone: ZoneInfo) -> Found:
    """Understand a question of words, whatever else goes by that name."""
    wish = question.read(text, now, zone)
    if not key(wish.text).strip():
        return Found(Query(since=wish.since, until=wish.until))
    spelt = await _by_sound(store, wish.text)
    if spelt is None:
        return Found(await _in_words(store, wish, _typed(text)))
    return Found(await _in_words(store, replace(wish, text=spelt[0]), spelt[0]), *spelt)


async def mended(store: Store, asked: Query) -> Found | None:
    """Understand words that found nothing as what they may sound like; None if they are spelt as the archive spells."""
    spelt = await _by_sound(store, asked.value, LIKELY)
    if spelt is None:
        return None
    return Found(replace(asked, value=spelt[0], name=spelt[0]), *spelt)


async def nearest_tags(store: Store, text: str, now: datetime) -> list[str]:
    """Name tags that sound like a text, filled up with the busiest."""
    names: dict[str, None] = {}
    for word in islice(split(text), _TRIED):
        for guess in await store.vocabulary.nearest(word, OTHERS):
            tag = await store.tags.find(meaning.tag_keys(guess.word))
            names |= {tag.name: None} if tag is not None else {}
    busiest = await store.tags.busiest(now, NEAREST)
    return list(names | dict.fromkeys(tag.name for tag in busiest))[:NEAREST]


async def _named(store: Store, text: str) -> Query | None:
    section = meaning.section(text)
    if section is not None:
        return Query(QueryKind.TOPIC, section.key, section.name.bn)
    return await meaning.known(store, text)


def _dated(query: Query, wish: Wish) -> Query:
    return replace(query, since=wish.since, until=wish.until)


async def _in_words(store: Store, wish: Wish, name: str) -> Query:
    """Ask for articles that hold all words, whatever their endings; quoted ones stay as they stand."""
    parts = [
        part if part[0] in _QUOTES else await store.vocabulary.base(part) for part in question.parted(wish.text) if part
    ]
    value = " ".join(key(part) if part[0] not in _QUOTES else part for part in parts)
    return Query(QueryKind.WORDS, value, name, " ".join(map(key, wish.without)), wish.since, wish.until)


def _typed(text: str) -> str:
    return display(text).strip()


async def _by_sound(store: Store, text: str, dear: float = SURE) -> tuple[str, tuple[str, ...]] | None:
    """Write a text as the archive spells it, by its sound, with other ways to do so; None if it is spelt so already.

    Bengali words are replaced only if the guess costs no more than ``dear``.
    """
    parts = question.parted(text)
    heard = [await _heard(store, part, dear) for part in parts]
    if not any(heard):
        return None
    best = [guesses[0].word if guesses else part for part, guesses in zip(parts, heard, strict=True)]
    place = next(at for at, guesses in enumerate(heard) if guesses)
    # Another form of the same word finds the same.
    meant = [guess.word for guess in heard[place][1:] if not guess.word.startswith(best[place])]
    others = (" ".join((*best[:place], word, *best[place + 1 :])) for word in meant)
    return " ".join(best), tuple(others)


async def _heard(store: Store, part: str, dear: float) -> list[Guess]:
    """Return what a word may be that the archive spells otherwise; nothing for one that it knows, or is quoted."""
    if part[0] in _QUOTES:
        return []
    if _ROMAN.search(part):
        guesses = await _guesses(store, part)
        # A word that outlets print in Latin letters is meant so, unless it is surely a Bengali one.
        return guesses if guesses and (guesses[0].cost <= SURE or not await _is_printed(store, part)) else []
    if await store.vocabulary.count(part) or await store.vocabulary.count(await store.vocabulary.base(part)):
        return []
    guesses = await _guesses(store, part)
    return guesses if guesses and guesses[0].cost <= dear else []


async def _guesses(store: Store, word: str) -> list[Guess]:
    found = await store.vocabulary.nearest(word, OTHERS + 1)
    return [guess for guess in found if guess.cost <= LIKELY]


async def _is_printed(store: Store, word: str) -> bool:
    return await store.articles.how_many(Query(QueryKind.WORDS, key(word))) > 0
