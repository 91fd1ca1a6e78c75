"""/district [NAME]: follows news of one's district, as any topic.

It asks for a name, or division and district.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.articles.names import gazetteer
from bot.bangla.normalise import key
from bot.search import meaning, pages, understanding
from bot.subscriptions import choosing, naming
from bot.values.calls import OneOf, Text, Unread, call
from bot.values.chats import Term, TermKind
from bot.values.messages import Asks, Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import LEAVE_IT, Command, Group, Request, way_out
from handlers.params import OneOfParam, Param

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.articles.names.gazetteer import ListedName
    from handlers.context import Context

WHICH = Wording("জেলার নাম লিখে পাঠান। যেমন: সিলেট, বগুড়া।", "Send the name of your district. For example: Sylhet, Bogura.")
NO_DISTRICT = Wording(
    "‘{name}’ জেলার তালিকায় নেই। ‘{name}’ নিয়ে খবর:", "{name} is not among the districts. News on ‘{name}’:"
)
IN_DIVISION = Wording("{name} বিভাগ: কোন জেলা?", "{name} division: which district?")
UNKNOWN = Wording(
    "‘{name}’ নামে কোনো জেলা নেই। নিচ থেকে বেছে নিন, বা আবার লিখুন।",
    "There is no district called ‘{name}’. Pick one below, or write it again.",
)
DIVISION = Wording("{name} বিভাগ", "{name} division")
START = "start"
SHOWN = "shown"
KOLKATA = "Asia/Kolkata"
_DIVISION = frozenset(map(key, ("বিভাগ", "division", "bivag", "bibhag")))


def _fits(text: str) -> bool:
    """Tell whether a text names a district or a division."""
    return gazetteer.home(text) is not None or _division(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictParam(Param[Text | OneOf]):
    """A district or division.

    It is typed, or named in English as buttons do.
    """

    takes = (Text, OneOf)
    many: bool = True

    def fits(self, text: str) -> bool:
        """Return whether a text names a district or division.

        «জেলা প্রশাসক» does not: it is a question.
        """
        return _fits(text)

    async def read(self, text: str, at: Context) -> Text | OneOf | Unread:
        """Keep the words."""
        del at
        return Text(text)


NAME = DistrictParam(
    name="name",
    sign="NAME",
    label=Wording("জেলার নাম", "The district's name"),
    # What names nothing near is no answer.
    answers=lambda text, _: _fits(text) or bool(gazetteer.nearly_home(text)),
)
NEWS = OneOfParam(name="news", options=MappingProxyType({SHOWN: ()}), asked_only=True)
"""The district's news is wanted, if one is set."""
ONWARD = OneOfParam(name="onward", options=MappingProxyType({START: ()}), asked_only=True)
"""The screens of /start go on afterwards."""


async def run(request: Request) -> Reply:
    """Ask for what is missing, then follow.

    A person who is being welcomed goes on with that.
    """
    name = _name(request)
    if request.get(NEWS) is not None and (term := await _set(request)) is not None:
        return await request.run(call("tag", topic=term))
    if not key(name):
        return _ask(request, request.words(WHICH), _first(request))
    if (division := _division(name)) is not None:
        text = request.words(IN_DIVISION, name=_called(request, division))
        within = [one for one in gazetteer.districts() if one.division == division.name]
        return _ask(request, text, [_home(request, one) for one in within])
    home = gazetteer.home(name)
    if home is None:
        near = [_home(request, one) for one in gazetteer.nearly_home(name)]
        news = None if near or _is_welcome(request) else await _news_on(request, name)
        return news or _ask(request, request.words(UNKNOWN, name=name), near or _first(request))
    return await _follow(request, home)


async def _news_on(request: Request, name: str) -> Reply | None:
    """Show the news on a place that is no district."""
    understood = await understanding.words(request.store, name, request.now, request.zone)
    found = await pages.open_results(request.store, understood, request.view, count=request.traits.page)
    if found is None:
        return None
    said = paragraph(request.words(NO_DISTRICT, name=name))
    return Reply(dataclasses.replace(found, parts=(said, *found.parts)))


async def _set(request: Request) -> Term | None:
    """Return the district that somebody follows, the one chosen last."""
    chosen = await request.store.subscriptions.of_chat(request.chat.id)
    return next((one.term for one in reversed(chosen) if not one.exclude and gazetteer.home(one.term.name)), None)


def _name(request: Request) -> str:
    value = request.get(NAME)
    return value.name if isinstance(value, OneOf) else value.words if value is not None else ""


def _division(name: str) -> ListedName | None:
    """Return the division that is meant: «ঢাকা বিভাগ».

    A name without the word is that of the district.
    """
    bare, _, last = name.rpartition(" ")
    found = gazetteer.district(bare) if key(last) in _DIVISION else None
    return found if found is not None and found.name in gazetteer.divisions() else None


def _first(request: Request) -> list[Choice]:
    """Offer the divisions; who lives by Kolkata's time, the districts there."""
    if request.chat.zone == KOLKATA:
        return [_home(request, one) for one in gazetteer.regions()]
    return [
        _choice(request, one, DIVISION.en.format(name=one.english))
        for one in filter(None, map(gazetteer.district, gazetteer.divisions()))
    ]


def _home(request: Request, one: ListedName) -> Choice:
    return _choice(request, one, one.english)


def _choice(request: Request, one: ListedName, name: str) -> Choice:
    onward = OneOf(START) if _is_welcome(request) else None
    # A division says that it is one: its bare name, typed, is the district's.
    label = request.words(DIVISION, name=_called(request, one)) if name != one.english else _called(request, one)
    return Choice(label, call("district", name=OneOf(name), onward=onward))


def _called(request: Request, one: ListedName) -> str:
    return request.words(Wording(one.name, one.english))


def _is_welcome(request: Request) -> bool:
    return request.get(ONWARD) is not None


def _ask(request: Request, text: str, offered: Sequence[Choice]) -> Reply:
    rows = [tuple(offered)]
    if _is_welcome(request):
        rows.append((Choice(request.words(LEAVE_IT), call("start", step=OneOf("what"))),))
    else:
        rows.append((way_out(request),))
    message = Message((paragraph(text), Choices(tuple(rows))), brief=text)
    return Reply(message, asks=Asks(request.call.without(NAME.name), NAME.name), replaces=True)


async def _follow(request: Request, home: ListedName) -> Reply:
    """Follow as /follow does.

    It says how much it brings, when it comes, and the way back.
    """
    tag = await request.store.tags.named(home.name)
    term = await meaning.term(request.store, f"{TermKind.TAG.value}:{tag.name if tag is not None else home.name}")
    reply = await request.commands["follow"].run(dataclasses.replace(request, call=naming.following(term)))
    chosen = await choosing.chosen(request.store, request.chat, term)
    if not _is_welcome(request) or chosen is None or chosen.exclude:
        return reply
    again = call("start", step=OneOf("what"))
    return await request.commands["start"].run(dataclasses.replace(request, call=again))


COMMAND = Command(
    name="district",
    summary=Wording("আমার জেলার খবর", "News of my district"),
    run=run,
    params=(NAME, ONWARD, NEWS),
    group=Group.UNLISTED,
    changes_chat=True,
    aliases=("আমার জেলা", "জেলা", "জেলা বদলান", "amar jela", "amar zila", "jela", "zila"),
    exact=MappingProxyType({"আমার জেলার খবর": {NEWS.name: OneOf(SHOWN)}}),
)
