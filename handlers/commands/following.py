"""/following: lists what this chat follows and mutes.

It offers to change either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.search import meaning
from bot.subscriptions import choosing, naming, panel
from bot.subscriptions.outlook import outlook
from bot.values.calls import OneOf, call
from bot.values.chats import ChatKind, Mode, Subscription, Term, TermKind
from bot.values.messages import Choice, Choices, Heading, Message, Paragraph, Part, Reply, line, paragraph
from bot.values.wording import Wording
from handlers.command import BACK, LIST, Audience, Command, Group, Menu, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD = Wording("যা ফলো করছেন", "What you follow")
HINT = Wording("নামে চাপলে ফলো বন্ধ হবে।", "Tap a name to unfollow it.")
OUT = Wording("যা বাদ আছে", "What is left out")
ANOTHER = Wording("➕ নতুন বিষয়", "➕ New topic")
LEFT_OUT = Wording("🔕 যা বাদ আছে", "🔕 What is left out")
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
    comes = outlook(request.chat, chosen, request.now, request.view.due)
    if comes.ways:
        # Nothing that stands here comes as things are.
        parts.append(paragraph(comes.said))
    parts += _out(request, out)
    rows = (comes.ways, *_taken_off(request, followed, out), *_onward(request, followed, out))
    if any(rows):
        parts.append(Choices(tuple(row for row in rows if row)))
    return Reply(Message(tuple(parts), brief=request.words(HEAD if followed else NOTHING)), replaces=True)


def _taken_off(
    request: Request, followed: Sequence[Subscription], out: Sequence[Subscription]
) -> list[tuple[Choice, ...]]:
    """Offer to unfollow by a tap on a name.

    Names that are left out stand behind a choice of their own. Where choices are typed, both lists stand here.
    """
    if request.traits.buttons:
        return [tuple(_cross(request, one) for one in followed[:MOST])]
    both = [(naming.unmute if one.exclude else naming.unfollow, one) for one in (*followed, *out)][:MOST]
    return [tuple(off(one.term, meaning.called(one, request.language), request.language) for off, one in both)]


def _onward(
    request: Request, followed: Sequence[Subscription], out: Sequence[Subscription]
) -> list[tuple[Choice, ...]]:
    if not request.traits.buttons:
        return []
    row = [Choice(request.words(ANOTHER), call("follow"))] if followed else []
    row += [Choice(request.words(LEFT_OUT), call("unmute"))] if out else []
    # In a group the settings are no member's to open; of a channel only its admins see the list.
    alone = request.chat.kind is not ChatKind.GROUP or request.traits.answers_alone
    return [tuple(row), (Choice(request.words(BACK), call("settings")),) if alone else ()]


def _followed(request: Request, followed: Sequence[Subscription]) -> list[Part]:
    """List what is followed, and when it comes.

    That stands under the list; what comes otherwise says so itself.
    """
    lines = tuple(line(_line(request, one)) for one in followed)
    when = panel.state(panel.SETTINGS_BY_NAME["time"], request.chat.preferences, request.language)
    hint = (request.words(HINT),) if request.traits.buttons else ()
    return [Heading(request.words(HEAD)), Paragraph(lines), paragraph(when, *hint)]


def _line(request: Request, one: Subscription) -> str:
    name = meaning.called(one, request.language)
    if one.mode is Mode.INHERIT or (one.term.kind is TermKind.ALL and one.mode is Mode.DIGEST):
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
    """Offer to take one off the list, which is drawn anew."""
    name = request.words(CROSS, tag=meaning.called(one, request.language))
    return Choice(name, call("unfollow", topic=one.term, onward=OneOf(LIST)))


async def _suggested(request: Request) -> list[Part]:
    tags = await request.store.tags.busiest(request.now, naming.BUSIEST)
    terms = [naming.tag(one) for one in tags] or [Term(TermKind.ALL)]
    row = tuple(
        naming.follow(term, meaning.name(term, request.language), request.language, pressed=request.traits.buttons)
        for term in terms
    )
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
