"""Finds what a reader means by a word.

It is everything, a section, a tag, an outlet, or words in headlines and text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.articles import topics
from bot.articles.names import english
from bot.bangla.endings import bases
from bot.bangla.normalise import display, key
from bot.bangla.words import normal_question
from bot.search.grammar import objects, words
from bot.subscriptions import naming
from bot.values.articles import Query, QueryKind
from bot.values.chats import Language, Mode, Term, TermKind
from bot.values.topics import TOPICS
from bot.values.wording import say

if TYPE_CHECKING:
    from bot.ports.store import Store
    from bot.values.chats import Chat, Subscription
    from bot.values.topics import Topic

MAIN = frozenset(map(key, (*naming.MAIN, "প্রধান", "শীর্ষ খবর", "top stories", "top news", "main news")))
EVERYTHING = MAIN | {"সব", "সব খবর", "সবকিছু", "সব কিছু", "all", "all news", "everything", "sob", "shob"}
_SECTIONS = {section.slug: section for section in TOPICS}
_QUOTES = "\"“”'‘’"


def tag_keys(text: str) -> list[str]:
    """Return the keys of tags that a text may name.

    Its own comes first: ইরানে, then ইরান.
    """
    whole = key(text)
    before, _, last = whole.rpartition(" ")
    inflected = sorted(bases(last) - {last}, key=len, reverse=True)
    return [whole, *(f"{before} {base}".strip() for base in inflected)]


async def known(store: Store, text: str) -> Query | None:
    """Return the tag or outlet that a text names.

    The tag comes first.
    """
    if (tag := await store.tags.find(tag_keys(text))) is not None:
        return Query(QueryKind.TAG, tag.key, tag.name)
    return await outlet(store, text)


async def outlet(store: Store, text: str) -> Query | None:
    """Return the outlet that ``text`` names, if it is known."""
    found = await store.outlets.find(text)
    return Query(QueryKind.OUTLET, str(found.id), found.name) if found else None


def section(text: str) -> Topic | None:
    """Return the section that is meant.

    «ঢাকা» and «ঢাকার খবর» mean the city.
    """
    first, *rest = key(text).split() or [""]
    return topics.named(text) if len(rest) > 1 or not bases(first) & topics.PARTS else None


def section_term(name: str) -> Term:
    """Return the section of that key, to be followed."""
    topic = topics.by_slug(name)
    return Term(TermKind.TOPIC, topic.slug, topic.name.bn)


async def term(store: Store, text: str) -> Term:
    """Return what somebody who writes this text follows.

    It is everything, a section, a tag, an outlet, else its words. A kind may stand in front (tag:ইরান); a quoted text
    is words, kept together as they stand.
    """
    kind, name = naming.kind(display(text).strip())
    if key(name) in EVERYTHING and kind in (None, TermKind.ALL):
        return Term(TermKind.ALL, name=naming.MAIN.bn if key(name) in MAIN else "")
    if kind is None and name[:1] in _QUOTES and name[-1:] in _QUOTES:
        kind, name = TermKind.KEYWORD, f"“{name.strip(_QUOTES)}”"
    if kind in (None, TermKind.TOPIC) and (topic := section(name)) is not None:
        return Term(TermKind.TOPIC, topic.slug, topic.name.bn)
    if kind in (None, TermKind.TAG) and (tag := await store.tags.find(tag_keys(name))) is not None:
        return Term(TermKind.TAG, tag.key, tag.name, tag.id)
    if kind in (None, TermKind.OUTLET) and (found := await store.outlets.find(name)) is not None:
        return naming.outlet(found)
    if kind is TermKind.TAG:
        return Term(TermKind.TAG, key(name), name)
    # «ইরানের খবর», «যুগান্তর নিয়ে», as they are written into a field.
    meant = await _named(store, freed) if kind is None and (freed := _freed(name)) != key(name) else None
    return meant or Term(TermKind.KEYWORD, normal_question(name), name)


def _freed(name: str) -> str:
    return key(objects.text(objects.freed(words.read(name).words)))


async def _named(store: Store, name: str) -> Term | None:
    for one in objects.plain(name) if name else ():
        found = await term(store, one)
        if found.kind is not TermKind.KEYWORD:
            return found
    return None


async def is_name(store: Store, text: str) -> bool:
    """Return whether the whole text is a known name.

    It names a section, a tag or an outlet; a word for its kind may stand in front.
    """
    _, name = naming.kind(display(text).strip())
    return section(name) is not None or await known(store, name) is not None


async def choice(store: Store, chat: Chat, text: str, *, exclude: bool) -> Subscription | None:
    """Return what a chat follows or mutes under a name.

    The name is taken as it is listed, else as it is looked up.
    """
    kind, named = naming.kind(display(text).strip())
    chosen = [one for one in await store.subscriptions.of_chat(chat.id) if one.exclude is exclude]
    for one in chosen:
        names = {key(one.term.name), *(key(name(one.term, language)) for language in Language)}
        everything = one.term.kind is TermKind.ALL and key(named) in EVERYTHING
        if kind in (None, one.term.kind) and (everything or key(named) in names):
            return one
    meant = await term(store, text)
    return next((one for one in chosen if (one.term.kind, one.term.value) == (meant.kind, meant.value)), None)


def name(term: Term, language: Language) -> str:
    """Name what is followed in the reader's language.

    The name, typed, means the same again.
    """
    found = _SECTIONS.get(term.value) if term.kind is TermKind.TOPIC else None
    if found is not None:
        return say(found.name, language)
    shown = naming.name(term, language)
    return english.said(shown, language) if term.kind is TermKind.TAG else shown


def called(chosen: Subscription, language: Language) -> str:
    """Name what a chat chose.

    Everything that comes together is the main stories; all else goes by its term's name.
    """
    main = chosen.term.kind is TermKind.ALL and chosen.mode is Mode.DIGEST
    return say(naming.MAIN, language) if main else name(chosen.term, language)
