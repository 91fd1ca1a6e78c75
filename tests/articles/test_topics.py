from __future__ import annotations

import json
import re
import tomllib
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from bot.articles import topic_words
from bot.articles.topics import by_slug, named, topic
from bot.bangla.normalise import key
from bot.intake.first_run import samples
from bot.sources import catalogue
from bot.values.topics import TOPICS
from tests.shared import shared_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.values.topics import Topic

# Key; label; what portals also print; parts of their addresses.
ROWS = (
    ("top", "প্রধান খবর", "শীর্ষ খবর, লিড, আলোচিত", "lead, top-news"),
    ("bangladesh", "বাংলাদেশ", "জাতীয়, সরকার, সচিবালয়", "national, bangladesh"),
    ("politics", "রাজনীতি", "", "politics"),
    (
        "country",
        "সারা দেশ",
        "সারাদেশ, দেশজুড়ে, সারাবাংলা, সমগ্র বাংলাদেশ, জেলার খবর, জনপদ",
        "country, country-news, district, saradesh",
    ),
    ("capital", "রাজধানী", "ঢাকা, মহানগর, নগর", "capital, dhaka, city"),
    ("world", "বিশ্ব", "আন্তর্জাতিক, বিশ্ব সংবাদ, বিদেশ, দুনিয়া", "world, international"),
    (
        "economy",
        "অর্থনীতি",
        "বাণিজ্য, ব্যবসা, অর্থ-বাণিজ্য, শেয়ারবাজার",
        "business, economy, economics, finance, stock",
    ),
    ("sport", "খেলা", "খেলাধুলা, ক্রীড়া, মাঠে ময়দানে", "sports, sport, cricket, football"),
    ("entertainment", "বিনোদন", "", "entertainment"),
    (
        "tech",
        "প্রযুক্তি",
        "তথ্যপ্রযুক্তি, তথ্য-প্রযুক্তি, বিজ্ঞান ও প্রযুক্তি, আইটি, টেক",
        "technology, tech, it, science",
    ),
    ("education", "শিক্ষা", "শিক্ষাঙ্গন, ক্যাম্পাস", "education, campus"),
    ("jobs", "চাকরি", "চাকরির খবর, জবস, ক্যারিয়ার", "jobs, career, chakri"),
    ("health", "স্বাস্থ্য", "সুস্থতা", "health"),
    ("law", "আইন-আদালত", "আইন ও বিচার, আইন-বিচার, আদালত", "law, court"),
    ("crime", "অপরাধ", "", "crime"),
    ("expat", "প্রবাস", "পরবাস, প্রবাসের খবর, দূর পরবাস", "probash, diaspora, expat"),
    ("religion", "ধর্ম", "ইসলাম, ধর্ম ও জীবন, ইসলাম ও জীবন", "religion, islam"),
    ("life", "জীবনযাপন", "লাইফস্টাইল, জীবনযাত্রা, ভ্রমণ, ফিচার", "lifestyle, life, feature, travel"),
    ("environment", "পরিবেশ ও আবহাওয়া", "পরিবেশ, আবহাওয়া, জলবায়ু", "environment, weather"),
    ("opinion", "মতামত", "কলাম, সম্পাদকীয়, উপসম্পাদকীয়, মুক্তমত", "opinion, editorial, column"),
    ("kolkata", "কলকাতা", "শহর", "kolkata"),
    ("bengal", "পশ্চিমবঙ্গ", "রাজ্য, বাংলা, জেলা", "west-bengal, state"),
    ("india", "ভারত", "দেশ", "nation, india"),
)
INDIAN = ("kolkata", "bengal", "india")
# What a reader who names no country may mean in two ways, and the name of an outlet.
NOT_ASKED_BY = {"শহর", "জেলা", "বাংলা", "দেশ", "সারাবাংলা"}


def _each(column: int) -> list[tuple[str, str]]:
    return [(row[0], word) for row in ROWS for word in row[column].split(", ") if word]


