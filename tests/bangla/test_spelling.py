"""Usual spellings of one word, and words that are two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.normalise import key
from bot.bangla.spelling import fold, only_orthographic

_LETTERS = "অআইঈউঊএওকখগঙচছজটডণতদনপফবভমযরলশষসহড়য়ািীুূৃেো্ংঁৎ"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("হাদী", "হাদি"),
        ("ফরিদপূর", "ফরিদপুর"),
        ("গভর্ণর", "গভর্নর"),
        ("যুক্তরাস্ট্র", "যুক্তরাষ্ট্র"),
        ("রমযান", "রমজান"),
        ("মির্যা", "মির্জা"),
        ("বগুরা", "বগুড়া"),
        ("কুমিলা", "কুমিল্লা"),
        ("ইন্সটাগ্রাম", "ইনস্টাগ্রাম"),
        ("সিংগাপুর", "সিঙ্গাপুর"),
        ("রাংগামাটি", "রাঙামাটি"),
        ("চাদ", "চাঁদ"),
        ("ভালো", "ভাল"),
        ("জগত", "জগৎ"),
    ],
)
def test_usual_spellings_of_one_word_have_one_key(one: str, other: str) -> None:
    assert fold(key(one)) == fold(key(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("ইরান", "রান"), ("পাটকল", "পাটকেল"), ("তেহারি", "তেহরিক"), ("কাচ্চি", "খাচ্ছি"), ("কাবাডি", "আবাদি"), ("বন", "বোন")],
)
def test_other_words_have_other_keys(one: str, other: str) -> None:
    assert fold(key(one)) != fold(key(other))


def test_a_known_word_is_another_only_by_signs_of_one_sound() -> None:
    assert only_orthographic(key("জেলেনস্কী"), key("জেলেনস্কি"))
    assert not only_orthographic(key("আমড়া"), key("আমরা"))
    assert not only_orthographic(key("কাচ্চি"), key("কাঁচি"))


@given(st.text(_LETTERS, max_size=20))
def test_a_key_is_no_longer_than_its_word_but_for_ri(text: str) -> None:
    word = key(text)
    assert len(fold(word)) <= len(word) + word.count("ৃ") + word.count("ঋ")
