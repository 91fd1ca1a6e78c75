"""Finds the feeds that a page names.

A reader gives the address of a site or a story, the site has a feed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from bot.sources.decode import decode

_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_HEAD = 256 * 1024
"""Bytes looked at: feeds are named in a page's head."""
# A WordPress story names the feed of its own comments beside the site's.
_FEED = re.compile(r"(?:\.(?:xml|rss|atom|rdf)|/(?:feed|feeds|rss|atom)/?|[?&]feed=\w+|/rss\w*\.\w+)$", re.IGNORECASE)
_MOST = 5
_COMMENTS = ("/comments/feed", "comments")


def feeds(body: bytes, charset: str | None, url: str) -> list[str]:
    """Return the addresses of a page's feeds.

    The site's own before its comments'.
    In its head (rel=alternate) first, then those that its links lead to by their address («…/rss.xml», «…/feed/»).
    """
    links = _Links()
    with suppress(AssertionError):  # what the standard library says to some «<![» of hostile pages
        links.feed(decode(body[:_HEAD], charset))
    found = []
    for href in (*links.found, *links.perhaps[:_MOST]):
        try:
            address = urljoin(url, href.strip())
            if urlsplit(address).scheme in ("http", "https") and address not in found:
                found.append(address)
        except ValueError:
            continue
    return sorted(found, key=lambda address: any(mark in address for mark in _COMMENTS))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.perhaps: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        kind = said.get("type", "").lower().partition(";")[0].strip()
        alternate = tag == "link" and "alternate" in said.get("rel", "").lower().split()
        if alternate and kind in _TYPES and said.get("href"):
            self.found.append(said["href"])
        elif tag == "a" and _FEED.search(said.get("href", "").split("#")[0]):
            self.perhaps.append(said["href"])
