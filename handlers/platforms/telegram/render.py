"""A message as Telegram takes it: HTML, rows of buttons, a picture or a preview of one.

Bold for headlines and titles only: Bengali has no italics, and an underline runs through its signs. No hashtags: the
client ends one at the first vowel sign.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, assert_never

from bot.values.calls import Call, ListAt, Numbered, call
from bot.values.chats import Picture
from bot.values.delivery import Form
from bot.values.messages import (
    Attribution,
    Body,
    Choice,
    Choices,
    Copies,
    Heading,
    Item,
    Items,
    Keys,
    Link,
    Message,
    Notice,
    Paragraph,
    Part,
    Photo,
    Shares,
    Span,
    Style,
    Summary,
)
from bot.values.wording import number
from handlers import layout
from handlers.platforms.telegram.html import BOLD, FOLDED, QUOTE, STRUCK, Run, linked, opens, to_html, visible
from handlers.platforms.telegram.splitting import CAPTION, TEXT, fits, pieces
from handlers.platforms.telegram.transport import written
from handlers.signs import signed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bot.values.chats import Language

    Press = Callable[[Choice], str]

Rich = tuple[Run, ...]

DATA = 64
"""Bytes that a button may send back when it is pressed."""
BUTTONS = 100
COPIED = 256
"""Letters that a button may put at hand."""
DIGITS_IN_A_ROW = 5
_OF = " ({part}/{parts})"
_SIGNS = {"So", "Sk", "Mn", "Cf"}
"""What an emoji is made of: symbol, skin tone, variation selector, joiner."""
_LONGEST_OF = len(" (১০০/১০০)")


@dataclass(frozen=True, slots=True)
class Button:
    """What can be pressed: ``data`` comes back to us; the others open, copy or share instead."""

    label: str
    data: str = ""
    link: str = ""
    copies: str = ""
    shares: str = ""


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The address that is shown under a text, and how large its picture is."""

    address: str
    large: bool = False


class Template(NamedTuple):
    """A method of the platform's and the JSON of its parameters, but for whom it is."""

    method: str
    members: bytes

    @classmethod
    def of(cls, method: str, parameters: dict[str, object]) -> Template:
        """Write the parameters."""
        return cls(method, written(parameters)[1:-1])

    def addressed(self, whom: bytes) -> bytes:
        """Return the whole body, with the JSON of whom it is in front."""
        return b"%b,%b}" % (whom[:-1], self.members) if self.members else whom


@dataclass(frozen=True)
class TelegramPiece:
    """One message of the platform's; a long one of ours becomes several."""

    text: str
    keyboard: Keyboard = ()
    form: Form = Form.TEXT
    photo: str | None = None
    preview: Preview | None = None
    marked: bool = True
    """Whether ``text`` is HTML."""
    keys: Keys | None = None

    @cached_property
    def post(self) -> Template:
        """The request that posts this, written once for all chats."""
        return Template.of(*as_post(self))

    @cached_property
    def edit(self) -> Template:
        """The request that puts this in place of what a message shows, written once for all chats."""
        return Template.of(*as_edit(self))


def render(
    message: Message, press: Press, *, picture: Picture = Picture.SMALL, form: Form | None = None
) -> list[TelegramPiece]:
    """Draw a message; nothing at all if it has no text.

    ``press`` turns a choice into what its button sends back, at most 64 bytes. ``form`` is that of the message which is
    edited, for a text stays one and a photo its caption; a new one is a photo where the picture is to be large and the
    text is short enough to stand under it.
    """
    message = signed(message)
    rich, keyboard = _rich(message), _keyboard(message, press)
    if not rich:
        return []
    if form is Form.PHOTO:
        return [TelegramPiece(to_html(_caption(message, rich)), keyboard, form)]
    photo = _photo(message) if picture is Picture.LARGE else None
    if photo is not None and form is None and fits(rich, CAPTION):
        return [TelegramPiece(to_html(rich), keyboard, Form.PHOTO, photo.address)]
    *before, last = [TelegramPiece(to_html(part)) for part in _parts(message, rich)]
    return [*before, replace(last, keyboard=keyboard, preview=_preview(message, picture), keys=message.keys)]


def plain(message: Message, press: Press, *, form: Form | None = None) -> list[TelegramPiece]:
    """Draw the same without any markup or preview, for the one retry after the platform could not read it."""
    message = signed(message)
    rich, keyboard = _rich(message), _keyboard(message, press)
    if not rich:
        return []
    if form is Form.PHOTO:
        return [TelegramPiece(visible(_caption(message, rich)), keyboard, form, marked=False)]
    *before, last = [TelegramPiece(visible(part), marked=False) for part in _parts(message, rich)]
    return [*before, replace(last, keyboard=keyboard)]


def as_post(piece: TelegramPiece) -> tuple[str, dict[str, object]]:
    """Return the method that posts a piece and its parameters, but for whom."""
    if piece.form is Form.PHOTO:
        return "sendPhoto", {"photo": piece.photo, **_fields(piece, "caption")}
    return "sendMessage", {**_fields(piece, "text"), "link_preview_options": _preview_options(piece.preview)}


