"""The seed's article as the copy deck shows it.

A test draws a message by it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.articles.card.view import View
from bot.values.articles import Article, FullText, Outlet
from bot.values.calls import Call
from bot.values.chats import Language, Picture
from bot.values.messages import Traits
from handlers import button_data
from handlers.platforms.telegram.render import render

if TYPE_CHECKING:
    from bot.values.messages import Choice, Message
    from handlers.platforms.telegram.piece import TelegramPiece

URL = "https://example.com/a?x=1&y=2"
NOW = datetime(2025, 6, 23, 14, 0, tzinfo=UTC)
VIEW = View(Language.BANGLA, ZoneInfo("Asia/Dhaka"), NOW, Traits(buttons=True))
HEADLINE = "ইরান-ইসরায়েল সংঘাতে রাশিয়ার সহযোগিতা চাইলেন ইরানের সর্বোচ্চ নেতা খামেনি"
SENTENCES = (
    (
        "ইসরায়েল এবং যুক্তরাষ্ট্রের সঙ্গে চলমান যুদ্ধ পরিস্থিতিতে রাশিয়ার কাছ থেকে সরাসরি সহযোগিতা চেয়েছেন "
        "ইরানের সর্বোচ্চ নেতা আয়াতুল্লাহ আলী খামেনি।"
    ),
    (
        "ইরানের পররাষ্ট্রমন্ত্রী সৈয়দ আব্বাস আরাগচি আজ সোমবার মস্কো সফরে গিয়ে দেশটির প্রেসিডেন্ট "
        "ভ্লাদিমির পুতিন-এর হাতে একটি বিশেষ চিঠি হস্তান্তর করেন।"
    ),
    (
        "রাশিয়ার প্রেসিডেন্ট দপ্তর ‘ক্রেমলিন’ এক বিবৃতিতে বিষয়টি নিশ্চিত করে জানিয়েছে, "
        "ইরানের পক্ষ থেকে একটি আনুষ্ঠানিক চিঠি পুতিনের কাছে পৌঁছানো হয়েছে।"
    ),
)
ARTICLE = Article(
    id=7,
    source_id=1,
    revision=1,
    headline=HEADLINE,
    body=(f"মস্কো, ২৩ জুন ২০২৫: {SENTENCES[0]} {SENTENCES[1]}", SENTENCES[2]),
    summary=SENTENCES,
    first_seen=NOW,
    outlet=Outlet(1, "নমুনা পোর্টাল", "Sample Portal"),
    url=URL,
    wire_sources=("তাস", "ক্রেমলিন বিবৃতি"),
    tags=("ইরান", "রাশিয়া"),
    published=datetime(2025, 6, 23, 12, 12, 45, tzinfo=UTC),
    full_text=FullText.ALLOWED,
    topic="world",
)
PICTURED = replace(ARTICLE, image="https://example.com/a.jpg")
LINK = '<a href="https://example.com/a?x=1&amp;y=2">'
FOOT = f"""{LINK}নমুনা পোর্টাল</a> · সূত্র: তাস, ক্রেমলিন বিবৃতি
সোমবার, ২৩ জুন ২০২৫, সন্ধ্যা ৬:১২"""


def press(choice: Choice) -> str:
    return (button_data.pack(choice.does) or "~")[:64] if isinstance(choice.does, Call) else ""


def only(message: Message, picture: Picture = Picture.SMALL) -> TelegramPiece:
    (piece,) = render(message, press, picture=picture)
    return piece
