"""Turns an article's words into numbers that tell its topic.

A linear model weighs them. Words and names stand for themselves, each by its stem. Signs are what a person would look
at: how loudly the words of topic_telling.toml speak for each topic, and where it happened.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.articles.names import gazetteer
from bot.articles.names.gazetteer import BANGLADESH, INDIA, PLACES, How, ListedName, NameKind
from bot.articles.topics import by_slug
from bot.bangla.endings import bases
from bot.bangla.normalise import key
from bot.bangla.stems import stem
from bot.bangla.words import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SURE, TELLING = 3.0, 1.0
HEADLINE: Final = 3.0
"""How much louder a telling word is in the headline."""
_HEADED = 2.0  # how much more a word itself weighs there
_LONGEST = 4000  # characters of a paragraph: more than as many words
READ: Final = 220
"""Words of the body that are read: what it is about is said in the beginning."""
_OPENING = 25  # words that say where it happened
_RUN = 3  # words that tell together
_REPEATED = 3  # times that one word counts
_LOUDEST, _LOUD = 60.0, 20.0  # beyond which more tells nothing, and what counts as one
# The style of a text: words of so many, from so many on, and those in which a report says when.
_SAID_OFTEN, _STYLED, _WHEN_SAID = 20.0, 40, 60
_SAYING = """
    বলেন বলেছেন জানান জানিয়েছেন জানিয়েছে জানায় বলছেন বলেছে জানা জানানো উল্লেখ দাবি নিশ্চিত অভিযোগ
"""
_OURS = "আমি আমার আমাকে আমরা আমাদের আমাদেরকে আপনি আপনার"
_WHEN = """
    আজ গতকাল শনিবার রবিবার রোববার সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল জুন জুলাই আগস্ট
    সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
