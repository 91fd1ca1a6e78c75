"""/mute X: leaves a topic out of everything that is sent.

It leaves out a section, an outlet or words too.
"""

from __future__ import annotations

from functools import partial

from bot.search import meaning
from bot.subscriptions import choosing, keywords, naming
from bot.values.calls import Count, call
from bot.values.chats import Subscription, Term, TermKind
from bot.values.messages import Choice, Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import suggesting
from handlers.command import Audience, Command, Group, Request, ask_which
from handlers.params import TermParam

DONE = Wording("‘{tag}’ নিয়ে খবর আর আসবে না।", "News on ‘{tag}’ will no longer come.")
OUTLET = Wording("{tag} থেকে খবর আর আসবে না।", "Nothing from {tag} will come.")
SECTION = Wording("‘{tag}’ বিভাগ থেকে খবর আর আসবে না।", "Nothing from the section {tag} will come.")
NO_LONGER_FOLLOWED = Wording(" ফলোও বন্ধ হলো।", " You no longer follow it.")
ALREADY = Wording("‘{tag}’ আগে থেকেই বাদ আছে।", "‘{tag}’ is left out already.")
EVERYTHING = Wording(
    "সব বাদ দিলে কিছুই আসবে না। খবর পাঠানো বন্ধ করতে লিখুন: বন্ধ।",
    "If everything is left out nothing comes. To stop all sending, write: stop.",
)
SHORT = Wording("অন্তত দুটি অক্ষর লিখুন।", "Please type at least two letters.")
LONG = Wording("এত লম্বা লেখা দিয়ে খোঁজা যায় না। দু-তিনটি শব্দ লিখুন।", "That is too long to search. Send two or three words.")
TOO_MANY = Wording(
    "একসঙ্গে {n}টি পর্যন্ত বেছে রাখা যায়। নতুনটি নিতে একটি সরান।",
    "You can keep up to {n:choice|choices}. Remove one to add another.",
)
A_WEEK = Wording("শুধু ৭ দিন", "7 days only")
MINUTES_OF_A_WEEK = 7 * 24 * 60
_REFUSED = {keywords.Refusal.EMPTY: SHORT, keywords.Refusal.SHORT: SHORT, keywords.Refusal.LONG: LONG}
"""What all have may be left out, though it may not be followed: that is what leaving out is for."""


TOPIC = TermParam(
    name="topic",
    sign="NAME",
    label=Wording("বিষয়, যেমন ইরান", "A topic, for example Iran"),
    required=True,
    suggest=suggesting.topic_or_outlet,
)


async def run(request: Request) -> Reply:
    """Mute it, with the way back to what was before."""
    term = request.get(TOPIC)
    if term is None:
        return await ask_which(request, TOPIC.name, partial(naming.mute, pressed=request.traits.buttons))
    if term.kind is TermKind.ALL:
        return request.reply(EVERYTHING)
    name = meaning.name(term, request.language)
    before = await choosing.chosen(request.store, request.chat, term)
    if before is not None and before.exclude and before.until is None:
        return _answer(request, request.words(ALREADY, tag=name), Subscription(term, exclude=True), None)
    if before is None and (refusal := await _refusal(request, term)) is not None:
        return request.reply(refusal, n=keywords.MOST_FOLLOWED)
    now = Subscription(term, exclude=True)
    await choosing.follow(request.store, request.chat, now, request.now)
    wording = {TermKind.OUTLET: OUTLET, TermKind.TOPIC: SECTION}.get(term.kind, DONE)
    followed = before is not None and not before.exclude
    also = request.words(NO_LONGER_FOLLOWED) if followed else ""
    return _answer(request, request.words(wording, tag=name) + also, now, before)


async def _refusal(request: Request, term: Term) -> Wording | None:
    if len(await request.store.subscriptions.of_chat(request.chat.id)) >= keywords.MOST_FOLLOWED:
        return TOO_MANY
    refused = keywords.refused(term.name) if term.kind is TermKind.KEYWORD else None
    return _REFUSED.get(refused) if refused is not None else None


def _answer(request: Request, text: str, now: Subscription, before: Subscription | None) -> Reply:
    undo = naming.undo(now, before, now.term, request.language)
    week = Choice(request.words(A_WEEK), call("awhile", minutes=Count(MINUTES_OF_A_WEEK), topic=now.term))
    return Reply(Message((paragraph(text), Choices(((undo, week),))), brief=text))


COMMAND = Command(
    name="mute",
    summary=Wording("একটি বিষয় বা সংবাদমাধ্যম বাদ দিন", "Leave out a topic or an outlet"),
    run=run,
    params=(TOPIC,),
    audience=Audience.PERSON,
    or_here=True,
    group=Group.FOLLOW,
    order=2,
    helps=Wording("/mute ক্রিকেট: বিষয়টি বাদ দিন", "/mute cricket: leave the topic out"),
    changes_chat=True,
    aliases=("বাদ", "বাদ দিন", "বাদ দাও", "মিউট", "bad dao", "bad din"),
)
