"""What is sought in the full-text index, as a value.

Each engine spells it its own way.
Words are values, so nothing in them is syntax to an index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias, assert_never

if TYPE_CHECKING:
    from collections.abc import Iterable


class IndexPhrase(NamedTuple):
    """Words side by side; the last may be only a beginning."""

    words: tuple[str, ...]
    begins: bool = False


class AnyOf(NamedTuple):
    """At least one of these must stand."""

    parts: tuple[Expression, ...]


class AllOf(NamedTuple):
    """All of these must stand."""

    parts: tuple[Expression, ...]


class ButNot(NamedTuple):
    """One must stand, the other must not."""

    wanted: Expression
    unwanted: Expression


class InHeadline(NamedTuple):
    """It must stand in the headline."""

    part: Expression


Expression: TypeAlias = IndexPhrase | AnyOf | AllOf | ButNot | InHeadline


def any_of(parts: Iterable[Expression]) -> Expression | None:
    """Return what holds one of these; None of nothing."""
    several = tuple(dict.fromkeys(parts))
    return AnyOf(several) if len(several) > 1 else next(iter(several), None)


def all_of(parts: Iterable[Expression]) -> Expression | None:
    """Return what holds all of these; None of nothing."""
    several = tuple(dict.fromkeys(parts))
    return AllOf(several) if len(several) > 1 else next(iter(several), None)


def fts5(sought: Expression) -> str:
    """Return an expression as SQLite's FTS5 takes it."""
    match sought:
        case IndexPhrase(words, begins):
            return f'"{" ".join(words)}"{"*" if begins else ""}'
        case AnyOf(parts):
            return f"({' OR '.join(map(fts5, parts))})"
        case AllOf(parts):
            return f"({' AND '.join(map(fts5, parts))})"
        case ButNot(wanted, unwanted):
            return f"({fts5(wanted)} NOT {fts5(unwanted)})"
        case InHeadline(part):
            return f"({{headline}} : {_bracketed(fts5(part))})"
        case _ as never:
            assert_never(never)


def _bracketed(text: str) -> str:
    return text if text.startswith("(") else f"({text})"


def stands_in(sought: Expression, texts: tuple[str, str]) -> bool:
    """Return whether it stands in a headline or body.

    Their words have a space between.
    """
    match sought:
        case IndexPhrase(words, begins):
            wanted = f" {' '.join(words)}{'' if begins else ' '}"
            return any(wanted in f" {text} " for text in texts)
        case AnyOf(parts):
            return any(stands_in(part, texts) for part in parts)
        case AllOf(parts):
            return all(stands_in(part, texts) for part in parts)
        case ButNot(wanted_part, unwanted):
            return stands_in(wanted_part, texts) and not stands_in(unwanted, texts)
        case InHeadline(part):
            return stands_in(part, (texts[0], ""))
        case _ as never:
            assert_never(never)


HEADLINE = "A"
"""The weight of a headline's words in PostgreSQL's vectors."""


def tsquery(sought: Expression, weight: str = "") -> str:
    """Return an expression as PostgreSQL's tsquery is written."""
    match sought:
        case IndexPhrase(words, begins):
            last = f":{'*' if begins else ''}{weight}" if begins or weight else ""
            each = [f"{_quoted(word)}{f':{weight}' if weight else ''}" for word in words[:-1]]
            return f"({' <-> '.join([*each, f'{_quoted(words[-1])}{last}'])})"
        case AnyOf(parts):
            return f"({' | '.join(tsquery(part, weight) for part in parts)})"
        case AllOf(parts):
            return f"({' & '.join(tsquery(part, weight) for part in parts)})"
        case ButNot(wanted, unwanted):
            return f"({tsquery(wanted, weight)} & !{tsquery(unwanted, weight)})"
        case InHeadline(part):
            return tsquery(part, HEADLINE)
        case _ as never:
            assert_never(never)


def loose(sought: Expression) -> Expression:
    """Return what PostgreSQL's index answers by itself.

    It is all that is sought, and maybe more. Weights, and words side by side, it would have to look at in each article.
    """
    match sought:
        case IndexPhrase(words, begins):
            last = IndexPhrase(words[-1:], begins)
            return AllOf((*(IndexPhrase((word,)) for word in words[:-1]), last)) if len(words) > 1 else last
        case AnyOf(parts):
            return AnyOf(tuple(map(loose, parts)))
        case AllOf(parts):
            return AllOf(tuple(map(loose, parts)))
        case ButNot(wanted, unwanted):
            return ButNot(loose(wanted), unwanted) if loose(unwanted) == unwanted else loose(wanted)
        case InHeadline(part):
            return loose(part)
        case _ as never:
            assert_never(never)


def rarest(sought: Expression) -> Expression:
    """Return the part of it that fewest articles hold.

    PostgreSQL's index answers that by itself. The first of several that must stand is the rarest
    (`storage/search/index_query.py`).
    """
    match sought:
        case AllOf(parts):
            return rarest(parts[0])
        case ButNot(part, _) | InHeadline(part):
            return rarest(part)
        case _:
            return loose(sought)


def tsvector(headline: Iterable[str], body: Iterable[str]) -> str:
    """Return two texts' words as PostgreSQL's tsvector is written.

    Its own parser is never asked: it parts other words than ours, by the server's locale. The body's places begin
    behind a gap, so that no phrase runs from the headline into it.
    """
    stands: dict[str, list[str]] = {}
    at = 0
    for at, word in enumerate(headline, 1):
        stands.setdefault(word, []).append(f"{at}{HEADLINE}")
    for position, word in enumerate(body, at + _GAP):
        if (places := stands.get(word)) is None:
            stands[word] = [str(min(position, _LAST))]
        elif position <= _LAST and len(places) < _MOST:
            places.append(str(position))
    return " ".join([f"{_quoted(word)}:{','.join(places)}" for word, places in stands.items()])


_GAP = 2
_LAST = 16_383
"""The largest place that PostgreSQL keeps."""
_MOST = 255
"""Places of one word that it keeps."""


def _quoted(word: str) -> str:
    if "'" not in word and "\\" not in word:
        return f"'{word}'"
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
