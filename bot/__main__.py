"""The `khobor` command line."""

from __future__ import annotations

import argparse
import asyncio
import errno
import os
import sys
from dataclasses import replace
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import anyio

from bot import app
from bot.clockwork.clock import system_clock
from bot.running import logs
from bot.running.cli import copies
from bot.running.cli.checking import Check, as_json, check_core, check_disk, check_platforms, check_settings, is_well
from bot.running.cli.destination import destination
from bot.running.cli.extract import extract, print_json, print_words
from bot.running.cli.importing import import_files, in_words
from bot.running.cli.polling import poll_once, polled_in_words, sources_in_words
from bot.running.cli.progress import MEGABYTE, progress
from bot.running.cli.reading import WORDS, shown
from bot.running.core import BACKGROUND
from bot.running.settings import Settings, load
from bot.sources import worker
from bot.sources.heap import give_back, leave_alone
from bot.values.errors import KhoborError, ParseError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from pydantic_settings import BaseSettings

    from bot.running.core import Core

LOADED = 15.0
"""Seconds after which all that a program is made of is there."""
CONSOLE = "console"
"""The platform that needs no token, and so stands in where none is set."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    0 is well, 1 means that something did not work, 2 that it was called wrongly.
    """
    give_back()
    _open_streams()
    arguments = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        # A pipe on a machine whose locale is not UTF-8 must not lose Bengali.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        logs.configure(load(Settings).log_level)
        code: int = anyio.run(arguments.run, arguments)
    except BaseException as error:  # noqa: BLE001 - put into words below, or raised again
        return _failed(_first(error))
    return code


def _open_streams() -> None:
    """Stand in for standard streams that were closed.

    Else the next file that is opened, such as the archive, would be taken for one of them.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - to the end


def _first(error: BaseException) -> BaseException:
    """Return the first error out of nested exception groups.

    Task groups wrap them.
    """
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _failed(error: BaseException) -> int:
    match error:
        case KhoborError():
            print(f"khobor: {shown(str(error), kept=WORDS)}", file=sys.stderr)
            return 1
        case KeyboardInterrupt():
            return 130
        case BrokenPipeError():
            # Whoever read the output has gone (`khobor chat | head`).
            _write_no_more()
            return 0
        case OSError(errno=errno.ENOSPC | errno.EDQUOT | errno.EIO):
            _write_no_more()
            print(f"khobor: the output cannot be written: {error.strerror}", file=sys.stderr)
            return 1
        case _:
            raise error


def _write_no_more() -> None:
    """Give standard output up: at exit nothing is written to it either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="khobor", description="খবর: Bengali news in chat.")
    parser.set_defaults(run=_run, person=None, stands_in=False, only=None, shards="")
    verbs = parser.add_subparsers(title="commands", metavar="")
    run = verbs.add_parser("run", help="every platform that has a token; with none, the console chat (the default)")
    parts = "only these, with commas between: collect (look at feeds), spread (rows and digests), telegram, discord"
    run.add_argument("--only", type=_parts, metavar="PARTS", help=f"of several processes on one archive: {parts}")
    heard = "of several processes for one Discord bot: the shards that this one hears, such as 0-3/8 (the first 4 of 8)"
    run.add_argument("--shards", metavar="RANGE", help=heard)
    run.set_defaults(run=_run)
    chat = verbs.add_parser("chat", help="a chat in this terminal")
    chat.add_argument("--as", dest="person", metavar="NAME", help="be this reader (default: local, the owner)")
    chat.set_defaults(run=_chat)
    take = verbs.add_parser("import", help="take articles from files: html, xml, json, txt, jsonl")
    take.add_argument("files", nargs="+", type=Path, metavar="FILE")
    take.add_argument("--source", metavar="NAME", help="the outlet they are from")
    take.set_defaults(run=_import)
    read = verbs.add_parser("extract", help="print what would be read from a file; stores nothing")
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("--url", help="the address the file was saved from")
    read.add_argument("--json", action="store_true", help="print JSON")
    read.set_defaults(run=_extract)
    poll = verbs.add_parser("poll", help="look at every feed now")
    poll.add_argument("--once", action="store_true", required=True, help="one round, then end")
    poll.set_defaults(run=_poll)
    verbs.add_parser("sources", help="list feeds and how they fare").set_defaults(run=_sources)
    backup = verbs.add_parser("backup", help="copy everything into one file while the bot runs; no tokens in it")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.set_defaults(run=_backup)
    restore = "put a backup in place; what waited goes into digests, nothing is sent twice on purpose"
    put_back = verbs.add_parser("restore", help=restore)
    put_back.add_argument("file", type=Path, metavar="FILE")
    put_back.add_argument("--over", action="store_true", help="replace the archive that is there; it is kept")
    put_back.set_defaults(run=_restore)
    tried = "try the token, the proxy, the clock, the disk, the database, and say what to mend; exit code 1 if anything"
    check = verbs.add_parser("check", help=tried)
    check.add_argument("--json", action="store_true", help="print JSON")
    check.set_defaults(run=_check)
    restored = "an older copy was put in place: leave what waits to digests, look at every source anew"
    verbs.add_parser("restored", help=restored).set_defaults(run=_restored)
    moved = verbs.add_parser(
        "move", help="copy the archive to a PostgreSQL server, or from it into a file; cut short, run it again"
    )
    to = "postgresql://… without a password or, from a server, a file's path; else MOVE_TO in .env"
    moved.add_argument("--to", metavar="ADDRESS", help=to)
    moved.set_defaults(run=_move)
    verbs.add_parser("migrate", help="bring the database to this version's form").set_defaults(run=_migrate)
    return parser


