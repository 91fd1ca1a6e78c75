"""`khobor check`: says what is configured, reachable and missing.

It says so in words, with an exit code that a script can use.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from shutil import disk_usage
from typing import TYPE_CHECKING

import anyio
from dotenv import dotenv_values

from bot.running.cli.copies import in_bytes
from bot.sources.failure import FetchError
from bot.values.articles import SourceState
from bot.values.errors import KhoborError, ParseError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping
    from datetime import datetime

    from pydantic_settings import BaseSettings

    from bot.ports.platform import ProbeResult
    from bot.running.core import Core

log = logging.getLogger(__name__)

TRIED = 3
MINUTE, WRONG = timedelta(minutes=1), timedelta(minutes=1)
"""A clock that is off by more puts digests and quiet hours where nobody wants them."""
LEAST_FREE = 500_000_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the check.

    ``level`` is "ok", "note" (works, but look), or "fail" (does not work until mended).
    """

    level: str
    text: str

    def __str__(self) -> str:
        """Print with its mark in front."""
        return f"{ {'ok': '✓', 'note': '·', 'fail': '✗'}[self.level] } {self.text}"


def check_settings(
    kinds: Iterable[type[BaseSettings]], platforms: Iterable[str], env_file: Path = Path(".env")
) -> list[Check]:
    """Name keys that no setting knows.

    They stand in .env, or in the environment and begin like ours do.
    """
    ours = tuple(f"{name.upper()}_" for name in ("khobor", *platforms))
    known = {name.upper() for kind in kinds for name in kind.model_fields}
    in_file = set(dotenv_values(env_file)) if env_file.is_file() else set()
    in_environment = {name for name in os.environ if name.startswith(ours)} - {"KHOBOR_SHARED"}
    unknown = sorted(name for name in in_file | in_environment if name.upper() not in known)
    findings = [Check("note", f"{name}: no setting is called so (see .env.example).") for name in unknown]
    where = f"{env_file} read" if env_file.is_file() else f"no {env_file}, defaults are used"
    return [Check("ok", f"Settings: {where}."), *findings]


async def check_platforms(
    platforms: Mapping[str, Callable[[], Awaitable[ProbeResult]]], now: Callable[[], datetime]
) -> list[Check]:
    """Ask every platform with a token who we are there.

    Its clock is compared too.
    """
    found: dict[str, list[Check]] = {}

    async def ask(name: str, probe: Callable[[], Awaitable[ProbeResult]]) -> None:
        try:
            reached = await probe()
        except KhoborError as error:
            found[name] = [Check("fail", str(error))]
            return
        notes = [Check("note", f"{name.capitalize()}: {note}") for note in reached.notes]
        found[name] = [Check("ok", f"{name.capitalize()}: reached as {reached.name}."), *notes]
        if reached.at is not None:
            found[name] += _clock(now() - reached.at, name)

    async with anyio.create_task_group() as group:
        for name, probe in platforms.items():
            group.start_soon(ask, name, probe)
    if not platforms:
        return [Check("note", "No platform has a token: `khobor` starts the console chat.")]
    return [finding for name in platforms for finding in found[name]]


def _clock(ahead: timedelta, name: str) -> list[Check]:
    """Say that the clock is wrong by a platform's, if it is."""
    if abs(ahead) < WRONG:
        return []
    minutes, way = round(abs(ahead) / MINUTE), "fast" if ahead > timedelta(0) else "slow"
    span = f"{minutes:,} {'minute' if minutes == 1 else 'minutes'}"
    text = f"Clock: {span} {way} by {name.capitalize()}'s. Let the machine set it (timedatectl set-ntp true)."
    return [Check("fail", text)]


def check_disk(archive: Path) -> Check:
    """See to it that there is room for what comes."""
    free = disk_usage(next(folder for folder in archive.absolute().parents if folder.is_dir())).free
    text = f"Disk: {in_bytes(free)} free in {archive.parent}/."
    return Check("ok", text) if free > LEAST_FREE else Check("fail", f"{text} Make room, or move DATABASE_PATH.")


def as_json(findings: Iterable[Check]) -> str:
    """Write findings for a program.

    ``ok`` says whether all is well; each finding has its level.
    """
    told = [dataclasses.asdict(finding) for finding in findings]
    return json.dumps({"ok": is_well(findings), "findings": told}, ensure_ascii=False, indent=2)


def is_well(findings: Iterable[Check]) -> bool:
    """Tell whether nothing has to be mended."""
    return all(finding.level != "fail" for finding in findings)


async def check_core(core: Core) -> list[Check]:
    """Look at the database, the archive and the feeds."""
    await core.store.examine()
    count = await core.store.articles.count()
    sources = await core.store.sources.all()
    active = [source for source in sources if source.state is SourceState.ACTIVE]
    failing = [source for source in active if source.error]
    findings = [
        Check("ok", f"Database: {core.store.where} is whole, can be read and written; {count} articles."),
        Check("ok" if active else "note", f"Feeds: {len(active)} active, {len(failing)} of them failing."),
    ]
    if not core.settings.admins:
        findings.append(Check("note", "ADMINS is empty: only the console's owner can add feeds."))
    if active:
        findings.append(await _network(core, [source.address for source in active[:TRIED] if source.address]))
    return findings


async def _network(core: Core, addresses: list[str]) -> Check:
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
        return Check("ok", f"Network: {reached} of {len(addresses)} feeds tried could be fetched.")
    return Check("note", "Network: none of the feeds tried could be fetched. What is stored can still be read.")
