"""Words that are no names, learnt from where they stand: bot/articles/names/usual_words.txt.

python -m tests.benchmarks.name_training [--write]

Reads data/articles/articles.jsonl of $KHOBOR_SHARED at run time and keeps single words alone. A word is usual if
several outlets use it, seldom behind a post, beside a given name or surname, or before «বলেন», and not mostly as
persons are: হাদিকে.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import bot.articles.names
from bot.articles.names import gazetteer, name_words
from bot.articles.names.name_runs import is_title
from bot.articles.names.tokens import WordToken, tokens
from bot.bangla.endings import bases
from tests.shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MANY, _FEW = (6, 4), (4, 3)  # articles and outlets that must use a word, and one that is inflected as things are
_BESIDE = 0.15  # share of its places that are beside a name, from which on it may be one
_ACTED_ON = 0.08  # share of its forms that are somebody's to whom something is done
_PLURALS: Final = ("রা", "েরা", "দের", "গুলো", "টি", "টির", "টিকে", "গণ")
_INSIDE: Final = ("তে", "ে", "য়")
_BEHIND: Final = name_words.SURNAMES | name_words.SPEAKING | name_words.DISTRICT_PARTS
_LONG = 3  # code points of a given name that is no initial or conjunction
_MOST = 3000


def usual(articles: Sequence[tuple[str, str]]) -> list[str]:
    """Return the usual words of articles, each an outlet and a text.

    Without those that are forms of another.
    """
    places, beside = Counter[str](), Counter[str]()
    used, outlets = Counter[str](), defaultdict[str, set[str]](set)
    for outlet, text in articles:
        words = tokens(text.split("\n"), _MOST)
        for word, named in _met(words):
            places[word] += 1
            beside[word] += named
        for word in {token.word for token in words}:
            used[word] += 1
            outlets[word].add(outlet)
    least = {word: _FEW if _is_thing(word, places) else _MANY for word in places}
    often = {word for word, (many, by) in least.items() if used[word] >= many and len(outlets[word]) >= by}
    kept = {word for word in often if beside[word] < _BESIDE * places[word] and not _is_person(word, places)}
    return sorted(word for word in kept if bases(word).isdisjoint(kept - {word}))


def _met(words: Sequence[WordToken]) -> Iterator[tuple[str, bool]]:
    """Yield the words that are not of a listed name.

    Each says whether it stands where names do.
    """
    listed = {at for hit in gazetteer.find([one.word for one in words]) for at in range(hit.start, hit.end)}
    for at, token in enumerate(words):
        if at not in listed and not any(sign.isdecimal() for sign in token.word):
            before = words[at - 1].word if at and token.joined else ""
            after = words[at + 1].word if at + 1 < len(words) and words[at + 1].joined else ""
            given = len(before) > _LONG and before in name_words.GIVEN
            spoken = after in _BEHIND
            yield token.word, is_title(before) or given or spoken


def _is_thing(word: str, places: Counter[str]) -> bool:
    return any(places[word + ending] for ending in (*_PLURALS, *_INSIDE))


def _is_person(word: str, places: Counter[str]) -> bool:
    plural = sum(places[word + ending] for ending in _PLURALS)
    inside = sum(places[word + ending] for ending in _INSIDE)
    objects, forms = places[f"{word}কে"], places[word] + places[f"{word}র"] + places[f"{word}ের"]
    return not plural and objects > inside and objects >= _ACTED_ON * (forms + objects)


def main() -> None:
    """Learn, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace bot/articles/names/usual_words.txt")
    asked = parser.parse_args()
    file = SHARED / "data" / "articles" / "articles.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    if not lines:
        print("name_training: no data/articles/articles.jsonl in $KHOBOR_SHARED, nothing learnt")
        return
    found = usual([(one["source"], f"{one['title']}\n{one['body']}") for one in map(json.loads, lines)])
    print(f"{len(lines)} articles, {len(found)} usual words")
    if asked.write:
        about = "# Words that are no names, made by python -m tests.benchmarks.name_training --write."
        target = Path(next(iter(bot.articles.names.__path__))) / "usual_words.txt"
        target.write_text("\n".join((about, *found)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
