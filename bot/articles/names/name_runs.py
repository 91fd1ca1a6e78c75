"""Finds where names may stand: behind titles, before surnames.

Bengali has no capitals, so a name is known by the company it keeps.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.articles.names import name_words as words
from bot.articles.names.tokens import HEADLINE, WordToken
from bot.articles.names.usual import is_usual
from bot.bangla.endings import bases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

LONGEST: Final = 5
"""ArticleWords of a name."""
LEAST: Final = 3
"""Code points of a name's word that may stand alone."""
OBJECT: Final = "কে"
"""The ending of persons to whom something is done."""
_HEAD = 3
_HYPHENS = ("-", "–")
_ENDINGS = ("ের", "কে", "ও")
_WITH, _GENITIVE = "সহ", "ের"
# The names of two and more Latin letters: এলডিসি, এসবিএসি.
_ABBREVIATION = re.compile(
    "(?:এইচ|এক্স|এফ|এল|এম|এন|এস|এ|বি|সি|ডি|ই|জি|আই|আর|জে|জেড|কে|ও|পি|কিউ|টি|ইউ|ভি|ডব্লিউ|ওয়াই){2,}[ের]{0,2}"
)
_JOINED_INITIALS = re.compile("(?:এইচ|এম|এস|এ|বি|কে|জে|আর|টি){2,}")
# Of several persons or things: ক্যান্ডিডেটরা, but জাহানারা.
_PLURAL = re.compile(r"[ক-হড়ঢ়য়]রা$|দের$|গুলো$|গুলি$")


class Met(NamedTuple):
    """A name as it was met.

    It has its start, its words without ending, and whether a post stands before it.
    """

    start: int
    name: tuple[str, ...]
    titled: bool


class ArticleWords:
    """The words of one article, found again by any of their forms."""

    def __init__(self, tokens: Sequence[WordToken], taken: Collection[int]) -> None:
        """Look at the words of an article.

        Something listed is named at the positions in ``taken``.
        """
        self.tokens = tokens
        self.taken = taken
        self._by_head: dict[str, list[int]] = defaultdict(list)
        for at, token in enumerate(tokens):
            self._by_head[token.word[:_HEAD]].append(at)

    def positions(self, word: str) -> list[int]:
        """Return where a word stands, in any form.

        Only if nothing listed is named there.
        """
        near = self._by_head.get(word[:_HEAD], ())
        return [at for at in near if at not in self.taken and word in forms_of(self.tokens[at].word)]

    def stands_bare(self, word: str) -> bool:
        """Tell whether a word stands anywhere without an ending."""
        return any(self.tokens[at].word == word for at in self._by_head.get(word[:_HEAD], ()))

    def stands(self, name: Sequence[str]) -> list[int]:
        """Return where a whole name begins.

        Its last word may have an ending.
        """
        starts = (at + 1 - len(name) for at in self.positions(name[-1]))
        rest = [*enumerate(name[:-1])]
        return [
            at for at in starts if at >= 0 and all(self.tokens[at + position].word == word for position, word in rest)
        ]

    def goes_on(self, name: Sequence[str]) -> bool:
        """Return whether a name recurs with something else behind it.

        «পিটার গ্রিন মারা» thus ends before «মারা».
        """
        ends = [at + len(name) for at in self.stands(name)]
        open_ends = [end for end in ends if self._is_open(end)]
        return len(ends) > 1 and (len(open_ends) < len(ends) or len({self.tokens[end].word for end in ends}) > 1)

    def is_somebody(self, name: Sequence[str]) -> bool:
        """Return whether words recur as a person's name.

        The words are the object of a verb, own something, or speak.
        """
        ends = [at + len(name) for at in self.stands(name)]
        return len(ends) > 1 and any(self.tokens[end - 1].word != name[-1] or self._speaks(end) for end in ends)

    def _speaks(self, end: int) -> bool:
        return end < len(self.tokens) and self.tokens[end].joined and self.tokens[end].word in words.SPEAKING

    def _is_open(self, end: int) -> bool:
        """Return whether a name may go on at this position."""
        ended = not forms_of(self.tokens[end - 1].word) <= {self.tokens[end - 1].word}
        if ended or end >= len(self.tokens) or not self.tokens[end].joined:
            return False
        return not self.is_plain(end) or self.tokens[end].word.isdecimal()

    def in_headline(self, at: int) -> bool:
        """Tell whether a word is one of the headline's."""
        return self.tokens[at].text == HEADLINE

    def is_plain(self, at: int) -> bool:
        """Return whether a word can't be part of a name.

        It is listed as common, a verb, a number, or named already.
        """
        word = self.tokens[at].word
        if at in self.taken or any(sign.isdecimal() for sign in word):
            return True
        if word in words.SURNAMES or word in words.GIVEN:
            return False
        known = not forms_of(word).isdisjoint(words.COMMON) or not forms_of(word).isdisjoint(words.WORKS)
        return known or word in words.SAYING or word.endswith((*words.VERB_ENDS, *words.MANY_ENDS))


