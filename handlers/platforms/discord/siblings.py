"""What other processes of the same bot hear, as leases tell it."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from typing import TYPE_CHECKING

import anyio

from bot.clockwork.scheduler import Tick
from bot.values.errors import StorageError
from handlers.platforms.discord.shards import Shards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.ports.store import Store

APART = 5.5
"""Seconds between two sessions that begin: the platform wants five, by its own clock."""
AGAIN = 0.5
"""Seconds between two tries to be the one that begins a session."""
HEARD_WITHIN = 2.0
"""Seconds within which a server that goes away is known to whoever asks."""
LOOK = 0.5
ALL = "all"


class Siblings:
    """Knows what other processes of the same bot hear, by leases."""

    def __init__(self, store: Store, account: str, shards: Shards | None) -> None:
        """Speak for the process that hears these shards; None: all of them."""
        self._store = store
        self._account = account
        self.shards = shards
        self.lease = f"{account} shards {shards or ALL}"
        self._prefix = f"{account} shards "

    async def clash(self) -> str:
        """Say what others hear that this process must not hear too.

        Nothing to say is an empty text.
        """
        others = sorted((await self._store.held(self._prefix)) - {self.lease})
        heard = [name.removeprefix(self._prefix) for name in others]
        if self.shards is None:
            wrong = heard
        else:
            wrong = [one for one in heard if one == ALL or not self.shards.goes_with(Shards.read(one))]
        if not wrong:
            return ""
        mine = f"shards {self.shards}" if self.shards is not None else "all its shards (no --shards)"
        theirs = "all its shards (no --shards)" if wrong == [ALL] else f"shards {', '.join(wrong)}"
        return (
            f"{self._account}: another process hears {theirs}, so this one cannot hear {mine}. Give all processes "
            "ranges of one count that do not overlap, such as 0-3/8 and 4-7/8, or stop the other first."
        )

    async def unheard(self) -> bool:
        """Tell whether any server may be away without this process knowing.

        Either another process says so, or nobody hears some shard. One that goes away just now is known soon.
        """
        if self.shards is None:
            return False
        await anyio.sleep(HEARD_WITHIN)
        try:
            heard = _heard(name.removeprefix(self._prefix) for name in await self._store.held(self._prefix))
            return len(heard) < self.shards.count or bool(await self._store.held(f"{self._account} away "))
        except StorageError:
            return True

    async def tell(self, away: Callable[[], bool]) -> None:
        """Let the others know while a server of these shards is away.

        A lease says it, so that it is never left standing by a process that died.
        """
        look = Tick(LOOK)
        while True:
            await look.wait()
            if away():
                async with self._store.lock(f"{self._account} away {self.shards}"):
                    while away():
                        await look.wait()

    def starts(self, at_once: int) -> SessionStarts:
        """Return what lets sessions begin: so many at once are allowed."""
        return SessionStarts(self._store, self._account, at_once)


class SessionStarts:
    """Lets the sessions of all processes begin one after another."""

    def __init__(self, store: Store, account: str, at_once: int) -> None:
        """Let as many begin at once as the platform says."""
        self._store = store
        self._account = account
        self._at_once = max(1, at_once)
        self._kept: set[asyncio.Task[None]] = set()

    async def take(self, shard: int) -> None:
        """Wait until a shard may begin.

        Others wait from then on as long as the platform wants.

        Raises:
            StorageError: nobody can be asked who begins just now.
        """
        taken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        keeping = asyncio.create_task(self._keep(f"{self._account} identify {shard % self._at_once}", taken))
        self._kept.add(keeping)
        keeping.add_done_callback(self._kept.discard)
        try:
            await taken
        except asyncio.CancelledError:
            keeping.cancel()
            raise

    async def _keep(self, name: str, taken: asyncio.Future[None]) -> None:
        try:
            while not taken.done():
                async with self._store.lock(name) as ours:
                    if ours:
                        taken.set_result(None)
                        await asyncio.sleep(APART)
                        return
                await asyncio.sleep(AGAIN * random.uniform(0.5, 1.5))  # noqa: S311 - spreading, not secrets
        except StorageError as error:
            with suppress(asyncio.InvalidStateError):
                taken.set_exception(error)

    def close(self) -> None:
        """Let others begin: no session of these does any more."""
        for keeping in self._kept:
            keeping.cancel()


def _heard(ranges: Iterable[str]) -> set[int]:
    return {shard for one in ranges if one != ALL for shard in Shards.read(one).ids}
