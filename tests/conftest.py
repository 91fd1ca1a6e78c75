"""What holds for all tests."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from tests import drawing, warm
from tests.fakes.engines import SERVER, drop_all, forget

# Timing never decides a test: speed lives in tests/benchmarks. Runs take other examples, so thirty do for one.
settings.register_profile("khobor", deadline=None, max_examples=30)
settings.load_profile("khobor")


# Archives stand in memory where there is room: no test cuts the power, and a disk's waits are none of ours.
MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder there that is this user's alone
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2**30:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


# Processes of the program are forked from one that has loaded it.
warm.install()

# What collecting makes stays until the end: it is walked neither meanwhile nor with what tests leave.
gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage in what is made from now on."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # Python's own number, 700, is for programs that leave less behind
    gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell after a failure how this run's cases are drawn again."""
    if {"failed", "error"} & terminalreporter.stats.keys():
        terminalreporter.write_line(f"Cases were drawn with TEST_SEED={drawing.SEED}.")


def pytest_sessionfinish() -> None:
    """Remove what this process made for all its tests.

    A worker of several is only ended, without an exit of its own.
    """
    forget()
    if SERVER:
        drop_all()


@pytest.fixture
def anyio_backend() -> str:
    """Run asynchronous tests on asyncio, the one that the program runs on."""
    return "asyncio"


def pytest_xdist_auto_num_workers() -> int:
    """Return how many tests run at once.

    One more than there are cores, up to four, for some of them wait.
    """
    return min((os.cpu_count() or 1) + 1, 4)
