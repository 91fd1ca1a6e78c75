"""The summaries of real articles as a file import would bring them.

A JSON line each, for whoever judges them.
Used by `python -m tests.benchmarks.summary --dump`. The texts are read from $KHOBOR_SHARED.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.articles.draft import draft_cleaned
from bot.sources.kind import SourceContext
from bot.sources.worker import parse_here
from bot.values.articles import DHAKA

if TYPE_CHECKING:
    from pathlib import Path


def dump(articles: Path) -> None:
    """Print {id, title, body, summary} of every article.

    ``body`` is the source's own, before any cleaning.
    """
    context = SourceContext(url=None, content_type=None, charset=None, now=datetime.now(UTC), zone=DHAKA)
    for line in articles.read_bytes().splitlines():
        told = json.loads(line)
        # Alone, as one of a file: entries of one file do not touch each other.
        _, parsed = parse_here(line + b"\n", context)
        for entry in parsed.entries:
            draft = draft_cleaned(entry, "0")
            record = {"id": told["id"], "title": told["title"], "body": told["body"], "summary": draft.summary}
            print(json.dumps(record, ensure_ascii=False))
