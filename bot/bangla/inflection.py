"""Finds a noun's base form by its ending and the archive's words.

The endings are the same everywhere; whether ব্যাংকে is ব্যাংক and not ব্যাং, only the words of the archive know. An
ending comes off if it fits the sound before it and the rest is a word that is known, or has other forms that are. A few
endings are sure on a long word although the rest was never seen. It works on ``key()`` text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Known: TypeAlias = Callable[[str], int]
    """How often a word stands in the archive; 0 for one that does not."""

_HASANTA = "\u09cd"
_VOWELS = frozenset("ািীুূৃেৈোৌঅআইঈউঊঋএঐওঔ")
_YA = normalize("NFC", "য়")
_NEVER = 99
# A word that stands so much more often than the rest is a word of its own: আছে beside আছ. From 20 to 200 it is all one.
_RARER = 60
# Other forms say no more than this, however many there are: the rest of মেয়েদের is not মেয়.
_MOST_KIN = 50
_PARTICLE, _CASE, _NUMBER = 3, 2, 1
_SHORT = 2


@dataclass(frozen=True, slots=True)
class _Ending:
    """One ending: which sounds it follows, and when it is sure.

    On a word of at least `sure` code points the rest need not be a known word.
    """

    text: str
    level: int
    after: frozenset[str] | None = None
    sure: int = _NEVER
    sure_after: frozenset[str] | None = None

    def rest(self, word: str) -> str | None:
        """Return the word without this ending, if it can stand there."""
        rest = word.removesuffix(self.text)
        if len(rest) in (0, 1, len(word)) or rest[-1] == _HASANTA:
            return None
        return rest if _fits(rest, self.after) else None

    def is_sure(self, rest: str) -> bool:
        """Return whether the ending comes off an unknown rest."""
        return len(rest) >= self.sure and (self.sure_after is None or rest[-1] in self.sure_after)


def _fits(rest: str, after: frozenset[str] | None) -> bool:
    # An empty set stands for consonants, which are many.
    return after is None or (rest[-1] in after if after else rest[-1] not in _VOWELS)


_CONSONANTS: frozenset[str] = frozenset()
_YA_CASES = (_YA + "ে", _YA + "ের")
_CASES = (
    _Ending("র", _CASE, _VOWELS, 5, frozenset("িী")),
    _Ending("তে", _CASE, _VOWELS, 5, frozenset("ী")),
    _Ending("রা", _CASE, _VOWELS, 4, frozenset("িীু")),
    # As newspapers write it beside েরা.
    _Ending("রা", _CASE, _CONSONANTS),
    _Ending(_YA, _CASE, frozenset("াো")),
    _Ending("ের", _CASE, _CONSONANTS, 4),
    _Ending("ে", _CASE, _CONSONANTS),
    _Ending("েরা", _CASE, _CONSONANTS, 4),
    _Ending("কে", _CASE, sure=5),
    _Ending("দের", _CASE, sure=4),
    _Ending("দেরকে", _CASE, sure=4),
    *(_Ending(text, _CASE, frozenset("াইউোৈৌএ")) for text in _YA_CASES),
    *(_Ending(f"-{text}", _CASE, sure=2) for text in ("র", "এর", "কে", "তে", "এ", "রা", "দের")),
)
_SINGLE = ("টি", "টা", "খানা", "খানি")
_MANY = ("গুলি", "গুলো")
_NUMBERS = (
    *(_Ending(number + case, _NUMBER) for number in _SINGLE for case in ("", "র", _YA)),
    *(_Ending(number + case, _NUMBER, sure=4) for number in _SINGLE for case in ("কে", "তে")),
    *(_Ending(number + case, _NUMBER, sure=4) for number in _MANY for case in ("", "র", "কে", "তে", _YA)),
)
_ENDINGS = (*_CASES, *_NUMBERS, _Ending("ই", _PARTICLE), _Ending("ও", _PARTICLE))
# Endings that belong to the word whatever the rest: then they must be as good as known.
_PLAIN = ("ের", "েরা", "দের", "দেরকে")


def _words(text: str) -> frozenset[str]:
    return frozenset(normalize("NFC", text).split())


# Words of the grammar, which are no nouns and nobody's base.
_GRAMMAR = _words("""
    মধ্যে মাঝে আগে বটে মানে সামনে পিছনে পেছনে নীচে নিচে বাহিরে বাইরে আছে কবে তবে যবে হবে হতে হয়ে দিয়ে নিয়ে গিয়ে চেয়ে
    পেয়ে খেয়ে বলে করে ধরে চলে এসে গেলে হলে আসে যাবে পাবে থাকে থেকে রাখে দেবে নেবে কমে আটকে জেগে উঠে মিলে সেটা এটা ওটা
    যেটা সেগুলি এতটা অতটা যতটা কতটা নিজে সকলে কোনোমতে অন্যরা একে এতে এত সেই এই যেই ওই কেউ নেই আমার তোমার আমাকে তোমাকে
    তাকে যাকে ওকে তাতে যাতে কোনও কখনও প্রায় যায় পায় চায় খায় গায় হায় কোথায় তার যার কার আর আবার এবার সেবার সবাই তারা
    যারা কারা তাঁরা যাঁরা আসলে
