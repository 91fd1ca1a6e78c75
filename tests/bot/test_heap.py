"""What stays for ever is passed over by the collector."""

from __future__ import annotations

import gc

from bot.sources.heap import leave_alone


def test_what_is_there_is_not_walked_through_again() -> None:
    held = [[number] for number in range(100)]
    before = gc.get_freeze_count()
    try:
        leave_alone()
        assert gc.get_freeze_count() > before + len(held)
        assert not any(one is held for one in gc.get_objects())
    finally:
        gc.unfreeze()
