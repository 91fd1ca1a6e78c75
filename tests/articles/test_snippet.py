"""Where words stand, and these set off."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.articles.card.snippet import LONGEST, snippet
from bot.bangla.normalise import display, key
from bot.bangla.words import positions, split
from bot.values.messages import Style
from tests.bangla.strategies import texts

STORY = (
    "নৌকাটি সকালে ঘাট ছেড়েছিল। বাংলাদেশের উপকূলে ঝড়ের আভাস ছিল।",
    "ইরানের প্রেসিডেন্ট মস্কো যান। রাশিয়া ও ইরান আলোচনায় বসে। ইরানি সংবাদমাধ্যম তা জানায়।",
)


def _marked(asked: str, paragraphs: tuple[str, ...] = STORY) -> str:
    spans = snippet(paragraphs, asked)
    return "".join(f"[{span.text}]" if span.style is Style.STRONG else span.text for span in spans)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("ইরান", "[ইরানের] প্রেসিডেন্ট মস্কো যান।"),
        ("ইরান রাশিয়া", "[রাশিয়া] ও [ইরান] আলোচনায় বসে।"),
        ("“রাশিয়া ও ইরান”", "[রাশিয়া] [ও] [ইরান] আলোচনায় বসে।"),
        ("“ইরান ও রাশিয়া”", ""),
        ("বাংলা", "[বাংলাদেশের] উপকূলে ঝড়ের আভাস ছিল।"),
        ("হাতি", ""),
        ("", ""),
        ("\u200d", ""),
    ],
)
def test_the_first_sentence_that_holds_most(asked: str, shown: str) -> None:
    assert _marked(asked) == shown


def test_a_word_that_only_begins_so_is_not_marked_where_the_word_itself_stands() -> None:
    assert _marked("বাংলা", ("বাংলাদেশে বাংলা ভাষা দিবস।",)) == "বাংলাদেশে [বাংলা] ভাষা দিবস।"


def test_a_long_sentence_is_shortened_about_what_was_found() -> None:
    words = " ".join(f"শব্দ{number}" for number in range(60))
    shown = _marked("ইলিশ", (f"{words} ইলিশ ধরা পড়েছে {words}।",))
    assert shown.startswith("… ")
    assert shown.endswith("…")
    assert "[ইলিশ]" in shown
    assert len(shown) <= LONGEST + len("… []")


def test_joiners_belong_to_the_word_around_them() -> None:
    assert _marked("র‍্যাব", ("অভিযানে র‍্যাবের সদস্যরা ছিলেন।",)) == "অভিযানে [র‍্যাবের] সদস্যরা ছিলেন।"


@given(texts, texts)
def test_what_is_shown_is_a_part_of_the_text_and_what_is_marked_was_asked_for(text: str, asked: str) -> None:
    spans = snippet((text,), asked)
    shown = "".join(span.text for span in spans).removeprefix("… ").removesuffix("…")
    assert shown.rstrip() in text
    wanted = split(asked)
    for span in spans:
        if span.style is Style.STRONG:
            assert any(split(span.text)[0][:2] == word[:2] for word in wanted)


@given(texts)
def test_places_are_the_words_of_the_index(text: str) -> None:
    shown = display(text)
    found = list(positions(shown))
    assert all(key(shown[start:end]) == word for start, end, word in found)
    assert [word for _, _, joined in found for word in split(joined)] == split(shown)
