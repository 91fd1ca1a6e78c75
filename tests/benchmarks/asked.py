"""What readers write, and how much of it is understood.

The shared scorer on the shared half of the sentences.
python -m tests.benchmarks.asked [--json]

The scorer and its sentences are read from $KHOBOR_SHARED and are no part of the project. It runs the product in a pipe
beside an archive of 1,834 real articles, which takes minutes. The ratio is wrong answers to those that may be wrong.
Then it tries a hundred sentences of our own (tests/search/asked), written before the shared ones were looked at.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

from tests.benchmarks.report import Result, arguments, tell
from tests.shared import SHARED

MAY_BE_WRONG = {
    "wish": 3,
    "lookalike": 0,
    "question": 3,
    "date": 1,
    "absent": 1,
    "variant": 1,
    "misspelt": 3,
    "banglish": 4,
    "headline": 0,
    "address": 0,
    "smalltalk": 1,
}


class Scored(TypedDict):
    """The part of the scorer's output that is used.

    Each kind has how many were right, and of how many.
    """

    kinds: dict[str, tuple[int, int]]
    skipped: int
    seconds: int


OWN = Path(__file__).resolve().parents[1] / "search" / "asked"


def score(asked: Path) -> Scored:
    """Run the scorer on the product with the sentences of a folder."""
    command = [
        *(sys.executable, str(SHARED / "tools" / "score_asked.py"), "--json"),
        *("--cases", str(asked), "--articles", str(SHARED / "data" / "articles" / "articles.jsonl")),
        *("--khobor", f"{sys.executable} -m bot"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: Scored = json.loads(done.stdout)
    return found


def main() -> None:
    """Score, compare each kind with its allowed errors, and tell."""
    options = arguments(__doc__)
    scored, own = score(SHARED / "data" / "asked"), score(OWN)
    wrong = {kind: tried - right for kind, (right, tried) in scored["kinds"].items()}
    may = sum(MAY_BE_WRONG[kind] for kind in wrong)
    result: Result = {
        "name": "asked",
        "sizes": {"sentences": sum(tried for _, tried in scored["kinds"].values()), "skipped": scored["skipped"]},
        "figures": {
            **{f"wrong: {kind} (at most {MAY_BE_WRONG[kind]})": count for kind, count in wrong.items()},
            "our own sentences": sum(tried for _, tried in own["kinds"].values()),
            "our own, wrong": sum(tried - right for right, tried in own["kinds"].values()),
        },
        "ratio": sum(wrong.values()) / may,
        "aim": "of each kind no more wrong than in brackets, none skipped",
        "met": not scored["skipped"] and all(count <= MAY_BE_WRONG[kind] for kind, count in wrong.items()),
    }
    tell(result, as_json=options.json)


if __name__ == "__main__":
    main()
