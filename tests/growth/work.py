"""Counts what a function does: calls, and for each method of a text, a list or the like the length it goes through."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

_AT_ONCE = frozenset(("startswith", "endswith", "append", "add", "get", "pop", "setdefault", "isspace", "span", "group"))
_A_CALL = 16  # letters that a method goes through while another function is called


class TooMuchError(Exception):
    """More was done than is allowed."""


def work(do: Callable[[], object], most: int) -> int:
    """Return what ``do`` does, in calls; ``most`` if it is more."""
    done = 0

    def count(_: FrameType, event: str, called: Any) -> None:  # noqa: ANN401
        nonlocal done
        if event == "call":
            done += 1
        elif event == "c_call":
            held = getattr(called, "__self__", None)
            size = len(held) if isinstance(held, str | bytes | list | tuple) and called.__name__ not in _AT_ONCE else 0
            done += 1 + size // _A_CALL
        if done > most:
            sys.setprofile(None)
            raise TooMuchError

    sys.setprofile(count)
    try:
        do()
    except TooMuchError:
        return most
    except Exception:  # noqa: BLE001 - a refusal is an answer too
        return done
    finally:
        sys.setprofile(None)
    return done
