"""Scripted faults on the way to the API."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.discord.refusals import KNOWN


@dataclass
class Fault:
    """What happens to so many next requests of a pattern.

    The pattern stands in their «METHOD /path».
    """

    route: str = ""
    times: int = 1
    status: int = 0
    code: int = 0
    """A reason by its number; brings its status and words with it."""
    retry_after: float | None = None
    scope: str = "user"
    """Of a 429: whom it means, «user», «shared» or «global»."""
    body: Any = None
    """Sent instead of the platform's own words; text goes out as it stands, and as HTML."""
    headers: dict[str, str] = field(default_factory=dict)
    cut: str = ""
    """«before» or «after» the request is carried out the connection is cut."""
    delay: float = 0.0
    via: bool = True
    """Whether it is the API that speaks; without it a client sees the gate in front of it (Cloudflare)."""

    def meets(self, route: str) -> bool:
        """Tell whether it is the turn of this fault."""
        return self.times > 0 and re.search(self.route, route) is not None

    @property
    def answers(self) -> bool:
        """Whether it answers in the platform's stead."""
        return bool(self.status or self.code or self.retry_after is not None)

    def answer(self) -> tuple[int, Any, dict[str, str]]:
        """Return status, body and headers of what is answered."""
        if self.retry_after is not None:
            status, body, headers = slow_down(self.retry_after, self.scope)
            if self.code in KNOWN:
                body |= {"message": KNOWN[self.code][1], "code": self.code}
        elif self.code in KNOWN:
            status, message = KNOWN[self.code]
            body, headers = {"message": message, "code": self.code}, {}
        else:
            status, body, headers = self.status, {"message": f"{self.status}: scripted", "code": self.code}, {}
        headers = headers if self.via else {}
        return self.status or status, body if self.body is None else self.body, {**headers, **self.headers}


def slow_down(wait: float, scope: str) -> tuple[int, Any, dict[str, str]]:
    """Return a 429 of the API's own."""
    headers = {"Via": "1.1 google", "Retry-After": str(int(wait) + 1), "X-RateLimit-Scope": scope}
    if scope == "global":
        headers["X-RateLimit-Global"] = "true"
    words = {
        "user": "You are being rate limited.",
        "global": "You are being rate limited.",
        "shared": "The resource is being rate limited.",
    }
    return 429, {"message": words[scope], "retry_after": wait, "global": scope == "global"}, headers
