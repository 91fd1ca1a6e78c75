"""What admins are told of a source, in both languages."""

from __future__ import annotations

from typing import Protocol

from bot.values.wording import Wording

SET_ASIDE = Wording(
    "⚠️ {outlet}: একটি খবর পড়া যাচ্ছিল না, তাই সেটি বাদ রাখা হলো; বাকিগুলো আসছে।\n{headline}",
    "⚠️ {outlet}: one story could not be read and was set aside; the others go on.\n{headline}",
)
HELD = Wording(
    "⚠️ {outlet}: ফিডটি পড়তে গিয়ে দুবার থেমে যেতে হয়েছে, তাই এখন আর দেখা হচ্ছে না। আবার চালু করতে লিখুন: /resumesource {id}",
    "⚠️ {outlet}: reading this feed broke off twice, so it is not looked at for now. To resume it, send: "
    "/resumesource {id}",
)
TOO_MANY = Wording(
    "⚠️ {outlet} থেকে এক দিনে {n}টি নতুন খবর, অন্য দিনের দশ গুণের বেশি। বাকিগুলো আলাদা করে পাঠানো হবে না, একসঙ্গে যাবে। "
    "এই ফিড থামাতে লিখুন: /pausesource {id}",
    "⚠️ {outlet}: {n:new story|new stories} in one day, more than ten times its usual. The rest goes together, not one "
    "by one. To pause this feed, send: /pausesource {id}",
)
ELSEWHERE = Wording(
    "⚠️ {outlet}: ফিডের লিংকগুলো হঠাৎ অন্য সাইটে নিয়ে যাচ্ছে: {host}\nখবর নেওয়া থামানো হলো। ঠিক থাকলে লিখুন: /resumesource {id}",
    "⚠️ {outlet}: the links of this feed suddenly lead to another site: {host}\nNo news is taken from it. If that is "
    "right, send: /resumesource {id}",
)


class TellAdmins(Protocol):
    """Tells the admins something, each in their own language."""

    async def __call__(self, wording: Wording, **values: str | int) -> None:
        """Say it once."""


async def tell_nobody(wording: Wording, **values: str | int) -> None:
    """Leave it at what the log says."""
    del wording, values
