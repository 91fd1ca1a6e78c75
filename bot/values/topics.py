"""Defines topics: the sections of the news.

Readers know them from the menus of news portals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.bangla.normalise import key
from bot.values.wording import Wording

TOP = "top"


@dataclass(frozen=True, slots=True)
class Topic:
    """A section of the news, with the slug it is stored under."""

    slug: str
    name: Wording


TOPICS: Final = (
    Topic(TOP, Wording("প্রধান খবর", "Top stories")),
    Topic("bangladesh", Wording("বাংলাদেশ", "Bangladesh")),
    Topic("politics", Wording("রাজনীতি", "Politics")),
    Topic("country", Wording("সারা দেশ", "Around the country")),
    Topic("capital", Wording("রাজধানী", "The capital")),
    Topic("world", Wording("বিশ্ব", "World")),
    Topic("economy", Wording("অর্থনীতি", "Economy")),
    Topic("sport", Wording("খেলা", "Sport")),
    Topic("entertainment", Wording("বিনোদন", "Entertainment")),
    Topic("tech", Wording("প্রযুক্তি", "Technology")),
    Topic("education", Wording("শিক্ষা", "Education")),
    Topic("jobs", Wording("চাকরি", "Jobs")),
    Topic("health", Wording("স্বাস্থ্য", "Health")),
    Topic("law", Wording("আইন-আদালত", "Law and courts")),
    Topic("crime", Wording("অপরাধ", "Crime")),
    Topic("expat", Wording("প্রবাস", "Living abroad")),
    Topic("religion", Wording("ধর্ম", "Religion")),
    Topic("life", Wording("জীবনযাপন", "Life")),
    Topic("environment", Wording("পরিবেশ ও আবহাওয়া", "Environment and weather")),
    Topic("opinion", Wording("মতামত", "Opinion")),
    Topic("kolkata", Wording("কলকাতা", "Kolkata")),
    Topic("bengal", Wording("পশ্চিমবঙ্গ", "West Bengal")),
    Topic("india", Wording("ভারত", "India")),
)

PLACES: Final = {
    key(one.name.bn): one.slug for one in TOPICS if one.slug in ("bangladesh", "india", "bengal", "kolkata")
}
"""Places that are sections too, by the keys of their names: news of one and news filed under it are one list."""
