"""Turns calls into what buttons send back, and reads it again.

A button holds a call as `button_data` writes it, or the id of a stored one. Nothing in it is secret and it allows
nothing: who pressed, and where, is checked at the press. Most calls fit into the button itself, so they answer for ever
and cost no row.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.values.call_text import call_id, has_words
from bot.values.calls import Call
from bot.values.errors import StorageError
from handlers import button_data

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports.store import Store
    from bot.values.messages import Choice

log = logging.getLogger(__name__)

STORED = "~"
"""In front of an id; no command begins with it."""
KNOWN = 20_000
"""Ids that are remembered as kept, so that a call is written once and not with every card it stands on."""


@dataclass(frozen=True, slots=True)
class OldButton:
    """A button of version 0.1: a command with text."""

    command: str
    argument: str = ""


Pressed = Call | OldButton | None
"""What was pressed; None is a button that is too old to be known."""


class Buttons:
    """Packs calls into buttons and unpacks them.

    A platform has room for so many bytes in a button.
    """

    def __init__(self, store: Store, room: int) -> None:
        """Keep what does not fit in ``store``."""
        self._store = store
        self._room = room
        self._known: set[str] = set()
        self._new: dict[str, Call] = {}

    def data(self, choice: Choice) -> str:
        """Return what the choice's button sends back.

        `keep` must run before the button is shown.

        Raises:
            TypeError: the choice opens, copies or shares something, which no button sends back.
        """
        if not isinstance(choice.does, Call):
            raise TypeError(f"{choice.label}: sends nothing back")
        return self.held(choice.does)

    def held(self, call: Call) -> str:
        """Return what a button for a call holds."""
        whole = button_data.pack(call)
        if whole is not None and len(whole.encode()) <= self._room:
            return whole
        number = call_id(call)
        if number not in self._known:
            self._new[number] = call
        return f"{STORED}{number}"

    async def keep(self, now: datetime) -> None:
        """Store the calls that were turned into ids since the last time.

        If nothing can be written just now, the next call stores them: what they stand under is shown all the same.
        """
        if not self._new:
            return
        new, self._new = self._new, {}
        try:
            await self._store.calls.keep(list(new.values()), now)
        except StorageError as error:
            log.warning("%s buttons could not be kept yet: %s", len(new), error)
            self._new = {**new, **self._new} if len(new) < KNOWN else self._new
            return
        if len(self._known) + len(new) > KNOWN:
            self._known.clear()
        # What somebody typed may be erased with them, and is stored again when another types it.
        self._known |= {number for number, call in new.items() if not has_words(call)}

    async def read(self, data: str) -> Pressed:
        """Return what a button stands for."""
        if data.startswith(button_data.VERSION):
            return await button_data.unpack(data, self._store)
        if data.startswith(STORED):
            number = data.removeprefix(STORED)
            found = await self._store.calls.find(number)
            return found if found is not None else await self._old(number)
        command, _, argument = data.partition(" ")
        # Behind a space at its end stood the id of a list's page.
        before, stored, number = argument.rpartition(f" {STORED}")
        if stored and (page := await self._old(number)) is not None:
            argument = f"{before} {page.argument}"
        return OldButton(command, argument)

    async def _old(self, number: str) -> OldButton | None:
        found = await self._store.calls.find_old(number)
        return OldButton(*found) if found is not None else None
