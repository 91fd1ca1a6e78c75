"""Asks back about a wish that may be meant otherwise.

No list of commands names this one.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from bot.bangla.normalise import key
from bot.search import meaning
from bot.subscriptions import naming
from bot.values.calls import Call, Lasting, OneOf, Text
from bot.values.messages import Asks, Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import labels
from handlers.command import LEAVE_IT, Command, Request
from handlers.params import OneOfParam, TextParam

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.values.calls import Value

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
_SAID_NO = frozenset(map(key, ("না", "নাহ", "না না", "জি না", "থাক", "থাকুক", "বাতিল", "no", "n", "na", "thak", "cancel")))
_SAID_YES = frozenset(
    map(key, ("হ্যাঁ", "হ্যা", "হা", "জি", "জি হ্যাঁ", "আচ্ছা", "ঠিক আছে", "yes", "y", "ok", "ha", "ji", "করুন", "করেন", "করো"))
)


class _Way(NamedTuple):
    """One way in which a wish may be meant.

    ``given`` are values beside the name that was asked about.
    """

    label: Wording
    command: str
    given: Mapping[str, Value] = MappingProxyType({})
    named: bool = True


class _Doubt(NamedTuple):
    """What is asked, and the ways there are.

    The first row's ways stand side by side.
    """

    question: Wording
    rows: tuple[tuple[_Way, ...], ...]


_NO = _Way(LEAVE_IT, "unsure", named=False)
_DOUBTS = {
    "mute": _Doubt(MUTE_OR_SEARCH, ((_Way(SEARCH, "search"), _Way(LEAVE_OUT, "mute")),)),
    "follow": _Doubt(FOLLOW_OR_SEARCH, ((_Way(SEARCH, "search"), _Way(FOLLOW, "follow")),)),
    "unfollow": _Doubt(FOLLOW_OR_NOT, ((_Way(FOLLOW, "follow"), _Way(UNFOLLOW, "unfollow")),)),
    "either": _Doubt(FOLLOW_OR_NOT, ((_Way(FOLLOW, "follow"), _Way(UNFOLLOW, "unfollow")),)),
    "nothing": _Doubt(
        ONE_OR_ALL,
        (
            (_Way(A_TOPIC, "mute", named=False), _Way(ALL_OFF, "stop", named=False)),
            (_Way(A_BREAK, "pause", {"span": Lasting(8 * 3600)}, named=False), _NO),
        ),
    ),
    "except": _Doubt(ALL_BUT, ((_Way(YES, "several", {"what": OneOf("except")}), _NO),)),
}


def _answers(text: str, call: Call) -> bool:
    """Return whether a text picks a way, or says no.

    Any other text is read afresh.
    """
    wish = call.get("wish")
    doubt = _DOUBTS.get(wish.name) if isinstance(wish, OneOf) else None
    return doubt is not None and (key(text) in _SAID_NO or any(_is_meant(way, text) for way in _ways(doubt)))


WISH = OneOfParam(name="wish", sign="WISH", options=dict.fromkeys(_DOUBTS, ()))
NAME = TextParam(name="name", sign="NAME")
ANSWER = TextParam(name="answer", asked_only=True, any_words=True, answers=_answers)


async def run(request: Request) -> Reply:
    """Ask what was meant, or do what was answered."""
    wish, named, answer = request.get(WISH), request.get(NAME), request.get(ANSWER)
    doubt = _DOUBTS.get(wish.name) if wish is not None else None
    if doubt is None:
        return request.reply(KEPT)
    name = named.words if named is not None else ""
    if answer is not None:
        way = next((one for one in _ways(doubt) if _is_meant(one, answer.words)), _NO)
        return await request.run(await _call(request, way, name))
    text = request.words(doubt.question, q=naming.kind(name)[1])
    rows = [tuple([await _choice(request, way, name) for way in row]) for row in doubt.rows]
    message = Message((paragraph(text), Choices(tuple(rows))), brief=text)
    return Reply(message, asks=Asks(request.call, ANSWER.name, chosen=True))


def _ways(doubt: _Doubt) -> Iterator[_Way]:
    for row in doubt.rows:
        yield from row


def _is_meant(way: _Way, answer: str) -> bool:
    spoken = key(answer)
    names = {key(labels.typed(label)) for label in way.label}
    yes = way.label is YES and spoken in _SAID_YES
    return spoken in names or yes or (way is _NO and spoken in _SAID_NO)


async def _choice(request: Request, way: _Way, name: str) -> Choice:
    return Choice(request.words(way.label), await _call(request, way, name))


async def _call(request: Request, way: _Way, name: str) -> Call:
    made = Call(way.command, tuple(way.given.items()))
    if not way.named:
        return made
    if way.command in ("search", "several"):
        return made.filled("words" if way.command == "search" else "names", Text(name))
    return made.filled("topic", await meaning.term(request.store, name))


COMMAND = Command(
    name="unsure",
    summary=Wording("কী বোঝাতে চেয়েছেন", "What was meant"),
    run=run,
    params=(WISH, NAME, ANSWER),
    hidden=True,
)
