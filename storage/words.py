"""Words in headlines and text, through SQLite's full-text index over key() texts."""

from __future__ import annotations

from bot.bangla.words import question


def match(text: str) -> str:
    """Write the index's query for articles that hold all that ``text`` asks for; "" if that is nothing.

    Each run is quoted, so nothing in it is syntax.
    """
    return " ".join(
        f'"{" ".join(needle.text for needle in run)}"' + ("" if run[-1].exact else "*") for run in question(text).runs
    )
