"""Works out what an article offers.

Its words, the names it says, its section.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from bot.articles.names.gazetteer import BANGLADESH, INDIA
from bot.articles.topic_guess import by_words
from bot.articles.topics import topic
from bot.bangla.normalise import key
from bot.bangla.spoken import spoken
from bot.bangla.words import indexed_key, normal_question, split
from bot.values.articles import Offer

if TYPE_CHECKING:
    from bot.values.articles import Draft


def offer(draft: Draft) -> Offer:
    """Return what a draft is found, followed and known again by.

    It needs nothing of the archive.
    """
    headline, body = key(draft.headline), key("\n".join(draft.body))
    return Offer(
        indexed=(indexed_key(headline), indexed_key(body)),
        words=(" ".join(split(draft.headline)), " ".join(word for text in draft.body for word in split(text))),
        names=tuple(sorted(spoken(draft.headline))),
        tags=tuple(key(tag) for tag in draft.tags),
        questions=tuple(normal_question(tag) for tag in draft.tags),
        topic=_topic(draft, BANGLADESH),
        topic_in_india=_topic(draft, INDIA),
        said=blake2b(f"{headline}\n{body}".encode(), digest_size=12).hexdigest(),
    )


def _topic(draft: Draft, country: str) -> str | None:
    """Return where the publisher filed it, else what its words tell."""
    return topic(draft.categories, draft.url, country) or by_words(draft.headline, draft.body, country)
