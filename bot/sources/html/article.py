"""An article page put together from what it says for machines, what its head says, and what it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.articles.address import canonical_address
from bot.articles.headline import site_behind, without_site
from bot.articles.labels import Label, read_label
from bot.bangla.normalise import display, key
from bot.errors import ParseError
from bot.model import Entry
from bot.sources.html.body import ENOUGH, prose_length, read_body
from bot.sources.html.layout import Layout, read_layout
from bot.sources.html.metadata import Metadata, absolute, read_metadata
from bot.sources.html.structured import Structured, read_quintype, read_structured
from bot.sources.html.tree import parse_html, text_of
from bot.sources.moment import read_moment

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.html import HtmlElement

    from bot.sources.kind import Context

_HEADLINE_LINK, _MANY_LINKS = 25, 20
_SLOGAN_WORDS = 5


def read_article(text: str, context: Context) -> Entry:
    """Return the article of a page.

    Raises:
        ParseError: the page has none: it is a list of headlines, or nothing that reads as an article.
    """
    root = parse_html(text)
    meta = read_metadata(root, context.url)
    data = read_structured(root)
    story = read_quintype(root)
    titles = tuple(title for title in (data.title, meta.first("og:title", "twitter:title"), meta.title) if title)
    layout = read_layout(root, titles)
    body = _body(root, data, story)
    _check(root, meta, data, story, layout, body)
    publisher = _publisher(meta, data, layout)
    return Entry(
        title=_title(meta, data, story, layout, publisher),
        body=tuple(body),
        publisher=publisher,
        url=_own_address(context, meta, data, story),
        addresses=meta.addresses,
        published=_published(meta, data, story, layout, context),
        updated=_updated(meta, data, story, layout, context),
        byline=_byline(meta, data, story, layout),
        tags=_tags(meta, data, story, layout),
        categories=tuple(layout.categories) or tuple(section for section in (_section(meta, data, story),) if section),
        views=layout.views,
        image=absolute(_image(meta, data), context.url or meta.canonical),
    )


def _body(root: HtmlElement, data: Structured, story: Structured | None) -> list[str]:
    """Return the paragraphs: Quintype's, the page's own, or articleBody where it says more than the page shows.

    articleBody often comes as one line; where the page shows the same text, its paragraphs are better.
    """
    if story is not None and prose_length(story.body) >= ENOUGH:
        return list(story.body)
    shown = read_body(root)
    stated = list(data.body)
    if prose_length(stated) < ENOUGH:
        return shown
    same = key(" ".join(stated))[:200] in key(" ".join(shown)) or prose_length(shown) * 2 > prose_length(stated)
    return shown if len(stated) == 1 and same and prose_length(shown) >= ENOUGH else stated


def _check(root: HtmlElement, meta: Metadata, data: Structured, story: Structured | None, layout: Layout, body: list[str]) -> None:
    told = data.is_article or story is not None or meta.first("article:published_time") is not None
    prose = prose_length(body)
    links = sum(1 for link in root.iter("a") if len(text_of(link)) >= _HEADLINE_LINK)
    listed = data.is_list and not data.is_article
    if told and not listed and (prose >= ENOUGH or layout.headline):
        return
    if links >= _MANY_LINKS and (listed or prose < ENOUGH or not _is_headed(root, body)):
        raise ParseError(f"this is a list of headlines ({links} links), not an article")
    if prose < ENOUGH or not (layout.headline or meta.title):
        raise ParseError("no article on this page: it has no text of its own")


def _is_headed(root: HtmlElement, body: list[str]) -> bool:
    """Return whether the page's text is one article's: most of its paragraphs are no links and it stands under a headline."""
    linked = {key(text_of(link)) for link in root.iter("a")}
    own = [paragraph for paragraph in body if key(paragraph) not in linked and not any(key(paragraph) in link for link in linked)]
    return prose_length(own) >= ENOUGH and any(True for _ in root.iter("h1"))


def _title(meta: Metadata, data: Structured, story: Structured | None, layout: Layout, publisher: str | None) -> str:
    names = tuple(name for name in (publisher, meta.first("og:site_name"), data.publisher, meta.first("application-name")) if name)
    told = (story.title if story else None) or layout.headline or data.title or meta.first("og:title", "twitter:title") or meta.title
    return without_site(told or "", names)


def _publisher(meta: Metadata, data: Structured, layout: Layout) -> str | None:
    """Return the site's name; a slogan in its place gives way to what stands behind the headline in the title."""
    behind = next((name for title in (meta.title, meta.first("og:title")) if title and (name := site_behind(title, layout.headline or data.title or ""))), None)
    slogans = {key(text) for text in (data.site_description,) if text}
    for name in (data.publisher, meta.first("og:site_name"), meta.first("application-name")):
        if name and not (behind and (key(name) in slogans or ("," in name and len(name.split()) >= _SLOGAN_WORDS))):
            return _one_name(name)
    return behind


