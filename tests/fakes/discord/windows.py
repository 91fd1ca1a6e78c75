"""Windows with fields that a bot may open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord.components import judge_ids
from tests.fakes.discord.controls import CUSTOM_ID, judge_select
from tests.fakes.discord.reading import FIELD, LABEL, RADIO, ROW, SELECTS, TEXT
from tests.fakes.discord.refusals import Form

if TYPE_CHECKING:
    from tests.fakes.discord.components import Component, Path

TITLE, MOST, VALUE, DESCRIPTION, HINT = 45, 5, 4000, 100, 100
OTHERS = (19, RADIO, 22, 23)
CHOICES = 10


def judge(data: dict[str, Any]) -> None:
    """Refuse a window that the platform refuses."""
    form = Form()
    form.length(data.get("title"), ("data", "title"), 1, TITLE)
    form.length(data.get("custom_id"), ("data", "custom_id"), 1, CUSTOM_ID)
    components = data.get("components") or []
    form.count(components, ("data", "components"), 1, MOST)
    for number, one in enumerate(components):
        _judge(form, one, ("data", "components", number))
    judge_ids(form, components, ("data", "components"))
    form.finish()


def _judge(form: Form, one: Component, at: Path) -> None:
    match one.get("type"):
        case kind if kind == ROW:
            within = one.get("components") or []
            form.count(within, (*at, "components"), 1, 1)
            for inner in within:
                form.length(inner.get("label"), (*at, "components", 0, "label"), 1, TITLE)
                _judge_within(form, inner, (*at, "components", 0), (FIELD,))
        case kind if kind == LABEL:
            form.length(one.get("label"), (*at, "label"), 1, TITLE)
            form.length(one.get("description"), (*at, "description"), 0, DESCRIPTION)
            _judge_within(form, one.get("component") or {}, (*at, "component"), (*SELECTS, FIELD, *OTHERS))
        case kind if kind == TEXT:
            form.length(one.get("content"), (*at, "content"), 1, VALUE)
        case _:
            form.choice(one.get("type"), (*at, "type"), (ROW, TEXT, LABEL))


def _judge_within(form: Form, one: Component, at: Path, among: tuple[int, ...]) -> None:
    if not form.choice(one.get("type"), (*at, "type"), among):
        return
    if one["type"] in SELECTS:
        judge_select(form, one, at)
        return
    form.length(one.get("custom_id"), (*at, "custom_id"), 1, CUSTOM_ID)
    if one["type"] == RADIO:
        options = one.get("options") or []
        form.count(options, (*at, "options"), 2, CHOICES)
        for number, option in enumerate(options):
            form.length(option.get("label"), (*at, "options", number, "label"), 1, DESCRIPTION)
            form.length(option.get("value"), (*at, "options", number, "value"), 1, DESCRIPTION)
    if one["type"] == FIELD:
        form.choice(one.get("style"), (*at, "style"), (1, 2))
        form.length(one.get("placeholder"), (*at, "placeholder"), 0, HINT)
        form.length(one.get("value"), (*at, "value"), 0, VALUE)
