"""Defines forms: fields that are filled and sent together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.values.wording import Wording


@dataclass(frozen=True, slots=True)
class FormField:
    """One field, to write in or to choose an option of."""

    name: str
    """The parameter that it fills."""
    label: Wording
    hint: Wording | None = None
    long: bool = False
    """Whether several lines are written."""
    options: tuple[tuple[str, Wording], ...] = ()
    """The words that each stands for, and its label."""
    given: str = ""
    """What stands in it, or is chosen."""


@dataclass(frozen=True, slots=True)
class BlankForm:
    """Fields under a title; what is left empty changes nothing."""

    title: Wording
    fields: tuple[FormField, ...]
