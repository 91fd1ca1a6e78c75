"""Each answer told for what it is, over a real connection."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.ports.platform import Scope
from handlers.platforms.discord.limits import Refusals
from handlers.platforms.discord.rest import ApiError, DoubtfulError, LimitedError, NotSentError, Rest, RestRoute
from tests.handlers.discord.api import Says, ScriptedApi

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.anyio
POST = RestRoute("POST", "/channels/{}/messages", ("70",))
CALLBACK = RestRoute("POST", "/interactions/{}/{}/callback", ("1", "secret"))


@asynccontextmanager
async def _rest(*answers: Says) -> AsyncIterator[tuple[Rest, ScriptedApi]]:
    async with ScriptedApi(*answers) as api:
        rest = Rest(api.base, "token")
        await rest.open()
        try:
            yield rest, api
        finally:
            await rest.close()


async def test_a_request_carries_the_token_and_bengali_as_it_is() -> None:
    async with _rest() as (rest, api):
        assert await rest.call(POST, {"content": "খবর"}) == {"id": "1"}
        asked = api.asked[0]
        assert (asked.method, asked.path, asked.authorization) == ("POST", "/channels/70/messages", "Bot token")
        assert asked.body == {"content": "খবর"}


async def test_half_a_character_keeps_no_message_back() -> None:
    async with _rest() as (rest, api):
        await rest.call(POST, {"content": "খবর \ud83d"})
        assert api.asked[0].body == {"content": "খবর ?"}


async def test_an_answer_without_a_body_is_none() -> None:
    async with _rest(Says(204)) as (rest, _):
        assert await rest.call(POST) is None


async def test_the_apis_own_words_are_told_with_their_number() -> None:
    refused = {"message": "Invalid Form Body", "code": 50035, "errors": {"components": "x"}}
    async with _rest(Says(400, refused)) as (rest, _):
        with pytest.raises(ApiError) as caught:
            await rest.call(POST, {})
        assert (caught.value.status, caught.value.code) == (400, 50035)
        assert "components" in caught.value.said


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_somebody_elses_5xx_leaves_a_doubt(status: int) -> None:
    async with _rest(Says(status, "<html>")) as (rest, api):
        with pytest.raises(DoubtfulError):
            await rest.call(POST, {})
        assert len(api.asked) == 1, "nothing is tried twice here"


@pytest.mark.parametrize("status", [403, 404, 503])
async def test_what_somebody_else_refused_was_not_sent(status: int) -> None:
    async with _rest(Says(status, "<html>")) as (rest, _):
        with pytest.raises(NotSentError):
            await rest.call(POST, {})


async def test_a_connection_that_ends_leaves_a_doubt_and_none_at_all_does_not() -> None:
    async with _rest(Says(0)) as (rest, _):
        with pytest.raises(DoubtfulError):
            await rest.call(POST, {})
    rest = Rest("http://127.0.0.1:9", "token")
    await rest.open()
    with pytest.raises(NotSentError):
        await rest.call(POST, {})
    await rest.close()
    with pytest.raises(NotSentError):
        await rest.call(POST, {})


async def test_an_error_names_no_token() -> None:
    async with _rest(Says(0)) as (rest, _):
        with pytest.raises(DoubtfulError) as caught:
            await rest.call(CALLBACK, {})
        assert "secret" not in str(caught.value)


async def test_a_bucket_that_is_empty_is_left_alone() -> None:
    empty = {"X-RateLimit-Bucket": "b", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "4.5"}
    async with _rest(Says(200, {"id": "1"}, empty)) as (rest, api):
        await rest.call(POST, {})
        with pytest.raises(LimitedError) as caught:
            await rest.call(POST, {})
        assert caught.value.scope is Scope.CHAT
        assert 4 < caught.value.wait <= 4.5
        assert len(api.asked) == 1


async def test_a_429_says_whom_it_means() -> None:
    mine = Says(429, {"retry_after": 3.0, "global": False}, {"X-RateLimit-Scope": "user", "Via": "1.1 x"})
    all_of_it = Says(429, {"retry_after": 9.0, "global": True}, {"X-RateLimit-Scope": "global", "Via": "1.1 x"})
    async with _rest(mine, all_of_it) as (rest, api):
        with pytest.raises(LimitedError) as caught:
            await rest.call(POST, {})
        assert (caught.value.scope, caught.value.wait) == (Scope.CHAT, 3.0)
        other = RestRoute("POST", "/channels/{}/messages", ("71",))
        with pytest.raises(LimitedError) as caught:
            await rest.call(other, {})
        assert (caught.value.scope, caught.value.wait) == (Scope.ACCOUNT, 9.0)
        with pytest.raises(LimitedError):
            await rest.call(RestRoute("GET", "/users/@me"))
        assert len(api.asked) == 2, "while all have to wait nothing is sent"
        await rest.call(CALLBACK, {})
        assert len(api.asked) == 3, "answers to interactions are exempt"


async def test_a_429_that_is_not_the_apis_means_the_address() -> None:
    async with _rest(Says(429, "error code: 1015", {"Retry-After": "30"})) as (rest, _):
        with pytest.raises(LimitedError) as caught:
            await rest.call(POST, {})
        assert (caught.value.scope, caught.value.wait) == (Scope.ACCOUNT, 30.0)


async def test_who_may_wait_is_not_refused() -> None:
    short = Says(429, {"retry_after": 0.01, "global": False}, {"X-RateLimit-Scope": "user"})
    async with _rest(short) as (rest, api):
        assert await rest.call(POST, {}, patience=5) == {"id": "2"}
        assert len(api.asked) == 2


async def test_long_before_discord_shuts_us_out_we_keep_quiet() -> None:
    forbidden = [Says(403, {"message": "Missing Access", "code": 50001}) for _ in range(3)]
    async with _rest(*forbidden) as (rest, api):
        rest._refusals = Refusals(3, 600)
        for _ in range(3):
            with pytest.raises(ApiError):
                await rest.call(POST, {})
        with pytest.raises(LimitedError) as caught:
            await rest.call(POST, {})
        assert caught.value.scope is Scope.ACCOUNT
        assert len(api.asked) == 3


async def test_an_interactions_answer_carries_no_token_of_ours() -> None:
    async with _rest(Says(204)) as (rest, api):
        await rest.call(CALLBACK, {"type": 5})
        assert api.asked[0].authorization == ""
