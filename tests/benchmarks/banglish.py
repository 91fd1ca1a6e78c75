"""Words as people type them in Roman letters, found again among 80,000.

Phonetic beside plain edit distance.
python -m tests.benchmarks.banglish [--json] [--words N] [--questions N]

Half of the pairs, by a checksum of the Bengali word, set the weights (bot/bangla/phonetic_spellings.py); what counts is
the other half. The peer writes every word of the vocabulary in its usual Roman spelling and takes the nearest by
edit distance among those that begin alike; it is asked fewer questions, for it takes long.
"""

from __future__ import annotations

import random
import time
import zlib
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from bot.bangla.phonetics import Phonetic, Shelf, romanised
from tests.benchmarks.report import Result, arguments, tell
from tests.benchmarks.vocabulary import articles, enlarged, lemmas, pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

AT_ONE, AT_FIVE, MS = 0.75, 0.93, 3.0
PEER = 60


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, words=81_000, questions=5_000)
    known = pairs()
    if not known:
        print("banglish: no data/banglish/word_pairs.tsv in $KHOBOR_SHARED, nothing measured")
        return
    more = chain((word for _, word in known), *(chain(*lemmas(part)) for part in ("train", "dev")))
    counts = enlarged(articles(), more, asked.words)
    begin = time.perf_counter()
    shelf = Shelf()
    for word, count in counts.items():
        shelf.add(word, count)
    phonetic = Phonetic(shelf)
    built = time.perf_counter() - begin
    test = [pair for pair in known if zlib.crc32(pair[1].encode()) % 2]
    random.Random(5).shuffle(test)  # noqa: S311 - nobody's secret
    test = test[: asked.questions]

    def find(roman: str) -> list[str]:
        return [guess.word for guess in phonetic.nearest(roman, 5)]

    ranks, times = _ask(find, test)
    plain, _ = _ask(_plain(counts), test[:PEER])
    seen, _ = _ask(find, [pair for pair in known if not zlib.crc32(pair[1].encode()) % 2][: asked.questions])
    one, five, peer = _recall(ranks, 1), _recall(ranks, 5), _recall(plain, 1)
    mean = sum(times) / len(times) * 1000
    figures = {
        "recall at 1": one,
        "recall at 5": five,
        "the half that set the weights: recall at 1": _recall(seen, 1),
        "the half that set the weights: recall at 5": _recall(seen, 5),
        "mean, ms": mean,
        "p99, ms": times[int(len(times) * 0.99)] * 1000,
        "at most, ms": times[-1] * 1000,
        "adding all words, s": built,
        f"edit distance, {PEER} questions: recall at 1": peer,
        f"edit distance, {PEER} questions: recall at 5": _recall(plain, 5),
    }
    result = Result(
        name="banglish",
        sizes={"words": len(shelf), "questions": len(test)},
        figures=figures,
        ratio=one / max(peer, 1 / PEER),
        aim=f"recall {AT_ONE} at 1, {AT_FIVE} at 5, {MS:.0f} ms; the ratio is of recall at 1",
        met=one >= AT_ONE and five >= AT_FIVE and mean <= MS,
    )
    tell(result, as_json=asked.json)


def _ask(find: Callable[[str], list[str]], test: list[tuple[str, str]]) -> tuple[list[int], list[float]]:
    """Return the position of each meant word, 0 for none.

    The times come with them, in order.
    """
    ranks, times = [], []
    for roman, meant in test:
        begin = time.perf_counter()
        found = find(roman)
        times.append(time.perf_counter() - begin)
        ranks.append(found.index(meant) + 1 if meant in found else 0)
    return ranks, sorted(times)


def _recall(ranks: list[int], limit: int) -> float:
    return sum(1 <= rank <= limit for rank in ranks) / len(ranks)


def _plain(words: Iterable[str]) -> Callable[[str], list[str]]:
    shelves: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for word in words:
        roman = romanised(word)
        shelves[roman[:1]].append((roman, word))

    def find(roman: str) -> list[str]:
        near = sorted((_distance(roman, spelled), word) for spelled, word in shelves[roman[:1]])
        return [word for _, word in near[:5]]

    return find


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for down, sign in enumerate(one, 1):
        left, row[0] = row[0], down
        for across, second in enumerate(other, 1):
            left, row[across] = row[across], min(row[across] + 1, row[across - 1] + 1, left + (sign != second))
    return row[-1]


if __name__ == "__main__":
    main()
