from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.topic_features import READ, features, telling
from bot.articles.topic_guess import by_words, likelihood, weights
from bot.articles.topics import by_slug
from bot.values.topics import TOPICS
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


@pytest.mark.parametrize(("headline", "body"), [("", ""), ("12", "…"), ("xyzzy", "")])
def test_without_words_that_are_known_there_is_no_topic(headline: str, body: str) -> None:
    assert by_words(headline, [body]) is None


def test_a_telling_word_counts_in_its_forms_and_more_in_the_headline() -> None:
    inflected, plain = (features(headline, []).signs["t:sport"] for headline in ("উইকেটের উৎসব", "উইকেট উৎসব"))
    assert inflected == plain > features("উৎসব", ["উইকেটের কথা"]).signs["t:sport"]


def test_what_comes_late_tells_nothing() -> None:
    filler = "সকালে সবাই এসেছিল বিকেলে চলে গেছে " * READ
    headline, body = SAMPLES[0][1:]
    assert features("সবাই এল", [filler, headline, body]) == features("সবাই এল", [filler])


@pytest.mark.parametrize(
    ("headline", "body", "in_india", "in_bangladesh"),
    [
        ("কলকাতায় বাড়ি ভেঙে মৃত্যু", "কলকাতা পুরসভা জানায়, পুরোনো বাড়ি ভেঙে দুজনের মৃত্যু। পুলিশ লাশ উদ্ধার করে।", "kolkata", "world"),
        ("মুর্শিদাবাদে দুর্ঘটনা", "লরির ধাক্কায় দুজন নিহত, আহত তিন। থানার পুলিশ জানায়, মুর্শিদাবাদের গ্রামে এ ঘটনা।", "bengal", "world"),
        ("গুজরাটে সেতু ভেঙে নিহত", "ভারতের গুজরাটে সেতু ভেঙে নিহত দুই, আহত তিন। স্থানীয় পুলিশ লাশ উদ্ধার করে।", "india", "world"),
        (
            "বগুড়ায় ট্রাক উল্টে নিহত",
            "বগুড়ার শেরপুর উপজেলায় দুর্ঘটনায় এক কৃষক আহত। থানার ওসি লাশ উদ্ধার করেন।",
            "bangladesh",
            "country",
        ),
    ],
)
def test_whose_news_it_is_goes_by_the_outlets_country(
    headline: str, body: str, in_india: str, in_bangladesh: str
) -> None:
    assert by_words(headline, [body], "IN") == in_india
    assert by_words(headline, [body], "BD") == in_bangladesh


def test_the_table_is_of_topics_and_their_chances_are_one() -> None:
    assert set(weights().topics) <= {one.slug for one in TOPICS}
    assert all(0 <= place < len(weights().topics) for row in weights().rows.values() for place, _ in row)
    assert sum(likelihood(features(*_sample(0)), weights()).values()) == pytest.approx(1)


def _sample(place: int) -> tuple[str, list[str]]:
    _, headline, body = SAMPLES[place]
    return headline, [body]


@pytest.mark.parametrize("topic", ["top", "opinion", "kolkata", "bengal", "india"])
def test_topics_that_no_word_tells_are_never_told(topic: str) -> None:
    by_slug(topic)
    assert topic not in {key for told in telling().runs.values() for key, _ in told}


def test_the_lists_are_of_topics_and_of_runs_that_are_found() -> None:
    rows = tomllib.loads(files("bot.articles").joinpath("topic_telling.toml").read_text(encoding="utf-8"))
    assert set(rows) < {one.slug for one in TOPICS}
    assert {len(run) for run in telling().runs} <= {1, 2, 3}
    for topic, row in rows.items():
        assert not set(row["sure"]) & set(row["telling"]), topic
        assert len(set(row["sure"])) == len(row["sure"]), topic


@given(texts, st.lists(texts, max_size=3))
def test_any_text_has_a_known_topic_or_none(headline: str, body: list[str]) -> None:
    found = by_words(headline, body)
    assert found is None or by_slug(found).slug == found
