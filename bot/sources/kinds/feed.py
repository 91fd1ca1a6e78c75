"""Reads RSS, Atom and RDF by feedparser.

Our own decoder stands before it (sources.md, "Feeds": why this one).
"""

from __future__ import annotations

import re
from collections import deque
from html import unescape
from html.entities import html5
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urljoin, urlsplit

from bot.articles.text.headline import without_site
from bot.articles.text.teasers import cut_teaser
from bot.sources.bounds import FEED, bounded
from bot.sources.decode import decode
from bot.sources.kind import Parsed, SourceContext, SourceKind, opening
from bot.sources.moment import are_days, read_day, read_moment
from bot.sources.pictures import FoundPicture, largest, number, pictures_of
from bot.values.articles import Entry
from bot.values.errors import ParseError
from bot.values.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    _Read: TypeAlias = Callable[[object, SourceContext], datetime | None]

MAX_ENTRIES = 500
"""The newest that are taken of a feed; the largest real one repeats its whole archive."""
MOST_READ = 4000
"""Items that feedparser reads, at .1 ms and 2 kB each: of more the first and the last half, for feeds begin or end with
the newest."""
_ITEM = re.compile(r"<(?:item|entry)\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[a-z]+:)?(?:rss|feed|RDF)\b|<channel\b", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
# The internal subset holds the entities of a bomb; feeds need none.
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^\[>]*(?:\[.*?(?:\]\s*+(?=>)|\Z))?(?:>|\Z)", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"<!ENTITY[^>]*(?:>|\Z)", re.IGNORECASE)
_LINK_AT_END = re.compile(
    r"""<a\b[^>]{0,300}\bhref\s*=\s*["']?([^"'\s>]{1,2000})[^>]{0,300}>[^<]{1,40}</a>(?:\s|<br\s*/?>|</\w+>|&nbsp;)*$""",
    re.IGNORECASE,
)
_LINKS = re.compile(r"<(a|font)\b[^>]*>.{0,2000}?</\1>", re.IGNORECASE | re.DOTALL)
_IMAGE_TEXT = re.compile(r"<image>\s{0,20}(https?://[^<\s]{1,2000})\s{0,20}</image>", re.IGNORECASE)
_IMAGE_LINK = re.compile(
    r"""<image\s{1,20}(?:href|src|url)\s?=\s?["'](https?://[^"'<\s]{1,2000})["']\s{0,20}(?:/>|></image>)""",
    re.IGNORECASE,
)
_IMAGE_NAME = re.compile(r"(?:^|_)(?:image|img|photo|picture|thumb|thumbnail)|(?:image|img|photo|thumb)(?:url)?$")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)\b", re.IGNORECASE)
# Half a surrogate pair or a number that no character has: feedparser fails at it and with it the whole feed.
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9._-]{0,40});")
_CHARACTERS = 0x110000
_NUMBER = re.compile(r"[0-9]{1,7}")
_MOST_NAMES = 4
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400, "yearly": 365 * 86400}


def looks_like(body: bytes, context: SourceContext) -> bool:
    """Return whether a feed's root stands near the start.

    The first 4,000 characters are read, so a PHP warning before it does no harm.
    """
    text = opening(body, context)[:4000]
    return bool(_ROOT.search(text)) and not re.match(r"<(?:!doctype\s+html|html)\b", text, re.IGNORECASE)


def parse(body: bytes, context: SourceContext) -> Parsed:
    """Read a feed: its newest 500 entries, in its own order.

    Raises:
        ParseError: nothing of it is a feed.
    """
    import feedparser  # noqa: PLC0415 - only the worker needs it

    feedparser.RESOLVE_RELATIVE_URIS = 0
    try:
        result = feedparser.parse(BytesIO(_prepared(body, context)), sanitize_html=False, resolve_relative_uris=False)
    except LookupError as error:  # of feedparser 6: an element that closes was never begun where it stands
        raise ParseError("a feed whose elements stand within each other as in no feed") from error
    if not result.entries and not result.get("version"):
        raise ParseError("an XML document without a feed that can be read")
    items = _newest(result.entries, context)
    read = read_day if are_days(dict.get(item, "published") or "" for item in items) else read_moment
    entries = [entry for item in items if (entry := _entry(item, result.feed, context, read)) is not None]
    return Parsed(
        tuple(entries),
        publisher=_line(result.feed.get("title")),
        interval=_interval(result.feed),
        skipped=len(items) - len(entries),
    )


