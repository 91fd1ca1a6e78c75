"""An empty archive that is made once and copied.

Bringing a new one up takes longer than most tests.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from bot.articles.rules import RULES
from storage.store import open_store

_made: list[Path] = []


async def provide(path: Path) -> None:
    """Put an archive without anything in it where there is none."""
    if path.exists():
        return
    if not _made:
        folder = Path(tempfile.mkdtemp(prefix="khobor-template-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        async with open_store(folder / "khobor.db", RULES):
            pass
        _made.append(folder / "khobor.db")
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_made[0], path)