"""
_LOCAL = frozenset((NameKind.DISTRICT, NameKind.REGION, NameKind.CITY))
_CAPITALS: Final = {BANGLADESH: "ঢাকা", INDIA: "কলকাতা"}


class Features(NamedTuple):
    """Words, names and signs of an article, with their weight.

    They go by their names in the table of weights.
    """

    words: dict[str, float]
    signs: dict[str, float]


@dataclass(frozen=True, slots=True)
class Telling:
    """Each run of words that tells topics, with these and how loudly."""

    runs: dict[tuple[str, ...], tuple[tuple[str, float], ...]]


def features(headline: str, body: Sequence[str], home: str = BANGLADESH) -> Features:
    """Return what the headline and the opening tell.

    ``home`` is the country of the outlet.
    """
    words, places, told = _anywhere(headline, tuple(body))
    signs: defaultdict[str, float] = defaultdict(float)
    for part in ("head", "text"):
        signs.update(dict.fromkeys(_where(part, places[part], home), 1.0))
    signs.update(told.style)
    signs.update(dict.fromkeys(_where("opening", places["opening"], home), 1.0))
    signs.update(told.telling)
    return Features(words, signs)


class ToldSigns(NamedTuple):
    """The signs that say the same in every country."""

    style: dict[str, float]
    telling: dict[str, float]


@lru_cache(maxsize=1)  # an article is read for two countries, one right after the other
def _anywhere(headline: str, body: tuple[str, ...]) -> tuple[dict[str, float], dict[str, list[ListedName]], ToldSigns]:
    """Read what the country of the outlet does not change."""
    head, text = split(headline[:_LONGEST]), list(islice(_words(body), READ))
    words: defaultdict[str, float] = defaultdict(float)
    places: dict[str, list[ListedName]] = {}
    for part, said, weight in (("head", head, _HEADED), ("text", text, 1.0)):
        for word, times in Counter(stem(one) for one in said if not one.isdecimal()).items():
            words[f"w:{word}"] += weight + (min(times, _REPEATED) - 1) / 2
        named = _named(said)
        for entry in named:
            words[f"n:{entry.name}"] += weight
        places[part] = list(named)
    places["opening"] = [entry for entry, at in named.items() if at < _OPENING]
    telling = {f"t:{topic}": min(loud, _LOUDEST) / _LOUD for topic, loud in _told_by(head, text).items()}
    return words, places, ToldSigns(_style(text), telling)


def _style(text: Sequence[str]) -> dict[str, float]:
    """Return how it is told.

    A report says who says what, and when; an opinion says «we».
    """
    if len(text) < _STYLED:
        return {}
    said, ours = (sum(word in known for word in text) for known in (_told_words(_SAYING), _told_words(_OURS)))
    when = not _told_words(_WHEN).isdisjoint(text[:_WHEN_SAID])
    return {
        "style said": min(said * _SAID_OFTEN / len(text), 1.0),
        "style ours": min(ours * _SAID_OFTEN / len(text), 1.0),
        "style undated": 0.0 if when else 1.0,
        "style unsaid": 0.0 if said else 1.0,
    }


@cache
def _told_words(words: str) -> frozenset[str]:
    return frozenset(map(key, words.split()))


def _words(body: Sequence[str]) -> Iterator[str]:
    for paragraph in body:
        yield from split(paragraph[:_LONGEST])


def _named(words: Sequence[str]) -> dict[ListedName, int]:
    """Return the listed names, each with the position where it first stands."""
    found: dict[ListedName, int] = {}
    for hit in gazetteer.find(words):
        if hit.how is not How.DOUBTFUL:
            found.setdefault(hit.entry, hit.start)
    return found


def _where(part: str, entries: Sequence[ListedName], home: str) -> set[str]:
    """Return the signs of where it happened.

    They tell whether places are at home, abroad, a district, the capital.
    """
    places = [entry for entry in entries if entry.kind in PLACES]
    here = [entry for entry in places if entry.country == home]
    signs = {f"{part} {entry.kind}" for entry in entries if entry.kind not in PLACES}
    signs |= {f"{part} {'home' if here else 'abroad'}"} if places else set()
    signs |= {f"{part} both"} if here and len(here) < len(places) else set()
    signs |= {f"{part} capital"} if any(entry.name == _CAPITALS.get(home) for entry in here) else set()
    local = any(entry.kind in _LOCAL and entry.name != _CAPITALS.get(home) for entry in here)
    return signs | ({f"{part} local"} if local else set())


def _told_by(head: Sequence[str], text: Sequence[str]) -> dict[str, float]:
    """Return how loudly the telling words speak for each topic."""
    told: defaultdict[str, float] = defaultdict(float)
    for words, loud in ((head, HEADLINE), (text, 1.0)):
        for run, times in Counter(
            run for at, word in enumerate(words) if _last_forms(word) for run in _ending_at(words, at)
        ).items():
            for topic, weight in telling().runs[run]:
                told[topic] += weight * loud * min(times, _REPEATED)
    return told


def _ending_at(words: Sequence[str], at: int) -> Iterator[tuple[str, ...]]:
    """Yield the telling runs that end here.

    Each length has one; their last word may have an ending.
    """
    runs, forms = telling().runs, _last_forms(words[at])
    for size in range(min(_RUN, at + 1)):
        before = tuple(words[at - size : at])
        run = next((run for form in forms if (run := (*before, form)) in runs), None)
        if run is not None:
            yield run


@cache
def telling() -> Telling:
    """Read the words that tell the topics, once."""
    text = files("bot.articles").joinpath("topic_telling.toml").read_text(encoding="utf-8")
    runs: dict[tuple[str, ...], list[tuple[str, float]]] = {}
    for name, row in tomllib.loads(text).items():
        topic = by_slug(name).slug
        for field, weight in (("sure", SURE), ("telling", TELLING)):
            for word in row[field]:
                runs.setdefault(tuple(split(word)), []).append((topic, weight))
    return Telling({run: tuple(told) for run, told in runs.items()})


@lru_cache(maxsize=1 << 14)
def _last_forms(word: str) -> tuple[str, ...]:
    """Return forms of a telling run's last word, the longest first."""
    return tuple(sorted(bases(word) & _lasts(), key=len, reverse=True))


@cache
def _lasts() -> frozenset[str]:
    return frozenset(run[-1] for run in telling().runs)
