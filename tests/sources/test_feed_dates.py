"""Dates as feeds really write them are understood rightly or none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.bangla.numerals import to_ascii
from bot.sources.kind import SourceContext
from bot.sources.moment import read_moment
from tests.sources.test_kinds import item, read, rss

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
SAVED = SourceContext(None, None, None, NOW, live=False)
THEN = datetime(2026, 7, 4, 7, 4, 5, tzinfo=UTC)

# The same moment, 07:04:05 UTC on 4 July 2026, in the forms that the tests of other readers of feeds hold.
SAME = [
    "Sat, 04 Jul 2026 07:4:5 GMT",
    "Sat, 4 Jul 2026 7:4:5 GMT",
    "Sat,4 July 2026 07:04:05 UTC",
    "Sat 4 Jul 2026 13:04:05 BDT",
    "Sat, 04 Jul 2026 03:04:05 EDT",
    "Sat, 04 Jul 2026 03:04:05 America/New_York",
    "Saturday, 04-Jul-26 07:04:05 GMT",
    "Saturday, July 4, 2026 07:04:05 UTC",
    "Saturday, 4 July 2026 13:04:05 +0600",
    "Sat, 04 Jul, 2026 13:04:05 +06:00",
    "Sat Jul 04 13:04:05 BDT 2026",
    "Sat Jul  4 07:04:05 +0000 2026",
    "Sat Jul 04 2026 13:04:05 GMT+0600 (Bangladesh Standard Time)",
    "Sat, Jul 4 2026 12:34:05 PM IST",
    "Jul 4, 2026 1:04:05 PM BDT",
    "4th Jul 2026 07:04:05 GMT",
    "2026-07-04T13:04:05+06:00",
    "2026-07-04T13:04:05 06:00",  # an address's + that became a space
    "2026-07-04 07:04:05 00",
    "2026-07-04T07:04:05.000Z",
    "2026-7-4T07:04:05Z",
    "13:04:05 04.07.2026 +0600",
    "Sat, 04 Jul 2026 01:04:05 -06",
    "1783148645",
]
# Whose hour, or which day, is meant? Read in a default zone each would be hours or months wrong.
DOUBTFUL = [
    "Sat, 04 Jul 2026 07 -0700",
    "Sat, 04 Jul 2026 07 GMT",
    "Sat, 04 Jul 2026 07:04:05 --0700",
    "2026-07-04 00:00:00.0 07:04:05.0 -0700",
    "Sat, 04 Jul 2026 07:4:5 -0700 GMT",
    "Sat, 04 Jul 2026 07:04:05 XYZT",
    "07/04/2026 07:04:05 MST",
    "7/4/2026 3:04 PM EST",
    "Sat, 31 Jun 2026 07:04:05 GMT",
    "২ ঘণ্টা আগে",
    "গতকাল ১০:০৫",
    "আজ",
    "0000-00-00 00:00:00",
    "null",
]


@pytest.mark.parametrize("text", SAME)
def test_a_moment_in_another_form_is_the_same_moment(text: str) -> None:
    assert read_moment(text, SAVED) == THEN


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_is_doubtful_is_none_and_counted(text: str) -> None:
    context = SourceContext(None, None, None, NOW, live=False)
    assert read_moment(text, context) is None
    assert context.unread == [to_ascii(text)]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("11/28/2026 3:04:05 PM", datetime(2026, 11, 28, 9, 4, 5, tzinfo=UTC)),
        ("28/11/2026 3:04:05 PM", datetime(2026, 11, 28, 9, 4, 5, tzinfo=UTC)),
        ("28 Nov 2026 12:05 AM", datetime(2026, 11, 27, 18, 5, tzinfo=UTC)),
        ("২৮ নভেম্বর ২০২৬, ১০:০৫ পিএম", datetime(2026, 11, 28, 16, 5, tzinfo=UTC)),
    ],
)
def test_no_month_is_the_28th_and_halves_of_the_day_count(text: str, moment: datetime) -> None:
    assert read_moment(text, SAVED) == moment


def dated(*texts: str) -> list[datetime | None]:
    items = (
        item(title=f"খবর {n}", link=f"https://khabar.example/{n}", more=f"<pubDate>{text}</pubDate>")
        for n, text in enumerate(texts)
    )
    return [entry.published for entry in read(rss("".join(items))).entries]


@pytest.mark.parametrize("zone", ["GMT", "+0000", "UTC", "Z"])
def test_midnights_of_gmt_on_most_items_are_days(zone: str) -> None:
    day = f"Wed, 04 Nov 2026 00:00:00 {zone}"
    moment = "Wed, 04 Nov 2026 08:39:14 GMT"
    begins = datetime(2026, 11, 3, 18, tzinfo=UTC)
    assert dated(day, day, moment) == [begins, begins, datetime(2026, 11, 4, 8, 39, 14, tzinfo=UTC)]


def test_one_midnight_among_moments_is_a_moment() -> None:
    texts = ("Wed, 04 Nov 2026 00:00:00 GMT", "Wed, 04 Nov 2026 03:10:00 GMT", "Wed, 04 Nov 2026 04:20:00 GMT")
    assert dated(*texts)[0] == datetime(2026, 11, 4, tzinfo=UTC)
    assert dated(texts[0]) == [datetime(2026, 11, 4, tzinfo=UTC)]


def test_six_in_the_morning_is_a_moment_where_the_feed_says_so() -> None:
    text = "Wed, 04 Nov 2026 06:00:00 +0600"
    assert dated(text, text) == [datetime(2026, 11, 4, tzinfo=UTC)] * 2
