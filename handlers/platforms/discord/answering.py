"""Gives one interaction its answers.

The first comes within three seconds, if only to say that the rest follows; all else comes behind it.
"""

from __future__ import annotations

import asyncio
from enum import Enum, auto
from time import monotonic
from typing import TYPE_CHECKING, Any

from handlers.platforms.discord import answers
from handlers.platforms.discord.incoming import EPHEMERAL
from handlers.platforms.discord.rest import ApiError, DoubtfulError, LimitedError, NotSentError, RestRoute, numbered

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.platforms.discord.incoming import Interaction
    from handlers.platforms.discord.render import DiscordPiece
    from handlers.platforms.discord.rest import Rest

    Body = dict[str, Any]

NEW_MESSAGE, THINKING, CHANGING, CHANGED, SUGGESTIONS, MODAL = 4, 5, 6, 7, 8, 9
CALLBACK = "/interactions/{}/{}/callback?with_response=true"
FOLLOW_UP = "/webhooks/{}/{}"
ORIGINAL = "/webhooks/{}/{}/messages/@original"
ACKNOWLEDGED_WITHIN = 2.5
"""Seconds for the first answer: the platform waits three."""
LASTS = 60.0
"""Seconds that any other answer is worth saying."""
FIRST_WAIT = 0.2
SERVER_ERROR = 500
PATIENCE = 5.0
"""Seconds that an answer waits where it is asked to."""


class Stage(Enum):
    """What was answered so far."""

    NOTHING = auto()
    THINKING = auto()
    CHANGING = auto()
    ANSWERED = auto()


class Answering:
    """The answers to one interaction."""

    def __init__(self, rest: Rest, interaction: Interaction) -> None:
        """Answer nothing yet."""
        self._rest = rest
        self.begun: Callable[[], None] = lambda: None
        """Told when the first answer was given, or takes long."""
        self._callback = RestRoute("POST", CALLBACK, (interaction.id, interaction.interaction_token))
        self._hook = (interaction.application, interaction.interaction_token)
        self._private = False
        self.stage = Stage.NOTHING
        self.number = ""
        """The message that it was answered with, or that was changed; "" while nobody said it."""

    async def think(self, *, private: bool) -> None:
        """Say that an answer will follow."""
        self._private = private
        await self._call_back(THINKING, _seen({}, private=private), Stage.THINKING)

    async def change_later(self) -> None:
        """Say that a change or an answer will follow.

        The message that was pressed will change, or an answer comes.
        """
        await self._call_back(CHANGING, None, Stage.CHANGING)

    async def begin(self, piece: DiscordPiece, *, in_place: bool, private: bool) -> None:
        """Show an answer's first part, in place or as a message."""
        if in_place:
            await self.change(piece.as_edit())
        else:
            await self.show(piece.payload(), private=private)

    async def show(self, body: Body, *, private: bool) -> None:
        """Answer with a message."""
        if self.stage is Stage.NOTHING:
            self._private = private
            await self._call_back(NEW_MESSAGE, _seen(body, private=private), Stage.ANSWERED)
        elif self.stage is Stage.THINKING and private == self._private:
            await self.edit(body)
        elif self.stage is Stage.THINKING:
            # Who sees an answer was settled when it was announced.
            await self._again(RestRoute("DELETE", ORIGINAL, self._hook), None, LASTS)
            self.number = await self.more(body, private=private)
        else:
            self.number = await self.more(body, private=private)
        self.stage = Stage.ANSWERED

    async def change(self, body: Body) -> None:
        """Put a message in place of the one that was pressed."""
        if self.stage is Stage.NOTHING:
            await self._call_back(CHANGED, body, Stage.ANSWERED)
        else:
            await self.edit(body)

    async def edit(self, body: Body) -> None:
        """Replace the first answer, or the message that was pressed."""
        said = await self._again(RestRoute("PATCH", ORIGINAL, self._hook), body, LASTS)
        self.number = str((said or {}).get("id") or "")
        self.stage = Stage.ANSWERED

    async def more(self, body: Body, *, private: bool) -> str:
        """Say something behind the first answer; return its number."""
        # Twice the same is worse than once: after a 500 it may be there.
        said = await self._again(
            RestRoute("POST", FOLLOW_UP, self._hook), _seen(body, private=private), LASTS, once=True
        )
        return str((said or {}).get("id") or "")

    async def first(self) -> str:
        """Return the number of the first answer."""
        told = await self._rest.call(RestRoute("GET", ORIGINAL, self._hook), patience=PATIENCE)
        return numbered(told)

    async def take_away(self, number: str) -> None:
        """Take away an answer to this, by its number."""
        route = RestRoute("DELETE", f"{FOLLOW_UP}/messages/{{}}", (*self._hook, number))
        await self._rest.call(route, patience=PATIENCE)

    async def suggest(self, choices: list[Body]) -> None:
        """Offer what may be filled in."""
        await self._call_back(SUGGESTIONS, {"choices": choices}, Stage.ANSWERED)

    async def ask(self, modal: Body) -> None:
        """Open a modal to write in."""
        await self._call_back(MODAL, modal, Stage.ANSWERED)

    async def _call_back(self, callback_type: int, data: Body | None, stage: Stage) -> None:
        body = {"type": callback_type} if data is None else {"type": callback_type, "data": data}
        said = await self._again(self._callback, body, ACKNOWLEDGED_WITHIN)
        self.begun()
        about = (said or {}).get("interaction")
        self.number = str(about.get("response_message_id") or "") if isinstance(about, dict) else ""
        self.stage = stage

    async def _again(self, route: RestRoute, body: Body | None, lasts: float, *, once: bool = False) -> Any:  # noqa: ANN401 - JSON
        """Call again while there is time and nothing was done.

        Unless it may be done ``once`` only, also call again if nobody knows whether it was done.
        """
        until, wait, tried = monotonic() + lasts, FIRST_WAIT, False
        while True:
            try:
                return await self._rest.call(route, body, patience=PATIENCE / 5)
            except (ApiError, DoubtfulError, LimitedError, NotSentError) as error:
                if tried and isinstance(error, ApiError) and error.code == answers.ALREADY_ANSWERED:
                    return None  # by the try before
                pause = error.wait if isinstance(error, LimitedError) else wait
                if not _passes(error, once=once) or monotonic() + pause > until:
                    raise
            await asyncio.sleep(pause)
            wait, tried = wait * 2, True


def _passes(error: Exception, *, once: bool) -> bool:
    """Tell whether the same may go well a moment later."""
    if isinstance(error, LimitedError | NotSentError):
        return True
    lost = isinstance(error, DoubtfulError) or (isinstance(error, ApiError) and error.status >= SERVER_ERROR)
    return lost and not once


def _seen(body: Body, *, private: bool) -> Body:
    return {**body, "flags": body.get("flags", 0) | EPHEMERAL} if private else body
