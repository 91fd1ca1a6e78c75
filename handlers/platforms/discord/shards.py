"""Holds a range of one bot's shards.

The platform gives each connection, a shard, the servers whose number it is by remainder. A process hears a range of
them; one of them sends for all. The requests that the platform allows the bot in a second are parted once and for all,
so that no process has to ask another: so many for who sends, so many for the answers of each shard, some more for
direct messages, which the first shard hears.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.values.errors import SettingsError

SENDING, ANSWERS, DIRECT = 37.0, 8.0, 4.0
"""Requests a second for who sends, for answers to what all shards heard, and for those to direct messages."""
_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?/(\d{1,5})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shards:
    """A range of a bot's shards."""

    first: int
    last: int
    count: int

    @classmethod
    def read(cls, text: str) -> Shards:
        """Read «0-3/8»: the first four of eight.

        Raises:
            SettingsError: it is no such range.
        """
        found = _RANGE.fullmatch(text.strip())
        first, last, count = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
        if found and found.group(2) is None:
            last = first
        if not first <= last < count:
            raise SettingsError(
                f"--shards {text}: write the first and the last shard of how many, counted from 0, such as 0-3/8."
            )
        return cls(first, last, count)

    def __str__(self) -> str:
        """Return it as it is written."""
        return f"{self.first}-{self.last}/{self.count}"

    @property
    def ids(self) -> range:
        """The numbers of its shards."""
        return range(self.first, self.last + 1)

    @property
    def part(self) -> float:
        """How much of all shards it is."""
        return len(self.ids) / self.count

    @property
    def answers(self) -> float:
        """Requests a second that its process may make for what it heard."""
        return ANSWERS * self.part + (DIRECT if self.first == 0 else 0.0)

    @property
    def while_sending(self) -> float:
        """Requests a second while its process sends for all."""
        return SENDING + self.answers

    def goes_with(self, other: Shards) -> bool:
        """Tell whether both may be heard at a time, by two processes."""
        return self.count == other.count and (self.last < other.first or other.last < self.first)
