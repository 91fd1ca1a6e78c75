from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.words import normal_question, question
from bot.subscriptions.keywords import MOST_LETTERS, MOST_WORDS, Refusal, refused

TEXTS = st.text(alphabet="ইরানের মা“”\"'‘’-*()ab.\u200c\u200d১", max_size=30)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Refusal.EMPTY),
        ("\u200c\u200d", Refusal.EMPTY),
        (".*+?[](){}^$|\\", Refusal.EMPTY),
        ("ক", Refusal.SHORT),
        ("a", Refusal.SHORT),
        ("মা", None),
        ("ক" * MOST_LETTERS, None),
        ("ক" * 500, Refusal.LONG),
        (" ".join(["চর"] * MOST_WORDS), None),
        (" ".join(["চর"] * (MOST_WORDS + 1)), Refusal.LONG),
        ("a.*b", None),
        ("AND OR NOT", None),
    ],
)
def test_some_texts_cannot_be_followed(text: str, why: Refusal | None) -> None:
    assert refused(text) is why


@given(TEXTS)
def test_what_is_kept_asks_for_the_same(text: str) -> None:
    assert question(normal_question(text)) == question(text)
    assert normal_question(normal_question(text)) == normal_question(text)
