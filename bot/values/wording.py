"""Words in both languages, side by side, and the one way values get into them."""

from __future__ import annotations

from typing import NamedTuple

from bot.bangla.numerals import to_bangla
from bot.values.chats import Language


class Wording(NamedTuple):
    """One thing said in Bengali and in English; ``{name}`` stands for a value and is never inflected."""

    bn: str
    en: str


def say(wording: Wording, language: Language, **values: str | int) -> str:
    """Put ``wording`` in ``language``; numbers get Bengali digits there, text stays as it is."""
    if language is Language.ENGLISH:
        return wording.en.format(**values)
    shown = {name: to_bangla(value) if isinstance(value, int) else value for name, value in values.items()}
    return wording.bn.format(**shown)


def number(value: int, language: Language) -> str:
    """Print a number in the digits of ``language``."""
    return str(value) if language is Language.ENGLISH else to_bangla(value)
