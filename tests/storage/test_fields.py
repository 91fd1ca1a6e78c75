"""Columns are fields by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum

import pytest

from storage.driver.connection import micros
from storage.rows.fields import Fields, Stored, numbers

NOW = datetime(2026, 4, 14, 6, 0, tzinfo=UTC)


class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Boat:
    name: str
    size: Size | None = None


@dataclass(frozen=True, slots=True)
class Trip:
    id: int
    boat: Boat | None
    leaves: datetime | None = None
    at: time = time(8)
    full: bool = False
    stops: tuple[str, ...] = ()
    seats: tuple[int, ...] = ()
    said: str = ""


BOAT = Fields(Boat, "b")
TRIP = Fields(
    Trip,
    "t",
    named={"said": "coalesce(t.note, '')", "full": "is_full"},
    stored={"seats": Stored(numbers)},
    parts={"boat": BOAT},
)
SEEN = Trip(7, Boat("সোনার তরী", Size.LARGE), NOW, time(9, 30), full=True, stops=("ঘাট",), seats=(1, 2), said="যাত্রা")
ROW = (7, micros(NOW), 570, 1, '["ঘাট"]', "[1, 2]", "যাত্রা", "সোনার তরী", "large")


def test_columns_are_those_of_the_fields_and_behind_them_those_of_the_parts() -> None:
    assert TRIP.columns == "t.id, t.leaves, t.at, t.is_full, t.stops, t.seats, coalesce(t.note, ''), b.name, b.size"
    assert TRIP.width == len(ROW)


def test_a_row_is_a_value_wherever_its_columns_begin() -> None:
    assert TRIP.read(ROW) == TRIP.read((*ROW, "more")) == TRIP.read((None, "before", *ROW), 2) == SEEN


def test_what_a_join_did_not_find_is_none() -> None:
    empty = (7, None, 570, 0, "[]", "[]", "", None, None)
    assert TRIP.read(empty) == Trip(7, None, None, time(9, 30))


def test_what_is_written_is_what_is_read() -> None:
    assert BOAT.write(Boat("নাও", Size.SMALL)) == ("নাও", "small")
    assert BOAT.write(Boat("নাও")) == ("নাও", None)
    assert TRIP.write(SEEN, ("leaves", "full", "at", "stops")) == (micros(NOW), 1, 570, '["ঘাট"]')
    assert TRIP.assigned(("leaves", "full")) == "leaves = ?, is_full = ?"
    assert (BOAT.names, BOAT.marks, BOAT.assigned()) == ("name, size", "?, ?", "name = ?, size = ?")


def test_rows_that_are_alike_are_one_value() -> None:
    kept = Fields(Boat, "b", kept=4)
    assert kept.read(("নাও", None)) is kept.read(("নাও", None))


@pytest.mark.parametrize("wrong", ["named", "stored", "parts", "without"])
def test_a_field_that_is_not_there_is_refused(wrong: str) -> None:
    with pytest.raises(TypeError, match="Boat has no field sail"):
        Fields(Boat, "b", **{wrong: {"sail": BOAT if wrong == "parts" else Stored()}})  # type: ignore[arg-type]


def test_a_type_that_says_not_how_it_is_stored_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Trip\.seats"):
        Fields(Trip, "t", parts={"boat": BOAT})


def test_a_word_that_no_member_has_is_refused() -> None:
    with pytest.raises(KeyError):
        BOAT.read(("নাও", "huge"))
