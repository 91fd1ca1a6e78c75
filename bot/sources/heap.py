"""Gives freed memory back, and lets what stays be."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # mallopt's parameters (mallopt(3))
_LARGE = 256 * 1024
_ARENAS = 2


@cache
def give_back() -> None:
    """Let the C library return freed memory to the system.

    glibc learns from a body of 8 MB that such a block belongs on the heap, and keeps what was once its place; and it
    gives each thread a heap of its own. This is to be called before threads begin; called again it does nothing.
    """
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        for parameter, value in ((_TRIM_THRESHOLD, _LARGE), (_MMAP_THRESHOLD, _LARGE), (_ARENA_MAX, _ARENAS)):
            library.mallopt(parameter, value)


def leave_alone() -> None:
    """Let the collector pass over all that is there by now.

    The objects that a program is made of stay for as long as it runs. There are a hundred thousand, and each walk
    through them holds up everything for 75 ms.
    """
    gc.collect()
    gc.freeze()
