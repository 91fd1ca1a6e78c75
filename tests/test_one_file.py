"""What a newcomer adds is one file.

A command, a kind of source. Done in a copy of the project, by its own process.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.newspapers import serving
from tests.e2e.run import copied, environment

ROOT = Path(__file__).resolve().parents[1]

KIND = '''
"""Articles as `headline|address`, a line each."""

from __future__ import annotations

from bot.values.articles import Entry
from bot.sources.kind import Parsed, SourceContext, SourceKind
from bot.values.wording import Wording


def _looks_like(body: bytes, context: SourceContext) -> bool:
    return body.startswith(b"#piped")


def _parse(body: bytes, context: SourceContext) -> Parsed:
    lines = body.decode().splitlines()[1:]
    return Parsed(tuple(Entry(title=line.split("|")[0], url=line.split("|")[1]) for line in lines))


KIND = SourceKind("piped", "piped list", 5, _looks_like, _parse, shown=Wording("খাড়া দাগের তালিকা", "a piped list"))
'''


ASKING = '''
"""/rate ADDRESS: what an address says."""

from __future__ import annotations

from bot.sources.failure import FetchError
from bot.values.messages import Reply
from bot.values.wording import Wording
from handlers.command import Command, Request
from handlers.params import TextParam

SAYS = Wording("সেখানে আছে: {text}", "It says: {text}")
SILENT = Wording("দর এখন জানা যাচ্ছে না।", "The rate is not to be had just now.")
ADDRESS = TextParam(name="address", required=True)


async def run(request: Request) -> Reply:
    """Ask and tell."""
    address = request.get(ADDRESS)
    try:
        fetched = await request.services.fetch(address.words if address else "")
    except FetchError:
        return request.reply(SILENT)
    return request.reply(SAYS, text=fetched.body.decode())


COMMAND = Command(name="rate", summary=Wording("দর", "Rate"), run=run, params=(ADDRESS,))
'''


def _khobor(folder: Path, *arguments: str, say: str = "", **settings: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={**environment(), "PYTHONPATH": str(folder), **settings},
        input=say,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _sample() -> str:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", guide, re.DOTALL)
    assert code
    return code[1]


def test_a_command_is_one_file_the_one_in_contributing(tmp_path: Path) -> None:
    copied(tmp_path)
    assert len(_sample().splitlines()) < 35
    (tmp_path / "handlers" / "commands" / "dice.py").write_text(_sample(), encoding="utf-8")
    said = _khobor(tmp_path, "chat", say="/dice\nপাশা\nপাশা ১\n/dic\n/help\n")
    assert len(re.findall(r"পাশায় উঠল [১-৬]।", said)) == 3
    assert "/dice চাইছিলেন?" in said
    assert "/dice পাশা ফেলুন" in said, "help names it"


@pytest.mark.check
def test_the_sample_command_passes_what_make_check_runs(tmp_path: Path) -> None:
    copied(tmp_path, "docs", "pyproject.toml", "README.md", ".env.example")
    sample = tmp_path / "handlers" / "commands" / "dice.py"
    sample.write_text(_sample(), encoding="utf-8")
    python, linter = [sys.executable, "-m"], str(Path(sys.executable).with_name("lint-imports"))
    for command in (
        [*python, "ruff", "check", str(sample)],
        [*python, "ruff", "format", "--check", str(sample)],
        # The rest was checked before, most often: `make check` left what it found.
        [*python, "mypy", "--cache-dir", str(ROOT / ".mypy_cache"), "handlers/commands/dice.py"],
        [linter],
        [sys.executable, "-c", DOCUMENTED],
    ):
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env={**environment(), "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    assert "`/dice [n]` | পাশা ফেলুন · Throw a die" in (tmp_path / "README.md").read_text(encoding="utf-8")


DOCUMENTED = "import sys; from handlers.documentation import main; main([]); sys.exit(main(['--check']))"
"""`make docs`, then what `make check` asks of it, by one process."""
ASKED = """
import asyncio, pathlib, sys
from tests.fakes.world import a_world
from tests.handlers.saying import text

async def main():
    async with a_world(pathlib.Path(sys.argv[1])) as world:
        world.network.pages["https://bank.example/rate"] = "এক ডলার ১২২ টাকা".encode()
        print(text(await world.say("/rate https://bank.example/rate")))
        print(text(await world.say("/rate https://bank.example/gone")))

asyncio.run(main())
"""


def test_a_command_that_asks_the_network_is_one_file(tmp_path: Path) -> None:
    project = tmp_path / "project"
    copied(project)
    (project / "handlers" / "commands" / "rate.py").write_text(ASKING, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ASKED, str(tmp_path / "archive")],
        cwd=project,
        env={**environment(), "PYTHONPATH": f"{project}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "সেখানে আছে: এক ডলার ১২২ টাকা" in done.stdout
    assert "দর এখন জানা যাচ্ছে না।" in done.stdout


def test_a_kind_of_source_is_one_file(tmp_path: Path) -> None:
    project, site = tmp_path / "project", tmp_path / "site"
    site.mkdir()
    copied(project)
    (project / "bot" / "sources" / "kinds" / "piped.py").write_text(KIND, encoding="utf-8")
    (site / "list").write_text("#piped\nনতুন ধরনের খবর|https://o.example/1\n", encoding="utf-8")
    with serving(site) as here:
        said = _khobor(project, "chat", say=f"/addsource http://{here}/list\n", FETCH_ALLOW=here)
    assert "নতুন ধরনের খবর" in said
    assert "খাড়া দাগের তালিকা পাওয়া গেছে।" in said, "it has its Bengali name"
