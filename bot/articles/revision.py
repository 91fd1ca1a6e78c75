"""Tells what a later reading of an article changes.

It brings a new text, fills a gap, or changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bot.articles.text.attribution import is_role
from bot.articles.text.boilerplate import is_excerpt
from bot.articles.text.clean import clean_tags
from bot.bangla.normalise import key
from bot.values.revisions import SourceWord, TextChange

if TYPE_CHECKING:
    from bot.values.articles import Article, Draft

_HALF = 2
_T = TypeVar("_T")


def compare(old: Article, draft: Draft, word: SourceWord = SourceWord.NEWER) -> TextChange | None:
    """Return what a later reading changes, or None for nothing.

    A changed headline or body is a revision. White space, views, moved dates and the order of tags are nothing. A
    reading without a body, an excerpt, or one less than half as long never replaces a fuller body; a fuller one that
    begins as the known body does completes it, which is no revision, if that was an excerpt or half as long at most;
    else the text has grown. Without a new text facts only fill gaps (an image, a by-line where there was a role, more
    tags): so two sources of one article can't take turns for ever.
    """
    newer = word is SourceWord.NEWER
    headline_changed = newer and key(old.headline) != key(draft.headline)
    takes_body = word is not SourceWord.REPEATED and _is_fuller_or_new(old.body, draft.body)
    completes = takes_body and _completes(draft.body, old.body)
    takes_body = takes_body and (newer or completes)
    is_revision = headline_changed or (takes_body and not completes)
    merged = _with_text(old, draft, takes_body=takes_body, headline_changed=headline_changed)
    merged = _with_facts(old, merged, new_text=is_revision)
    if is_revision or completes or _fills_gaps(old, merged):
        return TextChange(merged, is_revision)
    return None


def _is_fuller_or_new(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Return whether the new body is to be stored.

    It differs, and is not a poorer reading of the old one.
    """
    known, read = _text(old), _text(new)
    if not read or read == known:
        return False
    if not known:
        return True
    if len(read) < len(known) and (is_excerpt(new) or known.startswith(read)):
        return False
    if is_excerpt(new) and not is_excerpt(old) and not read.startswith(known.rstrip("… .")):
        return False
    return len(read) * _HALF >= len(known)


def _completes(new: tuple[str, ...], old: tuple[str, ...]) -> bool:
    known, read = _text(old), _text(new)
    if not read.startswith(known.rstrip("… .")):
        return False
    return is_excerpt(old) or len(known) * _HALF <= len(read)


def _text(body: tuple[str, ...]) -> str:
    return key(" ".join(body))


def _with_text(old: Article, draft: Draft, *, takes_body: bool, headline_changed: bool) -> Draft:
    return replace(
        draft,
        headline=draft.headline if headline_changed else old.headline,
        body=draft.body if takes_body else old.body,
        summary=draft.summary if takes_body or not old.body else old.summary,
    )


def _with_facts(old: Article, draft: Draft, *, new_text: bool) -> Draft:
    """Return the reading with the other fields merged.

    The facts of a new text lead; without one the known facts do.
    """

    def lead(known: _T, read: _T) -> _T:
        first, second = (read, known) if new_text else (known, read)
        return first or second

    return replace(
        draft,
        publisher=draft.publisher,
        url=old.url or draft.url,
        byline=_byline(old.byline, draft.byline),
        dateline=lead(old.dateline, draft.dateline),
        wire_sources=lead(old.wire_sources, draft.wire_sources),
        tags=clean_tags((*old.tags, *draft.tags)),
        views=draft.views if draft.views is not None else old.views,
        image=lead(old.image, draft.image),
        published=old.published or draft.published,
        updated=draft.updated if new_text and draft.updated else old.updated or draft.updated,
    )


def _byline(old: str | None, new: str | None) -> str | None:
    """Return the by-line that names a person, the known one first."""
    persons = [name for name in (old, new) if name and not is_role(name)]
    return next(iter(persons), old or new)


def _fills_gaps(old: Article, merged: Draft) -> bool:
    """Return whether any field says more than it did.

    The number of views does not count.
    """
    return (
        (
            merged.url,
            merged.byline,
            merged.dateline,
            merged.wire_sources,
            merged.image,
            merged.published,
            merged.updated,
        )
        != (old.url, old.byline, old.dateline, old.wire_sources, old.image, old.published, old.updated)
        or {key(tag) for tag in merged.tags} != {key(tag) for tag in old.tags}
        or (not old.body and not old.summary and bool(merged.summary))
    )
