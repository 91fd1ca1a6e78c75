"""Spells a question's words as the archive does.

A word keeps its spelling, gets another usual one or a translation, or is in doubt. There are two cases and no third. A
word that stands in the archive in another usual spelling is sought in both, and that is said; anything else that may be
meant is asked about, and nothing is shown unasked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.bangla.inflection import base
from bot.bangla.normalise import display, key
from bot.bangla.phonetic_initials import initials
from bot.bangla.phonetic_sounds import is_word
from bot.bangla.phonetics import SURE
from bot.bangla.spelling import WordFacts, only_orthographic
from bot.bangla.words import split
from bot.search import guessing
from bot.search.grammar.words import parted
from bot.search.lexicon import lookup
from bot.search.weak import is_weak
from bot.values.articles import Query, QueryKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from bot.ports.store import Store

MOST: Final = 14
"""Words of a question that are looked at."""
FEW: Final = 10
"""A spelling that stands no oftener may be a slip."""
OFTENER: Final = 4
"""So many times oftener another spelling of it must stand to be the usual one."""
FAR_OFTENER: Final = 10
"""How many times oftener it must stand if the typed spelling is no slip."""
AHEAD: Final = 30
"""How much farther the second guess must be for the first to be taken: then nine in ten are right (`SURE`)."""
CHOICES: Final = 3
_ROMAN: Final = re.compile("[a-z]")
_QUOTES: Final = '"“”‘’'
_TITLES: Final = frozenset(split("ড ডা মো মোঃ মি প্রফেসর জনাব dr mr mrs ms md prof professor"))
_CASES: Final = frozenset(split("er r e te ke y gulo o ra der ta i"))
_SMALL: Final = frozenset(split("the of in on at to for and or a an vs v is are was with by from"))
"""English words that say nothing here."""
_JOINS: Final = frozenset(split("আর ও এবং"))
"""A listed name may hold them (এ আর রহমান); between names they only join."""


class Sense(Enum):
    """How a part of a question was understood."""

    SAME = auto()
    BOTH = auto()
    """It stands, but seldom, and another spelling of it often: both are sought."""
    OTHER = auto()
    """Only in another usual spelling."""
    MEANT = auto()
    """Roman letters, by a list or surely by their sound."""
    UNSURE = auto()
    """Nothing stands there; something near may be meant."""
    ABSENT = auto()
    WEAK = auto()
    """Nothing stands there, and it says little."""


@dataclass(frozen=True, slots=True)
class SpelledPart:
    """One part of a question.

    It has what was typed, what is sought for it, and how that is said.
    """

    typed: str
    sense: Sense = Sense.SAME
    sought: str = ""
    shown: str = ""
    guesses: tuple[str, ...] = ()
    count: int = 0
    """How often it stands in the archive, about."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A question part by part.

    Weak words that stand nowhere are left out, if anything else is there.
    """

    parts: tuple[SpelledPart, ...]

    @property
    def value(self) -> str:
        """What is sought, as `bot.bangla.words.question` reads it."""
        return " ".join(_written(part.sought) for part in self.parts if part.sought)

    @property
    def name(self) -> str:
        """What is sought, as a reader reads it."""
        return " ".join(part.shown or part.typed for part in self.parts)

    @property
    def is_absent(self) -> bool:
        """Whether a word that matters stands nowhere, and nothing near."""
        return any(part.sense is Sense.ABSENT for part in self.parts)

    @property
    def changed(self) -> tuple[SpelledPart, ...]:
        """Parts of which something other than what was typed is sought."""
        return tuple(part for part in self.parts if part.sense in (Sense.BOTH, Sense.OTHER, Sense.MEANT))

    @property
    def is_roman(self) -> bool:
        """Whether the part that is unsure is in Roman letters."""
        return any(part.typed.isascii() for part in self.parts if part.sense is Sense.UNSURE)

    def choices(self) -> list[str]:
        """Return each way the whole question may be meant.

        Empty if there is no doubt.
        """
        unsure = next((part for part in self.parts if part.sense is Sense.UNSURE), None)
        if unsure is None:
            return []
        best = [part.guesses[0] if part.sense is Sense.UNSURE else part.shown or part.typed for part in self.parts]
        at = self.parts.index(unsure)
        return [" ".join((*best[:at], guess, *best[at + 1 :])) for guess in unsure.guesses[:CHOICES]]

    def without(self, left: Collection[SpelledPart]) -> Spelled:
        """Return the question without some of its parts."""
        return Spelled(tuple(part for part in self.parts if part not in left))


def _written(sought: str) -> str:
    """Write what is sought as a question.

    One way of several words stands in quotation marks, so that they stay together.
    """
    if sought[0] in _QUOTES:
        return sought
    ways = sought.split()
    return " ".join(f'"{_said(way)}"' if "-" in way and "|" not in way else way for way in ways)


async def read(store: Store, text: str) -> Spelled:
    """Return the words of a question, spelled.

    Words in quotation marks are taken as they are.
    """
    pieces = list(_pieces(text))
    listed = [piece for piece in pieces if piece.listed is not None]
    plain = [piece for piece in pieces if piece.listed is None and not piece.quoted]
    joined = _joined(plain)
    wanted = {word for piece in pieces if not piece.quoted for word in piece.words}
    wanted |= {word for piece in listed for word in _words_of(piece)} | set(joined.values())
    wanted = set(filter(is_word, wanted))
    kept = {word for word in wanted if lookup.is_known(word)} | {
        key(one) for piece in listed for one in _words_of(piece)
    }
    facts = await store.vocabulary.facts(wanted | {lookup.known_base(word) for word in wanted} - {""}, kept)
    parts: list[SpelledPart] = []
    skip = 0
    for piece, after in pairwise((*pieces, None)):
        assert piece is not None  # noqa: S101 - for the type: only the last of the pairs' seconds is None
        if skip:
            skip -= 1
            continue
        whole = joined.get((piece, after), "") if after is not None else ""
        if after is not None and whole in facts and facts[whole].often:
            parts.append(_of_two(piece, after, whole, facts))
            skip = 1
        elif piece.quoted:
            parts.append(SpelledPart(piece.text, sought=piece.text))
        elif piece.listed is not None:
            parts.append(_listed(piece, facts))
        elif _ROMAN.search(piece.text):
            parts.append(await _roman(store, piece.text))
        else:
            parts.append(await _bengali(store, piece.text, facts))
    return _settled(parts)


def is_one_name(text: str) -> bool:
    """Return whether a text is one listed name.

    A row of letters counts too: বি এন পি.
    """
    words = split(text)
    if not words or len(words) > lookup.LONGEST:
        return False
    found = lookup.listed(words, 0)
    return (found is not None and found.size == len(words)) or 1 < len(words) == _initials(words, 0)


@dataclass(frozen=True, slots=True)
class _Piece:
    words: tuple[str, ...]
    quoted: bool = False
    listed: lookup.LexiconEntry | None = None

    @property
    def text(self) -> str:
        return " ".join(self.words)


def _pieces(text: str) -> Iterator[_Piece]:
    """Return quoted parts, listed names and single words."""
    run: list[str] = []
    for part in (*parted(display(text)), '"'):
        if part[0] not in _QUOTES:
            run += split(part)
            continue
        yield from _single(_bare(run[:MOST]))
        run = []
        if len(part) > 1:
            yield _Piece((part,), quoted=True)


def _bare(words: list[str]) -> list[str]:
    """Return the words without titles and loose endings.

    Such endings stand alone behind a word in Roman letters.
    """
    kept = [word for at, word in enumerate(words) if not (at and word in _CASES and words[at - 1].isascii())]
    bare = [word for word in kept if word not in _TITLES and word not in _SMALL]
    return bare or kept or words


def _single(words: Sequence[str]) -> Iterator[_Piece]:
    at = 0
    while at < len(words):
        found = lookup.listed(words, at)
        size = found.size if found is not None else _initials(words, at)
        yield _Piece(tuple(words[at : at + size]), listed=found)
        at += size


def _initials(words: Sequence[str], at: int) -> int:
    """Return how many words spell letters from a position on.

    বি এন পি; at least one.
    """
    size = 0
    while at + size < len(words) and initials(words[at + size] * 2):
        size += 1
    return max(1, size)


def _joined(pieces: Sequence[_Piece]) -> dict[tuple[_Piece, _Piece], str]:
    """Return two neighbouring words written as one: বই মেলা, বইমেলা."""
    return {
        (first, second): first.words[0] + second.words[0]
        for first, second in pairwise(pieces)
        if len(first.words) == len(second.words) == 1 and not _ROMAN.search(first.text + second.text)
    }


def _words_of(piece: _Piece) -> list[str]:
    return split(" ".join(piece.listed.ways)) if piece.listed is not None else []


def _of_two(first: _Piece, second: _Piece, whole: str, facts: Mapping[str, WordFacts]) -> SpelledPart:
    typed = f"{first.text} {second.text}"
    return SpelledPart(typed, sought=f"{facts[whole].root}|{first.text}-{second.text}", count=facts[whole].often)


def _listed(piece: _Piece, facts: Mapping[str, WordFacts]) -> SpelledPart:
    """Return the ways of a listed name that stand here.

    Its own comes first.
    """
    assert piece.listed is not None  # noqa: S101 - for the type: pieces are parted by it
    if piece.listed.english:
        return _english(piece, facts)
    own, *others = piece.listed.ways
    mine = _least(own, facts)
    counts = {way: count for way in others if (count := _least(way, facts))}
    there = sorted(counts, key=lambda way: -counts[way])
    most = counts[there[0]] if there else 0
    if mine and "-" in own:
        # Its words stand there; whether side by side only the search can tell.
        return SpelledPart(piece.text, sought="|".join((own, *there)), count=mine)
    if mine and (_is_usual(mine, most) or not there):
        return SpelledPart(piece.text, sought=own, count=mine)
    if mine:
        return SpelledPart(piece.text, Sense.BOTH, "|".join((own, *there)), _said(there[0]), count=most)
    if there:
        # What is not counted, as numbers are not, may stand there all the same.
        ways = there if mine is not None else (own, *there)
        return SpelledPart(piece.text, Sense.OTHER, "|".join(ways), _said(there[0]), count=most)
    return SpelledPart(piece.text, Sense.ABSENT if mine is not None else Sense.SAME, own if mine is None else "")


def _english(piece: _Piece, facts: Mapping[str, WordFacts]) -> SpelledPart:
    assert piece.listed is not None  # noqa: S101 - for the type: pieces are parted by it
    groups = [group.split("|") for group in piece.listed.ways[0].split()]
    there = [[way for way in group if _least(way, facts) != 0] for group in groups]
    shown = " ".join(_said((some or group)[0]) for some, group in zip(there, groups, strict=True))
    if not all(there):
        return SpelledPart(piece.text, Sense.ABSENT, shown=shown)
    count = min(max(_least(way, facts) or 1 for way in some) for some in there)
    return SpelledPart(piece.text, Sense.MEANT, " ".join(map("|".join, there)), shown, count=count)


def _least(way: str, facts: Mapping[str, WordFacts]) -> int | None:
    """Return how often a way's rarest word stands.

    Return None if none of its words is counted, as numbers and Latin words are not.
    """
    counted = [facts[word].often for word in split(way) if word in facts and len(word) > 1]
    return min(counted, default=None)


def _said(way: str) -> str:
    return way.replace("-", " ")


async def _bengali(store: Store, word: str, facts: Mapping[str, WordFacts]) -> SpelledPart:
    if " " in word:
        whole = word.replace(" ", "")
        return SpelledPart(word, sought=f"{word.replace(' ', '-')}|{whole}", count=1)
    known = lookup.known_base(word)
    found = facts.get(known or word, WordFacts(0, word))
    others = {other: count for other, count in found.alike if _may_be(known or word, other, is_known=bool(known))}
    most = max(others.values(), default=0)
    roots = list(dict.fromkeys(_root(other) for other in sorted(others, key=lambda one: -others[one])))
    if found.often:
        if known or _is_usual(found.often, most):
            return SpelledPart(word, sought=found.root, count=found.often)
        return SpelledPart(word, Sense.BOTH, "|".join((found.root, *roots)), roots[0], count=most)
    if roots:
        return SpelledPart(word, Sense.OTHER, "|".join(roots), roots[0], count=most)
    return await _absent(store, word, found, known=bool(known))


async def _absent(store: Store, word: str, found: WordFacts, *, known: bool) -> SpelledPart:
    """Understand a word that stands nowhere in any usual spelling."""
    if not word.isalpha() and any(sign.isdecimal() for sign in word):
        return SpelledPart(word, sought=word, count=1)
    if is_weak(word) and not known:
        return SpelledPart(word, Sense.WEAK)
    if found.begins and not known and len(word) > guessing.SHORT:
        return SpelledPart(word, sought=found.root, count=1)
    guesses = () if known else await guessing.of_bengali(store, word)
    return SpelledPart(word, Sense.UNSURE if guesses else Sense.ABSENT, guesses=guesses)


def _is_usual(count: int, other: int) -> bool:
    """Return whether a spelling is common enough alone.

    It is compared with the commonest other one.
    """
    return other < OFTENER * count or (count > FEW and other < FAR_OFTENER * count)


def _root(word: str) -> str:
    """Return another spelling's base form.

    An ending goes only if that is sure without the archive.
    """
    return lookup.known_base(word) or base(word, lambda _: 0)


def _may_be(word: str, other: str, *, is_known: bool) -> bool:
    """Return whether another spelling may be meant.

    No small word is, and a known word only by ি for ী and its like.
    """
    return not is_weak(other) and (not is_known or only_orthographic(word, other))


async def _roman(store: Store, word: str) -> SpelledPart:
    guesses = await guessing.of_roman(store, word)
    sure = bool(guesses) and guesses[0].cost <= SURE
    if sure and (len(guesses) == 1 or guesses[1].cost - guesses[0].cost >= AHEAD):
        best = guesses[0].word
        return SpelledPart(word, Sense.MEANT, best, best, tuple(guess.word for guess in guesses[1:]), count=1)
    if await store.articles.how_many(Query(QueryKind.WORDS, word)):
        return SpelledPart(word, sought=word, count=1)
    names = tuple(guess.word for guess in guesses)
    return SpelledPart(word, Sense.UNSURE if names else Sense.ABSENT, guesses=names)


def _says_little(typed: str) -> bool:
    return typed in _JOINS or (is_weak(typed) and not lookup.is_known(typed))


def _settled(parts: list[SpelledPart]) -> Spelled:
    """Return the parts without those that say little.

    They stay if nothing else is asked for.
    """
    strong = [part for part in parts if part.sense is not Sense.WEAK and not _says_little(part.typed)]
    strong = strong or [part for part in parts if part.sense is not Sense.WEAK]
    return Spelled(tuple(strong or (SpelledPart(part.typed, Sense.ABSENT) for part in parts)))
