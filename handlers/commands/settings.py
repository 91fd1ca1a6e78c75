"""/settings [what] [value]: shows and changes every setting.

It is one panel that redraws itself when something changes.
"""

from __future__ import annotations

import dataclasses
import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.articles.card.card import card
from bot.bangla.normalise import key
from bot.subscriptions import choosing, panel
from bot.subscriptions.outlook import outlook
from bot.values.calls import Call, Change, OneOf, Text, Unread, call
from bot.values.chats import ChatKind, TermKind
from bot.values.messages import (
    Asks,
    Choice,
    Choices,
    Heading,
    Message,
    Paragraph,
    Part,
    Reply,
    line,
    paragraph,
)
from bot.values.wording import Wording
from handlers import erasing, layout, serving, setting_forms
from handlers.choosing_params import ChangeParam, change
from handlers.command import BACK, LEAVE_IT, Command, Group, Menu, Request
from handlers.labels import undecorated
from handlers.params import TextParam

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.values.chats import Subscription
    from bot.values.forms import BlankForm
    from handlers.context import Context

HEAD = Wording("⚙️ সেটিংস", "⚙️ Settings")
HEAD_OF = Wording("⚙️ সেটিংস: {chat}", "⚙️ Settings: {chat}")
DAILY = Wording("দিনে গড়ে {n}টি খবর", "about {n:story|stories} a day")
FOLLOWING = Wording("📋 যা ফলো করছেন: {n}টি", "📋 Following: {n}")
BREAK = Wording("⏸ বিরতি নিন", "⏸ Take a break")
HIDE_KEYS = Wording("⌨️ কিবোর্ড লুকান", "⌨️ Hide keyboard")
THREAD = Wording("🧵 কোন টপিকে যাবে: {value}", "🧵 Which topic: {value}")
ASK_THREAD = Wording(
    "কোন টপিকে যাবে? যে টপিকে চান, সেখানে /settings লিখে এই বাটন চাপুন।",
    "Which topic should it go to? Send /settings in the one you want, and press this there.",
)
HERE = Wording("এই টপিকে", "this topic")
MAIN_CHAT = Wording("মূল চ্যাটে", "the main chat")
ANOTHER = Wording("অন্য টপিকে", "another topic")
SEVERAL = Wording("একাধিক টপিকে", "several topics")
CHOSEN = Wording("✓ {value}", "✓ {value}")
UNKNOWN = Wording(
    "‘{what}’ নামে কোনো সেটিং নেই। নিচেরগুলো থেকে বেছে নিন।", "There is no setting called ‘{what}’. Choose from these."
)
ROWS = (("time",), ("quiet",), ("breaking",), ("card", "picture"), ("sound", "updates"), ("cap",), ("zone", "language"))
COUNTED = 30
"""Who follows more is not told a number a day: it would be slow to count, and wrong, for their stories are the same."""
ERASE_SETTING = "erase"
THREAD_SETTING = "place"
ERASING = frozenset(map(key, ("erase", "মুছুন", "তথ্য মুছুন", "সব মুছুন", "আমার সব তথ্য মুছুন", "forgetme")))
FORGET = (
    *("আমার তথ্য মুছুন", "আমার সব তথ্য মুছুন", "আমার সব মুছুন", "আমার নম্বর মুছে দিন"),
    *("forgetme", "delete my data"),
)
YES = frozenset(map(key, ("yes", "হ্যাঁ", "মুছুন", *map(undecorated, erasing.ERASE_YES))))

_MOST_WORDS = 12  # more than any of these two together


def _erases(argument: str) -> bool | None:
    """Return whether somebody wants everything erased.

    Return True if sure, False if still to be asked, None if not at all.
    """
    words = argument.split()
    if len(words) > _MOST_WORDS:
        return None
    for size in range(len(words), 0, -1):
        rest = key(" ".join(words[size:]))
        if key(" ".join(words[:size])) in ERASING and (not rest or rest in YES):
            return bool(rest)
    return None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SettingParam(ChangeParam):
    """A setting with its value, or that everything is to be erased."""

    def fits(self, text: str) -> bool:
        """Return whether a text names a setting.

        «সেটিংস বদলানোর খবর» does not: it asks for news.
        """
        return _erases(text) is not None or panel.find(text) is not None

    async def read(self, text: str, at: Context) -> Change | Unread:
        """Read what is to change."""
        del at
        sure = _erases(text)
        if sure is not None:
            return Change(ERASE_SETTING, OneOf("yes") if sure else None)
        found = panel.find(text)
        return change(*found) if found is not None else Unread(text)


