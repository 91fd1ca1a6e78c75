"""Times of day as people write them and are told them."""

from __future__ import annotations

from datetime import time, timedelta
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.subscriptions.saytimes import (
    read_clock,
    read_quiet,
    read_times,
    read_wait,
    say_both,
    say_clock,
    say_quiet,
    say_times,
)
from bot.subscriptions.times import MOST_TIMES, Quiet
from bot.values.chats import Language

BANGLA, ENGLISH = Language.BANGLA, Language.ENGLISH
TWICE, THRICE = (time(8), time(21)), (time(8), time(13), time(21))

clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
languages = st.sampled_from(Language)
lists = st.lists(clocks, min_size=1, max_size=MOST_TIMES, unique=True).map(lambda some: tuple(sorted(some)))
# Words that mean something here, in any order, and anything at all.
WORDS = """
    সকাল রাত রাতে বেলা am pm noon raat ৮টা ৯টায় ৮ 8 12 23 08 0 99 1000 ৭:৩০ 7.30 সাড়ে পৌনে দেড়টা আধা half
    মিনিট ঘণ্টা h m d ও and , ; । . ' - – থেকে পর্যন্ত কলা
"""
scraps = st.text(max_size=30) | st.lists(st.sampled_from(WORDS.split()), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("সকাল ৮টা, দুপুর ১টা, রাত ৯টা", THRICE),
        ("সকাল ৮টা, দুপুর ১টা ও রাত ৯টা", THRICE),
        ("সকাল ৮টায়, দুপুর ১টায় এবং রাত ৯টায়।", THRICE),
        ("রাত ৯টা, সকাল ৮টা আর সকাল ৮টা", TWICE),
        ("সকাল ৮টা রাত ৯টা", TWICE),
        ("প্রতিদিন সকালে ৮টায় ও রাতে ৯টায়", TWICE),
        ("৮টা ও রাত ৯টা", TWICE),
        ("সকাল আটটা, রাত নয়টা", TWICE),
        ("8 am, 1 pm and 9 pm", THRICE),
        ("8am 9pm", TWICE),
        ("8 a.m., 9 p.m.", TWICE),
        ("at 8 in the morning & 9 at night", TWICE),
        ("8 o’clock and 9 PM", TWICE),
        ("08:00 21:00", TWICE),
        ("০৮:০০, ২১:০০", TWICE),
        ("08, 21", TWICE),
        ("8/13/21", THRICE),
        ("shokal 8ta, raat 9ta", TWICE),
        ("sokale 8tay o rate 9tay", TWICE),
        ("shokal 8 ta ar rat 9 ta", TWICE),
        ("8, 1, 9 pm", THRICE),
    ],
)
def test_a_list_of_times_is_read(text: str, expected: tuple[time, ...]) -> None:
    assert read_times(text) == expected
    assert read_times(normalize("NFD", text)) == expected
    assert read_times(text.upper()) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " , ও ",
        "সকাল",
        "কখনো না",
        "সকাল ৮টা কলা",
        "8 bananas",
        "8-9",
        "রাত ১১টা–সকাল ৭টা",
        "৮টা থেকে",
        "24:00",
        "25",
        "8:60",
        "8:00:00",
        "13 am",
        "সকাল ২০টা",
        "রাত 9 am",
        "am 8 pm",
        "সাড়ে ১৩টা",
        "সাড়ে ৭:৩০",
        "৭টা ৩০ ঘণ্টা",
        "৭টা ৬০ মিনিট",
        "৭:২০ ৩০ মিনিট",
        "0800",
        "٨",
        "-8",
        "1, 2, 3, 4, 5, 6, 7",
    ],
)
def test_what_is_not_understood_is_not_guessed(text: str) -> None:
    assert read_times(text) is None


