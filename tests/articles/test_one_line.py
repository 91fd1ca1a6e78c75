from __future__ import annotations

import pytest
from hypothesis import given

from bot.articles.one_line import LONGEST, keeps_back, one_line
from tests.bangla.strategies import texts

NEWS = "নায়িকা রেবেকা সুলতানা নতুন ছবিতে আর অভিনয় করবেন না বলে জানিয়েছেন।"
LEANS = "এ নিয়ে নায়িকা রেবেকা সুলতানা ছবি থেকে বিদায় নেওয়ার ঘোষণা দিয়েছেন।"


@pytest.mark.parametrize(
    ("headline", "hides"),
    [
        ("নতুন ছবি নিয়ে যা বললেন রেবেকা", True),
        ("যে কারণে পদ ছাড়লেন কোচ", True),
        ("যেভাবে ধরা পড়ল ব্যাংক লুটের দল", True),
        ("নিলামে যাদের দলে নিল ঢাকা", True),
        ("কেন পদ ছাড়লেন কোচ", True),
        ("২২ ক্যারেট সোনার ভরি আজ কত?", True),
        ("টাকা নিয়ে পালালেন চালক, তারপর...", True),
        ("সেতুর উদ্বোধনে কী হলো, দেখুন", True),
        ("পদ ছাড়লেন কোচ", False),
        ("যারা কাজ করেছেন, তারা টাকা পাননি", False),
        ("কারা আগুন দিয়েছে, তা জানা যায়নি", False),
        ("কেন আগুন লাগল, প্রশ্ন হাইকোর্টের", False),
        ("যেকোনো সময় ভোট হতে পারে", False),
        ("যে কোনো সময় ভোট হতে পারে", False),
        ("দেশ কোন পথে যাচ্ছে: রহিম উদ্দিন", False),
        ("রহিম উদ্দিন: যা হওয়ার হয়েছে", False),
        ("‘যে যায় সে ফেরে না’ ছবির মুক্তি শুক্রবার", False),
        ("শীতে ত্বকের যত্নে কী করবেন", False),
        ("সকালে কোন সময় হাঁটা উচিত", False),
        ("", False),
    ],
)
def test_which_headlines_hide_the_news(headline: str, hides: bool) -> None:
    assert keeps_back(headline) is hides


@pytest.mark.parametrize(
    ("headline", "summary", "line"),
    [
        ("নতুন ছবি নিয়ে যা বললেন রেবেকা", [NEWS], NEWS.strip("।")),
        ("নতুন ছবি নিয়ে যা বললেন রেবেকা", ["রেবেকার নতুন ছবি আসছে ঈদে।", NEWS], NEWS.strip("।")),
        # Not without a sentence of the same, whole, by itself.
        ("নতুন ছবি নিয়ে যা বললেন রেবেকা", [LEANS], ""),
        ("নতুন ছবি নিয়ে যা বললেন রেবেকা", ["ঢাকায় আজ সারা দিন বৃষ্টি হবে বলে জানিয়েছে আবহাওয়া অফিস।"], ""),
        ("নতুন ছবি নিয়ে যা বললেন রেবেকা", [NEWS.replace("নতুন", "নতুন " + "বড় " * LONGEST)], ""),
        ("নতুন ছবি নিয়ে যা বললেন রেবেকা", [], ""),
        ("রেবেকা আর অভিনয় করবেন না", [NEWS], ""),
        # Silver is not asked for.
        ("২২ ক্যারেট সোনার ভরি আজ কত?", ["২২ ক্যারেট রুপার ভরি ৪ হাজার ২৪৬ টাকা।"], ""),
        ("২২ ক্যারেট সোনার ভরি আজ কত?", ["আজ ২২ ক্যারেট সোনার ভরি ২ লাখ টাকা।"], "আজ ২২ ক্যারেট সোনার ভরি ২ লাখ টাকা"),
        ("সোনার ভরি আজ কত?", ["আজ সোনার ভরির দাম আবার বেড়েছে।"], ""),
    ],
)
def test_what_a_line_says(headline: str, summary: list[str], line: str) -> None:
    assert one_line(headline, summary) == (line or headline)


@given(texts, texts)
def test_a_line_is_the_headline_or_a_piece_of_the_summary(headline: str, sentence: str) -> None:
    line = one_line(headline, [sentence])
    assert line == headline or sentence.startswith(line)
