"""How far Bengali words are from one Roman spelling: the cheapest way to spell each of them so.

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
    """From a place among the letters: the places it leads to, and at what cost."""

_FAR = 1 << 30
_LONGEST = max(len(letters) for ways in SPELLINGS.values() for letters in ways)


def _by_spelling() -> dict[str, list[tuple[str, int]]]:
    """Turn the table over: which sounds a run of letters may spell, and at what cost."""
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
        self.skipped = [_skip(roman, place) for place in range(len(roman))]

    def within(self, words: Iterable[tuple[str, str]], bound: int) -> Iterator[tuple[str, int]]:
        """Yield the words, given with their sounds, that cost no more than a bound, each with its cost."""
        root = _Node("", self._with_skips({0: 0}, bound), {})
        for heard, word in words:
            node = root
            for sound in heard:
                child = node.children.get(sound)
                if child is None:
                    child = node.children[sound] = self._grown(node, sound, bound)
                node = child
                if not node.here:
                    break
            else:
                cost = node.here.get(self.length)
                if cost is not None:
                    yield word, cost

    def _grown(self, node: _Node, sound: str, bound: int) -> _Node:
        dropped = _DROPPED.get(sound, UNSAID)
        here = {place: cost + dropped for place, cost in node.here.items() if cost + dropped <= bound}
        _walk(node.here, self.ways.get(sound), here, bound)
        if node.before:
            _walk(node.before, self.ways.get(node.sound + sound), here, bound)
        return _Node(sound, self._with_skips(here, bound), node.here)

    def _with_skips(self, here: dict[int, int], bound: int) -> dict[int, int]:
        for place in sorted(here):
            at, cost = place, here[place]
            while at < self.length and (cost := cost + self.skipped[at]) <= bound:
                at += 1
                if cost >= here.get(at, _FAR):
                    break
                here[at] = cost
        return here


class _Node:
    """A beginning of words: at what cost it spells how many of the letters, and the same for one sound less."""

    __slots__ = ("before", "children", "here", "sound")

    def __init__(self, sound: str, here: dict[int, int], before: dict[int, int]) -> None:
        self.sound = sound
        self.here = here
        self.before = before
        self.children: dict[str, _Node] = {}


def _walk(start: dict[int, int], ways: Ways | None, here: dict[int, int], bound: int) -> None:
    if not ways:
        return
    for place, cost in start.items():
        for end, more in ways.get(place, ()):
            total = cost + more
            if total <= bound and total < here.get(end, _FAR):
                here[end] = total


def _skip(roman: str, place: int) -> int:
    if place and roman[place] == roman[place - 1]:
        return ADDED_TWIN
    return ADDED.get(roman[place], UNHEARD)