def _answers(text: str, call: Call) -> bool:
    """Return whether a text answers what was asked.

    A setting's own value does, and yes to erasing.
    """
    change = call.get(CHANGE.name)
    return isinstance(change, Change) and (change.field != ERASE_SETTING or key(text) in YES)


CHANGE = SettingParam(name="change", sign="what value", label=Wording("কী বদলাবেন", "What to change"))
VALUE = TextParam(name="value", asked_only=True, answers=_answers)


async def run(request: Request) -> Reply:
    """Show the panel, open a setting, or set one."""
    wanted, value = request.get(CHANGE), request.get(VALUE)
    if request.get(setting_forms.FORM) is not None:
        return await _fill(request)
    if wanted is None:
        unknown = request.unread(CHANGE)
        return await _panel(request, request.words(UNKNOWN, what=unknown) if unknown else "")
    if wanted.field == ERASE_SETTING:
        return await _erase(request, sure=wanted.value is not None or value is not None)
    if wanted.field in serving.FIELDS and serving.is_server(request):
        return await _of_server(request, wanted.field, value)
    field = panel.SETTINGS_BY_NAME.get(wanted.field)
    if field is None:
        return await (_thread(request, wanted.value) if wanted.field == THREAD_SETTING else _panel(request))
    if value is not None:
        wanted = change(field, value.words)
    return await _one(request, field, wanted.value)


async def _fill(request: Request) -> Reply:
    """Set what a form holds.

    It asks once more for what cannot be read.
    """
    wrong = None
    for name_of, param in setting_forms.FILLED.items():
        given, field = request.get(param), panel.SETTINGS_BY_NAME[name_of]
        if given is not None and (change := field.change(given.words)) is not None:
            chat = await choosing.prefer(request.store, request.chat, change(request.chat.preferences), request.now)
            request = dataclasses.replace(request, chat=chat)
        elif given is not None:
            wrong = field
    return _ask(request, wrong, wrong.wrong) if wrong is not None else await _panel(request)


def _form(request: Request, missing: str) -> BlankForm | None:
    several, wanted = request.get(setting_forms.FORM), request.get(CHANGE)
    if several is not None:
        return setting_forms.several(request.chat, several.name)
    field = panel.SETTINGS_BY_NAME.get(wanted.field) if wanted is not None else None
    return setting_forms.own(field, missing) if field is not None else None


async def _one(request: Request, field: panel.Setting, value: OneOf | Text | None) -> Reply:
    if value is None:
        return await _open(request, field)
    words = value.name if isinstance(value, OneOf) else value.words
    if field.own is not None and field.asks_for_own(words):
        return _ask(request, field, field.own)
    if (changed := field.change(words)) is not None:
        return await _set(request, field, changed)
    if field.read is not None:
        return _ask(request, field, field.wrong)
    return await _open(request, field, field.wrong)


async def _set(request: Request, field: panel.Setting, change: panel.Change) -> Reply:
    chat = await choosing.prefer(request.store, request.chat, change(request.chat.preferences), request.now)
    changed = dataclasses.replace(request, chat=chat)
    if field.name == "card":
        return await _open(changed, field)
    reply = await _panel(changed, panel.state(field, chat.preferences, changed.language))
    if field.name == "language" and chat.language is not request.language and _keyboard(changed):
        # The keys under the field speak the old language until others take their place.
        keys = await changed.run(call("keyboard", wanted=OneOf("on")))
        return dataclasses.replace(reply, then=keys.message)
    return reply


