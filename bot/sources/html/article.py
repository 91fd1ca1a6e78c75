"""Puts an article together from a page's three witnesses.

They are what it states for machines, what its head says, and what it prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.articles.address import canonical_address, canonical_host
from bot.articles.text.body import is_prose
from bot.articles.text.boilerplate import mark_excerpt
from bot.articles.text.headline import site_beside, without_site
from bot.articles.text.labels import Label, read_label
from bot.bangla.normalise import display, key
from bot.sources.catalogue import rules_by_host
from bot.sources.html.body import ENOUGH, prose_length, read_body
from bot.sources.html.cards import drop_cards, is_list_of_cards
from bot.sources.html.layout import Layout, find_heading, is_in_imprint, read_layout
from bot.sources.html.metadata import Metadata, absolute, read_metadata
from bot.sources.html.paragraphs import paragraphs_of
from bot.sources.html.pruning import pruned
from bot.sources.html.quintype import read_quintype
from bot.sources.html.references import read_references
from bot.sources.html.stated import confirmed
from bot.sources.html.structured import Structured, read_structured
from bot.sources.html.times import date_of
from bot.sources.html.tree import found_by, parse_html, text_of
from bot.sources.moment import read_moment
from bot.sources.page_rules import NO_RULES, PageRules
from bot.values.articles import Entry
from bot.values.errors import ParseError

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.html import HtmlElement

    from bot.sources.kind import SourceContext

_HEADLINE_LINK, _MANY_LINKS, _SOME_LINKS = 20, 12, 3
_SURELY = 900  # characters of prose that no teaser has
_SLOGAN_WORDS = 5
# Names of dates in a page's head, letters only.
_PUBLISHED = (
    "articlepublishedtime", "ogarticlepublishedtime", "datepublished", "articlepublished", "ogpublishedtime",
    "parselypubdate", "cxenseparserecspublishtime", "sailthrudate", "dcdateissued", "dctermsissued", "dctermscreated",
    "dctermsdate", "publishdate", "publisheddate", "publicationdate", "pubdate", "publishtime", "datecreated",
    "articledateoriginal", "dcdate", "date",
)  # fmt: skip
_UPDATED = (
    "articlemodifiedtime", "ogupdatedtime", "datemodified", "dctermsmodified", "dcdatemodified", "articlemodified",
    "modifieddate", "updateddate", "updatedate", "lastmod", "lastmodified",
)  # fmt: skip
_IMAGE = ("og:image", "og:image:secure_url", "og:image:url", "twitter:image", "twitter:image:src")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's three witnesses.

    Where they differ, each question below asks the surer one first.
    """

    root: HtmlElement
    rules: PageRules
    context: SourceContext
    meta: Metadata
    data: Structured
    layout: Layout


def read_article(text: str, context: SourceContext) -> Entry:
    """Return the article of a page.

    Raises:
        ParseError: the page has none: it is a list of headlines, or nothing that reads as an article.
    """
    root = parse_html(text)
    meta = read_metadata(root, context.url)
    rules = _rules(context.url or meta.canonical)
    for element in found_by(root, rules.drop, every=True):
        element.drop_tree()
    told = tuple(title for title in (meta.first("og:title", "twitter:title"), meta.title) if title)
    heading = next(iter(found_by(root, rules.title)), None)
    heading = heading if heading is not None else find_heading(root, told)
    stated = read_structured(
        root,
        [address for address in (context.url, *meta.addresses) if address],
        [*told, *([text_of(heading)] if heading is not None else ())],
    )
    data = read_quintype(root) or stated
    titles = tuple(title for title in (data.title, stated.title, *told) if title)
    heading = heading if heading is not None else find_heading(root, titles)
    drop_cards(root, heading)
    tree = pruned(root, heading)
    page = _Page(root, rules, context, meta, data, read_layout(root, tree, heading, titles))
    body = _body(root, tree, page, titles)
    _check(root, tree, page, body)
    publisher = _publisher(page)
    return Entry(
        title=_title(page, publisher),
        body=tuple(body),
        publisher=publisher,
        url=_own_address(page),
        addresses=meta.addresses,
        canonical=meta.canonical,
        published=_published(page),
        updated=_first_moment(
            page, data.updated, meta.named(*_UPDATED), *page.layout.times.updated, page.layout.updated
        ),
        byline=_byline(page),
        tags=next((tags for tags in _tags(page) if tags), ()),
        categories=_categories(page),
        views=page.layout.views,
        image=absolute(meta.first(*_IMAGE) or data.image, context.url or meta.canonical),
    )


def _rules(address: str | None) -> PageRules:
    """Return the rules for the pages of an address's outlet."""
    return rules_by_host().get(canonical_host(address or "") or "", NO_RULES)


def _body(root: HtmlElement, tree: HtmlElement, page: _Page, titles: tuple[str, ...]) -> list[str]:
    """Return the body's paragraphs.

    They are the shown ones, checked against the stated ones; if there are neither, the description.
    """
    stated = list(page.data.body)
    if page.data.parted and prose_length(stated) >= ENOUGH:
        return stated
    ruled = found_by(root, page.rules.body)
    references = read_references(root, page.layout.headline, titles, (page.context.url, *page.meta.addresses))
    description = page.meta.first("og:description", "description", "twitter:description")
    own = references.sifted(paragraph for element in ruled for paragraph in paragraphs_of(element))
    if prose_length(own) >= ENOUGH:
        return own
    shown = confirmed(
        read_body(root, tree, references, description),
        stated,
        {text_of(heading) for heading in tree.iter("h2", "h3", "h4", "h5")},
    )
    if shown and (prose_length(shown) >= ENOUGH or not description):
        return shown
    # An excerpt, and marked as one: the page's own text could not be told from what stands around it.
    told = mark_excerpt(f"{description}…") if description and is_prose(description) else None
    return shown if prose_length(shown) or told is None else [told]


