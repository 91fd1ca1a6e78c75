"""Finds what an article is about, not merely mentions.

Its listed names, persons and places, works and telling words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bot.articles.names import gazetteer, name_words
from bot.articles.names.gazetteer import BANGLADESH, How, NameHit, NameKind
from bot.articles.names.name_runs import ArticleWords, is_given, is_title
from bot.articles.names.tokens import HEADLINE, WordToken, tokens
from bot.articles.names.unlisted import people, towns
from bot.articles.names.usual import is_usual
from bot.articles.text.dateline import split_dateline
from bot.bangla.endings import bases
from bot.bangla.normalise import display, key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MENTIONS = 3  # in as many sentences: what no headline names must be spoken of again and again
_SENTENCES_A_MENTION = 8  # and the more so, the longer the article is
# What an article is about it has said by then: characters of a headline and of a paragraph, words in all.
_LONGEST_HEADLINE, _LONGEST, _MOST_WORDS = 400, 20_000, 3000
_LEAD = 3  # the first sentences of the body
_COUNTED = 8  # mentions beyond which more tell nothing
_HOME = frozenset(("বাংলাদেশ", "ঢাকা"))  # where nearly all happens
_SCENE = frozenset((NameKind.DISTRICT, NameKind.CITY))
_OPENS = 4  # words that open an article
_RARE, _COMMON, _ARCHIVE = 0.004, 0.05, 500  # shares of articles that have a word, and how many articles tell
_REPEATED, _FORMS = 5, 2
_QUOTED = re.compile(r"‘([^‘’]{2,40})’|'([^'\n]{2,40})'")
_QUOTED_WORDS, _SHORT = 4, 2
_HEAD, _LOCATIVE = 3, "ে"


class WordCounts(Protocol):
    """How common words are in the archive."""

    @property
    def total(self) -> int:
        """The number of articles."""

    def documents(self, word: str) -> int:
        """Return how many articles have a word of key() form."""


@dataclass(slots=True)
class Mention:
    """What an article may be about, and what speaks for it."""

    shown: str
    mentions: float = 0
    sentences: set[int] = field(default_factory=set)
    headline: float = 0
    lead: bool = False
    named_there: bool = False
    """Only a headline makes it the subject."""
    scene: bool = False
    """Where it happened."""
    rank: int = 0
    """Among equally telling ones the lowest comes first."""

    def see(self, token: WordToken, opening: int, weight: float = 1) -> None:
        """Count one mention; ``opening`` is the last sentence of the article's beginning."""
        if token.text == HEADLINE:
            self.headline = max(self.headline, weight)
            return
        self.mentions += weight
        self.sentences.add(token.sentence)
        self.lead = self.lead or token.sentence <= opening

    def is_meant(self, sentences: int) -> bool:
        """Return whether an article is about it.

        A name that is merely mentioned, in so many sentences, is not meant.
        """
        if self.headline:
            return self.headline == 1 or self.mentions > 0
        least = max(_MENTIONS, sentences / _SENTENCES_A_MENTION)
        often = self.lead and self.mentions >= least and len(self.sentences) >= _MENTIONS
        return self.scene or (often and not self.named_there)

    @property
    def weight(self) -> float:
        """How much speaks for it."""
        return 4 * self.headline + 2 * self.lead + 0.75 * min(self.mentions, _COUNTED)


class _Article(NamedTuple):
    tokens: list[WordToken]
    start: int  # of the body
    opening: int  # the last sentence of its beginning
    sentences: int


def subjects(headline: str, body: Sequence[str], known: WordCounts | None) -> list[Mention]:
    """Return what an article is about, most telling first."""
    article = _read(headline, body)
    listed, taken = _listed(article)
    found = [one for one in (*listed, *_unlisted(article, taken, known)) if one.is_meant(article.sentences)]
    found += _quoted(headline, article)
    if known is not None and known.total >= _ARCHIVE:
        found += _telling(article, taken, known)
    return sorted(found, key=lambda one: (-one.weight, one.rank))


def _read(headline: str, body: Sequence[str]) -> _Article:
    # The place of a dateline is where it was written.
    rest = (split_dateline(body[0])[1], *body[1:]) if body else ()
    found = tokens((headline[:_LONGEST_HEADLINE], *(text[:_LONGEST] for text in rest)), _MOST_WORDS)
    start = next((at for at, token in enumerate(found) if token.text != HEADLINE), len(found))
    if start == len(found):
        return _Article(found, start, 0, 0)
    first = found[start].sentence
    return _Article(found, start, first + _LEAD - 1, found[-1].sentence - first + 1)


