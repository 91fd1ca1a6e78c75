"""Pages in many layouts around one story, as portals lay them out.

Every name in them is invented.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from bot.bangla.numerals import to_bangla
from bot.bangla.printing import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

SITE = "দৈনিক নমুনা"
OTHERS = (
    "পাহাড়ে নতুন সেতু খুলল, খুশি তিন উপজেলার মানুষ",
    "হাওরে আগাম ধান কাটা শুরু করেছেন কৃষকেরা",
    "শহরের নালায় পড়ে যাওয়া বিড়াল উদ্ধার করল দমকল",
    "বিদ্যালয়ের মাঠে বসল তিন দিনের বইমেলা",
    "রাতের আকাশে ধূমকেতু দেখতে মাঠে ভিড়",
)


@dataclass(frozen=True, slots=True)
class Story:
    """What a page is made of, and what is read from it."""

    title: str
    body: tuple[str, ...]
    published: datetime
    byline: str
    tags: tuple[str, ...]

    @property
    def day(self) -> str:
        """The date as portals print it: ২৩ জুন ২০২৫, ১৮:১২."""
        day = f"{to_bangla(self.published.day)} {MONTHS[self.published.month - 1]} {to_bangla(self.published.year)}"
        return f"{day}, {to_bangla(f'{self.published:%H:%M}')}"


def _p(story: Story, between: str = "", tag: str = "p") -> str:
    half = max(1, len(story.body) // 2)
    parts = [f"<{tag}>{escape(text)}</{tag}>" for text in story.body]
    return "".join([*parts[:half], between, *parts[half:]])


def _links(tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/n/{n}">{text}</a></{tag}>' for n, text in enumerate(OTHERS))


def _page(head: str, inside: str, title: str) -> str:
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("প্রচ্ছদ", "জাতীয়", "খেলা", "বিনোদন", "মতামত"))
    return (
        f'<!DOCTYPE html><html lang="bn"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<header><ul class="menu">{menu}</ul></header>{inside}'
        f"<footer><p>সম্পাদক ও প্রকাশক: কেউ একজন</p><p>© সর্বস্বত্ব সংরক্ষিত</p></footer></body></html>"
    )


def wordpress(story: Story) -> str:
    """A WordPress theme with JSON-LD, a share row and related posts."""
    data = {
        "@type": "NewsArticle", "headline": story.title, "datePublished": story.published.isoformat(),
        "author": {"@type": "Person", "name": story.byline}, "keywords": list(story.tags),
    }  # fmt: skip
    head = f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
    return _page(
        head,
        f'<article class="post hentry"><h1 class="entry-title">{story.title}</h1><div class="share">ফেসবুক টুইটার</div>'
        f'<div class="entry-content">{_p(story)}</div></article>'
        f'<aside class="widget"><h3>সর্বশেষ খবর</h3><ul>{_links()}</ul></aside>',
        f"{story.title} - {SITE}",
    )


def printed(story: Story) -> str:
    """Nothing for machines: labels under the headline, tags behind the text."""
    tags = " ".join(f'<a href="/tag/{tag}">{tag}</a>' for tag in story.tags)
    return _page(
        "",
        f'<div class="details"><h1>{story.title}</h1><div class="meta"><span>{story.byline}</span>'
        f'<span>প্রকাশিত: {story.day}</span></div><div class="text">{_p(story)}</div>'
        f'<div class="tags">ট্যাগ: {tags}</div></div>'
        f'<div class="related"><h3>এ জাতীয় আরো খবর</h3><ul>{_links()}</ul></div>',
        f"{story.title} | {SITE}",
    )


def elementor(story: Story) -> str:
    """A page builder: every block is a widget."""
    widgets = "".join(
        f'<div class="elementor-widget elementor-widget-text-editor">'
        f'<div class="elementor-widget-container"><p>{text}</p></div></div>'
        for text in story.body
    )
    return _page(
        f'<meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{story.published.isoformat()}">',
        f'<div class="elementor"><div class="elementor-widget"><h1>{story.title}</h1></div>{widgets}'
        f'<div class="elementor-widget elementor-widget-posts"><ul>{_links()}</ul></div></div>',
        f"{story.title} | {SITE}",
    )


def genesis(story: Story) -> str:
    """A theme whose content stands in «content-sidebar-wrap»."""
    return _page(
        "",
        f'<div class="content-sidebar-wrap"><main class="content"><article><h1>{story.title}</h1>'
        f'<p class="entry-meta"><time datetime="{story.published.isoformat()}">২ ঘণ্টা আগে</time></p>'
        f"{_p(story)}</article></main>"
        f'<aside class="sidebar"><ul>{_links()}</ul></aside></div>',
        f"{story.title} - {SITE}",
    )


def aspnet(story: Story) -> str:
    """One form round the whole page."""
    return _page(
        "",
        f'<form id="form1" method="post"><input type="hidden" name="__VIEWSTATE" value="x">'
        f"<h1>{story.title}</h1>"
        f'<div class="dateline">প্রকাশ : {story.day}</div><div class="detailBody">{_p(story)}</div>'
        f"<ul>{_links()}</ul></form>",
        f"{story.title} :: {SITE}",
    )


def table(story: Story) -> str:
    """An old portal laid out with tables and line breaks."""
    text = "<br><br>".join(story.body)
    return _page(
        "",
        f'<table><tr><td width="160"><ul>{_links()}</ul></td><td><h2>{story.title}</h2>'
        f"<small>তারিখ: {story.day}</small><br>{text}</td></tr></table>",
        f"{SITE} | {story.title}",
    )


def unmarked(story: Story) -> str:
    """The headline stands in a plain element.

    The title begins with the site.
    """
    return _page(
        "",
        f'<div class="newstitle">{story.title}</div><div class="info">{story.byline} | প্রকাশিত : {story.day}</div>'
        f'<div class="news_body">{_p(story)}</div><div class="more"><h4>আরও খবর</h4><ul>{_links()}</ul></div>',
        f"{SITE} | {story.title}",
    )


def microdata(story: Story) -> str:
    """schema.org in attributes."""
    return _page(
        "",
        f'<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{story.title}</h1>'
        f'<span itemprop="author">{story.byline}</span>'
        f'<meta itemprop="datePublished" content="{story.published.isoformat()}">'
        f'<div itemprop="articleBody">{_p(story)}</div></div><section class="latest"><ul>{_links()}</ul></section>',
        f"{story.title} | {SITE}",
    )


def printcopy(story: Story) -> str:
    """A hidden copy of the text for printing.

    A share container stands round the shown one.
    """
    return _page(
        f'<meta property="article:published_time" content="{story.published.isoformat()}">',
        f"<article><h1>{story.title}</h1>"
        f'<div class="post-share-container"><div class="post-content">{_p(story)}</div></div></article>'
        f'<div style="display:none" id="print-area"><h1>{story.title}</h1>{_p(story)}</div>'
        f'<div class="popular"><ul>{_links()}</ul></div>',
        f"{story.title} | {SITE}",
    )


def interrupted(story: Story) -> str:
    """Related headlines, a caption and an advertisement within the text."""
    between = (
        f'<section class="more-on"><h4>আরও পড়ুন</h4><ul>{_links()}</ul></section>'
        '<figure><img src="/i/1.jpg" alt="নদীর ঘাটে সারি সারি নৌকা">'
        "<figcaption>নদীর ঘাটে সারি সারি নৌকা। ছবি: সংগৃহীত</figcaption></figure>"
        f'<p><strong>আরও পড়ুন:</strong> <a href="/n/9">{OTHERS[0]}</a></p><div class="ad">বিজ্ঞাপন</div>'
    )
    return _page(
        f'<meta property="og:title" content="{story.title}">'
        f'<meta name="datePublished" content="{story.published.isoformat()}">',
        f'<div class="story"><h1>{story.title}</h1><div class="body">{_p(story, between)}</div></div>',
        f"{story.title} | {SITE}",
    )


def several(story: Story) -> str:
    """JSON-LD of other news beside the page's own."""
    nodes = [
        {"@type": "NewsArticle", "headline": text, "url": f"https://namuna.example/n/{n}",
         "datePublished": "2020-01-01T00:00:00Z", "description": text * 5, "keywords": "অন্য"}
        for n, text in enumerate(OTHERS)
    ]  # fmt: skip
    own = {"@type": "NewsArticle", "headline": story.title, "datePublished": story.published.isoformat()}
    head = "".join(
        f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>' for data in (nodes, own)
    )
    return _page(
        head,
        f'<main><h1>{story.title}</h1><div class="col-8"><div class="content">{_p(story)}</div></div>'
        f'<div class="col-4"><ul>{_links()}</ul></div></main>',
        f"{story.title} - {SITE}",
    )


