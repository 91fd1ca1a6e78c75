"""Dates as portals print them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.dates import parse

DHAKA = ZoneInfo("Asia/Dhaka")
NOW = datetime(2026, 4, 14, 20, 0, tzinfo=DHAKA)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("০৬:১২:৪৫ অপরাহ্ন, সোমবার, ২৩ জুন ২০২৫", "2025-06-23 18:12:45"),
        ("আপডেটঃ ০৬ মার্চ ২০২৬ | ০৭:০৭", "2026-03-06 07:07:00"),
        ("প্রকাশ : ২৩ জুন ২০২৫, ০৬:১২ পিএম", "2025-06-23 18:12:00"),
        ("সর্বশেষ আপডেট: ২৩ জুন ২০২৫, ১১:০০ এ.এম.", "2025-06-23 11:00:00"),
        ("২০১৫ ঘণ্টা, ফেব্রুয়ারি ২৪, ২০২৪", "2024-02-24 20:15:00"),
        ("২৩শে জুন", "2025-06-23 00:00:00"),
        ("১লা জানুয়ারী", "2026-01-01 00:00:00"),
        ("১৪ এপ্রিল", "2026-04-14 00:00:00"),
        ("১৫ এপ্রিল", "2025-04-15 00:00:00"),
        ("২৯ ফেব্রুয়ারি", "2024-02-29 00:00:00"),
        ("২৩ জুন ২০২৫, সন্ধ্যা ৬টা ১২ মিনিট", "2025-06-23 18:12:00"),
        ("২৩ জুন ২০২৫, রাত সাড়ে ১১টা", "2025-06-23 23:30:00"),
        ("২৩ জুন ২০২৫, সকাল পৌনে ৮টা", "2025-06-23 07:45:00"),
        ("২৩ জুন ২০২৫, রাত সোয়া ৯টা", "2025-06-23 21:15:00"),
        ("২৩ জুন ২০২৫ রাত ১২:০৫", "2025-06-23 00:05:00"),
        ("২৩ জুন ২০২৫ রাত ১টা", "2025-06-23 01:00:00"),
        ("২৩ জুন ২০২৫ দুপুর ১২:৩০", "2025-06-23 12:30:00"),
        ("২৩ জুন ২০২৫ দুপুর ২টা", "2025-06-23 14:00:00"),
        ("২৩ জুন ২০২৫ ভোর ৪:৩০", "2025-06-23 04:30:00"),
        ("২৩ জুন ২০২৫ বিকাল ৪টা", "2025-06-23 16:00:00"),
        ("২৩ জুন ২০২৫ ১৮:১২ পিএম", "2025-06-23 18:12:00"),
        ("আগষ্ট ১০, ২০২৩", "2023-08-10 00:00:00"),
        ("১০ অগাস্ট ২০২৩", "2023-08-10 00:00:00"),
        ("রোববার, ২২ জুন ২০২৫", "2025-06-22 00:00:00"),
        ("রবিবার ২২ জুন ২০২৫", "2025-06-22 00:00:00"),
        ("সোমবার, ০৬:১২ পিএম", "2026-04-13 18:12:00"),
        ("২৩/০৬/২০২৫", "2025-06-23 00:00:00"),
        ("২৩.০৬.২৫", "2025-06-23 00:00:00"),
        ("২০২৫-০৬-২৩ ১৮:১২", "2025-06-23 18:12:00"),
        ("23 June 2025 6:12 PM", "2025-06-23 18:12:00"),
        ("Published: Jun 23, 2025", "2025-06-23 00:00:00"),
        ("এইমাত্র", "2026-04-14 20:00:00"),
        ("৫ মিনিট আগে", "2026-04-14 19:55:00"),
        ("২ ঘণ্টা ১০ মিনিট আগে", "2026-04-14 17:50:00"),
        ("আধা ঘণ্টা আগে", "2026-04-14 19:30:00"),
        ("এক ঘণ্টা আগে", "2026-04-14 19:00:00"),
        ("১ সপ্তাহ আগে", "2026-04-07 20:00:00"),
        ("5 minutes ago", "2026-04-14 19:55:00"),
        ("আজ, ০৬:১২ এএম", "2026-04-14 06:12:00"),
        ("গতকাল, ০৬:১২ পিএম", "2026-04-13 18:12:00"),
        ("২১ আশ্বিন ১৪৩২", "2025-10-06 00:00:00"),
        ("২৩ জুন ২০২৫, ১ আষাঢ় ১৪৩২ বঙ্গাব্দ", "2025-06-23 00:00:00"),
        ("আপডেট : ২৩ জুন ২০২৫, ১০:০০ প্রকাশ : ২২ জুন ২০২৫, ০৯:০০", "2025-06-23 10:00:00"),
    ],
)
def test_a_form_that_portals_print_is_read(text: str, expected: str) -> None:
    read = parse(text, NOW)
    assert read is not None
    assert read.tzinfo is not None
    assert read.astimezone(DHAKA).strftime("%Y-%m-%d %H:%M:%S") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-06-23T12:12:45Z", datetime(2025, 6, 23, 12, 12, 45, tzinfo=UTC)),
        ("2025-06-23T18:12:45+05:30", datetime(2025, 6, 23, 12, 42, 45, tzinfo=UTC)),
        ("Mon, 23 Jun 2025 12:12:45 GMT", datetime(2025, 6, 23, 12, 12, 45, tzinfo=UTC)),
        ("২৩ জুন ২০২৫, ১৮:১২ (BST)", datetime(2025, 6, 23, 12, 12, tzinfo=UTC)),
    ],
)
def test_a_zone_that_is_named_decides(text: str, expected: datetime) -> None:
    assert parse(text, NOW, zone=ZoneInfo("America/New_York")) == expected


def test_a_date_without_a_zone_is_in_the_one_given() -> None:
    kolkata = ZoneInfo("Asia/Kolkata")
    assert parse("২৩ জুন ২০২৫, ১৮:১২", NOW, kolkata) == datetime(2025, 6, 23, 12, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "খবর",
        "৩১ ফেব্রুয়ারি ২০২৫",
        "২৫:৭০",
        "৪৫ জুন ২০২৫",
        "০ জুন ২০২৫",
        "৯৯৯৯৯৯৯৯৯ বছর আগে",
        "১ জানুয়ারি ০",
        "|",
        "ঃ",
        "জুন",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse(text, NOW) is None


def test_a_huge_text_is_refused_at_once() -> None:
    assert parse("২৩ " * 1_000_000, NOW) is None


WORDS = st.sampled_from(
    [
        "২৩",
        "জুন",
        "২০২৫",
        "১৪৩২",
        "আষাঢ়",
        "রাত",
        "ভোর",
        "সাড়ে",
        "পৌনে",
        "৬টা",
        "৬:১২",
        "২৪:০০",
        "পিএম",
        "অপরাহ্ন",
        "আগে",
        "মিনিট",
        "ঘণ্টা",
        "গতকাল",
        "সোমবার",
        ",",
        "|",
        ":",
        "-",
        "/",
        "০",
        "১২",
        "৯৯৯৯৯",
        "Jun",
        "PM",
        "Z",
        "+06:00",
        "BST",
        "ই",
        "শে",
    ]
)


@given(st.lists(WORDS, max_size=8).map(" ".join) | st.text(max_size=60))
def test_nothing_makes_it_fail(text: str) -> None:
    read = parse(text, NOW)
    assert read is None or read.tzinfo is not None


@given(st.lists(WORDS, max_size=6).map(" ".join), st.integers(-12, 14))
def test_the_zone_of_now_never_decides(text: str, hours: int) -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=hours)))
    assert parse(text, NOW) == parse(text, elsewhere)
