"""What goes wrong on the way.

Answers that are scripted, and the windows in which a platform counts.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass


class Refusal(Exception):  # noqa: N818 - it is an answer
    """An answer that is no result."""

    def __init__(self, code: int, description: str, **parameters: object) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass
class Fault:
    """What happens to the next requests of a method ("" any).

    To a chat (None any), so many times.
    """

    method: str = ""
    chat: int | None = None
    times: int = 1
    status: int = 0
    description: str = ""
    retry_after: int | None = None
    body: str | None = None
    """Sent instead of an answer, as it stands."""
    cut: str = ""
    """«before» or «after» the request is carried out the connection is cut."""
    delay: float = 0.0

    def meets(self, method: str, chat: int | None) -> bool:
        """Tell whether it is the turn of this fault."""
        return self.times > 0 and self.method.lower() in ("", method) and self.chat in (None, chat)


class Window:
    """At most so many in any so many seconds.

    Refuses the next ones.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._at: deque[float] = deque()

    def admits(self, now: float) -> bool:
        """Count one, unless it is too many."""
        while self._at and now - self._at[0] >= self._seconds:
            self._at.popleft()
        if len(self._at) >= self._most:
            return False
        self._at.append(now)
        return True
