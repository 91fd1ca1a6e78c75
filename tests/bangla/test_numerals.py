"""Digits and grouping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.numerals import grouped, to_ascii, to_bangla


def test_digits_change_and_nothing_else_does() -> None:
    assert to_bangla(2025) == "২০২৫"
    assert to_bangla("৩টি, 12.5 km") == "৩টি, ১২.৫ km"
    assert to_ascii("২৩ জুন 2025") == "23 জুন 2025"


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (0, "০"),
        (999, "৯৯৯"),
        (1000, "১,০০০"),
        (99_999, "৯৯,৯৯৯"),
        (100_000, "১,০০,০০০"),
        (1_234_567, "১২,৩৪,৫৬৭"),
        (123_456_789, "১২,৩৪,৫৬,৭৮৯"),
        (-1_234_567, "-১২,৩৪,৫৬৭"),
    ],
)
def test_large_numbers_are_grouped_in_lakhs_and_crores(number: int, printed: str) -> None:
    assert grouped(number) == printed


@given(st.integers())
def test_what_is_printed_reads_as_the_same_number(number: int) -> None:
    assert int(to_ascii(to_bangla(number))) == number
    assert int(to_ascii(grouped(number)).replace(",", "")) == number
