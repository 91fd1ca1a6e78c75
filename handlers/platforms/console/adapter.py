"""Makes the terminal a chat platform.

`console:NAME` is one chat, and only the process attached to it shows its news.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.ports.platform import Pace, Sent, Unavailable
from bot.values.chats import Role, Target
from bot.values.errors import SettingsError
from bot.values.messages import Message, Traits
from handlers.platforms.console.render import arrival, change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.ports.platform import SendResult
    from bot.values.delivery import Ref
    from handlers.platforms.console.render import ConsoleLine

NAME = "console"
LOCAL = "local"
TRAITS = Traits(bangla_dates=True, tags_on_cards=True, samples=True, edits=False)
_PERSON = re.compile(r"[\w.-]{1,32}")


def target(name: str) -> Target:
    """Return the chat of that name.

    Raises:
        SettingsError: the name cannot be a part of a file's name.
    """
    if not _PERSON.fullmatch(name):
        raise SettingsError(f"--as {name!r}: use letters, digits, . - and _, 32 at most.")
    return Target(NAME, name, account=f"{NAME}:{name}")


def role(name: str, admins: Sequence[str]) -> Role:
    """Return somebody's role.

    `local` owns the machine, named admins are admins, all others are readers.
    """
    if name == LOCAL:
        return Role.OWNER
    return Role.ADMIN if f"{NAME}:{name}" in admins else Role.READER


class ConsolePlatform:
    """Shows pushed messages on the terminal that this process is attached to."""

    name = NAME
    traits = TRAITS
    pace = Pace()

    def __init__(self, attached: Target, show: Callable[[Sequence[ConsoleLine]], None]) -> None:
        """Show what is for ``attached`` by ``show``."""
        self.account = attached.account
        self._attached = attached
        self._show = show

    async def send(
        self,
        target: Target,
        message: Message,
        idempotency_key: str,
        *,
        silent: bool = False,
        answers: Ref | None = None,
    ) -> SendResult:
        """Print a message below all else.

        A chat whose terminal is elsewhere is not for this process.
        """
        del answers
        if target.account != self.account:
            return Unavailable("another terminal")
        self._show(arrival(message, silent=silent))
        return Sent(idempotency_key)

    async def edit(self, ref: Ref, message: Message) -> SendResult:
        """Print one more line: what a terminal shows stays as it is."""
        self._show(change(message))
        return Sent(ref.message_id)
