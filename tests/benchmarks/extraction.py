"""How well pages are read.

Body, title and date, on generated layouts, captures and other projects' gold pages.
    python -m tests.benchmarks.extraction [--json] [--stories 10]

(a) Texts of $KHOBOR_SHARED/data/articles in the layouts of `extraction_layouts`. (b) The captures: how many are read.
(c) Where $FUNDUS names a checkout of flairNLP/fundus: the pages of its tests, whose texts people have checked; fetched
by whoever measures, never part of the project; and where $TRAFILATURA names one of adbar/trafilatura, the pages of its
evaluation. trafilatura and, if it is installed, readability read the same bytes.
(d) Pages of outlets in the catalogue: the gold pages that are theirs, and the captures of whose text the container is
known to people who looked.
"""

from __future__ import annotations

import gzip
import html
import json
import logging
import os
import re
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import lxml.html
import trafilatura

from bot.articles.text.clean import clean
from bot.bangla.normalise import key
from bot.sources.catalogue import catalogue
from bot.sources.kind import SourceContext
from bot.sources.kinds import page
from bot.values.errors import ParseError
from tests.benchmarks.extraction_layouts import LAYOUTS, Story
from tests.benchmarks.extraction_snippets import measure
from tests.benchmarks.report import Result, arguments, tell
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
URL = "https://namuna.example/n/12345"
BODY_AIM, FACTS_AIM, GOLD_AIM, CATALOGUED_AIM = 0.97, 0.98, 0.96, 0.98
# Captures of catalogued outlets: their address, and the paragraphs that a person found to be the text and nothing else.
SEEN = {"html/ukbdnews_article_23646.html": ("https://ukbdnews.com/x/23646", "td-post-content")}
_WORD = re.compile(r"[\w\u0980-\u09ff]+")
_OLDER = 80  # characters from which a line of the data is a paragraph


@dataclass(slots=True)
class Score:
    """What one reader got right on some pages."""

    body: list[float] = field(default_factory=list)
    title: list[bool] = field(default_factory=list)
    date: list[bool] = field(default_factory=list)
    seconds: float = 0.0

    def mean(self, values: list[float] | list[bool]) -> float:
        """Return the mean, 0 of nothing."""
        return sum(values) / max(1, len(values))


@dataclass(frozen=True, slots=True)
class Page:
    """A page with the text, headline and date that people found right."""

    body: bytes
    url: str
    gold: str
    title: str
    published: datetime | None


def f_score(gold: str, read: str) -> float:
    """Return the harmonic mean of precision and recall of the words.

    Counted with their repetitions.
    Both in NFC: «য়» is one letter or two, as whoever typed it did, and the same word.
    """
    wanted, found = (Counter(_WORD.findall(unicodedata.normalize("NFC", text).casefold())) for text in (gold, read))
    common = (wanted & found).total()
    return 2 * common / (wanted.total() + found.total()) if common else 0.0


