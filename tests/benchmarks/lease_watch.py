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
# The server itself notes who took a lease when: a benchmark that comes late itself measures nothing wrong. Collectors
# work side by side: nobody waits to take theirs over.
_NOTED = """
CREATE TABLE taken (
    number bigint GENERATED ALWAYS AS IDENTITY, name text, epoch bigint, holder text, at double precision
);
CREATE FUNCTION note_taken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO taken (name, epoch, holder, at) VALUES (
        new.name, new.epoch, current_setting('application_name'), extract(epoch FROM clock_timestamp())
    );
    RETURN new;
END $$;
CREATE TRIGGER note_begun AFTER INSERT ON leases FOR EACH ROW WHEN (new.name !~ '^(collector|source):')
    EXECUTE FUNCTION note_taken();
CREATE TRIGGER note_taken AFTER UPDATE ON leases FOR EACH ROW
    WHEN (old.epoch <> new.epoch AND new.name !~ '^(collector|source):') EXECUTE FUNCTION note_taken();
"""
# Of two that are taken at one time the later number may be seen first.
_TAKEN = "SELECT number, name, epoch, holder, at FROM taken WHERE number > %s - 100 ORDER BY number"
_RELEASED = "SELECT name FROM leases WHERE owner = ''"
_CONNECTED = "SELECT DISTINCT application_name FROM pg_stat_activity WHERE datname = current_database()"


class Tenure(NamedTuple):
    """That a process held a lease, and since when.

    The time is that of `time.monotonic`.
    """

    lease: str
    epoch: int
    holder: str
    since: float


@dataclass(slots=True)
class LeaseWatch:
    """Looks twenty times a second at what the server noted.

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
    _seen: set[int] = field(default_factory=set)
    _task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        async with await psycopg.AsyncConnection.connect(self.address, autocommit=True) as raw:
            await raw.execute(_NOTED.encode())
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
        """Return when it was first taken after a number."""
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
        taken = await (await raw.execute(_TAKEN, (max(self._seen, default=0),))).fetchall()
        released = await (await raw.execute(_RELEASED)).fetchall()
        connected = await (await raw.execute(_CONNECTED)).fetchall()
        self._connected = {str(name) for (name,) in connected}
        ahead = time.time() - time.monotonic()
        for number, name, epoch, holder, at in taken:
            if int(str(number)) in self._seen:
                continue
            self._seen.add(int(str(number)))
            self._epochs[str(name)] = int(str(epoch))
            self.held[str(name)] = str(holder)
            self.tenures.append(Tenure(str(name), int(str(epoch)), str(holder), float(str(at)) - ahead))
        for (name,) in released:
            self.held.pop(str(name), None)
