"""How far a change has come, in an editor's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import Choice, Choices, Message, Part, paragraph
from bot.outbox import Why
from bot.wording import Wording, say

if TYPE_CHECKING:
    from bot.model import Language
    from bot.outbox import Reach

LIVE = Wording(
    "বদলেছে {changed} · বাকি {left} · হয়নি {failed} (ব্লক {blocked}, মুছে ফেলা {deleted}, অনুমতি নেই {barred}, অন্য কারণ {other})",
    "changed {changed} · left {left} · failed {failed} (blocked {blocked}, deleted {deleted}, no right {barred}, other {other})",
)
END = Wording(
    "শেষ: {total}টির মধ্যে {changed}টি বদলেছে, {failed}টি হয়নি। বদলানো মানে পাঠক দেখেছেন, তা নয়।",
    "Done: {changed} of {total} changed, {failed} not. Changed does not mean seen.",
)
UNKNOWN = Wording(
    "অজানা {n}: উত্তর হারিয়ে যাওয়ায় একটি করে পুরোনো কপি থেকে যেতে পারে।",
    "Unknown {n}: an answer was lost, so an older copy may lie there.",
)
NONE = Wording("কোনো চ্যাটে পাঠানো হয়নি।", "It was sent to no chat.")
LIST = Wording("📄 যেগুলো হয়নি", "📄 Those not reached")
_BLOCKED, _DELETED, _BARRED = {Why.GONE, Why.MOVED}, {Why.LOST}, {Why.PLACE}


def counted(reach: Reach, number: int, language: Language) -> Message:
    """Say how many chats changed, how many are left, how many failed and why, and of how many nobody knows."""
    if not reach.total and not reach.unknown:
        return _plain(say(NONE, language))
    failed = sum(n for _, n in reach.failed)
    sums = [sum(n for why, n in reach.failed if why in group) for group in (_BLOCKED, _DELETED, _BARRED)]
    live = say(
        LIVE,
        language,
        changed=reach.changed,
        left=reach.waiting,
        failed=failed,
        blocked=sums[0],
        deleted=sums[1],
        barred=sums[2],
        other=failed - sum(sums),
    )
    lines = [live]
    if not reach.waiting:
        lines.append(say(END, language, total=reach.total, changed=reach.changed, failed=failed))
    if reach.unknown:
        lines.append(say(UNKNOWN, language, n=reach.unknown))
    parts: list[Part] = [paragraph(*lines)]
    if failed:
        typed = f"reach #{number} missed"
        parts.append(Choices(((Choice(say(LIST, language), "reach", f"#{number} missed", typed),),)))
    return Message(tuple(parts), brief=lines[-1])


def _plain(text: str) -> Message:
    return Message((paragraph(text),), brief=text)
