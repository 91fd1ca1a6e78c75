"""What a newcomer adds is one file: a command, a kind of source. Done in a copy of the project, by its own process."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.e2e.run import environment

ROOT = Path(__file__).resolve().parents[1]

KIND = '''
"""Articles as `headline|address`, a line each."""

from __future__ import annotations

from bot.values.articles import Entry
from bot.sources.kind import Context, Parsed, SourceKind


def _looks_like(body: bytes, context: Context) -> bool:
    return body.startswith(b"#piped")


def _parse(body: bytes, context: Context) -> Parsed:
    lines = body.decode().splitlines()[1:]
    return Parsed(tuple(Entry(title=line.split("|")[0], url=line.split("|")[1]) for line in lines))


KIND = SourceKind("piped", "a piped list", 5, _looks_like, _parse)
'''


def _copy(folder: Path) -> None:
    for name in ("bot", "handlers", "storage"):
        shutil.copytree(ROOT / name, folder / name)


def _khobor(folder: Path, *arguments: str, say: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={**environment(), "PYTHONPATH": str(folder)},
        input=say,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_command_is_one_file_the_one_in_contributing(tmp_path: Path) -> None:
    _copy(tmp_path)
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", guide, re.DOTALL)
    assert code
    assert len(code[1].splitlines()) < 30
    (tmp_path / "handlers" / "commands" / "dice.py").write_text(code[1], encoding="utf-8")
    said = _khobor(tmp_path, "chat", say="/dice\nপাশা\n/dic\n")
    assert len(re.findall(r"পাশায় উঠল [১-৬]।", said)) == 2
    assert "/dice চাইছিলেন?" in said


def test_a_kind_of_source_is_one_file(tmp_path: Path) -> None:
    _copy(tmp_path)
    (tmp_path / "bot" / "sources" / "kinds" / "piped.py").write_text(KIND, encoding="utf-8")
    (tmp_path / "list").write_text("#piped\nনতুন ধরনের খবর|https://o.example/1\n", encoding="utf-8")
    assert "1 new" in _khobor(tmp_path, "import", "list")
    assert "নতুন ধরনের খবর" in _khobor(tmp_path, "chat", say="/latest\n")
