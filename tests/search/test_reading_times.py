"""When something shall come, and for how long nothing."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.bangla.normalise import display
from bot.search.grammar.acts import Act
from bot.search.grammar.intents import Inquiry, Wanted
from bot.search.grammar.reading import read

DHAKA = ZoneInfo("Asia/Dhaka")
NOW = datetime(2026, 2, 26, 15, tzinfo=DHAKA)


@pytest.mark.parametrize(
    ("sentence", "about", "times"),
    [
        ("প্রতিদিন সকাল ৯টায় খেলার খবর পাঠাবেন", "খেলার", "09:00"),
        ("খেলার খবর প্রতিদিন সকাল নয়টায় দিও", "খেলার", "09:00"),
        ("রোজ বিকেল সাড়ে ৫টায় খেলার খবর চাই", "খেলার", "17:30"),
        ("সকালে খেলার খবর পাঠিয়ে দিও", "খেলার", "08:00"),
        ("প্রতিদিন সকাল ৮টা আর রাত ৯টায় খেলার খবর দিয়েন", "খেলার", "08:00 21:00"),
        ("প্রতি শুক্রবার খেলার খবর চাই", "খেলার", "fri 08:00"),
        ("দিনে দুইবার খেলার খবর পাঠাবেন", "খেলার", "twice"),
        ("rate khelar khobor diyen", "khelar", "21:00"),
        # A name that begins or ends like a time is one.
        ("সন্ধ্যা নদীর খবর দিও", "সন্ধ্যা নদীর", ""),
        ("৭১ টিভির খবর রোজ দিও", "৭১ টিভির", ""),
        ("চ্যানেল ২৪ এর খবর রোজ দিও", "চ্যানেল ২৪", ""),
        ("কাল থেকে খেলার খবর দিও", "খেলার", ""),
    ],
)
def test_what_is_followed_may_have_its_times(sentence: str, about: str, times: str) -> None:
    found = read(sentence, NOW, DHAKA)
    assert isinstance(found, Wanted)
    assert (found.act, found.objects, found.times) == (Act.FOLLOW, (display(about),), times)


@pytest.mark.parametrize("sentence", ["আজ সকাল ৯টার খবর দাও", "গতকাল রাতে খেলার খবর কী", "সকাল ৯টায় খেলা"])
def test_a_time_that_was_is_no_wish(sentence: str) -> None:
    assert isinstance(read(sentence, NOW, DHAKA), Inquiry)


@pytest.mark.parametrize(
    ("sentence", "until"),
    [
        ("৩ দিন পর আবার চালু করো", datetime(2026, 3, 1, 15, tzinfo=DHAKA)),
        ("তিন দিন পরে আবার শুরু করেন", datetime(2026, 3, 1, 15, tzinfo=DHAKA)),
        ("কাল থেকে আবার চালু করুন", datetime(2026, 2, 27, 8, tzinfo=DHAKA)),
        ("শুক্রবার থেকে খবর দিয়েন", datetime(2026, 2, 27, 8, tzinfo=DHAKA)),
        ("আগামী সপ্তাহ থেকে আবার পাঠাও", datetime(2026, 3, 5, 15, tzinfo=DHAKA)),
    ],
)
def test_all_news_may_begin_again_later(sentence: str, until: datetime) -> None:
    found = read(sentence, NOW, DHAKA)
    assert isinstance(found, Wanted)
    assert (found.act, found.objects, found.until) == (Act.PAUSE, (), until)


@pytest.mark.parametrize("sentence", ["ঈদ পর্যন্ত বন্ধ রাখো", "পরীক্ষা পর্যন্ত কিছু পাঠাবেন না"])
def test_a_day_that_is_no_date_is_asked_for(sentence: str) -> None:
    assert read(sentence, NOW, DHAKA) == Wanted(Act.PAUSE)


def test_times_of_several_names_are_joined() -> None:
    found = read("বিকেলে খেলার আর রাতে রাজনীতির খবর দিও", NOW, DHAKA)
    assert isinstance(found, Wanted)
    assert (found.objects, found.times) == (("খেলার", "রাজনীতির"), "17:00 21:00")


@pytest.mark.parametrize("sentence", ["কাল থেকে শুরু হচ্ছে বইমেলা", "শুক্রবার থেকে বাড়ছে বাসভাড়া", "৩ দিন পর নির্বাচন"])
def test_what_begins_later_is_news(sentence: str) -> None:
    assert isinstance(read(sentence, NOW, DHAKA), Inquiry)


@pytest.mark.parametrize(
    ("sentence", "act", "hours"),
    [
        ("২ ঘণ্টা দিয়েন না", Act.PAUSE, 2),
        ("৩ ঘণ্টা বিরতি দাও", Act.PAUSE, 3),
        ("দুই দিন খবর পাঠাবেন না", Act.PAUSE, 48),
        ("কাল সকাল পর্যন্ত চুপ থাকেন", Act.PAUSE, 17),
        ("আজ আর পাঠাবেন না", Act.PAUSE, 17),
        ("আপাতত বন্ধ রাখুন, দুই ঘণ্টা", Act.PAUSE, 2),
        ("৭ দিন ক্রিকেট বাদ", Act.MUTE, 168),
        ("শুক্রবার পর্যন্ত বন্ধ রাখুন", Act.PAUSE, 17),
        ("সারাদিন চুপ থাকো", Act.PAUSE, 17),
        ("আজ সারাদিন কিছু পাঠাবেন না", Act.PAUSE, 17),
        ("১ মার্চ পর্যন্ত বন্ধ রাখো", Act.PAUSE, 65),
        ("আমি ছুটিতে যাচ্ছি, এক সপ্তাহ কিছু পাঠিও না", Act.PAUSE, 168),
    ],
)
def test_for_how_long(sentence: str, act: Act, hours: int) -> None:
    found = read(sentence, NOW, DHAKA)
    assert isinstance(found, Wanted)
    assert found.until is not None
    assert (found.act, (found.until - NOW).total_seconds() / 3600) == (act, hours)
