"""Headings that run into sentences are seen; good sentences stand."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.articles.gluing import is_glued, looks_glued
from tests.articles.samples import FOURTH, LEAD, SECOND, THIRD
from tests.bangla.strategies import texts

GLUED = [
    "নদী পাড়ি দিচ্ছেন একজন কৃষক গ্রামের প্রথম পাঠাগারটি চলতি মাসেই খুলেছে।",
    "হাটে নৌকা বিক্রি করা হলো পাঠাগারের টাকা তোলার কাজে গ্রামের সবাই মিলে নেমেছেন।",
    "শিশুদের হাতে নতুন পাঠাগার পাঠাগারের চাবি তুলে দেন শিক্ষক।",
    "বই পড়ার চারটি পরামর্শ১. আলোয় বসে পড়তে হবে।",
    "গ্রামের পাঠাগার (আগে ছিল দোকান) ২।",
    "নিয়মিত বই পড়লে শরীর ও মনের যেসব উপকার হয়- বই পড়লে ঘুম ভালো হয়।",
    "‘গ্রামে গ্রামে পাঠাগার গড়ে তুলতে হবে সবাইকে’ সংগঠনের সভাপতি সেলিম হোসেন বলেন, টাকা তোলা শেষ।",
    "আলোয় বসে পড়ুন, বই যত্ন করুননিয়মিত পড়লে চোখ ভালো থাকে।",
    "ভালো দোকান থেকে কেনার চেষ্টা করুন সবচেয়ে নিরাপদ হয় চেনা দোকানে গেলে।",
    "নদীর গল্প ৭. মাঠের গান এক কৃষকের জীবন নিয়ে ছবি।",
    "মাঠের গান২০২৫ সালের সবচেয়ে আলোচিত ছবি এটি।",
]
LOOKS_GLUED = [
    "ফলের শরবত ফলের শরবত বেশি খাওয়া ঠিক নয়।",
    "সেলিম হোসেন (২১৮) মধুপুরের ব্যাটার সেলিম হোসেন শেষ ম্যাচেও খেলেছেন।",
    "গায়িকা মিতা রায় গান নিয়ে রায় আরও বললেন, গানটি তাঁর নিজের লেখা।",
    "তরুণদের যেসব পরামর্শ দিলেন শিক্ষক গ্রামের পাঠাগারটি গত সপ্তাহে বন্ধ হয়ে যায়।",
    "নদীর পাড়ে নতুন পাঠাগার খুলেছেন তাঁরা, নদীর পাড়ে নতুন পাঠাগার।",
]
GOOD = [
    LEAD,
    SECOND,
    THIRD,
    FOURTH,
    "পাঠাগার খুলেছেন মধুপুর গ্রামের কয়েকজন তরুণ।",
    "উদ্যোক্তারা জানিয়েছেন পাঠাগারের কাজ এ মাসেই শেষ হবে।",
    "পাঠাগার খোলা হয়েছে বলে জানিয়েছেন উদ্যোক্তারা।",
    "যাঁরা বই দিয়েছেন তাঁদের নাম দেয়ালে লেখা হয়েছে।",
    "তিনি এসেছেন এবং শিশুদের সঙ্গে বসে বই পড়েছেন।",
    "মধুপুর গ্রামের চেয়ে মধুপুর বাজারে লোক বেশি, বলেন দোকানি।",
    "২১ ক্যারেটের প্রতি ভরি ৪ টাকা, ১৮ ক্যারেটের প্রতি ভরি ৩ টাকা।",
    "উপজেলায় পাঠাগার আছে ৮ ও ৯।",
    "রাত ৮. ৩০ মিনিটে মেলা শুরু হয়।",
    "সবাইকে অপেক্ষা করুন বলে জানান উদ্যোক্তারা।",
    "২০২৫ সালের সেরা বই এটি।",
    "যেসব শিশু বই পড়ে, সেসব শিশু ভালো লেখে।",
    "সেলিম হোসেন বলেন, সেলিম হোসেন একা কিছু করেননি।",
]


@pytest.mark.parametrize("sentence", GLUED)
def test_what_is_surely_run_together(sentence: str) -> None:
    assert is_glued(sentence)


@pytest.mark.parametrize("sentence", LOOKS_GLUED)
def test_what_looks_run_together(sentence: str) -> None:
    assert looks_glued(sentence)
    assert not is_glued(sentence)


@pytest.mark.parametrize("sentence", GOOD)
def test_good_sentences(sentence: str) -> None:
    assert not is_glued(sentence)
    assert not looks_glued(sentence)


@given(texts)
def test_any_text(text: str) -> None:
    assert isinstance(is_glued(text), bool)
    assert isinstance(looks_glued(text), bool)
