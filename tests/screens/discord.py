"""Scenes of a server on Discord, and of somebody's direct messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.editing import stories
from tests.fakes.discord.rights import Right
from tests.screens import discord_page as page
from tests.screens.stories import STORIES, bring

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.e2e.discord_server import Server
    from tests.fakes.discord.messages import Shown
    from tests.fakes.discord.places import Channel


class DiscordScene:
    """One channel, who acts there, and what is seen."""

    def __init__(self, server: Server, where: Channel) -> None:
        """Begin with nothing to see."""
        self.server, self.where = server, where
        self.rows: list[str | Shown] = []
        self.by = server.guild.owner

    def alone(self) -> None:
        """Go on in the direct messages of a new member."""
        self.by = self.server.there.user("পাঠক")
        self.where = self.server.there.inbox(self.by)

    async def uses(self, name: str, **options: object) -> Shown:
        """Let somebody use a slash command, and see the answer."""
        self.rows.append(page.used(f"/{name} {' '.join(map(str, options.values()))}"))
        return await self._see(self.server.there.slash(self.by, self.where, name, options).answer())

    async def presses(self, shown: Shown, label: str) -> Shown:
        """Let somebody press a button, and see the answer."""
        return await self._see(self.server.there.press(shown, label, self.by).answer())

    async def chooses(self, shown: Shown, *values: object) -> Shown:
        """Let somebody choose in the only menu of a message."""
        return await self._see(self.server.there.choose(shown, shown.custom_ids[0], list(values), self.by).answer())

    async def opens(self, shown: Shown, label: str) -> None:
        """Let somebody press a button that opens a form, and see that."""
        opened = self.server.there.press(shown, label, self.by)
        await opened.acknowledgement()
        self.rows.append(page.window(opened.modal))

    async def pushed(self, **story: object) -> Shown:
        """Let a story come, and see its card in the channel."""
        before = set(self.where.messages)
        await bring(self.server.world, STORIES[2], **story)
        await self.server.world.spread()
        await self.server.there.until(lambda: set(self.where.messages) != before)
        return self.shows(next(one for number, one in self.where.messages.items() if number not in before))

    def shows(self, shown: Shown) -> Shown:
        """See a message as it will lie there in the end."""
        if shown not in self.rows:
            self.rows.append(shown)
        return shown

    async def _see(self, answer: Awaitable[Shown]) -> Shown:
        return self.shows(await answer)

    def drawn(self, last: int = 6) -> str:
        """Draw the end of what was seen."""
        return page.page(
            [
                row if isinstance(row, str) else page.message(row.components, alone=row.ephemeral)
                for row in self.rows[-last:]
            ]
        )


async def _setup(scene: DiscordScene) -> None:
    what = await scene.chooses(await scene.uses("setup"), scene.where)
    await scene.presses(await scene.presses(what, "প্রধান খবর, দিনে দুবার"), "ছবিসহ")


async def _setup_where(scene: DiscordScene) -> None:
    await scene.uses("setup")


async def _setup_what(scene: DiscordScene) -> None:
    await scene.chooses(await scene.uses("setup"), scene.where)


async def _setup_look(scene: DiscordScene) -> None:
    await scene.presses(await scene.chooses(await scene.uses("setup"), scene.where), "প্রধান খবর, দিনে দুবার")


async def _setup_missing(scene: DiscordScene) -> None:
    scene.where.forbid(Right.EMBED_LINKS)
    scene.server.there.changes(scene.where)
    await _setup(scene)


async def _forms(scene: DiscordScene) -> None:
    panel = await scene.uses("settings")
    scene.rows.clear()
    for label in ("📝 খবরের সময়", "📝 কার্ড কেমন হবে"):
        await scene.opens(panel, label)


async def _form_again(scene: DiscordScene) -> None:
    panel = await scene.uses("settings")
    time = await scene.presses(panel, "⏰ কখন পাঠাব: সকাল ৮টা, রাত ৯টা")
    asked = await scene.presses(time, "নিজে লিখব")
    opened = scene.server.there.press(asked, "✍️ নিজে লিখব", scene.by)
    await opened.acknowledgement()
    wrong = scene.shows(await scene.server.there.submit(opened, {"value": "যখন খুশি"}).answer())
    await scene.opens(wrong, "✍️ আবার খুলুন")


async def _server_settings(scene: DiscordScene) -> None:
    for label in (f"📍 চ্যানেল: #{scene.where.name}", "🔑 কারা বদলাতে পারবে", "🔔 ব্রেকিংয়ে রোল মেনশন: নেই"):
        await scene.presses(await scene.uses("settings"), label)


async def _card(scene: DiscordScene) -> None:
    await scene.server.has_everything(scene.where)
    await scene.pushed(headline="শেষ ওভারে জয়, সিরিজ বাংলাদেশের", image="https://outlet.example/1.jpg")
    await scene.uses("search", words="ইরান")


async def _menu(scene: DiscordScene) -> None:
    await scene.presses(await scene.uses("tag", topic="ইরান"), "⋯")


async def _latest(scene: DiscordScene) -> None:
    await scene.presses(await scene.uses("latest"), "২")


async def _topics(scene: DiscordScene) -> None:
    await scene.uses("topics")


async def _today(scene: DiscordScene) -> None:
    await scene.uses("today")


async def _follow(scene: DiscordScene) -> None:
    await scene.uses("follow", topic="ইরান")
    await scene.uses("following")
    await scene.uses("status")


async def _settings(scene: DiscordScene) -> None:
    await scene.presses(await scene.uses("settings"), "⏰ কখন পাঠাব: সকাল ৮টা, রাত ৯টা")
    await scene.uses("settings")


async def _help(scene: DiscordScene) -> None:
    await scene.uses("help")


async def _start(scene: DiscordScene) -> None:
    scene.alone()
    welcome = await scene.uses("start")
    await scene.presses(welcome, "🇧🇩 বাংলাদেশ")


async def _english(scene: DiscordScene) -> None:
    scene.alone()
    await scene.uses("language", to="en")
    for name in ("help", "following", "settings"):
        await scene.uses(name)


async def _withdrawn(scene: DiscordScene) -> None:
    await scene.server.has_everything(scene.where)
    shown = await scene.pushed(headline="মিরপুরে খেলা পরিত্যক্ত")
    store = scene.server.world.core.store
    newest = await store.articles.newest()
    story = await stories.find(store, newest.id) if newest is not None else None
    if story is None:
        raise AssertionError(newest)
    before = shown.edits
    await stories.withdraw(store, story, "খেলা পরে শুরু হয়েছে", "desk", scene.server.world.clock())
    await scene.server.world.spread()
    await scene.server.there.until(lambda: shown.edits > before)


SCENES: dict[str, Callable[[DiscordScene], Awaitable[None]]] = {
    "discord-setup": _setup,
    "discord-setup-where": _setup_where,
    "discord-setup-what": _setup_what,
    "discord-setup-look": _setup_look,
    "discord-setup-missing": _setup_missing,
    "discord-forms": _forms,
    "discord-form-again": _form_again,
    "discord-server-settings": _server_settings,
    "discord-card": _card,
    "discord-menu": _menu,
    "discord-latest": _latest,
    "discord-topics": _topics,
    "discord-today": _today,
    "discord-follow": _follow,
    "discord-settings": _settings,
    "discord-help": _help,
    "discord-start": _start,
    "discord-english": _english,
    "discord-withdrawn": _withdrawn,
}
