"""Tells whether a sentence can be understood by itself.

Others point to the sentence before them («তিনি বলেন, …», «তবে …»).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.articles.text.patterns import nfc
from bot.bangla.normalise import key
from bot.bangla.quotations import spans
from bot.bangla.words import split

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
    তাতে তখন একই একইভাবে কথাগুলো বিষয়টি বিষয়টির বিষয়টিকে ঘটনাটি ঘটনাটির মি মিজ মিসেস this that these those such there then
"""
_CONNECTIVES = """
    তবে কিন্তু অথচ বরং যদিও তবু তবুও অবশ্য তথাপি তাই ফলে সুতরাং অতএব কারণ কেননা অর্থাৎ এমনকি নইলে নয়তো তাছাড়া পরে পরদিন তারপর
    তারপরও অন্যদিকে অপরদিকে পাশাপাশি এক্ষেত্রে সেক্ষেত্রে এমতাবস্থায় যেমন আছে রয়েছে ছিল আর আবার অন্যরা বাকিরা
    পরবর্তীতে পরবর্তীকালে একপর্যায়ে একইসঙ্গে একইসাথে অন্যথায় ফলশ্রুতিতে ফলস্বরূপ সবশেষে
    but however therefore so also meanwhile moreover afterwards otherwise
"""
# The same in two words.
_OPENINGS = tuple(
    tuple(map(key, pair.split()))
    for pair in ("বিশেষ করে", "পরবর্তী সময়", "পরবর্তী সময়ে", "এক পর্যায়ে", "অপর দিকে", "অপর জন", "অন্য দিকে", "পরের দিন")
)
_RELATIVES = "যার যাদের যা যাতে যেখানে যেটি যেটা যেগুলো যিনি যাকে যাঁকে যাঁর যাঁদের যাঁরা যারা যে"
_CORRELATIVES = "তার তাদের তাঁর তাঁদের তা তাতে সেখানে সেটি সেটা সেগুলো তিনি তাকে তাঁকে তাঁরা তারা সে সেই সেসব তাহলে"
_ABOUT = "তিনি তাকে তাঁকে তাদেরকে তাঁদেরকে তাদের তাঁদের"
_HE = key("তিনি")
_SOON = 5  # words: a pronoun that comes so early is of somebody whom another sentence names
_CLOSING = "তিনি তাঁরা তারা সে"  # «…, জানান তিনি।»
_BEFORE_POINTING = "শুধু কেবল মূলত আসলে হয়তো মাত্র তেমনি"  # «শুধু ওই এলাকাতেই নয় …»
_ANSWERING = "উত্তরে জবাবে"  # «উত্তরে মন্ত্রী বলেন, …»: to what, another sentence says; «উত্তরে বাতাস বইছে» points to nothing
_SPEAKING = "আমি আমার আমাকে আমায় আমরা আমাদের আমাদেরকে"
# «I have …», «we are …», «I saw …»: endings that no other word has.
_I_DO = re.compile(
    nfc(r"(?<![\w\u0980-\u09ff])[\u0980-\u09ff]+(?:চ্ছি|েছি|[ক-হড়ঢ়]ছি|ছিলাম)(?:ই|ও)?(?![\w\u0980-\u09ff])")
)
# «দুঃখ প্রকাশ করে এতে বলা হয়, …»: in what, another sentence says.
_IN_IT = re.compile(nfc(r"(?<![\w\u0980-\u09ff])এতে (?:আরও |আরো )?(?:বলা|উল্লেখ|জানানো|দেখা)(?![\w\u0980-\u09ff])"))
# «জানতে চাইলে হেসে সে বলল, …»: who, another sentence says.
_HE_SAYS = re.compile(nfc(r"(?<![\w\u0980-\u09ff])সে (?:বলল|বলে|জানায়|জানাল)(?![\w\u0980-\u09ff])"))
# «বিশেষজ্ঞরাও মনে করেন, এর তদন্ত দরকার।»: before «এর» stands only who says it.
_SAYS_IT = 5  # words
_OF_IT = re.compile(nfc(r"\s*[‘“]?(?:এর|এতে|এটি|এটা|এগুলো|তাতে|সেটি|সেটা|এভাবে|এখানে|সেখানে|এজন্য)(?![\w\u0980-\u09ff])"))
# «সময় বুঝে তাই বাড়তি জিনিস সরিয়ে ফেলুন।»
_THEREFORE, _WHY = "তাই কাজেই সুতরাং", "যেহেতু যা যে বলে বলেই হওয়ায়"
_PARTICLES = "ইও"
_QUOTES = "‘’“”\"'"
# Behind a consonant it may close a quotation whose space was lost: «জল নেই’বলেন তিনি».
_APOSTROPHE = re.compile(r"(?<=[\u09be-\u09cc])’(?=[\u0985-\u09b9])|(?<![^\s(])’(?=\d)")
_CLOSING_MARK = re.compile(r"[”’](?![\w\u0980-\u09ff])")
_VERBS = (
    r"(?:বল(?:েন|েছেন|ছেন|েছিলেন|লেন|েছে|ছে)|জান(?:ান|ালেন|িয়েছেন|িয়েছে|ায়|াচ্ছে)|লেখেন|লিখেছেন|লিখেছে"
    r"|(?:দাবি|অভিযোগ|মন্তব্য|উল্লেখ|প্রশ্ন|আশা|ঘোষণা|ব্যাখ্যা|যোগ|মনে|আহ্বান) ?(?:কর|জান|রাখ|তোল)[^\s,।:;]*)"
)
_SAYING = re.compile(rf"(?<![\w\u0980-\u09ff]){nfc(_VERBS)}(?![\w\u0980-\u09ff])")
_SAYING_ON = re.compile(rf"(?<![\w\u0980-\u09ff]){nfc(_VERBS)}\s*[,:;–—-]")
_OWNS = re.compile(
    nfc(
        r"(?<![\w\u0980-\u09ff])(?:এসব|এ|এই|এমন) ?(?:কথা|মন্তব্য)(?:ই|ও)?(?![\w\u0980-\u09ff])"
        r"[^।‘“]{0,20}(?:বলা|বলেন|বলেছ|বলেছিল|জানা|করেন|করেছ|উল্লেখ)"
    )
)
_SPEAKER = re.compile(
    rf"(?<![\w\u0980-\u09ff])(?:{nfc(_VERBS)}|"
    + nfc("(?:বলা|জানানো|উল্লেখ করা) (?:হয়|হয়েছে|হচ্ছে|হয়েছিল)|(?:জানা|দেখা) (?:যায়|গেছে)")
    + r")\s*[,:;–—-]"
)
_SAID = 25  # characters
_POINTS_WITHIN = re.compile(
    r"(?<![\w\u0980-\u09ff])(?:এ|এই|ওই|সেই|এসব|ওইসব|এখানে|সেখানে|তিনি|তাঁর|তার)(?![\w\u0980-\u09ff])"
)
_MARKS = " ।॥.!?…"
_LAST_WORDS = 60  # characters
_WE = (
    r"(?:[^\s]{2,}(?:চ্ছি|েছি|ছিলাম)|ছিলাম|চাই|পারি|করি|বলি|দেখি|জানি|মানি|থাকি|আছি|যাই|পাই"
    r"|[^\s]{0,4}(?:কর|বল|চল|থাক|রাখ|বস|দেখ|লিখ|পড়|শিখ|আন|মান|জান|লড়|খেল|ধর|ফির|পার|শুন)(?:ব|বো|লাম|তাম)"
    r"|(?:যা|দে|নে|হ|পা|খা|চা|জানা|দাঁড়া|এগো|চালা|বাড়া)(?:ব|বো)|(?:নি|দি|শু)ই)"
)
_WE_ENDS = re.compile(rf"(?<![\w\u0980-\u09ff]){nfc(_WE)}(?:ই|ও)?(?:নি| না| নি)?[^\w\u0980-\u09ff]*\Z")


