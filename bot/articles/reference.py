"""Tells what a sentence takes for known.

It points at a thing («এই সভার …», «গর্তটির …») or calls a person by a short name or a post: «রাসেল বলেন», where «মো. রাসেল
নামে একজন» stood in another sentence. Without that sentence it is not understood.
"""

from __future__ import annotations

from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.articles.names.name_runs import is_of_a_name, is_title
from bot.articles.names.name_words import HONORIFICS
from bot.bangla.normalise import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_POINTING = "এ এই ওই ঐ সেই উক্ত আলোচ্য এমন"
# What the whole story is: it was told before, whatever was told.
_STORY = """
    তথ্য কথা ঘটনা বিষয় সময় দিন বছর মাস সপ্তাহ কারণ জন্য ধরন ধরনের মুহূর্ত পর্যন্ত নিয়ে লক্ষ্য উপলক্ষ মন্তব্য দাবি অভিযোগ আহ্বান
    প্রসঙ্গ ব্যাপার সব সকল রকম অবস্থা পরিস্থিতি ক্ষেত্র মধ্য আগে পর পরে ছাড়া প্রথম প্রেক্ষাপট প্রেক্ষিত দেশ নির্দেশ ঘোষণা সিদ্ধান্ত
    দুর্ঘটনা হামলা সংঘর্ষ অগ্নিকাণ্ড হত্যাকাণ্ড অভিযান আয়োজন উদ্যোগ কর্মসূচি আদেশ রায়
    রাত সকাল বিকেল বিকাল দুপুর শতাব্দী শতক যুগ মৌসুম যাবৎ হার পরিমাণ
"""
_RELATIVES = "যে যেসব যিনি যারা যাঁরা যার যাদের যা"
_THEY = "তারা তাঁরা"
_THINGS = "সেগুলো সেগুলোকে এগুলো এগুলোকে এসবের সেসব সেটি সেটিকে এটিকে"
_SOON: Final = 3  # words before one of these; further on it may mean what stands in the sentence
_NOBODY: Final = "\n"  # a beginning that no word has: only the sentence before tells it
_PEOPLE: Final = tuple(map(key, ("রা", "গণ", "দের", "জন", "জনকে", "ও", "সহ")))
_DEFINITE: Final = tuple(map(key, ("টি", "টির", "টিকে", "টিতে", "টিও", "গুলো", "গুলোর", "গুলোকে", "গুলোতে")))
# Counted, or of a kind that nobody has to have told: একটি, প্রতিটি, কমিটি.
_NOT_DEFINITE = """
    এক দু দুই তিন চার পাঁচ ছয় সাত আট নয় দশ কয়েক কত কয় প্রতি কোন কোনো অন্য আরেক প্রত্যেক সব যে সে এ ও ঐ ওই এই সেই কমি পা পার্টি
    সি ইউনি ইউনিভার্সি পলি পরিপা মা মুলা বা কোটি কোম্পানি অনেক যত তত অর্ধ একেক যেকোনো প্রথম শেষ দ্বিতীয় তৃতীয় বাকি অপর এসব সেসব
"""
_SAYS = "বলেন বলেছেন বলছেন বললেন জানান জানিয়েছেন জানালেন"
_POST: Final = 3  # words: who speaks, and that he does
_STEM: Final = 3  # code points of a word's beginning, at least, that inflection leaves alone
_ENDING: Final = 2  # code points that it may take
_SHORTEST: Final = 3  # of a name
_LONGER: Final = 3  # code points that an ending may add to a name
_BEHIND = "নামে নামের নামক"


class Debt(NamedTuple):
    """What a sentence takes for known.

    ``beginning`` is that of the word, ``position`` the sentence that tells it.
    """

    beginning: str
    position: int


class Debts:
    """What the sentences of a text take for known.

    A sentence is given as words. The first takes nothing: only the headline stands before it.
    """

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        """Take the sentences; they are looked at when they are asked for."""
        self._sentences = sentences
        self._found: dict[int, list[Debt]] = {0: []}
        self._tellers: dict[str, frozenset[int]] = {}

    def of(self, position: int) -> list[Debt]:
        """Return what a sentence takes for known."""
        if position not in self._found:
            self._found[position] = [
                *_pointed_at(self._sentences[position], position),
                *_bare_post(self._sentences, position),
                *_short_names(self, self._sentences, position),
            ]
        return self._found[position]

    def tellers(self, debt: Debt) -> frozenset[int]:
        """Return the positions of the sentences that tell it."""
        if debt.beginning not in self._tellers:
            self._tellers[debt.beginning] = frozenset(
                position for position, words in enumerate(self._sentences) if tells(words, debt)
            )
        return self._tellers[debt.beginning]

    def first(self, name: str) -> tuple[int, int, str] | None:
        """Return where a name first stands, in whatever form.

        That is the sentence, the position in it, the word.
        """
        size = len(name)
        for one in self._near.get(name[:_STEM], ()):
            word = one[2]
            near = -_LONGER <= len(word) - size <= _LONGER and (name.startswith(word) or word.startswith(name))
            if near and _is_name(word):
                return one
        return None

    @cached_property
    def _near(self) -> dict[str, list[tuple[int, int, str]]]:
        """Where words stand, told by their first letters."""
        found: dict[str, list[tuple[int, int, str]]] = {}
        for position, words in enumerate(self._sentences):
            for at, word in enumerate(words):
                found.setdefault(word[:_STEM], []).append((position, at, word))
        return found


