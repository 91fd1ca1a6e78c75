"""Builds the verb forms that a request can end in.

They are made from stems instead of listed.
The polite, the familiar and Dhaka's spoken forms are one here: করুন, করো, কর, করেন give an order, করবেন, কোরো, কইরেন
one for later. Works on ``key()`` text.
"""

from __future__ import annotations

from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOWEL_SIGNS = "ািীুূৃেৈোৌঁ"


class VerbForm(Enum):
    """What a form of a verb does in a sentence."""

    __hash__ = object.__hash__

    ORDER = auto()
    """Do it now: পাঠাও, পাঠান."""
    LATER = auto()
    """Do it from now on: পাঠাবেন, পাঠিও, পাঠাইয়েন; with না it forbids."""
    TO = auto()
    """পাঠাতে."""
    DOING = auto()
    """The verbal noun: পাঠানো."""
    DONE = auto()
    """The first half of a double verb: পাঠিয়ে (দিন)."""
    IF = auto()
    """পাঠালে."""
    I_DO = auto()
    """First person, present: চাই, চাচ্ছি, চাইতেছি."""
    I_WILL = auto()
    """First person, future: করব, করমু."""
    I_DID = auto()
    """First person, past: দিলাম."""
    SAID = auto()
    """Third person, any time: what news says of others, হলো, করছে, বলবেন."""


class Verb(Enum):
    """What is done, whatever word says so."""

    __hash__ = object.__hash__

    DO = auto()
    SEND = auto()
    GIVE = auto()
    TELL = auto()
    SHOW = auto()
    WANT = auto()
    NEED = auto()
    GET = auto()
    LOOK = auto()
    """See, read, hear, know: what a reader wants to do with news."""
    KEEP = auto()
    STAY = auto()
    HALT = auto()
    TAKE = auto()
    BRING = auto()
    LIFT = auto()
    REMOVE = auto()
    CHANGE = auto()
    LESS = auto()
    MORE = auto()
    LEAVE = auto()
    ERASE = auto()
    WRITE = auto()
    HOLD = auto()
    OPEN = auto()
    GO = auto()
    HIDE = auto()
    RETURN = auto()
    BOTHER = auto()
    PLEASE = auto()
    SEEK = auto()
    BE = auto()
    """Be, happen, come: verbs that carry no news of their own."""


class VerbSense(NamedTuple):
    """One reading of a verb form."""

    verb: Verb
    form: VerbForm


class _Stems(NamedTuple):
    """A consonant verb's stems.

    Examples are কর-; শোন- beside শুন-; রেখ- of রাখ-, before ে and ো.
    """

    verb: Verb
    low: str
    high: str = ""
    past: str = ""


