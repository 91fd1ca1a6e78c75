"""Reads where somebody lives, and by which clock.

Examples are «আমার জেলা সিলেট» and «আমি দুবাই থাকি».
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.articles.names import gazetteer
from bot.bangla.endings import bases
from bot.search.grammar import objects
from bot.search.grammar.lexicon import Kind
from bot.search.grammar.sentence import written
from bot.search.grammar.setting_sentence import TIME_NAMES, Order
from bot.search.grammar.verbs import Verb, VerbForm
from bot.search.grammar.wordlist import keys
from bot.subscriptions import zones

if TYPE_CHECKING:
    from bot.search.grammar.setting_sentence import SettingSentence

_DISTRICT: Final = keys("জেলা জেলাটা জেলার jela zila jella district")
_HOME: Final = keys("শহর শহরটা শহরের বাড়ি বাড়ির বাসা এলাকা গ্রামের দেশের shohor bari basa elaka city home hometown")
MINE: Final = keys("আমার নিজের আমাদের amar my")


def zone(sentence: SettingSentence) -> Order | None:
    """Read by which clock news shall come: «নিউইয়র্কের সময়ে পাঠাও»."""
    if sentence.ending is None or not any(one in TIME_NAMES for one in sentence.keys):
        return None
    if not sentence.says(Verb.HOLD, Verb.DO, Verb.CHANGE, Verb.GIVE, Verb.SHOW):
        return None
    zone_words = [word for word in sentence.object if word.key not in TIME_NAMES | _REGION]
    named = " ".join(word.key for word in zone_words)
    for name in sorted(bases(named), key=len) if zone_words else ():
        if (found := zones.find(name)) is not None:
            return Order("settings", f"zone {found}")
    return None


_REGION: Final = keys("অঞ্চল অঞ্চলটা জোন zone")


def district(sentence: SettingSentence) -> Order | None:
    """Read in which district somebody lives, or that it shall change."""
    mine = any(word.key in MINE for word in sentence.words)
    if not any(one in _DISTRICT for one in sentence.keys):
        return _lives(sentence, mine=mine)
    changes = any(word.says(Verb.CHANGE) for word in sentence.words) or any(
        word.is_a(Kind.CHANGE) for word in sentence.tail
    )
    rest = [word for word in sentence.object if not (word.key in _DISTRICT | MINE | _NOW or word.says(Verb.CHANGE))]
    if sentence.ending is None:
        led = sentence.words[0].key in _DISTRICT and len(rest) == len(sentence.words) - 1
        named = (mine or led) and rest and gazetteer.home(written(rest)) is not None
        return Order("district", written(rest)) if named else None
    changed = changes or (sentence.says(Verb.DO, Verb.GIVE) and mine)
    if not changed or any(word.is_a(Kind.ASKS) for word in rest):
        return None
    return Order("district", written(rest))


def _lives(sentence: SettingSentence, *, mine: bool) -> Order | None:
    """Read where somebody lives: «আমি খুলনায় থাকি», «আমার শহর রাজশাহী»."""
    if not sentence.words:
        return None
    lives = any(word.says(Verb.STAY, VerbForm.I_DO) or word.key in _RESIDENT for word in sentence.words)
    i_live = lives and sentence.words[0].key in _I
    at_home = mine and any(word.key in _HOME for word in sentence.words)
    if not (i_live or at_home):
        return None
    skipped = _HOME | MINE | _NOW | _I | _RESIDENT
    rest = [word for word in sentence.words if word.key not in skipped and not word.says(Verb.STAY)]
    for name in objects.plain(written(rest)) if rest else ():
        if (home := gazetteer.home(name)) is not None:
            return Order("district", home.name)
        if i_live and (found := zones.find(name)) is not None:
            return Order("settings", f"zone {found}")
    return None


_RESIDENT: Final = keys("মানুষ বাসিন্দা প্রবাসী ছেলে মেয়ে লোক")
_I: Final = keys("আমি আমরা ami amra")
_NOW: Final = keys("এখন হলো হল ekhon holo is")
