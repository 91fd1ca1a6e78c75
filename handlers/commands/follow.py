"""/follow X [now|together]: follows a topic, an outlet or words.

It follows everything or a section too, and says how much that brings and when it comes.
"""

from __future__ import annotations

import dataclasses
import math
from functools import partial

from bot.search import meaning
from bot.subscriptions import choosing, keywords, naming, panel
from bot.subscriptions.outlook import NOTHING as NOTHING_COMES
from bot.subscriptions.outlook import OFF, ON_BREAK, outlook
from bot.values.chats import Breaking, ChatState, Mode, Subscription, Term, TermKind
from bot.values.forms import BlankForm, FormField
from bot.values.messages import Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import suggesting
from handlers.command import Audience, Command, Group, Menu, Request, ask_which
from handlers.params import OneOfParam, TermParam, TextParam

SHORT = Wording("অন্তত দুটি অক্ষর লিখুন।", "Please type at least two letters.")
LONG = Wording("এত লম্বা লেখা দিয়ে খোঁজা যায় না। দু-তিনটি শব্দ লিখুন।", "That is too long to search. Send two or three words.")
COMMON = Wording(
    "‘{tag}’ প্রতি পাঁচটি খবরের একটিতে বা তার বেশিতে থাকে। আরও নির্দিষ্ট কিছু লিখুন, যেমন দুটি শব্দ একসঙ্গে।",
    "‘{tag}’ is in one story of five or more. Send something narrower, two words together for example.",
)
TOO_MANY = Wording(
    "একসঙ্গে {n}টি পর্যন্ত ফলো করা যায়। নতুনটি নিতে একটি বাদ দিন।",
    "You can follow up to {n}. Remove one to add another.",
)
FOLLOWING = Wording("এখন থেকে ‘{tag}’ ফলো করছেন।", "Now following ‘{tag}’.")
ALREADY = Wording("‘{tag}’ আগে থেকেই ফলো করছেন।", "You already follow ‘{tag}’.")
DAILY = Wording("দিনে গড়ে {n}টি খবর।", "About {n:story|stories} a day.")
WEEKLY = Wording("সপ্তাহে প্রায় {n}টি খবর।", "About {n:story|stories} a week.")
NONE_YET = Wording(
    "গত ৭ দিনে এ নিয়ে খবর আসেনি; এলে জানাব।", "Nothing on it in the last 7 days; you will hear when there is."
)
BUSY = Wording(
    "‘{tag}’ নিয়ে দিনে প্রায় {n}টি খবর আসে। একসঙ্গে পাঠাব, নাকি এলেই?",
    "‘{tag}’ brings about {n:story|stories} a day. Together, or as they come?",
)
MANY_A_DAY = 30
"""A follow that brings more is asked about: together, or as they come."""
TELLING = 100
"""Among fewer articles it says nothing that a word is in many of them."""
_A_DAY = 0.95
"""Below this many a day, the number is told for the week."""
_OFFERED = (Mode.DIGEST, Mode.NOW)
_REFUSED = {
    keywords.Refusal.EMPTY: SHORT,
    keywords.Refusal.SHORT: SHORT,
    keywords.Refusal.LONG: LONG,
    keywords.Refusal.COMMON: COMMON,
}


IN = ">"
TOPIC = TermParam(
    name="topic",
    sign="NAME",
    label=Wording("বিষয়, যেমন ইরান", "A topic, for example Iran"),
    required=True,
    suggest=suggesting.topic,
)
MANNER = OneOfParam(name="when", sign="now", options=naming.MODES)
FORM = BlankForm(
    Wording("বিষয় ফলো করুন", "Follow a topic"),
    (
        FormField("topic", Wording("কোন বিষয়?", "Which topic?"), Wording("যেমন: ইরান", "For example: Iran")),
        FormField("when", Wording("কখন?", "When?"), options=(("together", naming.TOGETHER), ("now", naming.NOW))),
    ),
)
THREAD = TextParam(name="thread", many=False, accepts=lambda text: text.startswith(IN) and len(text) > 1)
"""The topic or thread of a chat that it goes to: >12."""


async def run(request: Request) -> Reply:
    """Follow what was named, with the way back; or say why not."""
    term = request.get(TOPIC)
    if term is None:
        return await ask_which(request, TOPIC.name, partial(naming.follow, pressed=request.traits.buttons))
    name = meaning.name(term, request.language)
    if (refusal := await _refusal(request, term)) is not None:
        return request.reply(refusal, tag=name, n=keywords.MOST_FOLLOWED)
    before = await choosing.chosen(request.store, request.chat, term)
    wanted = _wanted(request, term, before)
    name = meaning.called(wanted, request.language)
    if wanted != before:
        await choosing.follow(request.store, request.chat, wanted, request.now)
    volume = await request.store.subscriptions.volume(term, request.now)
    return Reply(_answer(request, wanted, before, volume, name))


