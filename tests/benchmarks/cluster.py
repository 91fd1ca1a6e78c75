"""A PostgreSQL server of a benchmark's own.

In a temporary folder, on a free port of this machine, as a plain installation has it (autovacuum on, every commit on
disk); it is stopped and removed at the end. Without the server's programs there is none.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "postgres"
ABSENT = "no PostgreSQL here: its programs (initdb, pg_ctl) stand neither in PATH nor in /usr/lib/postgresql"
_STARTS_WITHIN = "60"
_CONFIGURED = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 512MB
maintenance_work_mem = 512MB
max_wal_size = 4GB
logging_collector = off
authentication_timeout = 5s
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server that runs."""

    programs: Path
    folder: Path
    port: int

    @property
    def pid(self) -> int:
        """The number of its first process."""
        return int((self.folder / "postmaster.pid").read_text().split()[0])

    def address(self, database: str = USER, *, port: int | None = None) -> str:
        """Return a database's address, at a proxy's port if need be."""
        return f"postgresql://{USER}@127.0.0.1:{port or self.port}/{database}"

    def has(self, database: str) -> bool:
        """Return whether there is a database of this name."""
        with psycopg.connect(self.address(), autocommit=True) as raw:
            return bool(raw.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone())

    def create(self, database: str) -> str:
        """Create an empty database and return its address."""
        self._do(f"CREATE DATABASE {database} TEMPLATE template0 ENCODING 'UTF8'")
        return self.address(database)

    def drop(self, database: str) -> None:
        """Drop a database, if there is one of this name."""
        self._do(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def rename(self, database: str, name: str) -> None:
        """Give a database another name."""
        self._do(f"ALTER DATABASE {database} RENAME TO {name}")

    def _do(self, sql: str) -> None:
        with psycopg.connect(self.address(), autocommit=True) as raw:
            raw.execute(sql.encode())

    def control(self, what: str, mode: str = "fast") -> None:
        """Start, stop or restart it, and wait until that is done."""
        how = [] if what == "start" else ["-m", mode]
        command = [str(self.programs / "pg_ctl"), "-D", str(self.folder), "-w", "-t", _STARTS_WITHIN, *how]
        _run([*command, "-l", str(self.folder / "log"), what])

    def worked(self) -> float:
        """Return the seconds that its processes have worked until now."""
        own = _stat(self.pid)
        of_children = sum(_stat(child)[0] + _stat(child)[1] for child in self._children())
        return (sum(own) + of_children) / os.sysconf("SC_CLK_TCK")

    def working(self, database: str) -> dict[int, int]:
        """Return the nanoseconds that each connection's process to a database has worked."""
        found = {}
        for child in self._children():
            with suppress(OSError):
                if f" {database} ".encode() in Path(f"/proc/{child}/cmdline").read_bytes():
                    found[child] = int(Path(f"/proc/{child}/schedstat").read_text().split()[0])
        return found

    def _children(self) -> list[int]:
        first = self.pid
        return [int(number) for number in Path(f"/proc/{first}/task/{first}/children").read_text().split()]


def _stat(pid: int) -> tuple[int, int, int, int]:
    """Return the ticks that a process has worked.

    They are its own and the kernel's for it, then those of its children that ended.
    """
    with suppress(OSError):
        values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(values[11]), int(values[12]), int(values[13]), int(values[14])
    return 0, 0, 0, 0


@contextmanager
def started_cluster(kept: Path | None = None, configured: str = "") -> Iterator[Cluster | None]:
    """Run a server while the block lasts; None without its programs.

    It is a new one, or the one whose data an earlier run has ``kept``.
    """
    programs = _programs()
    if programs is None:
        yield None
        return
    with ExitStack() as stack:
        made = kept or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="khobor-cluster-")))
        folder = made / "data"
        cluster = Cluster(programs, folder, _free_port())
        if not folder.exists():
            made.mkdir(parents=True, exist_ok=True)
            if _other_user():
                shutil.chown(made, USER)
            made_by = [str(programs / "initdb"), "-D", str(folder), "-U", USER, "-A", "trust"]
            _run([*made_by, "-E", "UTF8", "--locale", "C"])
        with (folder / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
            file.write(f"{_CONFIGURED}{configured}\nport = {cluster.port}\n")
        cluster.control("start")
        # Asked to end, a program ends in order too: a server is not left behind.
        before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        try:
            yield cluster
        finally:
            cluster.control("stop", "fast" if kept else "immediate")
            signal.signal(signal.SIGTERM, before)


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: int(path.parts[4]), default=None)
    return newest.parent if newest else None


def _run(command: list[str]) -> None:
    # The server refuses to be started by root.
    user = USER if _other_user() else None
    done = subprocess.run(
        command, user=user, group=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.decode(errors='replace')[-2000:]}")


def _other_user() -> bool:
    with suppress(KeyError):
        return os.geteuid() == 0 and bool(pwd.getpwnam(USER))
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
