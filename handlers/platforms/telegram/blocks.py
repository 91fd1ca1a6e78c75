"""Draws a message's parts as runs with Telegram's tags.

Only headlines and titles are bold: Bengali has no italics, and an underline runs through its signs. No hashtags: the
client ends one at the first vowel sign.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, assert_never

from bot.values.messages import (
    Attribution,
    Body,
    Choices,
    File,
    Heading,
    Item,
    Items,
    Message,
    Notice,
    Paragraph,
    Part,
    Photo,
    Span,
    Style,
    Summary,
)
from bot.values.picks import Pick
from bot.values.wording import number
from handlers.platforms.telegram.html import BOLD, FOLDED, QUOTE, STRUCK, Run, linked, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.values.chats import Language

Rich = tuple[Run, ...]

_SIGNS = {"So", "Sk", "Mn", "Cf"}
"""What an emoji is made of: symbol, skin tone, variation selector, joiner."""


def rich(message: Message) -> Rich:
    """Put the parts below one another.

    If there is no text, the message in one line stands for it.
    """
    runs: list[Run] = []
    after_heading = False
    for part in message.parts:
        drawn = block(part, message.language)
        if not drawn:
            continue
        if runs:
            quoted = _is_quote(runs[-1]) or (_is_quote(drawn[0]) and not after_heading)
            runs.append(Run("\n" if quoted else "\n\n"))
        runs += drawn
        after_heading = isinstance(part, Heading)
    return tuple(runs) or ((Run(message.brief),) if message.brief.strip() else ())


def block(part: Part, language: Language) -> list[Run]:
    """Draw one part; what nobody would see is nothing."""
    drawn = [run for run in _part(part, language) if run.text]
    return drawn if visible(drawn).strip() else []


def _is_quote(run: Run) -> bool:
    """A quotation is set off by itself and wants no empty line."""
    return run.tags[:1] in ((QUOTE,), (FOLDED,))


def _part(part: Part, language: Language) -> Iterator[Run]:
    match part:
        case Heading():
            yield from _heading(part)
        case Paragraph(lines) | Attribution(lines):
            yield from _lines(lines)
        case Summary(sentences):
            yield from _summary(sentences)
        case Body(paragraphs):
            yield Run("\n\n".join(filter(None, paragraphs)), (FOLDED,))
        case Items():
            yield from _items(part, language)
        case Notice(title, lines):
            for run in (Run(title, (BOLD,)), Run("\n"), *_lines(lines)):
                yield Run(run.text, (QUOTE, *run.tags))
        case Photo() | File() | Pick() | Choices():
            return
        case _ as never:
            assert_never(never)


def _heading(heading: Heading) -> Iterator[Run]:
    """Set a headline in bold.

    A sign of ours stands before that, in an outlet's headline nothing is ours.
    """
    if heading.sign:
        yield Run(f"{heading.sign} ")
    sign, space, words = heading.text.partition(" ")
    if heading.link is None and space and all(unicodedata.category(one) in _SIGNS for one in sign or "a"):
        yield Run(sign + space)
        yield Run(words, (BOLD,))
    else:
        yield Run(heading.text, (BOLD,))


def _summary(sentences: Sequence[str]) -> Iterator[Run]:
    """Show the first sentence whole, fold the rest.

    A quotation that can be unfolded shows about three lines.
    """
    first, *others = [sentence for sentence in sentences if sentence] or [""]
    yield Run(first)
    if others:
        yield Run("\n")
        yield Run("\n\n".join(others), (FOLDED,))


def _items(items: Items, language: Language) -> Iterator[Run]:
    if items.title:
        yield Run(items.title, (BOLD,))
        yield Run("\n")
    for index, item in enumerate(items.items):
        if index:
            yield Run("\n" if items.compact else "\n\n")
        yield Run(f"{number(item.position, language)}.", () if items.compact else (BOLD,))
        yield Run(" ")
        yield Run(item.text, (*linked(item.link), *((STRUCK,) if item.struck else ())))
        if item.snippet:
            yield Run("\n")
            yield from map(_span, item.snippet)
        yield Run(_detail(item, compact=items.compact))


def _detail(item: Item, *, compact: bool) -> str:
    if not item.asides:
        return ""
    return f" {item.asides}" if compact else f"\n{item.detail}"


def _lines(lines: Iterable[Iterable[Span]]) -> Iterator[Run]:
    for index, spans in enumerate(lines):
        if index:
            yield Run("\n")
        yield from map(_span, spans)


def _span(span: Span) -> Run:
    return Run(span.text, (*linked(span.link), *_STYLES[span.style]))


_STYLES = {Style.PLAIN: (), Style.STRONG: (BOLD,), Style.STRUCK: (STRUCK,)}
