"""Running `khobor` in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 60


def environment(**extra: str) -> dict[str, str]:
    """Return an environment in which no setting of this machine counts."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **extra}


def khobor(folder: Path, *arguments: str, say: str = "", **extra: str) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end, with ``say`` on standard input."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment(**extra),
        input=say,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
