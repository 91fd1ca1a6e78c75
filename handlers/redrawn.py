"""Says what draws an answer anew, and draws it.

An answer that tells of a story is changed when the story is corrected.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from bot.articles.card.card_choices import STORY
from bot.values.calls import Call, Count, ListAt, Numbered, OneOf, call
from bot.values.chats import CardStyle, Role
from bot.values.messages import DrawnBy, MessageSort
from handlers.command import Request
from handlers.router import OPEN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.values.calls import Value
    from bot.values.chats import Chat
    from bot.values.messages import Message, Traits
    from handlers.command import Command
    from handlers.context import Services

PAGE = "page"


def drawn_by(request: Request, command: Command, given: Call, message: Message) -> DrawnBy | None:
    """Return what draws an answer anew.

    An answer that tells of no story has None, as has what an editor is shown before they decide.
    """
    if not message.articles or command.role > Role.READER:
        return None
    return DrawnBy(request.actor, request.now, _again(command, given, message))


def _again(command: Command, given: Call, message: Message) -> Call | None:
    """Return a call that shows the same whenever it runs.

    Only lists and cards have one: a newcomer's first three headlines, or finds of a pasted text, have None.
    """
    if message.listed is not None:
        return call(PAGE, list=ListAt(0, message.listed.id))
    if message.sort is not MessageSort.CARD or not message.shows:
        return None
    if command.name in (OPEN, STORY) and not command.keeps(given) and all(_stays(one) for _, one in given.values):
        return given
    number = Numbered(message.shows[0])
    return (
        call(OPEN, number=number) if command.name == OPEN else call(STORY, story=number, form=OneOf(CardStyle.SUMMARY))
    )


def _stays(value: Value) -> bool:
    """Tell whether a value means the same tomorrow."""
    return isinstance(value, Numbered | OneOf | Count) or (isinstance(value, ListAt) and bool(value.list_id))


async def again(  # noqa: PLR0917 - as a request has them
    commands: Mapping[str, Command], services: Services, traits: Traits, chat: Chat, drawn: DrawnBy, now: datetime
) -> Message | None:
    """Draw an answer as it is now.

    It is None if there is nothing that draws it.
    """
    command = commands.get(drawn.call.command) if drawn.call is not None else None
    if command is None or drawn.call is None:
        return None
    request = Request(*(chat, drawn.person, Role.READER, now, traits, services), call=drawn.call, commands=commands)
    reply = await command.run(request)
    return dataclasses.replace(reply.message, language=chat.language)
