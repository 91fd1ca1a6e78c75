"""What a chat platform is to the composition root: its settings, whether it is configured, how it runs."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.ports.platform import Pace
from bot.running.core import Core
from handlers.context import Services
from handlers.router import Router

if TYPE_CHECKING:
    from pydantic_settings import BaseSettings

Run = Callable[[Core, Router, Services, Mapping[str, str]], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class PlatformKind:
    """A chat platform. Its folder's ``platform`` module holds one, called PLATFORM.

    ``configured`` tells whether its settings are there, so that `khobor` starts it; ``settings`` become lines of
    .env.example.
    """

    name: str
    run: Run
    configured: Callable[[], bool]
    settings: type[BaseSettings] | None = None
    pace: Callable[[], Pace] = Pace
    """How fast its account may speak, as it is set: news that could not go out within the hour goes into digests."""
