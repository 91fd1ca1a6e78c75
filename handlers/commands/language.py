"""/language bn|en: which language this chat is answered in."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

from bot.subscriptions import choosing, panel
from bot.values.calls import OneOf, call
from bot.values.chats import ChatKind
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Group, Request
from handlers.params import OneOfParam

NOW = Wording("এখন থেকে বাংলায়।", "English from now on.")
ASK = Wording("কোন ভাষায়? লিখুন: বাংলা, অথবা English।", "Which language? Send: বাংলা, or English.")
CHOICES = Choices(
    ((Choice("বাংলা", call("language", to=OneOf("bn"))), Choice("English", call("language", to=OneOf("en")))),),
)


_OPTIONS = {option.name: (*option.label, *option.also) for option in panel.SETTINGS_BY_NAME["language"].options}
TO = OneOfParam(
    name="to", sign="bn|en", label=Wording("বাংলা বা English", "Bengali or English"), required=True, options=_OPTIONS
)


async def run(request: Request) -> Reply:
    """Change the language and say so in the new one."""
    wanted = request.get(TO)
    change = panel.SETTINGS_BY_NAME["language"].change(wanted.name) if wanted is not None else None
    if change is None:
        text = request.words(ASK)
        return Reply(Message((paragraph(text), CHOICES), brief=text))
    chat = await choosing.prefer(request.store, request.chat, change(request.chat.preferences), request.now)
    changed = dataclasses.replace(request, chat=chat)
    reply = changed.reply(NOW)
    if not (changed.traits.reply_keyboard and chat.kind is ChatKind.PRIVATE):
        return reply
    # The keys under the field speak the old language until others take their place.
    keys = (await changed.run(call("keyboard", wanted=OneOf("on")))).message.reply_keyboard
    return dataclasses.replace(reply, message=dataclasses.replace(reply.message, reply_keyboard=keys))


COMMAND = Command(
    name="language",
    summary=Wording("ভাষা: বাংলা বা ইংরেজি", "Language: Bengali or English"),
    run=run,
    params=(TO,),
    group=Group.UNLISTED,
    changes_chat=True,
    aliases=("ভাষা", "lang", "vasha", "bhasha"),
    # As a whole message only: «বাংলা একাডেমি» is a question.
    exact=MappingProxyType(
        {
            **{key: {TO.name: OneOf("bn")} for key in ("বাংলা", "bangla")},
            **{key: {TO.name: OneOf("en")} for key in ("ইংরেজি", "ইংলিশ", "english")},
        }
    ),
)
