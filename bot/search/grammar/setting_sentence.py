"""Holds a sentence that is asked what it wants of a setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.search.grammar.acts import FORBIDDING, Act
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.verbs import Verb, VerbForm
from bot.search.grammar.wordlist import keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.search.grammar.ending import Ending
    from bot.search.grammar.sentence import Word

TIME_NAMES: Final = keys("সময় টাইম সময়টা সময়সূচি ডাইজেস্ট ডাইজেস্টের somoy shomoy time digest")
UPDATES: Final = keys("আপডেট আপডেটগুলো update updates")
_EMPTY: Final = (Kind.NEWS, Kind.POLITE, Kind.FRESH, Kind.ONLY, Kind.ABOUT, Kind.TAIL, Kind.OF, Kind.ANY, Kind.MESSAGE)


class Order(NamedTuple):
    """A command with its argument, as it could be typed."""

    command: str
    argument: str = ""


class SettingSentence:
    """A sentence, asked what it wants of a setting."""

    def __init__(self, words: Sequence[Word], ending: Ending | None) -> None:
        self.words = words
        self.ending = ending
        self.start = ending.start if ending is not None else len(words)
        self.tail = words[self.start :]
        self.object = [word for word in words[: self.start] if _is_object(word)]
        self.keys = [word.key for word in self.object]
        self.without = any(word.is_a(Kind.WITHOUT) for word in words)
        # «ব্রেকিং ছাড়া কিছু পাঠাবেন না» wants that alone; «ছবি ছাড়া পাঠান» does not want it.
        nothing_else = any(word.is_a(Kind.OFF) for word in words) or (ending is not None and ending.act in FORBIDDING)
        self.only = any(word.is_a(Kind.ONLY) for word in words) or (self.without and nothing_else)

    @property
    def denied(self) -> bool:
        """Whether it is not wanted.

        A forbidding end, ছাড়া, বন্ধ, or না behind the object says so.
        """
        if self.ending is None:
            return self.without
        return self.without or self.ending.act in (*FORBIDDING, Act.DENY)

    @property
    def wanted(self) -> bool:
        """Whether it is wanted."""
        return self.ending is not None and self.ending.act in (Act.FOLLOW, Act.SHOW, Act.SWITCH_ON, Act.CHANGE)

    def says(self, *verbs: Verb) -> bool:
        """Tell whether the end is one of these verbs."""
        return any(word.says(verb) for word in self.tail for verb in verbs)


def _is_object(word: Word) -> bool:
    """Return whether a word of the object says anything.

    খবর and এলে («খবর এলে শব্দ …») do not.
    """
    return word.key in UPDATES or not (word.is_a(*_EMPTY) or word.has_form(VerbForm.IF))
