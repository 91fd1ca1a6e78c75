"""Words that readers and editors see are the copy deck's.

The deck lies beside the project; here stand only the names of the constants.
"""

from __future__ import annotations

import importlib
import re
import tomllib
from pathlib import Path

import pytest

from bot.values.wording import Wording
from tests.shared import shared_path

TABLE: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text(encoding="utf-8"))
_VARIABLE = re.compile(r"\{[^{}]*\}")
_MARKS = re.compile(r"[*>`«»“”\"]")


def _plain(text: str) -> str:
    """Return words alone, with every variable alike."""
    flat = _VARIABLE.sub("{}", text).replace("⏎", " ")
    return " ".join(_MARKS.sub("", flat).split())


DECK = _plain(shared_path("copy.md").read_text(encoding="utf-8"))


def _stands(text: str) -> bool:
    return _plain(text).rstrip("।.?: ") in DECK


def _named(part: str) -> dict[str, object]:
    """Return what goes by the names of a part of the table."""
    return {
        f"{module}:{name}": vars(importlib.import_module(module)).get(name)
        for module, names in TABLE[part].items()
        for name in names.split()
    }


def _wordings(part: str) -> list[tuple[str, Wording]]:
    return [(name, one) for name, one in _named(part).items() if isinstance(one, Wording)]


@pytest.mark.parametrize("part", TABLE)
def test_a_wording_of_the_table_is_still_there(part: str) -> None:
    named = _named(part)
    assert len(named) > 100
    assert not [name for name, one in named.items() if not isinstance(one, Wording)]


def test_its_bengali_is_the_decks() -> None:
    assert not [(name, wording.bn) for part in TABLE for name, wording in _wordings(part) if not _stands(wording.bn)]


def test_its_english_is_the_decks() -> None:
    assert not [(name, wording.en) for name, wording in _wordings("both") if not _stands(wording.en)]
