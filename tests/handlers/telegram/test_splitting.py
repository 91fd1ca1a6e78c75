from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from bot.articles.card.card import card
from bot.bangla.graphemes import boundaries
from bot.values.chats import CardStyle
from bot.values.messages import (
    Attribution,
    Body,
    Heading,
    Item,
    Items,
    Message,
    Notice,
    Paragraph,
    Part,
    Photo,
    Span,
    Style,
    Summary,
    paragraph,
)
from handlers.platforms.telegram.html import Run, visible
from handlers.platforms.telegram.render import plain, render
from handlers.platforms.telegram.splitting import CAPTION, TEXT, fits, pieces
from tests.bangla.strategies import texts
from tests.handlers.telegram.reading import read
from tests.handlers.telegram.seed import ARTICLE, HEADLINE, SENTENCES, URL, VIEW, press

if TYPE_CHECKING:
    from handlers.platforms.telegram.piece import TelegramPiece


def _long(number: int = 60) -> Message:
    paragraphs = tuple(f"{n}। {SENTENCES[n % 3]} {SENTENCES[(n + 1) % 3]}" for n in range(number))
    return card(replace(ARTICLE, body=paragraphs), CardStyle.FULL, VIEW)


def test_parts_are_numbered_behind_the_headline_and_buttons_stand_under_the_last() -> None:
    pieces = render(_long(), press)
    count = len(pieces)
    assert count >= 4
    for part, piece in enumerate(pieces, 1):
        of = f"({'০১২৩৪৫৬৭৮৯'[part]}/{'০১২৩৪৫৬৭৮৯'[count]})"
        assert piece.text.startswith(f"<b>{HEADLINE}</b> {of}\n\n<blockquote expandable>")
        assert read(piece.text).text.endswith(("।", "রাশিয়া")), "cut at a sentence"
        assert bool(piece.keyboard) == (part == count)
        assert bool(piece.preview) == (part == count)
    assert [piece.text for piece in plain(_long(), press)] == [read(piece.text).text for piece in pieces]


def test_parts_end_with_paragraphs_where_these_are_short() -> None:
    first, *_ = render(_long(), press)
    assert first.text.removesuffix("</blockquote>").endswith((SENTENCES[0], SENTENCES[1], SENTENCES[2]))


def test_what_just_fits_is_one_piece() -> None:
    assert len(render(Message((paragraph("ক" * TEXT),)), press)) == 1
    assert len(render(Message((paragraph("ক" * (TEXT + 1)),)), press)) == 2
    assert fits((Run("ক" * CAPTION),), CAPTION)
    assert not fits((Run("ক" * (CAPTION + 1)),), CAPTION)


def test_a_paragraph_is_preferred_to_a_sentence_a_sentence_to_a_space() -> None:
    def split(text: str) -> list[str]:
        return [visible(piece) for piece in pieces((Run(text),), 20)]

    assert split("এক দুই তিন।\n\nপাঁচ। ছয় সাত আট নয় দশ") == ["এক দুই তিন।", "পাঁচ। ছয় সাত আট নয়", "দশ"]
    assert split("এক।\n\nদুই তিন চার। পাঁচ ছয় সাত") == ["এক।\n\nদুই তিন চার।", "পাঁচ ছয় সাত"]
    assert split("ক্ষ" * 10) == ["ক্ষ" * 6, "ক্ষ" * 4]


def test_a_long_list_keeps_to_a_hundred_entities() -> None:
    items = Items(tuple(Item(n, "ক", URL, "খ") for n in range(1, 121)))
    pieces = render(Message((Heading("সর্বশেষ খবর"), items)), press)
    seen = [read(piece.text) for piece in pieces]
    assert [len(one.entities) for one in seen] == [99, 99, 45], "an item is not parted"
    assert sum(one.text.count("\nখ") for one in seen) == 120


def test_what_is_skipped_between_parts_lets_no_more_entities_in() -> None:
    struck = Item(1, "ক", URL, struck=True)
    items = Items((Item(1, ""), Item(1, "ক", URL), struck, struck) * 40, compact=True)
    seen = [read(piece.text) for piece in render(Message((Heading("ক"), items)), press)]
    assert 95 < max(len(one.entities) for one in seen) <= 100


def test_a_headline_as_long_as_a_message_is_not_said_again() -> None:
    pieces = render(Message((Heading("ক " * 3000), paragraph("শেষ।"))), press)
    assert [len(read(piece.text).text) for piece in pieces] == [4095, 1910]


def _spans() -> st.SearchStrategy[Span]:
    return st.builds(Span, texts, st.sampled_from(Style), st.sampled_from((None, URL, "no link")))


def _lines() -> st.SearchStrategy[tuple[tuple[Span, ...], ...]]:
    return st.lists(st.lists(_spans(), max_size=3).map(tuple), max_size=4).map(tuple)


