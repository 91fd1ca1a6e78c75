"""Reads breaks: nothing for a while, and when all shall begin again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.search.grammar import objects, spans, words
from bot.search.grammar.acts import Act
from bot.search.grammar.intents import Wanted
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.verbs import Verb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.search.grammar.ending import Ending
    from bot.search.grammar.sentence import Word

ALL_NEWS: Final = (Kind.NEWS, Kind.ALL, Kind.MESSAGE, Kind.ALERT, Kind.ANY, Kind.ANY_MORE, Kind.POLITE, Kind.FRESH)
"""Words that mean no news but all of it."""


def later(said: Sequence[Word], end: Ending, now: datetime, zone: ZoneInfo) -> Wanted | None:
    """Read a wish for nothing for a while.

    Examples are «২ ঘণ্টা পরে পাঠান», «পরে দিয়েন», «এখন না».
    """
    start = end.start + (said[end.start].key in _AFTER)
    about = objects.freed([word for word in said[:start] if not word.is_a(Kind.AGAIN)])
    if end.act is Act.DENY and about and all(word.key in SOON for word in about):
        return Wanted(Act.PAUSE)
    if not about or end.act not in (Act.FOLLOW, Act.SHOW, Act.SWITCH_ON, Act.UNMUTE):
        return None
    if any(word.says(Verb.LOOK) for word in said[end.start :]):
        return None  # «পরে পড়ব»
    if about[-1].key not in _AFTER:
        return None
    span = spans.read(about[:-1], now, zone)
    whole = span is not None and (span.start, span.end) == (0, len(about) - 1)
    return Wanted(Act.PAUSE, until=span.until if span is not None else None) if whole or len(about) == 1 else None


_AFTER: Final = frozenset(words.keys_of("পরে পর pore porey por later"))


def begins(said: Sequence[Word], end: Ending, now: datetime, zone: ZoneInfo) -> Wanted | None:
    """Read when all news shall begin again.

    Examples are «কাল থেকে আবার চালু করুন», «শুক্রবার থেকে খবর দিয়েন».
    """
    at = next((at for at, word in enumerate(said) if at and word.key in FROM), 0)
    again = any(word.is_a(Kind.AGAIN) for word in said)
    if not at or not (end.act in (Act.FOLLOW, Act.SWITCH_ON, Act.UNMUTE) or (end.act is Act.SHOW and again)):
        return None
    if not all(word.is_a(*ALL_NEWS, Kind.AGAIN, Kind.ON, Kind.TAIL) or word.senses for word in said[at + 1 :]):
        return None
    before = objects.freed([word for word in said[:at] if not word.is_a(Kind.AGAIN)])
    until = spans.moment(before, now, zone) if before else None
    return Wanted(Act.PAUSE, until=until) if until is not None else None


FROM: Final = frozenset(words.keys_of("থেকে থিকা হতে theke"))


def pause(about: Sequence[Word], span: spans.WordSpan | None, said: Sequence[Word]) -> Wanted | None:
    """Read a break.

    Nothing but how long it shall be may be named.
    """
    rest = [word for word in about if word.key not in SOON and not word.is_a(*ALL_NEWS, Kind.AWHILE, Kind.ONLY)]
    if rest:
        # «ঈদ পর্যন্ত বন্ধ রাখো»: until when that is, is asked.
        return Wanted(Act.PAUSE) if rest[-1].key in spans.UNTIL and len(rest) > 1 else None
    stays = not any(word.is_a(Kind.STILL, Kind.AWHILE, Kind.BREAK, Kind.OFF, Kind.TROUBLE) for word in said)
    if stays and span is None and any(word.says(Verb.STAY) for word in said):
        return None
    off = any(word.is_a(Kind.BREAK) for word in said) and any(word.is_a(Kind.ON) for word in said)
    return None if off else Wanted(Act.PAUSE, until=span.until if span is not None else None)


SOON: Final = frozenset(words.keys_of("এখন এখনই এখনি পরে একটু ekhon pore porey কিছুক্ষণের জন্য মতো"))
