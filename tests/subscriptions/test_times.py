"""Digest slots and quiet hours on local clocks.

Above all where clocks are set.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.subscriptions.times import MOST_TIMES, Quiet, morning, next_slot

MINUTE = timedelta(minutes=1)
DHAKA, LONDON, NEW_YORK = ZoneInfo("Asia/Dhaka"), ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
LORD_HOWE, APIA, CASABLANCA = ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Pacific/Apia"), ZoneInfo("Africa/Casablanca")
ST_JOHNS = ZoneInfo("America/St_Johns")
NIGHT = Quiet(time(23), time(7))
# Days about which something happens to the local clock, and two zones where nothing ever does.
DAYS = (
    (DHAKA, date(2025, 6, 23)),
    (ZoneInfo("Asia/Kolkata"), date(2024, 2, 28)),
    (LONDON, date(2025, 3, 30)),
    (LONDON, date(2025, 10, 26)),
    (NEW_YORK, date(2025, 3, 9)),
    (NEW_YORK, date(2025, 11, 2)),
    (LORD_HOWE, date(2025, 4, 6)),  # half an hour
    (LORD_HOWE, date(2025, 10, 5)),
    (APIA, date(2011, 12, 30)),  # there was no such day
    (APIA, date(2012, 4, 1)),
    (CASABLANCA, date(2025, 2, 23)),
    (CASABLANCA, date(2025, 4, 6)),
    (ST_JOHNS, date(2010, 11, 7)),  # from one minute past midnight back into yesterday
)

clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
# Most of what can go wrong is at the small hours, and about a slot that is near an end of the quiet hours.
near = st.one_of(clocks, st.builds(time, st.integers(0, 3), st.sampled_from((0, 15, 30, 45))))
some_times = st.lists(near, min_size=1, max_size=MOST_TIMES, unique=True)
quiet_hours = st.builds(Quiet, near, near)


@st.composite
def moments(draw: st.DrawFn) -> tuple[ZoneInfo, datetime]:
    zone, day = draw(st.sampled_from(DAYS))
    minutes = draw(st.integers(-2 * 1440, 2 * 1440))
    return zone, datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + minutes * MINUTE


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(text: str, zone: ZoneInfo, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(UTC)


def chain(
    times: list[time], now: datetime, until: datetime, zone: ZoneInfo, quiet: Quiet | None = None
) -> list[datetime]:
    """Return the slots after now one after another.

    A scheduler that fires on the dot sees them so.
    """
    slots: list[datetime] = []
    while (slot := next_slot(times, now, zone, quiet)) is not None and slot <= until:
        slots.append(slot)
        now = slot
    return slots


def by_the_minute(quiet: Quiet, moment: datetime, zone: ZoneInfo) -> datetime:
    """Return the end of quiet hours, looked for every minute."""
    while is_quiet(quiet, moment.astimezone(zone).time()):
        moment += MINUTE
    return moment


def is_quiet(quiet: Quiet, clock: time) -> bool:
    """Walk the clock's face through the quiet hours."""
    start, end, at = (one.hour * 60 + one.minute for one in (quiet.start, quiet.end, clock))
    return (at - start) % 1440 < (end - start) % 1440


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2025-06-23 07:59", "2025-06-23 08:00"),
        ("2025-06-23 08:00", "2025-06-23 21:00"),  # strictly after
        ("2025-06-23 08:00:00.000001", "2025-06-23 21:00"),
        ("2025-06-23 21:00", "2025-06-24 08:00"),
        ("2025-12-31 23:59", "2026-01-01 08:00"),
    ],
)
def test_the_next_slot_is_the_first_local_time_after_now(now: str, expected: str) -> None:
    assert next_slot((time(21), time(8)), local(now, DHAKA), DHAKA) == local(expected, DHAKA)


def test_a_slot_is_in_utc_whatever_zone_now_is_given_in() -> None:
    now = datetime(2025, 6, 23, 7, tzinfo=DHAKA)
    slot = next_slot((time(8),), now, DHAKA)
    assert slot == utc("2025-06-23 02:00")
    assert slot is not None
    assert slot.tzinfo is UTC
    assert slot == next_slot((time(8),), now.astimezone(NEW_YORK), DHAKA)


def test_without_times_there_is_no_slot() -> None:
    assert next_slot((), utc("2025-06-23 00:00"), DHAKA, NIGHT) is None


def test_a_time_that_the_clock_leaves_out_comes_as_much_later() -> None:
    before = local("2025-03-09 01:00", NEW_YORK)
    assert next_slot((time(2, 30),), before, NEW_YORK) == local("2025-03-09 03:30", NEW_YORK)


def test_a_time_left_out_and_the_time_it_becomes_are_one_slot() -> None:
    slots = chain(
        [time(2, 30), time(3, 30)], local("2025-03-09 01:00", NEW_YORK), local("2025-03-10 01:00", NEW_YORK), NEW_YORK
    )
    assert slots == [local("2025-03-09 03:30", NEW_YORK)]


