from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.topic_guess import by_words, telling
from bot.articles.topics import TOPICS, by_key
from tests.bangla.strategies import texts

# Invented.
SAMPLES = (
    ("sport", "শেষ ওভারে জিতল সবুজ দল", "টস জিতে ব্যাটিং করে তারা ১৮০ রান তোলে। পেসারদের দাপটে পাঁচ উইকেট পড়ে যায়।"),
    ("entertainment", "নতুন সিনেমায় একসঙ্গে দুই অভিনেত্রী", "নির্মাতা জানান, শুটিং শেষ। প্রেক্ষাগৃহে আসবে ঈদে, টিজার আজ।"),
    ("economy", "সূচক বেড়েছে, কমেছে লেনদেন", "শেয়ারবাজারে আজ বিনিয়োগকারীরা শেয়ার কিনেছেন। মুনাফা ও লভ্যাংশ বেড়েছে।"),
    ("world", "যুদ্ধবিরতি নিয়ে ট্রাম্প ও পুতিনের ফোনালাপ", "ইউক্রেন ও রাশিয়া নিয়ে কথা হয়েছে বলে রয়টার্স জানিয়েছে।"),
    ("health", "ডেঙ্গু হলে কী করবেন", "জ্বর হলে চিকিৎসক দেখান। ভাইরাস থেকে সংক্রমণ হলে রোগীর শরীর দুর্বল হয়, ওষুধ লাগে।"),
    ("tech", "নতুন স্মার্টফোন, অ্যান্ড্রয়েডের নতুন ফিচার", "ক্যামেরা ও ব্যাটারি ভালো, প্রসেসর দ্রুত। গুগল অ্যাপ হালনাগাদ করেছে।"),
    ("politics", "বিএনপি ও জামায়াতের বৈঠক", "দুই দলের নেতাকর্মীরা নির্বাচন ও মনোনয়ন নিয়ে কথা বলেন। সভাপতি সমাবেশ ডাকেন।"),
    ("religion", "রোজায় দোয়া ও ইবাদত", "কোরআন ও হাদিসে নামাজ, জাকাত ও সওয়াবের কথা আছে।"),
    ("country", "বগুড়ায় ট্রাক উল্টে চালক নিহত", "বগুড়ার শেরপুর উপজেলায় দুর্ঘটনায় এক কৃষক আহত। থানার ওসি লাশ উদ্ধার করেন।"),
)


@pytest.mark.parametrize(("topic", "headline", "body"), SAMPLES)
def test_telling_words_tell_the_topic(topic: str, headline: str, body: str) -> None:
    assert by_words(headline, [body]) == topic


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("", ""),
        ("নতুন দিনের অপেক্ষা", "সকালে সবাই এসেছিল, বিকেলে চলে গেছে।"),
        ("খেলার মাঠ নিয়ে বাজেট", "ক্রিকেট ও শেয়ারবাজার, দুই নিয়েই কথা হলো। ম্যাচ, লেনদেন, রান, মুনাফা।"),
        ("দল", "মাঠ"),
    ],
)
def test_in_doubt_there_is_no_topic(headline: str, body: str) -> None:
    assert by_words(headline, [body]) is None


def test_a_word_counts_in_its_forms_and_more_in_the_headline() -> None:
    body = ["আজ সকালে সবাই এসেছে।"]
    assert by_words("ক্রিকেটারদের উইকেটের উৎসব", body) == "sport"
    assert by_words("আজ সকালে সবাই এসেছে", ["ক্রিকেটারদের উইকেটের উৎসব"]) is None


def test_what_comes_late_tells_nothing() -> None:
    filler = "সকালে সবাই এসেছিল বিকেলে চলে গেছে " * 60
    headline, body = SAMPLES[0][1:]
    assert by_words("সবাই এল", [filler, headline, body]) is None


@pytest.mark.parametrize("topic", ["top", "opinion", "kolkata", "bengal", "india"])
def test_topics_that_no_word_tells_are_never_told(topic: str) -> None:
    by_key(topic)
    assert topic not in {key for told in telling().runs.values() for key, _ in told}


def test_the_lists_are_of_topics_and_of_runs_that_are_found() -> None:
    rows = tomllib.loads(files("bot.articles").joinpath("topic_guess.toml").read_text(encoding="utf-8"))
    assert set(rows) < {one.key for one in TOPICS}
    assert {len(run) for run in telling().runs} <= {1, 2, 3}
    for topic, row in rows.items():
        assert not set(row["sure"]) & set(row["telling"]), topic
        assert len(set(row["sure"])) == len(row["sure"]), topic


@given(texts, st.lists(texts, max_size=3))
def test_any_text_has_a_known_topic_or_none(headline: str, body: list[str]) -> None:
    found = by_words(headline, body)
    assert found is None or by_key(found).key == found
