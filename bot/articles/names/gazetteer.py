"""Lists names in the news, and spellings that are one.

ইসরাইল, ইসরায়েলের and israel are ইসরায়েল.
The names are in gazetteer.toml. Everything is compared in ``key()`` form, the last word without its nominal endings.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

from bot.bangla.endings import bases
from bot.bangla.normalise import key
from bot.bangla.words import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BANGLADESH: Final = "BD"
INDIA: Final = "IN"
_NEAR = 0.6
_HEAD = 3  # code points: no base is shorter, so a word of another beginning has no ending worth trying

_PAD = "ক" * _HEAD  # bases() leaves short words whole
# Endings that are written behind a hyphen: পুতিন-এর.
_APART = frozenset(("এর", "এ", "কে", "তে"))


class NameKind(StrEnum):
    """What a name is the name of.

    A region is a district of West Bengal.
    """

    COUNTRY = "country"
    DISTRICT = "district"
    REGION = "region"
    CITY = "city"
    PLACE = "place"
    PARTY = "party"
    INSTITUTION = "institution"
    PERSON = "person"
    THING = "thing"
    OUTLET = "outlet"


PLACES: Final = frozenset((NameKind.COUNTRY, NameKind.DISTRICT, NameKind.REGION, NameKind.CITY, NameKind.PLACE))
"""The kinds that are somewhere."""
_HOMES = frozenset((NameKind.DISTRICT, NameKind.REGION))


class How(StrEnum):
    """How a run of words points to an entry."""

    NAME = "name"
    ADJECTIVE = "adjective"
    """It does not name it: মার্কিন."""
    DOUBTFUL = "doubtful"
    """It means other things too; counts in an article that has a sure name as well."""
    NEVER = "never"
    """It is a word of a saying: গা ঢাকা; such runs are passed over."""


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name with its spellings.

    ``country`` is where a place is, if in Bangladesh or India.
    """

    name: str
    kind: NameKind
    english: str
    also: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    country: str | None = None
    division: str | None = None


class NameHit(NamedTuple):
    """An entry found in words.

    It stands from ``start`` up to ``end``; ``how`` tells by which kind of word it was named.
    """

    start: int
    end: int
    entry: ListedName
    how: How


class _Spelling(NamedTuple):
    words: tuple[str, ...]
    entry: ListedName
    how: How


@cache
def entries() -> tuple[ListedName, ...]:
    """Return all entries, read once."""
    text = files("bot.articles.names").joinpath("gazetteer.toml").read_text(encoding="utf-8")
    return tuple(_entry(NameKind(kind), row) for kind, rows in tomllib.loads(text).items() for row in rows)


def rank(entry: ListedName) -> int:
    """Return a person's rank in the list, else 0."""
    return _ranks().get(entry.name, 0)


@cache
def _ranks() -> dict[str, int]:
    return {entry.name: rank for rank, entry in enumerate(entries()) if entry.kind is NameKind.PERSON}


@cache
def fingerprint() -> int:
    """Return a number that changes with the list.

    The names in it are not read for that.
    """
    return crc32(files("bot.articles.names").joinpath("gazetteer.toml").read_bytes())


@cache
def spellings() -> dict[str, str]:
    """Return other spellings, each with the name it means.

    They are keys; a spelling that means several names is left out.
    """
    names = {key(entry.name) for entry in entries()}
    found: dict[str, str] = {}
    for entry in entries():
        if entry.kind is not NameKind.OUTLET:
            for text in (*entry.also, entry.english):
                if text not in entry.doubtful and key(text) not in names:
                    found.setdefault(key(text), entry.name)
    return found


def canonical(name: str) -> str:
    """Return the one spelling of a name.

    It is ইসরায়েল for ইসরাইল, Israel and ইসরাইলের; an unknown name stays as it is.
    """
    entry = named(name)
    return name if entry is None else entry.name


def named(text: str) -> ListedName | None:
    """Return the entry that a whole text names.

    Any spelling counts, with or without a nominal ending.
    """
    words = tuple(split(text))
    if len(words) > 1 and words[-1] in _APART:
        words = words[:-1]
    if not words:
        return None
    by_name = _by_name()
    lasts = _last_forms(words[-1]) if len(words) > 1 else _forms(words[-1])
    return next((by_name[form] for form in ((*words[:-1], last) for last in lasts) if form in by_name), None)


def districts() -> tuple[ListedName, ...]:
    """Return the 64 districts of Bangladesh, each with its division."""
    return tuple(entry for entry in entries() if entry.kind is NameKind.DISTRICT)


def divisions() -> tuple[str, ...]:
    """Return the eight divisions, the busiest first.

    Each bears the name of one of its districts.
    """
    return tuple(dict.fromkeys(entry.division for entry in districts() if entry.division is not None))


def regions() -> tuple[ListedName, ...]:
    """Return the districts of West Bengal."""
    return tuple(entry for entry in entries() if entry.kind is NameKind.REGION)


def district(name: str) -> ListedName | None:
    """Return the district that a reader means: সিলেট, sylhet, «বগুড়া জেলা», চট্রগ্রাম."""
    return _home(name, frozenset((NameKind.DISTRICT,)))


def home(name: str) -> ListedName | None:
    """Return the district that a reader means.

    It lies in Bangladesh or in West Bengal.
    """
    return _home(name, _HOMES)


