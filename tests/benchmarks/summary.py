"""Summaries beside their peers, by the shared scorer's ROUGE-2.

Peers are the lead, a plain TextRank, LexRank and the best that could be chosen.

python -m tests.benchmarks.summary [--json] [--folds N] | --dump

The figures that count are across: weights fitted on one set, tried on the other. Out of fold the weights of each tenth
of the documents are fitted on the other nine; those in bot/articles/worth.py are fitted on all. The texts are read from
$KHOBOR_SHARED and are no part of the project.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import combinations, pairwise
from math import log
from typing import TYPE_CHECKING, Protocol, cast

from bot.articles.summary import CARD_CHARACTERS, CARD_SENTENCES, SentenceTable, extract, summarise
from bot.articles.worth import WEIGHTS, SentenceFeatures
from tests.benchmarks.report import Result, arguments, tell
from tests.benchmarks.summary_dump import dump
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

AIMS = {("wgss_dev", 250): 36.0, ("wgss_dev", 430): 44.0, ("bnlpc1", 250): 43.0, ("bnlpc1", 430): 55.0}
AIM_MS = 10.0
BUDGETS = (250, 430)
# Single articles are what the bot reads; two reports glued together are not, and count a third in the fit.
EMPHASIS = {"wgss_dev": 3.0, "bnlpc1": 1.0}
# Sentences are fitted one by one; where there is room for few of them the first ones count for more than that says.
# From 1.4 to 2 the scores across differ by less than one; below 1.45 the seed's third sentence is an opinion.
EARLIER = 1.5
LONG = 20  # times
OVER = 1.15  # what the scorer lets pass


class Scorer(Protocol):
    """What is used of the shared scorer."""

    def tokens(self, text: str) -> list[str]:
        """Part a text into what is compared."""

    def lead(self, title: str, text: str, k: int) -> list[str]:
        """Return the first sentences."""

    def f1(self, candidate: list[str], reference: list[str], n: int) -> float:
        """Score one text against one reference."""

    def at_budget(self, call: Callable[[int], list[str]], budget: int) -> list[str]:
        """Return the summary nearest to so many characters."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article with what people took from it."""

    kind: str
    title: str
    text: str
    references: list[str]


def main() -> None:
    """Measure and tell, or write down the summaries of real articles."""
    if "--dump" in sys.argv:
        dump(SHARED / "data" / "articles" / "articles.jsonl")
        return
    asked = arguments(__doc__, folds=10)
    if not SHARED.joinpath("data", "summaries").exists():
        sys.exit("no data/summaries in $KHOBOR_SHARED: nothing to measure against")
    scorer = _scorer()
    documents = [document for kind in EMPHASIS for document in _documents(kind)]
    weights = _out_of_fold(scorer, documents, asked.folds)
    across = _across(scorer, documents)
    systems: dict[str, Callable[[Document, int], list[str]]] = {
        "lead": lambda document, k: scorer.lead(document.title, document.text, k),
        "TextRank": _textrank,
        "LexRank": _lexrank,
        "ours, in fold": partial(_ours, dict.fromkeys(range(len(documents)), WEIGHTS), documents),
        "ours, out of fold": partial(_ours, weights, documents),
        "ours, across": partial(_ours, across, documents),
        "ours, across, as on a card": partial(_ours, across, documents, alone=True),
    }
    scores = {name: _scores(scorer, documents, system) for name, system in systems.items()}
    scores["best choice"] = _scores_of_the_best(scorer, documents)
    speed, long = _milliseconds(documents), _milliseconds(documents, LONG)
    ours, lead = scores["ours, across"], scores["lead"]
    figures = {f"{kind} {budget}, {name}": of[kind, budget] for name, of in scores.items() for kind, budget in AIMS}
    result = Result(
        name="summary",
        sizes={"documents": len(documents), "folds": asked.folds},
        figures=figures | {"a card's summary, ms": speed, f"of a text {LONG} times as long, ms": long},
        ratio=sum(ours.values()) / sum(lead.values()),
        aim=", ".join(f"{kind} {budget}: {aim:g}" for (kind, budget), aim in AIMS.items()) + f"; {AIM_MS:g} ms or less",
        met=speed <= AIM_MS and all(ours[which] >= aim for which, aim in AIMS.items()),
    )
    tell(result, as_json=asked.json)


