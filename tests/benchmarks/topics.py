"""Topics found again from the words alone: by_words() beside the commonest topic and a naive Bayes classifier.

python -m tests.benchmarks.topics [--json] [--words N]

The publisher's category and address say the topic (bot.articles.topics). Half of the articles, by a hash of their id,
train the classifier and chose the thresholds of by_words(); the figures are of the other half. They flatter by_words():
its lists were written after looking at articles of both halves. On the 186 of the other half that nobody had looked at
it was right in .82 of .45 answered, the classifier in .83 of as many. Many publishers file by place («country») what is
politics or crime, so exact agreement has a ceiling well below one.
"""

from __future__ import annotations

import hashlib
import json
import math
import time
from collections import Counter, defaultdict
from typing import NamedTuple

from bot.articles.topic_guess import by_words
from bot.articles.topics import TOP, topic
from bot.bangla.words import split
from tests.benchmarks.report import Result, arguments, tell
from tests.shared import SHARED

AIM = 0.8
_SMOOTHING = 0.1


class Sample(NamedTuple):
    """An article and the topic that its publisher gave it."""

    headline: str
    body: list[str]
    topic: str
    train: bool


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

    def guess(self, sample: Sample) -> tuple[str, float]:
        """Return the likeliest topic and by how much, per word, it is likelier than the next."""
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
    train, test = ([one for one in samples if one.train is wanted] for wanted in (True, False))
    begin = time.perf_counter()
    answers = [by_words(one.headline, one.body) for one in test]
    took = time.perf_counter() - begin
    answered = [(answer, one.topic) for answer, one in zip(answers, test, strict=True) if answer is not None]
    commonest = Counter(one.topic for one in train).most_common(1)[0][0]
    bayes = Bayes(train, asked.words)
    guesses = [(*bayes.guess(one), one.topic) for one in test]
    surest = sorted(guesses, key=lambda guess: -guess[1])[: len(answered)]
    accuracy, peer = _right(answered), _right([(guess, given) for guess, _, given in surest])
    figures = {
        "by_words(): share answered": len(answered) / len(test),
        "by_words(): right where it answered": accuracy,
        "commonest topic: right": _right([(commonest, one.topic) for one in test]),
        "naive Bayes: right, answering all": _right([(guess, given) for guess, _, given in guesses]),
        "naive Bayes: right, answering as many": peer,
        "by_words(): ms an article": took / len(test) * 1000,
    }
    result = Result(
        name="topics",
        sizes={"train": len(train), "test": len(test), "topics": len({one.topic for one in samples})},
        figures=figures,
        ratio=accuracy / peer,
        aim=f"{AIM:.0%} right where it answered",
        met=accuracy >= AIM,
    )
    tell(result, as_json=asked.json)


def read() -> list[Sample]:
    """Read the articles whose publisher says a topic; none where the folder is absent."""
    file = SHARED / "data" / "articles" / "articles.jsonl"
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    found = ((record, topic([record.get("category") or ""], record.get("url"))) for record in records)
    return [
        Sample(record["title"], record["body"].split("\n"), given, _is_train(record["id"]))
        for record, given in found
        if given is not None and given != TOP
    ]


def _is_train(name: str) -> bool:
    return hashlib.sha256(name.encode()).digest()[-1] % 2 == 0


def _right(pairs: list[tuple[str, str]]) -> float:
    return sum(guess == given for guess, given in pairs) / max(1, len(pairs))


if __name__ == "__main__":
    main()
