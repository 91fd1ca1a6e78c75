from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.articles.draft import make_draft
from bot.articles.revision import compare
from tests.articles.samples import BODY, FOURTH, LEAD, NOW, article, entry

if TYPE_CHECKING:
    from bot.values.articles import Draft


def draft(**changes: Any) -> Draft:  # noqa: ANN401 - any field of an entry
    return make_draft(entry(**changes), "7", NOW)


def test_the_same_reading_changes_nothing() -> None:
    known = article(tags=("নদী", "বই"), published=NOW, views=3)
    again = draft(
        tags=("বই", "নদী"), published=NOW - timedelta(hours=1), views=99, body=tuple(f"{text}  " for text in BODY)
    )
    assert compare(known, again) is None


def test_a_new_headline_is_a_revision() -> None:
    change = compare(article(), draft(title="নদীর পাড়ের পাঠাগারে শিশুদের ভিড়"))
    assert change is not None
    assert change.is_revision
    assert change.draft.body == BODY


def test_a_new_text_is_a_revision_and_keeps_what_it_does_not_say() -> None:
    change = compare(
        article(image="https://khabar.example/a.jpg", byline="ফারহানা হক"),
        draft(body=(*BODY[:2], FOURTH + " পরে আরও বই আসে।")),
    )
    assert change is not None
    assert change.is_revision
    assert (change.draft.image, change.draft.byline) == ("https://khabar.example/a.jpg", "ফারহানা হক")


def test_a_poorer_reading_takes_no_text_away() -> None:
    assert compare(article(), draft(body=())) is None
    assert compare(article(), draft(body=(LEAD[:60] + "…",))) is None
    assert compare(article(), draft(body=BODY[:1])) is None


def test_a_fuller_reading_completes_without_being_a_revision() -> None:
    for known in (article(body=(), summary=()), article(body=(LEAD[:60] + "…",))):
        change = compare(known, draft())
        assert change is not None
        assert not change.is_revision
        assert change.draft.body == BODY
        assert change.draft.summary


def test_gaps_are_filled_once() -> None:
    known = article(byline="নিজস্ব প্রতিবেদক", tags=("নদী",))
    change = compare(known, draft(byline="ফারহানা হক", image="https://khabar.example/a.jpg", tags=("বই",), updated=NOW))
    assert change is not None
    assert not change.is_revision
    filled = change.draft
    assert (filled.byline, filled.tags, filled.updated) == ("ফারহানা হক", ("নদী", "বই"), NOW)
    later = article(byline=filled.byline, tags=filled.tags, image=filled.image, updated=filled.updated)
    assert compare(later, draft(byline="সালমা বেগম", image="https://khabar.example/b.jpg", tags=("নদী",))) is None
