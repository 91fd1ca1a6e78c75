"""What a reader means by a word: a tag, an outlet, or words in headlines and text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.bangla.endings import bases
from bot.bangla.normalise import display, key
from bot.model import Query, Subject, Term, TermKind

if TYPE_CHECKING:
    from bot.ports import Store

EVERYTHING = frozenset({"সব", "সব খবর", "সবকিছু", "সব কিছু", "all", "everything", "sob", "shob"})


def tag_keys(text: str) -> list[str]:
    """Return the keys a tag may have that ``text`` names, the text's own first: ইরানে, then ইরান."""
    whole = key(text)
    before, _, last = whole.rpartition(" ")
    inflected = sorted(bases(last) - {last}, key=len, reverse=True)
    return [whole, *(f"{before} {base}".strip() for base in inflected)]


async def known(store: Store, text: str) -> Query | None:
    """Return the tag, else the outlet, that ``text`` names, if either is known."""
    if (tag := await store.tags.find(tag_keys(text))) is not None:
        return Query(Subject.TAG, tag.key, tag.name)
    return await outlet(store, text)


async def outlet(store: Store, text: str) -> Query | None:
    """Return the outlet that ``text`` names, if it is known."""
    found = await store.outlets.find(text)
    return Query(Subject.OUTLET, str(found.id), found.name) if found else None


def words(text: str) -> Query:
    """Ask for articles that hold all words of ``text`` in headline or body."""
    return Query(Subject.WORDS, key(text), display(text).strip())


async def term(store: Store, text: str) -> Term:
    """Return what somebody follows who writes ``text``; a word that is no tag yet is followed as one it may become."""
    if key(text) in EVERYTHING:
        return Term(TermKind.ALL)
    found = await known(store, text)
    if found is None:
        return Term(TermKind.TAG, key(text), display(text).strip())
    kind = TermKind.TAG if found.subject is Subject.TAG else TermKind.OUTLET
    return Term(kind, found.value, found.name)
