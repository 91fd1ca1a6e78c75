"""Splits text into index words, and says what a question matches.

Search asks the index; what is followed is matched from the article's side. Both go by `question` and `holds`, so that
looking for something and following it agree.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from bot.bangla.endings import has_short_forms, short_base
from bot.bangla.normalise import display, key
from bot.bangla.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORTEST_PREFIX = 3
"""A shorter word is sought by its forms and not as a beginning: every second word begins with some two signs."""
LONGEST = 64
"""Code points of a word that count, of a longer one the first. In 1,834 real articles the longest has 39."""
_LONG = re.compile(rf"\S{{{LONGEST + 1},}}")
_LETTERS = frozenset("LMN")
_JOINERS = "\u200c\u200d"
_BAR = "|"
# A word of letters and signs in order, in NFC: it is its own key() form.
_PLAIN = re.compile(
    "((?:[\u0995-\u09a8\u09aa-\u09b0\u09b2\u09b6-\u09b9]\u09bc?(?:\u09cd[\u0995-\u09a8\u09aa-\u09b0\u09b2\u09b6-\u09b9]\u09bc?)*+"
    "[\u09be-\u09c4\u09c7\u09c8\u09cb\u09cc]?[\u0981\u0982]?|[\u0985-\u0990\u0993\u0994][\u0981\u0982]?)++)[।,;?!]*+"
)
MOST_WORDS = 32
"""Words of a question that count; each is looked for in everything."""
# Whatever opens, up to what closes it; a quotation mark without its other half is a sign like others. None is looked
# for beyond the next that opens: else a text of opening marks alone takes the square of its length.
_QUOTED = re.compile(r'"([^"]*)"|“([^“”]*)”|‘([^‘’]*)’')


def split(text: str) -> list[str]:
    """Split a text into words as the index does.

    A word is a run of letters, signs and digits of the key() form. A word longer than `LONGEST` is cut to that length.
    """
    found: list[str] = []
    for run in text.split():
        found += _words_of(run) if len(run) <= LONGEST else split_key(key(run))
    return found


@lru_cache(maxsize=1 << 14)  # three words of four stood in articles before; what key() does reaches over no white space
def _words_of(run: str) -> tuple[str, ...]:
    plain = _PLAIN.fullmatch(run)
    return (plain[1],) if plain else tuple(split_key(key(run)))


def split_key(folded: str) -> list[str]:
    """Split a text in key() form, as `split` does."""
    return [word[:LONGEST] for word in _parted(folded).split()]


def indexed(text: str) -> str:
    """Return a text as the index is given it.

    It is the key() form; of each word no more than counts.
    """
    return indexed_key(key(text))


def indexed_key(folded: str) -> str:
    """Return a text in key() form, as `indexed` does."""
    return _LONG.sub(_shortened, folded)


def _shortened(run: re.Match[str]) -> str:
    parts = _parted(run[0]).split()
    return " ".join(word[:LONGEST] for word in parts) if any(len(word) > LONGEST for word in parts) else run[0]


class _Parting(dict[int, int]):
    """What each code point becomes where words are parted."""

    def __missing__(self, code: int) -> int:
        """Keep letters, marks and numbers; anything else is a space."""
        self[code] = code if _is_letter(chr(code)) else ord(" ")
        return self[code]


_PARTING = _Parting()


def _parted(folded: str) -> str:
    return folded.translate(_PARTING)


def positions(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each word stands, and its form in the index."""
    start = -1
    for at, sign in enumerate(f"{text} "):
        # Joiners belong to the word around them; key() takes them off.
        inside = _is_letter(sign) or (start >= 0 and sign in _JOINERS)
        if inside and start < 0:
            start = at
        elif not inside and start >= 0:
            yield start, at, key(text[start:at])[:LONGEST]
            start = -1


def compounds(text: str) -> set[str]:
    """Return the words with a sign inside that `split` parts: কোভিড-19."""
    return {word for part in key(text).split() if len(split(word := _bare(part))) > 1}


def _bare(word: str) -> str:
    positions = [position for position, sign in enumerate(word) if _is_letter(sign)]
    return word[positions[0] : positions[-1] + 1] if positions else ""


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in _LETTERS


@dataclass(frozen=True, slots=True)
class Needle:
    """One word to look for.

    It stands for the beginning of a word, or with `exact` for a whole one.
    """

    text: str
    exact: bool

    @property
    def short(self) -> bool:
        """Whether the word is too short to stand for a beginning.

        If it is, only its usual forms count.
        """
        return not self.exact and len(self.text) < SHORTEST_PREFIX


