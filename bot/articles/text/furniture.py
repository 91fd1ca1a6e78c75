"""Takes page furniture out from between an article's sentences.

«আরও পড়ুন …», «… চ্যানেল ফলো করুন», captions with their credit, imprints: portals set them in boxes, and whoever takes the
text alone runs them together with it. Each rule has two witnesses: what is said, and how it is set off. It stands
behind a finished sentence, and has no danda of its own.
"""

from __future__ import annotations

import re

from bot.articles.text.boilerplate import CREDITS, OUTLETS
from bot.articles.text.patterns import nfc

_DONE = r"(?<=[।.!?…’”\"')\]|])"
_MORE = r"(?:আরও|আরো) (?:পড়ুন|দেখুন)"
_MOMENT = r"(?:\d{1,2} [^\s\d।]{2,12} \d{4}|\d{1,2} (?:ঘণ্টা|ঘন্টা|মিনিট|দিন) আগে|\d{4}-\d\d-\d\d)"
_CHANNEL = "(?:গুগল নিউজ|গুগল|ফেসবুক|ইউটিউব|হোয়াটসঅ্যাপ|মেসেঞ্জার|টেলিগ্রাম)"
_FOLLOW = "(?:ফলো|সাবস্ক্রাইব|লাইক|অনুসরণ)"
_CREDIT = r"(?:ফাইল |সংগৃহীত )?(?:ছবি|ফটো)\s*[:ঃ]\s*"
_BEGIN = r"(?:(?<=[।!?’”\"')\]])\s*|^|(?<=করুন)\s*)"
_CLICK = r"(?:করতে [^।!?’”]{0,30}?(?:ক্লিক|ট্যাপ) )?"
_NAME = r"(?:(?<=[।!?’”])\s*[^।!?‘“’”]{0,40}|[^\s।]{1,25} (?:[^\s।]{1,15} )?)"
_NEWS = "(?:সব |সর্বশেষ )?(?:খবর|সংবাদ)"
_SECTION = r"(?:[^।!?]{0,150}$|[^\s।]{1,20}(?: [^\s।]{1,20}){0,2} থেকে আরও (?:পড়ুন|দেখুন))?"
# A word that is there if anything is to be found, and the pattern.
_WITHIN = tuple(
    (nfc(word), re.compile(nfc(pattern)))
    for word, pattern in (
        # «… গেছে। আরও পড়ুনমেলা শুরু কাল০৭ ডিসেম্বর ২০২৫ পরের বাক্য»: another's headline, closed by its date.
        ("আর", rf"{_DONE}\s*(?:{_MORE}\s*:?\s*){{1,3}}[^।]{{3,200}}?{_MOMENT}(?=\s|$|[^\s\d।,.])"),
        # At a paragraph's end its headline has no danda behind it.
        ("আর", rf"{_DONE}\s*[|(\[]?(?:{_MORE}\s*[:–—-]?\s*){{1,3}}[^।!?]{{0,200}}$"),
        # The label alone, where its links went; a sentence («আরও পড়ুন, আরও লিখুন।») goes on otherwise.
        ("আর", rf"{_DONE}\s*(?:{_MORE}\s*:?\s+){{1,3}}(?=[^\s,।!?])(?=[^।!?]{{15}})"),
        # «… মানুষনদীর কাগজের খবর পেতে গুগল নিউজ চ্যানেল ফলো করুনজেলা থেকে আরও দেখুন…» at a paragraph's end.
        ("করুন", rf"{_NAME}{_NEWS} পেতে {_CHANNEL}[^।!?’”]{{0,30}}?{_FOLLOW} করুন(?![’”\"']){_SECTION}"),
        # «নদীর কাগজের হোয়াটসঅ্যাপ চ্যানেল ফলো করতে এখানে ক্লিক করুন», also several times.
        ("করুন", rf"{_BEGIN}[^।!?‘“’”\"]{{0,60}}{_CHANNEL}[^।!?‘“’”\"]{{0,40}}?{_FOLLOW} {_CLICK}করুন(?![’”\"'])[।!]?"),
        # «এক বিক্রেতা (ছবি: রহিমা খাতুন) এর আগে …»: a caption has no danda, its credit stands in brackets.
        ("ছবি", rf"(?:(?<=[।!?’”])\s*|^)[^।!?()’”]{{3,200}}\({_CREDIT}[^()।]{{2,40}}\)"),
        ("ছবি", rf"{_DONE}\s*{_CREDIT}(?:{CREDITS})[।.]?(?=\s|$)"),
        (" -", rf"{_DONE}\s*[^।!?]{{8,200}}[^\s–—-]\s-(?:{CREDITS}|{OUTLETS})(?=\s|$)"),
        ("সর্বস্বত্ব", rf"(?:^|{_DONE}\s*)[^।]{{0,240}}সর্বস্বত্ব[^।]{{0,100}}$"),
    )
)
_PASSES = 4


def without_furniture(paragraph: str) -> str:
    """Return a paragraph without what stands between its sentences.

    A sentence is never part of what goes: what goes has no danda.
    """
    for _ in range(_PASSES):
        plain = paragraph
        for word, pattern in _WITHIN:
            if word in plain:
                plain = pattern.sub(" ", plain)
        plain = " ".join(plain.split())
        if plain == paragraph:
            break
        paragraph = plain
    return paragraph
