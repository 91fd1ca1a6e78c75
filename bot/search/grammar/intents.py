"""Holds what a message can mean: a wish, small talk, a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.search.grammar.setting_sentence import Order
from bot.search.grammar.talk import Talk

if TYPE_CHECKING:
    from datetime import datetime

    from bot.search.grammar.acts import Act, EndManner


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader wants done with named things.

    They are to be followed, left out, or taken back.
    """

    act: Act
    objects: tuple[str, ...] = ()
    """Each object as it was written; without any, all news, or to be asked."""
    whole: str = ""
    """All objects as one name, which the archive may know: আইন ও বিচার."""
    how: EndManner | None = None
    told: bool = False
    """Whether the sentence says that news is meant: then an unknown name is followed without asking."""
    everything: bool = False
    """Whether it is of all news: সব, সব খবর."""
    doubtful: bool = False
    """Whether the end counts only after a name that is known."""
    until: datetime | None = None
    """When it shall end: of a break, or of a name that is left out for a while."""
    excepted: str = ""
    """What is left out of it: «ক্রিকেট ছাড়া সব»."""
    times: str = ""
    """At which times of day it shall come, as /settings time takes them."""


@dataclass(frozen=True, slots=True)
class BothWanted:
    """Two things wanted in one sentence, of two names."""

    first: Wanted
    second: Wanted


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question for news: its words and its days.

    The words are freed of their frame.
    """

    text: str
    """The words it is about; without any it is all news of some days, or the latest."""
    whole: str
    """The message without its politeness: a name that the archive knows as a whole comes first."""
    since: datetime | None = None
    until: datetime | None = None
    without: tuple[str, ...] = ()
    lasting: bool = False
    """Whether more of it may be wanted: পাঠাও, চাই."""
    asks: bool = False
    """Whether it is put as a question or asks for news; else its words may be a headline."""
    ahead: bool = False
    """Whether the day it names is still to come."""
    names: tuple[str, ...] = ()
    """Its parts, where আর, ও or a comma joins several."""


Intent = Order | Wanted | BothWanted | Inquiry | Talk
