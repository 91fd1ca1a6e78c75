"""What buttons, choices and blocks of text a message may hold."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from tests.fakes.discord.controls import judge_button, judge_select
from tests.fakes.discord.reading import (
    BUTTON,
    CONTAINER,
    FILE,
    GALLERY,
    ROW,
    SECTION,
    SELECTS,
    SEPARATOR,
    TEXT,
    THUMBNAIL,
    every,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fakes.discord.refusals import Form

    Component = dict[str, Any]
    Path = tuple[str | int, ...]

ROWS, BUTTONS, ALTOGETHER, LETTERS, ITEMS, DESCRIBED = 5, 5, 40, 4000, 10, 1024
WITHIN = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
SCHEMES = ("http", "https", "attachment")


def judge(form: Form, components: list[Component], at: Path, *, v2: bool, files: set[str]) -> None:
    """Note what is wrong with the components of a message."""
    if not v2:
        form.count(components, at, 0, ROWS)
    for number, one in enumerate(components):
        _judge(form, one, (*at, number), (*WITHIN, CONTAINER) if v2 else (ROW,), files)
    _judge_together(form, components, at)


def numbered(components: list[Component]) -> list[Component]:
    """Return them with a number each, as the platform gives them."""
    counter = itertools.count(1)
    return [_numbered(one, counter) for one in components]


def _numbered(one: Component, counter: itertools.count[int]) -> Component:
    made = {**one, "id": one.get("id") or next(counter)}
    if "components" in one:
        made["components"] = [_numbered(within, counter) for within in one["components"]]
    if one.get("accessory"):
        made["accessory"] = _numbered(one["accessory"], counter)
    return made


def _judge_together(form: Form, components: list[Component], at: Path) -> None:
    everything = list(every(components))
    if len(everything) > ALTOGETHER:
        form.wrong(at, "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {ALTOGETHER} in length.")
    if sum(len(one.get("content") or "") for one in everything if one.get("type") == TEXT) > LETTERS:
        words = f"The total displayable text size exceeds the maximum size of {LETTERS}"
        form.wrong(at, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", words)
    judge_ids(form, components, at)


def judge_ids(form: Form, components: list[Component], at: Path) -> None:
    """Note which custom ids are there twice."""
    seen: set[str] = set()
    for path, one in _placed(components, at):
        named = one.get("custom_id")
        if named is not None and named in seen:
            form.wrong(
                (*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
            )
        seen |= {named} if named is not None else set()


def _placed(components: Sequence[Component], at: Path) -> list[tuple[Path, Component]]:
    found: list[tuple[Path, Component]] = []
    for number, one in enumerate(components):
        path = (*at, number)
        found += [(path, one), *_placed(one.get("components") or (), (*path, "components"))]
        found += [((*path, name), one[name]) for name in ("accessory", "component") if one.get(name)]
    return found


def _judge(form: Form, one: Component, at: Path, among: Sequence[int], files: set[str]) -> None:
    kind = one.get("type")
    if kind not in among:
        form.wrong((*at, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of {tuple(among)}.')
        return
    match kind:
        case 1:
            _judge_row(form, one, at)
        case 9:
            _judge_section(form, one, at, files)
        case 10:
            form.length(one.get("content"), (*at, "content"), 1, LETTERS)
        case 11:
            _judge_media(form, one.get("media"), (*at, "media"), files)
            form.length(one.get("description"), (*at, "description"), 0, DESCRIBED)
        case 12:
            _judge_gallery(form, one.get("items") or [], (*at, "items"), files)
        case 13:
            _judge_file(form, one.get("file"), (*at, "file"), files)
        case 14:
            form.choice(one.get("spacing", 1), (*at, "spacing"), (1, 2))
        case 17:
            _judge_container(form, one, at, files)
        case _:
            pass


def _judge_row(form: Form, row: Component, at: Path) -> None:
    within = row.get("components") or []
    form.count(within, (*at, "components"), 1, BUTTONS)
    kinds = {one.get("type") for one in within}
    for number, one in enumerate(within):
        path = (*at, "components", number)
        if one.get("type") == BUTTON:
            judge_button(form, one, path)
        elif one.get("type") in SELECTS:
            judge_select(form, one, path)
        else:
            form.wrong(
                (*path, "type"), "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (2, 3, 5, 6, 7, 8).'
            )
    if kinds & set(SELECTS) and len(within) > 1:
        form.wrong(
            (*at, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
        )


def _judge_section(form: Form, one: Component, at: Path, files: set[str]) -> None:
    within = one.get("components") or []
    form.count(within, (*at, "components"), 1, 3)
    for number, text in enumerate(within):
        _judge(form, text, (*at, "components", number), (TEXT,), files)
    accessory = one.get("accessory")
    if accessory is None:
        form.required((*at, "accessory"))
    elif accessory.get("type") == BUTTON:
        judge_button(form, accessory, (*at, "accessory"))
    else:
        _judge(form, accessory, (*at, "accessory"), (BUTTON, THUMBNAIL), files)


def _judge_container(form: Form, one: Component, at: Path, files: set[str]) -> None:
    within = one.get("components") or []
    form.count(within, (*at, "components"), 1, ALTOGETHER)
    for number, inner in enumerate(within):
        _judge(form, inner, (*at, "components", number), WITHIN, files)
    colour = one.get("accent_color")
    if colour is not None and not 0 <= colour <= 0xFFFFFF:
        form.wrong((*at, "accent_color"), "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215.")


def _judge_gallery(form: Form, items: list[dict[str, Any]], at: Path, files: set[str]) -> None:
    form.count(items, at, 1, ITEMS)
    for number, item in enumerate(items):
        _judge_media(form, item.get("media"), (*at, number, "media"), files)
        form.length(item.get("description"), (*at, number, "description"), 0, DESCRIBED)


def _judge_media(form: Form, media: dict[str, Any] | None, at: Path, files: set[str]) -> None:
    url = str((media or {}).get("url") or "")
    if not url:
        form.required((*at, "url"))
        return
    form.address(url, (*at, "url"), SCHEMES)
    name = url.removeprefix("attachment://")
    if name != url and name not in files:
        form.wrong(
            (*at, "url"),
            "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
            f"The referenced attachment {name} was not found",
        )


def _judge_file(form: Form, media: dict[str, Any] | None, at: Path, files: set[str]) -> None:
    _judge_media(form, media, at, files)
    if media and not str(media.get("url")).startswith("attachment://"):
        form.wrong((*at, "url"), "URL_TYPE_INVALID_SCHEME", "Only attachment:// can be used here")
