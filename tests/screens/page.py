"""A chat as a page.

Bubbles, quotations, buttons, the keys under the field.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.fakes.telegram.entities import units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fakes.telegram.chats import Shown
    from tests.fakes.telegram.entities import Entity

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "text_link": "a",
    "code": "code",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_STYLE = """
* { box-sizing: border-box; margin: 0 }
body { width: 390px; padding: 14px 12px; background: #d7e3c8;
  font: 15px/1.45 "Noto Sans Bengali", "Noto Sans", "Noto Color Emoji", sans-serif }
.row { display: flex; margin-bottom: 10px; flex-direction: column; align-items: flex-start }
.you { align-items: flex-end }
.bubble { max-width: 340px; padding: 8px 12px; border-radius: 14px; background: #fff; white-space: pre-wrap;
  overflow-wrap: anywhere; box-shadow: 0 1px 1px #0002 }
.you .bubble { background: #e3fbc9 }
.wide { width: 340px }
a { color: #2a7fc1; text-decoration: none }
blockquote { margin: 4px 0; padding: 4px 10px; border-left: 3px solid #4a9be0; border-radius: 4px; background: #eaf3fb }
blockquote.folded { display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden;
  padding: 0 10px }
.photo { height: 150px; margin: -8px -12px 8px; border-radius: 14px 14px 0 0;
  background: linear-gradient(160deg, #8fb3cf, #36546b) }
.preview { margin-top: 6px; padding: 4px 10px; border-left: 3px solid #7dbb63; background: #f0f7ea; border-radius: 4px;
  color: #4c7d35; font-size: 14px }
.buttons { width: 340px; margin-top: 3px }
.buttons div { display: flex; gap: 3px; margin-bottom: 3px }
.buttons span, .keys span { flex: 1; padding: 7px 4px; border-radius: 8px; background: #5d7b4bb8; color: #fff;
  text-align: center; font-size: 14px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
.toast { align-self: center; padding: 6px 14px; border-radius: 10px; background: #000a; color: #fff }
.keys { margin: 4px -12px -14px; padding: 8px; background: #eef0f2 }
.keys div { display: flex; gap: 6px; margin-bottom: 6px }
.keys span { background: #fff; color: #111 }
"""


def page(rows: Sequence[str]) -> str:
    """Return a page of these rows; its title becomes its height."""
    body = "\n".join(rows)
    script = "<script>document.title = document.body.offsetHeight</script>"
    return f'<!doctype html><meta charset="utf-8"><style>{_STYLE}</style><body>{body}{script}</body>'


def said(text: str) -> str:
    """Draw what a reader wrote."""
    return f'<div class="row you"><div class="bubble">{escape(text)}</div></div>'


def toast(text: str) -> str:
    """Draw what was said in passing."""
    return f'<div class="row"><div class="toast">{escape(text)}</div></div>'


def answered(shown: Shown) -> str:
    """Draw a message of the bot as it lies there."""
    photo = '<div class="photo"></div>' if shown.photo else ""
    preview = "" if shown.photo or not _previews(shown) else f'<div class="preview">{escape(_host(shown))}</div>'
    wide = " wide" if shown.rows else ""
    bubble = f'<div class="bubble{wide}">{photo}{_marked(shown.text, shown.entities)}{preview}</div>'
    rows = "".join(f"<div>{''.join(f'<span>{escape(label)}</span>' for label in row)}</div>" for row in shown.labels)
    return f'<div class="row">{bubble}{f"""<div class="buttons">{rows}</div>""" if rows else ""}</div>'


def keys(shown: Shown) -> str:
    """Draw the keys that stay under the field."""
    rows = (shown.keys or {}).get("keyboard", [])
    drawn = "".join(f"<div>{''.join(f'<span>{escape(_label(key))}</span>' for key in row)}</div>" for row in rows)
    return f'<div class="keys">{drawn}</div>'


def _label(key: object) -> str:
    return str(key["text"]) if isinstance(key, dict) else str(key)


def _previews(shown: Shown) -> bool:
    return shown.preview is not None and not shown.preview.get("is_disabled")


def _host(shown: Shown) -> str:
    address = str((shown.preview or {}).get("url", ""))
    return address.partition("//")[2].partition("/")[0]


def _marked(text: str, entities: Sequence[Entity]) -> str:
    """Put tags about what entities mark.

    They are counted in UTF-16 units and nest.
    """
    opened: dict[int, list[str]] = {}
    closed: dict[int, list[str]] = {}
    for one in entities:
        tag = _TAGS[one.kind]
        folded = ' class="folded"' if one.kind == "expandable_blockquote" else ""
        opened.setdefault(one.offset, []).append(f"<{tag}{folded}>")
        closed.setdefault(one.offset + one.length, []).insert(0, f"</{tag}>")
    drawn, at = "", 0
    for sign in text:
        drawn += "".join(closed.pop(at, ())) + "".join(opened.pop(at, ())) + escape(sign)
        at += units(sign)
    # A line that ends with a quotation needs no break of its own behind it.
    return (drawn + "".join(closed.pop(at, ()))).replace("</blockquote>\n", "</blockquote>")
