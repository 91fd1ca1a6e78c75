"""Play scenes to the bot over the fake platforms.

It draws what their chats show then.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from tests.e2e import discord_server, telegram_bot
from tests.screens import discord, telegram
from tests.screens.stories import fill

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = {"discord": 560, "telegram": 390}
_HEIGHT = re.compile(r"<title>(\d+)</title>")


async def _play(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as kept:
        async with telegram_bot.a_bot(Path(kept)) as (world, chats):
            await fill(world)
            for number, (name, play) in enumerate(telegram.SCENES.items()):
                drawn = await play(telegram.Scene(world, chats, 100 + number))
                await asyncio.to_thread(_write, folder / f"{name}.html", drawn, WIDTHS["telegram"])
    with tempfile.TemporaryDirectory() as kept:
        async with discord_server.a_server(Path(kept)) as server:
            await fill(server.world)
            for name, show in discord.SCENES.items():
                scene = discord.DiscordScene(server, server.there.channel(server.guild))
                await show(scene)
                await asyncio.to_thread(_write, folder / f"{name}.html", scene.drawn(), WIDTHS["discord"])


def _write(file: Path, text: str, width: int) -> None:
    file.write_text(text, encoding="utf-8")
    print(file.name, flush=True)
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print("no Chromium here: pages only", file=sys.stderr)
        return
    common = [browser, "--headless=new", "--no-sandbox", "--hide-scrollbars", "--disable-gpu"]
    run = partial(subprocess.run, capture_output=True, text=True, check=True, timeout=60)
    height = _HEIGHT.search(run([*common, "--dump-dom", file.as_uri()]).stdout)
    size = f"--window-size={width},{height[1] if height else 900}"
    picture = f"--screenshot={file.with_suffix('.png')}"
    run([*common, "--force-device-scale-factor=2", size, picture, file.as_uri()])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Say where the pictures are to go: python -m tests.screens FOLDER")
    target = Path(sys.argv[1]).resolve()
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(_play(target))
