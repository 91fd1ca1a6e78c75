from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.platforms.discord.limits import Buckets, Refusals


def _says(left: int, after: float, name: str = "abc") -> dict[str, str]:
    return {"X-RateLimit-Bucket": name, "X-RateLimit-Remaining": str(left), "X-RateLimit-Reset-After": str(after)}


def test_nothing_is_held_back_before_the_platform_said_anything() -> None:
    buckets = Buckets()
    assert [buckets.take("POST /x", "1", 0.0) for _ in range(9)] == [0.0] * 9


def test_an_empty_bucket_says_how_long() -> None:
    buckets = Buckets()
    buckets.learn("POST /x", "1", _says(1, 5.0), 10.0)
    assert buckets.take("POST /x", "1", 11.0) == 0.0
    assert buckets.take("POST /x", "1", 12.0) == 3.0
    assert buckets.take("POST /x", "2", 12.0) == 0.0, "another channel's is another"
    assert buckets.take("POST /x", "1", 15.0) == 0.0


def test_routes_of_one_bucket_share_it() -> None:
    buckets = Buckets()
    buckets.learn("POST /x", "1", _says(4, 5.0), 0.0)
    buckets.learn("PATCH /x", "1", _says(0, 5.0), 0.0)
    assert buckets.take("POST /x", "1", 1.0) == 4.0


def test_an_answer_that_was_overtaken_gives_nothing_back() -> None:
    buckets = Buckets()
    buckets.learn("POST /x", "1", _says(0, 5.0), 0.0)
    buckets.learn("POST /x", "1", _says(3, 4.9), 0.1)
    assert buckets.take("POST /x", "1", 0.2) > 4


def test_what_was_asked_for_is_kept() -> None:
    buckets = Buckets()
    buckets.exhaust("POST /x", "1", 2.5, 1.0)
    assert buckets.take("POST /x", "1", 2.0) == 1.5


@given(st.lists(st.floats(0, 2000), max_size=60).map(sorted), st.integers(1, 10))
def test_never_more_refusals_than_are_put_up_with_in_any_window(moments: list[float], most: int) -> None:
    refusals = Refusals(most, 600.0)
    noted: list[float] = []
    for moment in moments:
        if refusals.wait(moment) == 0:
            refusals.note(moment)
            noted.append(moment)
    for start in noted:
        assert sum(1 for other in noted if start <= other < start + 600) <= most


def test_it_is_said_when_the_next_may_go() -> None:
    refusals = Refusals(2, 600.0)
    refusals.note(0.0)
    refusals.note(100.0)
    assert refusals.wait(150.0) == 450.0
    assert refusals.wait(600.0) == 0.0
