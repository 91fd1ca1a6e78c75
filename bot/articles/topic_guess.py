"""The topic of an article by its words, for those whose publisher names no section.

A small model that one can read: words that tell a topic stand in topic_guess.toml, places tell whose news it is.
Where they do not agree it says nothing; where a thing happened is told apart from what it is about.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Final

from bot.articles.names import gazetteer
from bot.articles.names.gazetteer import BANGLADESH, PLACES, How, NameKind
from bot.articles.topics import by_key
from bot.bangla.endings import bases
from bot.bangla.words import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SURE, TELLING = 3.0, 1.0
HEADLINE: Final = 3.0
"""How much louder a word is in the headline."""
LEAST: Final = 12.0
"""What a topic must be told with, where topic_guess.toml says nothing else."""
MARGIN: Final = 1.8
"""How many times louder than the next it must be."""
_LONGEST = 4000  # characters of a paragraph: more than as many words
_READ = 160  # words of the body: what it is about is said in the beginning
_RUN = 3  # words that tell together
_REPEATED = 3  # times that one word counts
_FOREIGN, _HERE = 2.0, -2.0
_OPENING, _LOCAL = 20, 20.0  # words, and what a town in them tells
_WORLD, _COUNTRY, _CAPITAL = "world", "country", "ঢাকা"


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells the topics: each run of words with its topics and weights, and the least that each topic needs."""

    runs: dict[tuple[str, ...], tuple[tuple[str, float], ...]]
    least: dict[str, float]


def by_words(headline: str, body: Sequence[str]) -> str | None:
    """Return the key of the topic that the words of an article tell, or None where they leave a doubt."""
    scores: defaultdict[str, float] = defaultdict(float)
    head, text = split(headline[:_LONGEST]), list(islice(_words(body), _READ))
    for words, loud in ((head, HEADLINE), (text, 1.0)):
        _add_words(scores, words, loud)
        scores[_WORLD] += _abroad(words) * loud
    scores[_COUNTRY] += _LOCAL * (_is_local(head) or _is_local(text[:_OPENING]))
    return _surest(scores)


def _surest(scores: Mapping[str, float]) -> str | None:
    best, second = sorted((0.0, 0.0, *scores.values()), reverse=True)[:2]
    loudest = next((topic for topic, score in scores.items() if score == best), "")
    return loudest if best >= max(MARGIN * second, telling().least.get(loudest, LEAST)) else None


def _words(body: Sequence[str]) -> Iterator[str]:
    for paragraph in body:
        yield from split(paragraph[:_LONGEST])


def _add_words(scores: dict[str, float], words: Sequence[str], loud: float) -> None:
    counts = Counter(run for at in range(len(words)) for run in _told(words, at))
    for run, count in counts.items():
        for topic, weight in telling().runs[run]:
            scores[topic] += weight * loud * min(count, _REPEATED)


def _told(words: Sequence[str], at: int) -> Iterator[tuple[str, ...]]:
    """Yield the runs that tell something and end here, one of each length; their last word may have an ending."""
    runs = telling().runs
    forms = sorted(bases(words[at]), key=len, reverse=True)
    for size in range(min(_RUN, at + 1)):
        before = tuple(words[at - size : at])
        run = next((run for form in forms if (run := (*before, form)) in runs), None)
        if run is not None:
            yield run


def _abroad(words: Sequence[str]) -> float:
    """Return how much the places tell of another country, less what they tell of Bangladesh."""
    found = {hit.entry.name: hit.entry for hit in gazetteer.find(words) if hit.how is not How.DOUBTFUL}
    return sum(_HERE if entry.country == BANGLADESH else _FOREIGN for entry in found.values() if entry.kind in PLACES)


def _is_local(words: Sequence[str]) -> bool:
    """Tell whether a district or town is named: publishers file what happened there by the place, whatever it is."""
    return any(
        hit.entry.kind in (NameKind.DISTRICT, NameKind.CITY)
        and hit.entry.country == BANGLADESH
        and hit.entry.name != _CAPITAL
        for hit in gazetteer.find(words)
    )


@cache
def telling() -> Telling:
    """Read the words that tell the topics, once."""
    text = files("bot.articles").joinpath("topic_guess.toml").read_text(encoding="utf-8")
    runs: dict[tuple[str, ...], list[tuple[str, float]]] = {}
    least: dict[str, float] = {}
    for key, row in tomllib.loads(text).items():
        least[by_key(key).key] = float(row.get("least", LEAST))
        for field, weight in (("sure", SURE), ("telling", TELLING)):
            for word in row[field]:
                runs.setdefault(tuple(split(word)), []).append((key, weight))
    return Telling({run: tuple(told) for run, told in runs.items()}, least)
