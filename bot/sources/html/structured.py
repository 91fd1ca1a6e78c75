"""Reads what a page says about itself for machines.

It says it in the JSON-LD blocks of schema.org.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.articles.address import canonical_address, canonical_addresses
from bot.bangla.normalise import key
from bot.sources.html.paragraphs import html_paragraphs, html_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

_ARTICLE_TYPES = frozenset(
    [
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "askpublicnewsarticle",
        "blogposting",
        "socialmediaposting",
        "liveblogposting",
        "report",
        "satiricalarticle",
    ]
)
_BODIES = frozenset(("organization", "newsmediaorganization", "corporation", "localbusiness"))
_MOST_NAMES = 4
_LIST_TYPES = frozenset(("itemlist", "collectionpage", "searchresultspage"))
_MOST_ARTICLES, _LONGEST_LINE, _SHORTEST = 3, 400, 8
_DEEPEST, _MOST_NODES, _MOST_CHARACTERS = 24, 4000, 2_000_000
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_LINE_BREAKS = re.compile(r"[\r\n\t]+")


@dataclass(frozen=True, slots=True)
class Structured:
    """The fields of a page's own description.

    Texts are as printed, dates unread.
    ``parted`` says that the body comes in the paragraphs it was written in.
    """

    is_article: bool = False
    is_list: bool = False
    parted: bool = False
    title: str | None = None
    body: tuple[str, ...] = ()
    publisher: str | None = None
    site_description: str | None = None
    author: str | None = None
    published: object = None
    updated: object = None
    image: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    url: str | None = None


def read_structured(root: HtmlElement, addresses: Iterable[str] = (), titles: Iterable[str] = ()) -> Structured:
    """Read every JSON-LD block as far as it goes.

    A WebPage stands in for a missing article's dates. Among several articles the one with the page's address or
    headline (``titles``, as its head and body give them) is meant; if none has, all are other news.
    """
    nodes = [
        node for script in root.iter("script") if _is_json_ld(script) for node in _nodes(load_json(script.text or ""))
    ]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _types(node) & _ARTICLE_TYPES]
    pages = [node for node in nodes if "webpage" in _types(node)]
    sites = [node for node in nodes if "website" in _types(node)]
    is_list = any(_types(node) & _LIST_TYPES for node in nodes)
    article = _own(articles, set(canonical_addresses(addresses)), [key(title) for title in titles if title])
    source = article or next(iter(pages), None) or {}
    site = next(iter(sites), {})
    publisher = _resolve(source.get("publisher"), by_id)
    return Structured(
        is_article=article is not None,
        is_list=article is None
        and (is_list or len({as_text(node.get("headline")) for node in articles}) > _MOST_ARTICLES),
        title=as_text(article.get("headline") or article.get("name")) if article else None,
        body=tuple(html_paragraphs(body) if isinstance(body := source.get("articleBody"), str) else ()),
        publisher=_name(publisher, by_id) or as_text(site.get("name")),
        site_description=as_text(site.get("description")),
        author=_name(source.get("author") or source.get("creator"), by_id),
        published=source.get("datePublished") or source.get("dateCreated"),
        updated=source.get("dateModified"),
        image=_image(source.get("image") or source.get("thumbnailUrl") or source.get("primaryImageOfPage"), by_id),
        section=_first_string(source.get("articleSection")),
        tags=_keywords(source.get("keywords")),
        url=as_text(_resolve(source.get("mainEntityOfPage"), by_id)) or as_text(source.get("url")),
    )


def _own(articles: list[dict[str, Any]], addresses: set[str], titles: list[str]) -> dict[str, Any] | None:
    """Return the page's own article.

    If several are (a plugin's beside a theme's), return the fullest.
    """
    own = [node for node in articles if _is_at(node, addresses)]
    own = own or [node for node in articles if _is_headed(node, titles)]
    if not own and len({as_text(node.get("headline")) for node in articles}) <= 1:
        told = bool(addresses or titles) and any(
            _address_of(node) and as_text(node.get("headline")) for node in articles
        )
        own = [] if told and titles else articles
    return max(own, key=len, default=None)


def _address_of(node: dict[str, Any]) -> str | None:
    stated = (node.get("url"), node.get("mainEntityOfPage"), node.get("@id"))
    return next((form for value in stated if (text := as_text(value)) and (form := canonical_address(text))), None)


def _is_at(node: dict[str, Any], addresses: set[str]) -> bool:
    return _address_of(node) in addresses


def _is_headed(node: dict[str, Any], titles: list[str]) -> bool:
    headline = key(as_text(node.get("headline") or node.get("name")) or "")
    return len(headline) >= _SHORTEST and any(headline in title or title in headline for title in titles)


def _is_json_ld(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").casefold()


def load_json(text: str) -> object:
    """Return the JSON in a script; None if it is unreadable.

    The faults that templates make are mended.
    """
    plain = (
        text.strip()
        .removeprefix("<!--")
        .removesuffix("-->")
        .strip()
        .removeprefix("//<![CDATA[")
        .removesuffix("//]]>")
        .strip()
        .rstrip(";")
    )
    if len(plain) > _MOST_CHARACTERS:
        return None
    for attempt in (plain, _LINE_BREAKS.sub(" ", plain), _TRAILING_COMMA.sub(r"\1", _LINE_BREAKS.sub(" ", plain))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Yield every object of a block.

    Lists, @graph and nested objects are walked, not deeper than a description needs.
    """
    waiting: list[tuple[object, int]] = [(data, 0)]
    count = 0
    while waiting and count < _MOST_NODES:
        node, depth = waiting.pop(0)
        count += 1
        if isinstance(node, dict):
            yield node
        children = (
            node
            if isinstance(node, list)
            else [node.get("@graph"), node.get("mainEntity"), node.get("mainEntityOfPage")]
            if isinstance(node, dict)
            else []
        )
        if depth < _DEEPEST:
            waiting.extend((child, depth + 1) for child in children if isinstance(child, (dict, list)))


