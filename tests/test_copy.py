"""The voice: rules that every word of ours keeps, whoever adds one."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import bot
import handlers
from bot.values.wording import Wording

BANNED = ("সফলভাবে", "অনুগ্রহপূর্বক", "ত্রুটি", "অবৈধ", "ইনপুট", "ইউজার", "সাবমিট", "প্রসেস", "ক্লিক", "যন্ত্র")
BENGALI = r"[\u0980-\u09FF]"


def _modules() -> list[str]:
    return [
        module.name
        for package in (bot, handlers)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not module.name.endswith("__main__")
    ]


def _wordings() -> dict[str, Wording]:
    found: dict[str, Wording] = {}
    for name in _modules():
        for attribute, value in vars(importlib.import_module(name)).items():
            _collect(f"{name}.{attribute}", value, found)
    return found


def _collect(where: str, value: object, found: dict[str, Wording]) -> None:
    if isinstance(value, Wording):
        found[where] = value
    elif isinstance(value, (tuple, list)):
        for index, inner in enumerate(value):
            _collect(f"{where}[{index}]", inner, found)
    elif isinstance(value, dict):
        for inner_key, inner in value.items():
            _collect(f"{where}[{inner_key}]", inner, found)
    elif type(value).__name__ == "Command":
        _collect(f"{where}.summary", value.summary, found)  # type: ignore[attr-defined]


WORDINGS = _wordings()


def test_there_are_wordings_to_look_at() -> None:
    assert len(WORDINGS) > 60


@pytest.mark.parametrize("where", WORDINGS)
def test_every_wording_keeps_the_rules(where: str) -> None:
    bn, en = WORDINGS[where]
    assert bn, "both languages say it"
    assert en, "both languages say it"
    assert not [word for word in BANNED if word in bn], "banned words"
    assert not re.search(r"\bআমি\b|\bআমরা\b", bn), "the bot does not call itself anything"
    # A number may carry its classifier (৩টি); a name stands bare: «{tag}ের» would give রাশিয়াের.
    assert not re.search(r"\{(?!n\}|total\}|new\}|revised\}|m\}|changed\}|failed\}|id\})\w+\}" + BENGALI, bn), (
        "a variable is never inflected"
    )
    assert not re.search(r"[0-9]", re.sub(r"/\w+|#\{id\}|\{\w+\}", "", bn)), "Bengali digits"
    assert not re.search(r"[ \u00a0][।?!:;]", re.sub(r"/\w+", "", bn)), "no space before a mark"
    assert "ঃ" not in re.sub(r"দুঃখ", "", bn), "the colon is no visarga"
    assert not re.search(BENGALI + r"\s+টি\b|\} টি", bn), "the classifier is joined"
    assert not re.search(r"#" + BENGALI, bn), "no hashtags"
    assert set(re.findall(r"\{(\w+)\}", bn)) == set(re.findall(r"\{(\w+)\}", en)), "the same values in both"


def test_what_stays_never_says_today() -> None:
    # The names of commands may: «আজকের খবর» is what one asks for, not what a message that stays says. So may the head
    # of an answer to one who named a day: it repeats that word with its date beside it.
    may = ("handlers.commands.help", "bot.search.headings")
    said = {
        where: w.bn
        for where, w in WORDINGS.items()
        if not where.endswith(".summary") and not any(one in where for one in may)
    }
    named = ("start.TODAY", "keyboard.ROWS[0][1]")
    for name in (*(f"handlers.commands.{name}" for name in named), "handlers.platforms.telegram.menu.LABELS[today]"):
        said.pop(name)
    assert not [where for where, bn in said.items() if re.search(r"আজ|গতকাল|মিনিট আগে", bn)]
