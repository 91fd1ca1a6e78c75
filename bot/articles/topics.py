"""Topics: the sections of the news, as readers know them from the menus of the portals.

What a publisher says decides: its category words, else the parts of the address. Some words mean another thing in
another country («দেশ» is India's own news there and the country's districts here), so they are read by the outlet's country.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from bot.bangla.normalise import key
from bot.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INDIA = "IN"
TOP = "top"


@dataclass(frozen=True, slots=True)
class Topic:
    """A section: key, label, what portals also print, parts of their addresses, how people spell it in Roman letters."""

    key: str
    name: Wording
    printed: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    spelled: tuple[str, ...] = ()


TOPICS: Final = (
    Topic(TOP, Wording("প্রধান খবর", "Top stories"), ("শীর্ষ খবর", "লিড", "আলোচিত"), ("lead", "top-news"), ("top news",)),
    Topic(
        "bangladesh",
        Wording("বাংলাদেশ", "Bangladesh"),
        ("সরকার", "সচিবালয়"),
        ("national", "bangladesh"),
        ("national",),
    ),
    Topic("politics", Wording("রাজনীতি", "Politics"), (), ("politics", "rajniti"), ("rajniti", "rajneeti")),
    Topic(
        "country",
        Wording("সারা দেশ", "Around the country"),
        ("সারাদেশ", "দেশজুড়ে", "সারাবাংলা", "সমগ্র বাংলাদেশ", "জেলার খবর", "জনপদ", "সারা বাংলা", "গ্রাম-গঞ্জ"),
        ("country", "country-news", "district", "saradesh", "whole-country", "countrywide"),
        ("saradesh", "sara desh"),
    ),
    Topic(
        "capital", Wording("রাজধানী", "The capital"), ("ঢাকা", "মহানগর", "নগর"), ("capital", "dhaka", "city"), ("rajdhani",)
    ),
    Topic(
        "world",
        Wording("বিশ্ব", "World"),
        ("আন্তর্জাতিক", "বিশ্ব সংবাদ", "বিদেশ", "দুনিয়া", "সারাবিশ্ব"),
        ("world", "international", "foreign", "asia", "america", "africa", "europe"),
        ("bissho", "bishwo", "bisso", "international", "antorjatik"),
    ),
    Topic(
        "economy",
        Wording("অর্থনীতি", "Economy"),
        ("বাণিজ্য", "ব্যবসা", "অর্থ-বাণিজ্য", "শেয়ারবাজার", "ব্যবসা-বাণিজ্য", "অর্থ ও বাণিজ্য", "শিল্প-বাণিজ্য"),
        ("business", "economy", "economics", "finance", "stock", "trade"),
        ("orthoniti", "arthoniti", "business", "banijjo"),
    ),
    Topic(
        "sport",
        Wording("খেলা", "Sport"),
        ("খেলাধুলা", "ক্রীড়া", "মাঠে ময়দানে", "ক্রিকেট", "ফুটবল", "খেলার খবর"),
        ("sports", "sport", "cricket", "football"),
        ("khela", "kheladhula", "sports"),
    ),
    Topic(
        "entertainment", Wording("বিনোদন", "Entertainment"), (), ("entertainment", "binodon"), ("binodon", "binodan")
    ),
    Topic(
        "tech",
        Wording("প্রযুক্তি", "Technology"),
        ("তথ্যপ্রযুক্তি", "তথ্য-প্রযুক্তি", "বিজ্ঞান ও প্রযুক্তি", "আইটি", "টেক", "বিজ্ঞান", "তথ্য ও প্রযুক্তি"),
        ("technology", "tech", "it", "science", "ict", "tech-and-gadget", "tech-news"),
        ("projukti", "tech", "proyukti"),
    ),
    Topic(
        "education",
        Wording("শিক্ষা", "Education"),
        ("শিক্ষাঙ্গন", "ক্যাম্পাস"),
        ("education", "campus", "my-campus"),
        ("shikkha", "shiksha"),
    ),
    Topic(
        "jobs", Wording("চাকরি", "Jobs"), ("চাকরির খবর", "জবস", "ক্যারিয়ার"), ("jobs", "career", "chakri"), ("chakri", "job")
    ),
    Topic("health", Wording("স্বাস্থ্য", "Health"), ("সুস্থতা",), ("health",), ("shastho", "sastho", "swasthya")),
    Topic(
        "law",
        Wording("আইন-আদালত", "Law and courts"),
        ("আইন ও বিচার", "আইন-বিচার", "আদালত", "আইন আদালত", "আইন ও আদালত"),
        ("law", "court", "law-court", "law-justice"),
        ("ain adalot", "adalot"),
    ),
    Topic("crime", Wording("অপরাধ", "Crime"), (), ("crime",), ("oporadh", "aparadh")),
    Topic(
        "expat",
        Wording("প্রবাস", "Living abroad"),
        ("পরবাস", "প্রবাসের খবর", "দূর পরবাস"),
        ("probash", "diaspora", "expat"),
        ("probash", "prabas"),
    ),
    Topic(
        "religion",
        Wording("ধর্ম", "Religion"),
        ("ইসলাম", "ধর্ম ও জীবন", "ইসলাম ও জীবন"),
        ("religion", "islam"),
        ("dhormo",),
    ),
    Topic(
        "life",
        Wording("জীবনযাপন", "Life"),
        ("লাইফস্টাইল", "জীবনযাত্রা", "ভ্রমণ", "ফিচার"),
        ("lifestyle", "life-style", "life", "feature", "features", "travel"),
        ("jibonjapon", "lifestyle"),
    ),
    Topic(
        "environment",
        Wording("পরিবেশ ও আবহাওয়া", "Environment and weather"),
        ("পরিবেশ", "আবহাওয়া", "জলবায়ু"),
        ("environment", "weather", "climate"),
        ("poribesh", "abohawa"),
    ),
    Topic(
        "opinion",
        Wording("মতামত", "Opinion"),
        ("কলাম", "সম্পাদকীয়", "উপসম্পাদকীয়", "মুক্তমত", "উপ-সম্পাদকীয়", "মুক্তমঞ্চ"),
        ("opinion", "editorial", "column", "columns", "sub-editorial"),
        ("motamot", "opinion"),
    ),
    Topic("kolkata", Wording("কলকাতা", "Kolkata"), (), ("kolkata",), ("kolkata", "calcutta")),
    Topic(
        "bengal", Wording("পশ্চিমবঙ্গ", "West Bengal"), (), ("west-bengal", "state"), ("poshchimbongo", "paschimbanga")
    ),
    Topic("india", Wording("ভারত", "India"), (), ("nation", "india"), ("bharot", "bharat")),
)

_BY_COUNTRY: Final = {
    INDIA: {"দেশ": "india", "জাতীয়": "india", "রাজ্য": "bengal", "বাংলা": "bengal", "জেলা": "bengal", "শহর": "kolkata"},
    "": {"দেশ": "bangladesh", "জাতীয়": "bangladesh", "জেলা": "country", "শহর": "capital", "রাজ্য": "bengal"},
}
_PATHS_BY_COUNTRY: Final = {INDIA: {"national": "india", "country": "india", "city": "kolkata", "district": "bengal"}}
_ASKED: Final = ("এর খবর", "ের খবর", "র খবর", " খবর", " নিউজ", " er khobor", " khobor", " news")


def topic(categories: Sequence[str], url: str | None, country: str = "BD") -> str | None:
    """Return the topic of an article: by its publisher's categories, else by the parts of its address; None if unsaid.

    «প্রধান খবর» says where a story stood, not what it is about: anything else that is said wins over it.
    """
    said = list(_said(categories, url, country))
    return next((one for one in said if one != TOP), said[0] if said else None)


def named(text: str) -> Topic | None:
    """Return the topic that a reader means: খেলা, খেলাধুলা, sport, khela, «খেলার খবর»."""
    words = key(text)
    found = _names().get(words)
    for ending in _ASKED:
        if found is None and words.endswith(key(ending)):
            found = _names().get(words.removesuffix(key(ending)).rstrip(" -"))
    return found


def by_key(wanted: str) -> Topic:
    """Return one topic.

    Raises:
        KeyError: there is none of that key.
    """
    return _keyed()[wanted]


def _said(categories: Sequence[str], url: str | None, country: str) -> Iterator[str]:
    own = _BY_COUNTRY.get(country, _BY_COUNTRY[""])
    table = _printed() | {key(word): section for word, section in own.items()}
    for category in categories:
        if (section := table.get(key(category))) is not None:
            yield section
    paths = _paths() | _PATHS_BY_COUNTRY.get(country, {})
    for part in _parts(url):
        if (section := paths.get(part) or table.get(part)) is not None:
            yield section


def _parts(url: str | None) -> list[str]:
    # The last part is the story's own.
    return [key(unquote(part)) for part in urlsplit(url).path.split("/")[:-1]] if url else []


@cache
def _keyed() -> dict[str, Topic]:
    return {one.key: one for one in TOPICS}


@cache
def _printed() -> dict[str, str]:
    return {key(word): one.key for one in TOPICS for word in (one.name.bn, one.name.en, *one.printed)}


@cache
def _paths() -> dict[str, str]:
    return {part: one.key for one in TOPICS for part in one.paths}


@cache
def _names() -> dict[str, Topic]:
    return {
        key(word): one for one in TOPICS for word in (one.key, *one.spelled, *one.printed, one.name.en, one.name.bn)
    }
