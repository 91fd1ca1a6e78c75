"""Guilds, their channels, threads, and direct messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.discord.people import JOINED, Member, Role, User
from tests.fakes.discord.rights import ALL, NONE, Right

if TYPE_CHECKING:
    from tests.fakes.discord.messages import Shown

TEXT, DIRECT, VOICE, CATEGORY, NEWS, FORUM = 0, 1, 2, 4, 5, 15
NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD = 10, 11, 12
THREADS = (NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD)
REQUIRES_TAG, PINNED = 1 << 4, 1 << 1
DIRECT_RIGHTS = Right.VIEW_CHANNEL | Right.SEND_MESSAGES | Right.EMBED_LINKS | Right.READ_MESSAGE_HISTORY


@dataclass(eq=False)
class Channel:
    """A place where messages lie."""

    id: str
    kind: int
    name: str = ""
    guild: Guild | None = None
    parent: Channel | None = None
    recipient: User | None = None
    position: int = 0
    topic: str | None = None
    flags: int = 0
    tags: dict[str, str] = field(default_factory=dict)
    """Of a forum: those that there are, by number."""
    overwrites: dict[str, tuple[int, Right, Right]] = field(default_factory=dict)
    """By role or member: which of both (0, 1), what is allowed, what is denied."""
    messages: dict[str, Shown] = field(default_factory=dict)
    deleted: bool = False
    owner: str = ""
    archived: bool = False
    locked: bool = False
    applied: list[str] = field(default_factory=list)
    """Of a post in a forum: its tags."""
    auto_archive: int = 4320
    followers: list[Channel] = field(default_factory=list)
    """Of an announcement channel: those that get what is published in it."""

    # --- what a test does and reads ---

    def forbid(self, rights: Right, *, to: User | Role | None = None) -> None:
        """Deny something here, to the bot unless said otherwise."""
        number, kind, allow, deny = self._overwrite(to)
        self.overwrites[number] = (kind, allow & ~rights, deny | rights)

    def permit(self, rights: Right, *, to: User | Role | None = None) -> None:
        """Allow something here, to the bot unless said otherwise."""
        number, kind, allow, deny = self._overwrite(to)
        self.overwrites[number] = (kind, allow | rights, deny & ~rights)

    @property
    def shown(self) -> list[Shown]:
        """What lies here for all to see, in order."""
        return [one for _, one in sorted(self.messages.items(), key=lambda item: int(item[0]))]

    @property
    def texts(self) -> list[str]:
        """What lies here, as it reads."""
        return [one.text for one in self.shown]

    @property
    def last(self) -> Shown:
        """The message that was posted last."""
        return self.shown[-1]

    # --- what the platform knows ---

    @property
    def is_thread(self) -> bool:
        """Whether it belongs to another channel."""
        return self.kind in THREADS

    def rights_of(self, user: User) -> Right:
        """Return what somebody may do here."""
        return DIRECT_RIGHTS if self.guild is None else self.guild.rights_of(user, self.parent or self)

    def as_json(self) -> dict[str, Any]:
        """Return it as the platform does."""
        last = max(self.messages, key=int, default=None)
        common = {"id": self.id, "type": self.kind, "last_message_id": last, "flags": self.flags}
        if self.recipient is not None:
            return {**common, "recipients": [self.recipient.as_json()]}
        more = self._thread() if self.is_thread else self._channel()
        return {**common, "name": self.name, "guild_id": self.guild.id if self.guild else None, **more}

    def _channel(self) -> dict[str, Any]:
        forum: dict[str, Any] = {
            "available_tags": [
                {"id": number, "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
                for number, name in self.tags.items()
            ],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
        }
        return {
            "position": self.position,
            "parent_id": self.parent.id if self.parent else None,
            "topic": self.topic,
            "nsfw": False,
            "rate_limit_per_user": 0,
            "permission_overwrites": [
                {"id": number, "type": kind, "allow": str(int(allow)), "deny": str(int(deny))}
                for number, (kind, allow, deny) in self.overwrites.items()
            ],
            **(forum if self.kind == FORUM else {}),
        }

    def _thread(self) -> dict[str, Any]:
        return {
            "parent_id": self.parent.id if self.parent else None,
            "owner_id": self.owner,
            "message_count": len(self.messages),
            "total_message_sent": len(self.messages),
            "member_count": 1,
            "rate_limit_per_user": 0,
            "applied_tags": self.applied,
            "thread_metadata": {
                "archived": self.archived,
                "locked": self.locked,
                "auto_archive_duration": self.auto_archive,
                "archive_timestamp": JOINED,
                "create_timestamp": JOINED,
            },
        }

    def _overwrite(self, to: User | Role | None) -> tuple[str, int, Right, Right]:
        assert self.guild is not None
        whom = to or self.guild.bot
        kind, allow, deny = self.overwrites.get(whom.id, (int(isinstance(whom, User)), NONE, NONE))
        return whom.id, kind, allow, deny


@dataclass(eq=False)
class Guild:
    """A server."""

    id: str
    name: str
    owner: User
    bot: User
    members: dict[str, Member] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    """With its threads."""
    unavailable: bool = False
    joined: bool = True
    """Whether the bot is there."""
    system: Channel | None = None
    """Where the server itself says who came."""

    @property
    def everyone(self) -> Role:
        """The role that all have."""
        return self.roles[self.id]

    def rights_of(self, user: User, channel: Channel | None = None) -> Right:
        """Return what somebody may do, in a channel or anywhere."""
        member = self.members.get(user.id)
        if member is None:
            return NONE
        rights = self.everyone.rights
        for role in member.roles:
            rights |= role.rights
        if user is self.owner or rights & Right.ADMINISTRATOR:
            return ALL
        return rights if channel is None else self._within(channel, member, rights)

    def as_json(self) -> dict[str, Any]:
        """Return it as an API answer shows it."""
        return {
            "id": self.id,
            "name": self.name,
            "icon": None,
            "owner_id": self.owner.id,
            "roles": [role.as_json() for role in self.roles.values()],
            "emojis": [],
            "stickers": [],
            "features": [],
            "verification_level": 0,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "preferred_locale": "en-US",
            "afk_channel_id": None,
            "afk_timeout": 300,
            "system_channel_id": self.system.id if self.system else None,
            "system_channel_flags": 0,
            "rules_channel_id": None,
            "description": None,
        }

    def as_event(self, *, everybody: bool, new: bool = False) -> dict[str, Any]:
        """Return it as the gateway does.

        A session that may not ask for members is told of the bot alone. The fields about being away tell a guild that
        came back from one that let the bot in just now.
        """
        there = [one for one in self.channels.values() if not one.deleted]
        seen = [one for one in there if one.rights_of(self.bot) & Right.VIEW_CHANNEL]
        members = list(self.members.values()) if everybody else [self.members[self.bot.id]]
        return {
            **self.as_json(),
            **({} if new else {"unavailable": False}),
            "joined_at": JOINED,
            "large": False,
            "member_count": len(self.members),
            "members": [member.as_json() for member in members],
            "channels": [one.as_json() for one in there if not one.is_thread],
            "threads": [one.as_json() for one in seen if one.is_thread and not one.archived],
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    def _within(self, channel: Channel, member: Member, rights: Right) -> Right:
        """Apply a channel's overwrites.

        Everybody's, then those of roles together, then the member's own.
        """
        _, allow, deny = channel.overwrites.get(self.id, (0, NONE, NONE))
        rights = rights & ~deny | allow
        allow = deny = NONE
        for role in member.roles:
            _, allows, denies = channel.overwrites.get(role.id, (0, NONE, NONE))
            allow, deny = allow | allows, deny | denies
        rights = rights & ~deny | allow
        _, allow, deny = channel.overwrites.get(member.user.id, (1, NONE, NONE))
        rights = rights & ~deny | allow
        return rights if rights & Right.VIEW_CHANNEL else NONE
