"""The rules on articles, as storage asks for them."""

from __future__ import annotations

from bot.articles.address import canonical_address, canonical_host
from bot.articles.identity import agree
from bot.articles.names import gazetteer
from bot.articles.offer import offer
from bot.articles.revision import compare
from bot.articles.text.clean import clean_tags
from bot.ports.rules import ArticleRules

RULES = ArticleRules(
    offer=offer,
    compare=compare,
    agree=agree,
    clean_tags=clean_tags,
    normal_address=canonical_address,
    host=canonical_host,
    names_edition=gazetteer.fingerprint,
    known_names=lambda: [entry.name for entry in gazetteer.entries()],
    spellings=gazetteer.spellings,
)
