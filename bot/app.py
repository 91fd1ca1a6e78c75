"""The composition root: joins core, platforms and storage.

It runs what was asked for.
The only file of the core that knows handlers and storage; only the command line imports it.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import anyio.from_thread
import anyio.to_thread

from bot.articles.rules import RULES
from bot.clockwork.clock import system_clock
from bot.clockwork.supervision import supervised
from bot.delivery.engine import Engine
from bot.editing.sources import SourceEditor
from bot.intake import first_run
from bot.intake.pipeline import Marks, Pipeline
from bot.running.alerts import AdminAlerts
from bot.running.background import work_for_ever
from bot.running.core import Core
from bot.running.settings import CONFIG
from bot.sources import worker
from bot.sources.fetch import Fetcher
from bot.values.errors import SettingsError, StorageError
from handlers.context import Services
from handlers.discovery import discover
from handlers.platforms import platforms
from handlers.router import Router
from storage.chats.erasing import erase_again
from storage.copies import back_up_server, look_at_server, move_to_file, move_to_server, restore_on_server
from storage.driver.backup import write
from storage.driver.migrate import migrate as apply_migrations
from storage.driver.private import tighten
from storage.driver.restore import restore as put_back
from storage.store import apply_on_server, open_postgresql, open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from contextlib import AbstractAsyncContextManager

    from bot.clockwork.clock import Clock
    from bot.ports.store import Store
    from bot.running.settings import Settings
    from bot.values.backups import Contents, Restoration
    from handlers.platform import PlatformKind

log = logging.getLogger(__name__)

ENDS_WITHIN = 9.5
"""Seconds from a signal to the end of the program, whatever a server or a disk does."""

__all__ = [
    "backup",
    "examine_server",
    "migrate",
    "move",
    "opened",
    "platforms",
    "restore",
    "run_chat",
    "run_platforms",
    "shards",
    "until_signalled",
]


@asynccontextmanager
async def opened(settings: Settings, clock: Clock = system_clock) -> AsyncIterator[Core]:
    """Open the storage and put the core together around it.

    Raises:
        StorageError: the database cannot be used; the text says what to do.
    """
    _keep_private()
    agent = f"khobor/0.1 (+{settings.contact})"
    async with (
        _opened(settings) as store,
        Fetcher(user_agent=agent, allow=settings.fetch_allow) as fetcher,
    ):
        marks = Marks(settings.breaking_words, settings.breaking_categories)
        tell = AdminAlerts(store, settings.admins, clock).tell
        interval = timedelta(minutes=settings.poll_minutes)
        pipeline = Pipeline(
            store,
            fetcher.get,
            worker.parse,
            clock,
            interval,
            draft=worker.draft,
            marks=marks,
            tell=tell,
            rest=fetcher.rest,
        )
        if await store.is_older():
            left = await store.restored(clock())
            log.warning("this is an older copy of the archive: %s deliveries are left to digests", left)
        if settings.catalogue == "all" and not await store.outlets.listed():
            await first_run.name_outlets(store)
        rates = {kind.name: kind.pace().per_second for kind in platforms().values()}
        engine = Engine(store, clock, rates, timedelta(days=settings.backup_days))
        yield Core(settings, store, pipeline, SourceEditor(store, pipeline, clock), engine, clock, fetcher.public)


def _opened(settings: Settings) -> AbstractAsyncContextManager[Store]:
    if settings.database_url is None:
        return open_store(settings.database_path, RULES)
    return open_postgresql(settings.database_url.get_secret_value(), RULES, settings.database_path)


async def migrate(settings: Settings) -> list[str]:
    """Bring the database to this version's form; return what was applied."""
    if settings.database_url is not None:
        return await apply_on_server(settings.database_url.get_secret_value())
    return await apply_migrations(settings.database_path)


async def backup(settings: Settings, file: Path, step: Callable[[int, int], None]) -> Contents:
    """Copy the archive into one file, even in use.

    ``step`` is told of every bit.
    """
    _keep_private()
    path, now = settings.database_path, system_clock()
    if settings.database_url is not None:
        return await back_up_server(settings.database_url.get_secret_value(), path, file, now, step)
    return await anyio.to_thread.run_sync(write, path, file, now, _until_cancelled(step))


