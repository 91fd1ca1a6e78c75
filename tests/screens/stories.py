"""Invented stories that fill an archive."""

from __future__ import annotations

import dataclasses
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.values.articles import DHAKA, FullText

if TYPE_CHECKING:
    from bot.values.articles import Saved
    from tests.fakes.world import World

_INVENTED = Path(__file__).with_name("stories.toml").read_text(encoding="utf-8")
STORIES: list[dict[str, Any]] = tomllib.loads(_INVENTED)["story"]
SINCE = 37
"""Minutes between one story and the next."""
AGO = timedelta(minutes=4)
"""How long before it came a story was published."""


async def fill(world: World) -> None:
    """Let the stories come, the first last."""
    for story in reversed(STORIES):
        await bring(world, story)
        world.clock.go(minutes=SINCE)
    await world.spread()


async def bring(world: World, story: dict[str, Any], **other: object) -> Saved:
    """Let a story come from its outlet, with some of it ``other``."""
    store, now = world.core.store, world.clock()
    outlet = await store.outlets.ensure(story["outlet"], zone=DHAKA)
    source = await store.sources.add(story["outlet"], None, outlet, full_text=FullText.ALLOWED, now=now)
    told: dict[str, Any] = {
        "headline": story["headline"],
        "body": story["body"],
        "tags": tuple(story["tags"]),
        "categories": (story["section"],),
        "published": now - AGO,
        **other,
    }
    return await dataclasses.replace(world, source=source).add(**told)
