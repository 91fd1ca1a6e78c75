"""Lets one of three processes fail again and again.

They are three `khobor run` on one PostgreSQL archive, each behind a way to the server that can fall silent, before one
Bot API that notes who sends what. While they deliver, the holder of a lease is killed, stopped for half a minute or cut
off from the server, and the server itself is restarted now and then. Then they deliver what is left, and what the
archive says is laid beside what the platform took. The server is one of the benchmark's own; where none is installed
nothing is measured, and that is said.

python -m tests.benchmarks.failover [--json] [--faults N] [--restarts N] [--minutes N] [--chats N] [--account 1]

With ``--account 1`` whoever sends for the account fails each time, and take-overs of that lease alone are told.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from bot.articles.draft import draft_cleaned
from bot.articles.rules import RULES
from bot.clockwork.clock import system_clock
from bot.values.articles import Entry, FullText, Push
from bot.values.errors import StorageError
from storage.store import open_postgresql
from tests.benchmarks.audience import fill_server
from tests.benchmarks.cluster import ABSENT, started_cluster
from tests.benchmarks.lease_watch import LeaseWatch
from tests.benchmarks.loopback import started
from tests.benchmarks.report import Result, arguments, tell
from tests.benchmarks.silent_proxy import silent_proxy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.values.articles import Source
    from storage.store import PostgresqlStore
    from tests.benchmarks.cluster import Cluster
    from tests.benchmarks.lease_watch import Tenure
    from tests.benchmarks.silent_proxy import SilentProxy

TAKEN_OVER = 6.0
PROCESSES = ("one", "two", "three")
KINDS = ("killed", "stopped", "cut off")
STOPPED = 30.0
SETTLES = (0.5, 3.0)
"""Seconds of delivering between two faults."""
COMES_BACK = 5.0
"""Seconds that one which comes back is given before others may fail: it looks for each lease each second."""
GIVEN_UP = 60.0
"""Seconds within which a lease has to be taken over, else the rest is not tried."""
BEGUN_WITHIN, DRAINED_WITHIN = 120.0, 300.0
LOOK = 0.1
DATABASE = "failover"
ROOT = Path(__file__).parents[2]
Sent = tuple[float, str, int, int]
"""A message: when it came, from which process, to which chat, which article."""


@dataclass(slots=True)
class Outcome:
    """What all the faults came to."""

    faults: Counter[str] = field(default_factory=Counter)
    waits: dict[str, list[float]] = field(default_factory=dict)
    """Seconds until a lease had a new holder, by what happened to the old one."""
    late: float = 0.0
    """Seconds that the machine let the benchmark itself wait at most: what was measured is not better known."""
    held: int = 0
    """Rows that were claimed and not settled when their holder was lost."""
    deliveries: int = 0
    messages: int = 0
    digests: int = 0
    """Of them those that are digests: what is twice in doubt comes in a line of one."""
    states: Counter[str] = field(default_factory=Counter)
    lost: list[tuple[int, int]] = field(default_factory=list)
    """Said to be sent, and not there; or without an end, or without a reason."""
    undeclared: list[tuple[int, int]] = field(default_factory=list)
    """More messages than the row admits: one, and one for each doubt that it counts."""
    copies: int = 0
    doubts: int = 0
    """What the rows admit: how often one was claimed and its holder lost before it was settled."""
    at_once: list[Sent] = field(default_factory=list)
    """Messages of a process that did not hold the account."""

    @property
    def worst(self) -> float:
        """The longest that a lease was without a holder."""
        return max((wait for waits in self.waits.values() for wait in waits), default=0.0)


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, faults=60, restarts=5, minutes=25, chats=150, account=0)
    with started_cluster() as cluster:
        if cluster is None:
            print(f"failover is skipped: {ABSENT}.")
            return
        found = asyncio.run(
            _run(cluster, (asked.faults, asked.restarts), 60.0 * asked.minutes, asked.chats, bool(asked.account))
        )
    tell(_result(found, asked.chats), as_json=asked.json)


def _result(found: Outcome, chats: int) -> Result:
    figures: dict[str, float] = {}
    for what, waits in found.waits.items():
        figures[f"{what}: leases"] = len(waits)
        figures[f"{what}: taken over after, median s"] = statistics.median(waits)
        figures[f"{what}: taken over after, at most s"] = max(waits)
    return Result(
        name="failover",
        sizes={**found.faults, "chats": chats, "processes": len(PROCESSES)},
        figures={
            **figures,
            "the benchmark itself came late by, at most s": found.late,
            "deliveries": found.deliveries,
            "messages": found.messages,
            "of them digests": found.digests,
            **{f"ended: {end}": number for end, number in sorted(found.states.items())},
            "lost": len(found.lost),
            "copies beyond the first": found.copies,
            "claimed and not settled when their holder was lost": found.held,
            "doubts that rows count": found.doubts,
            "copies that no doubt was counted for": len(found.undeclared),
            "messages of a process that did not hold the account": len(found.at_once),
        },
        ratio=found.worst / TAKEN_OVER,
        aim=f"taken over within {TAKEN_OVER:g} s, never two senders at once, none lost, no more copies than were "
        "claimed and not settled; the ratio is of the longest take-over to its aim",
        met=found.worst <= TAKEN_OVER
        and not found.lost
        and not found.at_once
        and not found.undeclared
        and found.copies <= found.doubts,
    )


async def _run(cluster: Cluster, plan: tuple[int, int], seconds: float, chats: int, of_account: bool) -> Outcome:
    address = cluster.create(DATABASE)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stub = stack.enter_context(started("tests.benchmarks.failover_stub", "7"))
        store = await stack.enter_async_context(open_postgresql(address, RULES))
        fill_server(address, chats)
        rows = Rows(address)
        watch = await stack.enter_async_context(LeaseWatch(address))
        workers = {
            name: Worker(name, folder, cluster, stub, await stack.enter_async_context(silent_proxy(cluster.port)))
            for name in PROCESSES
        }
        with ExitStack() as ended:
            for worker in workers.values():
                ended.callback(worker.end)
                worker.begin()
            trial = Trial(cluster, rows, watch, workers, of_account)
            press = asyncio.ensure_future(Press(store, rows, chats).run())
            try:
                await watch.until(
                    lambda: (
                        any(map(is_account, watch.held))
                        and sum(one.stands_by() for one in workers.values()) == len(workers) - 1
                    ),
                    BEGUN_WITHIN,
                )
                await trial.run(*plan, seconds)
                press.cancel()
                await asyncio.wait({press})
                await trial.drain()
            except BaseException:
                keep = Path(tempfile.mkdtemp(prefix="khobor-failover-"))
                shutil.copytree(folder, keep, dirs_exist_ok=True)
                print(f"  what the processes said is kept in {keep}", flush=True)
                raise
        found = trial.outcome
        found.late = watch.late
        _weigh(rows.fates(), _told(stub), watch.tenures, found)
        return found


def is_account(lease: str) -> bool:
    """Return whether a lease is that of who sends."""
    return "telegram" in lease


# --- the processes ---


@dataclass(slots=True)
class Worker:
    """One `khobor run`, and its way to the server."""

    name: str
    folder: Path
    cluster: Cluster
    stub: int
    proxy: SilentProxy
    process: subprocess.Popen[bytes] | None = None
    is_well: bool = True
    _read: int = 0
    """How much of its log was written before it last began or failed."""

    @property
    def _log(self) -> Path:
        return Path(self.folder, f"{self.name}.log")

    def begin(self) -> None:
        """Start it."""
        self.forget()
        address = f"{self.cluster.address(DATABASE, port=self.proxy.port)}?application_name={self.name}"
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    "DATABASE_URL": address,
                    "TELEGRAM_BOT_TOKEN": "1:failover",
                    "TELEGRAM_API_BASE": f"http://127.0.0.1:{self.stub}/{self.name}",
                    "CATALOGUE": "none",
                    "LOG_LEVEL": "INFO",
                },
            )

    def forget(self) -> None:
        """Take no notice of what it said until now."""
        self._read = self._log.stat().st_size if self._log.exists() else 0

    def stands_by(self) -> bool:
        """Return whether it said so since it began or failed.

        One that found no server is begun anew.
        """
        self.check()
        with self._log.open("rb") as log:
            log.seek(self._read)
            return b"stands by" in log.read()

    def signal(self, what: signal.Signals) -> None:
        """Send it a signal."""
        assert self.process is not None
        self.process.send_signal(what)

    def check(self) -> None:
        """See that it still lives: it ends only by our hand.

        One that found no server when it began says so and ends; whatever runs it as a service begins it again.
        """
        assert self.process is not None
        if self.process.poll() == 1 and "cannot be reached" in self.said()[-200:]:
            self.begin()
        elif self.process.returncode is not None:
            raise AssertionError(f"{self.name} ended by itself: {self.said()}")

    def said(self) -> str:
        """Return the end of its log."""
        return self._log.read_text(encoding="utf-8", errors="replace")[-3000:]

    def end(self) -> None:
        """Kill it, whatever became of it."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@dataclass(slots=True)
