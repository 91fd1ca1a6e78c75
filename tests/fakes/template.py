"""Archives that are made once and copied.

Bringing a new one up takes longer than most tests.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.articles.rules import RULES
from storage.store import open_store

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Make = Callable[[Path], Awaitable[None]]

_made: dict[object, Path] = {}


async def _empty(path: Path) -> None:
    async with open_store(path, RULES):
        pass


async def provide(path: Path, name: object = None, make: Make = _empty) -> None:
    """Put a copy of an archive where there is none.

    An empty one, or what ``make`` made under a name.
    """
    if path.exists():
        return
    if name not in _made:
        folder = Path(tempfile.mkdtemp(prefix="khobor-template-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        await make(folder / "khobor.db")
        _made[name] = folder / "khobor.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_made[name], path)
