"""/following: what this chat follows."""

from __future__ import annotations

from bot.messages import Choices, Heading, Message, Paragraph, Reply, line, paragraph
from bot.model import Term, TermKind
from bot.subscriptions import naming
from bot.wording import Wording
from handlers.command import Command, Request

HEAD = Wording("যা ফলো করছেন", "What you follow")
NOTHING = Wording(
    "এখনো কিছু ফলো করছেন না। একটি বিষয় লিখে পাঠান, বা নিচ থেকে বেছে নিন।",
    "You follow nothing yet. Send a topic, or pick one.",
)
BUSIEST = 6


async def run(request: Request) -> Reply:
    """List what is followed, or offer the busiest topics."""
    terms = await request.store.subscriptions.following(request.chat.id)
    if not terms:
        return await _offer(request)
    names = [naming.name(term, request.language) for term in terms]
    choices = (naming.unfollow(names[0], request.language),)
    head = request.words(HEAD)
    return Reply(Message((Heading(head), Paragraph(tuple(map(line, names))), Choices((choices,))), brief=head))


async def _offer(request: Request) -> Reply:
    text = request.words(NOTHING)
    tags = await request.store.tags.busiest(request.now, BUSIEST)
    names = [tag.name for tag in tags] or [naming.name(Term(TermKind.ALL), request.language)]
    row = tuple(naming.follow(name, request.language) for name in names)
    return Reply(Message((paragraph(text), Choices((row,))), brief=text))


COMMAND = Command(
    name="following",
    summary=Wording("যা ফলো করছেন", "What you follow"),
    run=run,
    aliases=(
        *("আমার তালিকা", "তালিকা", "আমার বিষয়", "যা ফলো করছি"),
        *("my", "list", "subs", "subscriptions", "amar list", "amar talika"),
    ),
)
