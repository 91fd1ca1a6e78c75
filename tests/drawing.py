"""Draws cases from tables that hold more than one run can try.

A run that fails tells its seed; TEST_SEED repeats it.
"""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")
SEED: Final = os.environ.setdefault("TEST_SEED", str(random.randrange(10**6)))  # noqa: S311 - cases, not secrets
"""Set in the environment, so that all workers draw with one seed."""


def drawn(cases: Iterable[T], count: int) -> list[T]:
    """Return so many cases, in their order; other runs take others."""
    every = list(cases)
    places = random.Random(SEED).sample(range(len(every)), min(count, len(every)))  # noqa: S311 - as above
    return [every[place] for place in sorted(places)]
