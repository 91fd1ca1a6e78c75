from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.normalise import key
from bot.bangla.stems import LEAST, stem
from bot.bangla.words import LONGEST, Needle, WordForms, head, holds, indexed, question, split, split_key
from tests.bangla.strategies import texts

WORDS = st.lists(st.sampled_from(["ইরান", "ইরানের", "ইরানি", "মা", "নদীগুলোর", "চর", "covid", "১৯"]), max_size=6)


def test_a_question_is_its_words_and_what_is_quoted() -> None:
    assert question("ইরানের নদী").runs == ((Needle("ইরান", exact=False),), (Needle("নদী", exact=False),))
    assert question("“ফেরি ঘাটের” মা").runs == (
        (Needle("ফেরি", exact=True), Needle("ঘাট", exact=False)),
        (Needle("মা", exact=False),),
    )
    assert question('"') == question("\u200c\u200d") == question("।, -") == question("")


def test_a_run_stands_within_one_text_and_in_order() -> None:
    texts = (split("ফেরি ঘাটে ভিড়"), split("মেলা বসেছে"))
    assert holds(question('"ফেরি ঘাট"'), texts)
    assert not holds(question('"ঘাট ফেরি"'), texts)
    assert not holds(question('"ভিড় মেলা"'), texts)
    assert holds(question("মেলা ফেরি"), texts)
    assert not holds(question(""), texts)


def test_a_short_word_is_a_whole_word() -> None:
    assert holds(question("মা"), [["মা"]])
    assert not holds(question("মা"), [["মাঠ"]])


@pytest.mark.parametrize(
    ("asked", "form"),
    [("দল", "দলের"), ("ঈদ", "ঈদে"), ("পদ", "পদে"), ("জন", "জনের"), ("বই", "বইয়ের"), ("চা", "চায়ের"), ("দল", "দলগুলোকে")],
)
def test_a_short_word_is_found_by_its_forms(asked: str, form: str) -> None:
    assert holds(question(asked), [split(form)])


@pytest.mark.parametrize(
    ("asked", "other"), [("মা", "মাটি"), ("মা", "মারা"), ("চা", "চায়"), ("দল", "দলিল"), ("19", "19টি"), ("না", "নার")]
)
def test_a_short_word_is_no_beginning_of_another(asked: str, other: str) -> None:
    assert not holds(question(asked), [split(other)])


def test_one_spelling_of_several_is_enough() -> None:
    asked = question("ওসমান হাদী|হাদি শেয়ারবাজার|শেয়ার-বাজার")
    assert holds(asked, [split("ওসমান হাদির শেয়ার বাজার")])
    assert holds(asked, [split("ওসমান হাদী শেয়ারবাজারে")])
    assert not holds(asked, [split("ওসমান শেয়ারবাজার")])
    assert not holds(asked, [split("ওসমান হাদী শেয়ার বিক্রির বাজার")])


@given(WORDS, WORDS)
def test_what_is_held_is_offered_by_its_head(asked: list[str], text: list[str]) -> None:
    wanted, texts = question(" ".join(asked)), (split(" ".join(text)), ["আরও"])
    if holds(wanted, texts):
        needle = head(wanted)
        offered = {word for words in texts for word in words} if needle.exact else set(WordForms(texts).heads())
        assert needle.text in offered


@given(WORDS)
def test_heads_are_the_words_and_every_beginning_once(text: list[str]) -> None:
    words = split(" ".join(text))
    begun = {word[:size] for word in words for size in range(3, len(word) + 1)}
    heads = list(WordForms((words,)).heads())
    assert sorted(heads) == sorted(begun | set(words))


def test_of_a_long_word_the_beginning_counts() -> None:
    word = "কখগঘ" * 30
    assert split(f"{word} মাঠ") == [word[:LONGEST], "মাঠ"]
    assert indexed(f"মাঠ-{word}, “{word}”") == f"মাঠ {word[:LONGEST]} {word[:LONGEST]}"
    assert indexed("কোভিড-১৯, “মাঠ”") == 'কোভিড-19, "মাঠ"'
    assert holds(question(word), (split(word + "র"),))


@given(texts)
def test_a_text_is_split_as_its_whole_form_is(text: str) -> None:
    assert split(text) == split_key(key(text))


@given(st.text(alphabet="ইরানেগুলোদটিক ", max_size=14))
def test_the_stem_of_a_stem_is_itself_and_a_beginning(text: str) -> None:
    for word in split(text):
        assert word.startswith(stem(word))
        assert stem(stem(word)) == stem(word)
        assert len(stem(word)) >= min(LEAST, len(word))
