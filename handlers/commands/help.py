"""/help: how to use it, on one screen."""

from __future__ import annotations

from bot.values.chats import Language
from bot.values.messages import Choice, Choices, Heading, Message, Paragraph, Part, Reply, Span, Style, line, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

HEAD = Wording("{bot} কীভাবে ব্যবহার করবেন", "How to use {bot}")
JUST_TYPE = Wording("শুধু লিখুন।", "Just type.")
EXAMPLES = Wording(" ইরান · সিলেট · ক্রিকেট", " Iran · Sylhet · cricket")
PLACES = Wording(
    "তালিকার নম্বর (১, ২, ৩…) লিখলে পুরো খবর খুলবে; ‘আরও’ লিখলে পরের পাতা।",
    "A number from the list (1, 2, 3…) opens that story; ‘more’ turns the page.",
)
WORD_FOR_WORD = Wording(
    "সারসংক্ষেপের প্রতিটি বাক্য মূল খবর থেকে হুবহু নেওয়া।",
    "Every summary sentence is taken word for word from the story.",
)
GROUPS: tuple[tuple[Wording, tuple[tuple[str, Wording], ...]], ...] = (
    (
        Wording("দেখুন", "See"),
        (
            ("latest", Wording("/latest সর্বশেষ খবর", "/latest Latest news")),
            ("today", Wording("/today আজকের খবর, একনজরে", "/today Today at a glance")),
            ("topics", Wording("/topics বিভাগ ও আলোচিত বিষয়", "/topics Sections and busy topics")),
            ("sources", Wording("/sources কোন কোন সংবাদমাধ্যম আছে", "/sources Which outlets are here")),
        ),
    ),
    (
        Wording("নিয়মিত পান", "Get it regularly"),
        (
            ("follow", Wording("/follow ইরান: বিষয়টি ফলো করুন", "/follow Iran: follow the topic")),
            ("mute", Wording("/mute ক্রিকেট: বিষয়টি বাদ দিন", "/mute cricket: leave the topic out")),
            ("following", Wording("/following যা ফলো করছেন", "/following What you follow")),
        ),
    ),
    (
        Wording("সাজিয়ে নিন", "Arrange"),
        (
            (
                "settings",
                Wording("/settings সময়, নীরব সময়, ভাষা, ছবি", "/settings Times, quiet hours, language, pictures"),
            ),
            ("why", Wording("/why শেষ খবরটি কেন এল", "/why Why the last story came")),
            ("status", Wording("/status খবর ঠিকমতো আসছে কি না", "/status Is news arriving here")),
            ("stop", Wording("/stop কিছুক্ষণের বিরতি, বা একেবারে বন্ধ", "/stop Pause for a while, or end it")),
        ),
    ),
)
CHOICES = (
    (Wording("সর্বশেষ", "latest"), "latest"),
    (Wording("আজকের খবর", "today"), "today"),
    (Wording("সেটিংস", "settings"), "settings"),
    (Wording("English", "বাংলা"), "language"),
)


async def run(request: Request) -> Reply:
    """Show what can be done; a line stands here only if its command does."""
    head = request.words(HEAD, bot=request.services.bot_name)
    intro = Paragraph(((Span(request.words(JUST_TYPE), Style.STRONG), Span(request.words(EXAMPLES))),))
    parts: list[Part] = [Heading(head), intro]
    for title, lines in GROUPS:
        known = [request.words(text) for name, text in lines if name in request.commands]
        if known:
            parts.append(Paragraph((line(request.words(title), Style.STRONG), *map(line, known))))
    parts += [paragraph(request.words(PLACES)), paragraph(request.words(WORD_FOR_WORD))]
    parts.append(Choices((_choices(request),)))
    return Reply(Message(tuple(parts), brief=head))


def _choices(request: Request) -> tuple[Choice, ...]:
    """Offer the nearest next steps, the other language among them."""
    other = "bn" if request.language is Language.ENGLISH else "en"
    labels = [(request.words(label), command) for label, command in CHOICES if command in request.commands]
    return tuple(Choice(label, name, other if name == "language" else "", label) for label, name in labels)


COMMAND = Command(
    name="help",
    summary=Wording("কীভাবে ব্যবহার করবেন", "How to use it"),
    run=run,
    aliases=(
        *("সাহায্য", "সাহায্য লাগবে", "সাহায্য করুন", "সাহায্য করো", "হেল্প", "কীভাবে", "কিভাবে", "নির্দেশনা", "কী কী পারেন", "কী পারো"),
        *("hlp", "sahajjo", "shahajjo", "sahajjo lagbe", "kivabe", "ki paro", "?"),
    ),
)
