"""The port over a real connection.

The tests see what is posted and edited, and what each answer comes to.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from time import monotonic
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from bot.articles.card.card import card
from bot.articles.card.withdrawn import withdrawn
from bot.ports.platform import Closed, Gone, Lost, Postponed, Refused, Sent, Unavailable, Unknown
from bot.values.calls import Text, call
from bot.values.chats import CardStyle, Target
from bot.values.delivery import Ref
from bot.values.messages import Choice, Choices, Item, Items, Message, paragraph, plain
from handlers.buttons import Buttons
from handlers.placing import unmarked
from handlers.platforms.discord.account import DiscordAccount, nonce
from handlers.platforms.discord.custom_ids import ROOM
from handlers.platforms.discord.known import Known
from handlers.platforms.discord.rest import Rest
from tests.fakes.world import a_world
from tests.handlers.discord.api import Says, ScriptedApi, facts_of
from tests.handlers.discord.test_render import VIEW
from tests.handlers.telegram.seed import ARTICLE, NOW

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.anyio
CHANNEL = Target("discord", "70")
CARD = card(ARTICLE, CardStyle.SUMMARY, VIEW)
LONG = Message((Items(tuple(Item(at, "শিরোনাম " * 60, None, "", at) for at in range(1, 21))),))


class _Seen(Known):
    """What the gateway has told.

    Which channels are forums or announcements, whether a server is away.
    """

    def __init__(self, *, forum: bool = False, news: bool = False, away: bool = False) -> None:
        super().__init__()
        tag = SimpleNamespace(id=501, name="বিশ্ব")
        self._forum: Any = SimpleNamespace(
            id=70,
            available_tags=[SimpleNamespace(id=500, name="খেলা"), tag],
            flags=SimpleNamespace(require_tag=False),
            guild=SimpleNamespace(id=77, me=SimpleNamespace(id=5)),
        )
        self._is_forum, self._news, self._away = forum, news, away

    def forum(self, number: str) -> Any:  # noqa: ANN401 - stands in for the library's
        return self._forum if self._is_forum and number == "70" else None

    def is_announcement(self, number: str) -> bool:
        del number
        return self._news

    def outage(self, number: str) -> bool:
        del number
        return self._away


@asynccontextmanager
async def _account(
    folder: Path, *answers: Says, publish: bool = False, **seen: bool
) -> AsyncIterator[tuple[DiscordAccount, ScriptedApi]]:
    async with ScriptedApi(*answers) as api, a_world(folder) as world:
        rest = Rest(api.base, "token")
        await rest.open()
        buttons = Buttons(world.core.store, ROOM)
        try:
            yield DiscordAccount(rest, facts_of(_Seen(**seen), rest), buttons, world.clock, publish=publish), api
        finally:
            await rest.close()


def _no(code: int, status: int = 403) -> Says:
    return Says(status, {"message": "?", "code": code})


async def test_a_post_has_a_nonce_that_is_the_same_for_every_try(tmp_path: Path) -> None:
    async with _account(tmp_path) as (account, api):
        assert await account.send(CHANNEL, CARD, "1-2-3") == Sent("1")
        assert await account.send(CHANNEL, CARD, "1-2-3", silent=True) == Sent("2")
        first, second = (asked.body for asked in api.asked)
        assert first["nonce"] == second["nonce"] == nonce("1-2-3", 0)
        assert first["enforce_nonce"] is True
        assert (first["flags"], second["flags"]) == (1 << 15, 1 << 15 | 1 << 12)
        assert first["allowed_mentions"] == {"parse": []}


async def test_a_thread_is_written_to_by_its_own_number(tmp_path: Path) -> None:
    async with _account(tmp_path) as (account, api):
        await account.send(Target("discord", "70", "71"), CARD, "k")
        assert api.asked[0].path == "/channels/71/messages"


async def test_an_answer_names_what_it_answers(tmp_path: Path) -> None:
    async with _account(tmp_path) as (account, api):
        await account.send(CHANNEL, plain("✏️ সংশোধনী"), "k", answers=Ref(CHANNEL, "900"))
        assert api.asked[0].body["message_reference"] == {"message_id": "900", "fail_if_not_exists": False}


async def test_a_long_list_goes_in_parts_and_is_edited_part_by_part(tmp_path: Path) -> None:
    async with _account(tmp_path) as (account, api):
        sent = await account.send(CHANNEL, LONG, "k")
        assert isinstance(sent, Sent)
        assert sent.ref.split() == [str(at) for at in range(1, len(api.asked) + 1)]
        parts = len(api.asked)
        assert parts > 1
        assert len({asked.body["nonce"] for asked in api.asked}) == parts
        edited = await account.edit(Ref(CHANNEL, sent.ref), plain("প্রত্যাহার"))
        assert edited == Sent("1")
        after = api.asked[parts:]
        assert [asked.method for asked in after] == ["PATCH", *["DELETE"] * (parts - 1)]
        assert after[0].body["content"] is None, "one in bare text becomes a card too"


async def test_what_arrived_of_a_long_one_stays(tmp_path: Path) -> None:
    async with _account(tmp_path, Says(200, {"id": "900"}), _no(50013)) as (account, _):
        assert await account.send(CHANNEL, LONG, "k") == Sent("900")


async def test_what_is_refused_as_a_card_can_be_said_in_bare_text(tmp_path: Path) -> None:
    async with _account(tmp_path, _no(50035, 400)) as (account, api):
        assert isinstance(await account.send(CHANNEL, CARD, "k"), Refused), "whoever can draw it plainer asks again"
        assert await account.send_plain(CHANNEL, CARD) == Sent("2")
        assert "components" not in api.asked[1].body
    async with _account(tmp_path, _no(50035, 400)) as (account, _):
        assert isinstance(await account.send_plain(CHANNEL, CARD), Refused)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (_no(50013), Closed),
        (_no(10003, 404), Gone),
        (_no(50007), Gone),
        (Says(0), Unknown),
        (Says(502, "<html>"), Unknown),
        (Says(503, "<html>"), Unavailable),
        (Says(429, {"retry_after": 2, "global": False}, {"X-RateLimit-Scope": "user"}), Postponed),
    ],
)
async def test_a_send_comes_to_what_the_answer_means(tmp_path: Path, answer: Says, kind: type) -> None:
    async with _account(tmp_path, answer) as (account, api):
        assert isinstance(await account.send(CHANNEL, CARD, "k"), kind)
        assert len(api.asked) == 1


async def test_while_its_server_is_away_a_channel_is_not_gone(tmp_path: Path) -> None:
    async with _account(tmp_path, _no(10003, 404), away=True) as (account, _):
        assert isinstance(await account.send(CHANNEL, CARD, "k"), Unavailable)


async def test_who_is_shut_out_is_told_of(tmp_path: Path) -> None:
    told: list[Target] = []

    async def shut_out(target: Target) -> None:
        told.append(target)

    async with _account(tmp_path, _no(50013)) as (account, _):
        account.shut_out = shut_out
        await account.send(CHANNEL, CARD, "k")
        await account.send(CHANNEL, CARD, "k")
        assert told == [CHANNEL]


async def test_nothing_to_say_is_not_sent(tmp_path: Path) -> None:
    async with _account(tmp_path) as (account, api):
        assert isinstance(await account.send(CHANNEL, Message(()), "k"), Refused)
        assert isinstance(await account.edit(Ref(CHANNEL, "1"), Message(())), Refused)
        assert api.asked == []


async def test_a_message_that_was_deleted_is_lost(tmp_path: Path) -> None:
    async with _account(tmp_path, _no(10008, 404)) as (account, _):
        assert isinstance(await account.edit(Ref(CHANNEL, "1"), CARD), Lost)


async def test_once_its_nonce_may_be_forgotten_a_message_is_looked_for(tmp_path: Path) -> None:
    def lying(data: str) -> dict[str, Any]:
        return {"id": "900", "components": [{"type": 17, "components": [{"type": 2, "custom_id": data}]}]}

    async with _account(tmp_path, Says(0), Says(200, {"id": "2"})) as (account, api):
        assert isinstance(await account.send(CHANNEL, CARD, "k"), Unknown)
        await account.send(CHANNEL, CARD, "k")
        assert [asked.method for asked in api.asked] == ["POST", "POST"], "within minutes the platform knows its nonce"
    for data, result, methods in (
        ("1.story:story=n7,form=-full", Sent("900"), ["POST", "GET"]),
        ("1.story:story=n8,form=-full", Sent("3"), ["POST", "GET", "POST"]),
    ):
        async with _account(tmp_path, Says(0), Says(200, [lying(data)])) as (account, api):
            await account.send(CHANNEL, CARD, "k")
            account._doubts._time = lambda: monotonic() + 200
            assert await account.send(CHANNEL, CARD, "k") == result
            assert [asked.method for asked in api.asked] == methods


# --- forums ---


async def test_in_a_forum_a_story_is_a_post_with_its_topics_tag(tmp_path: Path) -> None:
    made = Says(201, {"id": "800", "message": {"id": "800"}})
    async with _account(tmp_path, made, forum=True) as (account, api):
        sent = await account.send(CHANNEL, CARD, "k")
        assert sent == Sent("800/800")
        asked = api.asked[0]
        assert asked.path == "/channels/70/threads"
        assert asked.body["name"] == ARTICLE.headline
        assert asked.body["applied_tags"] == ["501"]
        assert asked.body["message"]["components"]
        await account.edit(Ref(CHANNEL, "800/800"), CARD)
        assert (api.asked[1].method, api.asked[1].path) == ("PATCH", "/channels/800/messages/800")
        await account.send(CHANNEL, plain("✏️"), "n", answers=Ref(CHANNEL, "800/800"))
        assert api.asked[2].path == "/channels/800/messages", "what answers a post stands in it"


_TAKEN_BACK = withdrawn(ARTICLE, "ভুল ছিল", "", VIEW, at=NOW, bot_name="খবর")


@pytest.mark.parametrize(
    ("refusals", "body"),
    [(0, {"name": "🚫 খবরটি প্রত্যাহার করা হয়েছে"}), (1, {"archived": True, "locked": True}), (2, {"archived": True})],
)
async def test_a_posts_title_changes_with_a_withdrawal_or_the_post_is_closed(
    tmp_path: Path, refusals: int, body: dict[str, Any]
) -> None:
    answers = (Says(200, {"id": "800"}), *[_no(50013)] * refusals)
    async with _account(tmp_path, *answers, forum=True) as (account, api):
        assert await account.edit(Ref(CHANNEL, "800/800"), _TAKEN_BACK) == Sent("800/800")
        asked = api.asked[-1]
        assert (asked.method, asked.path, asked.body) == ("PATCH", "/channels/800", body)
        assert ARTICLE.headline not in str(asked.body)


async def test_a_post_whose_title_must_stay_is_not_reached(tmp_path: Path) -> None:
    answers = (Says(200, {"id": "800"}), *[_no(50013)] * 3)
    async with _account(tmp_path, *answers, forum=True) as (account, api):
        assert isinstance(await account.edit(Ref(CHANNEL, "800/800"), _TAKEN_BACK), Lost)
        assert len(api.asked) == 4


async def test_a_change_that_admits_no_error_leaves_the_title(tmp_path: Path) -> None:
    async with _account(tmp_path, forum=True) as (account, api):
        await account.edit(Ref(CHANNEL, "800/800"), CARD)
        await account.edit(Ref(CHANNEL, "900"), _TAKEN_BACK)
        assert [asked.path for asked in api.asked] == ["/channels/800/messages/800", "/channels/70/messages/900"]


async def test_a_post_that_may_have_arrived_is_looked_for_before_another_is_made(tmp_path: Path) -> None:
    there = {"id": "800", "parent_id": "70", "name": ARTICLE.headline, "owner_id": "5"}
    others = {**there, "id": "799", "owner_id": "6"}
    async with _account(tmp_path, Says(0), Says(200, {"threads": [others, there]}), forum=True) as (account, api):
        assert isinstance(await account.send(CHANNEL, CARD, "k"), Unknown)
        assert await account.send(CHANNEL, CARD, "k") == Sent("800/800")
        assert [asked.method for asked in api.asked] == ["POST", "GET"]
    async with _account(tmp_path, Says(0), Says(200, {"threads": [others]}), forum=True) as (account, api):
        await account.send(CHANNEL, CARD, "k")
        await account.send(CHANNEL, CARD, "k")
        assert [asked.method for asked in api.asked] == ["POST", "GET", "POST"]


async def test_a_post_that_was_archived_is_opened_to_be_corrected(tmp_path: Path) -> None:
    async with _account(tmp_path, _no(50083, 400), Says(200, {}), Says(200, {"id": "1"})) as (account, api):
        assert await account.edit(Ref(CHANNEL, "800/801"), CARD) == Sent("800/801")
        assert [(asked.method, asked.path) for asked in api.asked] == [
            ("PATCH", "/channels/800/messages/801"),
            ("PATCH", "/channels/800"),
            ("PATCH", "/channels/800/messages/801"),
        ]


# --- announcements ---


async def test_an_announcement_is_published_where_that_was_asked_for(tmp_path: Path) -> None:
    async with _account(tmp_path, publish=True, news=True) as (account, api):
        assert await account.send(CHANNEL, CARD, "k") == Sent("1")
        assert api.asked[1].path == "/channels/70/messages/1/crosspost"
    async with _account(tmp_path, news=True) as (account, api):
        await account.send(CHANNEL, CARD, "k")
        assert len(api.asked) == 1


async def test_a_choice_too_long_for_a_button_is_kept(tmp_path: Path) -> None:
    sought = call("search", words=Text("মুক্তিযুদ্ধের ইতিহাস ও সংস্কৃতি কেন্দ্র"))
    message = Message((paragraph("x"), Choices(((Choice("ফলো", sought),),))))
    async with _account(tmp_path) as (account, api):
        await account.send(CHANNEL, message, "k")
        sent = api.asked[0].body["components"][1]["components"][0]["custom_id"]
        assert sent.startswith("^~")
        assert await account._buttons.read(unmarked(sent)[0]) == sought
