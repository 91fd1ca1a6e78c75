"""Text made to fit.

Lengths hold, nothing is lost, no letter is broken.
"""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.cut import cut, split_text
from bot.bangla.graphemes import boundaries
from tests.bangla.strategies import texts


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def clusters(text: str) -> list[str]:
    ends = [0, *boundaries(text)]
    return [text[start:end] for start, end in pairwise(ends)]


lengths = st.sampled_from([len, utf16, utf8])
Length = Callable[[str], int]

STORY = "নদীর পানি বেড়েছে। মানুষ ঘর ছেড়ে বাঁধে উঠেছেন। মো. করিম বলেন, ত্রাণ আসেনি।"


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("ক্ষুদ্র", ["ক্ষু", "দ্র"]),
        ("র\u200d্যাব", ["র\u200d্যা", "ব"]),
        ("উদ্\u200cযাপন", ["উ", "দ্\u200cযা", "প", "ন"]),
        ("চাঁদ", ["চাঁ", "দ"]),
        ("পড়\u09bcা", ["প", "ড়\u09bcা"]),
        ("অ্যাপ", ["অ্যা", "প"]),
        ("শাহ্ আলম", ["শা", "হ্", " ", "আ", "ল", "ম"]),
        ("🇧🇩🇮🇳", ["🇧🇩", "🇮🇳"]),
        ("👩\u200d👩\u200d👧👍🏽❤\ufe0f", ["👩\u200d👩\u200d👧", "👍🏽", "❤\ufe0f"]),
        ("e\u0301\r\nx", ["e\u0301", "\r\n", "x"]),
    ],
)
def test_letters_as_a_reader_counts_them(text: str, letters: list[str]) -> None:
    assert clusters(text) == letters


@pytest.mark.parametrize(
    ("limit", "result"),
    [
        (500, STORY),
        (60, "নদীর পানি বেড়েছে। মানুষ ঘর ছেড়ে বাঁধে উঠেছেন।"),
        (40, "নদীর পানি বেড়েছে। মানুষ ঘর ছেড়ে বাঁধে…"),
        (22, "নদীর পানি বেড়েছে।"),
        (3, "ন…"),
        (1, "…"),
        (0, ""),
        (-1, ""),
    ],
)
def test_a_cut_falls_at_a_sentence_or_a_space_or_a_letter(limit: int, result: str) -> None:
    assert cut(STORY, limit) == result


def test_an_abbreviation_ends_no_cut() -> None:
    assert not cut(STORY, 56).endswith("মো.")


def test_a_word_that_is_too_long_is_cut_between_letters() -> None:
    assert cut("ক্ষুদ্রান্ত্র", 7) == "ক্ষু…"
    assert cut("স্বাস্থ্য", 3, "") == ""


def test_a_long_text_is_parted_at_sentences() -> None:
    assert split_text(STORY, 52) == [
        "নদীর পানি বেড়েছে। মানুষ ঘর ছেড়ে বাঁধে উঠেছেন।",
        "মো. করিম বলেন, ত্রাণ আসেনি।",
    ]
    assert split_text("  \n ", 5) == []
    with pytest.raises(ValueError, match="limit of 0"):
        split_text("ক", 0)


@given(texts, st.integers(-1, 30), st.sampled_from(["…", "", " …(আরও)"]), lengths)
def test_a_cut_is_never_too_long_and_breaks_no_letter(text: str, limit: int, ellipsis: str, length: Length) -> None:
    result = cut(text, limit, ellipsis, length=length)
    if length(text) <= limit:
        assert result == text
        return
    assert length(result) <= max(0, limit)
    # The text may itself go on with the ellipsis, so that both with and without it the result is the text's beginning.
    kept = [part for part in (result, result.removesuffix(ellipsis)) if text.startswith(part)]
    assert any(not part.strip() or len(part) in set(boundaries(text)) for part in kept)


@given(texts, st.integers(4, 30), lengths)
def test_pieces_fit_and_lose_nothing_and_break_no_letter(text: str, limit: int, length: Length) -> None:
    pieces = split_text(text, limit, length=length)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece and length(piece) <= limit for piece in pieces)
    if all(length(letter) <= limit for letter in clusters(text)):
        inside = set(range(len(text))) - set(boundaries(text)) - {0}
        at = 0
        for piece in pieces:
            at = text.index(piece, at)
            assert at not in inside
            at += len(piece)


@given(st.text("কষতরসম্া", max_size=30), st.integers(6, 20))
def test_a_hasanta_never_stands_at_a_seam_before_its_consonant(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    if all(len(letter) <= limit for letter in clusters(text)):
        assert not any(before.endswith("্") and after[0] in "কষতরসম" for before, after in pairwise(pieces))
