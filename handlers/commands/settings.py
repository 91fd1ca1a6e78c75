"""/settings [what] [value]: one panel that shows how everything is set, and redraws itself when something changes."""

from __future__ import annotations

import dataclasses
import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.articles.card.card import card
from bot.bangla.normalise import key
from bot.subscriptions import choosing, panel
from bot.values.chats import ChatKind, TermKind
from bot.values.messages import Asks, Choice, Choices, Heading, Message, Part, Reply, paragraph
from bot.values.wording import Wording
from handlers.command import Command, Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.values.chats import Subscription

HEAD = Wording("⚙️ সেটিংস", "⚙️ Settings")
NEXT = Wording("পরের একনজরে: {time}", "Next digest: {time}")
DAILY = Wording("দিনে গড়ে {n}টি খবর", "about {n} a day")
FOLLOWING = Wording("📋 যা ফলো করছেন: {n}টি", "📋 Following: {n}")
FOLLOWING_TYPED = Wording("তালিকা", "following")
BREAK = Wording("⏸ বিরতি নিন", "⏸ Take a break")
BREAK_TYPED = Wording("বিরতি", "pause")
HIDE_KEYS = Wording("⌨️ কিবোর্ড লুকান", "⌨️ Hide keyboard")
ERASE = Wording("🧹 আমার সব তথ্য মুছুন", "🧹 Erase all my data")
ERASE_TYPED = Wording("সেটিংস মুছুন", "settings erase")
ERASE_ASK = Wording(
    "আপনার পছন্দ, তালিকা ও ইতিহাস মুছে যাবে। ফেরানো যাবে না।",
    "Your choices, list and history will be erased. This cannot be undone.",
)
ERASE_YES = Wording("হ্যাঁ, মুছুন", "yes, erase")
ERASE_YES_TYPED = Wording("সেটিংস মুছুন হ্যাঁ", "settings erase yes")
ERASED = Wording("আপনার সব তথ্য মুছে গেছে।", "All your data is gone.")
LEAVE_IT = Wording("‹ থাক", "‹ leave it")
BACK = Wording("‹ ফিরে যান", "‹ back")
SETTINGS = Wording("সেটিংস", "settings")
OPEN_TYPED = Wording("সেটিংস {what}", "settings {what}")
TYPED = Wording("সেটিংস {what} {value}", "settings {what} {value}")
CHOSEN = Wording("✓ {value}", "✓ {value}")
UNKNOWN = Wording(
    "‘{what}’ নামে কোনো সেটিং নেই। নিচেরগুলো থেকে বেছে নিন।", "There is no setting called ‘{what}’. Choose from these."
)
ROWS = (("time",), ("quiet",), ("breaking",), ("card", "picture"), ("sound", "updates"), ("cap",), ("zone", "language"))
WIDE = 14
"""Labels of so many letters at most stand two in a row, longer ones alone."""
COUNTED = 30
"""Who follows more is not told a number a day: it would be slow to count, and wrong, for their stories are the same."""
ERASING = frozenset(map(key, ("erase", "মুছুন", "তথ্য মুছুন", "সব মুছুন", "আমার সব তথ্য মুছুন", "forgetme")))
YES = frozenset(map(key, ("yes", "হ্যাঁ", "মুছুন", *ERASE_YES)))


async def run(request: Request) -> Reply:
    """Show the panel, open one thing of it, or set that and show the panel again."""
    if not request.argument:
        return await _panel(request)
    if (sure := _erases(request.argument)) is not None:
        return await _erase(request, sure=sure)
    found = panel.find(request.argument)
    if found is None:
        return await _panel(request, request.words(UNKNOWN, what=request.argument))
    return await _one(request, *found)


async def _one(request: Request, field: panel.Setting, value: str) -> Reply:
    if not value:
        return await _open(request, field)
    if field.own is not None and field.asks_for_own(value):
        return _ask(request, field, field.own)
    if (change := field.change(value)) is not None:
        return await _set(request, field, change)
    if field.read is not None:
        return _ask(request, field, field.wrong)
    return await _open(request, field, field.wrong)


async def _set(request: Request, field: panel.Setting, change: panel.Change) -> Reply:
    chat = await choosing.prefer(request.store, request.chat, change(request.chat.preferences), request.now)
    changed = dataclasses.replace(request, chat=chat)
    if field.key == "card":
        return await _open(changed, field)
    return await _panel(changed, panel.state(field, chat.preferences, changed.language))


async def _panel(request: Request, said: str = "") -> Reply:
    """Draw everything that can be set, each button with its value."""
    parts: list[Part] = [Heading(request.words(HEAD))]
    chosen = await request.store.subscriptions.of_chat(request.chat.id)
    followed = [one for one in chosen if not one.exclude]
    lines = [text for text in (said, await _coming(request, followed)) if text]
    if lines:
        parts.append(paragraph(*lines))
    typed = request.words(FOLLOWING_TYPED)
    rows: list[tuple[Choice, ...]] = [(Choice(request.words(FOLLOWING, n=len(followed)), "following", typed=typed),)]
    rows += [tuple(_line(request, panel.BY_KEY[name]) for name in row) for row in ROWS]
    rows += [
        (Choice(request.words(BREAK), "pause", typed=request.words(BREAK_TYPED)), *_keyboard(request)),
        (Choice(request.words(ERASE), "settings", "erase", request.words(ERASE_TYPED)),),
    ]
    message = Message((*parts, Choices(tuple(rows))), brief=said or request.words(HEAD))
    return Reply(message, replaces=True)


