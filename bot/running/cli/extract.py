"""`khobor extract FILE`: prints what is understood; stores nothing."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING

from bot.running.cli.reading import read
from bot.sources import worker
from bot.sources.kind import SourceContext
from bot.values.articles import DHAKA, Entry

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.clockwork.clock import Clock


async def extract(path: Path, url: str | None, clock: Clock) -> list[dict[str, object]]:
    """Return a file's entries as plain values.

    Times are in ISO 8601 UTC.

    Raises:
        ParseError: the file cannot be read, or is nothing that articles can be read from.
    """
    context = SourceContext(url=url, content_type=None, charset=None, now=clock(), zone=DHAKA, live=False)
    _, parsed = await worker.parse(await read(path), context)
    return [_plain(entry) for entry in parsed.entries]


def _plain(entry: Entry) -> dict[str, object]:
    return {
        "title": entry.title,
        "publisher": entry.publisher,
        "published_at": _time(entry.published),
        "updated_at": _time(entry.updated),
        "dateline": entry.dateline,
        "byline": entry.byline,
        "body": list(entry.body),
        "wire_sources": list(entry.wire_sources),
        "tags": list(entry.tags),
        "views": entry.views,
        "image": entry.image,
    }


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def print_json(entries: list[dict[str, object]]) -> str:
    """Print one entry as an object, several as an array."""
    return json.dumps(entries[0] if len(entries) == 1 else entries, ensure_ascii=False, indent=2)


def print_words(entries: list[dict[str, object]]) -> str:
    """Print entries for the eye."""
    blocks = []
    for entry in entries:
        lines = [
            f"{name + ':':14}{value}" for name, value in entry.items() if name != "body" and value not in (None, [])
        ]
        body = entry["body"]
        paragraphs = body if isinstance(body, list) else []
        blocks.append("\n\n".join(["\n".join(lines), *map(str, paragraphs)]))
    return "\n\n---\n\n".join(blocks)
