"""The vocabulary that a large archive has.

The words of the shared articles, and what measuring adds to them.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from bot.bangla.normalise import key
from bot.bangla.words import split
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable

_VOWELS = "অআইঈউঊঋএঐওঔ\u09be\u09bf\u09c0\u09c1\u09c2\u09c3\u09c7\u09c8\u09cb\u09cc"
_NO_NOUN_ENDS = "\u0981\u0982\u0983\u09ce\u09cd"
_AFTER_VOWEL, _AFTER_CONSONANT = ("র", "কে", "ও", "ই", "তে"), ("ের", "কে", "ে", "ও", "ই")


def articles() -> Counter[str]:
    """Count the Bengali words of the shared articles.

    Return none if the folder is absent.
    """
    counts: Counter[str] = Counter()
    for line in _lines("articles", "articles.jsonl"):
        article = json.loads(line)
        counts.update(word for word in split(f"{article['title']} {article['body']}") if _is_bengali(word))
    return counts


def pairs() -> list[tuple[str, str]]:
    """Return words as people type them in Roman letters.

    Each with what was meant.
    """
    found = (line.split("\t") for line in _lines("banglish", "word_pairs.tsv"))
    return [(roman, key(bengali)) for roman, bengali, _ in found]


def lemmas(part: str) -> list[tuple[str, str]]:
    """Return words with their lemmas, as they stand in a text."""
    found = (line.split("\t") for line in _lines("lemma", f"{part}.txt"))
    return [(key(word), key(lemma)) for word, lemma in (pair for pair in found if len(pair) == 2)]


def enlarged(counts: Counter[str], more: Iterable[str], size: int) -> Counter[str]:
    """Add these words once each.

    Then usual forms of all of them until there are so many.
    """
    grown = Counter({**dict.fromkeys((word for word in more if _is_bengali(word)), 1), **counts})
    for word in sorted((word for word in grown if 3 <= len(word) <= 10), key=lambda word: (-grown[word], word)):
        if word[-1] in _NO_NOUN_ENDS:
            continue
        for ending in _AFTER_VOWEL if word[-1] in _VOWELS else _AFTER_CONSONANT:
            if len(grown) >= size:
                return grown
            grown.setdefault(word + ending, 1)
    return grown


def _lines(*where: str) -> list[str]:
    file = SHARED.joinpath("data", *where)
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()] if file.exists() else []


def _is_bengali(word: str) -> bool:
    return bool(word) and all("\u0980" <= sign <= "\u09ff" for sign in word) and not any(map(str.isdigit, word))
