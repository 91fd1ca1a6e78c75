"""What a kind is, how kinds are found.

The formats are read as they say.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

import bot.sources.kinds
from bot.sources.kind import Parsed, SourceContext, fingerprint, kinds, recognise
from bot.sources.worker import parse_here
from bot.values.errors import ParseError

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CONTEXT = SourceContext("https://khabar.example/feed", None, None, NOW)
TEXT = "মধুপুর গ্রামের তরুণেরা নদীর পাড়ে একটি পাঠাগার খুলেছেন, যেখানে প্রতিদিন বিকেলে বই পড়া যাবে।"

A_KIND = """
from bot.values.articles import Entry
from bot.sources.kind import Parsed, SourceKind
from bot.values.wording import Wording

KIND = SourceKind("postcard", "postcard", 5, lambda body, context: body.startswith(b"POSTCARD"),
            lambda body, context: Parsed((Entry(title=body.decode()[9:]),)), shown=Wording("পোস্টকার্ড", "a postcard"))
"""


def read(body: bytes | str, kind: str | None = None, context: SourceContext = CONTEXT) -> Parsed:
    return parse_here(body.encode() if isinstance(body, str) else body, context, kind)[1]


def rss(items: str, channel: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:media="http://search.yahoo.com/mrss/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
        f"<channel><title>খবরঘর</title>{channel}{items}</channel></rss>"
    )


def item(*, title: str = "পাঠাগার খুলল", link: str = "https://khabar.example/1", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def test_a_new_kind_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "postcard.py").write_text(A_KIND, encoding="utf-8")
    before = set(kinds())
    with monkeypatch.context() as patch:
        patch.setattr(bot.sources.kinds, "__path__", [*bot.sources.kinds.__path__, str(tmp_path)])
        assert set(kinds()) - before == {"postcard"}
        assert recognise(b"POSTCARD hello", CONTEXT).name == "postcard"
        assert parse_here(b"POSTCARD hello", CONTEXT)[1].entries[0].title == "hello"
    sys.modules.pop("bot.sources.kinds.postcard")
    assert set(kinds()) == before


def test_kinds_are_asked_from_the_specific_to_the_general() -> None:
    assert list(kinds()) == ["jsonfeed", "articles", "feed", "page", "text"]


def test_importing_the_worker_loads_no_heavy_library() -> None:
    code = (
        "import sys, bot.sources.worker, bot.articles.draft; from bot.sources.kind import kinds; kinds(); "
        "sys.exit(','.join({'lxml', 'trafilatura', 'feedparser'} & set(sys.modules)) or 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty body"),
        (b" \n\t ", "empty body"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (bytes(range(32)) * 40, "binary"),
        (b"<html><head><title>Just a moment...</title></head><body></body></html>", "Cloudflare"),
        (b"<html><head><title>Access Denied</title></head><body></body></html>", "refuses robots"),
        (b'{"posts": []}', "no JSON Feed"),
        (b'<?xml version="1.0"?><urlset><url/></urlset>', "sitemap"),
        (b'<?xml version="1.0"?><opml/>', "OPML, a list of feeds"),
    ],
)
def test_what_cannot_be_read_is_named(body: bytes, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        read(body)


def test_another_kind_than_expected_is_named() -> None:
    page = f"<html><body><h1>পাঠাগার খুলল গ্রামে</h1><p>{TEXT * 3}</p></body></html>"
    with pytest.raises(ParseError, match="an article page, where an RSS feed was expected"):
        read(page, "feed")
    with pytest.raises(ParseError, match="an RSS feed, where an article page was expected"):
        read(rss(item()), "page")
    with pytest.raises(ParseError, match="unknown kind of source 'fax'"):
        read(page, "fax")


def test_too_large_is_refused() -> None:
    with pytest.raises(ParseError, match="too large for an RSS feed"):
        read(rss(item()) + " " * 10_000_000)


def test_a_feed_with_nothing_new_has_the_same_fingerprint() -> None:
    one, two = (
        rss(item(), f"<lastBuildDate>{day} Jul 2026</lastBuildDate><!-- cached {day} -->") for day in ("1", "2")
    )
    assert fingerprint(one.encode()) == fingerprint(two.encode())
    assert fingerprint(rss(item(title="অন্য খবর")).encode()) != fingerprint(one.encode())


# --- feeds ---


def test_an_rss_item_is_read_whole() -> None:
    more = (
        '<guid isPermaLink="false">https://khabar.example/?p=1</guid><pubDate>Sat, 04 Jul 2026 12:00:00 +0600</pubDate>'
        '<author>ফারহানা হক</author><category domain="https://khabar.example/desh">দেশ</category><category>নদী</category>'
        '<category>বই</category><media:content url="/a.jpg?w=600&amp;h=1" medium="image"/>'
        f"<description>ছোট…</description><content:encoded><![CDATA[<p>{TEXT}</p><script>x()</script>"
        "<figure><img src='/b.jpg'><figcaption>ছবির কথা</figcaption></figure><p>শেষ কথা এখানে বলা হলো।</p>"
        "<p>The post X appeared first on Y.</p>]]></content:encoded>"
    )
    channel = "<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
    parsed = read(rss(item(title="নদী &amp;amp; &lt;b&gt;বই&lt;/b&gt;", more=more), channel))
    (entry,) = parsed.entries
    assert (parsed.publisher, parsed.interval) == ("খবরঘর", 1800)
    assert entry.title == "নদী & বই"
    assert len(entry.body) == 2
    assert entry.body[-1].startswith("শেষ কথা")
    assert (entry.url, entry.guid) == ("https://khabar.example/1", "https://khabar.example/?p=1")
    assert entry.published == datetime(2026, 7, 4, 6, tzinfo=UTC)
    assert entry.updated is None
    assert (entry.byline, entry.categories, entry.tags) == ("ফারহানা হক", ("দেশ",), ("নদী", "বই"))
    assert entry.image == "https://khabar.example/a.jpg?w=600&h=1"
    assert entry.publisher == "খবরঘর"


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("আপডেটঃ\n   ০৪ জুলাই ২০২৬ | ০৭:০৭", datetime(2026, 7, 4, 1, 7, tzinfo=UTC)),
        ("Sat, 04 Jul 2026 07:07:00", datetime(2026, 7, 4, 1, 7, tzinfo=UTC)),
        ("Sat, 04 Jul 2026 07:07:00 BST", datetime(2026, 7, 4, 1, 7, tzinfo=UTC)),
        ("Sat, 04 Jul 2026 07:07:00 GMT", datetime(2026, 7, 4, 7, 7, tzinfo=UTC)),
        ("2026-07-04T07:07:00", datetime(2026, 7, 4, 1, 7, tzinfo=UTC)),
        ("2026-07-04T07:07:00.123Z", datetime(2026, 7, 4, 7, 7, 0, 123000, tzinfo=UTC)),
        ("soon", None),
    ],
)
def test_dates_of_feeds(date: str, moment: datetime | None) -> None:
    assert read(rss(item(more=f"<pubDate>{date}</pubDate>"))).entries[0].published == moment


def test_wordpress_prints_the_section_first() -> None:
    more = "<category>দেশ</category><category>নদী</category><guid>https://khabar.example/?p=1</guid>"
    (entry,) = read(rss(item(more=more))).entries
    assert (entry.categories, entry.tags) == (("দেশ",), ("নদী",))
    (entry,) = read(rss(item(more="<category>দেশ</category><category>নদী</category>"))).entries
    assert (entry.categories, entry.tags) == ((), ("দেশ", "নদী"))


def test_an_excerpt_ends_with_an_ellipsis() -> None:
    (entry,) = read(
        rss(item(more=f"<description>&lt;p&gt;{TEXT} আরও কথা [&amp;#8230;]&lt;/p&gt;</description>"))
    ).entries
    assert entry.body[-1].endswith("আরও কথা…")


def test_atom_and_rdf_are_feeds() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>খবরঘর</title>'
        '<entry><title type="html">পাঠাগার</title><id>tag:1</id>'
        '<link href="https://khabar.example/1"/><updated>2026-07-04T07:07:00Z</updated></entry></feed>'
    )
    (entry,) = read(atom).entries
    assert (entry.title, entry.guid, entry.updated) == ("পাঠাগার", "tag:1", datetime(2026, 7, 4, 7, 7, tzinfo=UTC))
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>খবরঘর</title>'
        "</channel><item><title>পাঠাগার</title><link>https://khabar.example/1</link></item></rdf:RDF>"
    )
    assert [entry.title for entry in read(rdf).entries] == ["পাঠাগার"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_feed_in_another_encoding_or_under_a_wrong_label(encoding: str) -> None:
    context = SourceContext(None, "text/xml", "cp1252", NOW)
    assert [entry.title for entry in read(rss(item()).encode(encoding), None, context).entries] == ["পাঠাগার খুলল"]


def test_only_the_newest_of_a_whole_archive_are_taken() -> None:
    days = "".join(
        item(
            title=f"খবর {n}",
            link=f"https://khabar.example/{n}",
            more=f"<pubDate>2026-01-01T{n // 60:02}:{n % 60:02}:00Z</pubDate>",
        )
        for n in range(600)
    )
    entries = read(rss(days)).entries
    assert (len(entries), entries[0].title, entries[-1].title) == (500, "খবর 100", "খবর 599")


def test_a_warning_before_a_feed_does_no_harm() -> None:
    assert len(read("<br />\n<b>Warning</b>: something in x.php<br />\n" + rss(item())).entries) == 1


# --- JSON Feed, files of articles ---


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "খবরঘর",
        "items": [
            {"id": 7, "url": "/1", "title": "পাঠাগার &amp; বই", "content_html": f"<p>{TEXT}</p>",
             "date_published": "2026-07-04T07:07:00+06:00",
             "authors": [{"name": "ফারহানা হক"}], "tags": ["নদী", None], "image": "/a.jpg"},
            {"id": "8", "title": "ছোট", "content_text": "এক।\nদুই।"},
            {"id": "9", "content_text": "শিরোনাম নেই"},
            "junk",
        ],
    }  # fmt: skip
    parsed = read(json.dumps(feed))
    first, second = parsed.entries
    assert (parsed.publisher, parsed.skipped) == ("খবরঘর", 2)
    assert (first.title, first.guid, first.url, first.byline) == (
        "পাঠাগার & বই",
        "7",
        "https://khabar.example/1",
        "ফারহানা হক",
    )
    assert (first.tags, first.image) == (("নদী",), "https://khabar.example/a.jpg")
    assert first.published == datetime(2026, 7, 4, 1, 7, tzinfo=UTC)
    assert second.body == ("এক।", "দুই।")


def test_a_file_of_articles_counts_what_it_skips() -> None:
    lines = [
        json.dumps(
            {
                "id": "a",
                "source": "খবরঘর",
                "title": "পাঠাগার খুলল",
                "body": TEXT,
                "date": "প্রকাশ : ৪ জুলাই ২০২৬, ০৭:০৭",
                "keywords": "নদী,বই",
            }
        ),
        "not json",
        json.dumps(["a list"]),
        json.dumps({"title": "শুধু শিরোনাম"}),
        "",
        json.dumps(
            {
                "id": 5,
                "source": "নদীবার্তা",
                "title": "সেতু হলো",
                "body": TEXT,
                "url": "https://khabar.example/5",
                "category": "দেশ",
            }
        ),
    ]
    parsed = read("\n".join(lines))
    assert (len(parsed.entries), parsed.skipped, parsed.publisher) == (2, 3, None)
    assert [entry.publisher for entry in parsed.entries] == ["খবরঘর", "নদীবার্তা"]
    assert parsed.entries[0].published == datetime(2026, 7, 4, 1, 7, tzinfo=UTC)
    assert parsed.entries[0].tags == ("নদী", "বই")
    assert (parsed.entries[1].guid, parsed.entries[1].categories) == ("5", ("দেশ",))


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        ('<?xml version="1.0" encoding="utf-7"?>', None),
        ("<?xml version='1.0' encoding='UTF-7'?>", None),
        ('<meta charset="utf-7">', None),
        ('<meta http-equiv="Content-Type" content="text/html; charset=UTF-7">', None),
        ("", "utf-7"),
        ("", "UTF7"),
    ],
)
def test_utf_7_is_refused_in_words(head: str, charset: str | None) -> None:
    context = SourceContext(CONTEXT.url, None, charset, NOW)
    body = f"{head}<html><body><h1>+CZUJvgmk-</h1><p>{TEXT}</p></body></html>"
    with pytest.raises(ParseError, match="UTF-7"):
        parse_here(body.encode(), context)


def test_an_entity_that_is_left_undone_is_no_text() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "হা হা"><!ENTITY b "&a;&a;&a;">]>'
    items = (
        "<item><title>&b;</title><link>https://x.example/1</link></item>"
        "<item><title>নদী &b; ও খাল &amp; বিল &ndash; &copy;</title><link>https://x.example/2</link>"
        "<description>&b; জল বাড়ছে। AT&amp;T; ঠিক আছে।</description></item>"
    )
    parsed = read(f'{bomb}<rss version="2.0"><channel><title>x</title>{items}</channel></rss>')
    assert [entry.title for entry in parsed.entries] == ["নদী ও খাল & বিল – ©"]
    assert parsed.entries[0].body == ("জল বাড়ছে। AT&T; ঠিক আছে।",)