def points_back(words: Sequence[str], sentence: str) -> bool:
    """Return whether a sentence leans on the one before.

    It opens with a pronoun, a pointing or relative word or a connective, soon speaks of somebody whom it does not name,
    ends with who said it as «তিনি», or somebody speaks of himself and nobody is quoted: a piece of a longer speech.
    """
    if not words:
        return False
    if opens_pointing(words, sentence) or words[-1] in _folded(_CLOSING) or _soon_about_somebody(words):
        return True
    return _IN_IT.search(sentence) is not None or _HE_SAYS.search(sentence) is not None


def _soon_about_somebody(words: Sequence[str]) -> bool:
    """Return whether a pronoun comes soon: «… তাদেরই একজন».

    A relative before it says who is meant: «যারা সেতু ভেঙেছে তাদেরও …».
    """
    soon = list(map(_without_particle, words[:_SOON]))
    at = next((at for at, word in enumerate(soon) if at and word in _folded(_ABOUT)), None)
    return at is not None and _folded(_RELATIVES).isdisjoint(soon[:at])


def opens_pointing(words: Sequence[str], sentence: str) -> bool:
    """Return whether a sentence opens with what points back.

    That is a pronoun, a pointing or relative word or a connective; or somebody speaks who is not named.
    """
    if not words:
        return False
    first = words[1] if len(words) > 1 and words[0] in _folded(_BEFORE_POINTING) else words[0]
    if first in _folded(_RELATIVES) and _folded(_CORRELATIVES).isdisjoint(map(_without_particle, words[1:])):
        return True
    if first in _folded(_ANSWERING) and reports_speech(sentence):
        return True
    if _opens_pointing(first) or tuple(words[:2]) in _OPENINGS or _follows_from(words[:3]):
        return True
    return _speaks(words, sentence)


