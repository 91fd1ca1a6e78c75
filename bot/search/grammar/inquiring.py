"""Reads a question: what it is about, and of which days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.bangla.normalise import display, key
from bot.search.grammar import day_stretches, days, ending, english, exceptions, frames, objects, words
from bot.search.grammar.acts import Act
from bot.search.grammar.intents import Inquiry
from bot.search.grammar.sentence import Word, written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.search.grammar.ending import Ending

LONGEST: Final = 300
"""Characters of a message that may be a request."""


def inquiry(text: str, now: datetime, zone: ZoneInfo) -> Inquiry:
    """Read a message as a question, whatever else it may be."""
    asked = english.read(key(text)) if not words.has_quotes(text) else None
    if asked is not None and asked.act is Act.SHOW:
        text = asked.about
    sentence = words.read(text)
    end = None if sentence.quoted or len(text) > LONGEST else ending.read(sentence.words)
    return _inquiry(text, sentence.words, end, now, zone)


def _inquiry(text: str, said: Sequence[Word], end: Ending | None, now: datetime, zone: ZoneInfo) -> Inquiry:
    """Free a question of its frame and of its days."""
    if words.has_quotes(text):
        return _quoted(text, now, zone)
    shows = end is not None and end.act in (Act.SHOW, Act.FOLLOW)
    before = said[: _start(said, end)] if end is not None and shows else said
    without = tuple(piece.lstrip("-") for piece in display(text).split() if _is_left_out(piece))
    if shows and (excepted := exceptions.parts(before)) is not None and objects.freed(excepted[1]):
        names = objects.parted(objects.freed(excepted[0]))
        without += tuple(min(objects.plain(objects.text(name)), key=len) for name in names)
        before = excepted[1]
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


def _start(said: Sequence[Word], end: Ending) -> int:
    """Return where the end begins; «১৫ ডিসেম্বর থেকে» belongs before it."""
    begins = end.start < len(said) and said[end.start].key in day_stretches.TO
    return end.start + begins


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
