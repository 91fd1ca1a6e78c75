"""/keyboard on|off: shows or removes keys under the writing field.

Only private chats have them, on platforms that can.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.values.calls import OneOf
from bot.values.messages import Message, Reply, ReplyKeyboard, paragraph
from bot.values.wording import Wording, say
from handlers.command import Command, Request
from handlers.params import OneOfParam

if TYPE_CHECKING:
    from bot.values.chats import Language

HIDDEN = Wording("কিবোর্ড লুকানো আছে।", "The keyboard is hidden.")
SHOWN = Wording(
    "যা জানতে চান, লিখে পাঠান। যেমন: ইরান, ক্রিকেট, সিলেট।",
    "Send what you want to know. For example: Iran, cricket, Sylhet.",
)
PLACEHOLDER = Wording("কী জানতে চান? যেমন: ইরান, ক্রিকেট, সিলেট", "What would you like to know? For example: Iran")
ROWS = (
    (Wording("📰 সর্বশেষ", "📰 Latest"), Wording("☀️ আজকের খবর", "☀️ Today")),
    (Wording("🔎 খুঁজুন", "🔎 Search"), Wording("⚙️ সেটিংস", "⚙️ Settings")),
)
"""Every one is plain text that a reader could type."""
WANTED = OneOfParam(
    name="wanted", sign="on|off", options=MappingProxyType({"on": ("show",), "off": ("hide", "লুকান", "বন্ধ")})
)


def keys(language: Language) -> ReplyKeyboard:
    """Return the keys in a reader's language."""
    rows = tuple(tuple(say(text, language) for text in row) for row in ROWS)
    return ReplyKeyboard(rows, say(PLACEHOLDER, language))


async def run(request: Request) -> Reply:
    """Show the keys, or take them away."""
    hide = request.get(WANTED) == OneOf("off")
    text = request.words(HIDDEN if hide else SHOWN)
    return Reply(
        Message(
            (paragraph(text),),
            text,
            request.language,
            reply_keyboard=ReplyKeyboard() if hide else keys(request.language),
        )
    )


COMMAND = Command(
    name="keyboard",
    summary=Wording("নিচের কিবোর্ড দেখান বা লুকান", "Show or hide the keyboard"),
    run=run,
    params=(WANTED,),
    hidden=True,
)
