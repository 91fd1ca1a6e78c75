"""A sentence that ends several articles of an outlet stays in each."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.sources.kind import SourceContext
from bot.sources.worker import parse_here

if TYPE_CHECKING:
    from collections.abc import Callable

CLOSING = "পুলিশ ঘটনাটি তদন্ত করছে বলে জানিয়েছেন থানার ভারপ্রাপ্ত কর্মকর্তা।"
MANY = 12
PLACES = [f"{number} নম্বর ঘাট" for number in range(MANY)]


def _paragraphs(place: str) -> list[str]:
    return [
        f"নদীর {place} এলাকায় বহু মানুষ জড়ো হন, আর সারা দিন তাঁরা সেখানে অপেক্ষা করেন।",
        f"{place} এলাকার ইজারাদার জানান, গত বছরের চেয়ে এবার ভিড় অনেক বেশি হয়েছে।",
        CLOSING,
    ]


def _html(place: str) -> str:
    return "".join(f"<p>{one}</p>" for one in _paragraphs(place))


def _pages() -> list[bytes]:
    head = "<html><head><title>{0}: মানুষের ভিড়</title></head><body>"
    page = head + "<article><h1>{0}: মানুষের ভিড়</h1>{1}</article></body></html>"
    return [page.format(place, _html(place)).encode() for place in PLACES]


def _feed() -> list[bytes]:
    items = "".join(
        f"<item><title>{place}: মানুষের ভিড়</title><guid>{place}</guid>"
        f"<description><![CDATA[{_html(place)}]]></description></item>"
        for place in PLACES
    )
    return [f"<rss><channel><title>নদীর কাগজ</title>{items}</channel></rss>".encode()]


def _file() -> list[bytes]:
    lines = [
        {"id": place, "title": f"{place}: মানুষের ভিড়", "body": "\n".join(_paragraphs(place)), "source": "নদীর কাগজ"}
        for place in PLACES
    ]
    return ["\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()]


@pytest.mark.parametrize("bodies", [_pages, _feed, _file])
def test_many_articles_keep_the_sentence_with_which_they_all_end(bodies: Callable[[], list[bytes]]) -> None:
    context = SourceContext("https://kagoj.example/1", None, None, datetime(2026, 11, 23, tzinfo=UTC), scope="1")
    entries = [entry for body in bodies() for entry in parse_here(body, context)[1].entries]
    assert len(entries) == MANY
    assert {entry.body[-1] for entry in entries} == {entries[0].body[-1]}
    assert all(len(entry.body) == len(_paragraphs("")) for entry in entries)
