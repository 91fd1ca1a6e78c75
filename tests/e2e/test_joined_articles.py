"""Two articles that prove to be one.

A chat that was sent either hears of every correction, and nobody is told twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.values.chats import Role
from tests.e2e.newspapers import item, newsroom, page, shown

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.newspapers import Newsroom
    from tests.fakes.world import RecordingPlatform

pytestmark = pytest.mark.anyio
PAPER, TITLE = "সমকাল", "সেতু খুলে দেওয়া হলো"
LONG, SHORT = "https://samakal.com/story/1", "https://samakal.com/?p=77"


async def _join(room: Newsroom) -> int:
    """Let the page say that both are one; return its number."""
    assert await room.take(page(TITLE, PAPER, LONG, short=SHORT)) == (0, 0)
    (article,) = [one for one in await room.articles() if one.headline == TITLE]
    return article.id


async def _edit(room: Newsroom, *steps: str) -> None:
    for step in steps:
        await room.say(step, person="desk", role=Role.EDITOR)


def _ends(reader: RecordingPlatform) -> dict[str, str]:
    """Return what each message in a chat shows in the end."""
    sent = {f"m{place}": shown(message) for place, (_, message, _) in enumerate(reader.sent, 1)}
    return sent | {ref.message_id: shown(message) for ref, message in reader.edited}


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("change", ["correct", "withdraw"])
async def test_who_got_the_younger_hears_of_what_editors_change(tmp_path: Path, both: bool, change: str) -> None:
    async with newsroom(tmp_path) as room:
        older, younger = item(TITLE, LONG), item(TITLE, SHORT)
        await room.add(PAPER, item("আগের খবর", "https://samakal.com/story/0"))
        early = await room.reader("early")
        late = await room.reader("late") if both else None
        room.print(PAPER, older)
        await room.poll()
        await room.deliver()
        late = late or await room.reader("late")
        room.print(PAPER, older, younger)
        assert await room.poll() == (1, 0)
        await room.deliver()
        assert [len(one.sent) for one in (early, late)] == [2, 1 + both]
        number = await _join(room)
        await room.deliver()
        if change == "correct":
            said = "সংশোধিত শিরোনাম"
            await _edit(room, f"/correct #{number} headline: {said}", "নাম ভুল ছিল", "শুধু কার্ড")
        else:
            said = "প্রত্যাহার"
            await _edit(room, f"/withdraw #{number} যাচাই করা যায়নি", "প্রত্যাহার করুন")
        await room.deliver()
        for reader in (early, late):
            assert all(said in text for text in _ends(reader).values())
        counted = await room.say(f"/reach #{number}", person="desk", role=Role.EDITOR)
        messages = "৪" if both else "৩"
        assert f"{messages}টির মধ্যে {messages}টি বদলেছে" in counted


async def test_who_got_the_younger_is_answered_and_told_why(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.add(PAPER, item(TITLE, LONG))
        reader = await room.reader()
        room.print(PAPER, item(TITLE, SHORT))
        await room.poll()
        await room.deliver()
        number = await _join(room)
        await _edit(room, f"/correct #{number} headline: নতুন শিরোনাম", "নাম ভুল ছিল", "note")
        await room.deliver()
        assert "নাম ভুল ছিল" in shown(reader.sent[-1][1])
        assert "যায়নি" not in await room.say(f"/why #{number}")
        assert "যায়নি" not in await room.say(f"/why console:reader #{number}", person="desk", role=Role.ADMIN)


async def test_nobody_is_told_of_one_story_twice(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.add(PAPER, item("আগের খবর", "https://samakal.com/story/0"))
        reader = await room.reader()
        room.print(PAPER, item(TITLE, LONG), item(TITLE, SHORT))
        assert await room.poll() == (2, 0)
        await _join(room)
        await room.deliver()
        assert [message.brief for _, message, _ in reader.sent] == [f"{TITLE} ({PAPER})"]
        assert (await room.say("/today")).count(TITLE) == 1
