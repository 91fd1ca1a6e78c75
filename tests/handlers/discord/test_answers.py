from __future__ import annotations

from datetime import timedelta

import pytest

from bot.ports.platform import Barred, Closed, Gone, Lost, Postponed, Refused, Scope, SendResult, Unavailable, Unknown
from handlers.platforms.discord import answers
from handlers.platforms.discord.rest import ApiError, DoubtfulError, LimitedError, NotSentError

CASES: list[tuple[Exception, SendResult]] = [
    (LimitedError(3.5, Scope.CHAT), Postponed(timedelta(seconds=3.5), Scope.CHAT)),
    (LimitedError(60, Scope.ACCOUNT), Postponed(timedelta(seconds=60), Scope.ACCOUNT)),
    (NotSentError("no connection"), Unavailable("no connection")),
    (DoubtfulError("reset"), Unknown("reset")),
    (ApiError(401, 0, "401: Unauthorized"), Barred("the platform does not know this token")),
    (ApiError(403, 40001, "Unauthorized"), Barred("the platform does not know this token")),
    (ApiError(404, 10003, "Unknown Channel"), Gone("the channel was deleted")),
    (ApiError(403, 50001, "Missing Access"), Closed("no right to write")),
    (ApiError(403, 50013, "Missing Permissions"), Closed("no right to write")),
    (ApiError(403, 50007, "Cannot send messages to this user"), Gone("blocked: takes no direct messages")),
    (ApiError(400, 50083, "Thread is archived"), Closed("no right: the thread is archived")),
    (ApiError(403, 160005, "Thread is locked"), Closed("no right: the thread is locked")),
    (ApiError(404, 10008, "Unknown Message"), Lost("the message was deleted")),
    (ApiError(403, 50005, "Cannot edit"), Lost("it is another's message")),
    (ApiError(400, 20028, "write rate limit"), Postponed(timedelta(seconds=30), Scope.CHAT)),
    (ApiError(429, 30046, "edits"), Postponed(timedelta(minutes=10), Scope.CHAT)),
    (ApiError(400, 50035, "Invalid Form Body"), Refused("400 50035: Invalid Form Body")),
    (ApiError(500, 0, "500: Internal Server Error"), Unknown("500 0: 500: Internal Server Error")),
    (ApiError(503, 0, "overloaded"), Unavailable("503 0: overloaded")),
    (ApiError(403, 99999, "something new"), Closed("no right to write")),
    (ApiError(404, 99999, "something new"), Gone("not found")),
    (ApiError(400, 99999, "something new"), Refused("400 99999: something new")),
    (KeyError("id"), Unknown("KeyError")),
]


@pytest.mark.parametrize(("error", "result"), CASES, ids=lambda one: str(one)[:40])
def test_each_answer_is_the_ports_it_is(error: Exception, result: SendResult) -> None:
    assert answers.after(error) == result


def test_a_thread_that_is_gone_leaves_its_channel() -> None:
    assert answers.after(ApiError(404, 10003, "Unknown Channel"), thread=True) == Closed("the channel was deleted")
