"""A message as lines for a terminal: rules, indents and colour only.

No boxes and nothing on the right: no two terminals agree how wide a line of Bengali is. Lines are wrapped by the larger
of two counts, so that none of them runs over.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

import wcwidth

from bot.values.calls import Call
from bot.values.messages import (
    Attribution,
    Body,
    Choice,
    Choices,
    File,
    Heading,
    Items,
    Link,
    Message,
    MessageState,
    Notice,
    Paragraph,
    Part,
    Photo,
    Span,
    Style,
    Summary,
)
from bot.values.picks import Pick
from bot.values.wording import Wording, number, say
from handlers import labels
from handlers.signs import signed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.values.chats import Language

TYPE = Wording("লিখুন: ", "Type: ")
HELP = Wording("সাহায্য", "help")
OPENS = Wording("{first}–{last} (পুরো খবর)", "{first}–{last} (full story)")
OPENS_ONE = Wording("{first} (পুরো খবর)", "{first} (full story)")
RULE = "─" * 56
IN_A_ROW = 6
"""More hints than these stand one below the other."""
INDENT = "   "
WIDEST = 74
"""Longer lines are hard to read, however wide the terminal."""


@dataclass(frozen=True, slots=True)
class ConsoleLine:
    """A line and how it is set: "", "strong", "dim" or "link"."""

    text: str = ""
    style: str = ""


def render(message: Message, language: Language, columns: int = 80) -> list[ConsoleLine]:
    """Draw a message for a terminal of so many columns."""
    width = max(20, min(columns, WIDEST))
    message = signed(message)
    lines: list[ConsoleLine] = []
    ruled = False
    for part in message.parts:
        block = list(_part(part, language, width))
        if isinstance(part, Heading) and not ruled:
            # The rule parts one long answer from the next; what is said before a card stands above it.
            block, ruled = [ConsoleLine(RULE, "dim"), *block], True
        lines += _apart(lines, block)
    hints = _hints(message, language)
    if len(hints) > IN_A_ROW:
        # A panel is read line by line, not as a paragraph.
        listed = [line for hint in hints for line in _wrapped(hint, width, INDENT * 2, "dim")]
        lines += _apart(lines, [*_wrapped(say(TYPE, language), width, INDENT, "dim"), *listed])
    elif hints:
        lines += _apart(lines, list(_wrapped(say(TYPE, language) + " · ".join(hints), width, INDENT, "dim")))
    return lines


def _apart(before: list[ConsoleLine], block: list[ConsoleLine]) -> list[ConsoleLine]:
    return [ConsoleLine(), *block] if before and block else block


def arrival(message: Message, *, silent: bool = False) -> list[ConsoleLine]:
    """Draw a pushed message.

    An article is one line, for it may come while somebody types; anything else is drawn whole. A message with a sign of
    its own in front (🔴, ✏️) needs no bell before it.
    """
    if not message.each(Attribution):
        return [*render(message, message.language), ConsoleLine()]
    brief = signed(message).brief
    return [ConsoleLine(brief if silent or message.state is not MessageState.PLAIN else f"🔔 {brief}")]


def change(message: Message) -> list[ConsoleLine]:
    """Draw a message's change as further lines.

    Lines that a terminal shows cannot change.
    """
    message = signed(message)
    changed = [ConsoleLine(item.text) for item in message.items if item.struck or item.corrected]
    return changed or [ConsoleLine(message.brief)]


def cells(text: str) -> int:
    """Count the cells of a line.

    It is the larger of two counts: wcwidth's, and every sign that is no combining one.
    """
    counted = sum(
        2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
        if unicodedata.category(sign) not in ("Mn", "Me", "Cf")
    )
    return max(counted, wcwidth.wcswidth(text))


def _part(part: Part, language: Language, width: int) -> Iterator[ConsoleLine]:  # noqa: C901, PLR0912 - a branch a part
    match part:
        case Heading():
            yield from _heading(part, language, width)
        case Paragraph(lines):
            for spans in lines:
                strong = any(span.style is Style.STRONG for span in spans) and len(spans) == 1
                yield from _wrapped(_text(spans), width, INDENT, "strong" if strong else "")
        case Summary(sentences):
            for sentence in sentences:
                yield from _wrapped(sentence, width, INDENT)
        case Body(paragraphs):
            for index, paragraph in enumerate(paragraphs):
                if index:
                    yield ConsoleLine()
                yield from _wrapped(paragraph, width, INDENT)
        case Attribution(lines):
            for spans in lines:
                yield from _wrapped(_text(spans), width, INDENT, "dim")
        case Items():
            yield from _items(part, language, width)
        case Notice(title, lines):
            yield from _wrapped(title, width, INDENT, "strong")
            for spans in lines:
                yield from _wrapped(_text(spans), width, INDENT * 2)
        case Photo() | Pick():
            return
        case File(name):
            yield ConsoleLine(f"{INDENT}📄 {name}", "link")
        case Choices(rows):
            for choice in (choice for row in rows for choice in row):
                # An address is never broken: a terminal opens it as it stands.
                if isinstance(choice.does, Link):
                    yield ConsoleLine(f"{INDENT}{choice.label}: {choice.does.address}", "link")
        case _ as never:
            assert_never(never)


def _heading(heading: Heading, language: Language, width: int) -> Iterator[ConsoleLine]:
    text = f"{heading.sign} {heading.text}".lstrip()
    if heading.position is None:
        yield from _wrapped(text, width, "", "strong")
        return
    numeral = number(heading.position, language).ljust(len(INDENT))
    yield from _wrapped(text, width, INDENT, "strong", first=numeral)


def _items(part: Items, language: Language, width: int) -> Iterator[ConsoleLine]:
    if part.title:
        yield from _wrapped(part.title, width, INDENT, "strong")
    for index, item in enumerate(part.items):
        numeral = number(item.position, language).ljust(len(INDENT) - 1) + " "
        if part.compact:
            yield from _wrapped(f"{item.text} {item.asides}".rstrip(), width, INDENT, first=numeral)
            continue
        if index:
            yield ConsoleLine()
        yield from _wrapped(item.text, width, INDENT, "strong", first=numeral)
        if item.snippet:
            # A terminal's line has one style: what was found stands between signs.
            marked = "".join(f"*{span.text}*" if span.style is Style.STRONG else span.text for span in item.snippet)
            yield from _wrapped(marked, width, INDENT)
        if item.detail:
            yield from _wrapped(item.detail, width, INDENT, "dim")


def _text(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)


def _wrapped(text: str, width: int, indent: str, style: str = "", *, first: str | None = None) -> Iterator[ConsoleLine]:
    """Break a text at spaces only.

    A word that is longer than the line keeps to one line of its own.
    """
    start, line = (first if first is not None else indent), ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and cells(start) + cells(longer) > width:
            yield ConsoleLine(start + line, style)
            start, line = indent, word
        else:
            line = longer
    if line:
        yield ConsoleLine(start + line, style)


def _hints(message: Message, language: Language) -> list[str]:
    """Say what one may type next.

    It says what the choices stand for, and the positions of a list.
    """
    items = message.items
    choices = [choice for row in message.rows for choice in row]
    hints = []
    if items:
        ends = number(items[0].position, language), number(items[-1].position, language)
        wording = OPENS if len(items) > 1 else OPENS_ONE
        hints.append(say(wording, language, first=ends[0], last=ends[1]))
    calls = [choice for choice in choices if isinstance(choice.does, Call)]
    hints += [_hint(choice, message) for choice in calls]
    if hints and not any(isinstance(one.does, Call) and one.does.command == "help" for one in calls):
        hints.append(say(HELP, language))
    return hints


def _hint(choice: Choice, message: Message) -> str:
    """Say what one types for a choice.

    Its label, or the place of the story that it opens.
    """
    position = next((part.position for part in message.each(Heading) if part.position is not None), None)
    label = labels.typed(choice.label)
    opens = isinstance(choice.does, Call) and choice.does.command == "read"
    return f"{number(position, message.language)} ({label})" if opens and position is not None else label
