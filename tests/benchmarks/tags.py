"""Tags found in the text alone: how many, how whole, how fast.

A bare rule runs beside it. python -m tests.benchmarks.tags [--json] [--seed N] [--show N]

Recall is of what an outlet gave its own items: a captured feed is read, its tags are hidden, and found again or not.
Three in five of the tags it gives stand nowhere in an item's few sentences.

The bare rule takes two words behind a title for a name. Only a person can tell whether a name is one: ``--show`` prints
names outside of the gazetteer, drawn by the seed, with their headlines. Closed rules count all but quoted titles: names
with a word that outlets use as no name, and persons who have two names in one article.
"""

from __future__ import annotations

import json
import random
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from bot.articles.draft import draft_cleaned
from bot.articles.names import gazetteer
from bot.articles.names.name_runs import contains, is_of_a_name, is_title
from bot.articles.names.tagging import clean, tags
from bot.articles.names.tokens import tokens
from bot.articles.summary import CARD_CHARACTERS, CARD_SENTENCES, summarise
from bot.bangla.normalise import key
from bot.bangla.words import split
from bot.sources.kind import SourceContext
from bot.sources.worker import parse_here
from bot.values.articles import DHAKA, Entry
from tests.benchmarks.report import Result, arguments, tell
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Sequence

AIM = 0.97
_MOST = 3000
_LONG = 20  # times the usual length
_TIMED = 120


class Story(NamedTuple):
    """A headline with its paragraphs."""

    headline: str
    body: list[str]


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, seed=7, show=0)
    stories = _read()
    if not stories:
        print("tags: no data/articles/articles.jsonl in $KHOBOR_SHARED, nothing measured")
        return
    found = [(story, tags(story.headline, story.body, (), None)) for story in stories]
    bare = [(story, _bare(story)) for story in stories]
    ours, peers = _unlisted(found), _unlisted(bare)
    whole, peer = _whole(ours), _whole(peers)
    some = random.Random(asked.seed).sample(stories, min(_TIMED, len(stories)))  # noqa: S311 - a sample, no secret
    usual = _took(some, 1)
    figures = {
        "articles with a tag": sum(bool(names) for _, names in found) / len(stories),
        "tags an article": sum(len(names) for _, names in found) / len(stories),
        "names outside of the gazetteer": float(len(ours)),
        "of these without a word that is no name's": whole,
        "bare rule: names outside of the gazetteer": float(len(peers)),
        "bare rule: without a word that is no name's": peer,
        "articles with two names of one person": float(sum(_doubled(names) for _, names in found)),
        "bare rule: articles with two names of one person": float(sum(_doubled(names) for _, names in bare)),
        "ms an article": usual,
        f"ms an article {_LONG} times as long": _took(some[:20], _LONG),
        "drafting: ms an article": _drafting(some),
        "of which the summary": _summing(some),
    }
    figures |= _recall()
    if asked.show:
        sample = random.Random(asked.seed).sample(ours, min(asked.show, len(ours)))  # noqa: S311
        print("\n".join(f"{name}\t{headline}" for name, headline in sample))
    result = Result(
        name="tags",
        sizes={"articles": len(stories), "names": len(ours), "seed": asked.seed},
        figures=figures,
        ratio=whole / peer,
        aim=f"{AIM:.0%} of names outside of the gazetteer without a word that is no name's",
        met=whole >= AIM,
    )
    tell(result, as_json=asked.json)


def _read() -> list[Story]:
    file = SHARED / "data" / "articles" / "articles.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [Story(one["title"], one["body"].split("\n")) for one in map(json.loads, lines)]


def _recall() -> dict[str, float]:
    """Return how many of an outlet's own tags are found."""
    file = SHARED / "captures" / "rss" / "prothomalo_opinion.xml"
    if not file.exists():
        return {}
    context = SourceContext(url=None, content_type=None, charset=None, now=datetime.now(UTC), zone=DHAKA)
    given = said = found = told = 0
    for entry in parse_here(file.read_bytes(), context)[1].entries:
        wanted = set(map(key, clean(entry.tags)))
        named = wanted & set(map(key, tags(entry.title, entry.body, (), None)))
        text = key("\n".join((entry.title, *entry.body)))
        spoken = {tag for tag in wanted if tag in text}
        given, found = given + len(wanted), found + len(named)
        said, told = said + len(spoken), told + len(named & spoken)
    return {
        "tags that an outlet gave": float(given),
        "of these found": found / max(1, given),
        "of those that its text says": told / max(1, said),
    }


def _bare(story: Story) -> list[str]:
    words = tokens((story.headline, *story.body), _MOST)
    behind = [words[at + 1 : at + 3] for at, word in enumerate(words[:-2]) if is_title(word.word)]
    return list(dict.fromkeys(" ".join(word.shown for word in pair) for pair in behind))[:7]


def _unlisted(found: Sequence[tuple[Story, list[str]]]) -> list[tuple[str, str]]:
    names = [(name, story.headline) for story, names in found for name in names if gazetteer.named(name) is None]
    return [(name, headline) for name, headline in names if f"‘{name}’" not in headline]


def _whole(names: Sequence[tuple[str, str]]) -> float:
    return sum(all(map(is_of_a_name, split(name))) for name, _ in names) / max(1, len(names))


def _doubled(names: Sequence[str]) -> bool:
    parts = [split(name) for name in names if gazetteer.named(name) is None]
    return any(len(one) < len(other) and contains(one, other) for one in parts for other in parts)


def _took(stories: Sequence[Story], times: int) -> float:
    begin = time.process_time()
    for story in stories:
        tags(story.headline, story.body * times, (), None)
    return (time.process_time() - begin) / len(stories) * 1000


def _drafting(stories: Sequence[Story]) -> float:
    entries = [
        Entry(story.headline, tuple(story.body), url=f"https://n.example/{at}") for at, story in enumerate(stories)
    ]
    begin = time.process_time()
    for entry in entries:
        draft_cleaned(entry, "1")
    return (time.process_time() - begin) / len(entries) * 1000


def _summing(stories: Sequence[Story]) -> float:
    begin = time.process_time()
    for story in stories:
        summarise(story.headline, "\n".join(story.body), CARD_SENTENCES, CARD_CHARACTERS)
    return (time.process_time() - begin) / len(stories) * 1000


if __name__ == "__main__":
    main()
