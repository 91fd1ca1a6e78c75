from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.values.chats import ChatKind, Role, Target
from handlers.platforms.discord import custom_ids, incoming
from handlers.platforms.discord.custom_ids import CustomId, Whose
from handlers.platforms.discord.incoming import InteractionKind

ADMINS = ("discord:9",)


def _raw(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - as it comes
    raw = {
        "id": "1",
        "token": "t",
        "application_id": "5",
        "type": 2,
        "guild_id": "77",
        "channel": {"id": "70", "type": 0},
        "member": {"user": {"id": "8"}, "permissions": "0"},
        "data": {"name": "latest", "options": [{"name": "count", "type": 4, "value": 3}]},
    }
    return raw | more


def test_a_command_in_a_channel() -> None:
    asked = incoming.interaction(_raw(), ADMINS)
    assert asked is not None
    assert (asked.kind, asked.name, asked.options) == (InteractionKind.COMMAND, "latest", {"count": "3"})
    assert (asked.target, asked.where, asked.actor) == (Target("discord", "70"), ChatKind.GROUP, "discord:8")
    assert asked.role is Role.READER


def test_a_thread_is_a_place_of_its_channel_and_some_channels_are_read_only() -> None:
    thread = {"id": "71", "type": 11, "parent_id": "70"}
    assert incoming.target_of(thread, "77") == (Target("discord", "70", "71"), ChatKind.GROUP)
    assert incoming.target_of({"id": "72", "type": 5}, "77") == (Target("discord", "72"), ChatKind.CHANNEL)
    assert incoming.target_of({"id": "73", "type": 15}, "77") == (Target("discord", "73"), ChatKind.CHANNEL)
    inbox = Target("discord", "8", address="6")
    assert incoming.target_of({"id": "6", "type": 1}, "", "8") == (inbox, ChatKind.PRIVATE)


def test_who_manages_the_server_is_the_admin_of_its_channels() -> None:
    def role(number: str, permissions: int) -> Role:
        member = {"user": {"id": number}, "permissions": str(permissions)}
        asked = incoming.interaction(_raw(member=member), ADMINS)
        assert asked is not None
        return asked.role

    assert [role("8", 0), role("8", 1 << 5), role("8", 1 << 3)] == [Role.READER, Role.CHAT_ADMIN, Role.CHAT_ADMIN]
    assert role("9", 0) is Role.ADMIN


def test_in_private_there_is_a_user_and_no_member() -> None:
    raw = _raw(user={"id": "8"}, channel={"id": "6", "type": 1})
    del raw["member"], raw["guild_id"]
    asked = incoming.interaction(raw, ADMINS)
    assert asked is not None
    assert (asked.where, asked.user, asked.guild) == (ChatKind.PRIVATE, "8", "")


def test_what_was_written_into_a_window() -> None:
    old = [{"type": 1, "components": [{"type": 4, "custom_id": "text", "value": "ইরান"}]}]
    new = [{"type": 18, "component": {"type": 4, "custom_id": "text", "value": "ইরান"}}]
    for components in (old, new):
        asked = incoming.interaction(_raw(type=5, data={"custom_id": "?follow", "components": components}), ADMINS)
        assert asked is not None
        assert asked.written == "ইরান"


def test_what_we_do_not_know_is_left_alone() -> None:
    assert incoming.interaction(_raw(type=99), ADMINS) is None
    assert incoming.interaction(_raw(member=None), ADMINS) is None


def _message(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - as it comes
    return {"id": "1", "channel_id": "70", "author": {"id": "8"}, "content": "ইরান", **more}


def _words(raw: dict[str, Any], channel: dict[str, Any] | None = None) -> str | None:
    found = incoming.words(raw, channel or {"id": "70", "type": 0}, "5", ADMINS)
    return found.text if found is not None else None


def test_in_private_everything_is_for_us() -> None:
    assert _words(_message()) == "ইরান"
    assert _words(_message(content="  ")) is None


def test_in_a_server_what_names_us_or_answers_us() -> None:
    assert _words(_message(guild_id="77")) is None
    assert _words(_message(guild_id="77", content="<@5> ইরান")) == "ইরান"
    assert _words(_message(guild_id="77", content="ইরান <@!5>")) == "ইরান"
    assert _words(_message(guild_id="77", content="<@5>")) == "/help"
    assert _words(_message(guild_id="77", content="<@6> ইরান")) is None
    answered = {"referenced_message": {"author": {"id": "5"}}}
    assert _words(_message(guild_id="77", **answered)) == "ইরান"


def test_a_forwarded_card_brings_its_headline_and_its_address() -> None:
    card = {"type": 17, "components": [{"type": 10, "content": "### [সেতু খুলল](https://outlet.example/1)"}]}
    raw = _message(content="", message_snapshots=[{"message": {"content": "", "components": [card]}}])
    found = incoming.words(raw, {"id": "600", "type": 1}, "5", ADMINS)
    assert found is not None
    assert found.quoted
    assert found.links == ("https://outlet.example/1",)
    assert _words(_message(content="", sticker_items=[{"id": "1"}])) == ""
    assert _words(_message(content="", guild_id="77", attachments=[{"id": "1"}])) is None


def test_bots_are_not_answered() -> None:
    assert _words(_message(author={"id": "6", "bot": True})) is None
    assert _words(_message(webhook_id="4")) is None


# --- custom ids ---


@given(st.text(min_size=1).filter(lambda text: text[0] not in "@#?!0123456789"), st.sampled_from(Whose), st.booleans())
def test_a_custom_id_comes_back_as_it_was(data: str, whose: Whose, asks: bool) -> None:
    written = CustomId(data, whose, asks)
    assert custom_ids.read(str(written)) == written
    taken: set[str] = set()
    ids = [custom_ids.apart(str(written), taken) for _ in range(3)]
    assert len(set(ids)) == 3
    assert {custom_ids.read(one) for one in ids} == {written}