class Trial:
    """Lets holders of leases fail, one after another."""

    cluster: Cluster
    rows: Rows
    watch: LeaseWatch
    workers: dict[str, Worker]
    of_account: bool
    """Whether whoever sends fails each time."""
    outcome: Outcome = field(default_factory=Outcome)
    _chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - the same faults every time
    _held: set[tuple[int, int, str]] = field(default_factory=set)
    _coming_back: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self, faults: int, restarts: int, seconds: float) -> None:
        """Let holders fail and the server restart until time is over."""
        plan = ["restarted"] * restarts + [KINDS[at % len(KINDS)] for at in range(faults)]
        self._chance.shuffle(plan)
        end = time.monotonic() + seconds
        for at, what in enumerate(plan, 1):
            if time.monotonic() > end:
                print(f"  the time is over after {at - 1} of {len(plan)}", flush=True)
                break
            await asyncio.sleep(self._chance.uniform(*SETTLES))
            for worker in self.workers.values():
                worker.check()
            await (self._restart() if what == "restarted" else self._fail(what))
            self.outcome.faults[what] += 1
            print(f"  … {at} of {len(plan)}", flush=True)

    async def drain(self) -> None:
        """Let all come back, and wait until nothing is left to deliver."""
        if self._coming_back:
            await asyncio.wait(self._coming_back)
        await self.watch.until(lambda: not self.rows.open(), DRAINED_WITHIN)
        for worker in self.workers.values():
            worker.check()

    async def _fail(self, what: str) -> None:
        """Let a holder fail; wait until all of its leases are taken."""
        await self.watch.until(lambda: any(map(self._counts, self._leases_that_may_fail())), 2 * STOPPED + BEGUN_WITHIN)
        held = self._leases_that_may_fail()
        lease = self._chance.choice([name for name in sorted(held) if self._counts(name)])
        worker = self.workers[held[lease]]
        leases = {name: self.watch.epoch(name) for name, holder in self.watch.held.items() if holder == worker.name}
        worker.is_well = False
        worker.forget()
        begun = time.monotonic()
        match what:
            case "killed":
                worker.signal(signal.SIGKILL)
            case "stopped":
                worker.signal(signal.SIGSTOP)
            case _:
                worker.proxy.cut()
        await asyncio.sleep(LOOK)
        self._note_held()
        await self._taken_over(what, leases, begun)
        coming = asyncio.ensure_future(self._come_back(worker, what, begun, any(map(is_account, leases))))
        self._coming_back.add(coming)
        coming.add_done_callback(self._coming_back.discard)

    def _leases_that_may_fail(self) -> dict[str, str]:
        """Return leases and their holders.

        There are none while nobody else could take over.
        """
        well = {worker.name for worker in self.workers.values() if worker.is_well}
        return {name: holder for name, holder in self.watch.held.items() if holder in well} if len(well) > 1 else {}

    async def _come_back(self, worker: Worker, what: str, begun: float, sent: bool) -> None:
        """Mend what failed; it counts again once it stands by."""
        match what:
            case "killed":
                assert worker.process is not None
                worker.process.wait()
                worker.begin()
            case "stopped":
                await asyncio.sleep(max(0.0, begun + STOPPED - time.monotonic()))
                worker.signal(signal.SIGCONT)
            case _:
                worker.proxy.mend()
        if sent or what == "killed":
            await self.watch.until(lambda: worker.stands_by() or self._holds_account(worker), BEGUN_WITHIN)
        await asyncio.sleep(COMES_BACK)
        worker.is_well = True

    def _holds_account(self, worker: Worker) -> bool:
        return any(is_account(lease) and holder == worker.name for lease, holder in self.watch.held.items())

    async def _restart(self) -> None:
        """Restart the server; whoever held something has to take it again."""
        leases = {name: self.watch.epoch(name) for name in self.watch.held}
        # As somebody does who updates it, or as it does after a fault of its own.
        mode = self._chance.choice(("fast", "immediate"))
        await asyncio.to_thread(self.cluster.control, "restart", mode)
        begun = time.monotonic()
        self._note_held()
        await self._taken_over("restarted", leases, begun)

    async def _taken_over(self, what: str, leases: dict[str, int], begun: float) -> None:
        waits = self.outcome.waits.setdefault(what, [])
        try:
            await self.watch.until(
                lambda: all(self.watch.epoch(name) > epoch for name, epoch in leases.items()), GIVEN_UP
            )
        except TimeoutError:
            said = "\n".join(f"{worker.name}: {worker.said()}" for worker in self.workers.values())
            raise AssertionError(f"{what}: {leases} has no new holder: {self.watch.held}\n{said}") from None
        took = {name: self.watch.taken_at(name, epoch) - begun for name, epoch in leases.items()}
        waits += [wait for name, wait in took.items() if self._counts(name)]
        told = ", ".join(f"{name} {wait:.1f} s" for name, wait in sorted(took.items()))
        print(f"  {what}: {told}", flush=True)

    def _counts(self, lease: str) -> bool:
        return is_account(lease) or not self.of_account

    def _note_held(self) -> None:
        self._held |= self.rows.held()
        self.outcome.held = len(self._held)


