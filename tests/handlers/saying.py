"""What tests of commands do with an answer.

Read it as a console draws it, press one of its choices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values.chats import Language, Role
from bot.values.messages import Choice, Choices, Reply
from handlers.platforms.console.render import render
from tests.fakes.world import TRAITS

if TYPE_CHECKING:
    from tests.fakes.world import World


def text(reply: Reply, language: Language = Language.BANGLA) -> str:
    return "\n".join(line.text for line in render(reply.message, language, 74))


def choices(reply: Reply) -> list[Choice]:
    return [choice for part in reply.message.parts if isinstance(part, Choices) for row in part.rows for choice in row]


def choice(reply: Reply, label: str) -> Choice:
    found = [one for one in choices(reply) if one.label == label]
    assert found, [one.label for one in choices(reply)]
    return found[0]


async def press(world: World, reply: Reply, label: str, person: str = "local") -> Reply:
    """Do what a platform does when a choice is pressed."""
    return await world.press(choice(reply, label), person=person, role=Role.OWNER, traits=TRAITS)