def test_the_same_time_twice_is_one_of_six() -> None:
    assert read_times("1, 2, 3, 4, 5, 6, 6, ৬টা") == (time(4), time(5), time(6), time(13), time(14), time(15))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("সকাল সাড়ে ৭টা", time(7, 30)),
        ("সকাল সোয়া ৭টা", time(7, 15)),
        ("সকাল পৌনে ৭টা", time(6, 45)),
        ("পৌনে ১টা", time(12, 45)),
        ("দুপুর পৌনে ১টা", time(12, 45)),
        ("রাত পৌনে ১টা", time(0, 45)),
        ("রাত পৌনে ১২টা", time(23, 45)),
        ("রাত সাড়ে ১২টা", time(0, 30)),
        ("দেড়টা", time(13, 30)),
        ("রাত দেড়টায়", time(1, 30)),
        ("আড়াইটা", time(14, 30)),
        ("সন্ধ্যা ৬টা ১২ মিনিট", time(18, 12)),
        ("সন্ধ্যা ৬টা ০৫ মিনিটে", time(18, 5)),
        ("সকাল ৭.৩০ মিনিটে", time(7, 30)),
        ("সকাল ৭ঃ৩০", time(7, 30)),
        ("রাত ০৯:০৫টায়", time(21, 5)),
        ("রাত ১২টা", time(0)),
        ("রাত ১টা", time(1)),
        ("ভোর ৪টা", time(4)),
        ("ভোররাত ৩টা", time(3)),
        ("বেলা ১১টা", time(11)),
        ("বেলা ৩টা", time(15)),
        ("সকালবেলা ৭টা", time(7)),
        ("বিকাল ৪টা", time(16)),
        ("সন্ধ্যায় ৭টায়", time(19)),
        ("৭টা সন্ধ্যায়", time(19)),
        ("রাত ২১টা", time(21)),
        ("রাত 9 pm", time(21)),
        ("অপরাহ্ন ৩টা", time(15)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("12 noon", time(12)),
        ("12 midnight", time(0)),
        ("bikel 4ta", time(16)),
        ("sondha 7.15", time(19, 15)),
        ("bhor 5 tay", time(5)),
        ("dupure 2tay", time(14)),
        ("7:30", time(7, 30)),
        ("1:00", time(1)),
        ("01", time(1)),
        ("০১টা", time(1)),
        ("0", time(0)),
        ("21", time(21)),
        ("৮টা", time(8)),
        ("সকাল ৮টা,", time(8)),
    ],
)
def test_one_time_is_read(text: str, expected: time) -> None:
    assert read_clock(text) == expected
    assert read_times(text) == (expected,)


@pytest.mark.parametrize("hour", range(1, 13))
def test_an_hour_alone_is_the_mornings_from_four_to_eleven_and_the_days_otherwise(hour: int) -> None:
    assert read_clock(f"{hour}টা") == time(hour if hour >= 4 else hour + 12)


