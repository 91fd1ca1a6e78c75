"""/topics: the busiest topics of the week."""

from __future__ import annotations

from bot.messages import Choice, Choices, Heading, Message, Paragraph, Reply, line
from bot.wording import Wording
from handlers.command import Command, Request

HEAD = Wording("আলোচিত বিষয়", "Busy topics")
LINE = Wording("{tag}: {n}টি খবর", "{tag}: {n} stories")
NONE = Wording(
    "খবরের সঙ্গে এখনো কোনো বিষয় আসেনি। একটি শব্দ লিখে পাঠান, যেমন: ইরান।",
    "No topics have come with the news yet. Send a word, for example: Iran.",
)
MOST = 12


async def run(request: Request) -> Reply:
    """List topics with their number of stories."""
    tags = await request.store.tags.busiest(request.now, MOST)
    if not tags:
        return request.reply(NONE)
    lines = tuple(line(request.words(LINE, tag=tag.name, n=tag.articles)) for tag in tags)
    choices = tuple(Choice(tag.name, "tag", tag.name, tag.name) for tag in tags[:3])
    head = request.words(HEAD)
    return Reply(Message((Heading(head), Paragraph(lines), Choices((choices,))), brief=head))


COMMAND = Command(
    name="topics",
    summary=Wording("বিভাগ ও আলোচিত বিষয়", "Sections and busy topics"),
    run=run,
    aliases=(
        *("বিভাগ", "বিভাগগুলো", "বিষয়গুলো", "আলোচিত", "ট্রেন্ডিং"),
        *("tags", "sections", "bivag", "bibhag", "alochito", "trending"),
    ),
)
