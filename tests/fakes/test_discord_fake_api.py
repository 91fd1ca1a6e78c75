"""The fake of Discord.

Messages, places, permissions and commands, asked for by an unmodified discord.py.
"""

from __future__ import annotations

import io
from typing import Any

import discord
import pytest

from tests.fakes.discord import Right
from tests.fakes.discord.driving import a_place
from tests.fakes.discord.messages import Flag
from tests.fakes.discord.places import NEWS, REQUIRES_TAG
from tests.fakes.world import StoppedClock

pytestmark = pytest.mark.anyio
V2 = int(Flag.COMPONENTS_V2)
BUTTON = {"type": 2, "style": 1, "label": "পড়ুন", "custom_id": "a"}


def _v2(length: int, *rows: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"components": [{"type": 10, "content": "খ" * length}, *rows], "flags": V2, **more}


async def test_messages_are_changed_published_answered_and_taken_away() -> None:
    async with a_place() as place:
        first = await place.open().send("এক", silent=True)
        await place.open().send(
            "দুই", reference=first, mention_author=False, allowed_mentions=discord.AllowedMentions.none()
        )
        await first.edit(content="এক, আবার")
        assert place.channel.texts == ["এক, আবার", "দুই"]
        one, two = place.channel.shown
        assert (two.answers, one.edits, bool(one.flags & Flag.SILENT)) == (one, 1, True)
        assert two.allowed_mentions == {"parse": [], "replied_user": False}
        assert [message.content async for message in place.open().history(limit=5)] == ["দুই", "এক, আবার"]
        await first.delete()
        assert place.channel.texts == ["দুই"]
        path = f"/channels/{place.channel.id}/messages/{first.id}"
        assert [await place.code(method, path, {"content": "x"}) for method in ("PATCH", "DELETE")] == [10008, 10008]
        news = place.there.channel(place.guild, "ঘোষণা", NEWS)
        posted = await place.open(news).send("ঘোষণা")
        await posted.publish()
        assert news.last.flags & Flag.CROSSPOSTED
        again = f"/channels/{news.id}/messages/{posted.id}/crosspost"
        assert await place.code("POST", again) == 40033


async def test_what_is_made_of_components_stays_so() -> None:
    async with a_place() as place:
        path = f"/channels/{place.channel.id}/messages"
        made = await place.ask("POST", path, _v2(3, {"type": 1, "components": [BUTTON]}))
        assert [one["id"] for one in made["components"]] == [1, 2]
        assert await place.code("PATCH", f"{path}/{made['id']}", {"content": "খবর"}) == 50035
        await place.ask("PATCH", f"{path}/{made['id']}", {"components": [{"type": 10, "content": "খখ"}]})
        assert place.channel.texts == ["খখ"]
        plain = await place.ask("POST", path, {"content": "খবর"})
        assert await place.code("PATCH", f"{path}/{plain['id']}", _v2(1)) == 50035
        await place.ask("PATCH", f"{path}/{plain['id']}", _v2(1, content=None))
        assert place.channel.texts == ["খখ", "খ"]


async def test_files_are_sent_with_what_refers_to_them() -> None:
    async with a_place() as place:
        view = discord.ui.LayoutView()
        view.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://a.png")))
        sent = await place.open().send(view=view, file=discord.File(io.BytesIO(b"1234"), "a.png"))
        assert [(one.filename, one.size) for one in sent.attachments] == [("a.png", 4)]
        assert place.channel.last.text == "[image attachment://a.png]\n[file a.png]"
        place.channel.forbid(Right.ATTACH_FILES)
        with pytest.raises(discord.Forbidden):
            await place.open().send(file=discord.File(io.BytesIO(b"1234"), "a.png"))


async def test_a_nonce_is_remembered_for_two_minutes() -> None:
    clock = StoppedClock()
    async with a_place(clock=clock) as place:
        other = place.there.channel(place.guild)
        path = f"/channels/{place.channel.id}/messages"
        first = await place.open().send("খবর", nonce="n-1")
        clock.go(seconds=119)
        assert (await place.open().send("খবর", nonce="n-1")).id == first.id
        assert (await place.open(other).send("খবর", nonce="n-1")).id == first.id, (
            "it is the author's, not the channel's"
        )
        await place.ask("POST", path, {"content": "খবর", "nonce": "n-1"})
        clock.go(seconds=121)
        again = await place.open().send("খবর", nonce="n-1")
        assert again.id != first.id
        await again.delete()
        assert await place.code("POST", path, {"content": "x", "nonce": "n-1", "enforce_nonce": True}) == 10008
        assert (place.channel.texts, other.texts) == (["খবর", "খবর"], [])


# --- places ---


async def test_what_may_not_be_done_has_a_number() -> None:
    async with a_place() as place:
        there, channel, guild = place.there, place.channel, place.guild
        forum = there.channel(guild, "ফোরাম", tags=("খেলা",))
        path, body = f"/channels/{channel.id}/messages", {"content": "খবর"}
        theirs = there.message(there.state.owner, channel, "তাঁর")
        assert await place.code("PATCH", f"{path}/{theirs.id}", body) == 50005
        assert await place.code("DELETE", f"{path}/{theirs.id}") == 50013
        assert await place.code("POST", f"/channels/{forum.id}/messages", body) == 40058
        assert await place.code("POST", "/channels/1/messages", body) == 10003
        assert await place.code("GET", f"{path}/1") == 10008
        assert await place.code("GET", "/guilds/1") == 10004
        assert await place.code("GET", f"/guilds/{guild.id}/members/{there.user('অচেনা').id}") == 10007
        channel.forbid(Right.READ_MESSAGE_HISTORY)
        assert await place.code("POST", path, {**body, "message_reference": {"message_id": theirs.id}}) == 160002
        channel.forbid(Right.SEND_MESSAGES)
        assert await place.code("POST", path, body) == 50013
        channel.forbid(Right.VIEW_CHANNEL)
        assert await place.code("POST", path, body) == 50001
        channel.permit(Right.VIEW_CHANNEL | Right.SEND_MESSAGES)
        await place.ask("POST", path, body)
        there.kicks(guild)
        assert await place.code("POST", path, body) == 50001
        there.invites(guild)
        there.deletes(channel)
        assert await place.code("POST", path, body) == 10003


