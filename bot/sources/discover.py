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
_LOOSE_TYPES = ("", "text/xml", "application/xml", "application/json")
_CALLED = re.compile(
    r"(?:^|[\s_-])(?:rss|atom|feed|feeds|ফিড|আরএসএস)(?:$|[\s_-])|application/(?:rss|atom)\+xml", re.IGNORECASE
)
_FEED_SCHEME = re.compile(r"^feed:(?=https?:|/(?!/)|[^/])|^feed(?=://)", re.IGNORECASE)  # feed:https://…, feed://host
_LABEL = 30  # letters of a link that says «RSS»
_HEAD = 256 * 1024
"""Bytes looked at: feeds are named in a page's head."""
# A WordPress story names the feed of its own comments beside the site's.
_FEED = re.compile(r"(?:\.(?:xml|rss|atom|rdf)|/(?:feed|feeds|rss|atom)/?|[?&]feed=\w+|/rss\w*\.\w+)$", re.IGNORECASE)
_MOST = 5
_COMMENTS = ("/comments/feed", "comments")


def feeds(body: bytes, charset: str | None, url: str) -> list[str]:
    """Return the addresses of a page's feeds.

    Those in its head (rel=alternate) come before those that its links lead to («…/rss.xml», «…/feed/»), and the site's
    own before its comments'.
    """
    links = _Links()
    with suppress(AssertionError):  # what the standard library says to some «<![» of hostile pages
        links.feed(decode(body[:_HEAD], charset))
    found = []
    for href in (*links.found, *links.perhaps[:_MOST]):
        try:
            address = urljoin(urljoin(url, links.base), href.strip())
            if urlsplit(address).scheme in ("http", "https") and address not in found:
                found.append(address)
        except ValueError:
            continue
    return sorted(found, key=lambda address: any(mark in address for mark in _COMMENTS))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base = ""
        self.found: list[str] = []
        self.perhaps: list[str] = []
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        href = _FEED_SCHEME.sub(_web, said.get("href", ""))
        if tag == "base":
            self.base = self.base or href
        elif tag == "link" and href and _names_feed(said, href):
            self.found.append(href)
        elif tag == "a":
            self._link = href
            told = " ".join(said.get(name, "") for name in ("class", "id", "title", "aria-label", "type"))
            if href != said.get("href", "") or _FEED.search(href.split("#")[0]) or _CALLED.search(told):
                self.perhaps.append(href)
        elif self._link and _CALLED.search(f"{said.get('class', '')} {said.get('alt', '')}"):
            self.perhaps.append(self._link)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._link = ""

    def handle_data(self, data: str) -> None:
        if self._link and len(data) <= _LABEL and _CALLED.search(data):
            self.perhaps.append(self._link)


def _web(scheme: re.Match[str]) -> str:
    return "" if scheme[0].endswith(":") else "https"


def _names_feed(said: dict[str, str], href: str) -> bool:
    """Return whether a <link> names a feed.

    It does by rel=feed, by its type, or by its address with a type that other files have too.
    """
    rel = said.get("rel", "").lower().split()
    kind = said.get("type", "").lower().partition(";")[0].strip()
    seems = kind in _LOOSE_TYPES and bool(_FEED.search(href.split("#", maxsplit=1)[0]))
    return "feed" in rel or ("alternate" in rel and (kind in _TYPES or seems))
