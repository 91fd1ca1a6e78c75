"""A feed that has something new at every look.

In a process of its own.
python -m tests.benchmarks.feed_stub ITEMS: prints its port; each look brings so many new items.
"""

from __future__ import annotations

import asyncio
import sys
from email.utils import format_datetime
from typing import TYPE_CHECKING

from bot.clockwork.clock import system_clock
from tests.benchmarks.loopback import serve

if TYPE_CHECKING:
    from tests.benchmarks.loopback import Connection

_KEPT = 20
"""Items that stand in the feed."""
_FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>নদী</title><link>http://127.0.0.1/</link>{}</channel></rss>'
_ITEM = (
    "<item><title>খবর {0}: নদীর ঘাটে নতুন সেতু খুলছে</title><link>http://127.0.0.1/{0}</link><guid>{0}</guid>"
    "<pubDate>{1}</pubDate>"
    "<description>নদীর ঘাটে দীর্ঘ দিনের অপেক্ষার পর নতুন সেতু {0} খুলে দেওয়া হচ্ছে শুক্রবার।</description></item>"
)


class Feed:
    """Counts the looks."""

    def __init__(self, items: int) -> None:
        """Bring so many items at each look."""
        self._items = items
        self._last = 0

    def handle(self, connection: Connection, path: bytes, body: bytes) -> None:
        """Answer a look."""
        del path, body
        self._last += self._items
        date = format_datetime(system_clock())
        first = max(1, self._last - _KEPT + 1)
        items = "".join(_ITEM.format(number, date) for number in range(self._last, first - 1, -1))
        connection.answer(_FEED.format(items).encode())


if __name__ == "__main__":
    asyncio.run(serve(Feed(int(sys.argv[1])).handle))
