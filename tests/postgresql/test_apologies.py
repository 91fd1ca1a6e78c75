"""What readers hear when their archive's server fails.

Whatever was written meanwhile is answered, with a short apology or, once all is well, in earnest: a process serves an
account only as long as it can prove that it may, and says sorry while nobody can. The server is one of the test's own,
for it is stopped and locked; without its programs this is skipped.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import anyio
import psycopg
import pytest

from bot.articles.rules import RULES
from bot.running.background import kept_up
from handlers.context import Services
from handlers.platforms.telegram import settings
from handlers.platforms.telegram.polling import Progress
from handlers.platforms.telegram.running import serve
from handlers.platforms.telegram.settings import TelegramSettings
from storage.store import open_postgresql
from tests.benchmarks.cluster import ABSENT, started_cluster
from tests.e2e.telegram_bot import ROUTER
from tests.fakes.line import a_line
from tests.fakes.telegram import FakeTelegram
from tests.fakes.world import World, a_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from pathlib import Path

    from tests.benchmarks.cluster import Cluster
    from tests.fakes.line import Line
    from tests.fakes.telegram.chats import Chat

pytestmark = pytest.mark.anyio
SORRY = "একটু সমস্যা হচ্ছে।"
FOLLOWED = "ফলো করছেন"
WITHIN = 90.0
_CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'khobor'"
_FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON subscriptions FOR EACH ROW EXECUTE FUNCTION full_disk();
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Run a server for the tests of this file."""
    with started_cluster() as made:
        if made is None:
            pytest.skip(ABSENT)
        with psycopg.connect(made.address(), autocommit=True) as raw:
            raw.execute("CREATE ROLE khobor LOGIN")
        yield made


class Reader:
    """Somebody who writes to a bot whose archive is on a server."""

    def __init__(self, world: World, telegram: FakeTelegram, cluster: Cluster, line: Line) -> None:
        self.world = world
        self.telegram = telegram
        self.cluster = cluster
        self.line = line
        self.chat: Chat = telegram.private(7)

    async def says(self, text: str) -> str:
        """Write something, and return the answer."""
        answer = await self.asks(text)
        with anyio.fail_after(WITHIN):
            return await answer()

    async def asks(self, text: str) -> Callable[[], Awaitable[str]]:
        """Write something, and return what waits for the answer."""
        before = set(self.chat.messages)
        await self.telegram.says(self.chat, text)

        async def answer() -> str:
            await self.telegram.until(lambda: bool(set(self.chat.messages) - before))
            return self.chat.messages[min(set(self.chat.messages) - before)].text

        return answer

    async def hears(self, answer: Callable[[], Awaitable[str]], wanted: str) -> None:
        """Hear the answer or an apology; then all is well."""
        with anyio.fail_after(WITHIN):
            said = await answer()
            assert wanted in said or SORRY in said
            while SORRY in await self.says("ফলো মেঘনা"):
                pass
        assert FOLLOWED in self.chat.last.text
        assert "পদ্মা" in await self.says("তালিকা"), "what was followed before is followed"
        await self.world.add("পদ্মায় নৌকাডুবি", "নৌকাটি সকালে ঘাট ছেড়েছিল।", tags=("পদ্মা",))
        await self.world.spread()
        await self.telegram.until(lambda: any("নৌকাডুবি" in one.text for one in self.chat.messages.values()))

    def rules(self, sql: str) -> None:
        """Let the server's operator do something."""
        with psycopg.connect(self.cluster.address("khobor"), autocommit=True) as raw:
            for statement in sql.split(";;"):
                raw.execute(statement.encode())


@pytest.fixture
async def reader(tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Reader]:
    """Let somebody follow something before anything fails."""
    monkeypatch.setattr(settings, "CHAT_GAP", 0.0)
    with psycopg.connect(cluster.address(), autocommit=True) as raw:
        raw.execute("CREATE DATABASE khobor TEMPLATE template0 ENCODING 'UTF8' OWNER khobor")
    address = cluster.address("khobor").replace("postgres@", "khobor@")
    try:
        async with _somebody(tmp_path, cluster, address) as one:
            yield one
    finally:
        cluster.drop("khobor")


