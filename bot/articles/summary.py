"""The point of an article in a few of its own sentences, word for word.

The lead says what happened and always comes. Of the others those are taken that people are most likely to take too
(worth.py), that tell something new, and that can be understood by themselves (standing.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from bot.articles.dependence import is_speech, points_back
from bot.articles.salience import bag, likeness
from bot.articles.text.dateline import split_dateline
from bot.articles.text.labels import read_label
from bot.articles.worth import WEIGHTS, SentenceTraits, traits, worth
from bot.bangla import words
from bot.bangla.cut import cut
from bot.bangla.sentences import ends

if TYPE_CHECKING:
    from collections.abc import Iterator

CARD_SENTENCES = 3
CARD_CHARACTERS = 480
"""Room on a card: the three sentences of a usual report are about 440 characters (copy.md, 14.12)."""
_HEADING = 30
_PUNCTUATION = " ।.!?…‘’“”\"'"
# They bound the work on a text of any kind. Of 1,834 articles 160 have more sentences and 5 more characters.
_REACH, _LINES, _SENTENCES, _WORDS_WITHIN, _LABEL, _TITLE = 20_000, 400, 60, 600, 300, 400
# Without a limit a sentence has the room of a usual one, and of a card's where the article's own are long.
_USUAL, _LONG = 95, 115
_REPEATED = 0.15  # what being told already takes from a sentence's worth
_LONGEST_CHAIN = 3


def summarise(title: str, text: str, sentences: int = 3, max_chars: int | None = None) -> list[str]:
    """Return up to so many sentences of a text that say what happened, in its order, each a verbatim piece of it.

    The dateline is left off, so are repetitions of the headline, printed labels and headings; a sentence that points
    to the one before it comes only together with that. The sentences fit ``max_chars``, one space counted between
    them; the first always comes, cut if it alone is longer. Without a limit they have the room of so many usual ones.
    """
    return extract(title, text, sentences, max_chars, WEIGHTS)


def extract(title: str, text: str, sentences: int, max_chars: int | None, weights: SentenceTraits) -> list[str]:
    """Summarise by these weights, so that they can be compared with others."""
    article = SentenceTable(title, text)
    if sentences < 1 or not article.sentences:
        return []
    lead = article.sentences[article.lead]
    if max_chars is not None and len(lead) > max_chars:
        return [part for part in [cut(lead, max_chars)] if part]
    room = sentences * article.usual if max_chars is None else max_chars
    return [article.sentences[place] for place in sorted(_Choice(article, weights).take(sentences, room))]


class SentenceTable:
    """The sentences of an article and what is known of each."""

    def __init__(self, title: str, text: str) -> None:
        headline = words.split(title[:_TITLE])
        told = list(islice(_told(text, frozenset(headline)), _SENTENCES))
        self.sentences = [sentence for sentence, _ in told]
        """What may be chosen from: without labels, headings, dateline and the headline."""
        self.bags = [bag(parts) for _, parts in told]
        """For each sentence, what stands for it."""
        self._headline = bag(headline)
        # The first has nothing before it: «এ বছর …» opens an article.
        self._leans = [place > 0 and points_back(parts, sentence) for place, (sentence, parts) in enumerate(told)]
        self._speech = [is_speech(sentence) for sentence in self.sentences]

    @cached_property
    def traits(self) -> list[SentenceTraits]:
        """What speaks for each sentence."""
        return traits(self.sentences, self.bags, self._headline)

    @property
    def lead(self) -> int:
        """The place of the first sentence that stands by itself, or of the first."""
        standing = (place for place, leans in enumerate(self._leans) if not leans and not self._speech[place])
        return next(standing, 0)

    @property
    def usual(self) -> int:
        """The room of a usual sentence."""
        mean = sum(map(len, self.sentences)) / len(self.sentences)
        return _USUAL if mean <= _LONG else CARD_CHARACTERS // CARD_SENTENCES

    def together(self, place: int, chosen: list[int]) -> list[int]:
        """Return the place with those before it that it can't be understood without; none if that can't be had."""
        chain: list[int] = []
        while place not in chosen:
            if self._speech[place] or len(chain) == _LONGEST_CHAIN:
                return []
            chain.append(place)
            if not self._leans[place]:
                break
            place -= 1
        return chain


@dataclass(frozen=True, slots=True)
class _Offer:
    """Sentences that can be taken together."""

    places: list[int]
    size: int
    value: float


class _Choice:
    """Sentences chosen one after another, the best that fits first."""

    def __init__(self, article: SentenceTable, weights: SentenceTraits) -> None:
        self._article = article
        self._worth = [worth(measured, weights) for measured in article.traits]
        self._told = [0.0] * len(article.sentences)
        """How much of each has been told by what was chosen."""
        self._chosen: list[int] = []

    def take(self, sentences: int, room: int) -> list[int]:
        """Return the places of the lead and of what is best beside it."""
        offer: _Offer | None = self._offer([self._article.lead])
        while offer is not None:
            self._add(offer.places)
            room -= offer.size
            offer = self._best(sentences - len(self._chosen), room)
        return self._chosen

    def _best(self, sentences: int, room: int) -> _Offer | None:
        chains = (self._article.together(place, self._chosen) for place in range(len(self._worth)))
        offers = (self._offer(chain) for chain in chains if 0 < len(chain) <= sentences)
        # The space before the first sentence is not counted.
        fitting = (offer for offer in offers if offer.size <= room + 1)
        return max(fitting, key=lambda offer: offer.value, default=None)

    def _offer(self, places: list[int]) -> _Offer:
        sizes = [len(self._article.sentences[place]) for place in places]
        values = [self._worth[place] - _REPEATED * self._told[place] for place in places]
        value = sum(size * value for size, value in zip(sizes, values, strict=True)) / sum(sizes)
        return _Offer(places, sum(sizes) + len(sizes), value)

    def _add(self, places: list[int]) -> None:
        self._chosen += places
        bags = self._article.bags
        for added in places:
            self._told = [max(told, likeness(bags[added], other)) for told, other in zip(self._told, bags, strict=True)]


def _told(text: str, headline: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the sentences of a text with their words."""
    opening = True
    for paragraph in _paragraphs(text):
        for sentence in _sentences(split_dateline(paragraph)[1] if opening else paragraph):
            parts = words.split(sentence[:_WORDS_WITHIN])
            if not headline.issuperset(parts):
                opening = False
                yield sentence, parts


def _paragraphs(text: str) -> Iterator[str]:
    for line in islice(cut(text, _REACH, "").splitlines(), _LINES):
        paragraph = line.strip()
        if paragraph and not _is_heading(paragraph) and (len(paragraph) > _LABEL or read_label(paragraph) is None):
            yield paragraph


def _is_heading(line: str) -> bool:
    """Return whether a line heads a list or a section: a few words without a full stop."""
    return len(line) < _HEADING and line[-1] not in _PUNCTUATION


def _sentences(paragraph: str) -> Iterator[str]:
    """Part a paragraph as `bot.bangla.sentences.split` does, no further than it is read."""
    start = 0
    for end in chain(ends(paragraph), [len(paragraph)]):
        if sentence := paragraph[start:end].strip():
            yield sentence
        start = end
