"""Opens people's direct messages.

A channel each, which has to be asked for by its person.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from bot.values.chats import Target
from handlers.platforms.discord.rest import RestRoute
from handlers.platforms.discord.settings import NAME

if TYPE_CHECKING:
    from handlers.platforms.discord.rest import Rest

KEPT = 20_000
PATIENCE = 5.0


class Inboxes:
    """Finds the channel of somebody's direct messages.

    It stays the same for ever.
    """

    def __init__(self, rest: Rest) -> None:
        """Begin knowing none."""
        self._rest = rest
        self._known: OrderedDict[str, str] = OrderedDict()

    async def of(self, user: str) -> Target:
        """Return where somebody is written to."""
        if user not in self._known:
            made = await self._rest.call(
                RestRoute("POST", "/users/@me/channels"), {"recipient_id": user}, patience=PATIENCE
            )
            self._known[user] = str(made["id"])
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
        return Target(NAME, self._known[user])
