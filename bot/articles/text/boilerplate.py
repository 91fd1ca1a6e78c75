"""Removes page furniture glued to an article's paragraphs.

Captions, dates, desks and buttons stand before and behind the text. Portals print these beside the text; scrapers and
feeds run them together with it. Each rule was seen in real text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.articles.text.labels import Labelled, read_labels
from bot.articles.text.patterns import nfc

_DONE = r"(?<=[।.!?…’”\"')\]|])"  # only behind a finished sentence
_MORE = r"(?:আরও|আরো) (?:পড়ুন|দেখুন)"
_CHANNEL = "(?:গুগল নিউজ|গুগল|ফেসবুক|ইউটিউব|হোয়াটসঅ্যাপ|মেসেঞ্জার|টেলিগ্রাম|চ্যানেল|পেজ)"
_MOMENT = r"(?:\d{1,2} [^\s\d।]{2,12} \d{4}|\d{1,2} (?:ঘণ্টা|ঘন্টা|মিনিট|দিন) আগে|\d{4}-\d\d-\d\d)"

# At the end of the last paragraph.
_TAILS = tuple(
    re.compile(nfc(pattern), re.IGNORECASE)
    for pattern in (
        # A newspaper's desk: «ই-মেইল: …@…», «ফোন : বিজ্ঞাপন : ই-মেইল: ,».
        rf"{_DONE}?\s*(?:(?:ফোন|বিজ্ঞাপন|মোবাইল)\s*:[^।]{{0,40}})*\s(?:ই-মেইল|ইমেইল|ই–মেইল|email)\s*:[\s\w.@,+-]*$",
        rf"{_DONE}?\s(?:এ )?সম্পর্কিত বিষয়\s*:[^।]{{0,120}}$",
        # Initials of the desk: «ঢাকা/নাজমুল/এসবি», «এমআই/পিডি/টিসি», «এমএমএম».
        rf"(?:^|{_DONE}\s*)[^\s/।.,:\d]{{1,14}}(?: [^\s/।.,:\d]{{1,14}})?(?:/[^\s/।.,:\d]{{1,14}}){{1,3}}$",
        rf"{_DONE}\s*{_MORE}\s*:?\s*[^।]{{3,160}}?{_MOMENT}\s*$",
        rf"{_DONE}\s*{_MORE}\s*:?\s*$",
        rf"{_DONE}\s*{_MORE}\s*[:–—-]\s*[^।]{{3,200}}$",
        (
            rf"{_DONE}\s*(?:[^।]{{0,60}}\s)?(?:খবর|সংবাদ|আপডেট) (?:সবার আগে )?(?:পেতে|জানতে)[^।]{{0,30}}"
            rf"{_CHANNEL}[^।]{{0,90}}।?\s*$"
        ),
        (
            rf"{_DONE}\s*[^।]{{0,60}}{_CHANNEL}[^।]{{0,40}}"
            r"(?:ফলো|সাবস্ক্রাইব|লাইক|ক্লিক|যুক্ত হোন|যোগ দিন|অনুসরণ কর)[^।]{0,40}।?\s*$"
        ),
        rf"{_DONE}?\s*\*? ?মতামত লেখকের নিজস্ব।?$",
        rf"{_DONE}\s*হ্যাঁ না$",
        r"\s*the post .{1,300} (?:appeared first on|first appeared on) .{1,120}$",
        r"\s*(?:continue reading|read more|বিস্তারিত পড়ুন|আরও পড়ুন)\s*(?:…|\.\.\.|»|→)*\s*$",
    )
)
_TAIL = 600  # characters at a paragraph's end
_EXCERPT = re.compile(r"(?<!\s)\s*+(?:[\[(]\s*+(?:…|\.{3}|&hellip;)\s*+[\])]|(?<!\.)\.{3,}+)\s*+$")
# «… ছবি: সংগৃহীত প্রকাশ: ১৫ ডিসেম্বর ২০২৫ | ১১:৩৬ | আপডেট: ১৫ ডিসেম্বর ২০২৫ | ১৬:৪৭ সাংবাদিক …»; a caption may have
# sentences of its own, but only before a moment with its hour, which no report prints so.
_CLOCK = r"\s*[|,]?\s*\d{1,2}:\d\d(?:\s*(?:এএম|পিএম|am|pm))?"
_DAY = r"(?:প্রকাশ|প্রকাশিত|আপডেট|প্রিন্ট)\s*:\s*\d{1,2} [^\s\d]{2,14},? \d{4}"
CREDITS = (
    "সংগৃহীত|প্রতীকী|ফাইল ছবি|ফাইল|এএফপি|এএনআই|রয়টার্স|এপি|পিআইডি|বাসস|ইউএনবি|এক্স|ইন্টারনেট|"
    "ইনস্টাগ্রাম|ফেসবুক|ফেসবুক থেকে|ফেসবুক থেকে নেওয়া|"
    "ভিডিও থেকে নেওয়া|ভিডিও থেকে|গেটি ইমেজেস|গেটি|বিসিবি|আইসিসি|আনস্প্ল্যাশ|পেক্সেলস|ফ্রিপিক|এআই|প্রেস উইং|সৌজন্যে প্রাপ্ত"
)
"""Who or what a picture's credit names, as alternatives of a pattern."""
OUTLETS = "প্রথম আলো|সমকাল|যুগান্তর|ইত্তেফাক|কালের কণ্ঠ|জনকণ্ঠ|নয়া দিগন্ত|ইনকিলাব|মানবজমিন|আজকের পত্রিকা|দেশ রূপান্তর|খবরের কাগজ"
"""Outlets whose bare name credits their own pictures, in the same form."""
_HEADS = tuple(
    re.compile(nfc(pattern))
    for pattern in (
        rf"^(?:.{{0,300}}?\s)??(?P<dates>{_DAY}{_CLOCK}(?:\s*\|?\s*{_DAY}{_CLOCK})*)\s+(?=\S)",
        rf"^(?:[^।]{{0,160}}?\s)??(?P<dates>{_DAY})\s+(?=\S)",
        rf"^(?P<dates>)[^।]{{0,250}}?(?:ছবি|ছবিঃ)\s*[:–-]\s*(?:{CREDITS})[।.]?\s+(?=\S)",
        r"^(?P<dates>)(?:সংগৃহীত|প্রতীকী) ছবি[।.:]?\s+(?=\S)",
        (
            r"^(?P<dates>)[^।]{0,200}\s[|(\[]\s*(?:ফাইল |সংগৃহীত |প্রতীকী )?(?:ছবি|ফটো)"
            r"(?:\s*:\s*[^।)\]|]{2,30})?\s*[|)\]]\s*(?=\S)"
        ),
        r"^(?P<dates>)[^।]{0,200}।\s*ফাইল (?:ছবি|ফটো)[।.]?\s+(?=\S)",
        r"^(?P<dates>)ফাইল (?:ছবি|ফটো)[।.]?\s+(?=\S)",
        # «মাঠে লাঠিখেলা দেখাচ্ছেন খেলোয়াড়েরা -নদীর কাগজ গ্রামে …»: a credit's dash leans on the credit.
        rf"^(?P<dates>)[^।]{{8,200}}[^\s–—-]\s[-–—](?:{CREDITS}|{OUTLETS})\s+(?=\S)",
        # The day by two calendars, as it stands on top of a page.
        r"^(?P<dates>)[^।]{0,160}?\d{4}\s*[|,/]?\s*\d{1,2} [^\s\d]+,? \d{4} বঙ্গাব্দ\s+(?=\S)",
    )
)
_BARS = re.compile(r"^\s*(?:\|\|+|।।)\s*")


