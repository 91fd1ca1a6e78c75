"""Asks the full-text index so that answers take milliseconds.

This holds in a large archive too. The index gives the articles of a word one by one, the newest first, but those of a
beginning only when it has gathered all; so a common beginning is asked for by the words that it begins. If several
words must stand together it passes over the articles of each: what that costs is known from the vocabulary before it is
asked.

The vocabulary has Bengali words alone: numbers and words in Latin letters are taken for rare ones.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bot.bangla.endings import forms
from bot.bangla.words import question, split
from storage.search import words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.bangla.words import Question, Run
    from storage.driver.connection import Connection
    from storage.search.expression import Expression

GATHERED = 20_000
"""Places of a beginning that the index may gather: some milliseconds. A beginning with more is a common one."""
COMMONEST = 24
"""Words that a common beginning is asked for by; the others together are few beside them."""
_ON_A_PAGE = 1_000
"""Articles of a word on one page of the index, which it can leap over."""


class Sought(NamedTuple):
    """A query of the index and its cost.

    The cost is that of the whole archive; ``known`` are the words that it seeks for each beginning.
    """

    match: Expression | None
    steps: int
    """Articles of single words that are passed over, some 30 ns each; 0 where each of them is an answer."""
    known: Mapping[str, Sequence[str]]


async def by_forms(db: Connection, question: Question) -> Sought:
    """Seek the words, alone or with an ending.

    If the archive knows some of these forms, only those are sought.
    """
    tried = {run[-1].text: forms(run[-1].text) for run in question.runs if not run[-1].exact}
    often = await _often(db, {*_exact(question), *(form for some in tried.values() for form in some)})
    known = {word: [form for form in some if form == word or form in often] for word, some in tried.items()}
    known = {word: some if len(some) > 1 or word in often else tried[word] for word, some in known.items()}
    often |= {word: sum(often.get(form, 0) for form in some) for word, some in known.items()}
    return _sought(question, known, often)


async def by_beginnings(db: Connection, question: Question, *, some: bool = False) -> Sought:
    """Seek all words that begin as is asked.

    It finds the articles for which `bot.bangla.words.holds` is true.
    """
    often, known = await _often(db, _exact(question)), dict[str, list[str]]()
    for beginning in {run[-1].text: None for run in question.runs if run[-1].short}:
        known[beginning] = forms(beginning)
    often |= await _often(db, {form for some in known.values() for form in some})
    often |= {word: sum(often.get(form, 0) for form in some) for word, some in known.items()}
    for beginning in {run[-1].text: None for run in question.runs if not (run[-1].exact or run[-1].short)}:
        span = (beginning, f"{beginning}\U0010ffff")
        total = await db.row("SELECT coalesce(sum(n), 0) FROM vocabulary WHERE word >= ? AND word < ?", *span)
        often[beginning] = int(total[0]) if total else 0
        if often[beginning] > GATHERED:
            commonest = "SELECT word FROM vocabulary WHERE word >= ? AND word < ? ORDER BY n DESC LIMIT ?"
            known[beginning] = [word for (word,) in await db.rows(commonest, *span, COMMONEST)]
    return _sought(question, known, often, some=some)


def stands(question: Question, known: Mapping[str, Sequence[str]], text: str) -> bool:
    """Return whether a query's words stand in a text.

    The text is in its key() form.
    """
    padded = f" {' '.join(split(text))} "
    return all(
        any(
            f" {''.join(f'{needle.text} ' for needle in run[:-1])}{word} " in padded
            for run in group
            for word in ([run[-1].text] if run[-1].exact else known[run[-1].text])
        )
        for group in question.groups
    )


async def matching(db: Connection, text: str, *, some: bool = False) -> Expression | None:
    """Return what holds what a text asks for, as beginnings.

    All of it, or ``some``; None if it asks for nothing.
    """
    return (await by_beginnings(db, question(text), some=some)).match


def _sought(
    question: Question, known: Mapping[str, Sequence[str]], often: Mapping[str, int], *, some: bool = False
) -> Sought:

    def rarest_of(group: tuple[Run, ...]) -> int:
        # Of a group the commonest spelling; of a run its rarest word.
        return max(min(often.get(needle.text, 0) for needle in run) for run in group)

    # The rarest first: an article that has not even that one is passed over at once.
    question = replace(question, groups=tuple(sorted(question.groups, key=rarest_of)))
    match = words.match(question, known, some=some)
    if len({needle.text for run in question.runs for needle in run}) <= 1:
        return Sought(match, 0, known)
    groups = dict.fromkeys(question.groups)
    rarest = min(map(rarest_of, groups))
    steps = 0
    for run in dict.fromkeys(run for group in groups for run in group):
        sought = len(known.get(run[-1].text, ())) or 1
        # Words side by side are looked for once with each form of the last.
        passed = [often.get(run[-1].text, 0), *(sought * often.get(needle.text, 0) for needle in run[:-1])]
        # It leaps over pages between the articles of the rarest, and at each looks at all words that are sought.
        steps += sum(min(one, rarest * _ON_A_PAGE) for one in passed) + rarest * sought * len(run)
    return Sought(match, steps, known)


def _exact(question: Question) -> set[str]:
    return {needle.text for run in question.runs for needle in run if needle.exact}


async def _often(db: Connection, wanted: Collection[str]) -> dict[str, int]:
    """Return how often words stand in the archive, of those that do."""
    if not wanted:
        return {}
    listed = json.dumps(sorted(wanted), ensure_ascii=False)
    rows = await db.rows("SELECT word, n FROM vocabulary WHERE word IN (SELECT value FROM texts(?))", listed)
    return {row[0]: row[1] for row in rows}
