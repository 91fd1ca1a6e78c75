"""Reads what a sentence's end wants: verb × form × negation.

Bengali puts the verb last. The end is the longest run of last words that only ask for something; what stands before it
is the object. The rules for clauses say what the end wants (`clause_rules`); docs/reading.md explains them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.search.grammar import lexicon
from bot.search.grammar.acts import Act
from bot.search.grammar.clause import ENDING_VERBS, WANTED, Clause
from bot.search.grammar.clause_rules import decide
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.verbs import Verb, VerbForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.search.grammar.acts import EndManner
    from bot.search.grammar.sentence import Word


@dataclass(frozen=True, slots=True)
class Ending:
    """What the end of a sentence wants, and where it begins."""

    act: Act
    start: int
    how: EndManner | None = None
    told: bool = False
    """Whether it says itself that news is meant: ফলো, সাবস্ক্রাইব, নোটিফিকেশন, তালিকা."""
    lasting: bool = False
    """Whether a wish to be sent more is likely: পাঠাও, চাই."""
    doubtful: bool = False
    """Whether the end is also a name or a noun, so that it counts after what is known only: পাঠান, বাদ."""


_ENDING_KINDS: Final = (
    *(Kind.POLITE, Kind.NEWS, Kind.FOLLOW, Kind.UNFOLLOW, Kind.MUTE, Kind.UNMUTE, Kind.OFF, Kind.ON, Kind.INTO_LIST),
    *(Kind.FROM_LIST, Kind.REGULAR, Kind.AT_ONCE, Kind.TOGETHER, Kind.AGAIN, Kind.ANY_MORE, Kind.NOT, Kind.MUST),
    *(Kind.BACK, Kind.BREAK, Kind.STILL, Kind.TROUBLE, Kind.AWHILE, Kind.NEEDED, Kind.GOOD, Kind.MESSAGE, Kind.ALERT),
    *(Kind.TAIL, Kind.CHANGE, Kind.OVER, Kind.ABOUT, Kind.ALL, Kind.BOTH, Kind.ANY, Kind.FRESH),
)
_MAIN_KINDS: Final = (
    *(Kind.FOLLOW, Kind.UNFOLLOW, Kind.MUTE, Kind.UNMUTE, Kind.OFF, Kind.BREAK),
    *(Kind.STILL, Kind.TROUBLE, Kind.NOT, Kind.AT_ONCE, Kind.BACK),
)
"""What can make a request by itself; the others only say how, when, of what."""
_OF_OBJECT: Final = (
    *(Kind.NEWS, Kind.UPDATE, Kind.ABOUT, Kind.ALL, Kind.FRESH, Kind.POLITE, Kind.BOTH, Kind.ANY, Kind.MESSAGE),
)
_COMPLEMENTS: Final = (
    *(Kind.FOLLOW, Kind.UNFOLLOW, Kind.MUTE, Kind.UNMUTE, Kind.OFF, Kind.ON, Kind.BACK, Kind.AGAIN, Kind.INTO_LIST),
    *(Kind.FROM_LIST, Kind.STILL, Kind.TROUBLE, Kind.AT_ONCE, Kind.REGULAR, Kind.NEWS, Kind.AWHILE, Kind.TOGETHER),
)


def read(words: Sequence[Word]) -> Ending | None:
    """Return what the end of a sentence wants, or None."""
    start = len(words)
    while start > 0 and _may_end(words, start - 1):
        start -= 1
    while start < len(words) and _belongs_to_object(words, start):
        start += 1
    if start == len(words):
        return None
    news = any(word.is_a(Kind.NEWS, Kind.ABOUT, Kind.MESSAGE, Kind.ALERT) for word in words)
    updates = any(word.is_a(Kind.UPDATE) for word in words)
    read_clauses = (Clause(clause, news, updates) for clause in _clauses(words[start:]))
    clauses = [found for clause in read_clauses if (found := decide(clause)) is not None]
    if not clauses:
        return None
    # Of «আর ফলো করছি না, বন্ধ করে দিন» the first half says more than the second.
    best = min(clauses, key=lambda found: _STRENGTH.index(found[0]))
    act, how, doubtful = best
    tail = words[start:]
    told = any(word.is_a(Kind.FOLLOW, Kind.UNFOLLOW, Kind.INTO_LIST, Kind.FROM_LIST, Kind.ALERT) for word in tail)
    lasting = act is Act.SHOW and any(
        word.says(Verb.SEND) or word.says(Verb.WANT) or word.says(Verb.NEED) for word in tail
    )
    return Ending(act, start, how, told, lasting, doubtful)


_STRENGTH: Final = (
    *(Act.EITHER, Act.UNFOLLOW, Act.UNMUTE, Act.MUTE, Act.FOLLOW, Act.PAUSE),
    *(Act.SWITCH_ON, Act.SWITCH_OFF, Act.CHANGE, Act.SHOW, Act.DENY),
)


def _may_end(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.is_a(*_ENDING_KINDS):
        return True
    before = words[at - 1] if at else None
    if not word.has_form(*ENDING_VERBS):
        # «ডিস্টার্ব করবে না» is said to the bot.
        return before is not None and before.is_a(Kind.TROUBLE) and word.says(Verb.DO)
    if lexicon.is_bare(word.key):
        if before is None:
            return False
        return before.is_a(*_COMPLEMENTS) or before.has_form(VerbForm.DONE) or before.key in _LIKE
    return not (word.key in _DAYS and before is not None and _makes_a_day(before))


_LIKE: Final = frozenset(("মতো", "মত", "moto"))
"""«আজকের মতো থাক»."""
_DAYS: Final = frozenset(("দিন", "din"))


def _makes_a_day(before: Word) -> bool:
    """Return whether দিন behind this word means a day.

    It does in ৭ দিন, গত দিন, ঈদের দিন.
    """
    if before.is_a(Kind.NEWS, Kind.FRESH, *_COMPLEMENTS) or before.has_form(VerbForm.DONE):
        return False
    counted = before.key.isdigit() or before.key in _COUNTS
    return counted or before.key.endswith(("র", "er"))


_COUNTS: Final = frozenset(
    [
        "গত",
        "এক",
        "দুই",
        "তিন",
        "চার",
        "পাঁচ",
        "ছয়",
        "সাত",
        "আট",
        "নয়",
        "দশ",
        "কয়েক",
        "প্রতি",
        "সারা",
        "পরশু",
        "goto",
        "ek",
        "dui",
        "tin",
        "char",
        "pach",
        "choy",
        "sat",
        "at",
        "noy",
        "dosh",
        "koyek",
    ]
)


def _belongs_to_object(words: Sequence[Word], at: int) -> bool:
    """Return whether a word in front only closes the object.

    Such are খবর, নিয়ে, সব.
    """
    word = words[at]
    return word.is_a(*_OF_OBJECT) and not word.is_a(*_MAIN_KINDS) and not word.has_form(*WANTED)


def _clauses(words: Sequence[Word]) -> Iterator[list[Word]]:
    clause: list[Word] = []
    for word in words:
        clause.append(word)
        if word.ends_clause:
            yield clause
            clause = []
    if clause:
        yield clause