@dataclass(frozen=True, slots=True)
class Opened:
    """A first paragraph without what was printed before it.

    ``labels`` are those that stood there.
    """

    paragraph: str
    labels: tuple[Labelled, ...] = ()


def open_paragraph(paragraph: str) -> Opened:
    """Take captions and dates off the first paragraph.

    The dates come back as labels.
    """
    for pattern in _HEADS:
        if match := pattern.match(paragraph):
            return Opened(_BARS.sub("", paragraph[match.end() :]), read_labels(match["dates"]))
    return Opened(_BARS.sub("", paragraph))


def close_paragraph(paragraph: str) -> str:
    """Take off what follows the last sentence.

    That is the desk's address and initials, «আরও পড়ুন…», polls, «The post …».
    """
    # No pattern is as long as the tail that is looked at, so its cut start is never taken for a paragraph's.
    head, tail = paragraph[:-_TAIL], paragraph[-_TAIL:]
    for _ in range(8):  # one may stand behind another
        before = tail
        for pattern in _TAILS:
            tail = pattern.sub("", tail).rstrip()
        if tail == before:
            break
    return (head + tail).rstrip()


def mark_excerpt(paragraph: str) -> str:
    """Return the paragraph with … where it was cut short.

    Marks of a cut are «[…]», «[&hellip;]» and «...».
    """
    return _EXCERPT.sub("…", paragraph)


def is_excerpt(body: tuple[str, ...]) -> bool:
    """Return whether a body was cut short by its source."""
    return bool(body) and body[-1].rstrip().endswith("…")
