"""Words about following that several commands say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.messages import Choice
from bot.wording import Wording, say

if TYPE_CHECKING:
    from bot.model import Language, Term

WHICH = Wording("কোন বিষয়? নামটি লিখে পাঠান, যেমন: ইরান।", "Which topic? Send its name, for example: Iran.")
_ALL = Wording("সব খবর", "all news")
_FOLLOW = Wording("ফলো {tag}", "follow {tag}")
_UNFOLLOW = Wording("ফলো বন্ধ {tag}", "unfollow {tag}")


def name(term: Term, language: Language) -> str:
    """Name what is followed, so that the name, typed, means the same again."""
    return term.name or say(_ALL, language)


def follow(name: str, language: Language) -> Choice:
    """Offer to follow something."""
    typed = say(_FOLLOW, language, tag=name)
    return Choice(typed, "follow", name, typed)


def unfollow(name: str, language: Language) -> Choice:
    """Offer to stop following something."""
    typed = say(_UNFOLLOW, language, tag=name)
    return Choice(typed, "unfollow", name, typed)
