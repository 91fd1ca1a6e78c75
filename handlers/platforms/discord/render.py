"""Draws a message as Discord takes it.

It has text, pictures and buttons, in a frame of the outlet's colour if it is a card.
"""

from __future__ import annotations

import hashlib
from colorsys import hls_to_rgb
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.bangla.cut import cut
from bot.values.calls import Call
from bot.values.chats import Picture
from bot.values.messages import (
    Attribution,
    Choice,
    File,
    Heading,
    Link,
    Message,
    MessageState,
    Photo,
)
from bot.values.picks import Pick
from bot.values.wording import number
from handlers import layout
from handlers.placing import with_parts
from handlers.platforms.discord import blocks, picking
from handlers.platforms.discord.custom_ids import LONGEST, ROOM, apart
from handlers.platforms.discord.markdown import bold, escaped, opens, units
from handlers.platforms.discord.rest import FILES
from handlers.signs import signed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Press = Callable[[Choice], str]

Component = dict[str, Any]
ROW, BUTTON, SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 1, 2, 9, 10, 11, 12, 13, 14, 17
GREY_BUTTON, LINK_BUTTON = 2, 5
COMPONENTS_V2 = 1 << 15
SILENT = 1 << 12
CONTENT = 2000
COMPONENTS = 40
IN_A_ROW = 5
LABEL = 80
TITLE = 100
"""Letters of a forum post's title."""
ALT = 1024
BREAKING, WITHDRAWN = 0xD92D20, 0x8A8F98
_LONGEST_FOOT = 900
LEAST = 500
"""Units of text that a part has room for in any case."""
_OF = " ({part}/{parts})"


@dataclass(frozen=True, slots=True)
class DiscordPiece:
    """One message of the platform's; a long list of ours becomes several."""

    components: tuple[Component, ...]
    brief: str = ""
    topic: str = ""
    """What a forum files it under."""
    files: tuple[File, ...] = ()
    calls: str = ""
    """The role that it calls."""

    def payload(self) -> dict[str, Any]:
        """Return what is posted; whatever else it says calls nobody."""
        calls = {"parse": [], "roles": [self.calls]} if self.calls else {"parse": []}
        body = {"flags": COMPONENTS_V2, "components": list(self.components), "allowed_mentions": calls}
        if not self.files:
            return body
        named = [{"id": number, "filename": file.name} for number, file in enumerate(self.files)]
        return {**body, "attachments": named, FILES: self.files}

    def as_edit(self) -> dict[str, Any]:
        """Return what replaces a message, one in plain text too."""
        body = {"attachments": [], **self.payload(), "content": None, "embeds": []}
        return {**body, "allowed_mentions": {"parse": []}}


def render(message: Message, press: Press) -> list[DiscordPiece]:
    """Draw a message; nothing if it has no text.

    ``press`` turns a choice into what its button sends back.
    """
    message = signed(message)
    brief = _title(message)
    if message.each(Attribution) or message.state is MessageState.WITHDRAWN:
        first, *others = [DiscordPiece((card,), brief, message.topic) for card in _cards(message, press)]
        return [_calling(first, message.calls), *others]
    texts = list(blocks.packed(blocks.blocks(message)))
    if not texts:
        return []
    pieces = [DiscordPiece((_text(text),), brief) for text in texts]
    picks = [picking.select(pick, press, message.language) for pick in message.each(Pick)]
    rows = [*picks, *_rows(message, press, COMPONENTS - 1 - 2 * len(picks))]
    files = message.each(File)
    shown = [{"type": FILE, "file": {"url": f"attachment://{file.name}"}} for file in files]
    last = replace(pieces[-1], components=(*pieces[-1].components, *shown, *rows), files=files)
    return [*pieces[:-1], last]


def _calling(piece: DiscordPiece, role: str) -> DiscordPiece:
    """Let a card call a role.

    That stands below what the card says: a notification begins with the headline.
    """
    return replace(piece, components=(*piece.components, _text(f"<@&{role}>")), calls=role) if role else piece


def plain(message: Message) -> list[dict[str, Any]]:
    """Draw a message as bare text, a long one in parts.

    It serves the one retry after the platform refused it otherwise.
    """
    message = signed(message)
    link = next((part.link for part in message.each(Heading) if part.link), None)
    head = next((bold(blocks.headline(part)) for part in message.each(Heading)), "")
    parts = [part for part in message.parts if not blocks.is_heading(part)]
    texts = [head, *(text for part in parts for text in blocks.cut_up(part, message.language, CONTENT))]
    whole = [text for text in texts if text.strip()] or [escaped(message.brief)]
    if link and opens(link):
        *before, last = whole
        whole = [*before, f"{last}\n{link}"] if units(last) + units(link) < CONTENT else [*whole, link]
    return [
        {"content": content, "flags": 1 << 2, "allowed_mentions": {"parse": []}}
        for content in blocks.packed(whole, CONTENT)
    ]


def below(piece: DiscordPiece, above: Sequence[str]) -> DiscordPiece:
    """Let a piece's buttons name the parts that stand above it."""
    return replace(piece, components=tuple(_below(one, above) for one in piece.components)) if above else piece


def _below(component: Component, above: Sequence[str]) -> Component:
    named = {**component}
    if "custom_id" in component:
        named["custom_id"] = with_parts(component["custom_id"], above, LONGEST)
    if "components" in component:
        named["components"] = [_below(one, above) for one in component["components"]]
    return named


