"""Leases on the sources that are being polled, side by side.

Several processes collect, and none asks for a source while another does. All of a process's leases are on one
connection and kept by one beat; one more is its own, and says that somebody collects. How a lease holds and is lost is
as in `storage.driver.leases`.
"""

from __future__ import annotations

import secrets
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

import anyio

from bot.values.errors import StorageError
from storage.driver import leases, postgresql
from storage.driver.postgresql_errors import FAILURES, in_words, refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_TRY_HOST: Final = "SELECT pg_try_advisory_lock(hashtextextended('khobor host ' || %s, 0))"
_LEAVE_HOST: Final = "SELECT pg_advisory_unlock(hashtextextended('khobor host ' || %s, 0))"
_UNLOCK: Final = "SELECT pg_advisory_unlock(hashtextextended('khobor ' || %s, 0))"
_DELETE: Final = "DELETE FROM leases WHERE name = %s AND owner = %s"
# Those of processes that died are taken by nobody.
_FORGET: Final = (
    "DELETE FROM leases WHERE starts_with(name, 'collector:') AND beat < clock_timestamp() - make_interval(secs => %s)"
)
_BEAT: Final = "UPDATE leases SET beat = clock_timestamp() WHERE owner = %s"


class SourceLeases:
    """See bot.ports.store.SourceLeases."""

    def __init__(self, raw: postgresql.Raw, owner: str) -> None:
        """Hold leases for an owner on this connection."""
        self._raw = raw
        self._owner = owner
        self._line = anyio.Lock()
        self._until = 0.0
        self._held: set[str] = set()

    @asynccontextmanager
    async def taken(self, source_id: int, host: str) -> AsyncIterator[bool]:
        """Try for a source and its host while the block lasts."""
        name = f"source:{source_id}"
        if not await self._ask(_TRY_HOST, host):
            yield False
            return
        try:
            if not await self.take(name):
                yield False
                return
            try:
                yield True
            finally:
                # Before it is gone: the beat wants to find all that is held.
                self._held.discard(name)
                await self.run((_DELETE, (name, self._owner)), (_UNLOCK, (name,)))
        finally:
            await self.run((_LEAVE_HOST, (host,)))

    async def take(self, name: str) -> bool:
        """Take a lease that is free."""
        begun = leases.now()
        if not await self._ask(leases.LOCK, leases.FREE, name, name):
            return False
        if await self._ask(leases.TAKE, name, self._owner, leases.FREE):
            self._held.add(name)
            self._until = self._until or begun + leases.HOLDS
            return True
        await self.run((_UNLOCK, (name,)))
        return False

    async def beat(self) -> None:
        """Beat until a beat comes too late, or one lease is another's."""
        while True:
            await anyio.sleep(leases.BEAT)
            begun = leases.now()
            with suppress(*FAILURES):
                async with self._line:
                    least = len(self._held)
                    with postgresql.answering(self._raw, max(0.0, self._until - begun)):
                        changed = (await self._raw.execute(_BEAT, (self._owner,))).rowcount
                if changed < least:
                    return
                self._until = begun + leases.HOLDS
                continue
            if self._raw.closed or leases.now() >= self._until:
                return

    async def _ask(self, sql: str, *values: object) -> object:
        """Ask for one value.

        It is None, too, where the server does not answer; the beat notices that.
        """
        row = None
        with suppress(*FAILURES):
            async with self._line:
                with postgresql.answering(self._raw, leases.HOLDS):
                    row = await (await self._raw.execute(sql, values)).fetchone()
        return row[0] if row else None

    async def run(self, *statements: tuple[str, tuple[object, ...]]) -> None:
        """Run statements, whether or not they are answered."""
        with anyio.CancelScope(shield=True), suppress(*FAILURES):
            async with self._line:
                for sql, values in statements:
                    with postgresql.answering(self._raw, leases.HOLDS):
                        await self._raw.execute(sql, values)


@asynccontextmanager
async def collecting(address: str) -> AsyncIterator[SourceLeases]:
    """Collect beside others.

    Raises:
        StorageError: the server cannot be asked; or the leases were lost.
    """
    shown, owner = in_words(address), secrets.token_hex(8)
    own = f"collector:{owner}"
    try:
        raw = await postgresql.dial(address, leases.OPTIONS)
    except FAILURES as error:
        raise refused(error, shown) from error
    ours, held = SourceLeases(raw, owner), leases.Held()
    try:
        await ours.run((_FORGET, (leases.FREE,)))
        if not await ours.take(own):
            raise StorageError(f"{shown}: does not answer.")
        async with held.while_beats(ours.beat):
            yield ours
    finally:
        with anyio.CancelScope(shield=True):
            if not held.lost:
                await ours.run((_DELETE, (own, owner)))
            await raw.close()
    if held.lost:
        raise StorageError(f"{shown}: the leases on sources were lost; another process may have them.")
