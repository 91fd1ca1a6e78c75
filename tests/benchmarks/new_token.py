"""A new token on the archive of another bot.

Many chats were met by a bot that runs no more; some write to the new one. The new bot begins, a story is pushed on a
strict window of 30 messages a second, and the first of the new ask something meanwhile. The new are served within a
minute, and the old cause no call and no row.

python -m tests.benchmarks.new_token [--json] [--old N] [--new N] [--people N]
"""

from __future__ import annotations

import asyncio
import logging
import resource
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import opened
from bot.clockwork.clock import system_clock
from bot.running.settings import Settings
from bot.values.articles import FullText, Push
from tests.benchmarks.audience import ACCOUNT, fill
from tests.benchmarks.fanout import ENTRY
from tests.benchmarks.report import Result, arguments, tell
from tests.benchmarks.telegram_load import answering, store_entry
from tests.benchmarks.windows import LIMIT
from tests.fakes.telegram import FakeTelegram

if TYPE_CHECKING:
    import argparse

    from bot.running.core import Core
    from bot.values.articles import Source

OLD_BOT, NEW_BOT = 1, 2
FIRST = 200_000_001
"""The first of the new chats; the old ones have smaller numbers."""
PERSON = 1_000
WITHIN = 60.0
_MEET = """
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
INSERT INTO chats (platform, external_id, account, language, zone, mode, digest_times, quiet_from, quiet_to, cap,
    created_at) SELECT 'telegram', ? + i, ?, 'bn', 'Asia/Dhaka', 3, '', 0, 0, 1000000, 0 FROM n
"""
_FOLLOW = (
    "INSERT INTO subscriptions (term_id, chat_id, created_at) "
    "SELECT t.id, c.id, 0 FROM terms t, chats c WHERE t.kind = 'all' AND c.account = ?"
)


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, old=100_000, new=1000, people=20)
    logging.disable(logging.WARNING)
    figures = asyncio.run(_measure(asked))
    seconds, least = figures["the new have the story, s"], asked.new / LIMIT
    disturbed = figures["calls for old chats"] + figures["rows for old chats"] + figures["refused for haste"]
    result = Result(
        name="new_token",
        sizes={"chats of another token": asked.old, "new chats": asked.new, "people who ask": asked.people},
        figures=figures,
        ratio=seconds / least,
        aim=f"the new within {WITHIN:g} s, no call and no row for the old; the ratio is to the least time",
        met=seconds <= WITHIN and not disturbed and figures["questions answered"] == asked.people,
    )
    tell(result, as_json=asked.json)


async def _measure(asked: argparse.Namespace) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "khobor.db")
        async with (
            opened(Settings(database_path=path, _env_file=None)) as core,
            FakeTelegram(strict=True, number=NEW_BOT) as telegram,
        ):
            source = await core.store.sources.add("benchmark", None, None, full_text=FullText.LINK, now=system_clock())
            fill(path, asked.old)
            await core.store.accounts.begin(ACCOUNT, str(OLD_BOT))
            for number in range(asked.new):
                telegram.private(FIRST + number)
            begun, spent = time.perf_counter(), _cpu()
            async with answering(core, int(telegram.base.rpartition(":")[2])):
                await telegram.says(telegram.private(PERSON - 1), "/help")
                await telegram.until(lambda: bool(telegram.private(PERSON - 1).messages))
                ready = time.perf_counter() - begun
                _meet(path, asked.new)
                return {
                    "the bot has begun, s": ready,
                    **await _push(core, source, telegram, asked),
                    "CPU, s": _cpu() - spent,
                }


def _meet(path: Path, chats: int) -> None:
    """Let the new bot have met so many chats that follow everything."""
    account = f"telegram:{NEW_BOT}"
    with sqlite3.connect(path, timeout=30) as raw:
        raw.execute(_MEET, (chats, FIRST, account))
        raw.execute(_FOLLOW, (account,))
    raw.close()


async def _push(core: Core, source: Source, telegram: FakeTelegram, asked: argparse.Namespace) -> dict[str, float]:
    begun = time.perf_counter()
    await store_entry(core, source, ENTRY, push=Push.NOW)
    people = [telegram.private(PERSON + number) for number in range(asked.people)]
    for person in people:
        await telegram.says(person, "/help")
    new = [telegram.chats[FIRST + number] for number in range(asked.new)]
    await telegram.until(lambda: all(chat.messages for chat in (*people, *new)), 10 * WITHIN)
    seconds = time.perf_counter() - begun
    known = {chat.id for chat in (*people, *new)} | {PERSON - 1}
    calls = [values for _, values in telegram.requests if values.get("chat_id") and int(values["chat_id"]) not in known]
    rows = await core.store._database.read(  # type: ignore[attr-defined]
        lambda db: db.rows("SELECT count(*) FROM deliveries WHERE account = ?", ACCOUNT)
    )
    return {
        "the new have the story, s": seconds,
        "the least that so many messages can take, s": asked.new / LIMIT,
        "new chats with it once": float(sum(len(chat.messages) == 1 for chat in new)),
        "questions answered": float(sum(bool(person.messages) for person in people)),
        "calls for old chats": float(len(calls)),
        "rows for old chats": float(rows[0][0]),
        "refused for haste": float(telegram.refused),
    }


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
