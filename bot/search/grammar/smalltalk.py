"""Recognises what is friendly, rude, or nothing at all.

Its kind is found, so that it is answered and never searched for.
A message is small talk if every word of it belongs to one kind, or accompanies it; a word that could be news ends it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from bot.bangla.normalise import key
from bot.search.grammar.roman import fold, is_roman
from bot.search.grammar.talk import PHRASES, Talk
from bot.search.grammar.wordlist import keys

_RUDE: Final = keys("""
    শালা শালার হারামি হারামজাদা কুত্তার শুয়োর বেকুব বেয়াদব আবাল বালের মাদারচোদ বোকাচোদা চুদির চোদনা খানকি মাগি
    ফাউল গর্দভ উল্লুক baler shala sala gadha bokachoda madarchod harami fuck shit bastard bullshit stupid idiot
    faltu ফালতু
""")
"""Words that are nothing but rude."""
_RUDE_TO: Final = keys("""
    কুত্তা গাধা ছাগল গরু বলদ বাজে বোকা বাল ভুয়া নির্লজ্জ জঘন্য বেহুদা অপদার্থ হাঁদা মূর্খ পাগল ধান্দাবাজ দালাল
    শয়তান ইতর চোর মিথ্যুক বিরক্তিকর অকর্মা অকেজো রাবিশ বোগাস bal chagol kutta useless dumb trash rubbish pagol
    boka baje bolod crap nonsense chor
""")
"""Words that are rude to somebody: alone, or of anything else, they may be news (গরু is a cow)."""
_WHOM: Final = keys("""
    তুই তুমি আপনি তোর তোরা তোমরা আপনারা তোদের তোরে তোকে বট রোবট বটটা you u bot tui tumi apni tora সার্ভিস অ্যাপ
    service app
""")
_AT: Final = keys("""
    তুই তুমি আপনি তোর তোরা তোমরা আপনারা তোমার আপনার তোদের একটা একটি একদম খুব অনেক বড় বট রোবট বটটা কোথাকার এত এতো
    কি কী রে হ যত আস্ত সব সবাই এই এটা সেবা সার্ভিস অ্যাপ মামা ভাই পুরা পুরাই তো না নাকি শালা তোরে তোকে you are a
    the so this bot is app service tui tumi apni ekta tor ur u very what কেন চুপ কর করো থাক গেছিস আছিস হয়েছে হইছে
""")
_BESIDE: Final = keys("""
    ভাই ভাইয়া ভাইজান আপু আপা দাদা দিদি মামা স্যার ম্যাডাম বস বন্ধু দোস্ত সবাই সবাইকে আপনাকে আপনাকেও তোমাকে তোমাকেও
    তোমারে আপনারে খুব অনেক অশেষ জি হ্যাঁ তো রে গো হে বট ওস্তাদ চাচা খালা ভাইরা বোন আপনাদের আপনাদেরকে এত এতো
    সাহায্যের জন্য খবরের খবরগুলোর এই আজ আজকে কাজ হয়েছে হইছে লাগল লাগলো bhai vai bhaiya vaiya apu dada didi mama
    sir bro dear boss everyone all so much very a lot u you apnake tomake for the news khobor help
""")
_WEAK: Final = (None, Talk.PRAISE, Talk.LAUGH, Talk.OK, Talk.HELLO)
"""What gives way to another thing that is said beside it."""
_VOWELS: Final = frozenset("aeiouy")
_LONGEST: Final = 12


def read(text: str) -> Talk | None:
    """Return a message's kind of small talk.

    Return None if it may be about news.
    """
    words = _words(text)
    if not words:
        return _signs(text)
    if len(words) > _LONGEST:
        return None
    whole = " ".join(words)
    if (said := _said(whole)) is not None:
        return said
    if _is_rude(words):
        return Talk.INSULT
    return _accompanied(words) or (Talk.NONSENSE if _is_nonsense(words) else None)


def _is_rude(words: list[str]) -> bool:
    rude = any(word in _RUDE for word in words)
    to_somebody = any(word in _RUDE_TO for word in words) and any(word in _WHOM for word in words)
    return (rude or to_somebody) and all(word in _RUDE | _RUDE_TO | _AT | _WHOM for word in words)


def _words(text: str) -> list[str]:
    kept = "".join(sign if unicodedata.category(sign)[0] in "LMN" or sign in "🙏❤👍" else " " for sign in key(text))
    return kept.split()


def _signs(text: str) -> Talk | None:
    shown = text.strip()
    if not shown:
        return None
    return Talk.OK if set(shown) <= set("👍👌🆗✅\ufe0f🏻🏼🏽🏾🏿") else Talk.NONSENSE


@cache
def _phrases() -> dict[str, Talk]:
    return {" ".join(_words(phrase)): talk for talk, phrases in PHRASES.items() for phrase in phrases.split(",")}


@cache
def _sounded() -> dict[str, Talk]:
    """Return Roman small talk by its sound.

    Words without a vowel left are left out.
    """
    return {
        sound: talk
        for phrase, talk in _phrases().items()
        if all(map(is_roman, phrase.split())) and len(sound := " ".join(map(fold, phrase.split()))) > 3  # noqa: PLR2004
    }


def _said(phrase: str) -> Talk | None:
    if (known := _phrases().get(phrase)) is not None:
        return known
    if all(map(is_roman, phrase.split())):
        return _sounded().get(" ".join(map(fold, phrase.split())))
    return None


def _accompanied(words: list[str]) -> Talk | None:
    """Find a phrase at either end of accompanying words.

    These only say to whom it is said, or how much.
    """
    found: Talk | None = None
    at = 0
    while at < len(words):
        for size in range(min(len(words) - at, 4), 0, -1):
            if (talk := _said(" ".join(words[at : at + size]))) is not None:
                found, at = found if found not in _WEAK else talk, at + size
                break
        else:
            if words[at] not in _BESIDE:
                return None
            at += 1
    return found


def _is_nonsense(words: list[str]) -> bool:
    """Return whether Roman letters make no word of any language.

    No vowel among five, or one key held down.
    """
    if not all(map(is_roman, words)):
        return all(len(set(word)) == 1 and len(word) > 2 for word in words)  # noqa: PLR2004 - ককক
    odd = [word for word in words if len(word) > 4 and (not set(word) & _VOWELS or _has_a_heap(word))]  # noqa: PLR2004
    held = [word for word in words if len(word) > 3 and len(set(word)) <= 2]  # noqa: PLR2004 - aaaa, asas
    return bool(odd or held) and len(odd) + len(held) * 2 > len(words) / 2


def _has_a_heap(word: str) -> bool:
    return re.search("[^aeiouy]{5}", word) is not None
