"""Copies a running archive into one file.

It also tells such a file from any other. The online backup interface copies in small steps under one read transaction:
in WAL mode writers go on beside it, and without that transaction each write of another process would begin the copy
anew.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.values.backups import Contents
from bot.values.errors import StorageError
from storage.driver import private
from storage.driver.sqlite_errors import refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    Step = Callable[[int, int], None]
    """Told how much of how much is done: bytes of a copy, rows of an archive."""

FACTS = "khobor_backup"
"""The table that says what a backup holds; no archive in use has one."""
SIDES = ("-wal", "-shm", "-journal")
_PAGES = 256
"""Pages copied in one step: about a megabyte."""
_BUSY = 5.0
_HEAD = 100
"""Bytes of SQLite's header."""
_MAGIC = b"SQLite format 3\0"
_LARGEST_VALUE = 64_000_000
"""Bytes of the largest value that is read from a file which anybody may have made."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COUNTS = (
    (
        "stories",
        (
            "SELECT count(*) FROM articles WHERE state = 'live' AND merged_into IS NULL "
            "AND source_id NOT IN (SELECT id FROM sources WHERE address IS NULL AND kind = 'sample')"
        ),
    ),
    ("chats", "SELECT count(*) FROM chats"),
    ("highest", "SELECT max(value) FROM counters WHERE name = 'subject'"),
)


def write(archive: Path, target: Path, now: datetime, step: Step = lambda _done, _of: None) -> Contents:
    """Copy a running archive into one file.

    It stands complete and checked under its name, or not at all.

    Raises:
        StorageError: it cannot be read or written, or there is no room; the text says what to do.
    """
    refuse_to_replace(archive, target)
    with (
        in_words(target, lambda error: refused(error, archive)),
        drafted(target) as draft,
        closing(_connect(archive, "rw")) as source,
    ):
        # Opened for writing, so that the last to leave it takes its log away; nothing is written.
        source.executescript("PRAGMA query_only = ON; BEGIN;")
        page = int(_one(source, "PRAGMA page_size"))
        size = page * int(_one(source, "PRAGMA page_count"))
        need_room(target.absolute().parent, target.parent, size)
        with filling(draft, now) as copy:
            source.backup(copy, pages=_PAGES, progress=lambda _status, left, of: step(page * (of - left), page * of))
        put_in_place(draft, target)
    return contents(target)


@contextmanager
def drafted(target: Path) -> Iterator[Path]:
    """Yield where a backup is written until it is whole.

    Nothing unfinished is left behind.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        private.create(draft)
        yield draft
    finally:
        for name in ("", *SIDES):
            draft.with_name(f"{draft.name}{name}").unlink(missing_ok=True)


@contextmanager
def filling(draft: Path, now: datetime) -> Iterator[sqlite3.Connection]:
    """Let a draft be filled, then check it.

    Its contents are written into it as numbers.

    Raises:
        StorageError: it is damaged.
    """
    with closing(_connect(draft, "rw")) as copy:
        # Nobody else opens it, and all of it is synced at the end.
        copy.executescript("PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF;")
        yield copy
        copy.execute("PRAGMA journal_mode = DELETE")
        _put_facts(copy, now)
        _check(copy, draft)


def put_in_place(draft: Path, target: Path) -> None:
    """Give a whole backup its name, for good."""
    sync(draft)
    draft.replace(target)
    sync(target.absolute().parent)


def contents(file: Path) -> Contents:
    """Return what a backup says it holds.

    Raises:
        StorageError: it is none, ends too early, or was made by a newer version.
    """
    with open_data(file) as raw:
        return _contents(raw, file)