def _wanted(request: Request, term: Term, before: Subscription | None) -> Subscription:
    """Return the wished choice, filled from the one before.

    A choice to mute fills nothing.
    """
    kept = before if before is not None and not before.exclude else Subscription(term)
    when, thread = request.get(MANNER), request.get(THREAD)
    mode = kept.mode if when is None else naming.MODE_OF[when.name]
    if term.kind is TermKind.ALL:
        # The main stories are all there are, together.
        mode = Mode.DIGEST if term.name and when is None else mode
        kept = dataclasses.replace(kept, term=Term(TermKind.ALL))
    # Asked in a topic, it comes there; asked elsewhere, it stays where it was.
    wanted_thread = thread.words.lstrip(IN) if thread is not None else request.thread or kept.thread
    return Subscription(kept.term, mode=mode, thread=wanted_thread)


async def _refusal(request: Request, term: Term) -> Wording | None:
    chosen = await request.store.subscriptions.of_chat(request.chat.id)
    if any((one.term.kind, one.term.value) == (term.kind, term.value) for one in chosen):
        return None
    if len(chosen) >= keywords.MOST_FOLLOWED:
        return TOO_MANY
    if term.kind is not TermKind.KEYWORD:
        return None
    if (refused := keywords.refused(term.name)) is not None:
        return _REFUSED[refused]
    if await request.store.articles.count() < TELLING:
        return None
    share = await request.store.subscriptions.share(term.value, keywords.LOOKED_AT)
    return COMMON if share > keywords.MOST_SHARE else None


def _answer(request: Request, now: Subscription, before: Subscription | None, volume: float, name: str) -> Message:
    mode = choosing.effective(request.chat, now)
    undecided = volume > MANY_A_DAY and now.mode is Mode.INHERIT
    first = f"{request.words(ALREADY if now == before else FOLLOWING, tag=name)} {_volume(request, volume)}"
    lines = [first, *_when(request, mode)]
    ways = outlook(request.chat, (now,), request.now, request.view.due).ways
    if mode is Mode.BREAKING and request.chat.preferences.breaking is Breaking.NEVER:
        lines.append(request.words(NOTHING_COMES))
    if undecided:
        lines.append(request.words(BUSY, tag=name, n=round(volume)))
    others = (Mode.DIGEST, Mode.NOW) if undecided else tuple(one for one in _OFFERED if one is not mode)
    manners = tuple(naming.in_manner(now, other, request.language) for other in others)
    way_back = naming.undo(now, before if now != before else None, now.term, request.language)
    rows = [(*manners, way_back), ways]
    return Message((paragraph(*lines), Choices(tuple(row for row in rows if row))), brief=first)


def _volume(request: Request, a_day: float) -> str:
    if not a_day:
        return request.words(NONE_YET)
    if a_day < _A_DAY:
        return request.words(WEEKLY, n=math.ceil(a_day * 7))
    return request.words(DAILY, n=round(a_day))


def _when(request: Request, mode: Mode) -> list[str]:
    """Say when it comes; and if nothing comes just now, that."""
    chat = request.chat
    said = [request.words(panel.WHEN, times=panel.when(chat.preferences, mode, request.language))]
    if chat.state is not ChatState.ACTIVE:
        said.append(request.words(OFF))
    elif (until := choosing.on_break(chat, request.now)) is not None:
        said.append(request.words(ON_BREAK, time=request.view.due(until)))
    return said


COMMAND = Command(
    name="follow",
    summary=Wording("কোনো বিষয় ফলো করুন", "Follow a topic"),
    run=run,
    form=lambda _, missing: FORM if missing == TOPIC.name else None,
    params=(TOPIC, MANNER, THREAD),
    described=Wording("বিষয় ফলো করুন: নিজের ইনবক্সে বা এই চ্যানেলে", "Follow a topic, by DM or in this channel"),
    audience=Audience.PERSON,
    or_here=True,
    menu=Menu(5),
    group=Group.FOLLOW,
    order=1,
    helps=Wording("/follow ইরান: বিষয়টি ফলো করুন", "/follow Iran: follow the topic"),
    changes_chat=True,
    looks=lambda given: given.get(TOPIC.name) is None,
    aliases=("ফলো", "ফলো করুন", "ফলো করো", "সাবস্ক্রাইব", "অনুসরণ", "folow", "sub", "subscribe"),
)
