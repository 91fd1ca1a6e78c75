"""Looks after a server's archive: copies it and examines its server."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from storage.chats.erasing import erase_again
from storage.driver.restore import restore as put_back
from storage.search import index
from storage.store import on_server, see_server

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.values.backups import Contents, Restoration


async def move_to_server(archive: Path, address: str, step: Callable[[int, int], None]) -> int:
    """Copy an archive's file into an empty database of a server.

    Raises:
        StorageError: not all was moved; the text says why.
    """
    async with on_server(address):
        pass
    from storage.driver.moving import to_server  # noqa: PLC0415 - the driver is an extra

    return await to_server(archive, address, step, index.vector)


async def move_to_file(address: str, archive: Path, step: Callable[[int, int], None]) -> int:
    """Copy a server's archive into a new file.

    Raises:
        StorageError: not all was moved; the text says why.
    """
    see_server(address)
    from storage.driver.moving import to_file  # noqa: PLC0415 - the driver is an extra
    from storage.driver.postgresql import refuse_pooler  # noqa: PLC0415 - the driver is an extra
    from storage.driver.postgresql_errors import PostgresqlErrors, in_words  # noqa: PLC0415 - the driver is an extra

    with PostgresqlErrors(in_words(address)):
        # What holds the archive still is a lock, which a pooler would give away.
        await refuse_pooler(address)
    return await to_file(address, archive, step)


async def back_up_server(
    address: str, beside: Path, target: Path, now: datetime, step: Callable[[int, int], None]
) -> Contents:
    """Copy a server's archive into one file, even in use.

    Raises:
        StorageError: nothing was written; the text says why.
    """
    see_server(address)
    from storage.driver.server_backup import write  # noqa: PLC0415 - the driver is an extra

    return await write(address, beside, target, now, step)


async def restore_on_server(
    file: Path, address: str, beside: Path, now: datetime, step: Callable[[int, int], None]
) -> Restoration:
    """Read a backup's rows into an empty database of a server.

    An archive is made of it in a file first, for a while, next to ``beside``: so it is examined, brought to this
    version's form, and rid of who was erased since, as on the other engine.

    Raises:
        StorageError: it is no backup, or damaged, or the database holds something; nothing was changed.
    """
    async with on_server(address):
        pass
    from storage.driver.moving import refuse_full, to_server  # noqa: PLC0415 - the driver is an extra

    await refuse_full(address)
    beside.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".khobor-restore-", dir=beside.parent) as folder:
        draft, rows = Path(folder, "khobor.db"), 0

        def first(done: int, of: int) -> None:
            nonlocal rows
            rows = of
            step(done // 3, of)

        erase = partial(erase_again, archive=beside, now=now)
        found = await put_back(file, draft, now, over=False, step=first, erase=erase)

        def then(done: int, of: int) -> None:
            step((rows + 2 * done) // 3, (rows + 2 * of) // 3)

        await to_server(draft, address, then, index.vector, afresh=True)
    return found


async def look_at_server(address: str) -> list[tuple[str, str]]:
    """Return what is well with a server and what is not.

    Each finding is "ok", "note" or "fail", with its words.

    Raises:
        StorageError: it cannot be asked.
    """
    see_server(address)
    from storage.driver import server_check  # noqa: PLC0415 - the driver is an extra

    return server_check.findings(await server_check.facts(address))
