"""Defines what a chat platform is to the root.

Its settings, whether it is configured, how it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from bot.ports.platform import Pace, ProbeResult
from bot.running.core import Core
from handlers.context import Services
from handlers.router import Router

if TYPE_CHECKING:
    from datetime import datetime

    from pydantic_settings import BaseSettings

Probe = Callable[[], Coroutine[Any, Any, ProbeResult]]
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
    probe: Probe | None = None
    """Asks the platform who we are there, in the way that is set; KhoborError says what to mend."""
    shares: Callable[[str], object] | None = None
    """Reads which part of one account several processes have each, where they may; KhoborError says what is wrong."""
    pace: Callable[[], Pace] = Pace
    """How fast its account may speak, as it is set: news that could not go out within the hour goes into digests."""


def told_at(date: str) -> datetime | None:
    """Return the moment of a Date header, or None.

    RFC 9110, 6.6.1 defines it; return None if there is none or it cannot be read.
    """
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
