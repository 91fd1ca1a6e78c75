"""/why [N|#id]: says why a story came, or did not.

An admin asks the same for any chat: /why CHAT #id.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from bot.search import meaning, pages
from bot.subscriptions import choosing, naming
from bot.values.calls import Numbered
from bot.values.chats import Mode, Role, Target, Term, TermKind
from bot.values.delivery import DeliveryState, SubjectState, Why
from bot.values.messages import Choices, Message, Reply, paragraph
from bot.values.wording import Wording
from handlers import shown
from handlers.command import Audience, Command, Group, Request
from handlers.params import PositionParam, TextParam

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.values.chats import Chat
    from bot.values.reach import Fate

BECAUSE = Wording("কারণ আপনি ‘{tag}’ ফলো করছেন।", "Because you follow ‘{tag}’.")
BECAUSE_OUTLET = Wording("কারণ {tag} ফলো করছেন।", "Because you follow {tag}.")
BECAUSE_MAIN = Wording("কারণ আপনি প্রধান খবর নেন।", "Because you take the main stories.")
BECAUSE_BREAKING = Wording("কারণ এটি ব্রেকিং।", "Because it is breaking.")
WHICH = Wording(
    "কোন খবর? নিজে থেকে এখনো কিছু পাঠানো হয়নি; তালিকার নম্বর দিয়ে লিখুন, যেমন: কেন পেলাম ১।",
    "Which story? Nothing has been sent by itself yet; add a number from the list, for example: why 1.",
)
ONLY_ADMINS = Wording("এটি শুধু অ্যাডমিনরা করতে পারেন।", "Only admins can do this.")
NO_CHAT = Wording("‘{chat}’ নামে কোনো চ্যাট নেই।", "There is no chat {chat}.")
ARRIVED = Wording("পৌঁছেছে {time}।", "Arrived {time}.")
ARRIVED_ONCE = Wording("পৌঁছেছে।", "Arrived.")
NOT_SENT = Wording("পাঠানো হয়নি: {reason}।", "Not sent: {reason}.")
NOT_FOLLOWED = Wording(
    "নিজে থেকে পাঠানো হয়নি: বিষয়টি আপনি ফলো করেন না।", "Not sent by itself: you do not follow its topic."
)
IN_DIGEST = Wording("পরে একসঙ্গে গেছে ({time})", "went in the digest ({time})")
WENT_IN_DIGEST = Wording("একসঙ্গে পাঠানো হয়েছে ({time})।", "Went in the digest ({time}).")
WITH_DIGEST = Wording("{reason}, {digest}", "{reason}, {digest}")
FOR_DIGEST = Wording("পরের বার একসঙ্গে যাবে", "it goes in the next digest")
COMES_IN_DIGEST = Wording("পরের বার একসঙ্গে যাবে।", "It goes in the next digest.")
NO_MATCH = Wording("বিষয় মেলেনি", "no match")
LEFT_OUT = Wording("বাদ দেওয়া ছিল ({tag})", "it was left out ({tag})")
EARLIER = Wording("খবরটি আগের", "an older story")
TOO_OLD = Wording("৭ দিনের বেশি পুরোনো, তাই আর বলা যায় না", "it is older than 7 days, so it can no longer be told")
TAKEN_BACK = Wording(
    "খবরটি ভুল ছিল, অথবা যাচাই করা যায়নি; তাই সরানো হয়েছে। আর শেয়ার করবেন না।",
    "It was wrong or could not be verified, so it was withdrawn. Please don't share it further.",
)
TOLD_UNSURE = Wording(
    "একবার পাঠানোর পর উত্তর আসেনি, তাই দুবার পৌঁছে থাকতে পারে।", "One try brought no answer, so it may have arrived twice."
)
CHANGE_FAILED = Wording("পরে বদলানো যায়নি, কারণ {reason}।", "Not changed later because: {reason}.")
STATES = {
    DeliveryState.WAITING: Wording("এখনো অপেক্ষায়", "still waiting"),
    DeliveryState.SENDING: Wording("এখন পাঠানো হচ্ছে", "being sent now"),
    DeliveryState.SENT: Wording("পৌঁছেছে", "arrived"),
    DeliveryState.LEFT: Wording("পরের একনজরের জন্য রাখা", "kept for the next digest"),
    DeliveryState.DROPPED: Wording("কারণ জানা নেই", "the reason is not known"),
    DeliveryState.DEAD: Wording("পৌঁছানো যায়নি", "it could not be delivered"),
}
REASONS = {
    Why.QUIET: Wording("নীরব সময় ছিল", "quiet hours"),
    Why.CAP: Wording("দিনের সীমা পার", "over the daily cap"),
    Why.PAUSED: Wording("বিরতি চলছিল", "a break was on"),
    Why.STOPPED: Wording("পাঠানো বন্ধ ছিল", "sending was off"),
    Why.GONE: Wording("বট ব্লক ছিল", "blocked"),
    Why.STALE: Wording("পাঠাতে দেরি হয়ে গিয়েছিল", "it had waited too long"),
    Why.BACKLOG: Wording("একসঙ্গে অনেক খবর জমে গিয়েছিল", "too much had gathered at once"),
    Why.SLOW_START: Wording("প্রথম দিনে ঘণ্টায় অল্প কয়টি খবর যায়", "on the first day only a few go in an hour"),
    Why.DOUBTFUL: Wording("পৌঁছেছে কি না, নিশ্চিত হওয়া যায়নি", "it is not known whether it arrived"),
    Why.POISON: Wording("পাঠাতে গিয়ে বারবার সমস্যা হয়েছে", "sending it failed again and again"),
    Why.REFUSED: Wording("চ্যাট অ্যাপ বার্তাটি নেয়নি", "the chat app did not take the message"),
    Why.WITHDRAWN: Wording("খবরটি প্রত্যাহার করা হয়েছে", "the story was withdrawn"),
    Why.THREAD_CLOSED: Wording("টপিক বা চ্যানেলটি বন্ধ ছিল", "the topic or channel was closed"),
    Why.LOST: Wording("বার্তাটি আর খুঁজে পাওয়া যায়নি", "the message was no longer there"),
    Why.MOVED: Wording("চ্যাটের ঠিকানা বদলে গেছে", "the chat's address changed"),
    Why.TOO_OLD: Wording("৭ দিনের বেশি পুরোনো", "older than 7 days"),
    Why.EMPTY: Wording("পাঠানোর মতো নতুন কিছু ছিল না", "there was nothing new to send"),
    Why.SUPERSEDED: Wording("পরের একনজরে ঢুকে গেছে", "the next digest took it in"),
    Why.RESTORED: Wording("আগের কপি থেকে সব ফেরানো হয়েছে, তাই দুবার না যায়", "everything was restored from a copy"),
    Why.NO_PARENT: Wording("যে খবরের উত্তরে যেত, সেটি এখানে যায়নি", "the story that it answers was not sent here"),
    Why.STORY: Wording("একই খবর আগে গেছে", "the same story had gone out"),
}
_NARROW = (TermKind.ALL, TermKind.OUTLET, TermKind.TOPIC, TermKind.KEYWORD, TermKind.TAG)
_CHAT = re.compile(r"[a-z]+:\S+", re.ASCII)


CHAT = TextParam(name="chat", many=False, accepts=lambda text: _CHAT.fullmatch(text) is not None)
NUMBER = PositionParam(name="number", sign="N|#id", label=Wording("তালিকার নম্বর", "Number in the list"))


async def run(request: Request) -> Reply:
    """Explain why a story came, or did not.

    The last that was sent here, a place of a list, a number; or, for admins, in any chat.
    """
    if request.get(CHAT) is not None:
        return await _elsewhere(request)
    found = await _subject(request)
    if isinstance(found, Reply):
        return found
    fate = await request.store.deliveries.why(request.chat.id, found)
    return await _explained(request, fate)


async def _subject(request: Request) -> int | Reply:
    """Return the meant story's number, or an answer instead."""
    wanted = request.get(NUMBER)
    if isinstance(wanted, Numbered):
        return await _of_article(request, wanted.article_id)
    if wanted is None:
        last = None if request.unread(NUMBER) or request.rest else await request.store.deliveries.last(request.chat.id)
        return last if last is not None else request.reply(WHICH)
    listed = await shown.listed(request, wanted)
    if listed is None:
        return request.reply(WHICH)
    if not 1 <= wanted.position <= len(listed.ids):
        return request.reply(pages.not_in_list(len(listed.ids)), n=len(listed.ids))
    return await _of_article(request, listed.ids[wanted.position - 1])


