"""Newspapers' feeds over loopback, the whole core that polls them.

The chats of people who read them are here too.
"""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager, contextmanager
from datetime import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from bot import app
from bot.delivery.sender import Sender
from bot.running.cli.importing import import_files
from bot.running.settings import Settings
from bot.sources import worker
from bot.sources.addresses import parse_allow
from bot.subscriptions import choosing
from bot.values.articles import Query
from bot.values.chats import Language, Mode, Preferences, Role, Subscription, Term, TermKind
from handlers.context import Services
from handlers.dialogue import Dialogue
from handlers.platforms.console.render import render
from tests.fakes.engines import provide
from tests.fakes.world import TRAITS, RecordingPlatform, chat_of, draft_now, parse_now, router

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.clockwork.clock import Clock
    from bot.intake.pipeline import Parse
    from bot.running.core import Core
    from bot.values.articles import Article
    from bot.values.messages import Message

AT_ONCE = Preferences(mode=Mode.NOW, digest_times=(), quiet_from=time(0), quiet_to=time(0))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        pass

    def do_GET(self) -> None:
        # Files carry whole seconds: what is printed twice within one would look unchanged.
        del self.headers["If-Modified-Since"]
        super().do_GET()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder over HTTP; give its host and port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def item(title: str, link: str, *, text: str = "", guid: str = "", more: str = "") -> str:
    """Write one item of a feed."""
    named = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    return f"<item><title>{title}</title><link>{link}</link>{named}<description>{text}</description>{more}</item>"


def page(title: str, site: str, canonical: str, *, short: str = "") -> str:
    """Write an article's own page.

    ``short`` is another address that it gives for itself.
    """
    other = f'<link rel="shortlink" href="{short}">' if short else ""
    text = "".join(
        f"<p>{n}টি গ্রামের মানুষ নতুন সেতুটি দিয়ে নদী পার হয়ে শহরে আসছেন বলে জানিয়েছেন স্থানীয় কৃষক ও ব্যবসায়ীরা।</p>"
        for n in "২৩৪৫৬"
    )
    return (
        f'<html lang="bn"><head><title>{title}</title><meta property="og:site_name" content="{site}">'
        f'<link rel="canonical" href="{canonical}">{other}<meta property="og:type" content="article">'
        '<meta property="article:published_time" content="2026-04-14T09:00:00+06:00"></head>'
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    )


class Newsroom:
    """A core, its feeds, and readers who take everything at once."""

    def __init__(self, core: Core, folder: Path, here: str, parse: Parse) -> None:
        self.core = core
        self._parse = parse
        self.here = here
        self._folder = folder
        self._readers: dict[str, tuple[RecordingPlatform, Sender]] = {}
        self._router = router()

    async def add(self, name: str, *items: str, file: str = "") -> None:
        """Take up a newspaper whose feed holds these items.

        ``file`` names another feed of it.
        """
        self.print(name, *items, file=file)
        await self.core.source_editor.add(self.address(file or name), name, "me")

    def address(self, file: str) -> str:
        """Return where a feed is."""
        return f"http://{self.here}/{self._file(file)}"

    def print(self, name: str, *items: str, file: str = "") -> None:
        """Let a newspaper's feed hold these items from now on."""
        feed = f'<rss version="2.0"><channel><title>{name}</title>{"".join(items)}</channel></rss>'
        (self._folder / self._file(file or name)).write_text(feed, encoding="utf-8")

    async def take(self, page: str) -> tuple[int, int]:
        """Import a page as a file.

        Return how many articles are new and how many changed.
        """
        path = self._folder.parent / "page.html"
        path.write_text(page, encoding="utf-8")
        (done,) = await import_files(self.core, self._parse, [path], None)
        assert done.problem is None
        return done.new, done.revised

    async def poll(self) -> tuple[int, int]:
        """Look at every feed.

        Return how many articles are new and how many changed.
        """
        turns = await self.core.source_editor.poll(await self.core.store.sources.all())
        assert [turn.problem for turn in turns if turn.problem] == []
        return sum(turn.new for turn in turns), sum(turn.revised for turn in turns)

    async def articles(self) -> list[Article]:
        """Return what lists show, the newest first."""
        return await self.core.store.articles.page(Query(), 99)

    async def reader(self, person: str = "reader") -> RecordingPlatform:
        """Let somebody follow everything; return what they are sent."""
        chat = await self.core.store.chats.ensure(chat_of(person), self.core.clock())
        await choosing.prefer(self.core.store, chat, AT_ONCE, self.core.clock())
        await choosing.follow(self.core.store, chat, Subscription(Term(TermKind.ALL)), self.core.clock())
        platform = RecordingPlatform(person=person)
        self._readers[person] = platform, Sender(self.core.store, platform, "me", self.core.clock)
        return platform

    async def deliver(self) -> None:
        """Send to everybody what they are to get."""
        for _ in range(20):
            await self.core.engine.step()
            if not sum([await sender.step() for _, sender in self._readers.values()]):
                return
        raise AssertionError("something is sent for ever")

    async def say(self, text: str, *, person: str = "reader", role: Role = Role.READER) -> str:
        """Write something in somebody's chat; return what they see."""
        services = Services.of(self.core)
        dialogue = Dialogue(self._router, services, self.core.clock, TRAITS)
        reply = await dialogue.reply(chat_of(person), f"console:{person}", role, text)
        return shown(reply.message)

    @staticmethod
    def _file(name: str) -> str:
        return f"{name.encode().hex()}.xml"


def shown(message: Message) -> str:
    """Return a message as the console draws it."""
    return "\n".join(line.text for line in render(message, Language.BANGLA, 74))


@asynccontextmanager
async def newsroom(folder: Path, clock: Clock | None = None, *, apart: bool = False) -> AsyncIterator[Newsroom]:
    """Open a newsroom in a folder of its own.

    It parses and drafts within this process, or ``apart``, in a worker, which takes as long to start as most tests.
    """
    site = folder / "site"
    site.mkdir()
    await provide(folder / "khobor.db")
    with serving(site) as here:
        settings = Settings(database_path=folder / "khobor.db", fetch_allow=parse_allow(here), _env_file=None)
        async with app.opened(settings, *([clock] if clock else [])) as core:
            if not apart:
                core.pipeline._parse, core.pipeline._taking._draft = parse_now, draft_now
            yield Newsroom(core, site, here, worker.parse if apart else parse_now)
