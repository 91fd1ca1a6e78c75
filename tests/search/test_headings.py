"""What stands above a list of some days, on Saturday.

28 November 2026.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.articles.card.view import View
from bot.bangla.normalise import display
from bot.search import headings
from bot.search.grammar.inquiring import inquiry
from bot.values.articles import Query, QueryKind
from bot.values.chats import Language
from bot.values.messages import Traits

DHAKA = ZoneInfo("Asia/Dhaka")
NOW = datetime(2026, 11, 28, 20, 10, tzinfo=DHAKA)
BANGLA, ENGLISH = (View(language, DHAKA, NOW, Traits()) for language in Language)


def _asked(text: str, query: Query | None = None) -> Query:
    found = inquiry(text, NOW, DHAKA)
    about = query or Query()
    return Query(about.kind, about.value, about.name, since=found.since, until=found.until, topic=about.topic)


@pytest.mark.parametrize(
    ("asked", "bangla", "english"),
    [
        ("গতকালের খবর", "গতকালের খবর, ২৭ নভেম্বর", "Yesterday's news, 27 November"),
        ("আজকের খবর", "আজকের খবর, ২৮ নভেম্বর", "Today's news, 28 November"),
        ("১৬ ডিসেম্বরের খবর", "১৬ ডিসেম্বর ২০২৫ তারিখের খবর", "News of 16 December 2025"),
        ("শুক্রবারের খবর", "গতকালের খবর, ২৭ নভেম্বর", "Yesterday's news, 27 November"),
        ("গত ৭ দিনের খবর", "২১ নভেম্বর থেকে ২৮ নভেম্বর পর্যন্ত", "21 November to 28 November"),
        ("গত মাসের খবর", "অক্টোবর মাসের খবর", "News of October"),
        ("২০২৪ সালের খবর", "২০২৪ সালের খবর", "News of 2024"),
        ("গত রাতের খবর", "গতকালের খবর, ২৭ নভেম্বর", "Yesterday's news, 27 November"),
    ],
)
def test_news_of_some_days(asked: str, bangla: str, english: str) -> None:
    assert headings.head(_asked(asked), BANGLA) == display(bangla)
    assert headings.head(_asked(asked), ENGLISH) == english


def test_a_subject_has_its_days_behind_it() -> None:
    sport = Query(QueryKind.TOPIC, "sport", "খেলা")
    assert headings.head(sport, BANGLA) == "বিভাগ: খেলা"
    assert headings.head(_asked("আজ", sport), BANGLA) == "বিভাগ: খেলা, আজ, ২৮ নভেম্বর"
    assert headings.head(_asked("আজ", sport), ENGLISH) == "Section: Sport, today, 28 November"
    tag = Query(QueryKind.TAG, "ইরান", "ইরান")
    assert headings.head(_asked("গতকাল", tag), BANGLA) == display("‘ইরান’ নিয়ে খবর, গতকাল, ২৭ নভেম্বর")
    outlet = Query(QueryKind.OUTLET, "1", "নদী", topic="sport")
    assert headings.head(outlet, BANGLA) == "নদী থেকে, বিভাগ: খেলা"


def test_a_day_without_news_says_so_and_of_when_the_last_is() -> None:
    tag = _asked("আজ", Query(QueryKind.TAG, "ইরান", "ইরান"))
    yesterday = NOW - timedelta(days=1)
    assert headings.nothing(tag, BANGLA, yesterday) == display(
        "আজ, ২৮ নভেম্বর, ‘ইরান’ নিয়ে কিছু আসেনি; শেষটি গতকালের, ২৭ নভেম্বর:"
    )
    assert headings.nothing(tag, ENGLISH, yesterday) == (
        "Nothing on ‘Iran’ today, 28 November; the last is of yesterday, 27 November:"
    )
    older = NOW - timedelta(days=10)
    assert headings.nothing(_asked("গতকাল"), BANGLA, older) == display(
        "গতকাল, ২৭ নভেম্বর, এখনো কিছু আসেনি; শেষ খবর ১৮ নভেম্বর তারিখের:"
    )
