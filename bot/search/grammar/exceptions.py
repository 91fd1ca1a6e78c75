"""Reads what is left out of a wish.

Examples are «ক্রিকেট ছাড়া সব» and «শুক্রবার বাদে রোজ সকালে». A name before ছাড়া is never what is wanted, unless nothing
else is: «খেলা ছাড়া কিছু দিও না».
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.search.grammar import breaks, objects, schedule
from bot.search.grammar.acts import FORBIDDING, Act
from bot.search.grammar.intents import Wanted
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.setting_sentence import Order
from bot.search.grammar.verbs import Verb, VerbForm
from bot.search.grammar.wordlist import keys
from bot.subscriptions.weekdays import weekday

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.search.grammar.ending import Ending
    from bot.search.grammar.sentence import Word

_OTHER: Final = keys("অন্য বাকি onno baki other else")


def parts(said: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]] | None:
    """Return what stands before «ছাড়া» or «বাদ দিয়ে», and what behind it."""
    for at, word in enumerate(said):
        behind = said[at + 1 :]
        if at and word.is_a(Kind.WITHOUT):
            return said[:at], behind
        given = behind[0].says(Verb.GIVE, VerbForm.DONE) if behind else False
        # «রাজনীতি বাদ দিয়ে দাও» leaves it out; «রাজনীতি বাদ দিয়ে সব দাও» is an exception.
        if at and word.is_a(Kind.MUTE) and given and len(behind) > 1 and not behind[1].senses:
            return said[:at], behind[1:]
    return None


def read(said: Sequence[Word], end: Ending | None) -> Wanted | None:
    """Return what is wanted beside, or but for, what is left out."""
    found = parts(said)
    return _but_for(objects.freed(found[0]), found[1], end) if found is not None else None


def _but_for(names: Sequence[Word], behind: Sequence[Word], end: Ending | None) -> Wanted | None:
    """Read «… ছাড়া সব দাও», and «… ছাড়া কিছু দিও না».

    The second wants that alone.
    """
    everything = any(word.is_a(Kind.ALL, Kind.ANY, Kind.NEWS) or word.key in _OTHER for word in behind)
    others = [
        word for word in behind if not (word.is_a(*breaks.ALL_NEWS, Kind.NOT) or word.key in _OTHER or word.senses)
    ]
    if not names or not everything:
        return None
    if end is not None and end.act in FORBIDDING:
        alone = all(word.is_a(Kind.OFF, Kind.STILL, Kind.MUST, Kind.NEEDED) for word in others)
        return _only(names) if alone else None
    wanted = end is None or end.act in (Act.SHOW, Act.FOLLOW)
    if wanted and all(word.is_a(Kind.REGULAR, Kind.AT_ONCE, Kind.TOGETHER, Kind.TAIL) for word in others):
        return Wanted(Act.FOLLOW, everything=True, excepted=objects.text(names))
    return None


def _only(names: Sequence[Word]) -> Wanted:
    each = tuple(map(objects.text, objects.parted(names)))
    return Wanted(Act.FOLLOW, each, objects.text(names), told=True)


def other_days(said: Sequence[Word], end: Ending | None) -> Order | None:
    """Read «শুক্রবার বাদে প্রতিদিন সকাল ৯টায়».

    It shall come on the other days of the week.
    """
    found = parts(said)
    if found is None:
        return None
    left_out, behind = found
    start = len(said) - len(behind)
    rest = behind if end is None else said[start : max(start, end.start)]
    out = {_day(word.key) for word in left_out if not word.is_a(Kind.AND)}
    if None in out or not 0 < len(out) < len(schedule.WEEK):
        return None
    spoken = [word for word in rest if not (word.is_a(Kind.REGULAR, Kind.ALL) or word.key in _DAYS)]
    times = schedule.read(spoken, only=False) if spoken else "08:00"
    if times is None:
        return Order("settings", "time")
    days = [name for day, name in enumerate(schedule.WEEK) if day not in out]
    clocks = {"morning": "08:00", "night": "21:00", "twice": "08:00 21:00"}.get(times, times)
    return Order("settings", " ".join(("time", *days, clocks)))


def _day(word: str) -> int | None:
    """Return a weekday, also the first of «শুক্র ও শনিবার»."""
    found = weekday(word)
    return found if found is not None else weekday(f"{word}বার")


_DAYS: Final = keys("দিন দিনে দিনই অন্য বাকি din dine days")
