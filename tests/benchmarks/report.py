"""How every benchmark tells its result."""

from __future__ import annotations

import argparse
import json
from typing import TypedDict


class Result(TypedDict):
    """Sizes and figures by name, the ratio to the peer.

    The aim comes with them, and whether it was met.
    """

    name: str
    sizes: dict[str, int]
    figures: dict[str, float]
    ratio: float
    aim: str
    met: bool


def parser_of(description: str | None) -> argparse.ArgumentParser:
    """Return what reads a command line that has --json."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    return parser


def arguments(description: str | None, **sizes: int) -> argparse.Namespace:
    """Read the command line: --json, and each size by its name."""
    parser = parser_of(description)
    for name, default in sizes.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args()


def tell(result: Result, *, as_json: bool) -> None:
    """Print a result for the eye and, if asked for, in JSON.

    The JSON is the last line.
    """
    print(f"{result['name']}: {', '.join(f'{number:,} {what}' for what, number in result['sizes'].items())}")
    for what, figure in result["figures"].items():
        print(f"  {what:44} {figure:12,.2f}")
    print(f"  ratio {result['ratio']:.2f}; aim: {result['aim']}: {'met' if result['met'] else 'NOT met'}")
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