@lru_cache(maxsize=1 << 14)  # the same words stand in every article
def forms_of(word: str) -> frozenset[str]:
    """Return a word with what is left of it without endings."""
    return frozenset(bases(word) | _short(word))


def _short(word: str) -> set[str]:
    """Return the two-letter surname of a word: হক of হকের.

    `bases` does not shorten such words.
    """
    return {rest for ending in _ENDINGS if (rest := word.removesuffix(ending)) in words.SURNAMES}


_HONOURS = 8
"""Titles in a row before a name: «অধ্যাপক ড. মো.» has three."""


def runs(text: ArticleWords) -> Iterator[Met]:
    """Yield names behind a title or with a surname, in order."""
    for at, token in enumerate(text.tokens):
        if not _shows_a_name(token.word):
            continue
        titled = is_title(token.word)
        if titled or _honours(token):
            start = _first(text, at + 1)
            name = _behind(text, start)
        elif token.word in words.SURNAMES or (at not in text.taken and _surname(token.word) is not None):
            start, name = _before(text, at)
        else:
            continue
        if name and name[0] in words.SECOND:
            start, name = _whole_first(text, start, name)
        if name:
            yield Met(start, name, titled)


@lru_cache(maxsize=1 << 14)
def _shows_a_name(word: str) -> bool:
    return word in words.HONORIFICS or _surname(word) is not None or is_title(word)


def contains(name: Sequence[str], whole: Sequence[str]) -> bool:
    """Return whether a name's words stand in another, in order.

    ওসমান হাদি stands in শরিফ ওসমান বিন হাদি.
    """
    rest = iter(whole)
    return all(word in rest for word in name)


def is_of_a_name(word: str) -> bool:
    """Return whether a word may be of a person's name.

    It is no usual word, no title, nothing of many people.
    """
    if is_given(word) or word in words.SURNAMES:
        return True
    plain = word in words.COMMON or word in words.WORKS or word.endswith((*words.VERB_ENDS, *words.MANY_ENDS))
    return not (
        plain or is_usual(word) or is_title(word) or is_abbreviation(word) or any(sign.isdecimal() for sign in word)
    )


def _honours(token: WordToken) -> bool:
    """Return whether a word honours a name.

    «(অব.)» does, the “of” of «ভার্সেস অব লাইট» does not.
    """
    return token.word in words.HONORIFICS and (token.word != words.RETIRED or "(" in token.gap)


