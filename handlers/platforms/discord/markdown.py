"""Writes text as Discord's markdown.

A source's text is never taken for markup, and it calls nobody.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bot.bangla.cut import cut
from bot.values.messages import Span, Style

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKUP = re.compile(r"[\\*_~|`\[\]()<>]")
_AT_START = re.compile(r"^([^\S\n]*+)([#-])", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)
_INSIDE = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", "|": "%7C"})
_CALL = re.compile(r"@(?=everyone|here)")
_APART = "@\N{WORD JOINER}"
LONGEST_ADDRESS = 512
"""Letters that a button's address may have."""
LONGEST_LINK = 1500
LONG = 200
"""A longer address is written with its own letters: in percent signs each Bengali one is nine."""
_ENCODED = re.compile(r"(?:%[89A-F][0-9A-F])+", re.IGNORECASE)


def escaped(text: str) -> str:
    """Return the text so that it is shown as it stands."""
    safe = _AT_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", text))
    return _CALL.sub(_APART, safe)


def bold(text: str) -> str:
    """Set a text in bold, unless it is empty.

    Four stars would be shown.
    """
    return f"**{escaped(text)}**" if text.strip() else ""


def struck(text: str) -> str:
    """Strike through."""
    return f"~~{escaped(text)}~~" if text.strip() else ""


def opens(address: str | None, longest: int = LONGEST_ADDRESS) -> bool:
    """Tell whether an address can be opened from a chat."""
    return address is not None and len(address) <= longest and _ADDRESS.fullmatch(address) is not None


def linked(shown: str, address: str | None) -> str:
    """Make what is shown, escaped already, a link, if the address opens."""
    if address is None or not opens(address, LONGEST_LINK) or not shown.strip():
        return shown
    return f"[{shown}]({_brief(address).translate(_INSIDE)})"


def _brief(address: str) -> str:
    return address if len(address) <= LONG else _ENCODED.sub(lambda run: _decoded(run[0]), address)


def _decoded(run: str) -> str:
    try:
        text = unquote(run, errors="strict")
    except UnicodeDecodeError:
        return run
    return text if text.isprintable() and not any(map(str.isspace, text)) else run


def span(one: Span) -> str:
    """Draw a run of text.

    Spaces at its ends stay outside of the markup, which would not hold with them.
    """
    core = one.text.strip()
    if not core:
        return one.text
    shown = {Style.PLAIN: escaped, Style.STRONG: bold, Style.STRUCK: struck}[one.style](core)
    before, after = one.text[: one.text.index(core)], one.text[one.text.index(core) + len(core) :]
    return f"{before}{linked(shown, one.link)}{after}"


def lines(rows: Iterable[Iterable[Span]]) -> str:
    """Draw lines of spans."""
    return "\n".join("".join(map(span, row)) for row in rows)


def units(text: str) -> int:
    """Count a text as the platform's client does.

    Letters beyond the first plane are two.
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def escaped_units(text: str) -> int:
    """Count a text as it will be once it is escaped."""
    return units(escaped(text))


def fitted(text: str, room: int) -> str:
    """Escape a text, shortened to fit ``room``.

    It is cut at a sentence, else at a space.
    """
    return escaped(cut(text, max(room, 0), length=escaped_units))