_CONSONANT: Final = (
    _Stems(Verb.DO, "কর", past="কোর"),
    _Stems(Verb.DO, "ফেল"),
    _Stems(Verb.KEEP, "রাখ", past="রেখ"),
    _Stems(Verb.STAY, "থাক", past="থেক"),
    _Stems(Verb.HALT, "থাম", past="থেম"),
    _Stems(Verb.BRING, "আন", past="এন"),
    _Stems(Verb.TELL, "বল", past="বোল"),
    _Stems(Verb.LOOK, "দেখ"),
    _Stems(Verb.LOOK, "শোন", "শুন"),
    _Stems(Verb.LOOK, "পড়"),
    _Stems(Verb.LOOK, "জান", past="জেন"),
    _Stems(Verb.SEEK, "খোঁজ", "খুঁজ"),
    _Stems(Verb.SEEK, "খোজ", "খুজ"),
    _Stems(Verb.LIFT, "তোল", "তুল"),
    _Stems(Verb.LEAVE, "ছাড়", past="ছেড়"),
    _Stems(Verb.ERASE, "মোছ", "মুছ"),
    _Stems(Verb.ERASE, "কাট", past="কেট"),
    _Stems(Verb.WRITE, "লেখ", "লিখ"),
    _Stems(Verb.HOLD, "ধর", past="ধোর"),
    _Stems(Verb.OPEN, "খোল", "খুল"),
    _Stems(Verb.BE, "ঘট"),
    _Stems(Verb.BE, "চল"),
)
_CAUSATIVE: Final = (
    (Verb.SEND, "পাঠা"),
    (Verb.TELL, "জানা"),
    (Verb.SHOW, "দেখা"),
    (Verb.SHOW, "শোনা"),
    (Verb.SHOW, "শুনা"),
    (Verb.HALT, "থামা"),
    (Verb.REMOVE, "সরা"),
    (Verb.CHANGE, "বদলা"),
    (Verb.CHANGE, "পাল্টা"),
    (Verb.CHANGE, "পালটা"),
    (Verb.LESS, "কমা"),
    (Verb.MORE, "বাড়া"),
    (Verb.BOTHER, "জ্বালা"),
    (Verb.HIDE, "লুকা"),
    (Verb.RETURN, "ফিরা"),
    (Verb.LIFT, "উঠা"),
    (Verb.KEEP, "চালা"),
)
_IRREGULAR: Final[dict[Verb, dict[VerbForm, str]]] = {
    Verb.GIVE: {
        VerbForm.ORDER: "দিন দাও দেন দে দ্যান দেও দ্যাও দিন্",
        VerbForm.LATER: "দেবেন দিবেন দেবে দিবে দেবা দিবা দিও দিয়ো দিয়েন দিয়েন দিবি দিয়েন দিবেন",
        VerbForm.TO: "দিতে দিতেই",
        VerbForm.DOING: "দেওয়া দেয়া দেওয়ার দেয়ার দেবার দেওন",
        VerbForm.DONE: "দিয়ে দিয়া",
        VerbForm.IF: "দিলে",
        VerbForm.I_DO: "দিই দেই দিচ্ছি",
        VerbForm.I_WILL: "দেব দেবো দিব দিবো দিমু",
        VerbForm.I_DID: "দিলাম দিছি দিয়েছি",
        VerbForm.SAID: "দেয় দিল দিলো দিলেন দিয়েছে দিয়েছেন দিছে দিসে দিচ্ছে দিচ্ছেন দিতেছে দিয়েছিল",
    },
    Verb.TAKE: {
        VerbForm.ORDER: "নিন নাও নেন নে ন্যান",
        VerbForm.LATER: "নেবেন নিবেন নিও নিয়ো নিয়েন নিবা",
        VerbForm.TO: "নিতে",
        VerbForm.DOING: "নেওয়া নেয়া",
        VerbForm.DONE: "নিয়া",
        VerbForm.I_WILL: "নেব নিব নেবো নিমু",
        VerbForm.I_DID: "নিলাম",
        VerbForm.SAID: "নেয় নিল নিলো নিলেন নিয়েছে নিয়েছেন নিছে নিচ্ছে নিচ্ছেন",
    },
    Verb.WANT: {
        VerbForm.I_DO: "চাই চাইছি চাচ্ছি চাইতেছি চাইতাছি চাইতেসি চাইতাসি চাইলাম চাইতাম চাচ্ছিলাম চাইছিলাম চাইব চাইবো চাইতে",
    },
    Verb.TELL: {VerbForm.SAID: "কয় কইল কইলো কইলেন কইছে কইসে কইছেন কইতেছে কইতাছে জানাল জানালো জানালেন জানিয়েছে জানিয়েছেন জানাইছে"},
    Verb.NEED: {VerbForm.I_DO: "লাগবে লাগবো লাগব লাগতেছে লাগে লাগছে"},
    Verb.GET: {
        VerbForm.TO: "পেতে পাইতে",
        VerbForm.I_DO: "পাই পাচ্ছি পাইতেছি পাইছি পাইতাছি",
        VerbForm.I_WILL: "পাব পাবো পামু",
        VerbForm.SAID: "পায় পেল পেলো পেলেন পাইল পাইলো পাইছে পাইসে পেয়েছে পেয়েছেন পাচ্ছে পাচ্ছেন পাবে পাবেন",
    },
    Verb.GO: {
        VerbForm.TO: "যেতে যাইতে",
        VerbForm.I_WILL: "যাব যাবো যামু",
        VerbForm.SAID: "গেল গেলো গেছে গেছেন গেলেন গেসে যাবে যাবেন যায় যাচ্ছে গিয়েছে",
    },
    Verb.PLEASE: {VerbForm.I_DO: "ভাল্লাগে ভাল্লাগছে ভাল্লাগতেছে পছন্দ"},
    Verb.BE: {
        VerbForm.TO: "হতে হইতে",
        VerbForm.DONE: "হয়ে হইয়া এসে আইসা",
        VerbForm.IF: "হলে হইলে হলেই হইলেই এলে এলেই আসলে আসলেই আইলে আইলেই ঘটলে ঘটলেই আসামাত্র আসামাত্রই হওয়ামাত্র",
        VerbForm.DOING: "হওয়া আসা হওয়ার আসার যাওয়া",
        VerbForm.SAID: (
            "হয় হল হলো হলেন হইল হইলো হইলেন হয়েছে হয়েছেন হইছে হইসে হইছেন হচ্ছে হচ্ছেন হইতেছে হইতাছে হইতেসে হবে "
            "হবেন হইব হইবো "
            "হয়েছিল হইছিল হইছিলো হইসিল হয়েছিলো ছিল ছিলো ছিলেন আছে আছেন আসে এল এলো এলেন এসেছে এসেছেন আসছে আসতেছে "
            "আসছেন আসবে আসবেন "
            "আইছে আইসে হতো হইত"
        ),
    },
}
# Third persons of verbs that say no more than that something was done or said.
_SAYING = (Verb.DO, Verb.TELL, Verb.STAY, Verb.BE, Verb.WRITE)


