"""Cuts a message into words, each with what it does."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.bangla.normalise import display, key
from bot.search.grammar import lexicon
from bot.search.grammar.sentence import Sentence, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.search.grammar.lexicon import Kind

MOST: Final = 60
"""Words of a message that are looked at: a longer one is no request."""
_KEPT: Final = 4096
"""Words that are cut once."""
_STOPS: Final = "?!।,;:…—–"
_EDGES: Final = "?!।,;:…—–.()[]{}*_~`\"“”‘’'"
_QUOTE: Final = re.compile(r"[\"“”]|‘[^’]+ [^’]+’")
_QUOTED: Final = re.compile(r'"[^"]+"|“[^“”]+”|‘[^‘’]+’')
_SIGNS: Final = "?!।,;:"


def parted(text: str) -> list[str]:
    """Part a question at spaces, but for what stands in quotation marks."""
    words: list[str] = []
    end = 0
    for found in _QUOTED.finditer(text):
        words += [*text[end : found.start()].split(), found[0]]
        end = found.end()
    return [word for word in (one.strip(_SIGNS) for one in (*words, *text[end:].split())) if word]


def has_quotes(text: str) -> bool:
    """Tell whether something in a text is quoted."""
    return _QUOTE.search(text) is not None


def keys_of(text: str) -> list[str]:
    """Return the ``key()`` form of each word of a list."""
    return [key(word) for word in text.split()]


def read(text: str) -> Sentence:
    """Return the words of a message.

    Signs and emoji at their ends say nothing.
    """
    shown = display(text)
    pieces = [piece for piece in map(_piece, shown.split()[:MOST]) if piece is not None]
    words: list[Word] = []
    at = 0
    while at < len(pieces):
        word = _longest(pieces[at : at + lexicon.LONGEST_PHRASE])
        words.append(word)
        at += word.text.count(" ") + 1
    return Sentence(tuple(words), _QUOTE.search(shown) is not None)


@dataclass(frozen=True, slots=True)
class _WordPiece:
    text: str
    key: str
    stop: str


@lru_cache(maxsize=_KEPT)
def _piece(raw: str) -> _WordPiece | None:
    bare = raw.strip(_EDGES)
    bare = bare if any(map(_is_letter, bare)) or bare in ("+", "&") else ""
    bare = _undecorated(bare)
    if not bare:
        return None
    tail = raw[raw.rindex(bare) + len(bare) :] if bare in raw else ""
    return _WordPiece(bare, key(bare), "".join(sign for sign in tail if sign in _STOPS))


def _undecorated(word: str) -> str:
    start, end = 0, len(word)
    while (
        end > start
        and unicodedata.category(word[end - 1]) in ("So", "Sk", "Cf")
        and word[end - 1] not in "\u200c\u200d"
    ):
        end -= 1
    while start < end and unicodedata.category(word[start]) in ("So", "Sk", "Cf"):
        start += 1
    return word[start:end]


def _longest(pieces: Sequence[_WordPiece]) -> Word:
    """Return the longest known phrase at the start of some pieces.

    If none is known, return the first piece alone.
    """
    for size in range(len(pieces), 1, -1):
        some = pieces[:size]
        if any(piece.stop for piece in some[:-1]):
            continue
        if kinds := lexicon.kinds(" ".join(piece.key for piece in some)):
            return _word(some, kinds)
    return _word(pieces[:1], lexicon.kinds(pieces[0].key))


def _word(pieces: Sequence[_WordPiece], kinds: frozenset[Kind]) -> Word:
    text, written = " ".join(one.text for one in pieces), " ".join(one.key for one in pieces)
    senses = lexicon.senses(written) if len(pieces) == 1 else frozenset()
    stop = pieces[-1].stop
    return Word(text, written, kinds, senses, bool(stop), any(sign != "," for sign in stop), "?" in stop)


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN"
