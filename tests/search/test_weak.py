"""Words that say little, and names that only look like them."""

from __future__ import annotations

import pytest

from bot.bangla.normalise import key
from bot.search.weak import is_weak


@pytest.mark.parametrize("word", ["পেয়েছে", "পাইছে", "কমবে", "হইলেন", "খাচ্ছি", "বললেন", "করেনি", "আসছে", "আমরা", "কোথায়"])
def test_forms_of_verbs_and_small_words_say_little(word: str) -> None:
    assert is_weak(key(word))


@pytest.mark.parametrize("word", ["ইরান", "হাসিনা", "করিম", "পাটকল", "কলেরা", "আসাম", "আসামি", "চালান", "হাসান", "রান", "খেলাপি"])
def test_names_and_nouns_do_not(word: str) -> None:
    assert not is_weak(key(word))
