"""Reads the core's settings from the environment and .env.

They are made once, frozen, and passed down. Secrets are SecretStr, and errors hide what was given. Each platform's
settings stand in its own folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.sources.addresses import Allow, parse_allow
from bot.values.errors import SettingsError

SettingsT = TypeVar("SettingsT", bound=BaseSettings)

CONFIG = SettingsConfigDict(
    env_file=".env",
    env_file_encoding="utf-8",
    env_ignore_empty=True,
    extra="ignore",
    frozen=True,
    hide_input_in_errors=True,
    case_sensitive=False,
)


class Settings(BaseSettings):
    """What an operator may set for the whole program.

    Every field's description becomes a line of .env.example.
    """

    model_config = CONFIG

    bot_name: str = Field("খবর", description="The name that readers see.")
    database_path: Path = Field(Path("data/khobor.db"), description="Where everything is kept. Its folder is made.")
    database_url: SecretStr | None = Field(
        None,
        description="postgresql://user:password@host/name, to keep it on a PostgreSQL server instead; empty: the file.",
    )
    move_to: SecretStr | None = Field(
        None,
        description="Where `khobor move` copies the archive to: a postgresql://… with its password, or a file.",
    )
    admins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Who may add feeds and correct stories: platform:ID, with commas between."
    )
    contact: str = Field(
        "https://example.invalid/khobor",
        description="How an outlet reaches you; it goes into the User-Agent of every fetch.",
    )
    poll_minutes: int = Field(15, ge=1, le=1440, description="Minutes between two looks at one feed, give or take.")
    catalogue: Literal["all", "none"] = Field(
        "all", description="Which built-in outlets a new archive starts with: all, or none."
    )
    fetch_allow: Annotated[Allow, NoDecode] = Field(
        default_factory=Allow,
        description="host:port pairs that may be fetched although they are private (tests, an intranet feed).",
    )
    breaking_words: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Headlines that begin with one of these are breaking news at once, with commas between. "
        "Empty: only an editor says so.",
    )
    breaking_categories: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Categories of a feed that mean breaking news, with commas between."
    )
    questions_a_minute: int = Field(
        30, ge=1, le=6000, description="Questions a minute that one person may ask; in a group a third of that."
    )
    backup_days: int = Field(
        30,
        ge=1,
        le=3650,
        description="Days that you keep backups. Who deletes their data is remembered so long: none brings it back.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("WARNING", description="How much the log says.")

    @field_validator("contact")
    @classmethod
    def _check_contact(cls, value: str) -> str:
        # It stands in a header (RFC 9110, 5.5), so other letters than Latin ones would fail at every fetch.
        if not value.isascii() or not value.isprintable() or not value.strip():
            raise ValueError("write an address in plain Latin letters")
        return value.strip()

    @field_validator("admins", mode="before")
    @classmethod
    def _split_admins(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        admins = tuple(part.strip() for part in value.split(",") if part.strip())
        for admin in admins:
            platform, _, person = admin.partition(":")
            if not platform or not person:
                raise ValueError("write platform:ID, with commas between")
        return admins

    @field_validator("breaking_words", "breaking_categories", mode="before")
    @classmethod
    def _split_words(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("fetch_allow", mode="before")
    @classmethod
    def _parse_allow(cls, value: object) -> object:
        return parse_allow(value) if isinstance(value, str) else value


def load(model: type[SettingsT]) -> SettingsT:
    """Read settings of one kind.

    Raises:
        SettingsError: a value is wrong; the text names the setting and never its value.
    """
    try:
        return model()
    except ValidationError as error:
        raise SettingsError(_in_words(error)) from None


def _in_words(error: ValidationError) -> str:
    wrong = [f"{'_'.join(map(str, item['loc'])).upper()}: {item['msg']}" for item in error.errors()]
    return "; ".join(wrong) + ". Mend it in the environment or in .env (see .env.example)."
