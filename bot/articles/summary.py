"""Sums an article up in a few of its own sentences, verbatim.

The lead says what happened and always comes; what the headline speaks of and the lead does not is wanted beside it. The
other sentences are those that people are most likely to take too (worth.py), that fit the room best together
(selection.py), that are whole and the article's own (fitness.py), and that can be understood by themselves
(dependence.py).
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from bot.articles.dependence import (
    inside_quotation,
    opens_pointing,
    opens_speech,
    points_back,
    points_within,
    reports_speech,
)
from bot.articles.fitness import closed, is_fit, says_again
from bot.articles.reference import Debt, debts
from bot.articles.salience import SHORTEST, Bag, bag, stems
from bot.articles.selection import choose
from bot.articles.text.dateline import split_dateline
from bot.articles.text.labels import read_label
from bot.articles.worth import WEIGHTS, SentenceFeatures, features, worth
from bot.bangla import words
from bot.bangla.cut import cut
from bot.bangla.sentences import ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CARD_SENTENCES = 3
CARD_CHARACTERS = 480
"""Room on a card: the three sentences of a usual report are about 440 characters (copy.md, 14.12)."""
_HEADING = 30
# «১ / ৯ধান তুলছেন শ্রমিকেরা২ / ৯…»: the captions of a gallery.
_CAPTION, _PICTURES = re.compile(r"\d{1,2} / \d{1,2}(?!\d)"), 2
# Who wrote it, run together with the text: «খেলা ডেস্ক রোহিত শর্মা …», «সিলেট প্রতিনিধি || …».
_BYLINE = re.compile(r"\A(?:(?:[^\s।,:]+ ){1,2}ডেস্ক\s+|[^।|]{1,40}\|\|\s*)")
_CREDIT = re.compile(r"ছবি\s*:[^।]{0,60}\Z")
_PUNCTUATION = " ।.!?…‘’“”\"'"
# They bound the work on a text of any kind. Of 1,834 articles 160 have more sentences and 5 more characters.
_CHARACTERS, _LINES, _SENTENCES, _WORDS_WITHIN, _LABEL, _TITLE = 20_000, 400, 60, 600, 300, 400
# Without a limit a sentence has the room of a usual one, and of a card's where the article's own are long.
_USUAL, _LONG = 95, 115
_SAYS = 32  # characters: «ভাঙল মিলনমেলা।» says too little to be all that comes
_LONGEST_CHAIN = 3
_TO_THE_POINT = 0.4  # the share of the headline's words which the text has that such a lead must tell
_POINTS, _SOON = 2, 10  # words of the headline that a later lead must tell, and how much later it may stand
_NEW = 0.45  # the share of its words that another sentence on a card must tell anew
_REACH_OF_HEADLINES = 600  # characters in which headlines that run into the text have ended
_NEAR = 2  # sentences behind the lead that go on from it, whatever words they have
_HEADED = 4  # words of a sentence that may be the headline again
ENOUGH = 0.5
"""The share of the headline's words which the text has that a lead must tell, if nothing more of them is wanted."""
FLOW = 0.12
"""What going on from the one before it adds to a sentence's worth on a card, if it could stand by itself."""
_NOWHERE = -1
# What leaning on another takes from a sentence's worth: the other may be worth less than its room.
_LEANING, _LEANING_ALONE = 0.05, 0.16


def summarise(title: str, text: str, sentences: int = 3, max_chars: int | None = None) -> list[str]:
    """Return a text's sentences that say what happened.

    They are at most ``sentences``, in the text's order, each a verbatim piece of it. The dateline is left off, so are
    repetitions of the headline, printed labels and headings; a sentence that points to the one before it comes only
    together with that. The sentences fit ``max_chars``, one space counted between them; the first always comes, cut if
    it alone is longer. Without a limit they have the room of so many usual ones. With one they are a card, read by
    itself: a sentence that takes a thing or a person for known comes only with what tells it, and one that has nothing
    to do with headline and lead stays away.
    """
    return extract(title, text, sentences, max_chars, WEIGHTS, alone=max_chars is not None)


def extract(
    title: str, text: str, sentences: int, max_chars: int | None, weights: SentenceFeatures, *, alone: bool
) -> list[str]:
    """Summarise by these weights, so that they can be compared with others.

    ``alone`` says that nothing else is read, as on a card.
    """
    article = SentenceTable(title, text, alone=alone)
    if sentences < 1 or not article.sentences:
        return []
    lead = article.sentences[article.lead]
    if max_chars is not None and len(lead) > max_chars:
        return [part for part in [cut(lead, max_chars)] if part]
    room = sentences * article.usual if max_chars is None else max_chars
    less = _LEANING_ALONE if alone else _LEANING
    values = [
        worth(sentence, measured, weights) - (less if article.leans(position) else 0.0)
        for position, (sentence, measured) in enumerate(zip(article.sentences, article.features, strict=True))
    ]
    chosen = choose(
        *(article.sentences, article.bags, values),
        positions=sorted(article.may_come),
        lead=article.lead,
        promises=article.promises,
        together=article.together,
        most=sentences,
        room=room,
        flow=[FLOW if alone and not article.leans(position) else 0.0 for position in range(len(values))],
    )
    return [closed(article.sentences[position]) for position in chosen]


