"""Invented entries and articles; nothing in them ever happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.values.articles import Article, Entry

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TITLE = "নদীর পাড়ে নতুন পাঠাগার খুলল গ্রামের তরুণেরা"
LEAD = "মধুপুর গ্রামের তরুণেরা নদীর পাড়ে একটি পাঠাগার খুলেছেন, যেখানে প্রতিদিন বিকেলে বই পড়া যাবে।"
SECOND = "প্রথম দিনেই শতাধিক শিশু সেখানে এসে বই হাতে নেয় এবং সন্ধ্যা পর্যন্ত বসে পড়ে।"
THIRD = "উদ্যোক্তারা জানান, আগামী বছর পাশের তিনটি গ্রামেও এমন পাঠাগার করার ইচ্ছা তাঁদের আছে।"
FOURTH = "গ্রামের প্রবীণ শিক্ষক বলেন, বহু বছর পর শিশুদের হাতে এত বই দেখে তিনি আনন্দিত।"
BODY = (LEAD + " " + SECOND, THIRD, FOURTH)


def entry(**changes: Any) -> Entry:  # noqa: ANN401 - any field of an entry
    """Return an entry with an address and a body, changed as told."""
    return replace(Entry(title=TITLE, body=BODY, url="https://khabar.example/123"), **changes)


def article(**changes: Any) -> Article:  # noqa: ANN401 - any field of an article
    """Return the stored article of `entry`."""
    stored = Article(1, 1, 1, TITLE, BODY, (LEAD,), NOW, url="https://khabar.example/123")
    return replace(stored, **changes)
