from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.card.card import card
from bot.articles.card.listing import listing
from bot.articles.card.view import View
from bot.values.articles import Article, FullText, Outlet
from bot.values.chats import CardStyle, Language
from bot.values.lists import Listed
from bot.values.messages import Heading, Message, Summary, paragraph, plain
from handlers.platforms.console.adapter import TRAITS
from handlers.platforms.console.render import INDENT, RULE, ConsoleLine, arrival, cells, render

NOW = datetime(2025, 6, 23, 14, 0, tzinfo=UTC)
VIEW = View(Language.BANGLA, ZoneInfo("Asia/Dhaka"), NOW, TRAITS)
ARTICLE = Article(
    id=7,
    source_id=1,
    revision=1,
    headline="নদীর ঘাটে নতুন সেতু, খুলছে শুক্রবার",
    body=("সেতুটি খুলছে শুক্রবার।", "টোল লাগবে না।"),
    summary=("সেতুটি খুলছে শুক্রবার।", "টোল লাগবে না।"),
    first_seen=NOW,
    outlet=Outlet(1, "নমুনা পোর্টাল", "Sample Portal"),
    wire_sources=("সড়ক বিভাগ", "বাসস"),
    tags=("সেতু", "নদী"),
    published=datetime(2025, 6, 23, 12, 12, 45, tzinfo=UTC),
    full_text=FullText.ALLOWED,
)


def _texts(lines: list[ConsoleLine]) -> list[str]:
    return [line.text for line in lines]


def test_a_card_is_drawn_as_the_copy_deck_draws_it() -> None:
    assert _texts(render(card(ARTICLE, CardStyle.SUMMARY, VIEW, position=1), Language.BANGLA)) == [
        RULE,
        "১  নদীর ঘাটে নতুন সেতু, খুলছে শুক্রবার",
        "",
        "   সেতুটি খুলছে শুক্রবার।",
        "   টোল লাগবে না।",
        "",
        "   নমুনা পোর্টাল · সূত্র: সড়ক বিভাগ, বাসস",
        "   সোমবার, ২৩ জুন ২০২৫, সন্ধ্যা ৬:১২ (৯ আষাঢ় ১৪৩২)",
        "   বিষয়: সেতু · নদী",
        "",
        "   লিখুন: ১ (পুরো খবর) · ফলো সেতু · সাহায্য",
    ]


def test_in_english_and_another_zone_there_is_no_bangla_date() -> None:
    view = View(Language.ENGLISH, ZoneInfo("Asia/Kolkata"), NOW, TRAITS)
    drawn = _texts(render(card(ARTICLE, CardStyle.SUMMARY, view, position=1), Language.ENGLISH))
    assert "   Sample Portal · Source: সড়ক বিভাগ, বাসস" in drawn
    assert "   Monday, 23 June 2025, 5:42 pm" in drawn
    assert drawn[-1] == "   Type: 1 (Full story) · follow সেতু · help"


def test_a_whole_article_keeps_its_paragraphs_apart() -> None:
    drawn = _texts(render(card(ARTICLE, CardStyle.FULL, VIEW, position=1), Language.BANGLA))
    assert drawn[3:6] == ["   সেতুটি খুলছে শুক্রবার।", "", "   টোল লাগবে না।"]


def test_a_list_says_which_numbers_open_what() -> None:
    message = listing([ARTICLE, ARTICLE], VIEW, head="সর্বশেষ খবর", listed=Listed((1, 2, 3), end=2))
    drawn = _texts(render(message, Language.BANGLA))
    assert drawn[:5] == [
        RULE,
        "সর্বশেষ খবর",
        "",
        "১  নদীর ঘাটে নতুন সেতু, খুলছে শুক্রবার",
        "   নমুনা পোর্টাল · ২৩ জুন, সন্ধ্যা ৬:১২",
    ]
    assert drawn[-1] == "   লিখুন: ১–২ (পুরো খবর) · আরও · সাহায্য"


def test_a_pushed_headline_is_one_line() -> None:
    shown = "🔔 নদীর ঘাটে নতুন সেতু, খুলছে শুক্রবার (নমুনা পোর্টাল)"
    assert _texts(arrival(card(ARTICLE, CardStyle.SUMMARY, VIEW))) == [shown]
    assert _texts(arrival(card(ARTICLE, CardStyle.SUMMARY, VIEW), silent=True)) == [shown.removeprefix("🔔 ")]


def test_plain_words_get_no_rule() -> None:
    assert _texts(render(plain("এ পর্যন্তই।"), Language.BANGLA)) == ["   এ পর্যন্তই।"]


@given(st.lists(st.text(st.sampled_from("কর্মক্ষেত্রি়ীাে ্a-১ "), max_size=40), max_size=8), st.integers(20, 100))
def test_no_line_runs_over_and_no_word_is_lost(sentences: list[str], columns: int) -> None:
    message = Message((Heading("শিরোনাম", position=1), Summary(tuple(sentences)), paragraph(*sentences)))
    lines = render(message, Language.BANGLA, columns)
    assert all(cells(line.text) <= columns or " " not in line.text.strip() for line in lines)
    printed = " ".join(line.text for line in lines[2:]).split()
    assert printed == " ".join([*sentences, *sentences]).split()
    assert all(line.text.startswith(INDENT) for line in lines[2:] if line.text)
