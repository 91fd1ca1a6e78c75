"""Reads when a sentence wants news to come.

It reads clock times, parts of the day, how often, which weekdays and how many.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.bangla.normalise import key
from bot.search.grammar.day_stretches import TO
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.spans import UNTIL
from bot.search.grammar.wordlist import keys
from bot.subscriptions.saytimes import read_times
from bot.subscriptions.weekdays import weekday

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.search.grammar.sentence import Word


_FROM: Final = keys("থিকা থাইকা থেইকা হইতে theika")
PARTS: Final = {
    key(word): clock
    for clock, words in (
        ("06:00", "ভোরে ভোরবেলা ভোরবেলায় vore bhore"),
        ("08:00", "সকালে সকালবেলা সকালবেলায় সকালেই সকাল sokale shokale sokal morning"),
        ("13:00", "দুপুরে দুপুরবেলা দুপুর dupure dupur noon"),
        ("17:00", "বিকেলে বিকালে বিকেল বিকেলবেলা bikele bikale afternoon"),
        ("19:00", "সন্ধ্যায় সন্ধ্যেয় সন্ধ্যা সন্ধ্যাবেলা সন্ধ্যেবেলা sondhay shondhay evening"),
        ("21:00", "রাতে রাত্রে রাত রাতেই rate raate night"),
    )
    for word in words.split()
}
OFTEN = {
    key(word): value
    for value, words in (
        ("08:00", "একবার একবারই ekbar once"),
        ("08:00 21:00", "দুইবার দুবার দু'বার duibar dubar twice"),
        ("08:00 13:00 21:00", "তিনবার tinbar"),
    )
    for word in words.split()
}
OFTEN |= {key("দিনে একবার"): "08:00", key("দিনে একবারই"): "08:00"}
_A_DAY: Final = keys("দিনে প্রতিদিন রোজ dine day")
A_WEEK: Final = keys("সপ্তাহে সাপ্তাহিক প্রতি হপ্তায় soptahe shoptahe week weekly")
_WEEKLY: Final = keys("সাপ্তাহিক weekly")
ONE_DAY: Final = keys("এক একদিন একবার এক_দিন দিন একবারই ekdin ekbar ek din once")
_HOLIDAYS: Final = keys("ছুটির ছুটি chutir chuti holidays weekend")
WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SAYS_NOTHING: Final = keys(
    "করে কইরা দিনে দিনের দিন ও আর এবং and at সময় প্রতিদিন রোজ প্রতি বার ar o kore dine daily every ঠিক একবার করেই"
)
_PAST: Final = keys("আজ আজকে আজকের গত গতকাল গতকালের aj ajke ajker goto gotokal")
_NUMBER: Final = re.compile(r"(\d{1,3})(?:টি|টা|টার|টির|টার|ta|tar|ti)?", re.ASCII)
_MORE_THAN: Final = keys("বেশি বেশী অধিক সর্বোচ্চ মাত্র শুধু করে besi beshi more than over at most max")
_ONE: Final = keys("একটা একটি একটার একটির একটাও ektar ekta")
_TOO_MANY: Final = keys("এত এতো এতগুলো এতগুলা বেশি বেশী অনেক কম কমসংখ্যক eto beshi besi kom less")
_MOST_CAP: Final = 500


def plain(word: Word) -> str:
    """Return a range's word as times are read: থেকে for থিকা."""
    return "থেকে" if word.key in _FROM else word.text


def is_past(words: Sequence[Word]) -> bool:
    """Return whether the sentence names a day that has been.

    If it does, a part of the day is no wish for times.
    """
    return any(word.key in _PAST for word in words)


def is_many(word: str) -> bool:
    """Tell whether a word counts more than one."""
    return word in _SEVERAL or (word.isdecimal() and word != "1")


_SEVERAL: Final = keys("দুই তিন চার পাঁচ ছয় দুদিন তিনদিন dui tin char pach")


