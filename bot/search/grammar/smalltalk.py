"""What is said to be friendly, rude, or nothing at all: its kind, so that it is answered and never searched for.

A message is small talk if every word of it belongs to one kind, or accompanies it; a word that could be news ends it.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import Final

from bot.bangla.normalise import key
from bot.search.grammar.roman import fold, is_roman


class Talk(StrEnum):
    """A kind of small talk; the answers are copy.md 8 and 17.6."""

    SALAM = "salam"
    NOMOSKAR = "nomoskar"
    ADAB = "adab"
    HELLO = "hello"
    MORNING = "morning"
    DAY = "day"
    NIGHT = "night"
    BYE = "bye"
    THANKS = "thanks"
    WELL = "well"
    OK = "ok"
    WHO = "who"
    HUMAN = "human"
    MADE = "made"
    EID = "eid"
    NEW_YEAR = "new year"
    BIJOYA = "bijoya"
    WISHES = "wishes"
    INSULT = "insult"
    PRAISE = "praise"
    LAUGH = "laugh"
    NONSENSE = "nonsense"


_SAID: Final[dict[Talk, tuple[str, ...]]] = {
    Talk.SALAM: (
        *("সালাম", "আসসালামু আলাইকুম", "আস্সালামু আলাইকুম", "আসসালামুয়ালাইকুম", "আসসালামুআলাইকুম", "সালামালাইকুম", "ওয়ালাইকুম সালাম"),
        *("ওয়ালাইকুম আসসালাম", "ওয়ালাইকুমুস সালাম", "স্লামালিকুম", "আদাব সালাম", "আসসালাম", "সালাম আলাইকুম", "আসসালামু আলাইকুম ওয়া রাহমাতুল্লাহ"),
        *(
            "salam",
            "assalamu alaikum",
            "assalamualaikum",
            "asalamu alaikum",
            "slm",
            "walaikum salam",
            "walaikum assalam",
            "slamalaikum",
        ),
    ),
    Talk.NOMOSKAR: ("নমস্কার", "প্রণাম", "নমষ্কার", "nomoskar", "namaskar", "pronam", "namaste"),
    Talk.ADAB: ("আদাব", "adab"),
    Talk.HELLO: (
        *(
            "হাই",
            "হ্যালো",
            "হেলো",
            "হ্যাললো",
            "হায়",
            "ওহে",
            "শুভেচ্ছা",
            "স্বাগতম",
            "হ্যালু",
            "কেউ আছেন",
            "কেউ আছে",
            "আছেন",
            "শুনছেন",
            "শুনছো",
        ),
        *("hi", "hello", "hey", "hlw", "hllo", "helo", "hii", "keu achen", "achen", "good day"),
    ),
    Talk.MORNING: ("শুভ সকাল", "সুপ্রভাত", "গুড মর্নিং", "shuvo sokal", "shubho sokal", "good morning", "gm"),
    Talk.DAY: (
        *(
            "শুভ দুপুর",
            "শুভ বিকেল",
            "শুভ বিকাল",
            "শুভ সন্ধ্যা",
            "শুভ অপরাহ্ন",
            "শুভ দিন",
            "good afternoon",
            "good evening",
            "shuvo sondha",
        ),
        *("shubho bikel", "shuvo dupur", "গুড ইভিনিং"),
    ),
    Talk.NIGHT: ("শুভ রাত্রি", "শুভ রাত", "শুভরাত্রি", "গুড নাইট", "good night", "shuvo ratri", "shubho ratri", "gn"),
    Talk.BYE: (
        *(
            "বিদায়",
            "বাই",
            "টাটা",
            "আল্লাহ হাফেজ",
            "খোদা হাফেজ",
            "ভালো থাকবেন",
            "ভালো থাকুন",
            "ভালো থেকো",
            "ভাল থাকবেন",
            "আসি",
            "আসি তাহলে",
            "দেখা হবে",
        ),
        *(
            "পরে কথা হবে",
            "কাল কথা হবে",
            "bye",
            "bye bye",
            "tata",
            "allah hafez",
            "khoda hafez",
            "bhalo thakben",
            "valo thakben",
            "see you",
            "goodbye",
        ),
    ),
    Talk.THANKS: (
        *(
            "ধন্যবাদ",
            "অনেক ধন্যবাদ",
            "অসংখ্য ধন্যবাদ",
            "থ্যাংকস",
            "থ্যাংক ইউ",
            "থ্যাঙ্কস",
            "থ্যাঙ্ক ইউ",
            "শুকরিয়া",
            "কৃতজ্ঞতা",
            "জাযাকাল্লাহ",
            "জাজাকাল্লাহ",
        ),
        *(
            "উপকার হলো",
            "অনেক উপকার হলো",
            "কাজে লাগল",
            "thanks",
            "thank you",
            "thank u",
            "thx",
            "ty",
            "dhonnobad",
            "onek dhonnobad",
            "shukria",
            "🙏",
            "❤️",
        ),
    ),
    Talk.WELL: (
        *(
            "কেমন আছেন",
            "কেমন আছো",
            "কেমন আছ",
            "কেমন আছিস",
            "কী অবস্থা",
            "কি অবস্থা",
            "কী খবর আপনার",
            "কি খবর আপনার",
            "কী খবর তোমার",
            "কি খবর তোমার",
        ),
        *(
            "আপনি কেমন আছেন",
            "তুমি কেমন আছো",
            "তুমি কেমন আছ",
            "কী হাল",
            "কি হাল",
            "কী করছেন",
            "কী করছো",
            "কি করছো",
            "কি করেন",
            "কী করেন",
            "কেমন চলছে",
        ),
        *(
            "দিনকাল কেমন",
            "দিনকাল কেমন যাচ্ছে",
            "শরীর কেমন",
            "kemon achen",
            "kemon acho",
            "kemon aso",
            "kemon asen",
            "ki obostha",
            "ki koren",
            "ki koro",
        ),
        *(
            "tumi kemon acho",
            "apni kemon achen",
            "ki hal",
            "how are you",
            "how r u",
            "whats up",
            "sup",
            "kmn acho",
            "kmn achen",
        ),
    ),
    Talk.OK: (
        *(
            "ঠিক আছে",
            "আচ্ছা",
            "ওকে",
            "ওক্কে",
            "আইচ্ছা",
            "বুঝেছি",
            "বুঝলাম",
            "বুঝছি",
            "হুম",
            "হু",
            "হ্যাঁ",
            "হ্যা",
            "জি",
            "জ্বি",
            "জি আচ্ছা",
            "তাই",
            "তাই নাকি",
            "ও আচ্ছা",
        ),
        *(
            "ok",
            "okay",
            "okey",
            "k",
            "thik ache",
            "thik ase",
            "accha",
            "acha",
            "hmm",
            "hum",
            "bujhlam",
            "bujhsi",
            "👍",
            "alright",
            "fine",
            "got it",
            "hu",
        ),
    ),
    Talk.LAUGH: (
        *("হাহা", "হাহাহা", "হা হা", "হা হা হা", "হাহাহাহা", "হিহি", "হেহে", "লল", "ওহ", "আহা", "ইশ", "ইস", "উফ", "আহ", "মজা", "মজার"),
        *("haha", "hahaha", "hahahaha", "lol", "hehe", "oh", "uff", "lmao"),
    ),
    Talk.PRAISE: (
        *(
            "বাহ",
            "বাঃ",
            "দারুণ",
            "দারুন",
            "চমৎকার",
            "অসাধারণ",
            "খুব ভালো",
            "ভালো",
            "ভালো লাগল",
            "ভালো লাগলো",
            "সুন্দর",
            "খুব সুন্দর",
            "মজা পেলাম",
            "সাবাশ",
        ),
        *("শাবাশ", "ভালোই", "অসাম", "জোস", "সেরা", "ওয়াও"),
        *(
            "ভালো কাজ",
            "দারুণ কাজ",
            "ভালো হয়েছে",
            "wow",
            "nice",
            "good",
            "great",
            "cool",
            "awesome",
            "darun",
            "bah",
            "valo",
            "bhalo",
        ),
        *("good job", "well done", "khub valo", "khub bhalo", "perfect", "love it", "joss"),
    ),
    Talk.WHO: (
        *(
            "কে তুমি",
            "তুমি কে",
            "আপনি কে",
            "কে আপনি",
            "তোমার নাম কী",
            "তোমার নাম কি",
            "আপনার নাম কী",
            "আপনার নাম কি",
            "নাম কী তোমার",
            "নাম কী",
            "নাম কি",
        ),
        *(
            "তুই কে",
            "এটা কী",
            "এটা কি",
            "এইটা কী",
            "তোমার পরিচয় কী",
            "আপনার পরিচয়",
            "আপনি কী করেন",
            "তুমি কী করো",
            "তোমার কাজ কী",
            "ke tumi",
            "tumi ke",
            "apni ke",
        ),
        *(
            "tomar nam ki",
            "apnar nam ki",
            "who are you",
            "what is your name",
            "whats your name",
            "what are you",
            "eta ki",
        ),
    ),
    Talk.HUMAN: (
        *(
            "মানুষ না বট",
            "বট না মানুষ",
            "তুমি কি মানুষ",
            "আপনি কি মানুষ",
            "তুমি কি বট",
            "আপনি কি বট",
            "তুমি কি রোবট",
            "আপনি কি রোবট",
            "রোবট নাকি",
            "তুমি কি এআই",
        ),
        *(
            "তুমি কি মানুষ না রোবট",
            "আপনি কি মানুষ না রোবট",
            "আপনি কি এআই",
            "তুমি রোবট",
            "are you human",
            "are you a bot",
            "are you a robot",
            "tumi ki manush",
            "tumi ki bot",
        ),
        *(
            "তুমি মানুষ নাকি বট",
            "আপনি মানুষ নাকি বট",
            "তুমি কি মানুষ নাকি রোবট",
            "তুমি কি মানুষ না বট",
            "আপনি কি মানুষ না বট",
            "manush na bot",
        ),
    ),
    Talk.MADE: (
        *(
            "কে বানিয়েছে",
            "কে বানাইছে",
            "তোমাকে কে বানিয়েছে",
            "আপনাকে কে বানিয়েছে",
            "তোমারে কে বানাইছে",
            "কে তৈরি করেছে",
            "তোমাকে কে তৈরি করেছে",
            "তোমার মালিক কে",
        ),
        *(
            "আপনার মালিক কে",
            "কারা চালায়",
            "কে চালায়",
            "ke baniyeche",
            "tomake ke baniyeche",
            "who made you",
            "who owns you",
            "who created you",
        ),
    ),
    Talk.EID: ("ঈদ মোবারক", "ইদ মোবারক", "ঈদ মুবারক", "eid mubarak", "eid mobarak", "id mobarak"),
    Talk.NEW_YEAR: (
        "শুভ নববর্ষ",
        "নববর্ষের শুভেচ্ছা",
        "হ্যাপি নিউ ইয়ার",
        "shuvo noboborsho",
        "shubho noboborsho",
        "happy new year",
    ),
    Talk.BIJOYA: ("শুভ বিজয়া", "বিজয়ার শুভেচ্ছা", "shuvo bijoya", "shubho bijoya"),
    Talk.WISHES: (
        *(
            "পুজোর শুভেচ্ছা",
            "পূজার শুভেচ্ছা",
            "শুভ জন্মদিন",
            "শুভ জন্মাষ্টমী",
            "শারদীয় শুভেচ্ছা",
            "ঈদের শুভেচ্ছা",
            "বিজয় দিবসের শুভেচ্ছা",
            "রমজান মোবারক",
        ),
        *(
            "জুমা মোবারক",
            "মাহে রমজানের শুভেচ্ছা",
            "শুভ বড়দিন",
            "শুভ কামনা",
            "শুভকামনা",
            "মেরি ক্রিসমাস",
            "merry christmas",
            "jumma mubarak",
            "ramadan mubarak",
            "happy birthday",
        ),
    ),
}
_RUDE: Final = frozenset(
    map(
        key,
        [
            "শালা",
            "শালার",
            "হারামি",
            "হারামজাদা",
            "কুত্তার",
            "শুয়োর",
            "বেকুব",
            "বেয়াদব",
            "আবাল",
            "বালের",
            "মাদারচোদ",
            "বোকাচোদা",
            "চুদির",
            "চোদনা",
            "খানকি",
            "মাগি",
            "ফাউল",
            "গর্দভ",
            "উল্লুক",
            "baler",
            "shala",
            "sala",
            "gadha",
            "bokachoda",
            "madarchod",
            "harami",
            "fuck",
            "shit",
            "bastard",
            "bullshit",
            "stupid",
            "idiot",
            "faltu",
            "ফালতু",
        ],
    )
)
"""Words that are nothing but rude."""
_RUDE_TO: Final = frozenset(
    map(
        key,
        [
            "কুত্তা",
            "গাধা",
            "ছাগল",
            "গরু",
            "বলদ",
            "বাজে",
            "বোকা",
            "বাল",
            "ভুয়া",
            "নির্লজ্জ",
            "জঘন্য",
            "বেহুদা",
            "অপদার্থ",
            "হাঁদা",
            "মূর্খ",
            "পাগল",
            "ধান্দাবাজ",
            "দালাল",
            "শয়তান",
            "ইতর",
            "চোর",
            "মিথ্যুক",
            "বিরক্তিকর",
            "অকর্মা",
            "অকেজো",
            "রাবিশ",
            "বোগাস",
            "bal",
            "chagol",
            "kutta",
            "useless",
            "dumb",
            "trash",
            "rubbish",
            "pagol",
            "boka",
            "baje",
            "bolod",
            "crap",
            "nonsense",
            "chor",
        ],
    )
)
"""Words that are rude to somebody: alone, or of anything else, they may be news (গরু is a cow)."""
_WHOM: Final = frozenset(
    map(
        key,
        [
            "তুই",
            "তুমি",
            "আপনি",
            "তোর",
            "তোরা",
            "তোমরা",
            "আপনারা",
            "তোদের",
            "তোরে",
            "তোকে",
            "বট",
            "রোবট",
            "বটটা",
            "you",
            "u",
            "bot",
            "tui",
            "tumi",
            "apni",
            "tora",
            "সার্ভিস",
            "অ্যাপ",
            "service",
            "app",
        ],
    )
)
_AT: Final = frozenset(
    map(
        key,
        [
            "তুই",
            "তুমি",
            "আপনি",
            "তোর",
            "তোরা",
            "তোমরা",
            "আপনারা",
            "তোমার",
            "আপনার",
            "তোদের",
            "একটা",
            "একটি",
            "একদম",
            "খুব",
            "অনেক",
            "বড়",
            "বট",
            "রোবট",
            "বটটা",
            "কোথাকার",
            "এত",
            "এতো",
            "কি",
            "কী",
            "রে",
            "হ",
            "যত",
            "আস্ত",
            "সব",
            "সবাই",
            "এই",
            "এটা",
            "সেবা",
            "সার্ভিস",
            "অ্যাপ",
            "মামা",
            "ভাই",
            "পুরা",
            "পুরাই",
            "তো",
            "না",
            "নাকি",
            "শালা",
            "তোরে",
            "তোকে",
            "you",
            "are",
            "a",
            "the",
            "so",
            "this",
            "bot",
            "is",
            "app",
            "service",
            "tui",
            "tumi",
            "apni",
            "ekta",
            "tor",
            "ur",
            "u",
            "very",
            "what",
            "কেন",
            "চুপ",
            "কর",
            "করো",
            "থাক",
            "গেছিস",
            "আছিস",
            "হয়েছে",
            "হইছে",
        ],
    )
)
_BESIDE: Final = frozenset(
    map(
        key,
        [
            "ভাই",
            "ভাইয়া",
            "ভাইজান",
            "আপু",
            "আপা",
            "দাদা",
            "দিদি",
            "মামা",
            "স্যার",
            "ম্যাডাম",
            "বস",
            "বন্ধু",
            "দোস্ত",
            "সবাই",
            "সবাইকে",
            "আপনাকে",
            "আপনাকেও",
            "তোমাকে",
            "তোমাকেও",
            "তোমারে",
            "আপনারে",
            "খুব",
            "অনেক",
            "অশেষ",
            "জি",
            "হ্যাঁ",
            "তো",
            "রে",
            "গো",
            "হে",
            "বট",
            "ওস্তাদ",
            "চাচা",
            "খালা",
            "ভাইরা",
            "বোন",
            "আপনাদের",
            "আপনাদেরকে",
            "এত",
            "এতো",
            "সাহায্যের",
            "জন্য",
            "খবরের",
            "খবরগুলোর",
            "এই",
            "আজ",
            "আজকে",
            "কাজ",
            "হয়েছে",
            "হইছে",
            "লাগল",
            "লাগলো",
            "bhai",
            "vai",
            "bhaiya",
            "vaiya",
            "apu",
            "dada",
            "didi",
            "mama",
            "sir",
            "bro",
            "dear",
            "boss",
            "everyone",
            "all",
            "so",
            "much",
            "very",
            "a",
            "lot",
            "u",
            "you",
            "apnake",
            "tomake",
            "for",
            "the",
            "news",
            "khobor",
            "help",
        ],
    )
)
_WEAK: Final = (None, Talk.PRAISE, Talk.LAUGH, Talk.OK, Talk.HELLO)
"""What gives way to another thing that is said beside it."""
_VOWELS: Final = frozenset("aeiouy")
_LONGEST: Final = 12


def read(text: str) -> Talk | None:
    """Return which kind of small talk a message is; None if it may be about news."""
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
    return {" ".join(_words(phrase)): talk for talk, phrases in _SAID.items() for phrase in phrases}


@cache
def _sounded() -> dict[str, Talk]:
    """Return what is said in Roman letters by its sound; what has no vowel left there is left out."""
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
    """Find a phrase at either end of words that only say to whom it is said, or how much."""
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
    """Tell whether Roman letters make no word of any language: no vowel among five, or one key held down."""
    if not all(map(is_roman, words)):
        return all(len(set(word)) == 1 and len(word) > 2 for word in words)  # noqa: PLR2004 - ককক
    odd = [word for word in words if len(word) > 4 and (not set(word) & _VOWELS or _has_a_heap(word))]  # noqa: PLR2004
    held = [word for word in words if len(word) > 3 and len(set(word)) <= 2]  # noqa: PLR2004 - aaaa, asas
    return bool(odd or held) and len(odd) + len(held) * 2 > len(words) / 2


def _has_a_heap(word: str) -> bool:
    return re.search("[^aeiouy]{5}", word) is not None
