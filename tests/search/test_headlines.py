"""Headlines as people paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.words import split
from bot.search.likeness import is_same, likeness

HEADLINE = "সেতুতে টোল বাড়ল, ‘কাল থেকে’ কার্যকর"


@pytest.mark.parametrize(
    "text",
    [
        HEADLINE,
        "সেতুতে টোল বাড়ল কাল থেকে কার্যকর",
        f"{HEADLINE} | নদী পত্রিকা",
        f"{HEADLINE} - নদী পত্রিকা",
        f"{HEADLINE} (নদী পত্রিকা)",
        f"দেখেন তো {HEADLINE}",
        f"{HEADLINE}\nবিস্তারিত প্রথম কমেন্টে",
    ],
)
def test_a_headline_is_the_same_whatever_stands_about_it(text: str) -> None:
    assert is_same(HEADLINE, text)


@pytest.mark.parametrize("text", ["সেতুতে টোল কমল, ‘কাল থেকে’ কার্যকর", "সেতুতে টোল", "টোল বাড়ল", ""])
def test_other_words_are_another_headline(text: str) -> None:
    assert not is_same(HEADLINE, text)


def test_a_short_headline_is_not_found_in_a_longer_text() -> None:
    assert is_same("ইলিশের দাম", "ইলিশের দাম")
    assert is_same("ইলিশের দাম", "ইলিশের দাম | নদী পত্রিকা")
    assert not is_same("ইলিশের দাম", "আজ ইলিশের দাম কত")


def test_likeness_counts_what_both_say() -> None:
    assert likeness(split(HEADLINE), split(HEADLINE)) == 1
    assert likeness(split("সেতুতে টোল কমল কাল থেকে কার্যকর"), split(HEADLINE)) >= 0.6
    assert likeness(split("মেলায় ভিড়"), split(HEADLINE)) == 0
    assert likeness([], split(HEADLINE)) == 0


@given(st.lists(st.sampled_from(["সেতু", "সেতুর", "টোল", "কাল", "করেছে", "১২", "fifa"]), max_size=8))
def test_likeness_is_a_share(words: list[str]) -> None:
    assert 0 <= likeness(words, ["সেতু", "টোল", "১২"]) <= 1
