"""Make every fault in the files below, run the tests on each.

It names those that nobody notices. python -m tests.mutants [NAME …] takes these files only. It takes minutes, so CI
does not run it.
"""

from __future__ import annotations

import os
import sys
import tomllib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.mutants.rules import Mutant, mutants
from tests.mutants.running import survives

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
AIM = 0.95


class Target(NamedTuple):
    """A file, and the tests that are to notice its faults.

    The quick ones first.
    """

    path: str
    tests: tuple[str, ...]

    @property
    def module(self) -> str:
        """Its name when imported."""
        return self.path.removesuffix(".py").replace("/", ".")


TARGETS = {
    "decide": Target("bot/delivery/decide.py", ("tests/delivery/test_decide.py",)),
    "outcomes": Target("bot/delivery/outcomes.py", ("tests/delivery/test_outcomes.py",)),
    "claiming": Target("storage/delivery/claiming.py", ("tests/storage/test_claiming.py",)),
    "settling": Target("storage/delivery/settling.py", ("tests/storage/test_settling.py",)),
    "revision": Target("bot/articles/revision.py", ("tests/articles/test_revision.py",)),
    "router": Target("handlers/router.py", ("tests/handlers/test_router.py", "tests/handlers/test_understanding.py")),
    "dialogue": Target(
        "handlers/dialogue.py",
        (
            "tests/handlers/test_dialogue.py",
            "tests/handlers/test_dialogue_others.py",
            "tests/handlers/test_understanding.py",
        ),
    ),
}


def _survivor(target: Target, mutant: Mutant) -> Mutant | None:
    return mutant if survives(target.module, mutant.source, target.tests) else None


def main(names: Sequence[str]) -> int:
    """Run; return 0 if enough faults of each file died."""
    excused = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    enough = True
    os.chdir(ROOT)
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        for name in names or TARGETS:
            target = TARGETS[name]
            source = Path(target.path).read_text(encoding="utf-8")
            if not survives(target.module, source, target.tests):
                print(f"{name}: its tests fail without any fault")
                return 1
            made = list(mutants(source))
            lived = [one for one in pool.map(_survivor, [target] * len(made), made) if one is not None]
            reasons = excused.get(name, {})
            unexcused = [one for one in lived if one.name not in reasons]
            died = 1 - len(unexcused) / len(made)
            enough = enough and died >= AIM
            print(f"{name}: {len(made)} faults, {len(lived)} live, {len(unexcused)} of them unexcused: {died:.1%} die")
            for one in unexcused:
                print(f"  {target.path}:{one.line} {one.rule} {one.place}\n    {one.name}")
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
