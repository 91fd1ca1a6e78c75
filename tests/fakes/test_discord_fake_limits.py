"""The fake of Discord.

How much its API takes, and what goes wrong when a test says so.
"""

from __future__ import annotations

import time

import aiohttp
import pytest

from tests.fakes.discord import Fault, Limit
from tests.fakes.discord.driving import a_place
from tests.fakes.discord.limits import Sliding, busiest

pytestmark = pytest.mark.anyio


async def test_a_client_that_reads_the_headers_draws_no_429() -> None:
    async with a_place() as place:
        place.there.api.buckets.per_route["POST /channels/{channel}/messages"] = Limit(3, 0.15)
        for number in range(7):
            await place.open().send(str(number))
        assert len(place.channel.texts) == 7
        assert place.there.api.limited == []


async def test_one_that_does_not_is_refused() -> None:
    async with a_place(strict=True) as place, aiohttp.ClientSession() as web:
        there = place.there
        url, headers = f"{there.api_base}/channels/{place.channel.id}/messages", {"Authorization": f"Bot {there.token}"}
        answers = [await web.post(url, json={"content": "x"}, headers=headers) for _ in range(6)]
        assert [one.status for one in answers] == [200] * 5 + [429]
        limited = answers[-1]
        assert limited.headers["Content-Type"] == "application/json"
        assert (limited.headers["X-RateLimit-Remaining"], limited.headers["X-RateLimit-Scope"]) == ("0", "user")
        assert limited.headers["Via"]
        assert 0 < (await limited.json())["retry_after"] <= 5
        assert len({one.headers["X-RateLimit-Bucket"] for one in answers}) == 1
        assert len(there.api.limited) == 1
        assert len(place.channel.texts) == 5


async def test_all_requests_together_are_limited_but_not_answers_to_interactions() -> None:
    async with a_place() as place, aiohttp.ClientSession() as web:
        there = place.there
        there.api.overall = Sliding(Limit(3, 600.0))
        headers = {"Authorization": f"Bot {there.token}"}
        answers = [await web.get(f"{there.api_base}/users/@me", headers=headers) for _ in range(4)]
        assert [one.status for one in answers] == [200, 200, 200, 429]
        body = await answers[-1].json()
        assert (body["global"], answers[-1].headers["X-RateLimit-Global"]) == (True, "true")
        other = await web.post(f"{there.api_base}/interactions/1/x/callback", json={"type": 4})
        assert (other.status, (await other.json())["code"]) == (404, 10062)


def test_the_busiest_second_is_found() -> None:
    assert busiest([]) == 0
    assert busiest([0.0, 0.5, 0.99, 1.0, 1.4, 3.0]) == 4
    window = Sliding(Limit(2, 1.0))
    assert [window.wait(now) for now in (0.0, 0.5, 0.75, 1.0)] == [0.0, 0.0, 0.25, 0.0]


async def test_whoever_goes_on_asking_in_vain_is_shut_out() -> None:
    async with a_place() as place:
        place.there.api.invalid = Sliding(Limit(2, 600.0))
        place.there.faults.append(Fault("messages", times=3, code=50013))
        path = f"/channels/{place.channel.id}/messages"
        for _ in range(3):
            assert await place.code("POST", path, {"content": "x"}) == 50013
        error = await place.refused("POST", path, {"content": "x"})
        assert (error.status, error.code, "Cloudflare" in error.text) == (429, 0, True)


async def test_faults_meet_what_they_are_meant_for() -> None:
    async with a_place() as place:
        there, path = place.there, f"/channels/{place.channel.id}/messages"
        there.faults.append(Fault("POST .*messages", retry_after=0.02))
        await place.open().send("পরে")
        assert [call.status for call in there.called("POST /channels/{channel}/messages")] == [429, 200]
        there.faults.append(Fault("messages", status=503, body="upstream connect error"))
        assert (await place.refused("POST", path, {"content": "x"})).text == "upstream connect error"
        there.faults.append(Fault("messages", code=160005))
        assert await place.code("POST", path, {"content": "x"}) == 160005
        await place.ask("GET", "/gateway")
        assert place.channel.texts == ["পরে"]


@pytest.mark.parametrize(("cut", "lying"), [("before", []), ("after", ["খবর"])])
async def test_a_connection_is_cut_before_or_after_the_request_is_carried_out(cut: str, lying: list[str]) -> None:
    async with a_place() as place:
        place.there.faults.append(Fault("messages", cut=cut))
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await place.open().send("খবর", nonce="n-1")
        assert place.channel.texts == lying
        await place.open().send("খবর", nonce="n-1")
        assert place.channel.texts == ["খবর"]


async def test_an_answer_may_take_its_time_and_all_is_noted() -> None:
    async with a_place() as place:
        place.there.faults.append(Fault("messages", delay=0.05))
        began = time.monotonic()
        await place.open().send("খবর")
        assert time.monotonic() - began > 0.04
        call = place.there.calls[-1]
        assert (call.method, call.path) == ("POST", f"/channels/{place.channel.id}/messages")
        assert (call.body["content"], call.status, call.answer["id"]) == ("খবর", 200, place.channel.last.id)
        assert began <= call.at <= time.monotonic()


async def test_what_the_fake_cannot_cope_with_is_told_in_the_end() -> None:
    async def stumble() -> None:
        async with a_place() as place, aiohttp.ClientSession() as web:
            url = f"{place.there.api_base}/channels/{place.channel.id}/messages"
            headers = {"Authorization": f"Bot {place.there.token}"}
            assert (await web.post(url, json={"embeds": [5]}, headers=headers)).status == 500

    with pytest.raises(ExceptionGroup):
        await stumble()


async def test_without_a_token_nothing_is_told() -> None:
    async with a_place() as place, aiohttp.ClientSession() as web:
        got = await web.get(f"{place.there.api_base}/users/@me", headers={"Authorization": "Bot x"})
        assert (got.status, await got.json()) == (401, {"message": "401: Unauthorized", "code": 0})
