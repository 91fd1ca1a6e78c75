"""Reads requests for one of the bot's own screens.

Any verb may end them: «কোন কোন পত্রিকা আছে», «আরেকটু দেখাও».
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.bangla.normalise import key
from bot.search.grammar import about_bot
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.setting_sentence import Order
from bot.search.grammar.verbs import Verb, VerbForm
from bot.search.grammar.wordlist import keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.search.grammar.sentence import Word

_TARGETS: Final = {
    key(phrase): command
    for command, phrases in {
        "today": (
            *(
                "প্রধান",
                "প্রধান প্রধান",
                "শীর্ষ",
                "শিরোনাম",
                "হেডলাইন",
                "মূল",
                "বড় বড়",
                "একনজরে",
                "এক নজরে",
                "সারাদিনের",
                "সারা দিনের",
                "সেরা",
                "প্রধান শিরোনাম",
            ),
            *("গুরুত্বপূর্ণ", "top", "headlines", "main", "prodhan", "shironam", "eknojore", "গুরুত্বপূর্ণ সব", "আলোচিত খবর"),
        ),
        "sources": (
            *("পত্রিকার তালিকা", "সংবাদমাধ্যমের তালিকা", "পত্রিকার লিস্ট", "পত্রিকার নাম"),
            "সংবাদমাধ্যম",
            "পত্রিকা",
            "পত্রিকাগুলো",
            "পেপার",
            "সোর্স",
            "উৎস",
            "সংবাদপত্র",
            "potrika",
            "papers",
            "sources",
            "outlets",
            "পত্রপত্রিকা",
            "চ্যানেল",
        ),
        "settings": ("সেটিংস", "সেটিং", "settings", "setting"),
        "topics": (
            "বিষয়",
            "বিভাগ",
            "বিভাগগুলো",
            "বিষয়গুলো",
            "টপিক",
            "topics",
            "sections",
            "bibhag",
            "আলোচিত বিষয়",
            "আলোচিত",
            "ট্রেন্ডিং",
            "trending",
        ),
        "more": (
            *(
                "আরও",
                "আরো",
                *("আরেকটু", "আরেকটা", "আরেকটি"),
                "আর একটু",
                "পরের",
                "পরের পাতা",
                "পরেরটা",
                "পরেরগুলো",
                "আরও কিছু",
                "আরো কিছু",
                "আরও কয়েকটা",
                "আরো কয়েকটা",
                "বাকি",
            ),
            *(
                "বাকিগুলো",
                "বাকিটা",
                "আরও খবর",
                "আরো খবর",
                "পরের পৃষ্ঠা",
                "aro",
                "aro kichu",
                "more",
                "next",
                "porer pata",
                "next page",
                "আরও বেশি",
            ),
        ),
        "help": (
            *("ব্যবহার করব", "ব্যবহার করতে", "ব্যবহার করবো", "চালাব"),
            "সাহায্য",
            "হেল্প",
            "নির্দেশনা",
            "help",
            "sahajjo",
            *("কমান্ড", "কমান্ডগুলো", "commands"),
            "কীভাবে ব্যবহার",
            "কিভাবে ব্যবহার",
            "ব্যবহার",
        ),
        "following": (
            "list",
            "তালিকা",
            "লিস্ট",
            "আমার তালিকা",
            "আমার লিস্ট",
            "ফলো লিস্ট",
            "my list",
            "talika",
            "amar list",
            "ফলোর তালিকা",
        ),
        "unmute": ("বাদ দেওয়া", "যা বাদ"),
    }.items()
    for phrase in phrases
}
_ORDINALS: Final = {
    key(word): number
    for number, words in enumerate(
        (
            "এক প্রথম ১ম ek prothom first one",
            "দুই দ্বিতীয় ২য় dui second two",
            "তিন তৃতীয় ৩য় tin third three",
            "চার চতুর্থ ৪র্থ char fourth four",
            "পাঁচ পঞ্চম ৫ম pach fifth five",
            "ছয় ষষ্ঠ choy sixth six",
            "সাত সপ্তম sat seventh seven",
            "আট অষ্টম at eighth eight",
            "নয় নবম noy ninth nine",
            "দশ দশম dosh tenth ten",
        ),
        start=1,
    )
    for word in words.split()
}
_FIRST: Final = keys("প্রথম ১ম দ্বিতীয় ২য় তৃতীয় ৩য় চতুর্থ পঞ্চম prothom first second third fourth fifth")
_NUMBER: Final = keys("নম্বর নম্বরটা নম্বরের নাম্বার নাম্বারটা নাম্বারের নং number no nombor nambar num")
_DIGITS: Final = re.compile(r"(\d{1,3})(?:টা|টি|নং|ta|st|nd|rd|th)?", re.ASCII)
_ABOUT_IT: Final = keys("""
    পুরো পুরোটা পুরা বিস্তারিত বিস্তারিতভাবে খবরটা খবরটি খবর খবরে খবরের একটু একটা একটি টা টি তথ্য বানান নাম লিংক লিঙ্ক link
    puro bistarito full details khobor khoborta khobore story ta ti
