"""Finds the command that fulfils a wish.

Names are looked up, and what is not sure is asked.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from bot.articles.names import gazetteer
from bot.bangla.endings import bases
from bot.bangla.normalise import key
from bot.search import meaning, named, saying, understanding
from bot.search.grammar import objects, reading
from bot.search.grammar.acts import Act, EndManner
from bot.search.grammar.intents import BothWanted, Wanted
from bot.search.grammar.setting_sentence import Order
from bot.search.grammar.talk import Talk
from bot.subscriptions import naming, panel
from bot.values.articles import Query, QueryKind
from bot.values.chats import ChatState, Term, TermKind

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.ports.store import Store
    from bot.values.chats import Chat, Subscription

UNSURE = "unsure"
"""The command that asks what was meant."""
SEVERAL = "several"
EACH = "each"
"""The command for several takes a command in front of each name then."""
AT_TIMES = "times"
"""The command for several takes the times as its first name then."""
COURTESY = "greet"
FOR_A_WHILE = "awhile"
BETWEEN = " ; "
"""Parts several objects of one command."""
_COMMANDS = {Act.FOLLOW: "follow", Act.UNFOLLOW: "unfollow", Act.MUTE: "mute", Act.UNMUTE: "unmute"}
_COMPOUNDS = frozenset(map(key, ("আপ", "আপের", "অন", "অনে", "আপে", "through", "up", "on")))
"""What makes another word of ফলো: ফলো আপ, ফলো অন."""
_HASANTA = "\u09cd"
_CASES = tuple(map(key, ("কে", "য়ের", "ের", "র", "এর")))


class NamedObject(NamedTuple):
    """An object's name for a command, and whether it is known here."""

    name: str
    known: bool
    term: Term | None = None


class Wisher(NamedTuple):
    """Who wishes: the archive, the chat, the time."""

    store: Store
    chat: Chat
    now: datetime
    zone: ZoneInfo


async def read(wisher: Wisher, text: str) -> Order | None:
    """Return what a text wants done.

    Return None if it asks for news, or if its wish is better searched for.
    """
    found = reading.read(text, wisher.now, wisher.zone)
    if isinstance(found, Talk):
        return Order(COURTESY, found.value)
    if isinstance(found, Wanted):
        return await order(wisher, found)
    if isinstance(found, BothWanted):
        return await _both(wisher, found)
    return found if isinstance(found, Order) else None


async def _both(wisher: Wisher, found: BothWanted) -> Order | None:
    """Return the command for two wishes.

    If one of them leaves something open, that is asked first.
    """
    orders = [await order(wisher, one) for one in (found.first, found.second)]
    each: list[str] = []
    for one in orders:
        if one is None or one.command not in (*_COMMANDS.values(), SEVERAL):
            return one
        command, _, rest = (
            one.argument.partition(BETWEEN) if one.command == SEVERAL else (one.command, "", one.argument)
        )
        each += [f"{command} {name}" for name in rest.split(BETWEEN)]
    return Order(SEVERAL, BETWEEN.join((EACH, *each)))


async def order(wisher: Wisher, wanted: Wanted) -> Order | None:
    """Return the command for a wish, or a question back.

    Return None if the text is better searched for.
    """
    if wanted.excepted:
        found = await _named(wisher, wanted.excepted, told=False)
        return Order(UNSURE, f"except {found.name}") if found.known else None
    if wanted.act is Act.PAUSE:
        return _pause(wanted, wisher.now)
    if wanted.act is Act.UNFOLLOW and wanted.everything:
        return await _unfollow_all(wisher)
    if wanted.act in (Act.SWITCH_OFF, Act.SWITCH_ON) or not wanted.objects:
        return _of_all(wanted, wisher)
    if wanted.act is Act.UNMUTE:
        return await _unmute(wisher, wanted)
    names = await _all_named(wisher, wanted)
    return _done(wanted, names, wisher.now)


def _pause(wanted: Wanted, now: datetime) -> Order:
    if wanted.until is None:
        return Order("pause")
    return Order("pause", f"{_minutes(wanted.until, now)} minutes")


def _minutes(until: datetime, now: datetime) -> int:
    return max(1, math.ceil((until - now).total_seconds() / 60))


