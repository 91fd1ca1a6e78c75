"""Real text to measure against.

A folder beside the checkout that is never part of the project.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("KHOBOR_SHARED") or Path(__file__).resolve().parents[2] / "shared")


def shared_path(*parts: str) -> Path:
    """Return a path in the shared folder, or skip the test.

    Saying so, where that folder is absent.
    """
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no {'/'.join(parts)} in $KHOBOR_SHARED", allow_module_level=True)
    return path
