"""Base forms, with a small archive to know words by."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.inflection import base
from bot.bangla.normalise import key
from tests.bangla.strategies import texts

if TYPE_CHECKING:
    from collections.abc import Iterable

ARCHIVE = """
    ইরান ইরানের ইরানে ব্যাংক ব্যাংকের ব্যাংকে ব্যাং সড়ক সড়কের সড়কে দেশ দেশে দেশের দেশটি রাশিয়া রাশিয়ার মানুষ মানুষের মানুষকে মানুষেরা মা মায়ের
    ঢাকা ঢাকায় ঢাকার নদী নদীর নদীতে নদীগুলো ছেলে ছেলের ছেলেকে মেয়ে মেয়ের মেয়েদের ঘর ঘরে ঘরের শিক্ষক শিক্ষকেরা শিক্ষকদের সরকার সরকারের
    বাজার বাজারে আছ আছে বই বইয়ের ভাই ভাইয়ের এক একটি চিকিৎসক চিকিৎসকদের দায় দায়ের
"""


def _counts(words: Iterable[str]) -> Counter[str]:
    return Counter({key(word): 10 for word in words})


KNOWN = _counts(ARCHIVE.split())


def _base(word: str) -> str:
    return base(key(word), KNOWN.__getitem__)


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("ইরানের", "ইরান"),
        ("ইরানে", "ইরান"),
        ("ইরানেরও", "ইরান"),
        ("ব্যাংকে", "ব্যাংক"),
        ("সড়কে", "সড়ক"),
        ("দেশের", "দেশ"),
        ("দেশটির", "দেশ"),
        ("রাশিয়ার", "রাশিয়া"),
        ("ঢাকায়", "ঢাকা"),
        ("নদীতে", "নদী"),
        ("নদীগুলোর", "নদী"),
        ("মানুষেরা", "মানুষ"),
        ("মানুষকে", "মানুষ"),
        ("শিক্ষকদের", "শিক্ষক"),
        ("চিকিৎসকরা", "চিকিৎসক"),
        ("মায়ের", "মা"),
        ("বইয়ের", "বই"),
        ("মেয়েদের", "মেয়ে"),
        ("ছেলেকে", "ছেলে"),
        ("ঘরে", "ঘর"),
        ("একটি", "এক"),
        ("সঙ্গে", "সঙ্গ"),
        ("অচেনাপুরের", "অচেনাপুর"),
        ("বিএনপি-র", "বিএনপি"),
    ],
)
def test_endings_come_off(word: str, lemma: str) -> None:
    assert _base(word) == key(lemma)


@pytest.mark.parametrize(
    "word",
    [
        "ইরান",
        "সরকার",
        "বাজার",
        "মেয়ে",
        "ছেলে",
        "সময়",
        "কোটি",
        "মাটি",
        "সেরা",
        "করে",
        "থেকে",
        "তার",
        "আমার",
        "তাঁরা",
        "দায়রা",
        "ভাই",
        "র",
        "",
        "a",
        "iran",
    ],
)
def test_words_of_their_own_stay(word: str) -> None:
    assert _base(word) == key(word)


def test_the_same_word_with_another_archive() -> None:
    assert base("ব্যাংকে", _counts(["ব্যাং", "ব্যাংকে"]).__getitem__) in {"ব্যাং", "ব্যাংকে", "ব্যাংক"}
    assert base("ব্যাংকে", _counts(["ব্যাংক", "ব্যাংকে", "ব্যাংকের"]).__getitem__) == "ব্যাংক"


def test_a_slip_in_one_article_changes_no_base() -> None:
    often = Counter({"দেশ": 100, "দেশে": 300, "দেশের": 200})
    assert base("দেশের", often.__getitem__) == "দেশ"
    assert base("দেশের", (often + Counter(["দেশেকে"])).__getitem__) == "দেশ"


@given(texts)
def test_a_base_is_a_beginning_of_any_word(text: str) -> None:
    for word in key(text).split():
        found = _base(word)
        assert found
        assert word.startswith(found)


@given(st.text("ইরানেওদকতটিাগুলো", max_size=400))
def test_the_archive_is_asked_a_few_hundred_times_at_most(word: str) -> None:
    asked: Counter[str] = Counter()

    def known(form: str) -> int:
        asked[form] += 1
        return 1

    base(key(word), known)
    assert asked.total() < 1000
