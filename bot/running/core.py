"""Names the core's parts, put together once.

The composition root makes them and hands them down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.clockwork.clock import Clock
    from bot.delivery.engine import Engine
    from bot.editing.sources import SourceEditor
    from bot.intake.pipeline import Fetch, Pipeline
    from bot.ports.store import Store
    from bot.running.settings import Settings

COLLECT, SPREAD = "collect", "spread"
BACKGROUND = frozenset({COLLECT, SPREAD})
"""What runs beside the chats: polling sources; spreading, digests and the clock."""


@dataclass(frozen=True, slots=True)
class Core:
    """Everything that knows no chat platform."""

    settings: Settings
    store: Store
    pipeline: Pipeline
    source_editor: SourceEditor
    engine: Engine
    clock: Clock
    fetch: Fetch
    background: frozenset[str] = BACKGROUND
    """What this process does beside the chats."""
