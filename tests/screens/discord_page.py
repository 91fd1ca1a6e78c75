"""A channel as a page: containers, sections, texts with their markup, buttons."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from handlers.platforms.discord.render import CONTAINER, ROW, SECTION, TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Component = Mapping[str, Any]

SEPARATOR, LINK_BUTTON = 14, 5
_STYLE = """
* { box-sizing: border-box; margin: 0 }
body { width: 560px; padding: 16px; background: #313338; color: #dbdee1;
  font: 15px/1.45 "Noto Sans Bengali", "Noto Sans", "Noto Color Emoji", sans-serif }
.name { margin: 10px 0 4px; font-weight: 600 } .name small { margin-left: 6px; padding: 1px 5px; border-radius: 4px;
  background: #5865f2; color: #fff; font-size: 10px }
.said { margin: 12px 0 4px; color: #949ba4 } .alone { color: #949ba4; font-size: 12px }
.box { padding: 12px 14px; border: 1px solid #3f4147; border-left: 4px solid; border-radius: 8px; background: #2b2d31 }
.text { white-space: pre-wrap; overflow-wrap: anywhere; margin-bottom: 8px } a { color: #00a8fc; text-decoration: none }
h3 { font-size: 17px; line-height: 1.35 } blockquote { padding-left: 10px; border-left: 4px solid #4e5058 }
.section { display: flex; gap: 12px } .section > div:first-child { flex: 1 }
.thumb { flex: none; width: 80px; height: 80px; border-radius: 8px;
  background: linear-gradient(160deg, #8fb3cf, #36546b) }
hr { border: 0; border-top: 1px solid #3f4147; margin: 8px 0 }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 6px }
.row span { padding: 5px 14px; border-radius: 8px; background: #4e5058; color: #fff; font-size: 14px }
.form { margin: 12px 0; padding: 16px; border-radius: 8px; background: #242429 } .field { margin-top: 12px }
.write { padding: 8px; border-radius: 4px; background: #1e1f22 } .pick { padding: 3px 0 }
.row .menu { flex: 1; background: #1e1f22; color: #949ba4 }
"""


def page(rows: Sequence[str]) -> str:
    """Return a page of these rows; its title becomes its height."""
    script = "<script>document.title = document.body.offsetHeight</script>"
    rows_drawn = "\n".join(rows)
    return f'<!doctype html><meta charset="utf-8"><style>{_STYLE}</style><body>{rows_drawn}{script}</body>'


def used(command: str) -> str:
    """Draw what somebody did."""
    return f'<div class="said">পাঠক ব্যবহার করেছেন {escape(command)}</div>'


def message(components: Sequence[Component], *, alone: bool = False) -> str:
    """Draw a message of the bot.

    ``alone`` is one that only who asked can see.
    """
    note = '<div class="alone">শুধু আপনি এটি দেখতে পাচ্ছেন</div>' if alone else ""
    return f'<div class="name">খবর<small>APP</small></div>{"".join(map(_drawn, components))}{note}'


def window(modal: Component) -> str:
    """Draw a form that was opened."""
    fields = "".join(map(_field, modal["components"]))
    return f'<div class="form"><h3>{escape(modal["title"])}</h3>{fields}</div>'


def _field(label: Component) -> str:
    field, hint = label["component"], label.get("description", "")
    options = "".join(
        f'<div class="pick">{"◉" if one.get("default") else "○"} {escape(one["label"])}</div>'
        for one in field.get("options", ())
    )
    written = options or f'<div class="write">{escape(field.get("value", ""))}&nbsp;</div>'
    return f'<div class="field"><b>{escape(label["label"])}</b><div class="alone">{escape(hint)}</div>{written}</div>'


def _drawn(one: Component) -> str:
    inner = one.get("components", ())
    match one["type"]:
        case kind if kind == CONTAINER:
            colour = f"#{one.get('accent_color') or 0x3F4147:06x}"
            return f'<div class="box" style="border-left-color:{colour}">{"".join(map(_drawn, inner))}</div>'
        case kind if kind == SECTION:
            return f'<div class="section"><div>{"".join(map(_drawn, inner))}</div><div class="thumb"></div></div>'
        case kind if kind == TEXT:
            return f'<div class="text">{_marked(one["content"])}</div>'
        case kind if kind == ROW:
            return f'<div class="row">{"".join(map(_pressed, inner))}</div>'
        case kind if kind == SEPARATOR:
            return "<hr>"
        case _:
            return '<div class="thumb" style="width:100%;height:180px"></div>'


def _pressed(one: Component) -> str:
    if "label" not in one:
        return f'<span class="menu">{escape(one.get("placeholder") or "বেছে নিন")} ▾</span>'
    return f"<span>{escape(one['label'])}{' ↗' if one.get('style') == LINK_BUTTON else ''}</span>"


def _marked(text: str) -> str:
    """Turn the platform's markup into tags."""
    drawn = escape(text, quote=False)
    drawn = re.sub(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\((?:&lt;)?([^)\s]*?)(?:&gt;)?\)", r"<a>\1</a>", drawn)
    drawn = re.sub(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*", r"<b>\1</b>", drawn)
    drawn = re.sub(r"(?<!\\)~~(.+?)(?<!\\)~~", r"<s>\1</s>", drawn)
    drawn = re.sub(r"^### (.*)$", r"<h3>\1</h3>", drawn, flags=re.MULTILINE)
    drawn = re.sub(r"^&gt; (.*)$", r"<blockquote>\1</blockquote>", drawn, flags=re.MULTILINE)
    return re.sub(r"\\([\\*_~|`\[\]()<>#.-])", r"\1", drawn).replace("</blockquote>\n", "</blockquote>")
