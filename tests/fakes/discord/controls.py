"""Buttons and choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord.reading import LINK, PREMIUM, TEXT_SELECT

if TYPE_CHECKING:
    from tests.fakes.discord.refusals import Form

    Component = dict[str, Any]
    Path = tuple[str | int, ...]

CUSTOM_ID, LABEL, URL, PLACEHOLDER, OPTIONS, OPTION = 100, 80, 512, 150, 25, 100
STYLES = (1, 2, 3, 4, 5, 6)
SCHEMES = ("http", "https", "discord")


def judge_button(form: Form, one: Component, at: Path) -> None:
    """Note what is wrong with a button."""
    style = one.get("style")
    if not form.choice(style, (*at, "style"), STYLES):
        return
    form.length(one.get("label"), (*at, "label"), 0, LABEL)
    if style == PREMIUM:
        return
    if not one.get("label") and not one.get("emoji"):
        form.wrong(at, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button must have a label or an emoji")
    if style == LINK:
        _judge_link(form, one, at)
    else:
        form.length(one.get("custom_id"), (*at, "custom_id"), 1, CUSTOM_ID)
        if one.get("url"):
            form.wrong(
                at, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified"
            )


def _judge_link(form: Form, one: Component, at: Path) -> None:
    form.length(one.get("url"), (*at, "url"), 1, URL)
    if one.get("url"):
        form.address(one["url"], (*at, "url"), SCHEMES)
    if one.get("custom_id"):
        form.wrong(
            at, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified"
        )


def judge_select(form: Form, one: Component, at: Path) -> None:
    """Note what is wrong with a choice."""
    form.length(one.get("custom_id"), (*at, "custom_id"), 1, CUSTOM_ID)
    form.length(one.get("placeholder"), (*at, "placeholder"), 0, PLACEHOLDER)
    least, most = one.get("min_values", 1), one.get("max_values", 1)
    if not 0 <= least <= OPTIONS or not max(1, least) <= most <= OPTIONS:
        form.wrong((*at, "max_values"), "BASE_TYPE_BAD_INTEGER", f"Must be between 1 and {OPTIONS}.")
    if one["type"] == TEXT_SELECT:
        _judge_options(form, one.get("options") or [], (*at, "options"), most)


def _judge_options(form: Form, options: list[dict[str, Any]], at: Path, most: int) -> None:
    form.count(options, at, 1, OPTIONS)
    for number, option in enumerate(options):
        form.length(option.get("label"), (*at, number, "label"), 1, OPTION)
        form.length(option.get("value"), (*at, number, "value"), 1, OPTION)
        form.length(option.get("description"), (*at, number, "description"), 0, OPTION)
    values = [option.get("value") for option in options]
    for number, value in enumerate(values):
        if value in values[:number]:
            form.wrong(
                (*at, number, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
    if sum(bool(option.get("default")) for option in options) > most:
        form.wrong(at, "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", f"At most {most} options can be default")
    if options and most > len(options):
        form.wrong(at, "BASE_TYPE_BAD_LENGTH", f"Must be between {most} and {OPTIONS} in length.")