def _of_all(wanted: Wanted, wisher: Wisher) -> Order | None:
    """Return what is done with all news.

    If nothing is named and that is unclear, it asks what is meant.
    """
    if wanted.act is Act.SWITCH_ON:
        stopped = wisher.chat.state is not ChatState.ACTIVE or wisher.chat.paused_until is not None
        return Order("resume") if stopped or not wanted.doubtful else Order("latest")
    if wanted.act is Act.SWITCH_OFF:
        return Order("stop")
    if wanted.act is Act.MUTE and not wanted.everything:
        return Order(UNSURE, "nothing") if not wanted.told else Order("mute")
    if wanted.act is Act.EITHER:
        return None
    everything = naming.exact(Term(TermKind.ALL)) if wanted.everything else ""
    return Order(_COMMANDS[wanted.act], _in_manner(everything, wanted.how) if everything else "")


async def _unfollow_all(wisher: Wisher) -> Order:
    """Stop following whatever is followed: «সব ফলো বন্ধ করুন»."""
    chosen = await wisher.store.subscriptions.of_chat(wisher.chat.id)
    followed = [naming.exact(one.term) for one in chosen if not one.exclude]
    if len(followed) > 1:
        return Order(SEVERAL, BETWEEN.join((_COMMANDS[Act.UNFOLLOW], *followed)))
    return Order(_COMMANDS[Act.UNFOLLOW], followed[0]) if followed else Order("following")


async def _unmute(wisher: Wisher, wanted: Wanted) -> Order | None:
    """Take back what is left out.

    A wish for more of anything else is one to follow, if news is meant.
    """
    for name in (wanted.whole, *wanted.objects):
        if (left_out := await _chosen(wisher, name, exclude=True)) is not None:
            return Order("unmute", naming.exact(left_out.term))
    if not wanted.told:
        return None
    found = await _named(wisher, wanted.objects[0], told=True)
    return Order("follow", found.name)


async def _all_named(wisher: Wisher, wanted: Wanted) -> list[NamedObject]:
    if len(wanted.objects) > 1 and (whole := await _as_known(wisher, wanted.whole)) is not None:
        return [whole]
    return [await _named(wisher, name, told=wanted.told) for name in wanted.objects]


def _done(wanted: Wanted, names: list[NamedObject], now: datetime) -> Order | None:  # noqa: PLR0911 - a wish each
    known = all(named.known for named in names)
    first = names[0]
    if wanted.times and (known or wanted.told):
        return Order(SEVERAL, BETWEEN.join((AT_TIMES, wanted.times, *(named.name for named in names))))
    if wanted.act is Act.EITHER:
        return Order(UNSURE, f"either {first.name}")
    if wanted.doubtful and not _is_certain(wanted, first):
        return None
    if not known and not wanted.told:
        return Order(UNSURE, f"{_COMMANDS[wanted.act]} {first.name}") if len(names) == 1 else None
    command = _COMMANDS[wanted.act]
    if wanted.until is not None and wanted.act is Act.MUTE:
        return Order(FOR_A_WHILE, f"{_minutes(wanted.until, now)} {first.name}")
    if len(names) == 1:
        return Order(command, _in_manner(first.name, wanted.how))
    return Order(SEVERAL, BETWEEN.join((command, *(_in_manner(named.name, wanted.how) for named in names))))


def _is_certain(wanted: Wanted, named: NamedObject) -> bool:
    """Return whether a noun-like ending counts here.

    It does in «রাজনীতি বাদ», but not in «লিটন বাদ».
    """
    if wanted.act is Act.MUTE and wanted.until is None:
        return named.term is not None and named.term.kind in (TermKind.TOPIC, TermKind.OUTLET)
    return named.known


def _in_manner(name: str, how: EndManner | None) -> str:
    match how:
        case EndManner.AT_ONCE:
            return f"{name} now"
        case EndManner.TOGETHER:
            return f"{name} together"
        case None:
            return name


