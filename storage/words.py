"""Words in headlines and text, written as queries of SQLite's full-text index over key() texts.

Each run of words is quoted, so nothing in it is syntax.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.bangla.endings import forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.bangla.words import Needle, Question


def match(asked: Question, known: Mapping[str, Sequence[str]], between: str = " AND ") -> str:
    """Write the query for articles that hold all that is asked; "" if that is nothing.

    A beginning that ``known`` has words for is sought by these.
    """
    return between.join(_begins(run, known.get(run[-1].text, ())) for run in asked.runs)


def forms_of(asked: Question) -> str:
    """Write the query for articles that hold the words themselves, or with a usual ending: বাংলার, not বাংলাদেশ."""
    return " AND ".join(map(_forms, asked.runs))


def but(wanted: str, unwanted: str) -> str:
    """Write the query for what is wanted without what is not; both may be "" for nothing."""
    return f"({wanted}) NOT ({unwanted})" if wanted and unwanted else wanted


def _begins(run: tuple[Needle, ...], known: Sequence[str]) -> str:
    if known and not run[-1].exact:
        return _any(run, known)
    return f'"{" ".join(needle.text for needle in run)}"' + ("" if run[-1].exact else "*")


def _forms(run: tuple[Needle, ...]) -> str:
    return _any(run, [run[-1].text] if run[-1].exact else forms(run[-1].text))


def _any(run: tuple[Needle, ...], last: Sequence[str]) -> str:
    before = "".join(f"{needle.text} " for needle in run[:-1])
    return "(" + " OR ".join(f'"{before}{word}"' for word in last) + ")"
