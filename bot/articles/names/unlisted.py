"""Finds persons and places that nobody listed.

Places stand before «উপজেলা». A doubtful name is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from bot.articles.names import name_words as words
from bot.articles.names.name_runs import (
    LEAST,
    LONGEST,
    OBJECT,
    ArticleWords,
    bare,
    contains,
    is_abbreviation,
    is_given,
    is_of_a_name,
    is_title,
    may_open,
    runs,
)
from bot.articles.names.tokens import fold
from bot.articles.names.usual import is_usual

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_RECURS = 2  # times that a name without a surname stands elsewhere
_MORE = 3  # words that a name may have before those by which it was found
_OF_MANY = ("েরা", "দের", "গুলো", "টি", "গণ")  # endings of common nouns
_MOST = 200  # names that are looked at; a list of candidates has thousands, and is about none of them
_DIRECTIONS = frozenset(("উত্তর", "দক্ষিণ", "পূর্ব", "পশ্চিম", "চর", "নতুন"))


@dataclass(slots=True)
class Name:
    """The longest name of a person or place.

    It has the positions of the words that mean it, and whether a post stands before it.
    """

    shown: str
    positions: list[int] = field(default_factory=list)
    titled: bool = False


@dataclass(slots=True)
class _NameRun:
    """The words of a name as they were met.

    It has their positions, and whether a title stands before them.
    """

    name: tuple[str, ...]
    starts: list[int] = field(default_factory=list)
    titled: bool = False


def people(text: ArticleWords) -> list[Name]:
    """Return the persons named outside of listed names.

    Persons are in the order of their first name in the text. Each has one name: the longest by which the article calls
    them.
    """
    found: dict[tuple[str, ...], _NameRun] = {}
    for start, name, titled in islice(runs(text), _MOST):
        run = found.setdefault(name, _NameRun(name))
        run.starts.append(start)
        run.titled = run.titled or titled
    wholes = list(_wholes(found.values()))
    called = {at: whole for whole, _ in wholes for at in _called_by(text, whole)}
    named = (_person(text, parts, called) for _, parts in wholes)
    persons: list[Name] = []
    for person in sorted((one for one in named if one is not None), key=lambda one: -len(one.shown)):
        if not any(_share(person.shown, other.shown) for other in persons):
            persons.append(person)
    return sorted(persons, key=lambda one: one.positions)


def towns(text: ArticleWords) -> list[Name]:
    """Return the positions of places that «উপজেলা» or «পৌরসভা» follows."""
    found: dict[str, Name] = {}
    tokens = text.tokens
    for at, token in enumerate(tokens[1:], 1):
        if token.word not in words.DISTRICT_PARTS or not token.joined or text.is_plain(at - 1):
            continue
        name = tokens[at - 1]
        if len(name.word) <= LEAST or name.word.endswith(("র", "ে")) or not is_of_a_name(name.word):
            continue
        if token.word in words.WHOLE_PARTS and len(text.positions(name.word)) < _RECURS:
            continue
        first = at - 2 if at > 1 and name.joined and tokens[at - 2].word in _DIRECTIONS else at - 1
        shown = " ".join(one.shown for one in tokens[first:at])
        found.setdefault(name.word, Name(shown, text.positions(name.word)))
    return list(found.values())


def _wholes(runs: Collection[_NameRun]) -> Iterator[tuple[tuple[str, ...], list[_NameRun]]]:
    """Yield each longest name with its parts.

    «আরাগচি» goes with «আব্বাস আরাগচি».
    """
    for run in runs:
        if not any(run.name != other.name and contains(run.name, other.name) for other in runs):
            yield run.name, [part for part in runs if contains(part.name, run.name)]


def _share(name: str, other: str) -> bool:
    """Return whether two names share two neighbouring words.

    If they do, they are one person's.
    """
    return not set(pairwise(name.split())).isdisjoint(pairwise(other.split()))


def _person(text: ArticleWords, parts: Sequence[_NameRun], called: Mapping[int, tuple[str, ...]]) -> Name | None:
    """Return the person that some names call.

    The person is called by the longest of the names that is sure.
    """
    for whole in sorted((part.name for part in parts), key=len, reverse=True):
        full = text.stands(whole)
        alone = _alone(text, whole, full)
        if alone or _is_sure(text, whole, full):
            within = [part for part in parts if contains(part.name, whole)]
            positions = {start for part in within for start in part.starts} | set(alone)
            positions |= _in_headline(text, whole, called)
            shown = _fullest(text, whole, full)
            return Name(_printed(text, *shown), sorted(positions), any(part.titled for part in within))
    return None


def _is_sure(text: ArticleWords, whole: Sequence[str], full: Sequence[int]) -> bool:
    """Return whether words are surely a name.

    They end in a surname, or are met together again.
    """
    if len(whole) == 1:
        return False
    return whole[-1] in words.SURNAMES or (len(full) >= _RECURS and text.goes_on(whole))


def _alone(text: ArticleWords, whole: Sequence[str], full: Sequence[int]) -> list[int]:
    """Return where a name's last word stands alone.

    Return nothing unless the word is somebody's own and recurs.
    """
    last = whole[-1]
    if not _is_own(last) or any(text.positions(f"{last}{ending}") for ending in _OF_MANY):
        return []
    positions = [at for at in text.positions(last) if at + 1 - len(whole) not in full or len(whole) == 1]
    return positions if len(positions) >= _RECURS + (len(whole) == 1) and _acts(text, positions) else []


def _fullest(text: ArticleWords, whole: tuple[str, ...], full: Sequence[int]) -> tuple[int, tuple[str, ...]]:
    """Return a name at its longest, and where.

    Words before it belong to it if they are met again or open names.
    """
    longest = min(full, default=0), whole
    for start in full:
        first = start
        while first and start - first < _MORE and text.tokens[first].joined and _opens(text, first - 1):
            first -= 1
            name = (*(token.word for token in text.tokens[first:start]), *whole)
            known = is_given(name[0]) or (len(whole) == 1 and len(text.stands(name)) >= _RECURS)
            if known and len(name) > len(longest[1]):
                longest = first, name
        first, name = longest
        if len(name) == 1 and (surname := _next(text, start + 1)):
            longest = first, (*name, surname)
    return longest


def _next(text: ArticleWords, at: int) -> str | None:
    """Return the name that follows a single one: পলা আবদুল.

    A given name or surname.
    """
    if at >= len(text.tokens) or not text.tokens[at].joined or text.is_plain(at):
        return None
    word = bare(text, at)
    return word if len(word) >= LEAST and (is_given(word) or word in words.SURNAMES) else None


def _in_headline(text: ArticleWords, whole: tuple[str, ...], called: Mapping[int, tuple[str, ...]]) -> set[int]:
    """Return where the headline has the name.

    A word of the name counts too if it is no surname and nobody else's.
    """
    single = {at for word in whole if word not in words.SURNAMES for at in text.positions(word)}
    free = {at for at in single if called.get(at, whole) == whole}
    return {at for at in free.union(text.stands(whole)) if text.in_headline(at)}


def _called_by(text: ArticleWords, whole: tuple[str, ...]) -> set[int]:
    """Return where the headline has two words of the name.

    They stand side by side, or are more than two, and are nobody else's there.
    """
    runs = [whole[first:] for first in range(len(whole) - 1)]
    starts = [(at, len(run)) for run in runs for at in text.stands(run) if text.in_headline(at)]
    return {position for at, size in starts for position in range(at, at + size)}


def _opens(text: ArticleWords, at: int) -> bool:
    """Return whether a word may belong to the next name.

    It has no ending, honours nobody, ends no other name.
    """
    word = text.tokens[at].word
    if word in words.HONORIFICS or is_abbreviation(word) or (word in words.SURNAMES and not is_given(word)):
        return False
    return may_open(text, at) and bare(text, at) == word


def _is_own(word: str) -> bool:
    """Tell whether a word of a name is not shared by thousands."""
    listed = word in words.SURNAMES or word in words.GIVEN or word in words.HONORIFICS
    return len(word) >= LEAST and not (listed or is_title(word) or is_usual(word) or is_abbreviation(word))


def _acts(text: ArticleWords, positions: Sequence[int]) -> bool:
    """Return whether a person stands there.

    It says something, or has -কে behind.
    """
    for at in positions:
        following = text.tokens[at + 1].word if at + 1 < len(text.tokens) else ""
        if following in words.SPEAKING or text.tokens[at].word.endswith(OBJECT):
            return True
    return False


def _printed(text: ArticleWords, start: int, name: tuple[str, ...]) -> str:
    """Return a name as printed: with joiners, without an ending."""
    near = text.tokens[start : start + LONGEST]
    printed = {fold(token.shown[: len(word)]): token.shown[: len(word)] for token in near for word in name}
    return " ".join(printed.get(word, word) for word in name)
