"""Parts an article's paragraphs from what is printed around them.

Such lines stand before, between and behind the paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.articles.text.attribution import is_agency, is_role, split_wire, wire_names
from bot.articles.text.boilerplate import close_paragraph, mark_excerpt, open_paragraph
from bot.articles.text.furniture import without_furniture
from bot.articles.text.labels import ENDS, Label, Labelled, is_date, read_labels, section_names
from bot.articles.text.sizes import LINES
from bot.articles.text.teasers import mark_cut
from bot.bangla.normalise import display, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PROSE = 80  # characters from which a line without a full stop counts as a sentence of the article
SENTENCE_ENDS = ("।", "?", "!", ".", "…", "’", "”", '"', "'", ")")
_SENTENCE = 40
_PASSES = 10
_HEADLINE = 160
_ROLE_LINE = 60
# Not the article wherever it stands; the others only before or behind the prose.
_ANYWHERE = frozenset((Label.SHARE, Label.READ_MORE, Label.VIEWS, Label.NOTICE, Label.CLOCK, Label.PHOTO))
_DATES = frozenset((Label.PUBLISHED, Label.UPDATED))
_BEFORE = frozenset((Label.PUBLISHED, Label.UPDATED, Label.BYLINE, Label.TAGS, *_ANYWHERE, *ENDS))
_BEHIND = frozenset((Label.TAGS, Label.CONTACT, *_ANYWHERE, *ENDS))


@dataclass(slots=True)
class FoundBody:
    """What was found of a body.

    It has paragraphs in display form, the labels that stood among them, and who they name.
    """

    paragraphs: list[str] = field(default_factory=list)
    labels: list[Labelled] = field(default_factory=list)
    wire: list[str] = field(default_factory=list)
    role: str | None = None


def read_body(paragraphs: Iterable[str], title: str) -> FoundBody:
    """Part a body into its paragraphs and what is none of them.

    Labelled lines, the headline's repetition, a second (print) copy, repeated paragraphs and what `boilerplate` knows
    are removed. A published or updated label counts only before the prose: in the middle it is text.
    """
    lines = [line for paragraph in paragraphs for raw in display(paragraph).splitlines() if (line := raw.strip())]
    body = FoundBody()
    lines = lines[:LINES]
    headline = key(title)
    for _ in range(_PASSES):
        body.paragraphs = []
        _read_lines(lines, headline, body)
        _open(body)
        _close(body)
        if lines == body.paragraphs:
            break
        lines = list(body.paragraphs)  # what was taken out may leave a label at an end, or alone
    return body


def is_prose(line: str) -> bool:
    """Return whether a line reads as sentences.

    It is long, or short and closed by a full stop; labels are not.
    """
    return (
        len(line) >= _PROSE or (len(line) >= _SENTENCE and line.rstrip().endswith(SENTENCE_ENDS))
    ) and not read_labels(line)


def _read_lines(lines: Sequence[str], title: str, body: FoundBody) -> None:
    last = max((position for position, line in enumerate(lines) if is_prose(line)), default=len(lines))
    started = False
    after_read_more = False
    seen = Seen()
    for position, line in enumerate(lines):
        folded = key(line)
        labels = read_labels(line)
        if started and labels and labels[0].label in ENDS:
            return
        if folded == title or seen.has(folded):
            continue
        # Of the headlines behind «আরও পড়ুন» there may be several; the next sentence is the text's again.
        headline_of_another = after_read_more and not labels and _may_be_headline(line)
        after_read_more = headline_of_another or (bool(labels) and labels[0].label is Label.READ_MORE)
        if headline_of_another or _is_taken(labels, line, body, started=started, behind=position > last):
            continue
        plain = without_furniture(line.strip())
        if not plain:
            continue
        started = started or is_prose(line)
        # A short line may be printed twice on purpose: «প্রশ্ন:», a pay scale in a list of posts.
        if is_prose(line):
            seen.add(folded)
        body.paragraphs.append(plain)


def _may_be_headline(line: str) -> bool:
    return len(line) < _HEADLINE and "।" not in line and not line.rstrip().endswith(SENTENCE_ENDS[1:6])


class Seen:
    """The paragraphs that came already.

    It knows the beginning of a longer one, and pieces of one.
    """

    def __init__(self) -> None:
        self._lines: set[str] = set()
        self._text = ""

    def has(self, folded: str) -> bool:
        """Return whether a line, or one that holds it, came already."""
        return folded in self._lines or (len(folded) >= _PROSE and folded.rstrip(" …।.") in self._text)

    def add(self, folded: str) -> None:
        """Note a line."""
        self._lines.add(folded)
        self._text = f"{self._text}\n{folded}"


def _is_taken(labels: tuple[Labelled, ...], line: str, body: FoundBody, *, started: bool, behind: bool) -> bool:
    """Take a line that is not text into the fields.

    Return whether it was one.
    """
    if not labels:
        if not started and is_date(line):
            return True
        if not started and len(line) <= _ROLE_LINE and is_role(line):
            body.role = body.role or line.strip()
            return True
        return not started and _is_heading(line, body)
    if labels[0].label is Label.WIRE:
        names = wire_names(labels[0].value) if behind or not started else ()
        body.wire.extend(name for name in names if name not in body.wire)
        return bool(names)
    allowed = _BEHIND if behind else _ANYWHERE if started else _BEFORE
    if labels[0].label not in allowed:
        # A date among the text is another article's, or a box's; it is no sentence.
        return labels[0].label in _DATES and is_date(labels[0].value)
    body.labels.extend(labels)
    return True


def _is_heading(line: str, body: FoundBody) -> bool:
    """Return whether a line above the text is a heading.

    It names a section, or an agency, which is then the source.
    """
    folded = key(line).strip(" .:।")
    if folded in section_names():
        return True
    if is_agency(folded):
        body.wire.append(line.strip(" .:।"))
        return True
    return False


def _open(body: FoundBody) -> None:
    while body.paragraphs:
        opened = open_paragraph(body.paragraphs[0])
        if opened.paragraph == body.paragraphs[0]:
            return
        body.labels.extend(opened.labels)
        body.paragraphs[0] = opened.paragraph
        if not opened.paragraph:
            del body.paragraphs[0]


def _close(body: FoundBody) -> None:
    """Take wire sources and boilerplate off the end, all there are."""
    while body.paragraphs:
        last = close_paragraph(mark_excerpt(body.paragraphs[-1]))
        names, rest = split_wire(last)
        body.wire.extend(name for name in names if name not in body.wire)
        if rest == body.paragraphs[-1]:
            return
        body.paragraphs[-1] = rest
        if not rest.strip("…. "):
            del body.paragraphs[-1]
            if rest and body.paragraphs:
                body.paragraphs[-1] = mark_cut(body.paragraphs[-1])  # the ellipsis stood alone
