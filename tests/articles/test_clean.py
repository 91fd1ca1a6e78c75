from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.draft import make_draft
from bot.articles.summary import CARD_CHARACTERS, summarise
from bot.articles.text.clean import clean, clean_tags
from bot.bangla.normalise import display
from bot.values.articles import Entry
from bot.values.errors import ParseError
from tests.articles.samples import BODY, FOURTH, LEAD, NOW, SECOND, THIRD, TITLE, entry


def test_labels_leave_the_body_for_their_fields() -> None:
    lines = (
        TITLE, "নিজস্ব প্রতিবেদক", "প্রকাশ: ৪ জুলাই ২০২৬, ১০:০০", "আপডেট: ৪ জুলাই ২০২৬, ১২:৩০", "৬১৪ জন দেখেছে", "ফেসবুক টুইটার",
        *BODY, "সূত্র: খবরঘর, নদীবার্তা।", "ট্যাগ: #নদী, বই, নদী,", "লেখক সম্পর্কে তথ্য", "অন্য একটি খবরের শিরোনাম",
    )  # fmt: skip
    cleaned = clean(entry(body=lines), NOW)
    assert cleaned.body == tuple(map(display, BODY))
    assert cleaned.published == datetime(2026, 7, 4, 4, 0, tzinfo=UTC)
    assert cleaned.updated == datetime(2026, 7, 4, 6, 30, tzinfo=UTC)
    assert (cleaned.views, cleaned.byline) == (614, "নিজস্ব প্রতিবেদক")
    assert cleaned.wire_sources == ("খবরঘর", "নদীবার্তা")
    assert cleaned.tags == ("নদী", "বই")


def test_a_second_copy_goes_and_a_short_line_may_return() -> None:
    lines = (*BODY, "প্রশ্ন:", TITLE, *BODY, "প্রশ্ন:")
    assert clean(entry(body=lines), NOW).body == (*map(display, BODY), "প্রশ্ন:", "প্রশ্ন:")


def test_other_news_in_the_middle_goes() -> None:
    lines = (BODY[0], "আরও পড়ুন", "পাশের গ্রামে সেতু হচ্ছে", BODY[1], "আরও পড়ুন: হাটে উঠেছে নতুন ধান", BODY[2])
    assert clean(entry(body=lines), NOW).body == tuple(map(display, BODY))


@pytest.mark.parametrize(
    "tail",
    [
        " ই-মেইল: desk@khabar.example, ads@khabar.example",
        " ঢাকা/রহিম/করিম সম্পর্কিত বিষয়:",
        " আরও পড়ুনপাশের গ্রামে সেতু হচ্ছে১৫ ডিসেম্বর ২০২৫",
        " এমআই/পিডি/টিসি",
        " The post শিরোনাম appeared first on খবরঘর.",
    ],
)
def test_what_a_desk_prints_behind_a_text_goes(tail: str) -> None:
    assert clean(entry(body=(*BODY[:2], FOURTH + tail)), NOW).body == tuple(map(display, BODY))


def test_a_caption_and_dates_run_into_the_text_are_parted() -> None:
    printed = "পাঠাগারে শিশুরা। ছবি: সংগৃহীত প্রকাশ: ৪ জুলাই ২০২৬ | ১১:৩৬ | আপডেট: ৪ জুলাই ২০২৬ | ১৬:৪৭ "
    cleaned = clean(entry(body=(printed + LEAD,)), NOW)
    assert cleaned.body == (display(LEAD),)
    assert cleaned.published == datetime(2026, 7, 4, 5, 36, tzinfo=UTC)


def test_the_dateline_is_noted_and_stays_printed() -> None:
    cleaned = clean(entry(body=("মধুপুর, ৪ জুলাই ২০২৬: " + LEAD,)), NOW)
    assert cleaned.dateline == "মধুপুর"
    assert cleaned.body[0].startswith("মধুপুর, ")


