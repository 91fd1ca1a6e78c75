"""Real pages and feeds, read from the shared folder.

Skipped where that is absent.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.articles.draft import make_draft
from bot.articles.summary import CARD_CHARACTERS
from bot.bangla.normalise import display
from bot.sources.kind import Parsed, SourceContext
from bot.sources.worker import parse_here
from bot.values.errors import ParseError
from tests.drawing import drawn
from tests.shared import shared_path

if TYPE_CHECKING:
    from bot.values.articles import Entry

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
UPDATED = datetime(2025, 6, 23, 12, 12, 45, tzinfo=UTC)
WIRE = ("তাস", "ক্রেমলিন বিবৃতি")


def read(*path: str) -> Parsed:
    return parse_here(shared_path(*path).read_bytes(), SourceContext(None, None, None, NOW))[1]


def only(*path: str) -> Entry:
    (entry,) = read(*path).entries
    return entry


def seed_lines() -> list[str]:
    return [
        line.strip()
        for line in shared_path("seed", "article.txt").read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def seed_body() -> tuple[str, ...]:
    """Return the five paragraphs of the first copy, as printed."""
    lines = [display(line) for line in seed_lines()]
    first = next(place for place, line in enumerate(lines) if line.startswith("মস্কো"))
    return tuple(lines[first : first + 5])


def test_the_seed_as_text() -> None:
    entry = only("seed", "article.txt")
    assert entry.title == display(seed_lines()[2])
    assert entry.body == seed_body()
    assert (entry.published, entry.updated) == (None, UPDATED)
    assert (entry.dateline, entry.wire_sources) == ("মস্কো", WIRE)
    assert (entry.byline, entry.tags, entry.views, entry.publisher) == (None, (), 614, None)


def test_the_seed_as_a_page() -> None:
    entry = only("captures", "wordpress", "000_seed_wp_portal.html")
    assert entry.title == display(seed_lines()[2])
    assert entry.body == seed_body()
    assert (entry.published, entry.updated) == (UPDATED, UPDATED)
    assert (entry.publisher, entry.url) == ("দৈনিক পোর্টাল", "https://portal.example/1234/")
    assert (entry.byline, entry.tags, entry.categories) == (
        "নিজস্ব প্রতিবেদক",
        tuple(map(display, ("ইরান", "রাশিয়া"))),
        ("আন্তর্জাতিক",),
    )
    assert (entry.wire_sources, entry.dateline, entry.views) == (WIRE, "মস্কো", 614)
    assert entry.image == "https://portal.example/wp-content/uploads/2025/06/x.jpg"


def test_the_seed_has_one_identity_in_feed_and_page() -> None:
    feed, page = (
        make_draft(only("captures", "wordpress", name), "7", NOW) for name in ("wp_rss2.xml", "000_seed_wp_portal.html")
    )
    assert feed.body == page.body == seed_body()
    assert {alias for alias in feed.aliases if alias.kind != "guid"} >= set(page.aliases)
    assert len(" ".join(page.summary)) <= CARD_CHARACTERS
    assert len(page.summary) == 3
    assert not page.summary[0].startswith("মস্কো")


def test_a_yoast_page() -> None:
    entry = only("captures", "html", "ukbdnews_article_23646.html")
    moment = datetime(2020, 8, 29, 9, 46, 6, tzinfo=UTC)
    assert entry.publisher == "UKBDNEWS"
    assert not entry.title.endswith("UKBDNEWS")
    assert (entry.published, entry.updated) == (moment, moment)
    assert [len(paragraph) > 150 for paragraph in entry.body] == [True, True]
    assert entry.image == "https://ukbdnews.com/files/uploads/2020/08/11-2.jpg"
    assert (entry.byline, entry.tags, entry.views) == (None, (), 1537)
    assert entry.addresses == ("http://ukbdnews.com/2020/08/23646/", "https://ukbdnews.com/?p=23646")


def test_a_section_page_and_a_refusal_say_what_they_are() -> None:
    with pytest.raises(ParseError, match="a list of headlines"):
        read("captures", "html", "samakal_section_opinion.html")
    with pytest.raises(ParseError, match="Cloudflare"):
        read("captures", "html", "cloudflare_403.html")


@pytest.mark.parametrize(
    ("name", "count", "first", "images"),
    [
        ("samakal_articles.xml", 500, datetime(2026, 6, 6, 1, 7, tzinfo=UTC), 450),
        ("prothomalo_opinion.xml", 274, datetime(2026, 8, 22, 15, 17, 20, tzinfo=UTC), 250),
        ("kalerkantho_opinion.xml", 53, datetime(2025, 11, 16, 8, 39, 14, tzinfo=UTC), 0),
    ],
)
def test_feeds(name: str, count: int, first: datetime, images: int) -> None:
    parsed = read("captures", "rss", name)
    assert (len(parsed.entries), parsed.skipped) == (count, 0)
    assert parsed.entries[0].published == first
    assert all(entry.published for entry in parsed.entries)
    assert sum(entry.image is not None for entry in parsed.entries) >= images


def test_pieces_of_every_capture_are_read_or_refused() -> None:
    for path in sorted(shared_path("captures").glob("*/*.*")):
        body = path.read_bytes()[:100_000]
        pieces = [(body[: len(body) * fifth // 5], None) for fifth in range(5)]
        mojibake = body.decode("cp1252", "replace").encode()
        utf16 = body.decode(errors="replace").encode("utf-16")
        ways = (*pieces, (body, "cp1252"), (body, "utf-16"), (mojibake, None), (utf16, None))
        for piece, charset in drawn(ways, 3):
            try:
                parse_here(piece, SourceContext(None, None, charset, NOW))
            except ParseError as error:
                assert "can't be read (" not in str(error), path  # noqa: PT017 - a library's own exception


def test_drafts_of_real_articles() -> None:
    lines = shared_path("data", "articles", "articles.jsonl").read_bytes().split(b"\n")[::72]
    parsed = parse_here(b"\n".join(lines), SourceContext(None, None, None, NOW))[1]
    assert (len(parsed.entries), parsed.skipped) == (sum(1 for line in lines if line.strip()), 0)
    for entry in parsed.entries:
        draft = make_draft(entry, "7", NOW)
        assert draft.summary
        assert len(" ".join(draft.summary)) <= CARD_CHARACTERS
        assert draft.aliases
