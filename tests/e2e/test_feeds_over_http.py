"""Real feeds from a real server.

Polled, polled again, changed, and told to who follows.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from bot import app
from bot.delivery.sender import Sender
from bot.running.settings import Settings
from bot.sources.addresses import parse_allow
from bot.subscriptions import choosing
from bot.values.chats import Subscription, Term, TermKind
from tests.e2e.newspapers import AT_ONCE, serving
from tests.fakes.world import RecordingPlatform, chat_of
from tests.shared import shared_path

if TYPE_CHECKING:
    from pathlib import Path

    from bot.running.core import Core

pytestmark = pytest.mark.anyio
NEW = """<item><title>সবে আসা একটি শিরোনাম</title><link>https://www.kalerkantho.com/online/country-news/2026/11/23/1</link>
<guid isPermaLink="false">https://www.kalerkantho.com/online/country-news/2026/11/23/1</guid></item>"""


async def test_real_feeds_are_stored_once_and_what_is_new_reaches_a_follower_once(tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(shared_path("captures", "rss"), site)
    _shorten(site / "prothomalo_opinion.xml", 40)
    with serving(site) as here:
        settings = Settings(database_path=tmp_path / "khobor.db", fetch_allow=parse_allow(here), _env_file=None)
        async with app.opened(settings) as core:
            counts = {"prothomalo_opinion.xml": 40, "kalerkantho_opinion.xml": 53}
            added = [await core.source_editor.add(f"http://{here}/{name}", name, "me") for name in counts]
            assert [one.stored for one in added] == list(counts.values())
            chat = await core.store.chats.ensure(chat_of("reader"), core.clock())
            await choosing.prefer(core.store, chat, AT_ONCE, core.clock())
            await choosing.follow(core.store, chat, Subscription(Term(TermKind.ALL)), core.clock())
            assert await _poll(core) == (0, 0)
            _change(site / "kalerkantho_opinion.xml")
            assert await _poll(core) == (1, 1)
            assert await _poll(core) == (0, 0)
            platform = RecordingPlatform()
            sender = Sender(core.store, platform, "me", core.clock)
            await core.engine.step()
            assert (await sender.step(), await sender.step()) == (1, 0)
            assert platform.sent[0][1].brief == "সবে আসা একটি শিরোনাম (kalerkantho_opinion.xml)"


async def _poll(core: Core) -> tuple[int, int]:
    turns = await core.source_editor.poll(await core.store.sources.all())
    assert [turn.problem for turn in turns] == [None] * 2
    return sum(turn.new for turn in turns), sum(turn.revised for turn in turns)


def _shorten(paper: Path, count: int) -> None:
    """Keep the first items of a feed."""
    text = paper.read_text(encoding="utf-8")
    last = [found.end() for found in re.finditer("</item>", text)][count - 1]
    paper.write_text(text[:last] + "</channel></rss>", encoding="utf-8")


def _change(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    title = re.findall("<title>(.*?)</title>", text)[0]
    changed = text.replace("<channel>", "<channel>" + NEW, 1).replace(title, f"{title}, মেরামত করা", 1)
    paper.write_text(changed, encoding="utf-8")
