"""Sums an article up in a few of its own sentences, verbatim.

The lead says what happened and always comes; what the headline speaks of and the lead does not is wanted beside it. The
other sentences are those that people are most likely to take too (worth.py), that fit the room best together
(selection.py), that are whole and the article's own (fitness.py), and that can be understood by themselves
(dependence.py).
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING

from bot.articles.dependence import behind_speaker, owns_words, points_within, reports_speech
from bot.articles.fitness import closed, is_fit, says_again
from bot.articles.gluing import looks_glued
from bot.articles.reference import Debt, Debts, tells
from bot.articles.salience import SHORTEST, Bag, bag, stems
from bot.articles.selection import choose
from bot.articles.telling import NOWHERE, WORDS_WITHIN, needed, read
from bot.articles.worth import WEIGHTS, SentenceFeatures, features, worth
from bot.bangla import words
from bot.bangla.cut import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

CARD_SENTENCES = 3
CARD_CHARACTERS = 480
"""Room on a card: the three sentences of a usual report are about 440 characters (copy.md, 14.12)."""
_TITLE = 400  # characters of a headline that are looked at
# Without a limit a sentence has the room of a usual one, and of a card's where the article's own are long.
_USUAL, _LONG = 95, 115
_SAYS = 32  # characters: «ভাঙল মিলনমেলা।» says too little to be all that comes
_LONGEST_CHAIN = 3
_TO_THE_POINT = 0.4  # the share of the headline's words which the text has that such a lead must tell
_POINTS, _SOON = 2, 10  # words of the headline that a later lead must tell, and how much later it may stand
_NEW = 0.45  # the share of its words that another sentence on a card must tell anew
_AGAIN, _FEW = 0.7, 5  # the share of another sentence's words, and how many these are at least
_OWNED = 8  # sentences within which somebody owns what opens a text
_TRIED = 30  # sentences, the best ones
_NEAR = 2  # sentences behind the lead that go on from it, whatever words they have
ENOUGH = 0.5
"""The share of the headline's words which the text has that a lead must tell, if nothing more of them is wanted."""
FLOW = 0.12
"""What going on from the one before it adds to a sentence's worth on a card, if it could stand by itself."""
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
    whole = [closed(one) for one in article.sentences]
    lead = whole[article.lead]
    if max_chars is not None and len(lead) > max_chars:
        return [part for part in [cut(lead, max_chars)] if part]
    room = sentences * article.usual if max_chars is None else max_chars
    less = _LEANING_ALONE if alone else _LEANING
    values = [
        worth(sentence, measured, weights) - (less if article.leans(position) else 0.0)
        for position, (sentence, measured) in enumerate(zip(article.sentences, article.features, strict=True))
    ]
    chosen = choose(
        *(whole, article.bags, values),
        positions=article.may_come(values),
        opening=article.opening(sentences, room),
        promises=article.promises,
        together=article.together,
        most=sentences,
        room=room,
        flow=[FLOW if alone and not article.leans(position) else 0.0 for position in range(len(values))],
    )
    return [whole[position] for position in chosen]


