"""Looks for what may have arrived without an answer.

The platform's own memory does not reach so far: it knows a nonce for "the past few minutes", and none at all of a
forum's posts.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from time import monotonic
from typing import TYPE_CHECKING, Any

from handlers.platforms.discord.rest import RestRoute, objects_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handlers.platforms.discord.facts import Forum
    from handlers.platforms.discord.render import DiscordPiece
    from handlers.platforms.discord.rest import Rest

log = logging.getLogger(__name__)

KEPT = 10_000
NONCE_KNOWN = 120.0
"""Seconds that a nonce is surely known: a retry within them is the platform's to recognise."""
LOOKED_AT = 50


class Doubts:
    """Remembers deliveries that may have arrived.

    It looks for them before they are sent once more.
    """

    def __init__(self, rest: Rest, *, time: Callable[[], float] = monotonic) -> None:
        """Begin with none.

        After a restart nothing is remembered, and the sender's own doubts remain.
        """
        self._rest = rest
        self._time = time
        self._since: OrderedDict[str, float] = OrderedDict()

    def note(self, idempotency_key: str) -> None:
        """Say that this may have arrived."""
        self._since.setdefault(idempotency_key, self._time())
        if len(self._since) > KEPT:
            self._since.popitem(last=False)

    async def message(self, idempotency_key: str, channel: str, piece: DiscordPiece) -> str | None:
        """Look for a message of ours with the same button.

        It is looked for once its nonce may be forgotten.
        """
        since, wanted = self._since.get(idempotency_key), next(_ids(piece.components), None)
        if since is None or wanted is None or self._time() - since < NONCE_KNOWN:
            return None
        lying = await self._ask(RestRoute("GET", f"/channels/{{}}/messages?limit={LOOKED_AT}", (channel,)))
        found = (one for one in objects_of(lying) if wanted in _ids(one.get("components")))
        return next((str(one.get("id", "")) for one in found), None)

    async def post(self, idempotency_key: str, forum: Forum, title: str) -> str | None:
        """Look for a forum's post of ours of that title."""
        if idempotency_key not in self._since:
            return None
        made = await self._ask(RestRoute("GET", "/guilds/{}/threads/active", (forum.guild,)))
        ours = (forum.id, title, forum.ours)
        for thread in objects_of((made or {}).get("threads")):
            if (thread.get("parent_id"), thread.get("name"), thread.get("owner_id")) == ours:
                return str(thread.get("id", ""))
        return None

    async def _ask(self, route: RestRoute) -> Any:  # noqa: ANN401 - JSON
        try:
            return await self._rest.call(route)
        except Exception as error:  # noqa: BLE001 - a second copy is the lesser evil
            log.warning("what may have arrived could not be looked for: %s", error)
            return None


def _ids(components: object) -> Iterator[str]:
    for one in objects_of(components):
        if "custom_id" in one:
            yield str(one["custom_id"])
        yield from _ids(one.get("components"))
