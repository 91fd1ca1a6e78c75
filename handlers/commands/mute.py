"""/mute X: a topic, a section, an outlet or words are left out of everything that is sent."""

from __future__ import annotations

from bot.bangla.normalise import key
from bot.search import meaning
from bot.subscriptions import choosing, keywords, naming
from bot.values.chats import Subscription, Term, TermKind
from bot.values.messages import Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import suggesting
from handlers.command import Command, Request, ask_which

DONE = Wording("‘{tag}’ নিয়ে খবর আর আসবে না।", "‘{tag}’ will no longer come.")
OUTLET = Wording("{outlet} থেকে খবর আর আসবে না।", "Nothing from {outlet} will come any more.")
ALREADY = Wording("‘{tag}’ আগে থেকেই বাদ আছে।", "‘{tag}’ is left out already.")
EVERYTHING = Wording(
    "সব বাদ দিলে কিছুই আসবে না। খবর পাঠানো বন্ধ করতে লিখুন: বন্ধ।",
    "If everything is left out nothing comes. To stop all sending, write: stop.",
)
SHORT = Wording("অন্তত দুটি অক্ষর লিখুন।", "Please type at least two letters.")
LONG = Wording("এত লম্বা লেখা দিয়ে খোঁজা যায় না। দু-তিনটি শব্দ লিখুন।", "That is too long to search. Send two or three words.")
TOO_MANY = Wording(
    "একসঙ্গে {n}টি পর্যন্ত বেছে রাখা যায়। নতুনটি নিতে একটি সরান।", "You can keep up to {n} choices. Remove one to add another."
)
_REFUSED = {keywords.Refusal.EMPTY: SHORT, keywords.Refusal.SHORT: SHORT, keywords.Refusal.LONG: LONG}
"""What all have may be left out, though it may not be followed: that is what leaving out is for."""


async def run(request: Request) -> Reply:
    """Leave it out, with the way back to what was chosen for it before."""
    if not key(request.argument):
        return await ask_which(request, "mute", naming.mute)
    term = await meaning.term(request.store, request.argument)
    if term.kind is TermKind.ALL:
        return request.reply(EVERYTHING)
    name = meaning.name(term, request.language)
    before = await choosing.chosen(request.store, request.chat, term)
    if before is not None and before.exclude:
        return _answer(request, request.words(ALREADY, tag=name), Subscription(term, exclude=True), None, name)
    if before is None and (refusal := await _refusal(request, term)) is not None:
        return request.reply(refusal, n=keywords.MOST_FOLLOWED)
    now = Subscription(term, exclude=True)
    await choosing.follow(request.store, request.chat, now, request.now)
    wording = OUTLET if term.kind is TermKind.OUTLET else DONE
    return _answer(request, request.words(wording, tag=name, outlet=name), now, before, name)


async def _refusal(request: Request, term: Term) -> Wording | None:
    if len(await request.store.subscriptions.of_chat(request.chat.id)) >= keywords.MOST_FOLLOWED:
        return TOO_MANY
    refused = keywords.refused(term.name) if term.kind is TermKind.KEYWORD else None
    return _REFUSED.get(refused) if refused is not None else None


def _answer(request: Request, text: str, now: Subscription, before: Subscription | None, name: str) -> Reply:
    undo = naming.undo(now, before, now.term, name, request.language)
    return Reply(Message((paragraph(text), Choices(((undo,),))), brief=text))


COMMAND = Command(
    name="mute",
    summary=Wording("একটি বিষয় বা সংবাদমাধ্যম বাদ দিন", "Leave out a topic or an outlet"),
    run=run,
    suggest=suggesting.topic_or_outlet,
    takes_argument=True,
    usage="NAME",
    changes_chat=True,
    aliases=("বাদ", "বাদ দিন", "বাদ দাও", "মিউট", "bad dao", "bad din"),
)