@pytest.mark.parametrize("text", ["", "সকাল", "সকাল ৮টা ও রাত ৯টা", "8 9", "৮টা–৯টা", "কাল ৮টা"])
def test_what_is_not_one_time_is_not_read_as_one(text: str) -> None:
    assert read_clock(text) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("রাত ১১টা–সকাল ৭টা", time(23), time(7)),
        ("রাত ১১টা থেকে সকাল ৭টা", time(23), time(7)),
        ("রাত ১১টা থেকে সকাল ৭টা পর্যন্ত।", time(23), time(7)),
        ("রাত ১০:৩০ - ভোর ৬টা", time(22, 30), time(6)),
        ("রাত সাড়ে ১০টা — সকাল সাড়ে ৬টা", time(22, 30), time(6, 30)),
        ("raat 11ta theke shokal 7ta porjonto", time(23), time(7)),
        ("11 pm–7 am", time(23), time(7)),
        ("from 11pm to 7am", time(23), time(7)),
        ("11 pm until 7 a.m.", time(23), time(7)),
        ("11pm ~ 7am", time(23), time(7)),
        ("23:00-07:00", time(23), time(7)),
        ("২৩:০০−০৭:০০", time(23), time(7)),
        ("23-7", time(23), time(7)),
        ("22-12", time(22), time(12)),
        ("7-23", time(7), time(23)),
        ("0-8", time(0), time(8)),
        ("পৌনে ১টা–১৭:০০", time(12, 45), time(17)),
        ("দুপুর ১টা–দুপুর ১টা", time(13), time(13)),
        # An end that says no more than its hour is read from the other one.
        ("রাত ১১টা–৭টা", time(23), time(7)),
        ("১১টা থেকে ভোর ৬টা", time(23), time(6)),
        ("রাত ১টা–৩টা", time(1), time(3)),
        ("দুপুর ২টা থেকে ৫টা", time(14), time(17)),
        ("9–11 pm", time(21), time(23)),
        ("10 pm–10", time(22), time(10)),
        # And where neither does, nights are quiet.
        ("11-7", time(23), time(7)),
        ("12-6", time(0), time(6)),
        ("1-5", time(1), time(5)),
        ("৮টা–৮টা", time(20), time(8)),
        ("পৌনে ১টা–৩টা", time(0, 45), time(3)),
        ("6-5", time(18), time(5)),
        ("5-9", time(5), time(9)),
    ],
)
def test_quiet_hours_are_read(text: str, start: time, end: time) -> None:
    assert read_quiet(text) == Quiet(start, end)
    assert read_quiet(normalize("NFD", text)) == Quiet(start, end)


@pytest.mark.parametrize("dash", "-‐‑‒–—―−~﹘﹣－")
def test_any_dash_makes_a_range(dash: str) -> None:
    for text in (f"11 pm{dash}7 am", f"11 pm {dash} 7 am", f"23:00{dash}07:00"):
        assert read_quiet(text) == Quiet(time(23), time(7))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "নয়",
        "না",
        "off",
        "none",
        "11 pm",
        "11 pm 7 am",
        "-",
        "11 pm-",
        "-7",
        "1-2-3",
        "রাত থেকে সকাল",
        "8, 9-10",
        "25-7",
    ],
)
def test_what_is_no_range_is_not_read_as_one(text: str) -> None:
    assert read_quiet(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("৮ ঘণ্টা", timedelta(hours=8)),
        ("৮ ঘন্টা", timedelta(hours=8)),
        ("৮ঘণ্টা", timedelta(hours=8)),
        ("৮ ঘণ্টার জন্য", timedelta(hours=8)),
        ("আট ঘণ্টা", timedelta(hours=8)),
        ("১ ঘণ্টা", timedelta(hours=1)),
        ("১ ঘণ্টা ৩০ মিনিট", timedelta(minutes=90)),
        ("দেড় ঘণ্টা", timedelta(minutes=90)),
        ("আধা ঘণ্টা", timedelta(minutes=30)),
        ("সাড়ে ৩ ঘণ্টা", timedelta(minutes=210)),
        ("পৌনে ২ ঘণ্টা", timedelta(minutes=105)),
        ("৩০ মিনিট", timedelta(minutes=30)),
        ("২ দিন", timedelta(days=2)),
        ("১ সপ্তাহ", timedelta(days=7)),
        ("১ মাস", timedelta(days=30)),
        ("১ বছর", timedelta(days=365)),
        ("8 hours", timedelta(hours=8)),
        ("8h", timedelta(hours=8)),
        ("1h30m", timedelta(minutes=90)),
        ("30m", timedelta(minutes=30)),
        ("for 05 minutes", timedelta(minutes=5)),
        ("2 days", timedelta(days=2)),
        ("an hour", timedelta(hours=1)),
        ("half hour", timedelta(minutes=30)),
        ("365 days", timedelta(days=365)),
        ("8 ghonta", timedelta(hours=8)),
        ("3 din", timedelta(days=3)),
    ],
)
def test_a_wait_is_read(text: str, expected: timedelta) -> None:
    assert read_wait(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8",
        "ঘণ্টা",
        "৮টা",
        "0 days",
        "-5 days",
        "1.5 hours",
        "366 days",
        "99999 days",
        "9999 years",
        "8 apples",
        "8 am",
    ],
)
def test_what_is_no_wait_of_a_year_at_most_is_not_read(text: str) -> None:
    assert read_wait(text) is None


