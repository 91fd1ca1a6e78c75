"""The text of a message, part by part, in Discord's markdown.

No small print and no italics: Bengali has neither. All text of a message counts together, with its markup.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from bot.bangla.cut import cut, split_text
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
from handlers.platforms.discord.markdown import bold, escaped, escaped_units, fitted, lines, linked, struck, units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.values.chats import Language

LETTERS = 3800
"""Letters of all texts of a message together; the platform takes 4,000."""
LONGEST_HEAD = 700
HEADING = "### "
_ENDLESS = 1 << 30


def blocks(message: Message) -> Iterator[str]:
    """Yield what stands below one another.

    If there is no text, the message in one line stands for it.
    """
    empty = True
    for part in message.parts:
        for drawn in _parted(part, message.language):
            if drawn.strip():
                empty = False
                yield drawn
    if empty and message.brief.strip():
        yield escaped(message.brief)


def _parted(part: Part, language: Language) -> Iterator[str]:
    """Yield a part whole, a list line by line.

    It may be parted there.
    """
    if isinstance(part, Items) and not part.compact:
        if part.title:
            yield bold(part.title)
        for item in part.items:
            yield _item(item, language, compact=False)
    else:
        yield block(part, language, _ENDLESS)


def cut_up(part: Part, language: Language, limit: int) -> list[str]:
    """Draw a whole part in pieces of at most ``limit`` units."""
    if isinstance(part, Summary | Body):
        texts = part.sentences if isinstance(part, Summary) else part.paragraphs
        return [escaped(piece) for text in texts for piece in split_text(text, limit, length=escaped_units)]
    return [piece for drawn in _parted(part, language) for piece in split_text(drawn, limit, length=units)]


def packed(texts: Iterable[str], limit: int = LETTERS) -> Iterator[str]:
    """Yield as much text as one message takes.

    Texts are parted between blocks.
    """
    whole: list[str] = []
    size = 0
    for fit in (piece for text in texts for piece in split_text(text, limit, length=units)):
        more = units(fit)
        if whole and size + 2 + more > limit:
            yield _below_each_other(whole)
            whole, size = [fit], more
        else:
            whole.append(fit)
            size += more + (2 if len(whole) > 1 else 0)
    if whole:
        yield _below_each_other(whole)


def _below_each_other(texts: Sequence[str]) -> str:
    """Join blocks by empty lines, but below a heading."""
    *above, last = texts
    ends = ("\n" if text.startswith(HEADING) and "\n" not in text else "\n\n" for text in above)
    return "".join((*(f"{text}{end}" for text, end in zip(above, ends, strict=True)), last))


def shortened(text: str, room: int) -> str:
    """Cut a text with its markup.

    The only text of our own that can be too long is a list of names, which has no markup.
    """
    return text if units(text) <= room else cut(text, room, length=units)


def is_heading(part: Part) -> bool:
    """Whether a part is a headline."""
    return isinstance(part, Heading)


def block(part: Part, language: Language, room: int) -> str:
    """Draw one part in at most ``room`` units.

    Parts that cannot be shortened are drawn whole.
    """
    match part:
        case Heading():
            text = _heading(part)
        case Paragraph(rows):
            text = shortened(lines(rows), room)
        case Attribution(rows):
            text = "\n".join(filter(None, (_attribution(rows[0]), lines(rows[1:])))) if rows else ""
        case Summary(texts) | Body(texts):
            text = fitted("\n\n".join(filter(None, texts)), room)
        case Items():
            text = _items(part, language)
        case Notice(title, rows):
            text = "\n".join(f"> {row}" for row in (bold(title), *lines(rows).split("\n")))
        case Photo() | File() | Pick() | Choices():
            text = ""
        case _ as never:
            assert_never(never)
    return text


def _heading(part: Heading) -> str:
    text, sign = " ".join(part.text.split()), f"{part.sign} " if part.sign else ""
    return f"{HEADING}{sign}{linked(fitted(text, LONGEST_HEAD), part.link)}" if text else ""


def headline(part: Heading) -> str:
    """Return a headline with its sign."""
    return f"{part.sign} {part.text}".lstrip()


def _items(part: Items, language: Language) -> str:
    between = "\n" if part.compact else "\n\n"
    drawn = between.join(_item(item, language, compact=part.compact) for item in part.items)
    return "\n".join(filter(None, (bold(part.title), drawn)))


def _attribution(spans: Sequence[Span]) -> str:
    """Set the outlet in bold: the headline is the link already."""
    name = _name(spans)
    return lines((tuple(replace(one, style=Style.STRONG, link=None) if one is name else one for one in spans),))


def _item(item: Item, language: Language, *, compact: bool) -> str:
    position = f"{number(item.position, language)}."
    text = linked(struck(item.text) if item.struck else escaped(item.text), item.link)
    detail = escaped(item.detail)
    if compact:
        return " ".join(filter(None, (_unlisted(position), text, escaped(item.asides))))
    return "\n".join(filter(None, (f"**{position}** {text}", lines((item.snippet,)) if item.snippet else "", detail)))


def _unlisted(position: str) -> str:
    """Keep the client from numbering a line anew.

    An English number with a point begins a list.
    """
    return position.replace(".", "\\.") if position[:1].isascii() else position


def _name(spans: Sequence[Span]) -> Span:
    """Return the span that names the outlet.

    A person may stand before it, what it cites behind it.
    """
    second = len(spans) > 1 and spans[0].link is None and spans[0].text.endswith(", ")
    return spans[1] if second else spans[0]
