"""/district [NAME]: news of one's district, followed as any topic; asks for a name, or division and district."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from bot.articles.names import gazetteer
from bot.bangla.normalise import key
from bot.search import meaning
from bot.subscriptions import choosing
from bot.values.calls import Text, call
from bot.values.chats import TermKind
from bot.values.messages import Asks, Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.articles.names.gazetteer import ListedName

WHICH = Wording("জেলার নাম লিখে পাঠান। যেমন: সিলেট, বগুড়া।", "Send the name of your district. For example: Sylhet, Bogura.")
IN_DIVISION = Wording("{name} বিভাগ: কোন জেলা?", "{name} division: which district?")
UNKNOWN = Wording(
    "‘{name}’ নামে কোনো জেলা নেই। নিচ থেকে বেছে নিন, বা আবার লিখুন।",
    "There is no district called ‘{name}’. Pick one below, or write it again.",
)
BACK = Wording("‹ থাক", "‹ Leave it")
TYPED = Wording("জেলা {name}", "district {name}")
DIVISION = Wording("{name} বিভাগ", "{name} division")
START, ASKED = "start", "?"
"""First words of an argument: the screens of /start go on afterwards; it is an answer."""
KOLKATA = "Asia/Kolkata"
IN_A_ROW = 3
_DIVISION = frozenset(map(key, ("বিভাগ", "division", "bivag", "bibhag")))


async def run(request: Request) -> Reply:
    """Ask for what is missing, then follow; who is being welcomed goes on with that."""
    _, name = _parted(request.argument)
    if not key(name):
        return _ask(request, request.words(WHICH), _first(request))
    if (division := _division(name)) is not None:
        text = request.words(IN_DIVISION, name=_called(request, division))
        within = [one for one in gazetteer.districts() if one.division == division.name]
        return _ask(request, text, [_home(request, one) for one in within])
    home = gazetteer.home(name)
    if home is None:
        near = [_home(request, one) for one in gazetteer.nearly_home(name)]
        return _ask(request, request.words(UNKNOWN, name=name), near or _first(request))
    return await _follow(request, home)


def _parted(argument: str) -> tuple[str, str]:
    first, _, rest = argument.partition(" ")
    return (first, rest.strip()) if first in (START, ASKED) else ("", argument.strip())


def _division(name: str) -> ListedName | None:
    """Return the division that is meant: «ঢাকা বিভাগ»; without the word it is the district of that name."""
    bare, _, last = name.rpartition(" ")
    found = gazetteer.district(bare) if key(last) in _DIVISION else None
    return found if found is not None and found.name in gazetteer.divisions() else None


def _first(request: Request) -> list[Choice]:
    """Offer the divisions; who lives by Kolkata's time, the districts there."""
    if request.chat.zone == KOLKATA:
        return [_home(request, one) for one in gazetteer.regions()]
    return [
        _choice(request, one, request.words(DIVISION, name=_called(request, one)))
        for one in filter(None, map(gazetteer.district, gazetteer.divisions()))
    ]


def _home(request: Request, one: ListedName) -> Choice:
    return _choice(request, one, _called(request, one))


def _choice(request: Request, one: ListedName, name: str) -> Choice:
    onward = _is_welcome(request)
    typed = "" if onward else request.words(TYPED, name=name)
    return Choice(_called(request, one), "district", f"{START} {name}" if onward else name, typed)


def _called(request: Request, one: ListedName) -> str:
    return request.words(Wording(one.name, one.english))


def _is_welcome(request: Request) -> bool:
    return _parted(request.argument)[0] == START


def _ask(request: Request, text: str, offered: Sequence[Choice]) -> Reply:
    rows = [tuple(offered[start : start + IN_A_ROW]) for start in range(0, len(offered), IN_A_ROW)]
    if _is_welcome(request):
        rows.append((Choice(request.words(BACK), "start", "what"),))
    message = Message((paragraph(text), Choices(tuple(rows))), brief=text)
    return Reply(message, asks=Asks("district", START if _is_welcome(request) else ASKED), replaces=True)


async def _follow(request: Request, home: ListedName) -> Reply:
    """Follow as /follow does: how much it brings, when it comes, and the way back."""
    tag = await request.store.tags.named(home.name)
    named = f"{TermKind.TAG.value}:{tag.name if tag is not None else home.name}"
    reply = await request.commands["follow"].run(
        dataclasses.replace(request, call=call("follow", argument=Text(named)))
    )
    term = await meaning.term(request.store, named)
    chosen = await choosing.chosen(request.store, request.chat, term)
    if not _is_welcome(request) or chosen is None or chosen.exclude:
        return reply
    return await request.commands["start"].run(dataclasses.replace(request, call=call("start", argument=Text("what"))))


def _fits(text: str) -> bool:
    """Tell whether a text names a district: «জেলা প্রশাসক» is a question, and so is an answer that names nothing near."""
    first, name = _parted(text)
    meant = gazetteer.home(name) is not None or _division(name) is not None
    return meant or (bool(first) and bool(gazetteer.nearly_home(name)))


COMMAND = Command(
    name="district",
    summary=Wording("আমার জেলার খবর", "News of my district"),
    run=run,
    takes_argument=True,
    usage="[NAME]",
    changes_chat=True,
    aliases=("আমার জেলা", "জেলা", "জেলা বদলান", "আমার জেলার খবর", "amar jela", "amar zila", "jela", "zila"),
    fits=_fits,
)
