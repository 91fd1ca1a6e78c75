"""Article pages: the structured part, the printed part, the rest."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.sources.kind import SourceContext
from bot.sources.worker import parse_here
from bot.values.errors import ParseError

if TYPE_CHECKING:
    from bot.values.articles import Entry

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TITLE = "নদীর পাড়ে নতুন পাঠাগার খুলল গ্রামের তরুণেরা"
ONE = "মধুপুর গ্রামের তরুণেরা নদীর পাড়ে একটি পাঠাগার খুলেছেন, যেখানে প্রতিদিন বিকেলে বই পড়া যাবে।"
TWO = "প্রথম দিনেই শতাধিক শিশু সেখানে এসে বই হাতে নেয় এবং সন্ধ্যা পর্যন্ত বসে পড়ে।"
THREE = "উদ্যোক্তারা জানান, আগামী বছর পাশের তিনটি গ্রামেও এমন পাঠাগার করার ইচ্ছা তাঁদের আছে।"
BODY = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"
RELATED = "".join(f'<li><a href="/{n}">পাশের গ্রামে নতুন সেতুর কাজ শুরু হয়েছে {n}</a></li>' for n in range(30))


def read(html: str, url: str | None = "https://khabar.example/desh/123") -> Entry:
    kind, parsed = parse_here(html.encode(), SourceContext(url, None, None, NOW))
    assert kind == "page"
    return parsed.entries[0]


def page(inside: str, head: str = "", title: str = f"{TITLE} | খবরঘর") -> str:
    return (
        f"<!DOCTYPE html><html lang=bn><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
        f"<div class=top>০৬:৩২ পূর্বাহ্ন, শুক্রবার, ১৩ নভেম্বর ২০২৬</div><ul class=menu><li><a href=/>প্রচ্ছদ</a></li></ul>"
        f"{inside}<div class=related><h3>এ জাতীয় আরো খবর</h3><ul>{RELATED}</ul></div>"
        "<footer><p>সম্পাদক ও প্রকাশক: কেউ একজন</p></footer></body></html>"
    )


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def test_a_portal_that_only_prints() -> None:
    entry = read(
        page(
            f'<div class=breadcrumb><a href="/">হোম</a> / <a href="/desh">দেশ</a></div><h1>{TITLE}</h1>'
            "<ul class=meta><li><i class='fa fa-user'></i> ফারহানা হক</li><li>প্রকাশ : ৪ জুলাই ২০২৬, ১০:০০</li>"
            "<li>আপডেট : ৪ জুলাই ২০২৬, ১২:৩০</li><li>১,২৩৪ বার পঠিত</li></ul>"
            f"<div class=text>{BODY}<p>সূত্র: খবরঘর, নদীবার্তা।</p></div>"
            "<div class=x>ট্যাগ : <a href=/t/1>নদী</a> <a href=/t/2>বই</a></div>"
            f'<div style="display:none"><h2>{TITLE}</h2>{BODY}</div>'
        )
    )
    assert (entry.title, entry.body, entry.publisher) == (TITLE, (ONE, TWO, THREE), "খবরঘর")
    assert entry.published == datetime(2026, 7, 4, 4, tzinfo=UTC)
    assert entry.updated == datetime(2026, 7, 4, 6, 30, tzinfo=UTC)
    assert (entry.byline, entry.views, entry.tags, entry.categories) == ("ফারহানা হক", 1234, ("নদী", "বই"), ("দেশ",))
    assert entry.wire_sources == ("খবরঘর", "নদীবার্তা")
    assert entry.url == "https://khabar.example/desh/123"


def test_a_date_without_a_label_counts_only_under_the_headline() -> None:
    under = read(page(f"<h1>{TITLE}</h1><span>শনিবার, ৪ জুলাই ২০২৬</span><div>{BODY}</div>"))
    assert under.published == datetime(2026, 7, 3, 18, tzinfo=UTC)
    assert read(page(f"<h1>{TITLE}</h1><div>{BODY}</div>")).published is None


def test_json_ld_speaks_first() -> None:
    head = ld(
        **{
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "WebPage", "@id": "#page", "datePublished": "2020-01-01"},
                {
                    "@type": ["ReportageNewsArticle"],
                    "headline": TITLE,
                    "datePublished": "2026-07-04T10:00:00+06:00",
                    "dateModified": "2026-07-04T12:30:00+06:00",
                    "author": [{"@type": "Person", "name": "ফারহানা হক"}, {"@id": "#p2"}],
                    "publisher": {"@id": "#org"},
                    "image": [{"@type": "ImageObject", "url": "/a.jpg"}],
                    "keywords": ["নদী", "বই"],
                    "articleSection": "দেশ",
                },
                {"@id": "#p2", "@type": "Person", "name": "সালমা বেগম"},
                {"@id": "#org", "@type": "Organization", "name": "খবরঘর"},
            ],
        }
    )
    entry = read(page(f"<h1>{TITLE}</h1><div>{BODY}</div>", head))
    assert entry.published == datetime(2026, 7, 4, 4, tzinfo=UTC)
    assert entry.updated == datetime(2026, 7, 4, 6, 30, tzinfo=UTC)
    assert entry.byline == "ফারহানা হক, সালমা বেগম"
    assert (entry.publisher, entry.tags, entry.categories) == ("খবরঘর", ("নদী", "বই"), ("দেশ",))
    assert entry.image == "https://khabar.example/a.jpg"


def test_article_body_stands_in_where_the_page_shows_none() -> None:
    head = ld(**{"@type": "NewsArticle", "headline": TITLE, "articleBody": f"{ONE}\n\n{TWO}\n\n{THREE}"})
    assert read(page(f"<h1>{TITLE}</h1><div id=app></div>", head)).body == (ONE, TWO, THREE)
    flat = ld(**{"@type": "NewsArticle", "headline": TITLE, "articleBody": f"{ONE} {TWO} {THREE}"})
    assert read(page(f"<h1>{TITLE}</h1><div>{BODY}</div>", flat)).body == (ONE, TWO, THREE)


def test_broken_json_ld_is_read_as_far_as_it_goes() -> None:
    fields = '{"@type":"NewsArticle","headline":"ক\nখ","datePublished":"2026-07-04T10:00:00+06:00",}'
    broken = f'<script type="application/ld+json">{fields}</script>'
    hopeless = '<script type="application/ld+json">{"@type": [[[</script>'
    entry = read(page(f"<h1>{TITLE}</h1><div>{BODY}</div>", broken + hopeless))
    assert entry.published == datetime(2026, 7, 4, 4, tzinfo=UTC)


def test_quintype_is_data() -> None:
    story = {
        "headline": TITLE,
        "first-published-at": 1783137600000,
        "authors": [{"name": "ফারহানা হক"}],
        "tags": [{"name": "নদী"}],
        "sections": [{"name": "দেশ"}],
        "cards": [
            {"story-elements": [{"type": "text", "text": f"<p>{ONE}</p><p>{TWO}</p>"}, {"type": "image"}]},
            {"story-elements": [{"type": "text", "text": f"<p>{THREE}</p>"}]},
        ],
    }
    script = (
        f'<script id="static-page" type="application/json">{json.dumps({"qt": {"data": {"story": story}}})}</script>'
    )
    entry = read(page("<div id=app></div>", script))
    assert (entry.title, entry.body, entry.byline, entry.tags, entry.categories) == (
        TITLE,
        (ONE, TWO, THREE),
        "ফারহানা হক",
        ("নদী",),
        ("দেশ",),
    )
    assert entry.published == datetime.fromtimestamp(1783137600, UTC)


def test_a_page_names_its_other_addresses() -> None:
    head = (
        '<link rel=canonical href="https://khabar.example/desh/123/"><link rel=shortlink href="https://khabar.example/?p=123">'
        '<link rel=amphtml href="/desh/123/amp"><meta property="og:url" content="https://www.khabar.example/desh/123">'
    )
    entry = read(page(f"<h1>{TITLE}</h1><div>{BODY}</div>", head))
    assert entry.url == "https://khabar.example/desh/123/"
    assert "https://khabar.example/?p=123" in entry.addresses
    assert "https://khabar.example/desh/123/amp" in entry.addresses


@pytest.mark.parametrize("canonical", ["https://khabar.example/", "https://another.example/desh/123", "http://[::1"])
def test_a_canonical_address_that_cannot_be_is_ignored(canonical: str) -> None:
    entry = read(page(f"<h1>{TITLE}</h1><div>{BODY}</div>", f'<link rel=canonical href="{canonical}">'))
    assert (entry.url, entry.addresses) == ("https://khabar.example/desh/123", ())


def test_a_slogan_is_no_publisher() -> None:
    head = '<meta property="og:site_name" content="সবার আগে, সবার পাশে, সব সময় আমরাই">'
    assert read(page(f"<h1>{TITLE}</h1><div>{BODY}</div>", head)).publisher == "খবরঘর"


def test_what_stands_beside_is_no_body() -> None:
    noise = (
        '<div class="share-row">ফেসবুক টুইটার</div><form><p>আপনার মতামত লিখুন এই ঘরে, আমরা তা পড়ে দেখব এবং প্রকাশ করব।</p></form>'
        f'<p>আরও পড়ুন</p><p><a href="/9">পাশের গ্রামে সেতু হচ্ছে</a></p><aside><p>{TWO}</p></aside>'
    )
    entry = read(
        page(
            f"<h1>{TITLE}</h1><div><p>{ONE}</p>{noise}<p>{TWO}</p><p>{THREE}</p></div><h2>{TITLE}</h2><div>{BODY}</div>"
        )
    )
    assert entry.body == (ONE, TWO, THREE)


@pytest.mark.parametrize(
    "line", ["নিজস্ব প্রতিবেদক | প্রকাশিত : ২ নভেম্বর ২০২৬, ১০:০৫ পিএম", "প্রকাশ: ২ নভেম্বর ২০২৬, ১০:০৫ পিএম | নিজস্ব প্রতিবেদক"]
)
def test_a_line_of_role_and_date_is_both(line: str) -> None:
    text = "পদ্মার ওপর নতুন সেতুটি শুক্রবার সকালে খুলে দেওয়া হয়েছে বলে জানিয়েছেন কর্মকর্তারা। " * 2
    entry = read(page(f'<div class="newstitle">{TITLE}</div><div>{line}</div><div><p>{text}</p></div>'))
    assert (entry.byline, entry.published) == ("নিজস্ব প্রতিবেদক", datetime(2026, 11, 2, 16, 5, tzinfo=UTC))


@pytest.mark.parametrize("count", [4, 30])
def test_a_page_builder_puts_each_paragraph_into_a_widget(count: int) -> None:
    line = "নম্বর গ্রামের মানুষ নতুন সেতুটি দিয়ে নদী পার হয়ে শহরে আসছেন বলে জানিয়েছেন কৃষকেরা।"
    # Some are long enough to be kept by themselves; the others are of the same article.
    lines = [" ".join([f"{n} {line}"] * (4 if n % 4 == 1 else 1)) for n in range(count)]
    widgets = "".join(
        f'<div class="builder-{n} builder-widget"><div class="builder-widget-inner"><p>{line}</p></div></div>'
        for n, line in enumerate(lines)
    )
    lists = '<div class="builder-widget"><a href="/1">অন্য এক খবরের শিরোনাম</a></div>'
    assert read(page(f"<h1>{TITLE}</h1><div>{widgets}{lists}</div>")).body == tuple(lines)


def test_line_breaks_part_paragraphs_behind_sentences() -> None:
    entry = read(page(f"<h1>{TITLE}</h1><div class=entry-content>{ONE}<br>{TWO}<br><br>{THREE}</div>"))
    assert entry.body == (ONE, TWO, THREE)


def test_the_site_may_stand_before_the_headline() -> None:
    entry = read(
        page(f"<div><h1>খবরঘর</h1></div><div><h1>{TITLE}</h1><div>{BODY}</div></div>", title=f"খবরঘর | {TITLE}")
    )
    assert (entry.title, entry.publisher) == (TITLE, "খবরঘর")


def test_a_list_of_headlines_is_no_article() -> None:
    with pytest.raises(ParseError, match="a list of headlines"):
        read(page("<h2>দেশ</h2>", title="দেশের খবর | খবরঘর"), "https://khabar.example/desh")


def test_a_page_without_text_is_no_article() -> None:
    with pytest.raises(ParseError, match="no article on this page"):
        read("<html><head><title>খবরঘর</title></head><body><p>শীঘ্রই আসছে</p></body></html>")


def test_an_english_page() -> None:
    text = "".join(
        f"<p>{sentence}</p>"
        for sentence in ("The village opened a library by the river for its children this week, teachers said.",) * 1
    )
    more = "<p>More than a hundred children came on the first day and read until the evening.</p>"
    entry = read(
        page(
            f"<h1>Village opens library by the river</h1><p>Published: 4 July 2026</p>{text}{more}",
            title="Village opens library by the river - The Khabar",
        )
    )
    assert (entry.title, entry.publisher, len(entry.body)) == ("Village opens library by the river", "The Khabar", 2)
    assert entry.published == datetime(2026, 7, 3, 18, tzinfo=UTC)
