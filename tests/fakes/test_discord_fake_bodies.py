"""What the fake of Discord accepts in a message, and refuses."""

from __future__ import annotations

from typing import Any

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.discord.driving import a_place
from tests.fakes.discord.messages import Flag

V2 = int(Flag.COMPONENTS_V2)


def _text(length: int) -> dict[str, Any]:
    return {"type": 10, "content": "খ" * length}


def _button(custom_id: str = "a", **more: object) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "পড়ুন", "custom_id": custom_id, **more}


def _link(url: str) -> dict[str, Any]:
    return {"type": 2, "style": 5, "label": "মূল খবর", "url": url}


def _row(*within: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(within)}


def _select(count: int, **more: object) -> dict[str, Any]:
    options = [{"label": str(one), "value": str(one)} for one in range(count)]
    return {"type": 3, "custom_id": "s", "options": options, **more}


def _v2(*components: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"components": list(components), "flags": V2, **more}


def _box(*within: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"type": 17, "components": list(within), **more}


def _gallery(*media: dict[str, Any]) -> dict[str, Any]:
    return {"type": 12, "items": [{"media": one} for one in media]}


def _embed(**more: object) -> dict[str, Any]:
    return {"embeds": [{"title": "খবর", **more}]}


NO_SUCH_FILE = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
SAME_VALUE = "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"
OPTION = {"label": "ক", "value": "1"}
MEDIA = {"url": "https://outlet.example/a.jpg"}
SECTION = {"type": 9, "components": [_text(10)], "accessory": {"type": 11, "media": MEDIA}}
TAKEN = [
    {"content": "খ" * 2000},
    {"content": "খবর", "nonce": "1" * 25},
    _v2(_text(4000)),
    _v2(*(_text(1) for _ in range(40))),
    _v2(_box(SECTION, {"type": 14}, _row(_button("x" * 100)), accent_color=0xFFFFFF)),
    _v2(_gallery(*[MEDIA] * 10)),
    {"content": "খবর", "components": [_row(*(_button(str(number)) for number in range(5)))]},
    {"components": [_row(_select(25, max_values=25))]},
    {"components": [_row(_link("https://outlet.example/" + "a" * 489))]},
    _embed(description="খ" * 4096, fields=[{"name": "ক", "value": "খ"}] * 25),
    _embed(description="খ" * 4000, footer={"text": "খ" * 1997}),
]
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"content": "খ" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
    ({"content": "খবর", "nonce": "1" * 26}, "nonce", "BASE_TYPE_MAX_LENGTH"),
    (_v2(_text(2001), _text(2000)), "components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    (_v2(*(_text(1) for _ in range(41))), "components", "BASE_TYPE_BAD_LENGTH"),
    (_v2(_text(0)), "components.0.content", "BASE_TYPE_REQUIRED"),
    (_v2(_text(1), content="খবর"), "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    (_v2(_text(1), **_embed()), "embeds", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    ({"components": [_text(1)]}, "components.0.type", "UNION_TYPE_CHOICES"),
    (_v2(_box(_box())), "components.0.components.0.type", "UNION_TYPE_CHOICES"),
    (_v2(_box(_text(1), accent_color=1 << 24)), "components.0.accent_color", "NUMBER_TYPE_MAX"),
    (_v2({**SECTION, "accessory": None}), "components.0.accessory", "BASE_TYPE_REQUIRED"),
    (_v2({**SECTION, "components": [_text(1)] * 4}), "components.0.components", "BASE_TYPE_BAD_LENGTH"),
    (_v2(_gallery(*[MEDIA] * 11)), "components.0.items", "BASE_TYPE_BAD_LENGTH"),
    (_v2(_gallery({"url": "ftp://x"})), "components.0.items.0.media.url", "URL_TYPE_INVALID_SCHEME"),
    (_v2(_gallery({"url": "attachment://none"})), "components.0.items.0.media.url", NO_SUCH_FILE),
    (_v2({"type": 13, "file": MEDIA}), "components.0.file.url", "URL_TYPE_INVALID_SCHEME"),
    (_v2(_row(_button("x" * 101))), "components.0.components.0.custom_id", "BASE_TYPE_BAD_LENGTH"),
    (_v2(_row(_button(""))), "components.0.components.0.custom_id", "BASE_TYPE_REQUIRED"),
    (_v2(_row(_button()), _row(_button())), "components.1.components.0.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"),
    (_v2(_row(*(_button(str(one)) for one in range(6)))), "components.0.components", "BASE_TYPE_BAD_LENGTH"),
    (_v2(_row(_button(label="খ" * 81))), "components.0.components.0.label", "BASE_TYPE_MAX_LENGTH"),
    (_v2(_row(_button(label=""))), "components.0.components.0", "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"),
    (_v2(_row(_button(style=7))), "components.0.components.0.style", "BASE_TYPE_CHOICES"),
    (_v2(_row(_link("javascript:x"))), "components.0.components.0.url", "URL_TYPE_INVALID_SCHEME"),
    (_v2(_row(_link("https://" + "a" * 505))), "components.0.components.0.url", "BASE_TYPE_BAD_LENGTH"),
    (_v2(_row(_select(26))), "components.0.components.0.options", "BASE_TYPE_BAD_LENGTH"),
    (_v2(_row(_select(1), _button())), "components.0.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    (_v2(_row(_select(1, options=[OPTION] * 2))), "components.0.components.0.options.1.value", SAME_VALUE),
    (_embed(title="খ" * 257), "embeds.0.title", "BASE_TYPE_MAX_LENGTH"),
    (_embed(description="খ" * 4097), "embeds.0.description", "BASE_TYPE_MAX_LENGTH"),
    (_embed(footer={"text": "খ" * 2049}), "embeds.0.footer.text", "BASE_TYPE_MAX_LENGTH"),
    (_embed(fields=[{"name": "ক", "value": "খ"}] * 26), "embeds.0.fields", "BASE_TYPE_BAD_LENGTH"),
    (_embed(fields=[{"name": "", "value": "খ"}]), "embeds.0.fields.0.name", "BASE_TYPE_REQUIRED"),
    (_embed(description="খ" * 4000, footer={"text": "খ" * 1998}), "embeds", "MAX_EMBED_SIZE_EXCEEDED"),
    ({"embeds": [{"title": "খ"}] * 11}, "embeds", "BASE_TYPE_BAD_LENGTH"),
]  # fmt: skip


@pytest.mark.anyio
async def test_what_the_platform_takes_and_refuses() -> None:
    async with a_place() as place:
        path = f"/channels/{place.channel.id}/messages"
        for body in TAKEN:
            await place.ask("POST", path, body)
        assert len(place.channel.shown) == len(TAKEN)
        for body, field, code in REFUSED:
            error = await place.refused("POST", path, body)
            assert (error.status, error.code) == (400, 50035)
            found: Any = error._errors
            for step in field.split("."):
                found = found[step]
            assert code in [one["code"] for one in found["_errors"]], (field, found)
        nothing: list[dict[str, Any]] = [{}, {"content": " "}, {"embeds": [], "components": []}]
        for empty in nothing:
            assert await place.code("POST", path, empty) == 50006
        assert len(place.channel.shown) == len(TAKEN), "what is refused does not lie there"


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=60).filter(lambda text: bool(text.strip())))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    async def post() -> None:
        async with a_place() as place:
            sent = await place.open().send(text)
            assert (sent.content, place.channel.texts) == (text, [text])

    anyio.run(post)
