"""A button may send back anything.

A client lets its user edit it; whatever stands in it, its command answers.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from bot.values.calls import Call
from bot.values.chats import ChatKind, Role
from handlers.buttons import Buttons
from tests.drawing import drawn
from tests.fakes.world import a_world, router

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.anyio
FAR = "9" * 18
VALUES = (
    *("*", "ssports", "szzz", "t1", f"t{FAR}", "o1", f"o{FAR}"),
    *("c0", "c1", f"c{FAR}", "n0", "n1", f"n{FAR}", "d0", "d1", f"d{FAR}"),
    *("-", "-x", "-nowx", "-yes", "-now", "l.0", "l.1", "l.9999", "lzzzz.1"),
    *(
        "+",
        "+zzz",
        "+zzz-x",
        "+language-xx",
        "+times",
        "+times-x",
        "+quiet-99",
        "+erase-yes",
        "+zone-x",
        "@",
        "@x",
        "@1",
        "!",
        "!x",
    ),
)
"""Each kind of value that a button holds, at its ends and beyond them."""


def _data() -> Iterator[str]:
    for command in sorted(router().commands):
        names = [*(param.name for param in router().commands[command].params), "zzz", "once", "how", "step", "wish"]
        yield f"1.{command}"
        for name in dict.fromkeys(names):
            yield from (f"1.{command}:{name}={value}" for value in VALUES)
        # All of them at once, and one beside what is right elsewhere.
        for value in VALUES:
            yield f"1.{command}:" + ",".join(f"{name}={value}" for name in dict.fromkeys(names))
            yield f"1.{command}:topic=t1,story=n1,tag=t1,number=n1,{names[0]}={value}"


def _seen(call: Call, role: Role) -> Hashable:
    """Return all that a command sees of a call.

    A value that no parameter admits or is named for counts by its type; for who may not give the command none counts.
    """
    command = router().commands[call.command]
    if role < command.role:
        return command.name
    named = {param.name: param for param in command.params}
    others = frozenset(type(value) for name, value in call.values if name not in named)
    own = ((name, value) for name, value in call.values if name in named)
    return (
        command.name,
        others,
        tuple((name, value if named[name].admits(value) else type(value)) for name, value in own),
    )


@pytest.mark.parametrize(
    ("role", "kind"), [(Role.READER, ChatKind.PRIVATE), (Role.READER, ChatKind.GROUP), (Role.OWNER, ChatKind.PRIVATE)]
)
async def test_no_button_brings_a_command_to_fail(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, role: Role, kind: ChatKind
) -> None:
    every = list(_data())
    failed: list[tuple[str, str]] = []
    pressed: set[Hashable] = set()
    async with a_world(tmp_path) as world:
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবে যায়।", tags=("পদ্মা",))
        caplog.set_level(logging.ERROR)
        for data in drawn(every, len(every) // 8):
            call = await Buttons(world.core.store, 64).read(data)
            seen = _seen(call, role) if isinstance(call, Call) else call
            if seen in pressed:
                continue
            pressed.add(seen)
            await world.press_on(data, role=role, kind=kind)
            if caplog.records:
                failed.append((data, str(caplog.records[0].exc_info and caplog.records[0].exc_info[1])))
                caplog.clear()
    assert failed == []
    assert len(pressed) > 150
