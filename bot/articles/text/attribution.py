"""Finds who an article says it is from.

The wire sources it names, and whether a by-line names a person.
"""

from __future__ import annotations

import re
from functools import cache

from bot.articles.text import label_words as words
from bot.articles.text.dateline import split_dateline
from bot.articles.text.patterns import nfc
from bot.articles.text.places import AGENCIES, PLACES
from bot.bangla.normalise import display, key

__all__ = ["dateline_agencies", "is_agency", "is_role", "split_dateline", "split_wire", "wire_names"]

_WINDOW = 400  # characters at a paragraph's end; longer than any pattern's match
_NAME_WORDS = 2  # before «নিজস্ব প্রতিবেদক» they are a person's name
_MOST_NAMES, _LONGEST_NAME = 4, 45
_SEPARATORS = re.compile(nfc(r"(?<!\s)(?:\s*[,;|/،]\s*|\s+(?:ও|এবং|and)\s+|\s*&\s*)"))
_CLOSED = "।.!?…’”\"')]"
_EDGES = " \t।.…:-–—|()[]*\"'"
# A list of books, not of agencies: pages, volumes, editions. 360 and 24 are parts of names.
_REFERENCE = re.compile(nfc(r"পৃ\.|পৃষ্ঠা|খণ্ড|হাদিস|সংস্করণ|প্রকাশ|\d/\d|^\d+$|[@]"))
_END = r"(?:^|(?<=[।.!?…’”\"')\]])|(?<=[।.!?…’”\"')\]]\s))"
_TAIL = r"\s*[।.]?\s*$"
_LABEL = nfc("|".join(re.escape(word) for word in sorted(words.WIRE[:10], key=len, reverse=True)))


def wire_names(value: str) -> tuple[str, ...]:
    """Return the sources in «তাস, ক্রেমলিন বিবৃতি।», each once.

    They stand after the label; () if these are no names of sources.
    More than four names, a name above 45 characters or a page number is a reading list or a sentence.
    """
    names = list(
        dict.fromkeys(name for part in _SEPARATORS.split(display(value).strip(_EDGES)) if (name := part.strip(_EDGES)))
    )
    if not names or len(names) > _MOST_NAMES:
        return ()
    if any(len(name) > _LONGEST_NAME or _REFERENCE.search(name) or "।" in name for name in names):
        return ()
    return tuple(names)


def split_wire(paragraph: str) -> tuple[tuple[str, ...], str]:
    """Return a paragraph's final wire sources and the rest.

    The sources are () if there are none. They are known at the very end only, behind a finished sentence: «সূত্র: তাস»,
    «(সূত্র: বাসস)», «— বাসস», «। এএফপি», «খবর রয়টার্সের», «ভ্যারাইটি অবলম্বনে». «সূত্র জানায়» in a sentence is none.
    """
    cut = max(0, len(paragraph) - _WINDOW)
    head, tail = paragraph[:cut], paragraph[cut:]
    for pattern, sure in _endings():
        match = pattern.search(tail)
        if match is None:
            continue
        names = wire_names(match["names"])
        if names and (sure or all(is_agency(name) for name in names)):
            return names, (head + _without(tail, match)).rstrip()
    return (), paragraph


def _without(paragraph: str, match: re.Match[str]) -> str:
    rest = paragraph[: match.start()].rstrip(" -–—(")
    # «… করেছে (সূত্র: বাসস)।»: the danda was the sentence's.
    return rest + "।" if rest and rest[-1] not in _CLOSED and "।" in match[0][-2:] else rest


def dateline_agencies(paragraph: str) -> tuple[str, ...]:
    """Return the agencies that a dateline names.

    They stand in parentheses or beside the place: «ঢাকা, ২৩ জুন (বাসস) :».
    """
    place, rest = split_dateline(paragraph)
    if place is None or not rest:
        return ()
    head = paragraph[: len(paragraph) - len(rest)]
    found = re.findall(r"\(([^()]{2,30})\)", head) + re.split(r"[,:।(]", head)
    return tuple(dict.fromkeys(name.strip() for name in found if is_agency(name)))


def is_agency(name: str) -> bool:
    """Return whether a name is a news agency's.

    An outlet that is quoted by its bare name counts too.
    """
    return key(name) in _agencies()


def is_role(byline: str) -> bool:
    """Return whether a by-line names only a post.

    Posts are «নিজস্ব প্রতিবেদক, ঢাকা», «অনলাইন ডেস্ক» and «admin». A person with a post («ফারহানা হক, স্টাফ রিপোর্টার»)
    is a person.
    """
    parts = [part for part in re.split(r"[,|/()।:–—]| - ", key(byline)) if part.strip()]
    telling = [part for part in parts if part.strip() not in _places()]
    return bool(telling) and _is_post(telling[0])


def _is_post(part: str) -> bool:
    plain = [word for word in part.split() if "." not in word.strip(".")]
    if not plain or plain[-1].strip(".") not in _role_nouns():
        return False
    for position, word in enumerate(plain):
        if word in _modifiers():
            return position < _NAME_WORDS
    return True


@cache
def _endings() -> tuple[tuple[re.Pattern[str], bool], ...]:
    label = rf"(?:{_LABEL})"
    genitive = nfc(r"(?:-?এর|ের|র|'র|’র)")
    return tuple(
        (re.compile(nfc(pattern)), sure)
        for pattern, sure in (
            (rf"[(\[]\s*{label}\s*[:ঃ/–-]\s*(?P<names>[^()।\[\]]{{2,120}})[)\]]{_TAIL}", True),
            (rf"{_END}[-–—*]?\s*{label}\s*(?:[:ঃ/]|[–—-](?=\s))\s*(?P<names>[^।:]{{2,160}}){_TAIL}", True),
            (rf"{_END}খবর\s*(?:[:ঃ/]|[–—-](?=\s))\s*(?P<names>[^।]{{2,60}}){_TAIL}", True),
            (rf"{_END}(?:খবর|এ খবর|এই খবর)\s+(?P<names>[^।,]{{2,40}}?){genitive}{_TAIL}", False),
            (rf"{_END}(?P<names>[^।!?’”]{{2,60}}?)\s+অবলম্বনে{_TAIL}", True),
            (rf"{_END}(?P<names>[^।!?’”]{{2,40}}?)\s+থেকে নেওয়া(?:,[^।]*)?{_TAIL}", True),
            (rf"[(\[](?P<names>[^()।\[\]]{{2,60}})[)\]]{_TAIL}", False),
            (rf"{_END}[-–—]\s*(?P<names>[^।!?]{{2,60}}){_TAIL}", False),
            (rf"(?<=[।!?’”\"])\s*(?P<names>[^।!?’”]{{2,60}}){_TAIL}", False),
        )
    )


@cache
def _agencies() -> frozenset[str]:
    return frozenset(key(name) for name in AGENCIES)


@cache
def _places() -> frozenset[str]:
    return frozenset(key(name) for name in PLACES)


@cache
def _role_nouns() -> frozenset[str]:
    return frozenset(key(noun) for noun in words.ROLE_NOUNS)


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(key(word) for word in ("নিজস্ব", "স্টাফ", "জ্যেষ্ঠ", "সিনিয়র", "বিশেষ", "জেলা", "উপজেলা"))
