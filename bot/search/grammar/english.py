"""Reads English requests, which have their verb in front.

Examples are «stop sending me politics» and «send me cricket news daily».
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.search.grammar import english_times, schedule, words
from bot.search.grammar.acts import Act, EndManner
from bot.search.grammar.orders import NIGHT
from bot.search.grammar.setting_sentence import Order

if TYPE_CHECKING:
    from re import Pattern


class EnglishWish(NamedTuple):
    """What is wanted, of what, and when it shall come."""

    act: Act
    about: str
    how: EndManner | None = None
    when: str = ""
    """At which times of day it shall come, as it was written; "" for any."""
    lasts: str = ""
    """How long it shall last, as a Bengali sentence would say it: «2 days», «tomorrow until»."""


_POLITE: Final = re.compile(
    r"^(?:(?:please|plz|pls|can you|could you|kindly|hey|hi|i want to|i'd like to|i would like to)\s+)+"
)
_BEHIND: Final = re.compile(r"(?<!\s)(?:\s+(?:please|plz|pls|anymore|any more|any longer|now|for me|to me))+$")
_PAUSE: Final = re.compile(r"(?:pause|snooze|stop|be quiet|stay quiet|no news|silence)(?: (?:it|news|everything|all))?")
_MORE: Final = re.compile(r"(?:(?:show|give)(?: me)? )?(?:some )?more(?: news| stories)?|next(?: page)?")
_LANGUAGE: Final = re.compile(
    r"(?:(?:change|switch|set)(?: my| the)? language(?: to)?|(?:write|speak|reply|talk|answer)(?: to me)? in|in"
    r"|switch to|speak) (?P<name>english|bangla|bengali)"
)
_WEEKLY: Final = re.compile(
    r"(?:(?:send|give)(?: me)? |i want )?(?:a |the )?weekly (?:digest|news|summary|updates?|roundup)"
)
EVERYTHING: Final = frozenset(
    (
        *("anything", "everything", "me", "it", "news", "any news", "the news", "all news"),
        *("all", "messages", "any messages", "notifications", "updates"),
    )
)
OFF: Final = {
    name: value
    for names, value in (
        (("sound", "sounds"), "sound off"),
        (("picture", "pictures", "photos", "images"), "picture none"),
        (("breaking", "breaking news"), "breaking never"),
    )
    for name in names
}
"""Settings, and their value when they are not wanted."""
_AGAIN: Final = re.compile(r"(?:start|resume|begin|(?:turn|switch)(?: it)? on)(?: (?:sending|news|it))* again")
_NEW: Final = re.compile(r"(?:what(?:'s| is|s)? (?:new|happening|the news|up)|any news)(?: today| now)?")
_OPEN: Final = re.compile(
    r"(?:show|open|read|give)(?: me)?(?: the)? "
    r"(?P<n>first|second|third|fourth|fifth|[1-9]\d?(?:st|nd|rd|th)?)(?: (?:one|story|news|item))?"
)
_FEWER: Final = re.compile(
    r"(?:(?:send|give|show)(?: me)? )?(?:less|fewer) (?:news|messages|notifications|updates|stories)"
    r"|too many (?:news|messages|notifications|updates|stories)|too much news"
)
_HELP: Final = re.compile(
    r"what can (?:you|i|this bot) do|(?:help me|commands|show commands)"
    r"|(?:how (?:do|can) i|how to) .*"
    r"\b(?:follow|unfollow|mute|stop|time|language|settings?|pictures?|use|share|subscribe)\b.*"
)
_FEW: Final = re.compile(
    r"(?:give|show|send)(?: me)?(?: the)?(?: top| latest| last| newest)? (?P<n>\d{1,2}) (?:headlines|news|stories)"
)
_NUMBERS: Final = ("first", "second", "third", "fourth", "fifth")
_NEWS: Final = re.compile(
    r"^(?:the\s+)?(?:all\s+)?(?:latest\s+)?(?:news|updates?|stories)\s+(?:about|on|of|from)\s+"
    r"|(?<!\s)\s+(?:news|updates?|stories)$"
)
_RULES: Final[tuple[tuple[Pattern[str], Act], ...]] = tuple(
    (re.compile(pattern), act)
    for act, pattern in (
        (
            Act.UNFOLLOW,
            (
                r"^(?:unfollow|unsubscribe(?: me)? from|stop following|don't follow|do not follow|remove|drop)\s+(.+?)"
                r"(?: from my list)?$"
            ),
        ),
        (
            Act.MUTE,
            (
                r"^(?:(?:stop|quit) (?:sending|showing)(?: me)?|(?:don't|do not|dont) (?:send|show|want|need)(?: me)?"
                r"|i (?:don't|do not|dont) (?:want|need|like)|no more|mute|leave out|turn off|switch off)\s+(.+)$"
            ),
        ),
        (Act.UNMUTE, r"^(?:unmute|bring back|unblock)\s+(.+)$"),
        (Act.MUTE, r"^no\s+(pictures|photos|images|sounds?|breaking(?: news)?)$"),
        (Act.FOLLOW, r"^(?:i )?(?:only|just) (?:want|send|give|need)(?: me)?\s+(.+)$"),
        (
            Act.FOLLOW,
            r"^(?:follow(?! (?:up|on|suit|through)\b)|subscribe(?: me)? to|keep me posted (?:on|about))\s+(.+)$",
        ),
        (Act.SHOW, r"^(?:send|give|show|tell|i want|i need)(?: me)?(?: about)?\s+(.+)$"),
        (
            Act.SHOW,
            (
                r"^(?:what(?:'s| is|s)|anything) (?:happening|going on|new|the news|the latest|up)"
                r" (?:in|at|with|about|on) (.+)$"
            ),
        ),
        (Act.SHOW, r"^(?:any |the |all )*news (?:from|on|about|of) (.+)$"),
        (Act.SHOW, r"^(?:the )?latest(?: news| stories)? (?:from|on|about)\s+(.+)$"),
    )
)
_ROMAN: Final = re.compile(r"[a-z0-9 '&.-]+")
LONGEST: Final = 100


def order(text: str) -> Order | None:
    """Return the order in an English sentence that names no topic.

    The text is in key() form.
    """
    bare = _bare(text)
    if (found := _OPEN.fullmatch(bare)) is not None:
        name = found["n"]
        return Order("read", str(_NUMBERS.index(name) + 1) if name in _NUMBERS else name.rstrip("stndrh"))
    if (language := _LANGUAGE.fullmatch(bare)) is not None:
        return Order("language", "en" if language["name"] == "english" else "bn")
    if (few := _FEW.fullmatch(bare)) is not None:
        return Order("latest", few["n"])
    if (told := next((order for pattern, order in _ORDERS if pattern.fullmatch(bare)), None)) is not None:
        return told
    wish = read(text)
    return Order("latest") if _NEW.fullmatch(bare) else _setting(wish) if wish is not None else None


_ORDERS: Final = (
    (_MORE, Order("more")),
    (_WEEKLY, Order("settings", "time fri 08:00")),
    (_FEWER, Order("settings", "cap")),
    (_HELP, Order("help")),
)


def _setting(wish: EnglishWish) -> Order | None:
    if wish.act is Act.MUTE and OFF.get(wish.about):
        return Order("settings", OFF[wish.about])
    if wish.about not in EVERYTHING or not wish.when:
        return None
    if wish.act is Act.MUTE:
        return Order("quiet", NIGHT) if wish.when == "night" else Order("settings", "quiet")
    times = schedule.read(words.read(wish.when).words, only=True)
    return Order("settings", f"time {times}") if wish.act is Act.FOLLOW and times is not None else None


def switches(text: str) -> Act | None:
    """Return whether all news is switched off or on, or None."""
    wish = read(text)
    if wish is not None and wish.act is Act.MUTE and wish.about in EVERYTHING and not (wish.when or wish.lasts):
        return Act.SWITCH_OFF
    return Act.SWITCH_ON if _AGAIN.fullmatch(_bare(text)) else None


def _bare(text: str) -> str:
    """Return a text without its politeness.

    Return "" if it is no English request.
    """
    if len(text) > LONGEST or not _ROMAN.fullmatch(text):
        return ""
    return _BEHIND.sub("", _POLITE.sub("", text.strip(" .!?")))


def read(text: str) -> EnglishWish | None:
    """Return the English request in a text, or None.

    A request to be shown something is read as a question. The text is in key() form.
    """
    bare = _bare(text)
    bare, when = english_times.timed(bare)
    bare, lasts = english_times.lasting(bare)
    if lasts and _PAUSE.fullmatch(bare):
        return EnglishWish(Act.PAUSE, "", lasts=lasts)
    regular = english_times.REGULARLY.search(bare) is not None
    at_once = english_times.AT_ONCE.search(bare) is not None
    bare = english_times.AT_ONCE.sub("", english_times.REGULARLY.sub("", bare))
    for pattern, act in _RULES:
        if (found := pattern.fullmatch(bare)) is None:
            continue
        about = _NEWS.sub("", found[1]).strip()
        about = about.removeprefix("the ") if act is Act.SHOW else about
        if not about:
            return None
        lasting = act is Act.SHOW and (regular or at_once or when != "")
        how = EndManner.AT_ONCE if at_once else None
        return EnglishWish(Act.FOLLOW if lasting else act, about, how, when, lasts)
    return None
