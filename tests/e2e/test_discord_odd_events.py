"""Events of Discord with every field put wrong.

None leaves a traceback or ends the session, and whoever comes next is answered.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from tests.drawing import drawn
from tests.e2e.discord_bot import a_bot
from tests.handlers.discord.gateway import interaction, message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.anyio
MISSING = object()
WRONG: tuple[Any, ...] = (None, "x", "5", 3, -1.5, [], [{}], ["x"], {}, {"id": []}, True, 10**30, MISSING)
FIRST = 50_000


def _kinds(number: int) -> list[tuple[str, dict[str, Any]]]:
    """Return an honest event of every kind that asks us something."""
    command = {"id": "1", "name": "search", "type": 1, "options": [{"name": "words", "type": 3, "value": "ইরান"}]}
    typing = {**command, "options": [{"name": "name", "type": 3, "value": "ইর", "focused": True}], "name": "follow"}
    shown = message(3, "x", flags=64, components=[])
    pressed = {"custom_id": "1.latest", "component_type": 2, "values": []}
    field = {"type": 1, "components": [{"type": 4, "custom_id": "words", "value": "ইরান"}]}
    written = {"custom_id": "1.search:words=?", "components": [field]}
    said = message(number, "ইরান", referenced_message=shown, message_reference={"message_id": "3"})
    said["author"] = {**said["author"], "id": str(number)}
    events = [
        ("INTERACTION_CREATE", interaction(number, type=2, data=command)),
        ("INTERACTION_CREATE", interaction(number, type=4, data=typing)),
        ("INTERACTION_CREATE", interaction(number, type=3, data=pressed, message=shown)),
        ("INTERACTION_CREATE", interaction(number, type=5, data=written)),
        ("MESSAGE_CREATE", said),
    ]
    for _, event in events[:-1]:
        event["member"] = {**event["member"], "user": {**event["member"]["user"], "id": str(number)}}
    return events


def _places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in pairs:
        yield (*path, name)
        yield from _places(inner, (*path, name))


def _odd() -> Iterator[tuple[str, dict[str, Any]]]:
    number = FIRST
    for kind, (_, honest) in enumerate(_kinds(number)):
        for path in _places(honest):
            for wrong in WRONG:
                number += 1
                name, whole = _kinds(number)[kind]
                event = copy.deepcopy(whole)
                inner: Any = event
                for step in path[:-1]:
                    inner = inner[step]
                if wrong is MISSING:
                    del inner[path[-1]]
                else:
                    inner[path[-1]] = wrong
                yield name, event


async def test_an_event_of_any_shape_is_passed_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with a_bot(tmp_path) as (_, there):
        odd = list(_odd())
        for name, event in drawn(odd, 300):
            await there.tell(name, event)
        await there.tell("INTERACTION_CREATE", interaction(7))
        await there.until(lambda: 7 in there.answered())
        assert len(there.identified) == 1, "the session goes on"
    assert len(odd) >= 1000
    loud = [(one.getMessage(), repr(one.exc_info[1])) for one in caplog.records if one.exc_info]
    assert not loud, (len(loud), loud[:10])
