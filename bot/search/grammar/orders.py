"""Reads requests that need nothing of the archive.

They are about settings, quiet hours, language, district and lists of one's own. The object decides: clock times, a
range of the day or a setting's name make a setting of a sentence, whatever its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.bangla.normalise import key
from bot.search.grammar import places, schedule, times_beside
from bot.search.grammar.acts import Act
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.places import MINE
from bot.search.grammar.setting_sentence import TIME_NAMES, UPDATES, Order, SettingSentence
from bot.search.grammar.verbs import Verb, VerbForm
from bot.search.grammar.wordlist import keys
from bot.subscriptions.saytimes import read_clock, read_quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import time

    from bot.search.grammar.ending import Ending
    from bot.search.grammar.sentence import Word


class _Field(NamedTuple):
    """A setting as a sentence names it.

    ``names`` are its words, ``values`` the words of its values. ``wanted`` and ``unwanted`` are its values where the
    sentence only wants it, or does not.
    """

    name: str
    names: frozenset[str]
    values: dict[str, str]
    wanted: str = ""
    unwanted: str = ""


def _values(**spoken: str) -> dict[str, str]:
    return {key(word): value for value, words in spoken.items() for word in words.split()}


_FIELDS: Final = (
    _Field(
        "breaking",
        keys("ব্রেকিং ব্রেকিংটা ব্রেকিংগুলো breaking breking"),
        _values(
            day="কম kom দিনে দিনেই দিনের dine din day",
            always="সব_সময় সবসময় রাতেও always",
            mine="আমার বিষয়ে বিষয়ের",
            never="একদম একেবারে never",
        ),
        "always",
        "never",
    ),
    _Field(
        "picture",
        keys("ছবি ছবিগুলো ছবিগুলা ছবিটা ছবিও ফটো chobi chhobi pic picture photo"),
        _values(large="বড় বড়ো বড়ো_করে boro large big", small="ছোট ছোটো choto small"),
        "small",
        "none",
    ),
    _Field("sound", keys("শব্দ আওয়াজ সাউন্ড শব্দটা awaj sound shobdo"), {}, "on", "off"),
    _Field(
        "card",
        keys("কার্ড কার্ডে কার্ডটা কার্ডগুলো card carde cards"),
        _values(
            headline="শিরোনাম হেডলাইন শিরোনামে headline shironam",
            summary="সংক্ষেপে সংক্ষিপ্ত সংক্ষেপ সারাংশ ছোট songkhepe short summary",
            full="পুরো পুরা পুরোটা সম্পূর্ণ বিস্তারিত puro full",
        ),
    ),
    _Field("time", TIME_NAMES, {}),
    _Field("cap", keys("সর্বোচ্চ সীমা লিমিট limit cap"), {}),
    _Field("zone", keys("এলাকা টাইমজোন জোন timezone zone"), {}),
    _Field("language", keys("ভাষা vasha bhasha language lang"), {}),
)
_CARD: Final = _FIELDS[3].values
_ENGLISH: Final = keys("ইংরেজিতে ইংরেজী ইংরেজি ইংলিশে ইংলিশ ইংরেজীতে english inglish engreji englishe ingrejite")
_BANGLA: Final = keys("বাংলায় বাংলাতে বাংলা banglay bangla banglate bangla_te bengali")
_SETTINGS: Final = keys("সেটিংস সেটিং সেটিংসটা সেটিংসে সেটিঙস settings setting setingse setings")
_DATA: Final = keys("নাম অ্যাকাউন্ট একাউন্ট প্রোফাইল account profile তথ্য তথ্যগুলো ডেটা ডাটা নম্বর নাম্বার হিসাব ইতিহাস data tothyo")
_OF_NIGHT: Final = keys(
    "রাতে রাতের রাত রাত্রে মাঝরাতে গভীর বেলা বেলায় ঘুমের সময় সময়ে ঘুমানোর rate raate raat rater ghumer somoy night at"
)
_SLEEPS: Final = keys("রাতে রাত্রে মাঝরাতে ঘুমের ঘুমানোর rate raate ghumer night")
NIGHT: Final = "23:00-07:00"
"""Quiet hours of those who name no hours."""
_TELLING: Final = (Verb.WRITE, Verb.TELL, Verb.GIVE, Verb.SEND, Verb.SHOW, Verb.DO, Verb.CHANGE, Verb.WANT, Verb.STAY)


def read(words: Sequence[Word], ending: Ending | None) -> Order | None:
    """Return the request if it needs nothing of the archive, else None."""
    sentence = SettingSentence(words, ending)
    for rule in _RULES:
        if (found := rule(sentence)) is not None:
            return found
    return None


def _quiet(sentence: SettingSentence) -> Order | None:
    if sentence.ending is None:
        return None
    return _hours(sentence) or (_nights(sentence) if sentence.denied else None)


def _hours(sentence: SettingSentence) -> Order | None:
    """Read a stretch of hours, or «নীরব সময় লাগবে না»."""
    named = any(word.is_a(Kind.STILL) for word in sentence.object)
    spoken = [
        schedule.plain(word) for word in sentence.object if not (named and (word.is_a(Kind.STILL) or word.key in _TIME))
    ]
    hours = read_quiet(" ".join(spoken)) if spoken else None
    if hours is not None and (named or sentence.denied or sentence.wanted):
        first, last = (hours.start, hours.end) if named or sentence.denied else (hours.end, hours.start)
        return Order("quiet", f"{first:%H:%M}-{last:%H:%M}")
    ended = sentence.denied or sentence.says(Verb.LIFT, Verb.REMOVE, Verb.ERASE)
    if named and not spoken and sentence.keys[-1] in _TIME and ended:
        return Order("quiet", "no")
    return None


def _nights(sentence: SettingSentence) -> Order | None:
    """Read when nothing shall come: «রাত ১১টার পরে», «সকাল ৮টার আগে», «দুপুরে»."""
    *first, last = [schedule.plain(word) for word in sentence.object] or [""]
    clock = _clock(first) if first else None
    if clock is not None and key(last) in _FROM_THEN and (clock.hour >= _EVENING or clock.hour < _SMALL_HOURS):
        return Order("quiet", f"{clock:%H:%M}-07:00")
    if clock is not None and key(last) in _BEFORE and clock.hour <= _LATE_MORNING:
        return Order("quiet", f"23:00-{clock:%H:%M}")
    if any(one in _SLEEPS for one in sentence.keys) and all(one in _OF_NIGHT for one in sentence.keys):
        return Order("quiet", NIGHT)
    setting = times_beside.names_only_times(sentence.object)
    return Order("settings", setting) if setting else None


_TIME: Final = keys("সময় সময়টা time somoy shomoy hours")
_FROM_THEN: Final = keys("পর পরে থেকে থিকা por pore theke after")
_BEFORE: Final = keys("আগে আগ পর্যন্ত age before")
_EVENING, _SMALL_HOURS, _LATE_MORNING = 18, 5, 12


def _clock(spoken: Sequence[str]) -> time | None:
    """Read a time of day, in its genitive too: রাত ১১টার."""
    text = " ".join(spoken)
    return read_clock(text) or read_clock(text.removesuffix("র").removesuffix("r"))


def _times(sentence: SettingSentence) -> Order | None:
    named = bool(sentence.keys) and sentence.keys[0] in TIME_NAMES
    sent = sentence.wanted and sentence.ending is not None and sentence.ending.act is not Act.CHANGE
    if not (named or sent or (sentence.only and sentence.ending is None)):
        return None
    spoken = [word for word in sentence.words[: sentence.start] if word.key not in TIME_NAMES]
    value = schedule.read(spoken, only=sentence.only)
    if value is not None and (named or not schedule.is_past(sentence.words)):
        return Order("settings", f"time {value}")
    return Order("settings", "time") if sent and times_beside.is_vague(spoken) else None


def _cap(sentence: SettingSentence) -> Order | None:
    if sentence.denied and (times := schedule.at_most(sentence.words[: sentence.start])) is not None:
        return Order("settings", f"time {times}")
    value = schedule.read_cap(sentence.words[: sentence.start], denied=sentence.denied)
    if value is not None and sentence.ending is not None:
        return Order("settings", f"cap {value}".strip())
    return None


def _field(sentence: SettingSentence) -> Order | None:
    for field in _FIELDS:
        if not any(one in field.names for one in sentence.keys):
            continue
        rest = [one for one in sentence.keys if one not in field.names]
        values = [field.values[one] for one in rest if one in field.values]
        if rest and all(one in _OF_NIGHT for one in rest) and sentence.denied:
            if field.name == "breaking":
                return Order("settings", "breaking day")
            if field.name == "sound":
                return Order("quiet", NIGHT)
        if len(values) < len(rest) and not _regular(sentence, rest, field):
            continue
        return _of_field(sentence, field, values)
    return None


def _regular(sentence: SettingSentence, rest: list[str], field: _Field) -> bool:
    """Tell whether all that is left says how: এলেই, রোজ, without."""
    left = [word for word in sentence.object if word.key in rest and word.key not in field.values]
    return all(
        word.is_a(Kind.REGULAR, Kind.AT_ONCE, Kind.WITHOUT, Kind.ALL, Kind.OFF, Kind.NOT, Kind.ALERT) for word in left
    )


def _of_field(sentence: SettingSentence, field: _Field, values: list[str]) -> Order | None:
    if field.name == "breaking" and sentence.only and not values:
        return Order("settings", "time breaking")
    if values:
        return Order("settings", f"{field.name} {values[0]}") if sentence.ending is not None or sentence.only else None
    if field.name == "breaking" and sentence.says(Verb.LESS):
        return Order("settings", "breaking day")
    off = any(word.is_a(Kind.OFF) for word in sentence.words)
    if (sentence.denied or off) and field.unwanted:
        return Order("settings", f"{field.name} {field.unwanted}")
    changes = sentence.says(Verb.CHANGE, Verb.LESS, Verb.MORE) or any(word.is_a(Kind.CHANGE) for word in sentence.tail)
    if changes or (sentence.says(Verb.DO) and sentence.wanted and not field.wanted):
        return Order("settings", field.name)
    shows = field.name == "breaking" and sentence.ending is not None and sentence.ending.act is Act.SHOW
    return Order("settings", f"{field.name} {field.wanted}") if sentence.wanted and field.wanted and not shows else None


def _card(sentence: SettingSentence) -> Order | None:
    values = [_CARD[one] for one in sentence.keys if one in _CARD]
    if not values or len(values) < len(sentence.keys):
        return None
    if values[0] == "headline":
        return Order("settings", "card headline") if sentence.only else None
    shown_now = any(word.says(Verb.SHOW, VerbForm.ORDER) for word in sentence.tail)
    shows = sentence.ending is not None and sentence.ending.act in (Act.SHOW, Act.FOLLOW) and not shown_now
    return Order("settings", f"card {values[0]}") if shows or (sentence.only and values) else None


def _updates(sentence: SettingSentence) -> Order | None:
    if not sentence.keys or any(one not in UPDATES for one in sentence.keys) or sentence.ending is None:
        return None
    return Order("settings", "updates hide") if sentence.denied else None


def _silent(sentence: SettingSentence) -> Order | None:
    if sentence.keys and all(one in _UNHEARD for one in sentence.keys) and sentence.says(Verb.SEND, Verb.GIVE):
        return Order("settings", "sound off")
    silent = not sentence.keys and any(word.key in ("সাইলেন্ট", "silent") for word in sentence.tail)
    return Order("settings", "sound off") if silent and sentence.says(Verb.DO, Verb.KEEP, Verb.GIVE) else None


_UNHEARD: Final = keys("নিঃশব্দে শব্দহীনভাবে নীরবে silently quietly")


def _rather(sentence: SettingSentence) -> str | None:
    """Read «বাংলা না, ইংরেজিতে দাও»: one language, not the other."""
    named = [
        (at, "en" if word.key in _ENGLISH else "bn")
        for at, word in enumerate(sentence.words)
        if word.key in _ENGLISH | _BANGLA
    ]
    if len({language for _, language in named}) != len(named) or len(named) != 2:  # noqa: PLR2004 - of two
        return None
    between = sentence.words[named[0][0] + 1 : named[1][0]]
    others = [word for word in sentence.words if not (word.key in _ENGLISH | _BANGLA or word.senses or word.kinds)]
    return named[1][1] if not others and any(word.is_a(Kind.NOT) for word in between) else None


def _language(sentence: SettingSentence) -> Order | None:
    if (rather := _rather(sentence)) is not None:
        return Order("language", rather)
    keys = [one for one in sentence.keys if one not in ("e", "te", "ভাষায়", "ভাষা", "এ")]
    if len(keys) != 1 or sentence.ending is None or not sentence.wanted or not sentence.says(*_TELLING):
        return None
    for language, names in (("en", _ENGLISH), ("bn", _BANGLA)):
        if keys[0] in names:
            return Order("language", language)
    return None


def _erase(sentence: SettingSentence) -> Order | None:
    if not sentence.says(Verb.ERASE) and not any(
        word.key in ("ডিলিট", "delete", "erase", "remove") for word in sentence.words
    ):
        return None
    mine = any(word.key in MINE for word in sentence.words)
    data = any(one in _DATA for one in sentence.keys) or any(word.is_a(Kind.ALL) for word in sentence.words)
    return Order("settings", "erase") if mine and data else None


def _settings(sentence: SettingSentence) -> Order | None:
    names = [one for one in sentence.keys if one not in _PAGE]
    opened = sentence.wanted or sentence.says(Verb.OPEN, Verb.GO, Verb.SHOW)
    return Order("settings") if names and all(one in _SETTINGS for one in names) and opened else None


_PAGE: Final = keys("e এ পেজে পেজ পাতা পাতায় মেনু মেনুতে বের page menu")
_RULES: Final[tuple[Callable[[SettingSentence], Order | None], ...]] = (
    *(
        _settings,
        _erase,
        places.district,
        _language,
        places.zone,
        _quiet,
        _cap,
        _times,
        _field,
        _card,
        _updates,
        _silent,
    ),
)
