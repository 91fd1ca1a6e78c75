"""/help: how to use it, on one screen."""

from __future__ import annotations

from bot.values.calls import OneOf, call
from bot.values.chats import ChatKind, Language, Role
from bot.values.messages import (
    Choice,
    Choices,
    Heading,
    Link,
    Message,
    Paragraph,
    Part,
    Reply,
    Span,
    Style,
    line,
    paragraph,
)
from bot.values.wording import Wording
from handlers.command import Audience, Command, Group, Menu, Request

HEAD = Wording("‘{bot}’ কীভাবে ব্যবহার করবেন", "How to use {bot}")
JUST_TYPE = Wording("শুধু লিখুন, যেমন করে বলেন।", "Just type, as you would say it:")
EXAMPLES = Wording(
    " ইরান · খেলার খবর · গতকালের খবর · সিলেট ফলো করুন · ক্রিকেট চাই না",
    " Iran · sports news · yesterday's news · follow Sylhet · no more cricket.",
)
WHERE = Wording(
    "তালিকার নম্বর (১, ২, ৩…) লিখলে পুরো খবর খুলবে; ‘আরও’ লিখলে পরের পাতা।",
    "A number from the list (1, 2, 3…) opens that story; ‘more’ turns the page.",
)
WORD_FOR_WORD = Wording(
    "সারসংক্ষেপের প্রতিটি বাক্য মূল খবর থেকে হুবহু নেওয়া।",
    "Every summary sentence is taken word for word from the story.",
)
REPORT = Wording(" ভুল চোখে পড়লে কার্ডের ⋯ চেপে জানান।", " Use ⋯ to report a mistake.")
WHO_CHANGES = Wording(
    "/settings এই গ্রুপের জন্য; বদলাতে পারেন শুধু গ্রুপের অ্যাডমিনরা", "/settings For this group; only its admins can change them"
)
WHO_CHANGES_CHANNEL = Wording(
    "/settings এই চ্যানেলের জন্য; বদলাতে পারেন শুধু সার্ভারের অ্যাডমিনরা",
    "/settings For this channel; only the server's admins can change them",
)
CALL_IT = Wording("খুঁজতে বটকে নাম ধরে ডাকুন, যেমন: {mention} ইরান", "To search, call the bot by its name: {mention} Iran")
FOR_ME = Wording("📲 নিজের জন্য", "📲 For yourself")
IN_GROUPS = ("latest", "today", "search")
CHOICES = (
    (Wording("📰 সর্বশেষ", "📰 latest"), "latest"),
    (Wording("☀️ আজকের খবর", "☀️ today"), "today"),
    (Wording("⚙️ সেটিংস", "⚙️ settings"), "settings"),
    (Wording("🌐 English", "🌐 বাংলা"), "language"),
)


async def run(request: Request) -> Reply:
    """Show what can be done.

    A line stands here only if its command does.
    """
    head = request.words(HEAD, bot=request.services.bot_name)
    if request.chat.kind is not ChatKind.PRIVATE:
        return _among_others(request, head)
    intro = Paragraph(((Span(request.words(JUST_TYPE), Style.STRONG), Span(request.words(EXAMPLES))),))
    parts: list[Part] = [Heading(head), intro]
    for group in (Group.SEE, Group.FOLLOW, Group.ARRANGE, Group.MORE):
        known = [_line(request, command) for command in _of(request, group)]
        if known:
            parts.append(Paragraph((line(request.words(group.value), Style.STRONG), *map(line, known))))
    word_for_word = request.words(WORD_FOR_WORD) + (request.words(REPORT) if request.traits.buttons else "")
    parts += [paragraph(request.words(WHERE)), paragraph(word_for_word)]
    parts.append(Choices((_choices(request),)))
    return Reply(Message(tuple(parts), brief=head))


def _among_others(request: Request, head: str) -> Reply:
    """Say in five lines what a group can do.

    A message in a group is not for the bot unless it is called.
    """
    mention = request.traits.mention or f"@{request.services.bot_name}"
    known = [_line(request, request.commands[name]) for name in IN_GROUPS if name in request.commands]
    changes = WHO_CHANGES_CHANNEL if request.traits.answers_alone else WHO_CHANGES
    lines = [*known, request.words(changes), request.words(CALL_IT, mention=mention)]
    labels = [(request.words(label), name) for label, name in CHOICES if name in IN_GROUPS]
    row = [Choice(label, call(name)) for label, name in labels]
    if request.traits.deep_link:
        row.append(Choice(request.words(FOR_ME), Link(request.traits.deep_link.format(start="begin"))))
    return Reply(Message((Heading(head), paragraph(*lines), Choices((tuple(row),))), brief=head))


def _of(request: Request, group: Group) -> list[Command]:
    """Return the commands of a group that readers have, in its order."""
    found = (one for one in request.commands.values() if one.group is group and not one.hidden)
    return sorted((one for one in found if one.role <= Role.CHAT_ADMIN), key=lambda one: (one.order, one.name))


def _line(request: Request, command: Command) -> str:
    if command.helps is not None:
        return request.words(command.helps)
    return f"/{command.name} {request.words(command.summary)}"


def _choices(request: Request) -> tuple[Choice, ...]:
    """Offer the nearest next steps, the other language among them."""
    other = OneOf("bn" if request.language is Language.ENGLISH else "en")
    labels = [(request.words(label), command) for label, command in CHOICES if command in request.commands]
    return tuple(Choice(label, call(name, to=other if name == "language" else None)) for label, name in labels)


COMMAND = Command(
    name="help",
    summary=Wording("কীভাবে ব্যবহার করবেন", "How to use it"),
    run=run,
    menu=Menu(8, in_groups=True),
    audience=Audience.CHANNEL,
    group=Group.UNLISTED,
    aliases=(
        *("সাহায্য", "সাহায্য লাগবে", "সাহায্য করুন", "সাহায্য করো", "হেল্প", "কীভাবে", "কিভাবে", "নির্দেশনা", "কী কী পারেন", "কী পারো"),
        *("কী করতে পারো", "কী কী করতে পারো", "কী করতে পারেন", "কী কী করতে পারেন", "তুমি কী করতে পারো", "আপনি কী করতে পারেন"),
        *("ki korte paro", "ki ki korte paro", "what can you do"),
        *("hlp", "sahajjo", "shahajjo", "sahajjo lagbe", "kivabe", "ki paro", "?"),
    ),
)
