"""Follows or mutes several things at one wish.

It does so one by one, and says it in one line. No list of commands names this one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.search import meaning
from bot.subscriptions import choosing, naming, panel
from bot.values.calls import call
from bot.values.chats import Term, TermKind
from bot.values.messages import Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request
from handlers.params import OneOfParam, TextParam

if TYPE_CHECKING:
    from bot.values.chats import Language, Subscription

FOLLOWING = Wording("ফলো করছেন: {names}।", "Now following: {names}.")
LEFT_OUT = Wording("বাদ গেল: {names}।", "Left out: {names}.")
ALREADY = Wording("আগে থেকেই: {names}।", "Already: {names}.")
NO_MORE = Wording("ফলো বন্ধ: {names}।", "Unfollowed: {names}.")
BACK = Wording("আর বাদ নেই: {names}।", "No longer left out: {names}.")
EXCEPT = "except"
"""Everything is followed, but for what is named."""
AT_TIMES = "times"
"""They are followed, and come at the times that are named first."""
EACH = "each"
"""Before each name stands what is done with it: «খেলা ফলো করো আর রাজনীতি বাদ দাও»."""
BETWEEN = ";"
"""Parts the names of a sentence, as its grammar writes them."""
_DID = {"follow": FOLLOWING, "mute": LEFT_OUT, "unfollow": NO_MORE, "unmute": BACK}


WHAT = OneOfParam(name="what", sign="COMMAND", options=dict.fromkeys((*_DID, EXCEPT, EACH, AT_TIMES), ()))
NAMES = TextParam(name="names", sign="; NAME ; NAME")


async def run(request: Request) -> Reply:
    """Do the same with each.

    Those for which nothing changed are named apart.
    """
    what, listed = request.get(WHAT), request.get(NAMES)
    command = what.name if what is not None else ""
    names = [name.strip() for name in listed.words.split(BETWEEN) if name.strip()] if listed is not None else []
    if command == EXCEPT and names:
        await request.run(naming.following(Term(TermKind.ALL)))
        return await request.run(call("mute", topic=await meaning.term(request.store, names[0])))
    if command == AT_TIMES and names:
        return await _at_times(request, names[0], names[1:])
    if command == EACH:
        asked = [name.partition(" ") for name in names]
        kinds = [one for one in _DID if any(done == one for done, _, _ in asked)]
        each = [await _each(request, one, [name for done, _, name in asked if done == one]) for one in kinds]
        return _said([line for lines in each for line in lines]) if each else await request.run(call("following"))
    if command not in _DID or not names:
        return await request.run(call("following"))
    return _said(await _each(request, command, names))


async def _at_times(request: Request, times: str, names: list[str]) -> Reply:
    """Set when news comes, and follow what shall come then."""
    change = panel.SETTINGS_BY_NAME["time"].change(times)
    if change is not None:
        chat = await choosing.prefer(request.store, request.chat, change(request.chat.preferences), request.now)
        request = replace(request, chat=chat)
    if len(names) == 1:
        return await request.run(await request.commands["follow"].read(names[0], request))
    preferences = request.chat.preferences
    when = panel.when(preferences, preferences.mode, request.language)
    return _said([*await _each(request, "follow", names), request.words(panel.WHEN, times=when)])


def _said(lines: list[str]) -> Reply:
    return Reply(Message((paragraph(*lines),), brief=lines[0]))


async def _each(request: Request, command: str, names: list[str]) -> list[str]:
    """Do it with each, and say for which something changed."""
    changed: list[str] = []
    same: list[str] = []
    for at, name in enumerate(names):
        made = await request.commands[command].read(name, request)
        term = made.get("topic")
        if not isinstance(term, Term):
            continue
        before = await choosing.chosen(request.store, request.chat, term)
        # Lists go by when each was chosen: of one moment they would go by number.
        await replace(request, now=request.now + timedelta(microseconds=at)).run(made)
        after = await choosing.chosen(request.store, request.chat, term)
        (changed if _differs(before, after) else same).append(_shown(term, request.language))
    return [
        request.words(wording, names=", ".join(some))
        for wording, some in ((_DID[command], changed), (ALREADY, same))
        if some
    ]


def _differs(before: Subscription | None, after: Subscription | None) -> bool:
    return (before is None) != (after is None) or (before is not None and after is not None and before != after)


def _shown(term: Term, language: Language) -> str:
    return meaning.name(term, language)


COMMAND = Command(
    name="several",
    summary=Wording("একসঙ্গে কয়েকটি", "Several at once"),
    run=run,
    params=(WHAT, NAMES),
    hidden=True,
    changes_chat=True,
)
