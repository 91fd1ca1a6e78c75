"""A rate stands once.

An operator's setting is what the account keeps to and what the engine counts with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.app import opened
from bot.running.settings import Settings, load
from handlers.platforms import platforms
from handlers.platforms.telegram.settings import TelegramSettings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.anyio
@pytest.mark.parametrize("rate", [5, 1000])
async def test_the_rate_that_is_set_reaches_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rate: int
) -> None:
    monkeypatch.setenv("TELEGRAM_PER_SECOND", str(rate))
    assert load(TelegramSettings).pace.per_second == rate
    async with opened(Settings(database_path=tmp_path / "khobor.db", _env_file=None)) as core:
        assert core.engine.rates == {kind.name: kind.pace().per_second for kind in platforms().values()}
        assert core.engine.rates["telegram"] == rate
