"""Words found by how they sound."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla import phonetic_sounds
from bot.bangla.normalise import key
from bot.bangla.phonetic_match import Lattice
from bot.bangla.phonetic_sounds import sounds
from bot.bangla.phonetics import LONGEST, SURE, Phonetic, Shelf, romanised
from tests.bangla.strategies import texts

WORDS = """
    খামেনি খামেনির খামেনেই খানম ইরান ইরানের ইরাক রাশিয়া রাশিয়ার রসায়ন পুতিন নির্বাচন নির্বাচনে নির্যাতন খবর
    খাবার কবর ঢাকা ঢাকায় ঢাকনা চট্টগ্রাম বাংলাদেশ বিএনপি ব্যাংক সরকার সংকট শেখ হাসিনা মুক্তিযুদ্ধ
    আওয়ামী লীগ ক্রিকেট বিশ্বকাপ প্রধানমন্ত্রী রাষ্ট্রপতি সৌদি আরব মোদি যুক্তরাষ্ট্র স্কুল পুলিশ আদালত
    দুর্নীতি গণতন্ত্র শিক্ষা স্বাস্থ্য কৃষক র‍্যাব রব চাঁদ চাদর পর্যন্ত প্রান্ত বিজ্ঞান বিমান লক্ষ্য লোক বগুড়া
