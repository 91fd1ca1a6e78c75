"""Suggests values while a command is typed.

It suggests topics, outlets and what is followed, in Bengali or Roman letters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bot.articles.names import english
from bot.bangla.normalise import key
from bot.bangla.phonetics import Phonetic, Shelf, romanised
from bot.search import meaning
from bot.subscriptions import naming
from bot.values.chats import Language, Term, TermKind
from bot.values.topics import TOPICS
from bot.values.wording import Wording, say
from handlers.params import Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from handlers.context import Context

Named = TypeVar("Named")
WEEKLY = Wording("{name} (৭ দিনে {n}টি)", "{name} ({n} in 7 days)")
LOOKED_AT = 1000
"""The busiest tags that are looked through: 4 ms."""
MOST = 25
FEW = 3
"""Below so many finds, words that only sound alike are offered too."""
_SOUNDED = 3
LIKELY = 60
"""What costs more is a mere chance (bot.bangla.phonetics)."""


async def topic(request: Context, text: str) -> Sequence[Suggestion]:
    """Suggest tags by how busy they are, and sections."""
    tags = await request.store.tags.busiest(request.now, LOOKED_AT)
    sections = [Suggestion(say(one.name, request.language), f"topic:{one.name.bn}") for one in TOPICS]
    found = [
        Suggestion(
            request.words(WEEKLY, name=english.said(tag.name, request.language), n=tag.articles), f"tag:{tag.name}"
        )
        for tag in _matching(text, ((tag.name, tag) for tag in tags))
    ]
    return [*found, *_matching(text, ((one.label, one) for one in sections))][:MOST]


async def tag(request: Context, text: str) -> Sequence[Suggestion]:
    """Suggest tags, to be shown by their names."""
    return [
        Suggestion(one.label, one.value.partition(":")[2])
        for one in await topic(request, text)
        if one.value.startswith(f"{TermKind.TAG}:")
    ]


async def topic_or_outlet(request: Context, text: str) -> Sequence[Suggestion]:
    """Suggest what can be left out."""
    named = [Suggestion(one.label, f"{TermKind.OUTLET}:{one.value}") for one in await outlet(request, text)]
    return [*(await topic(request, text))[: MOST - len(named[:5])], *named[:5]]


async def outlet(request: Context, text: str) -> Sequence[Suggestion]:
    """Suggest outlets, the busiest first."""
    known = [one for one, _ in await request.store.outlets.all()]
    english = request.language is Language.ENGLISH
    names = [
        (f"{one.name} {one.name_en}", Suggestion(one.name_en if english and one.name_en else one.name, one.name))
        for one in known
    ]
    return _matching(text, names)[:MOST]


async def followed(request: Context, text: str) -> Sequence[Suggestion]:
    """Suggest what is followed."""
    return await _chosen(request, text, exclude=False)


async def left_out(request: Context, text: str) -> Sequence[Suggestion]:
    """Suggest what is left out."""
    return await _chosen(request, text, exclude=True)


async def _chosen(request: Context, text: str, *, exclude: bool) -> Sequence[Suggestion]:
    chosen = await request.store.subscriptions.of_chat(request.chat.id)
    terms = [one.term for one in chosen if one.exclude is exclude]
    return _matching(text, ((term.name, _named(term, request.language)) for term in terms))[:MOST]


def _named(term: Term, language: Language) -> Suggestion:
    return Suggestion(meaning.name(term, language), naming.exact(term))


def _matching(text: str, named: Iterable[tuple[str, Named]]) -> list[Named]:
    """Return what begins with the text.

    Behind it comes what holds a word that does, then, if these are few, what sounds like it.
    """
    candidates = list(named)
    wanted, roman = key(text), romanised(text)
    if not wanted:
        return [one for _, one in candidates]
    ranked = [(rank, at) for at, (name, _) in enumerate(candidates) if (rank := _rank(name, wanted, roman)) is not None]
    found = [candidates[at][1] for _, at in sorted(ranked)]
    if len(found) < FEW and len(roman) >= _SOUNDED:
        taken = {at for _, at in ranked}
        found += [candidates[at][1] for at in _sounding(text, [name for name, _ in candidates]) if at not in taken]
    return found


def _rank(name: str, wanted: str, roman: str) -> int | None:
    shown, typed = key(name), romanised(name)
    if shown.startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in shown.split()):
        return 1
    return 2 if roman and typed.startswith(roman) else None


def _sounding(text: str, names: Sequence[str]) -> Iterator[int]:
    shelf = Shelf()
    for name in names:
        for word in key(name).split():
            shelf.add(word)
    for guess in Phonetic(shelf).nearest(text, FEW):
        if guess.cost > LIKELY:
            return
        yield from (at for at, name in enumerate(names) if guess.word in key(name).split())
