"""Hostile feeds, pages and readers' texts.

Each is made when it is asked for.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MEGABYTE = 1_000_000
LINES = ("feed", "page", "text")


def _item(title: str = "নদীর খবর", text: str = "", more: str = "", link: str = "https://evil.example/1") -> str:
    return f"<item><title>{title}</title><link>{link}</link><description>{text}</description>{more}</item>"


def _feed(*items: str, head: str = "") -> bytes:
    return f'{head}<rss version="2.0"><channel><title>x</title>{"".join(items)}</channel></rss>'.encode()


def _page(body: str, head: str = "") -> bytes:
    whole = f"<article><h1>নদীর খবর</h1>{body}</article>"
    return f"<html><head><title>নদীর খবর</title>{head}</head><body>{whole}</body></html>".encode()


def _bomb(depth: int, width: int) -> str:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * width}">' for n in range(1, depth))
    return f'<!DOCTYPE x [<!ENTITY e0 "{"ha" * 50}">{entities}]>'


def _attributes(count: int) -> str:
    return " ".join(f'a{n}="x"' for n in range(count))


def _sentence(size: int) -> str:
    return "নদীর জল বাড়ছে বলে জানিয়েছেন স্থানীয় বাসিন্দারা। " * (size // 52)


UNITS = {
    "abbreviations": "ড. ",
    "names": "ড. মো. ",
    "numbers": "১. ",
    "joined": "ত্\u200d",
    "opened": "“",
    "quoted": "‘ক’ ",
    "dots": ".",
    "ellipses": "… ",
    "marks": "\u0981",
    "hasanta": "ক্",
    "spaces": " ",
    "lines": "ক\n",
    "commas": "ক, ",
    "bars": "| ",
    "hashes": "#ক ",
    "colons": "ট্যাগ: ক\n",
    "dates": "প্রকাশ: ৪ জুলাই ২০২৬ ",
    "teasers": "বিস্তারিত … ",
    "mails": "x@y.example ",
    "addresses": "https://evil.example/a ",
    "signs": "|!-/:",
    "font": "Avwg evsjvq Mvb MvB ",
    "nonsense": "zxqv wqrt ",
}
"""What a title, a text, a page and a reader's message are filled with."""


def feeds() -> dict[str, Callable[[], bytes]]:
    """Return hostile feeds and pages by their names."""
    found: dict[str, Callable[[], bytes]] = {
        f"feed of {name}": lambda unit=unit: _feed(_item(text=unit * (60_000 // len(unit))))  # type: ignore[misc]
        for name, unit in UNITS.items()
    }
    found |= {
        f"page of {name}": lambda unit=unit: _page(f"<p>{unit * (200_000 // len(unit))}</p>")  # type: ignore[misc]
        for name, unit in list(UNITS.items())[:12]
    }
    return found | {
        "a title of 8 MB": lambda: _feed(_item("নদী " * 600_000)),
        "one word of 1 MB": lambda: _feed(_item(text="ক" * (MEGABYTE // 3))),
        "one word of 1 MB as a title": lambda: _feed(_item("ক" * (MEGABYTE // 3))),
        "500 items of 15 kB": lambda: _feed(
            *(_item(f"খবর {n}", _sentence(5_000), link=f"https://evil.example/{n}") for n in range(500))
        ),
        "500 items of abbreviations": lambda: _feed(
            *(_item(f"খবর {n}", "ড. মো. " * 700, link=f"https://evil.example/{n}") for n in range(500))
        ),
        "60,000 items": lambda: _feed(*(_item(f"খবর {n}", link=f"https://evil.example/{n}") for n in range(60_000))),
        "an entity bomb": lambda: _feed(_item("&e9;"), head=_bomb(10, 10)),
        "a wide entity bomb": lambda: _feed(_item("&e3;"), head=_bomb(4, 1_000)),
        "a bomb in a page": lambda: _bomb(10, 10).encode() + _page("<p>&e9;</p>"),
        "attributes × 100,000": lambda: b"<rss><channel><item " + _attributes(100_000).encode(),
        "attributes × 100,000 in a page": lambda: _page(f"<p {_attributes(100_000)}>{_sentence(900)}</p>"),
        "a feed nested 100,000 deep": lambda: b"<rss><channel>" + b"<a>" * 100_000,
        "a page nested 100,000 deep": lambda: _page("<div>" * 100_000 + _sentence(900)),
        "tags that never end": lambda: _page("<p " * 300_000),
        "comments that never end": lambda: _page("<!--" * 300_000),
        "references": lambda: _feed(_item("&#1;" * 200_000)),
        "open brackets": lambda: _feed(_item(text="&lt;" * 500_000)),
        "pictures without end": lambda: _feed(_item(text="&lt;img " * 200_000)),
        "a picture's list": lambda: _page('<img srcset="' + "a" * 300_000 + '">' * 3 + _sentence(900)),
        "classes without end": lambda: _page(f'<div class="{"a" * 500_000}">{_sentence(900)}</div>'),
        "30,000 paragraphs": lambda: _page("<p>নদীর জল বাড়ছে।</p>" * 30_000),
        "200,000 links": lambda: _page('<a href="/x">ক</a>' * 200_000),
        "structured data nested": lambda: _page(
            _sentence(900), '<script type="application/ld+json">' + "[" * 200_000 + "</script>"
        ),
        "structured data of 3 MB": lambda: _page(
            _sentence(900),
            '<script type="application/ld+json">'
            + json.dumps({"@type": "NewsArticle", "headline": "ক", "articleBody": "ড. " * 500_000})
            + "</script>",
        ),
        "JSON of brackets": lambda: b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 1_000_000,
        "JSON of numbers": lambda: b'{"version":"https://jsonfeed.org/version/1.1","items":[' + b"9" * 1_000_000,
        "tags without end": lambda: _feed(_item(more="<category>ক, খ</category>" * 50_000)),
        "addresses without end": lambda: _feed(
            *(_item(f"খবর {n}", link="https://evil.example/" + f"a-{n}/" * 400) for n in range(500))
        ),
        "nothing but zeros": lambda: b"\0" * MEGABYTE,
        "noise": lambda: bytes(range(256)) * 8_000,
    }


def messages() -> dict[str, str]:
    """Return readers' messages of 4,000 letters by their names."""
    return {f"message of {name}": unit * (4_000 // len(unit)) for name, unit in UNITS.items()}


def spin(seconds: float) -> None:
    """Keep a worker busy."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        sum(range(1000))


def write(folder: str) -> list[tuple[str, str]]:
    """Write each feed and page into a file by its place.

    Return their names and kinds. It runs in a process of its own, so that making them is not taken for the bot's
    growth.
    """
    named = []
    for place, (name, make) in enumerate(feeds().items()):
        body = make()
        Path(folder, str(place)).write_bytes(body)
        named.append((name, _kind(body)))
    return named


def _kind(body: bytes) -> str:
    opening = body.lstrip()[:4000]
    if opening.startswith(b"{"):
        return "jsonfeed"
    return "page" if b"<html" in opening else "feed"
