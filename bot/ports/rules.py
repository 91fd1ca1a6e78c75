"""Names the rules on articles that storage is handed when opened.

Storage itself decides nothing about articles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bot.values.articles import Article, Draft, Offer
    from bot.values.revisions import SourceWord, TextChange


@dataclass(frozen=True, slots=True)
class ArticleRules:
    """The rules on articles that storage needs.

    They run within a transaction, so all are pure and quick.
    """

    offer: Callable[[Draft], Offer]
    """What a draft offers that came without it."""
    compare: Callable[[Article, Draft, SourceWord], TextChange | None]
    """What a later reading of a stored article changes; None if nothing that matters."""
    agree: Callable[[Article, Article], bool]
    """Whether two articles say the same, so that they may become one."""
    clean_tags: Callable[[Iterable[str]], tuple[str, ...]]
    """Tags as they are stored: in display form, each once, no more than an article may have."""
    normal_address: Callable[[str], str | None]
    """The one form of an address that names an article; None if it names none."""
    host: Callable[[str], str | None]
    """The host of an address, as it stands in the normal form; None if it has none."""
    names_edition: Callable[[], int]
    """A number that changes with the list of known names, found without reading the list."""
    known_names: Callable[[], Sequence[str]]
    """The names that are tags in every archive."""
    spellings: Callable[[], Mapping[str, str]]
    """The keys of other spellings, each with the known name that it means."""
