"""Nothing secret and nothing of a reader's stands in a log.

Neither at DEBUG nor in an error, and in no file but the archive.
"""

from __future__ import annotations

import io
import logging
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from bot.running import logs
from tests.e2e.telegram_bot import running
from tests.fakes.telegram import FakeTelegram, Fault
from tests.fakes.world import a_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.anyio
QUERY = "কাকাতুয়াখোঁজ"
READER = 7_141_592_653
OTHER = 7_271_828_182


@contextmanager
def _logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Log as the program does at DEBUG, into this."""
    root, written = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.OTHERS}
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", written)
        logs.configure("DEBUG")
    try:
        yield written
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        for name, was in levels.items():
            logging.getLogger(name).setLevel(was)


async def test_what_a_reader_is_and_asks_and_the_token_stand_in_no_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _logged(monkeypatch) as written:
        logging.getLogger("bot").debug("the log is at work")
        async with FakeTelegram() as telegram, a_world(tmp_path) as world, running(world, telegram):
            reader, other = telegram.private(READER), telegram.private(OTHER)
            await world.add("নদীর ঘাটে নতুন সেতু")
            await telegram.says(reader, f"/search {QUERY}")
            await telegram.until(lambda: bool(reader.messages))
            await telegram.types(QUERY, by=READER)
            await telegram.until(lambda: bool(telegram.inline))
            await telegram.says(reader, f"ফলো {QUERY} এলেই")
            await telegram.until(lambda: len(reader.messages) == 2)
            telegram.faults += [
                Fault("sendMessage", READER, status=400, description=f"Bad Request: {READER} cannot take it"),
                Fault("sendMessage", READER, body="<html>"),
            ]
            await telegram.says(reader, QUERY)
            await telegram.says(other, "/help")
            await telegram.until(lambda: len(reader.messages) == 3)
            await telegram.joins(other, was="member", now="kicked", by=OTHER)
            await telegram.update(message={"message_id": 1, "date": QUERY, "from": {"id": READER}})
            await telegram.says(reader, "/help")
            await telegram.until(lambda: len(reader.messages) == 4)
            token = telegram.token
    said = written.getvalue()
    assert "the log is at work" in said
    for secret in (token, token.partition(":")[2], QUERY, str(READER), str(OTHER)):
        assert secret not in said, [line[:300] for line in said.splitlines() if secret in line][:5]
        found = [path.name for path in tmp_path.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]
        assert set(found) <= {"khobor.db", "khobor.db-wal"}
