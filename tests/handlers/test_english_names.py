"""Who reads English is told names in English, where they have one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.values.chats import Language
from bot.values.messages import Heading, Items, Message, Part, Summary
from tests.fakes.world import PRESSED, World, a_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.anyio
BENGALI = re.compile("[\u0980-\u09ff]+")
SOURCE = (Heading, Items, Summary)
"""What a source wrote, or stands as it did."""


async def _english(world: World) -> None:
    await world.at_once(language=Language.ENGLISH)
    for n, tag in enumerate(("ইরান", "সিলেট", "ইরান")):
        await world.add(f"Headline {n}", "Text one. Text two.", tags=(tag,))
    await world.core.store.outlets.ensure("শূন্য", name_en="Shunno")


def _own(message: Message) -> Iterator[str]:
    """Yield all that is our own words."""
    for part in message.parts:
        yield from _words(part)
    yield from (choice.label for row in message.rows for choice in row)


def _words(part: Part) -> Iterator[str]:
    if isinstance(part, SOURCE):
        return
    yield from ("".join(span.text for span in line) for line in getattr(part, "lines", ()))


async def _shown(world: World, text: str) -> Message:
    return (await world.say(text, traits=PRESSED)).message


@pytest.mark.parametrize(
    "said",
    [
        *("tag Iran", "topics", "follow Iran", "following", "follow", "unfollow", "mute Sylhet", "unmute", "settings"),
        *("read 1", "why", "district", "search", "tag", "latest", "unfollow Iran", "mute"),
        *("latest Nodi", "follow Nodi", "mute Nodi", "unfollow Nodi", "sources", "follow শূন্য", "latest শূন্য"),
    ],
)
async def test_an_english_screen_says_names_in_english(tmp_path: Path, said: str) -> None:
    async with a_world(tmp_path) as world:
        await _english(world)
        await _shown(world, "latest")
        chosen = ("follow Iran", "mute Sylhet", "follow Nodi")
        for before in chosen if said in {"following", "unmute", "unfollow", "why"} else ():
            await _shown(world, before)
        shown = await _shown(world, said)
        assert [one for one in _own(shown) if BENGALI.search(one.replace("বাংলা", ""))] == []
        heads = [part.text for part in shown.each(Heading) if not part.text.startswith("Headline")]
        assert [one for one in heads if BENGALI.search(one)] == []


async def test_what_an_english_label_says_typed_back_does_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await _english(world)
        told = await _shown(world, "Follow Iran")
        assert told.brief.startswith("Now following ‘Iran’")
        (chosen,) = await world.core.store.subscriptions.of_chat((await world.chat()).id)
        assert (chosen.term.kind, chosen.term.name) == ("tag", "ইরান")


async def test_a_bengali_screen_says_them_in_bengali(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.add("Headline", "Text.", tags=("ইরান",))
        assert "‘ইরান’" in (await _shown(world, "follow Iran")).brief


async def test_a_name_without_an_english_form_stays(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.at_once(language=Language.ENGLISH)
        await world.add("Headline", "Text.", tags=("পাখিগণনা",))
        assert "‘পাখিগণনা’" in (await _shown(world, "follow পাখিগণনা")).brief