def nearly_home(name: str) -> list[ListedName]:
    """Return up to three districts with nearly that name.

    Examples are বগুরা and Silet.
    """
    spelled = {key(text): one for one in (*districts(), *regions()) for text in (one.name, one.english, *one.also)}
    near = get_close_matches(key(name), spelled, n=9, cutoff=_NEAR)
    return list({spelled[one].name: spelled[one] for one in near}.values())[:3]


def _home(name: str, kinds: frozenset[NameKind]) -> ListedName | None:
    words = split(name)
    bare = words[:-1] if len(words) > 1 and words[-1] in ("জেলা", "জেলার", "জেলায়", "district", "jela", "zila") else words
    entry = named(" ".join(bare))
    return entry if entry is not None and entry.kind in kinds else None


def find(words: Sequence[str]) -> Iterator[NameHit]:
    """Yield what is named in words, in order.

    Words are in ``key()`` form. It yields the longest run at each position, none overlapping.
    A run that points to several entries (রিয়াদ) yields each of them.
    """
    longer = _longer()
    end = 0
    for at in [at for at, word in enumerate(words) if word in longer or _single(word)]:
        found = _longest(words, at) if at >= end else ()
        for run in found if found and found[0].how is not How.NEVER else ():
            yield NameHit(at, at + len(run.words), run.entry, run.how)
        end = at + len(found[0].words) if found else end


def _longest(words: Sequence[str], at: int) -> tuple[_Spelling, ...]:
    for runs in _longer().get(words[at], ()):
        wanted = runs[0].words
        end = at + len(wanted)
        if (
            end <= len(words)
            and tuple(words[at + 1 : end - 1]) == wanted[1:-1]
            and _is_form(words[end - 1], wanted[-1])
        ):
            return runs
    return _single(words[at])


def _is_form(word: str, name: str) -> bool:
    return word == name or (word.startswith(name[:_HEAD]) and name in _last_forms(word))


@lru_cache(maxsize=1 << 14)
def _single(word: str) -> tuple[_Spelling, ...]:
    alone, heads = _alone()
    if word[:_HEAD] not in heads:
        return alone.get(word, ())
    return next((alone[form] for form in _forms(word) if form in alone), ())


def _forms(word: str) -> list[str]:
    """Return the word, then its forms without an ending.

    The longest first: as little as possible is taken off.
    """
    return sorted(bases(word), key=len, reverse=True)


def _last_forms(word: str) -> list[str]:
    """Return the forms of the last of several words.

    It may be as short as in কিম জং উনের.
    """
    return [form.removeprefix(_PAD) for form in sorted(bases(_PAD + word), key=len, reverse=True)]


@cache
def _runs() -> dict[tuple[str, ...], tuple[_Spelling, ...]]:
    """Return all runs of words to look for.

    A sure name leaves no room for a doubtful one.
    """
    found: dict[tuple[str, ...], list[_Spelling]] = {}
    for entry in entries():
        for text, how in _spellings(entry):
            words = tuple(split(text))
            found.setdefault(words, []).append(_Spelling(words, entry, how))
    return {words: tuple(run for run in runs if run.how is How.NAME) or tuple(runs) for words, runs in found.items()}


def _spellings(entry: ListedName) -> Iterator[tuple[str, How]]:
    for text in dict.fromkeys((entry.name, *entry.also, entry.english, *entry.sure)):
        if text not in entry.doubtful:
            yield text, How.NAME
    for text in entry.adjectives:
        yield text, How.ADJECTIVE
    for text in entry.doubtful:
        yield text, How.DOUBTFUL
    for text in entry.never:
        yield text, How.NEVER


@cache
def _longer() -> dict[str, tuple[tuple[_Spelling, ...], ...]]:
    found: dict[str, list[tuple[_Spelling, ...]]] = {}
    for words, runs in _runs().items():
        if len(words) > 1:
            found.setdefault(words[0], []).append(runs)
    return {head: tuple(sorted(runs, key=lambda one: -len(one[0].words))) for head, runs in found.items()}


@cache
def _alone() -> tuple[dict[str, tuple[_Spelling, ...]], frozenset[str]]:
    alone = {words[0]: runs for words, runs in _runs().items() if len(words) == 1}
    return alone, frozenset(word[:_HEAD] for word in alone)


@cache
def _by_name() -> dict[tuple[str, ...], ListedName]:
    """Return what a name by itself means.

    কমলা is not surely Kamala Harris, but an entry has its own name.
    """
    found: dict[tuple[str, ...], ListedName] = {}
    for entry in entries():
        for text in (entry.name, entry.english, *entry.also):
            found.setdefault(tuple(split(text)), entry)
    for entry in entries():
        for text in entry.adjectives:
            found.setdefault(tuple(split(text)), entry)
    return found


def _entry(kind: NameKind, row: Mapping[str, object]) -> ListedName:
    return ListedName(
        name=str(row["name"]),
        kind=kind,
        english=str(row["en"]),
        also=_texts(row, "also"),
        adjectives=_texts(row, "adjectives"),
        doubtful=_texts(row, "doubtful"),
        sure=_texts(row, "sure"),
        never=_texts(row, "never"),
        country=BANGLADESH if kind is NameKind.DISTRICT else _text(row, "in"),
        division=_text(row, "division"),
    )


def _text(row: Mapping[str, object], field: str) -> str | None:
    value = row.get(field)
    return value if isinstance(value, str) else None


def _texts(row: Mapping[str, object], field: str) -> tuple[str, ...]:
    value = row.get(field, ())
    return tuple(str(text) for text in value) if isinstance(value, list) else ()
