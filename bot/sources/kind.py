"""Defines a kind of source.

A kind knows its bytes and turns them into entries. Each is one file in ``kinds`` and is found by being there; nothing
else has to learn of it.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sources.decode import declares_utf7, decode
from bot.values.articles import DHAKA
from bot.values.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.values.articles import Entry, Sighting
    from bot.values.wording import Wording

MEBIBYTE = 1024 * 1024
MAX_BYTES = 8 * MEBIBYTE
"""Most bytes of a feed or page; the largest real feed of 253 had 2.4 MB."""
_OPENING = 64 * 1024


@dataclass(frozen=True, slots=True)
class SourceContext:
    """What is known about some bytes before they are read.

    ``url`` is where they came from (relative links are resolved against it), ``charset`` what the Content-Type header
    says, ``zone`` the IANA name that dates without a zone are in. ``live`` says that they came from there just now; on
    a saved page «২ ঘণ্টা আগে» names no time. ``scope`` is the source whose entries are to be named, "" for none.
    ``unread`` gathers the texts of dates that were not understood.
    """

    url: str | None
    content_type: str | None
    charset: str | None
    now: datetime
    zone: str = DHAKA
    live: bool = True
    scope: str = ""
    unread: list[str] = field(default_factory=list, compare=False)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What bytes held.

    ``sightings`` are the entries with their names, if a source was given.
    ``publisher`` is the feed's or site's own name. ``interval`` is how many seconds the source asks to be left alone
    (the longer of ttl and sy:updatePeriod).
    ``skipped`` counts items that could not be read, ``refused`` says what was left out of some for its size, and why,
    ``unread_dates`` are texts that stand where dates do and are none that is understood. ``spent`` are the seconds of
    a worker's CPU that reading took.
    """

    entries: tuple[Entry, ...]
    publisher: str | None = None
    interval: int | None = None
    skipped: int = 0
    unread_dates: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    spent: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class SourceKind:
    """A kind of source.

    ``label`` is for logs and errors («RSS feed»), ``shown`` for admins in their language. ``order`` says when it is
    asked whether bytes look like it: the more specific, the lower. ``looks_like`` reads the opening only and never
    raises. ``parse`` raises ParseError, and imports what is heavy inside: trafilatura, lxml and feedparser are 63
    MB that only the worker process needs.
    """

    name: str
    label: str
    order: int
    looks_like: Callable[[bytes, SourceContext], bool]
    parse: Callable[[bytes, SourceContext], Parsed]
    max_bytes: int = MAX_BYTES
    shown: Wording = field(kw_only=True)


def kinds() -> dict[str, SourceKind]:
    """Return every kind by name, specific ones first.

    Each module of ``bot.sources.kinds`` that holds a ``KIND``.
    The package's ``__path__`` is looked through at every call, so a folder that is added to it counts.
    """
    package = importlib.import_module("bot.sources.kinds")
    found = []
    for module in pkgutil.iter_modules(package.__path__):
        if not module.name.startswith("_"):
            kind = getattr(importlib.import_module(f"{package.__name__}.{module.name}"), "KIND", None)
            if isinstance(kind, SourceKind):
                found.append(kind)
    return {kind.name: kind for kind in sorted(found, key=lambda kind: (kind.order, kind.name))}


def recognise(body: bytes, context: SourceContext) -> SourceKind:
    """Return the kind that the bytes look like.

    Raises:
        ParseError: nothing is there, it is binary, a refusal, or of no kind.
    """
    check(body, context)
    for kind in kinds().values():
        if kind.looks_like(body, context):
            return kind
    raise ParseError(*describe(body, context))


def check(body: bytes, context: SourceContext) -> None:
    """Raise unless the bytes may be parsed.

    Raises:
        ParseError: an empty body, a file of another kind altogether (named if known), or a page that refuses robots.
    """
    if not body.strip():
        raise ParseError("an empty body: the source sent nothing")
    for magic, name in _MAGIC:
        if body.startswith(magic):
            raise ParseError(f"{name}, not text")
    if declares_utf7(body, context.charset):
        raise ParseError("it says that it is UTF-7, an encoding in which no site is read here")
    text = opening(body, context)
    if _is_binary(text):
        raise ParseError("binary data, not text")
    refusal = _refusal(text)
    if refusal is not None:
        raise ParseError(refusal)