# --- what is delivered ---


@dataclass(frozen=True, slots=True)
class Press:
    """Brings an article whenever little is left to deliver."""

    store: PostgresqlStore
    rows: Rows
    chats: int

    async def run(self) -> None:
        """Bring articles until cancelled, whatever the server does."""
        source: Source | None = None
        number = 0
        while True:
            try:
                source = source or await self.store.sources.add(
                    "benchmark", None, None, full_text=FullText.LINK, now=system_clock()
                )
                if self.rows.open() < self.chats:
                    number += 1
                    entry = Entry(
                        f"খবর {number}: নতুন সেতু খুলছে", ("নতুন সেতু খুলছে শুক্রবার।",), url=f"https://o.example/{number}"
                    )
                    draft = draft_cleaned(entry, str(source.id))
                    await self.store.articles.save(draft, source, system_clock(), push=Push.NOW)
            except (StorageError, psycopg.Error) as error:
                print(f"  the press waits: {error}", flush=True)
            await asyncio.sleep(1)


@dataclass(slots=True)
class Rows:
    """What the archive says of the deliveries, read past the program."""

    address: str
    _raw: psycopg.Connection[tuple[object, ...]] | None = None

    def open(self) -> int:
        """Return how many have not ended, with articles to be spread."""
        waiting = "SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'sending')"
        spreading = "SELECT count(*) FROM fanouts WHERE done = 0"
        return int(str(self._rows(f"SELECT ({waiting}) + ({spreading})")[0][0]))

    def held(self) -> set[tuple[int, int, str]]:
        """Return what is claimed and not settled, and by whom."""
        rows = self._rows("SELECT subject_id, chat_id, owner FROM deliveries WHERE state = 'sending'")
        return {(int(str(subject)), int(str(chat)), str(owner)) for subject, chat, owner in rows}

    def fates(self) -> list[tuple[int, int, str, str, int]]:
        """Return of each its article, chat, state, reason and doubts."""
        rows = self._rows(
            "SELECT a.headline, c.external_id, d.state, coalesce(d.reason, ''), d.unsure FROM deliveries d "
            "JOIN subjects s ON s.id = d.subject_id JOIN articles a ON a.id = s.article_id "
            "JOIN chats c ON c.id = d.chat_id"
        )
        return [
            (int(str(headline).split()[1].rstrip(":")), int(str(chat)), str(state), str(reason), int(str(unsure)))
            for headline, chat, state, reason, unsure in rows
        ]

    def _rows(self, sql: str) -> list[tuple[object, ...]]:
        for _ in range(100):
            try:
                if self._raw is None or self._raw.closed:
                    self._raw = psycopg.connect(self.address, autocommit=True)
                return self._raw.execute(sql.encode()).fetchall()
            except psycopg.OperationalError:
                # Restarted meanwhile.
                time.sleep(LOOK)
        raise AssertionError("the server does not come back")


