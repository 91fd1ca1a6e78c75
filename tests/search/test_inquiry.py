"""Questions as readers write them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.normalise import display, key
from bot.search.grammar.days import FARTHEST
from bot.search.grammar.inquiring import inquiry
from bot.search.grammar.intents import Inquiry
from bot.search.grammar.words import MOST
from tests.bangla.strategies import texts

DHAKA = ZoneInfo("Asia/Dhaka")
NOW = datetime(2026, 4, 14, 15, 30, tzinfo=DHAKA)
TODAY = datetime(2026, 4, 14, tzinfo=DHAKA)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("ইরান", "ইরান"),
        ("ইরানের খবর", "ইরানের"),
        ("ইরান-এর খবর", "ইরান"),
        ("ইরান এর খবর", "ইরান"),
        ("ইরান নিয়ে খবর", "ইরান"),
        ("ইরান নিয়ে", "ইরান"),
        ("ইরান সম্পর্কে সংবাদ দাও", "ইরান"),
        ("ইরানের খবর কী?", "ইরানের"),
        ("ইরান নিউজ", "ইরান"),
        ("iran er khobor", "iran"),
        ("iran er khobor dao", "iran"),
        ("iran news", "iran"),
        ("news about iran", "iran"),
        ("খবর দাও", ""),
        ("পদ্মা সেতুর খবর", "পদ্মা সেতুর"),
        ("“আজ রবিবার” নাটক", "“আজ রবিবার” নাটক"),
        ("আজকাল পত্রিকা", "আজকাল পত্রিকা"),
        ("শেখ হাসিনা এখন কোথায়", "শেখ হাসিনা"),
        ("খালেদা জিয়ার অবস্থা কেমন", "খালেদা জিয়ার"),
        ("ট্রাম্প কী বলছে", "ট্রাম্প"),
        ("প্রযুক্তির নতুন খবর কী আছে", "প্রযুক্তির"),
        ("খেলাধুলার সর্বশেষ", "খেলাধুলার"),
        ("আপনাগো কাছে কুমিল্লার খবর আছে?", "কুমিল্লার"),
        ("সিলেটে কী হইতেছে", "সিলেটে"),
        ("trump ki bollo", "trump"),
        ("কারখানা বন্ধ করে দিল মালিকপক্ষ", "কারখানা বন্ধ করে দিল মালিকপক্ষ"),
        ("আবার চালু হচ্ছে চিনিকল", "আবার চালু হচ্ছে চিনিকল"),
    ],
)
def test_what_it_is_about(text: str, about: str) -> None:
    assert inquiry(text, NOW, DHAKA).text == display(about)


@pytest.mark.parametrize(
    ("text", "about", "since", "until"),
    [
        ("আজ বৃষ্টি", "বৃষ্টি", TODAY, None),
        ("বৃষ্টি আজকের", "বৃষ্টি", TODAY, None),
        ("ক্রিকেট গতকাল", "ক্রিকেট", TODAY - timedelta(days=1), TODAY),
        ("gotokal cricket", "cricket", TODAY - timedelta(days=1), TODAY),
        ("এই সপ্তাহে ইরান", "ইরান", TODAY - timedelta(days=7), None),
        ("গত সপ্তাহের ইরানের খবর", "ইরানের", TODAY - timedelta(days=7), None),
        ("গত ৭ দিনে ইরান", "ইরান", TODAY - timedelta(days=7), None),
        ("ইরান গত ২ সপ্তাহে", "ইরান", TODAY - timedelta(days=14), None),
        ("last 3 days iran", "iran", TODAY - timedelta(days=3), None),
        ("গত ৩ ঘণ্টায় ইরান", "ইরান", NOW - timedelta(hours=3), None),
        ("গত ৯৯৯৯ দিনে ইরান", "ইরান", TODAY - timedelta(days=FARTHEST), None),
        ("গতকাল", "", TODAY - timedelta(days=1), TODAY),
        ("গতকালের খবর", "", TODAY - timedelta(days=1), TODAY),
    ],
)
def test_of_which_days(text: str, about: str, since: datetime, until: datetime | None) -> None:
    found = inquiry(text, NOW, DHAKA)
    assert (found.text, found.since, found.until) == (display(about), since, until)


def test_days_are_those_of_the_reader() -> None:
    # At half past three in Dhaka it is half past five in the morning in New York.
    assert inquiry("আজ ইরান", NOW, ZoneInfo("America/New_York")).since == datetime(
        2026, 4, 14, 4, tzinfo=ZoneInfo("UTC")
    )


@pytest.mark.parametrize(
    ("text", "about", "without"),
    [
        ("ইরান -ইসরায়েল", "ইরান", ("ইসরায়েল",)),
        ("-ইসরায়েল ইরান -গাজা", "ইরান", ("ইসরায়েল", "গাজা")),
        ("ইরান - ইসরায়েল", "ইরান ইসরায়েল", ()),
        ("ইরান-ইসরায়েল", "ইরান-ইসরায়েল", ()),
        ("“ইরান -ইসরায়েল” যুদ্ধ", "“ইরান -ইসরায়েল” যুদ্ধ", ()),
    ],
)
def test_what_is_left_out(text: str, about: str, without: tuple[str, ...]) -> None:
    found = inquiry(text, NOW, DHAKA)
    assert (found.text, found.without) == (display(about), tuple(map(display, without)))


@given(texts)
def test_any_text_is_a_question_that_is_no_longer(text: str) -> None:
    found = inquiry(text, NOW, DHAKA)
    assert len("".join(found.text.split())) <= len("".join(display(text).split()))
    assert all(word and key(word) in key(text) for word in found.without)
    assert len(found.text.split()) <= max(MOST, len(text.split()))


@given(
    st.lists(st.sampled_from(["আজ", "গত", "৭", "দিনে", "-x", "খবর", "নিয়ে", "এর", "ইরান", "“", "”", "কী"]), max_size=20)
)
def test_any_mixture_of_its_words_is_read(words: list[str]) -> None:
    assert isinstance(inquiry(" ".join(words), NOW, DHAKA), Inquiry)
