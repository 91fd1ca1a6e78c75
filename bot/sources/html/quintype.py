"""Reads Quintype's ``script#static-page``.

It holds the whole story as data, on the pages of প্রথম আলো and others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sources.html.paragraphs import html_paragraphs
from bot.sources.html.structured import Structured, as_list, as_text, load_json, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_TEXTS = (None, "", "blockquote", "quote", "summary")


def read_quintype(root: HtmlElement) -> Structured | None:
    """Return the page's story, or None.

    None means that it is another system's page, or a list of stories.
    """
    script = next((script for script in root.iter("script") if script.get("id") == "static-page"), None)
    page = load_json(script.text or "") if script is not None else None
    story = _inner(_inner(_inner(page, "qt"), "data"), "story")
    if not isinstance(story, dict) or as_text(story.get("headline")) is None:
        return None
    sections = [name for section in as_list(story.get("sections")) if (name := name_of(section))]
    authors = [name for author in as_list(story.get("authors")) if (name := name_of(author))]
    return Structured(
        is_article=True,
        parted=True,
        title=as_text(story.get("headline")),
        body=tuple(paragraph for text in _texts(story) for paragraph in html_paragraphs(text)),
        author=", ".join(authors) or as_text(story.get("author-name")),
        published=story.get("first-published-at") or story.get("published-at"),
        updated=story.get("last-published-at"),
        section=next(iter(sections), None),
        tags=tuple(name for tag in as_list(story.get("tags")) if (name := name_of(tag))),
        url=as_text(story.get("url")),
    )


def _inner(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None


def _texts(story: dict[str, Any]) -> Iterator[str]:
    for card in as_list(story.get("cards")):
        for element in as_list(_inner(card, "story-elements")):
            if _inner(element, "type") == "text" and _inner(element, "subtype") in _TEXTS:
                text = _inner(element, "text")
                yield text if isinstance(text, str) else ""
