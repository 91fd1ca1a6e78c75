"""What a collector holds that collects for all."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager


class Alone:
    """See bot.ports.store.SourceLeases: nobody else polls."""

    def taken(self, source_id: int, host: str) -> AbstractAsyncContextManager[bool]:
        """Take any source."""
        del source_id, host
        return nullcontext(enter_result=True)
