"""Promises an answer that does not come within the platform's three seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.platforms.discord import custom_ids, slash
from handlers.platforms.discord.custom_ids import SETUP
from handlers.platforms.discord.incoming import InteractionKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.command import Command
    from handlers.platforms.discord.answering import Answering
    from handlers.platforms.discord.incoming import Interaction


async def promise(event: Interaction, answering: Answering, *, private: bool) -> None:
    """Say that an answer will follow."""
    if event.kind is InteractionKind.COMMAND:
        await answering.think(private=private)
    else:
        await answering.change_later()


async def promise_early(event: Interaction, answering: Answering, commands: Mapping[str, Command]) -> None:
    """Promise an answer before anything is worked out.

    Forms and suggestions cannot be promised; what sets a channel up has one admin and goes by its turn.
    """
    command = commands.get(event.name)
    match event.kind:
        case InteractionKind.COMMAND if command is not None:
            await promise(event, answering, private=bool(event.guild) and not slash.is_public(command))
        case InteractionKind.COMPONENT if not event.name.startswith(SETUP) and not custom_ids.read(event.name).asks:
            await promise(event, answering, private=True)
        case InteractionKind.MODAL if not event.name.startswith(SETUP):
            await promise(event, answering, private=True)
        case _:
            pass
