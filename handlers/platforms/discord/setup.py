"""/setup: chooses a channel, its news and its cards.

It is one message that only the admin sees and that changes itself. The choices so far stand in the buttons themselves,
so it goes on after a restart.
"""

from __future__ import annotations

import dataclasses
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.subscriptions import choosing
from bot.values.chats import (
    CardStyle,
    ChatKind,
    ChatState,
    Language,
    Mode,
    Picture,
    Subscription,
    Target,
    Term,
    TermKind,
)
from bot.values.picks import PickKind
from bot.values.wording import Wording, say
from handlers.platforms.discord import answers, incoming, picking, render
from handlers.platforms.discord.custom_ids import SETUP
from handlers.platforms.discord.markdown import escaped
from handlers.speaking import NOT_IN_SERVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.running.core import Core
    from bot.values.chats import Chat
    from handlers.platforms.discord.answering import Answering
    from handlers.platforms.discord.incoming import Interaction
    from handlers.platforms.discord.known import Known

    Component = dict[str, Any]

log = logging.getLogger(__name__)

WHERE = Wording("কোন চ্যানেলে খবর যাবে?", "Which channel should the news go to?")
WHAT = Wording("কেমন খবর?", "What kind of news?")
LOOK = Wording("কার্ড কেমন হবে?", "What should a card look like?")
WHOSE = Wording("কোন সংবাদমাধ্যম?", "Which outlet?")
READY = Wording(
    "✅ দেখা, লেখা, লিংক: সব অনুমতি আছে। #{channel} তৈরি।",
    "✅ Seeing, writing, links: all rights are there. #{channel} is ready.",
)
MISSING = Wording(
    "❌ #{channel} চ্যানেলে এই অনুমতি নেই: {permission}। চ্যানেল সেটিংসে চালু করে ‘আবার দেখুন’ চাপুন।",
    "❌ In #{channel} this right is missing: {permission}. Switch it on in the channel's settings, then ‘Check again’.",
)
NOT_HERE = Wording(
    "চ্যানেলটি পাওয়া গেল না, অথবা আপনি সেখানে অ্যাডমিন নন।", "There is no such channel, or you are no admin of it."
)
NOT_OF_SERVER = Wording("#{channel} এই সার্ভারের নয়।", "#{channel} is not of this server.")
AGAIN = Wording("আবার দেখুন", "Check again")
KINDS = (
    ("main", Wording("প্রধান খবর, দিনে দুবার", "Top stories, twice a day")),
    ("breaking", Wording("ব্রেকিং, এলেই", "Breaking, as it happens")),
    ("sport", Wording("খেলা, এলেই", "Sport, as it happens")),
    ("own", Wording("নিজেদের সংবাদমাধ্যম", "Our own outlet")),
)
LOOKS = (
    ("headline", Wording("শিরোনাম", "Headline"), CardStyle.HEADLINE, Picture.NONE),
    ("summary", Wording("সংক্ষেপে", "Summary"), CardStyle.SUMMARY, Picture.NONE),
    ("picture", Wording("ছবিসহ", "With a picture"), CardStyle.SUMMARY, Picture.SMALL),
)
RIGHTS = {
    "view_channel": Wording("দেখা (View Channel)", "View Channel"),
    "send_messages": Wording("লেখা (Send Messages)", "Send Messages"),
    "send_messages_in_threads": Wording("থ্রেডে লেখা (Send Messages in Threads)", "Send Messages in Threads"),
    "embed_links": Wording("লিংক (Embed Links)", "Embed Links"),
}
CHANNEL_TYPES = (0, incoming.ANNOUNCEMENT, *incoming.THREADS, *incoming.FORUMS)
_SELECT, _CHANNEL_SELECT = 3, 8
_OPTIONS = 25
BEGIN, CHECK, HAND_OVER = "begin", "check", "to"
IN_A_SERVER = "server"
_CHOSEN_HERE = frozenset({TermKind.ALL, TermKind.TOPIC, TermKind.OUTLET})
"""What a setup may have followed before: it begins anew; tags and words that were followed by name stay."""