def _types(node: dict[str, Any]) -> set[str]:
    return {name.rsplit("/", 1)[-1].casefold() for name in as_list(node.get("@type")) if isinstance(name, str)}


def _resolve(value: object, by_id: dict[str, dict[str, Any]]) -> object:
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        identifier = value.get("@id")
        if len(value) == 1 and isinstance(identifier, str):
            return by_id.get(identifier, identifier)
    return value


def _name(value: object, by_id: dict[str, dict[str, Any]]) -> str | None:
    """Return the names of persons or an organisation.

    They are a text, an object, a reference, or a list of these.
    """
    persons: list[str] = []
    others: list[str] = []
    for item in as_list(value)[:_MOST_NAMES]:
        found = _resolve(item, by_id)
        name = name_of(found) if isinstance(found, dict) else as_text(found)
        if name and not name.startswith(("http", "#")):
            is_body = isinstance(found, dict) and bool(_types(found) & _BODIES)
            (others if is_body else persons).append(name)
    # «author» may list the person and the paper; the paper stands as the publisher.
    return ", ".join(dict.fromkeys(persons or others)) or None


def name_of(value: object) -> str | None:
    """Return the name of an object (a person, a tag), or None."""
    if not isinstance(value, dict):
        return None
    name = value.get("name") or value.get("@value")
    if isinstance(name, list):
        return ", ".join(text for item in name[:_MOST_NAMES] if (text := as_text(item))) or None
    parts = (as_text(value.get(part)) for part in ("givenName", "familyName"))
    return as_text(name) or " ".join(part for part in parts if part) or None


def _image(value: object, by_id: dict[str, dict[str, Any]]) -> str | None:
    found = _resolve(value, by_id)
    if isinstance(found, dict):
        found = _resolve(found.get("url") or found.get("contentUrl"), by_id)
    return as_text(found)


def _keywords(value: object) -> tuple[str, ...]:
    return tuple(word for item in as_list(value)[:50] if (word := as_text(item) or name_of(item)))


def _first_string(value: object) -> str | None:
    return next((text for item in as_list(value) if (text := as_text(item))), None)


def as_list(value: object) -> list[Any]:
    """Return a value as a list.

    It may come alone or in a list; nothing is an empty one.
    """
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def as_text(value: object) -> str | None:
    """Return a plain text without tags and entities, or None.

    An object gives its value or address.
    """
    if isinstance(value, dict):
        value = value.get("@value") or value.get("url") or value.get("@id")
    if not isinstance(value, str) or not value.strip():
        return None
    return value if len(value) > _LONGEST_LINE else html_text(value) or None
