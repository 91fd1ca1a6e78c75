"""The voice: rules that every word of ours keeps, whoever adds one."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from functools import cache
from typing import TYPE_CHECKING

import bot
import handlers
from bot.values.wording import Wording
from handlers.command import Command

if TYPE_CHECKING:
    from types import ModuleType

BANNED = ("সফলভাবে", "অনুগ্রহপূর্বক", "ত্রুটি", "অবৈধ", "ইনপুট", "ইউজার", "সাবমিট", "প্রসেস", "ক্লিক", "যন্ত্র")
BENGALI = r"[\u0980-\u09FF]"


def _modules() -> list[str]:
    return [
        module.name
        for package in (bot, handlers)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not module.name.endswith("__main__")
    ]


@cache
def _wordings() -> dict[str, Wording]:
    """Return every wording once, by where it is made.

    A module's imports are looked at where they stand.
    """
    found: dict[str, Wording] = {}
    for name in _modules():
        module = importlib.import_module(name)
        for attribute in _made_in(module):
            _collect(f"{name}.{attribute}", vars(module)[attribute], found)
    once = {id(wording): where for where, wording in reversed(found.items())}
    return {where: wording for where, wording in found.items() if once[id(wording)] == where}


def _made_in(module: ModuleType) -> list[str]:
    """Return the names that a module itself gives to something."""
    made: list[str] = []
    for statement in ast.parse(inspect.getsource(module)).body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        made += [node.id for target in targets if target for node in ast.walk(target) if isinstance(node, ast.Name)]
    return [name for name in dict.fromkeys(made) if name in vars(module)]


def _collect(where: str, value: object, found: dict[str, Wording]) -> None:
    if isinstance(value, Wording):
        found[where] = value
    elif isinstance(value, (tuple, list)):
        for index, inner in enumerate(value):
            _collect(f"{where}[{index}]", inner, found)
    elif isinstance(value, dict):
        for inner_key, inner in value.items():
            _collect(f"{where}[{inner_key}]", inner, found)
    elif isinstance(value, Command):
        for name in ("summary", "described", "helps"):
            _collect(f"{where}.{name}", getattr(value, name), found)


def test_there_are_wordings_to_look_at() -> None:
    wordings = _wordings()
    assert len(wordings) > 400
    assert len({id(wording) for wording in wordings.values()}) == len(wordings), "each once"


def test_every_wording_keeps_the_rules() -> None:
    assert not [(where, rule) for where, wording in _wordings().items() for rule in _broken(*wording)]


def _broken(bn: str, en: str) -> list[str]:
    """Return the rules that a wording breaks."""
    # A number may carry its classifier (৩টি); a name stands bare: «{tag}ের» would give রাশিয়াের.
    inflected = r"\{(?!n\}|total\}|new\}|revised\}|m\}|changed\}|failed\}|id\})\w+\}" + BENGALI
    rules = {
        "both languages say it": bn and en,
        "banned words": not [word for word in BANNED if word in bn],
        "the bot does not call itself anything": not re.search(r"\bআমি\b|\bআমরা\b", bn),
        "a variable is never inflected": not re.search(inflected, bn),
        "Bengali digits": not re.search(r"[0-9]", re.sub(r"/\w+|#\{id\}|\{\w+\}", "", bn)),
        "no space before a mark": not re.search(r"[ \u00a0][।?!:;]", re.sub(r"/\w+", "", bn)),
        "the colon is no visarga": "ঃ" not in re.sub(r"দুঃখ", "", bn),
        "the classifier is joined": not re.search(BENGALI + r"\s+টি\b|\} টি", bn),
        "no hashtags": not re.search(r"#" + BENGALI, bn),
        "the same values in both": set(re.findall(r"\{(\w+)\}", bn)) == set(re.findall(r"\{(\w+)(?::[^}]*)?\}", en)),
    }
    return [rule for rule, kept in rules.items() if not kept]


def test_what_stays_never_says_today() -> None:
    # The names of commands may: «আজকের খবর» is what one asks for, not what a message that stays says. So may the head
    # of an answer to one who named a day: it repeats that word with its date beside it.
    may = ("handlers.commands.help", "bot.search.heading_days")
    said = {
        where: w.bn
        for where, w in _wordings().items()
        if not where.endswith((".summary", ".described", ".helps")) and not any(one in where for one in may)
    }
    named = ("start.TODAY", "keyboard.ROWS[0][1]")
    for name in (f"handlers.commands.{name}" for name in named):
        said.pop(name)
    assert not [where for where, bn in said.items() if re.search(r"আজ|গতকাল|মিনিট আগে", bn)]


def test_no_english_number_stands_bare_before_what_it_counts() -> None:
    counted = re.compile(
        r"\{(?:n|m|k|total|count)\} (?:\w+ )?(?:stories|readers|chats|outlets|minutes|seconds|hours|days|letters)\b"
    )
    assert not [where for where, w in _wordings().items() if counted.search(w.en)]
