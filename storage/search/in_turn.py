"""Asks for words one by one that may never stand together.

FTS5 minds the end of a span only where it finds something: twelve common words that no article has cost a look at all
that it holds of each. One word alone it gives as asked. So the rarest is asked for first, then of the articles that
have it those with the next, until none is left or so few that their texts are sooner read: in the newest articles, then
in twice as many before them. When that has taken long enough, the answer comes from the newest part of the archive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storage.search.expression import AllOf, ButNot, stands_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from storage.search.expression import Expression

FIRST = 4_000
"""Articles that are looked at first."""
OFTEN = 2
"""Articles of these with all of it, from which on the index finds the newest as soon by itself."""
A_TEXT = 150
"""Numbers that are given while one text is read."""


@dataclass(slots=True)
class InTurn:
    """Finds the newest articles that hold something."""

    holding: Callable[[Expression, int, int], Awaitable[Sequence[int]]]
    """Returns which articles of a span hold it, from the index."""
    texts: Callable[[set[int]], Awaitable[Mapping[int, tuple[str, str]]]]
    """Returns headlines and bodies, their words with a space between."""
    enough: int
    """Numbers that may be given, some .7 µs each."""
    first: int = FIRST
    given: int = 0
    """Numbers that were given until now."""
    _often: dict[Expression, float] = field(default_factory=dict)
    """In how many articles of the last span each word stood, of one."""

    async def newest(self, sought: Expression, limit: int, low: int, high: int) -> list[int]:
        """Return the newest of a span, the newest first."""
        found: list[int] = []
        width = self.first
        while high >= low and len(found) < limit and self.given < self.enough:
            before, lower = self.given, max(low, high - width + 1)
            found += sorted(await self._all(sought, lower, high), reverse=True)
            times = (self.enough - self.given) / max(1, self.given - before)
            high, width = lower - 1, max(1, int(width * min(2, times)))
        return found[:limit]

    async def _all(self, sought: Expression, low: int, high: int) -> set[int]:
        match sought:
            case AllOf(parts):
                found = await self._all(parts[0], low, high)
                for part in parts[1:]:
                    # A common word is in more articles of the span than there are texts left to read.
                    if A_TEXT * len(found) <= self._often.get(part, 1.0) * (high - low):
                        return await self._read(sought, found)
                    found &= await self._all(part, low, high)
                return found
            case ButNot(wanted, unwanted):
                found = await self._all(wanted, low, high)
                return found - (await self._all(unwanted, low, high) if found else set())
            case _:
                numbers = await self.holding(sought, low, high)
                self.given += len(numbers)
                self._often[sought] = len(numbers) / max(1, high - low)
                return set(numbers)

    async def _read(self, sought: Expression, numbers: set[int]) -> set[int]:
        self.given += A_TEXT * len(numbers)
        texts = await self.texts(numbers) if numbers else {}
        return {number for number, text in texts.items() if stands_in(sought, text)}


def may_be_asked(sought: Expression) -> bool:
    """Return whether several things must stand."""
    match sought:
        case AllOf():
            return True
        case ButNot(wanted, _):
            return may_be_asked(wanted)
        case _:
            return False
