"""/follow X: everything, an outlet or a topic, as it comes."""

from __future__ import annotations

import math

from bot import lookup
from bot.bangla.normalise import key
from bot.messages import Choices, Message, Reply, paragraph
from bot.subscriptions import naming
from bot.wording import Wording
from handlers.command import Command, Request

SHORT = Wording("অন্তত দুটি অক্ষর লিখুন।", "Please type at least two letters.")
FOLLOWING = Wording("‘{tag}’ ফলো করছেন।", "Following ‘{tag}’.")
ALREADY = Wording("‘{tag}’ আগে থেকেই ফলো করছেন।", "You already follow ‘{tag}’.")
TOO_MANY = Wording(
    "একসঙ্গে {n}টি পর্যন্ত ফলো করা যায়। নতুনটি নিতে একটি বাদ দিন।",
    "You can follow up to {n}. Remove one to add another.",
)
DAILY = Wording("দিনে গড়ে {n}টি খবর।", "About {n} stories a day.")
WEEKLY = Wording("সপ্তাহে প্রায় {n}টি খবর।", "About {n} stories a week.")
NONE_YET = Wording(
    "গত ৭ দিনে এ নিয়ে খবর আসেনি; এলেই জানাব।", "Nothing on it in the last 7 days; you will hear when there is."
)
MOST = 200
LEAST_LETTERS = 2
_A_DAY = 0.95
"""Below this many a day, the number is told for the week."""


async def run(request: Request) -> Reply:
    """Follow what was named, saying how much that brings, with the way back."""
    if not key(request.argument):
        return request.reply(naming.WHICH)
    if sum(sign.isalnum() for sign in key(request.argument)) < LEAST_LETTERS:
        return request.reply(SHORT)
    term = await lookup.term(request.store, request.argument)
    name = naming.name(term, request.language)
    if len(await request.store.subscriptions.following(request.chat.id)) >= MOST:
        return request.reply(TOO_MANY, n=MOST)
    volume = await request.store.subscriptions.volume(term, request.now)
    new = await request.store.subscriptions.follow(request.chat.id, term, request.now)
    if not new:
        return request.reply(ALREADY, tag=name)
    text = f"{request.words(FOLLOWING, tag=name)} {_volume(request, volume)}"
    undo = Choices(((naming.unfollow(name, request.language),),))
    return Reply(Message((paragraph(text), undo), brief=text))


def _volume(request: Request, a_day: float) -> str:
    if not a_day:
        return request.words(NONE_YET)
    if a_day < _A_DAY:
        return request.words(WEEKLY, n=math.ceil(a_day * 7))
    return request.words(DAILY, n=round(a_day))


COMMAND = Command(
    name="follow",
    summary=Wording("কোনো বিষয় ফলো করুন", "Follow a topic"),
    run=run,
    takes_argument=True,
    usage="NAME",
    aliases=("ফলো", "ফলো করুন", "ফলো করো", "সাবস্ক্রাইব", "অনুসরণ", "folow", "sub", "subscribe"),
)
