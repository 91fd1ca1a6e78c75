from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from telegram import Update
from telegram.error import Conflict, NetworkError

from handlers.platforms.telegram import polling
from handlers.platforms.telegram.polling import InOrder, Progress, confirm, poll

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.anyio


def _came(number: int, chat: int) -> dict[str, Any]:
    message = {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}, "text": str(number)}
    return {"update_id": number, "message": message}


def _update(number: int, chat: int) -> Update:
    return Update.de_json(_came(number, chat))


class _Bot:
    """Answers as scripted, then never again; keeps from where it was asked."""

    def __init__(self, *answers: Sequence[dict[str, Any]] | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[int, int]] = []
        self.done = asyncio.Event()

    async def fetch(self, after: int, held: int) -> Sequence[dict[str, Any]]:
        self.asked.append((after, held))
        if not self.answers:
            self.done.set()
            if held:
                await asyncio.Event().wait()
            return ()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def offsets(self) -> list[int]:
        return [after for after, _ in self.asked]


async def _polled(bot: _Bot, answering: InOrder, progress: Progress | None = None) -> list[str]:
    told: list[str] = []

    async def alert(text: str) -> None:
        told.append(text)

    task = asyncio.create_task(poll(bot, answering, alert, progress or Progress()))
    await asyncio.wait({asyncio.create_task(bot.done.wait()), task}, return_when=asyncio.FIRST_COMPLETED)
    task.cancel()
    await asyncio.wait({task})
    return told


async def _ignored(_update: Update) -> None:
    """Answer nothing."""


async def test_updates_of_one_chat_are_answered_in_their_order_and_those_of_others_meanwhile() -> None:
    gates = {1: asyncio.Event(), 2: asyncio.Event()}
    log: list[str] = []

    async def handle(update: Update) -> None:
        log.append(f"begun {update.update_id}")
        if update.update_id in gates:
            await gates[update.update_id].wait()
        log.append(f"done {update.update_id}")

    answering = InOrder(handle)
    tasks = [answering.begin(_update(number, chat)) for number, chat in ((1, 5), (2, 5), (3, 6))]
    await tasks[2]
    assert log == ["begun 1", "begun 3", "done 3"]
    gates[2].set()
    gates[1].set()
    await answering.finish(60)
    assert log[3:] == ["done 1", "begun 2", "done 2"]


async def test_a_batch_is_confirmed_once_it_is_answered() -> None:
    answered: list[int] = []

    async def handle(update: Update) -> None:
        answered.append(update.update_id)

    bot = _Bot([_came(7, 1), _came(8, 2)], [_came(9, 1)])
    await _polled(bot, InOrder(handle))
    assert answered == [7, 8, 9]
    assert bot.offsets == [0, 9, 10]


async def test_what_was_begun_does_not_come_again_after_a_connection_failed() -> None:
    progress = Progress()
    first, second = _Bot([_came(7, 1)], RuntimeError("a fault of ours")), _Bot()
    for bot in (first, second):
        await _polled(bot, InOrder(_ignored), progress)
    assert (first.offsets, second.offsets) == ([0, 8], [8])


async def test_at_the_end_the_last_answers_are_confirmed_and_only_once() -> None:
    bot, progress = _Bot([_came(7, 1)]), Progress()
    task = asyncio.create_task(poll(bot, InOrder(_never), _untold, progress))
    while not progress.begun:  # noqa: ASYNC110 - the loop's next step
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})
    await confirm(bot, progress)
    await confirm(bot, progress)
    assert bot.asked == [(0, polling.HELD), (8, 0)]


async def _never(_update: Update) -> None:
    await asyncio.Event().wait()


async def _untold(_text: str) -> None:
    raise AssertionError


async def test_what_cannot_be_read_keeps_nobody_else_waiting(caplog: pytest.LogCaptureFixture) -> None:
    answered: list[int] = []

    async def handle(update: Update) -> None:
        answered.append(update.update_id)

    odd = {"update_id": 8, "message": {"text": "গোপন কথা"}}
    bot = _Bot([_came(7, 1), odd, _came(9, 2)])
    await _polled(bot, InOrder(handle))
    assert answered == [7, 9]
    assert bot.offsets == [0, 10]
    assert "update 8" in caplog.text
    assert "গোপন" not in caplog.text


@pytest.mark.parametrize("number", [None, "8", 8.0, True, -1, [], {}, 10**30, 1 << 31])
async def test_what_has_no_number_moves_nothing_and_keeps_nobody_waiting(
    number: object, caplog: pytest.LogCaptureFixture
) -> None:
    answered: list[int] = []

    async def handle(update: Update) -> None:
        answered.append(update.update_id)

    odd = {**_came(8, 1), "update_id": number}
    bot = _Bot([odd, _came(9, 2)], [_came(10, 2)])
    await _polled(bot, InOrder(handle))
    assert answered == [9, 10]
    assert bot.offsets == [0, 10, 11]
    assert [one.getMessage() for one in caplog.records] == ["something that is no update came"]


@pytest.mark.parametrize("came", [[], [None], ["x"], [[]], [{}], [{"update_id": "8"}]])
async def test_a_server_that_holds_no_answer_is_not_asked_as_fast_as_it_answers(
    came: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    async def rest(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", rest)
    bot = _Bot(came, came, came, [_came(4, 1)])
    await _polled(bot, InOrder(_ignored))
    assert waited == [polling.FIRST_WAIT, 2 * polling.FIRST_WAIT, 4 * polling.FIRST_WAIT]
    assert bot.offsets == [0, 0, 0, 0, 5]


async def test_a_network_that_is_gone_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "FIRST_WAIT", 0.0)
    bot = _Bot(NetworkError("x"), NetworkError("x"), [_came(4, 1)])
    await _polled(bot, InOrder(_ignored))
    assert bot.offsets == [0, 0, 0, 5]


async def test_a_second_program_on_the_same_bot_is_told_to_the_admins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "LONGEST_WAIT", 0.0)
    monkeypatch.setattr(polling, "FIRST_WAIT", 0.0)
    other = Conflict("terminated by other getUpdates request")
    # One that comes once may end as soon as it meets this one.
    assert len(await _polled(_Bot(other, [_came(4, 1)]), InOrder(_ignored))) == 0
    assert len(await _polled(_Bot(other, other, other, [_came(4, 1)]), InOrder(_ignored))) == 1