def _listed(article: _Article) -> tuple[list[Mention], frozenset[int]]:
    """Return an article's listed names and their positions."""
    hits = [hit for hit in gazetteer.find([token.word for token in article.tokens]) if not _is_surname(article, hit)]
    sure = {hit.entry.name for hit in hits if hit.how is How.NAME}
    hits = [hit for hit in hits if hit.how is not How.DOUBTFUL or hit.entry.name in sure]
    scene = _scene(hits, article)
    found: dict[str, Mention] = {}
    for hit in hits:
        name = hit.entry.name
        if hit.entry.kind is not NameKind.OUTLET:
            rank = gazetteer.rank(hit.entry)
            subject = found.setdefault(name, Mention(name, named_there=name in _HOME, scene=name in scene, rank=rank))
            subject.see(article.tokens[hit.start], article.opening, 0.5 if hit.how is How.ADJECTIVE else 1)
    return list(found.values()), frozenset(at for hit in hits for at in range(hit.start, hit.end))


def _is_surname(article: _Article, hit: NameHit) -> bool:
    """Return whether an adjective is somebody's surname.

    It is in স্মৃতি ইরানির and বোমান ইরানি বলেন; ইরানি সেনা are of Iran.
    """
    words, at = article.tokens, hit.start
    if hit.how is not How.ADJECTIVE or at == 0 or not words[at].joined or is_title(words[at - 1].word):
        return False
    before = words[at - 1].word
    following = words[at + 1].word if at + 1 < len(words) and words[at + 1].joined else ""
    person = words[at].word.endswith(("র", "কে")) or following in name_words.SPEAKING
    return is_given(before) or (person and not (is_usual(before) or _is_plain(before)))


def _scene(hits: Sequence[NameHit], article: _Article) -> set[str]:
    """Return the places that open the text.

    A single district of Bangladesh counts: «বগুড়ার ধুনটে …» is where it happened.
    """
    first = article.opening - _LEAD + 1
    there = [
        hit
        for hit in hits
        if hit.entry.kind in _SCENE
        and hit.entry.country == BANGLADESH
        and hit.start >= article.start
        and article.tokens[hit.start].sentence == first
    ]
    districts = {hit.entry.name for hit in there if hit.entry.kind is NameKind.DISTRICT}
    opening = {hit.entry.name for hit in there if hit.start < article.start + _OPENS}
    return opening - _HOME if len(districts) <= 1 else set()


def _unlisted(article: _Article, taken: frozenset[int], known: WordCounts | None) -> Iterator[Mention]:
    """Yield persons and places that are not listed.

    A person whom no headline names counts only with a post.
    """
    text = ArticleWords(article.tokens, taken)
    for name in (*people(text), *towns(text)):
        subject = Mention(name.shown, named_there=not name.titled, rank=len(gazetteer.entries()))
        for position in name.positions:
            subject.see(article.tokens[position], article.opening)
        if known is None or _share(key(name.shown), known) <= _COMMON:
            yield subject


def _share(word: str, known: WordCounts) -> float:
    return known.documents(word) / known.total if known.total >= _ARCHIVE else 0


def _quoted(headline: str, article: _Article) -> Iterator[Mention]:
    """Yield works that the headline quotes.

    The body calls them a film, a storm, a programme.
    """
    words = [token.word for token in article.tokens[article.start :]]
    for match in _QUOTED.finditer(display(headline[:_LONGEST_HEADLINE])):
        shown = next(part for part in match.groups() if part is not None).strip()
        name = [token.word for token in tokens((shown,), _MOST_WORDS)]
        if (
            len(name) > _QUOTED_WORDS
            or all(_is_plain(one) or is_usual(one) for one in name)
            or len(key(shown)) <= _SHORT
        ):
            continue
        positions = [at for at in range(len(words)) if words[at : at + len(name)] == name]
        beside = {word for at in positions for word in (*words[max(0, at - 1) : at], *words[at + len(name) :][:1])}
        if any(not bases(word).isdisjoint(name_words.WORKS) for word in beside):
            yield Mention(shown, mentions=len(positions), headline=1)


def _telling(article: _Article, taken: frozenset[int], known: WordCounts) -> Iterator[Mention]:
    """Yield rare headline words that recur in the body.

    They are rare in the archive, and stand in the body in several nominal forms.
    """
    near: dict[str, list[str]] = {}
    for token in article.tokens[article.start :]:
        near.setdefault(token.word[:_HEAD], []).append(token.word)
    before: Mention | None = None
    for at, token in enumerate(article.tokens[: article.start]):
        telling = None if at in taken else _repeated(token, near.get(token.word[:_HEAD], []), known)
        if telling is not None and before is not None and token.joined:
            before.shown += f" {telling.shown}"  # a name of two words
        elif telling is not None:
            before = telling
            yield telling
        else:
            before = None


def _repeated(token: WordToken, body: Sequence[str], known: WordCounts) -> Mention | None:
    base = min((form for form in bases(token.word) if form in body), key=len, default=None)
    if base is None or _is_plain(base) or base.endswith(_LOCATIVE):
        return None
    forms = [word for word in body if base in bases(word)]
    if len(forms) < _REPEATED or len(set(forms)) < _FORMS or _share(base, known) >= _RARE:
        return None
    return Mention(token.shown[: len(base)], mentions=len(forms), headline=1)


def _is_plain(word: str) -> bool:
    return not bases(word).isdisjoint(name_words.COMMON) or word.endswith(name_words.VERB_ENDS)
