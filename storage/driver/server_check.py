"""Looks at a PostgreSQL server for `khobor check`."""

from __future__ import annotations

from typing import NamedTuple

from storage.driver import postgresql, server_rows
from storage.driver.leases import FREE

OLDEST = 15
"""The first version of the server that is tried."""
CROWDED = 0.8
"""The share of the server's connections above which there is a word about it."""
LONG = 600
"""Seconds that a snapshot may be held: what is deleted meanwhile stays in every statement's way."""
_ASKED = (
    "SELECT current_setting('server_version'), CAST(current_setting('server_version_num') AS bigint) / 10000, "
    "CAST(pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on' AS int), "
    "CAST(current_setting('autovacuum') = 'on' AS int), pg_database_size(current_database()), "
    "(SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'), "
    "CAST(current_setting('max_connections') AS bigint), "
    "(SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0) FROM pg_stat_activity "
    "WHERE backend_xmin IS NOT NULL AND pid <> pg_backend_pid() AND datname = current_database())"
)
# Whoever died longer ago than a day has been replaced, or is not wanted any more.
_LEASES = (
    "SELECT name, extract(epoch FROM clock_timestamp() - beat) FROM leases WHERE owner <> '' "
    "AND beat > clock_timestamp() - interval '1 day' ORDER BY name"
)


class ServerFacts(NamedTuple):
    """What a server says of itself."""

    version: str
    major: int
    read_only: bool
    autovacuum: bool
    size: int
    """Bytes of the archive."""
    connections: int
    most_connections: int
    snapshot: float
    """Seconds since the oldest snapshot of the archive was taken."""
    pooled: bool = False
    """Whether a pooler gives each transaction another connection."""
    trusting: bool = False
    """Whether another host is reached without looking who it is."""
    leases: tuple[tuple[str, float], ...] = ()
    """The leases that are held, with the seconds since their last beats."""


async def facts(address: str) -> ServerFacts:
    """Ask a server about itself; nothing is changed.

    Raises:
        StorageError: it cannot be asked.
    """
    async with server_rows.connected(address) as server:
        told = await (await server.execute(_ASKED)).fetchone() or ()
        version, *numbers = told
        major, read_only, autovacuum, size, used, most, snapshot = (float(str(number)) for number in numbers)
        made = await server_rows.one(server, "SELECT count(to_regclass('leases'))")
        rows = await (await server.execute(_LEASES)).fetchall() if made else []
        return ServerFacts(
            str(version),
            int(major),
            bool(read_only),
            bool(autovacuum),
            int(size),
            int(used),
            int(most),
            snapshot,
            await postgresql.is_pooled(address),
            postgresql.is_trusting(address),
            tuple((str(name), float(str(age))) for name, age in rows),
        )


def findings(said: ServerFacts) -> list[tuple[str, str]]:
    """Say what is well with a server and what is not.

    Each finding is "ok", "note" or "fail", with its words.
    """
    found = [
        ("ok", f"Server: PostgreSQL {said.version}, {said.size / 1e6:,.0f} MB; its disk is its operator's to watch.")
    ]
    if said.major < OLDEST:
        found[0] = ("fail", f"Server: PostgreSQL {said.version} is too old. Use {OLDEST} or newer.")
    if said.read_only:
        found.append(("fail", "Server: read-only (a standby?). Point DATABASE_URL to the server that writes."))
    if said.pooled:
        found.append(("fail", f"Server: {postgresql.POOLED}"))
    if not said.autovacuum:
        found.append(("fail", "Server: autovacuum is off, so sending slows down week by week. Set autovacuum = on."))
    if said.trusting:
        found.append(("note", "Server: nobody looks who it is. Put ?sslmode=verify-full behind DATABASE_URL."))
    if said.connections > CROWDED * said.most_connections:
        used = f"{said.connections} of {said.most_connections} connections are in use"
        found.append(("note", f"Server: {used}; a process of Khobor takes up to a dozen. Raise max_connections."))
    if said.snapshot > LONG:
        held = f"a transaction has been open for {said.snapshot / 60:,.0f} minutes and slows delivery"
        found.append(("note", f"Server: {held}. End it, or let reports read from a standby."))
    held = ", ".join(name for name, age in said.leases if age < FREE)
    found.append(("ok", f"Leases: {held} held now." if held else "Leases: no process holds any."))
    if late := ", ".join(f"{name} ({age:,.0f} s)" for name, age in said.leases if age >= FREE):
        found.append(("note", f"Leases: without a beat since, and free for the next process: {late}."))
    return found
