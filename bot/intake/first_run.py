"""Fills an empty archive.

It takes the catalogue's feeds, and a dozen samples so that there is something to see without a network.
"""

from __future__ import annotations

import random
import tomllib
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.articles.draft import make_draft
from bot.sources.catalogue import catalogue
from bot.values.articles import Entry, FullText, Push

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports.store import Store

OUTLET = ("নমুনা পোর্টাল", "Sample Portal")
SAMPLE = "sample"
FEED = "feed"
GAP = timedelta(minutes=41)
SPREAD = timedelta(minutes=1)
"""The first looks at the catalogue are spread over this."""


async def name_outlets(store: Store) -> None:
    """Make the catalogue's names and hosts known.

    An outlet's articles then stand under its Bengali name.
    """
    for listed in catalogue():
        await store.outlets.ensure(
            listed.name,
            name_en=listed.name_en,
            country=listed.country,
            zone=listed.zone,
            also=listed.also,
            sites=listed.sites,
        )


async def fill(store: Store, now: datetime, *, catalogued: bool = True) -> None:
    """Fill an archive that is empty and has no sources.

    Any other is left as it is. If ``catalogued``, the feeds of the catalogue come with the samples.
    """
    if await store.articles.newest() is not None or await store.sources.all():
        return
    if catalogued:
        await _add_feeds(store, now)
    await _add_samples(store, now)


async def _add_feeds(store: Store, now: datetime) -> None:
    for listed in catalogue():
        if listed.feed is not None:
            outlet = await store.outlets.ensure(listed.name, name_en=listed.name_en)
            due = now + SPREAD * random.random()  # noqa: S311 - spreading, not secrets
            await store.sources.add(FEED, listed.feed, outlet, full_text=FullText.LINK, now=due)


async def _add_samples(store: Store, now: datetime) -> None:
    outlet = await store.outlets.ensure(OUTLET[0], name_en=OUTLET[1])
    source = await store.sources.add(SAMPLE, None, outlet, full_text=FullText.ALLOWED, now=now)
    for position, entry in reversed(list(enumerate(samples(now), 1))):
        draft = make_draft(entry, str(source.id), now)
        await store.articles.save(draft, source, now - GAP * position, push=Push.NONE)


def samples(now: datetime) -> list[Entry]:
    """Read the samples, the newest first.

    Their times lie in the last hours.
    """
    text = files("bot.intake").joinpath("samples.toml").read_text(encoding="utf-8")
    return [
        Entry(
            title=row["title"],
            body=tuple(row["body"].strip().split("\n\n")),
            published=now - GAP * position,
            wire_sources=(row["wire"],) if "wire" in row else (),
            tags=tuple(row["tags"]),
            categories=(row["section"],),
        )
        for position, row in enumerate(tomllib.loads(text)["sample"], 1)
    ]
