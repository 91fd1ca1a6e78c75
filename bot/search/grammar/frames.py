"""Frees a question of its frame and keeps what it is about.

Question words, copulas, pronouns, politeness and খবর go wherever they stand, if another word is left. Words that are
quoted, or left out with a hyphen, are taken as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.search.grammar.lexicon import Kind
from bot.search.grammar.verbs import Verb, VerbForm
from bot.search.grammar.wordlist import keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.search.grammar.sentence import Word

_FRAME: Final = (Kind.ASKS, Kind.POLITE, Kind.NEWS, Kind.ABOUT, Kind.OF)
_EMPTY_VERBS: Final = (Verb.BE, Verb.DO, Verb.GO, Verb.GIVE, Verb.GET, Verb.TAKE, Verb.TELL, Verb.STAY, Verb.WRITE)
_EDGES: Final = (Kind.FRESH, Kind.TAIL, Kind.ALL, Kind.ANY_MORE, Kind.AGAIN, Kind.ONLY, Kind.AND)
_NOT_ALONE: Final = keys("নতুন সব শেষ এর আর আরও")
WEAK: Final = keys("""
    আবার এখন এখনো এখনও আমার আমাদের আপনার তোমার তুমি আপনি আমি কিছু কোনো এটা সেটা এটি জন্য এর র re r the a an তো
""")
"""Words of the frame that stand in headlines as well: a message with these alone is no question."""
_INITIALS: Final = keys("এ বি সি ডি ই এফ জি এইচ আই জে কে এল এম এন ও পি কিউ আর এস টি ইউ ভি এক্স জেড")
"""Latin letters by their Bengali names."""
_DOUBTS: Final = keys("তো নাকি to naki")
_ABROAD: Final = keys("""
    জগৎ জগতে জগতের অঙ্গন অঙ্গনে অঙ্গনের দুনিয়া দুনিয়ায় দুনিয়ার বিভাগ বিভাগের পাতা পাতার কলাম কলামগুলো
""")
"""Words behind a section's name that add nothing: বিনোদন জগতে, খেলার পাতা."""


def freed(words: Sequence[Word]) -> list[Word]:
    """Return the words that a question is about, in order.

    All of them come back if nothing else would be left.
    """
    kept = [word for at, word in enumerate(words) if not _is_frame(word) or _is_initial(words, at)]
    while len(kept) > 1 and kept[-1].is_a(*_EDGES):
        kept.pop()
    while len(kept) > 1 and kept[0].is_a(*_EDGES) and not kept[0].is_a(Kind.ASKS):
        kept = kept[1:]
    if len(kept) > 1 and kept[-1].key in _ABROAD:
        kept.pop()
    if len(kept) == 1 and kept[0].key in _NOT_ALONE:
        return []
    return kept


def asks(words: Sequence[Word]) -> bool:
    """Return whether a message asks something or asks for news.

    Only then may it lose words.
    Verbs of others alone do not make one: they stand in headlines too.
    """
    if not words:
        return False
    sure = any(
        word.is_a(*_FRAME) and word.key not in WEAK and not _is_initial(words, at) for at, word in enumerate(words)
    )
    return sure or words[-1].asks or words[-1].is_a(Kind.FRESH) or words[-1].key in _DOUBTS


def _is_initial(words: Sequence[Word], at: int) -> bool:
    """Return whether কে is an initial, as in এ কে আজাদ."""
    beside = [word for word in words[max(0, at - 1) : at + 2] if word is not words[at]]
    return words[at].key in _INITIALS and any(word.key.strip(".") in _INITIALS for word in beside)


def _is_frame(word: Word) -> bool:
    if word.is_a(*_FRAME):
        return True
    return any(sense.form is VerbForm.SAID and sense.verb in _EMPTY_VERBS for sense in word.senses)
