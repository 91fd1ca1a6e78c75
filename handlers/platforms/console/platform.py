"""The console as the composition root finds it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.intake import first_run
from bot.running.background import work_for_ever
from bot.values.articles import Query
from bot.values.wording import Wording
from handlers.platform import PlatformKind
from handlers.platforms.console.adapter import LOCAL, NAME
from handlers.platforms.console.chat import Conversation
from handlers.platforms.console.render import ConsoleLine
from handlers.platforms.console.terminal import Pipe, Prompt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.running.core import Core
    from handlers.context import Services
    from handlers.platforms.console.terminal import Terminal
    from handlers.router import Router

_BUSY = 50
NO_TOKEN = Wording(
    "কোনো টোকেন দেওয়া নেই, তাই টার্মিনালেই শুরু হলো। টেলিগ্রাম বা ডিসকর্ডে চালাতে .env.example দেখুন।",
    "No token is set, so this starts in the terminal. See .env.example for Telegram or Discord.",
)


async def run(core: Core, router: Router, services: Services, options: Mapping[str, str]) -> None:
    """Chat on this process's terminal, as the person of ``options["as"]``."""
    await first_run.fill(core.store, core.clock(), catalogued=core.settings.catalogue == "all")
    name = options.get("as") or LOCAL
    terminal = await _terminal(core, router, name)
    newest = await core.store.articles.page(Query(), 1)
    sample = newest[0] if newest and newest[0].sample else None
    if options.get("stands_in"):
        terminal.show([ConsoleLine(NO_TOKEN.bn), ConsoleLine(NO_TOKEN.en), ConsoleLine()])
    conversation = Conversation(core, terminal, name, router, services)
    await conversation.run(lambda: work_for_ever(core), sample)


async def _terminal(core: Core, router: Router, name: str) -> Terminal:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Pipe()
    tags = [tag.name for tag in await core.store.tags.busiest(core.clock(), _BUSY)]
    words = [word for command in router.commands.values() for word in (command.name, *command.aliases[:2])]
    history = core.settings.database_path.with_name(f"console-{name}.history")
    return Prompt(history, [*words, *tags])


PLATFORM = PlatformKind(name=NAME, run=run, configured=lambda: False)
