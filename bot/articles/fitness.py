"""Tells whether a sentence may stand on a card.

It must be whole, new, the article's own, and not out of somebody's mouth.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.articles.dependence import is_open, is_speech, opens_speech, reports_speech
from bot.articles.gluing import is_glued
from bot.articles.text.patterns import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable

_END = re.compile(r"[।॥৷!?.…][’”»\"')\]]*\Z")
_CUT = re.compile(r"(?:\.{2,}|…)[’”»\"')\]]*\Z")
# What portals print around an article and scrapers leave in it. That a sentence holds such a thing only keeps it from
# being chosen; it stays in the body.
_FURNITURE = re.compile(
    nfc(
        r"(?:আরও|আরো)\s*(?:পড়ুন|দেখুন|জানুন)|বিস্তারিত\s*(?:পড়ুন|দেখুন|আসছে|ভিডিওতে|জানতে)|পুরো\s*খবর|সাবস্ক্রাইব"
        r"|খবর\s*পেতে|(?:আমাদের|ভিজিট|সঙ্গে\s*থাকুন)[^।]{0,20}\s(?:ফেসবুক|ইউটিউব|হোয়াটসঅ্যাপ|টেলিগ্রাম)\s*(?:পেজ|পেইজ|চ্যানেল)|ক্লিক\s*করুন|(?:ফলো|অনুসরণ|শেয়ার)\s*করুন"
        r"|ফাইল\s*(?:ছবি|ফটো)|ছবি\s*:|ছবি\s*[:–-]?\s*(?:সংগৃহীত|এআই|প্রতীকী)|(?:সংগৃহীত|প্রতীকী)\s*ছবি"
        r"|সম্পাদক\s*(?:ও\s*প্রকাশক)?\s*:|প্রকাশক\s*:|সর্বস্বত্ব|স্বত্বাধিকার(?!ী)|কপিরাইট|©|ভিডিও\s*দেখতে|সব খবর সব খবর"
        # What points at a list, a picture or a text that the card has not.
        r"|নিচে(?:র)?\s*(?:তালিকা|ছক|ছবি|লিংক|ভিডিও)|নিচে\s*(?:তা\s*)?(?:দেওয়া|দেয়া|তুলে\s*ধরা|উল্লেখ|আলোচনা)\s*(?:করা\s*)?(?:হলো|হল|হয়েছে)"
        r"|(?:হলো|হল|হয়েছে)\s*নিচে[\s।:…]*$|তুলে\s*ধরা\s*(?:হলো|হল)[\s।:…]*$|(?:জেনে|দেখে|পড়ে)\s*(?:নিই|নিন|নেব|নেওয়া\s*যাক|নেয়া\s*যাক)"
    )
)
_ENGLISH_FURNITURE = re.compile(r"read more|continue reading|subscribe|click here", re.IGNORECASE)
_FURNITURE_HEAD = re.compile(
    nfc(
        r"\s*(?:(?:বিজ্ঞাপন|সতর্কতা)(?![\w\u0980-\u09ff])|https?://|www\."
        r"|নিজস্ব\s*প্রতিবেদক|স্টাফ\s*রিপোর্টার|ডেস্ক\s*রিপোর্ট|\S+\s*ডেস্ক(?![\w\u0980-\u09ff])|প্রকাশ(?:িত)?\s*:|আপডেট\s*:"
        r"|\S+\s*(?:প্রতিনিধি|সংবাদদাতা)\s*[:,।])"
    ),
    re.IGNORECASE,
)
# What heads a paragraph or says whose turn it is, run together with it: «৩. …», «বেতন: …», «প্রশ্ন: …».
_ITEM = re.compile(
    r"\s*\(|\s*(?:[•●▪■*–-]|[(\[]?\d{1,2}[.)\]।]|[(\[]?[ক-হ][.)\]])\s"
    r"|\s*(?:[^\s:।,‘“\"]+\s+){0,7}[^\s:।,‘“\"]+\s*:\s"
)
# A question, or one that is told and whose answer is the next sentence's.
_ASKS = re.compile(
    r"\?[\s)]*\Z|" + nfc(r"(?:প্রশ্ন\s*করা\s*(?:হয়|হলে|হয়েছিল)|জানতে\s*চাওয়া\s*(?:হয়|হয়েছিল)|জানতে\s*চান|কিনা|কি\s*না)[\s।]*\Z")
)
# What is only half told: the other half is the next sentence's.
_HALF = re.compile(nfc(r"(?:শুধু|শুধুমাত্র|কেবল)(?![\w\u0980-\u09ff])[^।]*(?:নয়|নন|ছিল না|ছিলেন না|নেই|থাকেনি|হয়নি)[\s।]*\Z"))
_COLON = re.compile(r"[\u0980-\u09ff]\s*:\s*(?=[\u0980-\u09ff])")
_COMMAS = 7  # a sentence with more is a list
_BENGALI = re.compile(r"[\u0985-\u09b9]")
_PAIRS = (("“", "”"), ("‘", "’"))
_LAST = 60  # characters
_SAME, _FEW, _APART = 0.9, 5, 0.35


def is_fit(sentence: str, *, opening: bool = False) -> bool:
    """Return whether a sentence is whole and no furniture.

    It must not show half of a quotation. The first of a text may be a question that somebody asks.
    """
    return (
        _END.search(sentence) is not None
        and _CUT.search(sentence) is None
        and _FURNITURE_HEAD.match(sentence) is None
        and _FURNITURE.search(sentence) is None
        and _ENGLISH_FURNITURE.search(sentence) is None
        and not is_open(sentence)
        and not is_speech(sentence)
        and _ITEM.match(sentence) is None
        and _HALF.search(sentence) is None
        and not is_glued(sentence)
        and not _lists(sentence)
        and not _asks(sentence, opening=opening)
        and sentence.count(",") <= _COMMAS
        and _BENGALI.search(sentence) is not None
    )


def _asks(sentence: str, *, opening: bool) -> bool:
    """Return whether a sentence asks, and nobody who is named does."""
    asked = _ASKS.search(sentence[-_LAST:])
    return asked is not None and not (opening and asked[0][0] == "?" and opens_speech(sentence))


def _lists(sentence: str) -> bool:
    """Return whether a colon parts it and nobody speaks behind that.

    It heads a list then, or is two headlines.
    """
    return any(not reports_speech(sentence[: colon.end()]) for colon in _COLON.finditer(sentence))


def closed(sentence: str) -> str:
    """Return a sentence, with … where it has no end.

    A list of fixtures, a page's remains. A quotation that its writer forgot to close ends with the sentence.
    """
    ended = sentence if _END.search(sentence) else f"{sentence.rstrip(' ,;:–—-')}…"
    for opening, closing in _PAIRS:
        if ended.count(opening) > ended.count(closing) and ended.rfind(opening) > ended.rfind(closing):
            return ended + closing
    return ended


def says_again(words: frozenset[str], earlier: Iterable[frozenset[str]]) -> bool:
    """Return whether an earlier sentence has nearly the same words."""
    return any(_same(words, other) for other in earlier)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    fewer, more = sorted((len(one), len(other)))
    if fewer < _FEW or fewer < (1 - _APART) * more:
        return False
    shared = len(one & other)
    return shared >= _SAME * fewer and len(one ^ other) <= _APART * len(one | other)
