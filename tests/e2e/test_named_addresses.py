"""What a page names never reaches what FETCH_ALLOW opens.

An address that an admin typed does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import app
from bot.running.settings import Settings
from bot.sources.addresses import parse_allow
from bot.sources.failure import FetchError, Reason
from tests.e2e.newspapers import item, serving

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio
FEED = f'<rss version="2.0"><channel><title>x</title>{item("গোপন খবর", "https://n.example/1")}</channel></rss>'


def _page(feed: str) -> str:
    return f'<html><head><title>x</title><link rel="alternate" type="application/rss+xml" href="{feed}"></head></html>'


async def test_a_page_names_what_stands_beside_it_and_nothing_else_that_is_private(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("typed", "hidden")]
    for folder in folders:
        folder.mkdir()
        (folder / "feed.xml").write_text(FEED, encoding="utf-8")
    with serving(folders[0]) as typed, serving(folders[1]) as hidden:
        (folders[0] / "beside.html").write_text(_page("/feed.xml"), encoding="utf-8")
        (folders[0] / "inward.html").write_text(_page(f"http://{hidden}/feed.xml"), encoding="utf-8")
        settings = Settings(
            database_path=tmp_path / "khobor.db",
            fetch_allow=parse_allow(f"{typed},{hidden}"),
            catalogue="none",
            _env_file=None,
        )
        async with app.opened(settings) as core:
            assert (await core.pipeline.try_out(f"http://{typed}/beside.html")).kind_name == "feed"
            with pytest.raises(Exception, match="article"):
                await core.pipeline.try_out(f"http://{typed}/inward.html")
            assert (await core.pipeline.try_out(f"http://{hidden}/feed.xml")).kind_name == "feed", "an admin typed it"
            with pytest.raises(FetchError) as refused:
                await core.fetch(f"http://{typed}/feed.xml")
            assert refused.value.reason is Reason.REFUSED_ADDRESS, "a reader's address reaches nothing private"
