"""Draws a message as Telegram takes it.

It has HTML, rows of buttons, and a picture or a preview of one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.values.chats import Picture
from bot.values.delivery import Form
from bot.values.messages import Body, Choice, File, Heading, Message, Part, Photo, Summary
from bot.values.wording import number
from handlers.platforms.telegram.blocks import Rich, block, rich
from handlers.platforms.telegram.html import Run, opens, to_html, visible
from handlers.platforms.telegram.keyboard import keyboard
from handlers.platforms.telegram.piece import Preview, TelegramPiece
from handlers.platforms.telegram.splitting import CAPTION, TEXT, fits, pieces
from handlers.signs import signed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Press = Callable[[Choice], str]

_OF = " ({part}/{parts})"
_LONGEST_OF = len(" (১০০/১০০)")


def render(
    message: Message, press: Press, *, picture: Picture = Picture.SMALL, form: Form | None = None
) -> list[TelegramPiece]:
    """Draw a message; nothing at all if it has no text.

    ``press`` turns a choice into what its button sends back, at most 64 bytes. ``form`` is that of the message which is
    edited, for a text stays one and a photo its caption; a new one is a photo where the picture is to be large and the
    text is short enough to stand under it.
    """
    message = signed(message)
    text, buttons = rich(message), keyboard(message, press)
    if not text:
        return []
    if form is Form.PHOTO:
        return [TelegramPiece(to_html(_caption(message, text)), buttons, form)]
    photo = _photo(message) if picture is Picture.LARGE else None
    if photo is not None and form is None and fits(text, CAPTION):
        return [TelegramPiece(to_html(text), buttons, Form.PHOTO, photo.address)]
    *before, last = [TelegramPiece(to_html(part)) for part in _parts(message, text)]
    last = replace(last, keyboard=buttons, preview=_preview(message, picture), reply_keyboard=message.reply_keyboard)
    return _with_files([*before, last], message, under=not before and fits(text, CAPTION))


def plain(message: Message, press: Press, *, form: Form | None = None) -> list[TelegramPiece]:
    """Draw the same without any markup or preview.

    It serves the one retry after the platform could not read it.
    """
    message = signed(message)
    text, buttons = rich(message), keyboard(message, press)
    if not text:
        return []
    if form is Form.PHOTO:
        return [TelegramPiece(visible(_caption(message, text)), buttons, form, marked=False)]
    *before, last = [TelegramPiece(visible(part), marked=False) for part in _parts(message, text)]
    return _with_files([*before, replace(last, keyboard=buttons)], message, under=not before and fits(text, CAPTION))


def _with_files(drawn: list[TelegramPiece], message: Message, *, under: bool) -> list[TelegramPiece]:
    """Put files behind a text.

    The first has it as its caption, where it may stand ``under`` it.
    """
    files = message.each(File)
    if not files:
        return drawn
    first, *others = files
    if under:
        return [replace(drawn[0], file=first), *(TelegramPiece("", file=file) for file in others)]
    return [*drawn, *(TelegramPiece("", file=file) for file in files)]


def _parts(message: Message, text: Rich) -> Iterator[Rich]:
    """Yield what fits one message each.

    A headline stands above every part, with its number.
    """
    if fits(text, TEXT):
        yield text
        return
    first = next(iter(message.parts), None)
    head = block(first, message.language) if isinstance(first, Heading) else []
    length = len(visible(head))
    if not head or length > TEXT // 2:
        yield from pieces(text, TEXT)
        return
    room = TEXT - length - _LONGEST_OF - len("\n\n")
    rest = list(pieces(rich(replace(message, parts=message.parts[1:])), room, most=99))
    for part, piece in enumerate(rest, 1):
        of = _OF.format(part=number(part, message.language), parts=number(len(rest), message.language))
        yield (*head, Run(f"{of}\n\n"), *piece)


def stands_under_photo(message: Message, *, whole: bool) -> bool:
    """Tell whether a message has room under a photo.

    ``whole``: with all it says; else a summary may give up what stands folded, which 📖 opens.
    """
    message = signed(message)
    return fits(rich(message) if whole else _without_folded(message), CAPTION)


def _caption(message: Message, text: Rich) -> Rich:
    """Draw what stands under a photo.

    The folded part of a summary gives way, and nothing else of what has room (`stands_under_photo`).
    """
    if fits(text, CAPTION):
        return text
    shorter = _without_folded(message)
    return shorter if fits(shorter, CAPTION) else next(pieces(shorter, CAPTION))


def _without_folded(message: Message) -> Rich:
    return rich(replace(message, parts=tuple(map(_unfolded, message.parts))))


def _unfolded(part: Part) -> Part:
    return Summary(part.sentences[:1]) if isinstance(part, Summary) else part


def _photo(message: Message) -> Photo | None:
    return next((photo for photo in message.each(Photo) if opens(photo.address)), None)


def _preview(message: Message, picture: Picture) -> Preview | None:
    """Choose what is shown under a text.

    A list and a bare headline get nothing, for it would only repeat them.
    """
    large, photo = picture is Picture.LARGE, _photo(message)
    reads = bool(message.each(Summary) or message.each(Body))
    if picture is Picture.NONE or not (reads or (large and photo)):
        return None
    page = next((part.link for part in message.each(Heading) if opens(part.link)), None)
    address = photo.address if photo and (large or page is None) else page
    return Preview(address, large) if address else None
