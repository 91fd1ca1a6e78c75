from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.names import gazetteer
from bot.articles.names.gazetteer import NameKind
from bot.articles.names.tagging import MOST, clean, tags
from bot.bangla.normalise import key
from tests.bangla.strategies import texts
from tests.shared import shared_path

# Invented; nothing of it ever happened.
VISIT = (
    "মস্কো, ৩ মে ২০২৪: নেপালের প্রধানমন্ত্রী আজ ঢাকায় এসেছেন। তাঁকে স্বাগত জানান পররাষ্ট্রমন্ত্রী সৈয়দ রুদাইন ফালকোনি।",
    "বৈঠকে পানি ও বাণিজ্য নিয়ে আলোচনা হয়। ফালকোনি বলেন, নেপাল ও বাংলাদেশ একসঙ্গে কাজ করবে।",
    "পরে ফালকোনিকে একটি স্মারক দেওয়া হয়। চীন এ বিষয়ে কিছু বলেনি।",
)


@dataclass
class Archive:
    """Word counts made up."""

    total: int = 1000
    common: dict[str, int] = field(default_factory=dict)

    def documents(self, word: str) -> int:
        return self.common.get(word, 0)


def _tags(headline: str, *body: str, known: Archive | None = None) -> list[str]:
    return tags(headline, body, (), known)


def test_the_seed_is_about_its_countries_and_persons() -> None:
    lines = [line.strip() for line in shared_path("seed", "article.txt").read_text(encoding="utf-8").splitlines()]
    headline = next(line for line in lines if line.startswith("ইরান-"))
    start = next(at for at, line in enumerate(lines) if line.startswith("মস্কো, "))
    body = [line for line in lines[start : start + 9] if line]
    assert tags(headline, body, (), None) == ["ইরান", "রাশিয়া", "ইসরায়েল", "খামেনি", "পুতিন", "আরাগচি"]


def test_given_tags_are_kept_and_nothing_is_added() -> None:
    assert tags("ইরানে ভূমিকম্প", VISIT, ["নদী", "সেতু"], None) == ["নদী", "সেতু"]


def test_given_tags_that_say_nothing_leave_room_for_those_found() -> None:
    assert tags("ইরানে ভূমিকম্প", (), ["খেলা", "ক", "সর্বশেষ", "প্রথম আলো", " # "], None) == ["ইরান", "ভূমিকম্প"]


@pytest.mark.parametrize(
    "nothing",
    [
        *("জাতীয়", "খেলা", "sports", "আন্তর্জাতিক", "বিনোদন", "ক", "A", "১২", "", "…", "ব্রেকিং নিউজ", "Bangla News"),
        *("প্রথম আলো", "দৈনিক নদীর ডাক", "নদীকণ্ঠ ডটকম", "khobor.com", "রয়টার্স", "bbc"),
    ],
)
def test_sections_outlets_and_single_letters_are_no_tags(nothing: str) -> None:
    assert clean([nothing]) == []


def test_spellings_of_one_name_are_one_tag() -> None:
    assert clean(["ইসরাইল", "Israel", "ইসরায়েলের", "#খামেনেই", "খামেনি"]) == ["ইসরায়েল", "খামেনি"]
    assert clean(["সেতু", "সেতু ", "Bridge", "bridge"]) == ["সেতু", "Bridge"]


def test_places_that_are_sections_too_stay_tags() -> None:
    assert clean(["ভারত", "ঢাকা", "কলকাতা", "বাংলাদেশ", "ক্রিকেট"]) == ["ভারত", "ঢাকা", "কলকাতা", "বাংলাদেশ", "ক্রিকেট"]


def test_names_come_in_their_base_form() -> None:
    assert _tags("চীনের সঙ্গে নেপালের চুক্তি, ভারতকে চিঠি") == ["চীন", "নেপাল", "ভারত"]


def test_what_is_only_mentioned_is_no_tag() -> None:
    assert "চীন" not in _tags("নেপালের প্রধানমন্ত্রীর সফর", *VISIT)


def test_the_place_of_a_dateline_is_no_tag() -> None:
    body = (f"মস্কো, {VISIT[0].split(', ', 1)[1]}", "মস্কোর কথা।")
    assert "মস্কো" not in _tags("নেপালের প্রধানমন্ত্রীর সফর", *body)


