"""A zone that is given is understood, or the date is none.

Never read in a default zone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.date_zones import split_zone
from bot.bangla.dates import parse
from bot.sources.kind import SourceContext
from bot.sources.moment import read_moment

DHAKA = ZoneInfo("Asia/Dhaka")
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
FEED = SourceContext(None, None, None, NOW)

UNDERSTOOD = [
    ("-0000", 0),
    ("+0000", 0),
    ("+00:00", 0),
    ("-00:00", 0),
    ("+0600", 360),
    ("+06:00", 360),
    ("+5:30", 330),
    ("+05:30", 330),
    ("-0330", -210),
    ("−05:00", -300),
    ("+06", 360),
    ("GMT", 0),
    ("gmt", 0),
    ("UTC", 0),
    ("UT", 0),
    ("Z", 0),
    ("(UTC)", 0),
    ("GMT+05:30", 330),
    ("GMT+6", 360),
    ("UTC-0500", -300),
    ("GMT+0600 (Bangladesh Standard Time)", 360),
    ("+0600 (BDT)", 360),
    ("Etc/GMT", 0),
    ("Asia/Kolkata", 330),
    ("America/Argentina/Buenos_Aires", -180),
    ("Asia/Kathmandu", 345),
    ("CET", 60),
    ("CEST", 120),
    ("MESZ", 120),
    ("IST", 330),
    ("PKT", 300),
    ("NPT", 345),
    ("BST", 360),
    ("BDT", 360),
    ("SGT", 480),
    ("JST", 540),
    ("EST", -300),
    ("EDT", -240),
    ("ET", -240),
    ("PT", -420),
    ("AEST", 600),
]
NOT_UNDERSTOOD = [
    "XYZ", "QQT", "AST", "A", "M", "AT", "Asia/Nowhere", "Europe/../etc",
    "+99:00", "-9999", "+1500", "+zz:00", "+00:zz",
]  # fmt: skip
FORMS = ["Sat, 04 Jul 2026 07:07:00 {}", "04 Jul 26 07:07 {}", "2026-07-04 07:07:00 {}", "4 July 2026, 7:07 AM {}"]


@pytest.mark.parametrize("form", FORMS)
def test_a_zone_that_is_understood_decides(form: str) -> None:
    for zone, minutes in UNDERSTOOD:
        read = read_moment(form.format(zone), FEED)
        assert read is not None, zone
        assert (datetime(2026, 7, 4, 7, 7, tzinfo=UTC) - read).total_seconds() == minutes * 60, zone
        words = parse(form.format(zone), NOW)
        assert words == (None if " 26 " in form else read), f"{zone}: in words a year has four digits"


@pytest.mark.parametrize("form", FORMS)
def test_a_date_whose_zone_is_not_understood_is_none(form: str) -> None:
    for zone in NOT_UNDERSTOOD:
        assert read_moment(form.format(zone), FEED) is None, zone
        assert parse(form.format(zone), NOW) is None, zone


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-07-04T07:07:00.123+05:30", datetime(2026, 7, 4, 1, 37, 0, 123000, tzinfo=UTC)),
        ("2026-07-04T07:07:00-08", datetime(2026, 7, 4, 15, 7, tzinfo=UTC)),
        ("20260704T070700Z", datetime(2026, 7, 4, 7, 7, tzinfo=UTC)),
        ("20260704T070700+0530", datetime(2026, 7, 4, 1, 37, tzinfo=UTC)),
        ("2026-07-04T07:07:00Z[Europe/Paris]", datetime(2026, 7, 4, 7, 7, tzinfo=UTC)),
        ("2026-07-04T07:07:00[Europe/Paris]", datetime(2026, 7, 4, 5, 7, tzinfo=UTC)),
        ("Sat Jul 04 2026 07:07:00 GMT+0600 (Bangladesh Standard Time)", datetime(2026, 7, 4, 1, 7, tzinfo=UTC)),
        ("আপডেট: ৪ জুলাই ২০২৬, ১৮:১২ জিএমটি", datetime(2026, 7, 4, 18, 12, tzinfo=UTC)),
        ("৪ জুলাই ২০২৬, সকাল ৮টা (আইএসটি)", datetime(2026, 7, 4, 2, 30, tzinfo=UTC)),
        ("৪ জুলাই ২০২৬, ৭:০৭ পিএম +০৫:৩০", datetime(2026, 7, 4, 13, 37, tzinfo=UTC)),
        ("4 July 2026 GMT", datetime(2026, 7, 4, tzinfo=UTC)),
        ("2026-07-04Z", datetime(2026, 7, 4, tzinfo=UTC)),
        # In winter ET is five hours behind, in summer four.
        ("Mon, 26 Jan 2026 16:31:00 ET", datetime(2026, 1, 26, 21, 31, tzinfo=UTC)),
        # A zone before the time, or two of them: whose is it?
        ("GMT 07:07 4 July 2026", None),
        ("Sat, 04 Jul 2026 07:07:00 +0600 EST", None),
    ],
)
def test_other_places_of_a_zone(text: str, moment: datetime | None) -> None:
    assert read_moment(text, FEED) == moment


@pytest.mark.parametrize(
    "text",
    [
        "4 July 2026 at 07:07 by Staff",
        "07:07, 4 July 2026",
        "07:07 Sat, 4 July 2026",
        "07:07, 4 July 2026 SAT",
        "07:07 AM, JUL 04, 2026",
        "০৭:০৭ -০৪ জুলাই ২০২৬",
        "৪ জুলাই ২০২৬, সকাল ০৭:০৭ টা",
        "2026-07-04T07:07:00",
        "Sat, 04 Jul 2026 07:07:00",
    ],
)
def test_what_names_no_zone_is_in_the_sources(text: str) -> None:
    assert read_moment(text, FEED) == datetime(2026, 7, 4, 1, 7, tzinfo=UTC)


def test_an_abbreviation_of_many_countries_is_the_sources_own() -> None:
    summer = "Sat, 04 Jul 2026 07:07:00 "
    for zone, name, minutes in (
        ("Europe/London", "BST", 60),
        ("Asia/Shanghai", "CST", 480),
        ("Asia/Jerusalem", "IST", 120),
    ):
        own = ZoneInfo(zone)
        read = read_moment(summer + name, SourceContext(None, None, None, NOW, zone))
        assert read == datetime(2026, 7, 4, 7, 7, tzinfo=own), (name, minutes)


@given(st.text(alphabet="0123456789:+-TZ ()[]/,.GMTESAPam২৩টা", max_size=60))
def test_any_text_is_read_or_refused_by_a_value_error(text: str) -> None:
    try:
        rest, zone = split_zone(text, DHAKA)
    except ValueError:
        return
    assert rest == text or zone is not None
