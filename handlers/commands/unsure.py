"""A wish that may be meant otherwise, asked back (copy.md 17.3). No list of commands names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.bangla.normalise import key
from bot.subscriptions import naming
from bot.values.messages import Asks, Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from collections.abc import Iterator

MUTE_OR_SEARCH = Wording("‘{q}’ নিয়ে খবর বাদ দেব, নাকি খুঁজব?", "‘{q}’: leave it out, or search?")
FOLLOW_OR_SEARCH = Wording("‘{q}’ নিয়ে খবর খুঁজব, নাকি নিয়মিত পাঠাব?", "‘{q}’: search, or send regularly?")
FOLLOW_OR_NOT = Wording("‘{q}’ ফলো করবেন, নাকি ফলো বন্ধ করবেন?", "‘{q}’: follow, or stop following?")
ONE_OR_ALL = Wording("একটি বিষয় বাদ দেব, নাকি সব পাঠানো বন্ধ?", "Leave out a topic, or stop everything?")
ALL_BUT = Wording("সব খবর পাঠাব, ‘{q}’ বাদে?", "Everything but ‘{q}’?")
KEPT = Wording("ঠিক আছে, কিছু বদলানো হয়নি।", "Left as it was.")
SEARCH = Wording("🔎 খুঁজুন", "🔎 Search")
LEAVE_OUT = Wording("🔕 বাদ দিন", "🔕 Leave out")
FOLLOW = Wording("➕ ফলো করুন", "➕ Follow")
UNFOLLOW = Wording("ফলো বন্ধ", "Unfollow")
A_TOPIC = Wording("🔕 একটি বিষয়", "🔕 A topic")
ALL_OFF = Wording("সব বন্ধ", "Everything")
A_BREAK = Wording("⏸ শুধু ৮ ঘণ্টা", "⏸ only 8 hours")
YES = Wording("হ্যাঁ", "Yes")
LEAVE_IT = Wording("‹ থাক", "‹ Leave it")
ANSWER = "=>"
"""Parts what was asked from what was answered."""
_SAID_NO = frozenset(map(key, ("না", "নাহ", "না না", "জি না", "থাক", "থাকুক", "বাতিল", "no", "n", "na", "thak", "cancel")))
_SAID_YES = frozenset(
    map(key, ("হ্যাঁ", "হ্যা", "হা", "জি", "জি হ্যাঁ", "আচ্ছা", "ঠিক আছে", "yes", "y", "ok", "ha", "ji", "করুন", "করেন", "করো"))
)


class _Way(NamedTuple):
    """One of the ways in which a wish may be meant."""

    label: Wording
    command: str
    argument: str = "{q}"


class _Doubt(NamedTuple):
    """What is asked, and the ways there are; the first row's ways stand side by side."""

    question: Wording
    rows: tuple[tuple[_Way, ...], ...]


_NO = _Way(LEAVE_IT, "unsure", "kept")
_DOUBTS = {
    "mute": _Doubt(MUTE_OR_SEARCH, ((_Way(SEARCH, "search"), _Way(LEAVE_OUT, "mute")),)),
    "follow": _Doubt(FOLLOW_OR_SEARCH, ((_Way(SEARCH, "search"), _Way(FOLLOW, "follow")),)),
    "unfollow": _Doubt(FOLLOW_OR_NOT, ((_Way(FOLLOW, "follow"), _Way(UNFOLLOW, "unfollow")),)),
    "either": _Doubt(FOLLOW_OR_NOT, ((_Way(FOLLOW, "follow"), _Way(UNFOLLOW, "unfollow")),)),
    "nothing": _Doubt(
        ONE_OR_ALL, ((_Way(A_TOPIC, "mute", ""), _Way(ALL_OFF, "stop", "")), (_Way(A_BREAK, "pause", "8h"), _NO))
    ),
    "except": _Doubt(ALL_BUT, ((_Way(YES, "several", "except ; {q}"), _NO),)),
}


async def run(request: Request) -> Reply:
    """Ask what was meant, or do what was answered."""
    asked, _, answer = (part.strip() for part in request.argument.partition(ANSWER))
    doubt, name = _doubt(asked)
    if doubt is None:
        return request.reply(KEPT)
    if answer:
        way = next((one for one in _ways(doubt) if _is_meant(one, answer)), _NO)
        return await request.run(way.command, way.argument.format(q=name))
    text = request.words(doubt.question, q=_shown(name))
    rows = tuple(tuple(_choice(request, way, name) for way in row) for row in doubt.rows)
    return Reply(
        Message((paragraph(text), Choices(rows)), brief=text), asks=Asks("unsure", f"{asked} {ANSWER}", free=True)
    )


def _doubt(asked: str) -> tuple[_Doubt | None, str]:
    kind, _, name = asked.partition(" ")
    return _DOUBTS.get(kind), name.strip()


def _shown(name: str) -> str:
    return naming.kind(name)[1]


def _ways(doubt: _Doubt) -> Iterator[_Way]:
    for row in doubt.rows:
        yield from row


def _is_meant(way: _Way, answer: str) -> bool:
    spoken = key(answer)
    labels = {key(label.lstrip("🔎🔕➕⏸‹ ")) for label in way.label}
    yes = way.label is YES and spoken in _SAID_YES
    return spoken in labels or yes or (way is _NO and spoken in _SAID_NO)


def _choice(request: Request, way: _Way, name: str) -> Choice:
    label = request.words(way.label)
    return Choice(label, way.command, way.argument.format(q=name), label.lstrip("🔎🔕➕⏸‹ "))


def _fits(text: str) -> bool:
    """Tell whether an answer is one of the ways, or no; any other text is read afresh."""
    asked, answered, answer = text.partition(ANSWER)
    doubt, _ = _doubt(asked.strip())
    if not answered or doubt is None:
        return True
    return key(answer.strip()) in _SAID_NO or any(_is_meant(way, answer.strip()) for way in _ways(doubt))


COMMAND = Command(
    name="unsure",
    summary=Wording("কী বোঝাতে চেয়েছেন", "What was meant"),
    run=run,
    takes_argument=True,
    usage="WISH NAME",
    hidden=True,
    fits=_fits,
)
