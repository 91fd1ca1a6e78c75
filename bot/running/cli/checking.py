"""`khobor check`: what is configured, reachable and missing, in words, with an exit code that a script can use."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
from dotenv import dotenv_values

from bot.sources.failure import FetchError
from bot.values.articles import SourceState
from bot.values.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_settings import BaseSettings

    from bot.running.core import Core

log = logging.getLogger(__name__)

TRIED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check: "ok", "note" (works, but look), or "fail" (does not work until mended)."""

    level: str
    text: str

    def __str__(self) -> str:
        """Print with its mark in front."""
        return f"{ {'ok': '✓', 'note': '·', 'fail': '✗'}[self.level] } {self.text}"


def check_settings(
    kinds: Iterable[type[BaseSettings]], platforms: Iterable[str], env_file: Path = Path(".env")
) -> list[Finding]:
    """Name keys that no setting knows: those in .env, and those in the environment that begin like ours do."""
    ours = tuple(f"{name.upper()}_" for name in ("khobor", *platforms))
    known = {name.upper() for kind in kinds for name in kind.model_fields}
    in_file = set(dotenv_values(env_file)) if env_file.is_file() else set()
    in_environment = {name for name in os.environ if name.startswith(ours)} - {"KHOBOR_SHARED"}
    unknown = sorted(name for name in in_file | in_environment if name.upper() not in known)
    findings = [Finding("note", f"{name}: no setting is called so (see .env.example).") for name in unknown]
    where = f"{env_file} read" if env_file.is_file() else f"no {env_file}, defaults are used"
    return [Finding("ok", f"Settings: {where}."), *findings]


async def check_core(core: Core) -> list[Finding]:
    """Look at the database, the archive and the feeds."""
    await core.store.check()
    count = await core.store.articles.count()
    sources = await core.store.sources.all()
    active = [source for source in sources if source.state is SourceState.ACTIVE]
    failing = [source for source in active if source.error]
    findings = [
        Finding("ok", f"Database: {core.settings.database_path} can be read and written; {count} articles."),
        Finding("ok" if active else "note", f"Feeds: {len(active)} active, {len(failing)} of them failing."),
    ]
    if not core.settings.admins:
        findings.append(Finding("note", "ADMINS is empty: only the console's owner can add feeds."))
    if active:
        findings.append(await _network(core, [source.address for source in active[:TRIED] if source.address]))
    return findings


async def _network(core: Core, addresses: list[str]) -> Finding:
    reached = 0

    async def attempt(address: str) -> None:
        nonlocal reached
        try:
            await core.pipeline.try_out(address)
        except FetchError:
            return
        except ParseError as error:
            log.info("%s can be fetched and not be read: %s", address, error)
        reached += 1

    async with anyio.create_task_group() as group:
        for address in addresses:
            group.start_soon(attempt, address)
    if reached:
        return Finding("ok", f"Network: {reached} of {len(addresses)} feeds tried could be fetched.")
    return Finding("note", "Network: none of the feeds tried could be fetched. What is stored can still be read.")
