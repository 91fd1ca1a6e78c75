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
    from collections.abc import Callable, Iterable, Mapping, Sequence

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
        made = self._compiled(value, fields, parts, without, hints)
        self._made: Callable[[Row], T] = lru_cache(maxsize=kept)(made) if kept else made

    def _compiled(
        self,
        value: type[T],
        fields: Sequence[str],
        parts: Mapping[str, Fields[Any]],
        without: Mapping[str, object],
        hints: Mapping[str, Any],
    ) -> Callable[[Row], T]:
        """Write out the function that reads a row.

        So do `dataclasses` what makes a value. By place it takes a third of the time of a loop over the fields, and
        each claimed row of the outbox reads five.
        """
        names: dict[str, object] = {"_value": value, **without}
        arguments = []
        place, behind = 0, len(self._own)
        for name in fields:
            if name in parts:
                names[name] = parts[name]._made  # noqa: SLF001 - of another of these
                read = f"{name}(row[{behind}:{behind + parts[name].width}])"
                # A row of nothing has nothing in its first column.
                empty = f"None if row[{behind}] is None else " if NoneType in get_args(hints[name]) else ""
                arguments.append(f"{empty}{read}")
                behind += parts[name].width
            elif name in without:
                arguments.append(name)
            else:
                names[name] = self._stored[name].read
                column = f"row[{place}]"
                arguments.append(f"None if {column} is None else {name}({column})" if names[name] else column)
                place += 1
        made: Callable[[Row], T] = eval(f"lambda row: _value({', '.join(arguments)})", names)  # noqa: S307 - ours
        return made

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
