"""A word in a class says nothing by itself."""

from __future__ import annotations

import pytest

from tests.sources.test_kinds_page import BODY, ONE, THREE, TITLE, TWO, ld, page, read

HEADING = "পাঠাগারের জন্য জমি দিয়েছেন রহিমা খাতুন"
LONGER = "মধুপুর গ্রামের তরুণেরা বলেন, তাঁরা আরও বই সংগ্রহ করছেন এবং সবাইকে আমন্ত্রণ জানিয়েছেন।"
BEFORE = f"<p>{ONE}</p><p>{TWO}</p><p>{LONGER}</p>"


def body_of(text: str, head: str = "", above: str = "") -> tuple[str, ...]:
    return read(page(f"<h1>{TITLE}</h1>{above}<article>{text}</article>", head)).body


@pytest.mark.parametrize(
    "tag",
    [
        "a class=tag-link href=/t/1",
        "span class=share",
        "b class=related",
        "em class=caption",
        "a rel=tag class=tags href=/t/1",
    ],
)
def test_a_name_that_is_linked_within_a_sentence_stays(tag: str) -> None:
    sentence = ONE.replace("পাঠাগার", f"<{tag}>পাঠাগার</{tag.split(maxsplit=1)[0]}>")
    assert body_of(f"<p>{sentence}</p><p>{TWO}</p><p>{THREE}</p>") == (ONE, TWO, THREE)


def test_buttons_behind_a_closed_sentence_go() -> None:
    share = "<span class=share>শেয়ার করুন ফেসবুকে</span>"
    assert body_of(f"<p>{ONE} {share}</p><p>{TWO}</p><p>{THREE}</p>") == (ONE, TWO, THREE)


@pytest.mark.parametrize(
    "drawn",
    ["overflow-hidden", "scroll-mt-[calc(theme(spacing.sticky)_+_1)]", "md:hidden rounded-popup", "scroll-smooth"],
)
def test_classes_that_say_how_a_box_is_drawn_say_nothing(drawn: str) -> None:
    box = f"<section class='{drawn}'><h3 class='{drawn}'>{HEADING}</h3><p>{THREE}</p></section>"
    assert body_of(BEFORE + box)[-2:] == (HEADING, THREE)


@pytest.mark.parametrize("name", ["widget-title", "related-title", "popular", "share-heading"])
def test_a_heading_between_paragraphs_stays_whatever_it_is_called(name: str) -> None:
    assert body_of(f"{BEFORE}<h2 class={name}>{HEADING}</h2><p>{THREE}</p>") == (ONE, TWO, LONGER, HEADING, THREE)


def test_a_heading_is_no_caption_though_a_picture_is_named_after_it() -> None:
    picture = f'<img src="/p/1.jpg" alt="{HEADING}">'
    assert HEADING in body_of(f"{BEFORE}<h2>{HEADING}</h2>{picture}<p>{THREE}</p>")


@pytest.mark.parametrize("address", ["#jomi", "https://khabar.example/desh/123#jomi"])
def test_a_table_of_contents_leads_to_nothing_else(address: str) -> None:
    contents = f'<ul><li><a href="{address}">{HEADING}</a></li></ul>'
    assert HEADING in body_of(f"{BEFORE}<h2 id=jomi>{HEADING}</h2><p>{THREE}</p>", above=contents)


def test_a_heading_that_the_stated_text_leaves_out_stays() -> None:
    longer = f"{HEADING}, জানালেন মধুপুর গ্রামের তরুণেরা"
    head = ld(**{"@type": "NewsArticle", "headline": TITLE, "articleBody": f"{ONE} {TWO} {LONGER} {THREE}"})
    assert longer in body_of(f"{BEFORE}<h2>{longer}</h2><p>{THREE}</p>", head)


def test_the_text_is_there_with_all_of_it() -> None:
    assert body_of(BODY) == (ONE, TWO, THREE)
