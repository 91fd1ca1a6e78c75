"""How often a page says that it was read."""

from __future__ import annotations

import re

from bot.articles.text.patterns import nfc
from bot.bangla.normalise import display
from bot.bangla.numerals import to_ascii

UNITS = nfc(
    "জন দেখেছেন|জন দেখেছে|জন পড়েছেন|জন পড়েছে|জন পাঠক|বার পঠিত|বার পড়া হয়েছে|বার দেখা হয়েছে|বার দেখেছেন|বার দেখেছে|"
    "বার ভিউ|ভিউ|পঠিত|দেখেছেন|views?|reads|hits|times read|দেখা হয়েছে"
)
_HEADS = nfc("পঠিত|মোট পঠিত|পড়া হয়েছে|দেখা হয়েছে|মোট দেখেছেন|ভিউ|পাঠক সংখ্যা|পাঠক|সর্বমোট পঠিত|views?|post views|hits|reads")
_NUMBER = nfc(r"(?P<number>\d[\d,.]*)\s*(?P<unit>k|m|হাজার|লাখ|লক্ষ)?\+?")
_THIS = nfc("(?:(?:এই )?(?:সংবাদটি|খবরটি|নিউজটি|পোস্টটি|লেখাটি))?")
_VIEWS = re.compile(rf"{_THIS}\s*{_NUMBER}\s*(?:{UNITS})\s*[।.]?", re.IGNORECASE)
_VIEWS_HEADED = re.compile(rf"(?:{_HEADS})\s*[:：ঃ|/–—-]\s*{_NUMBER}\s*(?:{nfc('বার|জন')})?\s*[।.]?", re.IGNORECASE)
_THOUSANDS = {"k": 1_000, "m": 1_000_000, nfc("হাজার"): 1_000, nfc("লাখ"): 100_000, nfc("লক্ষ"): 100_000}
_BULLET = re.compile(r"^[\s•●▪*·|-]+|(?<![\s|])[\s|]++$")
_DIGITS = 15


def read_views(line: str) -> int | None:
    """Return how often a page was read, or None.

    The line says it: «১,২৩৪ বার পঠিত», «পঠিত: ৫৬», «1.2K views».
    """
    plain = _BULLET.sub("", display(line))
    match = _VIEWS.fullmatch(plain) or _VIEWS_HEADED.fullmatch(plain)
    if match is None:
        return None
    number, unit = to_ascii(match["number"]), (match["unit"] or "").casefold()
    if not unit:
        digits = re.sub(r"\D", "", number)[:_DIGITS]
        return int(digits)
    whole, _, part = number.replace(",", "").partition(".")
    thousand = _THOUSANDS[unit]
    return int(whole[:12]) * thousand + int((part[:3] or "0").ljust(3, "0")) * thousand // 1000
