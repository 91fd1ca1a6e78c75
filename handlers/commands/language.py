"""/language bn|en: which language this chat is answered in."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

from bot.bangla.normalise import key
from bot.messages import Choice, Choices, Message, Reply, paragraph
from bot.model import Language
from bot.wording import Wording
from handlers.command import Command, Request

NOW = Wording("এখন থেকে বাংলায়।", "From now on in English.")
ASK = Wording("কোন ভাষায়? লিখুন: বাংলা, অথবা English।", "Which language? Send: বাংলা, or English.")
NAMES = MappingProxyType(
    {
        **dict.fromkeys(("bn", "বাংলা", "বাংলায়", "bangla", "bengali"), Language.BANGLA),
        **dict.fromkeys(("en", "ইংরেজি", "ইংরেজিতে", "ইংলিশ", "english"), Language.ENGLISH),
    }
)
CHOICES = Choices(
    ((Choice("বাংলা", "language", "bn", "বাংলা"), Choice("English", "language", "en", "English")),),
)


async def run(request: Request) -> Reply:
    """Change the language and say so in the new one."""
    language = {key(name): language for name, language in NAMES.items()}.get(key(request.argument))
    if language is None:
        text = request.words(ASK)
        return Reply(Message((paragraph(text), CHOICES), brief=text))
    await request.store.chats.set_language(request.chat.id, language)
    return dataclasses.replace(request, chat=dataclasses.replace(request.chat, language=language)).reply(NOW)


COMMAND = Command(
    name="language",
    summary=Wording("ভাষা: বাংলা বা ইংরেজি", "Language: Bengali or English"),
    run=run,
    takes_argument=True,
    usage="bn|en",
    aliases=("ভাষা", "lang", "vasha", "bhasha"),
    # As a whole message only: «বাংলা একাডেমি» is a question.
    exact=MappingProxyType({"বাংলা": "bn", "bangla": "bn", "ইংরেজি": "en", "ইংলিশ": "en", "english": "en"}),
)