async def test_direct_messages_reach_whom_they_can() -> None:
    async with a_place() as place:
        there = place.there
        reader, stranger = there.user("পাঠক"), there.user("অচেনা")
        there.joins(reader, place.guild)
        user = await place.client.fetch_user(int(reader.id))
        await user.send("খবর")
        assert there.inbox(reader).texts == ["খবর"]
        path = f"/channels/{there.inbox(reader).id}/messages"
        reader.accepts_messages = False
        assert await place.code("POST", path, {"content": "খবর"}) == 50007
        there.inbox(stranger)
        path = f"/channels/{there.inbox(stranger).id}/messages"
        assert await place.code("POST", path, {"content": "খবর"}) == 50278
        assert await place.code("POST", "/users/@me/channels", {"recipient_id": "1"}) == 50035


async def test_threads_are_woken_but_not_when_locked() -> None:
    async with a_place() as place:
        there = place.there
        thread = there.thread(place.channel, "আড্ডা")
        mine = await place.open(thread).send("এক")
        thread.archived = True
        assert await place.code("PATCH", f"/channels/{thread.id}/messages/{mine.id}", {"content": "x"}) == 50083
        assert await place.code("PATCH", f"/channels/{thread.id}", {"name": "x"}) == 50083
        await place.open(thread).send("দুই")
        assert (thread.archived, thread.texts) == (False, ["এক", "দুই"])
        thread.archived = True
        await place.ask("PATCH", f"/channels/{thread.id}", {"archived": False})
        assert not thread.archived
        thread.locked = True
        assert await place.code("POST", f"/channels/{thread.id}/messages", {"content": "x"}) == 160005
        place.channel.permit(Right.MANAGE_THREADS)
        await place.open(thread).send("তিন")
        place.channel.forbid(Right.SEND_MESSAGES_IN_THREADS)
        assert await place.code("POST", f"/channels/{thread.id}/messages", {"content": "x"}) == 50013


async def test_a_forum_takes_posts_with_its_tags() -> None:
    async with a_place() as place:
        forum = place.there.channel(place.guild, "ফোরাম", tags=("খেলা", "অর্থনীতি"))
        (sports, _) = forum.tags
        path, message = f"/channels/{forum.id}/threads", _v2(3)
        made = await place.ask("POST", path, {"name": "খবর", "message": message, "applied_tags": [sports]})
        thread = place.guild.channels[made["id"]]
        assert (thread.applied, thread.texts, made["message"]["id"]) == ([sports], ["খখখ"], thread.id)
        for body in ({"name": "", "message": message}, {"name": "x"}, {"name": "x" * 101, "message": message}):
            assert await place.code("POST", path, body) == 50035
        assert await place.code("POST", path, {"name": "x", "message": {}}) == 50006
        assert await place.code("POST", path, {"name": "x", "message": message, "applied_tags": ["1"]}) == 50035
        forum.flags = REQUIRES_TAG
        assert await place.code("POST", path, {"name": "x", "message": message}) == 40067
        active = await place.ask("GET", f"/guilds/{place.guild.id}/threads/active")
        assert [one["name"] for one in active["threads"]] == ["খবর"]


async def test_commands_are_registered_or_refused() -> None:
    async with a_place() as place:
        path, good = "/applications/5/commands", {"name": "latest", "description": "সর্বশেষ খবর", "type": 1}
        (told,) = await place.ask("PUT", path, [good])
        assert (told["id"], place.there.commands) == ((await place.ask("GET", path))[0]["id"], ["latest"])
        (again,) = await place.ask("PUT", path, [{**good, "description": "খবর"}])
        assert (again["id"], place.there.state.command_creations) == (told["id"], 1)
        bad: list[list[dict[str, Any]]] = [
            [{**good, "name": "সর্বশেষ"}],
            [{**good, "name": "Latest"}],
            [{**good, "name": "x" * 33}],
            [{**good, "description": "খ" * 101}],
            [{**good, "description": ""}],
            [good, good],
            [{**good, "options": [{"type": 3, "name": str(one), "description": "x"} for one in range(26)]}],
            [
                {
                    **good,
                    "options": [{"type": 3, "name": "a", "description": "x", "choices": [{"name": "", "value": "1"}]}],
                }
            ],
            [{**good, "options": [_option("a"), _option("b", required=True)]}],
            [{**good, "options": [_option("a", autocomplete=True, choices=[{"name": "x", "value": "x"}])]}],
        ]
        for commands in bad:
            assert await place.code("PUT", path, commands) == 50035, commands
        assert await place.code("PUT", path, [{**good, "name": f"c{one}"} for one in range(101)]) == 30032
        await place.ask("PUT", path, [{**good, "name": f"c{one}"} for one in range(100)])
        assert await place.code("PUT", path, [{**good, "name": f"d{one}"} for one in range(100)]) == 30034
        assert len(place.there.commands) == 100


def _option(name: str, **more: object) -> dict[str, Any]:
    return {"type": 3, "name": name, "description": "x", **more}
