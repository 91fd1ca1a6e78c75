"""Invented stories that fill an archive."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fakes.world import World

_INVENTED = Path(__file__).with_name("stories.toml").read_text(encoding="utf-8")
STORIES: list[dict[str, Any]] = tomllib.loads(_INVENTED)["story"]
SINCE = 37
"""Minutes between one story and the next."""


async def fill(world: World) -> None:
    """Let the stories come, the first last."""
    for story in reversed(STORIES):
        sections, tags = (story["section"],), tuple(story["tags"])
        await world.add(story["headline"], story["body"], tags=tags, categories=sections)
        world.clock.go(minutes=SINCE)
    await world.spread()
