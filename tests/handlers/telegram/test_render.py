from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from bot.articles.card.card import card, plain_card
from bot.articles.card.digest import MORNING, Head, digest
from bot.articles.card.listing import listing
from bot.articles.card.withdrawn import withdrawn
from bot.values.articles import Article, Correction, Outlet
from bot.values.calls import Numbered, call
from bot.values.chats import CardStyle, Language, Picture
from bot.values.delivery import Candidate, Form, Subject, SubjectKind, SubjectState
from bot.values.lists import Listed
from bot.values.messages import (
    Body,
    Choice,
    Choices,
    Heading,
    Item,
    Items,
    Link,
    Message,
    Notice,
    Paragraph,
    Photo,
    Span,
    Style,
    Summary,
    line,
    paragraph,
)
from bot.values.messages import plain as said
from handlers.platforms.telegram.piece import Button, Preview, TelegramPiece, as_edit, as_post, markup
from handlers.platforms.telegram.render import plain, render
from tests.bangla.strategies import texts
from tests.handlers.telegram.reading import read
from tests.handlers.telegram.seed import ARTICLE, FOOT, HEADLINE, LINK, NOW, PICTURED, SENTENCES, URL, VIEW, only, press


def _labels(piece: TelegramPiece) -> list[list[str]]:
    return [[button.label for button in row] for row in piece.keyboard]


# --- the layouts of the copy deck, word for word ---


def test_a_headline_card() -> None:
    piece = only(card(ARTICLE, CardStyle.HEADLINE, VIEW))
    assert piece.text == f"<b>{HEADLINE}</b>\n\n{FOOT}"
    assert piece.preview is None, "it would repeat the headline"


def test_a_summary_card_shows_one_sentence_and_folds_the_others() -> None:
    piece = only(card(ARTICLE, CardStyle.SUMMARY, VIEW))
    assert piece.text == (
        f"<b>{HEADLINE}</b>\n\n{SENTENCES[0]}\n"
        f"<blockquote expandable>{SENTENCES[1]}\n\n{SENTENCES[2]}</blockquote>\n{FOOT}"
    )
    assert piece.preview == Preview(URL)
    assert _labels(piece) == [["📖 পুরো খবর", "🔗 মূল খবর", "⋯"]]


def test_a_whole_article_is_folded_under_its_headline() -> None:
    piece = only(card(ARTICLE, CardStyle.FULL, VIEW))
    assert piece.text == (
        f"<b>{HEADLINE}</b>\n\n<blockquote expandable>{ARTICLE.body[0]}\n\n{ARTICLE.body[1]}</blockquote>\n"
        f"{FOOT} (৯ আষাঢ় ১৪৩২)\nবিষয়: ইরান · রাশিয়া"
    )


def test_breaking_news_is_short_and_its_sign_is_not_bold() -> None:
    piece = only(card(ARTICLE, CardStyle.SUMMARY, VIEW, breaking=True))
    assert piece.text == (
        f"🔴 <b>ব্রেকিং: {HEADLINE}</b>\n\n{SENTENCES[0]}\n\n{LINK}নমুনা পোর্টাল</a> · সূত্র: তাস, ক্রেমলিন বিবৃতি\nসন্ধ্যা ৬:১২"
    )
    assert _labels(piece) == [["📖 পুরো খবর", "🔗 মূল খবর"], ["🔴 ব্রেকিং কমান"]]


def test_an_update_is_one_more_line() -> None:
    message = card(ARTICLE, CardStyle.HEADLINE, VIEW, revised_at=datetime(2025, 6, 23, 13, 5, tzinfo=UTC))
    assert only(message).text == f"<b>{HEADLINE}</b>\n\n{FOOT}\nআপডেট: সন্ধ্যা ৭:০৫"