class SentenceTable:
    """The sentences of an article and what is known of each."""

    def __init__(self, title: str, text: str, *, alone: bool = False) -> None:
        """Read a text; ``alone`` says that the choice is read alone."""
        headline = words.split(title[:_TITLE])
        told = read(title, text, frozenset(headline))
        self.sentences = [one.sentence for one in told]
        """What may be chosen from: without labels, headings, dateline and the headline."""
        self.bags = [bag(one.words) for one in told]
        """For each sentence, what stands for it."""
        self._headline = bag(headline)
        self._promised = stems(headline)
        begun = {word[:SHORTEST] for word in headline}
        self._stems = [stems(word for word in one.words if word[:SHORTEST] in begun) for one in told]
        self._needs = needed(told, alone=alone)
        self._heads = (headline, bag(headline))
        self._words = [one.words for one in told]
        self._alone = alone
        self._tellings: dict[tuple[int, ...], Bag] = {}
        self._new: dict[int, Bag] = {}
        self._told = told
        self._sets = [frozenset(headline), *(frozenset(one.words) for one in told)]
        self._fit: dict[int, bool] = {}
        self._debts = Debts(self._words)
        self._unpaid: dict[int, list[Debt]] = {}
        headed = takewhile(lambda one: says_again(one, self._sets[:1]), self._sets[1:])
        self._opening = sum(1 for _ in headed)

    def _is_fit(self, position: int) -> bool:
        """Return whether a sentence may be told at all."""
        if position not in self._fit:
            one, sets = self._told[position], self._sets
            self._fit[position] = (
                not one.inside
                and is_fit(one.sentence, opening=not position)
                and not says_again(sets[position + 1], sets[: position + 1])
            )
        return self._fit[position]

    def _owed(self, position: int) -> list[Debt]:
        """Return what a sentence takes for known beyond the headline.

        It is nothing if there is more to read.
        """
        if not self._alone:
            return []
        if position not in self._unpaid:
            self._unpaid[position] = [debt for debt in self._debts.of(position) if not tells(self._heads[0], debt)]
        return self._unpaid[position]

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
        every = range(len(self.sentences))
        said = (position for position in every if self._leads(position))
        standing = (position for position in every if self._stands(position))
        upright = (position for position in every if self._is_fit(position) and not self.leans(position))
        first = next(chain(said, standing, upright, filter(self._is_fit, every)), 0)
        return first if self._stems[first] & self._promised else self._to_the_point(first)

    def _stands(self, position: int) -> bool:
        """Return whether a sentence is whole and stands by itself."""
        return self._is_fit(position) and not self.leans(position) and not self._owed(position)

    def _leads(self, position: int) -> bool:
        """Return whether a sentence stands, points at nothing and says enough.

        It may point at the headline, where that was said again just before.
        """
        sentence = self.sentences[position]
        if not self._stands(position) or len(sentence) < _SAYS:
            return False
        return position <= self._opening or not points_within(sentence)

    def _to_the_point(self, first: int) -> int:
        """Return the first position that tells much of the headline.

        It is ``first`` if there is none. «হঠাৎ করেই কেউ গুরুতর অসুস্থ হয়ে পড়লেন।» opens a story and says nothing of it.
        """
        spoken = [words & self._promised for words in self._stems]
        least = max(_POINTS, _TO_THE_POINT * len(frozenset().union(*spoken)))
        soon = range(first + 1, min(first + _SOON + 1, len(spoken)))
        return next((position for position in soon if len(spoken[position]) >= least and self._leads(position)), first)

    def opening(self, most: int, room: int) -> tuple[int, ...]:
        """Return the positions of the lead and of who says it.

        «কাজ শেষ হবে।» is somebody's word if «এসব কথা বলেন মেয়র।» soon follows and nobody else speaks between.
        """
        lead = self.lead
        if not self._alone or reports_speech(self.sentences[lead]):
            return (lead,)
        behind = range(lead + 1, min(lead + _OWNED, len(self.sentences)))
        owner = next((position for position in behind if reports_speech(self.sentences[position])), NOWHERE)
        if owner == NOWHERE or not owns_words(self.sentences[owner]) or self.together(owner, (lead,)) != [owner]:
            return (lead,)
        fits = most > 1 and len(self.sentences[lead]) + 1 + len(self.sentences[owner]) <= room
        return (lead, owner) if fits else (lead,)

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
        if self._alone:
            news = self._news(position)
            if len(news - self._told_by(chosen)) < _NEW * len(news) or self._repeats(news, chosen):
                return []
        if not self._needs[position] and not self._owed(position):
            return [position]
        wanted, chain = [position], list[int]()
        while wanted:
            one = wanted.pop()
            if one in chosen or one in chain:
                continue
            if one == NOWHERE or not self._is_fit(one) or len(chain) == _LONGEST_CHAIN:
                return []
            said = {before for before in (self.lead, *chosen, *chain) if before < one}
            wanted += [*self._needs[one]]
            wanted += [debt.position for debt in self._owed(one) if said.isdisjoint(self._debts.tellers(debt))]
            chain.append(one)
        return chain

    def _repeats(self, news: Bag, chosen: tuple[int, ...]) -> bool:
        """Return whether a sentence says all of another again, with more words."""
        bags = (self.bags[position] for position in chosen)
        return any(len(told) >= _FEW and len(told & news) >= _AGAIN * len(told) for told in bags)

    def _news(self, position: int) -> Bag:
        """Return what a sentence tells, without who says it."""
        if position not in self._new:
            said = behind_speaker(self.sentences[position])
            self._new[position] = bag(words.split(said[:WORDS_WITHIN])) if said else self.bags[position]
        return self._new[position]

    def _told_by(self, chosen: tuple[int, ...]) -> Bag:
        """Return what headline and chosen sentences tell."""
        if chosen not in self._tellings:
            self._tellings[chosen] = self._heads[1].union(*(self.bags[position] for position in chosen))
        return self._tellings[chosen]

    def may_come(self, values: Sequence[float]) -> list[int]:
        """Return the positions of the best that may stand beside the lead.

        They are fit; on a card they go on from the lead, or share a word with it or the headline. There are no more of
        them than are worth trying.
        """
        near, told = self.lead + _NEAR, self._heads[1] | self.bags[self.lead]
        best = sorted(range(self.lead, len(self.sentences)), key=lambda position: -values[position])
        positions = (
            position
            for position in best
            if not self._alone or position <= near or not told.isdisjoint(self.bags[position])
        )
        return sorted(islice(filter(self._may_follow, positions), _TRIED))

    def _may_follow(self, position: int) -> bool:
        return self._is_fit(position) and not looks_glued(self.sentences[position])
