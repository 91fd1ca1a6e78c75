from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.discover import feeds

HERE = "https://o.example/news/1"


def test_feeds_are_found_whole_and_the_comments_come_last() -> None:
    page = """<link rel='alternate' type='application/rss+xml; charset=utf-8' href='/news/1/comments/feed'>
    <LINK TYPE="application/atom+xml" REL="Alternate home" HREF="atom.xml"><link rel=stylesheet href=x.css>
    <link rel="alternate" hreflang="en" href="/en"><link rel="alternate" type="application/rss+xml" href="javascript:x">
    <link rel="alternate" type="application/feed+json" href="https://f.example/?a=1&amp;b=2">"""
    assert feeds(page.encode(), None, HERE) == [
        "https://o.example/news/atom.xml",
        "https://f.example/?a=1&b=2",
        "https://o.example/news/1/comments/feed",
    ]


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="feed" href="/found.xml">',
        "<link rel=alternate type=application/rss+xml href=/found.xml>",
        '<link rel="alternate" type="text/xml" href="/found.xml">',
        '<base href="/sub/"><link rel="alternate" type="application/rss+xml" href="../found.xml">',
        '<a href="/found.xml">খবর</a>',
        '<a href="feed:/found.xml">খবর</a>',
        '<a href="feed://o.example/found.xml">খবর</a>',
    ],
)
def test_a_feed_that_is_named_in_another_way(html: str) -> None:
    assert feeds(f"<html><head></head><body>{html}</body></html>".encode(), None, HERE) == [
        "https://o.example/found.xml"
    ]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/found">RSS</a>',
        '<a href="/found" title="RSS Feed"><i class="fa"></i></a>',
        '<a href="/found" class="icon-rss">খবর</a>',
        '<a href="/found"><i class="fa fa-rss"></i></a>',
        '<a href="/found"><img src="x.png" alt="RSS"></a>',
        '<a href="/found" type="application/rss+xml">খবর</a>',
    ],
)
def test_a_link_that_says_it_is_one(html: str) -> None:
    assert feeds(html.encode(), None, HERE) == ["https://o.example/found"]


def test_other_links_are_none() -> None:
    others = '<a href="/n/1">খবর</a><a href="/feedback">মতামত</a><link rel="alternate" hreflang="en" href="/en">'
    assert feeds(others.encode(), None, HERE) == []


@given(st.binary(max_size=300) | st.text("<>!-[]/ link=\"'rel", max_size=200).map(str.encode))
def test_nothing_makes_it_fail(body: bytes) -> None:
    assert isinstance(feeds(body, None, HERE), list)
