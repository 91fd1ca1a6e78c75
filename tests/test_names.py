"""One class name means one thing: no two share one, but for a port and what implements it."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _classes() -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = defaultdict(list)
    for room in ("bot", "handlers", "storage"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    found[node.name].append(path.relative_to(ROOT))
    return found


def test_no_two_classes_share_a_name() -> None:
    classes = _classes()
    assert len(classes) > 300
    ports = {name for name, paths in classes.items() if any(path.parts[:2] == ("bot", "ports") for path in paths)}
    shared = {
        name: [str(path) for path in paths]
        for name, paths in classes.items()
        if len(paths) > (2 if name in ports and any(path.parts[0] == "storage" for path in paths) else 1)
    }
    assert not shared
