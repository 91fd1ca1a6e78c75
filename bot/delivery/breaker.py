"""Stops an account when too many chats seem gone.

It is then not the chats' doing, so none is believed until messages arrive again. A platform that answers «blocked» for
a minute would otherwise cost every reader it said so of. The breaker is pure: it is told each answer and says what to
make of it. After a restart it begins closed and knows no suspects; that may cost another trip.

The sender asks `may_send` before each message and does what `record` says with its answer.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass
from enum import Enum, auto
from math import inf

WINDOW = 200
"""Answers that are looked at."""
ENOUGH = 50
"""Answers before it can open: two blocked of ten are nothing."""
GONE_PART = 0.10
DOUBTFUL_PART = 0.20
PROBE_EVERY = 30.0
"""Seconds from one probe to the next, and from opening to the first: a burst of a minute never sees three."""
PROBE_LOST = 120.0
"""Seconds after which a probe without an answer is forgotten; a send that hangs gives up after 60."""
PROBES = 3
"""Probes in a row that must arrive."""
SUSPECTS = 10_000
"""Chats that are remembered as marked back; to forget one costs another trip, and nothing else."""


class SendAnswer(Enum):
    """What became of a message, as far as it matters here."""

    ARRIVED = auto()
    GONE = auto()
    DOUBTFUL = auto()
    OTHER = auto()
    """The platform answered something else about this message: no news of the account."""


@dataclass(frozen=True, slots=True)
class Trip:
    """The breaker has just opened.

    These chats said GONE within the window and are to be marked back, the last one included.
    """

    chats: tuple[int, ...]
    gone: bool
    """Whether too many were gone; else too many answers were doubtful."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to make of an answer."""

    counts: bool
    """Whether to act on it: mark the chat gone, count the doubt. If not, the row waits again as if not tried, behind
    others.
    """
    trip: Trip | None = None


COUNTS = Verdict(counts=True)
AGAIN = Verdict(counts=False)


class Breaker:
    """The breaker of one account.

    Moments are seconds of a clock that never goes back.
    """

    def __init__(self) -> None:
        """Begin closed."""
        self._window: deque[tuple[SendAnswer, int]] = deque()
        self._gone = self._doubtful = 0  # of the window
        self._suspects: OrderedDict[int, None] = OrderedDict()
        self._open = False
        self._arrived = 0
        self._probe: int | None = None
        self._probed_at = -inf  # the last probe's beginning, or the opening

    @property
    def open(self) -> bool:
        """Whether only probes are sent."""
        return self._open

    def may_probe(self, now: float) -> bool:
        """Whether it is open and a probe may begin.

        Probes go one at a time, `PROBE_EVERY` seconds apart.
        """
        return self._open and now - self._probed_at >= (PROBE_EVERY if self._probe is None else PROBE_LOST)

    def may_send(self, chat_id: int, now: float) -> bool:
        """Whether a message to this chat may go now.

        While open, True begins a probe.
        """
        if not self._open:
            return True
        if not self.may_probe(now):
            return False
        self._probe, self._probed_at = chat_id, now
        return True

    def record(self, answer: SendAnswer, chat_id: int, now: float) -> Verdict:
        """Take an answer; return what to make of it."""
        if answer is SendAnswer.ARRIVED:
            self._suspects.pop(chat_id, None)
        if self._open:
            return self._while_open(answer, chat_id)
        if answer is SendAnswer.GONE and chat_id in self._suspects:
            # Counted once already. Else a bot that 15 % have really blocked opens again and again and believes none.
            del self._suspects[chat_id]
            return COUNTS
        self._count(answer, chat_id)
        return self._trip(now) if self._bad() else COUNTS

    def _while_open(self, answer: SendAnswer, chat_id: int) -> Verdict:
        if chat_id == self._probe:
            self._probed(answer)
        if answer is SendAnswer.GONE:
            self._suspect(chat_id)
        return AGAIN if answer in (SendAnswer.GONE, SendAnswer.DOUBTFUL) else COUNTS

    def _probed(self, answer: SendAnswer) -> None:
        self._probe = None
        if answer is not SendAnswer.OTHER:
            self._arrived = self._arrived + 1 if answer is SendAnswer.ARRIVED else 0
        self._open = self._arrived < PROBES

    def _count(self, answer: SendAnswer, chat_id: int) -> None:
        self._window.append((answer, chat_id))
        self._gone += answer is SendAnswer.GONE
        self._doubtful += answer is SendAnswer.DOUBTFUL
        if len(self._window) > WINDOW:
            old, _ = self._window.popleft()
            self._gone -= old is SendAnswer.GONE
            self._doubtful -= old is SendAnswer.DOUBTFUL

    def _bad(self) -> bool:
        size = len(self._window)
        return size >= ENOUGH and (self._gone > size * GONE_PART or self._doubtful > size * DOUBTFUL_PART)

    def _trip(self, now: float) -> Verdict:
        chats = tuple(dict.fromkeys(chat_id for answer, chat_id in self._window if answer is SendAnswer.GONE))
        for chat_id in chats:
            self._suspect(chat_id)
        gone = self._gone > len(self._window) * GONE_PART
        self._window.clear()
        self._gone = self._doubtful = 0
        self._open, self._arrived, self._probe, self._probed_at = True, 0, None, now
        return Verdict(counts=False, trip=Trip(chats, gone))

    def _suspect(self, chat_id: int) -> None:
        self._suspects[chat_id] = None
        if len(self._suspects) > SUSPECTS:
            self._suspects.popitem(last=False)
