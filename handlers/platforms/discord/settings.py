"""Holds an operator's settings for Discord.

Each field's description becomes a line of .env.example.
"""

from __future__ import annotations

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

from bot.ports.platform import Pace
from bot.running.settings import CONFIG

NAME = "discord"
OFFICIAL = "https://discord.com/api/v10"
PACE = Pace(per_second=47.0, slots=64, chat_gap=1.0)
"""The platform takes 50 requests a second, and five messages in five seconds of a channel."""
_SCHEMES = {"discord_api_base": ("https://", "http://"), "discord_gateway_url": ("wss://", "ws://")}


class DiscordSettings(BaseSettings):
    """With a token alone everything works."""

    model_config = CONFIG

    discord_bot_token: SecretStr | None = Field(None, description="The token from Discord's developer portal.")
    discord_message_content: bool = Field(
        default=False,
        description="true: read answers in servers that do not mention the bot; the intent must be on in the portal.",
    )
    discord_publish: bool = Field(
        default=False, description="true: publish what is posted in announcement channels to those who follow them."
    )
    discord_api_base: str = Field(
        OFFICIAL, description="Advanced: where the API is, for a proxy that keeps to its limits."
    )
    discord_gateway_url: str = Field("", description="Advanced: where the gateway is. Empty: where the API says.")

    @field_validator(*_SCHEMES)
    @classmethod
    def _check_address(cls, value: str, info: object) -> str:
        schemes = _SCHEMES[str(getattr(info, "field_name", ""))]
        if value and not value.startswith(schemes):
            raise ValueError(f"write an address that begins with {' or '.join(schemes)}")
        return value.rstrip("/")