def as_edit(piece: TelegramPiece) -> tuple[str, dict[str, object]]:
    """Return the method that puts a piece in place of what a message shows, and its parameters, but for which."""
    if piece.form is Form.PHOTO:
        return "editMessageCaption", _fields(piece, "caption")
    return "editMessageText", {**_fields(piece, "text"), "link_preview_options": _preview_options(piece.preview)}


def markup(keyboard: Keyboard) -> dict[str, object]:
    """Write rows of buttons as the platform takes them; without any, those that were there go away."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in keyboard]}


def _fields(piece: TelegramPiece, text: str) -> dict[str, object]:
    fields: dict[str, object] = {text: piece.text}
    if piece.marked:
        fields["parse_mode"] = "HTML"
    if piece.keyboard:
        fields["reply_markup"] = markup(piece.keyboard)
    elif piece.keys is not None:
        fields["reply_markup"] = _lasting(piece.keys)
    return fields


def _lasting(keys: Keys) -> dict[str, object]:
    if not keys.rows:
        return {"remove_keyboard": True}
    rows = [[{"text": text} for text in row] for row in keys.rows]
    said = {"input_field_placeholder": keys.placeholder} if keys.placeholder else {}
    return {"keyboard": rows, "is_persistent": True, "resize_keyboard": True, **said}


def _preview_options(preview: Preview | None) -> dict[str, object]:
    if preview is None:
        return {"is_disabled": True}
    return {"url": preview.address, "prefer_large_media" if preview.large else "prefer_small_media": True}


def _button(button: Button) -> dict[str, object]:
    if button.copies:
        return {"text": button.label, "copy_text": {"text": button.copies}}
    if button.shares:
        return {"text": button.label, "switch_inline_query": button.shares}
    return {"text": button.label, **({"url": button.link} if button.link else {"callback_data": button.data})}


# --- long ones ---


def _parts(message: Message, rich: Rich) -> Iterator[Rich]:
    """Yield what fits one message each; a headline stands above every part, with its number."""
    if fits(rich, TEXT):
        yield rich
        return
    first = next(iter(message.parts), None)
    head = _block(first, message.language) if isinstance(first, Heading) else []
    length = len(visible(head))
    if not head or length > TEXT // 2:
        yield from pieces(rich, TEXT)
        return
    room = TEXT - length - _LONGEST_OF - len("\n\n")
    rest = list(pieces(_rich(replace(message, parts=message.parts[1:])), room, most=99))
    for part, piece in enumerate(rest, 1):
        of = _OF.format(part=number(part, message.language), parts=number(len(rest), message.language))
        yield (*head, Run(f"{of}\n\n"), *piece)


def _caption(message: Message, rich: Rich) -> Rich:
    """Shorten a text until it fits under a photo: first what stood folded goes, then the end."""
    if fits(rich, CAPTION):
        return rich
    shorter = _rich(replace(message, parts=tuple(map(_unfolded, message.parts))))
    return shorter if fits(shorter, CAPTION) else next(pieces(shorter, CAPTION))


def _unfolded(part: Part) -> Part:
    match part:
        case Summary(sentences):
            return Summary(sentences[:1])
        case Body(paragraphs):
            return Summary(paragraphs[:1])
        case _:
            return part


# --- pictures ---


def _photo(message: Message) -> Photo | None:
    return next((part for part in message.parts if isinstance(part, Photo) and opens(part.address)), None)


def _preview(message: Message, picture: Picture) -> Preview | None:
    """Choose what is shown under a text: nothing under a list or a bare headline, which it would only repeat."""
    large, photo = picture is Picture.LARGE, _photo(message)
    reads = any(isinstance(part, Summary | Body) for part in message.parts)
    if picture is Picture.NONE or not (reads or (large and photo)):
        return None
    page = next((part.link for part in message.parts if isinstance(part, Heading) and opens(part.link)), None)
    address = photo.address if photo and (large or page is None) else page
    return Preview(address, large) if address else None


# --- buttons ---


def _keyboard(message: Message, press: Press) -> Keyboard:
    """Set out the places of a list, then the choices, as many as the platform takes."""
    lists = [part for part in message.parts if isinstance(part, Items)]
    places = [choice for items in lists for choice in _places(items, message)]
    rows = [row for part in message.parts if isinstance(part, Choices) for row in part.rows]
    set_out = [*_evenly(places), *(laid for row in rows for laid in layout.laid(row))]
    keyboard: list[tuple[Button, ...]] = []
    left = BUTTONS
    for row in set_out:
        buttons = tuple(_pressed(choice, press) for choice in row if _can_be(choice))[:left]
        left -= len(buttons)
        if buttons:
            keyboard.append(buttons)
    return tuple(keyboard)


def _places(items: Items, message: Message) -> Iterator[Choice]:
    for item in items.items:
        if item.article_id is not None and not item.struck:
            at = ListAt(item.place, message.listed.id) if message.listed is not None else Numbered(item.article_id)
            yield Choice(number(item.place, message.language), call("read", number=at))


def _evenly(places: Sequence[Choice]) -> Iterator[Sequence[Choice]]:
    """Put them into as few rows as will do, all about as long: one alone would be as wide as the message."""
    rows = max(1, math.ceil(len(places) / DIGITS_IN_A_ROW))
    return _chunks(places, max(1, math.ceil(len(places) / rows)))


def _chunks(row: Sequence[Choice], size: int) -> Iterator[Sequence[Choice]]:
    return (row[start : start + size] for start in range(0, len(row), size))


def _can_be(choice: Choice) -> bool:
    return not isinstance(choice.does, Link) or opens(choice.does.address)


def _pressed(choice: Choice, press: Press) -> Button:
    match choice.does:
        case Link(address):
            return Button(choice.label, link=address)
        case Copies(text):
            return Button(choice.label, copies=text[:COPIED])
        case Shares(text):
            return Button(choice.label, shares=text)
        case Call():
            data = press(choice)
            if not 1 <= len(data.encode()) <= DATA:
                raise ValueError(f"a button sends back 1 to {DATA} bytes, not {len(data.encode())}")
            return Button(choice.label, data)
        case _ as never:
            assert_never(never)


# --- text ---


def _rich(message: Message) -> Rich:
    """Put the parts below one another; without any text the whole in one line stands for them."""
    rich: list[Run] = []
    after_heading = False
    for part in message.parts:
        block = _block(part, message.language)
        if not block:
            continue
        if rich:
            quoted = _is_quote(rich[-1]) or (_is_quote(block[0]) and not after_heading)
            rich.append(Run("\n" if quoted else "\n\n"))
        rich += block
        after_heading = isinstance(part, Heading)
    return tuple(rich) or ((Run(message.brief),) if message.brief.strip() else ())


def _block(part: Part, language: Language) -> list[Run]:
    """Draw one part; what nobody would see is nothing."""
    block = [run for run in _part(part, language) if run.text]
    return block if visible(block).strip() else []


def _is_quote(run: Run) -> bool:
    """A quotation is set off by itself and wants no empty line."""
    return run.tags[:1] in ((QUOTE,), (FOLDED,))


def _part(part: Part, language: Language) -> Iterator[Run]:
    match part:
        case Heading():
            yield from _heading(part)
        case Paragraph(lines) | Attribution(lines):
            yield from _lines(lines)
        case Summary(sentences):
            yield from _summary(sentences)
        case Body(paragraphs):
            yield Run("\n\n".join(filter(None, paragraphs)), (FOLDED,))
        case Items():
            yield from _items(part, language)
        case Notice(title, lines):
            for run in (Run(title, (BOLD,)), Run("\n"), *_lines(lines)):
                yield Run(run.text, (QUOTE, *run.tags))
        case Photo() | Choices():
            return
        case _ as never:
            assert_never(never)


def _heading(heading: Heading) -> Iterator[Run]:
    """Set a headline in bold; a sign of ours stands before that, in an outlet's headline nothing is ours."""
    if heading.sign:
        yield Run(f"{heading.sign} ")
    sign, space, words = heading.text.partition(" ")
    if heading.link is None and space and all(unicodedata.category(one) in _SIGNS for one in sign or "a"):
        yield Run(sign + space)
        yield Run(words, (BOLD,))
    else:
        yield Run(heading.text, (BOLD,))


