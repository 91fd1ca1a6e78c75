"""Leases on PostgreSQL: what one process does at a time.

They hold however a process or its network fails.
The lock is what the server sees: it is freed by the death of the connection, and timeouts end that of a holder that was
stopped or cut off. The beat is what the holder promised: it begins nothing more two seconds after its last acknowledged
beat began. Another takes over when the lock is free and the beat is four seconds old, or at once when it was released:
a server that is restarted frees the locks of holders that still send.
"""

from __future__ import annotations

import secrets
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

import anyio
import psycopg

from bot.values.errors import StorageError
from storage.driver import postgresql
from storage.driver.fence import END_FENCED
from storage.driver.postgresql_errors import FAILURES, in_words, refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from storage.driver.connection import Fences, Promises

BEAT: Final = 1.0
"""Seconds between two beats."""
HOLDS: Final = 2.0
"""Seconds that a holder goes on after its last good beat began."""
FREE: Final = 4.0
"""Seconds after its last beat from which a lease that was not released may be taken."""
SOON: Final = 1.0
"""Seconds before that moment from which whoever finds the holder silent waits for it, rather than come again."""
LOOKS: Final = 0.1
"""Seconds between two looks at a lock whose holder is silent longer than it may be."""
_CLOCK: int | None = getattr(time, "CLOCK_BOOTTIME", None)
# A holder that is stopped or cut off has lost its lock a little before its lease may be taken.
OPTIONS = "-c idle_session_timeout=3500 -c client_connection_check_interval=1000 -c statement_timeout=2000"
_LOCK_NUMBER = "hashtextextended('khobor ' || %s, 0)"
# Only what may be taken is locked: who waits for its moment keeps it from nobody, whatever becomes of it meanwhile.
LOCK = (
    "WITH l AS MATERIALIZED (SELECT (SELECT %s - extract(epoch FROM clock_timestamp() - beat) FROM leases "
    "WHERE name = %s AND owner <> '') AS waits) SELECT CASE WHEN l.waits > 0 THEN false "
    f"ELSE pg_try_advisory_lock({_LOCK_NUMBER}) END, l.waits FROM l"
)
# That the name is written too lets it wait for transactions that are fenced; a beat does not.
TAKE = (
    "INSERT INTO leases (name, owner, epoch, beat) VALUES (%s, %s, 1, clock_timestamp()) ON CONFLICT (name) DO UPDATE "
    "SET name = excluded.name, owner = excluded.owner, epoch = leases.epoch + 1, beat = excluded.beat "
    "WHERE leases.owner = '' OR leases.beat < clock_timestamp() - make_interval(secs => %s) RETURNING epoch"
)
HELD: Final = (
    "SELECT name FROM leases WHERE starts_with(name, ?) AND owner <> '' "
    f"AND beat >= clock_timestamp() - make_interval(secs => {FREE})"
)
"""Leases whose names begin so, and that are neither released nor free to be taken."""


class Held:
    """What its holder has until a beat ends."""

    def __init__(self) -> None:
        """Hold it."""
        self.lost = False

    @asynccontextmanager
    async def while_beats(self, beat: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
        """Cancel the block when the beat ends: all is lost then."""
        try:
            async with anyio.create_task_group() as group:

                async def watch() -> None:
                    await beat()
                    self.lost = True
                    group.cancel_scope.cancel()

                group.start_soon(watch)
                yield
                group.cancel_scope.cancel()
        except BaseExceptionGroup as several:
            # The beat raises nothing: what failed is the holder's own, and comes out as from a file's lock.
            raise several.exceptions[0] from None


@asynccontextmanager
async def lease(address: str, name: str, fences: Fences, promises: Promises) -> AsyncIterator[bool]:
    """Try for a lease: True if this holder has it, else False.

    The holder's work is cancelled when the lease is lost, and StorageError says so. As long as it is held ``fences``
    has it, for transactions that must not be a former holder's; ``promises`` says until when its holder may act, which
    it asks itself: work that waits for an answer is cancelled only when that comes.

    Raises:
        StorageError: the server cannot be asked; or the lease was lost.
    """
    shown = in_words(address)
    owner = secrets.token_hex(8)
    try:
        raw = await postgresql.dial(address, OPTIONS)
    except psycopg.Error as error:
        raise refused(error, shown) from error
    try:
        try:
            taken = await _take(raw, name, owner)
        except FAILURES as error:
            raise refused(error, shown) from error
        if taken is None:
            yield False
            return
        epoch, begun = taken
        fences[name] = (owner, epoch)
        promises[name] = begun + HOLDS

        async def beat() -> None:
            await _beat_while_held(raw, name, owner, promises)
            promises.pop(name, None)  # its fence stays: what is under way ends within it, or not at all

        held = Held()
        try:
            async with held.while_beats(beat):
                yield True
        finally:
            fences.pop(name, None)
            promises.pop(name, None)
            if not held.lost:
                await _release(raw, name, owner)
        if held.lost:
            raise StorageError(f"{shown}: the lease «{name}» was lost; another process may have it.")
    finally:
        with anyio.CancelScope(shield=True):
            await raw.close()


async def _take(raw: postgresql.Raw, name: str, owner: str) -> tuple[int, float] | None:
    """Take a lease that is free, or free soon.

    It is free soon if its holder has fallen silent; transactions that this one left open are ended. Return its number,
    and when taking it began.
    """
    while True:
        begun = now()
        with postgresql.answering(raw, HOLDS):
            locked, left = await (await raw.execute(LOCK, (FREE, name, name))).fetchone() or (False, None)
            if locked:
                if left is not None:
                    await raw.execute(END_FENCED, (name,))
                taken = await (await raw.execute(TAKE, (name, owner, FREE))).fetchone()
                return (int(str(taken[0])), begun) if taken else None
        waits = float(str(left)) if left is not None else FREE
        if not -FREE < waits <= SOON:
            return None
        # Whoever comes again each second comes up to a second after it has become free.
        await anyio.sleep(max(waits, LOOKS))


async def _beat_while_held(raw: postgresql.Raw, name: str, owner: str, promises: Promises) -> None:
    """Beat until a beat comes too late, or finds another.

    Each good one moves what is promised.
    """
    while True:
        await anyio.sleep(BEAT)
        begun = now()
        with suppress(*FAILURES):
            # A statement that is only cancelled would be waited for.
            with postgresql.answering(raw, max(0.0, promises[name] - begun)):
                changed = await raw.execute(
                    "UPDATE leases SET beat = clock_timestamp() WHERE name = %s AND owner = %s", (name, owner)
                )
            if not changed.rowcount:
                return
            promises[name] = begun + HOLDS
            continue
        if raw.closed or now() >= promises[name]:
            return


def now() -> float:
    """Return seconds; a machine's sleep counts where it can."""
    return time.clock_gettime(_CLOCK) if _CLOCK is not None else time.monotonic()


async def _release(raw: postgresql.Raw, name: str, owner: str) -> None:
    with (
        anyio.CancelScope(shield=True),
        suppress(*FAILURES),
        postgresql.answering(raw, HOLDS),
    ):
        await raw.execute("UPDATE leases SET owner = '' WHERE name = %s AND owner = %s", (name, owner))
