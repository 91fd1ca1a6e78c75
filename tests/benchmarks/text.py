"""display() and key() on Bengali articles.

Beside what no reading can do without: NFC by the standard library.
python -m tests.benchmarks.text [--json] [--articles N]
"""

from __future__ import annotations

import random
import time
import unicodedata
from typing import TYPE_CHECKING

from bot.bangla.normalise import display, key
from tests.benchmarks.report import Result, arguments, tell

if TYPE_CHECKING:
    from collections.abc import Callable

AIM = 5.0
_WORDS = [
    "নদীর",
    "ঘাটে",
    "নতুন",
    "সেতু",
    "খুলছে",
    "শুক্রবার",
    "বিকেলে",
    "সড়ক",
    "বিভাগ",
    "জানিয়েছে",
    "টোল",
    "লাগবে",
    "না",
    "প্রথম",
    "ছয়",
    "মাস",
    "এলাকার",
    "মানুষ",
    "বলছেন",
    "দীর্ঘ",
    "দিনের",
    "অপেক্ষা",
    "শেষ",
    "হলো",
    "২০২৬",
    "সালের",
    "এপ্রিল",
    "মাসে",
    "র\u200d্যাব",
    "ও",
    "পুলিশ",
    "পাহারায়",
    "থাকবে",
    "‘আমরা",
    "খুশি’",
    "বলেন",
    "একজন",
    "কৃষক।",
]


def main() -> None:
    """Measure and tell."""
    asked = arguments(__doc__, articles=1000)
    chance = random.Random(7)  # noqa: S311 - the same text every time
    articles = [" ".join(chance.choices(_WORDS, k=450)) for _ in range(asked.articles)]
    # Real articles come as they were typed: 4,548 of 4,616 were not NFC.
    typed = [unicodedata.normalize("NFD", article) for article in articles]
    size = sum(len(article.encode()) for article in articles) / 1e6
    bare = _rate(lambda text: unicodedata.normalize("NFC", text), typed, size)
    shown, compared = _rate(display, typed, size), _rate(key, typed, size)
    figures = {"NFC alone, MB/s": bare, "display(), MB/s": shown, "key(), MB/s": compared}
    result = Result(
        name="text",
        sizes={"articles": asked.articles, "kilobytes": round(size * 1000)},
        figures=figures,
        ratio=compared / bare,
        aim=f"key() at {AIM:g} MB/s or more",
        met=compared >= AIM,
    )
    tell(result, as_json=asked.json)


def _rate(work: Callable[[str], str], texts: list[str], size: float) -> float:
    begin = time.perf_counter()
    for text in texts:
        work(text)
    return size / (time.perf_counter() - begin)


if __name__ == "__main__":
    main()
