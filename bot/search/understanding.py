"""Turns what a reader wrote into an archive query.

The query is for a section, a tag, an outlet, or else words. Words are read as the archive spells them (`spelled`). The
answer says what was understood otherwise than it was typed, and asks about what is not sure.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.articles.names import gazetteer
from bot.articles.names.gazetteer import How
from bot.bangla.normalise import key
from bot.bangla.words import split
from bot.search import meaning, named, saying, spelled
from bot.search.grammar import inquiring
from bot.search.lexicon import lookup, tables
from bot.search.spelled import Sense, Spelled, SpelledPart
from bot.values.articles import Query, QueryKind
from bot.values.chats import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.ports.store import Store
    from bot.search.grammar.intents import Inquiry
    from bot.values.articles import Tag
    from bot.values.chats import Term
    from bot.values.wording import Wording

NEAREST: Final = 3
"""Busy topics that are offered where nothing was found."""
TRIED: Final = 5
"""How often a question that finds nothing is asked again with fewer words."""
LEAST_PARTS: Final = 3
"""A question of fewer words is about all of them: of two, one is dropped only for a name that is known."""
_KINDS = {TermKind.TAG: QueryKind.TAG, TermKind.TOPIC: QueryKind.TOPIC, TermKind.OUTLET: QueryKind.OUTLET}
TERMS = {query: term for term, query in _KINDS.items()}
"""What can be followed of what can be asked for."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A question for the archive, and how it was understood.

    ``choices`` are what it may mean: then it is asked, and nothing is shown.
    """

    query: Query
    note: Wording | None = None
    said: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    others: tuple[str, ...] = ()
    """Other ways to understand it, offered beside what it found."""
    only: str = ""
    """The spelling that was typed, where others are sought with it."""
    choices: tuple[str, ...] = ()
    roman: bool = False
    """Whether it is in Roman letters what must be asked."""
    typed: str = ""
    """The words it is about, as they were typed."""
    spelled: Spelled | None = None


async def find(store: Store, text: str, now: datetime, zone: ZoneInfo) -> Interpretation:
    """Return the query for a question.

    It is for a section, a tag, an outlet, or else words.
    """
    wish = _inquiry(text, now, zone)
    # A name that is known as a whole comes before its words are taken for a question: «জরুরি অবস্থা», «জগন্নাথ হল».
    if wish.whole != wish.text and (known := await meaning.known(store, wish.whole)) is not None:
        return Interpretation(_dated(known, wish), typed=wish.whole)
    if not key(wish.text).strip():
        return Interpretation(Query(since=wish.since, until=wish.until))
    if not wish.without and (found := await named.query(store, wish.text)) is not None:
        return Interpretation(_dated(found, wish), typed=wish.text)
    if (several := await _several(store, wish)) is not None:
        return several
    read = await in_words(store, wish)
    if wish.without or read.choices or read.note is not saying.READ_AS:
        return read
    found = await named.query(store, read.said["name"])
    return read if found is None else replace(read, query=_dated(found, wish))


async def _several(store: Store, wish: Inquiry) -> Interpretation | None:
    """Read a question on several names: «ক্রিকেট আর ফুটবলের খবর».

    Stories about any of them are sought. A section or an outlet is a list of its own: the first is shown, and the
    others are offered.
    """
    if len(wish.names) <= 1 or wish.without or not wish.asks:
        return None
    found = [one for one in [await named.query(store, name) for name in wish.names] if one is not None]
    if len(found) < len(wish.names):
        return None
    if any(one.kind is not QueryKind.TAG for one in found):
        return Interpretation(_dated(found[0], wish), typed=wish.text, others=tuple(one.name for one in found[1:]))
    ways = [tables.way(tuple(split(one.name))) for one in found]
    name = ", ".join(one.name for one in found)
    return Interpretation(Query(QueryKind.WORDS, "|".join(ways), name, since=wish.since, until=wish.until), typed=name)


async def of(store: Store, term: Term, now: datetime, zone: ZoneInfo) -> Interpretation:
    """Return the query for what a button names.

    Whatever else goes by its name.
    """
    match term.kind:
        case TermKind.ALL:
            return Interpretation(Query())
        case TermKind.KEYWORD:
            return await words(store, term.name, now, zone)
        case kind:
            return Interpretation(Query(_KINDS[kind], term.value, term.name))


async def words(store: Store, text: str, now: datetime, zone: ZoneInfo) -> Interpretation:
    """Understand a question of words, whatever else goes by that name."""
    wish = _inquiry(text, now, zone)
    if not key(wish.text).strip():
        return Interpretation(Query(since=wish.since, until=wish.until))
    return await in_words(store, wish)


def _inquiry(text: str, now: datetime, zone: ZoneInfo) -> Inquiry:
    """Read a question.

    A name of the lists, or a row of letters, is taken whole: জি is no politeness in «পি এস জি».
    """
    wish = inquiring.inquiry(text, now, zone)
    return replace(wish, text=text) if wish.since is None and spelled.is_one_name(text) else wish


async def in_words(store: Store, wish: Inquiry) -> Interpretation:
    """Ask for articles that hold all words.

    Any form and usual spelling counts; in doubt it asks back.
    """
    read = await spelled.read(store, wish.text)
    query = Query(QueryKind.WORDS, read.value, wish.text, " ".join(map(key, wish.without)), wish.since, wish.until)
    understood = Interpretation(query, typed=wish.text, spelled=read)
    if read.is_absent:
        return replace(understood, query=replace(query, value=""))
    if choices := read.choices():
        return replace(understood, query=replace(query, value=""), choices=tuple(choices), roman=read.is_roman)
    if any(part.sense in (Sense.OTHER, Sense.MEANT) for part in read.parts):
        said = {"typed": wish.text, "name": read.name}
        return replace(understood, note=saying.READ_AS, said=said, others=_others(read))
    both = next((part for part in read.parts if part.sense is Sense.BOTH), None)
    if both is not None:
        names = f"‘{both.typed}’, ‘{both.shown}’"
        return replace(
            understood, note=saying.BOTH, said={"names": names}, only=both.typed if len(read.parts) == 1 else ""
        )
    return understood


def _others(read: Spelled) -> tuple[str, ...]:
    """Return the whole question with each other reading.

    A word in Roman letters may be several words.
    """
    heard = next((part for part in read.parts if part.guesses), None)
    if heard is None:
        return ()
    names = [
        [guess] if part is heard else [part.shown or part.typed] for part in read.parts for guess in heard.guesses[:1]
    ]
    at = read.parts.index(heard)
    before, behind = [name[0] for name in names[:at]], [name[0] for name in names[at + 1 :]]
    return tuple(" ".join((*before, guess, *behind)) for guess in heard.guesses[:NEAREST])


async def loosened(store: Store, understood: Interpretation) -> Interpretation | None:
    """Ask again with fewer words after finding nothing.

    The names in the question stay, or else its commonest word goes.
    """
    read = understood.spelled
    if read is None or read.is_absent or understood.choices:
        return None
    if len(read.parts) == 1:
        return await _parted(store, understood)
    for kept, note in [*_fewer(read)][:TRIED]:
        query = replace(understood.query, value=kept.value, name=_plain(kept.name))
        if await store.articles.how_many(query):
            left = [part.typed for part in read.parts if part not in kept.parts]
            name = _plain(kept.name)
            said = {"name": name} if note is saying.NAMES_KEPT else {"word": " ".join(left)}
            return replace(understood, query=query, note=note, said=said, spelled=kept, others=(), only="")
    return None


def _plain(name: str) -> str:
    """Return a name without the case ending of its last word.

    It goes where a list knows the rest.
    """
    before, _, last = name.rpartition(" ")
    return f"{before} {lookup.known_base(last) or last}".strip()


async def offered(store: Store, understood: Interpretation, now: datetime) -> list[Tag]:
    """Return the tags that a question names and the archive has.

    The busiest tags fill them up.
    """
    named_here: dict[str, Tag] = {}
    for part in (
        understood.spelled.parts if understood.spelled is not None and len(understood.spelled.parts) > 1 else ()
    ):
        tag = await store.tags.find(meaning.tag_keys(part.shown or part.typed))
        named_here |= {tag.key: tag} if tag is not None else {}
    busiest = await store.tags.busiest(now, NEAREST)
    return list((named_here | {tag.key: tag for tag in busiest if tag.key not in named_here}).values())[:NEAREST]


async def _parted(store: Store, understood: Interpretation) -> Interpretation | None:
    """Ask for a name's words near each other.

    It is asked where they stand nowhere side by side, as with a middle name.
    """
    query = replace(understood.query, value=understood.query.value.replace('"', ""))
    if query == understood.query or "|" in query.value or "“" in query.value:
        return None
    many, apart = await store.articles.tally(query)
    return replace(understood, query=query) if many and not apart else None


def _fewer(read: Spelled) -> Iterator[tuple[Spelled, Wording]]:
    names = _names(read.parts)
    groups = [group for group in names if len(group) < len(read.parts)]
    if len(names) > 1 and sum(map(len, names)) < len(read.parts):
        yield Spelled(tuple(part for group in names for part in group)), saying.NAMES_KEPT
    for group in groups:
        yield Spelled(group), saying.NAMES_KEPT
    if len(read.parts) < LEAST_PARTS:
        return
    rarest_last = sorted(read.parts, key=lambda part: -part.count)
    for size in (1, 2):
        if len(read.parts) - size < 1:
            return
        for left in combinations(rarest_last, size):
            yield read.without(left), saying.WORD_LEFT


def _names(parts: Sequence[SpelledPart]) -> list[tuple[SpelledPart, ...]]:
    """Return the parts that are names of the gazetteer.

    The parts of a name stay together; the rarest name comes first.
    """
    owned = [(word, part) for part in parts for word in split(part.shown or part.typed)]
    hits = [hit for hit in gazetteer.find([word for word, _ in owned]) if hit.how is How.NAME]
    groups = [tuple(dict.fromkeys(part for _, part in owned[hit.start : hit.end])) for hit in hits]
    return sorted(dict.fromkeys(groups), key=lambda group: min(part.count for part in group))


def _dated(query: Query, wish: Inquiry) -> Query:
    return replace(query, since=wish.since, until=wish.until)
