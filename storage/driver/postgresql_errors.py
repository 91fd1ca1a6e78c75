"""Says in one clear line what PostgreSQL refused, and what to do."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
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


_EXAMPLE = "Write postgresql://user:password@host:5432/name."
_SIGNS = (
    "In a password write @ as %40, : as %3A, / as %2F, # as %23, ? as %3F and % as %25; behind ? only libpq's words."
)


def in_words(address: str) -> str:
    """Return an address without its password."""
    parts = urlsplit(address)
    return f"postgresql://{parts.hostname or 'localhost'}:{parts.port or 5432}{parts.path}"


def see_address(address: str) -> None:
    """See that an address can be read.

    Nothing of it is ever quoted: a part of the password may stand anywhere in what cannot be read.

    Raises:
        StorageError: it cannot; the text says what to do.
    """
    if not address.startswith(("postgresql://", "postgres://")):
        raise StorageError(f"this is no address of a PostgreSQL server. {_EXAMPLE}")
    try:
        in_words(address)
        conninfo_to_dict(address)
    except (ValueError, psycopg.ProgrammingError):
        raise StorageError(f"the address of the PostgreSQL server cannot be read. {_EXAMPLE} {_SIGNS}") from None


class PostgresqlErrors:
    """Turns the driver's errors into one clear line each."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        pass

    def __exit__(self, error_type: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, psycopg.Error | PoolTimeout | LostBeforeCommitError | SilentError | ConflictError):
            raise refused(error, self._name) from error


class _UnknownHostError(Exception):
    """A host's name leads nowhere."""


class _UntrustedError(Exception):
    """A server shows a certificate that cannot be trusted."""


_ADVICE: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (errors.InvalidPassword, "refuses the password. Mend DATABASE_URL."),
    (errors.InvalidCatalogName, "has no such database. Create it, or mend DATABASE_URL."),
    (
        errors.InvalidAuthorizationSpecification,
        "does not let this user in. Mend the name in DATABASE_URL, or make the role and let it in (pg_hba.conf).",
    ),
    (
        errors.ProtocolViolation,
        "speaks no TLS. Switch it on there (ssl = on); take sslmode out of DATABASE_URL in a network of yours alone.",
    ),
    (
        _UntrustedError,
        (
            "shows a certificate that is not trusted here. Put &sslrootcert=system, or its signer's file, behind "
            "DATABASE_URL, and use the host's name that the certificate is for."
        ),
    ),
    (_UnknownHostError, "there is no host of that name. Mend DATABASE_URL."),
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


# What a server says of a dial it refuses comes without its number; the first mark that is found counts.
_DIALLED: tuple[tuple[str, type[Exception]], ...] = (
    ("too many clients", errors.TooManyConnections),
    ("too many connections", errors.TooManyConnections),
    ("remaining connection slots", errors.TooManyConnections),
    ("password authentication failed", errors.InvalidPassword),
    ("no password supplied", errors.InvalidPassword),
    ("no pg_hba.conf entry", errors.InvalidAuthorizationSpecification),
    ("role ", errors.InvalidAuthorizationSpecification),
    ("server does not support SSL", errors.ProtocolViolation),
    ("certificate", _UntrustedError),
    ("resolve host", _UnknownHostError),
    ("does not exist", errors.InvalidCatalogName),
)


def refused(error: BaseException, name: str) -> StorageError:
    """Say what the driver refused, and what to do."""
    is_dial = isinstance(error, psycopg.OperationalError) and error.sqlstate is None
    known = (error_type for mark, error_type in _DIALLED if is_dial and mark in str(error))
    meant = next(known, type(error))
    advice = next((advice for error_type, advice in _ADVICE if issubclass(meant, error_type)), None)
    if advice is None:
        said = getattr(getattr(error, "diag", None), "message_primary", None) or type(error).__name__
        advice = f"the database refused: {said}"
    return StorageError(f"{name}: {advice}")
