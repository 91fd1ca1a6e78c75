from __future__ import annotations

import logging

import pytest

from bot.running.logs import Redacted


@pytest.mark.parametrize(
    "secret",
    [
        "1234567890:" + "Ab_-" * 9,
        "M" * 24 + "." + "a1B2c3" + "." + "Zz_-" * 8,
        "user:password",
    ],
)
def test_what_looks_like_a_secret_is_not_printed(secret: str) -> None:
    record = logging.LogRecord("bot", logging.ERROR, "x.py", 1, "GET https://%s@host.example/ failed", (secret,), None)
    printed = Redacted("%(levelname)s %(message)s").format(record)
    assert printed == "ERROR GET https://***@host.example/ failed"


def test_what_is_no_secret_is_printed() -> None:
    record = logging.LogRecord(
        "bot", logging.INFO, "x.py", 1, "খবর %s https://o.example/2026/11/23/1?a=1:2", ("এল",), None
    )
    assert Redacted("%(message)s").format(record) == "খবর এল https://o.example/2026/11/23/1?a=1:2"