def _country(section: str) -> str:
    return "IN" if section in INDIAN else "BD"


def test_topics_are_those_of_the_menus_in_their_order() -> None:
    assert [(one.slug, one.name.bn) for one in TOPICS] == [row[:2] for row in ROWS]


@pytest.mark.parametrize(("section", "word"), [*_each(1), *_each(2)])
def test_what_portals_print_leads_to_its_topic(section: str, word: str) -> None:
    assert topic([word], None, _country(section)) == section
    if word not in NOT_ASKED_BY:
        assert named(word) == by_slug(section)


@pytest.mark.parametrize(("section", "part"), _each(3))
def test_parts_of_addresses_lead_to_their_topic(section: str, part: str) -> None:
    assert topic([], f"https://portal.example/{part}/news/123", _country(section)) == section
    assert topic([part.title()], None, _country(section)) == section, "some feeds print it as the category"


@pytest.mark.parametrize(
    ("word", "in_bangladesh", "in_india"),
    [
        ("দেশ", "bangladesh", "india"),
        ("জাতীয়", "bangladesh", "india"),
        ("রাজ্য", "bengal", "bengal"),
        ("শহর", "capital", "kolkata"),
        ("জেলা", "country", "bengal"),
        ("বাংলা", None, "bengal"),
        ("মহানগর", "capital", "kolkata"),
        ("ঢাকা", "capital", "bangladesh"),
        ("সিলেট", "country", None),
        ("খেলা", "sport", "sport"),
    ],
)
def test_some_words_mean_another_thing_in_india(word: str, in_bangladesh: str | None, in_india: str | None) -> None:
    assert topic([word], None) == topic([word], None, "GB") == in_bangladesh
    assert topic([word], None, "IN") == in_india


@pytest.mark.parametrize(
    ("path", "in_bangladesh", "in_india"),
    [
        ("national", "bangladesh", "india"),
        ("nation", "bangladesh", "india"),
        ("district", "country", "bengal"),
        ("city", "capital", "kolkata"),
    ],
)
def test_so_do_parts_of_addresses(path: str, in_bangladesh: str, in_india: str) -> None:
    assert topic([], f"https://portal.example/{path}/123") == in_bangladesh
    assert topic([], f"https://portal.example/{path}/123", "IN") == in_india


@pytest.mark.parametrize(
    ("categories", "path", "section"),
    [
        (["প্রধান খবর"], "/news/1", "top"),
        (["প্রধান খবর", "খেলা"], "/news/1", "sport"),
        (["লিড"], "/sports/1", "sport"),
        (["লিড"], "/national/1", "bangladesh"),
        (["খেলা"], "/lead/1", "sport"),
        (["রাজনীতি"], "/economy/1", "politics"),
        (["রাজনীতি", "অর্থনীতি"], "/news/1", "politics"),
        (["জাতীয়", "রাজনীতি"], "/news/1", "politics"),
        (["জাতীয়"], "/bangladesh/crime/1", "crime"),
        (["বাংলাদেশ"], "/bangladesh/district/1", "country"),
        (["আন্তর্জাতিক"], "/world/india/1", "india"),
        ([], "/country/dhaka/1", "country"),
        ([], "/lifestyle/health/1", "health"),
        (["রাজ্য", "কলকাতা"], "/west-bengal/kolkata/1", "kolkata"),
    ],
)
def test_the_most_telling_wins(categories: list[str], path: str, section: str) -> None:
    assert topic(categories, f"https://portal.example{path}") == section


def test_an_opinion_is_one_whatever_it_is_about() -> None:
    assert topic(["রাজনীতি", "যুক্তরাষ্ট্র"], "https://portal.example/opinion/column/abc") == "opinion"
    assert topic(["খেলা", "কলাম"], "https://portal.example/sports/1") == "opinion"