@pytest.mark.parametrize("fold", [0, 1])
def test_an_hour_that_comes_twice_counts_once(fold: int) -> None:
    first = local("2025-11-02 01:30", NEW_YORK)
    assert next_slot((time(1, 30, fold=fold),), first - MINUTE, NEW_YORK) == first
    assert next_slot((time(1, 30, fold=fold),), first, NEW_YORK) == local("2025-11-03 01:30", NEW_YORK)


def test_a_day_that_is_skipped_costs_its_slots_and_doubles_none() -> None:
    slots = chain([time(8), time(21)], local("2011-12-29 07:00", APIA), local("2011-12-31 23:00", APIA), APIA)
    assert [slot.astimezone(APIA).strftime("%d %H:%M") for slot in slots] == [
        "29 08:00",
        "29 21:00",
        "31 08:00",
        "31 21:00",
    ]


def test_a_slot_of_the_day_before_a_skipped_one_still_waits_for_the_end_of_quiet_hours() -> None:
    now = local("2011-12-31 00:30", APIA)
    assert next_slot((time(23, 30),), now, APIA, NIGHT) == local("2011-12-31 07:00", APIA)


def test_a_midnight_that_comes_twice_counts_once() -> None:
    again = local("2010-11-06 23:30", ST_JOHNS, fold=1)
    assert next_slot((time(0),), again - timedelta(hours=1), ST_JOHNS) == local("2010-11-07 00:00", ST_JOHNS)
    assert next_slot((time(0),), again, ST_JOHNS) == local("2010-11-08 00:00", ST_JOHNS)


@pytest.mark.parametrize(
    ("times", "now", "expected"),
    [
        ([time(23, 30)], "2025-06-23 22:00", "2025-06-24 07:00"),
        ([time(23, 30)], "2025-06-24 01:00", "2025-06-24 07:00"),  # yesterday's slot, still to come
        ([time(23, 30)], "2025-06-24 07:00", "2025-06-25 07:00"),
        ([time(23)], "2025-06-23 22:00", "2025-06-24 07:00"),
        ([time(7)], "2025-06-23 22:00", "2025-06-24 07:00"),
        ([time(22, 59)], "2025-06-23 22:00", "2025-06-23 22:59"),
        ([time(1), time(6), time(21)], "2025-06-23 22:00", "2025-06-24 07:00"),
        ([time(1), time(6), time(21)], "2025-06-24 07:00", "2025-06-24 21:00"),
    ],
)
def test_a_slot_in_quiet_hours_moves_to_their_end(times: list[time], now: str, expected: str) -> None:
    assert next_slot(times, local(now, DHAKA), DHAKA, NIGHT) == local(expected, DHAKA)


def test_slots_that_quiet_hours_move_to_one_moment_are_one() -> None:
    until = local("2025-06-25 12:00", DHAKA)
    slots = chain([time(23, 30), time(2), time(7), time(8)], local("2025-06-23 22:00", DHAKA), until, DHAKA, NIGHT)
    assert [slot.astimezone(DHAKA).strftime("%d %H") for slot in slots] == ["24 07", "24 08", "25 07", "25 08"]


@given(moments(), some_times, st.none() | quiet_hours)
def test_a_slot_lies_ahead_and_not_far(at: tuple[ZoneInfo, datetime], times: list[time], quiet: Quiet | None) -> None:
    zone, now = at
    slot = next_slot(times, now, zone, quiet)
    assert slot is not None
    assert now < slot <= now + timedelta(hours=50)
    assert quiet is None or not quiet.covers(slot, zone)


@settings(max_examples=60)
@given(moments(), some_times)
def test_each_local_time_comes_once_a_local_day(at: tuple[ZoneInfo, datetime], times: list[time]) -> None:
    zone, now = at
    until = now + timedelta(days=5)
    slots = chain(times, now, until, zone)
    assert slots == sorted(set(slots))
    for days in range(6):
        day = now.astimezone(zone).date() + timedelta(days=days)
        for clock in times:
            due = datetime.combine(day, clock, zone).astimezone(UTC)
            if now < due <= until:
                slots_then = [slot for slot in slots if slot.astimezone(zone).replace(tzinfo=None) == _shown(due, zone)]
                assert slots_then == [due]


