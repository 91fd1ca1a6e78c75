"""One clause of a sentence's end, asked what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from bot.search.grammar.lexicon import Kind
from bot.search.grammar.verbs import Verb, VerbForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.search.grammar.sentence import Word

WANTED: Final = (VerbForm.ORDER, VerbForm.LATER)
ENDING_VERBS: Final = frozenset(VerbForm) - {VerbForm.SAID}


@dataclass(frozen=True)
class Clause:
    """One clause of an end, asked what is in it."""

    words: list[Word]
    news: bool
    """Whether news, or a word that says what about, stands anywhere in the sentence."""
    updates: bool
    """Whether updates are named in it."""

    def has(self, *kinds: Kind) -> bool:
        """Return whether a word of these kinds is in it."""
        return any(word.is_a(*kinds) for word in self.words)

    def says(self, verb: Verb, *forms: VerbForm) -> bool:
        """Return whether a verb is in it, in one of these forms."""
        return any(word.says(verb, *forms) for word in self.words)

    def says_any(self, verbs: Sequence[Verb], *forms: VerbForm) -> bool:
        """Return whether any of these verbs is in it."""
        return any(self.says(verb, *forms) for verb in verbs)

    @cached_property
    def last(self) -> int:
        """The position of the last verb.

        Without a verb it is that of the last word that can be one. Denied words stand behind it.
        """
        positions = [
            at for at, word in enumerate(self.words) if word.has_form(*ENDING_VERBS) and not word.is_a(Kind.NOT)
        ]
        return positions[-1] if positions else -1

    @cached_property
    def denied(self) -> bool:
        """Whether না stands behind the last verb; without one, anywhere."""
        behind = self.words[self.last :] if self.last >= 0 else self.words
        return any(word.is_a(Kind.NOT) for word in behind)

    @cached_property
    def begs(self) -> bool:
        """Whether the last verb is an order for now.

        A denied one begs (দাও না); a denied order for later forbids.
        """
        verb = self.words[self.last] if self.last >= 0 else None
        return verb is not None and verb.has_form(VerbForm.ORDER) and not verb.has_form(VerbForm.I_WILL, VerbForm.I_DO)

    @cached_property
    def begs_plainly(self) -> bool:
        """Whether the last verb can be nothing but an order for now."""
        verb = self.words[self.last] if self.last >= 0 else None
        return self.begs and verb is not None and not verb.has_form(VerbForm.LATER)

    @cached_property
    def only_stays(self) -> bool:
        """Whether nothing but থাক- is said: «আজকের মতো থাক»."""
        return all(word.says(Verb.STAY) or word.is_a(Kind.TAIL, Kind.POLITE) for word in self.words)