def tells(words: Sequence[str], debt: Debt) -> bool:
    """Return whether words tell what is taken for known."""
    return any(word.startswith(debt.beginning) for word in words)


def _pointed_at(words: Sequence[str], position: int) -> Iterator[Debt]:
    """Yield the things that a sentence points at, told just before it."""
    pointing = _folded(_POINTING)
    for at, word in enumerate(words):
        if word in pointing and 0 < at < len(words) - 1:
            after = words[at + 1]
            related = not _folded(_RELATIVES).isdisjoint(words[:at])
            beginning = "" if related or len(after) < _STEM else after[: max(_STEM, len(after) - _ENDING)]
        elif _means_others(words, at):
            beginning = _NOBODY
        elif word.endswith(_DEFINITE):
            beginning = _without_ending(word)
        else:
            continue
        if beginning and not _is_story(beginning) and not any(one.startswith(beginning) for one in words[:at]):
            yield Debt(beginning, position - 1)


def _bare_post(sentences: Sequence[Sequence[str]], position: int) -> Iterator[Debt]:
    """Yield the post of who speaks without a name: «মন্ত্রী বলেন»."""
    post, *behind = sentences[position][:_POST]
    if _folded(_SAYS).isdisjoint(behind) or not is_title(post) or any(map(_is_name, behind)):
        return
    for earlier in range(position):
        words = sentences[earlier]
        for at, word in enumerate(words):
            if word.endswith(post) and at + 1 < len(words) and (words[at + 1] in HONORIFICS or _is_name(words[at + 1])):
                yield Debt(word, earlier)
                return


def _without_ending(word: str) -> str:
    """Return a word without «-টি», or nothing if it counts."""
    bare = min((word.removesuffix(one) for one in _DEFINITE), key=len)
    if len(bare) < _STEM or bare in _folded(_NOT_DEFINITE) or any(sign.isdecimal() for sign in bare):
        return ""
    return bare


def _means_others(words: Sequence[str], at: int) -> bool:
    """Return whether a pronoun means what the sentence has not named."""
    if words[at] in _folded(_THEY):
        return not _has_people(words[:at])
    return at <= _SOON and words[at] in _folded(_THINGS) and _folded(_RELATIVES).isdisjoint(words[:at])


def _has_people(words: Sequence[str]) -> bool:
    """Return whether «তারা» may mean somebody here: শিক্ষার্থীরা, যারা, দুজন."""
    return any(word.endswith(_PEOPLE) or word in _folded(_RELATIVES) for word in words)


@cache
def _is_story(beginning: str) -> bool:
    near = (one for one in _folded(_STORY) if abs(len(one) - len(beginning)) <= _ENDING)
    return any(one.startswith(beginning) or beginning.startswith(one) for one in near)


def _short_names(table: Debts, sentences: Sequence[Sequence[str]], position: int) -> Iterator[Debt]:
    """Yield the names that stood in full in an earlier sentence.

    Here they stand alone.
    """
    words = sentences[position]
    for at, word in enumerate(words):
        if not _is_name(word) or _in_full(words, at):
            continue
        first = table.first(word)
        if first is not None and first[0] < position and _in_full(sentences[first[0]], first[1]):
            yield Debt(min(word, first[2], key=len), first[0])


def _in_full(words: Sequence[str], at: int) -> bool:
    """Return whether a name stands beside another or behind a post."""
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if before and (before in HONORIFICS or is_title(before) or _is_name(before)):
        return True
    return bool(after) and (after in _folded(_BEHIND) or _is_name(after))


@lru_cache(maxsize=1 << 14)
def _is_name(word: str) -> bool:
    return len(word) >= _SHORTEST and is_of_a_name(word)


@cache
def _folded(words: str) -> frozenset[str]:
    return frozenset(key(word) for word in words.split())
