"""The count of an announced story goes on while it is sent."""

from __future__ import annotations

from datetime import UTC, datetime, time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from bot.editing.stories import watch_arrivals
from bot.values.chats import Language
from bot.values.messages import Reply
from bot.values.reach import AudienceShare
from tests.handlers.saying import text

if TYPE_CHECKING:
    from bot.values.messages import Message

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 6, 1, tzinfo=UTC)


class _SentBetween:
    """One chat gets the story between the first two questions."""

    def __init__(self) -> None:
        self.questions = 0

    def _sent(self) -> bool:
        self.questions += 1
        return self.questions > 1

    async def audience(self, _: int) -> list[AudienceShare]:
        return [] if self._sent() else [AudienceShare(1, "Asia/Dhaka", time(), time())]

    async def reach(self, _: int, __: datetime) -> Any:  # noqa: ANN401 - its total is all that is read
        return SimpleNamespace(total=int(self._sent()))


async def test_whom_it_reaches_between_two_questions_is_counted() -> None:
    store: Any = SimpleNamespace(subjects=_SentBetween())
    story: Any = SimpleNamespace(subject=SimpleNamespace(id=1))
    look = watch_arrivals(store, story, NOW, Language.BANGLA)
    said: list[Message] = []
    while (message := await look()) is not None:
        said.append(message)
    assert text(Reply(said[-1])).strip() == "শেষ: ১টি চ্যাটে পাঠানো হয়েছে।"
    assert not any("০টি চ্যাটে" in text(Reply(one)) for one in said)