@pytest.mark.parametrize(
    ("word", "section"),
    [
        ("খেলা > ক্রিকেট", "sport"),
        ("বাংলাদেশ / রাজনীতি", "politics"),
        ("আইন আদালত", "law"),
        ("আইন ও আদালত", "law"),
        ("Law & Court", "law"),
        ("তথ্য ও প্রযুক্তি", "tech"),
        ("ইসলাম\u00a0ও\u00a0জীবন", "religion"),
        ("সম্পাদকী\u09af\u09bc", "opinion"),
        ("খেলার খবর", "sport"),
        ("Sports News", "sport"),
        ("national_others", "bangladesh"),
        ("scienceand-technology", "tech"),
    ],
)
def test_spellings_of_one_section_are_one(word: str, section: str) -> None:
    assert topic([word], None) == section


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "https://portal.example/2026/11/23/123",
        "https://portal.example/sports",  # the last part is the story's own
        "https://sports.example/abc/123",
        "https://portal.example/news/it-is-raining/1",
        "https://portal.example/world-cup/1",
        "https://portal.example/city-of-joy/1",
        "https://portal.example/news/1?section=sports#sports",
        "https://portal.example/literature/poetry/1",
        "http://[portal/sports/1",
    ],
)
def test_what_says_nothing_gives_none(url: str | None) -> None:
    assert topic([], url) is None
    assert topic(["সাহিত্য", "", " ", ">"], url) is None


def test_it_is_technology_only_as_a_whole_part() -> None:
    assert topic([], "https://portal.example/it/1") == "tech"
    assert topic([], "https://portal.example/it-sector/1") is None


def test_addresses_may_be_bengali_and_escaped() -> None:
    escaped = "%E0%A6%96%E0%A7%87%E0%A6%B2%E0%A6%BE"
    assert topic([], f"https://portal.example/{escaped}/1") == topic([], "https://portal.example/খেলা/1") == "sport"


@pytest.mark.parametrize(
    ("section", "texts"),
    [
        ("sport", "খেলার খবর, খেলা খবর, খেলা-এর খবর, খেলার নিউজ, khela, KHELA, khelar khobor, sport, sports news"),
        ("politics", "rajniti, rajneeti, rajnitir khobor, রাজনীতির খবর, Politics"),
        ("world", "bisso, bishwo, bissho, bisshor khobor, bissher khobor, বিশ্বের খবর, international news, World"),
        ("economy", "orthoniti, arthoniti, অর্থনীতির খবর, economy"),
        ("entertainment", "binodon, binodan, বিনোদনের খবর, entertainment news"),
        ("tech", "projukti, proyukti, প্রযুক্তির সংবাদ, tech, technology"),
        ("education", "shikkha, shiksha, শিক্ষার খবর"),
        ("jobs", "chakri, chakrir khobor, চাকরির খবর, চাকরি খবর"),
        ("expat", "probash, prabash, প্রবাসের খবর"),
        ("health", "shastho, sastho, swasthya, shasther khobor, স্বাস্থ্যের খবর"),
        ("country", "saradesh, sara desh, সারাদেশ, সারা দেশের খবর"),
        ("bangladesh", "জাতীয়, দেশের খবর, বাংলাদেশের খবর, bangladesh"),
        ("india", "bharot, ভারতের খবর, India"),
        ("bengal", "রাজ্যের খবর, west bengal, পশ্চিমবঙ্গের খবর"),
        ("environment", "abohawa, poribesh, আবহাওয়ার খবর"),
        ("top", "প্রধান খবর, শীর্ষ খবর, top stories, top news"),
    ],
)
def test_readers_name_topics_in_their_own_way(section: str, texts: str) -> None:
    assert {text: named(text) for text in texts.split(", ")} == dict.fromkeys(texts.split(", "), by_slug(section))


@pytest.mark.parametrize(
    "text", ["", " ", "খবর", "আজকের খবর", "news", "ইরান", "ক্রিকেট", "cricket", "শহর", "জেলা", "it", "খেলা ও রাজনীতি"]
)
def test_other_words_name_no_topic(text: str) -> None:
    assert named(text) is None


