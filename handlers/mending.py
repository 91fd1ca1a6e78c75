"""Remembers where questions were answered, for a minute.

If a person mends a typo in a question, the new answer takes the old one's place.
"""

from __future__ import annotations

from collections import OrderedDict
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.values.delivery import Ref

WITHIN = 60.0
"""Seconds in which a change of what was written is a mended question."""
KEPT = 2000


class Mending:
    """Answers by the message that they answer."""

    def __init__(self, ticks: Callable[[], float] = monotonic) -> None:
        """Remember none; ``ticks``: seconds that never go back."""
        self._ticks = ticks
        self._answered: OrderedDict[tuple[str, str], tuple[Ref, float]] = OrderedDict()

    def note(self, chat: str, message: str, answer: Ref) -> None:
        """Note where a question was answered."""
        self._answered[chat, message] = (answer, self._ticks() + WITHIN)
        while self._answered and (len(self._answered) > KEPT or next(iter(self._answered.values()))[1] < self._ticks()):
            self._answered.popitem(last=False)

    def find(self, chat: str, message: str) -> Ref | None:
        """Return where a question was answered within the minute."""
        found = self._answered.get((chat, message))
        return found[0] if found is not None and found[1] >= self._ticks() else None
