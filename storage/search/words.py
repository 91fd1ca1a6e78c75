"""Writes words as queries of the full-text index.

SQLite's, over key() texts of headlines and bodies.
Each run of words is quoted, so nothing in it is syntax.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.bangla.endings import forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.bangla.words import Question, Run


def match(asked: Question, known: Mapping[str, Sequence[str]], between: str = " AND ") -> str:
    """Write the query for all that is asked.

    For articles that hold it; "" if that is nothing.
    A beginning that ``known`` has words for is sought by these.
    """
    return between.join(_one_of(group, known) for group in dict.fromkeys(asked.groups))


def match_forms(asked: Question) -> str:
    """Write the query for the words themselves.

    Or with a usual ending: বাংলার, not বাংলাদেশ.
    """
    return match(asked, {run[-1].text: forms(run[-1].text) for run in asked.runs})


def but(wanted: str, unwanted: str) -> str:
    """Write the query for one thing without another.

    Both may be "" for nothing.
    """
    return f"({wanted}) NOT ({unwanted})" if wanted and unwanted else wanted


def _one_of(group: Sequence[Run], known: Mapping[str, Sequence[str]]) -> str:
    ways = [_sought(run, known.get(run[-1].text, ())) for run in group]
    return ways[0] if len(ways) == 1 else f"({' OR '.join(ways)})"


def _sought(run: Run, known: Sequence[str]) -> str:
    before, last = "".join(f"{needle.text} " for needle in run[:-1]), run[-1]
    if last.exact:
        return f'"{before}{last.text}"'
    return "(" + " OR ".join(f'"{before}{word}"' for word in known) + ")" if known else f'"{before}{last.text}"*'
