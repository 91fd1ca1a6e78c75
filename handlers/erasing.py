"""Says what erasing takes away, and what stays without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values.chats import ChatKind
from bot.values.messages import Span, Style, line
from bot.values.wording import Wording

if TYPE_CHECKING:
    from handlers.context import Context

ERASE = Wording("🧹 আমার সব তথ্য মুছুন", "🧹 Erase all my data")
ERASE_GROUP = Wording("🧹 এই গ্রুপের সব মুছুন", "🧹 Erase all of this group")
ERASE_CHANNEL = Wording("🧹 এই চ্যানেলের সব মুছুন", "🧹 Erase all of this channel")
ERASED_FROM_US = (
    Wording("মুছে যাবে:", "Deleted:"),
    Wording(
        "যা ফলো করেন, যা বাদ, সময় ও সেটিংস, দেখা তালিকা, আপনাকে পাঠানো খবরের হিসাব।",
        "follows, what you left out, times and settings, lists you saw, the record of what was sent to you.",
    ),
)
KEPT_NAMELESS = (
    Wording("থেকে যাবে, নাম ছাড়া:", "Kept without your name:"),
    Wording(
        "যে ভুল জানানোর পর খবর বদলানো হয়েছে, শুধু সেটির লেখা; কতজনকে কী পাঠানো হয়েছে, শুধু সংখ্যা।",
        "of mistakes you reported only the text of one after which a story was changed; how many got what, as numbers.",
    ),
)
IN_BACKUPS = Wording(
    "পুরোনো ব্যাকআপে তথ্য থাকে {n} দিন; তত দিন চ্যাটের নম্বরের একটি ছাপ রাখা হয়, যাতে ব্যাকআপ থেকে তথ্য না ফেরে।",
    "Old backups hold it for {n:day|days}; so long a fingerprint of this chat's number is kept, so that no backup "
    "brings it back.",
)
IN_YOUR_CHAT = Wording(
    "আগে পাওয়া বার্তাগুলো আপনার চ্যাটেই থাকবে। ফেরানো যাবে না।",
    "Messages you received stay in your chat. This cannot be undone.",
)
GROUP_ERASED = Wording(
    "এই গ্রুপের তালিকা, সময় ও সেটিংস মুছে যাবে; সদস্যদের নিজেদের তালিকা থাকবে।",
    "This group's list, times and settings go; its members' own stay.",
)
CHANNEL_ERASED = Wording(
    "এই চ্যানেলের তালিকা, সময় ও সেটিংস মুছে যাবে; আপনার নিজের তালিকা থাকবে।",
    "This channel's list, times and settings go; your own list stays.",
)
CHAT_ERASED = Wording("সব মুছে গেছে; এখানে আর কিছু পাঠানো হবে না।", "All is gone; nothing more is sent here.")
ERASE_YES = Wording("🧹 হ্যাঁ, মুছুন", "🧹 Yes, erase")
FILE_FIRST = Wording("📄 আগে ফাইল নিন", "📄 The file first")
ERASED = Wording("আপনার সব তথ্য মুছে গেছে। আবার শুরু করতে: /start", "All your data is gone. To begin again: /start")


def is_channel(request: Context) -> bool:
    """Tell whether the chat is called a channel.

    Some platforms call those where members write so, too.
    """
    return request.chat.kind is ChatKind.CHANNEL or request.traits.answers_alone


def label(request: Context) -> Wording:
    """Return what the button that erases says here."""
    if request.chat.kind is ChatKind.PRIVATE:
        return ERASE
    return ERASE_CHANNEL if is_channel(request) else ERASE_GROUP


def what_goes(request: Context) -> tuple[tuple[Span, ...], ...]:
    """Say what goes, and what stays without a name."""
    told = [
        (Span(request.words(head), Style.STRONG), Span(f" {request.words(rest)}"))
        for head, rest in (ERASED_FROM_US, KEPT_NAMELESS)
    ]
    backups = request.words(IN_BACKUPS, n=request.services.backup_days)
    return (*told, line(backups), line(request.words(IN_YOUR_CHAT)))
