"""Defines what a command can be given.

Each parameter with its name, its words, and how a text becomes its value.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Generic, TypeAlias, TypeVar

from bot.bangla.normalise import display, key
from bot.search import meaning
from bot.values.calls import Call, Count, ListAt, Numbered, Once, OneOf, Text, Unread, Value
from bot.values.chats import Term

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from bot.values.forms import BlankForm
    from bot.values.wording import Wording
    from handlers.context import Context

T_co = TypeVar("T_co", bound=Value, covariant=True)
LONGEST_NUMBER = 18
"""Digits that are sure to fit an SQLite integer."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be filled in.

    It has what is shown, and the text that stands for it.
    """

    label: str
    value: str


Suggest: TypeAlias = "Callable[[Context, str], Awaitable[Sequence[Suggestion]]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Param(ABC, Generic[T_co]):
    """A parameter.

    ``sign`` is how help writes it (NAME, #N); ``label`` says to a reader what it is.
    """

    takes: ClassVar[tuple[type, ...]] = ()
    """The kinds of value that it takes; a button may hold anything."""
    name: str
    sign: str = ""
    label: Wording | None = None
    required: bool = False
    many: bool = False
    """Whether it takes any number of words: what is left when the others have taken theirs."""
    anywhere: bool = False
    """Whether it may stand in front of the wide one as well as behind it."""
    any_words: bool = False
    """Whether, once it is asked for, any words are its answer, those that name a command too."""
    asked_only: bool = False
    """Whether it is filled by an answer or a button alone, and never parted from a text."""
    until: str = ""
    """A sign that ends it where it stands in front of another: A = B."""
    answers: Callable[[str, Call], bool] | None = None
    """Whether a text is an answer to a question that asked for it, where that is not simply what fits."""
    most: int = 1
    """Words that it takes at most, unless it takes ``many``."""
    suggest: Suggest | None = None
    form: BlankForm | None = None
    """The form that asks for it, where that is not simply its label under its command's summary."""

    @abstractmethod
    def fits(self, text: str) -> bool:
        """Tell from the text alone whether it may be one."""

    def fits_bare(self, text: str) -> bool:
        """Return whether a text fits behind a bare name.

        There a sentence may be meant.
        """
        return self.fits(text)

    def is_answer(self, text: str, call: Call) -> bool:
        """Return whether a text may answer its question.

        The question asked for this parameter.
        """
        return self.fits(text) if self.answers is None else self.answers(text, call)

    def admits(self, value: Value) -> bool:
        """Return whether it could have read this value.

        A button holds whatever somebody wrote into it.
        """
        return isinstance(value, self.takes)

    @abstractmethod
    async def read(self, text: str, at: Context) -> T_co | Unread:
        """Read a text that fits; ask the archive where that must be."""

    async def knows(self, text: str, at: Context) -> bool:
        """Tell whether the archive knows the whole text as one of these."""
        del text, at
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextParam(Param[Text]):
    """Words as they were written."""

    takes = (Text,)
    many: bool = True
    accepts: Callable[[str], bool] = lambda _: True

    def fits(self, text: str) -> bool:
        """Take whatever its command accepts."""
        return self.accepts(text)

    async def read(self, text: str, at: Context) -> Text | Unread:
        """Keep the words."""
        del at
        return Text(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountParam(Param[Count]):
    """A number of things, in any digits.

    ``offered`` is the largest that a field offers.
    """

    takes = (Count,)
    largest: int = 9999
    offered: int = 10

    def fits(self, text: str) -> bool:
        """Take digits."""
        return key(text).isdecimal()

    def admits(self, value: Value) -> bool:
        """Admit numbers up to the largest."""
        return isinstance(value, Count) and value.number <= self.largest

    async def read(self, text: str, at: Context) -> Count | Unread:
        """Return the number.

        A longer one than there can be is the largest.
        """
        del at
        return Count(min(int(key(text)[:LONGEST_NUMBER]), self.largest)) if self.fits(text) else Unread(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryParam(Param[Numbered]):
    """A story by its own number, as buttons hold it."""

    takes = (Numbered,)

    def fits(self, text: str) -> bool:
        """Take digits, with or without #."""
        return key(text).removeprefix("#").isdecimal()

    def fits_bare(self, text: str) -> bool:
        """Take # and digits: “breaking 7” asks for news."""
        return key(text).startswith("#") and self.fits(text)

    async def read(self, text: str, at: Context) -> Numbered | Unread:
        """Read the number."""
        del at
        digits = key(text).removeprefix("#")
        return Numbered(int(digits[:LONGEST_NUMBER])) if digits.isdecimal() else Unread(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutParam(Param[Term | Text]):
    """What a list is about.

    It is a term that was pressed, else words that `bot.search` is to understand.
    """

    takes = (Term, Text)
    many: bool = True

    def fits(self, text: str) -> bool:
        """Take any words."""
        return bool(key(text))

    async def read(self, text: str, at: Context) -> Term | Text | Unread:
        """Keep the words."""
        del at
        return Text(display(text).strip()) if key(text) else Unread(text)

    async def knows(self, text: str, at: Context) -> bool:
        """Return whether a section, a tag or an outlet has that name."""
        return await meaning.is_name(at.store, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListParam(Param[ListAt]):
    """A list that was shown; buttons name it, nobody types it."""

    takes = (ListAt,)
    asked_only: bool = True

    def fits(self, text: str) -> bool:
        """Take nothing that is typed."""
        del text
        return False

    async def read(self, text: str, at: Context) -> ListAt | Unread:
        """Read nothing."""
        del at
        return Unread(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnceParam(Param[Once]):
    """The idempotency key that a confirmation draws."""

    takes = (Once,)
    name: str = "once"
    asked_only: bool = True

    def fits(self, text: str) -> bool:
        """Take nothing that is typed."""
        del text
        return False

    async def read(self, text: str, at: Context) -> Once | Unread:
        """Read nothing."""
        del at
        return Unread(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionParam(Param[ListAt | Numbered]):
    """A position in a list, or a story's own number (#123)."""

    takes = (ListAt, Numbered)

    def fits(self, text: str) -> bool:
        """Take digits, with or without #."""
        return key(text).removeprefix("#").isdecimal()

    async def read(self, text: str, at: Context) -> ListAt | Numbered | Unread:
        """Read a position in the list of the message that was answered."""
        folded = key(text)
        digits = folded.removeprefix("#")
        if not digits.isdecimal():
            return Unread(text)
        number = int(digits[:LONGEST_NUMBER])
        return Numbered(number) if folded.startswith("#") else ListAt(number, at.listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOfParam(Param[OneOf]):
    """One of a closed set of options.

    Each option has a name and further words that mean it.
    """

    takes = (OneOf,)
    options: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    most: int = 4

    def fits(self, text: str) -> bool:
        """Take an option's key and its words."""
        return self._meant(text) is not None

    def admits(self, value: Value) -> bool:
        """Admit its own options.

        If it names none, its command looks at what it gets.
        """
        return isinstance(value, OneOf) and (value.name in self.options or not self.options)

    async def read(self, text: str, at: Context) -> OneOf | Unread:
        """Return the option that is meant."""
        del at
        found = self._meant(text)
        return OneOf(found) if found is not None else Unread(text)

    def _meant(self, text: str) -> str | None:
        folded = key(text)
        words = ((name, {key(word) for word in (name, *said)}) for name, said in self.options.items())
        return next((name for name, all_words in words if folded in all_words), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermParam(Param[Term]):
    """What can be followed.

    It is everything, a section, a tag, an outlet, else words.
    """

    takes = (Term,)
    many: bool = True

    def fits(self, text: str) -> bool:
        """Take any words."""
        return bool(key(text))

    async def read(self, text: str, at: Context) -> Term | Unread:
        """Look it up; what nothing goes by is words."""
        return await meaning.term(at.store, text) if key(text) else Unread(text)

    async def knows(self, text: str, at: Context) -> bool:
        """Tell whether something goes by the whole text."""
        return await meaning.is_name(at.store, text)