@contextmanager
def open_data(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a backup for reading as data alone.

    Nothing that stands in it is run, and nothing is made beside it.

    Raises:
        StorageError: it is no backup, or ends too early.
    """
    with in_words(file):
        head, size = _head(file), file.stat().st_size
        if head[: len(_MAGIC)] != _MAGIC or len(head) < _HEAD:
            raise not_a_backup(file)
        whole = _pages(head) * _page_size(head)
        if size < whole:
            of = f"{size / 1e6:,.0f} of {whole / 1e6:,.0f} MB" if whole >= _MB else f"{size:,} of {whole:,} bytes"
            raise StorageError(f"{file} ends too early ({of}). Nothing was changed. Copy it again.")
        with closing(_connect(file, "ro&immutable=1")) as raw:
            raw.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE)
            raw.executescript("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")
            yield raw


def form(raw: sqlite3.Connection) -> int:
    """Return how many migrations made a file what it is."""
    return int(_one(raw, "PRAGMA user_version"))


def facts(raw: sqlite3.Connection, file: Path) -> Mapping[str, str]:
    """Return what a backup says about itself.

    Raises:
        StorageError: it says nothing: it is no backup.
    """
    plain = _one(raw, "SELECT count(*) FROM pragma_table_list WHERE name = ? AND type = 'table'", FACTS)
    if not plain:
        raise not_a_backup(file)
    return {str(name): str(value) for name, value in raw.execute(f"SELECT name, value FROM {FACTS} LIMIT 20")}


def counted(raw: sqlite3.Connection) -> dict[str, int]:
    """Count what a backup says that it holds."""
    return {name: _number(raw, sql) for name, sql in _COUNTS}


def own_version() -> str:
    """Return this program's version."""
    return version("khobor")


def need_room(folder: Path, shown: Path, size: int) -> None:
    """See to it that a folder has room for a file.

    Raises:
        StorageError: it has not.
    """
    free = shutil.disk_usage(folder).free
    if free < size:
        raise StorageError(
            f"{size / 1e9:.1f} GB are needed, {free / 1e9:.1f} GB are free in {shown}/. Nothing was changed."
        )


def not_a_backup(file: Path) -> StorageError:
    """Say that a file is something else."""
    return StorageError(f"{file} is not a backup of Khobor. Nothing was changed.")


def damaged(file: Path, what: object) -> StorageError:
    """Say that a file cannot be read to its end."""
    return StorageError(f"{file} is damaged ({what}). Nothing was changed. Take another copy.")


def sync(path: Path) -> None:
    """Let the disk have a file, or a folder's names, for good."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def in_words(file: Path, put: Callable[[Exception], StorageError] | None = None) -> Iterator[None]:
    """Put errors of driver and disk into one line.

    ``put`` words the driver's errors. One that quotes damaged bytes cannot be read itself.
    """
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise (put(error) if put is not None else damaged(file, error)) from error
    except OSError as error:
        named = error.filename or file
        raise StorageError(f"{named}: {error.strerror or error}. Nothing was changed.") from error


_MB = 1_000_000


def refuse_to_replace(archive: Path, target: Path) -> None:
    """Refuse to replace anything but an older backup.

    The archive, what lies beside it, and a file of another kind are never replaced.
    """
    if target.is_dir():
        raise StorageError(f"{target} is a folder. Name a file in it. Nothing was changed.")
    if target.exists():
        try:
            contents(target)
        except StorageError as error:
            raise StorageError(f"{target} is there already and is no backup. Name another file.") from error
    if target.absolute().parent == archive.absolute().parent and target.name.startswith(f"{archive.name}-"):
        raise StorageError(f"{target} is the name of a side file of the archive. Name another file.")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    if not path.exists():
        raise StorageError(f"{path}: there is no such file. Check the path.")
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_BUSY, isolation_level=None)


def _put_facts(copy: sqlite3.Connection, now: datetime) -> None:
    taken_at = (now - _EPOCH) // timedelta(microseconds=1)
    told = {**counted(copy), "taken_at": taken_at, "version": own_version()}
    copy.execute(f"DROP TABLE IF EXISTS {FACTS}")
    copy.execute(f"CREATE TABLE {FACTS} (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")
    copy.executemany(f"INSERT INTO {FACTS} VALUES (?, ?)", [(name, str(value)) for name, value in told.items()])


def _check(copy: sqlite3.Connection, file: Path) -> None:
    said = str(_one(copy, "PRAGMA quick_check(1)"))
    if said != "ok":
        raise StorageError(f"{file.name}: the archive itself is damaged ({said}). Restore an older backup.")


def _contents(raw: sqlite3.Connection, file: Path) -> Contents:
    said = facts(raw, file)
    try:
        counts = {name: int(said[name]) for name, _ in _COUNTS}
        taken_at = _EPOCH + timedelta(microseconds=int(said["taken_at"]))
    except (KeyError, ValueError, OverflowError) as error:
        raise not_a_backup(file) from error
    return Contents(**counts, taken_at=taken_at, size=file.stat().st_size)


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_HEAD)


def _page_size(head: bytes) -> int:
    size = int.from_bytes(head[16:18], "big")
    return 65_536 if size == 1 else size


def _pages(head: bytes) -> int:
    return int.from_bytes(head[28:32], "big")


def _one(raw: sqlite3.Connection, sql: str, *values: object) -> int | str:
    row = raw.execute(sql, values).fetchone()
    return row[0] if row else 0


def _number(raw: sqlite3.Connection, sql: str) -> int:
    try:
        return int(_one(raw, sql) or 0)
    except sqlite3.OperationalError:
        # The first form of an archive has no numbers of subjects.
        return 0


def remove_older(archive: Path, before: datetime) -> None:
    """Remove the copies that this program made of an archive before then."""
    for pattern in (f"{archive.name}.form????.backup", f"{archive.name}.before-restore*"):
        for file in archive.parent.glob(pattern):
            with suppress(OSError):
                if file.stat().st_mtime < before.timestamp():
                    file.unlink()


def keep_newest(folder: Path, pattern: str, kept: int) -> None:
    """Keep the last files of a pattern by name; remove the others."""
    found = sorted(folder.glob(pattern))
    for file in found[: max(0, len(found) - kept)]:
        with suppress(OSError):
            file.unlink()