def test_a_correction_stands_in_a_quotation_of_its_own() -> None:
    made = Correction(datetime(2025, 6, 23, 13, 5, tzinfo=UTC), "ভুল <নাম>", "রাশিয়ার সহযোগিতা চাইলেন")
    corrected = replace(ARTICLE, headline="চিঠি", summary=SENTENCES[:1], correction=made)
    assert only(card(corrected, CardStyle.SUMMARY, VIEW)).text == (
        f"✏️ <b>চিঠি</b>\n\n{SENTENCES[0]}\n"
        "<blockquote><b>সংশোধনী, সন্ধ্যা ৭:০৫</b>\nআগে শিরোনামে ছিল: ‘রাশিয়ার সহযোগিতা চাইলেন’\n"
        "কারণ: ভুল &lt;নাম&gt;</blockquote>\n"
        f"{FOOT}"
    )


def test_a_folded_quotation_and_a_correction_are_two() -> None:
    made = Correction(NOW, "কারণ")
    html = only(card(replace(ARTICLE, correction=made), CardStyle.SUMMARY, VIEW)).text
    assert "</blockquote>\n<blockquote><b>" in html
    assert len(read(html).styled("blockquote")) == 2


def test_a_withdrawal_strikes_the_headline_and_shows_nothing_else_of_it() -> None:
    message = withdrawn(PICTURED, "ভুল", "নমুনা পোর্টাল", VIEW, at=datetime(2025, 6, 23, 14, 30, tzinfo=UTC), bot_name="খবর")
    piece = only(message, Picture.LARGE)
    assert piece.text == (
        f"🚫 <b>খবরটি প্রত্যাহার করা হয়েছে</b>\n\n<s>{HEADLINE}</s>\n\n"
        "কারণ: ভুল\nপ্রত্যাহার করেছে: নমুনা পোর্টাল\nরাত ৮:৩০, সোমবার, ২৩ জুন ২০২৫"
    )
    assert (piece.preview, piece.photo) == (None, None)
    assert _labels(piece) == [["❔ এর মানে কী"]]


LIST = Listed((7, 8, 9), end=2)


def test_a_list_has_its_numbers_under_it() -> None:
    other = replace(ARTICLE, id=8, headline="দ্বিতীয়", url=None)
    piece = only(listing([ARTICLE, other], VIEW, head="সর্বশেষ খবর", listed=LIST))
    assert piece.text == (
        f"<b>সর্বশেষ খবর</b>\n\n<b>১.</b> {LINK}{HEADLINE}</a>\nনমুনা পোর্টাল · ২৩ জুন, সন্ধ্যা ৬:১২\n\n"
        "<b>২.</b> দ্বিতীয়\nনমুনা পোর্টাল · ২৩ জুন, সন্ধ্যা ৬:১২"
    )
    assert piece.preview is None
    assert piece.keyboard[0] == (
        Button("১", f"1.read:number=l{LIST.id}.1"),
        Button("২", f"1.read:number=l{LIST.id}.2"),
    )
    assert len(piece.keyboard) == 2


def _candidate(article: Article) -> Candidate:
    subject = Subject(article.id, SubjectKind.STORY, 1, 0, SubjectState.OPEN, NOW, article.id)
    return Candidate(subject, article)


def test_a_digest_is_grouped_and_its_sign_is_not_bold() -> None:
    sport = replace(ARTICLE, id=2, headline="শেষ ওভারের নাটকে সিরিজে সমতা", outlet=Outlet(2, "খেলার পাতা"), topic="sport")
    wrong = replace(sport, id=3, headline="ভুল খবর", outlet=Outlet(3, "আরেক পোর্টাল"), withdrawn=True)
    found = [_candidate(ARTICLE), _candidate(sport), _candidate(wrong)]
    piece = only(digest(found, VIEW, head=Head(MORNING.bn)))
    assert piece.text == (
        f"☀️ <b>সকালের খবর একনজরে</b>\n\n<b>বিশ্ব</b>\n১. {LINK}{HEADLINE}</a> (নমুনা পোর্টাল)\n\n"
        f"<b>খেলা</b>\n২. {LINK}শেষ ওভারের নাটকে সিরিজে সমতা</a> (খেলার পাতা)\n"
        "৩. <s>(প্রত্যাহার) ভুল খবর</s> (আরেক পোর্টাল)\n\n"
        "সোমবার, ২৩ জুন ২০২৫ · ৯ আষাঢ় ১৪৩২\n২৩ জুন, রাত ৮:০০ থেকে এসেছে ৩টি খবর, সব এখানে।"
    )
    assert _labels(piece) == [["১", "২"], ["⚙️ সময় ও বিষয় বদলান"]]
    assert piece.preview is None


