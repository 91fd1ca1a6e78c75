"""Reads an article page saved as plain text.

A browser's «save as text», lynx -dump, or copy and paste made it.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING

from bot.articles.text.attribution import is_role
from bot.articles.text.body import is_prose
from bot.articles.text.fonts import lines_in_unicode
from bot.articles.text.labels import ENDS, Label, Labelled, bare, is_date, read_labels, read_views
from bot.articles.text.places import PLACES
from bot.bangla.normalise import display, key
from bot.sources.decode import decode
from bot.sources.kind import MEBIBYTE, Parsed, SourceContext, SourceKind, opening
from bot.sources.moment import read_moment
from bot.values.articles import Entry
from bot.values.errors import ParseError
from bot.values.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

# A dump's marks: «[12]Headline», «[logo.png]», «* », and the list of addresses at its end.
_LINK_NUMBER = re.compile(r"\[\d{1,4}\](?=\S)|\[\d{1,4}\]$")
_PICTURE = re.compile(r"\[[^\[\]\s]+\.(?:jpe?g|png|gif|webp|svg)\]|\(BUTTON\)|\[_{2,}\]|^\s*IFRAME:.*$", re.IGNORECASE)
_REFERENCE = re.compile(r"^\s*(?:\d+\.\s+)?(?:https?|mailto|javascript|file):\S*$", re.IGNORECASE)
_MACHINE = re.compile(r"[<{]|\[\s*[\[{\"]")
_CLOSING_TAG = re.compile(r"</(?:html|body|rss|feed|div)>", re.IGNORECASE)
_WRAPPED, _WRAP_AT = 50, 110  # characters of a screen's width at which text is wrapped
# How lines of scripts begin and end; of prose hardly one does.
_CODE = re.compile(
    r"\s*(?://|/\*|#!|<\?php|(?:SELECT|INSERT|CREATE|UPDATE)\s|"
    r"(?:export |async )*(?:const|var|let|function|import|from|def|class|return|public|private|package|using)\s"
    r"[\w{*'\"$]"
    r"|[@.#]?[\w-]{1,60}(?:[ ,>][\w.#-]{1,60}){0,8}\s*\{|[\]})]+[;,)]*$|\"[^\"]{1,200}\"\s*:)|.*[;{}\[\]=]\s*$",
)
# Lines of settings, logs, subtitles, calendars, translations and differences, whatever language they hold.
_RECORD = re.compile(
    r"\[[\w.-]{1,60}\]$|[\w.-]{1,40}\s?=\s?\S|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|"
    r"\[?\d\d?:\d\d[:.,\d]*\]?\s?-->|\d{1,5}$|WEBVTT|[A-Z][A-Z-]{2,20}[:;]\S|msg(?:id|str)\b|(?:\+\+\+|---|@@)\s|\|.*\|$|#EXT|[\w-]{2,40}:$|\s*-\s[\w-]{1,40}:\s",
    re.ASCII,
)
_RECORD_SHARE = 0.5
_CODE_SHARE, _FEWEST = 0.4, 3
_SAMPLE, _SAMPLE_LINES = 16_000, 60
_LONGEST_COLUMN, _MOSTLY = 60, 0.9
_DELIMITERS = ",;\t|"
_HEADLINE = (12, 220)
_MOST_LINES = 5000  # a saved page has some hundred
_TITLE_LINES = 12  # lines above the text in which its headline is
_NAME_WORDS = range(1, 5)
_BEGINNING = 4  # letters by which two forms of a word are one


def looks_like(body: bytes, context: SourceContext) -> bool:
    """Return whether it is text for people: anything but markup and JSON."""
    text = opening(body, context)
    if not text or _MACHINE.match(text) or _CLOSING_TAG.search(text[:4000]):
        return False
    lines = [line for line in text[:_SAMPLE].splitlines() if line.strip()][:_SAMPLE_LINES]
    return not _is_code(lines) and not _is_table(lines)


def _is_code(lines: Sequence[str]) -> bool:
    if len(lines) < _FEWEST:
        return False
    code, records = (sum(1 for line in lines if form.match(line)) for form in (_CODE, _RECORD))
    return code >= _CODE_SHARE * len(lines) or records > _RECORD_SHARE * len(lines)


def _is_table(lines: Sequence[str]) -> bool:
    """Return whether the lines are a table.

    Every line has the same number of cells, and the first holds names of columns.
    """
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader(lines[:-1] if len(lines) >= _SAMPLE_LINES else lines, delimiter=delimiter))
        except csv.Error:
            continue
        columns = len(rows[0]) if rows else 0
        alike = sum(1 for row in rows if len(row) == columns)
        named = all(0 < len(cell.strip()) <= _LONGEST_COLUMN and "।" not in cell for cell in rows[0]) if rows else False
        # Two columns may be halves of sentences, unless one holds addresses.
        linked = sum(1 for row in rows if any(cell.strip().startswith("http") for cell in row)) >= len(rows) - 1
        enough = columns >= _FEWEST - (delimiter == "\t" or linked)
        if enough and named and len(rows) > 1 and alike >= _MOSTLY * len(rows):
            return True
    return False


def parse(body: bytes, context: SourceContext) -> Parsed:
    """Read the one article of a saved page.

    The headline is the line that is printed again, else the one before the labels («আপডেট : …»), else the last one
    above the text, else the first line. If the page is printed twice the first copy is read.

    Raises:
        ParseError: there is no text beside menus and labels.
    """
    lines = _lines(lines_in_unicode(decode(body, context.charset)))
    position = _headline(lines)
    if position is None and len(lines) > 1 and _is_closed(lines[-1]) and not any(map(read_labels, lines)):
        position = 0  # a note of a few short lines, which no page is
    if position is None:
        raise ParseError("a text without an article: no headline, no sentences")
    title = lines[position]
    rest = _first_copy(lines[position + 1 :], title)
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
    return Parsed((entry,))


def _lines(text: str) -> list[str]:
    """Return clean lines in display form, wrapped ones joined.

    Bullets, link numbers and lists of addresses are removed.
    """
    raws = display(text).splitlines()[:_MOST_LINES]
    width = _screen(raws)
    found: list[str] = []
    open_line = ""
    for raw in raws:
        line = _LINK_NUMBER.sub("", _PICTURE.sub("", raw)).strip()
        if _REFERENCE.match(raw):
            continue
        joins = bool(open_line) and bool(line) and line[0] not in "•*●▪-+" and not read_labels(line)
        if joins and _is_wrapped(open_line.rpartition("\n")[2], line, width):
            open_line = f"{open_line}\n{line}"
            continue
        found.append(open_line)
        open_line = line
    found.append(open_line)
    lines = (bare(line.replace("\n", " ")) for line in found)
    return [line for line in lines if line]


def _screen(lines: Sequence[str]) -> int:
    """Return the width at which a text was wrapped.

    It is 0 if the text was not wrapped: its paragraphs are longer than any screen.
    """
    longest = max((len(line.strip()) for line in lines if " " in line.strip()), default=0)
    return longest if _WRAPPED <= longest <= _WRAP_AT else 0


def _is_wrapped(line: str, following: str, width: int) -> bool:
    """Return whether a line broke off at the edge.

    The next word had no room on it, or it ends in a comma.
    """
    full = len(line) + 1 + len(following.split(" ", 1)[0]) > width
    return bool(width) and (full or (len(line) >= _WRAPPED and line.endswith((",", ";"))))


def _headline(lines: Sequence[str]) -> int | None:
    """Return the position of the text's headline.

    The last that stands before the text begins.
    """
    prose = next((position for position, line in enumerate(lines) if _is_text(line)), None)
    if prose is None:
        return None
    keys = [key(line) for line in lines]
    above = [position for position in range(max(0, prose - _TITLE_LINES), prose) if _may_be_headline(lines[position])]
    repeated = [position for position in above if keys.count(keys[position]) > 1]
    if repeated:
        best = max(
            repeated, key=lambda position: (lines[position].count(" ") > 1, keys.count(keys[position]), position)
        )
        return next(position for position in above if keys[position] == keys[best])
    labelled = next((position for position in range(prose) if _is_dated(lines[position])), None)
    before = [position for position in above if labelled is None or position < labelled]
    if before:
        return _not_a_name(before, lines, prose)
    if above:
        return above[-1]
    return prose if len(lines) > prose + 1 and len(lines[prose]) <= _HEADLINE[1] else None


def _not_a_name(positions: Sequence[int], lines: Sequence[str], prose: int) -> int:
    """Return the last position that is no name of a reporter.

    A headline has a word in common with its text; «রহিমা খাতুন, বরিশাল» under it has none.
    """
    *others, last = positions
    if not others or others[-1] != last - 1:
        return last
    name, _, place = key(lines[last]).rpartition(", ")
    if len(name.split()) in _NAME_WORDS and place in _places():
        return others[-1]
    text = _beginnings(" ".join(lines[prose : prose + _TITLE_LINES]))
    return others[-1] if not _beginnings(lines[last]) & text and _beginnings(lines[others[-1]]) & text else last


@cache
def _places() -> frozenset[str]:
    return frozenset(key(place) for place in PLACES)


def _beginnings(line: str) -> set[str]:
    return {word[:_BEGINNING] for word in re.findall(r"[\w\u0980-\u09ff]+", key(line)) if len(word) >= _BEGINNING}


def _is_text(line: str) -> bool:
    """Return whether a line belongs to the text.

    It is longer than a headline, or closed by a danda.
    """
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
    """Return the lines of the first copy.

    They end where the page goes on to something else, or prints the article again.
    """
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


def _moment(labels: Sequence[Labelled], wanted: Label, context: SourceContext) -> datetime | None:
    return next(
        (moment for label in labels if label.label is wanted and (moment := read_moment(label.value, context))), None
    )


def _unlabelled(lines: Sequence[str], labels: Sequence[Labelled], context: SourceContext) -> datetime | None:
    """Return a bare date between headline and text.

    It is used where no label gives a date; the clock above never counts.
    """
    if any(label.label in (Label.PUBLISHED, Label.UPDATED) for label in labels):
        return None
    for line in lines:
        if _is_text(line):
            return None
        if is_date(line) and (moment := read_moment(line, context)) is not None:
            return moment
    return None


KIND = SourceKind(
    "text", "page saved as text", 90, looks_like, parse, max_bytes=MEBIBYTE, shown=Wording("লেখা", "a text")
)
