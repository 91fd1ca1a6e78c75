from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.articles.draft import make_draft
from bot.articles.revision import compare
from bot.values.revisions import SourceWord
from tests.articles.samples import BODY, FOURTH, LEAD, NOW, TITLE, article, entry

if TYPE_CHECKING:
    from bot.values.articles import Article, Draft


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


def test_another_sources_word_completes_and_replaces_nothing() -> None:
    other = (*BODY[:2], FOURTH + " পরে আরও বই আসে।")
    assert compare(article(), draft(body=other), SourceWord.OTHER) is None
    for known in (article(body=(), summary=()), article(body=(LEAD[:60] + "…",))):
        change = compare(known, draft(), SourceWord.OTHER)
        assert change is not None
        assert (change.is_revision, change.draft.body) == (False, BODY)


def test_an_excerpt_that_says_as_much_otherwise_is_new() -> None:
    known, read = ("নদীর পাড়ে নৌকা…",), ("নদীর পাড়ে পাখি…",)
    assert len(known[0]) == len(read[0])
    change = compare(article(body=known), draft(body=read))
    assert change is not None
    assert change.draft.body == read


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


# --- who leads, field by field ---

NEW_TITLE = "নদীর পাড়ের পাঠাগারে শিশুদের ভিড়"
LEADS: dict[str, tuple[Any, Any, Any, Any]] = {
    # field: known, read, kept without a new text, kept with one
    "url": ("https://khabar.example/123", "https://other.example/9", "known", "known"),
    "byline": ("ফারহানা হক", "সালমা বেগম", "known", "known"),
    "dateline": ("মধুপুর", "ঢাকা", "known", "read"),
    "wire_sources": (("তাস",), ("বাসস",), "known", "read"),
    "image": ("https://khabar.example/a.jpg", "https://khabar.example/b.jpg", "known", "read"),
    "published": (NOW - timedelta(hours=2), NOW - timedelta(hours=1), "known", "known"),
    "updated": (NOW - timedelta(minutes=50), NOW - timedelta(minutes=10), "known", "read"),
    "views": (3, 9, "read", "read"),
    "publisher": (None, "অন্য পত্রিকা", "read", "read"),
}
EMPTY: dict[str, Any] = {"wire_sources": ()}


def _read(field: str, value: Any, *, new_text: bool) -> Draft:  # noqa: ANN401 - any field of a draft
    reading = draft(title=NEW_TITLE) if new_text else draft(tags=("এমন কিছু যা নতুন",))
    return replace(reading, **{field: value})


def _known(field: str, value: Any) -> Article:  # noqa: ANN401 - any field of an article
    return article() if field == "publisher" else article(**{field: value})


@pytest.mark.parametrize("new_text", [False, True])
@pytest.mark.parametrize("field", LEADS)
def test_who_leads_where_both_say_something(field: str, new_text: bool) -> None:
    known, read, without, with_text = LEADS[field]
    change = compare(_known(field, known), _read(field, read, new_text=new_text))
    assert change is not None
    assert change.is_revision is new_text
    leads = with_text if new_text else without
    assert getattr(change.draft, field) == (known if leads == "known" else read)


@pytest.mark.parametrize("new_text", [False, True])
@pytest.mark.parametrize("field", [field for field in LEADS if field != "publisher"])
def test_who_says_nothing_takes_nothing_away(field: str, new_text: bool) -> None:
    known, read, *_ = LEADS[field]
    nothing: Any = EMPTY.get(field)
    for one, other, kept in ((known, nothing, known), (nothing, read, read)):
        change = compare(_known(field, one), _read(field, other, new_text=new_text))
        assert change is not None
        assert getattr(change.draft, field) == kept


@pytest.mark.parametrize("field", [field for field in LEADS if field not in {"views", "publisher"}])
def test_a_gap_that_is_filled_is_a_change_and_another_value_is_none(field: str) -> None:
    known, read, *_ = LEADS[field]
    nothing: Any = EMPTY.get(field)
    filled = compare(_known(field, nothing), replace(draft(), **{field: read}))
    assert filled is not None
    assert not filled.is_revision
    assert getattr(filled.draft, field) == read
    assert compare(_known(field, known), replace(draft(), **{field: read})) is None
    assert compare(_known(field, known), replace(draft(), **{field: nothing})) is None


def test_two_sources_of_one_article_do_not_take_turns() -> None:
    first, second = (
        replace(
            draft(
                url=f"https://{name}.example/1",
                byline=f"{name} হক",
                image=f"https://{name}.example/a.jpg",
                tags=(name,),
            ),
            dateline=name,
            published=NOW - timedelta(hours=hour),
        )
        for hour, name in enumerate(("নদী", "শিশু"))
    )
    known = article(url=None)
    changes = []
    for reading in (first, second) * 3:
        change = compare(known, reading)
        changes.append(change is not None)
        if change is not None:
            kept = {
                name: getattr(change.draft, name)
                for name in ("url", "byline", "image", "tags", "dateline", "published")
            }
            known = replace(known, **kept)
    assert changes == [True, True, False, False, False, False], "each adds once what the other lacks"
    assert known.url == "https://নদী.example/1", "the card's link stays where it led"


def test_how_often_it_was_read_alone_is_no_change() -> None:
    assert compare(article(views=3), draft(views=9)) is None
    assert compare(article(views=None), draft(views=9)) is None


