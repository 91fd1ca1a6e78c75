"""Holds an operator's settings for Telegram.

Each field's description becomes a line of .env.example.
"""

from __future__ import annotations

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

from bot.ports.platform import Pace
from bot.running.settings import CONFIG

NAME = "telegram"
OFFICIAL = "https://api.telegram.org"
SLOTS = 64
CHAT_GAP = 1.0
GROUP_PER_MINUTE = 20
PAID = 30
"""Messages a second beyond which each one is paid for."""


class TelegramSettings(BaseSettings):
    """With a token alone everything works, by long polling."""

    model_config = CONFIG

    telegram_bot_token: SecretStr | None = Field(None, description="The token that BotFather gave you.")
    telegram_api_base: str = Field(OFFICIAL, description="Where the Bot API is, for a Bot API server of your own.")
    telegram_proxy: SecretStr | None = Field(
        None, description="http://USER:PASSWORD@HOST:PORT, if Telegram is blocked."
    )
    telegram_per_second: int = Field(
        PAID, ge=1, le=1000, description="Messages a second. More than 30 only if you pay for broadcasts."
    )
    telegram_webhook_url: str = Field(
        "", description="https://… under which Telegram reaches this machine. Empty: long polling."
    )
    telegram_webhook_host: str = Field(
        "127.0.0.1", description="The local address that the webhook listens on, behind your proxy."
    )
    telegram_webhook_port: int = Field(8443, ge=1, le=65535, description="The local port that the webhook listens on.")

    @field_validator("telegram_api_base", "telegram_webhook_url")
    @classmethod
    def _check_address(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://")):
            raise ValueError("write an address that begins with https:// or http://")
        return value.rstrip("/")

    @property
    def pace(self) -> Pace:
        """How fast the account may speak."""
        return Pace(float(self.telegram_per_second), SLOTS, CHAT_GAP, GROUP_PER_MINUTE)
