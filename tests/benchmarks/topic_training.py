"""The weights of the topics, learnt from the sections that outlets give.

python -m tests.benchmarks.topic_training [--write]

Reads data/articles/articles.jsonl of $KHOBOR_SHARED at run time and keeps numbers alone. Multinomial logistic
regression whose weights are drawn towards a prior: what topic_telling.toml lists speaks for its topic, so that topics
of which the outlets give few or none are told as well. ``--write`` replaces bot/articles/topic_weights.txt.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

import bot.articles
from bot.articles.topic_features import Features, features, telling
from bot.articles.topic_guess import LOUD, SCALE, SHORT, Weights
from bot.articles.topics import topic
from bot.values.topics import TOP
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

LEARNT: Final = (
    *("bangladesh", "politics", "country", "capital", "world", "economy", "sport", "entertainment", "tech"),
    *("education", "jobs", "health", "law", "crime", "expat", "religion", "life", "environment", "opinion"),
)
_OFTEN = 3  # articles that must have a word
_TOLD = 4.0  # what the list of a topic says for it before anything is learnt
_PLACES = {
    ("head abroad", "world"): 1.0,
    ("text abroad", "world"): 0.5,
    ("head local", "country"): 1.0,
    ("opening local", "country"): 1.0,
    ("head capital", "capital"): 0.5,
    # Who says what and when is a report's; of the 26 opinions that outlets give too little is learnt.
    ("style unsaid", "opinion"): 2.0,
    ("style undated", "opinion"): 1.0,
    ("style ours", "opinion"): 2.0,
}
_WORDS_FIRM, _SIGNS_FIRM = 3e-4, 1e-3  # how firmly weights are held to the prior
_STEPS, _RATE = 100, 0.15
_SLOW_AFTER, _SLOWER = 0.6, 0.3
_FIRST, _SECOND = 0.9, 0.99  # how long Adam remembers
_SMALLEST = 3  # hundredths; less is left out


class Sample(NamedTuple):
    """An article, its outlet, and the topic of its section.

    The outlet gave it the section.
    """

    outlet: str
    headline: str
    body: list[str]
    topic: str
    features: Features


def read() -> list[Sample]:
    """Read the articles whose outlet says a topic.

    Return none if the folder is absent.
    """
    file = SHARED / "data" / "articles" / "articles.jsonl"
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    found = ((one, topic([one.get("category") or ""], one.get("url"))) for one in records)
    return [_sample(record, given) for record, given in found if given is not None and given != TOP]


def _sample(record: dict[str, str], given: str) -> Sample:
    headline, body = record["title"], record["body"].split("\n")
    return Sample(record["source"], headline, body, given, features(headline, body))


def train(samples: Sequence[Sample]) -> Weights:
    """Learn the weights from samples."""
    often = Counter(word for sample in samples for word in sample.features.words)
    words = sorted(word for word, times in often.items() if times >= _OFTEN)
    signs = sorted({sign for sample in samples for sign in sample.features.signs} | {f"t:{one}" for one in _listed()})
    places = {name: place for place, name in enumerate((*words, *signs))}
    known = [sample for sample in samples if _meant(sample.topic) in LEARNT]
    given = np.zeros((len(known), len(LEARNT)), np.float32)
    given[np.arange(len(known)), [LEARNT.index(_meant(sample.topic)) for sample in known]] = 1
    bias = 0.5 * np.log(given.mean(axis=0) + 0.01)
    firm = np.array([[_WORDS_FIRM]] * len(words) + [[_SIGNS_FIRM]] * len(signs), np.float32)
    found = _descend(_matrix(known, places), given, bias, _prior(places), firm)
    rows = {name: _row(found[place]) for name, place in places.items()}
    return Weights(LEARNT, tuple(map(float, bias)), {name: row for name, row in rows.items() if row})


def _meant(given: str) -> str:
    """Return the topic that is learnt from a section.

    India is abroad, for the outlets that these are.
    """
    return "world" if given == "india" else given


def _listed() -> set[str]:
    return {one for told in telling().runs.values() for one, _ in told}


def _matrix(samples: Sequence[Sample], places: dict[str, int]) -> Matrix:
    matrix = np.zeros((len(samples), len(places)), np.float32)
    for row, sample in zip(matrix, samples, strict=True):
        known = {places[word]: loud for word, loud in sample.features.words.items() if word in places}
        length = max(SHORT, sum(loud * loud for loud in known.values()) ** 0.5)
        for place, loud in known.items():
            row[place] = LOUD * loud / length
        for sign, loud in sample.features.signs.items():
            if sign in places:
                row[places[sign]] = loud
    return matrix


def _prior(places: dict[str, int]) -> Matrix:
    prior = np.zeros((len(places), len(LEARNT)), np.float32)
    told = {(f"t:{one}", one): _TOLD for one in _listed()}
    for (sign, one), weight in (told | _PLACES).items():
        if sign in places:
            prior[places[sign], LEARNT.index(one)] = weight
    return prior


def _descend(matrix: Matrix, given: Matrix, bias: Matrix, prior: Matrix, firm: Matrix) -> Matrix:
    """Go down the slope of the likelihood by Adam.

    On all samples at once: the same samples give the same weights.
    """
    weights, first, second = prior.copy(), np.zeros_like(prior), np.zeros_like(prior)
    for step in range(1, _STEPS + 1):
        scores = matrix @ weights + bias
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        slope = matrix.T @ (chances - given) / len(matrix) + firm * (weights - prior)
        first = _FIRST * first + (1 - _FIRST) * slope
        second = _SECOND * second + (1 - _SECOND) * slope * slope
        rate = _RATE * (1 if step < _STEPS * _SLOW_AFTER else _SLOWER)
        weights -= rate * (first / (1 - _FIRST**step)) / (np.sqrt(second / (1 - _SECOND**step)) + 1e-6)
    return weights


def _row(weights: Matrix) -> tuple[tuple[int, float], ...]:
    rounded = [round(float(weight) * SCALE) for weight in weights]
    return tuple((place, weight / SCALE) for place, weight in enumerate(rounded) if abs(weight) >= _SMALLEST)


def write(table: Weights, file: Path) -> None:
    """Write the weights as the data file."""
    lines = [
        "# Weights of the topics in hundredths, made by python -m tests.benchmarks.topic_training --write.",
        "# The topics, what all begin with, then for each feature the places of topics and what it adds to them.",
        "\t".join(table.topics),
        "\t".join(str(round(one * SCALE)) for one in table.bias),
        *("\t".join((name, *(f"{at} {round(one * SCALE)}" for at, one in row))) for name, row in table.rows.items()),
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Learn, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace bot/articles/topic_weights.txt")
    asked = parser.parse_args()
    samples = read()
    if not samples:
        print("topic_training: no data/articles/articles.jsonl in $KHOBOR_SHARED, nothing learnt")
        return
    table = train(samples)
    print(f"{len(samples)} articles, {len(table.rows)} features, {len(table.topics)} topics")
    if asked.write:
        write(table, Path(next(iter(bot.articles.__path__))) / "topic_weights.txt")


if __name__ == "__main__":
    main()