async def _panel(request: Request, said: str = "") -> Reply:
    """Draw everything that can be set, each button with its value."""
    head = request.words(HEAD_OF, chat=request.named) if request.named else request.words(HEAD)
    parts: list[Part] = [Heading(head)]
    chosen = await request.store.subscriptions.of_chat(request.chat.id)
    followed = [one for one in chosen if not one.exclude]
    comes = outlook(request.chat, chosen, request.now, request.view.due)
    daily = await _daily(request, followed) if not comes.ways else ""
    lines = [text for text in (said, " · ".join(filter(None, (comes.said, daily)))) if text]
    if lines:
        parts.append(paragraph(*lines))
    rows: list[tuple[Choice, ...]] = [comes.ways] if comes.ways else []
    rows.append((Choice(request.words(FOLLOWING, n=len(followed)), call("following")),))
    rows += setting_forms.row(request)
    rows += [tuple(_line(request, panel.SETTINGS_BY_NAME[name]) for name in row) for row in ROWS]
    rows += [
        *_topic(request, followed),
        *serving.rows(request),
        (Choice(request.words(BREAK), call("pause")), *_keyboard(request)),
        (_change(request.words(erasing.label(request)), ERASE_SETTING),),
    ]
    # Who has forms draws buttons no broader than their words: thirteen rows of one are a wall there.
    drawn = layout.packed(rows) if request.traits.fills else rows
    return Reply(Message((*parts, Choices(tuple(drawn))), brief=said or head), replaces=True)


def _topic(request: Request, followed: Sequence[Subscription]) -> list[tuple[Choice, ...]]:
    """Offer to choose the topic, in a group that has such."""
    threads = {one.thread for one in followed}
    if request.chat.kind is ChatKind.PRIVATE or not (request.thread or any(threads)):
        return []
    only = threads.pop() if len(threads) == 1 else None
    said = SEVERAL if only is None else MAIN_CHAT if not only else HERE if only == request.thread else ANOTHER
    return [(_change(request.words(THREAD, value=request.words(said)), THREAD_SETTING),)] if followed else []


async def _thread(request: Request, value: OneOf | Text | None) -> Reply:
    """Let what is followed come to this topic or the chat."""
    if not isinstance(value, OneOf):
        text = request.words(ASK_THREAD)
        row = [_change(request.words(MAIN_CHAT), THREAD_SETTING, "main")]
        if request.thread:
            row.insert(0, _change(request.words(HERE), THREAD_SETTING, "here"))
        rows = (tuple(row), (_back(request, BACK),))
        return Reply(Message((paragraph(text), Choices(rows)), brief=text), replaces=True)
    thread = request.thread if value.name == "here" else ""
    for one in await request.store.subscriptions.of_chat(request.chat.id):
        if not one.exclude and one.thread != thread:
            await choosing.follow(request.store, request.chat, dataclasses.replace(one, thread=thread), request.now)
    return await _panel(request)


async def _of_server(request: Request, field: str, picked: Text | None) -> Reply:
    if picked is None or field != serving.ROLE:
        return serving.opened(request, field, VALUE.name)
    return await _panel(await serving.called(request, picked))


def _keyboard(request: Request) -> tuple[Choice, ...]:
    lasting = request.traits.reply_keyboard and request.chat.kind is ChatKind.PRIVATE
    return (Choice(request.words(HIDE_KEYS), call("keyboard", wanted=OneOf("off"))),) if lasting else ()


async def _daily(request: Request, followed: Sequence[Subscription]) -> str:
    """Say how much it all brings."""
    if not 0 < len(followed) <= COUNTED:
        return ""
    terms = [one.term for one in followed]
    whole = [term for term in terms if term.kind is TermKind.ALL]
    volumes = [await request.store.subscriptions.volume(term, request.now) for term in whole or terms]
    return request.words(DAILY, n=math.ceil(sum(volumes)))


def _line(request: Request, field: panel.Setting) -> Choice:
    """Draw the button that opens one thing, with its value.

    The other language is one tap away.
    """
    if field.name == "language":
        (other,) = (one for one in field.options if not panel.holds(one, request.chat.preferences))
        return _change(f"🌐 {request.words(other.label)}", field.name, other.name)
    value = field.shown(request.chat.preferences, request.language)
    return _change(request.words(field.line, value=value), field.name)


def _change(label: str, field: str, option: str = "") -> Choice:
    return Choice(label, call("settings", change=Change(field, OneOf(option) if option else None)))


