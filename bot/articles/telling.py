"""Reads a text as sentences that a summary may choose from.

Datelines, by-lines, labels, headings, captions and the headline said again are left out; each sentence is told with its
tie to the one before it.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from bot.articles.dependence import (
    inside_quotation,
    opens_pointing,
    opens_speech,
    points_back,
    reports_speech,
)
from bot.articles.salience import SHORTEST
from bot.articles.text.dateline import split_dateline
from bot.articles.text.labels import read_label
from bot.articles.text.patterns import nfc
from bot.bangla import words
from bot.bangla.cut import cut
from bot.bangla.sentences import ends

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORDS_WITHIN = 600
"""Characters of a sentence whose words are looked at."""
NOWHERE = -1
"""The position of a sentence that is left out."""
# They bound the work on a text of any kind. Of 1,834 articles 160 have more sentences and 5 more characters.
_CHARACTERS, _LINES, _SENTENCES, _LABEL = 20_000, 400, 40, 300
_HEADING = 30
# «১ / ৯ধান তুলছেন শ্রমিকেরা২ / ৯…»: the captions of a gallery.
_CAPTION, _PICTURES = re.compile(r"\d{1,2} / \d{1,2}(?!\d)"), 2
# Who wrote it, run together with the text: «খেলা ডেস্ক রোহিত শর্মা …», «সিলেট প্রতিনিধি || …».
_BYLINE = re.compile(r"\A(?:(?:[^\s।,:]+ ){1,2}ডেস্ক\s+|[^।|]{1,40}\|\|\s*)")
_CREDIT = re.compile(r"ছবি\s*:[^।]{0,60}\Z")
_PUNCTUATION = " ।.!?…‘’“”\"'"
_CAPTION_HEAD, _ENDS, _JOINED = 40, tuple("।?!"), ("এবং ", "ও ", "বলে ", "আর ", "কিন্তু ")
_REACH_OF_HEADLINES = 600  # characters in which headlines that run into the text have ended
# «… স্মারকলিপি দিয়েছে …»: the headline is the beginning of the first sentence.
_VERB = re.compile(nfc(r" [\u0980-\u09ff]+(?:েছে|েছেন|চ্ছে|চ্ছেন|লেন|ছিল|ছিলেন)(?![\w\u0980-\u09ff])"))
_HEADED = 4  # words of a sentence that may be the headline again


def read(title: str, text: str, headline: frozenset[str]) -> list[Told]:
    """Return the first sentences of a text.

    If there is nothing but its headline, that comes.
    """
    text = _behind_caption(_behind_headline(title, text))
    return list(islice(_told(text, headline), _SENTENCES)) or list(islice(_told(text, frozenset()), _SENTENCES))


class Told(NamedTuple):
    """A sentence, its words, and its tie to the last.

    ``follows`` says that nothing was left out between them, ``inside`` that it begins within a quotation, ``said`` that
    it goes on with what somebody says («… বলেন, …। …।») and does not say who, ``headed`` that only the headline, said
    again, was left out.
    """

    sentence: str
    words: list[str]
    follows: bool
    inside: bool
    said: bool
    headed: bool


def needed(told: Sequence[Told], *, alone: bool) -> list[tuple[int, ...]]:
    """Return the positions that each sentence needs to be understood.

    `NOWHERE` stands for a sentence that is left out. One that points back needs the sentence just before it; one that
    goes on with a speech needs the one that says who speaks.
    """
    needs: list[tuple[int, ...]] = []
    speaker = NOWHERE
    for position, one in enumerate(told):
        # What opens a text has nothing before it: a pronoun within it is of somebody whom it names.
        points = points_back if position or not alone else opens_pointing
        leans = not one.headed and points(one.words, one.sentence)
        back = () if not leans else (position - 1 if one.follows else NOWHERE,)
        needs.append((*back, *((speaker,) if one.said and (not back or speaker != back[0]) else ())))
        if opens_speech(one.sentence):
            speaker = position
        elif not one.said:
            speaker = NOWHERE
    return needs


def _told(text: str, headline: frozenset[str]) -> Iterator[Told]:
    """Yield the sentences of a text."""
    opening, follows, headed = True, False, False
    begun = frozenset(word[:SHORTEST] for word in headline)
    for paragraph in _paragraphs(text):
        inside = said = False
        for sentence in _sentences(_BYLINE.sub("", split_dateline(paragraph)[1]) if opening else paragraph):
            parts = words.split(sentence[:WORDS_WITHIN])
            told = not _repeats(parts, headline, begun)
            if told:
                yield Told(sentence, parts, follows, inside, said and not reports_speech(sentence), headed)
            follows, headed = told, opening and not told
            opening = opening and not told
            inside = inside_quotation(sentence, inside=inside)
            said = opens_speech(sentence) or (said and not reports_speech(sentence))


def _behind_headline(title: str, text: str) -> str:
    """Return a text without headlines that run into its beginning.

    The article's own stands last of them.
    """
    at = text.find(title, 0, _REACH_OF_HEADLINES) if len(title) > _HEADING else -1
    behind = text[at + len(title) :]
    goes_on = at == 0 and _VERB.match(behind) is not None
    return behind if at >= 0 and behind[:1] == " " and len(behind) > len(title) and not goes_on else text


def _behind_caption(text: str) -> str:
    """Return a text without a caption that is one of its sentences.

    It stands before the first sentence, has no mark and runs into it; further on it comes again, whole. It may also be
    who acts, said once more at the sentence's end.
    """
    opening = text[:_CAPTION_HEAD]
    at = text.find(opening, _CAPTION_HEAD, _CHARACTERS) if len(opening) == _CAPTION_HEAD else -1
    if at < 0:
        return text
    length = next((place for place, pair in enumerate(zip(text, text[at:], strict=False)) if len(set(pair)) > 1), 0)
    whole = text[at + length : at + length + 1] in _ENDS and text[length : length + 1] == " "
    begins = text[:at].rstrip().endswith(_ENDS) or not any(mark in text[:at] for mark in _ENDS)
    behind = text[length:].lstrip()
    return behind if whole and begins and not behind.startswith(_JOINED) else text


def _repeats(parts: Sequence[str], headline: frozenset[str], begun: frozenset[str]) -> bool:
    """Return whether a sentence only says the headline again.

    It may do so in other forms and with one word more.
    """
    new = [word for word in parts if word[:SHORTEST] not in begun]
    return headline.issuperset(parts) or (
        len(new) <= 1 and len(parts) >= _HEADED and not any(word.isdecimal() for word in parts if word not in headline)
    )


def _paragraphs(text: str) -> Iterator[str]:
    for line in islice(cut(text, _CHARACTERS, "").splitlines(), _LINES):
        paragraph = line.strip()
        if paragraph and not _is_heading(paragraph) and (len(paragraph) > _LABEL or read_label(paragraph) is None):
            yield paragraph


def _is_heading(line: str) -> bool:
    """Return whether a line heads a list or a section.

    A few words without a full stop do.
    """
    return len(line) < _HEADING and line[-1] not in _PUNCTUATION


def _sentences(paragraph: str) -> Iterator[str]:
    """Part a paragraph into sentences, captions by their numbers.

    It works as `bot.bangla.sentences.split` does, but no further than it is read.
    """
    start = 0
    captions = _CAPTION.split(paragraph)
    if len(captions) > _PICTURES:
        yield from filter(None, (_CREDIT.sub("", caption).strip() for caption in captions))
        return
    for end in chain(ends(paragraph), [len(paragraph)]):
        if sentence := paragraph[start:end].strip():
            yield sentence
        start = end
