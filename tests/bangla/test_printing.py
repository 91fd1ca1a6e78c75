"""Dates as they are printed, and read again."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.dates import parse
from bot.bangla.endings import bases
from bot.bangla.printing import (
    clock,
    english_datetime,
    english_short,
    print_datetime,
    print_short,
)

DHAKA = ZoneInfo("Asia/Dhaka")
MOMENT = datetime(2025, 6, 23, 12, 12, 45, tzinfo=UTC)
NOW = datetime(2026, 4, 14, tzinfo=UTC)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2026, 4, 13)).map(lambda naive: naive.replace(tzinfo=DHAKA))  # noqa: DTZ001


def test_a_moment_in_full() -> None:
    assert print_datetime(MOMENT, DHAKA) == "সোমবার, ২৩ জুন ২০২৫, সন্ধ্যা ৬:১২"
    assert print_datetime(MOMENT, DHAKA, bangla=True) == "সোমবার, ২৩ জুন ২০২৫, সন্ধ্যা ৬:১২ (৯ আষাঢ় ১৪৩২)"
    assert english_datetime(MOMENT, DHAKA) == "Monday, 23 June 2025, 6:12 pm"


def test_sunday_is_another_word_in_kolkata_and_has_no_bangla_date_there() -> None:
    sunday = datetime(2025, 6, 22, 6, 0, tzinfo=UTC)
    assert print_datetime(sunday, DHAKA).startswith("রোববার")
    kolkata = print_datetime(sunday, ZoneInfo("Asia/Kolkata"), bangla=True, west_bengal=True)
    assert kolkata == "রবিবার, ২২ জুন ২০২৫, সকাল ১১:৩০"


def test_the_year_stands_only_where_it_is_not_this_one() -> None:
    assert print_short(MOMENT, MOMENT, DHAKA) == "২৩ জুন, সন্ধ্যা ৬:১২"
    assert print_short(MOMENT, NOW, DHAKA) == "২৩ জুন ২০২৫, সন্ধ্যা ৬:১২"
    assert english_short(MOMENT, NOW, DHAKA) == "23 June 2025, 6:12 pm"


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (0, "রাত ১২"),
        (3, "রাত ৩"),
        (4, "ভোর ৪"),
        (6, "সকাল ৬"),
        (12, "দুপুর ১২"),
        (15, "বিকেল ৩"),
        (18, "সন্ধ্যা ৬"),
        (20, "রাত ৮"),
    ],
)
def test_the_parts_of_a_day(hour: int, part: str) -> None:
    assert clock(datetime(2026, 4, 14, hour, 5, tzinfo=DHAKA)) == f"{part}:০৫"


@given(moments)
def test_what_is_printed_is_read_again_to_the_minute(moment: datetime) -> None:
    minute = moment.replace(second=0, microsecond=0)
    for printed in (
        print_datetime(moment, DHAKA),
        print_datetime(moment, DHAKA, bangla=True),
        print_short(moment, NOW, DHAKA),
        english_datetime(moment, DHAKA),
    ):
        assert parse(printed, NOW) == minute, printed


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("ইরানের", "ইরান"),
        ("ইরানে", "ইরান"),
        ("রাশিয়ায়", "রাশিয়া"),
        ("ঢাকাকে", "ঢাকা"),
        ("ইরানেরও", "ইরান"),
        ("পুতিন-এর", "পুতিন"),
    ],
)
def test_a_usual_ending_comes_off(word: str, base: str) -> None:
    assert {base, word} <= bases(word)


def test_a_word_that_only_looks_inflected_keeps_a_base_long_enough() -> None:
    assert bases("তার") == {"তার"}
    assert all(len(base) > 2 for base in bases("বাংলাদেশ") - {"বাংলাদেশ"})
    assert "বাংলা" not in bases("বাংলাদেশ")