def divs(story: Story) -> str:
    """Paragraphs that are plain divs, comments behind."""
    return _page(
        "",
        f'<div id="main"><div class="head"><h1>{story.title}</h1><div>{story.byline}</div><div>আপডেট: {story.day}</div>'
        f'<div>প্রকাশ: {story.day}</div></div><div class="dtl">{_p(story, tag="div")}</div>'
        '<div class="comments"><h3>মন্তব্য করুন</h3><p>খুব ভালো খবর, এমন আরও খবর চাই আমরা সবাই।</p></div></div>'
        f'<div class="sidebar"><ul>{_links()}</ul></div>',
        f"{story.title} » {SITE}",
    )


def cards(story: Story) -> str:
    """Teasers of other news with texts of their own under the story."""
    teasers = "".join(
        f'<div class="card"><a href="/n/{n}"><h3>{text}</h3></a><p>{text}। এলাকার মানুষ এতে খুশি হয়েছেন বলে জানান।</p></div>'
        for n, text in enumerate(OTHERS)
    )
    return _page(
        f'<meta itemprop="datePublished" content="{story.published.isoformat()}">',
        f'<article><h1>{story.title}</h1>{_p(story)}</article><section class="related">{teasers}</section>',
        f"{story.title} | {SITE}",
    )


LAYOUTS: dict[str, Callable[[Story], str]] = {
    layout.__name__: layout
    for layout in (
        wordpress, printed, elementor, genesis, aspnet, table, unmarked, microdata, printcopy, interrupted, several,
        divs, cards,
    )
}  # fmt: skip
