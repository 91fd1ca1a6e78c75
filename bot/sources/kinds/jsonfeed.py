"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from bot.articles.text.teasers import cut_teaser
from bot.sources.decode import decode
from bot.sources.kind import Parsed, SourceContext, SourceKind, opening
from bot.sources.moment import read_moment
from bot.sources.pictures import first, largest, pictures_of
from bot.values.articles import Entry
from bot.values.errors import ParseError
from bot.values.wording import Wording

MAX_ENTRIES = 500
MOST_PARTS = 200_000
"""Objects and lists, at 100 bytes each once read."""


def looks_like(body: bytes, context: SourceContext) -> bool:
    """Return whether it is a JSON Feed.

    A JSON object that names JSON Feed as its version.
    """
    text = opening(body, context)
    return text.startswith("{") and "jsonfeed.org/version/" in text.replace("\\/", "/")


def parse(body: bytes, context: SourceContext) -> Parsed:
    """Read the newest 500 items.

    Raises:
        ParseError: no JSON, or JSON that is no feed.
    """
    if body.count(b"{") + body.count(b"[") > MOST_PARTS:
        raise ParseError("a JSON feed of more parts than any feed has")
    try:
        feed = json.loads(decode(body, context.charset))
    except (ValueError, RecursionError) as error:
        raise ParseError("a JSON feed that can't be read: it is cut short or damaged") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise ParseError("JSON without a list of items: no JSON Feed")
    found = [entry for item in items if isinstance(item, dict) and (entry := _entry(item, feed, context)) is not None]
    return Parsed(
        tuple(found[:MAX_ENTRIES]),
        publisher=_text(feed.get("title")),
        skipped=len(items) - len(found),
    )


def _entry(item: dict[str, Any], feed: dict[str, Any], context: SourceContext) -> Entry | None:
    from bot.sources.html.paragraphs import html_text, text_paragraphs  # noqa: PLC0415 - lxml

    html = _text(item.get("content_html"))
    plain = _text(item.get("content_text")) or _text(item.get("summary"))
    paragraphs = cut_teaser(text_paragraphs(html) if html else (plain or "").splitlines())
    title = html_text(_text(item.get("title")) or "")
    url = _address(item.get("url") or item.get("external_url"), context)
    guid = _text(item.get("id"))
    if not title or not (url or guid or paragraphs):
        return None
    return Entry(
        title=title,
        body=tuple(paragraphs),
        url=url,
        guid=guid,
        published=read_moment(item.get("date_published"), context),
        updated=read_moment(item.get("date_modified"), context),
        byline=_authors(item) or _authors(feed),
        tags=tuple(tag for tag in _list(item.get("tags")) if isinstance(tag, str)),
        image=_address(
            first(_text(item.get("image")), _text(item.get("banner_image"))) or largest(pictures_of(html or "")),
            context,
        ),
    )


def _authors(holder: dict[str, Any]) -> str | None:
    people = [*_list(holder.get("authors")), holder.get("author")]
    names = [name for person in people if isinstance(person, dict) and (name := _text(person.get("name")))]
    return ", ".join(dict.fromkeys(names)) or None


def _address(value: object, context: SourceContext) -> str | None:
    text = _text(value)
    try:
        return urljoin(context.url or "", text) if text else None
    except ValueError:
        return None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    """Return a text, or a number as text.

    Version 1.0 allowed ids that are numbers.
    """
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    return value.strip() if isinstance(value, str) and value.strip() else None


KIND = SourceKind("jsonfeed", "JSON Feed", 10, looks_like, parse, shown=Wording("ফিড", "a feed"))
