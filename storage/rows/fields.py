"""Maps columns to the fields of a dataclass, by name.

A field is the column of its name, and is stored as its type says: a new column is a new field, and nothing else.
"""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime, time
from enum import Enum
from functools import lru_cache
from types import NoneType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, get_args, get_type_hints

from bot.values import articles, chats, delivery
from storage.driver.connection import micros, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from storage.driver.connection import Row

T = TypeVar("T")
# What values name for a type checker alone.
_NAMES = {**vars(articles), **vars(chats), **vars(delivery), "datetime": datetime, "time": time}


class Stored(NamedTuple):
    """How a value is read and written; None: as it is."""

    read: Callable[[Any], object] | None = None
    write: Callable[[Any], object] | None = None


class Fields(Generic[T]):
    """The columns that a dataclass is read from."""

    columns: str
    """What a query selects."""
    width: int
    """How many columns these are."""
    names: str
    """The columns of the fields themselves, as an INSERT names them."""
    marks: str
    """So many question marks."""

    def __init__(
        self,
        value: type[T],
        table: str,
        *,
        named: Mapping[str, str] | None = None,
        stored: Mapping[str, Stored] | None = None,
        parts: Mapping[str, Fields[Any]] | None = None,
        without: Mapping[str, object] | None = None,
        kept: int = 0,
    ) -> None:
        """Map a dataclass to a table.

        ``named`` gives a field a column of another name, or what is selected for it. ``stored`` says how a field is
        stored if its type does not. ``parts`` are fields that are dataclasses, with their columns. ``without`` are
        fields that no column holds, and their values. ``kept`` values that were read are cached, for rows that are
        often alike.

        Raises:
            TypeError: there is no such field, or how one is stored is not said.
        """
        named, stored, parts, without = named or {}, stored or {}, parts or {}, without or {}
        hints = get_type_hints(value, localns=_NAMES)
        fields = [one.name for one in dataclasses.fields(value)]  # type: ignore[arg-type]  # T is a dataclass
        if unknown := {*named, *stored, *parts, *without} - set(fields):
            raise TypeError(f"{value.__name__} has no field {', '.join(sorted(unknown))}")
        self._own = [name for name in fields if name not in parts and name not in without]
        columns = [named.get(name, name) for name in self._own]
        selected = [f"{table}.{column}" if column.isidentifier() else column for column in columns]
        self.columns = ", ".join((*selected, *(part.columns for part in parts.values())))
        self.width = len(self._own) + sum(part.width for part in parts.values())
        self.names, self.marks = ", ".join(columns), ", ".join("?" * len(columns))
        self._columns = dict(zip(self._own, columns, strict=True))
        self._stored = {
            name: stored.get(name) or _stored(f"{value.__name__}.{name}", hints[name]) for name in self._own
        }
        reads = enumerate(one.read for one in self._stored.values())
        self._reads = [(index, read) for index, read in reads if read is not None]
        # Behind its own columns those of its parts, in their order.
        self._others: list[tuple[int, Callable[[Row], object]]] = []
        at = len(self._own)
        for name, part in parts.items():
            self._others.append((fields.index(name), _part(part, at, maybe=NoneType in get_args(hints[name]))))
            at += part.width
        self._others += [(fields.index(name), _fixed(one)) for name, one in without.items()]
        self._others.sort(key=lambda other: other[0])
        self._value = value
        self._made = lru_cache(maxsize=kept)(self._make) if kept else self._make

    def read(self, row: Row, at: int = 0) -> T:
        """Read a value from a row whose columns begin at ``at``."""
        return self._made(row[at : at + self.width] if at else row)

    def maybe(self, row: Row, at: int = 0) -> T | None:
        """Read a value, or None where a join found none.

        A row of nothing has nothing in its first column.
        """
        return None if row[at] is None else self.read(row, at)

    def assigned(self, fields: Iterable[str] = ()) -> str:
        """Return the columns of fields, or all, as UPDATE sets them."""
        return ", ".join(f"{self._columns[name]} = ?" for name in fields or self._own)

    def write(self, value: T, fields: Iterable[str] = ()) -> tuple[object, ...]:
        """Write fields, or all, in this order."""
        values = [(getattr(value, name), self._stored[name].write) for name in fields or self._own]
        return tuple(one if write is None or one is None else write(one) for one, write in values)

    def _make(self, row: Row) -> T:
        # By place, which was worked out by name once: as quick as if it were written out.
        values = list(row[: len(self._own)])
        for index, read in self._reads:
            if values[index] is not None:
                values[index] = read(values[index])
        for index, other in self._others:
            values.insert(index, other(row))
        return self._value(*values)


def _part(part: Fields[Any], at: int, *, maybe: bool) -> Callable[[Row], object]:
    read = part.maybe if maybe else part.read
    return lambda row: read(row, at)


def _fixed(one: object) -> Callable[[Row], object]:
    return lambda _: one


def _stored(field: str, hint: Any) -> Stored:  # noqa: ANN401 - whatever a field may be
    """Return how a type is stored."""
    plain = next((one for one in get_args(hint) if one is not NoneType), hint) if NoneType in get_args(hint) else hint
    if isinstance(plain, type) and issubclass(plain, Enum):
        return Stored({one.value: one for one in plain}.__getitem__, lambda one: one.value)
    if plain not in _HOW:
        raise TypeError(f"{field}: say how {hint} is stored")
    return _HOW[plain]


def numbers(stored: str) -> tuple[int, ...]:
    """Read a list of numbers."""
    return tuple(json.loads(stored))


def texts(values: Iterable[str]) -> str:
    """Write a list of texts."""
    return json.dumps(list(values), ensure_ascii=False)


def clock(minutes: int) -> time:
    """Read a local time of the day."""
    return time(minutes // 60, minutes % 60)


def minutes(at: time) -> int:
    """Write a local time of the day."""
    return at.hour * 60 + at.minute


_HOW: dict[Any, Stored] = {
    int: Stored(),
    str: Stored(),
    float: Stored(),
    bool: Stored(bool, int),
    datetime: Stored(moment, micros),
    time: Stored(clock, minutes),
    tuple[str, ...]: Stored(lambda stored: tuple(json.loads(stored)), texts),
}