def test_a_long_line_that_stands_for_all_is_parted_too() -> None:
    assert len(render(Message((), brief="ক " * 3000), press)) == 2


def _repeated(text: str, times: int) -> str:
    return text * times


def _many(text: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Texts of which some are long.

    A repeated text is cheap to invent.
    """
    repeated = st.builds(_repeated, text, st.sampled_from((1, 1, 1, 30, 300)))
    return st.lists(repeated, max_size=4).map(tuple)


def _items() -> st.SearchStrategy[Items]:
    item = st.builds(Item, st.integers(1, 99), texts, st.sampled_from((None, URL)), texts, struck=st.booleans())
    items = st.builds(lambda one, times: one * times, st.lists(item, max_size=4).map(tuple), st.sampled_from((1, 40)))
    return st.builds(Items, items, texts, compact=st.booleans())


PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Heading, texts),
    st.builds(Paragraph, _lines()),
    st.builds(Summary, _many(texts)),
    st.builds(Body, _many(texts)),
    st.builds(Attribution, _lines()),
    _items(),
    st.builds(Notice, texts, _lines()),
    st.just(Photo("https://example.com/a.jpg", "ছবি")),
)
MESSAGES = st.builds(
    lambda head, parts: Message((*head, *parts)), st.lists(st.builds(Heading, texts), max_size=1), st.lists(PARTS)
)


def _words(message: Message) -> list[str]:
    """Return every word of a message's parts, in order.

    Drawn without a thought to limits.
    """
    return " ".join(text for part in message.parts for text in _texts(part)).split()


def _texts(part: Part) -> list[str]:
    match part:
        case Heading(text):
            return [text]
        case Summary(strings) | Body(strings):
            return list(strings)
        case Paragraph(lines) | Attribution(lines):
            return _joined(lines)
        case Notice(title, lines):
            return [title, *_joined(lines)]
        case Items(items, title, compact):
            return [title, *(text for item in items for text in _item(item, compact=compact))]
        case _:
            return []


def _joined(lines: tuple[tuple[Span, ...], ...]) -> list[str]:
    return ["".join(span.text for span in spans) for spans in lines]


def _item(item: Item, *, compact: bool) -> list[str]:
    place = "".join("০১২৩৪৫৬৭৮৯"[int(digit)] for digit in str(item.position))
    detail = f"({item.detail})" if item.detail and compact else item.detail
    return [
        f"{place}. {item.text}" if not compact or not detail else f"{place}. {item.text} {detail}",
        *([] if compact else [detail]),
    ]


def _content(message: Message, pieces: list[TelegramPiece]) -> str:
    """Return what the parts say, the headline once and without numbers."""
    seen = [read(piece.text).text for piece in pieces]
    head = message.parts[0].text if message.parts and isinstance(message.parts[0], Heading) else ""
    of = len(seen)
    if of == 1 or not head.strip() or not all(f"/{_digits(of)})\n\n" in text for text in seen):
        return "\n".join(seen)
    return "\n".join(
        [head, *(text.split(f"({_digits(part)}/{_digits(of)})\n\n", 1)[1] for part, text in enumerate(seen, 1))]
    )


def _digits(value: int) -> str:
    return "".join("০১২৩৪৫৬৭৮৯"[int(digit)] for digit in str(value))


@given(MESSAGES)
@example(Message((Heading("ক"), Body(("ক্ষ" * 3000,)))))
@example(Message((Heading(""), Body(("ক " * 3000,)))))
@example(Message((Heading("ক"), Paragraph(((Span("ক" * 5000, Style.STRONG, URL), Span("খ" * 5000, Style.STRUCK)),)))))
def test_any_message_within_limits_with_its_tags_closed_and_no_word_lost(message: Message) -> None:
    pieces = render(message, press)
    for piece in pieces:
        seen = read(piece.text)
        assert len(seen.text) <= 4096
        assert len(seen.entities) <= 100
        assert seen.text.strip()
        assert all(one.end > one.start for one in seen.entities)
    assert "".join(_content(message, pieces).split()) == "".join(_words(message))


@given(st.lists(texts, min_size=1, max_size=30), st.sampled_from((1, 40)))
def test_no_cut_inside_a_cluster(pieces: list[str], times: int) -> None:
    text = " ".join(pieces * times) * 3
    message = Message((Body((text,)),))
    rendered = [read(piece.text).text for piece in render(message, press)]
    clusters = set(boundaries(text)) | {0}
    at = 0
    for piece in rendered:
        at = text.index(piece, at)
        assert at in clusters
        at += len(piece)
        assert at in clusters


def test_the_number_of_a_part_is_counted_for_at_its_longest() -> None:
    pieces = render(Message((Heading("ক" * 2000), Body(("খ" * 250_000,)))), press)
    assert len(pieces) > 100
    assert max(len(read(piece.text).text) for piece in pieces) <= 4096
