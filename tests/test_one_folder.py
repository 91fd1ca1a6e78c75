"""A chat platform is one folder.

Put into a copy of the project it keeps the contract, answers and is documented.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.run import copied, environment
from tests.one_folder.hub import a_hub

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "one_folder" / "lines"
LONGEST = 200
"""Lines of code that a platform may take whose messages are words."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project that has one platform more."""
    folder = copied(tmp_path_factory.mktemp("project"), "tests", "docs", "pyproject.toml", "README.md")
    shutil.rmtree(folder / "tests" / "one_folder" / "lines")
    shutil.copytree(FOLDER, folder / "handlers" / "platforms" / "lines")
    return folder


def _run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env={**environment(), "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_keeps_the_contract(folder: Path) -> None:
    said = _run(folder, "pytest", "-n", "0", "-p", "no:cacheprovider", "tests/one_folder/contract_of_lines.py")
    assert re.search(r"\[100%\]", said)


def test_its_settings_are_documented(folder: Path) -> None:
    _run(folder, "handlers.documentation")
    assert "#LINES_PORT=" in (folder / ".env.example").read_text(encoding="utf-8")


@pytest.mark.anyio
async def test_it_runs_beside_the_others_and_answers(folder: Path) -> None:
    async with a_hub() as hub:
        env = {**environment(CATALOGUE="none", LINES_PORT=str(hub.port)), "PYTHONPATH": str(folder)}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot"), cwd=folder, env=env, stderr=asyncio.subprocess.PIPE
        )
        try:
            await hub.says("7", "/help")
            await hub.until(lambda: bool(hub.lies.get("7")))
            (text,) = list(hub.lies["7"].values())[:1]
            assert "/latest" in text or "সর্বশেষ" in text
        finally:
            process.terminate()
            await process.wait()


def test_nobody_outside_the_folder_learns_its_name() -> None:
    for path in (*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py"), *(ROOT / "storage").rglob("*.py")):
        assert "platforms.lines" not in path.read_text(encoding="utf-8"), path


def test_the_folder_is_short() -> None:
    code = [line for path in FOLDER.glob("*.py") for line in path.read_text(encoding="utf-8").splitlines()]
    assert len([line for line in code if line.strip()]) <= LONGEST
