"""Feeds, pages and JSON of any shape are read or refused.

Whatever stands where a title, a date, an author or an article was expected.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.articles.text.clean import clean
from bot.sources.kind import SourceContext
from bot.sources.worker import parse_here
from bot.values.errors import ParseError

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
CONTEXT = SourceContext("https://namuna.example/n/1?x=1", None, None, NOW)


def _words(text: str) -> list[str]:
    return text.split()


TEXT = st.sampled_from([
    "", " ", "নদীর পানি বাড়ছে", "আরও পড়ুন", "২ ঘণ্টা আগে", "২৮ নভেম্বর ২০২৬",
    "2026-11-28T10:05:00+06:00", "10:05 PM", "31 February 2026",
    "Sat, 28 Nov 2026 25:61:00 GMT", "99999999999999999999", "-1", "NaN", "0001-01-01", "9999-12-31T23:59:59-12:00",
    "https://namuna.example/a.jpg", "//x/y", "http://[::1", "javascript:alert(1)",
    "data:image/png;base64,xx", "mailto:a@b (কে)", "a@b (admin)",
    "<p>নদী</p><img src=1><img srcset='a 1w, , b'>", "<![CDATA[", "]]>", "&#0;&#xD800;&nope;&", "ক" * 300, "নদী। " * 60,
    "… বিস্তারিত", "নিজস্ব প্রতিবেদক", "true", "\u200d\u09cd", "\ufeff", "\x00", "\x1f\x85\u2028",
])  # fmt: skip
KEYS = st.sampled_from(
    _words("""
    version title items id url external_url content_html content_text summary date_published date_modified
    author authors name image banner_image tags attachments mime_type language @type @graph @id @context
    headline alternativeHeadline articleBody description datePublished dateModified keywords articleSection
    publisher logo mainEntityOfPage isPartOf itemListElement item body text content date category source
""")
)
TYPES = ["NewsArticle", "Article", "Person", "Organization", "ItemList", "BreadcrumbList", "WebPage", "ImageObject", ""]
LEAVES = TEXT | st.sampled_from(TYPES) | st.none() | st.booleans() | st.integers() | st.floats()
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=20
)
OBJECTS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=8)

TAGS = _words("""
    html head body title meta link script h1 h2 p div article main aside form table tr td ul li a img picture
    figure figcaption time span br blockquote iframe svg template noscript base
""")
FEED_TAGS = _words("""
    channel item entry feed title link guid id description summary content content:encoded pubDate dc:date
    updated published author dc:creator name category enclosure media:content media:group media:thumbnail image
    url source ttl sy:updatePeriod sy:updateFrequency rdf:li
""")
NAMES = _words("""
    class id href src srcset data-src content property name rel type itemprop itemtype datetime url medium width height
    isPermaLink term xml:base http-equiv charset style hidden
""")
MEANINGS = _words("""
    sidebar headline datePublished og:title og:image canonical alternate image/jpeg article:published_time refresh
    utf-16 1 -5 1e99 false application/ld+json
""")
ATTRIBUTES = st.dictionaries(st.sampled_from(NAMES), TEXT | st.sampled_from(MEANINGS), max_size=3)


def _trees(tags: list[str]) -> st.SearchStrategy[str]:
    return st.recursive(
        TEXT.map(escape),
        lambda inner: st.builds(_element, st.sampled_from(tags), ATTRIBUTES, st.lists(inner, max_size=5)),
        max_leaves=25,
    )


def _element(tag: str, attributes: dict[str, str], children: list[str]) -> str:
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<{tag}{written}>{''.join(children)}</{tag}>"


def _read(text: str, kind: str | None = None) -> None:
    """Read a text as the worker does; only ParseError may refuse it."""
    try:
        _, parsed = parse_here(text.encode("utf-8", "surrogatepass"), CONTEXT, kind)
    except ParseError as error:
        assert "can't be read (" not in str(error)  # noqa: PT017 - that would be a library's own exception
        return
    for entry in parsed.entries:
        cleaned = clean(entry, NOW)
        for moment in (cleaned.published, cleaned.updated):
            assert moment is None or moment.tzinfo is not None
        json.dumps([cleaned.title, *cleaned.body], ensure_ascii=False).encode()


LOOSE = settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@LOOSE
@given(st.lists(OBJECTS, max_size=4), OBJECTS)
def test_a_json_feed_of_any_values(items: list[object], around: dict[str, object]) -> None:
    _read(json.dumps({**around, "version": "https://jsonfeed.org/version/1.1", "items": items}), "jsonfeed")


@LOOSE
@given(st.lists(OBJECTS, min_size=1, max_size=4))
def test_lines_of_any_objects(records: list[object]) -> None:
    _read("\n".join(map(json.dumps, records)), "articles")


@LOOSE
@given(VALUES, st.sampled_from(TYPES), OBJECTS, _trees(TAGS))
def test_a_page_with_any_json_ld(value: object, kind: str, article: dict[str, object], body: str) -> None:
    stated = "".join(
        f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in (value, {**article, "@type": kind})
    )
    _read(f"<html><head>{stated}</head><body><h1>নদীর পানি বাড়ছে, মানুষ সরে যাচ্ছে</h1>{body}</body></html>", "page")


@LOOSE
@given(st.lists(_trees(TAGS), max_size=5))
def test_a_page_of_any_elements(elements: list[str]) -> None:
    _read(f"<html>{''.join(elements)}</html>", "page")


@LOOSE
@given(
    st.sampled_from(["item", "entry"]), st.lists(st.lists(_trees(FEED_TAGS), max_size=6), max_size=4), _trees(FEED_TAGS)
)
def test_a_feed_of_any_elements(item: str, items: list[list[str]], around: str) -> None:
    written = "".join(f"<{item}>{''.join(one)}</{item}>" for one in items)
    names = "xmlns:media='http://search.yahoo.com/mrss/' xmlns:dc='http://purl.org/dc/elements/1.1/'"
    _read(
        f"<rss version='2.0' {names}><channel>{around}{written}</channel></rss>"
        if item == "item"
        else f"<feed xmlns='http://www.w3.org/2005/Atom' {names}>{around}{written}</feed>",
        "feed",
    )


def test_a_story_within_a_label_is_refused_in_words() -> None:
    with pytest.raises(ParseError, match="within each other"):
        parse_here(b"<rss><channel><item><category>a<item></item></category></item></channel></rss>", CONTEXT, "feed")


@LOOSE
@given(st.lists(TEXT, max_size=12))
def test_a_text_of_any_lines(lines: list[str]) -> None:
    _read("\n".join(lines), "text")
