"""A message as bare text with its choices to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.values import messages as said
from bot.values.picks import Pick
from bot.values.wording import number
from handlers.signs import signed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.values.chats import Language


def render(message: said.Message) -> str:
    """Draw a message; "" if it has no text."""
    blocks = (_block(part, message.language) for part in signed(message).parts)
    return "\n\n".join(block for block in blocks if block.strip()) or message.brief


def _block(part: said.Part, language: Language) -> str:  # noqa: PLR0911 - a branch a part
    match part:
        case said.Heading(text):
            return f"{part.sign} {text}".lstrip()
        case said.Paragraph(lines) | said.Attribution(lines):
            return _lines(lines)
        case said.Summary(texts) | said.Body(texts):
            return "\n\n".join(texts)
        case said.Notice(title, lines):
            return f"{title}\n{_lines(lines)}"
        case said.Items(items, title):
            listed = (f"{number(item.position, language)}. {item.text} ({item.detail})" for item in items)
            return "\n".join(filter(None, (title, *listed)))
        case said.Choices(rows):
            return " · ".join(f"[{choice.label}]" for row in rows for choice in row)
        case said.Photo() | said.File() | Pick():
            return ""
        case _ as never:
            assert_never(never)


def _lines(lines: Iterable[Iterable[said.Span]]) -> str:
    return "\n".join("".join(span.text for span in line) for line in lines)
