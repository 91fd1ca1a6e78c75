"""Guesses an article's topic by its words.

It serves articles whose publisher names no section. The model is linear: each feature of an article adds its weights to
the topics, and the likeliest is told, or none. The weights are in topic_weights.txt, which ``python -m
tests.benchmarks.topic_training --write`` makes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, sqrt
from typing import TYPE_CHECKING, Final

from bot.articles.names import gazetteer
from bot.articles.names.gazetteer import BANGLADESH, INDIA, PLACES, How, NameKind
from bot.articles.topic_features import features
from bot.articles.topics import by_slug
from bot.bangla.words import split

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.articles.topic_features import Features

LEAST: Final = 0.18
"""How likely a topic must be to be told."""
_SURE: Final = {"opinion": 0.5}
"""The same, where a mistake keeps news from who wants it: an opinion is not sent at once."""
SCALE: Final = 100
"""What a weight of one is written as."""
LOUD: Final = 2.0
"""The length that the words of an article have together; signs stand beside them as they are."""
SHORT: Final = 10.0
"""The length that the words of an article have before that, at least: a few words tell little."""
_READ = 4000
_HOME = frozenset(("bangladesh", "country", "capital"))
_KOLKATA = "কলকাতা"
_BENGAL = frozenset(("পশ্চিমবঙ্গ", "শিলিগুড়ি", "আসানসোল", "খড়্গপুর"))


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to which topics.

    Topics go by their positions in ``topics``; ``bias`` is what all begin with.
    """

    topics: tuple[str, ...]
    bias: tuple[float, ...]
    rows: dict[str, tuple[tuple[int, float], ...]]


def by_words(headline: str, body: Sequence[str], country: str = BANGLADESH) -> str | None:
    """Return the slug of the topic that the words tell, or None.

    None means that they leave a doubt. ``country`` is the outlet's: its news is at home, and its words are read as that
    country uses them.
    """
    home = INDIA if country == INDIA else BANGLADESH
    found = features(headline, body, home)
    likely = _likely(_told(headline, tuple(body)), found, weights()) if found.words else {}
    if home != INDIA:
        return likeliest(likely)
    topic = likeliest(_as_one(likely))
    return None if topic is None else _in_india(topic, headline, body)


def likeliest(likely: Mapping[str, float]) -> str | None:
    """Return the topic that is likely enough, or None."""
    enough = [one for one, chance in likely.items() if chance >= _SURE.get(one, LEAST)]
    return max(enough, key=lambda one: likely[one], default=None)


def likelihood(found: Features, table: Weights) -> dict[str, float]:
    """Return how likely each topic is; nothing if no word is known."""
    return _likely(_scores(found.words, table), found, table)


@lru_cache(maxsize=1)  # an article is read for two countries, one right after the other
def _told(headline: str, body: tuple[str, ...]) -> tuple[float, ...] | None:
    return _scores(features(headline, body).words, weights())


def _scores(words: Mapping[str, float], table: Weights) -> tuple[float, ...] | None:
    """Return what the words say for each topic.

    It is None if none of them is known.
    """
    known = [(table.rows[word], loud) for word, loud in words.items() if word in table.rows]
    length = max(SHORT, sqrt(sum(loud * loud for _, loud in known)))
    scores = list(table.bias)
    for row, loud in known:
        for position, weight in row:
            scores[position] += weight * (LOUD * loud / length)
    return tuple(scores) if known else None


def _likely(told: tuple[float, ...] | None, found: Features, table: Weights) -> dict[str, float]:
    signs = [(table.rows[sign], loud) for sign, loud in found.signs.items() if sign in table.rows]
    if told is None and not signs:
        return {}
    scores = list(told or table.bias)
    for row, loud in signs:
        for position, weight in row:
            scores[position] += weight * loud
    highest = max(scores)
    chances = [exp(score - highest) for score in scores]
    total = sum(chances)
    return {topic: chance / total for topic, chance in zip(table.topics, chances, strict=True)}


def _as_one(likely: Mapping[str, float]) -> dict[str, float]:
    """Return the chances with home news as one.

    Home news is several sections of a Bangladeshi outlet.
    """
    others = {topic: chance for topic, chance in likely.items() if topic not in _HOME}
    return others | {min(_HOME): sum(chance for topic, chance in likely.items() if topic in _HOME)}


def _in_india(topic: str, headline: str, body: Sequence[str]) -> str:
    """Return whose news it is to an outlet of India.

    It is the city's, the state's, the country's or Bangladesh's.
    """
    if topic not in _HOME and topic != "world":
        return topic
    words = split(" ".join((headline, *body[:3]))[:_READ])
    entries = {hit.entry.name: hit.entry for hit in gazetteer.find(words) if hit.how is not How.DOUBTFUL}
    places = [entry for entry in entries.values() if entry.kind in PLACES]
    if places and all(entry.country == BANGLADESH for entry in places):
        return "bangladesh"
    if topic == "world":
        return topic
    if _KOLKATA in entries:
        return "kolkata"
    bengal = any(entry.kind is NameKind.REGION or entry.name in _BENGAL for entry in places)
    return "bengal" if bengal else "india"


@cache
def weights() -> Weights:
    """Read the weights, once."""
    lines = files("bot.articles").joinpath("topic_weights.txt").read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if not line.startswith("#")]
    topics, bias = ((line.split("\t")) for line in told[:2])
    rows = {}
    for line in told[2:]:
        feature, *cells = line.split("\t")
        pairs = (cell.split(" ") for cell in cells)
        rows[feature] = tuple((int(position), int(weight) / SCALE) for position, weight in pairs)
    return Weights(tuple(by_slug(topic).slug for topic in topics), tuple(int(one) / SCALE for one in bias), rows)
