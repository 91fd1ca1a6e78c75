"""Every function of a text that a source or a reader can reach, found by its annotations, with values to call it by."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import bot
import handlers
from bot.sources.kind import Context
from bot.values.articles import DHAKA, Entry
from bot.values.chats import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2026, 4, 14, 6, 0, tzinfo=UTC)
ADDRESS = "https://nodi.example/{}"


def values(text: str) -> dict[str, object]:
    """Return a value for each annotation that can be filled with a text, or with something harmless."""
    lines, words = tuple(text.split("\n")), tuple(text.split())
    entry = Entry(title=text, body=(text,), publisher=text, url=ADDRESS.format(text), guid=text, addresses=(text,),
                  byline=text, dateline=text, wire_sources=(text,), tags=(text,), categories=(text,), image=text)  # fmt: skip
    strings = dict.fromkeys(("Iterable[str]", "Sequence[str]", "tuple[str, ...]", "Collection[str]"), words or lines)
    return {
        "str": text,
        "str | None": text,
        "object": text,
        "Any": text,
        "bytes": text.encode("utf-8", "replace"),
        **strings,
        "list[str]": list(words or lines),
        "list[str] | tuple[str, ...]": lines,
        "Iterable[str | None]": words,
        "Sequence[Sequence[str]]": (words,),
        "Iterable[tuple[str, ...]]": (words,),
        "Entry": entry,
        "datetime": NOW,
        "datetime | None": NOW,
        "Context": Context("https://nodi.example/", None, None, NOW, DHAKA),
        "int": 300,
        "int | None": 300,
        "float": 1.0,
        "bool": True,
        "Language": Language.BANGLA,
    }


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the functions of the core and of handlers with their names, in order."""
    for package in (bot, handlers):
        for found in sorted(pkgutil.walk_packages(package.__path__, f"{package.__name__}."), key=lambda one: one.name):
            if found.name.endswith(("__main__", ".worker", ".app")) or ".cli" in found.name:
                continue
            module = importlib.import_module(found.name)
            for name, value in sorted(vars(module).items()):
                plain = inspect.unwrap(value) if callable(value) else None
                if inspect.isfunction(plain) and plain.__module__ == module.__name__:
                    yield f"{module.__name__}.{name}", value


def arguments(function: Callable[..., Any], text: str) -> tuple[list[object], dict[str, object]] | None:
    """Return what to call a function with; None if it takes no text, or something that cannot be made of one."""
    filled = values(text)
    positional: list[object] = []
    named: dict[str, object] = {}
    takes_text = False
    for parameter in inspect.signature(inspect.unwrap(function)).parameters.values():
        kind = str(parameter.annotation)
        if kind in filled and kind not in ("int", "int | None", "bool", "float", "datetime", "datetime | None", "Language", "Context"):
            takes_text = True
        elif parameter.default is not parameter.empty:
            continue
        if kind not in filled:
            return None
        if parameter.kind is parameter.KEYWORD_ONLY:
            named[parameter.name] = filled[kind]
        elif parameter.kind is parameter.VAR_POSITIONAL:
            positional.append(filled[kind])
        else:
            positional.append(filled[kind])
    return (positional, named) if takes_text else None
