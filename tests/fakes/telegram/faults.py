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
    """Sent instead of an answer, as it stands; with a status nothing was carried out."""
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


class Windows:
    """What the platform counts.

    30 a second over all, a new message a second in a chat, 20 a minute in a group.
    """

    def __init__(self, second: float) -> None:
        """Let a chat's ``second`` be as long as this."""
        self._second = second
        self._all = Window(30, 1.0)
        self._chats: dict[int, Window] = {}
        self._groups: dict[int, Window] = {}

    def admit(self, chat: int | None, now: float, *, new: bool) -> None:
        """Count a message, or refuse it.

        One that only changes another keeps no distance to it; one that was shared lies in no chat that is known.
        """
        admitted = self._all.admits(now)
        if chat is not None and new:
            admitted &= self._chats.setdefault(chat, Window(1, self._second)).admits(now)
        if chat is not None and chat < 0:
            admitted &= self._groups.setdefault(chat, Window(20, 60.0)).admits(now)
        if not admitted:
            raise Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
