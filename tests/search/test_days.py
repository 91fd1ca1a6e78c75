"""Days as readers name them, seen from Thursday, 26 February 2026.

Three in the afternoon.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.search.grammar import days, words

DHAKA = ZoneInfo("Asia/Dhaka")
NOW = datetime(2026, 2, 26, 15, tzinfo=DHAKA)


def _span(text: str) -> tuple[str, str] | None:
    pieces = [piece for word in words.read(text).words for piece in word.key.split()]
    found = days.read(pieces, NOW, DHAKA)
    if found is None:
        return None
    shown = "%m-%d %H" if found.since.year == NOW.year else "%Y-%m-%d %H"
    return tuple(one.strftime(shown) if one else "" for one in (found.since, found.until))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("আজকের খবর", "02-26 00", ""),
        ("গতকাল", "02-25 00", "02-26 00"),
        ("kalker khobor", "02-25 00", "02-26 00"),
        ("গত পরশুর খেলা", "02-24 00", "02-25 00"),
        ("পরশু দিনের খবর", "02-24 00", "02-25 00"),
        ("গত তিন দিনের খবর", "02-23 00", ""),
        ("২ দিন আগের খবর", "02-24 00", "02-25 00"),
        ("গত ২ ঘণ্টায়", "02-26 13", ""),
        ("এই সপ্তাহে", "02-19 00", ""),
        ("সোমবারের খবর", "02-23 00", "02-24 00"),
        ("গত শনিবার", "02-21 00", "02-22 00"),
        ("গত বৃহস্পতিবার", "02-19 00", "02-20 00"),
        ("১৭ ডিসেম্বর", "2025-12-17 00", "2025-12-18 00"),
        ("১৬ই ডিসেম্বরের", "2025-12-16 00", "2025-12-17 00"),
        ("16 december er", "2025-12-16 00", "2025-12-17 00"),
        ("১২ই আগস্ট ২০২৪", "2024-08-12 00", "2024-08-13 00"),
        ("১৬/১২/২০২৪", "2024-12-16 00", "2024-12-17 00"),
        ("২৯ ফেব্রুয়ারি", "2024-02-29 00", "2024-03-01 00"),
        ("২৫ তারিখের খবর", "02-25 00", "02-26 00"),
        ("২৭ তারিখের খবর", "01-27 00", "01-28 00"),
        ("১২ ফাল্গুনের", "02-25 00", "02-26 00"),
        ("পহেলা বৈশাখের", "2025-04-14 00", "2025-04-15 00"),
        ("গত মাসের", "01-01 00", "02-01 00"),
        ("এই মাসে", "02-01 00", "03-01 00"),
        ("ফেব্রুয়ারি মাসের", "02-01 00", "03-01 00"),
        ("গত ডিসেম্বরের", "2025-12-01 00", "2026-01-01 00"),
        ("গত জুলাইয়ের", "2025-07-01 00", "2025-08-01 00"),
        ("২০২৪ সালে", "2024-01-01 00", "2025-01-01 00"),
        ("২০২৪ সালের জানুয়ারির", "2024-01-01 00", "2024-02-01 00"),
        ("গত বছরের", "2025-01-01 00", "2026-01-01 00"),
        ("আজ সকালের", "02-26 04", "02-26 12"),
        ("গত রাতে", "02-25 18", "02-26 06"),
    ],
)
def test_a_day_is_read(text: str, since: str, until: str) -> None:
    assert _span(text) == (since, until)


@pytest.mark.parametrize("text", ["মে দিবস", "রবি শাস্ত্রী", "ঈদের দিন", "সাত কলেজ", "মার্চ", "৫০০ দিন", "দুই সপ্তাহ"])
def test_a_word_that_is_part_of_a_day_is_none(text: str) -> None:
    assert _span(text) is None
