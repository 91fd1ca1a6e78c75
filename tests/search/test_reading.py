"""What sentences want.

Verb, form and negation in the manner of Dhaka, of Kolkata, and in Roman letters.
"""

from __future__ import annotations

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from bot.bangla.normalise import display
from bot.search.grammar.acts import Act, EndManner
from bot.search.grammar.intents import Inquiry, Wanted
from bot.search.grammar.reading import read
from bot.search.grammar.setting_sentence import Order
from bot.search.grammar.talk import Talk
from tests.bangla.strategies import texts

DHAKA = ZoneInfo("Asia/Dhaka")
NOW = datetime(2026, 2, 26, 15, tzinfo=DHAKA)


def _wanted(text: str) -> tuple[str, ...]:
    found = read(text, NOW, DHAKA)
    assert isinstance(found, Wanted), found
    how = (found.how.name,) if found.how is not None else ()
    return (found.act.name, *found.objects, *how)


@pytest.mark.parametrize(
    ("act", "about", "sentences"),
    [
        (
            "FOLLOW",
            "মেসিকে",
            ("মেসিকে ফলো করো", "মেসিকে ফলো কইরা রাখেন", "মেসিকে ফলো করে রেখো তো", "মেসিকে ফলো করতে চাচ্ছি"),
        ),
        ("FOLLOW", "খেলার", ("খেলার খবর রোজ দিয়েন", "আমাকে খেলার খবর পাঠাবেন", "খেলার খবর জানিও", "ভাই, খেলার খবর পেতে চাইছি")),
        ("FOLLOW", "খেলার", ("খেলার আপডেট দিতে থাকুন", "এখন থেকে খেলার খবর নিয়মিত জানাইয়েন", "খেলার খবর তালিকায় রেখো")),
        ("UNFOLLOW", "খেলা", ("খেলা ফলো বন্ধ করুন", "খেলা আনফলো কইরা দেন", "খেলা আর ফলো করমু না", "খেলা লিস্ট থেকে সরান")),
        ("UNFOLLOW", "খেলা", ("খেলা ফলো করতে চাইছি না", "খেলা তালিকা থেকে তুলে দিন", "খেলা আর ফলো করছি না, বন্ধ করে দিন")),
        ("MUTE", "খেলা", ("খেলা বাদ দাও", "খেলা আর চাই না", "খেলা লাগবে না", "খেলা দেখতে চাইছি না", "খেলা আর না", "খেলা ভালো লাগে না")),
        ("MUTE", "খেলার", ("খেলার খবর আর পাঠায়েন না", "খেলার খবর দিও না", "খেলার খবর পাঠাতে হবে না", "খেলার কোনো খবর চাই না")),
        ("MUTE", "খেলার", ("খেলার খবর পাঠানো বন্ধ করুন", "খেলার খবর শুনতে চাচ্ছি না", "খেলার খবর ভাল্লাগে না, বাদ দেন")),
        ("UNMUTE", "খেলা", ("খেলা ফিরিয়ে আনো", "খেলা ফেরত দেন", "খেলা বাদ দিয়েন না", "খেলা বাদ তুলে নিন", "খেলা আবার দেখায়েন")),
        ("UNMUTE", "খেলার", ("খেলার খবর আবার পাঠানো শুরু করুন", "খেলার খবর আবার চাইছি")),
        ("EITHER", "খেলা", ("খেলা ফলো করো না",)),
        (
            "FOLLOW",
            "khela",
            ("khela follow kro", "khela niyomito chai", "ami khela follow korte chai", "khela follow koren to"),
        ),
        ("MUTE", "khela", ("khela bad den", "khela ar chai na", "khela lagbe na vai", "khela er khobor diyen na")),
        ("UNMUTE", "khela", ("khela firiye ano", "khela abar diyen", "khela bad diyen na")),
    ],
)
def test_the_end_of_a_sentence_decides(act: str, about: str, sentences: tuple[str, ...]) -> None:
    assert {sentence: _wanted(sentence) for sentence in sentences} == dict.fromkeys(sentences, (act, display(about)))


@pytest.mark.parametrize(
    "sentence",
    [
        *("খেলার খবর এলেই পাঠান", "খেলার খবর আসলেই জানায়েন", "খেলার খবর সঙ্গে সঙ্গে জানিও", "খেলার খবর হলেই জানান"),
        *("খেলার খবর আসামাত্র দিয়েন", "খেলার নোটিফিকেশন দেন", "খেলার লাইভ আপডেট দেন"),
    ],
)
def test_at_once(sentence: str) -> None:
    assert _wanted(sentence) == ("FOLLOW", "খেলার", EndManner.AT_ONCE.name)


