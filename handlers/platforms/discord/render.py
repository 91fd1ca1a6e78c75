"""A message as Discord takes it: text, pictures and buttons, in a frame of the outlet's colour if it is a card.

No small print and no italics: Bengali has neither. All text of a message counts together, with its markup.
"""

from __future__ import annotations

import hashlib
from colorsys import hls_to_rgb
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, assert_never

from bot.bangla.cut import cut, split_text
from bot.values.calls import Call, ListAt, Numbered, call
from bot.values.chats import Picture
from bot.values.messages import (
    Attribution,
    Body,
    Choice,
    Choices,
    Heading,
    Item,
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
from bot.values.wording import number
from handlers.platforms.discord.custom_ids import ROOM, apart
from handlers.platforms.discord.markdown import bold, escaped, fitted, lines, linked, opens, struck, units
from handlers.signs import signed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bot.values.chats import Language

    Press = Callable[[Choice], str]

Component = dict[str, Any]
ROW, BUTTON, SECTION, TEXT, THUMBNAIL, GALLERY, SEPARATOR, CONTAINER = 1, 2, 9, 10, 11, 12, 14, 17
GREY_BUTTON, LINK_BUTTON = 2, 5
COMPONENTS_V2 = 1 << 15
SILENT = 1 << 12
LETTERS = 3800
_ENDLESS = 1 << 30
"""Of all texts of a message together; the platform takes 4,000."""
CONTENT = 2000
COMPONENTS = 40
IN_A_ROW = 5
LABEL = 80
TITLE = 100
"""Letters of a forum post's title."""
ALT = 1024
BREAKING, WITHDRAWN = 0xD92D20, 0x8A8F98
_LONGEST_HEAD, _LONGEST_FOOT = 700, 900


@dataclass(frozen=True, slots=True)
class DiscordPiece:
    """One message of the platform's; a long list of ours becomes several."""

    components: tuple[Component, ...]
    brief: str = ""
    topic: str = ""
    """What a forum files it under."""

    def payload(self) -> dict[str, Any]:
        """Return what is posted; whatever it says calls nobody."""
        return {"flags": COMPONENTS_V2, "components": list(self.components), "allowed_mentions": {"parse": []}}

    def as_edit(self) -> dict[str, Any]:
        """Return what takes the place of a message, one in plain text too."""
        return {**self.payload(), "content": None, "embeds": [], "attachments": []}


def render(message: Message, press: Press) -> list[DiscordPiece]:
    """Draw a message; nothing at all if it has no text. ``press`` turns a choice into what its button sends back."""
    message = signed(message)
    brief = _title(message)
    if any(isinstance(part, Attribution) for part in message.parts) or message.state is MessageState.WITHDRAWN:
        return [DiscordPiece((_card(message, press),), brief, message.topic)]
    texts = list(_packed(_blocks(message)))
    if not texts:
        return []
    pieces = [DiscordPiece((_text(text),), brief) for text in texts]
    rows = _rows(message, press, COMPONENTS - 1)
    return [*pieces[:-1], replace(pieces[-1], components=(*pieces[-1].components, *rows))]


def plain(message: Message) -> dict[str, Any]:
    """Draw the same as bare text, for the one retry after the platform would not have it otherwise."""
    message = signed(message)
    link = next((part.link for part in message.parts if isinstance(part, Heading) and part.link), None)
    end = f"\n{link}" if link and opens(link) else ""
    blocks = (_block(part, message.language, 10_000) for part in message.parts if not _is_heading(part))
    text = "\n\n".join(filter(None, blocks))
    head = next((bold(_words(part)) for part in message.parts if isinstance(part, Heading)), "")
    whole = "\n\n".join(filter(None, (head, text))) or escaped(message.brief)
    content = cut(whole, CONTENT - units(end), length=units) + end
    return {"content": content, "flags": 1 << 2, "allowed_mentions": {"parse": []}}


def words(message: Message) -> str:
    """Return a message as bare words, for a place that shows nothing else."""
    return "\n\n".join(_packed(_blocks(message)))


def rows_of(components: Sequence[Component]) -> Iterator[Component]:
    """Put buttons into rows, as many a row as it takes."""
    for start in range(0, len(components), IN_A_ROW):
        yield {"type": ROW, "components": list(components[start : start + IN_A_ROW])}


def button(label: str, custom_id: str) -> Component:
    """Draw a button that comes back to us."""
    return {"type": BUTTON, "style": GREY_BUTTON, "label": cut(label, LABEL).strip() or "–", "custom_id": custom_id}


# --- cards ---


def _card(message: Message, press: Press) -> Component:
    """Draw headline and text beside the picture, then who said it and when, then one row of buttons."""
    at = next((at for at, part in enumerate(message.parts) if _is_heading(part)), 0)
    above = "\n\n".join(_block(part, message.language, _LONGEST_HEAD) for part in message.parts[:at])
    message = replace(message, parts=message.parts[at:])
    head = "\n\n".join(_block(part, message.language, _LONGEST_HEAD) for part in message.parts if _is_heading(part))
    foot = "\n".join(
        _shortened(_block(part, message.language, 0), _LONGEST_FOOT)
        for part in message.parts
        if isinstance(part, Attribution)
    )
    text = "\n\n".join(_middle(message, LETTERS - units(above) - units(head) - units(foot)))
    texts = [_text(one) for one in (above, head, text) if one.strip()]
    photo = _photo(message)
    inner: list[Component] = texts
    if photo is not None and message.picture is Picture.SMALL and texts:
        inner = [{"type": SECTION, "components": texts, "accessory": {"type": THUMBNAIL, **_media(photo)}}]
    elif photo is not None and message.picture is Picture.LARGE:
        inner = [*texts, {"type": GALLERY, "items": [_media(photo)]}]
    inner = [*inner, *([_text(foot)] if foot.strip() else [])]
    rows = _rows(message, press, COMPONENTS - _count(inner) - 2)
    if rows:
        inner += [{"type": SEPARATOR, "divider": True, "spacing": 1}, *rows]
    return {"type": CONTAINER, "accent_color": _colour(message), "components": inner}


def _middle(message: Message, room: int) -> Iterator[str]:
    """Yield what stands between headline and attribution; what is last gives way."""
    for part in message.parts:
        if _is_heading(part) or isinstance(part, Attribution):
            continue
        block = _block(part, message.language, room)
        if block.strip():
            yield block
            room = max(0, room - units(block) - 2)


def _colour(message: Message) -> int:
    match message.state:
        case MessageState.BREAKING:
            return BREAKING
        case MessageState.WITHDRAWN:
            return WITHDRAWN
        case _:
            return colour(message.outlet)


def colour(outlet: str) -> int:
    """Return the colour of an outlet: by its name, always the same, neither red nor grey."""
    place = int.from_bytes(hashlib.sha256(outlet.encode(errors="replace")).digest()[:4], "big")
    hue = 30 + place % 300
    red, green, blue = hls_to_rgb(hue / 360, 0.45, 0.55)
    return int(red * 255) << 16 | int(green * 255) << 8 | int(blue * 255)


def _name(spans: Sequence[Span]) -> Span:
    """Return the span that names the outlet: a person may stand before it, what it cites behind it."""
    second = len(spans) > 1 and spans[0].link is None and spans[0].text.endswith(", ")
    return spans[1] if second else spans[0]


def _photo(message: Message) -> Photo | None:
    return next((part for part in message.parts if isinstance(part, Photo) and opens(part.address)), None)


def _media(photo: Photo) -> Component:
    alt = {"description": cut(photo.alt, ALT)} if photo.alt.strip() else {}
    return {"media": {"url": photo.address}, **alt}


# --- buttons ---


def _rows(message: Message, press: Press, most: int) -> list[Component]:
    """Set out the places of a list, then the choices, with ``most`` components in all."""
    places = [choice for part in message.parts if isinstance(part, Items) for choice in _places(part, message)]
    groups = [places, *(list(row) for part in message.parts if isinstance(part, Choices) for row in part.rows)]
    taken: set[str] = set()
    rows: list[Component] = []
    for group in groups:
        buttons = [one for choice in group if (one := _button(choice, press, taken)) is not None]
        for row in rows_of(buttons):
            cost = 1 + len(row["components"])
            if cost <= most:
                rows.append(row)
                most -= cost
    return rows


def _places(items: Items, message: Message) -> Iterator[Choice]:
    for item in items.items:
        if item.article_id is not None and not item.struck:
            at = ListAt(item.place, message.listed.id) if message.listed is not None else Numbered(item.article_id)
            yield Choice(number(item.place, message.language), call("read", number=at))


def _button(choice: Choice, press: Press, taken: set[str]) -> Component | None:
    """Draw a choice; None if there is no such thing here: a text put at hand, a chat to share with."""
    if isinstance(choice.does, Link):
        address = choice.does.address
        if not opens(address):
            return None
        return {
            "type": BUTTON,
            "style": LINK_BUTTON,
            "label": cut(choice.label, LABEL).strip() or "–",
            "url": address,
        }
    if not isinstance(choice.does, Call):
        return None
    data = press(choice)
    if not 1 <= len(data) <= ROOM + 2:
        raise ValueError(f"a button sends back 1 to {ROOM} letters, not {len(data)}")
    return button(choice.label, apart(data, taken))


# --- text ---


def _text(content: str) -> Component:
    return {"type": TEXT, "content": content}


def _count(components: Iterable[Component]) -> int:
    """Count components as the platform does: those within others too."""
    total = 0
    for one in components:
        total += 1 + _count(one.get("components", ())) + ("accessory" in one)
    return total


def _blocks(message: Message) -> Iterator[str]:
    """Yield what stands below one another; without any text the whole in one line stands for them."""
    empty = True
    for part in message.parts:
        for block in _parted(part, message.language):
            if block.strip():
                empty = False
                yield block
    if empty and message.brief.strip():
        yield escaped(message.brief)


def _parted(part: Part, language: Language) -> Iterator[str]:
    """Yield a part whole, a list line by line: it may be parted there."""
    if isinstance(part, Items) and not part.compact:
        if part.title:
            yield bold(part.title)
        for item in part.items:
            yield _item(item, language, compact=False)
    else:
        yield _block(part, language, _ENDLESS)


def _packed(blocks: Iterable[str]) -> Iterator[str]:
    """Yield as much text as a message takes at a time, parted between blocks."""
    whole = ""
    for fit in (piece for block in blocks for piece in split_text(block, LETTERS, length=units)):
        if whole and units(whole) + 2 + units(fit) > LETTERS:
            yield whole
            whole = fit
        else:
            whole = f"{whole}\n\n{fit}" if whole else fit
    if whole:
        yield whole


def _shortened(text: str, room: int) -> str:
    """Cut a text with its markup; what is too long by our own making is a list of names, without any."""
    return text if units(text) <= room else cut(text, room, length=units)


def _is_heading(part: Part) -> bool:
    return isinstance(part, Heading)


def _block(part: Part, language: Language, room: int) -> str:
    match part:
        case Heading():
            text = _heading(part)
        case Paragraph(rows):
            text = _shortened(lines(rows), room)
        case Attribution(rows):
            text = "\n".join(filter(None, (_attribution(rows[0]), lines(rows[1:])))) if rows else ""
        case Summary(texts) | Body(texts):
            text = fitted("\n\n".join(filter(None, texts)), room)
        case Items():
            text = _items(part, language)
        case Notice(title, rows):
            text = "\n".join(f"> {row}" for row in (bold(title), *lines(rows).split("\n")))
        case Photo() | Choices():
            text = ""
        case _ as never:
            assert_never(never)
    return text


def _heading(part: Heading) -> str:
    text, sign = " ".join(part.text.split()), f"{part.sign} " if part.sign else ""
    return f"### {sign}{linked(fitted(text, _LONGEST_HEAD), part.link)}" if text else ""


def _words(part: Heading) -> str:
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
    place = f"{number(item.place, language)}."
    text = linked(struck(item.text) if item.struck else escaped(item.text), item.link)
    detail = escaped(item.detail)
    if compact:
        return " ".join(filter(None, (_unlisted(place), text, f"({detail})" if detail else "")))
    return "\n".join(filter(None, (f"**{place}** {text}", lines((item.snippet,)) if item.snippet else "", detail)))


def _unlisted(place: str) -> str:
    """Keep the client from numbering a line anew: an English number with a point begins a list."""
    return place.replace(".", "\\.") if place[:1].isascii() else place


def _title(message: Message) -> str:
    """Name a message in one line: a headline without what stands behind it."""
    head = next((_words(part) for part in message.parts if isinstance(part, Heading)), message.brief)
    line = " ".join(head.split())
    if len(line) <= TITLE:
        return line
    short = line[: TITLE - 1]
    return f"{short.rpartition(' ')[0] or short}…"
