"""Says what an English request wants: «mute cricket until monday»."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.search.grammar import english, objects, schedule, spans, words
from bot.search.grammar.acts import Act
from bot.search.grammar.intents import Wanted

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.search.grammar.english import EnglishWish
    from bot.search.grammar.orders import Order

NAME: Final = 3
"""Words of a name; a longer one may be a headline."""


def read(text: str, now: datetime, zone: ZoneInfo) -> Order | Wanted | None:
    """Return what an English request wants.

    It is None if news is asked for.
    """
    if (order := english.order(text)) is not None:
        return order
    if (act := english.switches(text)) is not None:
        return Wanted(act, everything=True)
    wish = english.read(text)
    return _wanted(wish, now, zone) if wish is not None else None


def _wanted(wish: EnglishWish, now: datetime, zone: ZoneInfo) -> Wanted | None:
    if wish.act is Act.SHOW or (wish.act is Act.MUTE and wish.about in english.OFF):
        return None
    span = spans.read(words.read(wish.lasts).words, now, zone) if wish.lasts else None
    if wish.lasts and (span is None or wish.act not in (Act.PAUSE, Act.MUTE)):
        return None
    until = span.until if span is not None else None
    if wish.act is Act.PAUSE or (until is not None and wish.about in english.EVERYTHING):
        return Wanted(Act.PAUSE, until=until)
    if wish.act is Act.UNFOLLOW and wish.about in english.EVERYTHING:
        return Wanted(Act.UNFOLLOW, everything=True)
    times = schedule.read(words.read(wish.when).words, only=False) if wish.when else None
    # A longer object may be a headline's: then it is wish about.
    told = wish.act is not Act.UNMUTE and len(wish.about.split()) <= NAME
    names = tuple(map(objects.text, objects.parted(words.read(wish.about).words))) or (wish.about,)
    return Wanted(wish.act, names, wish.about, wish.how, told=told, until=until, times=times or "")
