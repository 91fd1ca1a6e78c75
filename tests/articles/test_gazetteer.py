from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given

from bot.articles.names.gazetteer import BANGLADESH, How, NameKind, canonical, district, districts, entries, find, named
from bot.bangla.normalise import key
from bot.bangla.words import split
from tests.bangla.strategies import texts

DIVISIONS = {
    "ঢাকা": 13,
    "চট্টগ্রাম": 11,
    "খুলনা": 10,
    "রাজশাহী": 8,
    "রংপুর": 8,
    "বরিশাল": 6,
    "সিলেট": 4,
    "ময়মনসিংহ": 4,
}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("খামেনেই", "খামেনি"),
        ("ইসরাইল", "ইসরায়েল"),
        ("ইজরায়েলের", "ইসরায়েল"),
        ("BNP", "বিএনপি"),
        ("কোলকাতা", "কলকাতা"),
        ("চট্রগ্রাম", "চট্টগ্রাম"),
        ("iran", "ইরান"),
        ("Dhaka", "ঢাকা"),
        ("মার্কিন", "যুক্তরাষ্ট্র"),
        ("পুতিন-এর", "পুতিন"),
        ("ভ্লাদিমির পুতিনের", "পুতিন"),
        ("র‌্যাব", "র‍্যাব"),
        ("জাতীয় নাগরিক পার্টি", "এনসিপি"),
        ("ইরানে", "ইরান"),
    ],
)
def test_spellings_that_are_one_are_joined(said: str, meant: str) -> None:
    assert canonical(said) == meant


@pytest.mark.parametrize("name", ["নদীর ঘাট", "কমলা", "শিবির", "শান্ত", "", "।", "ইরানি চলচ্চিত্র"])
def test_what_is_no_name_stays_as_it_is(name: str) -> None:
    assert canonical(name) == name


def test_every_spelling_of_an_entry_leads_to_its_name() -> None:
    for entry in entries():
        for spelling in (entry.name, entry.english, *entry.also, *entry.adjectives):
            found = named(spelling)
            assert found is not None
            assert found.name == entry.name, spelling


def test_no_name_stands_twice() -> None:
    spellings = Counter(
        words
        for entry in entries()
        for words in {tuple(split(text)) for text in (entry.name, entry.english, *entry.also)}
    )
    assert not [words for words, count in spellings.items() if count > 1 or not words]


def test_what_is_doubtful_has_something_that_settles_it() -> None:
    for entry in entries():
        sure = {entry.name, entry.english, *entry.also, *entry.sure} - set(entry.doubtful)
        assert sure, entry.name
        if entry.doubtful and entry.kind is not NameKind.OUTLET:
            assert any(any("\u0980" <= sign <= "\u09ff" for sign in name) for name in sure), entry.name


def test_there_are_64_districts_in_8_divisions() -> None:
    assert Counter(one.division for one in districts()) == DIVISIONS
    assert {one.country for one in districts()} == {BANGLADESH}
    assert {entry.name for entry in districts()} >= set(DIVISIONS)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("সিলেট", "সিলেট"),
        ("sylhet", "সিলেট"),
        ("bogura", "বগুড়া"),
        ("Bogra", "বগুড়া"),
        ("বগুড়া জেলা", "বগুড়া"),
        ("cox's bazar", "কক্সবাজার"),
        ("coxs bazar", "কক্সবাজার"),
        ("ভোলা", "ভোলা"),
        ("রাঙ্গামাটি", "রাঙামাটি"),
        ("লক্ষীপুর", "লক্ষ্মীপুর"),
        ("Chittagong", "চট্টগ্রাম"),
        ("ঢাকায়", "ঢাকা"),
    ],
)
def test_a_reader_finds_the_district(said: str, meant: str) -> None:
    found = district(said)
    assert found is not None
    assert found.name == meant


@pytest.mark.parametrize("said", ["কলকাতা", "লন্ডন", "টেকনাফ", "জেলা", "", "ইরান"])
def test_other_places_are_no_districts(said: str) -> None:
    assert district(said) is None


def _found(text: str) -> list[tuple[str, How]]:
    return [(hit.entry.name, hit.how) for hit in find(split(text))]


def test_the_longest_name_is_found() -> None:
    assert _found("জাতিসংঘের নিরাপত্তা পরিষদে রুশ ভেটো") == [
        ("জাতিসংঘ নিরাপত্তা পরিষদ", How.NAME),
        ("রাশিয়া", How.ADJECTIVE),
    ]


def test_a_word_that_means_other_things_is_doubtful() -> None:
    assert _found("শান্ত নদীতে") == [("নাজমুল হোসেন শান্ত", How.DOUBTFUL)]
    assert _found("নাজমুল হোসেন শান্ত") == [("নাজমুল হোসেন শান্ত", How.NAME)]


def test_a_bank_is_no_city() -> None:
    assert _found("একটি ব্যাংককে জরিমানা") == [("ব্যাংকক", How.DOUBTFUL)]
    assert _found("ব্যাংককের পথে") == [("ব্যাংকক", How.NAME)]


def test_a_dated_form_of_the_letters_is_found() -> None:
    assert _found("রাশিয\u09bcার কথা") == _found("রাশি\u09dfার কথা") == [("রাশিয়া", How.NAME)]


@given(texts)
def test_canonical_is_settled_and_finds_stand_side_by_side(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    words = split(text)
    end = 0
    for start, stop in sorted({(hit.start, hit.end) for hit in find(words)}):
        assert end <= start < stop <= len(words)
        end = stop


def test_every_name_is_found_with_endings() -> None:
    # bases() leaves a lone word of fewer than three code points whole: ঈদ.
    long_enough = [entry.name for entry in entries() if len(key(entry.name)) >= 3]
    assert len(long_enough) > 0.99 * len(entries())
    for name in long_enough:
        for ending in ("", "কে", "-এর", " "):
            assert key(canonical(name + ending)) == key(name), name + ending
