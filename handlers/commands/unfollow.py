"""/unfollow X: what was followed is followed no more."""

from __future__ import annotations

from bot import lookup
from bot.bangla.normalise import key
from bot.messages import Choices, Message, Reply, paragraph
from bot.model import Term, TermKind
from bot.subscriptions import naming
from bot.wording import Wording
from handlers.command import Command, Request

DONE = Wording("‘{tag}’ ফলো বন্ধ।", "Unfollowed ‘{tag}’.")
WAS_NOT = Wording("‘{tag}’ ফলো করছিলেন না।", "You were not following ‘{tag}’.")


async def run(request: Request) -> Reply:
    """Stop following, with the way back."""
    if not key(request.argument):
        return request.reply(naming.WHICH)
    term = await _followed(request) or await lookup.term(request.store, request.argument)
    name = naming.name(term, request.language)
    if not await request.store.subscriptions.unfollow(request.chat.id, term):
        return request.reply(WAS_NOT, tag=name)
    text = request.words(DONE, tag=name)
    undo = Choices(((naming.follow(name, request.language),),))
    return Reply(Message((paragraph(text), undo), brief=text))


async def _followed(request: Request) -> Term | None:
    """Find it by the name it is listed under: a tag may have become an outlet's name since."""
    wanted = key(request.argument)
    for term in await request.store.subscriptions.following(request.chat.id):
        if wanted == key(term.name) or (term.kind is TermKind.ALL and wanted in lookup.EVERYTHING):
            return term
    return None


COMMAND = Command(
    name="unfollow",
    summary=Wording("একটি বিষয় আর ফলো করবেন না", "Stop following a topic"),
    run=run,
    takes_argument=True,
    usage="NAME",
    aliases=("আনফলো", "ফলো বন্ধ", "আনসাবস্ক্রাইব", "unsub", "unsubscribe"),
)