@pytest.mark.parametrize(
    ("sentence", "objects"),
    [
        ("ক্রিকেট আর ফুটবল রোজ দিয়েন", ("ক্রিকেট", "ফুটবল")),
        ("ক্রিকেট, ফুটবল ও হকি ফলো করুন", ("ক্রিকেট", "ফুটবল", "হকি")),
        ("cricket ar football follow koro", ("cricket", "football")),
        ("খেলা আর চাই না", ("খেলা",)),
        ("আমাকে খেলার সব খবর পাঠাবেন", ("খেলার",)),
        ("গাজা নিয়ে যা আসে সব দিও", ("গাজা",)),
        ("➕ হাদি ফলো করুন", ("হাদি",)),
    ],
)
def test_an_object_is_freed_and_parted(sentence: str, objects: tuple[str, ...]) -> None:
    found = read(sentence, NOW, DHAKA)
    assert isinstance(found, Wanted)
    assert found.objects == objects


@pytest.mark.parametrize(
    ("sentence", "act", "about", "times"),
    [
        ("i want cricket news daily at 9am", "FOLLOW", "cricket", "09:00"),
        ("follow cricket every night", "FOLLOW", "cricket", "21:00"),
        ("turn off sports", "MUTE", "sports", ""),
        ("খেলা ছাড়া অন্য কিছু পাঠিও না", "FOLLOW", "খেলা", ""),
        ("খেলা ছাড়া কিছু চাই না", "FOLLOW", "খেলা", ""),
        ("বেশি করে খেলার খবর দিও", "FOLLOW", "খেলার", ""),
        ("হাদির খবর, আর পাঠিও না", "MUTE", "হাদির", ""),
    ],
)
def test_what_is_wanted_of_a_name(sentence: str, act: str, about: str, times: str) -> None:
    found = read(sentence, NOW, DHAKA)
    assert isinstance(found, Wanted)
    assert (found.act.name, found.objects, found.times) == (act, (about,), times)


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("start again", Act.SWITCH_ON),
        ("বিরতি বাতিল করো", Act.SWITCH_ON),
        ("don't send me news", Act.SWITCH_OFF),
        ("turn off notifications", Act.SWITCH_OFF),
    ],
)
def test_all_news_in_english(sentence: str, act: Act) -> None:
    assert read(sentence, NOW, DHAKA) == Wanted(act, everything=True)


@pytest.mark.parametrize(
    ("sentence", "act"), [("সেই খবরটা আর পাঠিও না", Act.MUTE), ("এই বিষয়টা ফলো করো", Act.FOLLOW), ("এটা আর চাই না", Act.MUTE)]
)
def test_what_only_points_names_nothing(sentence: str, act: Act) -> None:
    assert read(sentence, NOW, DHAKA) == Wanted(act, told=act is Act.FOLLOW)


def test_two_words_that_are_both_meant_are_two_names() -> None:
    found = read("সাকিব তামিম দুজনকেই ফলো করব", NOW, DHAKA)
    assert isinstance(found, Wanted)
    assert found.objects == ("সাকিব", "তামিম")


def test_a_long_english_object_may_be_a_headline_and_is_asked_about() -> None:
    found = read("turn off the lights says minister", NOW, DHAKA)
    assert isinstance(found, Wanted)
    assert not found.told


@pytest.mark.parametrize(
    "sentence",
    [
        "কীভাবে মারা গেলেন হাদি",
        "নির্বাচন কীভাবে হবে",
        "ইরানের খবর কখন এল",
        "কখন খেলা শুরু",
        "বিএনপি কী করতে পারে",
        "১৫ ডিসেম্বর থেকে খবর দেখাও",
        "start again the long road",
    ],
)
def test_questions_of_news_are_no_help(sentence: str) -> None:
    assert isinstance(read(sentence, NOW, DHAKA), Inquiry)


