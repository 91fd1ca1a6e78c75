"""The lists of words: each is read as it is meant."""

from __future__ import annotations

from bot.bangla.normalise import key
from bot.bangla.words import question, split
from bot.search.lexicon import lookup, tables


def test_every_way_to_seek_is_a_question() -> None:
    for sought in tables.english().values():
        assert all(question(group).groups for group in sought.split()), sought
    for ways in tables.spellings().values():
        assert all(len(question(way).groups) >= 1 for way in ways)


def test_a_spelling_comes_first_among_its_own_ways() -> None:
    for name, ways in tables.spellings().items():
        assert split(ways[0]) == list(name)


def test_names_are_found_with_their_endings_the_longest_first() -> None:
    words = split("আওয়ামী লিগের সভা")
    found = lookup.listed(words, 0)
    assert found is not None
    assert found.size == 2
    crash = lookup.listed(split("dollarer dam"), 0)
    assert crash is not None
    assert crash.english


def test_a_known_word_is_known_in_its_forms_and_others_are_not() -> None:
    assert lookup.known_base(key("শিয়ালদহে")) == key("শিয়ালদহ")
    assert lookup.known_base(key("কলেরা")) == key("কলেরা")
    assert lookup.known_base(key("অমুকতমুক")) == ""
