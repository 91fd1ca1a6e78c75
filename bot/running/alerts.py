"""Tells admins what happened, each in their own language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values.chats import Language, Target
from bot.values.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.clockwork.clock import Clock
    from bot.ports.store import Store
    from bot.values.wording import Wording


class AdminAlerts:
    """Writes alerts into the outbox for those admins whose chats are known."""

    def __init__(self, store: Store, admins: Sequence[str], clock: Clock) -> None:
        """``admins`` are named as in ADMINS: platform:person."""
        self._store = store
        self._admins = [Target(platform, person) for platform, _, person in (one.partition(":") for one in admins)]
        self._clock = clock

    async def tell(self, wording: Wording, **values: str | int) -> None:
        """Say something once."""
        await self.tell_in(lambda language: say(wording, language, **values))

    async def tell_in(self, words: Callable[[Language], str]) -> None:
        """Say what ``words`` gives in each language."""
        chats = [(admin, await self._store.chats.find(admin)) for admin in self._admins]
        for language in Language:
            theirs = [admin for admin, chat in chats if chat is not None and chat.language is language]
            if theirs:
                await self._store.subjects.alert(words(language), theirs, self._clock())
