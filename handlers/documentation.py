"""Writes documentation from the code.

That is .env.example, the README's table of commands, and the picture of a card. `python -m handlers.documentation`
writes them, `--check` says which are stale; a test does the same.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic_core import PydanticUndefined

from bot.running.settings import Settings
from bot.values.chats import Role
from handlers.discovery import discover
from handlers.pictured import card_svg
from handlers.platforms import platforms

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from pydantic_settings import BaseSettings

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- commands: written by `make docs` -->", "<!-- /commands -->"
ROLES = {
    Role.READER: "সবাই · everyone",
    Role.CHAT_ADMIN: "চ্যাটের অ্যাডমিন · the chat's admins",
    Role.EDITOR: "সম্পাদক · editors",
    Role.ADMIN: "অ্যাডমিন · admins",
    Role.OWNER: "মালিক · the owner",
}


def env_example(kinds: list[type[BaseSettings]]) -> str:
    """Write every setting with its meaning and default, commented out."""
    lines = ["# Copy this file to .env and set what you need; everything has a default. Written by `make docs`."]
    for kind in kinds:
        for name, field in kind.model_fields.items():
            lines += ["", f"# {field.description}", f"#{name.upper()}={_default(field)}"]
    return "\n".join(lines) + "\n"


def _default(field: FieldInfo) -> str:
    value = field.default
    return "" if value is PydanticUndefined or value is None or value == () else str(value)


def command_table() -> str:
    """Write the table of commands.

    Readers' commands come first, each with the words that lead to it.
    """
    rows = ["| command | | also | who |", "|---|---|---|---|"]
    shown = (command for command in discover().values() if not command.hidden)
    for command in sorted(shown, key=lambda command: (command.role, command.name)):
        usage = command.usage
        name = f"`/{command.name} {usage}`".replace(" `", "`").replace("|", "\\|")
        also = " · ".join((*command.aliases[:3], *list(command.exact)[:2]))
        rows.append(f"| {name} | {command.summary.bn} · {command.summary.en} | {also} | {ROLES[command.role]} |")
    return "\n".join(rows)


def readme(text: str) -> str:
    """Put the table of commands in its place."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{command_table()}\n{END}{after}"


def documents() -> dict[Path, str]:
    """Return every written file with what should stand in it."""
    readme_path = ROOT / "README.md"
    return {
        ROOT / ".env.example": env_example(
            [Settings, *(kind.settings for kind in platforms().values() if kind.settings)]
        ),
        readme_path: readme(readme_path.read_text(encoding="utf-8")),
        ROOT / "docs" / "card.svg": card_svg(),
    }


def stale() -> list[str]:
    """Name the files that are not what the code would write."""
    return [
        str(path.relative_to(ROOT))
        for path, text in documents().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main(arguments: list[str]) -> int:
    """Write the files, or with --check say which are stale."""
    if "--check" in arguments:
        names = stale()
        if names:
            print(f"Stale: {', '.join(names)}. Run `make docs` and commit.", file=sys.stderr)
        return 1 if names else 0
    for path, text in documents().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
