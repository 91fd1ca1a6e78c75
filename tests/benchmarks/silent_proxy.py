"""A way to a server that can fall silent.

A cut cable and a full firewall do so. Bytes are passed on both ways until it is cut: from then on nothing is passed and
nothing is closed, so that neither end is told. Mended, it passes on what is connected anew;
the connections of before stay silent.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_AT_ONCE = 65_536


@dataclass(slots=True)
class SilentProxy:
    """Listens for a server on this machine."""

    target: int
    port: int = 0
    _lines: set[asyncio.Event] = field(default_factory=set)
    _is_cut: bool = False
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def cut(self) -> None:
        """Say nothing more, to either end."""
        self._is_cut = True
        for silent in self._lines:
            silent.set()

    def mend(self) -> None:
        """Pass on what is connected from now on."""
        self._is_cut = False

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Begin to pass a connection on."""
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        """Pass on nothing more."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        silent = asyncio.Event()
        self._lines.add(silent)
        try:
            if self._is_cut:
                await asyncio.Event().wait()
            onward, back = await asyncio.open_connection("127.0.0.1", self.target)
            ways = {
                asyncio.ensure_future(_pass(reader, back, silent)),
                asyncio.ensure_future(_pass(onward, writer, silent)),
            }
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                back.close()
        except OSError:
            pass
        finally:
            self._lines.discard(silent)
            writer.close()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, silent: asyncio.Event) -> None:
    with suppress(OSError):
        while (read := await reader.read(_AT_ONCE)) and not silent.is_set():
            writer.write(read)
            await writer.drain()
    if silent.is_set():
        # Not even that the other end has gone is passed on.
        await asyncio.Event().wait()


@asynccontextmanager
async def silent_proxy(target: int) -> AsyncIterator[SilentProxy]:
    """Stand before a server for as long as the block lasts."""
    proxy = SilentProxy(target)
    server = await asyncio.start_server(proxy.accept, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        await proxy.end()
