"""Reads what the gateway brings.

It tells who asks for what in which channel, and whether it is meant for us. It does no I/O.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from bot.values.chats import ChatKind, Role, Target
from handlers import button_data
from handlers.platforms.discord.settings import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Raw = Mapping[str, Any]

DIRECT, ANNOUNCEMENT, THREADS, FORUMS = 1, 5, (10, 11, 12), (15, 16)
EPHEMERAL = 1 << 6
MANAGE_SERVER, ADMINISTRATOR = 1 << 5, 1 << 3
INPUTS = (4, 21)
"""Fields to write in, and radio buttons."""
PICKS = (ROLES, CHANNELS) = (6, 8)
"""Selects of a server."""
LINKS = 5
WORDLESS = ("attachments", "sticker_items", "poll", "message_snapshots")
"""What somebody sends that is no text."""
_LINK = re.compile(r"https?://[^\s)>\]]+")


class InteractionKind(IntEnum):
    """What somebody did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


@dataclass(frozen=True, slots=True)
class Interaction:
    """A slash command, a press, or a field.

    The field is being filled or was sent.
    """

    id: str
    interaction_token: str
    application: str
    kind: InteractionKind
    target: Target
    where: ChatKind
    user: str
    role: Role
    data: Raw
    guild: str = ""
    message: str = ""
    """The number of the message that was pressed."""
    ephemeral: bool = False
    """Whether what was pressed stands on a message that only this person sees."""

    @property
    def actor(self) -> str:
        """The name that commands know them by."""
        return f"{NAME}:{self.user}"

    @property
    def name(self) -> str:
        """The command's name, or the custom id that was pressed or sent."""
        return str(self.data.get("name") or self.data.get("custom_id") or "")

    @property
    def options(self) -> dict[str, str]:
        """What was filled in, by name."""
        return {str(one["name"]): str(one.get("value", "")) for one in self.data.get("options", ())}

    @property
    def focused(self) -> str:
        """The name of the field that is being filled."""
        return next((str(one["name"]) for one in self.data.get("options", ()) if one.get("focused")), "")

    @property
    def values(self) -> list[str]:
        """What was chosen of a list."""
        return [str(value) for value in self.data.get("values", ())]

    @property
    def picks(self) -> int:
        """The select of a server that was chosen from, else 0."""
        kind = int(self.data.get("component_type") or 0)
        return kind if kind in PICKS else 0

    @property
    def written(self) -> str:
        """What was written into a modal."""
        return next(iter(self.fields.values()), "")

    @property
    def fields(self) -> dict[str, str]:
        """What stands in a modal's fields, those left empty not."""
        return {name: value for name, value in _inputs(self.data.get("components", ())) if value}


@dataclass(frozen=True, slots=True)
class DiscordText:
    """A text that is for us, without our name in it."""

    id: str
    target: Target
    where: ChatKind
    actor: str
    role: Role
    text: str
    named: bool = False
    """Whether it calls us by our name."""
    quoted: bool = False
    """Whether somebody else wrote it and it was forwarded."""
    links: tuple[str, ...] = ()
    """Addresses that its embeds lead to."""
    listed: str = ""
    """The list that the message shows which was answered."""


def interaction(raw: Raw, admins: Sequence[str]) -> Interaction | None:
    """Return the interaction that an event holds.

    Return None if it is none that we know how to answer.
    """
    member, guild = raw.get("member") or {}, str(raw.get("guild_id") or "")
    user = str((member.get("user") or raw.get("user") or {}).get("id", ""))
    if raw.get("type") not in list(InteractionKind) or not user:
        return None
    channel = raw.get("channel") or {"id": raw.get("channel_id", "")}
    target, where = target_of(channel, guild, user)
    flags = int((raw.get("message") or {}).get("flags") or 0)
    event = Interaction(
        id=_named(raw["id"]),
        interaction_token=_named(raw["token"]),
        application=_named(raw["application_id"]),
        kind=InteractionKind(raw["type"]),
        target=target,
        where=where,
        user=user,
        role=role(user, member, admins),
        data=raw.get("data") or {},
        guild=guild,
        message=str((raw.get("message") or {}).get("id") or ""),
        ephemeral=bool(flags & EPHEMERAL),
    )
    # Read once here, so that nothing of another shape is met in the middle of an answer.
    for _ in (event.name, event.options, event.focused, event.values, event.picks, event.fields):
        pass
    return event


def _named(said: object) -> str:
    """Return a name of the platform's, perhaps written as a number."""
    if not isinstance(said, str | int):
        raise TypeError(type(said).__name__)
    return str(said)


def target_of(channel: Raw, guild: str, user: str = "") -> tuple[Target, ChatKind]:
    """Return where ``user`` said something.

    A thread has its channel's address, a DM channel is a person's inbox.
    """
    number, kind = str(channel.get("id", "")), channel.get("type")
    if not guild:
        return Target(NAME, user, address=number), ChatKind.PRIVATE
    parent, name = str(channel.get("parent_id") or ""), str(channel.get("name") or "")
    if kind in THREADS and parent:
        return Target(NAME, parent, number, name=name), ChatKind.GROUP
    return Target(NAME, number, name=name and f"#{name}"), kind_of(kind)


