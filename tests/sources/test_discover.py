from __future__ import annotations

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


@given(st.binary(max_size=300) | st.text("<>!-[]/ link=\"'rel", max_size=200).map(str.encode))
def test_nothing_makes_it_fail(body: bytes) -> None:
    assert isinstance(feeds(body, None, HERE), list)