async def restore(settings: Settings, file: Path, step: Callable[[int, int], None], *, over: bool) -> Restoration:
    """Put a backup in place.

    With ``over`` it may replace an archive that is there, which is kept. On a server it needs an empty database.
    """
    _keep_private()
    path, now = settings.database_path, system_clock()
    if settings.database_url is not None:
        if over:
            raise StorageError(
                "--over replaces a file alone. On a server create a database that is new, name it in DATABASE_URL, and "
                "restore into that: the old one stays as it is. Nothing was changed."
            )
        return await restore_on_server(file, settings.database_url.get_secret_value(), path, now, step)
    told = _until_cancelled(step)
    return await put_back(
        file, path, now, over=over, step=told, erase=lambda database: erase_again(database, path, now)
    )


async def move(settings: Settings, to: str, step: Callable[[int, int], None]) -> int:
    """Copy the archive to a server, or into a file.

    Return the rows.
    """
    _keep_private()
    if settings.database_url is not None:
        return await move_to_file(settings.database_url.get_secret_value(), Path(to), step)
    return await move_to_server(settings.database_path, to, step)


async def examine_server(settings: Settings) -> list[tuple[str, str]]:
    """Return what is well with the server and what is not.

    There is nothing to say where the archive is a file. Each finding is "ok", "note" or "fail", with its words.
    """
    return await look_at_server(settings.database_url.get_secret_value()) if settings.database_url is not None else []


def _until_cancelled(step: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Let a thread's work end when its waiter is cancelled."""

    def told(done: int, of: int) -> None:
        anyio.from_thread.check_cancelled()
        step(done, of)

    return told


def _keep_private() -> None:
    """Take everybody else the right to read the tokens."""
    tighten(Path(str(CONFIG["env_file"])))


def shards(text: str, configured: Sequence[PlatformKind]) -> str:
    """Return which shards are named, once they can be read.

    Raises:
        SettingsError: they cannot, or nothing here has any.
    """
    sharing = [kind.shares for kind in configured if kind.shares]
    if text and not sharing:
        raise SettingsError("--shards shares out a Discord bot: set DISCORD_BOT_TOKEN, and name discord in --only.")
    for read in sharing if text else ():
        read(text)
    return text


async def run_platforms(core: Core, kinds: list[PlatformKind], options: dict[str, str]) -> None:
    """Run platforms side by side over one core until cancelled.

    Polling and spreading run once beside them.
    """
    router = Router(discover())
    services = Services.of(core)
    async with anyio.create_task_group() as group:
        group.start_soon(supervised, "background", lambda: work_for_ever(core))
        for kind in kinds:
            group.start_soon(kind.run, core, router, services, options)


async def run_chat(core: Core, kind: PlatformKind, options: dict[str, str]) -> None:
    """Run one chat until it ends.

    It decides itself what goes on beside it.
    """
    await kind.run(core, Router(discover()), Services.of(core), options)


async def until_signalled(work: Callable[[], Awaitable[None]]) -> None:
    """Do ``work`` until it ends or a signal comes.

    SIGTERM or SIGINT cancels it, so that everything closes in order and nothing is lost.
    """
    last = threading.Timer(ENDS_WITHIN, _end)
    last.daemon = True
    try:
        await _cancelled_by_signals(work, last)
    finally:
        last.cancel()


async def _cancelled_by_signals(work: Callable[[], Awaitable[None]], last: threading.Timer) -> None:
    async with anyio.create_task_group() as group:

        async def watch() -> None:
            with anyio.open_signal_receiver(signal.SIGTERM, signal.SIGINT) as signals:
                async for _ in signals:
                    last.start()
                    group.cancel_scope.cancel()
                    return

        group.start_soon(watch)
        await work()
        group.cancel_scope.cancel()


def _end() -> None:
    """End the process, whatever does not end.

    Anything not written down is doubtful at the next start.
    """
    log.error("the program did not end by itself within %g s and is ended", ENDS_WITHIN)
    os._exit(1)
