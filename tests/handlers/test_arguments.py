"""How a text is parted among a command's parameters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import arguments
from handlers.params import CountParam, OneOfParam, StoryParam, TextParam

COUNT = CountParam(name="count", anywhere=True)
NAME = TextParam(name="name")
WHEN = OneOfParam(name="when", options={"now": ("এলেই", "সঙ্গে সঙ্গে"), "together": ("একসঙ্গে",)})
STORY = StoryParam(name="story")


@pytest.mark.parametrize(
    ("params", "text", "parts"),
    [
        ((NAME, COUNT), "", {}),
        ((NAME, COUNT), "৫", {"count": "৫"}),
        ((NAME, COUNT), "প্রথম আলো ৫", {"name": "প্রথম আলো", "count": "৫"}),
        ((NAME, COUNT), "5 প্রথম আলো", {"name": "প্রথম আলো", "count": "5"}),
        ((NAME, WHEN), "ইরান সঙ্গে সঙ্গে", {"name": "ইরান", "when": "সঙ্গে সঙ্গে"}),
        ((NAME, WHEN), "এলেই", {"name": "এলেই"}),
        ((STORY, WHEN, NAME), "#12 now নতুন | শিরোনাম", {"story": "#12", "when": "now", "name": "নতুন | শিরোনাম"}),
        ((STORY, WHEN), "#12 এলেই আর কিছু", {"story": "#12", "when": "এলেই", "": "আর কিছু"}),
    ],
)
def test_each_parameter_takes_its_words(params: tuple, text: str, parts: dict[str, str]) -> None:  # type: ignore[type-arg]
    assert arguments.parted(params, text) == parts


@given(st.lists(st.sampled_from(["ইরান", "৫", "এলেই", "#12", "সঙ্গে"]), max_size=8).map(" ".join))
def test_no_word_is_lost_or_taken_twice(text: str) -> None:
    parts = arguments.parted((STORY, NAME, WHEN, COUNT), text)
    assert sorted(" ".join(parts.values()).split()) == sorted(text.split())
