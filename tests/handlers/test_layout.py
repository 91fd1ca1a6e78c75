"""Rows of choices by the width of their labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.graphemes import letters
from bot.values.calls import call
from bot.values.messages import Choice, Choices, Message, paragraph
from handlers.layout import WIDEST, laid
from handlers.platforms.telegram.render import render


def _rows(*labels: str) -> list[list[str]]:
    return [[one.label for one in row] for row in laid([Choice(label, call("latest")) for label in labels])]


@pytest.mark.parametrize(
    ("label", "counted"), [("ফলো", 2), ("➕ পদ্মা ফলো করুন", 12), ("চট্টগ্রাম বিভাগ", 10), ("now", 3), ("", 0)]
)
def test_signs_on_letters_are_not_counted(label: str, counted: int) -> None:
    assert letters(label) == counted


def test_six_offers_to_follow_do_not_stand_in_one_row() -> None:
    names = ("ফলো ইরান", "ফলো ক্রিকেট বিশ্বকাপ বাছাইপর্ব", "ফলো সিলেট", "ফলো খেলা", "ফলো গাজা", "ফলো চাকরি")
    assert _rows(*names) == [
        ["ফলো ইরান"],
        ["ফলো ক্রিকেট বিশ্বকাপ বাছাইপর্ব"],
        ["ফলো সিলেট", "ফলো খেলা"],
        ["ফলো গাজা", "ফলো চাকরি"],
    ]


def test_numbers_stand_five_in_a_row() -> None:
    assert [len(row) for row in _rows(*map(str, range(12)))] == [5, 5, 2]
    assert _rows("০", "১০", "২০", "৫০", "নিজে লিখব") == [["০", "১০", "২০", "৫০"], ["নিজে লিখব"]]


def test_of_four_two_and_two_stand_together() -> None:
    assert _rows("সব সময়", "শুধু দিনে", "শুধু আমার বিষয়ে", "একদম না") == [
        ["সব সময়", "শুধু দিনে"],
        ["শুধু আমার বিষয়ে", "একদম না"],
    ]
    assert _rows("বাংলাদেশ", "বিশ্ব", "অর্থনীতি", "খেলা", "শিক্ষা", "ধর্ম", "প্রযুক্তি")[1:] == [
        ["খেলা", "শিক্ষা"],
        ["ধর্ম", "প্রযুক্তি"],
    ]


def test_a_third_of_a_row_shows_its_label_whole() -> None:
    offers = [f"🔕 {name} বাদ দিন" for name in ("মেঘনা", "সুন্দরবন", "বাঘ", "পদ্মা", "ইরান", "সৌদি আরব")]
    assert _rows(*offers) == [offers[:2], offers[2:4], offers[4:]]
    assert _rows("📰 সর্বশেষ", "☀️ আজকের খবর", "📲 নিজের জন্য")[0] == ["📰 সর্বশেষ", "☀️ আজকের খবর"]
    for three in (
        ("📖 পুরো খবর", "🔗 মূল খবর", "⋯"),
        ("📖 Whole story", "🔗 Original", "⋯"),
        ("➕ পদ্মা", "➕ ইরান", "➕ সৌদি আরব"),
        ("নদী পত্রিকা ✕", "শিমুল বার্তা ✕", "পদ্মা ✕"),
    ):
        assert _rows(*three) == [list(three)]


def test_telegram_lays_out_what_a_message_has_in_one_row() -> None:
    row = tuple(Choice(f"বেশ লম্বা একটি নাম {number}", call("latest")) for number in range(4))
    (piece,) = render(Message((paragraph("ক"), Choices((row,)))), lambda _: "1.latest")
    assert [len(one) for one in piece.keyboard] == [2, 2]


@given(st.lists(st.text("কখগ া১২a ", max_size=40), max_size=30))
def test_every_choice_stands_once_and_no_row_is_wider_than_can_be_read(labels: list[str]) -> None:
    rows = _rows(*labels)
    assert [label for row in rows for label in row] == labels
    for row in rows:
        numbers = all(label.strip("১২ ") == "" for label in row)
        assert len(row) == 1 or numbers or max(map(letters, row)) <= WIDEST[len(row)]
