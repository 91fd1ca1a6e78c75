"""A request to the API, read from whatever form it came in."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.discord.refusals import Refusal


@dataclass(eq=False)
class Call:
    """A request, and what became of it."""

    method: str
    path: str
    """Behind the API's own address."""
    template: str
    ids: dict[str, str]
    query: dict[str, str]
    authorization: str
    at: float = field(default_factory=time.monotonic)
    moment: float = field(default_factory=time.time)
    body: Any = None
    files: list[dict[str, Any]] = field(default_factory=list)
    status: int = 0
    """Of the answer; 0: there was none."""
    answer: Any = None

    @property
    def route(self) -> str:
        """What its bucket is."""
        return f"{self.method} {self.template}"

    @property
    def major(self) -> str:
        """What a bucket is kept apart by."""
        names = ("channel", "guild", "webhook", "token", "interaction")
        return "/".join(self.ids[name] for name in names if name in self.ids)

    @property
    def of_interaction(self) -> bool:
        """Whether it answers an interaction.

        Such bring no authorization and do not count.
        """
        return self.template.startswith(("/interactions/", "/webhooks/"))

    @property
    def fields(self) -> dict[str, Any]:
        """The body, which has to be an object."""
        if self.body is None:
            return {}
        if not isinstance(self.body, dict):
            raise garbled()
        return self.body


def garbled() -> Refusal:
    """Return what is answered to a body that cannot be read."""
    return Refusal(400, 50109, "The request body contains invalid JSON.")


async def read(call: Call, request: web.Request) -> None:
    """Read what was sent: JSON, or a form with JSON and files."""
    if request.content_type == "multipart/form-data":
        await _read_form(call, request)
        return
    raw = await request.read()
    if not raw:
        return
    if request.content_type != "application/json":
        raise garbled()
    call.body = _loaded(raw)


async def _read_form(call: Call, request: web.Request) -> None:
    form = await request.post()
    for name, value in form.items():
        if name == "payload_json":
            # A part that says it is JSON comes as bytes.
            call.body = _loaded(value if isinstance(value, str) else bytes(value))  # type: ignore[arg-type]
        elif not isinstance(value, str):
            content = value.file.read() if isinstance(value, web.FileField) else bytes(value)
            filename = value.filename if isinstance(value, web.FileField) else name
            call.files.append({"field": name, "filename": filename, "content": content})


def _loaded(raw: str | bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(raw)
    except ValueError:
        raise garbled() from None
