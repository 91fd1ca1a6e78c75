from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.text.labels import Label, is_date, read_label, read_labels, read_views


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("• আপডেট : ০৫:১০:০৫ অপরাহ্ন, শনিবার, ৪ জুলাই ২০২৬", Label.UPDATED, "০৫:১০:০৫ অপরাহ্ন, শনিবার, ৪ জুলাই ২০২৬"),
        ("আপডেটঃ ০৪ জুলাই ২০২৬ | ০৭:০৭", Label.UPDATED, "০৪ জুলাই ২০২৬ | ০৭:০৭"),
        ("প্রকাশের সময়ঃ ৪ জুলাই, ২০২৬", Label.PUBLISHED, "৪ জুলাই, ২০২৬"),
        ("প্রকাশিত ৪ জুলাই ২০২৬", Label.PUBLISHED, "৪ জুলাই ২০২৬"),
        ("সর্বশেষ আপডেট: ৪ জুলাই ২০২৬", Label.UPDATED, "৪ জুলাই ২০২৬"),
        ("Last updated: 4 July 2026", Label.UPDATED, "4 July 2026"),
        ("Last updated 5 minutes ago", Label.UPDATED, "5 minutes ago"),
        ("সূত্র: খবরঘর, নদীবার্তা।", Label.WIRE, "খবরঘর, নদীবার্তা।"),
        ("ট্যাগ :", Label.TAGS, ""),
        ("ট্যাগস: নদী, বই", Label.TAGS, "নদী, বই"),
        ("প্রতিবেদক: ফারহানা হক", Label.BYLINE, "ফারহানা হক"),
        ("লেখক সম্পর্কে তথ্য", Label.AUTHOR_BOX, ""),
        ("এ জাতীয় আরো খবর..", Label.MORE_NEWS, ""),
        ("এই বিভাগের আরও খবর", Label.MORE_NEWS, ""),
        ("আরও পড়ুন: অন্য খবর", Label.READ_MORE, "অন্য খবর"),
        ("আরো পড়ুন", Label.READ_MORE, ""),
        ("ফেসবুক টুইটার হোয়াটসঅ্যাপ প্রিন্ট করুন", Label.SHARE, ""),
        ("মন্তব্য করুন", Label.COMMENT, ""),
        ("৩ টি মন্তব্য", Label.COMMENT, ""),
        ("© ২০২৬ খবরঘর", Label.IMPRINT, ""),
        ("সম্পাদক ও প্রকাশক: কেউ একজন", Label.IMPRINT, ""),
        ("প্রিন্ট: ৪ জুলাই ২০২৬, ০৭:২৯ পিএম", Label.CLOCK, "৪ জুলাই ২০২৬, ০৭:২৯ পিএম"),
    ],
)
def test_lines_of_portals_are_known(line: str, label: Label, value: str) -> None:
    found = read_label(line)
    assert found is not None
    assert (found.label, found.value) == (label, value)


@pytest.mark.parametrize(
    "line",
    [
        "প্রকাশিত বইটি পাঠকের মন জয় করেছে।",
        "সূত্র জানায়, কাজটি আগামী মাসে শেষ হবে।",
        "বিষয়টি নিয়ে তিনি কথা বলেননি।",
        "লেখক হিসেবে তিনি পরিচিত ছিলেন।",
        "ছবি তুলতে এসেছিলেন অনেকে।",
        "০৬:৩২ পূর্বাহ্ন, শনিবার, ৪ জুলাই ২০২৬",
        "",
    ],
)
def test_sentences_and_bare_dates_are_no_labels(line: str) -> None:
    assert read_labels(line) == ()


def test_one_line_may_carry_two_dates() -> None:
    labels = read_labels("প্রকাশ: ৪ জুলাই ২০২৬ | ১১:৩৬ | আপডেট: ৪ জুলাই ২০২৬ | ১৬:৪৭")
    assert [(found.label, found.value) for found in labels] == [
        (Label.PUBLISHED, "৪ জুলাই ২০২৬ | ১১:৩৬"),
        (Label.UPDATED, "৪ জুলাই ২০২৬ | ১৬:৪৭"),
    ]


@pytest.mark.parametrize(
    ("line", "views"),
    [
        ("৬১৪ জন দেখেছে", 614),
        ("১,২৩৪ বার পঠিত", 1234),
        ("• ১২ বার পড়া হয়েছে", 12),
        ("পঠিত: ৫৬ বার", 56),
        ("1.2K views", 1200),
        ("২.৫ হাজার ভিউ", 2500),
        ("১২ জন আহত হয়েছেন", None),
        ("পঠিত", None),
    ],
)
def test_views_are_read(line: str, views: int | None) -> None:
    assert read_views(line) == views


def test_a_date_is_short_and_no_sentence() -> None:
    assert is_date("শনিবার, ৪ জুলাই ২০২৬")
    assert is_date("৫ মিনিট আগে")
    assert not is_date("তিনি ৪ জুলাই ২০২৬ সালে আসেন।")


@given(st.text(max_size=300))
def test_any_line_is_read(line: str) -> None:
    read_labels(line)
    read_views(line)