""")
_WHOLE: Final = keys("পুরো পুরোটা পুরা বিস্তারিত puro bistarito full details")
_WRONG: Final = keys("মিথ্যা ভুয়া গুজব fake false ভুল ভূল ভুলটা গলদ ভুলভাল vul bhul wrong mistake error")
_HAS: Final = keys("ধরেছি পেয়েছি আছে আছেন রয়েছে দেখছি পেলাম পাইছি ache ase তো is there a with in")
_I_FOLLOW: Final = keys(
    "জিনিস জিনিসগুলো কতগুলো কতগুলি কয়টা কয়টি কতটা কতটি বিষয় কী কি কাকে কাদের যা কোন কোনগুলো আমি ki kake ja ami what am i who"
)
_THIS: Final = keys("এটা এই খবরটা খবর এইটা ওটা আমি আমাকে সেটা eta ei this")


def read(words: Sequence[Word], *, shows: bool) -> Order | None:
    """Return the screen that a whole message wants, or None.

    `shows` says whether it ends in a wish to see.
    """
    of_stories = (
        _report(words) or _more(words, shows=shows) or _count(words, shows=shows) or _numbered(words, shows=shows)
    )
    return of_stories or _mine(words) or about_bot.read(words) or _named(words, shows=shows)


def _named(words: Sequence[Word], *, shows: bool) -> Order | None:
    """Find a list by its name: «কোন কোন পত্রিকা আছে».

    Question words do not count.
    """
    if any(word.is_a(Kind.AGAIN) for word in words):
        return None
    rest = [word for word in words if not _frames(word)]
    news = any(word.is_a(Kind.NEWS) for word in words)
    name = " ".join(_plain(word.key) for word in rest)
    today = [word for word in rest if word.key not in _DAY_NAMES]
    if (command := _TARGETS.get(name) or _today(rest, today)) is not None:
        asks = shows or news or len(rest) < len(words) or name in _GO_ON
        return Order(command) if asks and (command != "today" or news or shows or _is_headlines(name)) else None
    fresh = any(word.is_a(Kind.FRESH) for word in words)
    if not rest and (news or fresh) and all(not word.is_a(Kind.ALL) or news for word in words):
        return Order("latest")
    return Order("today") if not today and rest and not news and shows else None


_GO_ON: Final = keys("পরেরটা আরেকটা আরেকটি পরেরগুলো আরেকটু")


def _today(rest: Sequence[Word], without_day: Sequence[Word]) -> str | None:
    found = _TARGETS.get(" ".join(_plain(word.key) for word in without_day))
    return found if found == "today" and len(without_day) < len(rest) else None


def _is_headlines(name: str) -> bool:
    return any(part in name for part in ("শিরোনাম", "হেডলাইন", "নজরে", "headlines", "shironam"))


_DAY_NAMES: Final = keys("আজ আজকে আজকের aj ajke ajker today")


def _plain(word: str) -> str:
    for ending in ("টা", "টি", "গুলো", "গুলা", "গুলি"):
        if word.endswith(ending) and word not in _TARGETS:
            return word.removesuffix(ending)
    return word


def _frames(word: Word) -> bool:
    if _plain(word.key) in _TARGETS and not word.is_a(Kind.FRESH):
        return False
    if word.is_a(Kind.ASKS, Kind.POLITE, Kind.NEWS, Kind.TAIL, Kind.FRESH, Kind.ALL, Kind.ANY) or word.key in _HAS:
        return True
    shows = (
        word.says(Verb.SHOW)
        or word.says(Verb.GIVE, VerbForm.ORDER, VerbForm.LATER)
        or word.says(Verb.TELL, VerbForm.ORDER, VerbForm.LATER)
    )
    wants = (
        word.says(Verb.WANT)
        or word.says(Verb.LOOK)
        or word.says(Verb.SEND)
        or word.says(Verb.DO, VerbForm.ORDER, VerbForm.LATER)
    )
    opens = word.says(Verb.OPEN) or word.says(Verb.BRING) or word.has_form(VerbForm.DONE)
    return shows or wants or opens or word.says(Verb.BE, VerbForm.SAID) or word.says(Verb.NEED)


def _count(words: Sequence[Word], *, shows: bool) -> Order | None:
    """Return how many of the newest are wanted: «৫টা খবর দাও».

    A time of day has its own ending, ৫টায়.
    """
    if not shows or not any(word.is_a(Kind.NEWS) for word in words):
        return None
    rest = [word.key for word in words if not _frames(word)]
    found = _COUNTED.fullmatch(rest[0]) if len(rest) == 1 else None
    return Order("latest", found[1]) if found else None


def _more(words: Sequence[Word], *, shows: bool) -> Order | None:
    """Read «আরো পাঁচটা দাও»: a page more."""
    rest = [word for word in words if not _frames(word)]
    more = [word for word in rest if word.key in _MORE]
    counted = all(_DIGITS.fullmatch(word.key) or _plain(word.key) in _ORDINALS or word.key in _MORE for word in rest)
    return Order("more") if shows and more and len(rest) > len(more) and counted else None


_MORE: Final = keys("আরো আরও aro আর")


_COUNTED: Final = re.compile(r"(\d{1,3})(?:টি|টা|ti|ta)?", re.ASCII)


def _numbered(words: Sequence[Word], *, shows: bool) -> Order | None:
    """Read which story of a list is wanted.

    Examples are «দুই নম্বরটা পুরো দেখাও», «৩ নম্বর খবরটা খুলুন», «প্রথম খবরটা পড়ি», «পুরো খবর দাও ২».
    """
    keys = [word.key for word in words]
    whole = any(one in _WHOLE for one in keys) or any(word.says(Verb.OPEN) for word in words)
    position = _position(keys) or (_bare_place(keys) if whole else None)
    if position is None:
        return None
    number, used = position
    rest = [word for at, word in enumerate(words) if at not in used]
    numbered = any(one in _NUMBER for one in keys)
    news = any(one.startswith(key("খবরট")) or one in _WHOLE for one in keys)
    only = all(word.key in _ABOUT_IT or _frames(word) for word in rest)
    opens = shows or whole or any(word.says(Verb.LOOK) for word in words)
    return Order("read", str(number)) if only and (numbered or news or whole) and (opens or numbered) else None


def _position(keys: Sequence[str]) -> tuple[int, frozenset[int]] | None:
    for at, word in enumerate(keys):
        digits = _DIGITS.fullmatch(word)
        plain = _plain(word)
        number = int(digits[1]) if digits else _ORDINALS.get(plain)
        if number is None:
            continue
        marked = at + 1 < len(keys) and keys[at + 1] in _NUMBER
        if marked or plain in _FIRST or (at > 0 and keys[at - 1] in _NUMBER):
            return number, frozenset((at, at + 1) if marked else (at,)) | frozenset(
                (at - 1,) if at and keys[at - 1] in _NUMBER else ()
            )
    return None


def _bare_place(keys: Sequence[str]) -> tuple[int, frozenset[int]] | None:
    """Read a number that stands alone: «ভুল আছে ১»."""
    found = [(int(digits[1]), frozenset((at,))) for at, one in enumerate(keys) if (digits := _DIGITS.fullmatch(one))]
    return found[0] if len(found) == 1 else None


def _report(words: Sequence[Word]) -> Order | None:
    """Read «১ নম্বর খবরে ভুল আছে», «এই খবরটা ভুল»."""
    keys = [word.key for word in words]
    if not any(one in _WRONG for one in keys):
        return None
    position = _position(keys) or _bare_place(keys)
    used = position[1] if position else frozenset()
    news = any(one.startswith(("খবর", "khobor")) for one in keys)
    rest = [one for at, one in enumerate(keys) if at not in used and one not in _WRONG | _HAS | _ABOUT_IT | _THIS]
    found_one = any(one in _I_FOUND for one in keys)
    if rest or not (news or position or found_one):
        return None
    return Order("report", str(position[0]) if position else "")


_I_FOUND: Final = keys("ধরেছি পেয়েছি পাইছি দেখছি")


def _mine(words: Sequence[Word]) -> Order | None:
    """Read «কী কী ফলো করছি», «আমি কাকে ফলো করি দেখাও»."""
    out = any(word.is_a(Kind.MUTE) for word in words)
    following = any(word.key == "following" for word in words)
    if not (out or following or any(word.is_a(Kind.FOLLOW) for word in words)):
        return None
    doing = following or any(word.says(Verb.DO, VerbForm.I_DO) for word in words)
    doing = doing or (out and any(word.says(Verb.GIVE, VerbForm.I_DID) or word.key in _HAS for word in words))
    asks = any(
        word.key.split(" ")[0] in _I_FOLLOW and word.key.split(" ")[0] not in ("আমি", "ami", "i") for word in words
    )
    rest = [
        word
        for word in words
        if not (word.is_a(Kind.FOLLOW, Kind.MUTE) or word.key == "following")
        and not (word.says(Verb.DO) or word.says(Verb.GIVE))
        and word.key.split(" ")[0] not in _I_FOLLOW
        and not _frames(word)
    ]
    # «আমি কি ক্রিকেট ফলো করি»: the list answers.
    one = len(rest) <= _A_NAME and any(word.key in _IF for word in words)
    return Order("following") if doing and asks and (not rest or one) else None


_A_NAME: Final = 3
_IF: Final = keys("কি কি_না কিনা নাকি ki kina naki")
