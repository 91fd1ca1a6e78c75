"""What people do.

They write, use slash commands, press, choose, fill in windows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord import filling
from tests.fakes.discord.asked import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, Asked
from tests.fakes.discord.messages import REPLY, Shown
from tests.fakes.discord.reading import BUTTON, LINK, SELECTS
from tests.fakes.discord.rights import Right

if TYPE_CHECKING:
    from tests.fakes.discord.people import User
    from tests.fakes.discord.places import Channel
    from tests.fakes.discord.state import State

GUILD, DIRECT = 0, 1
LARGEST_FILE = 10 << 20


class Acting:
    """Lets people act; each act returns what became of it.

    An act that nobody could do on the platform fails here.
    """

    state: State

    def slash(self, user: User, channel: Channel, name: str, options: dict[str, Any] | None = None) -> Asked:
        """Let somebody use a slash command.

        «set time» is a command within a command.
        """
        given = options or {}
        command, steps = self._command(user, channel, name)
        data = filling.command(command, steps, filling.options(steps[-1], given))
        return self._ask(COMMAND, user, channel, {**data, **filling.resolved(channel.guild, given.values())})

    def autocomplete(
        self, user: User, channel: Channel, name: str, focused: str, options: dict[str, Any] | None = None
    ) -> Asked:
        """Let somebody type in a field that suggests.

        ``options`` is what stands in the fields so far.
        """
        command, steps = self._command(user, channel, name)
        data = filling.command(command, steps, filling.options(steps[-1], options or {}, focused=focused))
        return self._ask(AUTOCOMPLETE, user, channel, data)

    def press(self, shown: Shown, named: str, user: User) -> Asked:
        """Let somebody press a button, found by its label or custom id."""
        button = self._usable(shown, named, user)
        assert button["type"] == BUTTON, button
        assert button["style"] < LINK, "a link calls nobody"
        data = {"custom_id": button["custom_id"], "component_type": BUTTON, "id": button.get("id")}
        return self._ask(COMPONENT, user, shown.channel, data, pressed=shown)

    def choose(self, shown: Shown, named: str, values: list[Any], user: User) -> Asked:
        """Let somebody choose.

        Options by value, users, channels and roles as they are.
        """
        select = self._usable(shown, named, user)
        assert select["type"] in SELECTS, select
        data = {"custom_id": select["custom_id"], "component_type": select["type"], "id": select.get("id")}
        data |= filling.chosen(select, values) | filling.resolved(shown.channel.guild, values)
        return self._ask(COMPONENT, user, shown.channel, data, pressed=shown)

    def submit(self, opened: Asked, written: dict[str, Any]) -> Asked:
        """Let somebody send a window that was opened for them.

        ``written`` is what they wrote in its fields.
        """
        data = filling.window(opened.modal, written) | filling.resolved(opened.channel.guild, written.values())
        return self._ask(MODAL, opened.user, opened.channel, data, pressed=opened.pressed)

    def message(self, user: User, channel: Channel, text: str, *, answers: Shown | None = None) -> Shown:
        """Let somebody write; `<@5>` calls the bot."""
        needed = Right.SEND_MESSAGES_IN_THREADS if channel.is_thread else Right.SEND_MESSAGES
        assert channel.rights_of(user) & needed or channel.recipient is user, "they may not write here"
        state = self.state
        shown = Shown(state.number(), channel, user, state.clock(), text, answers=answers)
        shown.kind = REPLY if answers is not None else shown.kind
        called = [one for one in state.users.values() if f"<@{one.id}>" in text or f"<@!{one.id}>" in text]
        shown.mentions = [*called, *([answers.author] if answers is not None and answers.author not in called else [])]
        state.lay(shown)
        return shown

    def _command(self, user: User, channel: Channel, name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Find a command that somebody is shown here."""
        guild = channel.guild.id if channel.guild else ""
        known = [*self.state.commands.get("", ()), *(self.state.commands.get(guild, ()) if guild else ())]
        command, steps = filling.find(known, name.split())
        contexts = command.get("contexts")
        assert contexts is None or (GUILD if guild else DIRECT) in contexts, f"/{name} is not offered here"
        needed = command.get("default_member_permissions")
        rights = channel.rights_of(user)
        if guild:
            assert rights & Right.USE_APPLICATION_COMMANDS, "they may not use commands here"
            assert needed is None or int(needed) & ~int(rights) == 0, f"/{name} is not shown to them"
        return command, steps

    def _usable(self, shown: Shown, named: str, user: User) -> dict[str, Any]:
        assert not shown.deleted, "it is gone"
        assert shown.reader in (None, user), "somebody else's to see"
        found = shown.component(named)
        assert not found.get("disabled"), found
        return found

    def _ask(
        self, kind: int, user: User, channel: Channel, data: dict[str, Any], *, pressed: Shown | None = None
    ) -> Asked:
        state, guild = self.state, channel.guild
        number = state.number()
        asked = Asked(number, f"token-{number}", kind, user, channel, state.clock(), data, state.bell, pressed)
        state.asked[number] = asked
        rights = channel.rights_of(user)
        event: dict[str, Any] = {
            "id": number,
            "application_id": state.application,
            "type": kind,
            "token": asked.token,
            "version": 1,
            "data": data,
            "channel_id": channel.id,
            "channel": {**channel.as_json(), "permissions": str(int(rights))},
            "app_permissions": str(int(channel.rights_of(state.bot))),
            "locale": "en-US",
            "entitlements": [],
            "attachment_size_limit": LARGEST_FILE,
        }
        if pressed is not None:
            event["message"] = pressed.as_json()
        if guild is None:
            owners = {"0": "0"}
            event |= {"user": user.as_json(), "context": DIRECT, "authorizing_integration_owners": owners}
        else:
            member = {**guild.members[user.id].as_json(), "permissions": str(int(rights))}
            event |= {"member": member, "context": GUILD, "authorizing_integration_owners": {"0": guild.id}}
            event |= {"guild_id": guild.id, "guild_locale": "en-US"}
            event["guild"] = {"id": guild.id, "locale": "en-US", "features": []}
        state.gateway.tell("INTERACTION_CREATE", event, guild=guild)
        return asked