def read(words: Sequence[Word], *, only: bool) -> str | None:
    """Return when news shall come, as /settings time takes it.

    Return None if the words say anything else too.
    """
    if any(word.key in A_WEEK for word in words) and any(is_many(word.key) for word in words):
        return None
    days, rest = _weekdays([word for word in words if not word.is_a(Kind.NEWS, Kind.POLITE, Kind.ONLY, Kind.TAIL)])
    keys = [word.key for word in rest]
    said = [OFTEN[one] for one in keys if one in OFTEN]
    parts = [PARTS[one] for one in keys if one in PARTS]
    others = [one for one in keys if one not in OFTEN and one not in PARTS and one not in _SAYS_NOTHING]
    if not others and (parts or said or days):
        return _joined(days, parts, said, only=only)
    spoken = " ".join("ও" if word.is_a(Kind.AND) else word.text for word in rest if word.key not in OFTEN)
    times = read_times(re.sub(r"(?:করে|কইরা|প্রতিদিন|রোজ|দিনে)(?=\s|$)", "", spoken)) if rest else None
    if times is None:
        return None
    return " ".join((*days, *(f"{one:%H:%M}" for one in times)))


def _joined(days: list[str], parts: list[str], said: list[str], *, only: bool) -> str:
    if days:
        return " ".join((*days, *sorted(set(parts or ["08:00"]))))
    if parts == ["08:00"] and (only or said):
        return "morning"
    if parts == ["21:00"] and (only or said):
        return "night"
    if parts:
        return " ".join(sorted(set(parts)))
    return {"08:00 21:00": "twice", "08:00": "morning"}.get(said[0], said[0])


def _weekdays(words: Sequence[Word]) -> tuple[list[str], list[Word]]:
    """Return the weekdays of a sentence, and its other words.

    Examples are শুক্রবার, ছুটির দিনে, সপ্তাহে এক দিন.
    """
    keys = [word.key for word in words]
    if any(one in A_WEEK for one in keys) and any(one in ONE_DAY for one in keys) and not any(map(is_many, keys)):
        return ["fri"], [word for word in words if word.key not in A_WEEK | ONE_DAY]
    if any(one in _WEEKLY for one in keys):
        return ["fri"], [word for word in words if word.key not in _WEEKLY]
    days: list[str] = []
    rest: list[Word] = []
    if (stretch := _stretch(words)) is not None:
        return stretch
    for word in words:
        if word.key in _HOLIDAYS:
            days += ["fri", "sat"]
        elif (day := weekday(word.key)) is not None:
            days.append(WEEK[day])
        else:
            rest.append(word)
    return list(dict.fromkeys(days)), rest


def _stretch(words: Sequence[Word]) -> tuple[list[str], list[Word]] | None:
    """Read days from one to another: রোববার থেকে বৃহস্পতিবার."""
    for at in range(len(words) - 2):
        first, joint, last = words[at : at + 3]
        one, other = weekday(first.key), weekday(last.key)
        if one is not None and other is not None and joint.key in TO:
            count = (other - one) % len(WEEK) + 1
            days = [WEEK[(one + day) % len(WEEK)] for day in range(count)]
            rest = [word for word in words[at + 3 :] if word.key not in UNTIL]
            return days, [*words[:at], *rest]
    return None


def at_most(words: Sequence[Word]) -> str | None:
    """Return the times of «দিনে তিনবারের বেশি না».

    They are as /settings time takes them.
    """
    keys = [word.key.removesuffix("ের") for word in words if not word.is_a(Kind.NEWS, Kind.POLITE, Kind.TAIL)]
    often = [OFTEN[one] for one in keys if one in OFTEN]
    others = [one for one in keys if one not in OFTEN and one not in _A_DAY and one not in _MORE_THAN]
    return often[0] if len(often) == 1 and not others and any(one in _MORE_THAN for one in keys) else None


def read_cap(words: Sequence[Word], *, denied: bool) -> str | None:
    """Return how many stories a day are wanted at most.

    Return "" if a limit is wanted without a number, None if it is about something else.
    """
    keys = [word.key for word in words if not word.is_a(Kind.NEWS, Kind.POLITE, Kind.TAIL)]
    keys = ["1" if one in _ONE else one for one in keys]
    numbers = [found for one in keys if (found := _NUMBER.fullmatch(one))]
    others = [one for one in keys if one not in _A_DAY and one not in _MORE_THAN and not _NUMBER.fullmatch(one)]
    if len(numbers) == 1 and not others and any(one in _A_DAY for one in keys) and int(numbers[0][1]) <= _MOST_CAP:
        return numbers[0][1]
    too_many = bool(keys) and all(one in _TOO_MANY for one in keys)
    return "" if too_many and (denied or any(one in ("কম", "kom", "less") for one in keys)) else None
