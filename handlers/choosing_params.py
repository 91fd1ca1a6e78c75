"""Parameters about what a chat chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.bangla.normalise import key
from bot.search import meaning
from bot.subscriptions import panel
from bot.values.calls import Change, OneOf, Text, Unread
from handlers.params import Param, TermParam

if TYPE_CHECKING:
    from bot.values.chats import Term
    from handlers.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenParam(TermParam):
    """Something followed or muted, by the name it is listed under."""

    exclude: bool = False

    async def read(self, text: str, at: Context) -> Term | Unread:
        """Look among what was chosen first."""
        if not key(text):
            return Unread(text)
        found = await meaning.choice(at.store, at.chat, text, exclude=self.exclude)
        return found.term if found is not None else await meaning.term(at.store, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeParam(Param[Change]):
    """A setting and its new value.

    ``setting`` is its key where only one can be meant.
    """

    takes = (Change,)
    setting: str = ""
    many: bool = True

    def fits(self, text: str) -> bool:
        """Return whether a text names a setting.

        If it is a known one, its value must be readable too.
        """
        if not self.setting:
            return panel.find(text) is not None
        field = panel.SETTINGS_BY_NAME[self.setting]
        return field.change(text) is not None or field.asks_for_own(text)

    async def read(self, text: str, at: Context) -> Change | Unread:
        """Read the setting's name and the value behind it."""
        del at
        found = (panel.SETTINGS_BY_NAME[self.setting], text) if self.setting else panel.find(text)
        if found is None:
            return Unread(text)
        field, value = found
        return change(field, value)


def change(field: panel.Setting, value: str) -> Change:
    """Return the change that a text behind a setting's name stands for."""
    if not value:
        return Change(field.name)
    if field.asks_for_own(value):
        return Change(field.name, OneOf(panel.OWN_OPTION))
    option = field.option(value)
    return Change(field.name, OneOf(option.name) if option is not None else Text(value))
