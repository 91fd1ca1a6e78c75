"""Topics found from the words alone.

Each outlet's by a model that saw none of it; beside naive Bayes in the same run.
python -m tests.benchmarks.topics [--json] [--words N]

The section that an outlet gives says the topic. Outlets file the same event under country, politics or crime as they
like, so exact agreement has a ceiling far below one: "of a kind" counts the sections of home news as one (bangladesh,
country, capital, crime, law), "by subject" leaves out what outlets file so, "among the two likeliest" asks whether the
outlet's section came first or second.
"""

from __future__ import annotations

import json
import math
import time
from collections import Counter, defaultdict
from itertools import combinations

from bot.articles.topic_guess import by_words, likeliest, likelihood
from bot.articles.topics import topic
from bot.bangla.words import split
from bot.values.topics import TOP
from tests.benchmarks.report import Result, arguments, tell
from tests.benchmarks.topic_training import Sample, read, train
from tests.shared import SHARED

AIM, SILENT = 0.93, 0.03
_HOME = frozenset(("bangladesh", "country", "capital", "crime", "law"))
_SMOOTHING = 0.1
_LONG = 40  # times the usual length
Guess = tuple[str | None, float]


class Bayes:
    """The peer: multinomial naive Bayes on the words of headline and opening."""

    def __init__(self, samples: list[Sample], words: int) -> None:
        """Count the words of each topic."""
        self._words = words
        self._topics = Counter(sample.topic for sample in samples)
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        for sample in samples:
            self._counts[sample.topic].update(self._read(sample))
        self._vocabulary = len(set().union(*self._counts.values()))

    def guess(self, sample: Sample) -> Guess:
        """Return the likeliest topic and by how much, per word.

        It is likelier than the next.
        """
        words = self._read(sample)
        ranked = sorted(((self._likelihood(one, words), one) for one in self._topics), reverse=True)
        return ranked[0][1], (ranked[0][0] - ranked[1][0]) / max(1, len(words))

    def _likelihood(self, one: str, words: list[str]) -> float:
        counts = self._counts[one]
        total = counts.total() + _SMOOTHING * self._vocabulary
        return math.log(self._topics[one]) + sum(math.log((counts[word] + _SMOOTHING) / total) for word in words)

    def _read(self, sample: Sample) -> list[str]:
        return split(sample.headline) * 3 + split(" ".join(sample.body))[: self._words]


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, words=160)
    samples = read()
    if not samples:
        print("topics: no data/articles/articles.jsonl in $KHOBOR_SHARED, nothing measured")
        return
    guesses: list[Guess] = []
    peers: list[Guess] = []
    given: list[str] = []
    near: list[bool] = []
    for outlet in sorted({sample.outlet for sample in samples}):
        rest = [sample for sample in samples if sample.outlet != outlet]
        held = [sample for sample in samples if sample.outlet == outlet]
        table, bayes = train(rest), Bayes(rest, asked.words)
        given += [sample.topic for sample in held]
        peers += [bayes.guess(sample) for sample in held]
        likely = [likelihood(sample.features, table) for sample in held]
        guesses += map(_told, likely)
        near += [sample.topic in _two(chances) for sample, chances in zip(held, likely, strict=True)]
    right, peer = _right(guesses, given), _right(peers, given)
    half = len(given) // 2
    silent = _silent()
    usual, long = _took(samples, 1), _took(samples[:60], _LONG)
    figures = {
        "right, exactly": right,
        "naive Bayes: right, exactly": peer,
        "right, of a kind": _right(guesses, given, alike=True),
        "naive Bayes: right, of a kind": _right(peers, given, alike=True),
        "among the two likeliest": sum(near) / len(near),
        "right by subject": _right(*_by_subject(guesses, given)),
        "naive Bayes: right by subject": _right(*_by_subject(peers, given)),
        "right, the surer half": _right(*_surest(guesses, given, half)),
        "naive Bayes: right, the surer half": _right(*_surest(peers, given, half)),
        "silent, of held-out articles with a section": sum(one is None for one, _ in guesses) / len(given),
        "without a topic, of all shared articles": silent,
        **_two_outlets(),
        "ms an article": usual,
        f"ms an article {_LONG} times as long": long,
    }
    result = Result(
        name="topics",
        sizes={"articles": len(given), "outlets": len({sample.outlet for sample in samples})},
        figures=figures,
        ratio=right / peer,
        aim=f"{AIM:.0%} right exactly, each outlet held out; at most {SILENT:.0%} without",
        met=right >= AIM and silent <= SILENT,
    )
    tell(result, as_json=asked.json)


def _told(likely: dict[str, float]) -> Guess:
    best = likeliest(likely)
    return best, likely[best] if best is not None else 0.0


def _two(likely: dict[str, float]) -> list[str]:
    return sorted(likely, key=lambda one: -likely[one])[:2]


def _by_subject(guesses: list[Guess], given: list[str]) -> tuple[list[Guess], list[str]]:
    kept = [(guess, one) for guess, one in zip(guesses, given, strict=True) if one not in _HOME]
    return [guess for guess, _ in kept], [one for _, one in kept]


def _surest(guesses: list[Guess], given: list[str], most: int) -> tuple[list[Guess], list[str]]:
    kept = sorted(zip(guesses, given, strict=True), key=lambda pair: -pair[0][1])[:most]
    return [guess for guess, _ in kept], [one for _, one in kept]


def _right(guesses: list[Guess], given: list[str], *, alike: bool = False) -> float:
    pairs = zip((guess for guess, _ in guesses), given, strict=True)
    return sum(guess == one or (alike and {guess, one} <= _HOME) for guess, one in pairs) / max(1, len(given))


def _silent() -> float:
    """Return the share of all articles that get no topic.

    Neither by their section nor by their words.
    """
    lines = (SHARED / "data" / "articles" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    without = [one for one in records if topic([one.get("category") or ""], one.get("url")) in (None, TOP)]
    return sum(by_words(one["title"], one["body"].split("\n")) is None for one in without) / len(records)


def _two_outlets() -> dict[str, float]:
    """Return how often two outlets file the same event alike.

    No model can be expected to guess an outlet's section better than another outlet does.
    """
    file = SHARED / "data" / "events" / "events.jsonl"
    if not file.exists():
        return {}
    articles = SHARED / "data" / "articles" / "articles.jsonl"
    filed = {
        one["id"]: (one["source"], topic([one.get("category") or ""], one.get("url")))
        for one in map(json.loads, articles.read_text(encoding="utf-8").splitlines())
    }
    pairs: list[tuple[Guess, str]] = []
    for event in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        told = [filed[one] for one in event["ids"] if one in filed] if event["label"] == "event" else []
        known = [(outlet, given) for outlet, given in told if given not in (None, TOP)]
        pairs += [((one[1], 1.0), str(other[1])) for one, other in combinations(known, 2) if one[0] != other[0]]
    guesses, given = [guess for guess, _ in pairs], [other for _, other in pairs]
    return {
        "pairs of outlets with the same event": float(len(pairs)),
        "of these filed alike, exactly": _right(guesses, given),
        "of these filed alike, of a kind": _right(guesses, given, alike=True),
    }


def _took(samples: list[Sample], times: int) -> float:
    begin = time.perf_counter()
    for sample in samples:
        by_words(sample.headline, sample.body * times)
    return (time.perf_counter() - begin) / len(samples) * 1000


if __name__ == "__main__":
    main()
