"""What there is.

The bot, users, guilds, channels, commands, and whoever listens to what happens to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord.bell import Bell
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.messages import UNREAD, Flag
from tests.fakes.discord.people import Member, Role, User
from tests.fakes.discord.places import DIRECT, TEXT, Channel, Guild
from tests.fakes.discord.refusals import refusal
from tests.fakes.discord.rights import USUAL, Right
from tests.fakes.discord.sessions import Intent
from tests.fakes.discord.snowflakes import Snowflakes, seconds_between

if TYPE_CHECKING:
    from datetime import datetime

    from tests.fakes.discord.asked import Asked
    from tests.fakes.discord.messages import Shown
    from tests.fakes.discord.sessions import Session
    from tests.fakes.discord.snowflakes import Clock

TOKEN = "a-token-of-nobody"  # noqa: S105 - nobody's
NONCE_KEPT = 120.0


class State:
    """The platform, as far as one bot sees it."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.token = TOKEN
        self.bell = Bell()
        self.gateway_url = self.resume_url = ""
        self.bot = User("5", "khobor", bot=True)
        self.application = "5"
        self.owner = User("6", "owner")
        self.users: dict[str, User] = {"5": self.bot, "6": self.owner}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.asked: dict[str, Asked] = {}
        self.commands: dict[str, list[dict[str, Any]]] = {}
        """Slash commands: those of all under "", else by guild."""
        self.command_creations = 0
        self.gateway = Gateway(self)
        self._nonces: dict[str, tuple[datetime, Shown]] = {}
        self._ids = Snowflakes(clock)

    def number(self) -> str:
        """Return a new number."""
        return self._ids.next()

    # --- making ---

    def make_guild(self, name: str, number: str | None, owner: User | None) -> Guild:
        """Make a guild with the bot in it."""
        # Made one after another they would all be one shard's.
        number = number or str((len(self.guilds) + 1) << 22)
        guild = Guild(number, name, owner or self.owner, self.bot)
        guild.roles[number] = Role(number, "@everyone", USUAL)
        role = Role(self.number(), self.bot.name, USUAL, position=1, bot=self.bot.id)
        guild.roles[role.id] = role
        guild.members[self.bot.id] = Member(self.bot, [role])
        guild.members[guild.owner.id] = Member(guild.owner)
        self.guilds[number] = guild
        return guild

    def make_channel(self, guild: Guild, name: str, kind: int = TEXT, number: str | None = None) -> Channel:
        """Make a channel of a guild."""
        channel = Channel(number or self.number(), kind, name, guild, position=len(guild.channels))
        guild.channels[channel.id] = self.channels[channel.id] = channel
        return channel

    def make_thread(self, parent: Channel, name: str, kind: int, owner: User, number: str | None = None) -> Channel:
        """Make a thread of a channel, or a post of a forum."""
        assert parent.guild is not None
        thread = Channel(number or self.number(), kind, name, parent.guild, parent, owner=owner.id)
        parent.guild.channels[thread.id] = self.channels[thread.id] = thread
        return thread

    def inbox(self, user: User) -> Channel:
        """Return the channel of somebody's direct messages with the bot."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        channel = Channel(self.number(), DIRECT, recipient=user)
        self.channels[channel.id] = channel
        return channel

    # --- finding ---

    def channel(self, number: str) -> Channel:
        """Return a channel that the bot may look into, or refuse."""
        channel = self.channels.get(number)
        if channel is None or channel.deleted:
            raise refusal(10003)
        if channel.guild is not None and not channel.guild.joined:
            raise refusal(50001)
        if not channel.rights_of(self.bot) & Right.VIEW_CHANNEL:
            raise refusal(50001)
        return channel

    def message(self, channel: Channel, number: str) -> Shown:
        """Return a message of a channel, or refuse."""
        found = channel.messages.get(number)
        if found is None:
            raise refusal(10008)
        return found

    def guild(self, number: str) -> Guild:
        """Return a guild that the bot is in, or refuse."""
        guild = self.guilds.get(number)
        if guild is None or not guild.joined:
            raise refusal(10004)
        return guild

    # --- messages ---

    def posted_before(self, nonce: str) -> Shown | None:
        """Return what the bot posted with a nonce not long ago.

        The channel makes no difference.
        """
        at, shown = self._nonces.get(nonce, (None, None))
        if at is None or shown is None or seconds_between(at, self.clock()) >= NONCE_KEPT:
            return None
        if shown.deleted:
            # As the platform's people say: a retry must not bring back what was taken away.
            raise refusal(10008)
        return shown

    def lay(self, shown: Shown) -> None:
        """Put a message into its channel, for all to see."""
        shown.channel.messages[shown.id] = shown
        if shown.nonce is not None:
            self._nonces[shown.nonce] = (self.clock(), shown)
        self.tell_message("MESSAGE_CREATE", shown)

    def take_away(self, shown: Shown) -> None:
        """Take a message out of its channel."""
        shown.deleted = True
        for copy in shown.copies:
            copy.content, copy.components, copy.embeds = "[Original Message Deleted]", [], []
            copy.flags = int(Flag.IS_CROSSPOST | Flag.SOURCE_DELETED)
        if shown.channel.messages.pop(shown.id, None) is not None:
            self.tell_of(shown.channel, "MESSAGE_DELETE", {"id": shown.id, "channel_id": shown.channel.id})

    def tell_message(self, name: str, shown: Shown) -> None:
        """Tell of a message.

        If it is not for the bot, only a session that may read content hears what it says.
        """
        if shown.ephemeral:
            return
        guild = shown.channel.guild
        body = shown.as_json()
        if guild is not None:
            body["guild_id"] = guild.id
            member = guild.members.get(shown.author.id)
            if member is not None:
                body["member"] = {name: value for name, value in member.as_json().items() if name != "user"}
        ours = guild is None or shown.author is self.bot or self.bot in shown.mentions

        def read(session: Session) -> dict[str, Any]:
            return body if ours or session.intents & Intent.CONTENT else {**body, **UNREAD}

        needs = Intent.GUILD_MESSAGES if guild is not None else Intent.DIRECT_MESSAGES
        self.gateway.tell(name, read, guild=guild, needs=needs)

    def tell_of(self, channel: Channel, name: str, data: dict[str, Any]) -> None:
        """Tell of something that happened to messages of a channel."""
        guild = channel.guild
        needs = Intent.GUILD_MESSAGES if guild is not None else Intent.DIRECT_MESSAGES
        self.gateway.tell(name, {**data, **({"guild_id": guild.id} if guild else {})}, guild=guild, needs=needs)

    def tell_place(self, name: str, channel: Channel, **more: object) -> None:
        """Tell of something that happened to a channel or thread."""
        if channel.guild is not None:
            self.gateway.tell(name, {**channel.as_json(), **more}, guild=channel.guild, needs=Intent.GUILDS)
