"""An article page in HTML, fetched or saved."""

from __future__ import annotations

import re

from bot.sources.decode import decode
from bot.sources.kind import MEBIBYTE, Parsed, SourceContext, SourceKind, opening
from bot.values.errors import ParseError
from bot.values.wording import Wording

_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|article|div|section|main|table|p|h1|h2)\b", re.IGNORECASE
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b", re.IGNORECASE)


def looks_like(body: bytes, context: SourceContext) -> bool:
    """Return whether the bytes open with HTML and are no feed."""
    text = opening(body, context)
    start = text[:4000]
    return start.startswith("<") and bool(_HTML.search(text)) and not _FEED.search(start)


def parse(body: bytes, context: SourceContext) -> Parsed:
    """Read a page's one article.

    Raises:
        ParseError: the page has no article, and why.
    """
    from bot.sources.html.article import read_article  # noqa: PLC0415 - lxml and trafilatura, which only the worker needs

    try:
        entry = read_article(decode(body, context.charset), context)
    except RecursionError as error:
        raise ParseError("a page nested too deeply to be read") from error
    return Parsed((entry,), publisher=entry.publisher)


KIND = SourceKind(
    "page", "article page", 40, looks_like, parse, max_bytes=4 * MEBIBYTE, shown=Wording("খবরের পাতা", "a story's page")
)
