"""Turns questions into what is sought in the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.bangla.endings import forms
from storage.search.expression import ButNot, IndexPhrase, all_of, any_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.bangla.words import Question, Run
    from storage.search.expression import Expression


def match(question: Question, known: Mapping[str, Sequence[str]], *, some: bool = False) -> Expression | None:
    """Return what holds all that is asked, or ``some`` of it.

    Return None if that is nothing. A beginning that ``known`` has words for is sought by these.
    """
    groups = (one_of for group in question.groups if (one_of := any_of(_sought(run, known) for run in group)))
    return (any_of if some else all_of)(groups)


def match_forms(question: Question) -> Expression | None:
    """Return what holds the words themselves.

    A usual ending is allowed: বাংলার, not বাংলাদেশ.
    """
    return match(question, {run[-1].text: forms(run[-1].text) for run in question.runs})


def but(wanted: Expression | None, unwanted: Expression | None) -> Expression | None:
    """Return what holds one thing without another."""
    return ButNot(wanted, unwanted) if wanted and unwanted else wanted


def _sought(run: Run, known: Mapping[str, Sequence[str]]) -> Expression:
    before, last = tuple(needle.text for needle in run[:-1]), run[-1]
    if last.exact:
        return IndexPhrase((*before, last.text))
    ways = any_of(IndexPhrase((*before, word)) for word in known.get(last.text, ()))
    return ways or IndexPhrase((*before, last.text), begins=True)