def _one_name(name: str) -> str:
    """Return the Bengali one of «SAMAKAL | সমকাল», or the name as it is."""
    parts = [part.strip() for part in display(name).split("|") if part.strip()]
    bengali = [part for part in parts if any("\u0980" <= letter <= "\u09ff" for letter in part)]
    return (bengali or parts or [name])[0]


def _own_address(context: Context, meta: Metadata, data: Structured, story: Structured | None) -> str | None:
    stated = (meta.canonical, meta.first("og:url"), story.url if story else None, data.url, context.url)
    base = context.url or meta.canonical
    found = [address for text in stated if (address := absolute(text, base)) and canonical_address(address) is not None]
    return found[0] if found else None


def _published(meta: Metadata, data: Structured, story: Structured | None, layout: Layout, context: Context) -> datetime | None:
    """Return when it was published.

    A date without a label counts only between headline and text, and only where nothing else is said: the clock in a
    page's header is never asked.
    """
    stated = (
        story.published if story else None,
        data.published,
        meta.first("article:published_time", "datepublished", "article:published", "og:published_time", "publish-date", "pubdate", "dc.date", "date"),
        layout.published,
    )
    moment = _first_moment(stated, context)
    return moment if moment is not None or layout.updated else _first_moment((layout.unlabelled,), context)


def _updated(meta: Metadata, data: Structured, story: Structured | None, layout: Layout, context: Context) -> datetime | None:
    stated = (
        story.updated if story else None,
        data.updated,
        meta.first("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified"),
        layout.updated,
    )
    return _first_moment(stated, context)


def _first_moment(texts: tuple[object, ...], context: Context) -> datetime | None:
    return next((moment for text in texts if text and (moment := read_moment(text, context)) is not None), None)


def _byline(meta: Metadata, data: Structured, story: Structured | None, layout: Layout) -> str | None:
    """Return who wrote it, as printed; else as stated. Accounts such as admin are sorted out by `clean`."""
    if story is not None and story.author:
        return story.author
    if layout.byline:
        label = read_label(layout.byline)
        return label.value if label is not None and label.label is Label.BYLINE else layout.byline
    author = data.author or meta.first("author", "article:author", "byl", "dc.creator")
    site = {key(name) for name in (data.publisher, meta.first("og:site_name")) if name}
    return author if author and not any(key(author) in name or name in key(author) for name in site) else None


def _tags(meta: Metadata, data: Structured, story: Structured | None, layout: Layout) -> tuple[str, ...]:
    for tags in (story.tags if story else (), tuple(layout.tags), meta.all("article:tag"), data.tags, meta.all("news_keywords")):
        if tags:
            return tags
    return ()


def _section(meta: Metadata, data: Structured, story: Structured | None) -> str | None:
    return (story.section if story else None) or data.section or meta.first("article:section")


def _image(meta: Metadata, data: Structured) -> str | None:
    return meta.first("og:image", "og:image:secure_url", "og:image:url", "twitter:image", "twitter:image:src") or data.image


def home_of(url: str | None) -> str | None:
    """Return the host of an address, for messages."""
    return urlsplit(url).hostname if url else None
