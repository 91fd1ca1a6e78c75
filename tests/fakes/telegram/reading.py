"""What the bot sent, read from whatever form it sent it in.

It is refused as the platform refuses it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram.faults import Refusal

if TYPE_CHECKING:
    from aiohttp import web

BUTTONS, DATA = 100, 64


async def values(request: web.Request) -> dict[str, Any]:
    """Return the fields of a request."""
    found: dict[str, Any]
    if request.content_type == "application/json":
        found = await request.json()
    else:
        found = dict(await request.post())
    return {name: _loaded(value) for name, value in found.items()}


def _loaded(value: object) -> Any:  # noqa: ANN401 - whatever was sent
    """Read what came as JSON within a form, or within JSON.

    The library writes lists and objects so.
    """
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def rows_of(markup: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Return the rows of buttons, if the platform takes them."""
    rows: list[list[dict[str, Any]]] = markup.get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS or any(len(row) > 8 for row in rows):
        raise Refusal(400, "Bad Request: REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        data = button.get("callback_data")
        if data is not None and not 1 <= len(data.encode()) <= DATA:
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        if data is None and not button.keys() & {"url", "copy_text", "switch_inline_query"}:
            raise Refusal(400, "Bad Request: BUTTON_TYPE_INVALID")
        if not button["text"]:
            raise Refusal(400, "Bad Request: BUTTON_TEXT_EMPTY")
    return rows