def test_english_numbers_in_an_english_list() -> None:
    items = Items((Item(1, "one", article_id=1), Item(2, "two", article_id=2)))
    piece = only(Message((items,), language=Language.ENGLISH))
    assert piece.text == "<b>1.</b> one\n\n<b>2.</b> two"
    assert _labels(piece) == [["1", "2"]]


def test_a_sign_is_one_of_ours_only_when_it_stands_alone() -> None:
    assert only(Message((Heading("●কথা শুরু"),))).text == "<b>●কথা শুরু</b>"
    assert only(Message((Heading("খবর আজ"),))).text == "<b>খবর আজ</b>"
    assert only(Message((Heading("☀️"),))).text == "<b>☀️</b>"


def test_our_own_words_keep_their_styles() -> None:
    lines = (line("খবর", Style.STRONG), (Span("দেখুন "), Span("এখানে", link="tg://resolve?domain=x")))
    assert only(Message((Paragraph(lines),))).text == ('<b>খবর</b>\nদেখুন <a href="tg://resolve?domain=x">এখানে</a>')


def test_what_cannot_be_opened_is_no_link() -> None:
    for link in ("javascript:alert(1)", "/a", 'https://x"y\0', "", "https://a b"):
        piece = only(Message((Paragraph((line("ক", link=link),)), Choices(((Choice("খ", Link(link)),),)))))
        assert (piece.text, piece.keyboard) == ("ক", ())


# --- pictures ---


def test_a_large_picture_is_a_photo_with_the_card_under_it() -> None:
    piece = only(card(PICTURED, CardStyle.SUMMARY, VIEW), Picture.LARGE)
    assert (piece.form, piece.photo, piece.preview) == (Form.PHOTO, PICTURED.image, None)
    method, fields = as_post(piece)
    assert (method, fields["photo"], fields["caption"]) == ("sendPhoto", PICTURED.image, piece.text)
    assert "link_preview_options" not in fields


def test_what_is_too_long_for_a_caption_is_a_text_with_a_large_preview() -> None:
    long = replace(PICTURED, body=(*ARTICLE.body, *ARTICLE.body, *ARTICLE.body))
    piece = only(card(long, CardStyle.FULL, VIEW), Picture.LARGE)
    assert (piece.form, piece.preview) == (Form.TEXT, Preview("https://example.com/a.jpg", large=True))


def test_without_pictures_there_is_no_preview() -> None:
    assert only(card(PICTURED, CardStyle.SUMMARY, VIEW), Picture.NONE).preview is None


def test_a_page_without_an_address_is_previewed_by_its_picture() -> None:
    without = replace(PICTURED, url=None)
    assert only(card(without, CardStyle.SUMMARY, VIEW)).preview == Preview("https://example.com/a.jpg")
    assert only(card(replace(without, image=None), CardStyle.SUMMARY, VIEW)).preview is None


def test_a_text_that_is_edited_stays_a_text() -> None:
    (piece,) = render(card(PICTURED, CardStyle.SUMMARY, VIEW), press, picture=Picture.LARGE, form=Form.TEXT)
    assert piece.form is Form.TEXT
    assert as_edit(piece)[0] == "editMessageText"


def test_a_photo_that_is_edited_keeps_to_its_caption() -> None:
    message = card(replace(PICTURED, summary=("প্রথম।", "দ্বিতীয় " * 200)), CardStyle.SUMMARY, VIEW)
    (piece,) = render(message, press, form=Form.PHOTO)
    assert piece.text == f"<b>{HEADLINE}</b>\n\nপ্রথম।\n\n{FOOT}", "what stood folded goes first"
    assert as_edit(piece)[0] == "editMessageCaption"
    assert as_edit(piece)[1]["caption"] == piece.text


def test_a_caption_that_is_too_long_all_the_same_ends_early() -> None:
    message = card(replace(PICTURED, body=("কথা। " * 300,)), CardStyle.FULL, VIEW)
    (piece,) = render(message, press, form=Form.PHOTO)
    assert 900 < len(read(piece.text).text) <= 1024
    (bare,) = plain(message, press, form=Form.PHOTO)
    assert bare.text == read(piece.text).text