def words(message: Message) -> str:
    """Return a message as bare words, for where only text is shown."""
    return "\n\n".join(blocks.packed(blocks.blocks(message)))


def rows_of(components: Sequence[Component]) -> Iterator[Component]:
    """Put buttons into few rows of equal length."""
    for row in layout.evenly(components, IN_A_ROW):
        yield {"type": ROW, "components": list(row)}


def button(label: str, custom_id: str) -> Component:
    """Draw a button that comes back to us."""
    return {"type": BUTTON, "style": GREY_BUTTON, "label": _label(label), "custom_id": custom_id}


def _label(text: str) -> str:
    return cut(layout.capital(text), LABEL).strip() or "–"


# --- cards ---


def _cards(message: Message, press: Press) -> list[Component]:
    """Draw a card, a long one in parts.

    Headline and text stand beside the picture, then who said it and when, then one row of buttons. The headline stands
    above each part with its number; the rest of what frames the text, above the first and below the last.
    """
    at = next((at for at, part in enumerate(message.parts) if blocks.is_heading(part)), 0)
    above = "\n\n".join(blocks.block(part, message.language, blocks.LONGEST_HEAD) for part in message.parts[:at])
    message = replace(message, parts=message.parts[at:])
    head = "\n\n".join(
        blocks.block(part, message.language, blocks.LONGEST_HEAD) for part in message.parts if blocks.is_heading(part)
    )
    foot = "\n".join(
        blocks.shortened(blocks.block(part, message.language, 0), _LONGEST_FOOT) for part in message.each(Attribution)
    )
    room = max(LEAST, blocks.LETTERS - units(above) - units(head) - units(foot) - len(_OF))
    middle = list(_middle(message, room)) or [""]
    parts = [_numbered(head, at, len(middle), message) for at in range(1, len(middle) + 1)]
    drawn: list[Component] = []
    for at, (text, named) in enumerate(zip(middle, parts, strict=True)):
        texts = [_text(one) for one in (above if at == 0 else "", named, text) if one.strip()]
        inner = _pictured(message, texts) if at == 0 else texts
        if at == len(middle) - 1:
            inner = [*inner, *([_text(foot)] if foot.strip() else [])]
            rows = _rows(message, press, COMPONENTS - _count(inner) - 2)
            inner += [{"type": SEPARATOR, "divider": True, "spacing": 1}, *rows] if rows else []
        drawn.append({"type": CONTAINER, "accent_color": _colour(message), "components": inner})
    return drawn


def _pictured(message: Message, texts: list[Component]) -> list[Component]:
    """Put a picture beside texts or below them."""
    photo = _photo(message)
    if photo is not None and message.picture is Picture.SMALL and texts:
        return [{"type": SECTION, "components": texts, "accessory": {"type": THUMBNAIL, **_media(photo)}}]
    if photo is not None and message.picture is Picture.LARGE:
        return [*texts, {"type": GALLERY, "items": [_media(photo)]}]
    return texts


def _middle(message: Message, room: int) -> Iterator[str]:
    """Yield what stands between headline and attribution, in messages."""
    between = [part for part in message.parts if not (blocks.is_heading(part) or isinstance(part, Attribution))]
    texts = [text for part in between for text in blocks.cut_up(part, message.language, room)]
    yield from blocks.packed([text for text in texts if text.strip()], room)


def _numbered(head: str, part: int, parts: int, message: Message) -> str:
    """Put a part's number behind the headline."""
    if parts == 1 or not head:
        return head
    return head + _OF.format(part=number(part, message.language), parts=number(parts, message.language))


def _colour(message: Message) -> int:
    match message.state:
        case MessageState.BREAKING:
            return BREAKING
        case MessageState.WITHDRAWN:
            return WITHDRAWN
        case _:
            return colour(message.outlet)


def colour(outlet: str) -> int:
    """Return the colour of an outlet.

    Its name decides; it is always the same, and neither red nor grey.
    """
    number = int.from_bytes(hashlib.sha256(outlet.encode(errors="replace")).digest()[:4], "big")
    hue = 30 + number % 300
    red, green, blue = hls_to_rgb(hue / 360, 0.45, 0.55)
    return int(red * 255) << 16 | int(green * 255) << 8 | int(blue * 255)


def _photo(message: Message) -> Photo | None:
    return next((photo for photo in message.each(Photo) if opens(photo.address)), None)


def _media(photo: Photo) -> Component:
    alt = {"description": cut(photo.alt, ALT)} if photo.alt.strip() else {}
    return {"media": {"url": photo.address}, **alt}


# --- buttons ---


def _rows(message: Message, press: Press, most: int) -> list[Component]:
    """Set out a list's positions, then the choices.

    There are ``most`` components in all.
    """
    groups = [
        list(layout.numbered(message)),
        *map(list, message.rows),
    ]
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


def _button(choice: Choice, press: Press, taken: set[str]) -> Component | None:
    """Draw a choice, or None if Discord has none such.

    A text put at hand, a chat to share with.
    """
    if isinstance(choice.does, Link):
        address = choice.does.address
        if not opens(address):
            return None
        return {
            "type": BUTTON,
            "style": LINK_BUTTON,
            "label": _label(choice.label),
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


def _title(message: Message) -> str:
    """Name a message in one line.

    A headline without what stands behind it.
    """
    head = next((blocks.headline(part) for part in message.each(Heading)), message.brief)
    line = " ".join(head.split())
    if len(line) <= TITLE:
        return line
    short = line[: TITLE - 1]
    return f"{short.rpartition(' ')[0] or short}…"