def _check(root: HtmlElement, tree: HtmlElement, page: _Page, body: list[str]) -> None:
    """Pass a page with a text of its own.

    Raises:
        ParseError: it is a list of news, or has no text.
    """
    data, prose = page.data, prose_length(body)
    told = data.is_article or (page.meta.first("article:published_time") is not None and not data.is_list)
    if told and body and (page.layout.headline or prose >= ENOUGH):
        return
    links = len({link.get("href") for link in root.iter("a") if len(text_of(link)) >= _HEADLINE_LINK})
    # A list's longest teaser is shorter than an article, and its title is no headline on the page.
    enough = ENOUGH if page.layout.headline and not data.is_list else _SURELY
    if (links >= _MANY_LINKS and prose < enough) or (
        links >= _SOME_LINKS and (prose < ENOUGH or is_list_of_cards(tree))
    ):
        raise ParseError(f"this is a list of headlines ({links} links), not an article", "list")
    if prose < ENOUGH or not (page.layout.headline or page.meta.title):
        raise ParseError("no article on this page: it has no text of its own")


def _title(page: _Page, publisher: str | None) -> str:
    names = (publisher, page.meta.first("og:site_name"), page.data.publisher, page.meta.first("application-name"))
    told = page.layout.headline or page.data.title or page.meta.first("og:title", "twitter:title") or page.meta.title
    return without_site(told, tuple(name for name in names if name))


def _publisher(page: _Page) -> str | None:
    """Return the site's name.

    A slogan in its place gives way to what stands behind the headline in the title.
    """
    headline = page.layout.headline or page.data.title or ""
    titles = (page.meta.title, page.meta.first("og:title") or "")
    behind = next((name for title in titles if (name := site_beside(title, headline))), None)
    for name in (page.data.publisher, page.meta.first("og:site_name"), page.meta.first("application-name")):
        if name and not (behind and _is_slogan(name, page.data)):
            return _one_name(name)
    return behind


def _is_slogan(name: str, data: Structured) -> bool:
    described = data.site_description is not None and key(name) == key(data.site_description)
    return described or ("," in name and len(name.split()) >= _SLOGAN_WORDS)


def _one_name(name: str) -> str:
    """Return the Bengali one of two names, else the name itself.

    «KHOBORGHOR | খবরঘর» is খবরঘর.
    """
    parts = [part.strip() for part in display(name).split("|") if part.strip()]
    bengali = [part for part in parts if any("\u0980" <= letter <= "\u09ff" for letter in part)]
    return (bengali or parts or [name])[0]


def _own_address(page: _Page) -> str | None:
    base = page.context.url or page.meta.canonical
    stated = (page.meta.canonical, page.meta.first("og:url"), page.data.url, page.context.url)
    found = (address for text in stated if (address := absolute(text, base)) and canonical_address(address) is not None)
    return next(found, None)


def _published(page: _Page) -> datetime | None:
    """Return when it was published.

    A date without a label counts only between headline and text, and only where nothing else is said: the clock in a
    page's header is never asked.
    """
    layout = page.layout
    ruled = [date_of(element) for element in found_by(page.root, page.rules.date)]
    moment = _first_moment(
        page, *ruled, page.data.published, page.meta.named(*_PUBLISHED), *layout.times.published, layout.published
    )
    return moment if moment is not None or page.layout.updated else _first_moment(page, page.layout.unlabelled)


def _first_moment(page: _Page, *texts: object) -> datetime | None:
    return next((moment for text in texts if text and (moment := read_moment(text, page.context)) is not None), None)


def _byline(page: _Page) -> str | None:
    """Return who wrote it, as printed, else as stated.

    Accounts such as admin are sorted out by `clean`.
    """
    for element in found_by(page.root, page.rules.byline):
        return text_of(element)
    if page.data.parted and page.data.author:
        return page.data.author
    if page.layout.byline:
        label = read_label(page.layout.byline)
        return label.value if label is not None and label.label is Label.BYLINE else page.layout.byline
    author = page.data.author or page.meta.first("author", "article:author", "byl", "dc.creator")
    if author and is_in_imprint(page.root, author):
        return None  # the paper's editor, who stands so on every page
    sites = [key(name) for name in (page.data.publisher, page.meta.first("og:site_name")) if name]
    return author if author and not any(key(author) in site or site in key(author) for site in sites) else None


def _tags(page: _Page) -> tuple[tuple[str, ...], ...]:
    stated = (page.meta.all("article:tag"), page.data.tags, page.meta.all("news_keywords"))
    return (page.data.tags, *stated) if page.data.parted else (tuple(page.layout.tags), *stated)


def _categories(page: _Page) -> tuple[str, ...]:
    section = page.data.section or page.meta.first("article:section")
    return tuple(page.layout.categories) or ((section,) if section else ())
