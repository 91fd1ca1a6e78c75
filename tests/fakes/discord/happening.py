"""What happens to guilds, channels, roles and members; whoever listens is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord.people import Member, Role, User
from tests.fakes.discord.places import FORUM, NEWS, PUBLIC_THREAD, TEXT
from tests.fakes.discord.rights import NONE, Right
from tests.fakes.discord.sessions import ALWAYS, Intent

if TYPE_CHECKING:
    from tests.fakes.discord.places import Channel, Guild
    from tests.fakes.discord.sessions import Session
    from tests.fakes.discord.state import State


class Happening:
    """Makes and changes what there is."""

    state: State

    # --- users and members ---

    def user(self, name: str, number: str | None = None, *, accepts_messages: bool = True) -> User:
        """Return somebody new."""
        user = User(number or self.state.number(), name, accepts_messages=accepts_messages)
        self.state.users[user.id] = user
        return user

    def joins(self, user: User, guild: Guild, *roles: Role) -> Member:
        """Let somebody come into a guild."""
        member = guild.members[user.id] = Member(user, list(roles))
        self._of(guild, "GUILD_MEMBER_ADD", member.as_json(), Intent.MEMBERS)
        return member

    def leaves(self, user: User, guild: Guild) -> None:
        """Let somebody go."""
        del guild.members[user.id]
        self._of(guild, "GUILD_MEMBER_REMOVE", {"user": user.as_json()}, Intent.MEMBERS)

    def gives(self, guild: Guild, user: User, *roles: Role) -> None:
        """Let somebody have these roles and no others.

        A bot hears of its own in any case.
        """
        member = guild.members[user.id]
        member.roles = list(roles)
        needs = ALWAYS if user is self.state.bot else Intent.MEMBERS
        self._of(guild, "GUILD_MEMBER_UPDATE", member.as_json(), needs)

    # --- roles ---

    def role(self, guild: Guild, name: str, rights: Right = NONE) -> Role:
        """Return a new role."""
        role = Role(self.state.number(), name, rights, position=len(guild.roles))
        guild.roles[role.id] = role
        self._of(guild, "GUILD_ROLE_CREATE", {"role": role.as_json()})
        return role

    def entitles(self, guild: Guild, role: Role, rights: Right) -> None:
        """Let a role mean these rights and no others."""
        role.rights = rights
        self._of(guild, "GUILD_ROLE_UPDATE", {"role": role.as_json()})

    # --- guilds ---

    def guild(self, name: str = "সার্ভার", number: str | None = None, *, owner: User | None = None) -> Guild:
        """Return a new guild that the bot was let into."""
        guild = self.state.make_guild(name, number, owner)
        self._told_whole(guild, new=True)
        return guild

    def kicks(self, guild: Guild) -> None:
        """Put the bot out of a guild."""
        guild.joined = False
        del guild.members[self.state.bot.id]
        self.state.gateway.tell("GUILD_DELETE", {"id": guild.id}, guild=guild, needs=Intent.GUILDS)

    def invites(self, guild: Guild) -> None:
        """Let the bot in again."""
        guild.joined = True
        own = [role for role in guild.roles.values() if role.bot == self.state.bot.id]
        guild.members[self.state.bot.id] = Member(self.state.bot, own)
        self._told_whole(guild, new=True)

    def goes_away(self, guild: Guild) -> None:
        """Let a guild be out of reach, as in an outage.

        A fault scripts what the API says of its channels meanwhile.
        """
        guild.unavailable = True
        gone = {"id": guild.id, "unavailable": True}
        self.state.gateway.tell("GUILD_DELETE", gone, guild=guild, needs=Intent.GUILDS)

    def comes_back(self, guild: Guild) -> None:
        """End an outage."""
        guild.unavailable = False
        self._told_whole(guild)

    # --- channels ---

    def channel(
        self,
        guild: Guild,
        name: str = "খবর",
        kind: int = TEXT,
        *,
        number: str | None = None,
        tags: tuple[str, ...] = (),
    ) -> Channel:
        """Return a new channel; one with tags is a forum."""
        channel = self.state.make_channel(guild, name, FORUM if tags else kind, number)
        channel.tags = {self.state.number(): tag for tag in tags}
        self.state.tell_place("CHANNEL_CREATE", channel)
        return channel

    def thread(self, parent: Channel, name: str, kind: int = PUBLIC_THREAD, *, number: str | None = None) -> Channel:
        """Return a new thread that somebody else began."""
        thread = self.state.make_thread(parent, name, kind, self.state.owner, number)
        self.state.tell_place("THREAD_CREATE", thread, newly_created=True)
        return thread

    def follows(self, channel: Channel, news: Channel) -> None:
        """Let a channel follow an announcement channel of any guild."""
        assert news.kind == NEWS, "only announcement channels can be followed"
        news.followers.append(channel)

    def changes(self, channel: Channel, **what: Any) -> None:  # noqa: ANN401 - fields of a channel
        """Change a channel or thread: its name, whether it is archived.

        Without anything tell how it is now.
        """
        for name, value in what.items():
            assert hasattr(channel, name), name
            setattr(channel, name, value)
        self.state.tell_place("THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE", channel)

    def deletes(self, channel: Channel) -> None:
        """Let a channel or thread be no more."""
        channel.deleted = True
        if channel.guild is not None:
            del channel.guild.channels[channel.id]
        self.state.tell_place("THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", channel)

    def inbox(self, user: User) -> Channel:
        """Return the channel of somebody's direct messages with the bot."""
        return self.state.inbox(user)

    def _of(self, guild: Guild, name: str, data: dict[str, Any], needs: Intent = Intent.GUILDS) -> None:
        self.state.gateway.tell(name, {"guild_id": guild.id, **data}, guild=guild, needs=needs)

    def _told_whole(self, guild: Guild, *, new: bool = False) -> None:
        def told(session: Session) -> dict[str, Any]:
            return guild.as_event(everybody=bool(session.intents & Intent.MEMBERS), new=new)

        self.state.gateway.tell("GUILD_CREATE", told, guild=guild, needs=Intent.GUILDS)
