"""Reads one text: an order, a wish, small talk or a question.

A wish has its objects, a question its days. It is pure: callers that have the archive know whether a name is known. The
order of steps is docs/reading.md.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.bangla.normalise import key
from bot.search.grammar import (
    breaks,
    ending,
    english_wishes,
    exceptions,
    frames,
    inquiring,
    listings,
    objects,
    orders,
    schedule,
    smalltalk,
    spans,
    times_beside,
    two_requests,
    words,
)
from bot.search.grammar.acts import FORBIDDING, Act, EndManner
from bot.search.grammar.intents import Wanted
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.sentence import written
from bot.search.grammar.setting_sentence import Order
from bot.search.grammar.verbs import Verb, VerbForm
from bot.search.weak import is_weak

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.search.grammar.ending import Ending
    from bot.search.grammar.intents import Intent
    from bot.search.grammar.sentence import Word


_ACTS: Final = (Act.FOLLOW, Act.UNFOLLOW, Act.MUTE, Act.UNMUTE, Act.EITHER, Act.SWITCH_OFF, Act.SWITCH_ON, Act.PAUSE)


def read(text: str, now: datetime, zone: ZoneInfo) -> Intent:
    """Read a message; whatever is no request is a question."""
    if (talk := smalltalk.read(text)) is not None:
        return talk
    sentence = words.read(text)
    if not sentence.quoted and len(text) <= inquiring.LONGEST:
        if (asked := english_wishes.read(key(text), now, zone)) is not None:
            return asked
        alone = _request_alone(sentence.words, now, zone)
        said, end = _turned(alone, now, zone)
        found = _request(said, end, now, zone)
        if isinstance(found, Order):
            # «ঘুমাচ্ছি, সকালে পাঠাইও» may be of today alone: it is asked.
            of_today = found.argument.startswith("time ") and alone is not sentence.words
            return Order("settings", "time") if of_today else found
        if (both := two_requests.read(sentence.words)) is not None:
            return both
        if found is not None:
            return found
    return inquiring.inquiry(text, now, zone)


def _request_alone(said: Sequence[Word], now: datetime, zone: ZoneInfo) -> Sequence[Word]:
    """Return the last clause, if a whole statement stands before it.

    An example is «আমি ছুটিতে যাচ্ছি, এক সপ্তাহ কিছু পাঠিও না».
    """
    first = next((at for at, word in enumerate(said[:-1]) if word.ends_clause), -1)
    if first >= 0 and smalltalk.read(written(said[: first + 1])) is not None:
        # «ধন্যবাদ, আর লাগবে না»
        return _request_alone(said[first + 1 :], now, zone)
    at = max((at for at, word in enumerate(said[:-1]) if word.ends_clause), default=-1)
    if at < 0 or said[at].breaks or not (said[at].key.endswith(_OF_ME) or (at and is_weak(said[at].key))):
        return said
    mine = any(word.key in _MINE for word in said[:at]) or said[at].key.endswith(_OF_ME)
    if not mine:
        return said
    # «পাঁচ দিন বাইরে থাকব, খবর পাঠিও না»: so long.
    span = spans.read(said[: at + 1], now, zone)
    return (*said[span.start : span.end], *said[at + 1 :]) if span is not None else said[at + 1 :]


_OF_ME: Final = tuple(words.keys_of("থাকব থাকবো থাকমু যাব যাবো যামু চ্ছি েছি আছি তেছি তাছি গেছি"))
_MINE: Final = frozenset(words.keys_of("আমি আমরা আমার আমাদের ami amra amar"))


def _turned(said: Sequence[Word], now: datetime, zone: ZoneInfo) -> tuple[Sequence[Word], Ending | None]:
    """Return the end of a sentence, its words put in order.

    «… বন্ধ রাখুন, দুই ঘণ্টা» says behind its verb how long, «বিরতি কাল পর্যন্ত» has its noun in front, as on a button.
    """
    end = ending.read(said)
    if end is not None:
        return said, end
    if behind := spans.behind(said, now, zone) or _span_behind_request(said, now, zone):
        moved = (*said[-behind:], *said[:-behind])
        late = ending.read(moved)
        if late is not None and late.act in FORBIDDING:
            return moved, late
    if named := _name_behind(said):
        moved = (*said[-named:], *said[:-named])
        return moved, ending.read(moved)
    if said and said[0].is_a(Kind.BREAK) and spans.read(said[1:], now, zone) is not None:
        moved = (*said[1:], said[0])
        return moved, ending.read(moved)
    return said, None


def _name_behind(said: Sequence[Word]) -> int:
    """Return how many last words are a name.

    It stands behind its request: «আর ফলো করতে চাই না ক্রিকেট».
    """
    for length in range(1, min(len(said), english_wishes.NAME + 1)):
        before, name = said[:-length], said[-length:]
        if any(word.senses or word.kinds for word in name) or not any(
            word.is_a(Kind.FOLLOW, Kind.UNFOLLOW) for word in before
        ):
            continue
        end = ending.read(before)
        if end is not None and end.start == 0 and any(word.senses for word in before):
            return length
    return 0


def _span_behind_request(said: Sequence[Word], now: datetime, zone: ZoneInfo) -> int:
    """Return how many last words say how long.

    No comma stands before them: «চুপ থাকো আজকে সারাদিন».
    """
    span = spans.read(said[1:], now, zone) if len(said) > 1 else None
    if span is None or span.end != len(said) - 1:
        return 0
    before = ending.read(said[: span.start + 1])
    return len(said) - 1 - span.start if before is not None and before.start == 0 else 0


def _request(said: Sequence[Word], end: Ending | None, now: datetime, zone: ZoneInfo) -> Order | Wanted | None:
    begins = breaks.begins(said, end, now, zone) if end is not None else None
    if (found := begins or exceptions.other_days(said, end)) is not None:
        return found
    shows = end is not None and end.act is Act.SHOW
    if (order := listings.read(said, shows=shows) or orders.read(said, end)) is not None:
        return order
    if (excepting := exceptions.read(said, end)) is not None or end is None:
        return excepting
    if (later := breaks.later(said, end, now, zone)) is not None:
        return later
    if shows and any(word.is_a(Kind.REGULAR) or times_beside.comes_again(word) for word in said):
        return _timed(said, objects.freed(said[: end.start]), end)
    return _wanted(said, end, now, zone) if end.act in _ACTS else None


def _wanted(said: Sequence[Word], end: Ending, now: datetime, zone: ZoneInfo) -> Wanted | Order | None:
    before = said[: end.start]
    if _is_a_statement(before):
        return None
    about = _from_now(objects.freed(before))
    span = spans.read(about, now, zone)
    if span is not None:
        about = objects.freed([*about[: span.start], *about[span.end :]])
    if end.act is Act.PAUSE or (end.act is Act.MUTE and about and all(word.key in breaks.SOON for word in about)):
        return breaks.pause(about, span, said)
    if end.act in (Act.SWITCH_OFF, Act.SWITCH_ON):
        return _switched(said, about, end, span)
    if not about:
        return _of_nothing(said, end, span)
    if end.act is Act.MUTE and about[-1].key in spans.UNTIL:
        return Wanted(Act.PAUSE)
    return _timed(said, about, end) or _of_names(said, about, end, span)


def _of_a_day(words: Sequence[Word]) -> bool:
    """Return whether words only name part of a day.

    Examples are সকালের and আজকের.
    """
    spoken = [word.key.removesuffix("ের").removesuffix("র") for word in words]
    return bool(spoken) and all(one in schedule.PARTS or one in _DAYS for one in spoken)


_DAYS: Final = frozenset(words.keys_of("আজক আজ গতকাল কালক দিন সারাদিন রোজক প্রতিদিন ajke gotokal"))


def _timed(said: Sequence[Word], about: Sequence[Word], end: Ending) -> Wanted | Order | None:
    """Read a wish for something at times of day.

    An example is «প্রতিদিন সকাল ৯টায় খেলার খবর দিয়েন».
    """
    if end.act not in (Act.FOLLOW, Act.SHOW) or end.how is EndManner.AT_ONCE:
        return None
    first, rest = times_beside.beside(about) or ("", about)
    parts = [(times_beside.beside(part) or ("", part)) for part in objects.parted(rest)]
    times = [times for times in (first, *(times for times, _ in parts)) if times]
    if not times:
        return None
    if all(_of_a_day(rest) for _, rest in parts):
        # «সকালের খবর রাতে দিও» names no topic.
        return Order("settings", f"time {times[0]}")
    names = [objects.text(objects.freed(rest)) for _, rest in parts if not all(word.key in _POINTING for word in rest)]
    found = _of_names(said, about, end, None)
    if not isinstance(found, Wanted) or not names:
        return None
    # One chat has one set of times: those of several names are joined.
    when = " ".join(sorted(set(" ".join(times).split()))) if len(times) > 1 else times[0]
    return replace(found, act=Act.FOLLOW, objects=tuple(names), whole=" ".join(names), times=when)


def _from_now(about: list[Word]) -> list[Word]:
    """Leave out «কাল থেকে» in front: it comes from now on."""
    match about:
        case [first, joint, _, *_] if first.key in _STARTS and joint.key in breaks.FROM:
            return objects.freed(about[2:])
    return about


_STARTS: Final = frozenset(words.keys_of("আজ আজকে কাল কালকে আগামীকাল এখন এখনই aj kal ekhon"))


def _of_names(
    said: Sequence[Word], about: Sequence[Word], end: Ending, span: spans.WordSpan | None
) -> Wanted | Order | None:
    """Read a request with its objects.

    A question word, or too many words, make a question of it.
    """
    asks = any(word.is_a(Kind.ASKS) and word.key not in frames.WEAK for word in about)
    if asks or len(about) > objects.MOST or (span is not None and end.act is not Act.MUTE):
        return None
    if all(word.key in _POINTING for word in about):
        # «এই বিষয়টা ফলো করো» names nothing: it is asked which. «আগের খবর আবার দেখাও» wants no topic back.
        if end.act is Act.UNMUTE:
            return Order("latest")
        return Wanted(end.act, told=end.act is Act.FOLLOW)
    if end.act is Act.FOLLOW and len(about) > 1 and about[-1].key in _LESS:
        # «অপরাধের খবর কম দিও»: to be left out, or not?
        less = objects.freed(about[:-1])
        return Wanted(Act.EITHER, (objects.text(less),), objects.text(less))
    if end.act is Act.FOLLOW and all(word.key in _MAIN for word in about):
        # «শুধু বড় খবর দিও»: what an editor puts first.
        return Wanted(end.act, ("প্রধান",), "প্রধান", end.how, told=True)
    happens = end.act is Act.FOLLOW and len(about) > 1 and _is_if(about[-1])
    about = objects.freed(about[:-1]) if happens else about
    about = [word for word in about if word.key not in _SOME] if end.act is Act.FOLLOW else about
    told = (
        happens
        or end.told
        or end.how is not None
        or any(word.is_a(Kind.NEWS, Kind.ABOUT, Kind.REGULAR) for word in said)
    )
    both = any(word.is_a(Kind.BOTH) for word in said)
    names = tuple(objects.text(part) for part in objects.parted(about, both=both))
    until = span.until if span is not None else None
    how = end.how or (EndManner.AT_ONCE if happens else None)
    return Wanted(end.act, names, objects.text(about), how, told, doubtful=end.doubtful and not happens, until=until)


def _is_if(word: Word) -> bool:
    """Return whether a word says "if it happens": লাগলে, জিতলে.

    A verb of any stem ends so, and only news stands behind it.
    """
    return word.has_form(VerbForm.IF) or word.key.endswith(("লে", "লেই"))


_MAIN: Final = frozenset(words.keys_of("বড় বড়ো প্রধান গুরুত্বপূর্ণ জরুরি জরুরী শীর্ষ মূল important main big"))
_LESS: Final = frozenset(words.keys_of("কম কমিয়ে বেশি বেশী kom beshi"))
_SOME: Final = frozenset(words.keys_of("কোনো কোনও কিছু kono"))


_POINTING: Final = frozenset(
    words.keys_of(
        "আগের আগেরটা শেষের শেষেরটা পত্রিকা পত্রিকাটা চ্যানেল চ্যানেলটা জিনিস জিনিসটা টপিক "
        "এই এটা এটি এইটা সেই সেটা সেটি ওই ঐ ওটা এ এগুলো এসব সেসব তা বিষয় বিষয়টা বিষয়টি ei eta oi sei this that it"
    )
)


def _is_a_statement(before: Sequence[Word]) -> bool:
    """Return whether more than a name stands before the end.

    That is a second sentence, or another request.
    """
    if any(word.breaks for word in before):
        return True
    return any(word.ends_clause and (word.is_a(Kind.NOT) or word.has_form(*_REQUESTS)) for word in before)


_REQUESTS: Final = (VerbForm.ORDER, VerbForm.LATER, VerbForm.I_DO)


def _switched(said: Sequence[Word], about: Sequence[Word], end: Ending, span: spans.WordSpan | None) -> Wanted | None:
    """Read «বন্ধ করুন» and «চালু করুন».

    They are about all news, or about what is named if news, or its sending, is named with it.
    """
    off = end.act is Act.SWITCH_OFF
    again = any(word.is_a(Kind.AGAIN) for word in said)
    of_news = any(word.is_a(Kind.NEWS, Kind.MESSAGE, Kind.ALERT) or _sends(word) for word in said)
    rest = [word for word in about if not word.is_a(*breaks.ALL_NEWS) and not _sends(word)]
    if not rest:
        if span is not None and off:
            return Wanted(Act.PAUSE, until=span.until)
        everything = of_news or any(word.is_a(Kind.ALL) for word in said) or not about
        return Wanted(end.act, everything=True) if everything else None
    if not of_news and not (again and not off):
        return None
    if off and rest[-1].key.endswith(_IN) and any(word.key.startswith(_SEASONS) for word in rest):
        # «রমজানে খবর বন্ধ», «ঈদের ছুটিতে বন্ধ রাখেন»: until when that is, is asked.
        return Wanted(Act.PAUSE)
    parts = objects.parted(rest)
    act = Act.MUTE if off else Act.UNMUTE if again else Act.FOLLOW
    return Wanted(
        act, tuple(map(objects.text, parts)), objects.text(rest), told=of_news, until=span.until if span else None
    )


_IN: Final = tuple(words.keys_of("ে তে য়"))
_SEASONS: Final = tuple(words.keys_of("রমজান রোজা ঈদ ইদ ছুটি পূজা পুজো পরীক্ষা"))


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