def _shown(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


@settings(max_examples=60)
@given(moments(), some_times)
def test_no_slot_shows_a_clock_that_nobody_chose(at: tuple[ZoneInfo, datetime], times: list[time]) -> None:
    zone, now = at
    for slot in chain(times, now, now + timedelta(days=4), zone):
        shown = slot.astimezone(zone)
        before = (slot - timedelta(hours=3)).astimezone(zone)  # a clock set forward since then accounts for the rest
        ahead = (shown.utcoffset() or timedelta()) - (before.utcoffset() or timedelta())
        assert shown.time() in times or (ahead > timedelta() and (shown - ahead).time() in times)


@settings(max_examples=40)
@given(moments(), some_times, quiet_hours)
def test_quiet_hours_move_slots_and_lose_none(at: tuple[ZoneInfo, datetime], times: list[time], quiet: Quiet) -> None:
    zone, now = at
    until = now + timedelta(days=4)
    slots = chain(times, now, until, zone, quiet)
    moved = {by_the_minute(quiet, slot, zone) for slot in chain(times, now - timedelta(days=3), until, zone)}
    assert slots == sorted(slot for slot in moved if now < slot <= until)


@pytest.mark.parametrize(
    ("clock", "asleep"),
    [("22:59", False), ("23:00", True), ("00:00", True), ("06:59", True), ("06:59:59.999999", True), ("07:00", False)],
)
def test_quiet_hours_begin_at_their_start_and_are_over_at_their_end(clock: str, asleep: bool) -> None:
    assert NIGHT.covers(local(f"2025-06-23 {clock}", DHAKA), DHAKA) is asleep


@pytest.mark.parametrize(
    ("quiet", "now", "expected"),
    [
        (NIGHT, "2025-06-23 23:00", "2025-06-24 07:00"),
        (NIGHT, "2025-06-24 00:30", "2025-06-24 07:00"),
        (NIGHT, "2025-06-24 06:59:59.5", "2025-06-24 07:00"),
        (NIGHT, "2025-06-24 07:00", "2025-06-24 07:00"),
        (NIGHT, "2025-06-24 12:34:56", "2025-06-24 12:34:56"),
        (Quiet(time(13), time(15)), "2025-06-24 14:00", "2025-06-24 15:00"),
    ],
)
def test_when_quiet_hours_end(quiet: Quiet, now: str, expected: str) -> None:
    assert quiet.ends(local(now, DHAKA), DHAKA) == local(expected, DHAKA)


@pytest.mark.parametrize(
    ("quiet", "zone", "now", "expected"),
    [
        # A night of seven hours, and one of nine.
        (NIGHT, NEW_YORK, utc("2025-03-09 04:00"), utc("2025-03-09 11:00")),
        (NIGHT, NEW_YORK, utc("2025-11-02 03:00"), utc("2025-11-02 12:00")),
        # The clock leaves out the end: it is over when the clock is set, and not an hour later.
        (Quiet(time(0), time(2, 30)), NEW_YORK, utc("2025-03-09 05:00"), utc("2025-03-09 07:00")),
        # The clock is set back out of the quiet hours.
        (Quiet(time(1, 30), time(7)), NEW_YORK, utc("2025-11-02 05:45"), utc("2025-11-02 06:00")),
        # The end comes twice: the first one ends it, and the stretch after it has an end of its own.
        (Quiet(time(0), time(1, 30)), NEW_YORK, utc("2025-11-02 05:00"), utc("2025-11-02 05:30")),
        (Quiet(time(0), time(1, 30)), NEW_YORK, utc("2025-11-02 06:10"), utc("2025-11-02 06:30")),
        # Half an hour, with a moment that is no whole second.
        (Quiet(time(1), time(2, 10)), LORD_HOWE, utc("2025-10-04 15:00:00.5"), utc("2025-10-04 15:30")),
        # The only loud minutes are left out: quiet for another day.
        (Quiet(time(2, 10), time(2)), LORD_HOWE, utc("2025-10-04 15:00"), utc("2025-10-05 15:00")),
    ],
)
def test_when_quiet_hours_end_where_clocks_are_set(
    quiet: Quiet, zone: ZoneInfo, now: datetime, expected: datetime
) -> None:
    assert quiet.ends(now, zone) == expected


@given(moments(), quiet_hours)
def test_quiet_hours_agree_with_a_look_at_the_clock_each_minute(at: tuple[ZoneInfo, datetime], quiet: Quiet) -> None:
    zone, now = at
    end = quiet.ends(now, zone)
    assert quiet.covers(now, zone) is is_quiet(quiet, now.astimezone(zone).time())
    assert end == by_the_minute(quiet, now, zone)
    assert end.tzinfo is UTC


@given(moments(), clocks, some_times)
def test_an_empty_interval_is_never_quiet(at: tuple[ZoneInfo, datetime], clock: time, times: list[time]) -> None:
    zone, now = at
    none = Quiet(clock, clock)
    assert not none.covers(datetime.combine(now.astimezone(zone).date(), clock, zone), zone)
    assert none.ends(now, zone) == now
    assert next_slot(times, now, zone, none) == next_slot(times, now, zone)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2025-06-23 07:59", "2025-06-23 08:00"),
        ("2025-06-23 08:00", "2025-06-24 08:00"),
        ("2025-06-23 23:00", "2025-06-24 08:00"),
    ],
)
def test_morning_is_the_next_eight_o_clock(now: str, expected: str) -> None:
    assert morning(local(now, DHAKA), DHAKA) == local(expected, DHAKA)


@given(moments(), clocks)
def test_morning_is_a_slot_at_its_time(at: tuple[ZoneInfo, datetime], clock: time) -> None:
    zone, now = at
    assert morning(now, zone, clock) == next_slot([clock], now, zone)
