"""A large archive of invented words.

Frequent ones and rare ones as in a language, each in its usual forms.
"""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.articles.rules import RULES
from bot.bangla.normalise import key
from bot.values.articles import FullText
from storage.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2026, 1, 1, tzinfo=UTC)
EVERY = timedelta(seconds=12)
ENDINGS = ("ের", "ে", "কে", "টি", "গুলো", "ও", "ই")
WORDS = 60_000
HEADLINE, TEXT = 7, 93
_CONSONANTS, _VOWELS = "কখগঘচছজঝটডতথদধনপফবভমরলশসহ", ("", "া", "ি", "ী", "ু", "ে", "ো")
_INFLECTED = 0.3
_AT_ONCE = 10_000


@dataclass(frozen=True)
class Language:
    """Words in the order of how often they are used.

    Their forms come with how often each is used, added up.
    """

    words: list[str]
    forms: list[str]
    often: list[float]


def invent() -> Language:
    """Invent the same words every time.

    How often one is used falls with its rank, as Zipf counted.
    """
    chance = random.Random(7)  # noqa: S311 - the same language every time
    made = dict.fromkeys(
        "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(chance.choice((2, 3, 3, 4))))
        for _ in range(WORDS)
    )
    words = [key(word) for word in made]
    forms, often = list[str](), list[float]()
    for rank, word in enumerate(words):
        forms += [word, *(key(word + ending) for ending in ENDINGS)]
        often += [(1 - _INFLECTED) / (rank + 5), *[_INFLECTED / len(ENDINGS) / (rank + 5)] * len(ENDINGS)]
    return Language(words, forms, list(itertools.accumulate(often)))


async def fill(path: Path, language: Language, articles: int) -> None:
    """Write so many articles of a hundred words each.

    Past the rules of saving: an hour would go into those.
    """
    async with open_store(path, RULES) as store:
        source = await store.sources.add("bench", None, None, full_text=FullText.ALLOWED, now=START)
    chance = random.Random(8)  # noqa: S311 - the same archive every time
    db = sqlite3.connect(path)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -200000")
    for begin in range(0, articles, _AT_ONCE):
        rows, texts = [], []
        for number in range(begin, min(articles, begin + _AT_ONCE)):
            words = chance.choices(language.forms, cum_weights=language.often, k=HEADLINE + TEXT)
            at = int((START + number * EVERY).timestamp() * 1_000_000)
            headline, text = " ".join(words[:HEADLINE]), " ".join(words[HEADLINE:])
            body = json.dumps([text], ensure_ascii=False)
            rows.append((number + 1, source.id, at, at, at, at, headline, body, "[]", "[]", "[]", "[]"))
            texts.append((number + 1, headline, text))
        with db:
            db.executemany(
                "INSERT INTO articles (id, source_id, at, first_seen, last_seen, published, headline, body, summary, "
                "wire_sources, tags, categories) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            db.executemany("INSERT INTO article_texts VALUES (?, ?, ?)", texts)
        print(f"\r  {begin + len(rows):,} of {articles:,} articles", end="", flush=True)
    print()
    # What the archive learns by itself from new articles, a few hundred at a time.
    with db:
        db.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, article_words, row)")
        db.execute("INSERT INTO vocabulary (word, n) SELECT term, cnt FROM temp.terms")
        db.execute("UPDATE vocabulary_mark SET article_id = ?", (articles,))
    db.close()