@pytest.mark.parametrize(
    ("sentence", "order"),
    [
        ("সকাল ৭টা আর রাত ১০টায় পাঠাবেন", "settings time 07:00 22:00"),
        ("সকাল সাতটায় খবর দিও", "settings time 07:00"),
        ("ডাইজেস্ট ৭টা ২২টা", "settings time 07:00 22:00"),
        ("sokal 8 tay diyen", "settings time 08:00"),
        ("শুধু সকালে দিন", "settings time morning"),
        ("শুক্রবার সকালে দিন", "settings time fri 08:00"),
        ("শুধু ছুটির দিনে", "settings time fri sat 08:00"),
        ("সময় বদলাও", "settings time"),
        ("time change koro", "settings time"),
        ("রাতে খবর পাঠাবেন না", "quiet 23:00-07:00"),
        ("raate diyen na", "quiet 23:00-07:00"),
        ("ঘুমের সময় না", "quiet 23:00-07:00"),
        ("রাত ১০টা থিকা সকাল ৮টা পর্যন্ত ডিস্টার্ব কইরেন না", "quiet 22:00-08:00"),
        ("ব্রেকিং চাই না", "settings breaking never"),
        ("ব্রেকিং কমান", "settings breaking day"),
        ("শুধু ব্রেকিং দিন", "settings time breaking"),
        ("ব্রেকিং রাতে না", "settings breaking day"),
        ("breaking off koro", "settings breaking never"),
        ("ছবি ছাড়া", "settings picture none"),
        ("ছবি ছাড়া খবর দাও", "settings picture none"),
        ("রাতে কিছু পাঠাবেন না", "quiet 23:00-07:00"),
        ("রাত ১১টার পরে কিছু পাঠাবেন না", "quiet 23:00-07:00"),
        ("সকাল ৮টার আগে মেসেজ দিবেন না", "quiet 23:00-08:00"),
        ("sokal 8 tar age khobor diyen na", "quiet 23:00-08:00"),
        ("dont send me anything at night", "quiet 23:00-07:00"),
        # Hours that were not said are asked for.
        ("দয়া করে সকালবেলা খবর পাঠাবেন না", "settings quiet"),
        ("শুক্রবার কিছু পাঠাবেন না", "settings time"),
        ("সপ্তাহে তিন দিন খবর দিও", "settings time"),
        ("একদিন পর পর খবর দিও", "settings time"),
        ("২ ঘণ্টা পর পর খবর দিও", "settings time"),
        ("অফিস শেষে খবর দিও", "settings time"),
        ("সপ্তাহে একদিন খবর দিও", "settings time fri 08:00"),
        ("রোববার থেকে বৃহস্পতিবার সকাল ৮টায় দিও", "settings time sun mon tue wed thu 08:00"),
        ("send me news every morning", "settings time morning"),
        ("send me news at 8 am and 9 pm", "settings time 08:00 21:00"),
        ("turn off sound", "settings sound off"),
        ("stop sending me breaking news", "settings breaking never"),
        ("i don't want pictures", "settings picture none"),
        ("ছবি বড় করুন", "settings picture large"),
        ("chobi chara diyen", "settings picture none"),
        ("শুধু শিরোনাম", "settings card headline"),
        ("সংক্ষেপে দিন", "settings card summary"),
        ("শব্দ বন্ধ করুন", "settings sound off"),
        ("সাইলেন্ট করেন", "settings sound off"),
        ("ইংরেজিতে দিন", "language en"),
        ("banglay likho", "language bn"),
        ("জেলা বদলাও", "district"),
        ("আমার জেলা সিলেট করে দাও", "district সিলেট"),
        ("দিনে ১০টার বেশি না", "settings cap 10"),
        ("দিনে ১০টি দিন", "settings cap 10"),
        ("এত পাঠাবেন না", "settings cap"),
        ("কলকাতার সময় ধরুন", "settings zone Asia/Kolkata"),
        ("সময় রিয়াদের করুন", "settings zone Asia/Riyadh"),
        ("সেটিংস খুলুন", "settings"),
        ("setting e jabo", "settings"),
        ("আমার সব তথ্য মুছে দাও", "settings erase"),
        ("সব খবর এলেই পাঠাও", "settings time now"),
    ],
)
def test_a_setting_is_named_by_its_object(sentence: str, order: str) -> None:
    assert read(sentence, NOW, DHAKA) == Order(*(display(order).split(" ", 1)))


