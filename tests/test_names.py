"""Checks how things are called and described.

Class names are unique, a word has one meaning, docstrings open with a short sentence and go on in whole ones.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("bot", "handlers", "storage")


Named: TypeAlias = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _named(node: ast.AST) -> Iterator[Named]:
    """Yield what may have a docstring.

    Only statements are walked: expressions are most of a tree.
    """
    if isinstance(node, Named):
        yield node
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        inner = getattr(node, block, ())
        for statement in inner if isinstance(inner, list) else ():
            yield from _named(statement)


@cache
def _parsed(room: str) -> dict[Path, ast.Module]:
    """Parse the files of a room, each once for all tests."""
    paths = sorted((ROOT / room).rglob("*.py"))
    return {path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def _trees(*rooms: str) -> Iterator[tuple[Path, ast.Module]]:
    for room in rooms:
        yield from _parsed(room).items()


def _classes() -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = defaultdict(list)
    for path, tree in _trees(*ROOMS):
        for node in _named(tree):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path)
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


OWNED = {
    # A text as it is compared.
    "key": ("bot/bangla", "bot/search/grammar", "bot/values/articles.py"),
    # A lexer's unit.
    "token": ("bot/articles/names", "bot/bangla", "bot/search/grammar", "bot/subscriptions/saytimes.py"),
    # How far a message got.
    "reach": ("bot/editing/stories.py", "bot/ports/delivery.py", "bot/values/reach.py", "storage/delivery"),
    # A town, district or country: nothing is called so alone.
    "place": (),
    # Whose time in a queue has come.
    "turn": ("bot/delivery", "bot/sources/host_queue.py"),
    **dict.fromkeys(("asked", "reading", "desk", "offers", "standing", "pressing", "conclude"), ()),
    **dict.fromkeys(("seeking", "searching", "finding"), ()),
}
"""Words that had several meanings, and the rooms where the one that they kept may name something."""


class Name(NamedTuple):
    """A class, function, parameter or field, with its annotation."""

    file: str
    name: str
    annotation: str | None = None


def _defined(file: str, tree: ast.AST) -> Iterator[Name]:
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef():
                yield Name(file, node.name.lower())
                fields = (one for one in node.body if isinstance(one, ast.AnnAssign))
                yield from (Name(file, ast.unparse(one.target), ast.unparse(one.annotation)) for one in fields)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield Name(file, node.name)
            case ast.arg():
                yield Name(file, node.arg, ast.unparse(node.annotation) if node.annotation is not None else None)
            case _:
                pass


@cache
def _names() -> list[Name]:
    return [
        name._replace(name=name.name.strip("_"))
        for path, tree in _trees(*ROOMS)
        for name in _defined(path.as_posix(), tree)
    ]


def _foreign(names: Iterable[Name]) -> list[Name]:
    return [one for one in names if one.name in OWNED and not one.file.startswith(OWNED[one.name] or ("-",))]


def test_a_word_names_things_only_in_the_rooms_that_own_it() -> None:
    names = _names()
    assert len(names) > 5_000
    assert not _foreign(names)
    for word, rooms in OWNED.items():
        assert not rooms or any(one.name == word for one in names), f"nothing is called {word} any more"


def test_a_word_in_a_foreign_room_is_found() -> None:
    tree = ast.parse("class Place:\n    key: str\n\n    def turn(self, token): ...\n")
    assert sorted(one.name for one in _foreign(_defined("handlers/new.py", tree))) == ["key", "place", "token", "turn"]


def test_a_word_that_a_room_owns_stands_in_the_words_table() -> None:
    lines = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## The words")[1].splitlines()
    cells = [line.split("|")[1] for line in lines if line.startswith("| ")]
    words = {word.strip() for cell in cells for word in cell.split("·")}
    assert {word for word, rooms in OWNED.items() if rooms} <= words


def test_a_kind_is_a_value_of_an_enum_or_a_declared_kind() -> None:
    assert not [one for one in _names() if one.name == "kind" and one.annotation and "Kind" not in one.annotation]


LONGEST = 12
"""Words of a docstring's first line: what can be understood at first reading."""


_FRAGMENT = re.compile(r"(?:And|Also|But|Nor|Of|Or|What|Whether|Who|Whom|Whose|None (?:for|if|to|where))\b")
"""How a sentence begins that goes on with the one before it, or that has to be read twice."""
_CONTINUES = re.compile(r"(?:And|Also|But|Nor|Of|Or|None (?:for|if|to|where))\b")
"""The same of a field's words, which may be a noun clause: “Whether it was sent”."""
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`])")


@cache
def _docstrings() -> list[tuple[str, str]]:
    return [
        (str(path), text)
        for path, tree in _trees(*ROOMS, "tests")
        for node in _named(tree)
        if (text := ast.get_docstring(node))
    ]


@cache
def _on_values() -> list[tuple[str, str]]:
    """Return what stands behind fields and constants, by file."""
    return [
        (str(path), one.value.value)
        for path, tree in _trees(*ROOMS)
        for node in _named(tree)
        for one in node.body[1:]
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) and isinstance(one.value.value, str)
    ]


def _fragments(docstring: str) -> list[str]:
    _, _, described = docstring.partition("\n\n")
    paragraphs = described.split("\nRaises:")[0].split("\n\n")
    sentences = [one for paragraph in paragraphs for one in _END.split(" ".join(paragraph.split()))]
    return [one for one in sentences if _FRAGMENT.match(one)]


def test_docstrings_open_with_at_most_twelve_words() -> None:
    docstrings = _docstrings()
    assert len(docstrings) > 2_000
    lines = [(path, text.splitlines()[0]) for path, text in docstrings]
    assert not [(path, line) for path, line in lines if len(line.split()) > LONGEST]


def test_docstrings_go_on_in_whole_sentences() -> None:
    assert not [(path, fragment) for path, text in _docstrings() for fragment in _fragments(text)]
    values = _on_values()
    assert len(values) > 600
    assert not [(path, text) for path, text in values if _CONTINUES.match(text)]


def test_a_fragment_is_found() -> None:
    whole = "Return a tag.\n\nAn article may have it. If it was joined, return the other. Offers are kept.\n"
    assert _fragments(whole) == []
    assert _fragments(f"{whole}And so are rows. None if it is gone.\nOf two the first counts.") == [
        *("And so are rows.", "None if it is gone.", "Of two the first counts."),
    ]
