"""Numbers in texts.

Grouped as they are read, and in English with a noun that fits.
"""

from __future__ import annotations

import pytest

from bot.values.chats import Language
from bot.values.wording import Wording, number, say

STORIES = Wording("{n}টি খবর", "{n:story|stories}")


@pytest.mark.parametrize(
    ("n", "bangla", "english"),
    [
        (0, "০টি খবর", "0 stories"),
        (1, "১টি খবর", "1 story"),
        (999, "৯৯৯টি খবর", "999 stories"),
        (1511, "১,৫১১টি খবর", "1,511 stories"),
        (100_000, "১,০০,০০০টি খবর", "100,000 stories"),
        (12_345_678, "১,২৩,৪৫,৬৭৮টি খবর", "12,345,678 stories"),
    ],
)
def test_a_number_is_grouped_and_its_noun_fits(n: int, bangla: str, english: str) -> None:
    assert (say(STORIES, Language.BANGLA, n=n), say(STORIES, Language.ENGLISH, n=n)) == (bangla, english)


def test_a_number_without_a_noun_and_text_stay_as_they_are() -> None:
    assert say(Wording("{n} · {a}", "{n} · {a}"), Language.ENGLISH, n=2, a="1 stories") == "2 · 1 stories"
    assert number(-1234, Language.BANGLA) == "-১,২৩৪"
