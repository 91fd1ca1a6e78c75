"""/unfollow X: what was followed is followed no more."""

from __future__ import annotations

from bot.bangla.normalise import key
from bot.search import meaning
from bot.subscriptions import choosing, naming
from bot.values.messages import Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import suggesting
from handlers.command import Command, Request, ask_which

DONE = Wording("‘{tag}’ ফলো বন্ধ।", "Unfollowed ‘{tag}’.")
WAS_NOT = Wording("‘{tag}’ ফলো করছিলেন না।", "You were not following ‘{tag}’.")


async def run(request: Request) -> Reply:
    """Stop following, with the way back."""
    if not key(request.argument):
        return await ask_which(request, "unfollow", naming.unfollow)
    named = await meaning.choice(request.store, request.chat, request.argument, exclude=False)
    if named is None:
        term = await meaning.term(request.store, request.argument)
        return request.reply(WAS_NOT, tag=meaning.name(term, request.language))
    before = await choosing.unfollow(request.store, request.chat, named.term)
    name = meaning.name(named.term, request.language)
    text = request.words(DONE, tag=name)
    undo = naming.undo(None, before, named.term, name, request.language)
    return Reply(Message((paragraph(text), Choices(((undo,),))), brief=text))


COMMAND = Command(
    name="unfollow",
    summary=Wording("একটি বিষয় আর ফলো করবেন না", "Stop following a topic"),
    run=run,
    suggest=suggesting.followed,
    takes_argument=True,
    usage="NAME",
    changes_chat=True,
    aliases=("আনফলো", "ফলো বন্ধ", "আনসাবস্ক্রাইব", "unsub", "unsubscribe"),
)