def _summary(sentences: Sequence[str]) -> Iterator[Run]:
    """Show the first sentence whole: a quotation that can be unfolded shows about three lines."""
    first, *others = [sentence for sentence in sentences if sentence] or [""]
    yield Run(first)
    if others:
        yield Run("\n")
        yield Run("\n\n".join(others), (FOLDED,))


def _items(items: Items, language: Language) -> Iterator[Run]:
    if items.title:
        yield Run(items.title, (BOLD,))
        yield Run("\n")
    for index, item in enumerate(items.items):
        if index:
            yield Run("\n" if items.compact else "\n\n")
        yield Run(f"{number(item.place, language)}.", () if items.compact else (BOLD,))
        yield Run(" ")
        yield Run(item.text, (*linked(item.link), *((STRUCK,) if item.struck else ())))
        if item.snippet:
            yield Run("\n")
            yield from map(_span, item.snippet)
        yield Run(_detail(item, compact=items.compact))


def _detail(item: Item, *, compact: bool) -> str:
    if not item.detail:
        return ""
    return f" ({item.detail})" if compact else f"\n{item.detail}"


def _lines(lines: Iterable[Iterable[Span]]) -> Iterator[Run]:
    for index, spans in enumerate(lines):
        if index:
            yield Run("\n")
        yield from map(_span, spans)


def _span(span: Span) -> Run:
    return Run(span.text, (*linked(span.link), *_STYLES[span.style]))


_STYLES = {Style.PLAIN: (), Style.STRONG: (BOLD,), Style.STRUCK: (STRUCK,)}
