"""What is read of hostile markup, and what it costs its worker."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from anyio import to_process
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.bounds import ALL_ATTRIBUTES, ATTRIBUTES, PAGE, bounded
from bot.sources.html.tree import parse_html
from bot.sources.kind import SourceContext
from bot.sources.kinds.feed import MAX_ENTRIES, MOST_READ
from bot.sources.worker import parse, parse_here
from bot.values.errors import ParseError
from tests.sources.test_worker import _pid
from tests.warm import cold

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CONTEXT = SourceContext("https://khabar.example/1", None, None, NOW)
PROSE = "".join(
    f"<p>নদীর জল {place} বাড়ছে বলে জানিয়েছেন স্থানীয় বাসিন্দারা, আর মাঠের ফসল তলিয়ে গেছে।</p>"
    for place in ("ঘাটে", "হাওরে", "চরে", "মোহনায়")
)
PAGE_OF = "<html><head><title>নদীর খবর</title></head><body><article><h1>নদীর খবর</h1>{}</article>{}</body></html>"


def test_an_article_is_read_whatever_attributes_stand_around_it() -> None:
    flood = " ".join(f'a{n}="x>"' for n in range(100_000))
    kind, parsed = parse_here(PAGE_OF.format(f"<div {flood}>{PROSE}</div>", "").encode(), CONTEXT)
    assert kind == "page"
    assert len(parsed.entries[0].body) == 4
    root = parse_html(f"<div {flood}>নদী</div>")
    assert max(len(element.attrib) for element in root.iter()) == ATTRIBUTES


def test_all_elements_together_have_a_bound_of_attributes() -> None:
    text = "<i a b c d e f g h i j k l m n o p q r s t>" * (ALL_ATTRIBUTES // 10)
    assert text.count(" ") == 2 * ALL_ATTRIBUTES
    assert bounded(text, sys.maxsize).count(" ") == ALL_ATTRIBUTES


def test_an_article_is_read_before_links_without_end() -> None:
    page = PAGE_OF.format(PROSE, '<a href="/x">ক</a>' * (PAGE + 10))
    assert sum(1 for _ in parse_html(page).iter()) < PAGE
    assert len(parse_here(page.encode(), CONTEXT)[1].entries[0].body) == 4


@pytest.mark.parametrize(
    "text",
    [
        '<p class="x"">ক</p> <p class="y">' * 200,
        "<p class='x''>ক</p> it's " * 200,
        '<script type="application/ld+json">{"a": "<b ' + "x " * 900 + '"}</script><p a="1">',
        "<!-- <p " + "x " * 900 + "--><p>",
        "<rss><![CDATA[<p " + "x " * 900 + "]]></rss>",
        "<title>a <b " + "x " * 900 + "</title>",
        '<img src="data:image/png;base64,' + "A/+=" * 50_000 + '">',
        "১ < ২ " * 900,
        "",
    ],
)
def test_honest_markup_stays_as_it_is(text: str) -> None:
    assert bounded(text, sys.maxsize) == text


@given(st.text(alphabet="<>a/=\"' !-[]CDATscript\n", max_size=300))
def test_no_more_tags_are_left_and_nothing_is_made_up(text: str) -> None:
    left = bounded(text, 5)
    assert left.count("<") <= 5
    assert text.startswith(left)
    assert re.sub(r"\s", "", bounded(text, sys.maxsize)) == re.sub(r"\s", "", text)


def test_the_newest_items_are_found_at_either_end_of_a_feed_without_end() -> None:
    def item(number: int, moment: datetime) -> str:
        return (
            f"<item><title>খবর {number}</title><guid>{number}</guid><pubDate>{format_datetime(moment)}</pubDate></item>"
        )

    count = MOST_READ + 500
    for sign in (1, -1):
        items = "".join(item(n, NOW - timedelta(days=900) + timedelta(minutes=sign * n)) for n in range(count))
        body = f"<rss><channel><title>ক</title>{items}</channel></rss>".encode()
        found = {entry.guid for entry in parse_here(body, CONTEXT)[1].entries}
        newest = range(count)[-MAX_ENTRIES:] if sign > 0 else range(MAX_ENTRIES)
        assert found == {str(n) for n in newest}


def test_a_json_feed_of_parts_without_end_is_refused() -> None:
    body = b'{"version":"https://jsonfeed.org/version/1.1","items":[' + b"{}," * 300_000 + b"{}]}"
    with pytest.raises(ParseError, match="more parts"):
        parse_here(body, CONTEXT)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_what_a_large_feed_took_of_its_worker_is_given_back() -> None:
    small = "<rss><channel><item><title>নদী</title></item></channel></rss>".encode()
    large = f"<rss><channel><item><title>{'নদী ' * 500_000}</title></item></channel></rss>".encode()
    with cold():  # its memory is looked at
        await parse(small, CONTEXT)
        before = _held(await to_process.run_sync(_pid), "VmRSS:")
        await parse(large, CONTEXT)
        worker = await to_process.run_sync(_pid)
        assert _held(worker, "VmHWM:") - before > 2 * len(large)
        assert _held(worker, "VmRSS:") - before < 2 * len(large)


def _held(pid: int, what: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return 1024 * int(status.partition(what)[2].split(maxsplit=1)[0])
