"""Holds the words of a message, each with what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.search.grammar.lexicon import Kind
    from bot.search.grammar.verbs import Verb, VerbForm, VerbSense


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or a phrase that the grammar knows as one.

    It has its written and its compared form.
    """

    text: str
    key: str
    kinds: frozenset[Kind]
    senses: frozenset[VerbSense]
    ends_clause: bool = False
    """Whether a comma, a danda or the like stood behind it."""
    breaks: bool = False
    """Whether that was more than a comma: what follows is another sentence, or what somebody said."""
    asks: bool = False
    """Whether a question mark stood behind it."""

    def is_a(self, *kinds: Kind) -> bool:
        """Tell whether it does any of these."""
        return not self.kinds.isdisjoint(kinds)

    def says(self, verb: Verb, *forms: VerbForm) -> bool:
        """Return whether it may be a form of these verbs."""
        return any(sense.verb is verb and (not forms or sense.form in forms) for sense in self.senses)

    def has_form(self, *forms: VerbForm) -> bool:
        """Tell whether it may be a verb in one of these forms."""
        return any(sense.form in forms for sense in self.senses)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a message, and whether something in it was quoted."""

    words: tuple[Word, ...]
    quoted: bool = False

    @property
    def text(self) -> str:
        """The words as they were written, without what stood between them."""
        return written(self.words)


def written(words: Sequence[Word]) -> str:
    """Return words as they were written."""
    return " ".join(word.text for word in words)
