"""The rules on articles, as storage asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.articles.address import canonical_address, canonical_host
from bot.articles.identity import agree
from bot.articles.names import gazetteer
from bot.articles.revision import compare
from bot.articles.text.clean import clean_tags
from bot.articles.topic_guess import by_words
from bot.articles.topics import topic
from bot.ports.rules import ArticleRules

if TYPE_CHECKING:
    from bot.values.articles import Draft, Outlet


def section(draft: Draft, outlet: Outlet | None) -> str | None:
    """Return the topic of an article.

    Where its publisher filed it, else what its words tell.
    """
    country = outlet.country if outlet else gazetteer.BANGLADESH
    return topic(draft.categories, draft.url, country) or by_words(draft.headline, draft.body, country)


RULES = ArticleRules(
    section=section,
    compare=compare,
    agree=agree,
    clean_tags=clean_tags,
    normal_address=canonical_address,
    host=canonical_host,
    names_edition=gazetteer.fingerprint,
    known_names=lambda: [entry.name for entry in gazetteer.entries()],
    spellings=gazetteer.spellings,
)
