"""What requests mean in words of their own.

They leave something out, say where somebody lives or how long, or name no topic.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.search.grammar.intents import BothWanted, Inquiry, Intent, Wanted
from bot.search.grammar.reading import read
from bot.search.grammar.setting_sentence import Order
from bot.search.grammar.talk import Talk

DHAKA = ZoneInfo("Asia/Dhaka")
NOW = datetime(2026, 2, 26, 15, tzinfo=DHAKA)  # a Thursday


def _said(found: Intent) -> str:
    match found:
        case Order():
            return f"/{found.command} {found.argument}".strip()
        case BothWanted():
            return f"{_said(found.first)} & {_said(found.second)}"
        case Wanted():
            how = f" {found.how.name}" if found.how is not None else ""
            but = f" but {found.excepted}" if found.excepted else ""
            when = f" at {found.times}" if found.times else ""
            lasts = f" for {found.until - NOW}" if found.until is not None else ""
            everything = " all" if found.everything else ""
            return f"{found.act.name}{everything} {'+'.join(found.objects)}{how}{when}{but}{lasts}".replace(
                "  ", " "
            ).strip()
        case Inquiry():
            return f"? {found.text} -{'-'.join(found.without)}".strip(" -")
        case Talk():
            return found.value


REQUESTS = {
    "but for": {
        "শুক্রবার বাদে প্রতিদিন সকাল ৯টায় দিও": "/settings time mon tue wed thu sat sun 09:00",
        "শুক্র ও শনিবার ছাড়া রোজ খবর দিও": "/settings time mon tue wed thu sun 08:00",
        "রোব সোম মঙ্গল বুধ বৃহস্পতি শুক্র শনিবার ছাড়া রোজ খবর দিও": "/settings time",
        "শুক্রবার বাদ দিয়ে রোজ রাতে খবর দিও": "/settings time mon tue wed thu sat sun 21:00",
        "ব্রেকিং ছাড়া কিছু পাঠাবেন না": "/settings time breaking",
        "ব্রেকিং বাদে সব বন্ধ": "/settings time breaking",
        "breaking chara kisu pathaben na": "/settings time breaking",
        "ছবি ছাড়া পাঠান": "/settings picture none",
        "খেলা ছাড়া আর কিছু পাঠাবেন না": "FOLLOW খেলা",
        "গ্রামের আলো আর ডেইলি ঘাট ছাড়া অন্য কিছু দেখাইও না": "FOLLOW গ্রামের আলো+ডেইলি ঘাট",
        "রাজনীতি বাদে সব খবর চাই": "FOLLOW all but রাজনীতি",
        "রাজনীতি ছাড়া আর সবকিছু পাঠান": "FOLLOW all but রাজনীতি",
        "khelar khobor bade sob": "FOLLOW all but khelar",
        "সাকিবের খবর ছাড়া খেলার সব খবর দাও": "? খেলার -সাকিব",
        "রাজনীতি বাদ দিয়ে দাও": "MUTE রাজনীতি",
        "বাংলাদেশ ছাড়া বিশ্বকাপ": "? বাংলাদেশ ছাড়া বিশ্বকাপ",
    },
    "two requests": {
        "খেলা ফলো করো আর রাজনীতি বাদ দাও": "FOLLOW খেলা & MUTE রাজনীতি",
        "ফুটবল বাদ দিয়ে ক্রিকেট ফলো করো": "MUTE ফুটবল & FOLLOW ক্রিকেট",
        "ক্রিকেটের খবর দিয়েন কিন্তু ফুটবল না": "FOLLOW ক্রিকেটের & MUTE ফুটবল",
        "খেলা চাই, রাজনীতি চাই না": "FOLLOW খেলা & MUTE রাজনীতি",
        "খেলা আর রাজনীতি বাদ দাও": "MUTE খেলা+রাজনীতি",
        "সকালে উঠে খবর পড়ি, ৬টায় দিও": "? সকালে উঠে পড়ি ৬টায়",
        "ভোট চাই না, বিচার চাই": "? ভোট চাই না বিচার",
    },
    "no topic": {
        "সকালের খবর রাতে দিও": "/settings time 21:00",
        "আগের খবরটা আবার দেখাও": "/latest",
        "এই পত্রিকা আর চাই না": "MUTE",
        "ধন্যবাদ, আর লাগবে না": "MUTE",
        "ধন্যবাদ, খেলা বাদ দাও": "MUTE খেলা",
        "হ্যাঁ দাও": "yes",
        "বাতিল করো": "no",
        "ঘুমাচ্ছি, সকালে পাঠাইও": "/settings time",
        "এখন ব্যস্ত আছি, পরে দিও": "PAUSE",
        "অপরাধের খবর কম দিও": "EITHER অপরাধের",
        "শুধু বড় খবর দিও": "FOLLOW প্রধান",
        "রমজানে খবর বন্ধ": "PAUSE",
        "পরে পড়ব": "? পরে",
        "সকাল সকাল খবর দিও": "/settings time 08:00",
        "মাসে একবার পাঠাবেন": "/settings time",
        "mute koro politics": "MUTE politics",
        "i only want cricket": "FOLLOW cricket",
        "no pictures please": "/settings picture none",
        "protidin sokal 8 tay khobor diben": "/settings time 08:00",
        "send me news twice a day": "/settings time twice",
    },
    "if it happens": {
        "চট্টগ্রামের কোনো দুর্ঘটনা হলে জানাবেন": "FOLLOW চট্টগ্রামের দুর্ঘটনা AT_ONCE",
        "ঢাকায় আগুন লাগলে সাথে সাথে জানাবেন": "FOLLOW ঢাকায় আগুন AT_ONCE",
        "বাংলাদেশ জিতলে জানাবেন": "FOLLOW বাংলাদেশ AT_ONCE",
    },
    "where": {
        "আমার শহর রাজশাহী": "/district রাজশাহী",
        "আমি খুলনায় থাকি": "/district খুলনা",
        "আমার বাড়ি কুমিল্লা": "/district কুমিল্লা",
        "আমি এখন দুবাই থাকি": "/settings zone Asia/Dubai",
        "সময় অঞ্চল লন্ডন করো": "/settings zone Europe/London",
        "জেলা বরিশাল": "/district বরিশাল",
        "আমি সিলেটের মানুষ": "/district সিলেট",
        "আমি থাকি যশোরে": "/district যশোর",
        "i live in sylhet": "/district সিলেট",
        "আমি ভালো থাকি": "? আমি ভালো থাকি",
    },
    "how long": {
        "পরশু পর্যন্ত চুপ থাকো": "PAUSE for 1 day, 17:00:00",
        "চুপ থাকো আজকে সারাদিন": "PAUSE for 17:00:00",
        "পাঁচ দিন বাইরে থাকব, খবর পাঠিও না": "PAUSE for 5 days, 0:00:00",
        "pause for 3 hours": "PAUSE for 3:00:00",
        "pause until tomorrow": "PAUSE for 17:00:00",
        "mute politics for 2 days": "MUTE politics for 2 days, 0:00:00",
        "mute cricket until monday": "MUTE cricket for 3 days, 17:00:00",
        "stop sending me news for a week": "PAUSE for 7 days, 0:00:00",
        "stop sending me news": "SWITCH_OFF all",
    },
    "how much": {
        "এত খবর পাঠাও কেন": "/settings cap",
        "খুব বেশি খবর আসছে": "/settings cap",
        "দিনে তিনবারের বেশি না": "/settings time 08:00 13:00 21:00",
        "সাপ্তাহিক ডাইজেস্ট চাই": "/settings time fri 08:00",
        "send me a weekly digest": "/settings time fri 08:00",
        "দিনে একটার বেশি পাঠাবেন না": "/settings cap 1",
        "less news please": "/settings cap",
        "too many messages": "/settings cap",
        "give me 5 headlines": "/latest 5",
        "ব্রেকিং কম দাও": "/settings breaking day",
        "নিঃশব্দে পাঠাও": "/settings sound off",
        "পরেরটা": "/more",
        "আরো পাঁচটা দাও": "/more",
        "show me more": "/more",
        "সকাল ৭টার আগে ডিস্টার্ব করবে না": "/quiet 23:00-07:00",
        "নীরব সময় তুলে দাও": "/quiet no",
    },
    "of the bot": {
        "আমি কোন কোন জিনিস বাদ দিয়েছি": "/following",
        "আমি কি ক্রিকেট ফলো করি": "/following",
        "what am i following": "/following",
        "কী কী কমান্ড আছে": "/help",
        "what can you do": "/help",
        "how do i change the time": "/help",
        "একটাও খবর আসেনি আজ": "/status",
        "কীভাবে কাজ করে এটা": "/help",
        "আমার অ্যাকাউন্ট ডিলিট করো": "/settings erase",
        "একটা ভুল ধরেছি": "/report",
        "এই খবরটা মিথ্যা": "/report",
        "২ নং খবরের লিংক দাও": "/read 2",
        "বাংলা খবর না, ইংরেজিতে দাও": "/language en",
        "ইংরেজি না, বাংলা": "/language bn",
        "change language to bangla": "/language bn",
        "আর ফলো করতে চাই না ক্রিকেট": "UNFOLLOW ক্রিকেট",
        "remove cricket from my list": "UNFOLLOW cricket",
        "unfollow everything": "UNFOLLOW all",
        "follow dhaka and sylhet": "FOLLOW dhaka+sylhet",
        "every friday send me sports news": "FOLLOW sports at fri 08:00",
        "what's happening in sylhet": "? sylhet",
        "news from nodi alo": "? nodi alo",
    },
}


@pytest.mark.parametrize("kind", REQUESTS)
def test_what_is_said_in_other_words(kind: str) -> None:
    assert {text: _said(read(text, NOW, DHAKA)) for text in REQUESTS[kind]} == REQUESTS[kind]


def test_a_break_ends_later_than_now() -> None:
    for text in REQUESTS["how long"]:
        found = read(text, NOW, DHAKA)
        assert isinstance(found, Wanted)
        assert found.until is None or timedelta() < found.until - NOW < timedelta(days=8)
