"""Reads two requests in one sentence.

Examples are «খেলা ফলো করো আর রাজনীতি বাদ দাও» and «ক্রিকেটের খবর দিয়েন, ফুটবল না».
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.articles import topics
from bot.search.grammar import ending, exceptions, objects
from bot.search.grammar.acts import Act
from bot.search.grammar.intents import BothWanted, Wanted
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.wordlist import keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.search.grammar.sentence import Word

_KEPT: Final = (Act.FOLLOW, Act.UNFOLLOW, Act.MUTE, Act.UNMUTE, Act.SHOW, Act.DENY)
_WANTED: Final = (Act.FOLLOW, Act.UNMUTE, Act.SHOW)
_LONGEST: Final = 4
"""Words of each object; a longer one is a sentence of another sort."""


def read(said: Sequence[Word]) -> BothWanted | None:
    """Return two requests about two things, or None."""
    told = any(word.is_a(Kind.NEWS, Kind.ABOUT, Kind.FOLLOW, Kind.MUTE, Kind.UNFOLLOW, Kind.UNMUTE) for word in said)
    for first, second in _halves(said):
        one, other = _one(first), _one(second)
        # One is wanted and the other is not; two that are wanted are one request with two names.
        if one is None or other is None or (one.act in _WANTED) is (other.act in _WANTED):
            continue
        # «ভোট চাই না, বিচার চাই» is a headline; «খেলা চাই, রাজনীতি চাই না» names sections.
        if told or all(topics.named(name) is not None for name in (*one.objects, *other.objects)):
            return BothWanted(_lasting(one), _lasting(other))
    return None


def _halves(said: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    for at in range(1, len(said) - 1):
        if said[at].is_a(Kind.AND) or said[at].key in _BUT:
            yield said[:at], said[at + 1 :]
        elif said[at].ends_clause and not said[at].breaks:
            yield said[: at + 1], said[at + 1 :]
    # «ফুটবল বাদ দিয়ে ক্রিকেট ফলো করো»
    found = exceptions.parts(said)
    if found is not None and said[len(found[0])].is_a(Kind.MUTE) and any(word.is_a(Kind.FOLLOW) for word in found[1]):
        yield (*found[0], said[len(found[0])]), found[1]


_BUT: Final = keys("কিন্তু তবে but kintu")


def _one(words: Sequence[Word]) -> Wanted | None:
    """Return what one half wants of its object."""
    end = ending.read(words)
    about = objects.freed(words[: end.start]) if end is not None else []
    if end is None or end.act not in _KEPT or not 0 < len(about) <= _LONGEST:
        return None
    if any(word.senses or word.is_a(Kind.ASKS, Kind.FOLLOW, Kind.MUTE, Kind.NOT) for word in about):
        return None
    names = tuple(map(objects.text, objects.parted(about)))
    return Wanted(end.act, names, objects.text(about), end.how)


def _lasting(wanted: Wanted) -> Wanted:
    """Return a wish that lasts.

    «চাই» is one to follow, a mere «না» one to leave out.
    """
    act = {Act.SHOW: Act.FOLLOW, Act.DENY: Act.MUTE}.get(wanted.act, wanted.act)
    return replace(wanted, act=act, told=True)
