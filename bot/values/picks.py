"""Defines what of a server can be picked: a channel, a role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.values.calls import Call


class PickKind(StrEnum):
    """What of a server can be picked."""

    CHANNEL = "channel"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Pick:
    """Lets one pick a channel or a role of a server."""

    kind: PickKind
    call: Call
    missing: str
    """What of the call the number of what was picked fills; nothing picked is no words."""
    chosen: str = ""