async def _of_article(request: Request, article_id: int) -> int | Reply:
    subject = await request.store.subjects.of_article(article_id)
    return subject.id if subject is not None else request.reply(pages.FORGOTTEN)


async def _explained(request: Request, fate: Fate) -> Reply:
    """Answer a reader.

    Say why it came, with what to change about it; why it did not; what a withdrawal means.
    """
    if fate.subject.state is SubjectState.WITHDRAWN:
        # Never its headline: what was wrong is not said once more.
        return dataclasses.replace(request.reply(TAKEN_BACK), passing=True)
    came = _arrived(fate) or fate.digest_at is not None
    text = await _because(request, fate) if came else _not_come(request, fate)
    lines = [text]
    if came and fate.subject.article_id is not None:
        article = await request.store.articles.get(fate.subject.article_id)
        lines = [article.headline, text] if article is not None else [text]
    choices = _choices(request, _nearest(fate)) if came and fate.follows else ()
    return Reply(Message((paragraph(*lines), *choices), brief=text))


def _not_come(request: Request, fate: Fate) -> str:
    """Tell a reader why it did not come."""
    strange = fate.state is None and _reason(request.chat, fate) is NO_MATCH
    return request.words(NOT_FOLLOWED) if strange else explain(request, request.chat, fate)


