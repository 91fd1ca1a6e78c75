from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.card.card import card
from bot.articles.card.listing import listing
from bot.articles.card.view import View
from bot.articles.card.withdrawn import withdrawn
from bot.values.articles import Correction, Cursor, FullText, Outlet
from bot.values.calls import Call, Numbered, call
from bot.values.chats import CardStyle, ChatKind, Language, Picture
from bot.values.lists import Listed
from bot.values.messages import (
    Choice,
    Choices,
    Copies,
    Heading,
    Item,
    Items,
    Link,
    Message,
    Paragraph,
    Shares,
    Span,
    Style,
    paragraph,
)
from handlers import button_data
from handlers.platforms.discord.account import TRAITS, nonce
from handlers.platforms.discord.markdown import escaped, span
from handlers.platforms.discord.render import BREAKING, WITHDRAWN, DiscordPiece, colour, plain, render, words
from tests.bangla.strategies import texts as some_text
from tests.handlers.discord.reading import check, every, labels, texts, visible
from tests.handlers.telegram.seed import ARTICLE, HEADLINE, NOW, PICTURED, SENTENCES, URL

VIEW = View(Language.BANGLA, ZoneInfo("Asia/Dhaka"), NOW, TRAITS, ChatKind.GROUP)
FOOT = "**নমুনা পোর্টাল** · সূত্র: তাস, ক্রেমলিন বিবৃতি\nসোমবার, ২৩ জুন ২০২৫, সন্ধ্যা ৬:১২"


def _press(choice: Choice) -> str:
    return (button_data.pack(choice.does) or "~")[:90] if isinstance(choice.does, Call) else ""


def _only(message: Message) -> DiscordPiece:
    (piece,) = render(message, _press)
    check(piece.components)
    return piece


# --- the layouts of the copy deck ---


def test_a_card_is_the_one_of_the_copy_deck() -> None:
    (container,) = _only(card(PICTURED, CardStyle.SUMMARY, VIEW)).components
    section, foot, separator, row = container["components"]
    assert (container["type"], container["accent_color"]) == (17, colour("নমুনা পোর্টাল"))
    head, text = section["components"]
    assert head["content"] == f"### [{HEADLINE}]({URL})"
    assert text["content"] == "\n\n".join(SENTENCES)
    assert section["accessory"]["media"] == {"url": "https://example.com/a.jpg"}
    assert foot["content"] == FOOT
    assert separator == {"type": 14, "divider": True, "spacing": 1}
    assert [one["label"] for one in row["components"]] == ["📖 পুরো খবর", "🔗 মূল খবর", "➕ ফলো", "⋯"]
    assert row["components"][1]["url"] == URL
    assert row["components"][2]["custom_id"] == "~"


def test_without_a_picture_the_texts_stand_alone() -> None:
    (container,) = _only(card(ARTICLE, CardStyle.SUMMARY, VIEW)).components
    assert [one["type"] for one in container["components"]] == [10, 10, 10, 14, 1]
    (without,) = _only(replace(card(PICTURED, CardStyle.SUMMARY, VIEW), picture=Picture.NONE)).components
    assert [one["type"] for one in without["components"]] == [10, 10, 10, 14, 1]


def test_a_large_picture_stands_under_the_text() -> None:
    (container,) = _only(replace(card(PICTURED, CardStyle.SUMMARY, VIEW), picture=Picture.LARGE)).components
    assert [one["type"] for one in container["components"]] == [10, 10, 12, 10, 14, 1]


def test_a_headline_card_has_no_summary() -> None:
    assert texts(_only(card(ARTICLE, CardStyle.HEADLINE, VIEW)).components) == [f"### [{HEADLINE}]({URL})", FOOT]


def test_a_whole_article_comes_in_parts_of_whole_sentences() -> None:
    body = tuple(f"{number}: {SENTENCES[number % 3]}" for number in range(60))
    pieces = render(card(replace(ARTICLE, body=body), CardStyle.FULL, VIEW), _press)
    said = [texts(piece.components) for piece in pieces]
    assert [one[0].endswith(f"({place}/৩)") for one, place in zip(said, "১২৩", strict=True)] == [True] * 3
    assert all(one[1].endswith("।") for one in said)
    assert "\n\n".join(one[1] for one in said) == "\n\n".join(body)
    assert [len(one) for one in said] == [2, 2, 3], "who said it stands once, at the end"
    for piece in pieces:
        check(piece.components)


