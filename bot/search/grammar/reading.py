"""Reads one text: an order, a wish, small talk or a question.

A wish has its objects, a question its days. It is pure: callers that have the archive know whether a name is known. The
order of steps is docs/reading.md.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.bangla.normalise import display, key
from bot.search.grammar import (
    days,
    ending,
    english,
    frames,
    listings,
    objects,
    orders,
    schedule,
    smalltalk,
    spans,
    words,
)
from bot.search.grammar.acts import Act, EndManner
from bot.search.grammar.intents import Inquiry, Wanted
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.orders import Order
from bot.search.grammar.sentence import Word, written
from bot.search.grammar.verbs import Verb, VerbForm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.search.grammar.ending import Ending
    from bot.search.grammar.intents import Intent

LONGEST: Final = 300
"""Characters of a message that may be a request."""


_ACTS: Final = (Act.FOLLOW, Act.UNFOLLOW, Act.MUTE, Act.UNMUTE, Act.EITHER, Act.SWITCH_OFF, Act.SWITCH_ON, Act.PAUSE)
_ALL_NEWS: Final = (Kind.NEWS, Kind.ALL, Kind.MESSAGE, Kind.ALERT, Kind.ANY, Kind.ANY_MORE, Kind.POLITE, Kind.FRESH)


def read(text: str, now: datetime, zone: ZoneInfo) -> Intent:
    """Read a message; whatever is no request is a question."""
    if (talk := smalltalk.read(text)) is not None:
        return talk
    sentence = words.read(text)
    if not sentence.quoted and len(text) <= LONGEST:
        if (asked := _english(key(text))) is not None:
            return asked
        said, end = _turned(sentence.words, now, zone)
        if (found := _request(said, end, now, zone)) is not None:
            return found
    return inquiry(text, now, zone)


_NAME: Final = 3


def _english(text: str) -> Order | Wanted | None:
    if (order := english.order(text)) is not None:
        return order
    if (act := english.switches(text)) is not None:
        return Wanted(act, everything=True)
    asked = english.read(text)
    if asked is None or asked.act is Act.SHOW or (asked.act is Act.MUTE and asked.about in english.OFF):
        return None
    times = schedule.read(words.read(asked.when).words, only=False) if asked.when else None
    # A longer object may be a headline's: then it is asked about.
    told = asked.act is not Act.UNMUTE and len(asked.about.split()) <= _NAME
    return Wanted(asked.act, (asked.about,), asked.about, asked.how, told=told, times=times or "")


def _turned(said: Sequence[Word], now: datetime, zone: ZoneInfo) -> tuple[Sequence[Word], Ending | None]:
    """Return the end of a sentence, its words put in order.

    «… বন্ধ রাখুন, দুই ঘণ্টা» says behind its verb how long, «বিরতি কাল পর্যন্ত» has its noun in front, as on a button.
    """
    end = ending.read(said)
    if end is None and (behind := spans.behind(said, now, zone)):
        moved = (*said[-behind:], *said[:-behind])
        late = ending.read(moved)
        if late is not None and late.act in (Act.PAUSE, Act.MUTE, Act.SWITCH_OFF):
            return moved, late
    if end is None and said and said[0].is_a(Kind.BREAK) and spans.read(said[1:], now, zone) is not None:
        moved = (*said[1:], said[0])
        return moved, ending.read(moved)
    return said, end


def _request(said: Sequence[Word], end: Ending | None, now: datetime, zone: ZoneInfo) -> Order | Wanted | None:
    if end is not None and (begins := _begins(said, end, now, zone)) is not None:
        return begins
    shows = end is not None and end.act is Act.SHOW
    if (order := listings.read(said, shows=shows) or orders.read(said, end)) is not None:
        return order
    if end is None:
        return _excepting(said)
    if (later := _later(said, end, now, zone)) is not None:
        return later
    if shows and any(word.is_a(Kind.REGULAR) or schedule.comes_again(word) for word in said):
        return _timed(said, objects.freed(said[: end.start]), end)
    return _wanted(said, end, now, zone) if end.act in _ACTS else None


def inquiry(text: str, now: datetime, zone: ZoneInfo) -> Inquiry:
    """Read a message as a question, whatever else it may be."""
    asked = english.read(key(text)) if not words.has_quotes(text) else None
    if asked is not None and asked.act is Act.SHOW:
        text = asked.about
    sentence = words.read(text)
    end = None if sentence.quoted or len(text) > LONGEST else ending.read(sentence.words)
    return _inquiry(text, sentence.words, end, now, zone)


def _later(said: Sequence[Word], end: Ending, now: datetime, zone: ZoneInfo) -> Wanted | None:
    """Read a wish for nothing for a while.

    Examples are «২ ঘণ্টা পরে পাঠান», «পরে দিয়েন», «এখন না».
    """
    start = end.start + (said[end.start].key in _AFTER)
    about = objects.freed([word for word in said[:start] if not word.is_a(Kind.AGAIN)])
    if end.act is Act.DENY and about and all(word.key in _SOON for word in about):
        return Wanted(Act.PAUSE)
    if not about or end.act not in (Act.FOLLOW, Act.SHOW, Act.SWITCH_ON, Act.UNMUTE):
        return None
    if about[-1].key not in _AFTER:
        return None
    span = spans.read(about[:-1], now, zone)
    whole = span is not None and (span.start, span.end) == (0, len(about) - 1)
    return Wanted(Act.PAUSE, until=span.until if span is not None else None) if whole or len(about) == 1 else None


_AFTER: Final = frozenset(words.keys_of("পরে পর pore porey por later"))


def _begins(said: Sequence[Word], end: Ending, now: datetime, zone: ZoneInfo) -> Wanted | None:
    """Read when all news shall begin again.

    Examples are «কাল থেকে আবার চালু করুন», «শুক্রবার থেকে খবর দিয়েন».
    """
    at = next((at for at, word in enumerate(said) if at and word.key in _FROM), 0)
    if not at or end.act not in (Act.FOLLOW, Act.SHOW, Act.SWITCH_ON, Act.UNMUTE):
        return None
    if not all(word.is_a(*_ALL_NEWS, Kind.AGAIN, Kind.ON, Kind.TAIL) or word.senses for word in said[at + 1 :]):
        return None
    before = objects.freed([word for word in said[:at] if not word.is_a(Kind.AGAIN)])
    until = spans.moment(before, now, zone) if before else None
    return Wanted(Act.PAUSE, until=until) if until is not None else None


_FROM: Final = frozenset(words.keys_of("থেকে থিকা হতে theke"))


def _wanted(said: Sequence[Word], end: Ending, now: datetime, zone: ZoneInfo) -> Wanted | Order | None:
    before = said[: end.start]
    if _is_a_statement(before):
        return None
    if end.act is Act.MUTE and (kept := _only(said)):
        return Wanted(Act.FOLLOW, tuple(map(objects.text, objects.parted(kept))), objects.text(kept), told=True)
    about = _from_now(objects.freed(before))
    span = spans.read(about, now, zone)
    if span is not None:
        about = objects.freed([*about[: span.start], *about[span.end :]])
    if end.act is Act.PAUSE or (end.act is Act.MUTE and about and all(word.key in _SOON for word in about)):
        return _pause(about, span, said)
    if end.act in (Act.SWITCH_OFF, Act.SWITCH_ON):
        return _switched(said, about, end, span)
    if about and (timed := _timed(said, about, end)) is not None:
        return timed
    return _of_names(said, about, end, span) if about else _of_nothing(said, end, span)


def _timed(said: Sequence[Word], about: Sequence[Word], end: Ending) -> Wanted | None:
    """Read a wish for something at times of day.

    An example is «প্রতিদিন সকাল ৯টায় খেলার খবর দিয়েন».
    """
    if end.act not in (Act.FOLLOW, Act.SHOW) or end.how is EndManner.AT_ONCE:
        return None
    if (when := schedule.beside(about)) is None:
        return None
    found = _of_names(said, objects.freed(when[1]), end, None)
    return replace(found, act=Act.FOLLOW, times=when[0]) if found is not None and found.objects else None


def _only(said: Sequence[Word]) -> Sequence[Word]:
    """Return what alone is wanted: «খেলা ছাড়া অন্য কিছু পাঠিও না»."""
    at = next((at for at, word in enumerate(said) if at and word.is_a(Kind.WITHOUT)), 0)
    behind = said[at + 1 :]
    others = [word for word in behind if not (word.is_a(*_ALL_NEWS, Kind.NOT) or word.key in _OTHER or word.senses)]
    more = any(word.is_a(Kind.ANY, Kind.ALL, Kind.NEWS) or word.key in _OTHER for word in behind)
    return objects.freed(said[:at]) if more and not others else ()


_OTHER: Final = frozenset(words.keys_of("অন্য বাকি onno baki"))


def _from_now(about: list[Word]) -> list[Word]:
    """Leave out «কাল থেকে» in front: it comes from now on."""
    begins = len(about) > len(_START) and about[0].key in _STARTS and about[1].key in _FROM
    return objects.freed(about[len(_START) :]) if begins else about


_STARTS: Final = frozenset(words.keys_of("আজ আজকে কাল কালকে আগামীকাল এখন এখনই aj kal ekhon"))
_START: Final = ("কাল", "থেকে")


def _of_names(said: Sequence[Word], about: Sequence[Word], end: Ending, span: spans.WordSpan | None) -> Wanted | None:
    """Read a request with its objects.

    A question word, or too many words, make a question of it.
    """
    asks = any(word.is_a(Kind.ASKS) and word.key not in frames.WEAK for word in about)
    if asks or len(about) > objects.MOST or (span is not None and end.act is not Act.MUTE):
        return None
    told = end.told or end.how is not None or any(word.is_a(Kind.NEWS, Kind.ABOUT, Kind.REGULAR) for word in said)
    names = tuple(objects.text(part) for part in objects.parted(about))
    until = span.until if span is not None else None
    return Wanted(end.act, names, objects.text(about), end.how, told, doubtful=end.doubtful, until=until)


def _is_a_statement(before: Sequence[Word]) -> bool:
    """Return whether more than a name stands before the end.

    That is a second sentence, or another request.
    """
    if any(word.breaks for word in before):
        return True
    return any(word.ends_clause and (word.is_a(Kind.NOT) or word.has_form(*_REQUESTS)) for word in before)


_REQUESTS: Final = (VerbForm.ORDER, VerbForm.LATER, VerbForm.I_DO)


def _pause(about: Sequence[Word], span: spans.WordSpan | None, said: Sequence[Word]) -> Wanted | None:
    rest = [word for word in about if word.key not in _SOON and not word.is_a(*_ALL_NEWS, Kind.AWHILE, Kind.ONLY)]
    if rest:
        return None
    stays = not any(word.is_a(Kind.STILL, Kind.AWHILE, Kind.BREAK, Kind.OFF, Kind.TROUBLE) for word in said)
    if stays and span is None and any(word.says(Verb.STAY) for word in said):
        return None
    off = any(word.is_a(Kind.BREAK) for word in said) and any(word.is_a(Kind.ON) for word in said)
    return None if off else Wanted(Act.PAUSE, until=span.until if span is not None else None)


_SOON: Final = frozenset(words.keys_of("এখন এখনই এখনি পরে একটু ekhon pore porey কিছুক্ষণের জন্য মতো"))


def _switched(said: Sequence[Word], about: Sequence[Word], end: Ending, span: spans.WordSpan | None) -> Wanted | None:
    """Read «বন্ধ করুন» and «চালু করুন».

    They are about all news, or about what is named if news, or its sending, is named with it.
    """
    off = end.act is Act.SWITCH_OFF
    again = any(word.is_a(Kind.AGAIN) for word in said)
    of_news = any(word.is_a(Kind.NEWS, Kind.MESSAGE, Kind.ALERT) or _sends(word) for word in said)
    rest = [word for word in about if not word.is_a(*_ALL_NEWS) and not _sends(word)]
    if not rest:
        if span is not None and off:
            return Wanted(Act.PAUSE, until=span.until)
        everything = of_news or any(word.is_a(Kind.ALL) for word in said) or not about
        return Wanted(end.act, everything=True) if everything else None
    if not of_news and not (again and not off):
        return None
    parts = objects.parted(rest)
    act = Act.MUTE if off else Act.UNMUTE if again else Act.FOLLOW
    return Wanted(
        act, tuple(map(objects.text, parts)), objects.text(rest), told=of_news, until=span.until if span else None
    )


def _sends(word: Word) -> bool:
    return word.has_form(VerbForm.DOING) and any(word.says(verb) for verb in _SENT)


_SENT: Final = (Verb.SEND, Verb.GIVE, Verb.TELL, Verb.SHOW, Verb.BE)


def _of_nothing(said: Sequence[Word], end: Ending, span: spans.WordSpan | None) -> Wanted | Order | None:
    """Read a request without an object.

    It is about everything, for a while, or it must be asked about.
    """
    everything = any(word.is_a(Kind.ALL) for word in said)
    of_news = any(word.is_a(Kind.NEWS, Kind.MESSAGE, Kind.ALERT) for word in said)
    if span is not None:
        return Wanted(Act.PAUSE, until=span.until) if end.act is Act.MUTE else None
    if end.act is Act.MUTE:
        sends = (
            any(word.says(verb) for word in said[end.start :] for verb in _SENT)
            or of_news
            or any(word.is_a(Kind.ANY) for word in said)
        )
        left_out = any(word.is_a(Kind.MUTE) for word in said)
        switches_off = (sends or everything) and not left_out
        return (
            Wanted(Act.SWITCH_OFF, everything=True)
            if switches_off
            else Wanted(Act.MUTE, told=left_out, everything=everything)
        )
    if end.act is Act.FOLLOW and end.how is not None and not end.told:
        return Order("settings", "time now" if end.how is EndManner.AT_ONCE else "time twice")
    if end.act is Act.UNMUTE and any(word.is_a(Kind.AGAIN) for word in said):
        return Wanted(Act.SWITCH_ON, everything=True)
    if end.act is Act.FOLLOW and not (end.told or everything):
        return None if not of_news else Wanted(Act.SWITCH_ON, everything=True, doubtful=True)
    how = end.how or (EndManner.AT_ONCE if any(word.is_a(Kind.AT_ONCE) for word in said) else None)
    return Wanted(end.act, how=how, everything=everything, told=end.told)


def _excepting(said: Sequence[Word]) -> Wanted | None:
    """Read «ক্রিকেট ছাড়া সব»."""
    for at, word in enumerate(said):
        rest = said[at + 1 :]
        if word.is_a(Kind.WITHOUT) and at and rest and all(one.is_a(Kind.ALL, Kind.NEWS, Kind.POLITE) for one in rest):
            return Wanted(Act.FOLLOW, everything=True, excepted=objects.text(objects.freed(said[:at])))
    return None


def _inquiry(text: str, said: Sequence[Word], end: Ending | None, now: datetime, zone: ZoneInfo) -> Inquiry:
    """Free a question of its frame and of its days."""
    if words.has_quotes(text):
        return _quoted(text, now, zone)
    shows = end is not None and end.act in (Act.SHOW, Act.FOLLOW)
    before = said[: end.start] if end is not None and shows else said
    without = tuple(piece.lstrip("-") for piece in display(text).split() if _is_left_out(piece))
    kept = [word for word in before if not (without and word.text.lstrip("-") in without and word.text.startswith("-"))]
    asks = shows or frames.asks(kept)
    spoken = [(piece, word) for word in kept for piece in word.key.split()]
    span = days.read([piece for piece, _ in spoken], now, zone)
    if span is not None and span.maybe and not asks and span.end - span.start < len(spoken):
        span = None
    if span is not None:
        dated = {id(word) for _, word in spoken[span.start : span.end]}
        kept = [word for word in kept if id(word) not in dated]
    about = frames.freed(kept) if asks or span is not None else kept
    lasting = end is not None and end.lasting and shows
    return Inquiry(
        objects.text(about),
        written(kept),
        span.since if span is not None else None,
        span.until if span is not None else None,
        without,
        lasting,
        asks,
        span is not None and span.ahead,
        tuple(objects.text(part) for part in objects.parted(about)),
    )


def _quoted(text: str, now: datetime, zone: ZoneInfo) -> Inquiry:
    """Read a question with quotation marks as it stands.

    Only its days, and what it leaves out, are read.
    """
    pieces = words.parted(display(text))[: words.MOST]
    without = tuple(piece.lstrip("-") for piece in pieces if _is_left_out(piece))
    kept = [piece for piece in pieces if not _is_left_out(piece)]
    span = days.read([key(piece) for piece in kept], now, zone)
    if span is not None and not span.maybe:
        kept = [*kept[: span.start], *kept[span.end :]]
    since, until = (span.since, span.until) if span is not None and not span.maybe else (None, None)
    return Inquiry(" ".join(kept), " ".join(kept), since, until, without)


def _is_left_out(piece: str) -> bool:
    return piece[:1] == "-" and piece[1:2] not in ("", "-", "–") and not piece[1].isdigit() and piece not in _CASES


_CASES: Final = frozenset(("-এর", "-কে", "-er", "-ke"))
