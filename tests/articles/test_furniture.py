"""Page furniture goes from between sentences, and no sentence with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.text.clean import clean
from bot.articles.text.furniture import without_furniture
from tests.articles.samples import NOW, entry

ONE = "চরের মানুষ নিজেরাই বাঁশ দিয়ে একটি সাঁকো বানিয়েছেন।"
TWO = "গত বর্ষায় পুরোনো সাঁকোটি ভেসে যায়, এরপর শিশুরা নৌকায় স্কুলে যেত।"
FOLLOW = "নদীর কাগজের হোয়াটসঅ্যাপ চ্যানেল ফলো করতে এখানে ক্লিক/ট্যাপ করুন"

BETWEEN = [
    "আরও পড়ুনমেলা শুরু হচ্ছে কাল, থাকছে ৩০০ দোকান০৭ ডিসেম্বর ২০২৫",
    "আরও পড়ুন মেলা শুরু হচ্ছে কাল ৪ ঘণ্টা আগে",
    "আরও পড়ুন: মেলা কি হবে এবার? ২০২৬-১১-২৭",
    "আরো পড়ুন আরো পড়ুন মেলা শুরু হচ্ছে কাল০৭ ডিসেম্বর ২০২৫",
    "আরও পড়ুন",
    FOLLOW,
    f"{FOLLOW} {FOLLOW} {FOLLOW}",
    "নদীর কাগজের ইউটিউব চ্যানেল সাবস্ক্রাইব করুন।",
    "নদীর কাগজের সর্বশেষ খবর পেতে গুগল নিউজ চ্যানেল ফলো করুন",
    "সাঁকো দেখতে এসেছেন এক বৃদ্ধ (ছবি: রহিমা খাতুন)",
    "ছবি: সংগৃহীত",
    "সাঁকোর ওপর দাঁড়িয়ে আছে শিশুরা -সমকাল",
]
BEHIND = [
    *(one for one in BETWEEN if not one.startswith("ছবি")),  # a line that ends in a credit is a caption
    "আরও পড়ুন: মেলা শুরু হচ্ছে কাল, থাকছে ৩০০ দোকান",
    "নদীর কাগজের খবর পেতে গুগল নিউজ চ্যানেল ফলো করুনজেলা থেকে আরও দেখুনসাঁকোচরবাঁশ",
    "সম্পাদক : কেউ একজন প্রকাশক : আর কেউ ২০২৬ নদীর কাগজ কর্তৃক সর্বস্বত্ব সংরক্ষিত",
]
REAL = [
    "তিনি সবাইকে বলেন, আরও পড়ুন, আরও লিখুন।",
    "শিক্ষক বললেন, ‘বই পড়ো। আরও পড়ুন, আরও জানুন।’",
    "‘আমার ইউটিউব চ্যানেল সাবস্ক্রাইব করুন’, ভিডিওর শেষে বলেন তিনি।",
    "ফেসবুক পেজে দেওয়া এক পোস্টে তিনি এসব কথা বলেন।",
    "বিজ্ঞাপন ও নাটকেও অভিনয় করেছেন তিনি।",
    "বইটির সর্বস্বত্ব লেখকের।",
    "তাঁর তোলা ছবি সংগ্রহশালায় আছে, সংখ্যায় কুড়িটি।",
    "গুগল নিউজের খবর পেতে পাঠক বাড়ছে বলে জানায় প্রতিষ্ঠানটি।",
    "২০২৫ সালের ৭ ডিসেম্বর আরও পড়ুয়া আসে পাঠাগারে।",
    "কাগজটি ৪ ঘণ্টা আগে আরও একটি তালিকা দিয়েছে।",
    "বাংলাদেশ -ভারত সীমান্তের চরে সাঁকোটি বানানো হয়েছে।",
    "২০২৬ সালের ১২ বৈশাখ, ১৪৩৩ বঙ্গাব্দে সাঁকোটি ভেঙে যায়।",
    "চিঠিতে লেখা (ছবি তোলা নিষেধ) দেখে তিনি ফিরে যান।",
    "আপনার এলাকার খবর জানাতে ফেসবুকে যোগাযোগ করুন, বলছে উপজেলা প্রশাসন।",
]


HEADS = [
    "সাঁকোর ওপর দাঁড়িয়ে আছে শিশুরা -সংগৃহীত",
    "চরে বাঁশের সাঁকো –পিআইডি",
    "গ্রামে গ্রামে মেলা সোমবার, ২৩ নভেম্বর, ২০২৬ ৮ অগ্রহায়ণ, ১৪৩৩ বঙ্গাব্দ",
]


@pytest.mark.parametrize("head", HEADS)
def test_captions_and_days_before_the_text_go(head: str) -> None:
    assert clean(entry(body=(f"{head} {ONE} {TWO}",)), NOW).body == (f"{ONE} {TWO}",)


@pytest.mark.parametrize("furniture", BETWEEN)
def test_what_stands_between_two_sentences_goes(furniture: str) -> None:
    assert without_furniture(f"{ONE} {furniture} {TWO}") == f"{ONE} {TWO}"


@pytest.mark.parametrize("furniture", BEHIND)
def test_what_stands_at_a_paragraphs_end_goes(furniture: str) -> None:
    cleaned = clean(entry(body=(f"{ONE} {furniture}", TWO)), NOW)
    assert cleaned.body == (ONE, TWO)


@pytest.mark.parametrize("sentence", REAL)
def test_a_sentence_with_the_same_words_stays(sentence: str) -> None:
    for paragraph in (sentence, f"{ONE} {sentence} {TWO}", f"{ONE} {sentence}"):
        assert without_furniture(paragraph) == paragraph
    assert clean(entry(body=(ONE, sentence, TWO)), NOW).body == (ONE, sentence, TWO)


@pytest.mark.parametrize("line", ["প্রকাশ: ২৩ ডিসেম্বর ২০২৫, ১০:৫৫ এএম", "আপডেট: ২৩ ডিসেম্বর ২০২৫", FOLLOW])
def test_a_line_of_its_own_among_the_text_goes_and_dates_nothing(line: str) -> None:
    cleaned = clean(entry(body=(ONE * 2, line, TWO * 2)), NOW)
    assert cleaned.body == (ONE * 2, TWO * 2)
    assert (cleaned.published, cleaned.updated) == (None, None)


_PIECES = st.sampled_from([ONE, TWO, *BEHIND, *REAL, "ছবি:", "করুন", "।", " ", "০৭ ডিসেম্বর ২০২৫", "‘", "’", "("])


@given(st.lists(_PIECES, max_size=12).map(" ".join))
def test_once_is_enough_and_nothing_is_added(text: str) -> None:
    plain = without_furniture(text)
    assert without_furniture(plain) == plain
    letters = iter("".join(text.split()))
    assert all(letter in letters for letter in "".join(plain.split())), "what is left stood there in this order"