def test_text_that_looks_like_markup_is_whole_in_parts_too() -> None:
    body = tuple(f"{number}: *তারা* _রেখা_ [নাম](x) " * 20 for number in range(40))
    pieces = render(card(replace(ARTICLE, body=body), CardStyle.FULL, VIEW), _press)
    shown = " ".join(visible(texts(piece.components)[1]) for piece in pieces)
    assert "".join(shown.split()) == "".join("".join(body).split())


def test_a_link_is_all_that_is_offered_of_a_text_that_is_the_outlets() -> None:
    piece = _only(card(replace(ARTICLE, full_text=FullText.LINK), CardStyle.SUMMARY, VIEW))
    assert labels(piece.components) == [["🔗 পুরো খবর: নমুনা পোর্টাল", "➕ ফলো", "⋯"]]


def test_breaking_is_red_and_withdrawn_is_grey() -> None:
    (red,) = _only(card(ARTICLE, CardStyle.SUMMARY, VIEW, breaking=True)).components
    assert red["accent_color"] == BREAKING
    (grey,) = _only(withdrawn(PICTURED, "ভুল ছিল", "", VIEW, at=NOW, bot_name="খবর")).components
    assert grey["accent_color"] == WITHDRAWN
    assert f"~~{HEADLINE}~~" in "".join(texts([grey]))
    assert not [one for one in every([grey]) if one["type"] in (11, 12)]


def test_a_correction_is_set_off() -> None:
    made = Correction(datetime(2025, 6, 23, 13, 5, tzinfo=UTC), "নাম ভুল ছিল", "আগের শিরোনাম")
    shown = "\n".join(texts(_only(card(replace(ARTICLE, correction=made), CardStyle.SUMMARY, VIEW)).components))
    assert "> **সংশোধনী, সন্ধ্যা ৭:০৫**\n> আগে শিরোনামে ছিল: ‘আগের শিরোনাম’\n> কারণ: নাম ভুল ছিল" in shown


def test_a_person_stands_before_the_outlet_and_only_that_is_bold() -> None:
    shown = texts(_only(card(replace(ARTICLE, byline="ফারহানা হক"), CardStyle.HEADLINE, VIEW)).components)[-1]
    assert shown.startswith("ফারহানা হক, **নমুনা পোর্টাল** · সূত্র: তাস")


def test_a_list_has_a_button_for_each_place() -> None:
    found = [replace(ARTICLE, id=number) for number in (1, 2, 3)]
    piece = _only(listing(found, VIEW, head="সর্বশেষ খবর", listed=Listed((1, 2, 3), cursor=Cursor(NOW, 3), end=3)))
    assert texts(piece.components)[0].startswith(f"### সর্বশেষ খবর\n**১.** [{HEADLINE}]({URL})\nনমুনা পোর্টাল · ২৩ জুন")
    assert labels(piece.components) == [["১", "২", "৩"], ["আরও ›"]]
    assert piece.components[0]["type"] == 10, "no frame around what is of several outlets"


# --- limits ---


def test_a_long_list_goes_in_several_messages_and_its_buttons_stand_under_the_last() -> None:
    items = tuple(Item(place, "শিরোনাম " * 20, f"https://example.com/{'x' * 200}/{place}") for place in range(1, 21))
    pieces = render(Message((Heading("তালিকা"), Items(items), Choices(((Choice("আরও", call("more")),),)))), _press)
    assert len(pieces) > 1
    for piece in pieces:
        check(piece.components)
    assert [len(labels(piece.components)) for piece in pieces] == [*([0] * (len(pieces) - 1)), 1]


def test_two_alike_buttons_have_ids_of_their_own() -> None:
    twice = Choices(((Choice("এক", call("latest")), Choice("দুই", call("latest"))),))
    ids = [one["custom_id"] for one in every(_only(Message((paragraph("x"), twice))).components) if "custom_id" in one]
    assert ids == ["1.latest", "2:1.latest"]


def test_a_hundred_buttons_are_as_many_as_fit() -> None:
    rows = Choices(tuple((Choice(f"বাটন {n}", call("read", number=Numbered(n))),) for n in range(100)))
    assert len(labels(_only(Message((paragraph("x"), rows))).components)) == 19


def test_what_opens_nothing_is_no_link_and_what_only_others_have_is_no_button() -> None:
    odd = (Choice("ক", Link("javascript:alert(1)")), Choice("খ", Copies("x")), Choice("গ", Shares("#1")))
    piece = _only(Message((Heading("শিরোনাম", "ftp://x"), Choices((odd,)))))
    assert (texts(piece.components), labels(piece.components)) == (["### শিরোনাম"], [])