def _scorer() -> Scorer:
    spec = importlib.util.spec_from_file_location("score_summaries", SHARED / "tools" / "score_summaries.py")
    if spec is None or spec.loader is None:
        sys.exit("no tools/score_summaries.py in $KHOBOR_SHARED")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("Scorer", module)


def _documents(kind: str) -> Iterator[Document]:
    for line in SHARED.joinpath("data", "summaries", f"{kind}.jsonl").open(encoding="utf-8"):
        read = json.loads(line)
        yield Document(kind, read["title"], read["text"], read["references"])


Scores = dict[tuple[str, int], float]


def _scores(scorer: Scorer, documents: Sequence[Document], system: Callable[[Document, int], list[str]]) -> Scores:
    """Return the mean ROUGE-2 by kind of document and budget."""
    return _means(
        documents,
        lambda document, budget: " ".join(scorer.at_budget(partial(system, document), budget)),
        scorer,
    )


def _means(documents: Sequence[Document], write: Callable[[Document, int], str], scorer: Scorer) -> Scores:
    means: Scores = {}
    for kind, budget in AIMS:
        those = [document for document in documents if document.kind == kind]
        means[kind, budget] = sum(_rouge(scorer, write(one, budget), one) for one in those) / len(those)
    return means


def _rouge(scorer: Scorer, summary: str, document: Document) -> float:
    written = scorer.tokens(summary)
    scores = [scorer.f1(written, scorer.tokens(reference), 2) for reference in document.references]
    return 100 * sum(scores) / len(scores)


def _milliseconds(documents: Sequence[Document], times: int = 1) -> float:
    begin = time.process_time()
    for document in documents:
        summarise(document.title, "\n".join([document.text] * times), CARD_SENTENCES, CARD_CHARACTERS)
    return 1000 * (time.process_time() - begin) / len(documents)


def _ours(
    weights: dict[int, SentenceFeatures],
    documents: Sequence[Document],
    document: Document,
    k: int,
    *,
    alone: bool = False,
) -> list[str]:
    return extract(document.title, document.text, k, None, weights[documents.index(document)], alone=alone)


def _textrank(document: Document, k: int) -> list[str]:
    """Choose as Mihalcea and Tarau did.

    Shared words over the logarithms of lengths, and PageRank.
    """
    sentences = SentenceTable("", document.text).sentences
    bags = [set(sentence.split()) for sentence in sentences]
    near = [[0.0] * len(bags) for _ in bags]
    for (one, first), (other, second) in combinations(enumerate(bags), 2):
        near[one][other] = near[other][one] = len(first & second) / (log(len(first) + 1) + log(len(second) + 1))
    return _most_central(sentences, near, k)


def _most_central(sentences: list[str], near: list[list[float]], k: int) -> list[str]:
    """Return the sentences that a walk over their likeness passes most."""
    sums = [sum(row) or 1.0 for row in near]
    rank = [1.0] * len(sentences)
    for _ in range(30):
        rank = [
            0.15 + 0.85 * sum(rank[from_] * near[from_][to] / sums[from_] for from_ in range(len(sentences)))
            for to in range(len(sentences))
        ]
    best = sorted(range(len(sentences)), key=lambda place: -rank[place])[:k]
    return [sentences[place] for place in sorted(best)]


def _lexrank(document: Document, k: int) -> list[str]:
    """Choose as Erkan and Radev did: cosines of tf-idf, and PageRank."""
    sentences = SentenceTable("", document.text).sentences
    bags = [Counter(sentence.split()) for sentence in sentences]
    within = Counter(word for words in bags for word in words)
    vectors = [{word: times * log(len(bags) / within[word]) for word, times in words.items()} for words in bags]
    sizes = [sum(weight * weight for weight in vector.values()) ** 0.5 or 1.0 for vector in vectors]
    near = [
        [
            sum(weight * second.get(word, 0.0) for word, weight in first.items()) / (size * other)
            for second, other in zip(vectors, sizes, strict=True)
        ]
        for first, size in zip(vectors, sizes, strict=True)
    ]
    return _most_central(sentences, near, k)


