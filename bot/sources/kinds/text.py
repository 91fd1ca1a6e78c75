"""An article page saved as plain text: a browser's «save as text», lynx -dump, copy and paste."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.articles.text.attribution import is_role
from bot.articles.text.body import is_prose
from bot.articles.text.labels import ENDS, Label, Labelled, bare, is_date, read_labels, read_views
from bot.bangla.normalise import display, key
from bot.sources.decode import decode
from bot.sources.kind import MEBIBYTE, Context, Parsed, SourceKind, fingerprint, opening
from bot.sources.moment import read_moment
from bot.values.articles import Entry
from bot.values.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

# A dump's marks: «[12]Headline», «[logo.png]», «* », and the list of addresses at its end.
_LINK_NUMBER = re.compile(r"\[\d{1,4}\](?=\S)|\[\d{1,4}\]$")
_PICTURE = re.compile(r"\[[^\[\]\s]+\.(?:jpe?g|png|gif|webp|svg)\]|\(BUTTON\)|\[_{2,}\]|^\s*IFRAME:.*$", re.IGNORECASE)
_REFERENCE = re.compile(r"^\s*(?:\d+\.\s+)?(?:https?|mailto|javascript|file):\S*$", re.IGNORECASE)
_MACHINE = re.compile(r"[<{]|\[\s*[\[{\"]")
_CLOSING_TAG = re.compile(r"</(?:html|body|rss|feed|div)>", re.IGNORECASE)
_WRAPPED = 50  # characters from which a line that is followed by another may have been wrapped at a screen's width
_WRAP_AT = 100
_HEADLINE = (12, 220)
_MOST_LINES = 5000  # a saved page has some hundred
_TITLE_REACH = 12  # lines above the text in which its headline is


def looks_like(body: bytes, context: Context) -> bool:
    """Return whether it is text for people: anything but markup and JSON."""
    text = opening(body, context)
    return bool(text) and not _MACHINE.match(text) and not _CLOSING_TAG.search(text[:4000])


def parse(body: bytes, context: Context) -> Parsed:
    """Read the one article of a saved page.

    The headline is the line that is printed again, else the one before the labels («আপডেট : …»), else the last one
    above the text, else the first line. Of a page printed twice the first copy is read.

    Raises:
        ParseError: there is no text beside menus and labels.
    """
    lines = _lines(decode(body, context.charset))
    place = _headline(lines)
    if place is None and len(lines) > 1 and _is_closed(lines[-1]) and not any(map(read_labels, lines)):
        place = 0  # a note of a few short lines, which no page is
    if place is None:
        raise ParseError("a text without an article: no headline, no sentences")
    title = lines[place]
    rest = _first_copy(lines[place + 1 :], title)
    labels = _labels(rest)
    paragraphs = [line for line in rest if line != title]
    if not any(is_prose(line) or _is_closed(line) for line in paragraphs):
        raise ParseError("a text without an article: a headline, but no sentences under it")
    entry = Entry(
        title=title,
        body=tuple(paragraphs),
        published=_moment(labels, Label.PUBLISHED, context) or _unlabelled(rest, labels, context),
        updated=_moment(labels, Label.UPDATED, context),
        views=next((read_views(label.value) for label in labels if label.label is Label.VIEWS), None),
    )
    return Parsed((entry,), fingerprint=fingerprint(body))


def _lines(text: str) -> list[str]:
    """Return lines in display form, wrapped ones joined, without bullets, link numbers and lists of addresses."""
    found: list[str] = []
    open_line = ""
    for raw in display(text).splitlines()[:_MOST_LINES]:
        line = _LINK_NUMBER.sub("", _PICTURE.sub("", raw)).strip()
        if _REFERENCE.match(raw):
            continue
        joins = bool(open_line) and bool(line) and not read_labels(line) and line[0] not in "•*●▪-+"
        if joins and _WRAPPED <= len(open_line.rpartition("\n")[2]) <= _WRAP_AT:
            open_line = f"{open_line}\n{line}"
            continue
        found.append(open_line)
        open_line = line
    found.append(open_line)
    lines = (bare(line.replace("\n", " ")) for line in found)
    return [line for line in lines if line]


def _headline(lines: Sequence[str]) -> int | None:
    """Return the place of the headline that stands last before the text begins."""
    prose = next((place for place, line in enumerate(lines) if _is_text(line)), None)
    if prose is None:
        return None
    keys = [key(line) for line in lines]
    above = [place for place in range(max(0, prose - _TITLE_REACH), prose) if _may_be_headline(lines[place])]
    repeated = [place for place in above if keys.count(keys[place]) > 1]
    if repeated:
        best = max(repeated, key=lambda place: (lines[place].count(" ") > 1, keys.count(keys[place]), place))
        return next(place for place in above if keys[place] == keys[best])
    labelled = next((place for place in range(prose) if _is_dated(lines[place])), None)
    before = [place for place in above if labelled is None or place < labelled]
    if before:
        return before[-1]
    if above:
        return above[-1]
    return prose if len(lines) > prose + 1 and len(lines[prose]) <= _HEADLINE[1] else None


def _is_text(line: str) -> bool:
    """Return whether a line belongs to the text: longer than a headline, or closed by a danda."""
    return (
        is_prose(line)
        and not is_date(line)
        and (len(line) > _HEADLINE[1] or line.rstrip("’”\"' ").endswith(("।", ".")) or "। " in line or ". " in line)
    )


def _is_closed(line: str) -> bool:
    return line.rstrip("’”\"' ").endswith(("।", "?", "!"))


def _may_be_headline(line: str) -> bool:
    shortest, longest = _HEADLINE
    return shortest <= len(line) <= longest and not read_labels(line) and not is_date(line) and not is_role(line)


def _is_dated(line: str) -> bool:
    return any(label.label in (Label.PUBLISHED, Label.UPDATED) for label in read_labels(line))


def _first_copy(lines: Sequence[str], title: str) -> list[str]:
    """Return the lines up to where the page goes on to something else, or prints the article again."""
    folded = key(title)
    kept: list[str] = []
    seen: set[str] = set()
    started = False
    for line in lines:
        again = key(line)
        labels = read_labels(line)
        if started and (again == folded or again in seen or (labels and labels[0].label in ENDS)):
            break
        if _is_text(line):
            started = True
            seen.add(again)
        kept.append(line)
    return kept


def _labels(lines: Sequence[str]) -> list[Labelled]:
    return [label for line in lines for label in read_labels(line)]


def _moment(labels: Sequence[Labelled], wanted: Label, context: Context) -> datetime | None:
    return next(
        (moment for label in labels if label.label is wanted and (moment := read_moment(label.value, context))), None
    )


def _unlabelled(lines: Sequence[str], labels: Sequence[Labelled], context: Context) -> datetime | None:
    """Return a bare date between headline and text where no label gives one; the clock above never counts."""
    if any(label.label in (Label.PUBLISHED, Label.UPDATED) for label in labels):
        return None
    for line in lines:
        if _is_text(line):
            return None
        if is_date(line) and (moment := read_moment(line, context)) is not None:
            return moment
    return None


KIND = SourceKind("text", "page saved as text", 90, looks_like, parse, max_bytes=MEBIBYTE)