@asynccontextmanager
async def _somebody(folder: Path, cluster: Cluster, address: str) -> AsyncIterator[Reader]:
    async with (
        a_line(address) as (line, through),
        FakeTelegram() as telegram,
        a_world(folder, opened=open_postgresql(through, RULES)) as world,
        anyio.create_task_group() as group,
    ):
        served = TelegramSettings(telegram_bot_token=telegram.token, telegram_api_base=telegram.base, _env_file=None)
        services, progress = Services.of(world.core), Progress()
        group.start_soon(kept_up, "telegram", lambda: serve(world.core, ROUTER, services, served, progress))
        await world.add("নদীর ঘাটে নতুন সেতু", "সেতুটি শুক্রবার খুলছে।")
        one = Reader(world, telegram, cluster, line)
        assert FOLLOWED in await one.says("ফলো পদ্মা এলেই")
        yield one
        group.cancel_scope.cancel()


async def test_a_server_that_is_restarted(reader: Reader) -> None:
    await anyio.to_thread.run_sync(reader.cluster.control, "stop", "immediate")
    answer = await reader.asks("ফলো যমুনা")
    await anyio.to_thread.run_sync(reader.cluster.control, "start")
    await reader.hears(answer, FOLLOWED)


@pytest.mark.parametrize("is_silent", [False, True])
async def test_whoever_writes_while_the_server_is_away_hears_that(
    reader: Reader, caplog: pytest.LogCaptureFixture, *, is_silent: bool
) -> None:
    telegram = reader.telegram
    await reader.says("/latest")
    if is_silent:
        reader.line.is_silent = True
    else:
        await anyio.to_thread.run_sync(reader.cluster.control, "stop", "immediate")
    while "the archive cannot be asked" not in caplog.text:
        await anyio.lowlevel.checkpoint()
    assert SORRY in await reader.says("ফলো যমুনা")
    assert SORRY in await reader.says("/latest")
    # What is no question is kept, and done when that can be.
    group = telegram.group(-5)
    await telegram.joins(group)
    assert SORRY in await reader.says("ইরান")
    assert not group.messages
    while "was lost; another process may have it" not in caplog.text:
        await anyio.lowlevel.checkpoint()
    assert SORRY in await reader.says("সাহায্য")
    if is_silent:
        reader.line.cut()
        reader.line.is_silent = False
    else:
        await anyio.to_thread.run_sync(reader.cluster.control, "start")
    await reader.hears(await reader.asks("ফলো যমুনা"), FOLLOWED)
    await telegram.until(lambda: bool(group.messages))


async def test_a_network_that_is_cut(reader: Reader) -> None:
    reader.line.refuses = True
    reader.line.cut()
    answer = await reader.asks("/latest")
    reader.line.refuses = False
    await reader.hears(answer, "নতুন সেতু")


async def test_a_network_that_hangs(reader: Reader) -> None:
    reader.line.is_silent = True
    answer = await reader.asks("/latest")
    reader.line.cut()
    reader.line.is_silent = False
    await reader.hears(answer, "নতুন সেতু")


async def test_a_server_that_is_read_only(reader: Reader) -> None:
    reader.rules(f"ALTER DATABASE khobor SET default_transaction_read_only = on;;{_CUT}")
    answer = await reader.asks("ফলো যমুনা")
    off = "SET default_transaction_read_only = off;;ALTER DATABASE khobor RESET default_transaction_read_only"
    reader.rules(f"{off};;{_CUT}")
    await reader.hears(answer, FOLLOWED)


async def test_a_server_that_is_out_of_connections(reader: Reader) -> None:
    reader.rules(f"ALTER ROLE khobor CONNECTION LIMIT 0;;{_CUT}")
    answer = await reader.asks("/latest")
    reader.rules("ALTER ROLE khobor CONNECTION LIMIT -1")
    await reader.hears(answer, "নতুন সেতু")


async def test_a_disk_that_is_full_costs_what_has_no_room(reader: Reader) -> None:
    reader.rules(_FULL)
    assert "নতুন সেতু" in await reader.says("/latest")
    assert SORRY in await reader.says("ফলো যমুনা")
    reader.rules("DROP FUNCTION full_disk CASCADE")
    await reader.hears(await reader.asks("ফলো যমুনা"), FOLLOWED)
