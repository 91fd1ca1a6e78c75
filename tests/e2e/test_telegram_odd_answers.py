"""Answers that are none: a line in the log.

The rest goes on, and afterwards all is there.
"""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING

import pytest

from bot.delivery import throttle
from tests.e2e.telegram_bot import a_bot
from tests.fakes.telegram import Fault

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
HELP = "কীভাবে ব্যবহার করবেন"
LIMITED = '{"ok": false, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": %s}}'
CERTAIN = {
    "302": Fault("sendMessage", 7, status=302, body="<html>elsewhere</html>"),
    **{
        name: Fault("sendMessage", 7, status=429, body=LIMITED % said)
        for name, said in {"-5": "-5", "NaN": "NaN", "1e308": "1e308", "abc": '"abc"', "null": "null"}.items()
    },
    "429 in HTML": Fault("sendMessage", 7, status=429, body="<html>slow down</html>"),
    "a list": Fault("sendMessage", 7, status=429, body="[]"),
}
"""What was certainly not carried out."""
LOST = {
    "HTML": Fault("sendMessage", 7, body="<html>hello</html>"),
    "half": Fault("sendMessage", 7, body='{"ok": true, "resu'),
    "null": Fault("sendMessage", 7, body='{"ok": true, "result": null}'),
    "no number": Fault("sendMessage", 7, body='{"ok": true, "result": {"message_id": null}}'),
    "no number at all": Fault("sendMessage", 7, body='{"ok": true, "result": {}}'),
    "a word": Fault("sendMessage", 7, body='{"ok": true, "result": {"message_id": "abc"}}'),
}
"""What was carried out and is not known to have been."""


def _lines(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [one for one in caplog.records if one.levelno >= logging.WARNING]


@pytest.mark.parametrize("name", CERTAIN)
async def test_an_answer_comes_after_a_refusal_nobody_understands(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "USUAL_WAIT", 0.0)
    async with a_bot(tmp_path) as (_, telegram):
        reader, other = telegram.private(7), telegram.private(8)
        fault = CERTAIN[name]
        fault.times = 1
        telegram.faults.append(fault)
        await telegram.says(reader, "/help")
        await telegram.says(other, "/help")
        await telegram.until(lambda: bool(reader.messages) and bool(other.messages), 20)
        assert HELP in reader.last.text
    assert len(_lines(caplog)) <= 1
    assert not any(one.exc_info for one in caplog.records)


@pytest.mark.parametrize("name", LOST)
async def test_an_answer_without_a_number_is_doubtful_and_not_said_again(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with a_bot(tmp_path) as (world, telegram):
        reader = telegram.private(7)
        await telegram.says(reader, "ফলো সব এলেই")
        await telegram.until(lambda: bool(reader.messages))
        telegram.faults.append(Fault("sendMessage", 7, body=LOST[name].body))
        await world.add("নদীর ঘাটে নতুন সেতু")
        await world.spread()
        await telegram.until(lambda: len(reader.messages) == 2)
        await telegram.says(reader, "/help")
        await telegram.until(lambda: len(reader.messages) == 3)
    with sqlite3.connect(tmp_path / "khobor.db") as raw:
        assert raw.execute("SELECT unsure, state, message_id FROM deliveries").fetchall() == [(1, "waiting", None)]
    assert len(_lines(caplog)) <= 1
    assert not any(one.exc_info for one in caplog.records)