def _prepared(body: bytes, context: SourceContext) -> bytes:
    """Return the feed as clean, declared UTF-8.

    Its DOCTYPE and what a server printed before it are gone.
    """
    text = decode(body, context.charset)
    root = _ROOT.search(text)
    head, rest = (text[: root.start()], text[root.start() :]) if root else ("", text)
    instructions = "".join(_DOCTYPE.sub("", _DECLARATION.sub("", head)).split("<?xml", 1)[:1])
    kept = instructions if instructions.lstrip().startswith("<") else ""
    kept += rest
    # Neither address is kept by feedparser: <image>https://…</image>, <image href="https://…"/>.
    pictured = _IMAGE_TEXT.sub(r"<image><url>\1</url></image>", _IMAGE_LINK.sub(r"<image><url>\1</url></image>", kept))
    plain = bounded(_fewer(_ENTITY.sub("", _DOCTYPE.sub("", pictured))), FEED)
    clean = _NAMED.sub(_named, _REFERENCE.sub(_character, plain))
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + clean).encode("utf-8", "replace")


def _fewer(text: str) -> str:
    """Return a feed without the middle of its items.

    Where it has more than `MOST_READ`.
    """
    starts = [item.start() for item in islice(_ITEM.finditer(text), MOST_READ + 1)]
    if len(starts) <= MOST_READ:
        return text
    last: deque[int] = deque((item.start() for item in _ITEM.finditer(text)), MOST_READ // 2)
    return text[: starts[MOST_READ // 2]] + text[last[0] :]


def _character(reference: re.Match[str]) -> str:
    """Return the character of a numeric reference, else ""."""
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    digits = digits.lstrip("0")
    code = int(digits, base) if 0 < len(digits) <= len(str(_CHARACTERS)) else 0
    return "" if code == 0 or code >= _CHARACTERS or 0xD800 <= code < 0xE000 else reference[0]  # noqa: PLR2004


def _named(reference: re.Match[str]) -> str:
    """Return a reference by name if everybody knows the name.

    For an entity that the feed declares itself return "": undone it is no text to be shown.
    """
    return reference[0] if f"{reference[1]};" in html5 else ""


def _entry(item: dict[str, Any], feed: dict[str, Any], context: SourceContext, read: _Read) -> Entry | None:
    title, html = _line(item.get("title")), _content(item)
    url = _join(item.get("link"), context)
    guid = str(item.get("id") or "").strip() or None
    outlet = _credited(item, feed)
    if outlet and title:
        # An aggregator's own text is a list of headlines with their outlets.
        title, html = without_site(title, (outlet,)), _LINKS.sub(" ", html)
    from bot.sources.html.paragraphs import text_paragraphs  # noqa: PLC0415 - lxml

    paragraphs = cut_teaser(text_paragraphs(_without_link_back(html, item)))
    if not title or not (url or guid or paragraphs):
        return None
    categories, tags = _terms(item, feed)
    return Entry(
        title=title,
        body=tuple(paragraphs),
        publisher=outlet,
        credited=outlet is not None,
        url=url,
        guid=guid,
        addresses=tuple(found for found in (_join(item.get("feedburner_origlink"), context),) if found),
        published=_moment(item, "published", context, read),
        updated=_moment(item, "updated", context, read),
        byline=_byline(item, feed),
        tags=tags,
        categories=categories,
        image=_join(_image(item, html), context),
    )


def _byline(item: dict[str, Any], feed: dict[str, Any]) -> str | None:
    """Return who wrote an item; of several dc:creator all.

    The feed's own name in the author's place is nobody's.
    """
    names = [name for person in item.get("authors") or () if (name := _line(person.get("name")))]
    told = ", ".join(dict.fromkeys(names[:_MOST_NAMES])) if len(names) > 1 else _line(item.get("author"))
    return None if told == _line(feed.get("title")) else told


def _credited(item: dict[str, Any], feed: dict[str, Any]) -> str | None:
    """Return the outlet that an item credits in its <source>.

    Return None if that is the feed's own name or no name.
    """
    source = item.get("source")
    name = _line(source.get("title")) if isinstance(source, dict) else None
    return name if name and name != _line(feed.get("title")) and not name.startswith("http") else None


def _without_link_back(html: str, item: dict[str, Any]) -> str:
    """Return a text without a final link back.

    A short link to the item itself is a button, whatever it says.
    """
    match = _LINK_AT_END.search(html[-4500:])
    own = {str(item.get(name) or "").strip() for name in ("link", "id")}
    if match is None or unescape(match[1]) not in own:
        return html
    return html[: len(html) - len(match[0])] + "…"


def _content(item: dict[str, Any]) -> str:
    """Return the fullest text of an item: content:encoded, else the description."""
    contents = [
        part.get("value") or ""
        for part in item.get("content") or ()
        if "text" in str(part.get("type") or "text") or "xml" in str(part.get("type"))
    ]
    full = max(contents, key=len, default="")
    summary = str(item.get("summary") or "")
    return full if len(full) >= len(summary) or full.strip() else summary


def _moment(item: dict[str, Any], name: str, context: SourceContext, read: _Read) -> datetime | None:
    """Return the moment of a date, read ourselves.

    feedparser takes a date without a zone for UTC and knows no Bengali word.
    """
    # dict's own get: feedparser's gives the published date for a missing updated one, with a warning.
    return read(dict.get(item, name), context)


def _terms(item: dict[str, Any], feed: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part categories from tags, which RSS does not.

    A category with a section's address as its domain is a section. If no item has one, the first term is the category
    and the rest are tags: WordPress prints sections before tags, and a single term is a section anywhere.
    """
    terms = [
        (name, str(tag.get("scheme") or ""))
        for tag in item.get("tags") or ()
        if (name := _line(tag.get("label") or tag.get("term")))
    ]
    sections = [name for name, scheme in terms if _path(scheme) not in ("", "/")]
    if (
        not sections
        and terms
        and (
            len(terms) == 1
            or "wordpress" in str(feed.get("generator") or "").casefold()
            or "?p=" in str(item.get("id"))
        )
    ):
        sections = [terms[0][0]]
    return tuple(sections), tuple(name for name, _ in terms if name not in sections)


def _path(address: str) -> str:
    """Return the path of an address, "" if it is none."""
    try:
        return urlsplit(address).path if address.startswith("http") else ""
    except ValueError:
        return ""


def _image(item: dict[str, Any], html: str) -> str | None:
    """Return an item's largest picture.

    It is sought in enclosures, media:content and media:thumbnail, then in <image>, then in the text.
    """
    media = [
        FoundPicture(str(address), number(part.get("width")), number(part.get("height")))
        for part in (*(item.get("enclosures") or ()), *(item.get("media_content") or ()))
        if (address := part.get("href") or part.get("url")) and _is_picture(part, str(address))
    ]
    thumbnails = [
        FoundPicture(str(part["url"]), number(part.get("width")), number(part.get("height")))
        for part in item.get("media_thumbnail") or ()
        if part.get("url")
    ]
    own = [
        FoundPicture(address)
        for name in item
        if (name in ("href", "src") or _IMAGE_NAME.search(name)) and (address := _own(item, name))
    ]
    return largest(media) or largest(own) or largest(thumbnails) or largest(pictures_of(html))


def _is_picture(part: dict[str, Any], address: str) -> bool:
    kind = f"{part.get('type') or ''} {part.get('medium') or ''}"
    return "image" in kind or (not kind.strip() and bool(_PICTURE_FILE.search(address)))


def _own(item: dict[str, Any], name: str) -> str | None:
    """Return an item's own picture address.

    feedparser puts <image><url> under ``href``.
    """
    value = dict.get(item, name)
    if isinstance(value, dict):
        value = value.get("href") or value.get("url") or value.get("src")
    return value.strip() if isinstance(value, str) and value.strip().startswith(("http", "/")) else None


def _newest(items: list[dict[str, Any]], context: SourceContext) -> list[dict[str, Any]]:
    """Return at most 500 items, the newest.

    If one has no date these are the first 500, for feeds begin with the newest.
    """
    if len(items) <= MAX_ENTRIES:
        return items
    dated = [
        (_moment(item, "published", context, read_moment) or _moment(item, "updated", context, read_moment), position)
        for position, item in enumerate(items)
    ]
    known = [(moment, position) for moment, position in dated if moment is not None]
    if len(known) < len(items):
        return items[:MAX_ENTRIES]
    kept = {position for _, position in sorted(known, reverse=True)[:MAX_ENTRIES]}
    return [item for position, item in enumerate(items) if position in kept]


def _interval(feed: dict[str, Any]) -> int | None:
    """Return how often the feed is renewed, in seconds.

    It is the longer of ttl (minutes) and sy:updatePeriod divided by sy:updateFrequency.
    """
    asked = []
    ttl = str(feed.get("ttl") or "").strip()
    if _NUMBER.fullmatch(ttl):
        asked.append(int(ttl) * 60)
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().casefold())
    if period:
        frequency = str(feed.get("sy_updatefrequency") or "1").strip()
        asked.append(period // (max(1, int(frequency)) if _NUMBER.fullmatch(frequency) else 1))
    return max(asked, default=None)


def _join(address: object, context: SourceContext) -> str | None:
    try:
        return urljoin(context.url or "", str(address).strip()) if address else None
    except ValueError:
        return None


def _line(text: object) -> str | None:
    from bot.sources.html.paragraphs import html_text  # noqa: PLC0415 - lxml

    return (html_text(str(text)) or None) if text else None


KIND = SourceKind("feed", "RSS feed", 30, looks_like, parse, shown=Wording("ফিড", "a feed"))
