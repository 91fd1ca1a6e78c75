"""Clocks that jump, zones, changed times, pauses and crashes.

A few of the histories that a benchmark lives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.delivery.histories import history

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.anyio
@pytest.mark.parametrize("seed", range(8))
async def test_no_history_skips_or_doubles_a_story(tmp_path: Path, seed: int) -> None:
    assert (await history(tmp_path, seed))[0] == ""