def _whole_first(text: ArticleWords, start: int, name: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Return a name with the word before its second.

    An example is শহীদ উদ্দিন; return none if there is no such word.
    """
    first = text.tokens[start - 1].word if start and text.tokens[start].joined else ""
    if not first or (first not in words.HONORIFICS and (text.is_plain(start - 1) or is_usual(first))):
        return start, ()
    return start - 1, (first, *name)


def is_title(word: str) -> bool:
    """Return whether a name may follow a word.

    One may follow প্রেসিডেন্ট and পররাষ্ট্রমন্ত্রী, but not মন্ত্রীর.
    """
    return word in words.TITLES or word.endswith(words.TITLE_ENDS)


def _first(text: ArticleWords, at: int) -> int:
    """Return where a name begins behind its titles.

    A row of them without end holds none.
    """
    end = min(at + _HONOURS, len(text.tokens))
    while at < end and text.tokens[at].joined and text.tokens[at].word in words.HONORIFICS:
        at += 1
    return at


def _behind(text: ArticleWords, start: int) -> tuple[str, ...]:
    """Return the words of the name that begins here.

    The name goes to its surname or to what cannot be a name; () means that there is none.
    """
    found: list[str] = []
    surname = 0
    for at in range(start, min(start + LONGEST, len(text.tokens))):
        token = text.tokens[at]
        bound = token.gap in _HYPHENS and bool(found) and found[-1] in words.BETWEEN
        if not (token.joined or bound) or text.is_plain(at) or any(map(is_title, forms_of(token.word))):
            break
        word = bare(text, at)
        if not _continues(text, found, word):
            break
        found.append(word)
        if word in words.SURNAMES:
            surname = len(found)
        if word != token.word:
            break
    else:
        found = found if surname else []
    while found and found[-1] in words.BETWEEN:
        found.pop()
    # What follows a surname belongs to the name if it does so again: এহসানুল হক মিলন.
    whole = surname <= 1 or text.goes_on(found)
    return tuple(found if whole else found[:surname])


def is_abbreviation(word: str) -> bool:
    """Return whether a word spells letters: এলডিসি.

    Before a name such letters may be initials: এসএম.
    """
    return word not in words.INITIALS and _ABBREVIATION.fullmatch(word) is not None


def _continues(text: ArticleWords, found: Sequence[str], word: str) -> bool:
    """Return whether a word may go on with a name.

    A usual word may only if the two are met together again.
    """
    if word in words.INITIALS and not words.INITIALS.issuperset(found):
        return False
    if found and (is_abbreviation(word) or (word in words.HONORIFICS and word not in words.GIVEN)):
        return False
    if is_usual(word) and not (found and text.is_somebody((found[-1], word))):
        return False
    return not _PLURAL.search(word)


def _before(text: ArticleWords, at: int) -> tuple[int, tuple[str, ...]]:
    """Return the name that ends in the surname here.

    Only if it has a first name that shows where it begins.
    """
    surname = _surname(text.tokens[at].word)
    after = text.tokens[at + 1] if at + 1 < len(text.tokens) else None
    if surname is None or at in text.taken or (after and after.joined and at + 1 in text.taken):
        return at, ()
    start = at
    while at - start < LONGEST - 1 and start > 0 and text.tokens[start].joined and may_open(text, start - 1):
        start -= 1
    given = next((position for position in range(start, at) if _opens_name(text, position)), None)
    if given is None:
        return at, ()
    return given, (*(text.tokens[position].word for position in range(given, at)), surname)


def may_open(text: ArticleWords, at: int) -> bool:
    """Return whether a word may stand inside a name.

    A word before the last has no ending.
    """
    word, after = text.tokens[at].word, text.tokens[at + 1].word
    if word in words.INITIALS:
        return word in words.TITULAR or _beside_initial(text, at)
    honours = word in words.HONORIFICS and word not in words.GIVEN
    post = is_abbreviation(word) and not _JOINED_INITIALS.fullmatch(word)
    if after in words.INITIALS or honours or post or _counts(text, at):
        return False
    return is_given(word) or not (text.is_plain(at) or is_usual(word) or word.endswith(_GENITIVE) or is_title(word))


def _counts(text: ArticleWords, at: int) -> bool:
    """Return whether «জন» counts people, and is no John.

    It counts in ৩ জন, and at the end of what stands before.
    """
    before = text.tokens[at - 1].word if at else ""
    return text.tokens[at].word == "জন" and (before[-1:].isdecimal() or is_usual(before))


def _beside_initial(text: ArticleWords, at: int) -> bool:
    near = (text.tokens[position] for position in (at - 1, at + 1) if 0 <= position < len(text.tokens))
    return any(token.word in words.INITIALS for token in near)


def is_given(word: str) -> bool:
    """Return whether a word is a first name.

    It is listed, or made as first names are: মোস্তাকুর, রফিকুল, কামরুজ্জামান.
    """
    return word in words.GIVEN or (word.endswith(words.GIVEN_ENDS) and not is_usual(word))


def _opens_name(text: ArticleWords, at: int) -> bool:
    """Return whether a word is a first name here.

    The word itself or what follows shows it: রফিকুল ইসলাম, মিজানুর রহমান.
    """
    word, after = text.tokens[at].word, text.tokens[at + 1].word if at + 1 < len(text.tokens) else ""
    if is_given(word):
        return not _counts(text, at)
    if is_usual(word) or len(word) <= LEAST + 1:
        return False
    return (word.endswith(words.UR) and after in words.AFTER_UR) or (
        word.endswith(words.UL) and after in words.SURNAMES
    )


@lru_cache(maxsize=1 << 14)
def _surname(word: str) -> str | None:
    if word in words.SURNAMES:
        return word
    return max((form for form in forms_of(word) if form in words.SURNAMES), key=len, default=None)


def _is_genitive(text: ArticleWords, at: int) -> bool:
    """Return whether a word in ের is a possessive.

    জোনাসের in জোনাসের বিয়ে is, সায়েরকে and সায়ের বলেন are not.
    """
    word = text.tokens[at].word
    after = text.tokens[at + 1] if at + 1 < len(text.tokens) else None
    belongs = after is not None and after.joined and after.word not in words.SAYING
    own = any(text.positions(f"{word}{ending}") for ending in _ENDINGS)
    return word.endswith(_GENITIVE) and len(word) > LEAST + len(_GENITIVE) and belongs and not own


def bare(text: ArticleWords, at: int) -> str:
    """Return a name's word without its ending.

    The ending goes only where the word stands without it elsewhere.
    """
    word = text.tokens[at].word
    if word in words.SURNAMES or word in words.GIVEN:
        return word
    if word.endswith(_WITH):
        return word.removesuffix(_WITH)
    forms = [form for form in forms_of(word) if form != word and (len(form) >= LEAST or form in words.SURNAMES)]
    sure = [form for form in forms if form in words.SURNAMES or form in words.GIVEN or text.stands_bare(form)]
    if not sure and (word.endswith(OBJECT) or _is_genitive(text, at)):
        sure = [word.removesuffix(OBJECT).removesuffix(_GENITIVE)]
    return max(sure, key=len, default=word)
