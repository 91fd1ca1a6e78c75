"""What a topic's list costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.values.chats import Role
from tests.fakes.statements import trace
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
MOST = 20
"""BEGIN and COMMIT among them; all that is read is asked in one hop."""


async def test_a_topics_list_takes_few_statements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    async with a_world(tmp_path) as world:
        await world.add("সেতুর কাজ শেষ", "এক।", tags=("সেতু",))
        await world.add("নদীতে মেলা", "মেলায় সেতু দেখা যায়।", url="https://outlet.example/2")
        await world.say("/tag সেতু", role=Role.READER)  # makes the chat, and counts the words of what is new
        trace(monkeypatch, lambda sql, _: asked.append(sql))
        reply = await world.say("/tag সেতু", role=Role.READER)
    assert "সেতুর কাজ শেষ" in reply.message.brief
    assert len(asked) <= MOST, "\n".join(asked)