@cache
def forms() -> dict[str, frozenset[VerbSense]]:
    """Return every form that is known, with its readings."""
    found: dict[str, set[VerbSense]] = {}
    for word, sense in _all():
        found.setdefault(normalize("NFC", word), set()).add(sense)
    return {word: frozenset(senses) for word, senses in found.items()}


def _all() -> Iterator[tuple[str, VerbSense]]:
    for stems in _CONSONANT:
        for form, endings in _consonant(stems):
            for word in endings:
                yield word, VerbSense(stems.verb, form)
    for verb, stem in _CAUSATIVE:
        for form, endings in _causative(stem):
            for word in endings:
                yield word, VerbSense(verb, form)
    for verb, table in _IRREGULAR.items():
        for form, words in table.items():
            for word in words.split():
                yield word, VerbSense(verb, form)


def _consonant(stems: _Stems) -> Iterator[tuple[VerbForm, list[str]]]:
    low, high = stems.low, stems.high or stems.low
    past, spoken = stems.past or high, _spoken(high)
    both = dict.fromkeys((low, high))
    yield VerbForm.ORDER, [low, f"{high}ুন", f"{low}ো", f"{low}ুন", f"{high}ুক", *(f"{one}েন" for one in both)]
    later = [f"{one}{ending}" for one in both for ending in ("বেন", "বা", "িও", "িয়ো", "িয়েন", "িবেন", "বি")]
    yield VerbForm.LATER, [*later, f"{past}ো", *(f"{spoken}{ending}" for ending in ("েন", "ো", "বেন", "বা"))]
    yield VerbForm.TO, [f"{one}{ending}" for one in (*both, spoken) for ending in ("তে", "িতে")]
    yield VerbForm.DOING, [f"{low}া", f"{low}ার", f"{low}াটা", f"{high}া"]
    yield VerbForm.DONE, [f"{past}ে", f"{low}ে", f"{high}ে", f"{high}িয়া", f"{spoken}া"]
    yield VerbForm.IF, [f"{one}{ending}" for one in (*both, spoken) for ending in ("লে", "লেই")]
    yield VerbForm.I_DO, [f"{one}{ending}" for one in both for ending in ("ি", "ছি", "তেছি", "তাছি", "তেসি", "েছি")]
    yield VerbForm.I_WILL, [f"{one}{ending}" for one in both for ending in ("ব", "বো", "মু", "ুম")]
    yield VerbForm.I_DID, [f"{high}লাম", f"{spoken}লাম"]
    if stems.verb in _SAYING:
        yield VerbForm.SAID, [f"{one}{ending}" for one in (*both, spoken) for ending in _THIRD]


_THIRD = (
    *(
        "ল",
        "লো",
        "লেন",
        "ছে",
        "ছেন",
        "েছে",
        "েছেন",
        "তেছে",
        "তাছে",
        "তেসে",
        "সে",
        "ছিল",
        "ছিলো",
        "ছিলেন",
        "েছিল",
        "েছিলেন",
    ),
    *("বে", "বেন", "বো", "ে", "েন", "েছিলো"),
)


def _causative(stem: str) -> Iterator[tuple[VerbForm, list[str]]]:
    root = stem.removesuffix("া")
    yield VerbForm.ORDER, [f"{stem}ন", f"{stem}ও", stem]
    yield (
        VerbForm.LATER,
        [
            *(f"{root}{ending}" for ending in ("িও", "িয়ো", "িয়েন")),
            *(f"{stem}{ending}" for ending in ("বেন", "বা", "য়েন", "ইয়েন", "ইও", "ইয়ো", "য়ো", "ইবেন", "ইবা", "বি")),
        ],
    )
    yield VerbForm.TO, [f"{stem}তে", f"{stem}ইতে"]
    yield VerbForm.DOING, [f"{stem}নো", f"{stem}নোর", f"{stem}ন", f"{root}ানোটা"]
    yield VerbForm.DONE, [f"{root}িয়ে", f"{root}ে", f"{stem}য়ে", f"{stem}ইয়া", f"{stem}য়া", f"{stem}য়", f"{stem}ইয়ে"]
    yield VerbForm.IF, [f"{stem}লে", f"{stem}ইলে"]
    yield VerbForm.I_DO, [f"{stem}ই", f"{stem}চ্ছি", f"{stem}ইতেছি"]
    yield VerbForm.I_WILL, [f"{stem}ব", f"{stem}বো", f"{stem}মু"]


def _spoken(stem: str) -> str:
    """Return Dhaka's stem: কইর, রাইখ, দেইখ.

    It has an ই before the last consonant.
    """
    letters = list(stem)
    at = len(letters) - (2 if letters[-1] == "\u09bc" else 1)
    before = "".join(letters[:at])
    return f"{before}ই{stem[at:]}" if before and (before[-1] in _VOWEL_SIGNS or len(before) == 1) else stem
