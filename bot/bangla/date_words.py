"""Lists the words of printed dates with the kind of each.

A kind is one letter, so that a date's grammar can be written as patterns over kinds; `date_grammar` lists them.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from bot.bangla.calendar import MONTHS as BANGLA_MONTHS
from bot.bangla.dayparts import DAY_PARTS, HALF_DAYS
from bot.bangla.normalise import key


class DateToken(NamedTuple):
    """One piece of a printed date: its kind and its numbers."""

    symbol: str
    values: tuple[int, ...] = ()


_MONTHS = """
    জানুয়ারি জানুয়ারী জানুআরি জানুআরী জানু january jan
    ফেব্রুয়ারি ফেব্রুয়ারী ফেব্রুআরি ফেব্রুআরী ফেব্রু ফেব february feb
    মার্চ march mar
    এপ্রিল এপ্রীল এপ্রি april apr
    মে may
    জুন june jun
    জুলাই জুলা july jul
    আগস্ট আগষ্ট অগাস্ট অগাষ্ট অগস্ট আগ august aug
    সেপ্টেম্বর সেপ্টেম্বার সেপ্টে সেপ্ট সেপ september sept sep
    অক্টোবর অক্টোবার অক্টো october oct
    নভেম্বর নভেম্বার নভে november nov
    ডিসেম্বর ডিসেম্বার ডিসে december dec
"""
_WEEKDAYS = """
    সোমবার সোম monday mon
    মঙ্গলবার মঙ্গল tuesday tues tue
    বুধবার বুধ wednesday wed
    বৃহস্পতিবার বৃহস্পতি বৃহঃ thursday thurs thu
    শুক্রবার শুক্র friday fri
    শনিবার শনি saturday sat
    রোববার রবিবার রোব রবি sunday sun
"""
_NUMBERS = """
    এক একটি a an one
    দুই দু দুটি two
    তিন তিনটি three
    চার four
    পাঁচ five
    ছয় six
    সাত seven
    আট eight
    নয় nine
    দশ ten
    এগারো এগার eleven
    বারো twelve
"""
_HOURS = """
    একটা একটায়
    দুইটা দুটা দুটো দুইটায় দুটায় দুটোয়
    তিনটা তিনটে তিনটায় তিনটেয়
    চারটা চারটে চারটায় চারটেয়
    পাঁচটা পাঁচটায়
    ছয়টা ছটা ছয়টায় ছটায়
    সাতটা সাতটায়
    আটটা আটটায়
    নয়টা নটা নয়টায় নটায়
    দশটা দশটায়
    এগারোটা এগারটা এগারোটায়
    বারোটা বারটা বারোটায়
