"""The paragraphs of a page's article: a container that themes name, else what trafilatura finds."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from bot.articles.text.body import is_prose
from bot.articles.text.sizes import LINES
from bot.bangla.normalise import display
from bot.sources.html.paragraphs import paragraphs_of
from bot.sources.html.tree import attributes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ENOUGH = 120
"""Characters of prose from which a text is an article's body and not a caption."""
# What WordPress and the themes of Bengali portals call the text itself, the surest first.
_CONTAINERS = re.compile(
    r"(?:^|\s)(?:entry-content|td-post-content|post-content|article-content|article-body|article__body|articlebody|single-content|"
    r"single-post-content|news-content|news-details|news_content|news-article|details-content|content-details|story-content|story-body|"
    r"story-element-text|post-body|post-details|single-details|news-body|newsbody|newsdetails|detailsnews|details_content|dtl_content_block|"
    r"jw_article_body|detail-content|description-area|main-content-text|single_content|DNewsDetails|DDetailsContent|DDetailsBody)(?:$|\s)",
    re.IGNORECASE,
)
_LINKS = 0.5


def read_body(tree: HtmlElement) -> list[str]:
    """Return the paragraphs of the article in a pruned tree, [] if it has none."""
    for candidates in (tree.xpath("//*[@itemprop='articleBody']"), _named(tree)):
        texts = [
            paragraphs
            for element in candidates
            if not _is_links(element) and prose_length(paragraphs := paragraphs_of(element)) >= ENOUGH
        ]
        if texts:
            return max(texts, key=prose_length)
    found = _extracted(tree)
    dense = _densest(tree)
    # Precision mode leaves out what it doubts; where that is more than half of one container's prose, it is too much.
    return dense if prose_length(dense) > 2 * prose_length(found) else found


def prose_length(paragraphs: list[str] | tuple[str, ...]) -> int:
    """Return how many characters of the paragraphs are in sentences."""
    return sum(len(paragraph) for paragraph in paragraphs[:LINES] if is_prose(display(paragraph)))


def _named(tree: HtmlElement) -> list[HtmlElement]:
    return [
        element
        for element in tree.iter("div", "section", "article", "main", "td")
        if _CONTAINERS.search(attributes(element))
    ]


def _is_links(element: HtmlElement) -> bool:
    """Return whether most of an element is the text of links: a list of headlines."""
    text = len(" ".join(element.text_content().split()))
    links = sum(len(" ".join(link.text_content().split())) for link in element.iter("a"))
    return links > text * _LINKS


def _extracted(tree: HtmlElement) -> list[str]:
    import trafilatura  # noqa: PLC0415 - heavy; most pages never come here

    document = trafilatura.bare_extraction(
        copy.deepcopy(tree),
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        include_formatting=False,
        with_metadata=False,
    )
    text = getattr(document, "text", None) if document is not None else None
    return [line.strip().removeprefix("- ") for line in (text or "").splitlines() if line.strip()]


def _densest(tree: HtmlElement) -> list[str]:
    """Return the paragraphs of the element whose own children hold most prose."""
    best: list[str] = []
    for element in tree.iter("div", "section", "article", "main", "td", "body"):
        direct = sum(1 for child in element if child.tag in ("p", "br"))
        if direct and not _is_links(element):
            paragraphs = paragraphs_of(element) if direct > 1 else []
            if prose_length(paragraphs) > prose_length(best) and _mostly_direct(element):
                best = paragraphs
    return best


def _mostly_direct(element: HtmlElement) -> bool:
    own = len(element.text or "") + sum(len(child.tail or "") for child in element)
    own += sum(
        len(child.text_content())
        for child in element
        if child.tag in ("p", "blockquote", "ul", "ol", "h2", "h3", "h4", "b", "strong", "em", "a", "span")
    )
    return own >= len(element.text_content()) * _LINKS