def opening(body: bytes, context: SourceContext) -> str:
    """Return the first 64 KiB as text.

    White space before it is removed: the rest is enough to know what it is.
    """
    return decode(body[:_OPENING], context.charset).lstrip("\ufeff \t\r\n")


def fingerprint(body: bytes) -> str:
    """Return a hash that only news changes.

    It is light enough to be asked before anything is parsed; an equal body need never be parsed again. It is equal for
    two fetches of a feed with nothing new: lastBuildDate and the like are left out.
    """
    return hashlib.sha256(_TICKING.sub(b"", body)).hexdigest()


# What changes at every fetch of the same feed: the moment it was built, and comments with the cache's timing.
_TICKING = re.compile(
    rb"<lastBuildDate>[^<]{0,100}</lastBuildDate>|<!--[^<>]{0,400}-->|"
    rb"(?<=</title>)\s{0,40}<pubDate>[^<]{0,100}</pubDate>(?=[^<]{0,40}<(?:link|description|language|generator|ttl))",
    re.IGNORECASE,
)
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"\x1f\x8b", "packed data (gzip)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture or sound"),
    (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"ID3", "a sound file"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
)
_MOSTLY = 0.02  # the share of control and replacement characters above which it is no text
_CLOUDFLARE = (
    "attention required! | cloudflare",
    "<title>just a moment...",
    "cf-error-details",
    "cf-browser-verification",
    "challenge-platform/h/",
    "/cdn-cgi/challenge-platform/",
    "cf_chl_opt",
)
_REFUSALS = (
    ("<title>access denied", "the site refuses robots (Access Denied)"),
    ("<title>403 forbidden", "the site refuses robots (403 Forbidden)"),
    ("<title>404 not found", "the page is not there (404 Not Found)"),
    ("<title>502 bad gateway", "the site is out of order (502 Bad Gateway)"),
    ("<title>503 service", "the site is out of order (503)"),
    ("<title>sucuri website firewall", "blocked by a firewall (Sucuri)"),
    ("<title>ddos-guard", "blocked by DDoS-Guard"),
)


def describe(body: bytes, context: SourceContext) -> tuple[str, str]:
    """Describe bytes of no known kind.

    Return what they seem to be in words, and its name (ParseError.found).
    """
    text = opening(body, context)
    if text[:1] in ("{", "["):
        posts = '"rendered"' in text and ('"date_gmt"' in text or '"wp:' in text or '"slug"' in text)
        if posts or '"wp/v2"' in text:
            return "posts of WordPress's REST interface, which can't be read yet: give the site's feed", "wordpress"
        return "JSON, but no JSON Feed and no file of articles", ""
    if re.search(r"<opml\b", text[:4000], re.IGNORECASE):
        return "OPML, a list of feeds: give one of the feeds it names", "opml"
    if re.search(r"<(?:urlset|sitemapindex)\b", text[:4000]):
        return "a sitemap, which can't be read yet: give the site's feed or an article's address", "sitemap"
    if text.startswith("<"):
        return "XML, but no RSS, Atom or RDF feed", ""
    return "neither a feed, an article page nor a text that could be read as an article", ""


def _is_binary(text: str) -> bool:
    odd = sum(text.count(chr(code)) for code in (*range(9), 11, *range(14, 32), 127, 0xFFFD))
    return odd > len(text) * _MOSTLY + 3


def _refusal(text: str) -> str | None:
    low = text[:20_000].casefold()
    if "<html" not in low and "<title" not in low:
        return None
    # Sites behind Cloudflare carry its scripts in good pages too; a challenge has little else.
    marks = [mark for mark in _CLOUDFLARE if mark in low]
    if marks and (marks[0] in _CLOUDFLARE[:3] or ("<article" not in low and "og:title" not in low)):
        return "blocked by Cloudflare: the site shows robots a page to prove that they are people"
    return next((words for mark, words in _REFUSALS if mark in low), None)