""")
# Nouns, numerals and adjectives that only look as if they had an ending.
_WHOLE = _words("""
    ছেলে মেয়ে বিয়ে দুই কই বই হাই ভাই রেডিও সময় বিষয় উপায় রায় সহায় বিদায় ন্যায় আহার দ্বার অস্থির হাজির কিনারা বেচারা
    সেরা সারা মারা চারা ধারা শিরা চেহারা কোটি মাটি খাঁটি বাটি ঘাঁটি মোটা গোটা কাটা ভিটা পালটা ঝাঁটা বাটা আটা কারখানা মিঠাই
    বালাই লড়াই দ্বারা দায়রা কয়রা টেংরা ছাপরা অন্তরা নামকরা মাইনে সরকার দরকার বাজার হাজার অধিকার ব্যবহার স্বীকার প্রকার ব্যাপার
""")
# Forms that stand so often that they look like words of their own.
_FROZEN = {"সঙ্গে": "সঙ্গ", "কাছে": "কাছ", "বিরুদ্ধে": "বিরুদ্ধ", "একটি": "এক", "একটা": "এক"}

_AFTER_E = ("কে", "তে", "দের", "টি")
_AFTER_VOWEL = ("র", "কে", "তে", _YA, "রা", "দের", "টি", "গুলো")
_AFTER_CONSONANT = ("ের", "ে", "কে", "েরা", "দের", "টি", "গুলো")


def base(word: str, known: Known) -> str:
    """Return the base form of a noun: ব্যাংক for ব্যাংকে.

    Both must be known words; most words are their own base.

    Args:
        word: what to reduce; verbs and pronouns are not meant.
        known: how often a word stands in the archive.
    """
    level = _PARTICLE + 1
    while word and level and word not in _GRAMMAR and word not in _WHOLE:
        if word in _FROZEN:
            return _FROZEN[word]
        word, level = max(_rests(word, level, known), default=((), word, 0))[1:]
    return word


def _rests(word: str, below: int, known: Known) -> Iterator[tuple[tuple[int, ...], str, int]]:
    """Yield the candidates that one more ending leaves.

    Each has its likelihood, the rest, and the ending's level.
    """
    own = _kin(word, word, known)
    for ending in _ENDINGS:
        rest = ending.rest(word) if ending.level < below else None
        if rest is None or rest in _GRAMMAR or _is_scrap(rest, ending):
            continue
        count = known(rest)
        support = count + min(_kin(rest, word, known), _MOST_KIN)
        if ending.level == _PARTICLE and not count:
            continue
        if ending.text == "র" and rest[-1] == "ে" and not _ends_in_e(rest, word, known):
            continue
        if _comes_off(ending, rest, support, own, known(word)):
            yield (rest in _WHOLE, count > 0, len(rest) <= _SHORT, support, -len(rest)), rest, ending.level


def _comes_off(ending: _Ending, rest: str, support: int, own: int, count: int) -> bool:
    if not support:
        return ending.is_sure(rest) and not own
    return ending.text in _PLAIN or (own <= support and count <= _RARER * support)


def _ends_in_e(rest: str, word: str, known: Known) -> bool:
    """Return whether a word in ের comes from one in ে.

    ছেলের does, from ছেলে; দেশের comes from দেশ, although দেশে stands too.
    """
    shorter = rest[:-1]
    # A stray দেশেকে, as large archives have it, must not outweigh দেশকে.
    return rest in _WHOLE or _kin(rest, word, known) > known(shorter) + _kin(shorter, word, known) - known(rest)


def _is_scrap(rest: str, ending: _Ending) -> bool:
    """Return whether a rest of two code points is no word here.

    ঘর is a word before ে, মা before য়ের.
    """
    return len(rest) <= _SHORT and (
        (rest[-1] in _VOWELS) != (ending.text in _YA_CASES) or ending.text in ("ই", "ও", "কে", "টি", "টা")
    )


def _kin(word: str, but: str, known: Known) -> int:
    """Count the other known forms of a word."""
    return sum(known(form) for ending in _usual(word) if (form := word + ending) != but)


def _usual(word: str) -> tuple[str, ...]:
    if word[-1] == "ে":
        return _AFTER_E
    return _AFTER_VOWEL if word[-1] in _VOWELS else _AFTER_CONSONANT
