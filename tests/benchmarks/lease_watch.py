"""Watches who holds which lease on a PostgreSQL server, past the program."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Self

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable

LOOK = 0.05
_HOLDERS = """
SELECT l.name, l.owner, l.epoch, a.application_name FROM leases l
LEFT JOIN pg_locks k ON k.locktype = 'advisory' AND k.granted AND k.objsubid = 1
    AND k.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND ((CAST(k.classid AS bigint) << 32) | CAST(k.objid AS bigint)) = hashtextextended('khobor ' || l.name, 0)
LEFT JOIN pg_stat_activity a ON a.pid = k.pid
"""
_CONNECTED = "SELECT DISTINCT application_name FROM pg_stat_activity WHERE datname = current_database()"


class Tenure(NamedTuple):
    """That a process held a lease, from when it was seen to."""

    lease: str
    epoch: int
    holder: str
    since: float


@dataclass(slots=True)
class LeaseWatch:
    """Looks twenty times a second.

    Processes go by the application name in their address.
    """

    address: str
    held: dict[str, str] = field(default_factory=dict)
    """The leases, and which process holds each; one that was given back is held by nobody."""
    tenures: list[Tenure] = field(default_factory=list)
    late: float = 0.0
    """Seconds by which a look came later than it should at most."""
    _connected: set[str] = field(default_factory=set)
    _epochs: dict[str, int] = field(default_factory=dict)
    _task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()
        await asyncio.wait({self._task})

    def epoch(self, lease: str) -> int:
        """Return how often a lease was taken."""
        return self._epochs.get(lease, 0)

    def taken_at(self, lease: str, after: int) -> float:
        """Return when it was first seen taken after a number."""
        return next(one.since for one in self.tenures if one.lease == lease and one.epoch > after)

    def is_connected(self, process: str) -> bool:
        """Return whether a process was connected at the last look."""
        return process in self._connected

    async def until(self, holds: Callable[[], bool], seconds: float) -> None:
        """Wait until something holds.

        Raises:
            TimeoutError: it does not in so many seconds.
        """
        async with asyncio.timeout(seconds):
            while not holds():  # noqa: ASYNC110 - what is looked at comes from the server
                await asyncio.sleep(LOOK)

    async def _watch(self) -> None:
        due = time.monotonic()
        while True:
            with suppress(psycopg.Error):
                async with await psycopg.AsyncConnection.connect(self.address, autocommit=True) as raw:
                    while True:
                        due = time.monotonic() + LOOK
                        await asyncio.sleep(LOOK)
                        self.late = max(self.late, time.monotonic() - due)
                        await self._look(raw)
            await asyncio.sleep(LOOK)

    async def _look(self, raw: psycopg.AsyncConnection[tuple[object, ...]]) -> None:
        rows = await (await raw.execute(_HOLDERS)).fetchall()
        connected = await (await raw.execute(_CONNECTED)).fetchall()
        now = time.monotonic()
        self._connected = {str(name) for (name,) in connected}
        for name, owner, epoch, holder in ((str(a), str(b), int(str(c)), d) for a, b, c, d in rows):
            if not owner:
                self.held.pop(name, None)
            elif epoch != self._epochs.get(name) and holder is not None:
                # A lock is tried by others too, but what is taken is locked by who took it.
                self._epochs[name] = epoch
                self.held[name] = str(holder)
                self.tenures.append(Tenure(name, epoch, str(holder), now))
