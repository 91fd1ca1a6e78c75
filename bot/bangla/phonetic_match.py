"""Measures how well Bengali words fit one Roman spelling.

The measure is the cost of the cheapest way to spell each word so.
All words of a question walk one tree of sounds that grows as it is needed, so a beginning that cannot be spelt so is
given up once for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.bangla.phonetic_spellings import ADDED, ADDED_TWIN, SPELLINGS, UNHEARD, UNSAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    Ways: TypeAlias = dict[int, list[tuple[int, int]]]
    """From a position among the letters: the positions it leads to, and at what cost."""

_FAR = 1 << 30
_LONGEST = max(len(letters) for ways in SPELLINGS.values() for letters in ways)


def _by_spelling() -> dict[str, list[tuple[str, int]]]:
    """Return the table by letters: the sounds they may spell, with costs."""
    turned: dict[str, list[tuple[str, int]]] = {}
    for heard, spellings in SPELLINGS.items():
        for letters, cost in spellings.items():
            if letters:
                turned.setdefault(letters, []).append((heard, cost))
    return turned


_SPELT = _by_spelling()
_DROPPED = {heard: spellings[""] for heard, spellings in SPELLINGS.items() if "" in spellings}


class Lattice:
    """One Roman spelling, made ready to be compared with thousands of words."""

    def __init__(self, roman: str) -> None:
        """Look up once what each run of its letters may stand for."""
        self.length = len(roman)
        self.ways: dict[str, Ways] = {}
        for start in range(len(roman)):
            for end in range(start + 1, min(start + _LONGEST, len(roman)) + 1):
                for heard, cost in _SPELT.get(roman[start:end], ()):
                    self.ways.setdefault(heard, {}).setdefault(start, []).append((end, cost))
        # The sounds that these letters may spell together with the next one, though perhaps not alone.
        self.firsts = {heard[0] for heard in self.ways if len(heard) > 1}
        self.skipped = [_skip(roman, position) for position in range(len(roman))]
        self.ahead = self._cheapest()

    def _cheapest(self) -> list[int]:
        """Return the least cost of the letters from each position on."""
        ahead = [0] * (self.length + 1)
        for start in range(self.length - 1, -1, -1):
            ways = [cost + ahead[end] for ways in self.ways.values() for end, cost in ways.get(start, ())]
            ahead[start] = min([*ways, self.skipped[start] + ahead[start + 1]])
        return ahead

    def within(self, words: Iterable[tuple[str, str]], bound: int) -> Iterator[tuple[str, int]]:
        """Yield the words within a bound, each with its cost.

        Words are given with their sounds.
        """
        # What may be spent to get to a position; the letters behind it will cost something too.
        limits = [bound - ahead for ahead in self.ahead]
        root = _Node("", self._with_skips({0: 0}, limits), {})
        for heard, word in words:
            node = root
            for sound in heard:
                child = node.children.get(sound)
                if child is None:
                    child = node.children[sound] = self._grown(node, sound, limits)
                node = child
                if node is _DEAD:
                    break
            else:
                cost = node.here.get(self.length)
                if cost is not None:
                    yield word, cost

    def _grown(self, node: _Node, sound: str, limits: list[int]) -> _Node:
        dropped = _DROPPED.get(sound, UNSAID)
        here = {
            position: total for position, cost in node.here.items() if (total := cost + dropped) <= limits[position]
        }
        if ways := self.ways.get(sound):
            _walk(node.here, ways, here, limits)
        if node.sound in self.firsts and (ways := self.ways.get(node.sound + sound)):
            _walk(node.before, ways, here, limits)
        if here or (node.here and sound in self.firsts):
            return _Node(sound, self._with_skips(here, limits), node.here)
        return _DEAD

    def _with_skips(self, here: dict[int, int], limits: list[int]) -> dict[int, int]:
        for at, cost in sorted(here.items()):
            position = at
            while position < self.length and (cost := cost + self.skipped[position]) <= limits[position + 1]:
                position += 1
                if cost >= here.get(position, _FAR):
                    break
                here[position] = cost
        return here


class _Node:
    """One beginning of words, with its costs so far.

    It has the cost of each number of letters, and the same for one sound less.
    """

    __slots__ = ("before", "children", "here", "sound")

    def __init__(self, sound: str, here: dict[int, int], before: dict[int, int]) -> None:
        self.sound = sound
        self.here = here
        self.before = before
        self.children: dict[str, _Node] = {}


_DEAD = _Node("", {}, {})
"""What all beginnings share that cannot be spelt so."""


def _walk(start: dict[int, int], ways: Ways, here: dict[int, int], limits: list[int]) -> None:
    for position, cost in start.items():
        for end, more in ways.get(position, ()):
            total = cost + more
            if total <= limits[end] and total < here.get(end, _FAR):
                here[end] = total


def _skip(roman: str, position: int) -> int:
    if position and roman[position] == roman[position - 1]:
        return ADDED_TWIN
    return ADDED.get(roman[position], UNHEARD)
