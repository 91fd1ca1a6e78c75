"""One line for a story: its headline, or the news it hides.

«… যা বললেন অপু», «আজ সোনার ভরি কত?» make curious and tell nothing. Three witnesses must agree before a line is another:
the headline keeps something back (a question, a relative clause that is never closed, dots at the end), it neither
quotes somebody nor promises advice, and the summary has a whole sentence that stands by itself and speaks of the same.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.articles.dependence import points_back, reports_speech
from bot.articles.fitness import is_fit
from bot.articles.salience import stems
from bot.articles.text.patterns import nfc
from bot.bangla.normalise import key
from bot.bangla.words import split

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 200
"""Characters of a line; a longer sentence tells the news no quicker."""
_ASKING = """
    কেন কী কি কে কারা কাকে কাদের কোন কোথায় কবে কখন কত কয়টি কয়টা কতটা কতটুকু কতজন কেমন কীভাবে কিভাবে কীসের
"""
_RELATIVE = """
    যা যে যেভাবে যেসব যেখানে যাদের যাঁদের যারা যাঁরা যিনি যাকে যাঁকে যার যাঁর যেটি যেমন যেদিন যেগুলো
"""
# What closes a relative clause or a question within a sentence: «যারা …, তারা …», «কারা …, তা জানা যায়নি».
_CLOSING = """
    তা তাই তারা তাঁরা তাদের তাঁদের তিনি তাকে তাঁকে তার তাঁর সে সেই সেখানে সেভাবে সেসব সেটি সেটা সেগুলো তেমন সেদিন
    প্রশ্ন কোনো না
"""
_EDGE = r"(?![\w\u0980-\u09ff])"
_ADVICE = re.compile(
    nfc(r"(?:বেন|উচিত|করণীয়|উপায়|কৌশল|পরামর্শ|আপনি|আপনার|আপনাকে|নিন|রাশি|রাশির|রাশিফল|ভালো|খাবার|লক্ষণ|ত্বক|ত্বকে|চুল|চুলের|ওজন)")
    + _EDGE
)
_DANGLES = re.compile(nfc(r"(?:…|\.{2,})\s*$|(?:দেখুন|জানুন|জেনে নিন|দেখে নিন)(?:\s*\S+)?\s*$"))
_QUOTED = re.compile(r"[‘“'\"][^‘“’”'\"]+[’”'\"]")
_START = r"(?<![\w\u0980-\u09ff])"
_SAID = re.compile(nfc(rf"{_START}(?:বললেন|বলছেন|জানালেন|লিখলেন|ভাবছেন|বার্তা|জবাব)"))
_SPEAKS_OF = re.compile(nfc(r"সমালোচনা|প্রশংসা|নিন্দা|প্রতিক্রিয়া|শুভেচ্ছা|ঘোষণা|অভিযোগ|দাবি|আহ্বান|হুঁশিয়ারি"))
_HOW_MANY = re.compile(nfc(rf"{_START}(?:কত|কয়)"))
_POINTS_AT = re.compile(rf"{_START}(?:এ|এই|ওই|সেই|এসব){_EDGE}")
_DIGIT = re.compile(r"\d")
_NAME, _SPEAKER = 5, 2  # the most words of who speaks, behind and before a colon
_LAST = 60  # characters at a headline's end
_SHARED = 2  # words, at least
# Of the headline's words; more where a number is asked, for there may be another beside it.
_ENOUGH, _NUMBER = 0.4, 0.75


def one_line(headline: str, summary: Sequence[str]) -> str:
    """Return the headline, or the sentence that tells what it hides.

    The sentence is the first of the summary that speaks of enough of the same, without its danda.
    """
    if not keeps_back(headline):
        return headline
    spoken = stems(word for word in split(headline) if word not in _words(_ASKING + _RELATIVE))
    least = max(_SHARED, len(spoken) * (_NUMBER if _HOW_MANY.search(headline) else _ENOUGH))
    for sentence in summary:
        if _tells(sentence, headline) and len(spoken & stems(split(sentence))) >= least:
            return sentence.rstrip(" ।")
    return headline


def keeps_back(headline: str) -> bool:
    """Return whether a headline hides the news it is about."""
    told = _QUOTED.sub(" ", headline)
    if _is_said(told) or _ADVICE.search(headline):
        return False
    words = split(told)
    opened = [position for position, word in enumerate(words) if word in _words(_ASKING + _RELATIVE)]
    if opened and _words(_CLOSING).isdisjoint(words[opened[-1] + 1 :]):
        return True
    return told.rstrip().endswith("?") or _DANGLES.search(headline[-_LAST:]) is not None


def _is_said(told: str) -> bool:
    """Return whether somebody says it: «…: জি এম কাদের», «রিজভী: …»."""
    head, colon, tail = told.rpartition(":")
    if not colon or "?" in tail:
        return False
    return 0 < len(tail.split()) <= _NAME or 0 < len(head.split()) <= _SPEAKER


def _tells(sentence: str, headline: str) -> bool:
    """Return whether a sentence stands by itself and keeps the promise."""
    if len(sentence) > LONGEST or not is_fit(sentence) or points_back(split(sentence), sentence):
        return False
    if _POINTS_AT.search(sentence) or (_HOW_MANY.search(headline) and not _DIGIT.search(sentence)):
        return False
    return not _SAID.search(headline) or reports_speech(sentence) or _SPEAKS_OF.search(sentence) is not None


@cache
def _words(listed: str) -> frozenset[str]:
    return frozenset(map(key, listed.split()))
