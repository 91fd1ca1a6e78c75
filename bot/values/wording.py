"""Holds words in both languages, side by side.

It is also the one way in which values get into them.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.bangla.numerals import to_bangla
from bot.values.chats import Language


class Wording(NamedTuple):
    """One thing said in Bengali and in English.

    ``{name}`` stands for a value and is never inflected.
    An English number that something is counted by brings its noun along, one and many: ``{n:story|stories}``.
    """

    bn: str
    en: str


class Quantity(int):
    """A number as it stands in a text.

    Commas group it; in English the noun that fits it follows.
    """

    def __format__(self, spec: str) -> str:
        """Print the number; a spec adds its noun.

        The spec ``story|stories`` prints 1 story, 0 stories, 1,511 stories.
        """
        one, _, many = spec.partition("|")
        noun = one if self == 1 else many
        return f"{grouped(self, Language.ENGLISH)} {noun}".rstrip()


OWN_NAME, OWN_NAME_LATIN = "খবর", "Khobor"
"""What the bot is called unless its newsroom names it: the Bengali word alone says "news"."""


def say(wording: Wording, language: Language, **values: str | int) -> str:
    """Put ``wording`` in ``language``.

    Numbers are grouped, and have Bengali digits there; text stays as it is. Only our own name has a Latin form.
    """
    if language is Language.ENGLISH:
        if values.get("bot") == OWN_NAME:
            values["bot"] = OWN_NAME_LATIN
        return wording.en.format(**{name: _counted(value) for name, value in values.items()})
    shown = {name: number(value, language) if isinstance(value, int) else value for name, value in values.items()}
    return wording.bn.format(**shown)


def number(value: int, language: Language) -> str:
    """Print a number in the digits of ``language``.

    Commas group the digits of numbers from a thousand on.
    """
    shown = grouped(value, language)
    return shown if language is Language.ENGLISH else to_bangla(shown)


def grouped(value: int, language: Language) -> str:
    """Group the digits of a number as read.

    100,000 in English is 1,00,000, by lakhs, in Bengali.
    """
    digits = str(abs(value))
    head, tail = digits[:-3], digits[-3:]
    size = 3 if language is Language.ENGLISH else 2
    groups = [head[max(0, end - size) : end] for end in range(len(head), 0, -size)][::-1]
    return ("-" if value < 0 else "") + ",".join((*groups, tail))


def _counted(value: str | int) -> str | Quantity:
    return Quantity(value) if isinstance(value, int) else value
