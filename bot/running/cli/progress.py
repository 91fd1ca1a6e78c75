"""A progress bar where somebody looks, a line at the end where nobody does."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[str], None]]:
    """Show how far work has come; call what is yielded once for each step, with what was done last."""
    if not sys.stderr.isatty() or not total:
        yield lambda _: None
        return
    # A tenth of what a start takes, for those alone who look.
    from prompt_toolkit.shortcuts import ProgressBar  # noqa: PLC0415

    with ProgressBar(title=title, file=sys.stderr) as bar:
        counter = bar(range(0), total=total, label=title)

        def step(label: str) -> None:
            counter.label = label
            counter.item_completed()

        yield step
