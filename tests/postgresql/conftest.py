"""Without a server nothing of this folder is collected."""

from __future__ import annotations

from tests.fakes.engines import SERVER

collect_ignore_glob = [] if SERVER else ["test_*.py"]