def _parts(text: str) -> frozenset[str]:
    known = {*BACKGROUND, *(name for name in app.platforms() if name != CONSOLE)}
    parts = frozenset(part.strip() for part in text.split(",") if part.strip())
    if not parts or parts - known:
        wrong = ", ".join(sorted(parts - known)) or "nothing"
        raise argparse.ArgumentTypeError(f"{wrong} is none of: {', '.join(sorted(known))}")
    return parts


async def _run(arguments: argparse.Namespace) -> int:
    only: frozenset[str] | None = arguments.only
    configured = [kind for kind in app.platforms().values() if kind.configured() and (not only or kind.name in only)]
    background = BACKGROUND if only is None else only & BACKGROUND
    if missing := sorted((only or set()) - BACKGROUND - {kind.name for kind in configured}):
        raise SettingsError(f"--only names {', '.join(missing)}, which has no token. Put it into .env.")
    options = {"shards": app.shards(arguments.shards, configured)}
    if only or configured:
        here = partial(app.run_platforms, kinds=configured, options=options)
        return await _with_core(lambda core: here(replace(core, background=background)))
    arguments.stands_in = True
    return await _chat(arguments)


async def _chat(arguments: argparse.Namespace) -> int:
    options = {"as": arguments.person or "", "stands_in": "yes" if arguments.stands_in else ""}
    return await _with_core(lambda core: app.run_chat(core, app.platforms()[CONSOLE], options))


async def _with_core(work: Callable[[Core], Awaitable[None]]) -> int:
    async def whole() -> None:
        async with app.opened(load(Settings)) as core:
            asyncio.get_running_loop().call_later(LOADED, leave_alone)
            await work(core)

    await app.until_signalled(whole)
    return 0


async def _import(arguments: argparse.Namespace) -> int:
    async with app.opened(load(Settings)) as core:
        results = await import_files(core, worker.parse, arguments.files, arguments.source)
    for result in results:
        print(in_words(result), file=sys.stderr if result.problem else sys.stdout)
    return 1 if any(result.problem for result in results) else 0


async def _extract(arguments: argparse.Namespace) -> int:
    try:
        entries = await extract(arguments.file, arguments.url, system_clock)
    except ParseError as error:
        print(f"khobor: {shown(arguments.file)}: {error}", file=sys.stderr)
        return 1
    print(print_json(entries) if arguments.json else print_words(entries))
    return 0


async def _poll(_: argparse.Namespace) -> int:
    async with app.opened(load(Settings)) as core:
        results = await poll_once(core)
    if not results:
        print("No feeds to look at. Start `khobor chat` and send: /addsource ADDRESS", file=sys.stderr)
        return 1
    print(polled_in_words(results))
    return 0 if any(result.problem is None for result in results) else 1


async def _sources(_: argparse.Namespace) -> int:
    async with app.opened(load(Settings)) as core:
        print(await sources_in_words(core))
    return 0


async def _check(arguments: argparse.Namespace) -> int:
    kinds: list[type[BaseSettings]] = [Settings, *(kind.settings for kind in app.platforms().values() if kind.settings)]
    findings = check_settings(kinds, tuple(app.platforms()))
    settings = load(Settings)
    if settings.database_url is None:
        findings.append(check_disk(settings.database_path))
    try:
        findings += [Check(level, text) for level, text in await app.examine_server(settings)]
        async with app.opened(load(Settings)) as core:
            findings += await check_core(core)
    except KhoborError as error:
        findings.append(Check("fail", str(error)))
    probes = {kind.name: kind.probe for kind in app.platforms().values() if kind.probe and kind.configured()}
    findings += await check_platforms(probes, system_clock)
    print(as_json(findings) if arguments.json else "\n".join(shown(str(one), kept=WORDS) for one in findings))
    return 0 if is_well(findings) else 1


async def _backup(arguments: argparse.Namespace) -> int:
    settings = load(Settings)
    unit, size = ("MB", MEGABYTE) if settings.database_url is None else ("rows", 1)
    with progress(unit, size=size) as step:
        contents = await app.backup(settings, arguments.file, step)
    print(shown(copies.written(arguments.file, contents), kept=WORDS))
    return 0


async def _restore(arguments: argparse.Namespace) -> int:
    with progress("rows") as step:
        restoration = await app.restore(load(Settings), arguments.file, step, over=arguments.over)
    print(copies.restored(restoration))
    return 0


async def _restored(_: argparse.Namespace) -> int:
    async with app.opened(load(Settings)) as core:
        left = await core.store.restored(core.clock())
    print(f"{left} deliveries that waited are left to digests; every source is looked at as if for the first time.")
    return 0


async def _move(arguments: argparse.Namespace) -> int:
    settings = load(Settings)
    to = destination(arguments.to, settings)
    with progress("rows") as step:
        rows = await app.move(settings, to, step)
    print(
        f"Moved: {rows:,} rows, counted and summed on both sides. The old archive is as it was: start only one of them."
    )
    return 0


async def _migrate(_: argparse.Namespace) -> int:
    applied = await app.migrate(load(Settings))
    print("\n".join(f"applied {name}" for name in applied) or "The database is up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