def stories(count: int) -> Iterator[Story]:
    """Read texts of several paragraphs, spread over the file."""
    records = [json.loads(line) for line in (SHARED / "data/articles/articles.jsonl").read_text("utf-8").splitlines()]
    long = [one for one in records if sum(len(line) >= _OLDER for line in one["body"].splitlines()) >= 4]
    for number, one in enumerate(long[:: max(1, len(long) // count)][:count]):
        # Cleaned first: what the data's own scraper left in is not the page reader's to find.
        lines = tuple(line.strip() for line in one["body"].splitlines() if len(line.strip()) >= _OLDER)
        published = datetime(2026, 3, 1, 4, 30, tzinfo=UTC) + timedelta(days=number, minutes=17 * number)
        yield Story(" ".join(one["title"].split()), lines, published, "রহিমা খাতুন", ("নদী", "সেতু"))


def read_by_all(pages: Iterable[Page], own: Score, beside: dict[str, Score]) -> None:
    """Read pages with Khobor and with its peers."""
    for one in pages:
        read(one, own)
        for reader, score in beside.items():
            read_beside(one, score, reader)


def read(one: Page, score: Score) -> None:
    """Read a page with Khobor and note how well."""
    began = time.perf_counter()
    try:
        entry = clean(page.parse(one.body, SourceContext(one.url, "text/html", None, NOW)).entries[0], NOW)
        text, headline, moment = "\n".join(entry.body), entry.title, entry.published or entry.updated
    except ParseError:
        text, headline, moment = "", "", None
    score.seconds += time.perf_counter() - began
    score.body.append(f_score(one.gold, text))
    score.title.append(key(headline) == key(one.title))
    if one.published is not None:
        score.date.append(moment is not None and abs(moment - one.published) < timedelta(days=1))


def read_beside(one: Page, score: Score, reader: str) -> None:
    """Read a page with a peer and note how well."""
    began = time.perf_counter()
    text = _trafilatura(one.body) if reader == "trafilatura" else _readability(one.body)
    score.seconds += time.perf_counter() - began
    score.body.append(f_score(one.gold, text))


def _own(body: bytes, url: str) -> str:
    try:
        return "\n".join(page.parse(body, SourceContext(url, "text/html", None, NOW)).entries[0].body)
    except ParseError:
        return ""


def _reader(name: str) -> Callable[[bytes, str], str]:
    read = _trafilatura if name == "trafilatura" else _readability
    return lambda body, _: read(body)


def _trafilatura(body: bytes) -> str:
    return trafilatura.extract(body, include_comments=False, include_tables=False) or ""


def _readability(body: bytes) -> str:
    import readability  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - a peer that may be absent

    try:
        summary = readability.Document(body.decode("utf-8", "replace")).summary()
    except Exception:  # noqa: BLE001 - what a peer cannot read is empty, and counts
        return ""
    return html.unescape(re.sub(r"<[^>]+>", " ", summary))


def peers() -> list[str]:
    """Return the peers that are installed."""
    try:
        import readability  # type: ignore[import-not-found,unused-ignore]  # noqa: F401, PLC0415
    except ImportError:
        return ["trafilatura"]
    return ["trafilatura", "readability"]


def gold_pages(root: Path) -> Iterator[Page]:
    """Yield the pages of fundus' tests with their checked values."""
    for info in sorted(root.glob("tests/resources/parser/test_data/*/meta.info")):
        for name, meta in sorted(json.loads(info.read_text("utf-8")).items()):
            file, values = (
                info.parent / name,
                info.parent / f"{re.sub(r'_[0-9]{4}_[0-9]{2}_[0-9]{2}.*', '', name)}.json",
            )
            if file.exists() and values.exists():
                body = gzip.decompress(file.read_bytes())
                flat = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body.decode("utf-8", "replace"))).split())
                versions = [one for one in json.loads(values.read_text("utf-8")).values() if _gold_text(one)]
                if versions:  # one for each look that a publisher had; the page's has its words
                    best = max(versions, key=lambda one: _held(one, flat))
                    stated = best.get("publishing_date")
                    moment = datetime.fromisoformat(stated) if stated else None
                    moment = moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None
                    yield Page(body, meta["url"], _gold_text(best), best.get("title") or "", moment)


def catalogued(url: str) -> bool:
    """Tell whether an address is of an outlet in the catalogue."""
    return _host(url) in {_host(site) for outlet in catalogue() for site in outlet.sites}


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def seen_pages() -> Iterator[Page]:
    """Yield the captures of catalogued outlets with their texts and headlines."""
    for name, (url, container) in SEEN.items():
        body = (SHARED / "captures" / name).read_bytes()
        root = lxml.html.fromstring(body.decode())
        lines = [line.text_content() for line in root.find_class(container)[0].iterchildren("p")]
        yield Page(body, url, "\n".join(lines), root.find_class("entry-title")[0].text_content(), None)


def _held(version: dict[str, Any], flat: str) -> int:
    return sum(len(line) for line in _gold_text(version).split("\n") if line[:40] in flat)


