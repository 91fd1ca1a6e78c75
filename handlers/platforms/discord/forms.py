"""Draws forms as the platform's modals, and keeps what was typed wrongly.

Discord has no Bengali locale: where nobody chose English a title says it in both languages.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from bot.bangla.cut import cut
from bot.values.chats import Language
from bot.values.wording import Wording, say
from handlers.layout import capital

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.values.forms import BlankForm, FormField

    Body = dict[str, Any]

AGAIN = Wording("আবার খুলুন", "Open again")
INPUT, LABEL, RADIO = 4, 18, 21
LINE, LINES = 1, 2
LONGEST = 45
"""Letters of a title and of a label."""
DESCRIBED = 100
MOST = {LINE: 300, LINES: 4000}
KEPT = 1000
"""Persons whose last text is kept for a form that opens again."""


class Typed:
    """What was written into a form that opens again.

    It is kept in memory alone: nothing that somebody typed stays anywhere else.
    """

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: OrderedDict[str, tuple[str, Mapping[str, str]]] = OrderedDict()

    def keep(self, person: str, form: str, given: Mapping[str, str]) -> None:
        """Keep what somebody wrote for the form that is opened by ``form``."""
        self._kept[person] = form, given
        self._kept.move_to_end(person)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def of(self, person: str, form: str) -> Mapping[str, str]:
        """Return what stands in a form that opens again."""
        before, given = self._kept.pop(person, ("", {}))
        return given if before == form else {}


def modal(custom_id: str, form: BlankForm, language: Language, given: Mapping[str, str]) -> Body:
    """Draw a form, with what was ``given`` before."""
    return {
        "custom_id": custom_id,
        "title": _title(form.title, language),
        "components": [_field(one, language, given.get(one.name, one.given)) for one in form.fields],
    }


def _title(title: Wording, language: Language) -> str:
    both = f"{title.bn} · {capital(title.en)}"
    shows_both = language is Language.BANGLA and title.bn != title.en and len(both) <= LONGEST
    said = both if shows_both else capital(say(title, language))
    return cut(said, LONGEST) or "–"


def _field(field: FormField, language: Language, given: str) -> Body:
    shown: Body = {"type": LABEL, "label": cut(capital(say(field.label, language)), LONGEST)}
    if field.hint is not None:
        shown["description"] = cut(say(field.hint, language), DESCRIBED)
    return {**shown, "component": _radio(field, language, given) if field.options else _input(field, given)}


def _radio(field: FormField, language: Language, given: str) -> Body:
    options = [
        {"value": value, "label": capital(say(label, language)), **({"default": True} if value == given else {})}
        for value, label in field.options
    ]
    return {"type": RADIO, "custom_id": field.name, "required": False, "options": options}


def _input(field: FormField, given: str) -> Body:
    style = LINES if field.long else LINE
    value = {"value": given[: MOST[style]]} if given else {}
    made = {"type": INPUT, "custom_id": field.name, "style": style, "max_length": MOST[style], **value}
    return {**made, "required": not field.given}
