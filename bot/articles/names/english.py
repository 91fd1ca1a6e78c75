"""Says listed names to who reads English: Iran for ইরান."""

from __future__ import annotations

from functools import cache

from bot.articles.names import gazetteer
from bot.values.chats import Language


def said(name: str, language: Language) -> str:
    """Return a name in the reader's language, where it has one there.

    Typed, it means the same.
    """
    return _english().get(name, name) if language is Language.ENGLISH else name


@cache
def _english() -> dict[str, str]:
    return {one.name: one.english for one in gazetteer.entries() if one.kind is not gazetteer.NameKind.OUTLET}
