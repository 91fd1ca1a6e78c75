"""Every date string that was collected.

Against what a person or the first reading of it said.
"""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.bangla.dates import parse
from tests.shared import shared_path

DHAKA = ZoneInfo("Asia/Dhaka")
LATE = datetime(2026, 11, 23, 12, 0, tzinfo=DHAKA)


def test_every_collected_date_is_read() -> None:
    lines = shared_path("data", "dates", "dates.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) > 100
    assert {row["text"]: _read(row) for row in rows} == {
        row["text"]: row["expected"] or row["parsed_by_prototype"] for row in rows
    }


def _read(row: dict[str, str]) -> str | None:
    now = datetime.fromisoformat(row["now"]).replace(tzinfo=DHAKA) if row.get("now") else LATE
    read = parse(row["text"], now)
    return None if read is None else read.astimezone(DHAKA).strftime("%Y-%m-%d %H:%M:%S")
