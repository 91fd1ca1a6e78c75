"""Answers that only one person sees, in several parts.

Such a part is reached by the token of the interaction that it answered alone, and that lives for fifteen minutes.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.platforms.discord.answering import Answering

log = logging.getLogger(__name__)

LIVES = 880.0
"""Seconds that an interaction's token is good for, and a little less."""
KEPT = 1000
FIRST = "@original"
"""How the first answer to an interaction is called."""


@dataclass(frozen=True, slots=True)
class _Above:
    answering: Answering
    parts: tuple[str, ...]
    until: float


class Unfolded:
    """Remembers what stands above the last part of an answer."""

    def __init__(self) -> None:
        """Begin with none."""
        self._above: OrderedDict[str, _Above] = OrderedDict()

    def note(self, last: str, answering: Answering, parts: Sequence[str]) -> None:
        """Note the parts above the last one."""
        self._above[last] = _Above(answering, tuple(parts), monotonic() + LIVES)
        while len(self._above) > KEPT or next(iter(self._above.values())).until < monotonic():
            self._above.popitem(last=False)

    def count(self, last: str) -> int:
        """Return how many parts above a message can be taken away."""
        above = self._above.get(last)
        return len(above.parts) if above is not None and above.until > monotonic() else 0

    async def fold(self, last: str) -> None:
        """Take away what stands above a message."""
        above = self._above.pop(last, None)
        if above is None:
            return
        for part in above.parts:
            try:
                await above.answering.take_away(part)
            except Exception as error:  # noqa: BLE001 - its reader may have dismissed it
                log.info("a part could not be taken away: %s", error)
