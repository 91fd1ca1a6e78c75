"""What a channel of a server has to set beyond other chats.

It is where its news goes, whom breaking news calls, and who may change all this.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from bot.subscriptions import choosing
from bot.values.calls import Change, call
from bot.values.chats import ChatKind
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.picks import Pick, PickKind
from bot.values.wording import Wording
from handlers.command import BACK, Request

if TYPE_CHECKING:
    from bot.values.calls import Text

CHANNEL, MANAGERS, ROLE = "channel", "managers", "role"
FIELDS = (CHANNEL, MANAGERS, ROLE)
IN_CHANNEL = Wording("📍 চ্যানেল: {value}", "📍 Channel: {value}")
THIS = Wording("এটি", "this one")
WHO = Wording("🔑 কারা বদলাতে পারবে", "🔑 Who may change this")
CALLS = Wording("🔔 ব্রেকিংয়ে রোল মেনশন: {value}", "🔔 Breaking mentions a role: {value}")
NONE, SOME = Wording("নেই", "no"), Wording("আছে", "yes")
WHERE = Wording("কোন চ্যানেলে খবর যাবে?", "Which channel should the news go to?")
WHOM = Wording(
    "ব্রেকিং খবরে কোন রোলকে মেনশন করব? রোলটি সবাই মেনশন করতে পারে, এমন হতে হবে।",
    "Which role should breaking news mention? It has to be one that everybody may mention.",
)
MAY = Wording(
    "যাঁরা সার্ভার চালাতে পারেন, তাঁরা। অন্য কাউকে দিতে: সার্ভার সেটিংস › ইন্টিগ্রেশন › ‘{bot}’, সেখানে /settings চেপে রোল বা মানুষ বেছে নিন।",
    "Whoever may manage the server. To let others: Server Settings › Integrations › {bot}, press /settings there, "
    "and choose roles or people.",
)


def rows(request: Request) -> list[tuple[Choice, ...]]:
    """Offer what is a server's to choose; elsewhere nothing."""
    if not is_server(request):
        return []
    # In a thread it is the channel above that has the settings.
    name = request.named if not request.thread else ""
    where = request.words(IN_CHANNEL, value=name or request.words(THIS))
    called = request.words(CALLS, value=request.words(SOME if request.chat.preferences.called_role else NONE))
    return [(_opens(where, CHANNEL), _opens(request.words(WHO), MANAGERS)), (_opens(called, ROLE),)]


def is_server(request: Request) -> bool:
    """Tell whether this is about a channel of a server."""
    return request.traits.servers and request.chat.kind is not ChatKind.PRIVATE


def opened(request: Request, field: str, missing: str) -> Reply:
    """Show how one of these is chosen; ``missing`` takes what is picked."""
    picked = request.call.without(missing)
    match field:
        case "channel":
            channel = Pick(PickKind.CHANNEL, picked, missing, request.chat.external_id)
            return _shown(request, request.words(WHERE), channel)
        case "managers":
            return _shown(request, request.words(MAY, bot=request.services.bot_name))
        case _:
            role = request.chat.preferences.called_role
            return _shown(request, request.words(WHOM), Pick(PickKind.ROLE, picked, missing, role))


async def called(request: Request, picked: Text) -> Request:
    """Let breaking news call a role from now on, or none."""
    number = picked.words if picked.words.isdecimal() else ""
    preferences = dataclasses.replace(request.chat.preferences, called_role=number)
    chat = await choosing.prefer(request.store, request.chat, preferences, request.now)
    return dataclasses.replace(request, chat=chat)


def _shown(request: Request, text: str, *picks: Pick) -> Reply:
    back = Choices(((Choice(request.words(BACK), call("settings")),),))
    return Reply(Message((paragraph(text), *picks, back), brief=text), replaces=True)


def _opens(label: str, field: str) -> Choice:
    return Choice(label, call("settings", change=Change(field)))
