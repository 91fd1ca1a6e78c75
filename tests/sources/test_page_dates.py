"""When a page says that it was published, and by whom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.sources.kind import SourceContext
from bot.sources.worker import parse_here
from tests.sources.test_kinds_page import BODY, NOW, TITLE, ld, page, read

DATE = "2026-07-04T10:00:00+06:00"
THEN = datetime(2026, 7, 4, 4, tzinfo=UTC)
AGO = "২ ঘণ্টা আগে"
SECONDS = int(THEN.timestamp())

ELEMENTS = [
    f'<time datetime="{DATE}">{AGO}</time>',
    f'<p>প্রকাশ: <time datetime="{DATE}">{AGO}</time></p>',
    '<time datetime="2026-07-04T10:00:00">x</time>',
    '<time datetime="2026-07-04 10:00">x</time>',
    '<time datetime="">৪ জুলাই ২০২৬, ১০:০০</time>',
    f'<span itemprop="datePublished" content="{DATE}">{AGO}</span>',
    f'<meta itemprop="datePublished" content="{DATE}">',
    f'<abbr class="published" title="{DATE}">{AGO}</abbr>',
    f'<span class="timeago" title="{DATE}">{AGO}</span>',
    f'<span class="date" data-timestamp="{SECONDS}">{AGO}</span>',
    f'<span class="news-time" data-time="{SECONDS}000">{AGO}</span>',
    f'<span class="post-date" data-date="{DATE}">{AGO}</span>',
    f'<div data-published="{DATE}">{AGO}</div>',
    f'<relative-time datetime="{DATE}">{AGO}</relative-time>',
    f'<div class="entry-meta share-row"><time datetime="{DATE}">{AGO}</time></div>',
    f'<time class="updated" datetime="2026-07-05">y</time><time class="published" datetime="{DATE}">x</time>',
    "<p>প্রকাশিত: ৪ জুলাই ২০২৬, সকাল ১০টা</p>",
]
HEADS = [
    f'<meta property="article:published_time" content="{DATE}">',
    '<meta property="article:published_time" content="2026-07-04 10:00:00">',
    '<meta property="article:published_time" content="৪ জুলাই ২০২৬, ১০:০০">',
    *(
        f'<meta name="{name}" content="{DATE}">'
        for name in (
            "datePublished", "publish_date", "publication-date", "pubdate", "parsely-pub-date", "sailthru.date",
            "DC.date.issued", "dcterms.created", "cXenseParse:recs:publishtime",
        )
    ),
    ld(**{"@type": "NewsArticle", "headline": TITLE, "datePublished": DATE}),
    ld(**{"@type": "NewsArticle", "headline": TITLE, "dateCreated": DATE}),
    ld(**{"@type": "WebPage", "datePublished": DATE}),
]  # fmt: skip
NONE = [
    f"<p>{AGO}</p>",
    f"<p>প্রকাশ: {AGO}</p>",
    "<p>প্রকাশিত: গতকাল, ১০:০০</p>",
    f'<time datetime="garbage">{AGO}</time>',
    '<div class="date">১০:০০</div>',
]


@pytest.mark.parametrize("element", ELEMENTS)
def test_beside_the_headline(element: str) -> None:
    assert read(page(f"<h1>{TITLE}</h1>{element}<div class=text>{BODY}</div>")).published == THEN


@pytest.mark.parametrize("head", HEADS)
def test_in_the_head(head: str) -> None:
    assert read(page(f"<h1>{TITLE}</h1><p>{AGO}</p><div class=text>{BODY}</div>", head)).published == THEN


@pytest.mark.parametrize("element", NONE)
def test_nothing_counts_from_now_on_a_saved_page(element: str) -> None:
    html = page(f"<h1>{TITLE}</h1>{element}<div class=text>{BODY}</div>")
    context = SourceContext("https://khabar.example/1", None, None, NOW, live=False)
    assert parse_here(html.encode(), context)[1].entries[0].published is None


def test_the_dates_of_other_news_are_not_the_articles() -> None:
    other = '<div><a href="/n/5">পাশের গ্রামে নতুন সেতুর কাজ শুরু</a><time datetime="2026-11-01T10:00:00+06:00">x</time></div>'
    own = f'<time datetime="{DATE}">x</time>'
    for inside in (f"{other}<h1>{TITLE}</h1>{own}<div>{BODY}</div>", f"<h1>{TITLE}</h1>{own}<div>{BODY}</div>{other}"):
        assert read(page(inside)).published == THEN


def node(**fields: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": TITLE, "datePublished": DATE, **fields}


PERSON, PAPER = {"@type": "Person", "name": "রহিমা খাতুন"}, {"@type": "Organization", "name": "খবরঘর"}


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        (PERSON, "রহিমা খাতুন"),
        ([PERSON, PAPER], "রহিমা খাতুন"),
        ([PAPER, PERSON], "রহিমা খাতুন"),
        ([PERSON, {"@type": "Person", "name": "করিম শেখ"}], "রহিমা খাতুন, করিম শেখ"),
        ({"@type": "Person", "name": ["রহিমা খাতুন", "করিম শেখ"]}, "রহিমা খাতুন, করিম শেখ"),
        ({"@type": "Person", "givenName": "রহিমা", "familyName": "খাতুন"}, "রহিমা খাতুন"),
        ("desk@khabar.example (রহিমা খাতুন)", "রহিমা খাতুন"),
        (PAPER, None),
        ({"@type": "Person", "name": "admin"}, None),
        ("https://khabar.example/author/1", None),
        ([], None),
    ],
)
def test_lists_of_persons_and_organisations(author: object, byline: str | None) -> None:
    head = ld(**node(author=author, publisher=PAPER))
    assert read(page(f"<h1>{TITLE}</h1><div class=text>{BODY}</div>", head)).byline == byline


@pytest.mark.parametrize(
    "line",
    [
        "সম্পাদক ও প্রকাশক: কাদের মোল্লা",
        "প্রধান সম্পাদক - কাদের মোল্লা",
        "Editor: কাদের মোল্লা",
        "<b>সম্পাদক</b><br><span>কাদের মোল্লা</span>",
    ],
)
def test_the_papers_editor_is_not_the_author(line: str) -> None:
    head = '<meta name="author" content="কাদের মোল্লা">'
    text = f"<h1>{TITLE}</h1>{{}}<div class=text>{BODY}</div><div class=imprint>{line}</div>"
    assert read(page(text.format(""), head)).byline is None
    assert read(page(text.format("<p class=author>কাদের মোল্লা</p>"), head)).byline == "কাদের মোল্লা"


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("known", [{"url": "https://khabar.example/desh/123"}, {"headline": TITLE}])
def test_of_several_articles_the_pages_own_is_meant(place: int, known: dict[str, object]) -> None:
    others = [
        node(headline=f"অন্য খবরের শিরোনাম {n}", url=f"https://khabar.example/n/{n}", datePublished="2020-01-01",
             author="অন্য কেউ", description="অন্য খবর " * 40)
        for n in range(2)
    ]  # fmt: skip
    own = {"@type": "NewsArticle", "datePublished": DATE, "author": PERSON, **known}
    head = "".join(ld(**fields) for fields in (*others[:place], own, *others[place:]))
    entry = read(page(f"<h1>{TITLE}</h1><div class=text>{BODY}</div>", head))
    assert (entry.title, entry.published, entry.byline) == (TITLE, THEN, "রহিমা খাতুন")