@pytest.mark.parametrize(
    ("byline", "kept"),
    [
        ("লেখক: ফারহানা হক", "ফারহানা হক"),
        ("By Farhana Haque", "Farhana Haque"),
        ("admin", None),
        ("satter99", None),
        ("https://khabar.example", None),
        ("khabar.example.com", None),
        ("খবরঘর", None),
        ("নদীর পাড়ে নতুন পাঠাগার খুলল গ্রামের তরুণেরা", None),
        ("নিজস্ব প্রতিবেদক", "নিজস্ব প্রতিবেদক"),
    ],
)
def test_bylines(byline: str, kept: str | None) -> None:
    assert clean(entry(byline=byline, publisher="খবরঘর"), NOW).byline == kept


def test_dates_are_kept_only_if_they_can_be() -> None:
    ahead = NOW + timedelta(days=1)
    cleaned = clean(entry(published=ahead, updated=NOW + timedelta(days=9)), NOW)
    assert (cleaned.published, cleaned.updated) == (ahead, None)
    assert clean(entry(published=datetime(1970, 1, 1, tzinfo=UTC)), NOW).published is None


def test_a_section_before_the_headline_is_a_category() -> None:
    cleaned = clean(entry(title="গ্রামবাংলা /" + TITLE), NOW)
    assert (cleaned.title, cleaned.categories) == (display(TITLE), ("গ্রামবাংলা",))


def test_slashes_that_part_lines_part_no_section() -> None:
    poem = clean(Entry(title="নদীর গান /ভাটির টান /ফেরে না আর"), NOW)
    assert (poem.title, poem.categories) == ("নদীর গান /ভাটির টান /ফেরে না আর", ())
    assert clean(poem, NOW) == poem


def test_tags() -> None:
    assert clean_tags(("#নদী", "বই, নদী", " ", "বই।", "ক" * 90)) == ("নদী", "বই")


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            (
                *BODY, TITLE, "আরও পড়ুন", "সূত্র: খবরঘর", "ট্যাগ: নদী", "ছবি: সংগৃহীত", "প্রকাশ: ৪ জুলাই ২০২৬", "ঢাকা: " + LEAD,
                LEAD + " এএফপি", "মন্তব্য",
            )
        ),
        st.text(max_size=60),
    ),
    max_size=9,
)  # fmt: skip


@given(LINES, st.text(max_size=40), st.text(max_size=30))
def test_cleaning_again_changes_nothing(body: list[str], title: str, tag: str) -> None:
    once = clean(Entry(title=title, body=tuple(body), tags=(tag,), byline=tag), NOW)
    assert clean(once, NOW) == once


def test_a_draft_sums_up_and_names() -> None:
    draft = make_draft(entry(body=("মধুপুর, ৪ জুলাই ২০২৬: " + BODY[0], *BODY[1:])), "7", NOW)
    assert draft.summary == tuple(map(display, (LEAD, SECOND, THIRD)))
    assert draft.aliases


def test_a_draft_needs_a_headline_and_a_name() -> None:
    with pytest.raises(ParseError, match="headline"):
        make_draft(entry(title=" "), "7", NOW)
    with pytest.raises(ParseError, match="to know the article by"):
        make_draft(entry(url=None, body=()), "7", NOW)


def test_a_summary_leaves_out_headline_dateline_and_labels() -> None:
    text = "\n".join((TITLE, "আপডেট: ৪ জুলাই ২০২৬", "ঢাকা: " + LEAD, SECOND))
    assert summarise(TITLE, text) == [LEAD, SECOND]


def test_a_summary_keeps_to_its_room() -> None:
    text = "\n".join(BODY)
    assert summarise(TITLE, text, 3, len(LEAD) + len(SECOND) + 1) == [LEAD, SECOND]
    (cut,) = summarise(TITLE, text, 3, 40)
    assert len(cut) <= 40
    assert summarise(TITLE, "", 3) == []


@given(st.text(max_size=600))
def test_a_summary_is_never_longer_than_a_card(text: str) -> None:
    assert len(" ".join(summarise("", text, 3, CARD_CHARACTERS))) <= CARD_CHARACTERS