@given(some_text, some_text, some_text)
def test_any_article_is_taken_by_the_platform(headline: str, text: str, name: str) -> None:
    article = replace(
        ARTICLE,
        headline=headline,
        summary=(text,),
        body=(text * 40,),
        outlet=Outlet(1, name),
        byline=text,
        tags=(name,),
    )
    for style in CardStyle:
        for piece in render(card(article, style, VIEW), _press):
            check(piece.components)


@given(st.lists(st.tuples(some_text, some_text), max_size=20))
def test_any_list_is_taken_by_the_platform(rows: list[tuple[str, str]]) -> None:
    items = tuple(Item(at, text, f"https://x.example/{at}", more, at) for at, (text, more) in enumerate(rows, 1))
    for piece in render(Message((Heading("শিরোনাম"), Items(items)), brief="x"), _press):
        check(piece.components)


# --- nothing of a source's is markup ---


@given(some_text)
def test_what_is_escaped_shows_as_it_stood(text: str) -> None:
    assert visible(escaped(text)) == text.replace("\N{WORD JOINER}", "")


def test_nothing_in_a_source_calls_anybody_or_opens_anything() -> None:
    evil = "@everyone <@1> <@&2> [এখানে](https://evil.example) **মোটা** `x` ||y|| <t:1:R>"
    shown = escaped(evil)
    assert "@everyone" not in shown
    assert "\\<\\@1" not in shown
    assert shown.count("\\<") == 3
    assert "\\[এখানে\\]\\(https://evil.example\\)" in shown
    assert "\\*\\*মোটা\\*\\* \\`x\\` \\|\\|y\\|\\|" in shown
    payload = _only(card(replace(ARTICLE, headline=evil), CardStyle.SUMMARY, VIEW)).payload()
    assert payload["allowed_mentions"] == {"parse": []}


def test_a_heading_or_a_list_at_the_start_of_a_line_is_none() -> None:
    assert escaped("# এক\n- দুই\n-# তিন") == "\\# এক\n\\- দুই\n\\-# তিন"


def test_spaces_stay_outside_of_markup() -> None:
    assert span(Span(" মোটা ", Style.STRONG)) == " **মোটা** "
    assert span(Span("x", link="https://a.example/(b)")) == "[x](https://a.example/%28b%29)"


def test_a_long_address_is_written_with_its_own_letters() -> None:
    encoded = "https://a.example/" + "%E0%A6%96%E0%A6%AC%E0%A6%B0-" * 20
    shown = span(Span("x", link=encoded))
    assert shown == f"[x](https://a.example/{'খবর-' * 20})"
    short = "https://a.example/%E0%A6%96"
    assert span(Span("x", link=short)) == f"[x]({short})"
    broken = f"https://a.example/{'%E0%A6' * 60}"
    assert span(Span("x", link=broken)) == f"[x]({broken})"


def test_bare_text_holds_headline_words_and_link() -> None:
    (body,) = plain(card(PICTURED, CardStyle.SUMMARY, VIEW))
    assert body["content"].startswith(f"**{HEADLINE}**\n\n{SENTENCES[0]}")
    assert body["content"].endswith(f"সন্ধ্যা ৬:১২\n{URL}")
    assert "components" not in body
    long = replace(ARTICLE, summary=("দীর্ঘ কথা। " * 900,))
    bodies = plain(card(long, CardStyle.SUMMARY, VIEW))
    assert all(len(one["content"]) <= 2000 for one in bodies)
    assert sum(one["content"].count("দীর্ঘ কথা।") for one in bodies) == 900


def test_a_forum_post_has_a_title_that_ends_at_a_word_and_the_topic_for_its_tag() -> None:
    piece = _only(card(replace(ARTICLE, headline="দীর্ঘ শিরোনাম " * 20), CardStyle.SUMMARY, VIEW))
    assert len(piece.brief) <= 100
    assert piece.brief.endswith("শিরোনাম…")
    assert piece.topic == "বিশ্ব"


def test_nothing_is_drawn_of_nothing() -> None:
    assert render(Message(()), _press) == []
    assert words(Message((Paragraph(((Span("ক"),),)),))) == "ক"


def test_a_nonce_is_short_and_of_its_own_for_each_part() -> None:
    made = {nonce(f"{epoch}-{subject}-5", part) for epoch in range(3) for subject in range(50) for part in range(3)}
    assert len(made) == 450
    assert max(map(len, made)) <= 25
    assert nonce("1-2-3", 0) == nonce("1-2-3", 0)