@dataclass(frozen=True, slots=True)
class Setup:
    """Sets up channels."""

    core: Core
    known: Known
    account: str
    """Who will send to the channels that are set up."""

    async def begin(self, event: Interaction, answering: Answering) -> None:
        """Ask for the channel."""
        language = await self._language(event.target)
        await answering.show(_first(language), private=True)

    async def go_on(self, event: Interaction, answering: Answering, *, manages: bool) -> None:
        """Take what was chosen and ask the next, or do it."""
        language = await self._language(event.target)
        if not manages:
            await answering.show(_screen(say(NOT_IN_SERVER, language), []), private=True)
            return
        step, *chosen = event.name.removeprefix(SETUP).split()
        chosen += event.values
        # Whoever manages one server may have sent the number of another's channel.
        if step != BEGIN and not self.known.is_in(chosen[0] if chosen else "", event.guild):
            log.warning("somebody of server %s wanted to set up a channel that is not there", event.guild)
            await answering.show(_screen(say(NOT_HERE, language), []), private=True)
            return
        if step == HAND_OVER:
            await self._hand_over(event, chosen[0])
            step = CHECK
        await _show(event, answering, await self._next(step, chosen, language))

    async def hand_over(self, event: Interaction, answering: Answering, *, manages: bool) -> None:
        """Let a channel's news go to the one picked."""
        language, (number, *_) = await self._language(event.target), event.values
        name = escaped(getattr(self.known.channel(number), "name", number))
        if not manages:
            await answering.show(_screen(say(NOT_IN_SERVER, language), []), private=True)
        elif not self.known.is_in(number, event.guild):
            await answering.show(_screen(say(NOT_OF_SERVER, language, channel=name), []), private=True)
        else:
            await self._hand_over(event, number)
            await _show(event, answering, await self.checked(number, language, step=HAND_OVER))

    async def _hand_over(self, event: Interaction, number: str) -> None:
        """Do so if every right is there."""
        if self.known.missing(number) != ():
            return
        store, now = self.core.store, self.core.clock()
        before = await store.chats.find(event.target)
        target, kind = self._target_of(number)
        if before is not None and target.external_id != before.external_id:
            after = await store.chats.ensure(dataclasses.replace(target, account=self.account), now, kind)
            await choosing.hand_over(store, before, after, now)
            await _begin_again(self.core, after)

    async def _next(self, step: str, chosen: list[str], language: Language) -> Component:
        match step, chosen:
            case "begin", _:
                return _first(language)
            case "where", [channel]:
                first, *both, last = (
                    render.button(say(label, language), _id("what", channel, name)) for name, label in KINDS
                )
                return _screen(say(WHAT, language), [_row([first]), _row(both), _row([last])])
            case "what", [channel, "own"]:
                return await self._outlets(channel, language)
            case (("what" | "own"), [channel, what]):
                looks = [
                    render.button(say(label, language), _id("look", channel, what, name)) for name, label, *_ in LOOKS
                ]
                return _screen(say(LOOK, language), [_row(looks)])
            case "look", [channel, what, look]:
                await self._arrange(channel, what, look)
                return await self.checked(channel, language)
            case step, [channel] if step in (CHECK, HAND_OVER):
                return await self.checked(channel, language, step)
            case _:
                raise ValueError(f"no step of setting up: {step}")

    async def _outlets(self, channel: str, language: Language) -> Component:
        outlets = [one for one, _ in await self.core.store.outlets.all()][:_OPTIONS]
        if not outlets:
            return await self._next("what", [channel, "main"], language)
        options = [{"label": one.name[:100] or "–", "value": str(one.id)} for one in outlets]
        select = {"type": _SELECT, "custom_id": _id("own", channel), "options": options}
        return _screen(say(WHOSE, language), [_row([select])])

    async def checked(self, channel: str, language: Language, step: str = CHECK) -> Component:
        """Look whether we may do what we have to.

        A channel that was closed to us is open again if so; else ``step`` is tried once more by a button.
        """
        missing = self.known.missing(channel)
        name = escaped(getattr(self.known.channel(channel), "name", channel))
        if missing is None:
            missing = ("view_channel",)
        if missing:
            rights = ", ".join(say(RIGHTS[one], language) for one in missing)
            again = render.button(say(AGAIN, language), _id(step, channel))
            return _screen(say(MISSING, language, channel=name, permission=rights), [_row([again])])
        await reopen(self.core, self._target_of(channel)[0], self.account)
        return _screen(say(READY, language, channel=name), [])

    async def _arrange(self, channel: str, what: str, look: str) -> None:
        """Let a channel follow what was chosen.

        It replaces what a setup chose before.
        """
        target, kind = self._target_of(channel)
        target = dataclasses.replace(target, account=self.account)
        store, now = self.core.store, self.core.clock()
        chat = await store.chats.ensure(target, now, kind)
        _, _, style, picture = next(one for one in LOOKS if one[0] == look)
        await choosing.prefer(store, chat, dataclasses.replace(chat.preferences, style=style, picture=picture), now)
        chat = await store.chats.ensure(target, now, kind)
        for one in await store.subscriptions.of_chat(chat.id):
            if not one.exclude and one.term.kind in _CHOSEN_HERE and one.thread == target.thread:
                await choosing.unfollow(store, chat, one.term)
        wanted = await self._subscription(what)
        await choosing.follow(store, chat, dataclasses.replace(wanted, thread=target.thread), now)
        await _begin_again(self.core, chat)

    async def _subscription(self, what: str) -> Subscription:
        match what:
            case "breaking":
                return Subscription(Term(TermKind.ALL), mode=Mode.BREAKING)
            case "sport":
                return Subscription(Term(TermKind.TOPIC, "sport", "খেলা"), mode=Mode.NOW)
            case number if number.isdecimal():
                outlets = [one for one, _ in await self.core.store.outlets.all()]
                name = next((one.name for one in outlets if str(one.id) == number), "")
                return Subscription(Term(TermKind.OUTLET, number, name), mode=Mode.NOW)
            case _:
                return Subscription(Term(TermKind.ALL), mode=Mode.DIGEST)

    def _target_of(self, channel: str) -> tuple[Target, ChatKind]:
        found = self.known.channel(channel)
        kind, parent = getattr(getattr(found, "type", None), "value", None), getattr(found, "parent_id", None)
        return incoming.target_of({"id": channel, "type": kind, "parent_id": parent}, IN_A_SERVER)

    async def _language(self, target: Target) -> Language:
        chat = await self.core.store.chats.find(target)
        return chat.language if chat is not None else Language.BANGLA


