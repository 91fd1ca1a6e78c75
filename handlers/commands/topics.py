"""/topics: lists sections with news, and the week's busiest topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.articles.names import english
from bot.bangla.normalise import key
from bot.search import meaning
from bot.subscriptions import naming
from bot.values.chats import Term, TermKind
from bot.values.messages import Choices, Heading, Message, Paragraph, Part, Reply, paragraph
from bot.values.topics import TOPICS
from bot.values.wording import Wording
from handlers.command import Command, Group, Menu, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.values.articles import Tag

SECTIONS = Wording("বিভাগ", "Sections")
HEAD = Wording("আলোচিত বিষয়", "Busy topics")
LINE = Wording("{tag}: {n}টি খবর", "{tag}: {n:story|stories}")
COUNTED = Wording("{tag} {n}টি", "{tag} {n}")
NONE = Wording(
    "খবরের সঙ্গে এখনো কোনো বিষয় আসেনি। একটি শব্দ লিখে পাঠান, যেমন: ইরান।",
    "No topics have come with the news yet. Send a word, for example: Iran.",
)
MOST = 12


async def run(request: Request) -> Reply:
    """List sections by name, topics with their number of stories."""
    sections = await _sections(request)
    names = {key(one.name) for one in sections}
    # What goes by a section's name stands among the sections: two buttons of one name would mean two things.
    tags = [one for one in await request.store.tags.busiest(request.now, MOST) if key(one.name) not in names]
    if not tags and not sections:
        return request.reply(NONE)
    parts: list[Part] = []
    if sections:
        parts += [
            Heading(request.words(SECTIONS)),
            paragraph(" · ".join(meaning.name(one, request.language) for one in sections)),
        ]
    if tags:
        parts += [Heading(request.words(HEAD)), _counted(request, tags)]
    groups = (sections, [naming.tag(one) for one in tags])
    rows = tuple(
        tuple(naming.show(term, meaning.name(term, request.language)) for term in group) for group in groups if group
    )
    return Reply(Message((*parts, Choices(rows)), brief=request.words(HEAD if tags else SECTIONS)))


def _counted(request: Request, tags: Sequence[Tag]) -> Paragraph:
    """Say how many stories each topic has.

    Where every topic is a button as well, a line for each would be a wall.
    """
    wording = COUNTED if request.traits.buttons else LINE
    named = [(english.said(tag.name, request.language), tag.articles) for tag in tags]
    said = [request.words(wording, tag=name, n=articles) for name, articles in named]
    return paragraph(" · ".join(said)) if request.traits.buttons else paragraph(*said)


async def _sections(request: Request) -> list[Term]:
    """Return the sections that brought anything this week, in their usual order."""
    terms = [Term(TermKind.TOPIC, topic.slug, topic.name.bn) for topic in TOPICS]
    return [term for term in terms if await request.store.subscriptions.volume(term, request.now)]


COMMAND = Command(
    name="topics",
    summary=Wording("বিভাগ ও আলোচিত বিষয়", "Sections and busy topics"),
    run=run,
    menu=Menu(4),
    group=Group.SEE,
    order=3,
    aliases=(
        *("বিভাগ", "বিভাগগুলো", "বিষয়গুলো", "আলোচিত", "ট্রেন্ডিং"),
        *("tags", "sections", "bivag", "bibhag", "alochito", "trending"),
    ),
)