def _keyboard(request: Request) -> tuple[Choice, ...]:
    lasting = request.traits.buttons and request.chat.kind is ChatKind.PRIVATE
    return (Choice(request.words(HIDE_KEYS), "keyboard", "off"),) if lasting else ()


async def _coming(request: Request, followed: Sequence[Subscription]) -> str:
    """Say when the next digest comes, and how much it all brings."""
    said = []
    if (due := request.chat.digest_at) is not None and due > request.now:
        said.append(request.words(NEXT, time=request.view.short(due)))
    if 0 < len(followed) <= COUNTED:
        terms = [one.term for one in followed]
        whole = [term for term in terms if term.kind is TermKind.ALL]
        volumes = [await request.store.subscriptions.volume(term, request.now) for term in whole or terms]
        said.append(request.words(DAILY, n=math.ceil(sum(volumes))))
    return " · ".join(said)


def _line(request: Request, field: panel.Setting) -> Choice:
    """Draw the button that opens one thing, with its value."""
    value = field.shown(request.chat.preferences, request.language)
    typed = request.words(OPEN_TYPED, what=request.words(field.typed))
    return Choice(request.words(field.line, value=value), "settings", field.key, typed)


async def _open(request: Request, field: panel.Setting, wrong: Wording | None = None) -> Reply:
    """Show what can be chosen for one thing; what is chosen is marked."""
    said = [request.words(wording) for wording in (wrong, field.question) if wording is not None]
    parts: list[Part] = [paragraph(*said), *await _sample(request, field)]
    options = [_option(request, field, option) for option in field.options]
    if field.own is not None:
        typed = request.words(TYPED, what=request.words(field.typed), value=request.words(panel.OWN))
        options.append(Choice(request.words(panel.OWN), "settings", f"{field.key} own", typed))
    rows = (*_rows(options), (_back(request, BACK),))
    return Reply(Message((*parts, Choices(rows)), brief=said[0]), replaces=True)


def _option(request: Request, field: panel.Setting, option: panel.SettingOption) -> Choice:
    label = request.words(option.label)
    typed = request.words(TYPED, what=request.words(field.typed), value=label)
    if panel.holds(option, request.chat.preferences):
        label = request.words(CHOSEN, value=label)
    return Choice(label, "settings", f"{field.key} {option.key}", typed)


def _rows(choices: Sequence[Choice]) -> Iterator[tuple[Choice, ...]]:
    """Put short labels side by side."""
    width = 1 if max(len(choice.label) for choice in choices) > WIDE else 2
    return (tuple(choices[start : start + width]) for start in range(0, len(choices), width))


async def _sample(request: Request, field: panel.Setting) -> tuple[Part, ...]:
    """Show how a card looks now, by the newest story."""
    newest = await request.store.articles.newest() if field.key == "card" else None
    if newest is None:
        return ()
    drawn = card(newest, request.chat.preferences.style, request.view)
    return tuple(part for part in drawn.parts if not isinstance(part, Choices))


def _ask(request: Request, field: panel.Setting, wording: Wording) -> Reply:
    """Ask for a value of the reader's own; the next message is taken as it."""
    text = request.words(wording)
    choices = Choices(((_back(request, LEAVE_IT),),))
    return Reply(Message((paragraph(text), choices), brief=text), asks=Asks("settings", field.key))


def _back(request: Request, label: Wording) -> Choice:
    return Choice(request.words(label), "settings", typed=request.words(SETTINGS))


def _erases(argument: str) -> bool | None:
    """Tell whether somebody wants everything erased: True if sure, False if still to be asked, None if not at all."""
    words = argument.split()
    for size in range(len(words), 0, -1):
        rest = key(" ".join(words[size:]))
        if key(" ".join(words[:size])) in ERASING and (not rest or rest in YES):
            return bool(rest)
    return None


async def _erase(request: Request, *, sure: bool) -> Reply:
    if sure:
        await request.store.chats.forget(request.chat.id)
        return request.reply(ERASED)
    text = request.words(ERASE_ASK)
    yes = Choice(request.words(ERASE_YES), "settings", "erase yes", request.words(ERASE_YES_TYPED))
    message = Message((paragraph(text), Choices(((yes, _back(request, LEAVE_IT)),))), brief=text)
    return Reply(message, replaces=True, asks=Asks("settings", "erase"))


def _fits(text: str) -> bool:
    """Tell whether a text names something that can be set: «সেটিংস বদলানোর খবর» asks for news."""
    return panel.find(text) is not None or _erases(text) is not None


COMMAND = Command(
    name="settings",
    summary=Wording("সময়, নীরব সময়, ভাষা", "Times, quiet hours, language"),
    run=run,
    takes_argument=True,
    usage="[what] [value]",
    changes_chat=True,
    fits=_fits,
    aliases=("সেটিংস", "সেটিং", "সেটিঙস", "setting", "setings"),
    exact=MappingProxyType(dict.fromkeys(("আমার তথ্য মুছুন", "আমার সব তথ্য মুছুন", "forgetme"), "erase")),
)
