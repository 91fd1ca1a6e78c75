"""Every date string that was collected.

Against what a person or the first reading of it said.
"""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.bangla.dates import parse
from tests.shared import shared_path

DHAKA = ZoneInfo("Asia/Dhaka")
LATE = datetime(2026, 11, 23, 12, 0, tzinfo=DHAKA)
ROWS = [json.loads(row) for row in shared_path("data", "dates", "dates.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row["text"].split()))
def test_every_collected_date_is_read(row: dict[str, str]) -> None:
    now = datetime.fromisoformat(row["now"]).replace(tzinfo=DHAKA) if row.get("now") else LATE
    read = parse(row["text"], now)
    assert read is not None
    assert read.astimezone(DHAKA).strftime("%Y-%m-%d %H:%M:%S") == (row["expected"] or row["parsed_by_prototype"])
