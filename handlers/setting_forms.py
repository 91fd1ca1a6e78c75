"""Puts settings into forms: several at once, or one's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.subscriptions import panel
from bot.values.calls import OneOf, call
from bot.values.forms import BlankForm, FormField
from bot.values.messages import Choice
from bot.values.wording import Wording, number
from handlers.filling import WRITE
from handlers.params import OneOfParam, TextParam

if TYPE_CHECKING:
    from bot.values.chats import Chat
    from handlers.command import Request

FORMS = {
    "when": (Wording("খবরের সময়", "When news comes"), ("time", "quiet", "breaking", "cap")),
    "how": (Wording("কার্ড কেমন হবে", "How a card looks"), ("card", "picture", "sound", "updates", "language")),
}
LABELS = {
    "time": Wording("কখন পাঠাব?", "When should it come?"),
    "quiet": Wording("নীরব সময়", "Quiet hours"),
    "cap": Wording("এলেই, দিনে সর্বোচ্চ", "At once, at most a day"),
}
"""Where a field is not called as its setting is."""
OWN = {
    "time": (
        Wording("নিজের সময়", "Your own times"),
        Wording("সময়গুলো", "The times"),
        Wording("যেমন: সকাল ৮টা, রাত ৯টা", "For example: 8 am, 9 pm"),
    ),
    "quiet": (
        Wording("নীরব সময়", "Quiet hours"),
        Wording("কখন থেকে কখন?", "From when to when?"),
        Wording("যেমন: রাত ১১টা–সকাল ৭টা", "For example: 11 pm–7 am"),
    ),
}
OPEN = Wording("📝 {form}", "📝 {form}")
FORM = OneOfParam(name="form", options=dict.fromkeys(FORMS, ()), asked_only=True)
FILLED = {name: TextParam(name=name, asked_only=True) for _, names in FORMS.values() for name in names}


def row(request: Request) -> list[tuple[Choice, ...]]:
    """Offer the forms, where a platform has such."""
    if not request.traits.fills:
        return []
    labels = {name: request.words(OPEN, form=request.words(title)) for name, (title, _) in FORMS.items()}
    return [tuple(Choice(label, call("settings", form=OneOf(name)), form=True) for name, label in labels.items())]


def several(chat: Chat, name: str) -> BlankForm:
    """Return the form of that name, with what is chosen."""
    title, names = FORMS[name]
    return BlankForm(title, tuple(_field(panel.SETTINGS_BY_NAME[one], chat) for one in names))


def own(setting: panel.Setting, missing: str) -> BlankForm | None:
    """Return the form for a value of one's own.

    Return None if the setting takes no such.
    """
    if setting.own is None:
        return None
    title, label, hint = OWN.get(setting.name, (setting.typed, WRITE, setting.own))
    return BlankForm(title, (FormField(missing, label, hint),))


def _field(setting: panel.Setting, chat: Chat) -> FormField:
    label = LABELS.get(setting.name, setting.typed)
    if setting.name == "cap":
        return FormField(setting.name, label, given=number(chat.preferences.cap, chat.language))
    options = tuple((one.name, one.label) for one in setting.options)
    chosen = next((one.name for one in setting.options if panel.holds(one, chat.preferences)), "")
    return FormField(setting.name, label, options=options, given=chosen)
