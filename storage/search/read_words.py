"""Reads the archive's words for a pure rule.

The rule knows nothing of a database. It is asked, the words that it missed are read, and it is asked again until it
misses none.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, ClassVar

from storage.search import word_sounds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from storage.driver.connection import Connection


class ReadWords:
    """See `bot.bangla.phonetics.Shelves`: counts and shelves, as far as they were read."""

    ROUNDS: ClassVar = 8
    """How often a rule is asked at most; none was seen to need more than four."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._counts: dict[str, int] = {}
        self._shelves: dict[tuple[str, int], list[tuple[str, str]]] = {}
        self._letters: dict[str, list[str]] = {}
        self._missed: set[str] = set()
        self._missed_shelves: set[tuple[str, int]] = set()
        self._missed_letters: set[str] = set()

    def count(self, word: str) -> int:
        """Return how often a word stands.

        It is 0 for a word that was not read yet.
        """
        if word not in self._counts:
            self._missed.add(word)
        return self._counts.get(word, 0)

    def shelved(self, bones: Collection[str], each: int) -> list[tuple[str, str]]:
        """Return the words of these skeletons that were read."""
        wanted = [(one, each) for one in bones]
        self._missed_shelves.update(one for one in wanted if one not in self._shelves)
        return [entry for one in wanted for entry in self._shelves.get(one, ())]

    def lettered(self, letters: str) -> Collection[str]:
        """Return the words that were read and are these initials."""
        if letters not in self._letters:
            self._missed_letters.add(letters)
        return self._letters.get(letters, ())

    async def read(self, db: Connection) -> bool:
        """Read what was missed; return whether anything was."""
        missed = bool(self._missed or self._missed_shelves or self._missed_letters)
        for each in {each for _, each in self._missed_shelves}:
            bones = [one for one, size in self._missed_shelves if size == each]
            self._shelves |= {(one, each): [] for one in bones}
            for one, heard, word in await word_sounds.shelf(db, bones, each):
                self._shelves[one, each].append((heard, word))
        for letters in self._missed_letters:
            self._letters[letters] = await word_sounds.lettered(db, letters)
            self._missed.update(self._letters[letters])
        if self._missed:
            self._counts |= dict.fromkeys(self._missed, 0) | await often(db, self._missed)
        self._missed, self._missed_shelves, self._missed_letters = set(), set(), set()
        return missed


async def often(db: Connection, words: Iterable[str]) -> dict[str, int]:
    """Return how often words stand in the archive, of those that do."""
    listed = json.dumps(list(words), ensure_ascii=False)
    rows = await db.rows("SELECT word, n FROM vocabulary WHERE word IN (SELECT value FROM texts(?))", listed)
    return dict(rows)
