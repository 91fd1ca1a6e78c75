"""What a page says about itself for machines: JSON-LD, and Quintype's ``script#static-page``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sources.html.paragraphs import html_paragraphs, html_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_ARTICLE_TYPES = frozenset(
    ("article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle",
     "reviewnewsarticle", "askpublicnewsarticle", "blogposting", "socialmediaposting", "liveblogposting", "report", "satiricalarticle")
)  # fmt: skip
_LIST_TYPES = frozenset(("itemlist", "collectionpage", "searchresultspage"))
_DEEPEST, _MOST_NODES, _MOST_CHARACTERS = 24, 4000, 2_000_000
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_LINE_BREAKS = re.compile(r"[\r\n\t]+")


@dataclass(frozen=True, slots=True)
class Structured:
    """The fields of a page's own description; texts are as printed, dates unread."""

    is_article: bool = False
    is_list: bool = False
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


def read_structured(root: HtmlElement) -> Structured:
    """Read every JSON-LD block, broken ones as far as they go; a page's WebPage stands in for a missing article's dates."""
    nodes = [node for script in root.iter("script") if _is_json_ld(script) for node in _nodes(_load(script.text or ""))]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _types(node) & _ARTICLE_TYPES]
    pages = [node for node in nodes if "webpage" in _types(node)]
    sites = [node for node in nodes if "website" in _types(node)]
    is_list = any(_types(node) & _LIST_TYPES for node in nodes)
    article = max(articles, key=len, default=None)
    source = article or next(iter(pages), None) or {}
    site = next(iter(sites), {})
    publisher = _resolve(source.get("publisher"), by_id)
    return Structured(
        is_article=article is not None,
        is_list=is_list or len({_string(node.get("headline")) for node in articles}) > 3,
        title=_string(article.get("headline") or article.get("name")) if article else None,
        body=tuple(html_paragraphs(_string(source.get("articleBody")) or "")),
        publisher=_name(publisher, by_id) or _string(site.get("name")),
        site_description=_string(site.get("description")),
        author=_name(source.get("author") or source.get("creator"), by_id),
        published=source.get("datePublished") or source.get("dateCreated"),
        updated=source.get("dateModified"),
        image=_image(source.get("image") or source.get("thumbnailUrl") or source.get("primaryImageOfPage"), by_id),
        section=_first_string(source.get("articleSection")),
        tags=_keywords(source.get("keywords")),
        url=_string(_resolve(source.get("mainEntityOfPage"), by_id)) or _string(source.get("url")),
    )


def read_quintype(root: HtmlElement) -> Structured | None:
    """Read the story in Quintype's ``script#static-page`` (প্রথম আলো and others), or None if the page is no story."""
    script = next(iter(root.xpath("//script[@id='static-page']")), None)
    data = _load(script.text or "") if script is not None else None
    qt = data.get("qt") if isinstance(data, dict) else None
    inner = qt.get("data") if isinstance(qt, dict) else None
    story = inner.get("story") if isinstance(inner, dict) else None
    if not isinstance(story, dict) or not _string(story.get("headline")):
        return None
    sections = [name for section in _list(story.get("sections")) if (name := _named(section))]
    return Structured(
        is_article=True,
        title=_string(story.get("headline")),
        body=tuple(paragraph for text in _story_texts(story) for paragraph in html_paragraphs(text)),
        author=", ".join(name for author in _list(story.get("authors")) if (name := _named(author))) or _string(story.get("author-name")),
        published=story.get("first-published-at") or story.get("published-at"),
        updated=story.get("last-published-at"),
        section=sections[0] if sections else None,
        tags=tuple(name for tag in _list(story.get("tags")) if (name := _named(tag))),
        url=_string(story.get("url")),
    )


def _story_texts(story: dict[str, Any]) -> Iterator[str]:
    for card in _list(story.get("cards")):
        for element in _list(card.get("story-elements") if isinstance(card, dict) else None):
            if isinstance(element, dict) and element.get("type") == "text" and element.get("subtype") in (None, "", "blockquote", "quote"):
                yield _string(element.get("text")) or ""


def _is_json_ld(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").casefold()


def _load(text: str) -> object:
    """Return the JSON in a script, None if it can't be read; the faults that templates make are mended."""
    plain = text.strip().removeprefix("<!--").removesuffix("-->").strip().removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
    if len(plain) > _MOST_CHARACTERS:
        return None
    for attempt in (plain, _LINE_BREAKS.sub(" ", plain), _TRAILING_COMMA.sub(r"\1", _LINE_BREAKS.sub(" ", plain))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Yield every object of a block: lists, @graph, and what is nested; not deeper than a description needs."""
    waiting: list[tuple[object, int]] = [(data, 0)]
    count = 0
    while waiting and count < _MOST_NODES:
        node, depth = waiting.pop(0)
        count += 1
        if isinstance(node, dict):
            yield node
        children = node if isinstance(node, list) else [node.get("@graph"), node.get("mainEntity"), node.get("mainEntityOfPage")] if isinstance(node, dict) else []
        if depth < _DEEPEST:
            waiting.extend((child, depth + 1) for child in children if isinstance(child, (dict, list)))


def _types(node: dict[str, Any]) -> set[str]:
    return {name.rsplit("/", 1)[-1].casefold() for name in _list(node.get("@type")) if isinstance(name, str)}


def _resolve(value: object, by_id: dict[str, dict[str, Any]]) -> object:
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        identifier = value.get("@id")
        if len(value) == 1 and isinstance(identifier, str):
            return by_id.get(identifier, identifier)
    return value


def _name(value: object, by_id: dict[str, dict[str, Any]]) -> str | None:
    """Return the name or names of persons or an organisation: a text, an object, a reference, or a list of them."""
    names = []
    for item in _list(value)[:4]:
        found = _resolve(item, by_id)
        name = _named(found) if isinstance(found, dict) else _string(found)
        if name and not name.startswith(("http", "#")):
            names.append(name)
    return ", ".join(dict.fromkeys(names)) or None


def _named(value: object) -> str | None:
    return _string(value.get("name") or value.get("@value")) if isinstance(value, dict) else None


def _image(value: object, by_id: dict[str, dict[str, Any]]) -> str | None:
    found = _resolve(value, by_id)
    if isinstance(found, dict):
        found = _resolve(found.get("url") or found.get("contentUrl"), by_id)
    return _string(found)


def _keywords(value: object) -> tuple[str, ...]:
    return tuple(word for item in _list(value)[:50] if (word := _string(item) or _named(item)))


def _first_string(value: object) -> str | None:
    return next((text for item in _list(value) if (text := _string(item))), None)


def _list(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _string(value: object) -> str | None:
    if isinstance(value, dict):
        value = value.get("@value") or value.get("url") or value.get("@id")
    if not isinstance(value, str) or not value.strip():
        return None
    return value if len(value) > 400 else html_text(value) or None
