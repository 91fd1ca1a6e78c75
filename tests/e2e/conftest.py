"""What holds for all tests from end to end."""

from __future__ import annotations

import dataclasses

import pytest

from handlers.platforms.discord.account import DiscordAccount
from handlers.platforms.telegram import settings as telegram

GAP = 0.05
"""Seconds between two messages to a chat; a platform's own second has tests of its own."""


@pytest.fixture(autouse=True)
def _shorter_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a chat be written to sooner."""
    monkeypatch.setattr(telegram, "CHAT_GAP", GAP)
    monkeypatch.setattr(DiscordAccount, "pace", dataclasses.replace(DiscordAccount.pace, chat_gap=GAP))