def kind_of(channel_type: int | None) -> ChatKind:
    """Return the kind of a server's channel.

    Readers of some write nothing there.
    """
    return ChatKind.CHANNEL if channel_type in (ANNOUNCEMENT, *FORUMS) else ChatKind.GROUP


def role(user: str, member: Raw, admins: Sequence[str]) -> Role:
    """Return somebody's role.

    A manager of the server is the admin of its channels.
    """
    if f"{NAME}:{user}" in admins:
        return Role.ADMIN
    manages = int(member.get("permissions") or 0) & (MANAGE_SERVER | ADMINISTRATOR)
    return Role.CHAT_ADMIN if manages else Role.READER


def words(raw: Raw, channel: Raw, ours: str, admins: Sequence[str]) -> DiscordText | None:
    """Read a message; None if it is none of our business.

    In a server our business is a message that mentions or answers us; the platform hides the text of all others anyway.
    """
    author, guild = raw.get("author") or {}, str(raw.get("guild_id") or "")
    text, forwarded = str(raw.get("content") or ""), _forwarded(raw) if not guild else None
    if forwarded is not None and not text.strip():
        text = str(forwarded.get("content") or "") or _headed(forwarded)
    else:
        forwarded = None
    wordless = not guild and any(raw.get(kind) for kind in WORDLESS)
    if author.get("bot") or raw.get("webhook_id") or not (text.strip() or wordless):
        return None
    mention = re.compile(rf"<@!?{re.escape(ours)}>")
    answered = raw.get("referenced_message") or {}
    is_ours = str((answered.get("author") or {}).get("id") or "") == ours
    if guild and not mention.search(text) and not is_ours:
        return None
    said = mention.sub(" ", text).strip() or ("/help" if text.strip() else "")
    user = str(author.get("id", ""))
    target, where = target_of(channel, guild, user)
    may = Role.ADMIN if f"{NAME}:{user}" in admins else Role.READER
    listed = button_data.list_of(_custom_ids(answered.get("components") or ())) if is_ours else ""
    return DiscordText(
        *(str(raw.get("id", "")), target, where, f"{NAME}:{user}", may, said),
        named=not guild or mention.search(text) is not None,
        quoted=forwarded is not None,
        links=_links(forwarded) if forwarded is not None else (),
        listed=listed,
    )


def attached(raw: Raw) -> list[Raw]:
    """Return the files that stand beside a message.

    Raises:
        TypeError, ValueError, AttributeError: they are not what they should be.
    """
    return [
        {"url": one.get("url"), "content_type": one.get("content_type"), "filename": one.get("filename")}
        | {"size": int(one.get("size") or 0)}
        for one in raw.get("attachments") or ()
    ]


def is_mended(raw: Raw) -> bool:
    """Tell whether its writer changed a message.

    The platform itself adds previews to many.
    """
    return bool(raw.get("edited_timestamp")) and "author" in raw


def _forwarded(raw: Raw) -> Raw | None:
    """Return the message that was forwarded; None if none was."""
    snapshots = raw.get("message_snapshots") or ()
    return (snapshots[0].get("message") or {}) if snapshots else None


def _headed(forwarded: Raw) -> str:
    """Return the first words of a card.

    It has no text of its own.
    """
    said = (*_texts(forwarded.get("components") or ()), *(str(one.get("title") or "") for one in _embeds(forwarded)))
    return next((text for text in said if text.strip()), "")


def _embeds(forwarded: Raw) -> Sequence[Raw]:
    found: Sequence[Raw] = forwarded.get("embeds") or ()
    return found


def _links(forwarded: Raw) -> tuple[str, ...]:
    """Return the addresses that a forwarded message leads to."""
    shown = (*map(str, _texts(forwarded.get("components") or ())), str(forwarded.get("content") or ""))
    linked = (*(str(one.get("url") or "") for one in _embeds(forwarded)), *_LINK.findall("\n".join(shown)))
    return tuple(filter(None, linked))[:LINKS]


def _texts(components: Sequence[Raw]) -> Iterator[str]:
    for one in components:
        if content := one.get("content"):
            yield str(content)
        yield from _texts(one.get("components") or ())


def _custom_ids(components: Sequence[Raw]) -> Iterator[str]:
    """Yield what a message's buttons send back, those within cards too."""
    for one in components:
        yield str(one.get("custom_id") or "")
        yield from _custom_ids(one.get("components") or ())


def _inputs(components: Sequence[Raw]) -> Iterator[tuple[str, str]]:
    for one in components:
        if one.get("type") in INPUTS:
            yield str(one.get("custom_id", "")), str(one.get("value") or "")
        yield from _inputs([*one.get("components", ()), *([one["component"]] if "component" in one else [])])