""".split()  # noqa: SIM905 - so it can be read

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _known() -> Phonetic:
    shelf = Shelf()
    for word in WORDS:
        shelf.add(key(word), 5)
    return Phonetic(shelf)


KNOWN = _known()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khamenei", {"খামেনি", "খামেনেই"}),
        ("khameni", {"খামেনি"}),
        ("iran", {"ইরান"}),
        ("Iraner", {"ইরানের"}),
        ("russia", {"রাশিয়া"}),
        ("putin", {"পুতিন"}),
        ("nirbachon", {"নির্বাচন"}),
        ("nirbacon", {"নির্বাচন"}),
        ("khobor", {"খবর"}),
        ("khbr", {"খবর"}),
        ("dhaka", {"ঢাকা"}),
        ("chittagong", {"চট্টগ্রাম"}),
        ("bnp", {"বিএনপি"}),
        ("bank", {"ব্যাংক"}),
        ("bangladesh", {"বাংলাদেশ"}),
        ("sorkar", {"সরকার"}),
        ("shorkar", {"সরকার"}),
        ("hasina", {"হাসিনা"}),
        ("muktijuddho", {"মুক্তিযুদ্ধ"}),
        ("cricket", {"ক্রিকেট"}),
        ("biswakap", {"বিশ্বকাপ"}),
        ("rastropoti", {"রাষ্ট্রপতি"}),
        ("soudi", {"সৌদি"}),
        ("school", {"স্কুল"}),
        ("durniti", {"দুর্নীতি"}),
        ("rab", {"র‍্যাব"}),
        ("chand", {"চাঁদ"}),
        ("porjonto", {"পর্যন্ত"}),
        ("biggan", {"বিজ্ঞান"}),
        ("bigyan", {"বিজ্ঞান"}),
        ("lokkho", {"লক্ষ্য"}),
        ("lakshya", {"লক্ষ্য"}),
        ("bogura", {"বগুড়া"}),
        ("boguda", {"বগুড়া"}),
        ("জুক্তরাস্ট্র", {"যুক্তরাষ্ট্র"}),
        ("প্রধানমন্ত্রি", {"প্রধানমন্ত্রী"}),
        ("নিরবাচন", {"নির্বাচন"}),
        ("পুলিস", {"পুলিশ"}),
        ("র্যাব", {"র‍্যাব"}),
        ("বিগ্গান", {"বিজ্ঞান"}),
    ],
)
def test_what_people_type(typed: str, meant: set[str]) -> None:
    guesses = KNOWN.nearest(typed)
    assert guesses[0].word in {key(word) for word in meant}, guesses


def test_the_usual_way_to_type_a_word_is_sure() -> None:
    for typed in ("iran", "khobor", "putin", "dhaka", "bangladesh", "hasina", "nirbachon"):
        assert KNOWN.nearest(typed)[0].cost <= SURE, typed


def test_the_best_stand_first_and_no_more_than_asked_for() -> None:
    guesses = KNOWN.nearest("iran", 3)
    assert guesses == sorted(guesses)
    assert len(guesses) <= 3
    assert KNOWN.nearest("iran", 0) == []


def test_a_word_that_is_known_is_itself() -> None:
    for word in WORDS:
        if len(word) > 2:
            assert key(word) in [guess.word for guess in KNOWN.nearest(word)]


def test_what_is_nothing_like_any_word_is_not_guessed() -> None:
    assert all(guess.cost > SURE for guess in KNOWN.nearest("zyzzyva"))


def test_words_that_stand_often_come_first_among_those_that_sound_alike() -> None:
    shelf = Shelf()
    shelf.add("দিন", 3)
    shelf.add("দীন", 900)
    assert Phonetic(shelf).nearest("din")[0].word == "দীন"


def test_it_grows_word_by_word() -> None:
    shelf = Shelf()
    assert Phonetic(shelf).nearest("taliban") == []
    shelf.add("তালেবান")
    shelf.add("তালেবান")
    assert [guess.word for guess in Phonetic(shelf).nearest("taliban")] == ["তালেবান"]
    assert len(shelf) == 1


@pytest.mark.parametrize("word", ["", "iran", "ক" * (LONGEST + 1), "১২", "কখ গ", "খবর!", "\u200d"])
def test_what_is_no_word_is_not_kept(word: str) -> None:
    shelf = Shelf()
    shelf.add(word)
    assert len(shelf) == 0


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "\u200c\u200d",
        "🙂🙂",
        "123",
        "a" * 10_000,
        "ক" * 10_000,
        "sg" * 40,
        "' OR 1=1 --",
        "NEAR(a b)",
        '"*"',
        "খবর " * 500,
    ],
)
def test_odd_texts_are_answered_with_few_or_no_words(typed: str) -> None:
    assert len(KNOWN.nearest(typed)) <= 5


@given(texts)
def test_any_text_is_answered_with_known_words(text: str) -> None:
    guesses = KNOWN.nearest(text)
    assert len(guesses) <= 5
    assert {guess.word for guess in guesses} <= {key(word) for word in WORDS}
    assert max(Counter(guess.word for guess in guesses).values(), default=1) == 1


@given(st.text(_LETTERS, max_size=LONGEST), st.sampled_from((40, 100, 170)))
def test_what_is_given_up_early_would_have_cost_too_much(roman: str, bound: int) -> None:
    words = [(sounds(key(word)), word) for word in WORDS]
    everything = dict(Lattice(roman).within(words, 10_000))
    assert dict(Lattice(roman).within(words, bound)) == {
        word: cost for word, cost in everything.items() if cost <= bound
    }


def test_of_very_many_words_that_sound_alike_the_commonest_are_looked_at() -> None:
    signs = "ািীুূেোৈৌ"
    alike = ["".join(parts) for parts in product("কখ", signs, "তথ", signs, "র", signs)]
    shelf = Shelf()
    for count, word in enumerate(alike, 1):
        shelf.add(word, count)
    rarest, commonest = alike[0], alike[-1]
    assert Phonetic(shelf).nearest(rarest)[0].word == rarest
    assert commonest in [guess.word for guess in Phonetic(shelf).nearest(romanised(commonest))]
    assert rarest not in [guess.word for guess in Phonetic(shelf).nearest(romanised(rarest), len(alike))]


@given(texts)
def test_what_is_typed_becomes_letters_from_a_to_z(text: str) -> None:
    roman = romanised(text)
    assert all("a" <= letter <= "z" for letter in roman)


@given(st.text(_LETTERS, max_size=60))
def test_readings_are_bounded_however_many_letters_leave_a_choice(roman: str) -> None:
    assert len(phonetic_sounds.readings(roman)) <= 16
