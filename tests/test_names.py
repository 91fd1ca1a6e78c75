"""What is called how.

Class names are unique, and docstrings open with a short sentence.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]


Named: TypeAlias = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _named(node: ast.AST) -> Iterator[Named]:
    """Yield what may have a docstring.

    Of statements alone: expressions are most of a tree.
    """
    if isinstance(node, Named):
        yield node
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        inner = getattr(node, block, ())
        for statement in inner if isinstance(inner, list) else ():
            yield from _named(statement)


def _classes() -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = defaultdict(list)
    for room in ("bot", "handlers", "storage"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in _named(ast.parse(path.read_text(encoding="utf-8"))):
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


LONGEST = 12
"""Words of a docstring's first line: what can be understood at first reading."""


def _first_lines() -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for room in ("bot", "handlers", "storage", "tests"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in _named(ast.parse(path.read_text(encoding="utf-8"))):
                text = ast.get_docstring(node)
                if text:
                    lines.append((str(path.relative_to(ROOT)), text.splitlines()[0]))
    return lines


def test_docstrings_open_with_at_most_twelve_words() -> None:
    lines = _first_lines()
    assert len(lines) > 2_000
    assert not [(path, line) for path, line in lines if len(line.split()) > LONGEST]
