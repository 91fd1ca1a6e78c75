from __future__ import annotations

import io

import pytest

from bot.running.cli.progress import bar, progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("drawn", "wanted"),
    [
        (bar(12_400, 28_900, 6.0), "▕████████            ▏ 42 % · 12,400 of 28,900 · 8 s left"),
        (bar(412_000_000, 412_000_000, 6.2, "MB", 1_000_000), "▕████████████████████▏ 100 % · 412 MB · 6 s"),
        (bar(180_000_000, 412_000_000, 3.0, "MB", 1_000_000), "▕████████            ▏ 43 % · 180 of 412 MB · 4 s left"),
        (bar(1, 1000, 1.0), "▕                    ▏ 0 % · 1 of 1,000 · 17 min left"),
        (bar(0, 5, 0.0), "▕                    ▏ 0 % · 0 of 5"),
        (bar(0, 0, 0.0), "▕████████████████████▏ 100 % · 0 · 0 s"),
    ],
)
def test_a_bar_says_how_far_it_is_and_what_it_still_takes(drawn: str, wanted: str) -> None:
    assert drawn == wanted


def test_a_terminal_sees_one_line_that_changes() -> None:
    stream, seconds = _Terminal(), iter([0.0, 0.0, 1.0, 1.0, 1.0, 1.02, 1.02])
    with progress(stream=stream, now=lambda: next(seconds)) as step:
        step(1, 2)
        step(2, 2)
    shown = stream.getvalue().split("\r\x1b[K")
    assert [line.split(" · ")[0] for line in shown if line] == [
        "▕██████████          ▏ 50 %",
        "▕████████████████████▏ 100 %",
    ]
    assert stream.getvalue().endswith("1 s\n")


def test_without_a_terminal_a_line_comes_every_ten_seconds() -> None:
    stream, moment = io.StringIO(), [0.0]
    with progress(stream=stream, now=lambda: moment[0]) as step:
        for done in range(1, 26):
            moment[0] = float(done)
            step(done, 25)
    assert [line.split(" · ")[1] for line in stream.getvalue().splitlines()] == ["10 of 25", "20 of 25"]
