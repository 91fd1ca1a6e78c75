"""The words of the archive in their table.

Found by sound and spelling, without anything loaded.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bangla.normalise import key
from storage.search.word_sounds import rarity
from tests.fakes.engines import an_engine
from tests.storage.invented import an_archive, draft

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio


async def test_words_are_found_by_sound_by_a_store_that_loaded_nothing(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("তালেবানের বৈঠক", "n.example/1", body=("তালেবান বলেছে।",)))
        await archive.save(draft("বিএনপির সভা", "n.example/2", body=("বিএনপি বিএনপি।",)))
        await archive.store.vocabulary.refresh()
        async with an_engine(tmp_path / "khobor.db") as again:
            assert [guess.word for guess in await again.vocabulary.nearest("taliban", 1)] == [key("তালেবান")]
            assert [guess.word for guess in await again.vocabulary.nearest("bnp", 1)] == [key("বিএনপি")]
            assert await again.vocabulary.nearest("zyzzy", 3) == []


async def test_how_a_word_stands_is_told_with_its_other_spellings(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("ওসমান হাদির কথা", "n.example/1", body=("হাদি হাদি হাদিকে।",)))
        await archive.save(draft("হাদী এলেন", "n.example/2", body=("মেট্রোরেলে ভিড়।",)))
        words = [key(word) for word in ("হাদী", "হাদির", "মেট্রো", "কলেরা")]
        facts = await archive.store.vocabulary.facts(words, [key("কলেরা")])
        rare, usual, begun, absent = (facts[word] for word in words)
        assert (rare.often, rare.root, rare.alike[0]) == (1, key("হাদী"), (key("হাদি"), 4))
        assert (usual.often, usual.root) == (4, key("হাদি"))
        assert (begun.often, begun.begins) == (0, True)
        assert absent == (0, key("কলেরা"), (), False)


@pytest.mark.sqlite
async def test_words_that_an_older_version_counted_are_put_there_too(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        await archive.save(draft("তালেবানের বৈঠক", "n.example/1", body=("তালেবান বলেছে।",)))
        await archive.store.vocabulary.refresh()
        with sqlite3.connect(tmp_path / "khobor.db") as db:
            db.execute("DELETE FROM word_sounds")
            db.execute("UPDATE vocabulary_mark SET sounded = ''")
        assert [guess.word for guess in await archive.store.vocabulary.nearest("taliban", 1)] == [key("তালেবান")]
        assert db.execute("SELECT sounded FROM vocabulary_mark").fetchall() == [(None,)]
        db.close()


@pytest.mark.sqlite
async def test_a_word_that_comes_to_stand_oftener_is_there_once(tmp_path: Path) -> None:
    async with an_archive(tmp_path) as archive:
        for number in range(9):
            await archive.save(draft("তালেবান", f"n.example/{number}", body=("তালেবান তালেবান।",)))
            await archive.store.vocabulary.refresh()
        with sqlite3.connect(tmp_path / "khobor.db") as db:
            rows = db.execute("SELECT key, less FROM word_sounds WHERE word = ?", (key("তালেবান"),)).fetchall()
        db.close()
        assert len({place for place, _ in rows}) == len(rows)
        assert {less for _, less in rows} == {rarity(27)}


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_the_commoner_a_word_the_earlier_it_stands(one: int, other: int) -> None:
    assert (one <= other) <= (rarity(one) >= rarity(other))