def begin_button(language: Language, label: Wording) -> Component:
    """Draw what opens the first question."""
    return render.button(say(label, language), _id("begin"))


async def reopen(core: Core, target: Target, account: str) -> bool:
    """Send again where a right was missing.

    Return whether only that kept us from it.
    """
    chat = await core.store.chats.find(target)
    if chat is None or chat.account != account or chat.state is ChatState.ACTIVE:
        return False
    if not chat.reason.startswith(answers.NO_RIGHT):
        return False
    await core.store.chats.set_state(chat.id, ChatState.ACTIVE, "", core.clock(), account)
    return True


async def _begin_again(core: Core, chat: Chat) -> None:
    if chat.state is not ChatState.ACTIVE:
        await core.store.chats.set_state(chat.id, ChatState.ACTIVE, "", core.clock())


async def _show(event: Interaction, answering: Answering, screen: Component) -> None:
    """Show a screen.

    It takes the place of one that only the admin sees, and comes below any other.
    """
    if event.ephemeral:
        await answering.change({**screen, "content": None})
    else:
        await answering.show(screen, private=True)


def _screen(text: str, rows: Sequence[Component]) -> Component:
    components = [{"type": render.TEXT, "content": text}, *rows]
    return {"flags": render.COMPONENTS_V2, "components": components, "allowed_mentions": {"parse": []}}


def _row(components: Sequence[Component]) -> Component:
    return {"type": render.ROW, "components": list(components)}


def _id(*words: str) -> str:
    return SETUP + " ".join(words)


def _first(language: Language) -> Component:
    select = {"type": _CHANNEL_SELECT, "custom_id": _id("where"), "channel_types": list(CHANNEL_TYPES)}
    select["placeholder"] = say(picking.PLACEHOLDERS[PickKind.CHANNEL], language)
    return _screen(say(WHERE, language), [_row([select])])
