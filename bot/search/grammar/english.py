"""Reads English requests, which have their verb in front.

Examples are «stop sending me politics» and «send me cricket news daily».
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.search.grammar.acts import Act, EndManner

if TYPE_CHECKING:
    from re import Pattern


class EnglishWish(NamedTuple):
    """What is wanted, of what, and when it shall come."""

    act: Act
    about: str
    how: EndManner | None = None


_POLITE: Final = re.compile(
    r"^(?:(?:please|plz|pls|can you|could you|kindly|hey|hi|i want to|i'd like to|i would like to)\s+)+"
)
_BEHIND: Final = re.compile(r"(?<!\s)(?:\s+(?:please|plz|pls|anymore|any more|any longer|now|for me|to me))+$")
_REGULARLY: Final = re.compile(r"(?<!\s)\s+(?:daily|every day|regularly|each day|everyday)$")
_AT_ONCE: Final = re.compile(r"(?<!\s)\s+(?:at once|immediately|instantly|as it happens|as they come)$")
_NEWS: Final = re.compile(
    r"^(?:the\s+)?(?:all\s+)?(?:latest\s+)?(?:news|updates?|stories)\s+(?:about|on|of|from)\s+"
    r"|(?<!\s)\s+(?:news|updates?|stories)$"
)
_RULES: Final[tuple[tuple[Pattern[str], Act], ...]] = tuple(
    (re.compile(pattern), act)
    for act, pattern in (
        (Act.UNFOLLOW, r"^(?:unfollow|unsubscribe(?: me)? from|stop following|don't follow|do not follow)\s+(.+)$"),
        (
            Act.MUTE,
            (
                r"^(?:(?:stop|quit) (?:sending|showing)(?: me)?|(?:don't|do not|dont) (?:send|show|want|need)(?: me)?"
                r"|i (?:don't|do not|dont) (?:want|need|like)|no more|mute|leave out)\s+(.+)$"
            ),
        ),
        (Act.UNMUTE, r"^(?:unmute|bring back|unblock)\s+(.+)$"),
        (
            Act.FOLLOW,
            r"^(?:follow(?! (?:up|on|suit|through)\b)|subscribe(?: me)? to|keep me posted (?:on|about))\s+(.+)$",
        ),
        (Act.SHOW, r"^(?:send|give|show|tell)(?: me)?(?: about)?\s+(.+)$"),
    )
)
_ROMAN: Final = re.compile(r"[a-z0-9 '&.-]+")
LONGEST: Final = 100


def read(text: str) -> EnglishWish | None:
    """Return the English request in a text, or None.

    A request to be shown something is read as a question. The text is in key() form.
    """
    if len(text) > LONGEST or not _ROMAN.fullmatch(text):
        return None
    bare = _BEHIND.sub("", _POLITE.sub("", text.strip(" .!?")))
    regular = _REGULARLY.search(bare) is not None
    at_once = _AT_ONCE.search(bare) is not None
    bare = _AT_ONCE.sub("", _REGULARLY.sub("", bare))
    for pattern, act in _RULES:
        if (found := pattern.fullmatch(bare)) is None:
            continue
        about = _NEWS.sub("", found[1]).strip()
        lasting = act is Act.SHOW and (regular or at_once)
        return (
            EnglishWish(Act.FOLLOW if lasting else act, about, EndManner.AT_ONCE if at_once else None)
            if about
            else None
        )
    return None
