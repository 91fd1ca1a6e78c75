"""The lists that buttons and numbers mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.values.calls import ListAt
    from bot.values.lists import Listed
    from handlers.context import Context


async def listed(at: Context, meant: ListAt | None) -> Listed | None:
    """Return the list that is meant.

    The one named, that of the message answered, else the one last shown to them.
    """
    named = (meant.list_id if meant is not None else "") or at.listed
    if named:
        return await at.store.shown.listed(named)
    return (await at.store.shown.last(at.chat.id, at.actor)).listed
