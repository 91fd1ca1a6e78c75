"""Counts the work that a function does on a text.

Work is calls, of Python and of C, and in C the length of what is worked through. Nothing is timed.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.values.errors import KhoborError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType, ModuleType

ROOMS = ("bot.bangla", "bot.articles", "bot.search", "bot.subscriptions", "bot.values", "bot.sources", "handlers")
UNIT = 16
"""Code points that C works through in about the time of a call."""
_AT_ONCE = frozenset(
    ("append", "add", "get", "pop", "startswith", "endswith", "items", "keys", "values", "setdefault", "popleft")
)
"""Methods whose cost does not grow with what they are asked of."""
_STOP = (ValueError, LookupError, KhoborError)


class Work:
    """What was done since counting began."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self, _: FrameType, event: str, called: Any) -> None:  # noqa: ANN401 - whatever is called
        """Hear of a call.

        A method in C counts the text or list it works through.
        """
        if event == "call":
            self.done += 1
        elif event == "c_call":
            self.done += 1
            of = called.__self__
            if isinstance(of, str | bytes | list) and called.__name__ not in _AT_ONCE:
                self.done += len(of) // UNIT


class CountedPattern:
    """A pattern that counts the text it works through."""

    def __init__(self, pattern: re.Pattern[str], work: Work) -> None:
        self._pattern, self._work = pattern, work

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a pattern has
        """Return what a pattern has; a method counts."""
        found = getattr(self._pattern, name)
        if name in ("match", "fullmatch", "search"):
            return lambda text, *place: self._one(found, text, *place)
        if name in ("sub", "subn"):
            return lambda by, text, *more, **named: self._all(found, text, by, text, *more, **named)
        if name in ("split", "findall", "finditer"):
            return lambda text, *more, **named: self._all(found, _within(text, *more), text, *more, **named)
        return found

    def _one(self, method: Callable[..., Any], text: str, *place: int) -> Any:  # noqa: ANN401
        found = method(text, *place)
        start = place[0] if place else 0
        seen = found.end() if found else len(text) if method.__name__ != "match" else start
        self._work.done += max(0, seen - start) // UNIT
        return found

    def _all(self, method: Callable[..., Any], text: str, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        self._work.done += len(text) // UNIT
        return method(*given, **named)


def _within(text: str, *place: int) -> str:
    """Return what a look between two places sees."""
    return text[place[0] : place[1]] if len(place) > 1 else text


@cache
def modules() -> list[ModuleType]:
    """Return the modules in which texts are read and shown."""
    packages = [importlib.import_module(room) for room in ROOMS]
    found = [pkgutil.walk_packages(package.__path__, f"{package.__name__}.") for package in packages]
    return [importlib.import_module(one.name) for some in found for one in some]


def functions() -> dict[str, Callable[..., Any]]:
    """Return every function that is no coroutine, by its full name."""
    found: dict[str, Callable[..., Any]] = {}
    for module in modules():
        for name, value in vars(module).items():
            inner = inspect.unwrap(value) if callable(value) and not inspect.isclass(value) else None
            if _is_own(inner, module, name):
                found[f"{module.__name__}.{name}"] = value
    return found


def _is_own(function: object, module: ModuleType, name: str) -> bool:
    return (
        inspect.isfunction(function)
        and (function.__module__, function.__name__) == (module.__name__, name)
        and not inspect.iscoroutinefunction(function)
        and not inspect.isasyncgenfunction(function)
    )


def asked(function: Callable[..., Any]) -> dict[str, str]:
    """Return the types of the parameters that have to be given."""
    given = inspect.signature(inspect.unwrap(function)).parameters.values()
    kinds = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return {one.name: str(one.annotation) for one in given if one.default is one.empty and one.kind not in kinds}


@contextmanager
def counted() -> Iterator[Work]:
    """Let every pattern of the rooms count, as long as this lasts."""
    work = Work()
    kept: list[tuple[ModuleType, str, re.Pattern[str]]] = []
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                kept.append((module, name, value))
    for module, name, value in kept:
        setattr(module, name, CountedPattern(value, work))
    try:
        yield work
    finally:
        for module, name, value in kept:
            setattr(module, name, value)


def cost(work: Work, call: Callable[[str], Any], text: str) -> int:
    """Return the work of one call.

    A call that refuses the text has done its work.
    """
    work.done = 0
    sys.setprofile(work)
    try:
        found = call(text)
        if inspect.isgenerator(found):
            for _ in found:
                pass
    except _STOP:
        pass
    finally:
        sys.setprofile(None)
    return work.done
