"""The Bangla calendar, day by day."""

from datetime import date, timedelta

import pytest

from bot.bangla.calendar import BanglaDate, bangla_date, gregorian_date, print_bangla


@pytest.mark.parametrize(
    ("day", "bangla"),
    [
        (date(2025, 10, 6), "২১ আশ্বিন ১৪৩২"),
        (date(2025, 6, 23), "৯ আষাঢ় ১৪৩২"),
        (date(2025, 2, 21), "৮ ফাল্গুন ১৪৩১"),
        (date(2024, 2, 21), "৮ ফাল্গুন ১৪৩০"),
        (date(2025, 3, 26), "১২ চৈত্র ১৪৩১"),
        (date(2024, 3, 26), "১২ চৈত্র ১৪৩০"),
        (date(2025, 12, 16), "১ পৌষ ১৪৩২"),
        (date(2025, 5, 8), "২৫ বৈশাখ ১৪৩২"),
        (date(2025, 4, 14), "১ বৈশাখ ১৪৩২"),
        (date(2025, 4, 13), "৩০ চৈত্র ১৪৩১"),
        (date(2024, 3, 14), "৩০ ফাল্গুন ১৪৩০"),
        (date(2025, 3, 14), "২৯ ফাল্গুন ১৪৩১"),
        (date(2019, 10, 16), "৩১ আশ্বিন ১৪২৬"),
        (date(2019, 10, 17), "১ কার্তিক ১৪২৬"),
    ],
)
def test_known_days(day: date, bangla: str) -> None:
    assert print_bangla(bangla_date(day)) == bangla
    assert gregorian_date(bangla_date(day)) == day


def test_every_day_of_three_centuries_has_its_own_bangla_date_and_they_follow_each_other() -> None:
    day, before = date(1900, 1, 1), bangla_date(date(1899, 12, 31))
    while day < date(2101, 1, 1):
        bangla = bangla_date(day)
        assert gregorian_date(bangla) == day
        follows = (bangla.year, bangla.month, bangla.day) > (before.year, before.month, before.day)
        assert follows
        assert bangla.day == 1 or bangla.day == before.day + 1
        day, before = day + timedelta(days=1), bangla


def test_the_first_and_last_day_python_knows_are_no_obstacle() -> None:
    assert bangla_date(date.min).month == 9
    assert gregorian_date(bangla_date(date.max)) == date.max


@pytest.mark.parametrize(
    ("day", "month", "year"), [(0, 1, 1432), (32, 1, 1432), (31, 7, 1432), (30, 11, 1431), (1, 13, 1432)]
)
def test_a_day_that_does_not_exist_is_refused(day: int, month: int, year: int) -> None:
    with pytest.raises(ValueError, match="no such Bangla date"):
        BanglaDate(day, month, year)


def test_falgun_has_a_leap_day_when_its_gregorian_year_is_leap() -> None:
    assert gregorian_date(BanglaDate(30, 11, 1430)) == date(2024, 3, 14)
