"""What holds for all tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

# Timing never decides a test: speed lives in tests/benchmarks.
settings.register_profile("khobor", deadline=None)
settings.load_profile("khobor")


@pytest.fixture
def anyio_backend() -> str:
    """Run asynchronous tests on asyncio, the one that the program runs on."""
    return "asyncio"