Run: TypeAlias = tuple[Needle, ...]
"""Words that stand side by side."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a text asks for.

    At least one run of each group must stand; a group's runs are spellings of the same.
    """

    groups: tuple[tuple[Run, ...], ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        """All runs, whichever group they are of."""
        return tuple(run for group in self.groups for run in group)


def question(text: str) -> Question:
    """Return what a text asks for.

    Its words, and as a run of words what stands in quotation marks.
    Spellings of the same are parted by a bar: হাদি|হাদী, শেয়ারবাজার|শেয়ার-বাজার. The first 32 of each count.
    """
    groups: list[tuple[Run, ...]] = []
    end = 0
    for found in _QUOTED.finditer(text):
        groups += _single(text[end : found.start()])
        groups += [(run,) for run in _run(split(next(part for part in found.groups() if part is not None)))]
        end = found.end()
    groups += _single(text[end:])
    return Question(tuple(tuple(run[:MOST_WORDS] for run in ways[:MOST_WORDS]) for ways in groups[:MOST_WORDS]))


def normal_question(text: str) -> str:
    """Return the one form of all texts asking the same.

    Read again, it asks the same too. Keywords are kept in it.
    """
    return " ".join(_quoted([needle.text for needle in run]) for run in question(display(text)).runs)


def _quoted(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f'"{" ".join(words)}"'


def _single(text: str) -> list[tuple[Run, ...]]:
    if _BAR not in text:
        return [((_needle(word),),) for word in split(text)]
    groups: list[tuple[Run, ...]] = []
    for token in text.split():
        ways = [run for part in token.split(_BAR) for run in _run(split(part))] if _BAR in token else []
        groups += [tuple(dict.fromkeys(ways))] if ways else [((_needle(word),),) for word in split(token)]
    return groups


def _run(words: list[str]) -> list[Run]:
    # As the index has it: in a phrase the last word alone may be a beginning.
    return [(*(Needle(word, exact=True) for word in words[:-1]), _needle(words[-1]))] if words else []


def _needle(word: str) -> Needle:
    if len(word) >= SHORTEST_PREFIX:
        return Needle(stem(word), exact=False)
    return Needle(word, exact=not has_short_forms(word))


class WordForms:
    """What texts offer to questions.

    It is made once from texts as `split` parts them, and asked by thousands.
    """

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """Look at all words of these texts once."""
        self._texts = texts
        self._positions: dict[str, list[tuple[Sequence[str], int]]] = {}
        for text in texts:
            for at, word in enumerate(text):
                self._positions.setdefault(word, []).append((text, at))
        self.words = sorted(self._positions)
        """The words, each once, in order."""
        self._short = {base for word in self.words if (base := short_base(word))} - self._positions.keys()

    def heads(self) -> Iterator[str]:
        """Yield everything by which a question can find these words.

        That is words, the beginnings of each that may be sought, and short words of their forms, each once. A text of
        the largest size has a hundred thousand of them: they are never all held.
        """
        before = ""
        for word in self.words:
            for size in range(max(SHORTEST_PREFIX, _shared(before, word) + 1), len(word)):
                yield word[:size]
            yield word
            before = word
        yield from self._short

    def answers(self, question: Question) -> bool:
        """Return whether the texts hold all that is asked.

        A run must stand within one of them.
        """
        # Every needle somewhere, before any run is sought: that settles nearly all.
        return bool(question.groups) and all(
            any(all(map(self._has, run)) and (len(run) == 1 or self._stands(run)) for run in group)
            for group in question.groups
        )

    def _has(self, needle: Needle) -> bool:
        if needle.text in self._positions:
            return True
        if needle.exact or needle.short:
            return needle.short and needle.text in self._short
        at = bisect_left(self.words, needle.text)
        return at < len(self.words) and self.words[at].startswith(needle.text)

    def _stands(self, run: tuple[Needle, ...]) -> bool:
        # All but the last are whole words, so a run stands only where its first does.
        return any(
            at + len(run) <= len(text) and all(_is(needle, text[at + position]) for position, needle in enumerate(run))
            for text, at in self._positions[run[0].text]
        )


def _shared(one: str, other: str) -> int:
    """Return how many code points two words begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _is(needle: Needle, word: str) -> bool:
    if needle.exact or needle.short:
        return word == needle.text or (needle.short and short_base(word) == needle.text)
    return word.startswith(needle.text)


def holds(question: Question, texts: Sequence[Sequence[str]]) -> bool:
    """Tell whether texts, as `split` parts them, hold all that is asked."""
    return WordForms(texts).answers(question)


def head(question: Question) -> Needle:
    """Return the needle under which a question is filed.

    It is the longest, and of several the first.

    Raises:
        ValueError: it asks for nothing.
    """
    return max((needle for run in question.runs for needle in run), key=lambda needle: len(needle.text))