async def _because(request: Request, fate: Fate) -> str:
    if not fate.follows:
        return request.words(BECAUSE_BREAKING if fate.subject.breaking_at is not None else ARRIVED_ONCE)
    term = _nearest(fate)
    if term.kind is TermKind.ALL:
        chosen = await choosing.chosen(request.store, request.chat, term)
        if chosen is not None and chosen.mode is Mode.DIGEST:
            return request.words(BECAUSE_MAIN)
    wording = BECAUSE_OUTLET if term.kind is TermKind.OUTLET else BECAUSE
    return request.words(wording, tag=meaning.name(term, request.language))


def _nearest(fate: Fate) -> Term:
    """Return the narrowest of what brought it.

    A tag says more than everything.
    """
    return max(fate.follows, key=lambda term: _NARROW.index(term.kind))


def _choices(request: Request, term: Term) -> tuple[Choices, ...]:
    name = meaning.name(term, request.language)
    # What the answer names needs no name on its button.
    off = naming.unfollow(term, name, request.language)
    rows = [dataclasses.replace(off, label=request.words(naming.UNFOLLOW_IT)) if request.traits.buttons else off]
    if term.kind is not TermKind.ALL:
        rows.append(naming.mute(term, name, request.language, pressed=request.traits.buttons))
    return (Choices((tuple(rows),)),)


async def _elsewhere(request: Request) -> Reply:
    """Tell an admin what became of a story in some chat."""
    named, wanted = request.get(CHAT), request.get(NUMBER)
    if request.role < Role.ADMIN:
        return request.reply(ONLY_ADMINS)
    if named is None or wanted is None:
        return request.reply(WHICH)
    platform, _, external_id = named.words.partition(":")
    chat = await request.store.chats.find(Target(platform, external_id))
    if chat is None:
        return request.reply(NO_CHAT, chat=named.words)
    found = await _of_article(request, wanted.article_id if isinstance(wanted, Numbered) else wanted.position)
    if isinstance(found, Reply):
        return found
    fate = await request.store.deliveries.why(chat.id, found)
    text = explain(request, chat, fate)
    return Reply(Message((paragraph(text),), brief=text))


def explain(request: Request, chat: Chat, fate: Fate) -> str:
    """Say in a sentence what became of a story in a chat."""
    if _arrived(fate):
        return _arrival(request, fate)
    if fate.state is None and fate.digest_at is not None:
        return request.words(WENT_IN_DIGEST, time=request.view.short(fate.digest_at))
    why = _reason(chat, fate)
    if why is FOR_DIGEST or (fate.state is DeliveryState.LEFT and fate.reason is None):
        return request.words(COMES_IN_DIGEST)
    reason = request.words(why, tag=", ".join(_names(request, fate.leaves_out)))
    if fate.state in (DeliveryState.LEFT, DeliveryState.DROPPED) and (digest := _digest(request, fate)):
        reason = request.words(WITH_DIGEST, reason=reason, digest=digest)
    return request.words(NOT_SENT, reason=reason)


def _arrived(fate: Fate) -> bool:
    """Return whether it lies in the chat.

    A card whose change is still to come lies there as well.
    """
    return fate.state is DeliveryState.SENT or fate.at is not None


def _arrival(request: Request, fate: Fate) -> str:
    said = [request.words(ARRIVED, time=request.view.short(fate.at)) if fate.at else request.words(ARRIVED_ONCE)]
    if fate.reason is not None:
        said.append(request.words(CHANGE_FAILED, reason=request.words(REASONS[fate.reason])))
    if fate.unsure:
        said.append(request.words(TOLD_UNSURE))
    return " ".join(said)


def _reason(chat: Chat, fate: Fate) -> Wording:
    if fate.state in (DeliveryState.WAITING, DeliveryState.SENDING):
        return STATES[fate.state]
    if fate.reason is not None:
        return REASONS[fate.reason]
    return STATES[fate.state] if fate.state is not None else _never_queued(chat, fate)


def _never_queued(chat: Chat, fate: Fate) -> Wording:
    """Say why a chat has no row for a story.

    It is not its, it is too old to know, or a digest is to bring it.
    """
    if fate.subject.state is SubjectState.WITHDRAWN:
        return REASONS[Why.WITHDRAWN]
    if fate.leaves_out:
        return LEFT_OUT
    if fate.purged:
        return TOO_OLD
    if not fate.follows:
        return NO_MATCH
    comes = chat.digest_at is not None and (chat.digest_from or 0) < fate.subject.id
    return FOR_DIGEST if comes else EARLIER


def _digest(request: Request, fate: Fate) -> str:
    if fate.digest_at is not None:
        return request.words(IN_DIGEST, time=request.view.short(fate.digest_at))
    return request.words(FOR_DIGEST) if fate.state is DeliveryState.LEFT and fate.reason is not None else ""


def _names(request: Request, terms: Sequence[Term]) -> list[str]:
    return [meaning.name(term, request.language) for term in terms]


COMMAND = Command(
    name="why",
    summary=Wording("খবরটি কেন এল, বা এল না", "Why a story came, or did not"),
    run=run,
    params=(CHAT, NUMBER),
    audience=Audience.CHAT,
    group=Group.ARRANGE,
    order=2,
    helps=Wording("/why শেষ খবরটি কেন এল", "/why Why the last story came"),
    aliases=("কেন পেলাম", "কেন এল", "keno pelam"),
)