async def is_led(wisher: Wisher, command: str, rest: str) -> bool:
    """Return whether text behind a bare alias is meant for it.

    «বাদ ইরান» is, but not «বাদ পড়লেন সাকিব», «ফলো আপ». Text that fits no parameter is searched for with its alias:
    «ভাষা আন্দোলন», «সংবাদ সম্মেলন».
    """
    kind, _ = naming.kind(rest)
    if kind is not None:
        return True
    match command:
        case "language":
            return panel.SETTINGS_BY_NAME["language"].change(rest) is not None
        case "read":
            return key(rest).removeprefix("#").split(" ")[0].isdecimal()
        case "latest" | "tag":
            words = [word for word in key(rest).split() if not word.isdecimal()]
            # «চ্যানেল ২৪» is a name as it stands.
            return not words or any([await named.query(wisher.store, one) for one in (rest, " ".join(words))])
        case "follow" | "unfollow" | "mute" | "unmute":
            return await _is_name(wisher, command, rest)
        case _:
            return True


async def _is_name(wisher: Wisher, command: str, rest: str) -> bool:
    name = naming.without_manner(rest) if command == "follow" else rest
    words = key(name).split()
    if key(name) in meaning.EVERYTHING or await _as_known(wisher, name) is not None:
        return True
    # Of words that are not known only a short name is taken, and none to be left out: that begins headlines.
    return command != "mute" and 0 < len(words) <= _FEW and words[0] not in _COMPOUNDS


_FEW = 3


async def _named(wisher: Wisher, name: str, *, told: bool) -> NamedObject:
    """Look an object up.

    It is looked up as written, without its endings, then by its sound; else it stays words.
    """
    if (known := await _as_known(wisher, name)) is not None:
        return known
    spelt = name
    for one in objects.plain(name):
        found = await understanding.find(wisher.store, one, wisher.now, wisher.zone)
        if (term := _term(found.query)) is not None:
            return NamedObject(naming.exact(term), known=True, term=term)
        if found.note is saying.READ_AS:
            spelt = found.said["name"]
            break
        slip = next((choice for choice in found.choices if _is_slip(one, choice)), None)
        if slip is not None:
            return await _as_known(wisher, slip) or NamedObject(slip, known=False)
    return NamedObject(await _base(wisher.store, spelt) if told else spelt, known=False)


def _is_slip(typed: str, meant: str) -> bool:
    """Tell whether two spellings differ by a hasanta alone: ডেঙগু, ডেঙ্গু."""
    return key(typed).replace(_HASANTA, "") == key(meant).replace(_HASANTA, "")


async def _as_known(wisher: Wisher, name: str) -> NamedObject | None:
    """Return what goes by that name.

    It may be something chosen already, a section, a tag, an outlet or a district.
    """
    for one in objects.plain(name):
        for exclude in (False, True):
            chosen = await meaning.choice(wisher.store, wisher.chat, one, exclude=exclude)
            if chosen is not None and key(meaning.name(chosen.term, wisher.chat.language)) == key(one):
                return NamedObject(naming.exact(chosen.term), known=True, term=chosen.term)
        term = await meaning.term(wisher.store, one)
        if term.kind is not TermKind.KEYWORD:
            return NamedObject(naming.exact(term), known=True, term=term)
        if (home := gazetteer.home(one)) is not None:
            return NamedObject(home.name, known=True)
        if (listed := gazetteer.named(one)) is not None:
            return NamedObject(listed.name, known=True)
    return None


def _term(query: Query) -> Term | None:
    kinds = {QueryKind.TAG: TermKind.TAG, QueryKind.TOPIC: TermKind.TOPIC, QueryKind.OUTLET: TermKind.OUTLET}
    kind = kinds.get(query.kind)
    return Term(kind, query.value, query.name) if kind is not None else None


async def _base(store: Store, name: str) -> str:
    """Return an unknown name without its last case ending.

    The archive's words or the grammar tell what an ending is.
    """
    before, _, last = name.rpartition(" ")
    bare = await store.vocabulary.base(key(last))
    if bare == key(last):
        cases = [one for one in bases(key(last)) if any(key(last) == one + case for case in _CASES)]
        bare = min(cases, key=len, default=bare) if len(cases) == 1 else max(cases, key=len, default=bare)
    return f"{before} {bare if bare != key(last) else last}".strip()


async def _chosen(wisher: Wisher, name: str, *, exclude: bool) -> Subscription | None:
    for one in objects.plain(name):
        if (found := await meaning.choice(wisher.store, wisher.chat, one, exclude=exclude)) is not None:
            return found
    return None
