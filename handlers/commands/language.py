"""/language bn|en: which language this chat is answered in."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

from bot.subscriptions import choosing, panel
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

NOW = Wording("এখন থেকে বাংলায়।", "From now on in English.")
ASK = Wording("কোন ভাষায়? লিখুন: বাংলা, অথবা English।", "Which language? Send: বাংলা, or English.")
CHOICES = Choices(
    ((Choice("বাংলা", "language", "bn", "বাংলা"), Choice("English", "language", "en", "English")),),
)


async def run(request: Request) -> Reply:
    """Change the language and say so in the new one."""
    change = panel.BY_KEY["language"].change(request.argument)
    if change is None:
        text = request.words(ASK)
        return Reply(Message((paragraph(text), CHOICES), brief=text))
    chat = await choosing.prefer(request.store, request.chat, change(request.chat.preferences), request.now)
    return dataclasses.replace(request, chat=chat).reply(NOW)


COMMAND = Command(
    name="language",
    summary=Wording("ভাষা: বাংলা বা ইংরেজি", "Language: Bengali or English"),
    run=run,
    takes_argument=True,
    usage="bn|en",
    changes_chat=True,
    aliases=("ভাষা", "lang", "vasha", "bhasha"),
    # As a whole message only: «বাংলা একাডেমি» is a question.
    exact=MappingProxyType({"বাংলা": "bn", "bangla": "bn", "ইংরেজি": "en", "ইংলিশ": "en", "english": "en"}),
)