def test_a_person_in_a_post_has_the_longest_name() -> None:
    assert "সৈয়দ রুদাইন ফালকোনি" in _tags("নেপালের প্রধানমন্ত্রীর সফর", *VISIT)


def test_a_person_of_the_headline_has_the_full_name() -> None:
    body = ("নতুন সচিব হয়েছেন অধ্যাপক ড. মো. কামরুল হাসান। রোববার তিনি যোগ দেন।",)
    assert _tags("কামরুলকে সচিব করা হলো", *body) == ["কামরুল হাসান"]


def test_a_person_who_is_only_quoted_is_no_tag() -> None:
    body = ("ঘাটে নৌকা ডুবেছে। ওসি রফিকুল ইসলাম বলেন, দুজন নিখোঁজ।", "রফিকুল ইসলাম বলেন, খোঁজ চলছে।")
    assert _tags("নৌকা ডুবে নিখোঁজ দুই", *body) == []


def test_a_person_has_the_name_of_the_text_where_it_is_longer() -> None:
    body = ("চেয়ারম্যান হয়েছেন ড. এম মাসরুর রিয়াজ।",)
    assert _tags("নতুন চেয়ারম্যান মাসরুর রিয়াজ", *body) == ["এম মাসরুর রিয়াজ"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["রুদাইন", "ওসমান রুদাইন", "শরিফ ওসমান বিন রুদাইন"], ["শরিফ ওসমান বিন রুদাইন"]),
        (["রুদাইন হত্যা", "ওসমান রুদাইন", "রুদাইন"], ["রুদাইন হত্যা", "ওসমান রুদাইন"]),
        (["বিশ্বকাপ", "টি-টোয়েন্টি বিশ্বকাপ"], ["বিশ্বকাপ", "টি-টোয়েন্টি বিশ্বকাপ"]),
        (["নদী", "মেঘনা নদী"], ["নদী", "মেঘনা নদী"]),
        (["রহমান", "রহমান রুদাইন"], ["রহমান", "রহমান রুদাইন"]),
    ],
)
def test_given_names_of_one_person_are_one_and_other_tags_stay(given: list[str], kept: list[str]) -> None:
    assert tags("", (), given, None) == kept


PERSON = (
    "মঞ্চের মুখপাত্র শরিফ ওসমান বিন রুদাইন গুলিবিদ্ধ হয়েছেন। রুদাইনকে হাসপাতালে নেওয়া হয়েছে।",
    "ওসমান রুদাইন একজন প্রার্থী। রুদাইন বলেন, তিনি লড়বেন। রুদাইনের ভাই এ কথা জানান।",
)


def test_a_person_is_one_tag_however_often_the_article_calls_them_otherwise() -> None:
    assert _tags("রুদাইনকে গুলি", *PERSON) == ["শরিফ ওসমান বিন রুদাইন"]


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("অভিনেতা পিটার মারা গেছেন", "অভিনেতা পিটার মারা গেছেন। পিটার মারা গেছেন বলে খবর।"),
        ("এ ধরনের দৃশ্য আর নয়", "পরিচালক এ ধরনের দৃশ্য নিয়ে কথা বলেন। এ ধরনের দৃশ্যকে তিনি বাদ দেন। এ ধরনের দৃশ্য বলেন তিনি।"),
        ("প্রধান উপদেষ্টা বরাবর স্মারকলিপি", "প্রধান উপদেষ্টা বরাবর স্মারকলিপি দেওয়া হয়। উপদেষ্টা বরাবর স্মারকলিপি যায়।"),
        ("এমপি পদপ্রার্থীরা আসেন না", "এমপি ভোটপ্রার্থীরা আসে না। এমপি ভোটপ্রার্থীরা আসে না।"),
        ("শহীদের প্রতি শ্রদ্ধা", "শহীদ মিনারে শ্রদ্ধা জানান সবাই। নেতা শ্রদ্ধা জানান। শ্রদ্ধা জানান তাঁরা।"),
        ("মৃত্যুর হিসাব সরকারের", "মৃত্যুর হিসাব সরকার দিয়েছে। মৃত্যুর হিসাব সরকারের কাছে আছে।"),
        ("আশা করি ভালো হবে", "কৃষক আশা করি সব ভালো হবে। আশা করি ধান হবে।"),
        ("মেয়র প্রার্থী নিয়ে বিরোধ", "মেয়র প্রার্থী নিয়ে দলে বিরোধ। মেয়র প্রার্থী হতে চান তিনজন।"),
        ("রাষ্ট্রপতি শান্তি চান", "রাষ্ট্রপতি শান্তি চাই বলেছেন। সবাই শান্তি চাই বলেন।"),
        ("মেলা ভালো", "প্রধান অতিথি ছিলেন উপজেলা নির্বাহী কর্মকর্তা। উপজেলা নির্বাহী কর্মকর্তা বলেন, মেলা ভালো।"),
    ],
)
def test_what_is_no_name_is_no_tag(headline: str, body: str) -> None:
    assert _tags(headline, body) == []


