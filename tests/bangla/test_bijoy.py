"""Text typed for a font becomes Unicode; what was typed otherwise stays as it is."""

from __future__ import annotations

import pytest

from bot.bangla.bijoy import is_bijoy, is_english, to_unicode


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("evsjv‡`k", "বাংলাদেশ"),
        ("Avgiv b`x ‡`wL", "আমরা নদী দেখি"),
        ("wbe©vPb", "নির্বাচন"),
        ("Kg©m~wP", "কর্মসূচি"),
        ("cÖavbgš¿x", "প্রধানমন্ত্রী"),
        ("ag©xq", "ধর্মীয়"),
        ("12 RyjvB|", "১২ জুলাই।"),
        ("", ""),
    ],
)
def test_the_font_is_read(typed: str, read: str) -> None:
    assert to_unicode(typed) == read


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("evsjv‡`‡ki b`x ‡`L‡Z hvB", True),
        ("আমরা নদী দেখি", False),
        ("The river rose by a metre in a day", False),
        ("‡`k", False),
        ("", False),
    ],
)
def test_what_was_typed_for_the_font(text: str, *, typed: bool) -> None:
    assert is_bijoy(text) is typed


def test_a_piece_of_english_among_it_is_told_apart() -> None:
    assert is_english("said the minister in a meeting of the board")
    assert not is_english("evsjv‡`‡ki b`x")
