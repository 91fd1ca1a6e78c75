"""Nouns brought to their base form.

Base() runs beside stem() and the longest ending, on running text with lemmas. python -m tests.benchmarks.stems [--json]

Nominal words are those whose lemma is left when endings of nouns are taken off, or the word itself. Known are the words
of the shared articles and of the other part of the lemmas, as in an archive. Precision counts the words that were
changed, recall those that have to be.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.bangla.endings import bases
from bot.bangla.inflection import base
from bot.bangla.stems import stem
from tests.benchmarks.report import Result, arguments, tell
from tests.benchmarks.vocabulary import articles, lemmas

if TYPE_CHECKING:
    from collections.abc import Callable

PRECISION, RECALL = 0.97, 0.75
_YA = "\u09af\u09bc"
# Wider than what base() takes off: what it cannot do counts against it.
_ENDINGS = frozenset(
    f"র ের এর কে তে ে {_YA} {_YA}ে {_YA}ের এ টি টা গুলো গুলি গুলা রা েরা দের দিগের ই ও টির টিকে টিতে টার টাকে টা{_YA} টাতে "
    "গুলোর গুলোকে গুলোতে গুলির গুলিকে গুলিতে দেরকে খানা খানি খানার খানিকে জন জনের েতে".split()
)


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__)
    cases = [pair for pair in lemmas("dev") if _is_nominal(*pair)]
    if not cases:
        print("stems: no data/lemma/dev.txt in $KHOBOR_SHARED, nothing measured")
        return
    counts = articles()
    for word, _ in lemmas("train"):
        counts[word] += 1
    begin = time.perf_counter()
    precision, recall = _measured(lambda word: base(word, counts.__getitem__), cases)
    took = (time.perf_counter() - begin) / len(cases)
    stemmed = _measured(stem, cases)
    longest = _measured(lambda word: min(bases(word), key=len), cases)
    figures = {
        "base(): precision": precision,
        "base(): recall": recall,
        "base(): us a word": took * 1e6,
        "stem(): precision": stemmed[0],
        "stem(): recall": stemmed[1],
        "longest ending off: precision": longest[0],
        "longest ending off: recall": longest[1],
    }
    result = Result(
        name="stems",
        sizes={"nominal words": len(cases), "to be changed": sum(word != lemma for word, lemma in cases)},
        figures=figures,
        ratio=recall / stemmed[1],
        aim=f"recall {RECALL} at precision {PRECISION}; the ratio is of recall to stem()'s",
        met=precision >= PRECISION and recall >= RECALL,
    )
    tell(result, as_json=asked.json)


def _is_nominal(word: str, lemma: str) -> bool:
    if not word or not lemma or not word.startswith(lemma):
        return False
    rest = word[len(lemma) :].lstrip("-")
    return not rest or rest in _ENDINGS or (rest[-1] in "ইও" and rest[:-1] in _ENDINGS)


def _measured(reduce: Callable[[str], str], cases: list[tuple[str, str]]) -> tuple[float, float]:
    """Return precision and recall."""
    answers = [(word, lemma, reduce(word)) for word, lemma in cases]
    changed = [answer == lemma for word, lemma, answer in answers if answer != word]
    needed = [answer == lemma for word, lemma, answer in answers if lemma != word]
    return sum(changed) / max(1, len(changed)), sum(needed) / len(needed)


if __name__ == "__main__":
    main()
