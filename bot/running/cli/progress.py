"""Draws a progress bar for long work.

If standard error is no terminal, it prints a line every ten seconds.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CELLS = 20
EVERY = 10.0
"""Seconds between two lines where there is no terminal."""
REDRAWN = 0.1
"""Seconds between two drawings of the bar."""
MINUTE, LONG = 60, 90
MEGABYTE = 1_000_000


@contextmanager
def progress(
    unit: str = "", *, size: int = 1, stream: TextIO | None = None, now: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[int, int], None]]:
    """Show how far work has come.

    Call the yielded function with how much of how much is done. ``unit`` stands behind the numbers; each counts
    ``size`` of what is counted.
    """
    out = stream or sys.stderr
    begun, drawn, last = now(), now(), ""
    terminal = out.isatty()

    def show(done: int, of: int) -> None:
        nonlocal drawn, last
        last = bar(done, of, now() - begun, unit, size)
        if now() - drawn >= (REDRAWN if terminal else EVERY):
            drawn = now()
            out.write(f"\r\x1b[K{last}" if terminal else f"{last}\n")
            out.flush()

    try:
        yield show
    finally:
        if terminal and last:
            out.write(f"\r\x1b[K{last}\n")
            out.flush()


def bar(done: int, of: int, seconds: float, unit: str = "", size: int = 1) -> str:
    """Draw the work done so far and the time left.

    Once it is done, draw the time that it took.
    """
    done, shown = min(done, of), f" {unit}" if unit else ""
    full = CELLS * done // of if of else CELLS
    head = f"▕{'█' * full}{' ' * (CELLS - full)}▏ {100 * done // of if of else 100} %"
    if done == of:
        return f"{head} · {of / size:,.0f}{shown} · {_time(seconds)}"
    left = f" · {_time(seconds * (of - done) / done)} left" if done else ""
    return f"{head} · {done / size:,.0f} of {of / size:,.0f}{shown}{left}"


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < LONG else f"{seconds / MINUTE:.0f} min"
