"""For whom something is drawn, and how moments are printed for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.bangla.calendar import bangla_date, print_bangla
from bot.bangla.printing import (
    clock,
    english_clock,
    english_date,
    english_datetime,
    english_short,
    long_date,
    print_datetime,
    print_short,
)
from bot.subscriptions.saytimes import say_clock
from bot.values.articles import DHAKA
from bot.values.chats import ChatKind, Language, Picture

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.values.messages import Traits

KOLKATA = "Asia/Kolkata"


@dataclass(frozen=True, slots=True)
class View:
    """How a reader sees things.

    It has the language, the zone, the present moment, what the platform can show, the kind of chat, and which pictures
    it wants.
    """

    language: Language
    zone: ZoneInfo
    now: datetime
    traits: Traits
    kind: ChatKind = ChatKind.PRIVATE
    picture: Picture = Picture.SMALL

    def moment(self, moment: datetime, *, bangla: bool = False) -> str:
        """Print day and time in full.

        ``bangla`` adds the Bangla date, in Dhaka's zone only: it is Bangladesh's.
        """
        if self.language is Language.ENGLISH:
            return english_datetime(moment, self.zone)
        return print_datetime(moment, self.zone, bangla=bangla and self.zone.key == DHAKA, west_bengal=self._kolkata)

    def short(self, moment: datetime) -> str:
        """Print day and time.

        The year only if it is not this one.
        """
        printed = english_short if self.language is Language.ENGLISH else print_short
        return printed(moment, self.now, self.zone)

    def due(self, moment: datetime) -> str:
        """Print when something is to come: রাত ৯টা.

        The day only if it is not this one.
        """
        clock = say_clock(moment.astimezone(self.zone).time(), self.language)
        return clock if self.same_day(moment, self.now) else f"{self.short(moment).rpartition(', ')[0]}, {clock}"

    def day(self, moment: datetime) -> str:
        """Print the day.

        Readers who use the Bangla calendar get its date behind it.
        """
        local = moment.astimezone(self.zone)
        if self.language is Language.ENGLISH:
            return english_date(local)
        printed = long_date(local, west_bengal=self._kolkata)
        return f"{printed} · {print_bangla(bangla_date(local))}" if self.zone.key == DHAKA else printed

    def clock(self, moment: datetime) -> str:
        """Print the time of day."""
        local = moment.astimezone(self.zone)
        return english_clock(local) if self.language is Language.ENGLISH else clock(local)

    def date(self, moment: datetime) -> str:
        """Print the day alone."""
        local = moment.astimezone(self.zone)
        if self.language is Language.ENGLISH:
            return english_date(local)
        return long_date(local, west_bengal=self._kolkata)

    def plain_date(self, moment: datetime) -> str:
        """Print day, month and year without the weekday."""
        return self.date(moment).partition(", ")[2]

    def same_day(self, one: datetime, other: datetime) -> bool:
        """Tell whether two moments fall on one day here."""
        return one.astimezone(self.zone).date() == other.astimezone(self.zone).date()

    @property
    def public(self) -> bool:
        """Whether whatever is said here goes to all subscribers.

        Such a chat is its admins' alone.
        """
        return self.kind is ChatKind.CHANNEL and not self.traits.answers_alone

    @property
    def among_others(self) -> bool:
        """Whether a press is everybody's to see.

        There a button that posts or changes anything would be pressed by all.
        """
        return self.kind is not ChatKind.PRIVATE and not self.traits.answers_alone

    @property
    def _kolkata(self) -> bool:
        return self.zone.key == KOLKATA
