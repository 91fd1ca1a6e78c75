"""Shares slots among lanes.

Some go first, none of the others starves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values.delivery import Lane

if TYPE_CHECKING:
    from collections.abc import Collection

STRICT = (Lane.WITHDRAWAL, Lane.BREAKING)
WEIGHTS = {Lane.NORMAL: 60, Lane.DIGEST: 25, Lane.CORRECTION: 10, Lane.BROADCAST: 5}
"""Shares of what the strict lanes leave. Corrections of one story for 100,000 chats are an hour of sending."""


def shares(room: int, present: Collection[Lane]) -> dict[Lane, int]:
    """Part ``room`` slots among lanes with something due.

    The first strict lane gets all, else each gets a share by its weight.
    """
    if room <= 0 or not present:
        return {}
    for lane in STRICT:
        if lane in present:
            return {lane: room}
    whole = sum(WEIGHTS[lane] for lane in present)
    return {lane: max(1, room * WEIGHTS[lane] // whole) for lane in present}
