"""Keywords that nobody means.

Answered, kept by nobody, and bringing nothing to a chat that has news at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.world import a_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
STORIES = ("খবর ক", "কক কথা", "plain words (?=a)", "শব্দ শব্দ শব্দ", "বাঁধ ভাঙল")
ODD = ("ক", "ক" * 500, "শব্দ " * 250, ".*+?[](){}|^$\\", "\u200d\u200c\u200d", "(?=a)*", "%_'\";--", "")


async def test_a_keyword_that_is_none_is_answered_and_followed_by_nobody(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        chat = await world.at_once()
        for words in ODD:
            assert (await world.say(f"/follow {words}")).message.parts
            assert await world.core.store.subscriptions.of_chat(chat.id) == [], words
        for headline in STORIES:
            await world.add(headline)
        assert await world.owed() == []


async def test_signs_about_a_keyword_are_no_part_of_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        asked = {"বাঁধ": 1, "বাঁধ.*": 1, "\u200dবাঁধ\u200d": 1, "(বাঁধ|নদী)?": 0}
        for words in asked:
            await world.at_once(words)
            await world.say(f"/follow {words}", person=words)
        for headline in STORIES:
            await world.add(headline)
        found = {words: len(await world.owed(words)) for words in asked}
        assert found == asked, "two words are sought together, whatever stands between them"
