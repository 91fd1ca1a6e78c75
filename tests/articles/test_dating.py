"""Which dates a card prints as facts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.articles.card.dating import in_list, on_card
from bot.articles.card.view import View
from bot.values.articles import DHAKA
from bot.values.chats import Language
from tests.articles.samples import NOW, article
from tests.fakes.world import TRAITS

VIEW = View(Language.ENGLISH, ZoneInfo(DHAKA), NOW, TRAITS)
SEEN = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(days=1), timedelta(days=400)])
def test_a_date_in_the_future_is_the_pages_word_and_no_fact(ahead: timedelta) -> None:
    story = article(published=SEEN + ahead, first_seen=SEEN)
    assert on_card(story, VIEW, bangla=False).startswith("The page says ")
    assert "found" in on_card(story, VIEW, bangla=False)
    assert in_list(story, VIEW) == VIEW.short(SEEN)


def test_a_clock_that_is_minutes_ahead_is_a_fact() -> None:
    story = article(published=SEEN + timedelta(minutes=5), first_seen=SEEN)
    assert on_card(story, VIEW, bangla=False) == VIEW.moment(SEEN)


def test_without_a_date_the_date_is_unknown_and_never_the_import() -> None:
    story = article(published=None, updated=None, first_seen=SEEN)
    assert on_card(story, VIEW, bangla=False).startswith("Date of publication unknown")
    assert in_list(story, VIEW) == "date unknown"


def test_only_updated_says_so() -> None:
    story = article(published=None, updated=SEEN - timedelta(hours=3), first_seen=SEEN)
    assert on_card(story, VIEW, bangla=False).startswith("Updated ")


def test_a_day_alone_has_no_hour() -> None:
    midnight = datetime(2026, 11, 21, 18, tzinfo=UTC)
    assert ":" not in on_card(article(published=midnight, first_seen=SEEN), VIEW, bangla=False)
    assert ":" in on_card(article(published=midnight + timedelta(hours=9), first_seen=SEEN), VIEW, bangla=False)
