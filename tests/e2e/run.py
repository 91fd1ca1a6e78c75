"""Running `khobor` in a folder of its own.

It runs as a process, or, many times faster, in this one.
"""

from __future__ import annotations

import asyncio
import io
import logging
import os
import shutil
import subprocess
import sys
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 60


class Done(NamedTuple):
    """What a run came to."""

    returncode: int
    stdout: str
    stderr: str


def copied(folder: Path, *more: str) -> Path:
    """Copy the project, and files beside it, into a folder.

    Compiled files come along, so that processes that run there need not compile.
    """
    for name in ("bot", "handlers", "storage", *more):
        if (ROOT / name).is_dir():
            # What another process compiles just now has another end, and is gone the next moment.
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.pyc.*"))
        else:
            shutil.copy2(ROOT / name, folder / name)
    return folder


def environment(**extra: str) -> dict[str, str]:
    """Return an environment in which no setting of this machine counts."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), **extra}


def process(folder: Path, *arguments: str, say: str = "", **extra: str) -> Done:
    """Run the command line as a process to its end.

    ``say`` is its standard input.
    """
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment(**extra),
        input=say,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def khobor(folder: Path, *arguments: str, say: str = "", **extra: str) -> Done:
    """Run the command line within this process.

    The same from `main` on, without half a second of imports.
    """
    output, problems = _stream(), _stream()
    with (
        chdir(folder),
        _environ(environment(**extra)),
        _typed(say),
        _own_log(),
        redirect_stdout(output),
        redirect_stderr(problems),
    ):
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Done(code, _text(output), _text(problems))


async def beside(folder: Path, *arguments: str, **extra: str) -> Done:
    """Run the command line within this process, while its loop goes on."""
    return await asyncio.to_thread(khobor, folder, *arguments, **extra)


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8")


@contextmanager
def _environ(wanted: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _typed(say: str) -> Iterator[None]:
    reading, writing = os.pipe()
    os.write(writing, say.encode())
    os.close(writing)
    before = sys.stdin
    # The chat closes what it has read from; where nothing reads, this does.
    with suppress(OSError), os.fdopen(reading, encoding="utf-8") as source:
        sys.stdin = source
        try:
            yield
        finally:
            sys.stdin = before


@contextmanager
def _own_log() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:], root.level = handlers, level