# --- what is sent ---


def test_what_is_posted() -> None:
    piece = only(card(ARTICLE, CardStyle.SUMMARY, VIEW))
    method, fields = as_post(piece)
    assert method == "sendMessage"
    assert fields == {
        "text": piece.text,
        "parse_mode": "HTML",
        "link_preview_options": {"url": URL, "prefer_small_media": True},
        "reply_markup": markup(piece.keyboard),
    }
    assert markup((piece.keyboard[0][:2],)) == {
        "inline_keyboard": [
            [{"text": "📖 পুরো খবর", "callback_data": "1.story:story=n7,form=-full"}, {"text": "🔗 মূল খবর", "url": URL}]
        ]
    }


def test_an_edit_turns_the_preview_off_and_takes_buttons_away() -> None:
    method, fields = as_edit(only(said("এ পর্যন্তই।")))
    assert (method, fields) == (
        "editMessageText",
        {"text": "এ পর্যন্তই।", "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}},
    )


def test_plain_is_the_same_text_without_markup() -> None:
    message = card(PICTURED, CardStyle.SUMMARY, VIEW)
    (piece,), marked = plain(message, press), only(message)
    assert piece.text == read(marked.text).text
    assert (piece.keyboard, piece.preview) == (marked.keyboard, None)
    assert "parse_mode" not in as_post(piece)[1]


def test_a_plain_card_is_drawn_too() -> None:
    assert only(plain_card(ARTICLE, VIEW)).text.startswith(f"{HEADLINE}\n{SENTENCES[0]}\n")


def test_without_text_the_line_that_stands_for_all_is_shown_or_nothing() -> None:
    assert only(Message((Photo("https://example.com/a.jpg", "ছবি"),), brief="ছবি")).text == "ছবি"
    for nothing in (Message(()), Message((paragraph("", " \n"),)), Message((Summary(()), Body(()), Heading("")))):
        assert render(nothing, press) == []
        assert plain(nothing, press) == []
        assert render(nothing, press, form=Form.PHOTO) == []


# --- buttons ---


def test_rows_are_no_wider_and_no_more_than_is_taken() -> None:
    row = tuple(Choice(str(n), call("read", number=Numbered(n))) for n in range(20))
    keyboard = only(Message((paragraph("ক"), Choices((row,) * 6)))).keyboard
    assert max(map(len, keyboard)) == 5
    assert sum(map(len, keyboard)) == 100


def test_ten_places_stand_in_two_rows() -> None:
    items = Items(tuple(Item(n, "ক", article_id=n) for n in range(1, 11)))
    assert [len(row) for row in only(Message((items,))).keyboard] == [5, 5]


def test_a_button_that_would_send_back_too_much_is_a_fault_of_ours() -> None:
    message = Message((paragraph("ক"), Choices(((Choice("খ", call("c")),),))))
    with pytest.raises(ValueError, match="64 bytes"):
        render(message, lambda _: "ক" * 22)
    with pytest.raises(ValueError, match="64 bytes"):
        render(message, lambda _: "")
    assert render(message, lambda _: "x" * 64)


@given(texts)
def test_what_comes_from_outside_cannot_become_markup(text: str) -> None:
    hostile = f'<b>{text}</b> & <a href="x">&amp;'
    message = Message((paragraph(hostile), Notice(hostile, (line(hostile, link=URL),))))
    (piece,) = render(message, press)
    assert read(piece.text).text == f"{hostile}\n{hostile}\n{hostile}"


@pytest.mark.parametrize(
    ("places", "rows"),
    [(1, [1]), (5, [5]), (6, [3, 3]), (7, [4, 3]), (10, [5, 5]), (11, [4, 4, 3]), (20, [5, 5, 5, 5])],
)
def test_the_numbers_of_a_list_stand_in_rows_of_about_the_same_length(places: int, rows: list[int]) -> None:
    items = Items(tuple(Item(at, "শিরোনাম", article_id=at) for at in range(1, places + 1)))
    assert [len(row) for row in only(Message((items,))).keyboard] == rows
