"""Where Bengali sentences end."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.bangla.abbreviations import is_abbreviation
from bot.bangla.quotations import Quotation, goes_on, spans

_BENGALI = "\u0980-\u09ff"
# A run of end marks with the closing quotes and brackets that belong to it, or the end of a line. A straight quote
# closes unless a letter follows it: it then opens what follows («হয়।"কিছু»).
_CANDIDATE = re.compile(
    r"(?P<marks>[।॥৷?!…]+|\.+)"
    rf"(?P<closers>(?:[’”»)\]}}]|[\"'](?![\w{_BENGALI}]))*)"
    r"(?:[।॥৷?!…]|\.{2,}| [।৷])*"
    r"|\n\s*"
)
_LETTER = re.compile(r"[^\W\d_]")
_FULL_STOPS = "।॥৷"
_WORD_BEFORE = re.compile(r"[^\s‘’“”\"'()\[\]«»,;:।?!–—/-]*\Z")
_LONGEST_WORD = 24
_LIST_NUMBER = 2  # digits: ২. opens an item of a list, ২০২৫. may end a sentence


def split(text: str) -> list[str]:
    """Return the sentences of a text, stripped.

    Joined, they have lost nothing but white space. A sentence ends at । ? ! … and at the end of a line, with or without
    a space after it; at a full stop only where that can't be an abbreviation, a number or an initial. Quotations of up
    to `quotations.LONGEST` code points are not parted, nor taken from the verb of saying after them («“…।” বলেন তিনি»).
    Closing marks stay with their sentence.
    """
    offsets = [0, *ends(text), len(text)]
    parts = (text[start:end].strip() for start, end in pairwise(offsets))
    return [part for part in parts if part]


def ends(text: str) -> Iterator[int]:
    """Yield the offset just after each sentence, in order.

    Closing marks belong to the sentence.
    """
    whole = spans(text)
    span = next(whole, None)
    start, letter = 0, -1
    for mark in _CANDIDATE.finditer(text):
        if letter < start:
            letter = _first_letter(text, start)
        while span and span.end <= mark.start():
            span = next(whole, None)
        end = _end(text, letter, mark, span if span and span.start < mark.start() else None)
        if end is not None:
            yield end
            start = end


def _first_letter(text: str, start: int) -> int:
    """Return the offset of the first letter from `start`.

    It is looked for once a sentence: «? ? ? …» would else be slow.
    """
    found = _LETTER.search(text, start)
    return found.start() if found else len(text)


def _end(text: str, letter: int, mark: re.Match[str], span: Quotation | None) -> int | None:
    """Return where the sentence ends if this mark ends it.

    `letter` is the offset of its first letter, `span` the quotation round the mark.
    """
    if mark["marks"] is None:
        return mark.end()
    if letter >= mark.start():
        return None  # the number of an item (২. ১।), or dots that open a sentence
    if span is None:
        return mark.end() if _closes(text, mark) else None
    if mark.end() < span.end - span.edge:
        return None
    if span.bracket and mark["marks"][0] not in _FULL_STOPS and letter < span.start:
        return None  # an aside: (কেন?)
    end = max(mark.end(), span.end)
    return None if goes_on(text, end) else end


def _closes(text: str, mark: re.Match[str]) -> bool:
    """Tell whether a mark outside quotations ends the sentence it stands in."""
    end = mark.end()
    if mark["marks"] == ".":
        return _full_stop_closes(text, mark)
    if mark["closers"]:
        return not goes_on(text, end)
    following = text[end : end + 1]
    if mark["marks"][0] in _FULL_STOPS:
        return following not in ("—", "–")
    if not following or following.isspace():
        return not goes_on(text, end, dashes_only=True)
    # Scraped text has lost spaces: «…কি?তিনি». Dots with no space after them are a pause, and ?q=1 is an address.
    return mark["marks"][0] in "?!" and _is_bengali(following)


def _full_stop_closes(text: str, mark: re.Match[str]) -> bool:
    following = text[mark.end() : mark.end() + 2]
    if following and not following[0].isspace():
        return False
    before = _WORD_BEFORE.search(text, max(0, mark.start() - _LONGEST_WORD), mark.start())
    word = before[0] if before else ""
    if word[-1:].isdecimal():
        return word[-_LIST_NUMBER - 1 :].isdecimal() and len(word) > _LIST_NUMBER
    return not is_abbreviation(word) and not following[1:].islower()


def _is_bengali(character: str) -> bool:
    return "\u0980" <= character <= "\u09ff" or character in "‘“"
