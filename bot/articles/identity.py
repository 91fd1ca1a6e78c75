"""Tells which article an entry is, by a set of aliases.

A date or a title is none (model.md, "Identity is a set of aliases").
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from bot.articles.address import canonical_address, canonical_addresses, is_home
from bot.articles.text.boilerplate import is_excerpt
from bot.bangla.normalise import key
from bot.values.articles import Alias, AliasKind, Sighting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.values.articles import Article, Entry

__all__ = ["BODY_IDENTIFIES", "aliases", "canonical_address"]

BODY_IDENTIFIES = 300
"""Characters of key() text from which two articles of a source do not share a body; shorter ones (notes) may."""


def aliases(entry: Entry, source_scope: str) -> tuple[Alias, ...]:
    """Return an entry's names; () if nothing identifies it.

    Storage knows for which sources an address is a name. A guid counts as it is, scoped to the source, and as an
    address too if it is one. The body's hash, scoped to the source, is a name where there is no address, and wherever
    the whole body is long enough (`BODY_IDENTIFIES`): so an import and a poll of one source meet. An excerpt is none.
    """
    addresses = canonical_addresses((entry.url, entry.guid, *entry.addresses))
    guid = (entry.guid or "").strip()
    found = [Alias("", AliasKind.ADDRESS, address) for address in addresses]
    if guid and not is_home(guid):
        found.append(Alias(source_scope, AliasKind.GUID, guid))
    if entry.url and urldefrag(entry.url).fragment:
        found.append(Alias(source_scope, AliasKind.GUID, entry.url))  # …/live#7 beside …/live#8
    text = key("\n".join(entry.body))
    body = _body_alias(text, source_scope)
    long = len(text) >= BODY_IDENTIFIES
    if body is not None and (not addresses or (long and not is_excerpt(entry.body))):
        found.append(body)
    if guid and not found:
        # The site's own address: some feeds give it to every item.
        found.append(Alias(source_scope, AliasKind.GUID, guid))
    return tuple(found)


def sight(cleaned: Entry, source_scope: str) -> Sighting:
    """Name a cleaned entry of a source, and hash what it says."""
    return Sighting(cleaned, aliases(cleaned, source_scope), canonical_alias(cleaned), fingerprint(cleaned))


def fingerprint(cleaned: Entry) -> str:
    """Return a hash of what an entry says.

    It covers all that `revision.compare` looks at and the names. A date counts only as present or absent.
    """
    said = (
        # What a feed calls itself may hold the hour; whose an item is, it says itself.
        *(cleaned.title, cleaned.body, cleaned.credited and cleaned.publisher, cleaned.url, cleaned.guid),
        *(cleaned.addresses, cleaned.canonical, cleaned.dateline, cleaned.byline, cleaned.wire_sources, cleaned.tags),
        *(cleaned.categories, cleaned.image, cleaned.published is None, cleaned.updated is None),
    )
    return blake2b(json.dumps(said).encode(), digest_size=12).hexdigest()


def distinct(sightings: Sequence[Sighting], source_scope: str) -> list[Sighting]:
    """Take off names that are wrongly shared within one look.

    Two entries of one fetch with different headlines may bear the same name. That is the source's mistake and names
    neither: else three items with one guid would become one article, with one's headline over another's link, changed
    at every poll. An entry without a name left goes by its text, however short; one without text of its own is left
    out.
    """
    bearers: dict[Alias, list[Sighting]] = {}
    for sighting in sightings:
        for name in sighting.aliases:
            bearers.setdefault(name, []).append(sighting)
    shared = {
        name for name, those in bearers.items() if len(those) > 1 and len({key(one.entry.title) for one in those}) > 1
    }
    own = [_without(one, shared) for one in sightings]
    nameless = Counter(_body_alias(key("\n".join(one.entry.body)), source_scope) for one in own if not one.aliases)
    return [named for one in own if (named := _by_text(one, nameless, source_scope)).aliases]


def _by_text(sighting: Sighting, nameless: Counter[Alias | None], source_scope: str) -> Sighting:
    alias = None if sighting.aliases else _body_alias(key("\n".join(sighting.entry.body)), source_scope)
    return sighting if alias is None or nameless[alias] > 1 else replace(sighting, aliases=(alias,))


def _body_alias(text: str, source_scope: str) -> Alias | None:
    return Alias(source_scope, AliasKind.BODY, sha256(text.encode()).hexdigest()) if text else None


def _without(sighting: Sighting, names: set[Alias]) -> Sighting:
    if names.isdisjoint(sighting.aliases):
        return sighting
    own = tuple(name for name in sighting.aliases if name not in names)
    return replace(sighting, aliases=own, canonical=sighting.canonical if sighting.canonical in own else None)


def canonical_alias(entry: Entry) -> Alias | None:
    """Return the name that a page declares its proper one."""
    address = canonical_address(entry.canonical) if entry.canonical else None
    return Alias("", AliasKind.ADDRESS, address) if address else None


def agree(one: Article, other: Article) -> bool:
    """Return whether two articles say the same.

    They do if their headlines are equal, or if one body begins as the other does.
    """
    if key(one.headline) == key(other.headline):
        return True
    shorter, longer = sorted((key(" ".join(one.body)), key(" ".join(other.body))), key=len)
    return len(shorter) >= BODY_IDENTIFIES and longer.startswith(shorter.rstrip("… ."))
