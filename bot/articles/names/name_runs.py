"""Where names may stand in an article: behind a title, before a surname.

Bengali has no capitals, so a name is known by the company it keeps.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.articles.names import name_words as words
from bot.articles.names.tokens import HEADLINE, WordToken
from bot.bangla.endings import bases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

LONGEST: Final = 4
"""Words of a name."""
LEAST: Final = 3
"""Code points of a name's word that may stand alone."""
OBJECT: Final = "কে"
"""The ending of persons to whom something is done."""
_HEAD = 3
_WITH, _GENITIVE = "সহ", "ের"


class Met(NamedTuple):
    """A name as it was met: where it begins, its words without ending, and whether a post stands before it."""

    start: int
    name: tuple[str, ...]
    titled: bool


class ArticleWords:
    """The words of one article, found again by any of their forms."""

    def __init__(self, tokens: Sequence[WordToken], taken: Collection[int]) -> None:
        """Look at the words of an article; at the places in ``taken`` something listed is named."""
        self.tokens = tokens
        self.taken = taken
        self._by_head: dict[str, list[int]] = defaultdict(list)
        for at, token in enumerate(tokens):
            self._by_head[token.word[:_HEAD]].append(at)
        self._forms: dict[str, set[str]] = {}

    def forms(self, word: str) -> set[str]:
        """Return a word with what is left of it without endings."""
        if word not in self._forms:
            self._forms[word] = bases(word)
        return self._forms[word]

    def places(self, word: str) -> list[int]:
        """Return where a word stands, in any form, if nothing listed is named there."""
        near = self._by_head.get(word[:_HEAD], ())
        return [at for at in near if at not in self.taken and word in self.forms(self.tokens[at].word)]

    def stands_bare(self, word: str) -> bool:
        """Tell whether a word stands anywhere without an ending."""
        return any(self.tokens[at].word == word for at in self._by_head.get(word[:_HEAD], ()))

    def stands(self, name: Sequence[str]) -> list[int]:
        """Return where a whole name begins; its last word may have an ending."""
        starts = (at + 1 - len(name) for at in self.places(name[-1]))
        rest = [*enumerate(name[:-1])]
        return [at for at in starts if at >= 0 and all(self.tokens[at + place].word == word for place, word in rest)]

    def in_headline(self, at: int) -> bool:
        """Tell whether a word is one of the headline's."""
        return self.tokens[at].text == HEADLINE

    def is_plain(self, at: int) -> bool:
        """Tell whether a word can't be part of a name: listed as common, a verb, a number, or named already."""
        word = self.tokens[at].word
        if at in self.taken or any(sign.isdecimal() for sign in word):
            return True
        if word in words.SURNAMES or word in words.GIVEN:
            return False
        known = not self.forms(word).isdisjoint(words.COMMON)
        return known or word in words.SAYING or word.endswith(words.VERB_ENDS)


def runs(text: ArticleWords) -> Iterator[Met]:
    """Yield the names that stand behind a title or end in a surname, in order."""
    for at, token in enumerate(text.tokens):
        titled = is_title(token.word)
        if titled or token.word in words.HONORIFICS:
            start = _first(text, at + 1)
            name = _behind(text, start)
        elif token.word in words.SURNAMES or (at not in text.taken and _surname(text, at) is not None):
            start, name = _before(text, at)
        else:
            continue
        if name:
            yield Met(start, name, titled)


def is_title(word: str) -> bool:
    """Tell whether a name may follow a word: প্রেসিডেন্ট, পররাষ্ট্রমন্ত্রী; none follows মন্ত্রীর."""
    return word in words.TITLES or word.endswith(words.TITLE_ENDS)


def _first(text: ArticleWords, at: int) -> int:
    while at < len(text.tokens) and text.tokens[at].joined and text.tokens[at].word in words.HONORIFICS:
        at += 1
    return at


def _behind(text: ArticleWords, start: int) -> tuple[str, ...]:
    """Return the words of the name that begins here, to its surname or to what can't be a name; () for none."""
    found: list[str] = []
    surname = 0
    for at in range(start, min(start + LONGEST, len(text.tokens))):
        token = text.tokens[at]
        if not token.joined or text.is_plain(at) or any(map(is_title, text.forms(token.word))):
            break
        bare = _bare(text, at)
        found.append(bare)
        if bare in words.SURNAMES:
            surname = len(found)
        if bare != token.word:
            break
    else:
        found = found if surname else []
    # What follows a surname belongs to the name if it does so again: এহসানুল হক মিলন.
    whole = surname <= 1 or len(text.stands(found)) > 1
    return tuple(found if whole else found[:surname])


def _before(text: ArticleWords, at: int) -> tuple[int, tuple[str, ...]]:
    """Return the name that ends in the surname here, if it has a first name that shows where it begins."""
    surname = _surname(text, at)
    after = text.tokens[at + 1] if at + 1 < len(text.tokens) else None
    if surname is None or at in text.taken or (after and after.joined and at + 1 in text.taken):
        return at, ()
    start = at
    while at - start < LONGEST - 1 and start > 0 and text.tokens[start].joined and _may_open(text, start - 1):
        start -= 1
    given = next((place for place in range(start, at) if _is_given(text.tokens[place].word)), None)
    if given is None:
        return at, ()
    return given, (*(text.tokens[place].word for place in range(given, at)), surname)


def _may_open(text: ArticleWords, at: int) -> bool:
    """Tell whether a word may be in a name before its last: it has no ending."""
    word = text.tokens[at].word
    return _is_given(word) or not (text.is_plain(at) or word.endswith(_GENITIVE) or is_title(word))


def _is_given(word: str) -> bool:
    """Tell whether a word is a first name: listed, or made as they are: মোস্তাকুর, রফিকুল, কামরুজ্জামান."""
    return word in words.GIVEN or word.endswith(words.GIVEN_ENDS)


def _surname(text: ArticleWords, at: int) -> str | None:
    word = text.tokens[at].word
    if word in words.SURNAMES:
        return word
    return next((form for form in text.forms(word) if form in words.SURNAMES), None)


def _bare(text: ArticleWords, at: int) -> str:
    """Return a name's word without its ending, where that is sure: it stands without it elsewhere."""
    word = text.tokens[at].word
    if word in words.SURNAMES or word in words.GIVEN:
        return word
    if word.endswith(_WITH):
        return word.removesuffix(_WITH)
    forms = [form for form in text.forms(word) if form != word and len(form) >= LEAST]
    sure = [form for form in forms if form in words.SURNAMES or text.stands_bare(form)]
    if not sure and word.endswith(OBJECT):
        sure = [word.removesuffix(OBJECT)]
    return max(sure, key=len, default=word)
