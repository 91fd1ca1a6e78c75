"""Holds who asks, where and when, and the services.

All that reading an argument may need.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.articles.card.view import View
from bot.values.messages import Reply, Traits, plain
from bot.values.wording import Wording, say

if TYPE_CHECKING:
    from datetime import datetime

    from bot.editing.sources import SourceEditor
    from bot.intake.pipeline import Fetch
    from bot.ports.store import Store
    from bot.running.core import Core
    from bot.values.chats import Chat, Language, Role


@dataclass(frozen=True, slots=True)
class Services:
    """What commands work with."""

    store: Store
    source_editor: SourceEditor
    fetch: Fetch
    """Gets an address as sources are fetched: public ones only, under bounds of time and size."""
    bot_name: str
    admins: tuple[str, ...] = ()
    """Who hears what readers report: platform:ID."""
    backup_days: int = 30
    """How long backups may hold what was erased since."""

    @classmethod
    def of(cls, core: Core) -> Services:
        """Return what commands may use of the core."""
        chosen = core.settings
        return cls(core.store, core.source_editor, core.fetch, chosen.bot_name, chosen.admins, chosen.backup_days)


@dataclass(frozen=True, slots=True)
class Context:
    """Who asks, in which chat, and when."""

    chat: Chat
    actor: str
    role: Role
    now: datetime
    traits: Traits
    services: Services
    thread: str = ""
    """The topic or thread of the chat where it was asked."""
    named: str = ""
    """What the chat is called that this is about, where it is not simply one's own."""
    listed: str = ""
    """The list of the message that was answered; "" if that had none."""

    @property
    def store(self) -> Store:
        """The archive and all else that is kept."""
        return self.services.store

    @property
    def language(self) -> Language:
        """The language of this chat."""
        return self.chat.language

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of this chat."""
        return ZoneInfo(self.chat.zone)

    @property
    def view(self) -> View:
        """For whom articles are drawn."""
        chat = self.chat
        return View(chat.language, self.zone, self.now, self.traits, chat.kind, chat.preferences.picture)

    def words(self, wording: Wording, **values: str | int) -> str:
        """Say something in this chat's language."""
        return say(wording, self.chat.language, **values)

    def reply(self, wording: Wording, **values: str | int) -> Reply:
        """Answer with one plain paragraph."""
        return Reply(plain(*self.words(wording, **values).split("\n")))
