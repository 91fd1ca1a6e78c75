"""Pages saved as text, in the ways people save them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.sources.kind import SourceContext
from bot.sources.worker import parse_here
from bot.values.errors import ParseError

if TYPE_CHECKING:
    from bot.values.articles import Entry

TITLE = "নদীর পাড়ে নতুন পাঠাগার খুলল গ্রামের তরুণেরা"
ONE = "মধুপুর গ্রামের তরুণেরা নদীর পাড়ে একটি পাঠাগার খুলেছেন, যেখানে প্রতিদিন বিকেলে বই পড়া যাবে।"
TWO = "প্রথম দিনেই শতাধিক শিশু সেখানে এসে বই হাতে নেয় এবং সন্ধ্যা পর্যন্ত বসে পড়ে।"
WRAPPED = "\n   ".join((ONE[: ONE.index("যেখানে")].strip(), ONE[ONE.index("যেখানে") :]))
BODY = f"{ONE}\n\n{TWO}"


def read(text: str) -> Entry:
    kind, parsed = parse_here(text.encode(), SourceContext(None, None, None, datetime(2026, 11, 23, 12, tzinfo=UTC)))
    assert kind == "text"
    return parsed.entries[0]


WAYS = {
    "two copies": (
        "Hi", "০৬:৩২ পূর্বাহ্ন, শুক্রবার, ১৩ নভেম্বর ২০২৬", TITLE, "  • আপডেট : ৪ জুলাই ২০২৬, ১২:৩০", TITLE, BODY,
        "ট্যাগ :\nলেখক সম্পর্কে তথ্য", "পাশের গ্রামে সেতু", TITLE, BODY,
    ),
    "menu and comments": (
        "প্রচ্ছদ\nজাতীয়\nখেলা", TITLE, "নিজস্ব প্রতিবেদক", "আপডেট: ৪ জুলাই ২০২৬, ১২:৩০", BODY, "মন্তব্য করুন",
        "আপনার কথা লিখুন এখানে, আমরা পড়ে দেখব।",
    ),
    "bare": (TITLE, BODY),
    "other news": (TITLE, BODY, "এ জাতীয় আরো খবর\nপাশের গ্রামে সেতু হচ্ছে"),
    "lynx": (
        "   [1]প্রচ্ছদ [2]খেলা", "   * [3]জাতীয়", TITLE, f"   {WRAPPED}", f"   {TWO}", "References",
        "   1. https://khabar.example/\n   2. https://khabar.example/khela",
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_ways_to_save_a_page(way: str) -> None:
    entry = read("\n\n".join(WAYS[way]))
    assert entry.title == TITLE
    assert entry.body == (ONE, TWO)


def test_what_it_says_about_itself() -> None:
    entry = read(
        f"{TITLE}\n\nপ্রকাশ : ৪ জুলাই ২০২৬, ১০:০০\n১২ বার পঠিত\nপ্রতিবেদক: ফারহানা হক\n\n{BODY}\n\nসূত্র: খবরঘর\n\nট্যাগ: নদী, বই"
    )
    assert entry.published == datetime(2026, 7, 4, 4, tzinfo=UTC)
    assert (entry.views, entry.byline, entry.wire_sources, entry.tags) == (12, "ফারহানা হক", ("খবরঘর",), ("নদী", "বই"))


def test_a_date_under_the_headline_counts_where_no_label_gives_one() -> None:
    assert read(f"{TITLE}\n\nশনিবার, ৪ জুলাই ২০২৬\n\n{BODY}").published == datetime(2026, 7, 3, 18, tzinfo=UTC)
    assert read(f"শনিবার, ৪ জুলাই ২০২৬\n\n{TITLE}\n\n{BODY}").published is None


def test_paragraphs_alone_begin_with_the_title() -> None:
    entry = read(f"{ONE}\n\n{TWO}\n\n{ONE[:-1]} সব দিন।")
    assert entry.title == ONE
    assert len(entry.body) == 2


def test_an_english_page() -> None:
    entry = read(
        "Home\nSports\n\nVillage opens library by the river\n\nLast updated: 4 July 2026\n\n"
        "The village opened a library by the river for its children this week, teachers said.\n\n"
        "Leave a comment\n\nName\n"
    )
    assert entry.title == "Village opens library by the river"
    assert entry.updated == datetime(2026, 7, 3, 18, tzinfo=UTC)
    assert len(entry.body) == 1


@pytest.mark.parametrize("text", ["প্রচ্ছদ\nজাতীয়\nখেলা", "শিরোনাম একটি আছে এখানে", "১২৩ ৪৫৬"])
def test_no_sentences_no_article(text: str) -> None:
    with pytest.raises(ParseError, match="without an article"):
        read(text)


@pytest.mark.parametrize("text", ["বৃষ্টির খবর\n\nসকালে বৃষ্টি হলো।\n", "ছোট খবর\nবৃষ্টি হলো।"])
def test_a_note_of_a_few_short_lines_is_an_article(text: str) -> None:
    entry = read(text)
    lines = [line for line in text.splitlines() if line]
    assert (entry.title, list(entry.body)) == (lines[0], lines[1:])


@pytest.mark.parametrize("text", ["প্রচ্ছদ\nখেলা\nবিনোদন\n", "একটি মাত্র লাইন।", "খবর\nট্যাগ : নদী\nবৃষ্টি হলো।"])
def test_menus_and_labels_alone_are_none(text: str) -> None:
    with pytest.raises(ParseError, match="no headline, no sentences"):
        read(text)


def test_a_text_typed_for_sutonnymj_is_read() -> None:
    title, line = "b`xi cvwb evo‡Q", "b`xi cvwb evo‡Q| gvbyl m‡i hv‡”Q| †evW© ej‡Q, AvMvgx `yB w`b cvwb AviI evo‡e|"
    context = SourceContext(None, None, None, datetime(2026, 11, 23, 12, tzinfo=UTC))
    entry = parse_here(f"{title}\n\n{line}\n\n{line} †KD AvnZ nbwb|\n".encode(), context)[1].entries[0]
    assert entry.title == "নদীর পানি বাড়ছে"
    assert entry.body[0] == "নদীর পানি বাড়ছে। মানুষ সরে যাচ্ছে। বোর্ড বলছে, আগামী দুই দিন পানি আরও বাড়বে।"
