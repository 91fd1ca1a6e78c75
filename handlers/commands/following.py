"""/following: lists what this chat follows and mutes.

It offers to change either.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from bot.search import meaning
from bot.subscriptions import choosing, naming, panel
from bot.subscriptions.outlook import outlook
from bot.values.chats import Mode, Subscription, Term, TermKind
from bot.values.messages import Choice, Choices, Heading, Message, Paragraph, Part, Reply, line, paragraph
from bot.values.wording import Wording
from handlers.command import Audience, Command, Group, Menu, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD = Wording("যা ফলো করছেন", "What you follow")
OUT = Wording("যা বাদ আছে", "What is left out")
NOTHING = Wording(
    "এখনো কিছু ফলো করছেন না। একটি বিষয় লিখে পাঠান, বা নিচ থেকে বেছে নিন।",
    "You follow nothing yet. Send a topic, or pick one.",
)
UNTIL = Wording("{time} পর্যন্ত", "until {time}")
ENTRY = Wording("{tag}: {when}", "{tag}: {when}")
CROSS = Wording("{tag} ✕", "{tag} ✕")
MOST = 40
"""As many as can be pressed; further ones are listed, and go by their name."""


async def run(request: Request) -> Reply:
    """List what is followed and muted.

    A chat that follows nothing is offered the busiest topics.
    """
    chosen = await request.store.subscriptions.of_chat(request.chat.id)
    followed = [one for one in chosen if not one.exclude]
    out = [one for one in chosen if one.exclude]
    parts = _followed(request, followed) if followed else await _suggested(request)
    comes = outlook(request.chat, chosen, request.now, request.view.short)
    if comes.ways:
        # Nothing that stands here comes as things are.
        parts.append(paragraph(comes.said))
    parts += _out(request, out)
    crosses = [_cross(request, one) for one in (*followed, *out)][:MOST]
    if crosses or comes.ways:
        parts.append(Choices(tuple(row for row in (comes.ways, tuple(crosses)) if row)))
    return Reply(Message(tuple(parts), brief=request.words(HEAD if followed else NOTHING)))


def _followed(request: Request, followed: Sequence[Subscription]) -> list[Part]:
    """List what is followed, and when it comes.

    That stands under the list; what comes otherwise says so itself.
    """
    lines = tuple(line(_line(request, one)) for one in followed)
    when = panel.state(panel.SETTINGS_BY_NAME["time"], request.chat.preferences, request.language)
    return [Heading(request.words(HEAD)), Paragraph(lines), paragraph(when)]


def _line(request: Request, one: Subscription) -> str:
    name = meaning.name(one.term, request.language)
    if one.mode is Mode.INHERIT:
        return name
    mode = choosing.effective(request.chat, one)
    return request.words(ENTRY, tag=name, when=naming.when(mode, request.language))


def _out(request: Request, out: Sequence[Subscription]) -> list[Part]:
    if not out:
        return []
    lines = tuple(line(_left_out(request, one)) for one in out)
    return [Heading(request.words(OUT)), Paragraph(lines)]


def _left_out(request: Request, one: Subscription) -> str:
    name = meaning.name(one.term, request.language)
    if one.until is None:
        return name
    return request.words(ENTRY, tag=name, when=request.words(UNTIL, time=request.view.short(one.until)))


def _cross(request: Request, one: Subscription) -> Choice:
    """Offer to take one off either list."""
    name = meaning.name(one.term, request.language)
    off = (naming.unmute if one.exclude else naming.unfollow)(one.term, name, request.language)
    # Where labels are typed, the words say it all.
    return dataclasses.replace(off, label=request.words(CROSS, tag=name)) if request.traits.buttons else off


async def _suggested(request: Request) -> list[Part]:
    tags = await request.store.tags.busiest(request.now, naming.BUSIEST)
    terms = [naming.tag(one) for one in tags] or [Term(TermKind.ALL)]
    row = tuple(naming.follow(term, meaning.name(term, request.language), request.language) for term in terms)
    return [paragraph(request.words(NOTHING)), Choices((row,))]


COMMAND = Command(
    name="following",
    summary=Wording("যা ফলো করছেন", "What you follow"),
    run=run,
    described=Wording("কী কী ফলো করা হচ্ছে", "What is being followed"),
    audience=Audience.PERSON,
    or_here=True,
    menu=Menu(6),
    group=Group.FOLLOW,
    order=3,
    aliases=(
        *("আমার তালিকা", "তালিকা", "আমার বিষয়", "যা ফলো করছি", "যা ফলো করছেন", "যা বাদ আছে"),
        *("কী কী ফলো করছি", "কাকে ফলো করছি"),
        *("my", "list", "subs", "subscriptions", "amar list", "amar talika"),
    ),
)
