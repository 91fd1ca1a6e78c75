"""Reads questions about the bot: when and why news comes, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.search.grammar.lexicon import Kind
from bot.search.grammar.setting_sentence import Order
from bot.search.grammar.verbs import Verb
from bot.search.grammar.wordlist import keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.search.grammar.sentence import Word

_NOT_COMING: Final = keys(
    "আসছে আসে পাচ্ছি আসতেছে পাইতেছি পাই আসেনা আসছেনা আসতাছে ase asche ashche pacchi asteche "
    "আসেনি পাইনি আসে_নি এলো_না asheni paini"
)
_WHY: Final = keys("একটাও একটিও আজ আজকে কাল কেন ক্যান কি কী keno why আমার তো আর এখন কাছে")
_WHY_CAME: Final = keys("পেলাম পাইলাম এল এলো আসল আসলো পাঠালেন পাঠানো দিলেন দিলে পাঠাইলেন pelam elo")
_THIS: Final = keys("এটা এই খবরটা খবর এইটা ওটা আমি আমাকে সেটা eta ei this")


def read(words: Sequence[Word]) -> Order | None:
    """Return the screen that answers a question about the bot, or None."""
    return _too_many(words) or _status(words) or _help(words)


def _too_many(words: Sequence[Word]) -> Order | None:
    """Read «এত খবর পাঠাও কেন», «খুব বেশি খবর আসছে»: fewer are wanted."""
    many = any(word.key in _MANY for word in words) and any(
        word.is_a(Kind.NEWS, Kind.MESSAGE, Kind.ALERT) for word in words
    )
    comes = any(word.key in _NOT_COMING or word.says(Verb.SEND) or word.says(Verb.GIVE) for word in words)
    others = [
        word
        for word in words
        if not (word.key in _MANY | _NOT_COMING | _WHY or word.senses)
        and not word.is_a(Kind.NEWS, Kind.MESSAGE, Kind.ALERT, Kind.ASKS, Kind.POLITE, Kind.TAIL)
    ]
    denied = any(word.is_a(Kind.NOT) for word in words)
    return Order("settings", "cap") if many and comes and not others and not denied else None


_MANY: Final = keys("এত এতো এতগুলো এতগুলা বেশি বেশী অনেক খুব eto beshi besi onek khub")


def _asks_when(words: Sequence[Word]) -> bool:
    """Tell whether a message asks when news comes: «পরের খবর কখন আসবে»."""
    keys = [word.key for word in words]
    news = any(word.is_a(Kind.NEWS, Kind.MESSAGE) for word in words)
    others = [
        word
        for word in words
        if not word.is_a(Kind.NEWS, Kind.MESSAGE, Kind.POLITE, Kind.TAIL)
        and word.key not in _WHEN | _WHY | _NEXT | _NOT_COMING
        and not word.senses
    ]
    return news and any(one in _WHEN for one in keys) and not others


_WHEN: Final = keys("কখন কয়টায় কয়টার কবে kokhon koytay when")
_NEXT: Final = keys("পরের পরবর্তী নতুন আবার আমাকে porer next")


def _help(words: Sequence[Word]) -> Order | None:
    """Read «কীভাবে ফলো করব», «কী করতে পারো»: what the bot can do."""
    keys = [word.key for word in words]
    able = any(one in _CAN for one in keys) and any(word.is_a(Kind.ASKS) for word in words)
    how = any(one in _HOW for one in keys)
    if not (able or how):
        return None
    others = [
        word
        for word in words
        if word.key not in _HOW | _CAN | _OF_BOT and not word.is_a(*_OF_BOT_KINDS, *_EMPTY) and not word.senses
    ]
    of_bot = able or any(word.key in _OF_BOT or word.is_a(*_OF_BOT_KINDS) for word in words)
    return Order("help") if of_bot and not others else None


_HOW: Final = keys("কীভাবে কিভাবে কেমনে ক্যামনে kivabe kibhabe kemne how")
_CAN: Final = keys("পারো পারেন পারি পারিস পারবে paro paren pari can")
_OF_BOT: Final = keys(
    "কাজ এটা এইটা বট বটটা bot this work works "
    "শেয়ার ব্যবহার চালাব সেটিংস সময় ছবি আপনি আপনারা তুমি তোমাকে share settings use you i to do"
)
_OF_BOT_KINDS: Final = (Kind.FOLLOW, Kind.UNFOLLOW, Kind.MUTE, Kind.BREAK, Kind.NEWS, Kind.OFF, Kind.ON)
_EMPTY: Final = (Kind.ASKS, Kind.POLITE, Kind.TAIL, Kind.ANY)


def _status(words: Sequence[Word]) -> Order | None:
    """Read «খবর আসছে না কেন», «খবর পাচ্ছি না»; and «এটা কেন পেলাম»."""
    keys = [word.key for word in words]
    if _asks_when(words):
        return Order("status")
    news = any(word.is_a(Kind.NEWS, Kind.MESSAGE, Kind.ALERT, Kind.ANY) for word in words)
    stops = any(one in _NOT_COMING for one in keys) and (
        any(word.is_a(Kind.NOT) for word in words) or any(one.endswith(("না", "নি")) for one in keys)
    )
    rest = [
        word
        for word in words
        if not word.is_a(
            Kind.NEWS, Kind.MESSAGE, Kind.ALERT, Kind.NOT, Kind.POLITE, Kind.ASKS, Kind.TAIL, Kind.ANY_MORE, Kind.ANY
        )
    ]
    lacks = any(word.is_a(Kind.NOT) for word in words) and any(one in _WHY for one in keys)
    if news and (stops or lacks) and all(word.key in _NOT_COMING | _WHY for word in rest):
        return Order("status")
    came = any(one in _WHY_CAME for one in keys) and any(one in ("কেন", "ক্যান", "keno", "why") for one in keys)
    return Order("why") if came and all(one in _WHY_CAME | _WHY | _THIS for one in keys) else None