def test_no_outlet_is_taken_for_a_topic() -> None:
    listed = tomllib.loads(Path(catalogue.__file__).with_suffix(".toml").read_text(encoding="utf-8"))["outlet"]
    names = [name for one in listed for name in (one["name"], one["name_en"], *one.get("also", ()))]
    assert len(names) > 40
    assert not [name for name in names if named(name)]


@pytest.mark.parametrize("one", TOPICS)
def test_labels_and_keys_name_their_own_topic(one: Topic) -> None:
    assert [named(word) for word in (one.slug, one.name.bn, one.name.en)] == [one] * 3


def test_there_is_no_topic_of_another_key() -> None:
    with pytest.raises(KeyError):
        by_slug("literature")


def test_labels_are_distinct_and_fit_a_button() -> None:
    for labels in ([one.name.bn for one in TOPICS], [one.name.en for one in TOPICS], [one.slug for one in TOPICS]):
        assert len(set(map(key, labels))) == len(TOPICS)
    letters = {one.name.bn: len(re.findall(r"[^\W\d_]|[ -]", one.name.bn)) for one in TOPICS}
    assert max(letters.values()) <= 20, letters
    assert max(len(one.name.en) for one in TOPICS) <= 24


def test_labels_keep_the_rules_of_the_voice() -> None:
    banned = "সফলভাবে|অনুগ্রহপূর্বক|ত্রুটি|অবৈধ|ইনপুট|ইউজার|সাবমিট|প্রসেস|ক্লিক|যন্ত্র|আমি|আমরা|আজ|গতকাল|[ঃ#{}0-9]"
    assert not [one.name.bn for one in TOPICS if re.search(key(banned), key(one.name.bn))]


TABLES: list[list[Mapping[str, Iterable[str]]]] = [
    [topic_words.PRINTED, topic_words.FILED],
    [topic_words.PRINTED, topic_words.SPELLED, topic_words.ANYWHERE],
    [topic_words.IN_INDIA],
    [topic_words.FILED, topic_words.ELSEWHERE],
]


@pytest.mark.parametrize("tables", TABLES)
def test_no_word_stands_for_two_topics(tables: list[Mapping[str, Iterable[str]]]) -> None:
    known = {one.slug for one in TOPICS}
    assert known.issuperset(chain.from_iterable(tables))
    found: dict[str, str] = {}
    for section, words in chain.from_iterable(table.items() for table in tables):
        for word in words:
            assert found.setdefault(re.sub(r"[\s-]", "", key(word)), section) == section, word


def _telling(record: dict[str, str]) -> bool:
    """Whether a publisher said anything.

    "all" and "others" are a crawler's and a remainder.
    """
    parts = [part for part in urlsplit(record.get("url", "")).path.split("/")[1:-1] if not part.isdigit()]
    said = record.get("category", "")
    return said not in ("all", "others") and bool(said or parts)


def test_nearly_all_real_articles_that_say_something_get_a_topic() -> None:
    file = shared_path("data", "articles", "articles.jsonl")
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    telling = [record for record in records if _telling(record)]
    assert len(telling) > 900
    missed = [one for one in telling if not topic([one.get("category", "")], one.get("url"))]
    assert len(missed) < 0.02 * len(telling)
    # What is left is literature, which the menus of the portals have and ours has not.
    assert {one["category"] for one in missed} <= {"literature", "onnoalo"}


def test_real_opinions_are_opinions() -> None:
    file = shared_path("captures", "rss", "samakal_articles.xml")
    links = re.findall(r"<link>(https://samakal\.com/opinion/[^<]+)</link>", file.read_text(encoding="utf-8"))
    assert len(links) > 400
    assert {topic([], link) for link in links} == {"opinion"}


def test_every_sample_of_a_first_run_has_a_topic() -> None:
    assert all(topic(one.categories, one.url) for one in samples(datetime.now(UTC)))