def _gold_text(version: dict[str, Any]) -> str:
    body = version.get("body") or {"summary": [], "sections": []}
    lines = [
        *body["summary"],
        *(line for part in body["sections"] for line in (*part["headline"], *part["paragraphs"])),
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure and tell."""
    given = arguments(__doc__, stories=10)
    logging.disable(logging.CRITICAL)
    names = peers()
    generated, beside = Score(), {name: Score() for name in names}
    worst: Counter[str] = Counter()
    for story in stories(given.stories):
        for name, layout in LAYOUTS.items():
            made = Page(layout(story).encode(), URL, "\n".join(story.body), story.title, story.published)
            read_by_all([made], generated, beside)
            worst[name] += round(
                1000 * (1 - generated.body[-1]) + 1000 * (not generated.title[-1]) + 1000 * (not generated.date[-1])
            )
    figures = _figures("layouts", generated, beside)
    met = (
        generated.mean(generated.body) >= BODY_AIM
        and min(map(generated.mean, (generated.title, generated.date))) >= FACTS_AIM
    )
    sizes = {"pages in layouts": len(generated.body), "layouts": len(LAYOUTS)}
    print("worst layouts:", ", ".join(f"{name} {lost}" for name, lost in worst.most_common(3)))
    figures |= _captures(sizes)
    ratio = generated.mean(generated.body) / max(0.001, beside["trafilatura"].mean(beside["trafilatura"].body))
    gold = list(gold_pages(Path(root))) if (root := os.environ.get("FUNDUS")) else []
    if gold:
        gold_score, gold_beside = Score(), {name: Score() for name in names}
        read_by_all(gold, gold_score, gold_beside)
        figures |= _figures("gold", gold_score, gold_beside)
        sizes["gold pages"] = len(gold_score.body)
        own, other = gold_score.mean(gold_score.body), gold_beside["trafilatura"].mean(gold_beside["trafilatura"].body)
        met = met and own >= max(GOLD_AIM, other)
        ratio = own / max(0.001, other)
    known, known_beside = Score(), {name: Score() for name in names}
    read_by_all([*seen_pages(), *(one for one in gold if catalogued(one.url))], known, known_beside)
    figures |= _figures("catalogued", known, known_beside)
    sizes["pages of catalogued outlets"] = len(known.body)
    met = met and known.mean(known.body) >= CATALOGUED_AIM
    if root := os.environ.get("TRAFILATURA"):
        readers = {"": _own} | {f", {name}": _reader(name) for name in names}
        sizes["pages with pieces"], pieces = measure(Path(root), readers)
        figures |= {f"pieces: F{name}": score for name, score in pieces.items()}
        met = met and pieces[""] >= pieces[", trafilatura"]
    aim = "layouts F ≥ .97, title and date ≥ .98; gold F ≥ .96 and ≥ trafilatura; catalogued outlets F ≥ .98"
    result = Result(name="extraction", sizes=sizes, figures=figures, ratio=ratio, aim=aim, met=met)
    tell(result, as_json=given.json)


def _figures(what: str, own: Score, beside: dict[str, Score]) -> dict[str, float]:
    pages = max(1, len(own.body))
    found = {
        f"{what}: body F": own.mean(own.body),
        f"{what}: title": own.mean(own.title),
        f"{what}: date": own.mean(own.date),
        f"{what}: ms a page": 1000 * own.seconds / pages,
    }
    for name, score in beside.items():
        found[f"{what}: body F, {name}"] = score.mean(score.body)
        found[f"{what}: ms a page, {name}"] = 1000 * score.seconds / pages
    return found


def _captures(sizes: dict[str, int]) -> dict[str, float]:
    """Read the captured article pages.

    A page counts if headline, text and date were found.
    """
    files = [*(SHARED / "captures/html").glob("*article*.html"), *(SHARED / "captures/wordpress").glob("*.html")]
    right = 0
    for file in files:
        try:
            entry = clean(page.parse(file.read_bytes(), SourceContext(None, None, None, NOW)).entries[0], NOW)
            right += bool(entry.title and len(entry.body) > 1 and (entry.published or entry.updated))
        except ParseError:
            continue
    sizes["captures"] = len(files)
    return {"captures: read whole": float(right)}


if __name__ == "__main__":
    main()
