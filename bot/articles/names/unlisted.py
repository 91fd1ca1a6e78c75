"""Names in an article that nobody listed: persons, and places before «উপজেলা». A doubtful name is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from bot.articles.names import name_words as words
from bot.articles.names.name_runs import LEAST, LONGEST, OBJECT, ArticleWords, runs
from bot.articles.names.tokens import WordToken, fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_RECURS = 2  # times that a name without a surname stands elsewhere
_MOST = 200  # names that are looked at; a list of candidates has thousands, and is about none of them
_DIRECTIONS = frozenset(("উত্তর", "দক্ষিণ", "পূর্ব", "পশ্চিম", "চর", "নতুন"))


@dataclass(slots=True)
class Name:
    """A name as headlines would call it, the places of the words that mean it, and whether a post stands before it."""

    shown: str
    places: list[int] = field(default_factory=list)
    titled: bool = False


@dataclass(slots=True)
class _NameRun:
    """The words of a name as they were met, where, and whether behind a title."""

    name: tuple[str, ...]
    starts: list[int] = field(default_factory=list)
    titled: bool = False


def people(tokens: Sequence[WordToken], taken: Collection[int]) -> list[Name]:
    """Return the persons named outside of ``taken``, the places of listed names, in the order of their first name."""
    text = ArticleWords(tokens, taken)
    found: dict[tuple[str, ...], _NameRun] = {}
    for start, name, titled in islice(runs(text), _MOST):
        run = found.setdefault(name, _NameRun(name))
        run.starts.append(start)
        run.titled = run.titled or titled
    wholes = list(_wholes(found.values()))
    called = {at: whole for whole, _ in wholes for at in _called_by(text, whole)}
    named = (_person(text, whole, parts, called) for whole, parts in wholes)
    return [person for person in named if person is not None]


def towns(tokens: Sequence[WordToken], taken: Collection[int]) -> list[Name]:
    """Return the places that «উপজেলা» or «পৌরসভা» follows."""
    text = ArticleWords(tokens, taken)
    found: dict[str, Name] = {}
    for at, token in enumerate(tokens[1:], 1):
        if token.word not in words.DISTRICT_PARTS or not token.joined or text.is_plain(at - 1):
            continue
        name = tokens[at - 1]
        if len(name.word) <= LEAST or name.word.endswith("র"):
            continue
        first = at - 2 if at > 1 and name.joined and tokens[at - 2].word in _DIRECTIONS else at - 1
        shown = " ".join(one.shown for one in tokens[first:at])
        found.setdefault(name.word, Name(shown, text.places(name.word)))
    return list(found.values())


def _wholes(runs: Collection[_NameRun]) -> Iterator[tuple[tuple[str, ...], list[_NameRun]]]:
    """Yield each name that is part of no longer one, with its parts: «আরাগচি» goes with «আব্বাস আরাগচি»."""
    for run in runs:
        if not any(run.name != other.name and _within(run.name, other.name) for other in runs):
            yield run.name, [part for part in runs if _within(part.name, run.name)]


def _within(run: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return any(whole[at : at + len(run)] == run for at in range(len(whole) - len(run) + 1))


def _person(
    text: ArticleWords, whole: tuple[str, ...], parts: Sequence[_NameRun], called: Mapping[int, tuple[str, ...]]
) -> Name | None:
    """Return the person of a full name: by a surname, by being named so twice, or by the last word standing alone."""
    last = whole[-1]
    full = text.stands(whole)
    alone = [at for at in text.places(last) if at + 1 - len(whole) not in full or len(whole) == 1]
    solo = _is_own(last) and len(alone) >= _RECURS + (len(whole) == 1) and _acts(text, alone)
    if not solo and (len(whole) == 1 or (last not in words.SURNAMES and len(full) < _RECURS)):
        return None
    starts = {start for part in parts for start in part.starts}
    places = starts | set(alone if solo else ()) | _in_headline(text, whole, called)
    shown = _printed(text, min(full, default=min(starts)), _called(text, whole, solo=solo))
    return Name(shown, sorted(places), any(part.titled for part in parts))


def _in_headline(text: ArticleWords, whole: tuple[str, ...], called: Mapping[int, tuple[str, ...]]) -> set[int]:
    """Return where the headline has the name, or a word of it that is no surname and nobody else's."""
    single = {at for word in whole if word not in words.SURNAMES for at in text.places(word)}
    free = {at for at in single if called.get(at, whole) == whole}
    return {at for at in free.union(text.stands(whole)) if text.in_headline(at)}


def _called_by(text: ArticleWords, whole: tuple[str, ...]) -> set[int]:
    """Return where the headline has two or more words of the name side by side; they are nobody else's there."""
    runs = [whole[first:] for first in range(len(whole) - 1)]
    starts = [(at, len(run)) for run in runs for at in text.stands(run) if text.in_headline(at)]
    return {place for at, size in starts for place in range(at, at + size)}


def _called(text: ArticleWords, whole: tuple[str, ...], *, solo: bool) -> tuple[str, ...]:
    """Return the words of a name by which the headline calls the person, or the article does."""
    for parts in (whole[first:] for first in range(len(whole) - 1)):
        if any(text.in_headline(at) for at in text.stands(parts)):
            return parts
    return whole[-1:] if solo else whole


def _is_own(word: str) -> bool:
    """Tell whether a word of a name is not shared by thousands."""
    return len(word) >= LEAST and word not in words.SURNAMES and word not in words.GIVEN


def _acts(text: ArticleWords, places: Sequence[int]) -> bool:
    """Tell whether what stands there is a person: says something, or has -কে behind."""
    for at in places:
        following = text.tokens[at + 1].word if at + 1 < len(text.tokens) else ""
        if following in words.SAYING or text.tokens[at].word.endswith(OBJECT):
            return True
    return False


def _printed(text: ArticleWords, start: int, name: tuple[str, ...]) -> str:
    """Return a name as the article prints it: with its joiners, and without an ending."""
    near = text.tokens[start : start + LONGEST]
    printed = {fold(token.shown[: len(word)]): token.shown[: len(word)] for token in near for word in name}
    return " ".join(printed.get(word, word) for word in name)
