"""One wish of several things: followed, or left out, one by one, and said in one line. No list of commands names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.search import meaning
from bot.subscriptions import choosing, naming
from bot.values.messages import Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from bot.values.chats import Language, Subscription, Term

FOLLOWING = Wording("ফলো করছেন: {names}।", "Now following: {names}.")
LEFT_OUT = Wording("বাদ গেল: {names}।", "Left out: {names}.")
ALREADY = Wording("আগে থেকেই: {names}।", "Already: {names}.")
NO_MORE = Wording("ফলো বন্ধ: {names}।", "Unfollowed: {names}.")
BACK = Wording("আর বাদ নেই: {names}।", "No longer left out: {names}.")
EXCEPT = "except"
"""Everything is followed, but for what is named."""
_SAID = {"follow": FOLLOWING, "mute": LEFT_OUT, "unfollow": NO_MORE, "unmute": BACK}


async def run(request: Request) -> Reply:
    """Do the same with each; those for which nothing changed are said apart."""
    command, *names = (part.strip() for part in request.argument.split(";"))
    if command == EXCEPT:
        await request.run("follow", "all")
        return await request.run("mute", names[0])
    if command not in _SAID:
        return await request.run("following")
    changed: list[str] = []
    same: list[str] = []
    for name in names:
        term = await meaning.term(request.store, naming.wish(name).name)
        before = await choosing.chosen(request.store, request.chat, term)
        await request.run(command, name)
        after = await choosing.chosen(request.store, request.chat, term)
        (changed if _differs(before, after) else same).append(_shown(term, request.language))
    lines = [
        request.words(wording, names=", ".join(some))
        for wording, some in ((_SAID[command], changed), (ALREADY, same))
        if some
    ]
    return Reply(Message((paragraph(*lines),), brief=lines[0]))


def _differs(before: Subscription | None, after: Subscription | None) -> bool:
    return (before is None) != (after is None) or (before is not None and after is not None and before != after)


def _shown(term: Term, language: Language) -> str:
    return meaning.name(term, language)


COMMAND = Command(
    name="several",
    summary=Wording("একসঙ্গে কয়েকটি", "Several at once"),
    run=run,
    takes_argument=True,
    usage="COMMAND ; NAME ; NAME",
    hidden=True,
    changes_chat=True,
)