class SentenceTable:
    """The sentences of an article and what is known of each."""

    def __init__(self, title: str, text: str, *, alone: bool = False) -> None:
        """Read a text; ``alone`` says that the choice is read alone."""
        headline = words.split(title[:_TITLE])
        text = _behind_headline(title, text)
        told = list(islice(_told(text, frozenset(headline)), _SENTENCES)) or list(
            islice(_told(text, frozenset()), _SENTENCES)
        )
        self.sentences = [one.sentence for one in told]
        """What may be chosen from: without labels, headings, dateline and the headline."""
        self.bags = [bag(one.words) for one in told]
        """For each sentence, what stands for it."""
        self._headline = bag(headline)
        self._promised = stems(headline)
        begun = {word[:SHORTEST] for word in headline}
        self._stems = [stems(word for word in one.words if word[:SHORTEST] in begun) for one in told]
        self._needs = _needed(told, alone=alone)
        self._heads = (headline, bag(headline))
        self._words = [one.words for one in told]
        self._alone = alone
        self._tellings: dict[tuple[int, ...], Bag] = {}
        sets = [frozenset(headline), *(frozenset(one.words) for one in told)]
        self._fit = [
            is_fit(one.sentence) and not one.inside and not says_again(sets[position + 1], sets[: position + 1])
            for position, one in enumerate(told)
        ]

    @cached_property
    def _owed(self) -> list[list[Debt]]:
        """What each sentence takes for known beyond the headline.

        It is nothing if there is more to read.
        """
        if not self._alone:
            return [[] for _ in self.sentences]
        return [
            [debt for debt in its if not _is_told(debt, (self._heads[0],))] for its in debts(self._words, self._fit)
        ]

    @cached_property
    def _debts(self) -> list[list[Debt]]:
        """What each sentence takes for known beyond headline and lead."""
        return [[debt for debt in its if not _is_told(debt, (self._words[self.lead],))] for its in self._owed]

    @cached_property
    def features(self) -> list[SentenceFeatures]:
        """What speaks for each sentence."""
        return features(self.sentences, self.bags, self._headline)

    @cached_property
    def lead(self) -> int:
        """The position of the lead.

        It is the first whole sentence that stands by itself; else the first whole one; else the first. A sentence that
        speaks of what was told already («এ কথা», «ওই এলাকা»), which then is not told, and a very short one give way to
        the next.
        """
        whole = [position for position, fit in enumerate(self._fit) if fit]
        upright = [position for position in whole if not self.leans(position)]
        standing = [position for position in upright if not self._owed[position]]
        alone = [position for position in standing if not position or not points_within(self.sentences[position])]
        said = [position for position in alone if len(self.sentences[position]) >= _SAYS]
        first = next(chain(said, standing, upright, whole), 0)
        return first if self._stems[first] & self._promised else self._to_the_point(said, first)

    def _to_the_point(self, positions: Sequence[int], first: int) -> int:
        """Return the first position that tells much of the headline.

        It is ``first`` if there is none. «হঠাৎ করেই কেউ গুরুতর অসুস্থ হয়ে পড়লেন।» opens a story and says nothing of it.
        """
        spoken = [words & self._promised for words in self._stems]
        least = max(_POINTS, _TO_THE_POINT * len(frozenset().union(*spoken)))
        near = (
            position for position in positions if first < position <= first + _SOON and len(spoken[position]) >= least
        )
        return next(near, first)

    @property
    def promises(self) -> list[Bag]:
        """What each sentence tells of the headline beyond the lead.

        It is nothing if the lead tells enough.
        """
        spoken = [words & self._promised for words in self._stems]
        told = spoken[self.lead]
        if len(told) >= ENOUGH * len(frozenset().union(*spoken)):
            return [frozenset()] * len(spoken)
        return [words - told for words in spoken]

    @property
    def usual(self) -> int:
        """The room of a usual sentence."""
        mean = sum(map(len, self.sentences)) / len(self.sentences)
        return _USUAL if mean <= _LONG else CARD_CHARACTERS // CARD_SENTENCES

    def leans(self, position: int) -> bool:
        """Return whether a sentence can't be understood by itself."""
        return bool(self._needs[position])

    def together(self, position: int, chosen: tuple[int, ...]) -> list[int]:
        """Return a position with those that its sentence needs.

        They stand before it; the list is empty if they cannot be had. Sentences before the lead are not told: they were
        no whole sentences, or leant on what is not there.
        """
        if self._alone and len(self.bags[position] - self._told_by(chosen)) < _NEW * len(self.bags[position]):
            return []
        if not self._needs[position] and not self._debts[position]:
            return [position]
        wanted, chain = [position], list[int]()
        while wanted:
            one = wanted.pop()
            if one in chosen or one in chain:
                continue
            if one == _NOWHERE or not self._fit[one] or len(chain) == _LONGEST_CHAIN:
                return []
            chain.append(one)
            wanted += self._needs[one]
            said = [self._words[other] for other in (*chosen, *chain) if other != one]
            wanted += [debt.position for debt in self._debts[one] if not _is_told(debt, said)]
        return chain

    def _told_by(self, chosen: tuple[int, ...]) -> Bag:
        """Return what headline and chosen sentences tell."""
        if chosen not in self._tellings:
            self._tellings[chosen] = self._heads[1].union(*(self.bags[position] for position in chosen))
        return self._tellings[chosen]

    @cached_property
    def may_come(self) -> frozenset[int]:
        """The positions of what may stand behind the lead.

        They are fit; on a card they go on from the lead, or share a word with it or the headline.
        """
        near, told = self.lead + _NEAR, self._heads[1] | self.bags[self.lead]
        positions = (position for position in range(self.lead, len(self.sentences)) if self._fit[position])
        return frozenset(
            position
            for position in positions
            if not self._alone or position <= near or not told.isdisjoint(self.bags[position])
        )


