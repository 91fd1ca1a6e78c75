"""Words in headlines and text, through SQLite's full-text index over key() texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.bangla.endings import forms
from bot.bangla.words import question

if TYPE_CHECKING:
    from bot.bangla.words import Needle


def match(text: str, without: str = "") -> str:
    """Write the index's query for articles that hold all that ``text`` asks for; "" if that is nothing.

    Each run is quoted, so nothing in it is syntax. None of the words in ``without`` may stand in them.
    """
    wanted = " ".join(map(_begins, question(text).runs))
    unwanted = " OR ".join(map(_begins, question(without).runs))
    return f"({wanted}) NOT ({unwanted})" if wanted and unwanted else wanted


def match_forms(text: str) -> str:
    """Write the query for articles that hold the words themselves, or with a usual ending: বাংলার, not বাংলাদেশ."""
    return " AND ".join(map(_forms, question(text).runs))


def _begins(run: tuple[Needle, ...]) -> str:
    return f'"{" ".join(needle.text for needle in run)}"' + ("" if run[-1].exact else "*")


def _forms(run: tuple[Needle, ...]) -> str:
    before = "".join(f"{needle.text} " for needle in run[:-1])
    last = [run[-1].text] if run[-1].exact else forms(run[-1].text)
    return "(" + " OR ".join(f'"{before}{form}"' for form in last) + ")"