def _scores_of_the_best(scorer: Scorer, documents: Sequence[Document]) -> Scores:
    return _means(documents, partial(_best_choice, scorer), scorer)


def _best_choice(scorer: Scorer, document: Document, budget: int) -> str:
    """Choose greedily with the references in view: what no summariser reaches."""
    sentences = SentenceTable(document.title, document.text).sentences
    chosen: list[int] = []
    best = 0.0
    while True:
        tries = [sorted([*chosen, place]) for place in range(len(sentences)) if place not in chosen]
        texts = {" ".join(sentences[place] for place in places): places for places in tries}
        rated = [
            (_rouge(scorer, text, document), places) for text, places in texts.items() if len(text) <= OVER * budget
        ]
        score, places = max(rated, default=(0.0, chosen))
        if score <= best:
            return " ".join(sentences[place] for place in chosen)
        best, chosen = score, places


def _out_of_fold(scorer: Scorer, documents: Sequence[Document], folds: int) -> dict[int, SentenceFeatures]:
    """Return each document's weights, fitted without its fold."""
    sums = [_normal_equations(scorer, document) for document in documents]
    of_fold = [
        fit([equations for place, equations in enumerate(sums) if place % folds != fold]) for fold in range(folds)
    ]
    return {place: of_fold[place % folds] for place in range(len(documents))}


def _across(scorer: Scorer, documents: Sequence[Document]) -> dict[int, SentenceFeatures]:
    """Return each document's weights, fitted on the other set."""
    other = {
        kind: fit([_normal_equations(scorer, document) for document in documents if document.kind != kind])
        for kind in EMPHASIS
    }
    return {place: other[document.kind] for place, document in enumerate(documents)}


Equations = list[list[float]]


def _normal_equations(scorer: Scorer, document: Document) -> Equations:
    """Return one document's part of the least squares.

    It says how much of a sentence was taken, from its features. Features are taken against the document's mean, for a
    summary chooses within it; a sentence counts by its length.
    """
    article = SentenceTable(document.title, document.text)
    rows = [
        [*measured, _taken(scorer, sentence, document)]
        for sentence, measured in zip(article.sentences, article.features, strict=True)
    ]
    lengths = [len(sentence) for sentence in article.sentences]
    means = [sum(map(_product, column, lengths)) / sum(lengths) for column in zip(*rows, strict=True)]
    rows = [[value - mean for value, mean in zip(row, means, strict=True)] for row in rows]
    factor = EMPHASIS[document.kind] / len(rows)
    return [
        [
            factor * sum(length * row[one] * row[other] for row, length in zip(rows, lengths, strict=True))
            for other in range(len(means))
        ]
        for one in range(len(WEIGHTS))
    ]


def _product(one: float, other: float) -> float:
    return one * other


def _taken(scorer: Scorer, sentence: str, document: Document) -> float:
    """Return the mean share of a sentence's word pairs taken over.

    People took them over into their summaries.
    """
    pairs = _pairs(scorer.tokens(sentence))
    shares = [
        (pairs & _pairs(scorer.tokens(reference))).total() / max(1, pairs.total()) for reference in document.references
    ]
    return sum(shares) / len(shares)


def _pairs(tokens: list[str]) -> Counter[tuple[str, str]]:
    return Counter(pairwise(tokens))


def fit(equations: Sequence[Equations]) -> SentenceFeatures:
    """Solve the summed normal equations by elimination, and lean on the beginning."""
    size = len(WEIGHTS)
    rows = [[sum(part[one][other] for part in equations) for other in range(size + 1)] for one in range(size)]
    for pivot in range(size):
        rows[pivot] = [value / rows[pivot][pivot] for value in rows[pivot]]
        for other in range(size):
            if other != pivot:
                share = rows[other][pivot]
                rows[other] = [value - share * part for value, part in zip(rows[other], rows[pivot], strict=True)]
    fitted = SentenceFeatures(*(row[-1] for row in rows))
    return fitted._replace(early=EARLIER * fitted.early)


if __name__ == "__main__":
    main()
