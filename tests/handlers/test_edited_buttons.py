"""A button may send back anything.

A client lets its user edit it; whatever stands in it, its command answers.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from bot.values.chats import ChatKind, Role
from tests.fakes.world import a_world, router

if TYPE_CHECKING:
    from collections.abc import Iterator
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


def _data(of: slice) -> Iterator[str]:
    commands = sorted(router().commands)[of]
    for command in commands:
        names = [*(param.name for param in router().commands[command].params), "zzz", "once", "how", "step", "wish"]
        yield f"1.{command}"
        for name in dict.fromkeys(names):
            yield from (f"1.{command}:{name}={value}" for value in VALUES)
        # All of them at once, and one beside what is right elsewhere.
        for value in VALUES:
            yield f"1.{command}:" + ",".join(f"{name}={value}" for name in dict.fromkeys(names))
            yield f"1.{command}:topic=t1,story=n1,tag=t1,number=n1,{names[0]}={value}"


@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize(
    ("role", "kind"), [(Role.READER, ChatKind.PRIVATE), (Role.READER, ChatKind.GROUP), (Role.OWNER, ChatKind.PRIVATE)]
)
async def test_no_button_brings_a_command_to_fail(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, part: int, role: Role, kind: ChatKind
) -> None:
    failed = []
    async with a_world(tmp_path) as world:
        await world.add("পদ্মায় নৌকাডুবি", "নৌকাটি ডুবে যায়।", tags=("পদ্মা",))
        caplog.set_level(logging.ERROR)
        for data in _data(slice(part, None, 4)):
            await world.press_on(data, role=role, kind=kind)
            if caplog.records:
                failed.append((data, str(caplog.records[0].exc_info and caplog.records[0].exc_info[1])))
                caplog.clear()
    assert failed == []