@pytest.mark.parametrize(
    ("sentence", "order"),
    [
        ("কী কী ফলো করছি", "following"),
        ("কতগুলো বিষয় ফলো করি", "following"),
        ("আমি কাকে ফলো করি দেখাও", "following"),
        ("কোন কোন পত্রিকা আছে দেখাও", "sources"),
        ("নতুন কী এসেছে দেখাও", "latest"),
        ("খবর দাও", "latest"),
        ("আজকের প্রধান খবরগুলো দেখাও", "today"),
        ("আরেকটু দেখাও", "more"),
        ("দুই নম্বরটা পুরো দেখাও", "read 2"),
        ("৩ নম্বর খবরটা খুলুন", "read 3"),
        ("প্রথম খবরটা দেখাও", "read 1"),
        ("পুরো খবর দাও ২", "read 2"),
        ("পুরোটা দেখাও ৩", "read 3"),
        ("৫ খোলো", "read 5"),
        ("খোলো ৪", "read 4"),
        ("১ নম্বর খবরে ভুল আছে", "report 1"),
        ("খবর আসছে না কেন", "status"),
        ("খবর নাই কেন", "status"),
        ("পরের খবর কখন আসবে", "status"),
        ("কখন খবর পাঠাও", "status"),
        ("আমি কীভাবে ফলো করব", "help"),
        ("কী করতে পারো", "help"),
        ("খবরটা শেয়ার করব কীভাবে", "help"),
        ("what's new", "latest"),
        ("show me the second one", "read 2"),
        ("open 3", "read 3"),
        ("সাহায্য করো", "help"),
    ],
)
def test_a_screen_is_asked_for_in_a_sentence(sentence: str, order: str) -> None:
    assert read(sentence, NOW, DHAKA) == Order(*order.split(" ", 1))


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        *(
            (one, Act.SWITCH_OFF)
            for one in ("সব বন্ধ করেন", "খবর আসা বন্ধ করে দিন", "আর পাঠাবেন না", "মেসেজ দেবেন না", "sob bondho koro")
        ),
        *((one, Act.SWITCH_ON) for one in ("আবার খবর পাঠানো শুরু করেন", "খবর চালু কইরা দেন", "abar chalu koro")),
        *(
            (one, Act.PAUSE)
            for one in ("বিরতি দিন", "একটু থামেন", "বিরক্ত করবেন না", "এখন দিয়েন না", "আপাতত থাক", "disturb koro na")
        ),
    ],
)
def test_all_sending(sentence: str, act: Act) -> None:
    found = read(sentence, NOW, DHAKA)
    assert isinstance(found, Wanted)
    assert (found.act, found.objects) == (act, ())


@pytest.mark.parametrize(
    "sentence",
    [
        *("বাদ জুমা বিক্ষোভ", "বাদ পড়লেন সাকিব", "ফলো আপ", "ভাষা আন্দোলন", "শেয়ার বাজার", "যাচাই বাছাই", "অভিযোগ গঠন"),
        *("যুদ্ধ বিরতি চাই", "সেতু বন্ধ করুন", "স্কুল বন্ধ", "ইন্টারনেট বন্ধ", "আগুন লাগবে", "কত লাগবে", "চাকরি পেতে চাই", "ঈদের দিন"),
        *("দল থেকে সাকিবকে বাদ দিন, বললেন সাবেক অধিনায়ক", "ভোট চাই না, বিচার চাই", "চুপ থাকব না: মির্জা ফখরুল"),
        *("যুদ্ধ বন্ধ করুন, আহ্বান জাতিসংঘের", "“ক্রিকেট বাদ দিন”", "সকাল ৭টা থেকে বিকেল ৪টা পর্যন্ত ভোটগ্রহণ"),
        *("নিরাপদ সড়ক চাই", "ইলিশের দাম নিয়ে জানতে চাই", "দাও না ক্রিকেট", "ক্রিকেট দেখান না", "নির্বাচনের খবর পাঠাও না"),
    ],
)
def test_what_only_looks_like_a_wish_is_a_question(sentence: str) -> None:
    assert isinstance(read(sentence, NOW, DHAKA), Inquiry)


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("আসসালামু আলাইকুম ভাইয়া", Talk.SALAM),
        ("হ্যালো ভাই", Talk.HELLO),
        ("শুভ দুপুর", Talk.DAY),
        ("ধন্যবাদ ভাই", Talk.THANKS),
        ("thank you so much", Talk.THANKS),
        ("kemon asen", Talk.WELL),
        ("কী অবস্থা মামা", Talk.WELL),
        ("তুমি কি মানুষ না রোবট", Talk.HUMAN),
        ("শালা ফালতু বট", Talk.INSULT),
        ("তুই একটা গাধা", Talk.INSULT),
        ("😂😂", Talk.NONSENSE),
        ("...", Talk.NONSENSE),
        ("sdfkjh sdkfj", Talk.NONSENSE),
        ("👍", Talk.OK),
        ("ঈদ মোবারক সবাইকে", Talk.EID),
    ],
)
def test_small_talk(text: str, talk: Talk) -> None:
    assert read(text, NOW, DHAKA) is talk


@pytest.mark.parametrize("text", ["গরু", "পাগল", "হাই কোর্ট", "শুভ", "সালাম মুর্শেদী", "WHO", "bal", "ধন্যবাদ প্রস্তাব", "BBC"])
def test_what_may_be_news_is_no_small_talk(text: str) -> None:
    assert not isinstance(read(text, NOW, DHAKA), Talk)


@given(texts)
def test_any_text_is_read_as_something(text: str) -> None:
    assert isinstance(read(text, NOW, DHAKA), (Order, Wanted, Inquiry, Talk))


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    read("খবর", NOW, DHAKA)
    took = []
    for times in (100, 1000):
        started = time.process_time()
        read("শুধু সকালে ক্রিকেট আর চাই না, ভাই " * times, NOW, DHAKA)
        took.append(time.process_time() - started)
    assert took[1] < took[0] * 40 + 0.05
