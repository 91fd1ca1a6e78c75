"""Runs tests on a faulty file.

A child runs them; it has the libraries loaded already, and nothing of the project.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import aiosqlite  # noqa: F401 - loaded once for all children
import anyio  # noqa: F401 - as above
import hypothesis  # noqa: F401 - as above
import pydantic_settings  # noqa: F401 - as above
import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

LONGEST = 180
"""Seconds; a fault that makes tests hang is found."""


class _Faulty:
    """Finds one module as another source."""

    def __init__(self, module: str, source: str) -> None:
        self._module = module
        self._source = source

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        """Find the faulty module; leave others to others."""
        del path, target
        return importlib.util.spec_from_loader(name, self) if name == self._module else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Make the usual module."""
        del spec
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run the faulty source."""
        exec(compile(self._source, module.__name__, "exec"), module.__dict__)  # noqa: S102 - it is our own


def survives(module: str, source: str, tests: Sequence[str]) -> bool:
    """Return whether all tests pass with a module's faulty source."""
    child = os.fork()
    if child == 0:
        os._exit(_run(module, source, tests))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _run(module: str, source: str, tests: Sequence[str]) -> int:
    signal.alarm(LONGEST)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    code = 1
    with suppress(BaseException):
        sys.meta_path.insert(0, _Faulty(module, source))
        code = int(pytest.main(["-x", "-n", "0", "--assert=plain", "-p", "no:cacheprovider", *tests]))
    return code