async def _open(request: Request, field: panel.Setting, wrong: Wording | None = None) -> Reply:
    """Show one setting's values, the chosen one marked."""
    said = [request.words(wording) for wording in (wrong, field.question) if wording is not None]
    parts: list[Part] = [paragraph(*said), *await _sample(request, field)]
    options = [_option(request, field, option) for option in field.options]
    if field.own is not None:
        options.append(_change(request.words(panel.OWN), field.name, panel.OWN_OPTION))
    rows = (*_in_rows(options, field.rows), (_back(request, BACK),))
    return Reply(Message((*parts, Choices(rows)), brief=said[0]), replaces=True)


def _in_rows(choices: Sequence[Choice], rows: Sequence[int]) -> Iterator[tuple[Choice, ...]]:
    """Part choices into rows of those sizes.

    The rest is one row.
    """
    start = 0
    for size in (*rows, len(choices)):
        if start < len(choices):
            yield tuple(choices[start : start + size])
        start += size


def _option(request: Request, field: panel.Setting, option: panel.SettingOption) -> Choice:
    label = request.words(option.label)
    if panel.holds(option, request.chat.preferences):
        label = request.words(CHOSEN, value=label)
    return _change(label, field.name, option.name)


async def _sample(request: Request, field: panel.Setting) -> tuple[Part, ...]:
    """Show how a card looks now, by the newest story."""
    newest = await request.store.articles.newest() if field.name == "card" else None
    if newest is None:
        return ()
    drawn = card(newest, request.chat.preferences.style, request.view)
    return drawn.told


def _ask(request: Request, field: panel.Setting, wording: Wording) -> Reply:
    """Ask for a value of the reader's own.

    The next message is taken as it.
    """
    text = request.words(wording)
    choices = Choices(((_back(request, LEAVE_IT),),))
    asks = Asks(call("settings", change=Change(field.name)), VALUE.name)
    return Reply(Message((paragraph(text), choices), brief=text), asks=asks)


def _back(request: Request, label: Wording) -> Choice:
    return Choice(request.words(label), call("settings"))


async def _erase(request: Request, *, sure: bool) -> Reply:
    alone, archive = request.chat.kind is ChatKind.PRIVATE, request.store.erasing
    if sure and alone:
        await archive.person(request.actor, request.chat.id, request.now)
        return request.reply(erasing.ERASED)
    if sure:
        await archive.chat(request.chat.id, request.now)
        return request.reply(erasing.CHAT_ERASED)
    yes = _change(request.words(erasing.ERASE_YES), ERASE_SETTING, "yes")
    gone = erasing.CHANNEL_ERASED if erasing.is_channel(request) else erasing.GROUP_ERASED
    lines = erasing.what_goes(request) if alone else (line(request.words(gone)),)
    brief = "".join(span.text for span in lines[0])
    first = (Choice(request.words(erasing.FILE_FIRST), call("export")),) if alone else ()
    message = Message((Paragraph(lines), Choices(((yes, *first), (_back(request, LEAVE_IT),)))), brief=brief)
    return Reply(
        message, replaces=True, asks=Asks(call("settings", change=Change(ERASE_SETTING)), VALUE.name, chosen=True)
    )


COMMAND = Command(
    name="settings",
    summary=Wording("সময়, নীরব সময়, ভাষা", "Times, quiet hours, language"),
    run=run,
    params=(CHANGE, VALUE, setting_forms.FORM, *setting_forms.FILLED.values()),
    form=_form,
    changes_chat=True,
    looks=lambda given: given.get(CHANGE.name) is None,
    described=Wording("সময়, ধরন, চ্যানেল, ভাষা", "Times, style, channel, language"),
    menu=Menu(7, in_groups=True),
    group=Group.ARRANGE,
    order=1,
    helps=Wording("/settings সময়, নীরব সময়, ভাষা, ছবি", "/settings Times, quiet hours, language, pictures"),
    aliases=("সেটিংস", "সেটিং", "সেটিঙস", "setting", "setings"),
    exact=MappingProxyType({key_0: {CHANGE.name: Change(ERASE_SETTING)} for key_0 in FORGET}),
)
