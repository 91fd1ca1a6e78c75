"""Says how the fields that we read are shaped.

The library makes objects of whatever comes: a number where a text belongs would be met in the middle of an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from telegram.constants import ChatType

Shape = Callable[[object], bool]
NUMBERS = 1 << 63
"""Beyond this nobody has a number."""
UPDATES = 1 << 31
"""Beyond this there is no update: the platform would not know it as where to go on."""
_KINDS = (ChatType.PRIVATE, ChatType.GROUP, ChatType.SUPERGROUP, ChatType.CHANNEL)


def is_number(said: object) -> bool:
    """Tell whether this is a number of somebody or something."""
    return isinstance(said, int) and not isinstance(said, bool) and abs(said) < NUMBERS


def _is_text(said: object) -> bool:
    return isinstance(said, str)


def _listed(shape: Shape) -> Shape:
    return lambda said: isinstance(said, list) and all(map(shape, said))


def _fields(*needed: str, **shapes: Shape) -> Shape:
    """Make the shape of an object, whatever else it holds."""

    def fits(said: object) -> bool:
        return (
            isinstance(said, dict)
            and all(said.get(name) is not None for name in needed)
            and all(said.get(name) is None or shape(said[name]) for name, shape in shapes.items())
        )

    return fits


def _is_message(said: object) -> bool:
    # By its name, since a message holds the one that it answers.
    return _MESSAGE(said)


_USER = _fields("id", id=is_number, username=_is_text)
_CHAT = _fields("id", "type", id=is_number, type=lambda said: said in _KINDS, title=_is_text)
_ENTITIES = _listed(_fields(url=_is_text))
_MESSAGE = _fields(
    *("message_id", "chat"),
    message_id=is_number,
    chat=_CHAT,
    sender_chat=_fields("id", id=is_number),
    text=_is_text,
    caption=_is_text,
    entities=_ENTITIES,
    caption_entities=_ENTITIES,
    document=_fields("file_id", file_id=_is_text, file_name=_is_text, mime_type=_is_text, file_size=is_number),
    reply_markup=_fields(inline_keyboard=_listed(_listed(_fields(callback_data=_is_text)))),
    reply_to_message=_is_message,
    media_group_id=_is_text,
    message_thread_id=is_number,
    migrate_to_chat_id=is_number,
    **{"from": _USER},
)
_MEMBER = _fields("status", status=_is_text)
_CHANGE = ("chat", "from", "old_chat_member", "new_chat_member")
is_readable = _fields(
    message=_MESSAGE,
    edited_message=_MESSAGE,
    channel_post=_MESSAGE,
    callback_query=_fields("id", "from", id=_is_text, data=_is_text, message=_MESSAGE, **{"from": _USER}),
    inline_query=_fields("id", "from", "query", id=_is_text, query=_is_text, **{"from": _USER}),
    chosen_inline_result=_fields(
        "result_id", "from", result_id=_is_text, inline_message_id=_is_text, **{"from": _USER}
    ),
    my_chat_member=_fields(*_CHANGE, chat=_CHAT, old_chat_member=_MEMBER, new_chat_member=_MEMBER, **{"from": _USER}),
)
"""Tells whether all that we read of an update is what it should be."""
_RESULTS: Mapping[str, Shape] = {
    "getme": _fields("id", "first_name", "is_bot", "username", id=is_number, username=_is_text),
    "getupdates": _listed(lambda _: True),
    "getchat": _CHAT,
    "getchatmember": _MEMBER,
    "getfile": _fields("file_path", file_path=_is_text, file_size=is_number),
    "senddocument": lambda said: isinstance(said, dict),
}


def is_result(method: str, said: object) -> bool:
    """Tell whether what a method answered is what we read.

    Nothing is read of the methods that are not named here.
    """
    shape = _RESULTS.get(method.lower())
    return shape is None or shape(said)