def _weigh(
    fates: Sequence[tuple[int, int, str, str, int]], sent: Sequence[Sent], tenures: Sequence[Tenure], found: Outcome
) -> None:
    """Lay what the archive says beside what the platform took."""
    taken = Counter((article, chat) for _, _, chat, article in sent if article)
    found.digests = sum(not article for *_, article in sent)
    found.deliveries, found.messages = len(fates), len(sent)
    found.copies = sum(taken.values()) - len(taken)
    for article, chat, state, reason, unsure in fates:
        found.states[reason or state] += 1
        found.doubts += unsure
        got = taken.pop((article, chat), 0)
        if not (got if state == "sent" else state not in ("waiting", "sending") and reason):
            found.lost.append((article, chat))
        if got > unsure + (state == "sent"):
            found.undeclared.append((article, chat))
    assert not taken, "somebody was sent what no row knows of"
    found.at_once = _at_once(sent, [one for one in tenures if is_account(one.lease)])
    for at, process, *_ in found.at_once:
        holder = max((one for one in tenures if is_account(one.lease) and one.since <= at), key=lambda one: one.since)
        print(f"  {process} sent {at - holder.since:.2f} s after {holder.holder} took {holder.lease}", flush=True)


def _at_once(sent: Sequence[Sent], tenures: Sequence[Tenure]) -> list[Sent]:
    """Return what another than the holder sent.

    Its tenure begins when it was seen to hold the account or, if that was earlier, with its first message.
    """
    found = []
    for one, after in zip(tenures, [*tenures[1:], None], strict=True):
        end = after.since if after else float("inf")
        own = [at for at, process, *_ in sent if process == one.holder and one.since - LOOK <= at < end]
        since = min([one.since, *own])
        found += [message for message in sent if since < message[0] < end and message[1] != one.holder]
    return found


def _told(port: int) -> list[Sent]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/report/report") as answer:
        return [(at, process, chat, article) for at, process, chat, article in json.load(answer)]


if __name__ == "__main__":
    main()
