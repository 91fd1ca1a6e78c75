"""What a button sends back when it is pressed: a command with its argument, or the id of a stored one.

Nothing in it is secret and nothing is allowed by it: who pressed, and where, is looked at when it is pressed. Most
choices fit into the button itself, so they answer for ever and cost no row.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports.store import Store
    from bot.values.messages import Choice

STORED = "~"
"""In front of an id; no command begins with it."""
_BYTES = 18
KNOWN = 20_000
"""Ids that are remembered as kept, so that a choice is written once and not with every card it stands on."""


class Buttons:
    """Turns choices into what their buttons hold, for a platform with room for so many bytes, and back."""

    def __init__(self, store: Store, room: int) -> None:
        """Keep what does not fit in ``store``."""
        self._store = store
        self._room = room
        self._known: set[str] = set()
        self._new: dict[str, tuple[str, str, str]] = {}

    def data(self, choice: Choice) -> str:
        """Return what the choice's button sends back; `keep` must run before it is shown."""
        whole = f"{choice.command} {choice.argument}".rstrip()
        if len(whole.encode()) <= self._room:
            return whole
        number = _id(choice.command, choice.argument)
        if number not in self._known:
            self._new[number] = (number, choice.command, choice.argument)
        return f"{STORED}{number}"

    async def keep(self, now: datetime) -> None:
        """Store the choices that were turned into ids since the last time."""
        if not self._new:
            return
        new, self._new = self._new, {}
        await self._store.choices.keep(list(new.values()), now)
        if len(self._known) + len(new) > KNOWN:
            self._known.clear()
        self._known |= new.keys()

    async def read(self, data: str) -> tuple[str, str] | None:
        """Return the command and the argument that a button stands for; None if it is too old.

        Behind a space at its end the id of a stored choice stands for that one's argument.
        """
        if data.startswith(STORED):
            return await self._store.choices.find(data.removeprefix(STORED))
        command, _, argument = data.partition(" ")
        before, stored, number = argument.rpartition(f" {STORED}")
        if stored and (found := await self._store.choices.find(number)) is not None:
            argument = f"{before} {found[1]}"
        return command, argument


def _id(command: str, argument: str) -> str:
    digest = hashlib.sha256(f"{command}\0{argument}".encode()).digest()
    return urlsafe_b64encode(digest[:_BYTES]).decode()
