"""Reads the head of a page.

It has OpenGraph and other meta elements, links to its own other addresses, and the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bot.sources.html.tree import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NO_LETTER = re.compile("[^a-z]")
_COUNTRY = re.compile(r"\.[a-z]{2,3}\.[a-z]{2}$")
_ADDRESS_LINKS = ("canonical", "shortlink", "amphtml")


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's meta elements, title and own addresses.

    Each lower-case name has all its contents in order.
    """

    values: dict[str, list[str]]
    title: str
    canonical: str | None
    addresses: tuple[str, ...]

    def first(self, *names: str) -> str | None:
        """Return the first content of the first name that has one.

        An empty content does not count.
        """
        return next((value for name in names for value in self.values.get(name, ())), None)

    def named(self, *names: str) -> str | None:
        """Return the first content of the first name, letters compared.

        Thus «publish_date», «publish-date» and «publishDate» are one name.
        """
        plain: dict[str, str] = {}
        for name, contents in self.values.items():
            plain.setdefault(_NO_LETTER.sub("", name), contents[0])
        return next((plain[name] for name in names if name in plain), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Return all contents under a name."""
        return tuple(self.values.get(name, ()))


def read_metadata(root: HtmlElement, url: str | None) -> Metadata:
    """Read meta, link and title elements.

    itemprop counts as a name, so microdata is read too.
    """
    values: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().casefold()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            values.setdefault(name, []).append(content)
    title = next((text_of(element) for element in root.iter("title")), "")
    links: dict[str, list[str]] = {rel: [] for rel in _ADDRESS_LINKS}
    for link in root.iter("link"):
        for rel in (link.get("rel") or "").casefold().split():
            if rel in links and (href := (link.get("href") or "").strip()):
                links[rel].append(href)
    base = url or next(iter(links["canonical"]), None) or (values.get("og:url") or [""])[0]
    canonical = next((found for href in links["canonical"] if (found := _address(href, base, url))), None)
    others = [*links["canonical"], *values.get("og:url", ()), *links["shortlink"], *links["amphtml"]]
    addresses = tuple(dict.fromkeys(found for href in others if (found := _address(href, base, url))))
    return Metadata(values, title, canonical, addresses)


def absolute(address: str | None, base: str | None) -> str | None:
    """Return an address resolved against the page's.

    Return None if it is no address.
    """
    if not address or address.startswith("data:"):
        return None
    try:
        return urljoin(base or "", address.strip())
    except ValueError:
        return None


def _address(href: str, base: str | None, fetched: str | None) -> str | None:
    """Return an own address of the page, or None.

    A home page's is a template's mistake, another site's is another article.
    """
    found = absolute(href, base)
    try:
        parts = urlsplit(found or "")
        if parts.scheme not in ("http", "https") or (parts.path in ("", "/") and not parts.query):
            return None
        same = fetched is None or _site(parts.hostname) == _site(urlsplit(fetched).hostname)
    except ValueError:
        return None
    return found if same else None


def _site(host: str | None) -> str:
    """Return the part of a host that subdomains share.

    That is the host without www., m. and amp.: its last two or (…com.bd) three labels.
    """
    labels = (host or "").casefold().split(".")
    return ".".join(labels[-3:] if _COUNTRY.search(".".join(labels)) else labels[-2:])