@pytest.mark.parametrize(
    ("headline", "body", "absent"),
    [
        ("স্মৃতি ইরানির প্রত্যাবর্তন", "পর্দায় ফিরছেন স্মৃতি ইরানি। ইরানি এ কথা জানান। ইরানির ভক্তরা খুশি।", "ইরান"),
        ("অভিনেতা বোমান ইরানি অসুস্থ", "বোমান ইরানি বলেন, তিনি ভালো আছেন। বোমান ইরানির কথা। বোমান ইরানিকে দেখা গেছে।", "ইরান"),
        ("মামলার আসামিরা গা ঢাকা দিয়েছে", "আসামিরা গা ঢাকা দিয়েছে। গা ঢাকা দেওয়া আসামিদের খোঁজ চলছে।", "ঢাকা"),
        ("কুয়াশায় ঢাকা পথ", "কুয়াশায় ঢাকা পড়েছে পথ। মেঘে ঢাকা আকাশ।", "ঢাকা"),
        ("ইউএনও ফারজানা হক বদলি", "ইউএনও ফারজানা হক বদলি হয়েছেন। ইউএনওর কার্যালয়ে তালা।", "জাতিসংঘ"),
        ("চীনাবাদামের ফলন ভালো", "চরে চীনাবাদামের ফলন ভালো হয়েছে। চীনাবাদাম চাষ বাড়ছে।", "চীন"),
        ("সিলেটি ভাষায় নতুন গান", "শিল্পী সিলেটি ভাষায় গান গাইলেন। সিলেটি ভাষায় গান জনপ্রিয়।", "সিলেট"),
        ("ভারত মহাসাগরে ঝড়", "ভারত মহাসাগরে ঝড় উঠেছে। জাহাজ ফিরেছে।", "ভারত"),
    ],
)
def test_a_word_that_only_looks_like_a_place_is_no_tag(headline: str, body: str, absent: str) -> None:
    assert absent not in _tags(headline, body)


def test_the_same_word_is_a_place_where_it_means_one() -> None:
    assert _tags("ঢাকার আকাশে মেঘ, ইরানি জাহাজ বন্দরে", "ইরানি জাহাজ এসেছে। ইরান তা জানিয়েছে।") == ["ইরান", "ঢাকা"]


@pytest.mark.parametrize(
    ("headline", "body", "found"),
    [
        ("শামীম হকের জয়", "প্রার্থী শামীম হকের জয় হয়েছে। শামীম হক বলেন, তিনি খুশি।", "শামীম হক"),
        (
            "জেএসডির রফিকের দাবি",
            "সম্পাদক শহীদ উদ্দিন মাহমুদ রফিক এ কথা বলেন। শহীদ উদ্দিন মাহমুদ রফিক আছেন।",
            "শহীদ উদ্দিন মাহমুদ রফিক",
        ),
        ("রহিম ফকিরের বিদায়", "রহিম হোসেন ফকির আইজিপি করিমুল আলমের কাছে যান। রহিম হোসেন ফকির বলেন।", "রহিম হোসেন ফকির"),
        ("রহিম আলী ও করিম আলীর জুটি", "রহিম আলী আর করিম আলী খেলেছেন।", "রহিম আলী"),
        (
            "মাহবুবুর রহমানের এলডিসি নিয়ে কথা",
            "গবেষক মাহবুবুর রহমান এলডিসি নিয়ে বলেন। মাহবুবুর রহমান এলডিসি নিয়ে লেখেন।",
            "মাহবুবুর রহমান",
        ),
    ],
)
def test_a_name_is_whole_and_ends_where_it_ends(headline: str, body: str, found: str) -> None:
    assert found in _tags(headline, body)


