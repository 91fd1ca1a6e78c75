"""Tells whether a heading or caption runs into a sentence.

Whoever takes the text alone off a page loses the marks between them: «ফলের শরবত ফলের শরবত বেশি খাওয়া ঠিক নয়।».
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.articles.text.patterns import nfc

if TYPE_CHECKING:
    from collections.abc import Sequence

_EDGE, _BEGIN = r"(?![\w\u0980-\u09ff])", r"(?<![\w\u0980-\u09ff])"
_LETTER = r"[\u0980-\u09ff]"
_GOES_ON = nfc(
    r"(?:বলে|বলেও|বলেই|যে|যা|যার|যাতে|যারা|যেখানে|যেন|এবং|ও|কিন্তু|তবে|কারণ|কেননা|না|নি|নাই|কি|কিনা|আর|বা|তা|সে|তাই"
    r"|তখন|তারা|এমন|মর্মে|মতো|মত|কিছু|তো|জন্য|নাকি|যেমন|উল্লেখ|দাবি|অভিযোগ|মন্তব্য|জানিয়ে|মনে|সেই|সেটি|পর|পরে|পরও)"
)
_GLUED = re.compile(
    "|".join(
        map(
            nfc,
            (
                # «…: ট্রাম্প ট্রাম্পের সঙ্গে …», and a list's sign.
                r"\s[*•▪■●]\s",
                rf"{_BEGIN}({_LETTER}{{4,}}+) \1(?:ের|র|কে|ে|য়|তে){_EDGE}",
                # «যেসব উপকার হয়- হাঁটলে …»
                rf"^[^।,‘“]{{0,99}}{_BEGIN}(?:যেসব|যে \S+|কোন কোন|কীভাবে|যেভাবে)\s[^।,‘“]{{3,70}}{_LETTER}[-–] (?=\S)",
                # «‘সবাই মিলে এই কাজ শেষ করতে হবে’ সভাপতি বলেন, …»
                r"^[‘“\"'](?:[^\s’”\"']+ ){5,}[^\s’”\"']+[’”\"'] [^,।]{5,60}(?:বলেছেন|বলেন|জানিয়েছেন|জানান),",
                # «… কেনার চেষ্টা করুন সবচেয়ে ভালো হয় …»
                rf"করুন[ক-হ]{_LETTER}{{2}}|{_BEGIN}(?:করুন|রাখুন|থাকুন) (?!{_GOES_ON}{_EDGE})(?=[ঀ-৿])",
            ),
        )
    )
)
# «… পরামর্শ১. পানি …», «… লেখা আছে) ২।», «… হিন্দ রজব২০২৫ সালের …», «… রজব ৮. সেন্টিমেন্টাল …»
_NUMBERED = re.compile(
    rf"{_LETTER}[-–:]?\d{{1,2}}[.।]\s|[)’”।\]]\s?\d{{1,2}}[.।]\Z"
    rf"|[ক-হা-্]\d{{4}}{_EDGE}|\S \d{{1,2}}\. (?=[ঀ-৿])(?!\d)"
)
_DIGIT = re.compile(r"\d")
# «… ট্রফি নিচ্ছেন একজন শিল্পী দেশের প্রথম …»: a verb that ends a sentence, and nothing that goes on from it.
_FINITE = nfc(
    rf"{_BEGIN}(?!বল|জান|লিখ|দেখ|মনে|মিছিল|পেরে)"
    rf"(?:{_LETTER}+(?:েছে|েছেন|চ্ছে|চ্ছেন|[ক-হ]ছে|[ক-হ]ছেন|লেন|ছিলেন)|হলো){_EDGE}"
)
_TWO = re.compile(
    rf"({_FINITE})\s(?!{_GOES_ON}{_EDGE})[^,;:–—।‘“\"']{{12,}}{_FINITE}(?:{nfc(' না')})?[\s।]*\Z",
)
_RELATIVE = re.compile(
    nfc(
        rf"{_BEGIN}(?:যে|যা|যাঁ?র|যাঁ?রা|যাঁ?দের|যাঁ?কে|যখন|যেখানে|যদি|যদিও|যেসব|যিনি|যত|যেমন|যেদিন"
        rf"|কী|কি|কে|কেন|কখন|কবে|কত){_EDGE}"
    )
)
# A headline's promise, which the sentence does not keep: «যেসব নির্দেশনা দিলেন … পরে মহাসচিব বলেন, …».
_UNKEPT = re.compile(
    nfc(
        rf"{_BEGIN}(?:যেসব|যা যা|যে কারণে|যেভাবে){_EDGE}"
        rf"(?!.*{_BEGIN}(?:সে|তা|ও|এ)(?:সব|সবই|গুলো|গুলোর|ই|র|ভাবে|দের|ঁদের)?{_EDGE})"
    )
)
_WORDS = re.compile(r"[\w\u0980-\u09ff]+")
_RUN = 4  # words that nobody says twice in a sentence
_SPEAKER = re.compile(
    nfc(
        rf"{_BEGIN}(?P<name>{_LETTER}{{3,}}) (?:আরও |আরো )?"
        rf"(?:বলেন|বললেন|বলেছেন|জানান|জানালেন|জানিয়েছেন|লেখেন|লিখেছেন){_EDGE}"
    )
)
_NAMED, _NEAR = 3, 100  # letters of a word, at least; characters in which it comes again
_APART = re.compile(rf"[,;:–—‘“\"']|{_FINITE}")


def is_glued(sentence: str) -> bool:
    """Return whether a heading or caption runs into a sentence."""
    numbered = _DIGIT.search(sentence) is not None and _NUMBERED.search(sentence) is not None
    if numbered or _GLUED.search(sentence) is not None:
        return True
    two = _TWO.search(sentence)
    return two is not None and _RELATIVE.search(sentence, 0, two.start()) is None


def looks_glued(sentence: str) -> bool:
    """Return whether words come again as behind a heading.

    «ফলের শরবত ফলের শরবত বেশি খাওয়া ঠিক নয়।» does; there are good sentences that do, too.
    """
    if _UNKEPT.search(sentence) is not None:
        return True
    words = _WORDS.findall(sentence)
    return _says_again(words, _RUN) or _begins_again(sentence, words) or _acts_again(sentence)


def _says_again(words: Sequence[str], size: int) -> bool:
    runs = [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]
    return len(set(runs)) < len(runs)


def _acts_again(sentence: str) -> bool:
    """Return whether who speaks is named twice.

    «কবি মিতা খান গান নিয়ে খান বললেন …» holds the caption of a picture.
    """
    speaker = _SPEAKER.search(sentence)
    if speaker is None:
        return False
    before = sentence[: speaker.start()]
    said = re.search(rf"{_BEGIN}{re.escape(speaker['name'])}{_EDGE}", before)
    return said is not None and _APART.search(before, said.end()) is None


def _begins_again(sentence: str, words: Sequence[str]) -> bool:
    """Return whether the first two words soon come again.

    No mark and no verb stands between.
    """
    if len(words) < _RUN or min(map(len, words[:2])) < _NAMED or not sentence.startswith(" ".join(words[:2])):
        return False
    head = len(words[0]) + 1 + len(words[1])
    near = sentence[head : head + _NEAR]
    again = near.find(f" {words[0]} {words[1]}")
    return again >= 0 and _APART.search(near, 0, again) is None
