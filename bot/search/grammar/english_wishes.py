"""Says what an English request wants: «mute cricket until monday»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.articles.names import gazetteer
from bot.search.grammar import english, objects, schedule, spans, words
from bot.search.grammar.acts import Act
from bot.search.grammar.intents import Wanted
from bot.search.grammar.setting_sentence import Order
from bot.subscriptions import zones

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.search.grammar.english import EnglishWish

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
    if (home := _HOME.fullmatch(text.strip(" .!"))) is not None:
        return _lives(home[1])
    wish = english.read(text)
    return _wanted(wish, now, zone) if wish is not None else None


_HOME: Final = re.compile(r"(?:i live in|i am from|i'm from|my (?:city|home|district|hometown) is) ([a-z' ]{3,30})")


def _lives(named: str) -> Order | None:
    if (home := gazetteer.home(named)) is not None:
        return Order("district", home.name)
    zone = zones.find(named)
    return Order("settings", f"zone {zone}") if zone is not None else None


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
    # A longer object may be a headline's: then it is asked about.
    told = wish.act is not Act.UNMUTE and len(wish.about.split()) <= NAME
    said = words.read(wish.about).words
    # «mute koro politics»
    said = said[1:] if len(said) > 1 and said[0].senses else said
    names = tuple(map(objects.text, objects.parted(said))) or (wish.about,)
    return Wanted(wish.act, names, wish.about, wish.how, told=told, until=until, times=times or "")