@pytest.mark.parametrize(
    ("known", "read", "kept"),
    [
        ("নিজস্ব প্রতিবেদক", "ফারহানা হক", "ফারহানা হক"),
        ("ফারহানা হক", "নিজস্ব প্রতিবেদক", "ফারহানা হক"),
        ("নিজস্ব প্রতিবেদক", None, "নিজস্ব প্রতিবেদক"),
        (None, "নিজস্ব প্রতিবেদক", "নিজস্ব প্রতিবেদক"),
        ("নিজস্ব প্রতিবেদক", "স্টাফ রিপোর্টার", "নিজস্ব প্রতিবেদক"),
        (None, None, None),
    ],
)
def test_a_person_stands_before_a_role(known: str | None, read: str | None, kept: str | None) -> None:
    change = compare(article(byline=known), replace(draft(title=NEW_TITLE), byline=read))
    assert change is not None
    assert change.draft.byline == kept


def test_tags_only_grow_and_their_order_is_nothing() -> None:
    change = compare(article(tags=("নদী", "বই")), draft(tags=("শিশু", "নদী")))
    assert change is not None
    assert change.draft.tags == ("নদী", "বই", "শিশু")
    assert compare(article(tags=("নদী", "বই")), draft(tags=("বই", "নদী"))) is None


# --- which text stands ---

SHORT = (LEAD,)
SENTENCE = "নদীর পাড়ের মানুষ এখানে বসে বই পড়ে আর গল্প করে।"


@pytest.mark.parametrize(
    ("known", "read", "stands", "is_revision"),
    [
        (BODY, (), "known", None),
        ((), BODY, "read", False),
        (BODY, BODY, "known", None),
        (BODY, (LEAD[:60] + "…",), "known", None),
        (BODY, BODY[:2], "known", None),
        ((LEAD[:60] + "…",), BODY, "read", False),
        (BODY, tuple(reversed(BODY)), "read", True),
        (BODY, (*BODY, SENTENCE), "read", True),
        ((SENTENCE,), (SENTENCE, SENTENCE), "read", False),
        ((SENTENCE * 3,), (SENTENCE * 3, SENTENCE), "read", True),
        ((SENTENCE * 4,), ("ক" + SENTENCE * 2,), "read", True),
        ((SENTENCE * 4,), ("ক" + SENTENCE,), "known", None),
        ((SENTENCE,), ("ক" + SENTENCE * 3,), "read", True),
    ],
)
def test_which_text_stands(
    known: tuple[str, ...], read: tuple[str, ...], stands: str, is_revision: bool | None
) -> None:
    old = article(body=known, summary=("যা জানা ছিল",) if known else ())
    reading = replace(draft(), body=read, summary=("যা পড়া হলো",))
    change = compare(old, reading)
    assert (None if change is None else change.is_revision) is is_revision
    # With a new headline there is a change in any case.
    both = compare(old, replace(reading, headline=NEW_TITLE))
    assert both is not None
    assert both.is_revision
    assert both.draft.headline == NEW_TITLE
    assert both.draft.body == (known if stands == "known" else read)
    assert both.draft.summary == (("যা জানা ছিল",) if stands == "known" and known else ("যা পড়া হলো",))
    if change is not None:
        assert change.draft.headline == old.headline


def test_half_as_long_is_long_enough_and_a_sign_less_is_not() -> None:
    # Of the same letters, so that what begins alike is not the reason.
    old = article(body=("খ" * 40,))
    assert compare(old, replace(draft(), body=("ক" * 20,))) is not None
    assert compare(old, replace(draft(), body=("ক" * 19,))) is None
    grown = compare(article(body=("ক" * 20,)), replace(draft(), body=("ক" * 40,)))
    assert grown is not None
    assert not grown.is_revision, "twice as long completes it"
    more = compare(article(body=("ক" * 20,)), replace(draft(), body=("ক" * 39,)))
    assert more is not None
    assert more.is_revision, "less than that has grown"


def test_an_excerpt_never_replaces_a_whole_text_however_long_it_is() -> None:
    for size in (10, 30, 200):
        assert compare(article(body=("খ" * 30,)), replace(draft(), body=("ক" * size + "…",))) is None
    # One that goes on where the known text ends is more of it.
    longer = compare(article(body=("খ" * 30,)), replace(draft(), body=("খ" * 90 + "…",)))
    assert longer is not None
    assert longer.draft.body == ("খ" * 90 + "…",)


def test_a_summary_where_there_was_nothing_at_all_fills_a_gap() -> None:
    bare = article(body=(), summary=())
    reading = replace(draft(), body=(), summary=("এক বাক্যে খবর",))
    change = compare(bare, reading)
    assert change is not None
    assert not change.is_revision
    assert change.draft.summary == ("এক বাক্যে খবর",)
    assert compare(article(body=(), summary=("আগেরটি",)), reading) is None
    assert compare(article(summary=()), reading) is None
    assert compare(bare, replace(reading, summary=())) is None


def test_a_headline_in_another_spelling_of_the_same_signs_is_the_same() -> None:
    change = compare(article(), draft(title=f"  {TITLE}  ", tags=("নতুন",)))
    assert change is not None
    assert not change.is_revision
    assert change.draft.headline == TITLE
