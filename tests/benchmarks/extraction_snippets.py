"""How well pages are read by trafilatura's own evaluation: pieces of text.

For each of its pages people noted what must be in the text («with») and what must not («without»).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(slots=True)
class Pieces:
    """How many pieces a reader has rightly, wrongly and not at all."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    def note(self, text: str, wanted: list[str], unwanted: list[str]) -> None:
        """Count what a text has of one page's pieces."""
        held = sum(piece in text for piece in wanted)
        self.right += held
        self.missing += len(wanted) - held
        self.wrong += sum(piece in text for piece in unwanted)

    @property
    def f_score(self) -> float:
        """The harmonic mean of precision and recall over all pages."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missing)


def pages(root: Path) -> Iterator[tuple[bytes, str, list[str], list[str]]]:
    """Yield bytes, address and pieces of the pages of trafilatura's evaluation."""
    for address, noted in sorted(json.loads((root / "tests/evaldata.json").read_text("utf-8")).items()):
        for folder in ("cache", "eval"):
            file = root / "tests" / folder / noted["file"]
            if file.exists():
                yield file.read_bytes(), address, noted["with"], noted["without"]
                break


def measure(root: Path, readers: dict[str, Callable[[bytes, str], str]]) -> tuple[int, dict[str, float]]:
    """Return how many pages there are, and each reader's score."""
    found = {name: Pieces() for name in readers}
    count = 0
    for body, address, wanted, unwanted in pages(root):
        count += 1
        for name, read in readers.items():
            found[name].note(read(body, address), wanted, unwanted)
    return count, {name: pieces.f_score for name, pieces in found.items()}
