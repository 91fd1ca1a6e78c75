"""Says in one clear line what PostgreSQL refused, and what to do."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

import psycopg
from psycopg import errors
from psycopg_pool import PoolTimeout

from bot.values.errors import StorageError
from storage.driver.connection import ConflictError


class SilentError(Exception):
    """The server did not answer in time."""


class LostBeforeCommitError(Exception):
    """The connection was lost before the transaction could have ended well."""


FAILURES: Final = (psycopg.Error, SilentError)
"""What a statement fails with on a connection of one's own."""
AGAIN: Final = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    # What was looked for and not found was stored by another meanwhile, or what was found is gone.
    errors.UniqueViolation,
    errors.ForeignKeyViolation,
    ConflictError,
)
"""What a transaction that met others fails with; it is run again."""


def in_words(address: str) -> str:
    """Return an address without its password."""
    parts = urlsplit(address)
    return f"postgresql://{parts.hostname or 'localhost'}:{parts.port or 5432}{parts.path}"


class PostgresqlErrors:
    """Turns the driver's errors into one clear line each."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        pass

    def __exit__(self, error_type: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, psycopg.Error | PoolTimeout | LostBeforeCommitError | SilentError | ConflictError):
            raise refused(error, self._name) from error


_ADVICE: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (errors.InvalidPassword, "refuses the password. Mend DATABASE_URL."),
    (errors.InvalidCatalogName, "has no such database. Create it, or mend DATABASE_URL."),
    (errors.InsufficientPrivilege, "does not let this user do that. Give it the right to create and write tables."),
    (errors.ReadOnlySqlTransaction, "is read-only (a standby?). Point DATABASE_URL to the server that writes."),
    (errors.TooManyConnections, "has no connection left. Raise max_connections or end other clients."),
    (errors.DiskFull, "the disk is full. Make room; what is stored stays."),
    (errors.LockNotAvailable, "somebody holds a lock for too long. Nothing is lost; try again."),
    ((errors.QueryCanceled, PoolTimeout, SilentError), "takes too long just now. Nothing is lost; try again."),
    (AGAIN, "was busy with others. Nothing is lost; try again."),
    (
        (psycopg.OperationalError, LostBeforeCommitError),
        "cannot be reached. Is the server running, and DATABASE_URL right?",
    ),
)


# What a server says of a dial it refuses comes without its number.
_DIALLED: tuple[tuple[str, type[Exception]], ...] = (
    ("password authentication failed", errors.InvalidPassword),
    ("does not exist", errors.InvalidCatalogName),
    ("too many clients", errors.TooManyConnections),
    ("too many connections", errors.TooManyConnections),
    ("remaining connection slots", errors.TooManyConnections),
)


def refused(error: BaseException, name: str) -> StorageError:
    """Say what the driver refused, and what to do."""
    is_dial = isinstance(error, psycopg.OperationalError) and error.sqlstate is None
    error_types = [type(error), *(error_type for mark, error_type in _DIALLED if is_dial and mark in str(error))]
    advice = next((advice for error_type, advice in _ADVICE if issubclass(error_types[-1], error_type)), None)
    if advice is None:
        said = getattr(getattr(error, "diag", None), "message_primary", None) or type(error).__name__
        advice = f"the database refused: {said}"
    return StorageError(f"{name}: {advice}")