@pytest.mark.parametrize(
    ("at", "bangla", "english"),
    [
        (time(8), "সকাল ৮টা", "8 am"),
        (time(21), "রাত ৯টা", "9 pm"),
        (time(7, 30), "সকাল ৭:৩০", "7:30 am"),
        (time(0), "রাত ১২টা", "12 am"),
        (time(0, 5), "রাত ১২:০৫", "12:05 am"),
        (time(4), "ভোর ৪টা", "4 am"),
        (time(12), "দুপুর ১২টা", "12 pm"),
        (time(16), "বিকেল ৪টা", "4 pm"),
        (time(18, 12), "সন্ধ্যা ৬:১২", "6:12 pm"),
    ],
)
def test_a_time_is_said(at: time, bangla: str, english: str) -> None:
    assert say_clock(at, BANGLA) == bangla
    assert say_clock(at, ENGLISH) == english


def test_times_are_said_as_a_list_and_as_in_a_sentence() -> None:
    assert say_times(TWICE, BANGLA) == "সকাল ৮টা, রাত ৯টা"
    assert say_times(TWICE, ENGLISH) == "8 am, 9 pm"
    assert say_both(TWICE, BANGLA) == "সকাল ৮টা ও রাত ৯টা"
    assert say_both(TWICE, ENGLISH) == "8 am and 9 pm"
    assert say_both(THRICE, BANGLA) == "সকাল ৮টা, দুপুর ১টা ও রাত ৯টা"
    assert say_both(THRICE, ENGLISH) == "8 am, 1 pm and 9 pm"
    assert say_both(TWICE[:1], BANGLA) == "সকাল ৮টা"
    assert say_both((), ENGLISH) == say_times((), ENGLISH) == ""


def test_quiet_hours_are_said_with_a_dash_and_no_space_about_it() -> None:
    assert say_quiet(Quiet(time(23), time(7)), BANGLA) == "রাত ১১টা–সকাল ৭টা"
    assert say_quiet(Quiet(time(23), time(7)), ENGLISH) == "11 pm–7 am"


@pytest.mark.parametrize("language", Language)
def test_every_minute_of_the_day_is_read_as_it_is_said(language: Language) -> None:
    for minutes in range(24 * 60):
        at = time(*divmod(minutes, 60))
        assert read_clock(say_clock(at, language)) == at


@given(lists, languages)
def test_times_are_read_as_they_are_said(times: tuple[time, ...], language: Language) -> None:
    assert read_times(say_times(times, language)) == times
    assert read_times(say_both(times, language)) == times


@given(st.builds(Quiet, clocks, clocks), languages)
def test_quiet_hours_are_read_as_they_are_said(quiet: Quiet, language: Language) -> None:
    assert read_quiet(say_quiet(quiet, language)) == quiet


@given(clocks, st.sampled_from(("%H:%M", "%H.%M", "%I:%M %p", "%I.%M%p")))
def test_every_usual_print_of_a_time_is_read(at: time, form: str) -> None:
    assert read_clock(at.strftime(form)) == at


@given(scraps)
def test_nothing_that_is_written_breaks_a_reading(text: str) -> None:
    times, wait = read_times(text), read_wait(text)
    assert times is None or (0 < len(times) <= MOST_TIMES and list(times) == sorted(set(times)))
    assert wait is None or timedelta() < wait <= timedelta(days=365)
    read_quiet(text)
    read_clock(text)
