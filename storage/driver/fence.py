"""Keeps a former holder of a lease from writing.

A transaction under a lease sees first that the lease is still its process's. Until it ends it keeps that row, without
holding up the beats, and a lock by which whoever takes the lease over finds it: a process that was stopped or cut off
within a transaction would be waited for until the server gives it up.
"""

from __future__ import annotations

from typing import Final

_NUMBER = "hashtextextended('khobor fence ' || {}, 0)"
FENCED: Final = (
    f"SELECT pg_advisory_xact_lock_shared({_NUMBER.format('leases.name')}) FROM leases "
    "WHERE name = ? AND owner = ? AND epoch = ? FOR KEY SHARE"
)
"""Finds a row as long as a lease is its holder's, and fences the transaction."""
END_FENCED: Final = (
    "SELECT pg_terminate_backend(a.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
    "JOIN pg_database d ON d.oid = l.database AND d.datname = current_database() "
    "WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND a.usename = current_user "
    f"AND (CAST(l.classid AS BIGINT) << 32 | CAST(l.objid AS BIGINT)) = {_NUMBER.format('%s')}"
)
"""Ends the connections of transactions that are fenced so."""
