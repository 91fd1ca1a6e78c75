"""Holds one message as Telegram's API takes it.

The requests that post and edit it are here too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bot.values.delivery import Form
from handlers.placing import with_parts
from handlers.platforms.telegram.transport import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.values.messages import File, ReplyKeyboard


@dataclass(frozen=True, slots=True)
class Button:
    """What can be pressed.

    ``data`` comes back to us; the others open, copy or share instead.
    """

    label: str
    data: str = ""
    link: str = ""
    copies: str = ""
    shares: str = ""


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The address shown under a text, and its picture's size."""

    address: str
    large: bool = False


class Template(NamedTuple):
    """A method and its parameters, but for the chat.

    The parameters are JSON.
    """

    method: str
    members: bytes

    @classmethod
    def of(cls, method: str, parameters: dict[str, object]) -> Template:
        """Write the parameters."""
        return cls(method, written(parameters)[1:-1])

    def addressed(self, whom: bytes) -> bytes:
        """Return the whole body for a chat.

        The JSON of whom it is for stands in front.
        """
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
    reply_keyboard: ReplyKeyboard | None = None
    file: File | None = None
    """What goes with it, with the text as its caption."""

    @cached_property
    def post(self) -> Template:
        """The request that posts this, written once for all chats."""
        return Template.of(*as_post(self))

    @cached_property
    def edit(self) -> Template:
        """The request that puts this in place of another.

        It is written once for all chats.
        """
        return Template.of(*as_edit(self))


def below(piece: TelegramPiece, above: Sequence[str], room: int) -> TelegramPiece:
    """Let a piece's buttons name the parts that stand above it."""
    if not above:
        return piece
    rows = tuple(
        tuple(replace(one, data=with_parts(one.data, above, room)) if one.data else one for one in row)
        for row in piece.keyboard
    )
    return replace(piece, keyboard=rows)


def as_post(piece: TelegramPiece) -> tuple[str, dict[str, object]]:
    """Return the method that posts a piece, and its parameters.

    The chat is not among them.
    """
    if piece.form is Form.PHOTO:
        return "sendPhoto", {"photo": piece.photo, **_fields(piece, "caption")}
    return "sendMessage", {**_fields(piece, "text"), "link_preview_options": _preview_options(piece.preview)}


def as_edit(piece: TelegramPiece) -> tuple[str, dict[str, object]]:
    """Return the method that edits a message into this.

    Its parameters come with it, without the message.
    """
    if piece.form is Form.PHOTO:
        return "editMessageCaption", _fields(piece, "caption")
    return "editMessageText", {**_fields(piece, "text"), "link_preview_options": _preview_options(piece.preview)}


def markup(keyboard: Keyboard) -> dict[str, object]:
    """Write rows of buttons as the platform takes them.

    Without rows, the buttons that were there go away.
    """
    return {"inline_keyboard": [[_button(button) for button in row] for row in keyboard]}


def as_upload(piece: TelegramPiece) -> dict[str, object]:
    """Return what goes beside the file of a piece."""
    return _fields(piece, "caption") if piece.text else {}


def _fields(piece: TelegramPiece, text: str) -> dict[str, object]:
    fields: dict[str, object] = {text: piece.text}
    if piece.marked:
        fields["parse_mode"] = "HTML"
    if piece.keyboard:
        fields["reply_markup"] = markup(piece.keyboard)
    elif piece.reply_keyboard is not None:
        fields["reply_markup"] = _lasting(piece.reply_keyboard)
    return fields


def _lasting(keys: ReplyKeyboard) -> dict[str, object]:
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