"""
_OTHER_BANGLA_MONTHS = {
    "জৈষ্ঠ": 2,
    "জ্যৈষ্ট": 2,
    "অঘ্রান": 8,
    "অঘ্রাণ": 8,
    "অগ্রহায়ন": 8,
    "ফাগুন": 11,
    "চৈত": 12,
}

# A unit's seconds and months; an amount in quarters; a zone in minutes east of Greenwich.
_UNITS = {
    "সেকেন্ড সেকেণ্ড second seconds sec secs s": (1, 0),
    "মিনিট মিনিটে minute minutes min mins m": (60, 0),
    "ঘণ্টা ঘন্টা hour hours hr hrs h": (3600, 0),
    "দিন day days d": (86_400, 0),
    "সপ্তাহ week weeks w": (604_800, 0),
    "মাস month months": (0, 1),
    "বছর বৎসর year years yr yrs y": (0, 12),
}
_AMOUNTS = {"আধা আধ অর্ধেক half": 2, "দেড়": 6, "আড়াই": 10}
_QUARTERS = {"সাড়ে": 2, "সোয়া": 1, "পৌনে": -1}
_DAYS_BACK = {"আজ আজকে today": 0, "গতকাল গতকালকে yesterday": 1, "পরশু গতপরশু": 2}
# Abbreviations that two countries of our sources use are left out (AST, AMT); BST is Bangladesh's, IST India's.
_ZONES = {
    0: "z ut utc gmt wet জিএমটি ইউটিসি",
    60: "cet met mez west wat",
    120: "cest mest mesz eet cat sast",
    180: "eest eat msk trt",
    210: "irst",
    240: "gst azt",
    270: "aft",
    300: "pkt uzt mvt",
    330: "ist slst আইএসটি",
    345: "npt",
    360: "bst bdt btt বিএসটি বিডিটি",
    390: "mmt",
    420: "ict wib",
    480: "sgt myt hkt pht wita awst",
    540: "jst kst wit",
    570: "acst",
    600: "aest",
    630: "acdt",
    660: "aedt",
    720: "nzst",
    780: "nzdt",
    -180: "adt brt art",
    -240: "edt",
    -300: "est cdt",
    -360: "cst mdt",
    -420: "mst pdt",
    -480: "pst akdt",
    -540: "akst",
    -600: "hst",
}

_PLAIN_WORDS = {
    "a": "আগে পূর্বে ago",  # before now
    "k": "একটু কিছুক্ষণ কিছুক্ষন moments moment",  # too short a while to be counted
    "K": "কয়েক few",
    "j": "এইমাত্র এখনই এখনি এক্ষুনি now",
    "L": "আপডেট হালনাগাদ প্রকাশ প্রকাশিত প্রকাশের প্রকাশকাল প্রকাশঃ পোস্ট published updated update posted created",
    "F": "আগামী আগামীকাল পরে পর tomorrow later next",  # what lies ahead is no date of publication
    "": "সময় সময়ঃ তারিখ সর্বশেষ শেষ সম্পাদনা গত মাত্র প্রায় ঠিক রোজ বার বাংলাদেশ স্থানীয় ঢাকা সাল সালের সন খ্রিস্টাব্দ খ্রিষ্টাব্দ "
    "খ্রি খ্রিঃ ইং ইংরেজি বঙ্গাব্দ বাংলা বাং গভীর t at on of the in last time date just about and ad ce",
}


def _ranked(lines: str) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(lines.strip().splitlines(), start=1):
        for word in line.split():
            yield word, number


def _words() -> dict[str, DateToken]:
    table = {word: DateToken("n", (number,)) for word, number in _ranked(_NUMBERS)}
    table |= {word: DateToken("h", (number,)) for word, number in _ranked(_HOURS)}
    table |= {word: DateToken("M", (number,)) for word, number in _ranked(_MONTHS)}
    table |= {word: DateToken("W", (number - 1,)) for word, number in _ranked(_WEEKDAYS)}
    table |= {word: DateToken("B", (number,)) for number, word in enumerate(BANGLA_MONTHS, start=1)}
    table |= {word: DateToken("B", (number,)) for word, number in _OTHER_BANGLA_MONTHS.items()}
    for kind, parts in (("P", DAY_PARTS), ("m", HALF_DAYS)):
        table |= {word: DateToken(kind, (part.reads_from,)) for part in parts for word in (part.name, *part.spellings)}
    table |= {word: DateToken("u", values) for words, values in _UNITS.items() for word in words.split()}
    for kind, group in (("f", _AMOUNTS), ("q", _QUARTERS), ("r", _DAYS_BACK)):
        table |= {word: DateToken(kind, (value,)) for words, value in group.items() for word in words.split()}
    table |= {word: DateToken("z", (east,)) for east, words in _ZONES.items() for word in words.split()}
    table |= {"দেড়টা": DateToken("T", (1, 30)), "আড়াইটা": DateToken("T", (2, 30))}
    table |= {"দেড়টায়": DateToken("T", (1, 30)), "আড়াইটায়": DateToken("T", (2, 30))}
    table |= {word: DateToken(kind) for kind, words in _PLAIN_WORDS.items() for word in words.split()}
    return {key(word): token for word, token in table.items()}


WORDS: Final = _words()
"""Every known word in `key` form; a kind of `""` is a word that says nothing."""