def _follows_from(opening: Sequence[str]) -> bool:
    """Return whether «তাই» comes soon: why, another sentence says."""
    return not _folded(_THEREFORE).isdisjoint(opening) and _folded(_WHY).isdisjoint(opening)


def _speaks(words: Sequence[str], sentence: str) -> bool:
    """Return whether somebody speaks, or is spoken of, who is not named.

    Behind «… বলেন,» and in a quotation «আমরা» and «তিনি» are who says it.
    """
    said = _SAYING_ON.search(sentence)
    before = words if said is None else split(sentence[: said.start()])
    if _HE in before and _folded(_RELATIVES).isdisjoint(before):
        return True
    if said is not None and len(before) <= _SAYS_IT and _OF_IT.match(sentence, said.end()) is not None:
        return True
    if _has(sentence, _QUOTES):
        sentence = _unquoted(sentence)
        said = _SAYING_ON.search(sentence)
        before = split(sentence if said is None else sentence[: said.start()])
    return not _folded(_SPEAKING).isdisjoint(before) or (said is None and _tells_what_i_do(sentence))


def _unquoted(sentence: str) -> str:
    """Return a sentence without what stands in quotation marks."""
    kept, start = list[str](), 0
    for span in spans(sentence):
        if not span.bracket:
            kept.append(sentence[start : span.start])
            start = span.end
    return "".join([*kept, sentence[start:]])


def _opens_pointing(first: str) -> bool:
    if first in _folded(_PRONOUNS + _POINTING + _CONNECTIVES):
        return True
    # তিনিও, সেখানেই; but আরও opens a sentence of its own.
    return _without_particle(first) in _folded(_PRONOUNS + _POINTING)


def _without_particle(word: str) -> str:
    return word[:-1] if word[-1] in _PARTICLES else word


def _tells_what_i_do(sentence: str) -> bool:
    """Return whether a verb is «we do», and nobody is quoted."""
    tells = _I_DO.search(sentence) is not None or _WE_ENDS.search(sentence[-_LAST_WORDS:]) is not None
    return tells and not reports_speech(sentence)


def points_within(sentence: str) -> bool:
    """Return whether it speaks of what was told: «… এ কথা বলেন»."""
    return _POINTS_WITHIN.search(sentence) is not None


def is_speech(sentence: str) -> bool:
    """Return whether a sentence is only a quotation.

    Such a sentence does not say who speaks.
    """
    plain = sentence.strip(_MARKS)
    if not plain or not _has(plain[0] + plain[-1], _QUOTES):
        return False
    first = next(spans(plain), None)
    return first is not None and not first.bracket and first.end - first.start == len(plain)


def is_open(sentence: str) -> bool:
    """Return whether a quotation mark has no partner.

    The sentence then holds the beginning or the end of a speech. An apostrophe, as in «দু’জন» and «’৭১», is none.
    """
    singles = sentence.count("’") - sentence.count("‘")
    if sentence.count("“") != sentence.count("”") or sentence.count('"') % 2 == 1 or singles < 0:
        return True
    return singles > 0 and singles > len(_APOSTROPHE.findall(sentence))


def inside_quotation(sentence: str, *, inside: bool) -> bool:
    """Return whether a quotation goes on after a sentence.

    The sentence opened the quotation, or it was open before.
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
    """Return whether a sentence reports what somebody says."""
    return _SAYING.search(sentence) is not None


def opens_speech(sentence: str) -> bool:
    """Return whether speech begins behind the verb: «… বলেন, …».

    The sentences after it are then said too.
    """
    return _SAYING_ON.search(sentence) is not None


def owns_words(sentence: str) -> bool:
    """Return whether somebody said what stands before: «এসব কথা বলেন মেয়র।»."""
    return _OWNS.search(sentence) is not None


def behind_speaker(sentence: str) -> str:
    """Return what is said behind «… বলেন,» and «বিজ্ঞপ্তিতে বলা হয়,».

    It is nothing if nobody speaks, or if hardly anything is said.
    """
    speaker = _SPEAKER.search(sentence)
    said = "" if speaker is None else sentence[speaker.end() :]
    return said if len(said) >= _SAID else ""


def _has(text: str, signs: str) -> bool:
    return any(sign in text for sign in signs)


@cache
def _folded(words: str) -> frozenset[str]:
    return frozenset(key(word) for word in words.split())
