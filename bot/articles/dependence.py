"""Tells whether a sentence can be understood by itself.

Or points to the one before it («তিনি বলেন, …», «তবে …»).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.articles.text.patterns import nfc
from bot.bangla.normalise import key
from bot.bangla.quotations import spans

if TYPE_CHECKING:
    from collections.abc import Sequence

_PRONOUNS = """
    তিনি তাঁর তাঁকে তাঁরা তাঁদের তাঁদেরকে তাঁহার সে তার তাকে তারা তাদের তাদেরকে উনি ইনি এঁরা এঁদের এরা এদের ওরা ওদের
    he she they his her their him them it its
"""
_POINTING = """
    " এ এই এটি এটা এটির এটার এটিকে এটাকে এতে এর এরই এরআগে এরমধ্যে এরপর এরপরই এরপরে এসব এসবের এগুলো এগুলোর
    এমন এমনটি এমনটা এভাবে এখানে এখান এত এজন্য এছাড়া এসময় এসময়ে সেসময় ওইসময় ওইদিন সেই সেটি সেটা সেটির
    সেটার সেসব সেগুলো সেগুলোর সেভাবে সেখানে সেখান সেখানকার সেদিন সেজন্য সেবার ওই ঐ ওটি ওটা ওইসব ওখানে তা
    তাতে তখন একই একইভাবে কথাগুলো this that these those such there then
"""
_CONNECTIVES = """
    তবে কিন্তু অথচ বরং যদিও তবু তবুও অবশ্য তথাপি তাই ফলে সুতরাং অতএব কারণ কেননা অর্থাৎ এমনকি নইলে নয়তো তাছাড়া পরে পরদিন তারপর
    তারপরও অন্যদিকে অপরদিকে আর আবার অন্যরা বাকিরা
    but however therefore so also meanwhile moreover afterwards otherwise
"""
_CLOSING = "তিনি তাঁরা তারা সে"  # «…, জানান তিনি।»
_SPEAKING = "আমি আমার আমাকে আমরা আমাদের আমাদেরকে"
_PARTICLES = "ইও"
_QUOTES = "‘’“”\"'"
_CLOSING_MARK = re.compile(r"[”’](?![\w\u0980-\u09ff])")
_VERBS = (
    r"(?:বল(?:েন|েছেন|ছেন|েছিলেন|লেন|েছে|ছে)|জান(?:ান|ালেন|িয়েছেন|িয়েছে|ায়|াচ্ছে)|লেখেন|লিখেছেন|লিখেছে"
    r"|(?:দাবি|অভিযোগ|মন্তব্য|উল্লেখ|প্রশ্ন|আশা|ঘোষণা|ব্যাখ্যা|যোগ|মনে|আহ্বান) ?(?:কর|জান|রাখ|তোল)[^\s,।:;]*)"
)
_SAYING = re.compile(rf"(?<![\w\u0980-\u09ff]){nfc(_VERBS)}(?![\w\u0980-\u09ff])")
_SAYING_ON = re.compile(rf"(?<![\w\u0980-\u09ff]){nfc(_VERBS)}\s*[,:;–—-]")
_MARKS = " ।॥.!?…"


def points_back(words: Sequence[str], sentence: str) -> bool:
    """Return whether a sentence leans on the one before.

    It opens with a pronoun, a pointing word or a connective, ends with who said it as «তিনি», or somebody speaks of
    himself without quotation marks: a piece of a longer speech.
    """
    if not words:
        return False
    first = words[0]
    if first in _folded(_PRONOUNS + _POINTING + _CONNECTIVES):
        return True
    # তিনিও, সেখানেই; but আরও opens a sentence of its own.
    if first[-1] in _PARTICLES and first[:-1] in _folded(_PRONOUNS + _POINTING):
        return True
    return words[-1] in _folded(_CLOSING) or (not _folded(_SPEAKING).isdisjoint(words) and not _has(sentence, _QUOTES))


def is_speech(sentence: str) -> bool:
    """Return whether a sentence is only a quotation.

    Then it does not say who speaks.
    """
    plain = sentence.strip(_MARKS)
    if not plain or not _has(plain[0] + plain[-1], _QUOTES):
        return False
    first = next(spans(plain), None)
    return first is not None and not first.bracket and first.end - first.start == len(plain)


def is_open(sentence: str) -> bool:
    """Return whether a quotation mark has no partner.

    The sentence then holds the beginning or the end of a speech.
    """
    singles = sentence.count("‘") - sentence.count("’")
    return sentence.count("“") != sentence.count("”") or sentence.count('"') % 2 == 1 or singles != 0


def inside_quotation(sentence: str, *, inside: bool) -> bool:
    """Return whether a quotation goes on after a sentence.

    One that it opened, or that was open before it.
    """
    opened = max(sentence.rfind("“"), sentence.rfind("‘"))
    closed = max((match.start() for match in _CLOSING_MARK.finditer(sentence)), default=-1)
    if max(opened, closed) < 0:
        return inside
    return opened > closed


def ends_quoted(sentence: str) -> bool:
    """Return whether a sentence ends inside a quotation: «… বলেন, “…।”»."""
    return sentence.rstrip(_MARKS)[-1:] in tuple(_QUOTES)


def reports_speech(sentence: str) -> bool:
    """Return whether a sentence says that somebody says something.

    What it holds is theirs.
    """
    return _SAYING.search(sentence) is not None


def opens_speech(sentence: str) -> bool:
    """Return whether speech begins behind the verb: «… বলেন, …».

    The sentences after it are then said too.
    """
    return _SAYING_ON.search(sentence) is not None


def _has(text: str, signs: str) -> bool:
    return any(sign in text for sign in signs)


@cache
def _folded(words: str) -> frozenset[str]:
    return frozenset(key(word) for word in words.split())