def _is_told(debt: Debt, said: Iterable[Sequence[str]]) -> bool:
    return any(word.startswith(debt.beginning) for words in said for word in words)


class _Told(NamedTuple):
    """A sentence, its words, and its tie to the last.

    ``follows`` says that nothing was left out between them, ``inside`` that it begins within a quotation, ``said`` that
    it goes on with what somebody says («… বলেন, …। …।») and does not say who, ``headed`` that only the headline, said
    again, was left out.
    """

    sentence: str
    words: list[str]
    follows: bool
    inside: bool
    said: bool
    headed: bool


def _needed(told: Sequence[_Told], *, alone: bool) -> list[tuple[int, ...]]:
    """Return the positions that each sentence needs to be understood.

    `_NOWHERE` stands for a sentence that is left out. One that points back needs the sentence just before it; one that
    goes on with a speech needs the one that says who speaks.
    """
    needs: list[tuple[int, ...]] = []
    speaker = _NOWHERE
    for position, one in enumerate(told):
        # What opens a text has nothing before it: a pronoun within it is of somebody whom it names.
        points = points_back if position or not alone else opens_pointing
        leans = not one.headed and points(one.words, one.sentence)
        back = () if not leans else (position - 1 if one.follows else _NOWHERE,)
        needs.append((*back, *((speaker,) if one.said and (not back or speaker != back[0]) else ())))
        if opens_speech(one.sentence):
            speaker = position
        elif not one.said:
            speaker = _NOWHERE
    return needs


def _told(text: str, headline: frozenset[str]) -> Iterator[_Told]:
    """Yield the sentences of a text."""
    opening, follows, headed = True, False, False
    begun = frozenset(word[:SHORTEST] for word in headline)
    for paragraph in _paragraphs(text):
        inside = said = False
        for sentence in _sentences(_BYLINE.sub("", split_dateline(paragraph)[1]) if opening else paragraph):
            parts = words.split(sentence[:_WORDS_WITHIN])
            told = not _repeats(parts, headline, begun)
            if told:
                yield _Told(sentence, parts, follows, inside, said and not reports_speech(sentence), headed)
            follows, headed = told, opening and not told
            opening = opening and not told
            inside = inside_quotation(sentence, inside=inside)
            said = opens_speech(sentence) or (said and not reports_speech(sentence))


def _behind_headline(title: str, text: str) -> str:
    """Return a text without headlines that run into its beginning.

    The article's own stands last of them.
    """
    at = text.find(title, 0, _REACH_OF_HEADLINES) if len(title) > _HEADING else -1
    behind = text[at + len(title) :]
    return behind if at >= 0 and behind[:1] == " " and len(behind) > len(title) else text


def _repeats(parts: Sequence[str], headline: frozenset[str], begun: frozenset[str]) -> bool:
    """Return whether a sentence only says the headline again.

    It may do so in other forms and with one word more.
    """
    new = [word for word in parts if word[:SHORTEST] not in begun]
    return headline.issuperset(parts) or (
        len(new) <= 1 and len(parts) >= _HEADED and not any(word.isdecimal() for word in parts if word not in headline)
    )


def _paragraphs(text: str) -> Iterator[str]:
    for line in islice(cut(text, _CHARACTERS, "").splitlines(), _LINES):
        paragraph = line.strip()
        if paragraph and not _is_heading(paragraph) and (len(paragraph) > _LABEL or read_label(paragraph) is None):
            yield paragraph


def _is_heading(line: str) -> bool:
    """Return whether a line heads a list or a section.

    A few words without a full stop do.
    """
    return len(line) < _HEADING and line[-1] not in _PUNCTUATION


def _sentences(paragraph: str) -> Iterator[str]:
    """Part a paragraph into sentences, captions by their numbers.

    It works as `bot.bangla.sentences.split` does, but no further than it is read.
    """
    start = 0
    captions = _CAPTION.split(paragraph)
    if len(captions) > _PICTURES:
        yield from filter(None, (_CREDIT.sub("", caption).strip() for caption in captions))
        return
    for end in chain(ends(paragraph), [len(paragraph)]):
        if sentence := paragraph[start:end].strip():
            yield sentence
        start = end