@pytest.mark.parametrize(
    ("headline", "opening", "found"),
    [
        ("ট্রাকের ধাক্কায় দুজন নিহত", "বগুড়ার ধুনটে ট্রাকের ধাক্কায় দুজন নিহত হয়েছেন।", ["বগুড়া"]),
        ("দুই জেলায় বৃষ্টি", "বগুড়া ও পাবনায় বৃষ্টি হয়েছে।", []),
        ("সড়ক বন্ধ", "রাজধানী ঢাকার সড়ক বন্ধ।", []),
        ("ভূঞাখালীতে মেলা", "পাবনার ভূঞাখালী উপজেলায় মেলা বসেছে।", ["ভূঞাখালী", "পাবনা"]),
    ],
)
def test_where_it_happened_is_a_tag(headline: str, opening: str, found: list[str]) -> None:
    assert _tags(headline, opening) == found


def test_a_doubtful_name_counts_beside_a_sure_one() -> None:
    assert _tags("শান্ত নদীতে নৌকা") == []
    assert _tags("শান্তর শতক", "নাজমুল হোসেন শান্ত আজ শতক করেছেন।") == ["নাজমুল হোসেন শান্ত"]


def test_a_work_in_quotation_marks_is_a_tag_and_a_saying_is_none() -> None:
    body = ("তাঁর নতুন সিনেমা ‘জলের গান’ মুক্তি পেয়েছে।",)
    assert _tags("মুক্তি পেল ‘জলের গান’", *body) == ["জলের গান"]
    assert _tags("প্রার্থীকে ‘কড়া’ বার্তা", "প্রার্থীকে ‘কড়া’ বার্তা দেওয়া হয়েছে।") == []


HERON = ("বিলে বকচর এসেছে। বকচরের ডাক শোনা যায়।", "বকচরকে কেউ ধরে না। বকচরেরা উড়ে যায়। গ্রামে বকচর সবাই চেনে।")


def test_the_archive_tells_rare_words_from_common_ones() -> None:
    assert _tags("বিলে বকচর", *HERON) == []
    assert _tags("বিলে বকচর", *HERON, known=Archive()) == ["বকচর"]
    assert _tags("বিলে বকচর", *HERON, known=Archive(common={"বকচর": 100})) == []


def test_a_young_archive_tells_nothing() -> None:
    assert _tags("বিলে বকচর", *HERON, known=Archive(total=3)) == []
    assert _tags("বিলে বকচর", *HERON, known=Archive(total=0)) == []


def test_an_article_without_a_body_is_read_by_its_headline() -> None:
    assert tags("ট্রাম্পের সঙ্গে পুতিনের বৈঠক", (), (), None) == ["ট্রাম্প", "পুতিন"]
    assert tags("", (), (), None) == []


@given(texts, st.lists(texts, max_size=4), st.lists(texts, max_size=4))
def test_tags_of_any_text_are_few_distinct_and_fit_to_be_shown(
    headline: str, body: list[str], boxed: list[str]
) -> None:
    found = tags(headline, body, boxed, Archive())
    assert len(set(map(key, found))) == len(found)
    assert all(tag == tag.strip() and key(tag) for tag in found)
    assert clean(found) == found or not clean(boxed)
    assert len(tags(headline, body, (), None)) <= MOST


def test_real_articles_mostly_get_tags_and_never_an_outlet() -> None:
    lines = shared_path("data", "articles", "articles.jsonl").read_text(encoding="utf-8").splitlines()
    found = [tags(one["title"], one["body"].split("\n"), (), None) for one in map(json.loads, lines[::6])]
    assert sum(map(bool, found)) > 0.6 * len(found)
    assert max(map(len, found)) <= MOST
    entries = [gazetteer.named(tag) for article in found for tag in article]
    assert not [entry for entry in entries if entry is not None and entry.kind is NameKind.OUTLET]
