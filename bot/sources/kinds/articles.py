"""Reads a file of articles, one JSON object a line.

An object is {id, source, title, body, url?, date?, category?, author?, keywords?}.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.sources.decode import decode
from bot.sources.kind import MEBIBYTE, Parsed, SourceContext, SourceKind, opening
from bot.sources.moment import are_days, read_day, read_moment
from bot.values.articles import Entry
from bot.values.errors import ParseError
from bot.values.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

_TITLE, _BODY = ("title", "headline"), ("body", "text", "content")


def looks_like(body: bytes, context: SourceContext) -> bool:
    """Return whether the first line is an article.

    That is an object with a title and a text.
    """
    text = opening(body, context)
    if not text.startswith("{"):
        return False
    line, _, rest = text.partition("\n")
    record = _record(line)
    if record is not None:
        return _text(record, _TITLE) is not None and _text(record, _BODY) is not None
    # A first line longer than the opening cannot be read yet.
    return not rest and '"title"' in line and '"body"' in line and '"version"' not in line[:300]


def parse(body: bytes, context: SourceContext) -> Parsed:
    """Read every line; one that is no article is skipped and counted.

    Raises:
        ParseError: not one line is an article.
    """
    entries: list[Entry] = []
    skipped = 0
    records = [_record(line) for line in decode(body, context.charset).split("\n") if line.strip()]
    read = read_day if are_days(_date(record) or "" for record in records if record) else read_moment
    for record in records:
        entry = _entry(record, context, read)
        if entry is None:
            skipped += 1
        else:
            entries.append(entry)
    if not entries:
        raise ParseError(f"no article in any of {skipped} lines")
    publishers = {entry.publisher for entry in entries}
    return Parsed(
        tuple(entries),
        publishers.pop() if len(publishers) == 1 else None,
        skipped=skipped,
    )


def _record(line: str) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _date(record: dict[str, Any]) -> object:
    return record.get("date") or record.get("published")


def _entry(
    record: dict[str, Any] | None, context: SourceContext, read: Callable[[object, SourceContext], datetime | None]
) -> Entry | None:
    if record is None:
        return None
    title, body = _text(record, _TITLE), _text(record, _BODY)
    if title is None or body is None:
        return None
    return Entry(
        title=" ".join(title.split()),
        body=tuple(line.strip() for line in body.splitlines() if line.strip()),
        publisher=_text(record, ("source", "publisher")),
        url=_text(record, ("url", "link")),
        guid=_text(record, ("id",)),
        published=read(_date(record), context),
        updated=read(record.get("updated"), context),
        byline=_text(record, ("author", "byline")),
        tags=tuple(_texts(record.get("keywords") or record.get("tags"))),
        categories=tuple(_texts(record.get("category"))),
        image=_text(record, ("image",)),
    )


def _text(record: dict[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = record.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
            return str(value)
    return None


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


KIND = SourceKind(
    "articles",
    "file of articles (JSON lines)",
    20,
    looks_like,
    parse,
    max_bytes=64 * MEBIBYTE,
    shown=Wording("হাতে আনা ফাইল", "imported files"),
)
