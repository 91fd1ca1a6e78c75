"""Which stories are near one."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.related import Tagged, bag, nearest
from tests.articles.samples import article
from tests.bangla.strategies import texts

COUNTS = Counter({"আজ": 900, "খবর": 900, "আগুন": 20, "কারখানা": 10, "লালবাগ": 3, "ক্রিকেট": 50})


def _bag(words: str, *tags: str) -> Tagged:
    return Tagged(Counter(words.split()), frozenset(tags))


def test_rare_words_bring_stories_together_and_common_ones_do_not() -> None:
    bags = {
        1: _bag("লালবাগ কারখানা আগুন আজ"),
        2: _bag("লালবাগ কারখানা আগুন নিয়ন্ত্রণ"),
        3: _bag("কারখানা আগুন ইউনিট দল"),
        4: _bag("আজ খবর ক্রিকেট দল মাঠ জয়"),
    }
    assert nearest(bags, 1, COUNTS, 3) == [2, 3]
    assert nearest(bags, 1, COUNTS, 1) == [2]


def test_a_tag_that_is_shared_counts_a_little() -> None:
    bags = {1: _bag("লালবাগ আগুন", "ঢাকা"), 2: _bag("আগুন গুদাম রাত"), 3: _bag("আগুন গুদাম রাত", "ঢাকা")}
    assert nearest(bags, 1, COUNTS, 1) == [3]


def test_the_same_told_in_the_same_words_is_nothing_more_to_read() -> None:
    bags = {1: _bag("লালবাগ কারখানা আগুন"), 2: _bag("লালবাগ কারখানা আগুন")}
    assert nearest(bags, 1, COUNTS, 3) == []


def test_without_any_words_nothing_is_near() -> None:
    assert nearest({1: _bag(""), 2: _bag(""), 3: _bag("আগুন")}, 1, COUNTS, 3) == []


@given(st.lists(texts, min_size=2, max_size=5))
def test_any_texts_are_compared_and_none_is_near_itself(headlines: list[str]) -> None:
    bags = {number: bag(article(headline=text or "খবর")) for number, text in enumerate(headlines)}
    found = nearest(bags, 0, COUNTS, 3)
    assert 0 not in found
    assert len(found) == len(set(found)) <= 3
